"""The answer as JSON: the contract of docs/json.md. Its version grows when a field changes meaning or goes."""

from typing import Any

from bot.answering.types import Answer, Citation

VERSION = 1


def to_json(answer: Answer, id_: Any = None, trace: bool = False) -> dict[str, Any]:
    """The object of one answer; with `trace`, also the reason, the support and both scores of each passage."""
    fields: dict[str, Any] = {
        "version": VERSION,
        "id": id_,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answer": answer.text,
        "declined": answer.declined,
        "citations": [] if answer.declined else [_citation(c) for c in answer.citations],
        "passages": [
            {
                "article_id": s.passage.article_id,
                "source": answer.sources.get(s.passage.article_id, ""),
                "start": s.passage.start,
                "end": s.passage.end,
                "score": round(s.score, 6),
            }
            for s in answer.passages
        ],
        "nearest": [{"article_id": a.id, "headline": a.headline} for a in answer.nearest],
        "seconds": {
            "rewrite": round(answer.seconds.rewrite, 6),
            "retrieve": round(answer.seconds.retrieve, 6),
            "answer": round(answer.seconds.answer, 6),
        },
        "instead": [_citation(c) for c in answer.citations] if answer.declined else [],
        "best": answer.best,
    }
    if trace:
        fields["trace"] = {
            "reason": answer.reason,
            "support": round(answer.support, 4),
            "passages": [
                {
                    "article_id": s.passage.article_id,
                    "fused": s.score,
                    "dense": s.dense,
                    "bm25": s.bm25,
                    "text": s.passage.text,
                }
                for s in answer.passages
            ],
        }
    return fields


def _citation(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {
        "number": citation.number,
        "article_id": article.id,
        "headline": article.headline,
        "publication": article.publication,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "paragraph": citation.paragraph,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": citation.speaker,
    }
