"""Chroma clients, embedded and server, and Chroma's errors as ours."""

import logging
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from retrieval.errors import LibraryError, StorageFull

_NEXT_TO_NOTHING = 1_000_000
_FULL = ("disk is full", "no space left", "disk full", "quota exceeded", "file too large", "disk i/o error")


def translate(error: BaseException, doing: str, where: str) -> LibraryError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    if any(sign in reason.lower() for sign in _FULL) or _is_full(where):
        return StorageFull(
            f"The disk that holds the library in {where} is full. Free some space, then add the article again."
        )
    return LibraryError(
        f"The library in {where} cannot be {doing} ({reason}). "
        "Restore it from a backup, or move the folder away and add the articles again."
    )


def _is_full(where: str) -> bool:
    """Whether the disk of an embedded library has next to nothing left: Chroma's own message may not say so."""
    try:
        return "://" not in where and shutil.disk_usage(where).free < _NEXT_TO_NOTHING
    except OSError:
        return False


def close(client: Any) -> None:
    """Close a client that can be closed; one that is broken already needs no closing."""
    try:
        if client is not None:
            client.close()
    except Exception:
        logging.getLogger(__name__).debug("Chroma's client did not close", exc_info=True)


def embedded(home: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(home / "chroma"), settings=Settings(anonymized_telemetry=False))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise translate(error, "opened", str(home)) from error


def connect(url: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LibraryError(f"CHROMA_URL is {url!r}, which is not an http address. Set it like http://127.0.0.1:8000.")
    ssl = parts.scheme == "https"
    try:
        client = chromadb.HttpClient(
            parts.hostname, parts.port or (443 if ssl else 8000), ssl=ssl, settings=Settings(anonymized_telemetry=False)
        )
        client.heartbeat()
        return client
    except Exception as error:
        raise LibraryError(
            f"No Chroma server answers at CHROMA_URL {url}. Start one with `chroma run`, or unset CHROMA_URL "
            "to use the embedded library."
        ) from error
