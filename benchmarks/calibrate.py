"""Set the reader's weights on open data: `python -m benchmarks.calibrate --squad SQUAD.json --news SET.jsonl ARTICLES [--write]`; --news may be repeated.

Every SQuAD article becomes one Byline article, and every question is asked of it with Byline's own retrieval; the made-up
news sets are asked of their own articles. Two fits, each with and without the span reader. *Choice*: weights under which the right
sentences are likeliest among the candidates (conditional logistic regression). *Support*: logistic regression for whether
the chosen sentence answers, its wrong choices counted as unanswered. *Said*: the same for each statement of the speaker
asked about, on the questions about words. What is printed is cross-validated by article; what is
written, with --write, to retrieval/calibration.json is fitted on everything. *Thresholds*: with those weights the whole assistant
answers the news sets at each threshold of a grid; taken is the highest that gives about as many right answers and right declines together as the best.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answering.chain import AnswerOptions, build_chain
from bot.answering.extractive import ExtractiveGenerator
from bot.answering.facts import missing_names, pool
from bot.answering.questions import Wants, parse_question
from bot.assistant import Assistant
from bot.bootstrap import Byline
from bot.evaluation import metrics
from bot.evaluation.datasets import open_dataset
from bot.evaluation.runner import Library, evaluate
from bot.settings import Settings
from retrieval.contexts import Place, read_places
from retrieval.reader import (
    CALIBRATION,
    CHOICE_SIGNALS,
    MAX_MARGIN,
    READ,
    SUPPORT_SIGNALS,
    Calibration,
    SentenceReader,
    said_signals,
)
from retrieval.span_reader import BUNDLED_READER, NO_READER, Span, SpanReader, Window, load_reader
from retrieval.types import Article, Block, Embeddings, Page, ScoredPassage, Vectors

START = {"fact": 0.25, "statement": 0.40, "speaker": 0.45, "topic": 0.45}
START_SAID = {"relevance": 2.0, "ahead": 3.0, "bias": 0.0}
GRIDS = {
    "fact": (0.16, 0.20, 0.24, 0.28, 0.33, 0.38, 0.44),
    "statement": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    "topic": (0.40, 0.45, 0.50),
    "speaker": (0.30, 0.35, 0.40, 0.45, 0.50, 0.55),
}
_FOLDS = 6
#: A share of questions that is no difference between two thresholds.
_AS_WELL = 0.005


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its candidates' signals, which of them are right, and the fold its article falls in."""

    signals: tuple[dict[str, float], ...]
    right: NDArray[np.bool_]
    answerable: bool
    fold: int
    weight: float


@dataclass(frozen=True, slots=True)
class Names:
    """The signals that weights are fitted for."""

    choice: Sequence[str]
    support: Sequence[str]


def read_squad(path: Path, questions: int, reader_name: str) -> Iterator[Asked]:
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as home, Byline(Settings(byline_home=Path(home))) as byline:
        reader = SentenceReader(byline.embeddings, byline.retriever.idf, load_reader(reader_name))
        for number, entry in enumerate(json.loads(path.read_text("utf-8"))["data"]):
            title = entry["title"].replace("_", " ")
            blocks = [Block(" ".join(paragraph["context"].split())) for paragraph in entry["paragraphs"]]
            byline.pipeline.add_page(Page((Block(title, 1), *blocks)), title)
            article = next(a for a in byline.store.articles() if a.source == title)
            asked = [question for paragraph in entry["paragraphs"] for question in paragraph["qas"]]
            for question in rng.sample(asked, min(questions, len(asked))):
                scored = byline.retriever.retrieve(question["question"], article_id=article.id)
                answers = [" ".join(answer["text"].split()) for answer in question["answers"]]
                yield _signals(question["question"], scored, {article.id: article}, reader, answers, number, 1.0)


def read_news(questions: Path, articles: Path, reader_name: str, weight: float) -> Iterator[Asked]:
    """The set's questions that ask for a fact; one is a fold of its own, by its position."""
    with tempfile.TemporaryDirectory() as home, Byline(Settings(byline_home=Path(home))) as byline:
        byline.pipeline.run([str(articles)])
        reader = SentenceReader(byline.embeddings, byline.retriever.idf, load_reader(reader_name))
        for number, question in enumerate(open_dataset(questions).questions):
            if question.conversation or parse_question(question.text).wants is not Wants.FACT:
                continue
            found = byline.retriever.retrieve(question.text)
            held = {s.passage.article_id: byline.retriever.article(s.passage.article_id) for s in found}
            must = [group[0] for group in question.must] if question.answerable else []
            yield _signals(question.text, found, held, reader, must, number, weight)


