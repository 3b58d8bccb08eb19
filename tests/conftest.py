"""Shared fixtures: real Chroma in a fresh folder, fake embeddings; the real model only where a test asks for it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.chunking import Chunking
from retrieval.ingestion import IngestionPipeline
from retrieval.store import ChromaStore, open_store
from tests.fakes import HashEmbeddings

ROOT = Path(__file__).parent.parent
#: A real newspaper page that is not ours to copy; tests that need it are skipped where it is absent.
REAL_PAGE = ROOT.parent / "shared" / "articles" / "china-us-end-cyber-security-meetings.txt"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the developer's library, settings or terminal habits."""
    for name in (
        "CHROMA_URL",
        "EMBEDDING_MODEL",
        "READER_MODEL",
        "MIN_SUPPORT",
        "TOP_K",
        "PASSAGE_CHARS",
        "NO_COLOR",
        "FORCE_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in os.environ if name.startswith("SLACK_") or name in ("DATABASE_URL", "PORT")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BYLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaStore]:
    with open_store(tmp_path / "home", "", HashEmbeddings.name) as opened:
        yield opened


@pytest.fixture
def pipeline(store: ChromaStore) -> IngestionPipeline:
    return IngestionPipeline(store, HashEmbeddings(), Chunking(), max_bytes=1_000_000)


@pytest.fixture
def real_page() -> Path:
    if not REAL_PAGE.exists():
        pytest.skip(f"the real newspaper page is not here: {REAL_PAGE}")
    return REAL_PAGE
