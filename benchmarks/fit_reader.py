"""Fit and measure the linear sentence reader on SQuAD 2.0: `python benchmarks/fit_reader.py SQUAD.json`.

Every SQuAD article becomes one Byline article; a question is asked of it with Byline's own retrieval,
and the reader chooses among the sentences retrieved. Two figures: sentence hit (an answerable
question's chosen sentence holds an accepted answer) and AUROC of answerability. Weights are fitted on
half of the articles (conditional logistic regression) and measured on the other half.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from scipy.optimize import minimize

from bot.answering.facts import pool
from retrieval.bm25 import BM25Index
from retrieval.chunking import Chunking, embedded_text
from retrieval.embedding import OnnxEmbeddings
from retrieval.fusion import reciprocal_rank_fusion
from retrieval.page.reading import read_page
from retrieval.reader import CHOICE, SentenceReader
from retrieval.types import Article, Block, Page, ScoredPassage

NAMES = list(CHOICE)
Asked = tuple[NDArray[np.float64], NDArray[np.bool_], bool]  # signals a row, which rows are right, answerable


def read_article(entry: dict, embeddings: OnnxEmbeddings, questions: int, rng: random.Random) -> list[Asked]:
    """The signals of every candidate of up to `questions` questions about one article."""
    title = entry["title"].replace("_", " ")
    blocks = [Block(" ".join(paragraph["context"].split())) for paragraph in entry["paragraphs"]]
    article = read_page(Page((Block(title, 1), *blocks)), title)
    passages = Chunking(4000).passages(article, "1")
    texts = [embedded_text(article.headline, passage.text) for passage in passages]
    vectors, index = embeddings.embed_documents(texts), BM25Index([passage.id for passage in passages], texts)
    reader = SentenceReader(embeddings, index.idf)
    by_id = {passage.id: passage for passage in passages}
    asked = [question for paragraph in entry["paragraphs"] for question in paragraph["qas"]]
    found = []
    for question in rng.sample(asked, min(questions, len(asked))):
        cosines = vectors @ embeddings.embed_query(question["question"])
        dense = [passages[i].id for i in np.argsort(-cosines)[:50]]
        keyword = [id_ for id_, _ in index.rank(question["question"], 50)]
        cosine = {passage.id: float(c) for passage, c in zip(passages, cosines, strict=True)}
        ranked = reciprocal_rank_fusion([dense, keyword])[:8]
        scored = [ScoredPassage(by_id[id_], score, cosine[id_]) for id_, score in ranked]
        found.append(_signals(question, scored, article, reader))
    return found


def _signals(question: dict, scored: list[ScoredPassage], article: Article, reader: SentenceReader) -> Asked:
    candidates = pool(question["question"], scored, {article.id: article})
    likely, signals = reader.signals(question["question"], candidates, 14)
    answers = [" ".join(answer["text"].split()) for answer in question["answers"]]
    right = np.array([any(answer in candidates[i].text for answer in answers) for i in likely], bool)
    rows = np.array([[signal[name] for name in NAMES] for signal in signals])
    return rows, right & (not question["is_impossible"]), not question["is_impossible"]


def fit(asked: list[Asked]) -> NDArray[np.float64]:
    """Weights under which the right sentences of answerable questions are likeliest among their candidates."""
    usable = [(rows, right) for rows, right, _ in asked if right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right in usable:
            scores = rows @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            chance = share[right].sum()
            total -= np.log(chance + 1e-12)
            slope -= rows.T @ (np.where(right, share / chance, 0.0) - share)
        return total / len(usable) + 1e-3 * weights @ weights, slope / len(usable) + 2e-3 * weights

    return np.asarray(minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x)


def measure(asked: list[Asked], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Sentence hit over answerable questions, and AUROC of the best score for answerability."""
    best = [int(np.argmax(rows @ weights)) for rows, _, _ in asked]
    hits = [bool(right[i]) for (_, right, answerable), i in zip(asked, best, strict=True) if answerable]
    scores = np.array([float(rows[i] @ weights) for (rows, _, _), i in zip(asked, best, strict=True)])
    labels = np.array([answerable for _, _, answerable in asked])
    ranks = scores.argsort().argsort()
    positives = int(labels.sum())
    auroc = (ranks[labels].mean() - (positives - 1) / 2) / (len(labels) - positives)
    return float(np.mean(hits)), float(auroc)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--questions", type=int, default=80, help="questions sampled from each article")
    arguments = parser.parse_args()
    embeddings, rng = OnnxEmbeddings(user_cache_path("byline")), random.Random(1)
    entries = json.loads(arguments.squad.read_text(encoding="utf-8"))["data"]
    groups = [read_article(entry, embeddings, arguments.questions, rng) for entry in entries]
    train = [asked for group in groups[::2] for asked in group]
    held = [asked for group in groups[1::2] for asked in group]
    fitted = fit(train)
    shipped = np.array(list(CHOICE.values()))
    similarity = np.array([1.0 if name == "similarity" else 0.0 for name in NAMES])
    print(f"{len(train)} questions to fit on, {len(held)} of other articles to measure on\n")
    print("| weights | sentence hit | AUROC |\n|---|---|---|")
    for name, weights in (("similarity alone", similarity), ("shipped", shipped), ("fitted here", fitted)):
        hit, auroc = measure(held, weights)
        print(f"| {name} | {hit:.3f} | {auroc:.3f} |")
    print("\nfitted: " + ", ".join(f"{name} {weight:.2f}" for name, weight in zip(NAMES, fitted, strict=True)))


if __name__ == "__main__":
    main()
