"""Outcomes → figures: means with intervals, the decision to decline, and two runs side by side."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from bot.evaluation import intervals, metrics
from bot.evaluation.types import Estimate, Outcome

#: Metric names in the order of a report, with what each is called there.
NAMES = {
    "hit@1": "hit@1", "hit@5": "hit@5", "mrr@10": "MRR@10", "ndcg@10": "nDCG@10", "recall@10": "recall@10",
    "recall@100": "recall@100", "right": "right answers", "em": "exact match", "f1": "token F1",
    "sentence hit": "sentence hit", "best.em": "exact match if never declined", "best.f1": "token F1 if never declined",
    "phrase recall": "key-phrase recall", "citations verbatim": "citations verbatim",
    "citations right": "citations from the right text", "speaker": "speaker right",
}  # fmt: skip
#: Means that are taken over answerable questions only: elsewhere the metric is 0 by definition.
_OF_ANSWERABLE = ("best.em", "best.f1")


@dataclass(frozen=True, slots=True)
class Declining:
    """How well the decision to decline was made, and could be made on the same confidence.

    `precision`: of the declined, how many were rightly; `recall`: of those to decline, how many were; `wrongly`: the share of
    answerable questions declined. `curve` is (coverage, risk), `area` the mean risk over it (lower is better).
    """

    precision: float
    recall: float
    wrongly: float
    auroc: float
    area: float
    curve: Sequence[tuple[float, float]]
    threshold: float
    best_f1: float


@dataclass(frozen=True, slots=True)
class Summary:
    """`means` by metric name; `kinds` the share of right answers by kind of question; `seconds` p50 and p95 by stage."""

    questions: int
    means: dict[str, Estimate]
    kinds: dict[str, Estimate]
    declining: Declining | None
    seconds: dict[str, tuple[float, float]]
    machine: str


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of a run."""
    means = {}
    for name in NAMES:
        values = _values(outcomes, name)
        if values:
            means[name] = intervals.estimate(values)
    kinds = {}
    for kind in sorted({o.kind for o in outcomes if o.kind}):
        right = [o.scores["right"] for o in outcomes if o.kind == kind and "right" in o.scores]
        if right:
            kinds[kind] = intervals.estimate(right)
    stages = ("seconds.total", "seconds.rewrite", "seconds.retrieve", "seconds.answer")
    seconds = {stage: _percentiles([o.scores[stage] for o in outcomes if stage in o.scores]) for stage in stages}
    return Summary(
        len(outcomes),
        means,
        kinds,
        _declining(outcomes),
        {stage: pair for stage, pair in seconds.items() if not isnan(pair[0])},
        f"{platform.machine()}, Python {platform.python_version()}",
    )


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> dict[str, tuple[Estimate, float]]:
    """By metric name: the mean change on the questions both runs asked, and its p-value."""
    earlier = {outcome.id: outcome for outcome in before}
    pairs = [(earlier[o.id], o) for o in after if o.id in earlier]
    found = {}
    for name in NAMES:
        both = [(b.scores[name], a.scores[name]) for b, a in pairs if name in b.scores and name in a.scores]
        if both:
            found[name] = intervals.paired([b for b, _ in both], [a for _, a in both])
    return found


def answerable(outcome: Outcome) -> bool:
    """A question to decline has a right of its own and no best answer: its `best.right` is there and 0."""
    return "best.right" not in outcome.scores


def _values(outcomes: Sequence[Outcome], name: str) -> list[float]:
    return [o.scores[name] for o in outcomes if name in o.scores and (name not in _OF_ANSWERABLE or answerable(o))]


def _declining(outcomes: Sequence[Outcome]) -> Declining | None:
    asked = [o for o in outcomes if "right" in o.scores and o.support is not None]
    to_answer = [answerable(o) for o in asked]
    if not asked or all(to_answer) or not any(to_answer):
        return None
    declined = [o.declined for o in asked]
    precision, recall = metrics.precision_recall(declined, [not a for a in to_answer])
    support = [o.support or 0.0 for o in asked]
    would = [
        o.scores.get("best.f1", o.scores["right"] if not o.declined else 0.0) if a else 0.0
        for o, a in zip(asked, to_answer, strict=True)
    ]
    curve = metrics.risk_coverage(support, would)
    threshold, best = metrics.best_threshold(support, would, [0.0 if a else 1.0 for a in to_answer])
    wrongly = sum(d for d, a in zip(declined, to_answer, strict=True) if a) / sum(to_answer)
    return Declining(
        precision, recall, wrongly, metrics.auroc(support, to_answer), sum(risk for _, risk in curve) / len(curve),
        curve, threshold, best,
    )  # fmt: skip


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    if not ordered:
        return float("nan"), float("nan")
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