class _Remembering:
    """A span reader that reads nothing twice: the thresholds are tried on the same questions."""

    def __init__(self, reader: SpanReader) -> None:
        self._reader, self.name = reader, reader.name
        self._read: dict[tuple[str, str, tuple[Window, ...]], list[Span]] = {}

    def read(self, question: str, texts: Sequence[str], windows: Sequence[Sequence[Window]]) -> list[list[Span]]:
        keys = [(question, text, tuple(held)) for text, held in zip(texts, windows, strict=True)]
        fresh = [i for i, key in enumerate(keys) if key not in self._read]
        found = self._reader.read(question, [texts[i] for i in fresh], [windows[i] for i in fresh])
        self._read |= {keys[i]: spans for i, spans in zip(fresh, found, strict=True)}
        return [self._read[key] for key in keys]


class _RememberingEmbeddings:
    """The same for vectors."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings, self.name = embeddings, embeddings.name
        self._known: dict[str, Vectors] = {}

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= zip(missing, self._embeddings.embed_documents(missing), strict=True)
        return np.stack([self._known[text] for text in texts])


class _Watching(SentenceReader):
    """A reader that keeps what it has been shown of statements: the signals and the words of each."""

    def __init__(self, byline: Byline, span_reader: SpanReader | None, calibration: Calibration) -> None:
        super().__init__(byline.embeddings, byline.retriever.idf, span_reader, calibration)
        self._spans = span_reader
        self.seen: list[tuple[dict[str, float], str]] = []

    def said(self, question: str, statements: Sequence[Place], relevance: Sequence[float], rival: float) -> list[float]:
        read = read_places(question, statements, range(len(statements)), self._spans)
        for i, place in enumerate(statements):
            if i in read or self._spans is None:
                span = {"span": read[i].odds} if i in read else {}
                self.seen.append(({**span, **said_signals(relevance[i], rival)}, place.article.words(place.sentence)))
        return super().said(question, statements, relevance, rival)


def fit_said(calibration: Calibration, news: Sequence[tuple[Path, Path]], reader_name: str) -> dict[str, float]:
    """Logistic weights for whether a statement that was read is what a question about words asks for."""
    rows: list[dict[str, float]] = []
    signs = []
    for questions, articles in news:
        with tempfile.TemporaryDirectory() as home, Byline(Settings(byline_home=Path(home))) as byline:
            byline.pipeline.run([str(articles)])
            reader = _Watching(byline, load_reader(reader_name), calibration)
            chain = build_chain(
                byline.retriever,
                ExtractiveGenerator(reader, byline.retriever.article, byline.retriever),
                AnswerOptions(),
            )
            for question in open_dataset(questions).questions:
                reader.seen.clear()
                if not question.conversation:
                    Assistant(chain, 10_000).ask(question.text, ())
                for signals, words in reader.seen:
                    held = any(metrics.plain(p) in metrics.plain(words) for group in question.must for p in group)
                    rows.append(signals)
                    signs.append(bool(question.answerable) and held)
    print(f"said: {len(rows)} statements read, {sum(signs)} of them right", flush=True)
    names = list(rows[0])
    inputs, right = np.array([[row[name] for name in names] for row in rows]), np.array(signs, bool)
    return dict(zip(names, _logistic(inputs, right, np.ones(len(rows))).tolist(), strict=True))


def _signals(
    question: str,
    scored: Sequence[ScoredPassage],
    articles: dict[str, Article],
    reader: SentenceReader,
    answers: Sequence[str],
    fold: int,
    weight: float,
) -> Asked:
    named = {id_ for id_, article in articles.items() if not missing_names(question, article)}
    candidates = [c for c in pool(question, scored, articles) if c.article.id in named]
    likely, signals, _ = reader.signals(question, candidates, READ)
    reader.read_closer(question, [candidates[i] for i in likely], signals)
    held = [reader.evidence(question, candidates[i], found) for i, found in zip(likely, signals, strict=True)]
    right = [any(metrics.plain(a) in metrics.plain(candidates[i].text) for a in answers) for i in likely]
    return Asked(tuple(held), np.array(right, bool), bool(answers), fold % _FOLDS, weight)


def fit_choice(asked: Sequence[Asked], names: Names) -> dict[str, float]:
    """Weights under which the right sentences of answerable questions are likeliest among their candidates."""
    usable = [(_rows(a, names.choice), a.right, a.weight) for a in asked if a.right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right, weight in usable:
            scores = rows @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            chance = share[right].sum()
            total -= weight * np.log(chance + 1e-12)
            slope -= weight * (rows.T @ (np.where(right, share / chance, 0.0) - share))
        return total / len(usable) + 1e-3 * weights @ weights, slope / len(usable) + 2e-3 * weights

    found = minimize(loss, np.zeros(len(names.choice)), jac=True, method="L-BFGS-B").x
    return dict(zip(names.choice, found.tolist(), strict=True))


def fit_support(asked: Sequence[Asked], choice: dict[str, float], names: Names) -> dict[str, float]:
    """Logistic weights, with a "bias", for whether the best choice is right."""
    rows, right = _best(asked, choice, names)
    weights = np.array([a.weight for a in asked if len(a.signals)])
    inputs = np.hstack([rows, np.ones((len(rows), 1))])
    return dict(zip([*names.support, "bias"], _logistic(inputs, right, weights).tolist(), strict=True))


def _logistic(
    inputs: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression, lightly held near 0 but for the last, the bias."""
    signs = np.where(right, 1.0, -1.0)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (inputs @ w)
        chance = 1 / (1 + np.exp(margin))
        penalty = 2e-3 * np.r_[w[:-1], 0.0]
        value = float((weights * np.logaddexp(0, -margin)).sum() / weights.sum() + 1e-3 * w[:-1] @ w[:-1])
        return value, -(inputs * (weights * signs * chance)[:, None]).sum(0) / weights.sum() + penalty

    return minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B").x


