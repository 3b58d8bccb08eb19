"""Who may see what: the audiences of a conversation and of a person.

An article is everybody's (added at the terminal), a workspace's, or one conversation's. A question in a
conversation draws on everybody's, on its workspace's and on its own articles; never on another conversation's,
even where the asker belongs to it, because the answer is read by all who are here.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.clients import Clients
from retrieval.types import EVERYONE, Article

_KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel or direct message. `shared` with another organisation: its people see what is answered there."""

    team: str
    channel: str
    private: bool
    direct: bool
    shared: bool

    @property
    def own(self) -> str:
        return channel_audience(self.team, self.channel)

    @property
    def default(self) -> str:
        """For whom an article added here is, unless its adder says otherwise."""
        return self.own if self.private or self.shared else team_audience(self.team)

    @property
    def audiences(self) -> frozenset[str]:
        return frozenset({self.own}) if self.shared else frozenset({EVERYONE, team_audience(self.team), self.own})


@dataclass(frozen=True, slots=True)
class Person:
    """A user of a workspace. A guest, or somebody of another organisation, is not part of its everyone."""

    id: str
    guest: bool
    admin: bool


def team_audience(team: str) -> str:
    return f"team:{team}"


def channel_audience(team: str, channel: str) -> str:
    return f"channel:{team}/{channel}"


class Audiences:
    """Asks Slack; what it learns of channels and people is kept for a minute, of membership not at all."""

    def __init__(self, clients: Clients, clock: Callable[[], float] = time.monotonic) -> None:
        self._clients, self._clock = clients, clock
        self._kept: dict[tuple[str, str], tuple[float, Any]] = {}

    async def conversation(self, team: str, channel: str) -> Conversation:
        """What Slack does not tell us of is taken for private and shared: nothing but its own articles is used."""
        kept = self._recall(team, channel)
        if kept is None:
            client = await self._clients.of(team)
            try:
                info: dict[str, Any] = (await client.conversations_info(channel=channel))["channel"]
            except SlackApiError:
                return Conversation(team, channel, private=True, direct=False, shared=True)
            direct = bool(info.get("is_im"))
            private = bool(info.get("is_private") or info.get("is_mpim") or info.get("is_group")) or direct
            shared = bool(info.get("is_ext_shared") or info.get("is_pending_ext_shared"))
            kept = self._keep(team, channel, Conversation(team, channel, private, direct, shared))
        found: Conversation = kept
        return found

    async def person(self, team: str, user: str) -> Person:
        kept = self._recall(team, user)
        if kept is None:
            client = await self._clients.of(team)
            try:
                info: dict[str, Any] = (await client.users_info(user=user))["user"]
            except SlackApiError as error:
                if error.response.get("error") not in ("user_not_found", "user_not_visible"):
                    raise
                info = {"is_stranger": True}
            foreign = info.get("team_id") not in (None, team) and not info.get("enterprise_user")
            guest = any(info.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger")) or foreign
            admin = any(info.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")) and not guest
            kept = self._keep(team, user, Person(user, guest, admin))
        found: Person = kept
        return found

    async def of_question(self, team: str, channel: str, user: str, foreign: bool = False) -> frozenset[str]:
        """What a question may be answered from: the conversation's, but for a guest only what was added right there."""
        conversation = await self.conversation(team, channel)
        if foreign or (await self.person(team, user)).guest:
            return frozenset({conversation.own})
        return conversation.audiences

    async def of_person(self, team: str, user: str, articles: list[Article]) -> frozenset[str]:
        """The audiences of those articles that a person belongs to now, wherever they are."""
        wanted = {article.audience for article in articles}
        mine = set() if (await self.person(team, user)).guest else {EVERYONE, team_audience(team)}
        prefix = channel_audience(team, "")
        for audience in wanted:
            if audience.startswith(prefix) and await self.is_member(team, audience.removeprefix(prefix), user):
                mine.add(audience)
        return frozenset(mine)

    async def is_member(self, team: str, channel: str, user: str) -> bool:
        """Asked of Slack each time: a proof is opened by who belongs there now."""
        client: AsyncWebClient = await self._clients.of(team)
        cursor = ""
        try:
            while True:
                page = await client.conversations_members(channel=channel, cursor=cursor or None, limit=1000)
                if user in page["members"]:
                    return True
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    return False
        except SlackApiError:
            return False

    async def may_read(self, team: str, channel: str, user: str) -> bool:
        """Whether a person may read a conversation: its members, and for a public channel the whole workspace."""
        conversation = await self.conversation(team, channel)
        if not conversation.private and not conversation.shared and not (await self.person(team, user)).guest:
            return True
        return await self.is_member(team, channel, user)

    def _recall(self, team: str, id_: str) -> Any:
        at, value = self._kept.get((team, id_), (0.0, None))
        return value if value is not None and self._clock() - at < _KEPT_SECONDS else None

    def _keep(self, team: str, id_: str, value: Any) -> Any:
        if len(self._kept) > 10_000:
            self._kept.clear()
        self._kept[team, id_] = (self._clock(), value)
        return value
