"""Article → Passages: whole paragraphs, joined while short, cut at sentences when too long."""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.sentences import split_sentences
from retrieval.types import REPORTING, Article, Kind, Passage


@dataclass(frozen=True, slots=True)
class Chunking:
    """`max_chars` bounds a passage. The bundled model reads 256 tokens, about 1,100 characters of English."""

    max_chars: int = 600

    @property
    def fingerprint(self) -> str:
        """Changes when the same article would be cut differently."""
        return f"paragraphs-{self.max_chars}"

    def passages(self, article: Article, version: str) -> list[Passage]:
        """Passages in order; each is a verbatim slice of the article. Captions and standfirsts stand alone."""
        return [
            Passage(article.id, version, ordinal, start, end, article.text[start:end])
            for ordinal, (start, end) in enumerate(self._spans(article))
        ]

    def _spans(self, article: Article) -> Iterator[tuple[int, int]]:
        held: tuple[int, int] | None = None
        for paragraph in article.paragraphs:
            joinable = paragraph.kind is Kind.BODY
            for start, end in self._pieces(article.words(paragraph), paragraph.start):
                if held and joinable and end - held[0] <= self.max_chars:
                    held = (held[0], end)
                    continue
                if held:
                    yield held
                held = (start, end) if paragraph.kind in REPORTING else None
                if not joinable and held:
                    yield held
                    held = None
            if paragraph.kind not in REPORTING:
                held = None
        if held:
            yield held

    def _pieces(self, text: str, offset: int) -> Iterator[tuple[int, int]]:
        """The paragraph itself, or runs of its sentences; a sentence over the bound is cut at words."""
        if len(text) <= self.max_chars:
            yield offset, offset + len(text)
            return
        start = end = 0
        for sentence_start, sentence_end in split_sentences(text):
            if end > start and sentence_end - start > self.max_chars:
                yield offset + start, offset + end
                start = sentence_start
            while sentence_end - start > self.max_chars:
                space = text.rfind(" ", start + 1, start + self.max_chars)
                cut = space if space > start else start + self.max_chars
                yield offset + start, offset + cut
                start = cut + (1 if space > start else 0)
            end = sentence_end
        if end > start:
            yield offset + start, offset + end


def embedded_text(headline: str, passage: str) -> str:
    """What is embedded and indexed for a passage: its words under its article's headline."""
    return f"{headline}\n{passage}" if headline else passage
