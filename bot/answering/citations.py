"""Selections → verified citations, and the text of the answer with its numbers."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answering.types import Citation, Selection
from retrieval.errors import UnknownArticle
from retrieval.types import Article, Sentence


def cite(selections: Sequence[Selection], stored: Callable[[str], Article]) -> tuple[Citation, ...]:
    """Number the selections, dropping any whose words are not in the stored article at their offsets.

    The words are read from `stored`, never from the generator, and must lie within one paragraph.
    """
    verified: list[Citation] = []
    for selection in selections:
        try:
            article = stored(selection.article.id)
        except UnknownArticle:
            continue
        sentence = selection.sentence
        quote = article.text[sentence.start : sentence.end]
        if quote == selection.article.text[sentence.start : sentence.end] and _in_paragraph(article, sentence):
            number = len(verified) + 1
            speaker = selection.speaker or None
            verified.append(Citation(number, article, sentence.paragraph, sentence.start, sentence.end, quote, speaker))
    return tuple(verified)


def compose(lead: str, citations: Sequence[Citation]) -> str:
    """`Yang Jiechi: … [1] … [2]`: the quotes in order, each with its number."""
    body = " ".join(f"{citation.quote} [{citation.number}]" for citation in citations)
    return f"{lead.removesuffix(':')}: {body}" if lead else body


def renumbered(text: str, citations: Sequence[Citation], after: int) -> tuple[str, list[Citation]]:
    """An answer's text and citations with numbers that go on from `after`."""
    renamed = [replace(citation, number=citation.number + after) for citation in citations]
    for citation in reversed(citations):
        mark = f"{citation.quote} [{citation.number}]"
        text = text.replace(mark, f"{citation.quote} [{citation.number + after}]")
    return text, renamed


def _in_paragraph(article: Article, sentence: Sentence) -> bool:
    """Whether the span is not empty and lies in the numbered paragraph's line, its dateline and credit included."""
    if not 1 <= sentence.paragraph <= len(article.paragraphs):
        return False
    paragraph = article.paragraphs[sentence.paragraph - 1]
    line_start = article.text.rfind("\n\n", 0, paragraph.start) + 2 if paragraph.number > 1 else 0
    line_end = article.text.find("\n\n", paragraph.end)
    return line_start <= sentence.start < sentence.end <= (line_end if line_end >= 0 else len(article.text))
