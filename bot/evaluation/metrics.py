"""The measures, as pure functions.

Retrieval: as trec_eval defines them (nDCG by Järvelin and Kekäläinen 2002, with linear gain). Short answers: SQuAD's official
script (Rajpurkar et al. 2016, 2018). Declining: risk and coverage as in El-Yaniv and Wiener (2010).
"""

import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def hit(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 if one of the first `k` is relevant."""
    return float(any(relevant.get(id_, 0) > 0 for id_ in ranked[:k]))


def recall(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """The share of the relevant that is among the first `k`."""
    wanted = {id_ for id_, grade in relevant.items() if grade > 0}
    return len(wanted & set(ranked[:k])) / len(wanted)


def reciprocal_rank(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 / the rank of the first relevant one, 0 if it is not among the first `k`."""
    return next((1 / rank for rank, id_ in enumerate(ranked[:k], 1) if relevant.get(id_, 0) > 0), 0.0)


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """Discounted cumulative gain over that of the best possible ranking."""
    ideal = sorted((grade for grade in relevant.values() if grade > 0), reverse=True)[:k]
    best = sum(grade / log2(rank + 1) for rank, grade in enumerate(ideal, 1))
    return sum(relevant.get(id_, 0) / log2(rank + 1) for rank, id_ in enumerate(ranked[:k], 1)) / best if best else 0.0


def normalised(text: str) -> str:
    """Lower case without punctuation, articles and extra white space: SQuAD's `normalize_answer`."""
    bare = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact_match(answer: str, accepted: Sequence[str]) -> float:
    """1 if the answer is one of the accepted, both normalised. Without any accepted, the empty answer is right."""
    return float(any(normalised(answer) == normalised(other) for other in accepted or ("",)))


def token_f1(answer: str, accepted: Sequence[str]) -> float:
    """The best token F1 over the accepted answers; no answer is worth 1 beside no answer, else 0."""
    return max(_f1(normalised(answer).split(), normalised(other).split()) for other in accepted or ("",))


def _f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    if not found or not wanted:
        return float(found == wanted)
    shared = sum((Counter(found) & Counter(wanted)).values())
    return 2 * shared / (len(found) + len(wanted))


def phrase_recall(answer: str, must: Sequence[Sequence[str]]) -> float:
    """The share of the groups of which the answer holds a phrase; marks of quotation and white space don't count."""
    text = plain(answer)
    return sum(any(plain(phrase) in text for phrase in group) for group in must) / len(must)


def plain(text: str) -> str:
    """Lower case with straight quotation marks and single spaces."""
    return re.sub(r"\s+", " ", text.lower().translate(str.maketrans("’‘“”", "''\"\"")))


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a positive scores above a negative, ties counted half (Mann and Whitney 1947)."""
    ordered = sorted(zip(scores, positive, strict=True))
    positives = sum(positive)
    total, below, i = 0.0, 0.0, 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        tied_positive = sum(p for _, p in ordered[i:j])
        tied_negative = (j - i) - tied_positive
        total += tied_positive * (below + tied_negative / 2)
        below += tied_negative
        i = j
    negatives = len(ordered) - positives
    return total / (positives * negatives) if positives and negatives else float("nan")


def risk_coverage(confidence: Sequence[float], right: Sequence[float]) -> list[tuple[float, float]]:
    """(coverage, risk) as the least confident questions are declined one after another, from all answered to one."""
    ordered = [value for _, value in sorted(zip(confidence, right, strict=True), key=lambda pair: -pair[0])]
    curve, total = [], 0.0
    for answered, value in enumerate(ordered, 1):
        total += value
        curve.append((answered / len(ordered), 1 - total / answered))
    return curve[::-1]


def best_threshold(
    confidence: Sequence[float], answered_score: Sequence[float], declined_score: Sequence[float]
) -> tuple[float, float]:
    """(threshold, mean score) for the best choice of answering where the confidence reaches a threshold.

    `answered_score` is a question's score if answered, `declined_score` if declined: SQuAD 2.0's "best F1".
    """
    order = sorted(range(len(confidence)), key=lambda i: -confidence[i])
    total = sum(declined_score)
    best, threshold = total, float("inf")
    for place, i in enumerate(order):
        total += answered_score[i] - declined_score[i]
        last_of_ties = place + 1 == len(order) or confidence[order[place + 1]] < confidence[i]
        if last_of_ties and total > best:
            best, threshold = total, confidence[i]
    return threshold, best / len(order)


def precision_recall(chosen: Sequence[bool], wanted: Sequence[bool]) -> tuple[float, float]:
    """Of the chosen, how many were wanted; of the wanted, how many were chosen. 0 where there are none."""
    both = sum(c and w for c, w in zip(chosen, wanted, strict=True))
    return both / sum(chosen) if sum(chosen) else 0.0, both / sum(wanted) if sum(wanted) else 0.0
