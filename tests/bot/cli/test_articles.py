import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_articles_are_listed_newest_first(run: Run, news: Path) -> None:
    run("add", str(news))
    lines = run("articles")[1].splitlines()
    assert ["2023-05-12" in lines[0], "2023-04-30" in lines[1]] == [True, True]


def test_the_list_as_json_has_the_metadata(run: Run, news: Path) -> None:
    run("add", str(news))
    pier = json.loads(run("articles", "--json")[1])[0]
    assert pier["headline"] == "Old pier to close for repairs"
    assert (pier["publication"], pier["published"], pier["dateline"]) == (
        "The Gullhaven Post",
        "2023-05-12",
        "GULLHAVEN",
    )
    assert pier["authors"] == ["Nora Finch"]


def test_an_empty_library_says_what_to_do(run: Run) -> None:
    assert "byline add" in run("articles")[2]


def test_an_article_is_removed_by_the_beginning_of_its_id(run: Run, news: Path) -> None:
    run("add", str(news))
    id_ = run("articles")[1].split()[0]
    assert run("remove", id_[:5]) == (0, "removed   Old pier to close for repairs\n", "")
    assert len(run("articles")[1].splitlines()) == 1
    assert run("ask", "what did Petra Lindqvist say?")[1].startswith("The articles don't say.")


def test_an_article_that_is_not_there_cannot_be_removed(run: Run) -> None:
    assert run("remove", "abc")[0] == 2
