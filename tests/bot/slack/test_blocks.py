import json
from dataclasses import replace
from typing import Any

import pytest

from bot.answering.types import Answer, Citation
from bot.slack.blocks import answer_messages, paginate, split_text
from bot.slack.home import Library, add_modal, articles_blocks, home_view
from bot.slack.proof import proof_modal
from retrieval.types import Article
from tests.fakes import article_from
from tests.slack_e2e.proxy import limits

KEY = ("T", "C", "10.1")
WEIR = article_from(
    "Old weir gives way\n\n12 May 2023\n\nThe weir gave way. It was old.\n\nTom Ashby heard it.",
    "https://a.example/weir",
)


def citation(number: int, article: Article = WEIR, quote: str = "The weir gave way.") -> Citation:
    start = article.text.index(quote)
    return Citation(number, article, 3, start, start + len(quote), quote, "Tom Ashby")


def answer(*citations: Citation, lead: str = "Tom Ashby: ") -> Answer:
    text = lead + " ".join(f"{c.quote} [{c.number}]" for c in citations)
    return Answer("who?", "who?", text, declined=False, citations=citations)


def within_limits(blocks: Any) -> bool:
    return limits("chat.postMessage", {"blocks": json.loads(json.dumps(blocks))}) == ""


def test_an_answer_comes_first_then_its_sources_then_the_buttons() -> None:
    (message,) = answer_messages(answer(citation(1)), KEY)
    assert [b["type"] for b in message.blocks] == ["section", "context", "actions", "context_actions"]
    assert message.blocks[0]["block_id"] == "byline:10.1:0"
    assert message.blocks[0]["text"]["text"] == "*Tom Ashby:* The weir gave way. [1]"
    assert "<https://a.example/weir|Old weir gives way>" in message.blocks[1]["elements"][0]["text"]
    assert "2023-05-12" in message.blocks[1]["elements"][0]["text"]
    assert message.text == "Tom Ashby: The weir gave way."


def test_the_stream_says_the_same_and_ends_with_the_rest() -> None:
    (message,) = answer_messages(answer(citation(1), citation(2, quote="It was old.")), KEY)
    assert "".join(message.stream) == "**Tom Ashby:** The weir gave way\\. \\[1\\] It was old\\. \\[2\\] ".replace(
        "\\.", "."
    )
    assert [b["type"] for b in message.below] == ["context", "context", "actions", "context_actions"]
    assert message.below[0]["block_id"] == "byline:10.1:0"


@pytest.mark.parametrize("count", [1, 40, 47, 48, 60, 200])
def test_however_many_sources_there_are_none_is_dropped(count: int) -> None:
    messages = answer_messages(answer(*(citation(n + 1) for n in range(count))), KEY)
    assert all(within_limits(m.blocks) for m in messages)
    everything = json.dumps([m.blocks for m in messages])
    assert all(f"[{n + 1}] <https" in everything for n in range(count))
    assert [m.blocks[0]["block_id"] for m in messages] == [f"byline:10.1:{n}" for n in range(len(messages))]


def test_a_very_long_quotation_is_split_and_whole() -> None:
    long = "word & more " * 3000 + "end."
    article = article_from(f"Long\n\n{long}")
    found = article.text.index("word")
    cited = Citation(1, article, 2, found, len(article.text), article.text[found:], "")
    messages = answer_messages(answer(cited, lead=""), KEY)
    assert all(within_limits(m.blocks) for m in messages)
    shown = " ".join(b["text"]["text"] for m in messages for b in m.blocks if b["type"] == "section")
    assert shown.count("&amp; more") == 3000


def test_text_is_never_split_inside_an_entity() -> None:
    parts = split_text("a" * 2996 + "&amp;" + "b" * 100)
    assert parts == ["a" * 2996, "&amp;" + "b" * 100]
    assert "".join(split_text("x" * 9001)) == "x" * 9001
    assert [len(page) for page in paginate([{}] * 101, 50)] == [50, 50, 1]


def test_a_decline_offers_what_is_nearest() -> None:
    declined = Answer(
        "who?", "who?", "The articles don't say.", declined=True, nearest=(WEIR,), reason="Nobody says so."
    )
    (message,) = answer_messages(declined, KEY)
    shown = json.dumps(message.blocks)
    assert "The articles don't say. Nobody says so." in shown
    assert "Old weir gives way" in shown
    assert "add_source" in shown
    assert "show_proof" not in shown
    assert message.stream == ()


def test_the_proof_has_the_quoted_words_in_bold_in_their_paragraph() -> None:
    view = proof_modal([citation(1)], 0, "who?", "T:C:10.1")
    assert view["blocks"][2]["text"]["text"].replace("\u200b", "") == "*The weir gave way.* It was old."
    assert "paragraph 3 of" in json.dumps(view)


def test_a_long_proof_has_pages_within_the_limit_of_a_modal() -> None:
    citations = [citation(n + 1) for n in range(65)]
    shown, first = "", 0
    while first < len(citations):
        view = proof_modal(citations, 0, "who?", "T:C:10.1", first)
        assert limits("views.open", {"view": view}) == ""
        shown += json.dumps(view)
        button = view["blocks"][-1].get("elements", [{}])[0]
        first = int(button["value"].split("|")[0]) if "value" in button else len(citations)
    assert all(f"[{c.number}]" in shown for c in citations)
    assert "2 quotations are not shown" in json.dumps(proof_modal([], 2, "who?", "T:C:10.1"))


def test_a_proof_of_a_very_long_paragraph_fits_and_tells_what_it_leaves_out() -> None:
    article = article_from("Long\n\n" + "Before it. " * 2000 + "The *weir* & all gave way. " + "After it. " * 2000)
    start = article.text.index("The *weir*")
    long = Citation(1, article, 2, start, start + 26, article.text[start : start + 26], None)
    view = proof_modal([long], 0, "who?", "T:C:10.1")
    assert limits("views.open", {"view": view}) == ""
    assert "characters before] …" in str(view)
    assert "characters after]" in str(view)


def test_home_stays_within_limits_whatever_the_library_holds() -> None:
    articles = [replace(WEIR, source=f"/{n}", headline="<!channel> " + "long " * 200) for n in range(500)]
    view = home_view(Library(articles, frozenset(a.id for a in articles)), [], "Ready")
    assert limits("views.publish", {"view": view}) == ""
    assert "<!channel>" not in json.dumps(view)
    assert "Older (480 more)" in json.dumps(view)
    assert within_limits(articles_blocks(articles))
    assert "460 more" in json.dumps(articles_blocks(articles))
    assert limits("views.open", {"view": add_modal("{}", private=True)}) == ""


def test_home_searches_headline_publication_author_and_date() -> None:
    tram = replace(WEIR, source="/tram", headline="Tram derails", publication="The Post", authors=("Ann Lee",))
    for search, expected in (("tram", [tram]), ("post LEE", [tram]), ("2023-05", [WEIR, tram]), ("zebra", [])):
        assert Library([WEIR, tram], frozenset(), search).found == expected
