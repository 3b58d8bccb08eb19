from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_a_folder_is_added_once_and_then_unchanged(run: Run, news: Path) -> None:
    code, out, _ = run("add", str(news))
    assert code == 0
    assert "added     Old pier to close for repairs" in out
    assert out.endswith("2 added, 0 unchanged, 0 updated, 0 failed\n")
    assert run("add", str(news))[1].endswith("0 added, 2 unchanged, 0 updated, 0 failed\n")


def test_a_changed_file_is_updated(run: Run, news: Path) -> None:
    run("add", str(news))
    pier = news / "pier.txt"
    pier.write_text(pier.read_text().replace("seven weeks", "nine weeks"))
    assert "0 added, 1 unchanged, 1 updated, 0 failed" in run("add", str(news))[1]
    assert "nine weeks" in run("ask", "How long will the old pier at Gullhaven close?")[1]


def test_a_bad_file_never_stops_the_rest_and_gives_code_1(run: Run, news: Path) -> None:
    (news / "empty.txt").write_text("")
    (news / "picture.txt").write_bytes(b"\x89PNG\x00\x00\x01" * 40)
    (news / "broken.txt").write_bytes("Größe und Übermut, schön\n".encode() * 9 + b"\xff\xfe")
    code, out, _ = run("add", str(news), str(news / "missing.txt"))
    assert code == 1
    assert "2 added, 0 unchanged, 0 updated, 4 failed" in out
    for reason in ("is empty", "is a binary file", "is not valid UTF-8", "does not exist"):
        assert reason in out


def test_a_folder_without_articles_fails_with_what_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    code, out, _ = run("add", str(tmp_path / "bare"))
    assert code == 1
    assert "holds no articles. Byline reads .htm, .html, .markdown, .md, .text, .txt files." in out


def test_a_file_of_200_mb_is_refused_by_its_size(run: Run, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(200_000_000)
    code, out, _ = run("add", str(big))
    assert code == 1
    assert "has 200 MB, more than the 2 MB Byline takes" in out
