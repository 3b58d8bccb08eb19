"""Two questions in one: taken apart, answered one by one, and given back as one answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

import prompts
from bot.answering.citations import renumbered
from bot.answering.types import Answer, Citation, Seconds

_MOST = 3
_ASKS = r"(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|can|could|will|would)"
_WITH_VERB = (
    r"(?:what|when|where|why|how)\s+(?:\w+\s+)?"
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|said|says|many|much|long|old)\b"
)
_NEXT = re.compile(
    rf"\?\s+(?:and\s+|also\s+)?(?={_ASKS}\b)|,?\s+and\s+(?:also\s+)?(?=who\s+\w|{_WITH_VERB})", re.IGNORECASE
)
_WHOLE = re.compile(rf"^(?:and\s+|so\s+|but\s+)*{_ASKS}\b(?:\W+\w+){{2,}}", re.IGNORECASE)


def split(question: str) -> tuple[str, ...]:
    """Its questions, in order; most questions are one. "When did it open and who paid?" is two."""
    pieces = [piece.strip(" ,") for piece in _NEXT.split(question)]
    if not 1 < len(pieces) <= _MOST or not _WHOLE.match(pieces[0]):
        return (question,)
    if any(len(piece.split()) < 2 for piece in pieces):
        return (question,)
    return tuple(piece if piece.endswith("?") else f"{piece}?" for piece in pieces)


def join(question: str, standalone: str, answers: Sequence[Answer]) -> Answer:
    """One answer of several: declined only if all are; what one part lacks is said in its place."""
    if len(answers) == 1:
        return answers[0]
    given = [answer for answer in answers if not answer.declined]
    if not given:
        return replace(answers[0], question=question, standalone_question=standalone)
    texts: list[str] = []
    held: list[Citation] = []
    for answer in answers:
        if answer.declined:
            texts.append(prompts.load("decline_part").substitute(question=answer.standalone_question).strip())
            continue
        text, citations = renumbered(answer.text, answer.citations, len(held))
        texts.append(text)
        held += citations
    passages = list({s.passage.id: s for answer in answers for s in answer.passages}.values())
    sources = {id_: source for answer in answers for id_, source in answer.sources.items()}
    seconds = Seconds(
        sum(a.seconds.rewrite for a in answers),
        sum(a.seconds.retrieve for a in answers),
        sum(a.seconds.answer for a in answers),
    )
    return replace(
        given[0],
        question=question,
        standalone_question=standalone,
        text=" ".join(texts),
        citations=tuple(held),
        passages=tuple(passages),
        sources=sources,
        support=min(answer.support for answer in given),
        best="; ".join(answer.best for answer in given),
        seconds=seconds,
    )
