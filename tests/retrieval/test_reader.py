"""How well a sentence answers."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.contexts import Place
from retrieval.reader import Candidate, SentenceReader, load_calibration
from retrieval.sentences import article_sentences
from retrieval.span_reader import Span, Window
from retrieval.types import Vectors
from tests.fakes import HashEmbeddings, article_from

ARTICLE = article_from(
    "Weir mended\n\nOSSBY - Divers mended the weir at Ossby on Monday. The repair cost 12,000 crowns. "
    "A baker sold bread to the crowd. Competitors from Norby watched the work from the bridge.",
)
QUESTION = "How much did the repair of the weir cost?"


def candidate(position: int, passage: float = 0.5, rank: int = 0, fit: int = 0, person: str = "") -> Candidate:
    sentences = [s for s in article_sentences(ARTICLE) if s.paragraph == 2]
    before = ARTICLE.words(sentences[position - 1]) if position else ""
    return Candidate(ARTICLE, sentences[position], before, passage, rank, fit, person)


@pytest.fixture
def reader() -> SentenceReader:
    return SentenceReader(HashEmbeddings(), lambda term: 1.0)


def read(reader: SentenceReader, question: str, candidates: Sequence[Candidate]) -> list[str]:
    return [found.text for found, _ in reader.read(question, candidates, 10)]


def test_the_sentence_that_holds_the_questions_words_comes_first(reader: SentenceReader) -> None:
    ranked = reader.read(QUESTION, [candidate(n) for n in range(4)], 10)
    assert ranked[0][0].text == "The repair cost 12,000 crowns."
    scores = [reading.score for _, reading in ranked]
    assert scores == sorted(scores, reverse=True)


def test_support_is_a_share_and_is_higher_for_an_answer_than_for_other_words(reader: SentenceReader) -> None:
    supports = {
        found.text: reading.support for found, reading in reader.read(QUESTION, [candidate(1), candidate(2)], 10)
    }
    assert 0 < supports["A baker sold bread to the crowd."] < supports["The repair cost 12,000 crowns."] < 1


def test_a_question_of_other_things_finds_less_support(reader: SentenceReader) -> None:
    candidates = [candidate(n) for n in range(4)]
    own = reader.read(QUESTION, candidates, 10)[0][1].support
    other = reader.read("Which zeppelin crossed the fjord?", candidates, 10)[0][1].support
    assert other < own


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (candidate(1, fit=1), candidate(1, fit=-1)),
        (candidate(1, rank=0), candidate(1, rank=5)),
        (candidate(3, person="Ann Cost Repair"), candidate(3)),
    ],
)
def test_kind_rank_and_person_count(reader: SentenceReader, better: Candidate, worse: Candidate) -> None:
    assert reader.read(QUESTION, [worse, better], 10)[0][0] is better


def test_a_near_passage_supports_its_sentence(reader: SentenceReader) -> None:
    near, far = (reader.read(QUESTION, [candidate(1, passage=cosine)], 10)[0][1].support for cosine in (0.9, 0.1))
    assert near > far


def test_words_of_the_sentence_before_count_too(reader: SentenceReader) -> None:
    led, alone = candidate(2), Candidate(ARTICLE, candidate(2).sentence, "", 0.5, 0, 0)
    assert reader.read(QUESTION, [alone, led], 10)[0][0] is led


def test_a_word_that_shares_a_long_prefix_counts(reader: SentenceReader) -> None:
    assert read(reader, "Who was competitive?", [candidate(n) for n in range(4)])[0].startswith("Competitors")


def test_only_the_lexically_likeliest_are_read(reader: SentenceReader) -> None:
    ranked = reader.read(QUESTION, [candidate(n) for n in range(4)], 2)
    assert len(ranked) == 2
    assert ranked[0][0].text == "The repair cost 12,000 crowns."


def test_nothing_to_read_gives_nothing(reader: SentenceReader) -> None:
    assert reader.read(QUESTION, [], 10) == []


def test_a_question_without_content_is_read_all_the_same(reader: SentenceReader) -> None:
    assert len(reader.read("What is it?", [candidate(n) for n in range(4)], 10)) == 4


def test_a_sentence_is_embedded_once_for_many_questions() -> None:
    class Counting(HashEmbeddings):
        seen: list[str] = []  # noqa: RUF012

        def embed_documents(self, texts: Sequence[str]) -> Vectors:
            self.seen += texts
            return super().embed_documents(texts)

    reader = SentenceReader(Counting(), lambda term: 1.0)
    for question in (QUESTION, "Who mended the weir?", QUESTION):
        reader.read(question, [candidate(n) for n in range(4)], 10)
    assert len(Counting.seen) == len(set(Counting.seen)) == 7


def test_relevance_ranks_texts_on_the_topic_and_their_context_counts(reader: SentenceReader) -> None:
    texts = ["A baker sold bread.", "The weir holds.", "It holds."]
    ranked = reader.relevance("the weir", texts, ["", "", "The weir was mended."], 3)
    assert [position for position, _ in ranked] == [1, 2, 0]
    assert all(0 <= score <= 1 for _, score in ranked)
    assert len(reader.relevance("the weir", texts, ["", "", ""], 1)) == 1


def test_a_statement_counts_by_how_far_it_is_ahead_of_anybody_elses(reader: SentenceReader) -> None:
    place = Place(ARTICLE, article_sentences(ARTICLE)[0], (0, 0))
    (ahead,), (behind,) = (reader.said("what of it?", [place], [0.6], rival) for rival in (0.5, 0.9))
    assert ahead > behind


def test_to_be_ahead_of_nobody_is_no_merit(reader: SentenceReader) -> None:
    place = Place(ARTICLE, article_sentences(ARTICLE)[0], (0, 0))
    (nobody,), (somebody,) = (reader.said("what of it?", [place], [0.0], rival) for rival in (0.0, 0.4))
    assert nobody == somebody < reader.thresholds["statement"]


class WideReader:
    """Finds an answer in every window of a stretch, and none in a sentence that stands by itself."""

    name = "wide"

    def read(self, question: str, texts: Sequence[str], windows: Sequence[Sequence[Window]]) -> list[list[Span]]:
        return [[Span(a, b, 4.0 if len(held) > 1 else -4.0) for a, b in held] for held in windows]


def test_what_the_close_reading_does_not_find_is_little_supported() -> None:
    weights = load_calibration()["spans"]
    by_close = {"spans": {**weights, "support": {"close": 1.0, "bias": 0.0}}}
    reader = SentenceReader(HashEmbeddings(), lambda term: 1.0, WideReader(), by_close)
    paragraph = ARTICLE.paragraphs[1]
    candidates = [replace(candidate(n), context=(paragraph.start, paragraph.end)) for n in range(4)]
    ranked = reader.read(QUESTION, candidates, 10)
    assert ranked[0][1].odds == 4.0
    assert ranked[0][1].support < 0.02
