"""The proof of an answer as a modal: each quotation in its paragraph, the quoted words in bold."""

from collections.abc import Sequence

from bot.answering.types import Citation
from bot.slack.blocks import MAX_SECTION, Block, actions, article_line, button, context, plain_text, section, split_text
from bot.slack.escaping import mrkdwn

#: A modal takes 100; some are for the question, what is withheld, and the button to the rest.
MAX_QUOTATION_BLOCKS = 90
_AROUND = 1200
_BOLD_EDGE = "\u200b"


def proof_modal(citations: Sequence[Citation], withheld: int, question: str, value: str, first: int = 0) -> Block:
    """The view, from the citation at index `first` on, as many as a modal holds; a button leads to the rest.

    `withheld` quotations are of articles that were removed or that the viewer may not see.
    """
    blocks: list[Block] = []
    shown = 0
    for citation in citations[first:]:
        more = quotation_blocks(citation)
        if blocks and len(blocks) + len(more) > MAX_QUOTATION_BLOCKS:
            break
        blocks += more
        shown += 1
    left = len(citations) - first - shown
    blocks.insert(0, context(f"Asked: {mrkdwn(question[:1000])}"))
    if withheld:
        blocks.append(section(_withheld(withheld)))
    if left > 0:
        blocks.append(actions(button(f"Show {left} more", "proof_page", f"{first + shown}|{value}")))
    return {"type": "modal", "title": plain_text("Proof"), "close": plain_text("Close"), "blocks": blocks}


def quotation_blocks(citation: Citation) -> list[Block]:
    """Where the quotation stands, its paragraph, and who speaks."""
    article = citation.article
    total = len(article.paragraphs)
    place = f"paragraph {citation.paragraph} of {total} · characters {citation.start:,} to {citation.end:,}"
    speaker = f" · {mrkdwn(citation.speaker)}" if citation.speaker else ""
    heading = section(f"[{citation.number}] {article_line(article)}")
    return [heading, *map(section, _paragraph(citation)), context(place + speaker)]


def _paragraph(citation: Citation) -> list[str]:
    """The paragraph as mrkdwn, in parts that each fit a section."""
    text = citation.article.text
    start = text.rfind("\n\n", 0, citation.start) + 2 if "\n\n" in text[: citation.start] else 0
    end = text.find("\n\n", citation.end)
    before, after = text[start : citation.start], text[citation.end : end if end >= 0 else len(text)]
    if len(before) > _AROUND:
        before = f"[{len(before) - _AROUND:,} characters before] …{before[-_AROUND:]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND]}… [{len(after) - _AROUND:,} characters after]"
    # Slack makes bold only of marks that touch no letter, and not over a line's end
    quoted = [
        f"{_BOLD_EDGE}*{part}*{_BOLD_EDGE}" for part in split_text(mrkdwn(citation.quote).replace("\n", " "), 1400)
    ]
    parts = [*split_text(mrkdwn(before), 1400), *quoted, *split_text(mrkdwn(after), 1400)]
    sections = [""]
    for part in parts:
        if len(sections[-1]) + len(part) > MAX_SECTION:
            sections.append("")
        sections[-1] += part
    return [words for words in sections if words.strip()]


def _withheld(count: int) -> str:
    what = "One quotation is" if count == 1 else f"{count} quotations are"
    return f"_{what} not shown: the article was removed or changed since, or is not yours to see._"
