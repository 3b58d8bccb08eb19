import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.conversations import Conversations, Question, State, open_conversations
from bot.errors import ConversationsError, SettingsError

ASKED = Question("T", "C", "10.1", "10.1", "U", "who fell?", {"direct": False})


def run(tmp_path: Path, work: Callable[[Conversations], Awaitable[Any]]) -> Any:
    async def opened() -> Any:
        conversations = await open_conversations("", tmp_path)
        try:
            return await work(conversations)
        finally:
            await conversations.close()

    return asyncio.run(opened())


def test_a_question_is_received_once(tmp_path: Path) -> None:
    async def work(c: Conversations) -> list[bool]:
        return [await c.receive(ASKED), await c.receive(ASKED)]

    assert run(tmp_path, work) == [True, False]


def test_only_one_of_two_claims_succeeds(tmp_path: Path) -> None:
    async def work(c: Conversations) -> list[Question | None]:
        await c.receive(ASKED)
        return list(await asyncio.gather(*(c.claim(ASKED.key) for _ in range(5))))

    claimed = [question for question in run(tmp_path, work) if question]
    assert [question.attempts for question in claimed] == [1]


def test_a_restart_takes_up_what_was_begun_and_knows_that_it_was(tmp_path: Path) -> None:
    async def before(c: Conversations) -> None:
        await c.receive(ASKED)
        await c.claim(ASKED.key)

    async def after(c: Conversations) -> Any:
        waiting = await c.unfinished(all_are_ours=True)
        again = await c.claim(ASKED.key)
        return [q.key for q in waiting], again.attempts if again else None

    run(tmp_path, before)
    assert run(tmp_path, after) == ([ASKED.key], 2)


def test_what_another_process_works_on_is_left_to_it(tmp_path: Path) -> None:
    async def work(c: Conversations) -> list[Question]:
        await c.receive(ASKED)
        await c.claim(ASKED.key)
        return await c.unfinished(all_are_ours=False)

    assert run(tmp_path, work) == []


def test_an_edit_while_it_is_answered_queues_it_again(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.receive(ASKED)
        claimed = await c.claim(ASKED.key)
        assert claimed
        edited = await c.edit(ASKED.key, "who rose?")
        state = await c.finish(claimed, State.ANSWERED, {"text": "Tom"})
        again = await c.claim(ASKED.key)
        return edited and edited.state, state, again and (again.text, again.revision)

    assert run(tmp_path, work) == (State.ANSWERING, State.QUEUED, ("who rose?", 1))


def test_an_edit_that_changes_nothing_is_none(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.receive(ASKED)
        return await c.edit(ASKED.key, ASKED.text), await c.edit(("T", "C", "9.9"), "new")

    assert run(tmp_path, work) == (None, None)


def test_a_deletion_while_it_is_answered_is_noticed_at_the_end(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.receive(ASKED)
        claimed = await c.claim(ASKED.key)
        assert claimed
        await c.posted(claimed, "10.2")
        gone = await c.delete(ASKED.key)
        state = await c.finish(claimed, State.ANSWERED, {"text": "Tom"})
        kept = await c.find(ASKED.key)
        return gone and gone.messages, state, kept and (kept.text, kept.answer, kept.messages)

    assert run(tmp_path, work) == (("10.2",), State.DELETED, ("", None, ("10.2",)))


def test_turns_are_the_answered_questions_of_a_thread_in_order(tmp_path: Path) -> None:
    async def work(c: Conversations) -> list[str]:
        for ts, thread in (("10.1", "10.1"), ("10.2", "10.1"), ("10.3", "10.3"), ("10.4", "10.1")):
            question = Question("T", "C", ts, thread, "U", f"question {ts}")
            await c.receive(question)
            claimed = await c.claim(question.key)
            assert claimed
            await c.finish(claimed, State.ANSWERED, {"text": "x"})
        return [turn.ts for turn in await c.turns("T", "C", "10.1", before="10.4")]

    assert run(tmp_path, work) == ["10.1", "10.2"]


def test_a_message_is_remembered_once(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.receive(ASKED)
        await c.posted(ASKED, "10.2")
        await c.posted(ASKED, "10.2")
        before = await c.posted_in("T", "C")
        await c.withdrawn(ASKED, "10.2")
        return before, await c.posted_in("T", "C")

    assert run(tmp_path, work) == ({"10.2"}, set())


def test_a_later_rating_replaces_the_earlier_one(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.rate(ASKED.key, "U", good=True)
        await c.rate(ASKED.key, "U", good=False, reason="it was Tom")
        await c.rate(ASKED.key, "V", good=True)
        return [(r["person"], r["good"], r["reason"]) for r in await c.ratings()]

    assert run(tmp_path, work) == [("U", False, "it was Tom"), ("V", True, "")]


def test_workspaces_do_not_see_each_others_questions(tmp_path: Path) -> None:
    async def work(c: Conversations) -> Any:
        await c.receive(ASKED)
        return await c.lately("T_OTHER", 10), await c.find(("T_OTHER", "C", "10.1"))

    assert run(tmp_path, work) == ([], None)


def test_an_event_is_handled_for_the_first_time_once(tmp_path: Path) -> None:
    async def work(c: Conversations) -> list[bool]:
        return [await c.first_time("Ev1"), await c.first_time("Ev1"), await c.first_time("Ev2")]

    assert run(tmp_path, work) == [True, False, True]


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "://"])
def test_a_database_url_that_cannot_be_used_is_explained(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        asyncio.run(open_conversations(url, tmp_path))


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnhandledThreadExceptionWarning"
)  # aiosqlite's thread outlives the loop
def test_a_database_that_does_not_open_never_shows_its_password(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "folder" / "x.sqlite3"
    with pytest.raises(ConversationsError, match="cannot be opened"):
        asyncio.run(open_conversations(f"sqlite:///{missing}", tmp_path))
    with pytest.raises((ConversationsError, SettingsError)) as refused:
        asyncio.run(open_conversations("postgresql://ann:hunter2@127.0.0.1:1/news", tmp_path))
    assert "hunter2" not in str(refused.value)
