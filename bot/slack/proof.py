"""The proof of an answer as a modal: each quotation in its paragraph, the quoted words in bold."""

from collections.abc import Sequence

from bot.answering.types import Citation
from bot.slack.blocks import Block, actions, article_line, button, context, plain_text, section
from bot.slack.escaping import literal, mrkdwn

#: Three blocks a quotation, and a modal takes 100.
PER_PAGE = 30
_AROUND = 1200


def proof_modal(citations: Sequence[Citation], withheld: int, question: str, value: str, page: int = 0) -> Block:
    """The view. `withheld` quotations are of articles that were removed or that the viewer may not see."""
    blocks: list[Block] = [context(f"Asked: {mrkdwn(question[:1000])}")]
    shown = citations[page * PER_PAGE : (page + 1) * PER_PAGE]
    for citation in shown:
        blocks += quotation_blocks(citation)
    if withheld:
        blocks.append(section(_withheld(withheld)))
    left = len(citations) - (page + 1) * PER_PAGE
    if left > 0:
        blocks.append(actions(button(f"Show {left} more", "proof_page", f"{page + 1}|{value}")))
    return {"type": "modal", "title": plain_text("Proof"), "close": plain_text("Close"), "blocks": blocks}


def quotation_blocks(citation: Citation) -> list[Block]:
    """Where the quotation stands, its paragraph, and who speaks."""
    article = citation.article
    total = len(article.paragraphs)
    place = f"paragraph {citation.paragraph} of {total} · characters {citation.start:,} to {citation.end:,}"
    speaker = f" · {mrkdwn(citation.speaker)}" if citation.speaker else ""
    return [
        section(f"[{citation.number}] {article_line(article)}"),
        {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": _paragraph(citation)}]},
        context(place + speaker),
    ]


def _paragraph(citation: Citation) -> list[Block]:
    text = citation.article.text
    start = text.rfind("\n\n", 0, citation.start) + 2 if "\n\n" in text[: citation.start] else 0
    end = text.find("\n\n", citation.end)
    before, after = text[start : citation.start], text[citation.end : end if end >= 0 else len(text)]
    if len(before) > _AROUND:
        before = f"[{len(before) - _AROUND:,} characters before] …{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}… [{len(after) - _AROUND:,} characters after]"
    parts = [(before, False), (citation.quote, True), (after, False)]
    return [
        {"type": "text", "text": literal(words), **({"style": {"bold": True}} if bold else {})}
        for words, bold in parts
        if words
    ]


def _withheld(count: int) -> str:
    what = "One quotation is" if count == 1 else f"{count} quotations are"
    return f"_{what} not shown: the article was removed or changed since, or is not yours to see._"
