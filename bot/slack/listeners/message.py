"""Messages of channels, threads and direct messages: new, edited, deleted."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.door import Door, origin


def register(app: AsyncApp, door: Door) -> None:
    @app.event("message")
    async def message(event: dict[str, Any], context: AsyncBoltContext) -> None:
        subtype = event.get("subtype")
        if subtype == "message_changed":
            await door.intake.edited(event, origin(context))
        elif subtype == "message_deleted":
            await door.intake.deleted(event, origin(context))
        else:
            await door.intake.message(event, origin(context))
