"""One process at a time for the embedded library: Chroma's local client is not process-safe."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import LibraryError, LibraryLocked


class LibraryLock:
    """An advisory lock on a folder, freed by the operating system even when its owner is killed."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._owner = home / "library.owner.json"
        self._lock = FileLock(home / "library.lock")

    def acquire(self) -> None:
        """Raise LibraryLocked, naming the owner, if another process holds it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LibraryLocked(
                f"The library in {self._home} is in use by {self.owner()}. Close that, or let processes share a server: "
                f"run `chroma run --path {self._home / 'chroma'}` and set CHROMA_URL to its address."
            ) from None
        except OSError as error:
            raise LibraryError(
                f"The library folder {self._home} cannot be used: {error.strerror or error}. "
                "Check its permissions, or set BYLINE_HOME to another folder."
            ) from error
        owner = {
            "pid": os.getpid(),
            "command": _command(),
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        try:
            self._owner.write_text(json.dumps(owner), encoding="utf-8")
        except OSError:  # the name is a courtesy to others; the lock itself holds
            self._owner.unlink(missing_ok=True)

    def release(self) -> None:
        if self._lock.is_locked:
            self._owner.unlink(missing_ok=True)
            self._lock.release()

    def owner(self) -> str:
        """Who holds the lock, in words."""
        try:
            owner = json.loads(self._owner.read_text(encoding="utf-8"))
            return f"process {owner['pid']} ({owner['command']}, since {owner['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"


def _command() -> str:
    """Program and subcommand only: arguments can be private."""
    program = Path(sys.argv[0]).name or "python"
    return " ".join([program, *(word for word in sys.argv[1:2] if word.isalpha())])
