"""The SQL side: questions with their answers, threads, feedback, and which events were already handled.

A question's row is its place in the queue, the proof that it was received, and the turn of its conversation: one
row, written before Slack is told that the event arrived, so that neither a killed process nor a second delivery
loses or doubles it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    event,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ConversationsError, SettingsError

#: How long a process may take over one question before another may take it up, in seconds.
LEASE_SECONDS = 120.0
_KEPT_EVENTS_SECONDS = 86_400.0

metadata = MetaData()
_questions = Table(
    "questions",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("thread", String(32), index=True, nullable=False),
    Column("asker", String(32), index=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("state", String(16), index=True, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Float, nullable=False),
    Column("answer", JSON),
    Column("received", Float, nullable=False),
)
_messages = Table(
    "messages",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("question", String(32), index=True, nullable=False),
)
_threads = Table(
    "threads",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread", String(32), primary_key=True),
    Column("quiet", Boolean, nullable=False),
    Column("among_people", Boolean, nullable=False),
)
_feedback = Table(
    "feedback",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("question", String(32), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given", Float, nullable=False),
)
_handled = Table("handled_events", metadata, Column("id", String(160), primary_key=True), Column("at", Float))


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


class Conversations:
    """Open with `open_conversations`. Every method is one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()  # SQLite lets one write at a time; waiting here is fairer than its busy timeout

    @property
    def engine(self) -> AsyncEngine:
        """For what else lives in the same database: the installations of Slack workspaces."""
        return self._engine

    @property
    def is_shared(self) -> bool:
        """Whether other processes may be answering from the same database."""
        return self._engine.dialect.name != "sqlite"

    async def close(self) -> None:
        await self._engine.dispose()

    async def receive(self, question: Question) -> bool:
        """Keep a question; False if it is already there, whichever event brought it."""
        row = {
            **{
                name: getattr(question, name)
                for name in ("team", "channel", "ts", "thread", "asker", "text", "details")
            },
            "state": State.QUEUED,
            "revision": 0,
            "attempts": 0,
            "lease": 0.0,
            "received": time.time(),
        }
        try:
            async with self._write() as connection:
                await connection.execute(insert(_questions).values(row))
        except IntegrityError:
            return False
        return True

    async def first_time(self, event_id: str) -> bool:
        """Whether this event, command or click was not handled before; it now is."""
        now = time.time()
        try:
            async with self._write() as connection:
                await connection.execute(delete(_handled).where(_handled.c.at < now - _KEPT_EVENTS_SECONDS))
                await connection.execute(insert(_handled).values(id=event_id[:160], at=now))
        except IntegrityError:
            return False
        return True

    async def find(self, key: tuple[str, str, str]) -> Question | None:
        async with self._read() as connection:
            row = (await connection.execute(select(_questions).where(_is(key)))).mappings().first()
            return _question(row, await _posted(connection, key)) if row else None

    async def claim(self, key: tuple[str, str, str]) -> Question | None:
        """Begin to answer, with the text as it now reads; None if it was answered, deleted, or another process has it."""
        now = time.time()
        free = or_(
            _questions.c.state == State.QUEUED, (_questions.c.state == State.ANSWERING) & (_questions.c.lease < now)
        )
        async with self._write() as connection:
            changes = {"state": State.ANSWERING, "attempts": _questions.c.attempts + 1, "lease": now + LEASE_SECONDS}
            result = await connection.execute(update(_questions).where(_is(key), free).values(changes))
            if result.rowcount != 1:
                return None
            row = (await connection.execute(select(_questions).where(_is(key)))).mappings().one()
            return _question(row, await _posted(connection, key))

    async def finish(self, question: Question, state: State, answer: dict[str, Any] | None = None) -> State:
        """Record how it ended and return where it stands: QUEUED if it was edited meanwhile, DELETED if deleted."""
        async with self._write() as connection:
            where = (_is(question.key), _questions.c.state == State.ANSWERING)
            same = (*where, _questions.c.revision == question.revision)
            result = await connection.execute(
                update(_questions).where(*same).values(state=state, answer=answer, lease=0.0)
            )
            if result.rowcount == 1:
                return state
            await connection.execute(update(_questions).where(*where).values(state=State.QUEUED, lease=0.0))
            found = await connection.execute(select(_questions.c.state).where(_is(question.key)))
            return State(found.scalar_one_or_none() or State.DELETED)

    async def unfinished(self, all_are_ours: bool) -> list[Question]:
        """Questions to take up again, oldest first: `all_are_ours` when no other process can be at work on them."""
        now = time.time()
        begun = _questions.c.state == State.ANSWERING
        async with self._write() as connection:
            abandoned = begun if all_are_ours else begun & (_questions.c.lease < now)
            await connection.execute(update(_questions).where(abandoned).values(state=State.QUEUED, lease=0.0))
            waiting = select(_questions).where(_questions.c.state == State.QUEUED).order_by(_questions.c.received)
            if not all_are_ours:
                waiting = waiting.where(_questions.c.received < now - LEASE_SECONDS)
            return [_question(row, ()) for row in (await connection.execute(waiting)).mappings()]

    async def edit(self, key: tuple[str, str, str], text: str) -> Question | None:
        """The question with its new text, to be answered again; None if unknown, deleted or the same as before."""
        async with self._write() as connection:
            changed = (_is(key), _questions.c.text != text, _questions.c.state != State.DELETED)
            changes = {"text": text, "revision": _questions.c.revision + 1}
            if (await connection.execute(update(_questions).where(*changed).values(changes))).rowcount != 1:
                return None
            done = (_is(key), _questions.c.state != State.ANSWERING)
            await connection.execute(update(_questions).where(*done).values(state=State.QUEUED))
            row = (await connection.execute(select(_questions).where(_is(key)))).mappings().one()
            return _question(row, await _posted(connection, key))

    async def delete(self, key: tuple[str, str, str]) -> Question | None:
        """Forget a question's words and answer; return it as it was, with the messages to remove."""
        found = await self.find(key)
        if found is None or found.state is State.DELETED:
            return None
        async with self._write() as connection:
            gone: dict[str, Any] = {"state": State.DELETED, "text": "", "answer": None, "details": {}}
            await connection.execute(update(_questions).where(_is(key)).values(gone))
        return found

    async def posted(self, question: Question, ts: str) -> None:
        """Remember a message as part of the question's answer."""
        try:
            async with self._write() as connection:
                row = {"team": question.team, "channel": question.channel, "ts": ts, "question": question.ts}
                await connection.execute(insert(_messages).values(row))
        except IntegrityError:
            return

    async def withdrawn(self, question: Question, ts: str) -> None:
        async with self._write() as connection:
            here = (_messages.c.team == question.team, _messages.c.channel == question.channel, _messages.c.ts == ts)
            await connection.execute(delete(_messages).where(*here))

    async def posted_in(self, team: str, channel: str) -> set[str]:
        """Every message of Byline's in a channel that is known to belong to a question."""
        async with self._read() as connection:
            here = (_messages.c.team == team, _messages.c.channel == channel)
            return set((await connection.execute(select(_messages.c.ts).where(*here))).scalars())

    async def turns(self, team: str, channel: str, thread: str, before: str = "~") -> list[Question]:
        """The thread's answered questions before a ts, in order."""
        where = (_in(_questions, team, channel, thread), _questions.c.state == State.ANSWERED, _questions.c.ts < before)
        async with self._read() as connection:
            rows = await connection.execute(select(_questions).where(*where).order_by(_questions.c.ts))
            return [_question(row, ()) for row in rows.mappings()]

    async def askers_of(self, team: str, channel: str, thread: str) -> set[str]:
        """Who has asked Byline something in a thread; empty if it has no part in it."""
        where = (_in(_questions, team, channel, thread), _questions.c.state != State.DELETED)
        async with self._read() as connection:
            return set((await connection.execute(select(_questions.c.asker).where(*where).distinct())).scalars())

    async def lately(
        self, team: str, limit: int, channel: str | None = None, asker: str | None = None
    ) -> list[Question]:
        """The newest questions of a workspace that were not deleted, newest first."""
        where = [_questions.c.team == team, _questions.c.state != State.DELETED]
        where += [_questions.c.channel == channel] if channel else []
        where += [_questions.c.asker == asker] if asker else []
        async with self._read() as connection:
            newest = select(_questions).where(*where).order_by(_questions.c.received.desc()).limit(limit)
            return [_question(row, ()) for row in (await connection.execute(newest)).mappings()]

    async def newest_ts(self, team: str) -> str | None:
        """When the last question of a workspace was asked, as Slack writes it."""
        async with self._read() as connection:
            found = await connection.execute(select(func.max(_questions.c.ts)).where(_questions.c.team == team))
            value = found.scalar_one_or_none()
            return str(value) if value else None

    async def threads_of(self, team: str, channel: str, since: float) -> list[str]:
        """Threads of a channel in which something was asked since then (seconds since 1970)."""
        where = (_questions.c.team == team, _questions.c.channel == channel, _questions.c.received >= since)
        async with self._read() as connection:
            return list((await connection.execute(select(_questions.c.thread).where(*where).distinct())).scalars())

    async def thread(self, team: str, channel: str, thread: str) -> Thread:
        async with self._read() as connection:
            row = (
                (await connection.execute(select(_threads).where(_in(_threads, team, channel, thread))))
                .mappings()
                .first()
            )
            return Thread(row["quiet"], row["among_people"]) if row else Thread()

    async def set_thread(self, team: str, channel: str, thread: str, **changes: bool) -> None:
        """Set `quiet` or `among_people`."""
        async with self._write() as connection:
            here = _in(_threads, team, channel, thread)
            if (await connection.execute(update(_threads).where(here).values(**changes))).rowcount == 0:
                row = {"team": team, "channel": channel, "thread": thread, "quiet": False, "among_people": False}
                await connection.execute(insert(_threads).values({**row, **changes}))

    async def rate(self, key: tuple[str, str, str], person: str, good: bool, reason: str = "") -> None:
        """Keep a person's opinion of an answer; their latest counts."""
        team, channel, ts = key
        row = {"team": team, "channel": channel, "question": ts, "person": person}
        async with self._write() as connection:
            same = [_feedback.c[name] == value for name, value in row.items()]
            await connection.execute(delete(_feedback).where(*same))
            await connection.execute(
                insert(_feedback).values({**row, "good": good, "reason": reason, "given": time.time()})
            )

    async def ratings(self, team: str) -> Sequence[dict[str, Any]]:
        """Every opinion kept of a workspace, oldest first."""
        async with self._read() as connection:
            rows = await connection.execute(
                select(_feedback).where(_feedback.c.team == team).order_by(_feedback.c.given)
            )
            return [dict(row) for row in rows.mappings()]

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._writing, self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.connect() as connection:
            yield connection


