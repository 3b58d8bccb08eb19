"""Answer, or say that the articles do not say."""

from collections.abc import Sequence

import prompts
from bot.answering.citations import compose
from bot.answering.types import Citation, Draft
from retrieval.types import Article


def should_answer(draft: Draft, citations: Sequence[Citation], min_support: float) -> bool:
    """Only with a verified quote, and with as much support as is asked for."""
    return bool(citations) and draft.support >= min_support


def decline(reason: str, nearest: Sequence[Article], instead: Sequence[Citation] = ()) -> str:
    """The words of a decline: that the articles don't say, why, and what they do tell of, or who did say it."""
    if instead:
        return compose(
            prompts.load("decline_instead").substitute(reason=reason, speaker=instead[0].speaker).strip(), instead
        )
    if not nearest:
        return prompts.load("decline").substitute(reason=reason).strip()
    headlines = ", ".join(f"“{article.title}”" for article in nearest)
    return prompts.load("decline_nearest").substitute(reason=reason, headlines=headlines)
