import asyncio
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.audiences import Audiences
from retrieval.types import EVERYONE
from tests.fakes import article_from

STORY = article_from("Story\n\nA story.")
CHANNELS: dict[str, dict[str, Any]] = {
    "C1": {},
    "G1": {"is_private": True},
    "D1": {"is_im": True},
    "X1": {"is_ext_shared": True},
    "M1": {"is_mpim": True},
}
USERS: dict[str, dict[str, Any]] = {
    "U": {"team_id": "T"},
    "ADMIN": {"is_admin": True},
    "GUEST": {"is_restricted": True},
    "OTHER": {"team_id": "T2"},
    "STRANGER": {"is_stranger": True, "is_admin": True},
}


class _Slack:
    """Answers what the audiences ask; G1 has the member U, on the second page."""

    members_asked = 0

    async def of(self, team: str) -> "_Slack":
        return self

    async def conversations_info(self, channel: str) -> dict[str, Any]:
        if channel not in CHANNELS:
            raise SlackApiError("no", {"ok": False, "error": "channel_not_found"})
        return {"channel": CHANNELS[channel]}

    async def users_info(self, user: str) -> dict[str, Any]:
        if user not in USERS:
            raise SlackApiError("no", {"ok": False, "error": "user_not_found"})
        return {"user": USERS[user]}

    async def conversations_members(self, channel: str, cursor: str | None, limit: int) -> dict[str, Any]:
        self.members_asked += 1
        if channel != "G1":
            raise SlackApiError("no", {"ok": False, "error": "channel_not_found"})
        return {"members": ["U"]} if cursor else {"members": ["V"], "response_metadata": {"next_cursor": "next"}}


def audiences() -> Audiences:
    return Audiences(_Slack())  # type: ignore[arg-type]


def of_question(channel: str, user: str, foreign: bool = False) -> set[str]:
    return set(asyncio.run(audiences().of_question("T", channel, user, foreign)))


def test_a_question_draws_on_everybodys_the_workspaces_and_the_conversations_own() -> None:
    for channel in ("C1", "G1", "D1", "M1"):
        assert of_question(channel, "U") == {EVERYONE, "team:T", f"channel:T/{channel}"}


def test_guests_strangers_and_shared_channels_get_the_conversations_own_only() -> None:
    for user in ("GUEST", "OTHER", "STRANGER", "NOBODY"):
        assert of_question("C1", user) == {"channel:T/C1"}
    assert of_question("C1", "U", foreign=True) == {"channel:T/C1"}
    assert of_question("X1", "U") == {"channel:T/X1"}
    assert of_question("UNKNOWN", "U") == {"channel:T/UNKNOWN"}


def test_what_is_added_in_private_stays_there_by_default() -> None:
    async def defaults() -> list[str]:
        found = audiences()
        return [(await found.conversation("T", c)).default for c in ("C1", "G1", "D1", "M1", "X1")]

    assert asyncio.run(defaults()) == ["team:T", "channel:T/G1", "channel:T/D1", "channel:T/M1", "channel:T/X1"]


def test_a_person_sees_the_channels_they_are_in_now() -> None:
    articles = [replace(STORY, audience=a) for a in ("channel:T/G1", "channel:T/C9", "channel:T2/G1", "team:T2")]

    async def seen(user: str) -> set[str]:
        return set(await audiences().of_person("T", user, articles))

    assert asyncio.run(seen("U")) == {EVERYONE, "team:T", "channel:T/G1"}
    assert asyncio.run(seen("ADMIN")) == {EVERYONE, "team:T"}
    assert asyncio.run(seen("GUEST")) == set()


def test_membership_is_asked_each_time_and_all_its_pages_are_read() -> None:
    slack = _Slack()

    async def twice() -> list[bool]:
        found = Audiences(slack)  # type: ignore[arg-type]
        return [await found.is_member("T", "G1", "U"), await found.is_member("T", "G1", "W")]

    assert asyncio.run(twice()) == [True, False]
    assert slack.members_asked == 4


def test_a_stranger_is_no_admin() -> None:
    assert asyncio.run(audiences().person("T", "ADMIN")).admin
    assert not asyncio.run(audiences().person("T", "STRANGER")).admin
