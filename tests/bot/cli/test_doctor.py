from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def test_a_healthy_byline_is_all_ok(run: Run) -> None:
    code, out, _ = run("doctor")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["ok", "python"], ["ok", "versions"], ["ok", "home"], ["ok", "model"],
        ["ok", "reader"], ["ok", "store"],
    ]  # fmt: skip


def test_a_corrupt_library_is_found_with_its_fix(
    run: Run, news: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chroma = tmp_path / "damaged" / "chroma"
    chroma.mkdir(parents=True)
    (chroma / "chroma.sqlite3").write_text("not a database")
    monkeypatch.setenv("BYLINE_HOME", str(chroma.parent))
    code, out, _ = run("doctor")
    assert code == 1
    assert "FAIL  store" in out
    assert "fix:      Restore it from a backup" in out
    assert (chroma / "chroma.sqlite3").read_text() == "not a database"


def test_a_missing_model_is_found_with_its_fix(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from bot.cli import main

    monkeypatch.setenv("EMBEDDING_MODEL", str(tmp_path / "no-such-model"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(SystemExit) as done:
        main(["doctor"])
    assert done.value.code == 1
    out = capsys.readouterr().out
    assert "FAIL  model" in out
    assert "EMBEDDING_MODEL" in out


def test_a_reader_that_cannot_be_loaded_is_found_with_its_fix(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("READER_MODEL", str(tmp_path / "nothing"))
    code, out, _ = run("doctor")
    assert code == 1
    assert "FAIL  reader" in out
    assert "Check READER_MODEL" in out
