import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assistant import Assistant
from retrieval.ingestion import IngestionPipeline

Run = Callable[..., tuple[int, str, str]]
BYLINE = Path(sys.executable).parent / "byline"


def test_help_imports_nothing_heavy() -> None:
    heavy = ("chromadb", "torch", "langchain_core", "pydantic", "rich", "onnxruntime", "numpy")
    code = f"""
import sys
from bot.cli import main
try:
    main(["--help"])
except SystemExit:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_help_is_instant() -> None:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([BYLINE, "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.6  # 0.1 to 0.2 s on a quiet machine


def test_an_error_is_one_sentence_on_standard_error_and_code_2(run: Run) -> None:
    code, out, err = run("ask", "--article", "zzz", "who?")
    assert (code, out) == (2, "")
    assert err == "No article has an id that starts with 'zzz'. `byline articles` lists the ids.\n"


def test_an_unforeseen_error_is_a_sentence_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret inside")

    monkeypatch.setattr(Assistant, "ask", broken)
    code, _, err = run("ask", "who?")
    assert code == 2
    assert err == (
        "Something went wrong inside Byline (ZeroDivisionError). Run the command again with --debug to see where.\n"
    )


def test_debug_shows_the_traceback(fake_model: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.cli import main

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Assistant, "ask", broken)
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "ask", "who?"])


def test_ctrl_c_in_ask_stops_with_code_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "ask", interrupted)
    code, _, err = run("ask", "who?")
    assert (code, err) == (130, "Stopped.\n")


@pytest.mark.parametrize("command", [("articles",), ("doctor",), ("remove", "a")])
def test_ctrl_c_in_every_other_command_stops_with_code_130(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("retrieval.store.open_store", interrupted)
    code, _, err = run(*command)
    assert (code, err) == (130, "Stopped.\n")


def test_ctrl_c_while_adding_reports_what_was_done(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add, calls = IngestionPipeline.add, iter(range(9))

    def second_interrupts(self: IngestionPipeline, location: str) -> object:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return add(self, location)

    monkeypatch.setattr(IngestionPipeline, "add", second_interrupts)
    code, out, err = run("add", str(news))
    assert code == 130
    assert "1 added, 0 unchanged, 0 updated, 0 failed" in out
    assert "1 locations are left" in err


def test_a_bad_setting_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIN_SUPPORT", "lots")
    code, _, err = run("articles")
    assert code == 2
    assert err.startswith("MIN_SUPPORT is 'lots'")


def test_a_library_in_use_names_its_owner_to_a_second_process(run: Run, byline: object) -> None:
    script = "import sys; from bot.cli import main; main(['articles'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 2
    assert "is in use by process" in done.stderr
    assert "CHROMA_URL" in done.stderr
