import hashlib
from pathlib import Path

import httpx
import pytest

from training.fetch import fetch, sources

CONTENT = b'{"data": []}'
SOURCE = {"file": "a.json", "url": "https://example.com/a.json", "sha256": hashlib.sha256(CONTENT).hexdigest()}


def client(status: int, content: bytes) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, content=content)))


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    fetch(SOURCE, tmp_path, client(200, CONTENT))
    assert (tmp_path / "a.json").read_bytes() == CONTENT
    fetch(SOURCE, tmp_path, client(500, b""))


def test_a_file_of_a_folder_is_fetched_into_it(tmp_path: Path) -> None:
    fetch({**SOURCE, "file": "set/a.json"}, tmp_path, client(200, CONTENT))
    assert (tmp_path / "set" / "a.json").read_bytes() == CONTENT


def test_another_file_is_refused_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="another file"):
        fetch(SOURCE, tmp_path, client(200, b"changed"))
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="answers 404"):
        fetch(SOURCE, tmp_path, client(404, b""))


def test_every_source_names_a_fixed_commit_and_its_licence() -> None:
    assert len(sources()) == len({source["file"] for source in sources()})
    for source in sources():
        assert source["url"].split("/")[5].isalnum()
        assert len(source["url"].split("/")[5]) == 40
        assert source["licence"]
