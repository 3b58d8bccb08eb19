"""The one call that every door makes."""

from collections.abc import Collection, Sequence

from langchain_core.runnables import Runnable

from bot.answering.types import Answer, Inquiry, Turn
from bot.errors import QuestionError


class Assistant:
    """Answers questions; holds no conversation of its own: the doors keep the turns."""

    def __init__(self, chain: Runnable[Inquiry, Answer], max_question_chars: int) -> None:
        self._chain, self._max_question_chars = chain, max_question_chars

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        article_id: str | None = None,
        audiences: Collection[str] | None = None,
    ) -> Answer:
        """Answer from the articles of `audiences`; None, for the operator's own terminal, is all of them.

        Raise QuestionError for an empty or overlong question, RetrievalError if the library fails.
        """
        text = " ".join("".join(c if c.isprintable() else " " for c in question).split())
        if not any(c.isalnum() for c in text):
            raise QuestionError("The question is empty or has no words. Ask something about the articles.")
        if len(text) > self._max_question_chars:
            raise QuestionError(
                f"The question has {len(text):,} characters, more than the {self._max_question_chars:,} Byline reads. Shorten it."
            )
        return self._chain.invoke(
            Inquiry(text, tuple(turns), article_id, None if audiences is None else frozenset(audiences))
        )
