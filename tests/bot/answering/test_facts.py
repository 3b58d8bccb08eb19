"""Facts: what a question names, and what a conversation has come to."""

import pytest

from bot.answering.facts import fact, missing_names
from retrieval.reader import SentenceReader, load_calibration
from retrieval.sentences import article_sentences
from retrieval.types import Passage, ScoredPassage
from tests.fakes import HashEmbeddings, article_from

STORY = """Harbour wall to be rebuilt

The wall was opened on Sunday by the mayor of Ossby, who cut a ribbon.

The crane cost 12 crowns a day, the mayor wrote.

Gulls have come back to the quay since the storm passed over the town.

The lamp cost 7 crowns a day, the town hall said.
"""


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("who opened the wall on September 11?", []),
        ("who opened the wall on 11th of Sept.?", []),
        ("who opened the wall in 1911?", ["1911"]),
        ("who opened the wall on March 3, 1911?", ["1911"]),
        ("who opened the Gullhaven wall on Monday?", ["Gullhaven"]),
    ],
)
def test_a_day_need_not_stand_in_the_article_but_a_year_and_a_name_must(question: str, missing: list[str]) -> None:
    assert missing_names(question, article_from(STORY)) == missing


def test_where_an_article_names_its_months_a_question_must_have_the_right_one() -> None:
    article = article_from(STORY + "\nThe old wall fell on Sept. 4 last year in a storm, the harbour master said.\n")
    assert missing_names("what fell on September 4?", article) == []
    assert missing_names("what fell on September 5?", article) == ["5"]
    assert missing_names("what fell in November?", article) == ["November"]


def test_what_the_conversation_has_come_to_is_likelier() -> None:
    article = article_from(STORY)
    passage = Passage(article.id, "v", 0, 0, len(article.text), article.text)
    weights = load_calibration()["none"]
    even = {"none": {**weights, "choice": {**weights["choice"], "title": 0.0}}}
    reader = SentenceReader(HashEmbeddings(), lambda term: 1.0, calibration=even)
    lamp = next(s for s in article_sentences(article) if "lamp" in article.words(s))
    asked = ("what did it cost a day", [ScoredPassage(passage, 1.0, 0.5, 1.0)], {article.id: article}, reader)
    elsewhere, here = fact(*asked, at_hand=[]), fact(*asked, at_hand=[lamp])
    assert "crane" in article.words(elsewhere.selections[0].sentence)
    assert here.selections[0].sentence == lamp
    assert here.support > elsewhere.support


def test_what_the_last_question_is_asked_of_now_is_in_the_answer() -> None:
    article = article_from(STORY)
    passage = Passage(article.id, "v", 0, 0, len(article.text), article.text)
    reader = SentenceReader(HashEmbeddings(), lambda term: 1.0)
    asked = (
        "what did the crane cost, and the lamp",
        [ScoredPassage(passage, 1.0, 0.5, 1.0)],
        {article.id: article},
        reader,
    )
    assert "crane" in article.words(fact(*asked).selections[0].sentence)
    assert "lamp" in article.words(fact(*asked, holding=["lamp"]).selections[0].sentence)
    assert fact(*asked, holding=["zeppelin"]).selections == fact(*asked).selections
