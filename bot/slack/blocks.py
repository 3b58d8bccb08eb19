"""Answers as Block Kit, by pure functions. Limits: https://docs.slack.dev/reference/block-kit/blocks.

Whatever is too long for one block or one message goes on in the next; nothing is cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.answering.types import Answer, Citation
from bot.slack.escaping import link, literal, markdown, mrkdwn
from retrieval.sentences import split_sentences
from retrieval.types import Article

Block = dict[str, Any]
MAX_BLOCKS = 50
MAX_SECTION = 3000
MAX_TEXT = 3000
MAX_MARKDOWN = 12_000
MAX_BUTTON_VALUE = 2000
MAX_HEADLINE = 300
#: How the first block of every message of an answer is named: `byline:<ts of the question>:<number>`.
MARK = "byline"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `text` is what notifications show, `stream` the same answer piece by piece as Markdown."""

    text: str
    blocks: tuple[Block, ...]
    stream: tuple[str, ...] = ()
    below: tuple[Block, ...] = ()


def answer_messages(answer: Answer, key: tuple[str, str, str]) -> list[Message]:
    """The messages of an answer: mostly one. Only one message of a single page can be streamed."""
    value = ":".join(key)
    if answer.declined and not answer.citations:
        body, below = (
            [section(part) for part in split_text(mrkdwn(decline_words(answer)))],
            decline_below(answer, value),
        )
    else:
        body = [section(part) for part in split_text(_answer_mrkdwn(answer))]
        below = [context(source_line(c)) for c in answer.citations] + [proof_button(value)]
        below += [actions(button("Add a source", "add_source", value))] if answer.declined else []
        below.append(feedback_buttons(value))
    pages = paginate([*body, *below], MAX_BLOCKS)
    text = notification(answer)
    messages = [Message(text, marked(page, key[2], number)) for number, page in enumerate(pages)]
    stream = stream_pieces(answer)
    if len(pages) == 1 and stream and sum(map(len, stream)) <= MAX_MARKDOWN:
        return [Message(text, messages[0].blocks, stream, marked(below, key[2], 0))]
    return messages


def notification(answer: Answer) -> str:
    """The answer's first sentence."""
    text = decline_words(answer) if answer.declined and not answer.citations else answer.text
    bounds = list(split_sentences(text))
    first = text[bounds[0][0] : bounds[0][1]] if bounds else text
    return mrkdwn(first if len(first) <= MAX_TEXT else first[: MAX_TEXT - 1] + "…")


def stream_pieces(answer: Answer) -> tuple[str, ...]:
    """The answer in Markdown, one piece a citation."""
    lead = markdown(answer_lead(answer))
    lead = (f"{lead} " if answer.declined else f"**{lead}** ") if lead else ""
    pieces = [f"{markdown(c.quote)} \\[{c.number}\\] " for c in answer.citations]
    return (lead + pieces[0], *pieces[1:]) if pieces else ()


def answer_lead(answer: Answer) -> str:
    """What stands before the first quotation: `Yang Jiechi:`."""
    if not answer.citations:
        return ""
    return answer.text[: answer.text.find(answer.citations[0].quote)].strip()


def _answer_mrkdwn(answer: Answer) -> str:
    lead = answer_lead(answer)
    pieces = [f"{mrkdwn(c.quote)} [{c.number}]" for c in answer.citations]
    return " ".join([mrkdwn(lead) if answer.declined or not lead else f"*{mrkdwn(lead)}*", *pieces]).strip()


def source_line(citation: Citation) -> str:
    """`[1] headline · publication · date · paragraph 3 · speaker`, without what is not known."""
    article = citation.article
    return " · ".join([f"[{citation.number}] {article_line(article)}", f"paragraph {citation.paragraph}"]) + (
        f" · {mrkdwn(citation.speaker)}" if citation.speaker else ""
    )


def article_line(article: Article) -> str:
    """Headline (linked where it came from the web), publication and date."""
    published = article.published.isoformat() if article.published else ""
    parts = [link(article.source, shortened(article.title)), mrkdwn(shortened(article.publication)), published]
    return " · ".join(part for part in parts if part)


def decline_words(answer: Answer) -> str:
    if not answer.passages and not answer.nearest:
        return "There are no articles here yet that I could answer from."
    return f"The articles don't say. {answer.reason}".strip()


def decline_below(answer: Answer, value: str) -> list[Block]:
    """What the articles nearest to the question are, and how to add one that says it."""
    below = [context("Nearest:")] if answer.nearest else []
    below += [context(f"• {article_line(article)}") for article in answer.nearest]
    return [*below, actions(button("Add a source", "add_source", value)), feedback_buttons(value)]


def proof_button(value: str) -> Block:
    return actions(button("Show proof", "show_proof", value))


def feedback_buttons(value: str) -> Block:
    """https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element"""
    sides = {
        "positive_button": {"text": plain_text("Good answer"), "value": f"good|{value}"},
        "negative_button": {"text": plain_text("Bad answer"), "value": f"bad|{value}"},
    }
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "feedback", **sides}]}


def note(text: str) -> Block:
    """A remark of Byline's own, marked so that it is never taken for an answer."""
    return {**section(text), "block_id": f"{MARK}:note"}


def marked(blocks: Sequence[Block], ts: str, number: int) -> tuple[Block, ...]:
    """Name the first block after the question, so that an answer posted by a process since killed is known again."""
    return ({**blocks[0], "block_id": f"{MARK}:{ts}:{number}"}, *blocks[1:])


def section(text: str) -> Block:
    return {"type": "section", "text": mrkdwn_text(text)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn_text(text)]}


def mrkdwn_text(text: str) -> Block:
    """`verbatim` keeps Slack from making links and channel names of what only looks like them."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": literal(text), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text)}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str, **options: Any) -> Block:
    return {"type": "button", "text": plain_text(label), "action_id": action_id, "value": value, **options}


def shortened(text: str) -> str:
    """A headline or name of sane length; the whole text stands in the article."""
    return text if len(text) <= MAX_HEADLINE else text[: MAX_HEADLINE - 1] + "…"


def split_text(text: str, limit: int = MAX_SECTION) -> list[str]:
    """`text` in parts of at most `limit` characters, parted at spaces where there are any, never inside an entity."""
    parts = []
    while len(text) > limit:
        cut = text.rfind(" ", 1, limit)
        if cut < limit // 2:
            cut = limit
            ampersand = text.rfind("&", cut - 5, cut)
            if ampersand > 0 and ";" not in text[ampersand:cut]:
                cut = ampersand
        parts.append(text[:cut])
        text = text[cut:].lstrip(" ")
    return [*parts, text]


def paginate(blocks: Sequence[Block], limit: int) -> list[list[Block]]:
    return [list(blocks[start : start + limit]) for start in range(0, len(blocks), limit)]