async def open_conversations(url: str, home: Path) -> Conversations:
    """The database at `url` (sqlite or postgresql), or a file under `home` if it is empty.

    Raise SettingsError for a URL that cannot be used, ConversationsError if the database does not open. Neither
    message holds the URL's password.
    """
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{home / 'conversations.sqlite3'}"
    try:
        parsed = make_url(url)
        drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
        engine = create_async_engine(parsed.set(drivername=drivers.get(parsed.drivername, parsed.drivername)))
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise SettingsError(
            "DATABASE_URL is not one Byline can use. Give sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME "
            "with `pip install asyncpg`, or leave it empty for a file in BYLINE_HOME."
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        raise ConversationsError(
            f"The conversations at {parsed.render_as_string(hide_password=True)} cannot be opened "
            f"({type(error).__name__}). Check DATABASE_URL, and that the database is there and may be written."
        ) from None
    return Conversations(engine)


def _tune_sqlite(connection: Any, _: Any) -> None:
    # WAL with NORMAL keeps every commit through a killed process (https://sqlite.org/wal.html), at a tenth of the cost
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _is(key: tuple[str, str, str]) -> Any:
    team, channel, ts = key
    return (_questions.c.team == team) & (_questions.c.channel == channel) & (_questions.c.ts == ts)


def _in(table: Table, team: str, channel: str, thread: str) -> Any:
    return (table.c.team == team) & (table.c.channel == channel) & (table.c.thread == thread)


async def _posted(connection: AsyncConnection, key: tuple[str, str, str]) -> tuple[str, ...]:
    team, channel, ts = key
    where = (_messages.c.team == team, _messages.c.channel == channel, _messages.c.question == ts)
    return tuple((await connection.execute(select(_messages.c.ts).where(*where).order_by(_messages.c.ts))).scalars())


def _question(row: Any, messages: tuple[str, ...]) -> Question:
    names = ("team", "channel", "ts", "thread", "asker", "text", "details", "revision", "attempts", "answer")
    found = Question(**{name: row[name] for name in names}, state=State(row["state"]))
    return replace(found, messages=messages)
