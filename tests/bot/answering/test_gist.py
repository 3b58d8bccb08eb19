"""Broad questions."""

import pytest

from bot.answering.gist import broad_topic
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
