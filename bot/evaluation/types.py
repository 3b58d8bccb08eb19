"""The values of an evaluation. All are frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a set's own library; `id` is what its relevance judgements call it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its answer; what a set does not say is empty, and is not judged.

    `answers` are accepted short answers, `must` groups of key phrases of which the answer needs one each, `must_not`
    phrases it may not hold. `relevant` maps document ids to grades above 0. `answerable` None: only retrieval is judged.
    """

    id: str
    text: str
    answerable: bool | None = None
    answers: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    speaker: str = ""
    relevant: Mapping[str, int] = field(default_factory=dict)
    conversation: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """`documents` is the library the questions are asked of; empty: the library that is open."""

    name: str
    questions: tuple[Question, ...]
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's scores by metric name, each 0 to 1 except `seconds.*`; a metric that does not apply is absent.

    `support` is the confidence the decision to answer was made on, None where no answer was asked for.
    """

    id: str
    question: str
    kind: str
    answer: str
    declined: bool
    support: float | None
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the bounds of its 95 % bootstrap interval; `count` questions are behind it."""

    value: float
    low: float
    high: float
    count: int
