"""The same library on a real Chroma server."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.chunking import Chunking
from retrieval.errors import LibraryError, ModelMismatch
from retrieval.ingestion import IngestionPipeline, Outcome
from retrieval.retriever import Retriever, RetrieverOptions
from retrieval.store import ChromaStore, open_store
from tests.fakes import HashEmbeddings
from tests.retrieval.test_store import TRAM, WEIR, held, put, tear


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    chroma = str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder) as server:
        try:
            deadline = time.monotonic() + 30
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert server.poll() is None, "the server stopped"
                    assert time.monotonic() < deadline, "the server never answered"
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


@pytest.fixture
def served(url: str, tmp_path: Path) -> Iterator[ChromaStore]:
    with open_store(tmp_path / "home", url, HashEmbeddings.name) as opened:
        yield opened
        for article in opened.articles():
            opened.remove(article.id)


def test_add_update_and_remove_hold_on_a_server(served: ChromaStore) -> None:
    put(served, WEIR)
    kept = put(served, TRAM)
    changed = replace(WEIR, text=WEIR.text.replace("Monday", "Friday"))
    new = put(served, changed, "v2")
    assert held(served) == {passage.id for passage in [*kept, *new]}
    assert served.article(WEIR.id) == changed
    served.remove(WEIR.id)
    assert held(served) == {passage.id for passage in kept}
    assert served.versions() == {TRAM.id: "v1"}


def test_a_file_is_added_once_and_retrieved_from_a_server(served: ChromaStore, tmp_path: Path) -> None:
    story = tmp_path / "weir.txt"
    story.write_text(WEIR.text)
    pipeline = IngestionPipeline(served, HashEmbeddings(), Chunking(), 1_000_000)
    assert [pipeline.add(str(story)).outcome for _ in range(2)] == [Outcome.ADDED, Outcome.UNCHANGED]
    retriever = Retriever(served, HashEmbeddings(), RetrieverOptions())
    best = retriever.retrieve("who mended the weir?")[0]
    assert "Divers mended the weir" in best.passage.text
    assert best.dense > 0
    assert best.bm25 > 0


def test_a_retriever_sees_what_another_client_adds(served: ChromaStore, url: str, tmp_path: Path) -> None:
    retriever = Retriever(served, HashEmbeddings(), RetrieverOptions())
    assert retriever.retrieve("tram") == []
    with open_store(tmp_path / "home", url, HashEmbeddings.name) as other:
        put(other, TRAM)
    assert retriever.retrieve("tram")[0].passage.article_id == TRAM.id


def test_a_server_needs_no_lock_and_no_folder(served: ChromaStore, tmp_path: Path) -> None:
    assert not (tmp_path / "home").exists()


def test_another_embedding_model_is_refused_on_a_server_too(served: ChromaStore, url: str, tmp_path: Path) -> None:
    put(served, WEIR)
    with pytest.raises(ModelMismatch, match=rf"{url} was built with.*Restore the setting"):
        open_store(tmp_path / "home", url, "other-model")


def test_passages_another_client_is_writing_right_now_are_not_swept(
    served: ChromaStore, url: str, tmp_path: Path
) -> None:
    torn = {passage.id for passage in tear(served, WEIR, "v1")}
    with open_store(tmp_path / "home", url, HashEmbeddings.name) as other:
        assert held(other) == torn
    served._passages.collection.delete(ids=list(torn))


def test_a_server_that_does_not_answer_is_named_with_a_next_step(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(
        LibraryError, match=rf"No Chroma server answers at CHROMA_URL {url}\. Start one with `chroma run`"
    ):
        open_store(tmp_path, url, HashEmbeddings.name)


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none_is_refused_with_an_example(tmp_path: Path, url: str) -> None:
    with pytest.raises(LibraryError, match=r"not an http address\. Set it like http://"):
        open_store(tmp_path, url, HashEmbeddings.name)
