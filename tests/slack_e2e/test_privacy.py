"""A private channel's article, looked for by twenty routes from outside it, one test a route."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, BEN, BOT, CAT, DESK, DM_ANA, DM_BEN, NEWS, OTHER, LocalSlack, wait_for
from tests.slack_e2e.proxy import Proxy

CODE = "Zanzibar"
SECRET = f"""Merger with {CODE} Holdings planned

3 May 2024

The company plans to merge with {CODE} Holdings in June, the chairman, Viktor Halloran, said in a memo.

"Nobody outside this room may know of it," said Mr Halloran.
"""
QUESTION = "what did Viktor Halloran say about the merger?"


@pytest.fixture(scope="module")
def bot(folder, proxy: Proxy, slack: LocalSlack) -> Iterator[Bot]:  # type: ignore[no-untyped-def]
    """The memo is in the private channel, asked about there by Ana; everything Ben sees is compared with nothing."""
    with Bot(folder, proxy.api) as running:
        running.start("--samples", "articles")
        slack.upload(DESK, ANA, "memo.txt", SECRET.encode(), f"<@{BOT}>")
        wait_for(lambda: CODE in json.dumps(slack.answers(DESK)))
        slack.mention(DESK, ANA, QUESTION)
        wait_for(lambda: [m for m in slack.answers(DESK) if "show_proof" in str(m.get("blocks"))])
        yield running


def proof_value(slack: LocalSlack) -> tuple[str, str]:
    """The message in the private channel that has the proof, and its button's value."""
    found = next(m for m in slack.answers(DESK) if "show_proof" in str(m.get("blocks")))
    value = next(b["elements"][0]["value"] for b in found["blocks"] if b["type"] == "actions")
    return found["ts"], value


def settled(slack: LocalSlack, channel: str, thread: str) -> str:
    found = wait_for(lambda: [m for m in slack.answers(channel, thread) if m.get("blocks")])
    return json.dumps(found)


def leaks(*texts: str) -> bool:
    return any(CODE in text or "merger with" in text.lower() or "Nobody outside" in text for text in texts)


def asked(slack: LocalSlack, channel: str, text: str, user: str = BEN) -> str:
    ts = slack.message(channel, user, text)
    return settled(slack, channel, ts)


