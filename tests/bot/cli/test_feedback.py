"""`byline feedback`, over the real database of conversations."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversations import Question, State, open_conversations
from bot.settings import load_settings

Run = Callable[..., tuple[int, str, str]]

FIRST = Question("T", "C", "1.0", "1.0", "U", "who mended the pier?")
FOLLOWING = Question("T", "C", "2.0", "1.0", "U", "when?")
LIKED = Question("T", "C", "3.0", "3.0", "U", "who is Petra Lindqvist?")


@pytest.fixture
def home() -> Path:
    return load_settings().byline_home


def rated(home: Path) -> None:
    async def rate() -> None:
        conversations = await open_conversations("", home)
        for question in (FIRST, FOLLOWING, LIKED):
            await conversations.receive(question)
            claimed = await conversations.claim(question.key)
            assert claimed
            await conversations.finish(claimed, State.ANSWERED, {"text": f"The answer to {question.ts}."})
        await conversations.rate(FOLLOWING.key, "U1", False, "It was Tuesday.")
        await conversations.rate(FOLLOWING.key, "U2", False)
        await conversations.rate(LIKED.key, "U1", True)
        await conversations.close()

    asyncio.run(rate())


def test_disliked_answers_become_a_set_with_the_questions_before_them(run: Run, home: Path, tmp_path: Path) -> None:
    rated(home)
    code, _, err = run("feedback", str(tmp_path / "bad.jsonl"))
    assert code == 0
    assert "1 question written" in err
    first, following = map(json.loads, (tmp_path / "bad.jsonl").read_text().splitlines())
    assert first == {"id": "T/C/1.0", "question": "who mended the pier?", "conversation": "T/C/1.0"}
    assert following["kind"] == "feedback"
    assert following["conversation"] == first["conversation"]
    assert following["given"] == "The answer to 2.0."
    assert following["note"] == "It was Tuesday."


def test_what_it_writes_can_be_evaluated(run: Run, home: Path, news: Path, tmp_path: Path) -> None:
    rated(home)
    run("feedback", str(tmp_path / "bad.jsonl"))
    code, out, _ = run("eval", str(tmp_path / "bad.jsonl"), "--articles", str(news))
    assert code == 0
    assert "total, ms" in out


def test_nothing_is_overwritten_and_nothing_written_for_nothing(run: Run, home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "bad.jsonl"
    code, _, err = run("feedback", str(kept))
    assert (code, kept.exists()) == (0, False)
    assert "Nobody has called an answer bad" in err
    rated(home)
    kept.write_text("mine")
    code, _, err = run("feedback", str(kept))
    assert (code, kept.read_text()) == (2, "mine")
    assert "is there already" in err
    assert run("feedback", str(tmp_path / "bad.txt"))[0] == 2
