"""Whatever no listener knows: acknowledged, so that Slack does not send it again; a click is told that it is old."""

import logging
import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.door import Door, interaction, listen, tell
from bot.slack.intake import Origin

_log = logging.getLogger(__name__)
_ANY = re.compile(r".*", re.DOTALL)


def register(app: AsyncApp, door: Door) -> None:
    async def unknown(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        named = [str(action.get("action_id")) for action in body.get("actions") or ()]
        named.append(str(body.get("callback_id") or (body.get("view") or {}).get("callback_id") or ""))
        _log.warning("Nobody listens to %s", " ".join(filter(None, named)) or body.get("type"))
        await tell(door, body, where, "That button is from an earlier version of me and does nothing any more.")

    for kind in ("action", "shortcut", "view"):
        interaction(listen(app, kind, _ANY), door, unknown)

    @app.event(_ANY)
    async def event(body: dict[str, Any]) -> None:
        _log.debug("Nothing to do for %s", (body.get("event") or {}).get("type"))
