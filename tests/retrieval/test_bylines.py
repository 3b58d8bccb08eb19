"""Author and date lines as newspapers print them."""

from datetime import date

import pytest

from retrieval.bylines import find_authors, find_date, is_job_line, name_line, split_names, strip_dates


@pytest.mark.parametrize(
    "text",
    [
        "5 May 2023",
        "May 5, 2023",
        "May 05 2023",
        "5th of May, 2023",
        "FRIDAY 5 MAY 2023",
        "2023-05-05",
        "Published on 5 May 2023 at noon",
    ],
)
def test_a_date_is_read_in_any_usual_form(text: str) -> None:
    assert find_date(text) == date(2023, 5, 5)


@pytest.mark.parametrize(("text", "day"), [("25/12/2023", 25), ("12/25/2023", 25), ("31.12.2023", 31)])
def test_a_date_in_figures_counts_where_only_one_number_can_be_the_day(text: str, day: int) -> None:
    assert find_date(text) == date(2023, 12, day)


@pytest.mark.parametrize("text", ["03/04/2024", "3 April", "April 2024", "31 February 2024", "in 2024", ""])
def test_a_date_that_is_ambiguous_incomplete_or_impossible_is_none(text: str) -> None:
    assert find_date(text) is None


def test_the_first_date_of_a_line_wins_whatever_its_form() -> None:
    assert find_date("Posted 2 June 2021, updated 2021-06-09") == date(2021, 6, 2)


def test_stripping_dates_leaves_the_other_words() -> None:
    assert strip_dates("The Ossby Echo 2 June 2021").strip() == "The Ossby Echo"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ottilie Brandt", ("Ottilie Brandt",)),
        ("BY OTTILIE BRANDT", ("Ottilie Brandt",)),
        ("By Ottilie Brandt, Sam Okafor and Li Na Wu", ("Ottilie Brandt", "Sam Okafor", "Li Na Wu")),
        ("By Ottilie Brandt in Ossby", ("Ottilie Brandt",)),
        ("Words by Pilar de la Cruz", ("Pilar de la Cruz",)),
        ("Sam Okafor, political correspondent", ("Sam Okafor",)),
        ("Sam Okafor | Transport Editor", ("Sam Okafor",)),
        ("(Reporting by Ottilie Brandt; Editing by Li Na Wu)", ("Ottilie Brandt",)),
    ],
)
def test_a_byline_names_its_authors_in_order(line: str, authors: tuple[str, ...]) -> None:
    assert find_authors(line) == authors


@pytest.mark.parametrize(
    "line",
    [
        "By the time the tram came, the queue had reached the square.",
        "By Monday the river had fallen again",
        "Trams stop in Ossby",
        "",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert find_authors(line) == ()


def test_a_job_line_gives_a_post_or_an_address_and_no_name() -> None:
    assert is_job_line("Health correspondent")
    assert is_job_line("s.okafor@ossby-echo.example")
    assert not is_job_line("Sam Okafor")


def test_a_line_of_names_only_gives_the_names() -> None:
    assert name_line("Sam Okafor and Ottilie Brandt") == ("Sam Okafor", "Ottilie Brandt")
    assert name_line("Sam Okafor writes about trams") == ()


def test_names_are_split_at_commas_and_and() -> None:
    assert split_names("Ann Lee, Bo Chen, and Cy Dow & Di Eng") == ("Ann Lee", "Bo Chen", "Cy Dow", "Di Eng")
