"""Where the span reader reads, and what comes back of it."""

from collections.abc import Sequence

from retrieval.contexts import CONTEXTS, MOST_ODDS, Place, read_closely, read_places
from retrieval.sentences import article_sentences
from retrieval.span_reader import Span, Window
from tests.fakes import article_from

ARTICLE = article_from(
    "Weir mended\n\n"
    + "\n\n".join(
        f"OSSBY - Divers mended weir number {n} at Ossby on Monday. The repair of it cost {n}000 crowns."
        for n in range(8)
    )
)
SENTENCES = [s for s in article_sentences(ARTICLE) if s.paragraph > 1]


class WordReader:
    """Finds the first occurrence of one word in each window, scored by where the window stands among those asked."""

    name = "word"

    def __init__(self, word: str, score: float = 3.0) -> None:
        self.word, self.score = word, score
        self.texts: list[str] = []

    def read(self, question: str, texts: Sequence[str], windows: Sequence[Sequence[Window]]) -> list[list[Span]]:
        self.texts += texts
        return [
            [
                Span(at, at + len(self.word), self.score)
                if (at := text.find(self.word, a, b)) >= 0
                else Span(a, a, -5.0)
                for a, b in held
            ]
            for text, held in zip(texts, windows, strict=True)
        ]


def places() -> list[Place]:
    return [Place(ARTICLE, s, (p.start, p.end)) for s in SENTENCES for p in [ARTICLE.paragraphs[s.paragraph - 1]]]


def test_what_is_found_is_given_by_offsets_into_the_article() -> None:
    found = read_places("?", places(), range(len(SENTENCES)), WordReader("crowns"))
    assert {ARTICLE.text[f.start : f.end] for f in found.values() if f.odds > 0} == {"crowns"}
    assert found[1].odds == 3.0
    assert found[0].odds == -5.0


def test_only_the_stretches_of_the_first_places_are_read_each_under_the_headline() -> None:
    reader = WordReader("crowns")
    order = list(reversed(range(len(SENTENCES))))
    found = read_places("?", places(), order, reader)
    assert len(reader.texts) == CONTEXTS
    assert all(text.startswith(("Weir mended\nOSSBY", "Weir mended\nDivers")) for text in reader.texts)
    assert set(found) == set(order[: 2 * CONTEXTS])


def test_odds_are_cut_and_a_place_without_a_context_is_not_read() -> None:
    read = places()
    read[0] = Place(ARTICLE, SENTENCES[0], (0, 0))
    found = read_places("?", read[:1], [0], WordReader("crowns"))
    assert found == {}
    assert read_places("?", places(), [0], WordReader("weir", 99.0))[0].odds == MOST_ODDS


def test_without_a_reader_nothing_is_found() -> None:
    assert read_places("?", places(), [0], None) == {}


def test_a_sentence_is_read_closely_after_its_lead_and_only_its_own_words_answer() -> None:
    reader = WordReader("crowns", 99.0)
    leads, sentences = ["Weir mended\nIt cost 5 crowns. ", ""], ["Divers mended it.", "It cost 3 crowns."]
    assert read_closely("What did it cost?", leads, sentences, reader) == [-5.0, MOST_ODDS]
    assert reader.texts == ["Weir mended\nIt cost 5 crowns. Divers mended it.", "It cost 3 crowns."]
