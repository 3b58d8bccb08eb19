"""The button Add a source and its modal, from a decline or from App Home."""

import json
import time
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import Door, channel, home_channel, interaction, listen, person
from bot.slack.home import add_modal, message_modal
from bot.slack.intake import Origin
from bot.slack.library import report
from bot.slack.listeners.app_home_opened import publish


def register(app: AsyncApp, door: Door) -> None:
    async def add_source(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        place = channel(body)
        private = bool(place) and (await door.audiences.conversation(where.team, place)).private
        view = add_modal(json.dumps({"channel": place}), private)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def adding(ack: Any, body: dict[str, Any]) -> None:
        if _values(body)[0].strip():
            await ack(response_action="update", view=message_modal("Adding", "Adding the article…"))
        else:
            await ack(response_action="errors", errors={"source": "Give an address or the article's text."})

    async def add_article(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        source, audience = _values(body)
        if not source.strip():
            return
        user = person(body)
        at_home = not json.loads(body["view"].get("private_metadata") or "{}").get("channel")
        place = (
            json.loads(body["view"]["private_metadata"])["channel"] if not at_home else await home_channel(client, user)
        )
        name = f"{place}/{time.time():.6f}"
        added = await door.library.add_source(source, name, where.team, place, user, audience)
        said = "\n".join(map(report, added))
        await client.views_update(view_id=body["view"]["id"], view=message_modal("Add an article", said[:3000]))
        if at_home:
            await publish(door, where, user)

    interaction(listen(app, "action", "add_source"), door, add_source)
    interaction(listen(app, "view", "add_article"), door, add_article, adding)


def _values(body: dict[str, Any]) -> tuple[str, str]:
    """The source and the audience that were filled in."""
    values = body["view"]["state"]["values"]
    chosen = values.get("audience", {}).get("value", {}).get("selected_option") or {}
    return str(values.get("source", {}).get("value", {}).get("value") or ""), str(chosen.get("value") or "")
