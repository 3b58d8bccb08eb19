"""Files and folders of this machine."""

from pathlib import Path

from retrieval.errors import SourceError
from retrieval.types import Resource

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}


def serves(location: str) -> bool:
    return "://" not in location


def expand(location: str) -> list[str]:
    """A file stands for itself; a folder for the articles below it, in name order, hidden ones left out."""
    path = Path(location).expanduser()
    try:
        location.encode("utf-8")
        if not path.is_dir():
            return [str(path.resolve())]
        found = sorted(
            file
            for file in path.resolve().rglob("*")
            if file.suffix.lower() in MEDIA_TYPES and not _is_hidden(file, path)
        )
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{_shown(location)} cannot be read: {_reason(error)}. Check the path, or rename it."
        ) from None
    if not found:
        raise SourceError(
            f"The folder {location} holds no articles. Byline reads {', '.join(sorted(MEDIA_TYPES))} files."
        )
    return [str(file) for file in found]


def read(location: str, max_bytes: int, allow_private: bool = False) -> Resource:
    """`allow_private` is for addresses; a file is this machine's own."""
    path = Path(location)
    if _shown(location) != location:
        raise SourceError(f"The file name {_shown(location)} is not UTF-8. Rename the file, then add it again.")
    try:
        if not path.exists():
            raise SourceError(f"{location} does not exist. Check the path.")
        if not path.is_file():
            raise SourceError(f"{location} is not a regular file. Give a file or a folder.")
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                f"{location} has {size / 1e6:.0f} MB, more than the {max_bytes / 1e6:g} MB Byline takes for an article. "
                "Split it, or raise MAX_FILE_MB."
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise SourceError(f"{location} cannot be read: {_reason(error)}. Check its permissions.") from None
    return Resource(location, MEDIA_TYPES.get(path.suffix.lower(), "text/plain"), data)


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root.resolve()).parts)


def _shown(location: str) -> str:
    """The location with bytes that are not UTF-8 as `\\xe9`."""
    return location.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
