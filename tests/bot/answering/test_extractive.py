"""The generator on two small articles: who said what, facts, identities, the page, and declining."""

from pathlib import Path

import pytest

from bot.answering.statements import continuing
from bot.answering.types import Draft, Selection, Turn
from bot.bootstrap import Byline
from retrieval.quotes.attribution import quotations
from tests.fakes import article_from


def test_what_somebody_said_is_all_theirs_and_follows_the_quotation_on(byline: Byline) -> None:
    answer = byline.assistant.ask("what did Petra Lindqvist say about jumping on it?")
    quotes = [citation.quote for citation in answer.citations]
    assert quotes == [
        '"I would not let my own children jump on it," she said.',
        '"And I would not drive a van over it either."',
    ]
    assert {citation.speaker for citation in answer.citations} == {"Petra Lindqvist"}
    assert answer.text.startswith("Petra Lindqvist: ")


@pytest.mark.parametrize(
    "name", ["Lindqvist", "lindquist", "petra lindqvist", "the council's engineer", "the engineer"]
)
def test_a_speaker_is_known_by_surname_slip_or_office(byline: Byline, name: str) -> None:
    answer = byline.assistant.ask(f"what did {name} say about beams?")
    assert [citation.speaker for citation in answer.citations][:1] == ["Petra Lindqvist"]


def test_a_false_attribution_is_declined(byline: Byline) -> None:
    answer = byline.assistant.ask("what did Omar Reyes say about beams failing a test?")
    assert answer.declined
    assert "Omar Reyes" in answer.text


def test_who_said_something_leads_with_the_name(byline: Byline) -> None:
    answer = byline.assistant.ask("who said the closure would ruin the season?")
    assert answer.text.startswith("Omar Reyes: ")


def test_a_fact_is_the_sentence_that_holds_it(byline: Byline) -> None:
    assert "seven weeks" in byline.assistant.ask("How long will the old pier at Gullhaven close?").text


def test_a_statement_of_an_office_counts_as_its_words(byline: Byline) -> None:
    assert "1.2 million crowns" in byline.assistant.ask("what did the harbour office say about the work costs?").text


def test_who_somebody_is_comes_from_the_sentence_that_describes_them(byline: Byline) -> None:
    assert "chairwoman, Ida Brandt" in byline.assistant.ask("Who is Ida Brandt?").text


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("When was the article about the pier published?", "May 12, 2023"),
        ("Which newspaper published the article about the pier?", "The Gullhaven Post"),
        ("Who wrote the article about the pier?", "Nora Finch"),
    ],
)
def test_facts_of_the_page_are_quoted_from_the_page(byline: Byline, question: str, held: str) -> None:
    assert held in byline.assistant.ask(question).text


def test_an_article_that_could_be_any_is_asked_back(byline: Byline) -> None:
    answer = byline.assistant.ask("when was this article published?")
    assert answer.declined
    assert "which article is meant" in answer.text


@pytest.mark.parametrize(
    "question", ["who won the election in Peru?", "What did Vladimir Putin say?", "How many cats live in Gullhaven?"]
)
def test_what_no_article_tells_is_declined(byline: Byline, question: str) -> None:
    assert byline.assistant.ask(question).declined


def test_a_follow_up_about_something_else_gives_what_was_not_given_yet(byline: Byline) -> None:
    first = byline.assistant.ask("what did Petra Lindqvist say about beams?")
    second = byline.assistant.ask("what else did she say?", [Turn(first.question, first)])
    assert second.standalone_question == "What else did Petra Lindqvist say?"
    assert not {c.quote for c in first.citations} & {c.quote for c in second.citations}
    assert second.citations


def test_one_article_can_be_asked_alone(byline: Byline) -> None:
    plums = next(article for article in byline.store.articles() if "plum" in article.headline)
    answer = byline.assistant.ask("what did Ida Brandt say?", article_id=plums.id)
    assert {citation.article.id for citation in answer.citations} == {plums.id}
    assert byline.assistant.ask("what did Petra Lindqvist say?", article_id=plums.id).declined


def test_everyone_who_speaks_is_listed_once_with_their_words(byline: Byline) -> None:
    pier = next(article.id for article in byline.retriever.articles() if "pier" in article.headline)
    answer = byline.assistant.ask("list everyone who is quoted", article_id=pier)
    assert [citation.speaker for citation in answer.citations] == ["Petra Lindqvist", "Omar Reyes"]
    assert answer.text.startswith("Petra Lindqvist and Omar Reyes: ")


