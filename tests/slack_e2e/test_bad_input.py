"""What people, robots and attackers send: nothing loops, nothing leaks, everybody gets a plain word."""

import json
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, BOT, DM_ANA, NEWS, OTHER, LocalSlack, wait_for
from tests.slack_e2e.proxy import Proxy, signed

YANG = "what did Yang Jiechi say about the South China Sea?"


@pytest.fixture(scope="module")
def bot(folder, proxy: Proxy) -> Iterator[Bot]:  # type: ignore[no-untyped-def]
    """Over HTTP events, so that signatures are tested too."""
    with Bot(folder, proxy.api, http=True) as running:
        proxy.http = running.events_url
        yield running.start("--samples", "articles")


def whispered(slack: LocalSlack, holding: str, channel: str = NEWS) -> bool:
    return bool(wait_for(lambda: holding in json.dumps(slack.whispers(channel, ANA), ensure_ascii=False)))


def test_http_events_are_answered_too(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.mention(NEWS, ANA, YANG)
    assert wait_for(lambda: slack.answers(NEWS, ts))


def test_an_empty_mention_is_told_how_to_ask(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.message(NEWS, ANA, f"<@{BOT}>")
    assert whispered(slack, "Ask me about the articles")


def test_forty_thousand_characters_are_told_the_limit(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.mention(NEWS, ANA, "why " * 10_000)
    assert whispered(slack, "characters, more than the 2,000")


def test_only_emoji_is_told_that_it_holds_no_words(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.mention(NEWS, ANA, "🙂 🙃 🫠")
    assert whispered(slack, "has no words")


def test_a_bots_message_is_never_answered(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    for ts, fields in (("1999999999.000001", {"bot_id": "B_OTHER"}), ("1999999999.000002", {"subtype": "bot_message"})):
        text = f"<@{BOT}> how many ferries will be replaced?"
        proxy.event({"type": "message", "channel": OTHER, "user": "U_BOT", "text": text, "ts": ts, **fields})
    proxy.event({"type": "message", "channel": OTHER, "user": BOT, "text": "who runs?", "ts": "1999999999.000003"})
    time.sleep(1)
    assert not [m for m in slack.answers(OTHER) if m.get("thread_ts", "").startswith("1999999999.00000")]


def test_markup_in_a_question_and_an_article_pings_nobody(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    headline = "Harbour <!channel> drill"
    text = (
        f'{headline}\n\nThe harbour master, Eve Moss, said: "Shout <!channel> and <@U_BEN> and `rm -rf` *now* at noon."'
    )
    slack.upload(NEWS, ANA, "drill.txt", text.encode(), f"<@{BOT}>")
    wait_for(lambda: "Added" in json.dumps(slack.answers(NEWS)))
    ts = slack.mention(NEWS, ANA, "what did Eve Moss say? <!here>")
    answer = json.dumps(wait_for(lambda: [m for m in slack.answers(NEWS, ts) if "show_proof" in str(m.get("blocks"))]))
    assert "Shout" in answer
    assert "Harbour &lt;!channel&gt; drill" in answer
    sent = json.dumps([c.args for c in proxy.calls if c.method.startswith("chat.")])
    assert "Harbour" in sent
    for ping in ("<!channel>", "<@U_BEN>", "<!here>"):
        assert ping not in answer
        assert ping not in sent


def test_a_file_address_that_answers_slowly_or_is_not_slacks_is_left(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    file = {"id": "F1", "name": "story.txt", "size": 10, "url_private": "https://evil.example/story.txt"}
    event = {
        "type": "message",
        "subtype": "file_share",
        "channel": DM_ANA,
        "channel_type": "im",
        "user": ANA,
        "text": "",
    }
    proxy.event({**event, "files": [file], "ts": "1999999999.000200"})
    assert wait_for(lambda: "not stored in Slack" in json.dumps(slack.answers(DM_ANA)))


def test_an_unknown_button_is_answered(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.mention(NEWS, ANA, YANG)
    answer = wait_for(lambda: [m for m in slack.answers(NEWS, ts) if "show_proof" in str(m.get("blocks"))])[0]
    slack.click(NEWS, answer["ts"], ANA, {"type": "button", "action_id": "of_the_future", "value": "1"})
    assert whispered(slack, "earlier version")


def test_feedback_is_kept_and_asks_why_even_when_the_answer_is_gone(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.mention(NEWS, ANA, YANG)
    answer = wait_for(lambda: [m for m in slack.answers(NEWS, ts) if "show_proof" in str(m.get("blocks"))])[0]
    value = f"bad|T01TEST:{NEWS}:{ts}"
    slack.click(NEWS, answer["ts"], ANA, {"type": "feedback_buttons", "action_id": "feedback", "value": value})
    wait_for(lambda: [c for c in proxy.called("views.open") if "What was wrong" in json.dumps(c.args)])
    slack.delete(NEWS, ts)
    wait_for(lambda: not slack.answers(NEWS, ts))
    heard = slack.ui({"t": "view_submit", "user": ANA, "values": {"reason": {"value": {"value": "it was wrong"}}}})
    assert "removed meanwhile" in json.dumps(heard)
    slack.click(NEWS, answer["ts"], ANA, {"type": "feedback_buttons", "action_id": "feedback", "value": value})


def test_a_proof_of_an_article_removed_since_says_so(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    text = "Kiln fair opens\n\nThe kiln fair opened in Arden on Friday, said its founder, Lev Aronson."
    slack.command(NEWS, ANA, f"add {text}")
    whispered(slack, "Kiln fair opens")
    ts = slack.mention(NEWS, ANA, "what did Lev Aronson say?")
    answer = wait_for(lambda: [m for m in slack.answers(NEWS, ts) if "show_proof" in str(m.get("blocks"))])[0]
    before = len(proxy.called("views.publish"))
    slack.open_home(ANA)
    view = wait_for(lambda: proxy.called("views.publish")[before:])[-1].args["view"]
    block = next(b for b in view["blocks"] if "Kiln" in json.dumps(b))
    action = {
        "block_id": "b",
        "action_id": "remove_article",
        "type": "button",
        "value": block["accessory"]["value"],
        "action_ts": "1",
    }
    body = {
        "type": "block_actions",
        "team": {"id": "T01TEST"},
        "user": {"id": ANA},
        "trigger_id": "kiln",
        "view": {"id": "V"},
    }
    proxy.inject("interactive", {**body, "actions": [action], "container": {"type": "view"}})
    wait_for(lambda: len(proxy.called("views.publish")) > before + 1)
    opened = len(proxy.called("views.open"))
    slack.click(NEWS, answer["ts"], ANA, {"type": "button", "action_id": "show_proof", "value": f"T01TEST:{NEWS}:{ts}"})
    assert "not shown" in json.dumps(wait_for(lambda: proxy.called("views.open")[opened:])[-1].args)


def test_an_error_is_told_to_its_asker_alone_with_a_reference(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.streaming = False
    proxy.fail("chat.postMessage", 400, times=1)
    try:
        ts = slack.mention(NEWS, ANA, YANG)
        assert whispered(slack, "reference")
        assert not slack.answers(NEWS, ts)
        told = json.dumps(slack.whispers(NEWS, ANA)[-1])
        assert "Error" not in told
        assert "Traceback" not in told
    finally:
        proxy.streaming = True


def post(bot: Bot, body: str, headers: dict[str, str]) -> int:
    headers = {"Content-Type": "application/json", **headers}
    return httpx.post(bot.events_url, content=body, headers=headers, trust_env=False, timeout=5).status_code


def event(ts: str) -> str:
    said = {
        "type": "app_mention",
        "channel": OTHER,
        "user": ANA,
        "text": f"<@{BOT}> how many ferries will be replaced?",
        "ts": ts,
    }
    return json.dumps({"type": "event_callback", "team_id": "T01TEST", "event_id": f"Ev{ts}", "event": said})


def test_a_forged_signature_is_refused(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    body = event("1999999999.000301")
    assert post(bot, body, signed(body, secret="another")) == 401
    assert post(bot, body, {}) == 401
    assert not [m for m in slack.answers(OTHER) if m.get("thread_ts") == "1999999999.000301"]


def test_a_stale_timestamp_is_refused(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    body = event("1999999999.000302")
    assert post(bot, body, signed(body, at=time.time() - 600)) == 401


def test_a_replayed_body_changes_nothing(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.message(OTHER, ANA, "a message")
    body = event(ts)
    headers = signed(body)
    assert [post(bot, body, headers) for _ in range(3)] == [200, 200, 200]
    wait_for(lambda: slack.answers(OTHER, ts))
    time.sleep(0.5)
    assert len(slack.answers(OTHER, ts)) == 1


def test_the_address_is_verified(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"})
    headers = {"Content-Type": "application/json", **signed(body)}
    answer = httpx.post(bot.events_url, content=body, headers=headers, trust_env=False)
    assert (answer.status_code, "abc" in answer.text) == (200, True)


def test_health_pages_tell_of_the_process(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    assert bot.status("/healthz") == bot.status("/readyz") == 200


def test_no_token_is_in_the_log(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    log = bot.log.read_text()
    assert log
    for secret in ("xoxb-local-bot", "xapp-local-app", "a-signing-secret"):
        assert secret not in log
