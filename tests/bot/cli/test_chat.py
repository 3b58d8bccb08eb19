import io
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]


def say(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_chat_answers_and_follows_up(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(
        monkeypatch,
        "what did Petra Lindqvist say about beams?",
        "what else did she say?",
        "/trace",
        "/quit",
        "not reached",
    )
    code, out, err = run("chat", "--samples", str(news))
    assert code == 0
    assert "Byline: 2 articles." in out
    assert "214 beams had failed" in out
    assert "drive a van" in out
    assert "Standalone question: What else did Petra Lindqvist say?" in out
    assert "The library is empty" in err


def test_sources_show_each_quote_in_its_paragraph(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "what did Omar Reyes say?", "/sources")
    out = run("chat", "--samples", str(news))[1]
    assert str(news / "pier.txt") in out


def test_the_other_commands_answer_too(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "/help", "/articles", "/sources", "/trace", "/new", "/dance", "")
    _, out, err = run("chat", "--samples", str(news))
    assert "/sources    the last answer's quotes" in out
    assert "Late frost spares the plum orchards" in out
    assert "A new conversation." in out
    assert err.count("Nothing has been asked yet.") == 2
    assert "There is no command /dance. /help lists them." in err


def test_a_new_conversation_forgets_the_old(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(monkeypatch, "what did Petra Lindqvist say about beams?", "/new", "what else did she say?", "/trace")
    assert "Standalone question: what else did she say?" in run("chat", "--samples", str(news))[1]


def test_ctrl_c_stops_an_answer_and_not_the_chat(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, calls = Assistant.ask, iter(range(9))

    def first_interrupted(self: Assistant, *arguments: object) -> object:
        if next(calls) == 0:
            raise KeyboardInterrupt
        return ask(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "ask", first_interrupted)
    say(monkeypatch, "what did Petra Lindqvist say?", "what did Omar Reyes say?")
    code, out, err = run("chat", "--samples", str(news))
    assert (code, err.splitlines()[-1]) == (0, "Stopped.")
    assert "ruin his season" in out


def test_a_question_that_cannot_be_asked_does_not_end_the_chat(
    run: Run, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, "?!", "who is Ida Brandt?")
    _, out, err = run("chat", "--samples", str(news))
    assert "The question is empty" in err
    assert "chairwoman, Ida Brandt" in out


def test_a_person_at_a_terminal_types_a_question_and_reads_the_answer(news: Path, tmp_path: Path) -> None:
    """A real process on a real pseudo-terminal, with the bundled model."""
    master, slave = pty.openpty()
    environment = {
        **os.environ,
        "BYLINE_HOME": str(tmp_path / "typed"),
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "COLUMNS": "100",
        "LINES": "40",
    }
    byline = [Path(sys.executable).parent / "byline", "chat", "--samples", str(news)]
    chat = subprocess.Popen(byline, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=ROOT, close_fds=True)
    os.close(slave)
    try:
        read_until(master, "/help")
        os.write(master, b"what did Omar Reyes say?\r")
        assert "ruin his season" in read_until(master, "Old pier")
        os.write(master, b"\x03")  # Ctrl-C at the prompt throws the line away
        os.write(master, b"/quit\r")
        assert chat.wait(20) == 0
    finally:
        chat.kill()
        os.close(master)


def read_until(terminal: int, wanted: str, seconds: float = 60) -> str:
    """What the terminal shows until `wanted` does."""
    seen, until = "", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < until:
        if select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 65536).decode(errors="replace")
    assert wanted in seen, seen
    return seen
