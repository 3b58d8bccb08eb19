"""The library in Chroma: real Chroma, embedded."""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.chunking import Chunking
from retrieval.errors import LibraryError, LibraryLocked, ModelMismatch, StorageFull, UnknownArticle
from retrieval.quotes.attribution import quotations
from retrieval.retriever import Retriever, RetrieverOptions
from retrieval.store import ChromaStore, open_store
from retrieval.types import Article, Passage
from tests.fakes import HashEmbeddings, article_from
from tests.retrieval.test_lock import another_process_holding

ROOT = Path(__file__).parents[2]
WEIR = article_from(
    "Weir mended\n\nOSSBY - Divers mended the weir at Ossby on Monday after a week of rain in the hills.\n\n"
    '"It held," said Ida Brandt, the warden. Ms Brandt said the gate had been stuck since March.',
    "/news/weir.txt",
)
TRAM = article_from(
    "Tram opens\n\nEASTMOOR - The first tram to Eastmoor left the depot at dawn, nine years late.", "/news/tram.txt"
)


def put(store: ChromaStore, article: Article, version: str = "v1") -> list[Passage]:
    passages = Chunking().passages(article, version)
    vectors = HashEmbeddings().embed_documents([passage.text for passage in passages])
    said = quotations(article)
    spoken = HashEmbeddings().embed_documents([article.words(quotation.sentence) for quotation in said])
    store.add(article, version, HashEmbeddings().embed_query(article.title), (passages, vectors), (said, spoken))
    return passages


def held(store: ChromaStore) -> set[str]:
    """Ids of every passage in Chroma, committed or not."""
    return set(store._passages.collection.get(include=[])["ids"])


def reopen(store: ChromaStore, home: Path, model: str = HashEmbeddings.name) -> ChromaStore:
    store.close()
    store._client.close()
    return open_store(home, "", model)


def test_an_added_article_comes_back_with_its_passages(store: ChromaStore) -> None:
    passages = put(store, WEIR)
    assert store.article(WEIR.id) == WEIR
    assert store.versions() == {WEIR.id: "v1"}
    assert store.version(WEIR.id) == "v1"
    assert store.passages({WEIR.id: "v1"}) == passages != []


def test_an_article_outlives_its_process(store: ChromaStore, tmp_path: Path) -> None:
    passages = put(store, WEIR)
    with reopen(store, tmp_path / "home") as again:
        assert again.articles() == [WEIR]
        assert again.passages(again.versions()) == passages


def test_an_updated_article_keeps_no_old_passage(store: ChromaStore) -> None:
    old = put(store, WEIR)
    changed = replace(WEIR, text=WEIR.text.replace("Monday", "Friday"))
    new = put(store, changed, "v2")
    assert held(store) == {passage.id for passage in new}
    assert not held(store) & {passage.id for passage in old}
    assert store.articles() == [changed]


def test_removing_an_article_leaves_nothing_in_either_collection(store: ChromaStore) -> None:
    put(store, WEIR)
    kept = put(store, TRAM)
    assert store.remove(WEIR.id) == WEIR
    assert held(store) == {passage.id for passage in kept}
    assert store._articles.collection.get(include=[])["ids"] == [TRAM.id]
    store.remove(TRAM.id)
    assert (store._passages.collection.count(), store._articles.collection.count()) == (0, 0)


def test_an_unknown_article_is_refused_with_a_next_step(store: ChromaStore) -> None:
    for refuse in (store.article, store.remove):
        with pytest.raises(UnknownArticle, match=r"'nobody'.*`byline articles`"):
            refuse("nobody")
    assert store.version("nobody") is None


def test_articles_come_newest_first_and_undated_last(store: ChromaStore) -> None:
    for number, day in enumerate([date(2020, 1, 1), None, date(2024, 1, 1)]):
        put(store, replace(TRAM, source=f"/news/{number}.txt", published=day))
    assert [article.published for article in store.articles()] == [date(2024, 1, 1), date(2020, 1, 1), None]


def test_a_copy_is_found_by_its_text(store: ChromaStore) -> None:
    put(store, WEIR)
    assert store.find_text(replace(WEIR, source="/copy").text_hash, ["everyone"]) == WEIR.id
    assert store.find_text(TRAM.text_hash, ["everyone"]) is None


