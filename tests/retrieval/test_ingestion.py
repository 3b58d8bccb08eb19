"""Locations → articles in the library."""

from pathlib import Path

import pytest

from retrieval.chunking import Chunking
from retrieval.ingestion import Ingested, IngestionPipeline, Outcome
from retrieval.store import ChromaStore
from tests.fakes import HashEmbeddings
from tests.retrieval.test_store import held

WEIR = "Weir mended\n\nOSSBY - Divers mended the weir at Ossby on Monday after a week of rain in the hills.\n"
TRAM = "Tram opens\n\nEASTMOOR - The first tram to Eastmoor left the depot at dawn, nine years late.\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "weir.txt").write_text(WEIR)
    (folder / "tram.txt").write_text(TRAM)
    return folder


def outcomes(items: list[Ingested]) -> dict[str, Outcome]:
    return {Path(item.location).name: item.outcome for item in items}


def test_a_folder_is_added_and_the_same_folder_again_changes_nothing(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    assert pipeline.run([str(news)]).count(Outcome.ADDED) == 2
    before, generation = held(store), store.generation
    assert pipeline.run([str(news)]).count(Outcome.UNCHANGED) == 2
    assert (held(store), store.generation) == (before, generation)


def test_a_changed_file_is_updated_and_its_old_words_are_gone(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    pipeline.run([str(news)])
    (news / "weir.txt").write_text(WEIR.replace("Monday", "Friday"))
    assert outcomes(pipeline.run([str(news)]).items) == {"tram.txt": Outcome.UNCHANGED, "weir.txt": Outcome.UPDATED}
    words = " ".join(passage.text for passage in store.passages(store.versions()))
    assert "Friday" in words
    assert "Monday" not in words
    assert len(held(store)) == 2


def test_another_way_of_cutting_updates_every_article(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    pipeline.run([str(news)])
    finer = IngestionPipeline(store, HashEmbeddings(), Chunking(30), 1_000_000)
    assert finer.run([str(news)]).count(Outcome.UPDATED) == 2
    assert all(len(passage.text) <= 30 for passage in store.passages(store.versions()))


def test_a_copy_elsewhere_is_not_added_twice_and_the_report_names_the_first(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    pipeline.run([str(news)])
    (news / "zz.txt").write_text(WEIR)
    copy = pipeline.add(str(news / "zz.txt"))
    assert copy.outcome is Outcome.UNCHANGED
    assert copy.reason == f"the same text as {news / 'weir.txt'}"
    assert len(store.articles()) == 2


def test_one_bad_file_is_reported_and_stops_nothing(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    (news / "a-binary.txt").write_bytes(b"PK\x00\x00")
    (news / "b-empty.md").write_bytes(b"")
    (news / "c-huge.txt").write_bytes(b"x" * 1_000_001)
    report = pipeline.run([str(news), str(news / "gone.txt"), "https://ossby.example/weir"])
    failed = {Path(item.location).name: item.reason for item in report.items if item.outcome is Outcome.FAILED}
    assert failed.keys() == {"a-binary.txt", "b-empty.md", "c-huge.txt", "gone.txt", "weir"}
    assert all(name in reason for name, reason in failed.items())
    assert report.count(Outcome.ADDED) == len(store.articles()) == 2


def test_a_file_that_turns_bad_keeps_its_earlier_version(
    pipeline: IngestionPipeline, store: ChromaStore, news: Path
) -> None:
    pipeline.run([str(news)])
    before = store.articles()
    (news / "weir.txt").write_bytes(b"\x00")
    assert pipeline.add(str(news / "weir.txt")).outcome is Outcome.FAILED
    assert store.articles() == before


def test_progress_is_told_of_every_item_in_order(pipeline: IngestionPipeline, news: Path) -> None:
    told: list[Ingested] = []
    report = pipeline.run([str(news), str(news / "gone.txt")], told.append)
    assert told == report.items
    assert len(told) == 3


def test_what_is_stored_is_what_chunking_gives(pipeline: IngestionPipeline, store: ChromaStore, news: Path) -> None:
    pipeline.run([str(news)])
    versions = store.versions()
    expected = [p for a in store.articles() for p in Chunking().passages(a, versions[a.id])]
    assert sorted(store.passages(versions), key=lambda p: p.id) == sorted(expected, key=lambda p: p.id)
