"""Words → search terms."""

import pytest

from retrieval.terms import terms, words


def test_function_words_and_words_of_asking_are_no_terms() -> None:
    assert terms("What did they say about the trams, exactly?") == ["tram"]


def test_inflections_share_a_term() -> None:
    assert terms("flooding floods flooded") == ["flood"] * 3


def test_the_country_us_is_kept_apart_from_the_pronoun() -> None:
    assert terms("they told us") == ["told"]
    assert terms("they told the US") == ["told", *terms("America")]


@pytest.mark.parametrize("name", ["U.S.", "United States", "the United States of America", "American", "Washington"])
def test_a_country_its_people_and_its_capital_are_one_term(name: str) -> None:
    assert terms(name) == terms("the US")
    assert terms(name) != terms("China")


def test_a_possessive_hides_no_word() -> None:
    assert terms("the mayor’s chain") == terms("mayor's chain") == ["mayor", "chain"]


def test_an_apostrophe_inside_a_word_is_kept() -> None:
    assert words("O’Hara won’t") == ["o'hara", "won't"]


def test_figures_are_kept_whole_without_thousands_commas() -> None:
    assert terms("1,250 crowns, 3.5% dearer") == ["1250", "crown", "3.5%", "dearer"]


def test_repeats_and_order_are_kept() -> None:
    assert terms("weir tram weir") == ["weir", "tram", "weir"]


def test_a_text_without_content_has_no_terms() -> None:
    assert terms("") == terms("—!?") == terms("What is it?") == []


def test_a_possessive_is_cut_off() -> None:
    assert words("the mayor's hat, the mayor’s coat") == ["the", "mayor", "hat", "the", "mayor", "coat"]
