"""What several commands share: opening Byline, adding the first articles, naming one article."""

from typing import TYPE_CHECKING

from bot.errors import BylineError

if TYPE_CHECKING:
    from bot.bootstrap import Byline


def open_byline() -> "Byline":
    """Nothing is opened yet: each part is when it is first used."""
    from bot.bootstrap import Byline
    from bot.settings import load_settings

    return Byline(load_settings())


def add_samples(byline: "Byline", samples: str | None) -> None:
    """Add the sample articles when the library is still empty."""
    from bot.cli import output

    if samples and not byline.store.versions():
        output.note(
            "The library is empty: adding the sample articles (the first run also prepares the embedding model)."
        )
        byline.pipeline.run([samples])


def find_article_id(byline: "Byline", wanted: str) -> str:
    """The id that `wanted` is, or is the beginning of. Raise BylineError if none or several are."""
    ids = [id_ for id_ in byline.store.versions() if id_.startswith(wanted)]
    if wanted in ids:
        return wanted
    if len(ids) != 1:
        problem = "No article has" if not ids else f"{len(ids)} articles have"
        raise BylineError(f"{problem} an id that starts with {wanted!r}. `byline articles` lists the ids.")
    return ids[0]
