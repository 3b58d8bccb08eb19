"""Articles from Slack: commands, files, the shortcut, App Home, and what cannot be added."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, BEN, BOT, CAT, DESK, DM_ANA, NEWS, LocalSlack, wait_for
from tests.slack_e2e.proxy import Call, Proxy

STORY = """Old weir gives way

12 May 2023

The old weir at Millbrook gave way on Thursday after a week of rain.

"It went like a cannon," said the miller, Tom Ashby.
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A newspaper on loopback; the bot of this module may read private addresses."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paragraphs = "".join(f"<p>{p}</p>" for p in STORY.split("\n\n")[2:])
            page = "<html><head><title>Bridge opens in Fenwick</title></head><body><article><h1>Bridge opens in Fenwick</h1>"
            page += "<p>The new bridge at Fenwick opened on Sunday to four thousand walkers, the town said.</p>"
            page += f"{paragraphs}</article></body></html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/fenwick.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def bot(folder, proxy: Proxy) -> Iterator[Bot]:  # type: ignore[no-untyped-def]
    proxy.users[CAT] = {"is_admin": True}
    with Bot(folder, proxy.api, ALLOW_PRIVATE_URLS="true") as running:
        yield running.start("--samples", "articles")


def whisper(slack: LocalSlack, channel: str, user: str, holding: str) -> str:
    def look() -> str:
        return next(
            (json.dumps(m) for m in slack.whispers(channel, user) if holding in json.dumps(m, ensure_ascii=False)), ""
        )

    return str(wait_for(look))


def home(proxy: Proxy, slack: LocalSlack, user: str) -> Call:
    before = len(proxy.called("views.publish"))
    slack.open_home(user)
    found: Call = wait_for(lambda: [c for c in proxy.called("views.publish")[before:] if c.args["user_id"] == user])[-1]
    return found


def home_click(proxy: Proxy, user: str, action: dict[str, str], view: dict[str, object]) -> Call:
    """Click in App Home; the view that is published then."""
    before = len(proxy.called("views.publish"))
    payload = {
        "type": "block_actions",
        "team": {"id": "T01TEST"},
        "user": {"id": user, "team_id": "T01TEST"},
        "api_app_id": "A_BYLINE",
        "trigger_id": f"trigger-{before}",
        "container": {"type": "view"},
        "view": {"id": "V1", "type": "home", **view},
        "actions": [{"block_id": "b", "action_ts": str(before), "type": "button", **action}],
    }
    proxy.inject("interactive", payload)
    found: Call = wait_for(lambda: proxy.called("views.publish")[before:])[-1]
    return found


def test_an_address_is_added_and_answered_from(slack: LocalSlack, proxy: Proxy, bot: Bot, site: str) -> None:
    slack.command(NEWS, ANA, f"add {site}")
    assert "for everyone" in whisper(slack, NEWS, ANA, "Bridge opens in Fenwick")
    ts = slack.mention(NEWS, BEN, "how many walkers came to the bridge at Fenwick?")
    answer = wait_for(lambda: slack.answers(NEWS, ts) and slack.answers(NEWS, ts)[0].get("blocks"))
    assert "four thousand" in str(answer)
    assert f"<{site}|" in str(answer)


