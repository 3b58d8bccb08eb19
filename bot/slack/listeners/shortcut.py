"""The message shortcut "Add to Byline": the message's files and links, or its text, become articles."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks import note
from bot.slack.door import Door, channel, interaction, listen, person, progress, tell
from bot.slack.escaping import links, plain
from bot.slack.intake import Origin
from bot.slack.library import report


def register(app: AsyncApp, door: Door) -> None:
    async def add_message(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        await progress(body, "Adding…")
        message, place, user = body.get("message") or {}, channel(body), person(body)
        added = [await door.library.add_file(file, where.team, place, user) for file in message.get("files") or ()]
        text = str(message.get("text") or "")
        source = " ".join(links(text)) or ("" if added else plain(text))
        if source:
            name = f"{place}/{message.get('ts', '')}"
            added += await door.library.add_source(source, name, where.team, place, user)
        said = "\n".join(map(report, added)) or "That message holds no file, address or text to add."
        if not await progress(body, said, [note(said[:3000])]):
            await tell(door, body, where, said, [note(said[:3000])])

    interaction(listen(app, "shortcut", "add_message"), door, add_message)
