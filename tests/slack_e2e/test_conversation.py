"""Mentions, direct messages, threads, edits, deletions, over Socket Mode, with a real bot process."""

import time

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, BEN, DM_ANA, NEWS, OTHER, LocalSlack, wait_for
from tests.slack_e2e.proxy import Proxy

YANG = "what did Yang Jiechi say about the South China Sea?"


def words(message: dict) -> str:  # type: ignore[type-arg]
    return str(
        message["blocks"][0]["text"]
        if message["blocks"][0]["type"] == "markdown"
        else message["blocks"][0]["text"]["text"]
    )


def ask(slack: LocalSlack, channel: str, text: str, thread: str | None = None, user: str = ANA) -> dict:  # type: ignore[type-arg]
    ts = slack.mention(channel, user, text, thread)
    return answer_to(slack, channel, ts, thread or ts)


def answer_to(slack: LocalSlack, channel: str, ts: str, thread: str) -> dict:  # type: ignore[type-arg]
    def look() -> dict | None:  # type: ignore[type-arg]
        later = [m for m in slack.answers(channel, thread) if m["ts"] > ts and m.get("blocks")]
        return later[0] if later else None

    found: dict = wait_for(look)  # type: ignore[type-arg]
    return found


def test_a_mention_is_answered_in_its_thread_with_numbered_sources(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    answer = ask(slack, NEWS, YANG)
    assert "keep out of" in str(answer)
    assert "[1]" in str(answer["blocks"])
    assert "The Byline Sampler" in str(answer["blocks"])
    kinds = [block["type"] for block in answer["blocks"]]
    assert kinds[-2:] == ["actions", "context_actions"]


def test_an_answer_is_streamed_and_the_status_is_cleared(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    before = len(proxy.calls)
    answer = ask(slack, NEWS, YANG)
    wait_for(lambda: [c for c in proxy.calls[before:] if c.args.get("status") == ""])
    methods = [c.method for c in proxy.calls[before:]]
    assert (
        methods.index("assistant.threads.setStatus")
        < methods.index("chat.startStream")
        < methods.index("chat.stopStream")
    )
    assert any(b.get("block_id", "").startswith("byline:") for b in answer["blocks"])


def test_without_streams_the_answer_is_posted(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.streaming = False
    try:
        answer = ask(slack, OTHER, YANG)
    finally:
        proxy.streaming = True
    assert answer["blocks"][0]["type"] == "section"
    assert "*Yang Jiechi:*" in words(answer)
    assert answer["text"].startswith("Yang Jiechi: On the South China Sea")
    assert answer["text"].endswith("not a party.")
    posted = proxy.called("chat.postMessage")[-1].args
    assert posted["unfurl_links"] is False
    assert posted["unfurl_media"] is False


def test_a_stream_that_dies_is_finished_by_an_update(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.fail("chat.stopStream", 500, times=1)
    answer = ask(slack, NEWS, "how many ferries will be replaced?")
    wait_for(lambda: any("show_proof" in str(m["blocks"]) for m in slack.answers(NEWS, answer["thread_ts"])))
    assert len(slack.answers(NEWS, answer["thread_ts"])) == 1


def test_a_follow_up_needs_no_mention_and_knows_what_came_before(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    first = ask(slack, NEWS, YANG)
    ts = slack.message(NEWS, ANA, "what else did he say?", first["thread_ts"])
    second = answer_to(slack, NEWS, ts, first["thread_ts"])
    assert "Yang" in str(second["blocks"])


def test_people_talking_to_each_other_are_left_alone(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    thread = ask(slack, NEWS, YANG)["thread_ts"]
    slack.message(NEWS, ANA, "thanks!", thread)
    slack.message(NEWS, ANA, f"<@{BEN}> what do you make of this?", thread)
    slack.message(NEWS, BEN, "who wrote it?", thread)
    time.sleep(1)
    assert len(slack.answers(NEWS, thread)) == 1
    ask(slack, NEWS, "who wrote it?", thread, BEN)
    assert len(slack.answers(NEWS, thread)) == 2


def test_quiet_keeps_byline_out_of_a_thread(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    thread = ask(slack, OTHER, YANG)["thread_ts"]
    slack.command(OTHER, ANA, "quiet")
    wait_for(lambda: any("keep out" in m["text"] for m in slack.whispers(OTHER, ANA)))
    slack.message(OTHER, ANA, "what else did he say?", thread)
    time.sleep(1)
    assert len(slack.answers(OTHER, thread)) == 1
    slack.command(OTHER, ANA, "quiet off")
    wait_for(lambda: any("take follow-ups" in m["text"] for m in slack.whispers(OTHER, ANA)))
    ts = slack.message(OTHER, ANA, "what else did he say?", thread)
    assert answer_to(slack, OTHER, ts, thread)


def test_a_direct_message_is_answered_and_its_thread_titled(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.message(DM_ANA, ANA, "how many ferries will be replaced?")
    assert answer_to(slack, DM_ANA, ts, ts)
    titled = wait_for(lambda: proxy.called("assistant.threads.setTitle"))
    assert titled[-1].args["title"] == "how many ferries will be replaced?"


def test_everything_delivered_twice_is_answered_once(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.duplicate = True
    thread = ask(slack, NEWS, YANG)["thread_ts"]
    time.sleep(1)
    assert len(slack.answers(NEWS, thread)) == 1


def test_an_edited_question_updates_its_answer(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    answer = ask(slack, NEWS, YANG)
    slack.edit(NEWS, answer["thread_ts"], "<@U_BYLINE> how many ferries will be replaced?")

    def updated() -> bool:
        answers = slack.answers(NEWS, answer["thread_ts"])
        return len(answers) == 1 and answers[0]["ts"] == answer["ts"] and "ferries" in str(answers[0]["blocks"])

    assert wait_for(updated)


def test_a_deleted_question_takes_its_answer_with_it(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.mention(NEWS, ANA, YANG)
    answer_to(slack, NEWS, ts, ts)
    slack.delete(NEWS, ts)
    assert wait_for(lambda: not slack.answers(NEWS, ts))


def test_a_decline_lists_what_is_nearest_and_offers_to_add(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    answer = ask(slack, NEWS, "what do the articles say about penguins in Patagonia?")
    assert "don't say" in words(answer)
    assert "Nearest" in str(answer["blocks"])
    assert "add_source" in str(answer["blocks"])


def test_turns_survive_a_killed_process(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    thread = ask(slack, NEWS, YANG)["thread_ts"]
    bot.kill()
    ts = slack.message(NEWS, ANA, "what else did he say?", thread)
    bot.start()
    assert "Yang" in str(answer_to(slack, NEWS, ts, thread)["blocks"])
    time.sleep(0.5)
    assert len(slack.answers(NEWS, thread)) == 2


def test_a_post_whose_outcome_is_unclear_is_not_repeated(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.streaming = False
    proxy.fail("chat.postMessage", 500, times=1, after=True)
    try:
        thread = ask(slack, NEWS, YANG)["thread_ts"]
        time.sleep(2)
        assert len(slack.answers(NEWS, thread)) == 1
    finally:
        proxy.streaming = True


def test_a_rate_limit_is_waited_out_in_order(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    root = slack.message(OTHER, ANA, "a thread")
    proxy.fail("chat.*", 429, times=2, retry_after=1)
    asked = [
        slack.mention(OTHER, ANA, q, root)
        for q in (YANG, "how many ferries will be replaced?", "who said the lake is growing?")
    ]
    answers = wait_for(lambda: len(slack.answers(OTHER, root)) == 3 and slack.answers(OTHER, root), 20)
    order = [next(b["block_id"].split(":")[1] for b in m["blocks"] if "block_id" in b) for m in answers]
    assert order == asked


def test_a_stop_is_graceful_and_nothing_is_lost(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    asked = [slack.mention(NEWS, ANA, YANG) for _ in range(12)]
    assert bot.stop() == 0
    bot.start()
    assert wait_for(lambda: all(len(slack.answers(NEWS, ts)) == 1 for ts in asked), 20)
