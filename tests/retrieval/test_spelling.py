import pytest

from retrieval.spelling import Spelling

SPELLING = Spelling({"about", "sanctions", "harbor"}, {"Clapper", "Garrick", "espionage", "Lindqvist", "pier"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what did Clappr say about hacking?", "what did Clapper say about hacking?"),
        ("garick", "Garrick"),
        ("LINDQVSIT", "Lindqvist"),
        ("espoinage", "espionage"),
        ("her opinon of it", "her opinion of it"),
    ],
)
def test_a_slip_becomes_the_librarys_word(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed) == meant


@pytest.mark.parametrize(
    "typed", ["sanctions", "Clapper's", "Klapper", "peer", "harbor", "zzzzzz", "Garricks", "Reeson", "é" * 6]
)
def test_a_word_of_the_language_a_name_too_far_and_a_short_word_stay(typed: str) -> None:
    assert SPELLING.corrected(typed) == typed


def test_a_word_of_the_language_one_slip_away_is_meant_before_one_of_the_library_two_away() -> None:
    spelling = Spelling({"musicians"}, ["Mexicans"])
    assert spelling.corrected("what about the musicans") == "what about the musicians"
