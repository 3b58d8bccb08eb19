"""Broad questions."""

import pytest

from bot.answering.gist import broad_topic, theme
from bot.bootstrap import Byline


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("summarise", ""),
        ("Summarize the article.", ""),
        ("can you give me a short summary of the article about the pier?", "the pier"),
        ("what are the main points of the story about plums", "plums"),
        ("tl;dr", ""),
        ("what did the summary say?", None),
        ("who closed the pier?", None),
    ],
)
def test_a_broad_question_is_told_from_others(question: str, topic: str | None) -> None:
    assert broad_topic(question) == topic


def test_a_summary_is_of_the_articles_own_sentences(byline: Byline) -> None:
    answer = byline.assistant.ask("summarise the article about the old pier at Gullhaven")
    assert not answer.declined
    assert 2 <= len(answer.citations) <= 4
    assert {citation.article.headline for citation in answer.citations} == {"Old pier to close for repairs"}
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)


def test_which_article_is_asked_for_where_there_are_several(byline: Byline) -> None:
    assert "say which article is meant" in byline.assistant.ask("summarise").text


@pytest.mark.parametrize(
    ("question", "points"),
    [
        (
            "What are the main points of friction between Gullhaven and its shops?",
            "points of friction between Gullhaven and its shops",
        ),
        ("what concerns were raised about the pier", "concerns were raised about the pier"),
        ("which sticking points remain?", "sticking points remain"),
        ("what is the point of the pier?", None),
        ("who raised concerns?", None),
    ],
)
def test_a_question_for_points_names_their_theme(question: str, points: str | None) -> None:
    assert theme(question) == points


def test_what_bears_on_a_theme_is_cited_with_its_speakers(byline: Byline) -> None:
    answer = byline.assistant.ask("what are the concerns about the closure of the pier?")
    assert not answer.declined
    assert "Omar Reyes" in {citation.speaker for citation in answer.citations}


def test_a_theme_nothing_bears_on_is_declined(byline: Byline) -> None:
    answer = byline.assistant.ask("what are the points of friction between Norway and Denmark?")
    assert answer.declined