def test_a_copy_that_another_audience_holds_is_not_told_of(store: ChromaStore) -> None:
    put(store, replace(WEIR, audience="channel:T/C1"))
    assert store.find_text(WEIR.text_hash, ["everyone", "channel:T/C2"]) is None
    assert store.find_text(WEIR.text_hash, ["channel:T/C1"]) is not None


def test_the_query_itself_leaves_out_what_others_may_see(store: ChromaStore) -> None:
    put(store, WEIR)
    put(store, replace(TRAM, audience="channel:T/C1"))
    vector = HashEmbeddings().embed_query(TRAM.text)
    owners = {id_.split(":")[0] for id_, _ in store.nearest(vector, 50, audiences=["everyone"])}
    assert owners == {WEIR.id}
    assert store.nearest(vector, 50, audiences=[]) == []
    assert [a.headline for a in store.articles(["everyone"])] == [WEIR.headline]


def test_one_location_for_two_audiences_makes_two_articles(store: ChromaStore) -> None:
    put(store, WEIR)
    put(store, replace(WEIR, audience="channel:T/C1"))
    assert len(store.articles()) == 2
    store.remove(replace(WEIR, audience="channel:T/C1").id)
    assert [a.audience for a in store.articles()] == ["everyone"]


def test_passages_from_before_there_were_audiences_are_everyones(tmp_path: Path) -> None:
    with open_store(tmp_path / "old", "", HashEmbeddings.name) as store:
        put(store, WEIR)
        held = store._passages.collection.get(include=["metadatas", "documents", "embeddings"])
        store._passages.collection.delete(ids=held["ids"])
        bare = [{k: v for k, v in m.items() if k != "audience"} for m in held["metadatas"]]
        store._passages.collection.add(
            ids=held["ids"], metadatas=bare, documents=held["documents"], embeddings=held["embeddings"]
        )
    with open_store(tmp_path / "old", "", HashEmbeddings.name) as store:
        assert store.nearest(HashEmbeddings().embed_query(WEIR.text), 5, audiences=["everyone"])


def test_every_change_advances_the_generation_and_reading_does_not(store: ChromaStore) -> None:
    seen = [store.generation]
    put(store, WEIR)
    seen.append(store.generation)
    put(store, WEIR, "v2")
    seen.append(store.generation)
    store.remove(WEIR.id)
    seen.append(store.generation)
    assert seen == sorted(set(seen))
    store.articles()
    assert store.generation == seen[-1]


def test_the_nearest_passage_comes_first_with_its_cosine(store: ChromaStore) -> None:
    put(store, TRAM)
    passage = put(store, WEIR)[0]
    vector = HashEmbeddings().embed_query(passage.text)
    nearest, cosine = store.nearest(vector, 5)[0]
    assert nearest == passage.id
    assert cosine == pytest.approx(1.0, abs=1e-5)
    assert len(store.nearest(vector, 5)) == 2
    assert [id_.split(":")[0] for id_, _ in store.nearest(vector, 5, TRAM.id)] == [TRAM.id]


def test_an_empty_library_has_no_nearest_passage(store: ChromaStore) -> None:
    assert store.nearest(HashEmbeddings().embed_query("weir"), 5) == []


def tear(store: ChromaStore, article: Article, version: str) -> list[Passage]:
    """What a process leaves that dies between the passages and the article record."""
    record, store._articles.collection = store._articles.collection, NoRecord()
    discard, store._discard = store._discard, lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(LibraryError):
        put(store, article, version)
    store._articles.collection, store._discard = record, discard  # type: ignore[method-assign]
    return Chunking().passages(article, version)


class NoRecord:
    def upsert(self, **_: Any) -> None:
        raise RuntimeError("killed")


def test_a_passage_without_its_article_is_never_retrieved_and_is_swept(store: ChromaStore, tmp_path: Path) -> None:
    whole = {passage.id for passage in put(store, TRAM)}
    torn = {passage.id for passage in tear(store, WEIR, "v1")}
    assert held(store) == whole | torn
    retriever = Retriever(store, HashEmbeddings(), RetrieverOptions())
    assert {scored.passage.id for scored in retriever.retrieve("divers mended the weir at Ossby")} <= whole
    with reopen(store, tmp_path / "home") as again:
        assert held(again) == whole


