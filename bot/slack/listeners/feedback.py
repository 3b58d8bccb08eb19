"""Thumbs up and down, kept with the answer; down asks why."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import Door, interaction, listen, origin, person, tell
from bot.slack.home import message_modal, why_modal
from bot.slack.intake import Origin

GONE = "That answer was removed meanwhile, so there is nothing left to rate."


def register(app: AsyncApp, door: Door) -> None:
    async def feedback(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        side, _, value = str(body["actions"][0].get("value")).partition("|")
        key = _key(value)
        if key[0] != where.team or not await _is_there(door, key):
            await tell(door, body, where, GONE)
            return
        if not await door.audiences.may_read(key[0], key[1], person(body)):
            return
        await door.conversations.rate(key, person(body), good=side == "good")
        if side == "good":
            await tell(door, body, where, "Thank you, noted.")
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=why_modal(value))

    async def close_or_tell(ack: Any, body: dict[str, Any], context: Any) -> None:
        key = _key(str(body["view"].get("private_metadata")))
        if key[0] == origin(context).team and await _is_there(door, key):
            await ack()
        else:
            await ack(response_action="update", view=message_modal("Gone", GONE))

    async def why_bad(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        key = _key(str(body["view"].get("private_metadata")))
        if key[0] != where.team or not await _is_there(door, key):
            return
        reason = body["view"]["state"]["values"].get("reason", {}).get("value", {}).get("value") or ""
        await door.conversations.rate(key, person(body), good=False, reason=str(reason)[:3000])

    interaction(listen(app, "action", "feedback"), door, feedback)
    interaction(listen(app, "view", "why_bad"), door, why_bad, close_or_tell)


def _key(value: str) -> tuple[str, str, str]:
    team, _, rest = value.partition(":")
    channel, _, ts = rest.partition(":")
    return team, channel, ts


async def _is_there(door: Door, key: tuple[str, str, str]) -> bool:
    question = await door.conversations.find(key)
    return question is not None and question.answer is not None
