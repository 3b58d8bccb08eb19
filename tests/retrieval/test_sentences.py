"""Paragraph → sentences and quotations."""

import pytest

from retrieval.sentences import article_sentences, paragraph_of, quoted_spans, split_sentences
from tests.fakes import article_from


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in quoted_spans(text)]


def test_sentences_end_at_stops_and_question_marks() -> None:
    assert sentences("The weir broke. Who knew? Nobody did!") == ["The weir broke.", "Who knew?", "Nobody did!"]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Okafor met Dr. Brandt at 5 p.m. on Monday.",
        "J. K. Lindqvist took 3.5 per cent of the votes.",
        "Ossby Tramways Inc. shares fell.",
        "The U.S. Senate sat late.",
        "“Is it safe?” she asked.",
        '"Stop!" Okafor said.',
        "“We came. We saw. We left again,” the diver said.",
    ],
)
def test_abbreviations_and_quotations_do_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_ends_a_sentence_where_a_new_one_plainly_starts() -> None:
    assert sentences("It opened at 5 a.m. The queue was long.") == ["It opened at 5 a.m.", "The queue was long."]


def test_a_sentence_may_end_inside_its_closing_quotation_mark() -> None:
    assert sentences('He said: "It holds." The divers left.') == ['He said: "It holds."', "The divers left."]


def test_a_very_long_quotation_is_split_like_other_text() -> None:
    speech = "“" + " ".join(f"We mended stone number {n} before the rain." for n in range(20)) + "”"
    assert len(sentences(speech)) == 20


def test_every_word_belongs_to_a_sentence() -> None:
    text = 'One, two. "Three, four?" Five said. Six… Seven'
    assert " ".join(sentences(text)) == text
    assert sentences("   ") == []


def test_quotations_are_found_in_straight_curly_and_angled_marks() -> None:
    assert quoted('He said "yes" and “no” and «maybe».') == ['"yes"', "“no”", "«maybe»"]


def test_a_quotation_left_open_runs_to_the_paragraphs_end() -> None:
    text = 'She said: "The weir is old.'
    assert quoted_spans(text) == [(10, len(text), False)]


def test_a_quotation_inside_a_quotation_belongs_to_the_outer_one() -> None:
    text = "“He told me, ‘Keep the weir,’ and left,” she said."
    assert quoted(text) == ["“He told me, ‘Keep the weir,’ and left,”"]


def test_single_marks_quote_speech_but_apostrophes_do_not() -> None:
    assert quoted("‘It’s the divers’ weir,’ she said.") == ["‘It’s the divers’ weir,’"]
    assert quoted("The divers’ boats and the town’s weir don’t match.") == []


def test_an_articles_sentences_are_slices_of_their_own_paragraphs() -> None:
    article = article_from(
        "Weir mended\n\nOSSBY - Divers mended the weir at Ossby on Monday. It had leaked since the spring of last year.\n\n"
        '"It holds," said Ann Lee, who led them. The river rose again at night.'
    )
    found = article_sentences(article)
    assert [article.words(sentence) for sentence in found] == [
        "Weir mended",
        "Divers mended the weir at Ossby on Monday.",
        "It had leaked since the spring of last year.",
        '"It holds," said Ann Lee, who led them.',
        "The river rose again at night.",
    ]
    for sentence in found:
        paragraph = paragraph_of(article, sentence)
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end


def test_two_single_marks_are_a_double_one() -> None:
    text = "''It will float,'' she said. ''It must.''"
    assert [text[a:b] for a, b, _ in quoted_spans(text)] == ["''It will float,''", "''It must.''"]
    assert len(list(split_sentences(text))) == 2