def test_a_torn_update_leaves_the_earlier_version_whole(store: ChromaStore, tmp_path: Path) -> None:
    before = put(store, WEIR)
    changed = replace(WEIR, text=WEIR.text.replace("Monday", "Friday"))
    tear(store, changed, "v2")
    retriever = Retriever(store, HashEmbeddings(), RetrieverOptions())
    assert [scored.passage for scored in retriever.retrieve("who mended the weir on Friday")] == before
    with reopen(store, tmp_path / "home") as again:
        assert held(again) == {passage.id for passage in before}
        assert again.articles() == [WEIR]


def test_another_embedding_model_is_refused_with_the_remedy(store: ChromaStore, tmp_path: Path) -> None:
    put(store, WEIR)
    with pytest.raises(ModelMismatch) as refusal:
        reopen(store, tmp_path / "home", "other-model")
    message = str(refusal.value)
    assert "'hash-64'" in message
    assert "EMBEDDING_MODEL is 'other-model'" in message
    assert "Restore the setting" in message
    assert "BYLINE_HOME" in message


def test_a_library_that_was_refused_can_be_opened_with_the_right_model(store: ChromaStore, tmp_path: Path) -> None:
    put(store, WEIR)
    with pytest.raises(ModelMismatch):
        reopen(store, tmp_path / "home", "other-model")
    with open_store(tmp_path / "home", "", HashEmbeddings.name) as again:
        assert again.articles() == [WEIR]


def test_an_empty_library_takes_another_embedding_model_of_another_size(store: ChromaStore, tmp_path: Path) -> None:
    put(store, WEIR)
    store.remove(WEIR.id)
    with reopen(store, tmp_path / "home", "other-model") as again:
        passage = Passage(WEIR.id, "v1", 0, 0, 4, "Weir")
        none = np.zeros((0, 3), np.float32)
        again.add(WEIR, "v1", np.ones(3, np.float32), ([passage], np.ones((1, 3), np.float32)), ([], none))
        assert again.passages(again.versions()) == [passage]


def test_a_library_that_another_process_holds_is_refused_naming_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with another_process_holding(home) as owner:
        with pytest.raises(LibraryLocked, match=rf"in use by process {owner.pid} .*CHROMA_URL"):
            open_store(home, "", HashEmbeddings.name)
        assert not (home / "chroma").exists()


def test_a_library_is_held_by_one_store_at_a_time(store: ChromaStore, tmp_path: Path) -> None:
    with pytest.raises(LibraryLocked, match="CHROMA_URL"):
        open_store(tmp_path / "home", "", HashEmbeddings.name)
    reopen(store, tmp_path / "home").close()


def test_a_corrupt_library_is_refused_with_a_next_step_and_left_untouched(tmp_path: Path) -> None:
    garbage = b"this is no database " * 500
    file = tmp_path / "home" / "chroma" / "chroma.sqlite3"
    file.parent.mkdir(parents=True)
    file.write_bytes(garbage)
    refusals: list[LibraryError] = []  # kept: what an error holds must not hold the lock
    for _ in range(2):
        with pytest.raises(
            LibraryError, match=r"cannot be opened.*Restore it from a backup, or move the folder"
        ) as caught:
            open_store(tmp_path / "home", "", HashEmbeddings.name)
        refusals.append(caught.value)
        assert file.read_bytes() == garbage
    assert not any(isinstance(refusal, LibraryLocked) for refusal in refusals)


def test_a_library_whose_tables_are_gone_is_refused(store: ChromaStore, tmp_path: Path) -> None:
    put(store, WEIR)
    store.close()
    store._client.close()
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy" / "chroma" / "chroma.sqlite3") as database:
        database.execute("DROP TABLE embedding_metadata")
    with (
        pytest.raises(LibraryError, match="Restore it from a backup"),
        open_store(tmp_path / "copy", "", "hash-64") as copy,
    ):
        copy.articles()


def test_a_folder_that_cannot_be_made_is_refused_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match=r"cannot be made: .*BYLINE_HOME"):
        open_store(tmp_path / "file" / "home", "", HashEmbeddings.name)