def fit_thresholds(calibration: Calibration, news: Sequence[tuple[Path, Path]], reader_name: str) -> dict[str, float]:
    """One kind's after another, the others held."""
    thresholds = dict(START)
    loaded = load_reader(reader_name)
    span_reader = _Remembering(loaded) if loaded else None
    key = "none" if span_reader is None else "spans"
    with ExitStack() as opened:
        bylines = []
        for _, articles in news:
            home = opened.enter_context(tempfile.TemporaryDirectory())
            bylines.append(opened.enter_context(Byline(Settings(byline_home=Path(home)))))
            bylines[-1].pipeline.run([str(articles)])
        embeddings = [_RememberingEmbeddings(byline.embeddings) for byline in bylines]

        def worth(thresholds: dict[str, float]) -> float:
            weights = {key: {**calibration[key], "thresholds": thresholds}}
            right: list[float] = []
            for (questions, _), byline, embedded in zip(news, bylines, embeddings, strict=True):
                dataset = open_dataset(questions)
                reader = SentenceReader(embedded, byline.retriever.idf, span_reader, weights)
                generator = ExtractiveGenerator(reader, byline.retriever.article, byline.retriever)
                chain = build_chain(byline.retriever, generator, AnswerOptions())
                outcomes = evaluate(dataset, Library(Assistant(chain, 10_000).ask, lambda _: (), {}))
                right += [outcome.scores["right"] for outcome in outcomes]
            return float(np.mean(right))

        for kind, grid in GRIDS.items():
            found = {value: worth({**thresholds, kind: value}) for value in grid}
            thresholds[kind] = _cautious(found, thresholds[kind])
            print(
                f"{key} {kind}: " + ", ".join(f"{value:.2f} {score:.3f}" for value, score in found.items()), flush=True
            )
    return thresholds


def _cautious(found: dict[float, float], start: float) -> float:
    """The highest threshold that does about as well as the best: a wrong answer is worse than a decline.

    Neighbours are averaged, as a few hundred questions make a ragged curve; where all do equally well, `start`.
    """
    values = list(found.values())
    if max(values) - min(values) < _AS_WELL:
        return start
    smooth = {value: float(np.mean(values[max(0, i - 1) : i + 2])) for i, value in enumerate(found)}
    return max(value for value, score in smooth.items() if score >= max(smooth.values()) - _AS_WELL)


def _rows(asked: Asked, names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[signals[name] for name in names] for signals in asked.signals])


