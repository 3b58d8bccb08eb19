"""Questions and threads as values."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where a question stands. Refused: the queue was full. Failed: its asker was told so."""

    QUEUED = "queued"
    ANSWERING = "answering"
    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Question:
    """One message that was asked of Byline, named by team, channel and ts.

    `details` is what the door needs to answer it (files, kind of channel); `answer` the record of the answer given;
    `messages` the ts of the messages that hold it; `attempts` how often it was begun, so that over 1 means an
    earlier attempt may have posted something.
    """

    team: str
    channel: str
    ts: str
    thread: str
    asker: str
    text: str
    details: dict[str, Any] = field(default_factory=dict)
    state: State = State.QUEUED
    revision: int = 0
    attempts: int = 0
    answer: dict[str, Any] | None = None
    messages: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.team, self.channel, self.ts


@dataclass(frozen=True, slots=True)
class Thread:
    """`quiet`: Byline was told to keep out. `among_people`: the people in it are talking to each other."""

    quiet: bool = False
    among_people: bool = False
