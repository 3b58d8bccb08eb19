"""One process at a time for the embedded library."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retrieval.errors import LibraryError, LibraryLocked
from retrieval.lock import LibraryLock

HOLD = """
import sys
from pathlib import Path
from retrieval.lock import LibraryLock
lock = LibraryLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process_holding(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        try:
            yield owner
        finally:
            owner.kill()


def test_a_second_process_is_told_who_holds_the_library_and_what_to_do(tmp_path: Path) -> None:
    with another_process_holding(tmp_path) as owner, pytest.raises(LibraryLocked) as refusal:
        LibraryLock(tmp_path).acquire()
    message = str(refusal.value)
    assert f"process {owner.pid} " in message
    assert "CHROMA_URL" in message
    assert f"chroma run --path {tmp_path / 'chroma'}" in message
    assert "\n" not in message


def test_a_killed_owner_frees_the_lock(tmp_path: Path) -> None:
    with another_process_holding(tmp_path) as owner:
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
        lock = LibraryLock(tmp_path)
        lock.acquire()
        assert f"process {os.getpid()} " in lock.owner()
        lock.release()


def test_a_released_lock_is_free_and_names_nobody(tmp_path: Path) -> None:
    first, second = LibraryLock(tmp_path), LibraryLock(tmp_path)
    first.acquire()
    first.release()
    assert second.owner() == "another process"
    second.acquire()
    second.release()


def test_two_locks_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    first = LibraryLock(tmp_path)
    first.acquire()
    with pytest.raises(LibraryLocked, match=f"process {os.getpid()} "):
        LibraryLock(tmp_path).acquire()
    first.release()


def test_releasing_a_lock_that_is_not_held_leaves_its_owner_named(tmp_path: Path) -> None:
    first = LibraryLock(tmp_path)
    first.acquire()
    LibraryLock(tmp_path).release()
    assert f"process {os.getpid()} " in first.owner()
    first.release()


def test_the_owners_arguments_are_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/opt/bin/byline", "ask", "a private question?"])
    lock = LibraryLock(tmp_path)
    lock.acquire()
    assert json.loads((tmp_path / "library.owner.json").read_text())["command"] == "byline ask"
    lock.release()


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", '"pid"'])
def test_a_damaged_note_of_the_owner_does_not_hide_that_the_library_is_held(tmp_path: Path, note: str) -> None:
    first = LibraryLock(tmp_path)
    first.acquire()
    (tmp_path / "library.owner.json").write_text(note)
    with pytest.raises(LibraryLocked, match="in use by another process"):
        LibraryLock(tmp_path).acquire()
    first.release()


def test_a_folder_that_cannot_hold_a_lock_is_refused_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "library.lock").mkdir()
    with pytest.raises(LibraryError, match=r"cannot be used: .*BYLINE_HOME"):
        LibraryLock(tmp_path).acquire()
