"""What format a resource is in. A new format is one module here and one line in PARSERS."""

from collections.abc import Callable

from retrieval.errors import ParseError
from retrieval.parsers import html, markdown, text
from retrieval.types import Page, Resource

PARSERS: dict[str, Callable[[bytes], Page]] = {
    "text/plain": text.parse,
    "text/markdown": markdown.parse,
    "text/html": html.parse,
}


def parse(resource: Resource) -> Page:
    """Raise ParseError for an unknown media type, a binary, an unknown encoding or an empty file."""
    parser = PARSERS.get(resource.media_type)
    if parser is None:
        known = ", ".join(sorted(PARSERS))
        raise ParseError(
            f"{resource.location} is {resource.media_type}, which Byline does not read. Save it as one of: {known}."
        )
    try:
        return parser(resource.data)
    except ParseError as error:
        raise ParseError(f"{resource.location} {error}") from None
