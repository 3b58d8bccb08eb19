"""Is this message meant for Byline? A pure decision over what is known of the message and its thread.

- A mention, and everything in a direct message, is.
- In a thread where Byline has answered, so is a further question, unless
  - Byline was told to be quiet there,
  - it addresses somebody else,
  - it is no question ("thanks", "I'll call her"), or
  - the thread has turned to people talking to each other: since the last mention of Byline somebody addressed
    somebody else, or somebody who had asked Byline nothing there said something that is no question.
  A mention turns the thread to Byline again.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversations import Thread

_OPENINGS = (
    "who whom whose what when where which why how is are was were do does did has have had can could will would should "
    "may might and or but so then also tell list name give show summarise summarize explain describe quote find any"
).split()
_THANKS = re.compile(
    r"^(?:ok(?:ay)?|thanks?(?: you)?|thx|ta|cheers|great|nice|good|perfect|cool|got it|i see|lol|yes|no|right|wow|hm+)\b[\w\s,]{0,25}[.!]*$",
    re.IGNORECASE,
)


class Verdict(StrEnum):
    """`AMONG_PEOPLE`: not for Byline, and from here on the thread is taken to be the people's own."""

    ANSWER = "answer"
    IGNORE = "ignore"
    AMONG_PEOPLE = "among people"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message in a channel. `asked_before`: its sender has asked Byline something in this thread."""

    text: str
    mentioned: bool
    addresses_others: bool
    direct: bool
    in_our_thread: bool
    asked_before: bool


def decide(heard: Heard, thread: Thread) -> Verdict:
    """By the rules above."""
    if heard.mentioned or heard.direct:
        return Verdict.ANSWER
    if not heard.in_our_thread or thread.quiet:
        return Verdict.IGNORE
    if heard.addresses_others:
        return Verdict.AMONG_PEOPLE
    if not is_question(heard.text):
        return Verdict.IGNORE if heard.asked_before or _THANKS.match(heard.text) else Verdict.AMONG_PEOPLE
    return Verdict.IGNORE if thread.among_people else Verdict.ANSWER


def is_question(text: str) -> bool:
    """A question mark, or an opening that people ask or follow up with."""
    words = re.findall(r"[\w']+", text.lower())
    if not words or _THANKS.match(text.strip()):
        return False
    return text.rstrip(" .!\"'”)").endswith("?") or words[0].split("'")[0] in _OPENINGS
