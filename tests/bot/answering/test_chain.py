from bot.answering.chain import AnswerOptions, build_chain
from bot.answering.types import Answer, Draft, Inquiry, Selection, Turn
from bot.bootstrap import Byline
from bot.settings import load_settings
from retrieval.types import Sentence
from tests.fakes import ScriptedGenerator


def answer_with(byline: Byline, draft: Draft, **options: float) -> Answer:
    chain = build_chain(byline.retriever, ScriptedGenerator(draft), AnswerOptions(**options))  # type: ignore[arg-type]
    return chain.invoke(Inquiry("how many beams failed?"))


def selection(byline: Byline, shift: int = 0) -> Selection:
    article = next(a for a in byline.retriever.articles() if "pier" in a.headline)
    paragraph = next(p for p in article.paragraphs if "214 beams" in article.words(p))
    return Selection(article, Sentence(paragraph.number, paragraph.start + shift, paragraph.end + shift), "", 1.0)


def test_a_verified_selection_is_the_answer(byline: Byline) -> None:
    answer = answer_with(byline, Draft((selection(byline),), "", 0.9))
    assert not answer.declined
    assert answer.text.endswith("214 beams had failed a test in March. [1]")
    assert answer.seconds.retrieve > 0
    assert answer.seconds.answer > 0


def test_a_quote_that_is_not_in_the_article_never_reaches_an_answer(byline: Byline) -> None:
    answer = answer_with(byline, Draft((selection(byline, shift=7),), "", 1.0))
    assert answer.declined
    assert answer.citations == ()


def test_too_little_support_is_a_decline_that_names_the_nearest_headlines(byline: Byline) -> None:
    answer = answer_with(byline, Draft((selection(byline),), "", 0.4, "Nothing fits."))
    assert answer.declined
    assert answer.text.startswith("The articles don't say. Nothing fits. Nearest: “Old pier to close for repairs”")
    assert answer.nearest[0].headline == "Old pier to close for repairs"


def test_the_support_needed_is_a_setting(byline: Byline) -> None:
    assert not answer_with(byline, Draft((selection(byline),), "", 0.4), min_support=0.3).declined


def test_the_generator_sees_the_standalone_question_and_the_passages(byline: Byline) -> None:
    generator = ScriptedGenerator(Draft((selection(byline),), "", 0.9))
    chain = build_chain(byline.retriever, generator, AnswerOptions())
    first = chain.invoke(Inquiry("what did Petra Lindqvist say about beams?"))
    chain.invoke(Inquiry("and about vans?", (Turn(first.question, first),)))
    assert generator.inquiries[1].standalone == "What did Petra Lindqvist say about vans?"
    assert generator.inquiries[1].passages


def test_an_empty_library_says_how_to_add_articles(fake_model: None) -> None:
    with Byline(load_settings()) as empty:
        answer = empty.assistant.ask("who is there?")
    assert answer.declined
    assert "byline add" in answer.text


def test_every_citation_of_the_real_generator_is_verbatim(byline: Byline) -> None:
    for question in (
        "what did Petra Lindqvist say?",
        "how many beams failed?",
        "who is Ida Brandt?",
        "what did Reyes say?",
    ):
        answer = byline.assistant.ask(question)
        assert answer.citations, question
        for citation in answer.citations:
            stored = byline.store.article(citation.article.id)
            assert stored.text[citation.start : citation.end] == citation.quote


def test_a_follow_up_is_also_looked_for_in_the_article_the_conversation_is_at(byline: Byline) -> None:
    generator = ScriptedGenerator(Draft((selection(byline),), "", 0.9))
    chain = build_chain(byline.retriever, generator, AnswerOptions())
    first = chain.invoke(Inquiry("what did Petra Lindqvist say about beams?"))
    chain.invoke(Inquiry("how much does the work cost?", (Turn(first.question, first),)))
    chain.invoke(Inquiry("How many candles did Ida Brandt light?", (Turn(first.question, first),)))
    pier = first.citations[0].article.id
    assert {scored.passage.article_id for scored in generator.inquiries[1].inside} == {pier}
    assert generator.inquiries[1].named == "how much does the work cost?"
    assert generator.inquiries[0].inside == generator.inquiries[2].inside == ()


def test_a_question_asked_again_of_something_else_is_not_answered_with_the_same_sentence(byline: Byline) -> None:
    first = byline.assistant.ask("how many beams failed the test?")
    assert "214 beams" in first.text
    second = byline.assistant.ask("and the season?", [Turn(first.question, first)])
    assert "214 beams" not in second.text
