"""What was said while Byline was away: after a start, recent history is read for questions that never arrived.

Slack delivers an event again when it was not acknowledged, but gives up after three tries, and an event may be
acknowledged by a connection whose process then dies. Reading is bounded to the time since the last question
(at most a day), and what is already kept is not taken twice.
"""

import logging
import time
from collections.abc import Awaitable, Callable

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations import Conversations
from bot.slack.clients import Clients, error_of
from bot.slack.intake import Intake, Origin

_log = logging.getLogger(__name__)
_MOST_SECONDS = 86_400.0
#: Clocks differ, and events overtake one another.
_OVERLAP_SECONDS = 120.0


class CatchUp:
    """`bot_user_of` names Byline's own user in a workspace."""

    def __init__(
        self,
        clients: Clients,
        conversations: Conversations,
        intake: Intake,
        bot_user_of: Callable[[str], Awaitable[str]],
    ) -> None:
        self._clients, self._conversations = clients, conversations
        self._intake, self._bot_user_of = intake, bot_user_of
        self._newest = ""

    async def run(self, team: str) -> None:
        """Does nothing for a workspace in which nobody has asked anything yet."""
        newest = await self._conversations.newest_ts(team)
        if newest is None:
            return
        self._newest = newest
        since = max(float(newest) - _OVERLAP_SECONDS, time.time() - _MOST_SECONDS)
        client = await self._clients.of(team)
        origin = Origin(team, await self._bot_user_of(team))
        try:
            for channel, direct in await self._channels(client):
                await self._read(client, origin, channel, direct, since)
        except SlackApiError as error:
            _log.warning("Reading what was missed stopped: %s", error_of(error))

    async def _channels(self, client: AsyncWebClient) -> list[tuple[str, bool]]:
        found, cursor = [], ""
        while True:
            kinds = "public_channel,private_channel,im,mpim"
            page = await client.users_conversations(
                types=kinds, cursor=cursor or None, limit=200, exclude_archived=True
            )
            found += [(str(c["id"]), bool(c.get("is_im"))) for c in page["channels"]]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    async def _read(self, client: AsyncWebClient, origin: Origin, channel: str, direct: bool, since: float) -> None:
        """Top-level messages since then, and the threads in which something was asked in the last day."""
        kind = {"channel_type": "im"} if direct else {"channel_type": "channel"}
        threads = set(await self._conversations.threads_of(origin.team, channel, time.time() - _MOST_SECONDS))
        messages = []
        try:
            history = await client.conversations_history(channel=channel, oldest=f"{since:.6f}", limit=200)
            messages += history["messages"]
            threads |= {str(m["ts"]) for m in history["messages"] if m.get("reply_count")}
            for thread in threads:
                answers = await client.conversations_replies(
                    channel=channel, ts=thread, oldest=f"{since:.6f}", limit=200
                )
                messages += answers["messages"]
        except SlackApiError as error:
            _log.warning("What was missed in %s could not be read: %s", channel, error_of(error))
        for message in sorted(messages, key=lambda m: str(m["ts"])):
            addressed = direct or f"<@{origin.me}" in str(message.get("text") or "")
            # what was left to the people before is not judged again by what the thread has become since
            if float(message["ts"]) >= since and (addressed or str(message["ts"]) > self._newest):
                await self._intake.message({**message, **kind, "channel": channel}, origin)
