"""Selections → verified citations, and the text of the answer with its numbers."""

from collections.abc import Callable, Sequence

from bot.answering.types import Citation, Draft, Selection
from retrieval.types import Article


def cite(draft: Draft, stored: Callable[[str], Article]) -> tuple[Citation, ...]:
    """Number the selections, dropping any whose words are not in the stored article at their offsets.

    The words are read from `stored`, never from the generator, and must lie within one paragraph.
    """
    verified: list[Citation] = []
    for selection in draft.selections:
        article, sentence = stored(selection.article.id), selection.sentence
        quote = article.text[sentence.start : sentence.end]
        if (
            quote
            and quote == selection.article.text[sentence.start : sentence.end]
            and _in_paragraph(article, selection)
        ):
            verified.append(
                Citation(
                    len(verified) + 1,
                    article,
                    sentence.paragraph,
                    sentence.start,
                    sentence.end,
                    quote,
                    selection.speaker or None,
                )
            )
    return tuple(verified)


def compose(lead: str, citations: Sequence[Citation]) -> str:
    """`Yang Jiechi: … [1] … [2]`: the quotes in order, each with its number."""
    body = " ".join(f"{citation.quote} [{citation.number}]" for citation in citations)
    return f"{lead}: {body}" if lead else body


def _in_paragraph(article: Article, selection: Selection) -> bool:
    number, sentence = selection.sentence.paragraph, selection.sentence
    if not 1 <= number <= len(article.paragraphs):
        return False
    bounds = article.text.rfind("\n\n", 0, sentence.start), article.text.find("\n\n", sentence.start)
    block_end = bounds[1] if bounds[1] >= 0 else len(article.text)
    paragraph = article.paragraphs[number - 1]
    return bounds[0] < paragraph.start <= paragraph.end <= block_end and sentence.end <= block_end