@pytest.mark.parametrize("collection", ["_passages", "_quotations", "_articles"])
def test_a_full_disk_is_said_plainly_and_the_article_is_absent(
    store: ChromaStore, monkeypatch: pytest.MonkeyPatch, collection: str
) -> None:
    whole = put(store, TRAM)

    def full(**_: Any) -> None:
        raise RuntimeError("error returned from database: (code: 13) database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(getattr(store, collection).collection, "upsert", full)
        with pytest.raises(StorageFull, match=r"is full\. Free some space, then add the article again"):
            put(store, WEIR)
    assert store.articles() == [TRAM]
    store.sweep()
    assert held(store) == {passage.id for passage in whole}
    put(store, WEIR)
    assert len(store.articles()) == 2


FILL = """
import os
import sys
from pathlib import Path
from retrieval.chunking import Chunking
from retrieval.errors import LibraryError
from retrieval.store import open_store
from tests.fakes import article_from
from tests.retrieval.test_store import held, put

mount = Path(sys.argv[1])
added, number = [], 0
store = open_store(mount / "home", "", "hash-64")
for left in (80_000, 160_000, 240_000, 320_000):
    disk = os.statvfs(mount)
    (mount / "ballast").write_bytes(bytes(disk.f_bavail * disk.f_frsize - left))
    for number in range(number, number + 200):
        story = " ".join(f"Stone {number}-{n} of the weir was set by lamplight." for n in range(60))
        article = article_from(f"Weir {number} mended\\n\\nOSSBY - {story}", f"/news/{number}.txt")
        try:
            put(store, article)
        except LibraryError:
            break
        added.append(article)
    else:
        sys.exit("the disk never filled")
    store.close()
    store._client.close()
    (mount / "ballast").unlink()
    store = open_store(mount / "home", "", "hash-64")
    assert {a.id for a in added} <= {a.id for a in store.articles()}, "an article was lost"
    whole = {p.id for a in store.articles() for p in Chunking().passages(a, "v1")}
    assert held(store) == whole, "passages lost or left behind"
    put(store, article)
    added.append(article)
    number += 1
print("whole", len(added))
"""


def test_a_disk_that_is_really_full_costs_nothing_that_was_added_before(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True).returncode:
        pytest.skip("a small disk needs `unshare -rm` (user and mount namespaces), which is not permitted here")
    mounted = 'mount -t tmpfs -o size=16m none "$0" && exec "$1" -c "$2" "$0"'
    child = subprocess.run(
        [unshare, "-rm", "sh", "-c", mounted, str(tmp_path), sys.executable, FILL],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stdout.startswith("whole")


@pytest.mark.parametrize("collection", ["_passages", "_quotations"])
def test_a_record_whose_rows_are_not_all_there_is_swept(tmp_path: Path, collection: str) -> None:
    with open_store(tmp_path / "torn", "", HashEmbeddings.name) as store:
        put(store, WEIR)
        rows = getattr(store, collection).collection
        rows.delete(ids=rows.get(include=[])["ids"][:1])
    with open_store(tmp_path / "torn", "", HashEmbeddings.name) as store:
        assert store.articles() == []
        assert held(store) == set()


def test_an_empty_library_takes_another_models_name(tmp_path: Path) -> None:
    open_store(tmp_path / "home", "", "a-model-that-never-loaded").close()
    with open_store(tmp_path / "home", "", HashEmbeddings.name) as store:
        put(store, TRAM)
        assert store.articles() == [TRAM]


def test_a_quotation_comes_back_as_it_was_found(store: ChromaStore) -> None:
    put(store, WEIR)
    found = [quotation for _, quotation in store.quotations(store.versions()).values()]
    assert sorted(found, key=lambda q: q.sentence.start) == list(quotations(WEIR)) != []
    assert store.quotations({WEIR.id: "v0"}) == {}


def test_quotations_are_searched_by_speaker_and_topic_within_audiences(store: ChromaStore) -> None:
    put(store, WEIR)
    vector = HashEmbeddings().embed_query("the gate was stuck since March")
    rows = store.quotations(store.versions())
    nearest = store.nearest_quotations(vector, 5, ["Ida Brandt"])
    assert WEIR.words(rows[nearest[0][0]][1].sentence).endswith("since March.")
    assert store.nearest_quotations(vector, 5, ["Somebody Else"]) == store.nearest_quotations(vector, 5, []) == []
    assert store.nearest_quotations(vector, 5, audiences=["channel:T/C"]) == []


def test_removing_an_article_removes_its_quotations(store: ChromaStore) -> None:
    put(store, WEIR)
    store.remove(WEIR.id)
    assert store._quotations.collection.count() == 0
