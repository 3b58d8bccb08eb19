"""The answer as JSON: the contract of docs/json.md. Its version grows when a field changes meaning or goes."""

from typing import Any

from bot.answering.types import Answer

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
        "citations": [
            {
                "number": c.number,
                "article_id": c.article.id,
                "headline": c.article.headline,
                "publication": c.article.publication,
                "published": c.article.published.isoformat() if c.article.published else None,
                "source": c.article.source,
                "paragraph": c.paragraph,
                "start": c.start,
                "end": c.end,
                "quote": c.quote,
                "speaker": c.speaker,
            }
            for c in answer.citations
        ],
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