def _best(
    asked: Sequence[Asked], choice: dict[str, float], names: Names
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The evidence of each question's best choice, margin included, and whether it is right."""
    rows, right = [], []
    for a in asked:
        if not len(a.signals):
            continue
        scores = _rows(a, names.choice) @ np.array([choice[name] for name in names.choice])
        best = int(scores.argmax())
        second = float(np.sort(scores)[-2]) if len(scores) > 1 else float(scores[best])
        evidence = {**a.signals[best], "margin": min(MAX_MARGIN, float(scores[best]) - second)}
        rows.append([evidence[name] for name in names.support])
        right.append(bool(a.right[best]))
    return np.array(rows), np.array(right, bool)


def cross_validated(asked: Sequence[Asked], names: Names) -> dict[str, float]:
    """Sentence hit of answerable questions, AUROC for answerability and for rightness, over held-out folds."""
    hits: list[float] = []
    support: list[float] = []
    right: list[bool] = []
    answerable: list[bool] = []
    for fold in range(_FOLDS):
        train, held = [a for a in asked if a.fold != fold], [a for a in asked if a.fold == fold and len(a.signals)]
        if not held:
            continue
        choice = fit_choice(train, names)
        weights = fit_support(train, choice, names)
        rows, good = _best(held, choice, names)
        found = rows @ np.array([weights[name] for name in names.support]) + weights["bias"]
        support += found.tolist()
        right += good.tolist()
        answerable += [a.answerable for a in held]
        hits += [float(g) for g, a in zip(good, held, strict=True) if a.answerable]
    return {
        "sentence hit": float(np.mean(hits)),
        "answerability AUROC": metrics.auroc(support, answerable),
        "right-choice AUROC": metrics.auroc(support, right),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--squad", type=Path, required=True)
    parser.add_argument("--news", type=Path, nargs=2, required=True, action="append", metavar=("SET", "ARTICLES"))
    parser.add_argument(
        "--asked",
        type=Path,
        nargs=2,
        action="append",
        metavar=("SET", "ARTICLES"),
        help="questions as people ask them, for the thresholds and for words; the --news sets, if not given",
    )
    parser.add_argument("--thresholds", action="store_true", help="only the thresholds; the weights stay")
    parser.add_argument("--questions", type=int, default=100, help="questions sampled from each SQuAD article")
    parser.add_argument("--news-weight", type=float, default=4.0, help="how much a news question counts")
    parser.add_argument("--reader", default=BUNDLED_READER)
    parser.add_argument("--only", choices=("spans", "none"), help="fit this part, and leave the other as it is")
    parser.add_argument("--write", action="store_true", help="write retrieval/calibration.json")
    arguments = parser.parse_args()
    made_by = "python -m benchmarks.calibrate " + " ".join(Path(a).name if "/" in a else a for a in sys.argv[1:])
    written: dict[str, Any] = json.loads(CALIBRATION.read_text("utf-8"))
    as_people_ask = arguments.asked or arguments.news
    print("| reader | questions | sentence hit | answerability AUROC | right-choice AUROC |\n|---|---|---|---|---|")
    for key, name in (("spans", arguments.reader), ("none", NO_READER)):
        if arguments.only not in (None, key):
            continue
        if arguments.thresholds:
            found = fit_thresholds(written, as_people_ask, name)
            written[key] |= {"thresholds": found, "thresholds_made_by": made_by}
            continue
        squad = list(read_squad(arguments.squad, arguments.questions, name))
        asked = squad + [
            a
            for questions, articles in arguments.news
            for a in read_news(questions, articles, name, arguments.news_weight)
        ]
        names = Names(CHOICE_SIGNALS[key], SUPPORT_SIGNALS[key])
        figures = cross_validated(squad, names)
        print(
            f"| {name} | {len(squad)} | " + " | ".join(f"{value:.3f}" for value in figures.values()) + " |", flush=True
        )
        choice = fit_choice(asked, names)
        support = fit_support(asked, choice, names)
        written[key] = {
            "made_by": made_by,
            "choice": _rounded(choice),
            "support": _rounded(support),
            "thresholds": START,
        }
        written[key]["said"] = START_SAID
        written[key]["said"] = _rounded(fit_said(written, as_people_ask, name))
        written[key] |= {
            "thresholds": fit_thresholds(written, as_people_ask, name),
            "measured": _rounded(figures),
        }
    if arguments.write:
        CALIBRATION.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
        print(f"\nwritten to {CALIBRATION}")


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in values.items()}


if __name__ == "__main__":
    main()
