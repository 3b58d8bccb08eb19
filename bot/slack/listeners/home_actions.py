"""What is clicked in App Home: search, pages, removal."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import Door, interaction, listen, person
from bot.slack.home import message_modal
from bot.slack.intake import Origin
from bot.slack.listeners.app_home_opened import publish, shown

NOT_YOURS = "That article is gone already, or somebody else added it. Whoever added it, or an admin, can remove it."


def register(app: AsyncApp, door: Door) -> None:
    async def search_articles(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        words = str(body["actions"][0].get("value") or "")[:200]
        await publish(door, where, person(body), words)

    async def turn_page(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        page = str(body["actions"][0].get("value"))
        search = shown(body.get("view") or {})["search"]
        await publish(door, where, person(body), search, int(page) if page.isdigit() else 0)

    async def remove_article(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        removed = await door.library.remove(str(body["actions"][0].get("value")), where.team, person(body))
        await publish(door, where, person(body), **shown(body.get("view") or {}))
        if removed is None:
            await client.views_open(trigger_id=body["trigger_id"], view=message_modal("Not removed", NOT_YOURS))

    interaction(listen(app, "action", "search_articles"), door, search_articles)
    interaction(listen(app, "action", "newer_articles"), door, turn_page)
    interaction(listen(app, "action", "older_articles"), door, turn_page)
    interaction(listen(app, "action", "remove_article"), door, remove_article)
