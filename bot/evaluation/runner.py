"""Ask every question of a set and score what comes back."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.types import Answer, Turn
from bot.evaluation import metrics
from bot.evaluation.types import Dataset, Outcome, Question
from retrieval.quotes.names import same_name

#: How deep a ranking is looked at.
DEPTH = 100

Ask = Callable[[str, Sequence[Turn]], Answer]
Rank = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Library:
    """What is evaluated: `ask` answers a question after turns, `rank` gives ids of documents, best first.

    `document` names the document an article id stands for, as the set's judgements call it.
    """

    ask: Ask
    rank: Rank
    document: Mapping[str, str]


def evaluate(dataset: Dataset, library: Library) -> Iterator[Outcome]:
    """One outcome a question, in the order of the set; a conversation's questions see the turns before them."""
    turns: dict[str, list[Turn]] = defaultdict(list)
    for question in dataset.questions:
        scores: dict[str, float] = {}
        if question.relevant:
            scores |= _retrieval(library.rank(question.text), question.relevant)
        if question.answerable is None and question.relevant:
            yield Outcome(question.id, question.text, question.kind, "", False, None, scores)
            continue
        before = turns[question.conversation] if question.conversation else []
        began = time.perf_counter()
        answer = library.ask(question.text, before)
        scores["seconds.total"] = time.perf_counter() - began
        scores |= {f"seconds.{stage}": getattr(answer.seconds, stage) for stage in ("rewrite", "retrieve", "answer")}
        before.append(Turn(question.text, answer))
        if question.answerable is not None:
            scores |= judged(question, answer, library.document)
        yield Outcome(question.id, question.text, question.kind, answer.text, answer.declined, answer.support, scores)


def _retrieval(ranked: Sequence[str], relevant: Mapping[str, int]) -> dict[str, float]:
    return {
        "hit@1": metrics.hit(ranked, relevant, 1),
        "hit@5": metrics.hit(ranked, relevant, 5),
        "mrr@10": metrics.reciprocal_rank(ranked, relevant, 10),
        "ndcg@10": metrics.ndcg(ranked, relevant, 10),
        "recall@10": metrics.recall(ranked, relevant, 10),
        "recall@100": metrics.recall(ranked, relevant, DEPTH),
    }


def judged(question: Question, answer: Answer, document: Mapping[str, str]) -> dict[str, float]:
    """The scores of an answer to a question whose answer, or lack of one, is known.

    `best.*` score the answer it held best whether or not it was given: what a decision to decline is measured on.
    """
    if not question.answerable:
        declined = float(answer.declined)
        return {"right": declined, "em": declined, "f1": declined, "best.f1": 0.0, "best.right": 0.0}
    scores: dict[str, float] = {}
    given, best = ("" if answer.declined else answer.best), answer.best
    text = "" if answer.declined else answer.text
    if question.answers:
        sentence = float(any(metrics.plain(a) in metrics.plain(text) for a in question.answers))
        scores |= {
            "em": metrics.exact_match(given, question.answers) if given else 0.0,
            "f1": metrics.token_f1(given, question.answers) if given else 0.0,
            "best.em": metrics.exact_match(best, question.answers) if best else 0.0,
            "best.f1": metrics.token_f1(best, question.answers) if best else 0.0,
            "sentence hit": sentence,
            "right": sentence,
        }
    if question.must:
        scores["phrase recall"] = metrics.phrase_recall(text, question.must)
    if question.must or question.must_not:
        held = any(metrics.plain(phrase) in metrics.plain(text) for phrase in question.must_not)
        complete = scores.get("phrase recall", 1.0) == 1.0 and not answer.declined
        scores["right"] = float(complete and not held and scores.get("right", 1.0) == 1.0)
    elif not question.answers:
        scores["right"] = float(not answer.declined)
    if answer.citations:
        verbatim = [c.article.text[c.start : c.end] == c.quote for c in answer.citations]
        scores["citations verbatim"] = sum(verbatim) / len(verbatim)
        if question.relevant:
            from_relevant = [question.relevant.get(document.get(c.article.id, ""), 0) > 0 for c in answer.citations]
            scores["citations right"] = sum(from_relevant) / len(from_relevant)
    if question.speaker and not answer.declined:
        scores["speaker"] = float(any(c.speaker and same_name(question.speaker, c.speaker) for c in answer.citations))
    return scores