def test_a_false_claim_is_said_to_be_unquoted(byline: Byline) -> None:
    answer = byline.assistant.ask("is it true that Omar Reyes said 900 candles were lit between the rows?")
    assert answer.declined
    assert "The articles do not quote Omar Reyes as saying that 900 candles were lit between the rows." in answer.text
    assert {citation.speaker for citation in answer.citations} == {"Ida Brandt"}


def test_a_speaker_may_be_described_and_named_at_once(byline: Byline) -> None:
    answer = byline.assistant.ask("what did the city's engineer Petra Lindqvist say about 214 beams?")
    assert "214 beams had failed" in answer.text


def test_what_the_whole_article_is_about_is_what_its_speakers_speak_of(byline: Byline) -> None:
    answer = byline.assistant.ask("what did Omar Reyes think of the old pier?")
    assert not answer.declined
    assert {citation.speaker for citation in answer.citations} == {"Omar Reyes"}


def test_whom_another_outspeaks_on_a_topic_did_not_speak_of_it(byline: Byline) -> None:
    answer = byline.assistant.ask("what did Omar Reyes say about seven rotten beams that failed a test in March?")
    assert answer.declined
    assert {citation.speaker for citation in answer.citations} == {"Petra Lindqvist"}


@pytest.mark.parametrize(("by", "declined"), [("Petra Lindqvist", False), ("Omar Reyes", True)])
def test_words_the_topic_misses_are_found_by_the_reader_only_where_they_are_the_speakers(
    byline: Byline, monkeypatch: pytest.MonkeyPatch, by: str, declined: bool
) -> None:
    """The fact path reads meaning where the search for statements compares words; it must not change who is asked about."""
    article, sentence = next(
        (article, quotation.sentence)
        for article in byline.store.articles()
        for quotation in quotations(article)
        if quotation.speaker == by
    )
    found = Draft((Selection(article, sentence, by, 1.0),), by, 1.0)
    monkeypatch.setattr("bot.answering.extractive.facts.fact", lambda *_: found)
    answer = byline.assistant.ask("what did Petra Lindqvist say about trampolines in orbit?")
    assert answer.declined is declined
    assert declined or {citation.speaker for citation in answer.citations} == {by}


@pytest.mark.parametrize("name", ["Lindqvist of the council", "Petra Lindqvist from the Harbour Office"])
def test_a_speaker_may_be_named_with_their_body(byline: Byline, name: str) -> None:
    answer = byline.assistant.ask(f"what did {name} say about beams?")
    assert {citation.speaker for citation in answer.citations} == {"Petra Lindqvist"}
    assert not answer.declined


def test_somebody_who_speaks_for_a_body_is_not_that_body(byline: Byline) -> None:
    answer = byline.assistant.ask("what did the lawyers for the harbour office say about the work?")
    assert answer.declined


def test_of_two_speakers_in_a_sentence_the_one_who_said_it_leads(byline: Byline, tmp_path: Path) -> None:
    (tmp_path / "frost.txt").write_text(
        "Frost report angers the town\n\nSUND - The frost report came out at Sund on Monday after a long wait in the cold.\n\n"
        'Sund reacted angrily to remarks by the forecaster Karl Brandt, who told a hearing that "the candles burn for nothing".\n'
    )
    byline.pipeline.run([str(tmp_path / "frost.txt")])
    answer = byline.assistant.ask("who said the candles burn for nothing?")
    assert answer.text.startswith("Karl Brandt: ")


def test_that_somebody_responded_is_followed_by_the_response() -> None:
    page = article_from(
        "The weir\n\nSpeaking to divers at Norby, Mayor Ida Brandt responded to Mr Holt's remark about the weir.\n\n"
        '"Tell that to the divers," Ms Brandt said. "They mended it."\n\n'
        'Ms Brandt said the weir would stay.\n\n"It will cost us," she said.\n'
    )
    first, second, *_ = quotations(page)
    assert [page.words(s) for s in continuing(page, first)] == [
        '"Tell that to the divers," Ms Brandt said.',
        '"They mended it."',
    ]
    assert [page.words(s) for s in continuing(page, second)] == ['"They mended it."']


@pytest.mark.parametrize(
    "told",
    ['"We will mend it," Ms Brandt responded.', "Ms Brandt responded to Mr Holt by saying that the weir would stay."],
)
def test_a_response_that_is_given_is_followed_by_nothing_else(told: str) -> None:
    page = article_from(f"The weir\n\n{told}\n\nMs Brandt said the café would open in May.\n")
    assert not list(continuing(page, quotations(page)[0]))
