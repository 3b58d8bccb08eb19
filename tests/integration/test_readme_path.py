"""The README's promises with the real model: the sample articles, and a real newspaper page where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answering.types import Answer, Turn
from bot.bootstrap import Byline
from bot.settings import Settings
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Byline]:
    home = tmp_path_factory.mktemp("samples")
    with Byline(Settings(byline_home=home, embedding_model="all-MiniLM-L6-v2", chroma_url="")) as byline:
        byline.pipeline.run([str(ROOT / "articles")])
        yield byline


def speakers(answer: Answer) -> set[str | None]:
    return {citation.speaker for citation in answer.citations}


def test_the_readmes_question_gives_both_of_his_sentences_and_nobody_elses(samples: Byline) -> None:
    answer = samples.assistant.ask("what did Yang Jiechi say about the South China Sea?")
    assert len(answer.citations) == 2
    assert speakers(answer) == {"Yang Jiechi"}
    assert answer.citations[0].quote.startswith("On the South China Sea, Mr Yang said")
    assert answer.citations[1].quote.startswith("However, he added:")


@pytest.mark.parametrize("name", ["yang jiechi", "Yang", "yang jichi", "State Councillor Yang"])
def test_he_is_known_by_every_name_people_type(samples: Byline, name: str) -> None:
    assert speakers(samples.assistant.ask(f"what did {name} say about the South China Sea")) == {"Yang Jiechi"}


@pytest.mark.parametrize("name", ["James Clapper", "Obama", "Hong Lei", "Ingrid Solheim", "Xi Jinping"])
def test_nobody_else_is_said_to_have_spoken_of_it(samples: Byline, name: str) -> None:
    answer = samples.assistant.ask(f"what did {name} say about the South China Sea?")
    assert answer.declined
    assert answer.nearest


def test_a_search_has_to_choose_among_the_samples(samples: Byline) -> None:
    assert "17 minutes" in samples.assistant.ask("How long would a flood take to reach Upper Tolma?").text
    assert "21 million crowns" in samples.assistant.ask("what is the yearly saving on fuel?").text
    assert speakers(samples.assistant.ask("who said diesel was the smell of the harbour?")) == {"Ingrid Solheim"}


def test_a_conversation_goes_on(samples: Byline) -> None:
    first = samples.assistant.ask("what did Yang Jiechi say about the South China Sea?")
    second = samples.assistant.ask("and about cyber security?", [Turn(first.question, first)])
    assert second.standalone_question == "What did Yang Jiechi say about cyber security?"
    assert speakers(second) == {"Yang Jiechi"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Byline]:
    articles = ROOT.parent / "shared" / "articles"
    if not articles.is_dir():
        pytest.skip(f"the real newspaper page is not here: {articles}")
    home = tmp_path_factory.mktemp("page")
    with Byline(Settings(byline_home=home, embedding_model="all-MiniLM-L6-v2", chroma_url="")) as byline:
        byline.pipeline.run([str(articles)])
        yield byline


def test_a_real_page_gives_both_of_his_sentences_and_nobody_elses(page: Byline) -> None:
    answer = page.assistant.ask("what did Yang Jiechi say about the South China Sea")
    assert speakers(answer) == {"Yang Jiechi"}
    assert [
        "stay on the sidelines" in answer.citations[0].quote,
        "stay in close touch" in answer.citations[1].quote,
    ] == [True, True]
    assert len(answer.citations) == 2


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("When was this article published?", "September 14, 2015"),
        ("how many Americans were affected by the theft?", "20 million"),
        ("who is Hong Lei?", "Foreign Ministry spokesman"),
        ("What did Obama say the US would win?", "the US would win"),
        ("what did Beijing's top diplomat say about rules for cyber security?", "spirit of mutual respect"),
    ],
)
def test_a_real_page_answers_in_its_own_words(page: Byline, question: str, held: str) -> None:
    answer = page.assistant.ask(question)
    assert held in answer.text
    raw = Path(answer.citations[0].article.source).read_text(encoding="utf-8")
    assert all(citation.quote in raw for citation in answer.citations)
