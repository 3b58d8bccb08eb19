import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot.conversations import Conversations, Question, State, open_conversations
from bot.slack.intake import FULL, QUIET, Background, Intake, Origin
from bot.slack.scheduling import Scheduler

ORIGIN = Origin("T", "ME")


class _Presence:
    def __init__(self) -> None:
        self.signs: list[str] = []

    async def show(self, question: Question) -> None:
        self.signs.append(f"+{question.ts}")

    async def clear(self, question: Question) -> None:
        self.signs.append(f"-{question.ts}")


class _Delivery:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.withdrawn: list[str] = []

    async def tell(self, question: Question, text: str) -> None:
        self.told.append(text)

    async def withdraw(self, question: Question) -> None:
        self.withdrawn.append(question.ts)


class Desk:
    """An intake over a real store, with a queue that nobody works on."""

    def __init__(self, conversations: Conversations, capacity: int) -> None:
        self.conversations, self.presence, self.delivery = conversations, _Presence(), _Delivery()

        async def work(key: tuple[str, str, str]) -> None: ...

        self.scheduler = Scheduler(work, workers=1, capacity=capacity)
        parts: Any = (conversations, self.scheduler, self.presence, self.delivery, Background())
        self.intake = Intake(*parts)

    async def say(self, text: str, ts: str = "10.1", **fields: Any) -> None:
        event = {
            "type": "message",
            "channel": "C",
            "user": "U",
            "text": text,
            "ts": ts,
            "channel_type": "channel",
            **fields,
        }
        await self.intake.message(event, ORIGIN)
        await asyncio.sleep(0)

    async def answered(self, ts: str) -> None:
        claimed = await self.conversations.claim(("T", "C", ts))
        assert claimed
        await self.conversations.finish(claimed, State.ANSWERED, {"text": "x"})


def at(tmp_path: Path, work: Callable[[Desk], Awaitable[Any]], capacity: int = 100) -> Any:
    async def run() -> Any:
        conversations = await open_conversations("", tmp_path)
        try:
            return await work(Desk(conversations, capacity))
        finally:
            await asyncio.sleep(0.05)
            await conversations.close()

    return asyncio.run(run())


def test_a_mention_is_kept_shown_and_queued_once_however_often_it_comes(tmp_path: Path) -> None:
    async def work(desk: Desk) -> Any:
        for _ in range(3):
            await desk.say("<@ME> who fell?")
        found = await desk.conversations.find(("T", "C", "10.1"))
        return desk.scheduler.waiting, desk.presence.signs, found and found.text

    assert at(tmp_path, work) == (1, ["+10.1"], "who fell?")


def test_what_an_earlier_process_kept_is_not_taken_again_and_shows_no_sign_for_long(tmp_path: Path) -> None:
    async def before(desk: Desk) -> None:
        await desk.say("<@ME> who fell?")
        await desk.answered("10.1")

    async def after(desk: Desk) -> Any:
        await desk.say("<@ME> who fell?")
        await asyncio.sleep(0.05)
        return desk.scheduler.waiting, desk.presence.signs

    at(tmp_path, before)
    assert at(tmp_path, after) == (0, ["+10.1", "-10.1"])


def test_a_full_queue_says_so_and_remembers_it(tmp_path: Path) -> None:
    async def work(desk: Desk) -> Any:
        for n in range(3):
            await desk.say("<@ME> who fell?", ts=f"10.{n}")
        await asyncio.sleep(0.05)
        found = await desk.conversations.find(("T", "C", "10.2"))
        return desk.delivery.told, found and found.state, desk.presence.signs.count("-10.2")

    assert at(tmp_path, work, capacity=2) == ([FULL], State.REFUSED, 1)


def test_messages_for_nobody_are_left_alone(tmp_path: Path) -> None:
    async def work(desk: Desk) -> int:
        await desk.say("who fell?")
        await desk.say("<@ME> who fell?", bot_id="B1", ts="10.2")
        await desk.say("<@ME> who fell?", user="ME", ts="10.3")
        await desk.say("<@ME> has joined", subtype="channel_join", ts="10.4")
        await desk.say("who fell?", thread_ts="9.9", ts="10.5")
        return desk.scheduler.waiting

    assert at(tmp_path, work) == 0


def test_quiet_in_a_thread_is_obeyed_and_confirmed_once(tmp_path: Path) -> None:
    async def work(desk: Desk) -> Any:
        await desk.say("<@ME> who fell?")
        await desk.answered("10.1")
        for _ in range(2):
            await desk.say("<@ME> quiet", thread_ts="10.1", ts="10.2")
        await desk.say("and who rose?", thread_ts="10.1", ts="10.3")
        await desk.say("<@ME> and who rose?", thread_ts="10.1", ts="10.4")
        return desk.delivery.told, await desk.conversations.find(("T", "C", "10.3")), desk.scheduler.waiting

    assert at(tmp_path, work) == ([QUIET], None, 2)


def test_an_edit_is_taken_up_and_an_unfurl_is_not(tmp_path: Path) -> None:
    async def work(desk: Desk) -> Any:
        await desk.say("<@ME> who fell?")
        await desk.answered("10.1")
        desk.scheduler._waiting.clear()
        desk.scheduler._known.clear()
        message = {"type": "message", "user": "U", "ts": "10.1", "text": "<@ME> who fell?", "attachments": [{}]}
        await desk.intake.edited({"channel": "C", "message": message}, ORIGIN)
        unfurled = desk.scheduler.waiting
        await desk.intake.edited({"channel": "C", "message": {**message, "text": "<@ME> who rose?"}}, ORIGIN)
        return unfurled, desk.scheduler.waiting

    assert at(tmp_path, work) == (0, 1)


def test_a_mention_that_an_edit_brought_in_is_a_question(tmp_path: Path) -> None:
    async def work(desk: Desk) -> int:
        message = {"type": "message", "user": "U", "ts": "10.1", "text": "<@ME> who fell?"}
        old = {"channel": "C", "message": message, "previous_message": {"text": "<@ME> who fell?"}}
        await desk.intake.edited(old, ORIGIN)
        assert desk.scheduler.waiting == 0
        await desk.intake.edited({**old, "previous_message": {"text": "who fell?"}}, ORIGIN)
        return desk.scheduler.waiting

    assert at(tmp_path, work) == 1


def test_a_deleted_question_is_withdrawn_once(tmp_path: Path) -> None:
    async def work(desk: Desk) -> list[str]:
        await desk.say("<@ME> who fell?")
        for _ in range(2):
            await desk.intake.deleted({"channel": "C", "deleted_ts": "10.1"}, ORIGIN)
        await asyncio.sleep(0.01)
        return desk.delivery.withdrawn

    assert at(tmp_path, work) == ["10.1"]
