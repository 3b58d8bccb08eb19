"""Sentences read in their surroundings: which stretches of the articles the span reader reads, and what it finds where."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.span_reader import SpanReader
from retrieval.types import Article, Sentence

#: Log odds are cut to ± this.
MOST_ODDS = 12.0
#: How many stretches are read for a question: about 12 ms each on one core.
CONTEXTS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence and the stretch `context` of its article, by offsets, in which it is read; (0, 0) leaves it unread."""

    article: Article
    sentence: Sentence
    context: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer within a sentence, by offsets into its article, and the log odds, cut to ±12, that any is there."""

    start: int
    end: int
    odds: float


def read_closely(question: str, leads: Sequence[str], sentences: Sequence[str], span_reader: SpanReader) -> list[float]:
    """The log odds, cut to ±12, that each sentence answers, read with no more than the `leads` before it.

    What stands around a sentence lends it answers that are not its own: without it the reader is a better judge of
    whether there is any.
    """
    windows = [[(len(lead), len(lead) + len(text))] for lead, text in zip(leads, sentences, strict=True)]
    read = span_reader.read(question, [lead + text for lead, text in zip(leads, sentences, strict=True)], windows)
    return [_cut(spans[0].score) for spans in read]


def _cut(odds: float) -> float:
    return max(-MOST_ODDS, min(MOST_ODDS, odds))


def read_places(
    question: str, places: Sequence[Place], order: Sequence[int], span_reader: SpanReader | None
) -> dict[int, Found]:
    """Position of a place → what answers in it, for every place within the stretches read.

    The stretches of the first places of `order` are read, each under its article's headline, as the reader was trained.
    """
    if span_reader is None:
        return {}
    wanted = [(places[i].article, places[i].context) for i in order if places[i].context[1]]
    contexts = list(dict.fromkeys(wanted))[:CONTEXTS]
    inside = [
        [i for i, p in enumerate(places) if p.article == article and a <= p.sentence.start < p.sentence.end <= b]
        for article, (a, b) in contexts
    ]
    leads = [f"{article.headline}\n" for article, _ in contexts]
    begins = [a - len(lead) for lead, (_, (a, _)) in zip(leads, contexts, strict=True)]
    read = span_reader.read(
        question,
        [lead + article.text[a:b] for lead, (article, (a, b)) in zip(leads, contexts, strict=True)],
        [
            [(places[i].sentence.start - begin, places[i].sentence.end - begin) for i in held]
            for begin, held in zip(begins, inside, strict=True)
        ],
    )
    found: dict[int, Found] = {}
    for begin, held, spans in zip(begins, inside, read, strict=True):
        for i, span in zip(held, spans, strict=True):
            odds = _cut(span.score)
            if i not in found or odds > found[i].odds:
                found[i] = Found(begin + span.start, begin + span.end, odds)
    return found
