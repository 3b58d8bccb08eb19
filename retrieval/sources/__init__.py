"""Where bytes come from. A new kind of location is one module here and one line in SOURCES."""

from collections.abc import Callable

from retrieval.errors import SourceError
from retrieval.sources import files, web
from retrieval.types import Resource

#: A source: whether it serves a location, and the locations or resources behind it.
SOURCES: tuple[tuple[Callable[[str], bool], Callable[[str], list[str]], Callable[[str, int, bool], Resource]], ...] = (
    (files.serves, files.expand, files.read),
    (web.serves, web.expand, web.read),
)
_READS = "Give a file or a folder of .txt, .md or .html files, or an address that starts with https://."


def expand(location: str) -> list[str]:
    """The single resources behind a location: a folder's files. Raise SourceError if there are none."""
    for serves, expand_location, _ in SOURCES:
        if serves(location):
            return expand_location(location)
    raise SourceError(f"{location} is not a location Byline reads. {_READS}")


def open_source(location: str, max_bytes: int, allow_private: bool = False) -> Resource:
    """Raise SourceError if the location cannot be read or holds more than `max_bytes`.

    `allow_private` admits addresses of this machine and its network.
    """
    for serves, _, read in SOURCES:
        if serves(location):
            return read(location, max_bytes, allow_private)
    raise SourceError(f"{location} is not a location Byline reads. {_READS}")