def test_text_is_added_and_the_same_again_is_no_second_article(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    text = "Gulls return to Ossby\n\nThe gulls came back to Ossby in March, said the warden, Ida Brandt, who counted 312 of them."
    slack.command(NEWS, ANA, f"add {text}")
    whisper(slack, NEWS, ANA, "Added Gulls return")
    slack.command(NEWS, BEN, f"add {text}")
    whisper(slack, NEWS, BEN, "Already here")


def test_a_file_with_a_mention_is_added_with_progress_in_one_message(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.upload(NEWS, ANA, "weir.txt", STORY.encode(), f"<@{BOT}>")
    done = wait_for(lambda: [m for m in slack.answers(NEWS) if "Old weir gives way" in str(m.get("blocks"))])
    assert len(done) == 1
    assert "Adding" not in str(done)


def test_a_file_in_a_direct_message_is_only_for_that_conversation(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    secret = STORY.replace("Old weir", "Secret weir").replace("Millbrook", "Quarry Lane")
    slack.upload(DM_ANA, ANA, "secret.md", secret.encode())
    wait_for(lambda: [m for m in slack.answers(DM_ANA) if "only here" in str(m.get("blocks"))])
    assert "Secret weir" in json.dumps(home(proxy, slack, ANA).args)
    assert "Secret weir" not in json.dumps(home(proxy, slack, BEN).args)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("picture.png", b"\x89PNG", "not in a format"),
        ("empty.txt", b"  ", "empty"),
        ("huge.txt", b"x" * 50_000_000, "50.0 MB"),
    ],
)
def test_a_file_that_cannot_be_added_is_named_with_the_reason(
    slack: LocalSlack, proxy: Proxy, bot: Bot, name: str, data: bytes, said: str
) -> None:
    slack.upload(DM_ANA, ANA, name, data)
    wait_for(
        lambda: [m for m in slack.answers(DM_ANA) if name in str(m.get("blocks")) and said in str(m.get("blocks"))], 20
    )


def test_the_shortcut_makes_articles_of_a_message(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    text = "Otters seen in the Sorrel\n\nTwo otters were seen in the Sorrel on Monday, the river board said in a statement."
    proxy.inject(
        "interactive",
        {
            "type": "message_action",
            "callback_id": "add_message",
            "trigger_id": "t-otters",
            "team": {"id": "T01TEST"},
            "user": {"id": ANA},
            "channel": {"id": DESK},
            "message": {"ts": "1.2", "text": text},
        },
    )
    assert "only here" in whisper(slack, DESK, ANA, "Added Otters seen")


def test_home_searches_and_pages_and_only_the_adder_or_an_admin_removes(
    slack: LocalSlack, proxy: Proxy, bot: Bot
) -> None:
    text = "Heron nests on the mill\n\nA heron nests on the mill of Fenwick, said its owner, Tom Ashby."
    slack.command(NEWS, ANA, f"add {text}")
    whisper(slack, NEWS, ANA, "Added Heron")
    view = home(proxy, slack, ANA).args["view"]
    assert "<@U_ANA>" in json.dumps(view)
    found = home_click(proxy, ANA, {"action_id": "search_articles", "value": "heron"}, {"private_metadata": "{}"}).args[
        "view"
    ]
    sections = [b for b in found["blocks"] if b["type"] == "section"]
    assert len(sections) == 1
    article_id = sections[0]["accessory"]["value"]
    bens = home_click(proxy, BEN, {"action_id": "remove_article", "value": article_id}, {}).args["view"]
    assert "Heron" in json.dumps(bens)
    assert "accessory" not in next(b for b in bens["blocks"] if "Heron" in json.dumps(b))
    anas = home_click(proxy, CAT, {"action_id": "remove_article", "value": article_id}, {}).args["view"]
    assert "Heron" not in json.dumps(anas)


def test_the_agent_view_suggests_questions_about_the_newest_articles(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    proxy.event({"type": "app_home_opened", "user": ANA, "channel": DM_ANA, "tab": "messages", "event_ts": "9.9"})
    prompts = wait_for(lambda: proxy.called("assistant.threads.setSuggestedPrompts"))[-1].args
    assert "thread_ts" not in prompts
    assert 1 <= len(prompts["prompts"]) <= 4


def test_articles_lists_what_is_answered_from_here(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    slack.command(NEWS, BEN, "articles")
    assert "Harbour ferries" in whisper(slack, NEWS, BEN, "articles")


def test_the_modal_adds_for_whom_it_says(slack: LocalSlack, proxy: Proxy, bot: Bot) -> None:
    ts = slack.mention(NEWS, ANA, "what do the articles say about penguins in Patagonia?")
    wait_for(lambda: slack.answers(NEWS, ts) and "add_source" in str(slack.answers(NEWS, ts)))
    answer = slack.answers(NEWS, ts)[0]
    before = len(proxy.called("views.open"))
    slack.click(NEWS, answer["ts"], ANA, {"type": "button", "action_id": "add_source", "value": f"T01TEST:{NEWS}:{ts}"})
    wait_for(lambda: proxy.called("views.open")[before:])
    text = "Penguins of Patagonia moult\n\nThe penguins of Patagonia moult in March, said the keeper, Nora Finch."
    values = {
        "source": {"value": {"type": "plain_text_input", "value": text}},
        "audience": {"value": {"type": "radio_buttons", "selected_option": {"value": "here"}}},
    }
    slack.ui({"t": "view_submit", "user": ANA, "values": values})
    updated = wait_for(lambda: [c for c in proxy.called("views.update") if "Penguins of Patagonia" in str(c.args)])
    assert "only here" in str(updated[-1].args)
