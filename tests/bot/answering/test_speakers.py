"""Whom a question means among the speakers of an article."""

import pytest

from bot.answering.speakers import speakers_named
from tests.fakes import article_from

STORY = """Dock strike spreads to a third port

The strike at Ossby docks spread on Monday after talks broke down in the night.

Unite, the union, called for calm. Its regional secretary, Bethan Howells, said the men had heard promises before.

The business secretary, Peter Calloway, said he was sorry.

Kate Brierley, headteacher of Fenn Lane Primary, said parents were late.

The station KDRX backed neither. Its news director, Phil Serrano, said both were wrong.

"We did not wait," said Albion's chief operating officer, Rachel Sund.
"""


@pytest.mark.parametrize(
    ("asked", "speaker"),
    [
        ("the Unite secretary", "Bethan Howells"),
        ("the business secretary", "Peter Calloway"),
        ("the head of Fenn Lane Primary", "Kate Brierley"),
        ("the KDRX news director", "Phil Serrano"),
        ("Albion's COO", "Rachel Sund"),
        ("KDRX's Serrano", "Phil Serrano"),
        ("Serrano, the man from KDRX", "Phil Serrano"),
        ("Howells of the union Unite", "Bethan Howells"),
    ],
)
def test_a_speaker_is_known_by_office_and_body(asked: str, speaker: str) -> None:
    assert speakers_named(asked, article_from(STORY)) == {speaker}


@pytest.mark.parametrize(
    "asked",
    ["the Transport secretary", "the Gullhaven director", "the dock spokesman", "the primary secretary", "Omar Reyes"],
)
def test_an_office_that_nobody_of_the_article_holds_is_nobodys(asked: str) -> None:
    assert speakers_named(asked, article_from(STORY)) == set()


def test_a_relative_of_the_same_surname_is_somebody_else() -> None:
    story = article_from(
        "The vote\n\nThe senator Hillary Clinton said it was late.\n\nElizabeth Holm, a judge, said no.\n"
    )
    assert speakers_named("Bill Clinton", story) == set()
    assert speakers_named("Liz Holm", story) == {"Elizabeth Holm"}
