"""Files and folders → bytes."""

import os
from pathlib import Path

import pytest

from retrieval.errors import SourceError
from retrieval.sources import expand, open_source

LIMIT = 1_000_000


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The weir holds.")


def test_a_folder_stands_for_the_articles_below_it_in_name_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a.md", "deep/c.TXT", "photo.png", "notes")
    assert expand(str(tmp_path)) == [str(tmp_path / name) for name in ("a.md", "b.txt", "deep/c.TXT")]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", ".hidden.txt", ".git/b.txt", "deep/.c.md")
    assert expand(str(tmp_path)) == [str(tmp_path / "a.txt")]


def test_a_folder_inside_a_hidden_folder_can_still_be_named(tmp_path: Path) -> None:
    touch(tmp_path, ".news/a.txt")
    assert expand(str(tmp_path / ".news")) == [str(tmp_path / ".news" / "a.txt")]


def test_one_file_has_one_location_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.txt", "deep/b.txt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert expand("a.txt") == expand("./deep/../a.txt") == expand("~/a.txt") == [str(tmp_path / "a.txt")]


def test_a_folder_without_articles_is_refused_naming_the_types(tmp_path: Path) -> None:
    touch(tmp_path, "photo.png")
    with pytest.raises(SourceError, match=r"holds no articles.*\.markdown, \.md, \.text, \.txt"):
        expand(str(tmp_path))


def test_an_address_is_refused_naming_what_is_read() -> None:
    for refuse in (expand, lambda location: open_source(location, LIMIT)):
        with pytest.raises(SourceError, match=r"ossby\.example is not a location.*Give a file"):
            refuse("ftp://ossby.example")


def test_a_file_gives_its_bytes_and_its_type(tmp_path: Path) -> None:
    touch(tmp_path, "a.md", "b")
    markdown = open_source(str(tmp_path / "a.md"), LIMIT)
    assert (markdown.data, markdown.media_type) == (b"The weir holds.", "text/markdown")
    assert open_source(str(tmp_path / "b"), LIMIT).media_type == "text/plain"


def test_a_missing_file_is_refused_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.txt does not exist\. Check the path"):
        open_source(str(tmp_path / "gone.txt"), LIMIT)


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError, match="not a regular file"):
        open_source(str(tmp_path / "pipe.txt"), LIMIT)


def test_an_unreadable_file_is_refused_naming_file_and_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.txt")

    def refuse(path: Path) -> bytes:  # chmod stops everybody but root, and tests may run as root
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"a\.txt cannot be read: Permission denied\. Check its permissions"):
        open_source(str(tmp_path / "a.txt"), LIMIT)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_read_permission_is_refused(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(SourceError, match="Permission denied"):
        open_source(str(tmp_path / "a.txt"), LIMIT)


def test_a_huge_file_is_refused_by_its_size_without_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.txt").open("wb") as sparse:
        sparse.truncate(200_000_000)

    def forbidden(path: Path) -> bytes:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(SourceError, match=r"huge\.txt has 200 MB, more than the 1 MB.*MAX_FILE_MB"):
        open_source(str(tmp_path / "huge.txt"), LIMIT)


def test_a_file_of_just_the_limit_is_taken(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    assert len(open_source(str(tmp_path / "a.txt"), 15).data) == 15
    with pytest.raises(SourceError):
        open_source(str(tmp_path / "a.txt"), 14)
