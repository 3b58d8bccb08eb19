"""What several commands share: opening Byline, adding the first articles, naming one article."""

from typing import TYPE_CHECKING

from bot.errors import BylineError

if TYPE_CHECKING:
    from bot.bootstrap import Byline
    from bot.settings import Settings
    from bot.slack.options import SlackOptions


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


def slack_options(settings: "Settings") -> "SlackOptions":
    """The settings that the Slack door needs."""
    from bot.slack.options import SlackOptions

    return SlackOptions(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        host=settings.bind_host,
        port=settings.port,
        queue_size=settings.queue_size,
        max_bytes=int(settings.max_file_mb * 1_000_000),
        database_url=settings.database_url.get_secret_value(),
        home=settings.byline_home,
    )


def find_article_id(byline: "Byline", wanted: str) -> str:
    """The id that `wanted` is, or is the beginning of. Raise BylineError if none or several are."""
    ids = [id_ for id_ in byline.store.versions() if id_.startswith(wanted)]
    if wanted in ids:
        return wanted
    if len(ids) != 1:
        problem = "No article has" if not ids else f"{len(ids)} articles have"
        raise BylineError(f"{problem} an id that starts with {wanted!r}. `byline articles` lists the ids.")
    return ids[0]
