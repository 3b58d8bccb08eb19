"""Installing by OAuth, and two workspaces that know nothing of each other."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, BOT, NEWS, SECRET, LocalSlack, wait_for
from tests.slack_e2e.proxy import Proxy

OAUTH = {
    "SLACK_BOT_TOKEN": "",
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "client-hush",
    "SLACK_SIGNING_SECRET": SECRET,
}


@pytest.fixture(scope="module")
def bot(folder: Path, proxy: Proxy) -> Iterator[Bot]:
    with Bot(folder, proxy.api, http=True, **OAUTH) as running:
        proxy.http = running.events_url
        yield running.start("--samples", "articles")


def visit(bot: Bot, path: str, **options: object) -> httpx.Response:
    return httpx.get(f"http://127.0.0.1:{bot.port}{path}", trust_env=False, **options)  # type: ignore[arg-type]


def test_a_state_that_was_not_issued_installs_nothing(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    answer = visit(bot, "/slack/oauth_redirect?code=abc&state=made-up", cookies={"slack-app-oauth-state": "made-up"})
    assert answer.status_code == 401
    assert not proxy.called("oauth.v2.access")


def test_an_installation_asks_for_the_scopes_of_the_manifest_and_is_kept(
    slack: LocalSlack, proxy: Proxy, bot: Bot
) -> None:
    page = visit(bot, "/slack/install")
    address = next(part for part in page.text.split('"') if "oauth/v2/authorize" in part).replace("&amp;", "&")
    asked = parse_qs(urlsplit(address).query)
    assert "assistant:write" in asked["scope"][0]
    (state,) = asked["state"]
    done = visit(bot, f"/slack/oauth_redirect?code=abc&state={state}", cookies={"slack-app-oauth-state": state})
    assert done.status_code == 200
    assert "client-hush" not in done.text
    again = visit(bot, f"/slack/oauth_redirect?code=abc&state={state}", cookies={"slack-app-oauth-state": state})
    assert again.status_code == 401


def test_an_event_of_the_new_workspace_is_answered_with_its_renewed_token(
    slack: LocalSlack, proxy: Proxy, bot: Bot
) -> None:
    ts = slack.message(NEWS, ANA, "a message of the other workspace")
    event = {
        "type": "app_mention",
        "user": ANA,
        "channel": NEWS,
        "text": f"<@{BOT}> how many ferries will be replaced?",
        "ts": ts,
    }
    proxy.event(event, team="T_TWO")
    assert wait_for(lambda: slack.answers(NEWS, ts))
    assert "xoxb-second-rotated" in proxy.tokens
    held = sqlite3.connect(bot.folder / "home" / "conversations.sqlite3")
    assert held.execute("select team from questions where ts = ?", (ts,)).fetchall() == [("T_TWO",)]


def test_what_one_workspace_adds_the_other_does_not_find(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    text = "Kelpie found in Ossby\n\nA kelpie was found in Ossby, said the warden, Ida Brandt."
    command = {"command": "/byline", "channel_id": NEWS, "user_id": ANA, "is_enterprise_install": "false"}
    proxy.inject("slash_commands", {**command, "team_id": "T_TWO", "text": f"add {text}", "trigger_id": "t1"})
    wait_for(lambda: "Added Kelpie" in json.dumps(slack.whispers(NEWS, ANA)))
    ts = slack.message(NEWS, ANA, "another message")
    event = {
        "type": "app_mention",
        "user": ANA,
        "channel": NEWS,
        "text": f"<@{BOT}> what did Ida Brandt say?",
        "ts": ts,
    }
    proxy.event(event, team="T_TWO")
    assert "kelpie" in json.dumps(wait_for(lambda: [m for m in slack.answers(NEWS, ts) if m.get("blocks")]))
    before = len(proxy.called("chat.*"))
    proxy.event({**event, "ts": "1999999999.000900"}, team="T_ELSEWHERE")
    with pytest.raises(AssertionError):
        wait_for(lambda: proxy.called("chat.*")[before:], 2)


def test_no_secret_is_in_the_log(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    log = bot.log.read_text()
    for secret in ("xoxb-second", "client-hush", "xoxe-1-renewal", SECRET):
        assert secret not in log
