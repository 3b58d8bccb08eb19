"""The first visible sign that a question was heard: a status where Slack shows one, else a reaction."""

import asyncio
import logging
import time

from slack_sdk.errors import SlackApiError

from bot.conversations import Question
from bot.slack.clients import Clients, error_of

_log = logging.getLogger(__name__)
STATUS = "is reading the articles…"
REACTION = "eyes"
#: Slack clears a status by itself after two minutes.
_REFRESH_SECONDS = 90.0
_UNAVAILABLE = frozenset(
    "unknown_method method_not_supported_for_channel_type missing_scope not_allowed_token_type feature_not_enabled".split()
)
_TRY_AGAIN_SECONDS = 600.0


class Presence:
    """Shows and clears signs. None of it is worth failing or waiting for: each call is tried once."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients
        self._no_status_until: dict[str, float] = {}
        self._shown: dict[tuple[str, str, str], tuple[Question, str]] = {}

    async def show(self, question: Question) -> None:
        sign = "status" if await self._status(question, STATUS) else "reaction"
        if sign == "reaction":
            await self._react(question, "reactions_add")
        self._shown[question.key] = (question, sign)

    async def clear(self, question: Question) -> None:
        """Take the sign back, one of an earlier process too."""
        _, sign = self._shown.pop(question.key, (question, ""))
        in_thread = any(q.thread == question.thread and q.channel == question.channel for q, _ in self._shown.values())
        if sign != "reaction" and not in_thread:
            await self._status(question, "")
        if sign == "reaction" or (not sign and question.attempts > 1):
            await self._react(question, "reactions_remove")

    async def refresh(self) -> None:
        """Keep the statuses of questions that still wait; runs until cancelled."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            for question, sign in list(self._shown.values()):
                if sign == "status":
                    await self._status(question, STATUS)

    async def _status(self, question: Question, status: str) -> bool:
        if time.monotonic() < self._no_status_until.get(question.team, 0.0):
            return False
        try:
            client = await self._clients.quick(question.team)
            await client.assistant_threads_setStatus(
                channel_id=question.channel, thread_ts=question.thread, status=status
            )
        except Exception as error:
            if isinstance(error, SlackApiError) and error_of(error) in _UNAVAILABLE | {"http_404"}:
                self._no_status_until[question.team] = time.monotonic() + _TRY_AGAIN_SECONDS
            return False
        return True

    async def _react(self, question: Question, method: str) -> None:
        for _ in range(3):
            try:
                client = await self._clients.quick(question.team)
                await getattr(client, method)(channel=question.channel, timestamp=question.ts, name=REACTION)
            except Exception as error:
                if isinstance(error, SlackApiError) and not error_of(error).startswith(("http_", "ratelimited")):
                    return
                await asyncio.sleep(0.3)
            else:
                return
