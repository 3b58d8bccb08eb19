"""Somebody opens Byline: the Home tab shows the library, the Messages tab (the agent view) suggests questions."""

import json
import logging
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.clients import error_of
from bot.slack.door import Door, origin
from bot.slack.home import LATELY, Library, home_view
from bot.slack.intake import Origin
from retrieval.types import Article

_log = logging.getLogger(__name__)
PROMPTS = 4


def register(app: AsyncApp, door: Door) -> None:
    @app.event("app_home_opened")
    async def app_home_opened(event: dict[str, Any], context: AsyncBoltContext) -> None:
        where, user = origin(context), str(event.get("user"))
        if event.get("tab") == "messages":
            door.background.run(suggest(door, where, str(event.get("channel") or ""), user))
        else:
            door.background.run(publish(door, where, user))


async def publish(door: Door, where: Origin, user: str, search: str = "", page: int = 0) -> None:
    """Put the library this person may see on their Home."""
    client = await door.clients.of(where.team)
    articles = await door.library.seen_by(where.team, user)
    removable = await door.library.removable(where.team, user, articles)
    asked = await door.conversations.lately(where.team, LATELY, asker=user)
    view = home_view(Library(articles, removable, search, page), asked, door.state())
    await client.views_publish(user_id=user, view=view)


async def suggest(door: Door, where: Origin, channel: str, user: str) -> None:
    """Suggest questions about the newest articles of this direct message."""
    if not channel:
        return
    client: AsyncWebClient = await door.clients.of(where.team)
    articles = await door.library.seen_in(where.team, channel, user)
    if prompts := suggested(articles):
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title="Ask about the newest articles", prompts=prompts
            )
        except SlackApiError as error:
            _log.info("No prompts were suggested: %s", error_of(error))


def suggested(articles: list[Article]) -> list[dict[str, str]]:
    """At most four, one an article."""
    named = [article for article in articles if article.headline][:PROMPTS]
    return [{"title": a.headline[:75], "message": f"What is “{a.headline[:200]}” about?"} for a in named]


def shown(view: dict[str, Any]) -> dict[str, Any]:
    """What the Home shows now: search and page."""
    try:
        place = json.loads(view.get("private_metadata") or "{}")
        return {"search": str(place.get("search", "")), "page": int(place.get("page", 0))}
    except (ValueError, AttributeError, TypeError):
        return {"search": "", "page": 0}
