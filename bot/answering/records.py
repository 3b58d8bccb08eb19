"""Answers as records for the conversation store, and back: follow-ups survive a restart.

A citation is kept by its place; its words are read again from the library, so a removed or changed article
leaves no stale quotation behind.
"""

from collections.abc import Callable
from typing import Any

from bot.answering.types import Answer, Citation, Turn
from retrieval.errors import UnknownArticle
from retrieval.types import Article


def to_record(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "declined": answer.declined,
        "reason": answer.reason,
        "support": answer.support,
        "citations": [
            {"number": c.number, "article_id": c.article.id, "start": c.start, "end": c.end}
            | {"paragraph": c.paragraph, "quote": c.quote, "speaker": c.speaker}
            for c in answer.citations
        ],
        "nearest": [article.id for article in answer.nearest],
    }


def to_turn(record: dict[str, Any], find_article: Callable[[str], Article]) -> Turn:
    """The turn of a record, with those citations whose words still stand where they stood."""
    answer = Answer(
        question=record["question"],
        standalone_question=record["standalone_question"],
        text=record["text"],
        declined=record["declined"],
        citations=citations_of(record, find_article),
        reason=record["reason"],
        support=record["support"],
    )
    return Turn(answer.question, answer)


def citations_of(record: dict[str, Any], find_article: Callable[[str], Article]) -> tuple[Citation, ...]:
    """The record's citations that can still be shown."""
    found = []
    for kept in record["citations"]:
        try:
            article = find_article(kept["article_id"])
        except UnknownArticle:
            continue
        if article.text[kept["start"] : kept["end"]] == kept["quote"]:
            place = (kept["paragraph"], kept["start"], kept["end"])
            found.append(Citation(kept["number"], article, *place, kept["quote"], kept["speaker"]))
    return tuple(found)
