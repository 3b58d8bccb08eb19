"""Events of messages → questions in the store and in the queue. Runs before Slack is told that the event arrived."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from bot.conversations import Conversations, Question, State
from bot.slack.addressing import Heard, Verdict, decide
from bot.slack.delivery import Delivery
from bot.slack.escaping import mentions, plain
from bot.slack.presence import Presence
from bot.slack.scheduling import Scheduler

_log = logging.getLogger(__name__)
_SUBTYPES = (None, "", "file_share", "thread_broadcast")
_FILE_FIELDS = ("id", "name", "mimetype", "size", "url_private", "url_private_download")
_BE_QUIET = ("quiet", "be quiet", "stop", "shush", "stop answering")
_REMEMBERED = 5000
FULL = "Too many questions at once: I did not take this one. Please ask again in a minute."
QUIET = "I'll keep out of this thread. Mention me when you want me."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event came from: the workspace, and Byline's user there."""

    team: str
    me: str


class Background:
    """Tasks that nobody waits for, kept until they are done; what they raise is logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def run(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def cancel(self) -> None:
        for task in list(self._tasks):
            task.cancel()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("Work in the background failed", exc_info=error)


class Intake:
    """Decides what is for Byline, keeps it, shows the first sign, and queues it."""

    def __init__(
        self,
        conversations: Conversations,
        scheduler: Scheduler,
        presence: Presence,
        delivery: Delivery,
        background: Background,
    ) -> None:
        self._conversations, self._scheduler, self._presence = conversations, scheduler, presence
        self._delivery, self._background = delivery, background
        self._judging: WeakValueDictionary[tuple[str, str, str], asyncio.Lock] = WeakValueDictionary()
        # a mention comes as two events, each perhaps twice: what was just stored need not be asked of the store
        self._lately: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    async def message(self, event: Mapping[str, Any], origin: Origin, mentioned: bool = False) -> None:
        """Take up a message event, or leave it to the people."""
        if event.get("bot_id") or event.get("subtype") not in _SUBTYPES or event.get("hidden"):
            return
        asker = str(event.get("user") or "")
        mentioned = mentioned or f"<@{origin.me}" in str(event.get("text") or "")
        if not asker or asker in (origin.me, "USLACKBOT"):
            return
        text = str(event.get("text") or "")
        if (origin.team, str(event["channel"]), str(event["ts"])) in self._lately:
            return
        place = (origin.team, str(event["channel"]), str(event.get("thread_ts") or event["ts"]))
        # one message of a thread at a time: what one turns the thread to, the next must know
        async with self._judging.setdefault(place, asyncio.Lock()):
            verdict = await self._verdict(event, text, asker, origin, mentioned)
            if verdict is Verdict.AMONG_PEOPLE:
                await self._conversations.set_thread(*place, among_people=True)
        if verdict is not Verdict.ANSWER:
            return
        question = _question(event, text, asker, origin, place[2])
        if not question.details.get("direct") and question.text.lower().strip(" .!") in _BE_QUIET:
            if await self._conversations.first_time(f"quiet:{question.channel}:{question.ts}"):
                await self._conversations.set_thread(*place, quiet=True)
                self._background.run(self._delivery.tell(question, QUIET))
            return
        await self.take(question)
        if place[2] != question.ts and (await self._conversations.thread(*place)).among_people and mentioned:
            await self._conversations.set_thread(*place, among_people=False)

    async def take(self, question: Question) -> bool:
        """Keep and queue a question; False if it was here already."""
        shown = self._show(question)  # before it is stored: in a burst, the store is what there is to wait for
        self._remember(question.key)
        try:
            new = await self._conversations.receive(question)
        except BaseException:
            self._lately.pop(question.key, None)
            raise
        if new:
            self._put(question)
        elif shown:
            self._background.run(self._unshow(question, shown))
        return new

    def queue(self, question: Question) -> None:
        """Take up again a question that is kept already."""
        self._show(question)
        self._scheduler.put(question, force=True)

    def _put(self, question: Question) -> None:
        if not self._scheduler.put(question):
            self._background.run(self._refuse(question))

    def _show(self, question: Question) -> "asyncio.Task[Any] | None":
        private = question.details.get("private")
        return None if private else self._background.run(self._presence.show(question))

    async def _unshow(self, question: Question, shown: "asyncio.Task[Any]") -> None:
        await asyncio.wait([shown])
        await self._presence.clear(question)

    def _remember(self, key: tuple[str, str, str]) -> None:
        self._lately[key] = None
        if len(self._lately) > _REMEMBERED:
            self._lately.popitem(last=False)

    async def edited(self, event: Mapping[str, Any], origin: Origin) -> None:
        """Answer an edited question again; a mention that an edit brought in counts as a new question."""
        message, before = event.get("message") or {}, event.get("previous_message") or {}
        if message.get("bot_id") or message.get("subtype") == "tombstone" or message.get("user") == origin.me:
            return
        channel, ts, text = str(event["channel"]), str(message.get("ts")), str(message.get("text") or "")
        key = (origin.team, channel, ts)
        known = await self._conversations.find(key)
        if known is None:
            me = f"<@{origin.me}"
            if me in text and me not in str(before.get("text") or ""):
                await self.message({**message, "channel": channel}, origin)
            return
        changed = await self._conversations.edit(key, plain(text, origin.me))
        if changed is not None and changed.state is State.QUEUED:
            self.queue(changed)

    async def deleted(self, event: Mapping[str, Any], origin: Origin) -> None:
        """Remove the answer to a deleted question."""
        ts = str(event.get("deleted_ts") or (event.get("previous_message") or {}).get("ts") or "")
        gone = await self._conversations.delete((origin.team, str(event["channel"]), ts))
        if gone is not None:
            self._background.run(self._delivery.withdraw(gone))
            self._background.run(self._presence.clear(gone))

    async def _verdict(
        self, event: Mapping[str, Any], text: str, asker: str, origin: Origin, mentioned: bool
    ) -> Verdict:
        addressed = mentions(text)
        channel = str(event["channel"])
        mentioned = mentioned or origin.me in addressed
        direct = event.get("channel_type") == "im" or (not event.get("channel_type") and channel.startswith("D"))
        thread_ts = event.get("thread_ts")
        if mentioned or direct or not thread_ts:
            return Verdict.ANSWER if mentioned or direct else Verdict.IGNORE
        place = (origin.team, channel, str(thread_ts))
        turns = await self._conversations.askers_of(*place)
        heard = Heard(
            text=plain(text, origin.me),
            mentioned=False,
            addresses_others=any(target != origin.me for target in addressed),
            direct=False,
            in_our_thread=bool(turns),
            asked_before=asker in turns,
        )
        return decide(heard, await self._conversations.thread(*place))

    async def _refuse(self, question: Question) -> None:
        claimed = await self._conversations.claim(question.key)
        if claimed is not None:
            await self._conversations.finish(claimed, State.REFUSED)
            await self._presence.clear(question)
            await self._delivery.tell(question, FULL)


def _question(event: Mapping[str, Any], text: str, asker: str, origin: Origin, thread: str) -> Question:
    files = [{name: file.get(name) for name in _FILE_FIELDS} for file in event.get("files") or ()]
    channel = str(event["channel"])
    user_team = event.get("user_team") or event.get("source_team") or origin.team
    details: dict[str, Any] = {
        "direct": event.get("channel_type") == "im" or channel.startswith("D"),
        "user_team": user_team,
        "foreign": user_team != origin.team,
    }
    if files:
        details["files"] = files
    return Question(origin.team, channel, str(event["ts"]), thread, asker, plain(text, origin.me), details)
