from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_what_somebody_said_is_listed_nearest_to_the_topic_first(run: Run, news: Path) -> None:
    run("add", str(news))
    code, out, _ = run("said", "lindqvist", "beams failed a test")
    assert code == 0
    assert out.index("214 beams") < out.index("my own children")
    assert "Petra Lindqvist · Old pier to close for repairs · The Gullhaven Post · 2023-05-12 · paragraph" in out
    assert "Nobody asked us" not in out


def test_without_a_topic_everything_comes_in_order(run: Run, news: Path) -> None:
    run("add", str(news))
    out = run("said", "Ms Lindqvst")[1]
    assert out.index("214 beams") < out.index("my own children") < out.index("drive a van")
    assert len(run("said", "Lindqvist", "--limit", "1")[1].strip().splitlines()) == 2


def test_speakers_are_listed_the_most_quoted_first(run: Run, news: Path) -> None:
    run("add", str(news))
    names = [line.split("  ")[1].strip() for line in run("speakers")[1].splitlines() if line.strip()]
    assert names[0] == "Petra Lindqvist" or "Petra Lindqvist" in run("speakers")[1].splitlines()[0]
    assert "Omar Reyes" not in run("speakers", "brandt")[1]


def test_somebody_who_is_not_quoted_is_named_with_the_next_step(run: Run, news: Path) -> None:
    run("add", str(news))
    code, _, err = run("said", "Putin")
    assert code == 2
    assert "Nobody called 'Putin' is quoted in the library. `byline speakers` lists who is." in err
