"""A mention in a channel. The same message also arrives as `message`; the store takes it once."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.door import Door, origin


def register(app: AsyncApp, door: Door) -> None:
    @app.event("app_mention")
    async def app_mention(event: dict[str, Any], context: AsyncBoltContext) -> None:
        await door.intake.message(event, origin(context), mentioned=True)