def test_it_is_answered_from_where_it_belongs(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    """Without this, the twenty below would prove nothing."""
    assert leaks(json.dumps(slack.answers(DESK)))


@pytest.mark.parametrize("user", [BEN, ANA])
def test_1_and_2_a_mention_in_a_public_channel(slack: LocalSlack, proxy: Proxy, bot: Bot, user: str) -> None:
    assert not leaks(asked(slack, NEWS, f"<@{BOT}> {QUESTION}", user))


def test_3_a_direct_message_of_an_outsider(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    assert not leaks(asked(slack, DM_BEN, QUESTION))


def test_4_a_direct_message_of_a_member(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    assert not leaks(asked(slack, DM_ANA, QUESTION, ANA))


def test_5_the_nearest_articles_of_a_decline(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    answer = asked(slack, OTHER, f"<@{BOT}> which holdings does the chairman plan to merge with in June?")
    assert "Merger with" not in answer


def test_6_a_question_for_the_headlines(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    assert not leaks(asked(slack, NEWS, f"<@{BOT}> what is the article about the merger about?"))


def test_7_the_ask_command(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.command(OTHER, BEN, f"ask {QUESTION}")
    wait_for(lambda: slack.whispers(OTHER, BEN))
    assert not leaks(json.dumps(slack.whispers(OTHER, BEN)))


def test_8_the_articles_command(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.command(NEWS, BEN, "articles")
    wait_for(lambda: "Harbour" in json.dumps(slack.whispers(NEWS, BEN)))
    assert not leaks(json.dumps(slack.whispers(NEWS, BEN)))


def test_9_the_articles_command_of_a_member_elsewhere(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.command(NEWS, ANA, "articles")
    wait_for(lambda: "Harbour" in json.dumps(slack.whispers(NEWS, ANA)))
    assert not leaks(json.dumps(slack.whispers(NEWS, ANA)))


def published(proxy: Proxy, slack: LocalSlack, user: str) -> str:
    before = len(proxy.called("views.publish"))
    slack.open_home(user)
    return json.dumps(wait_for(lambda: proxy.called("views.publish")[before:])[-1].args)


def test_10_app_home_of_an_outsider(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    assert not leaks(published(proxy, slack, BEN))
    assert leaks(published(proxy, slack, ANA))


def test_11_app_home_of_an_admin_who_is_no_member(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.users[CAT] = {"is_admin": True}
    assert not leaks(published(proxy, slack, CAT))


def interact(proxy: Proxy, user: str, action: dict[str, str], **fields: Any) -> None:
    unique = f"{time.time_ns()}"
    body = {
        "type": "block_actions",
        "team": {"id": "T01TEST"},
        "user": {"id": user, "team_id": "T01TEST"},
        "trigger_id": f"t{unique}",
        "container": {"type": "view"},
        "actions": [{"block_id": "b", "action_ts": unique, "type": "button", **action}],
        **fields,
    }
    proxy.inject("interactive", body)


def test_12_the_search_of_app_home(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    before = len(proxy.called("views.publish"))
    view = {"id": "V", "type": "home", "private_metadata": "{}"}
    interact(proxy, BEN, {"action_id": "search_articles", "value": "Merger"}, view=view)
    shown = json.dumps(wait_for(lambda: proxy.called("views.publish")[before:])[-1].args)
    assert not leaks(shown)


def opened(proxy: Proxy, before: int) -> str:
    return json.dumps(wait_for(lambda: proxy.called("views.open")[before:])[-1].args)


def test_13_the_proof_button_of_a_message_that_was_passed_on(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    before = len(proxy.called("views.open"))
    ts, value = proof_value(slack)
    slack.click(DESK, ts, BEN, {"type": "button", "action_id": "show_proof", "value": value})
    shown = opened(proxy, before)
    assert not leaks(shown)
    assert QUESTION not in shown


def test_14_a_proof_value_made_up_for_another_channel(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    before = len(proxy.called("views.open"))
    _, value = proof_value(slack)
    interact(proxy, BEN, {"action_id": "show_proof", "value": value.replace(DESK, NEWS)})
    assert not leaks(opened(proxy, before))


def test_15_the_next_page_of_a_proof(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    before = len(proxy.called("views.update"))
    _, value = proof_value(slack)
    interact(proxy, BEN, {"action_id": "proof_page", "value": f"0|{value}"}, view={"id": "V"})
    assert not leaks(json.dumps(wait_for(lambda: proxy.called("views.update")[before:])[-1].args))


def test_16_membership_that_has_ended(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.members[DESK] = [BOT]
    try:
        before = len(proxy.called("views.open"))
        ts, value = proof_value(slack)
        slack.click(DESK, ts, ANA, {"type": "button", "action_id": "show_proof", "value": value})
        assert not leaks(opened(proxy, before))
    finally:
        proxy.members.clear()


def test_17_the_suggested_prompts(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    for user, channel in ((BEN, DM_BEN), (ANA, DM_ANA)):
        before = len(proxy.called("assistant.threads.setSuggestedPrompts"))
        proxy.event({"type": "app_home_opened", "user": user, "channel": channel, "tab": "messages", "event_ts": "9.9"})
        prompts = wait_for(lambda: proxy.called("assistant.threads.setSuggestedPrompts")[before:])  # noqa: B023
        assert not leaks(json.dumps(prompts[-1].args))


def test_18_adding_the_same_text_elsewhere_tells_nothing(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    private = SECRET.replace(CODE, "Quillon").replace("chairman", "treasurer")
    slack.upload(DESK, ANA, "memo2.txt", private.encode(), f"<@{BOT}>")
    wait_for(lambda: "Quillon" in json.dumps(slack.answers(DESK)))
    slack.upload(DM_BEN, BEN, "guess.txt", private.encode())
    said = wait_for(lambda: [m for m in slack.answers(DM_BEN) if "Quillon" in str(m.get("blocks"))])
    assert "Already here" not in json.dumps(said)
    assert "Added" in json.dumps(said)


def test_19_removing_by_a_guessed_id_removes_and_tells_nothing(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    view = json.loads(published(proxy, slack, ANA))["view"]
    block = next(b for b in view["blocks"] if CODE in json.dumps(b))
    before = len(proxy.called("views.publish"))
    interact(proxy, CAT, {"action_id": "remove_article", "value": block["accessory"]["value"]}, view={"id": "V"})
    assert not leaks(json.dumps(wait_for(lambda: proxy.called("views.publish")[before:])[-1].args))
    assert leaks(published(proxy, slack, ANA))


def test_20_a_guest_and_a_channel_shared_with_another_organisation(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    """Neither sees even what is everybody's in the workspace."""
    proxy.event(
        {
            "type": "app_mention",
            "user": "U_STRANGER",
            "user_team": "T_ELSEWHERE",
            "channel": OTHER,
            "text": f"<@{BOT}> how many ferries will be replaced?",
            "ts": "1999999999.000100",
        }
    )
    said = wait_for(lambda: [m for m in slack.answers(OTHER) if m.get("thread_ts") == "1999999999.000100"])
    assert "battery" not in json.dumps(said)
    assert "Harbour" not in json.dumps(said)


def test_21_questions_asked_lately_are_ones_own(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.mention(DESK, ANA, "who is the aubergine informant?")
    wait_for(lambda: "aubergine" in published(proxy, slack, ANA))
    assert "aubergine" not in published(proxy, slack, BEN)


def test_22_quieting_a_thread_elsewhere_by_its_link(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = next(m for m in slack.answers(DESK))["thread_ts"]
    link = f"https://x.slack.com/archives/{DESK}/p{ts.replace('.', '')}"
    slack.command(NEWS, BEN, f"quiet {link}")
    wait_for(lambda: "no such thread" in json.dumps(slack.whispers(NEWS, BEN)))
