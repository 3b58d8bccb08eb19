"""Fifty processes are killed while they add articles; the library is whole after each."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.chunking import Chunking
from retrieval.retriever import Retriever, RetrieverOptions
from retrieval.store import ChromaStore, open_store
from tests.fakes import HashEmbeddings

ROOT = Path(__file__).parents[2]
KILLS = 50
ARTICLES = 30
#: Seconds from the first article on; a whole add of 30 takes about a second.
LATEST = 0.9


def write_articles(folder: Path, round_: int) -> None:
    """Thirty articles, of which a third is new in every round, a third changed, and a third as it was."""
    for number in range(ARTICLES):
        name, issue = (round_, round_) if number % 3 == 0 else (0, round_ if number % 3 == 1 else 0)
        stones = " ".join(f"Stone {n} of issue {issue} was set at weir {number} by lamplight." for n in range(30))
        path = folder / f"{number % 3}-{name:02}-{number:02}.txt"
        path.write_text(f"Weir {number} mended in round {name}\n\nOSSBY - {stones}\n\nIt holds.\n")


def kill_while_adding(home: Path, folder: Path, delay: float) -> bool:
    """Whether the process had finished before it was killed."""
    command = [sys.executable, "-m", "tests.integration.adding", str(home), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "adding\n"
        time.sleep(delay)
        process.kill()
        return "finished" in process.stdout.read()


def assert_whole(store: ChromaStore) -> None:
    versions, articles = store.versions(), store.articles()
    assert {article.id for article in articles} == versions.keys()
    expected = {p.id: p for article in articles for p in Chunking().passages(article, versions[article.id])}
    assert {passage.id: passage for passage in store.passages(versions)} == expected
    assert set(store._passages.collection.get(include=[])["ids"]) == expected.keys()


def test_fifty_kills_leave_no_half_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, folder, moments = tmp_path / "home", tmp_path / "news", random.Random(20240604)
    folder.mkdir()
    interrupted = grew = held = 0
    swept: list[int] = []
    sweep = ChromaStore.sweep
    monkeypatch.setattr(ChromaStore, "sweep", lambda store: swept.append(sweep(store)))
    for round_ in range(1, KILLS + 1):
        for old in folder.glob("0-*.txt"):
            old.unlink()
        write_articles(folder, round_)
        finished = kill_while_adding(home, folder, moments.uniform(0, LATEST))
        with open_store(home, "", HashEmbeddings.name) as store:
            assert_whole(store)
            articles = store.articles()
            retriever = Retriever(store, HashEmbeddings(), RetrieverOptions())
            assert all(retriever.retrieve(f"{a.title} by lamplight", article_id=a.id) for a in articles[:1])
        store._client.close()  # the next process writes: this one must read it anew
        interrupted += not finished
        grew += not finished and len(articles) > held
        held = len(articles)
    assert interrupted >= KILLS * 0.6, "too few processes were killed before they had finished"
    assert grew >= KILLS * 0.3, "too few processes had added an article before they were killed"
    assert sum(map(bool, swept)) >= KILLS * 0.1, "too few processes were killed in the middle of an article"
