"""Broad questions: the sentences of one article that say most of what it says, or all that bear on a theme."""

import re
from collections.abc import Sequence

from bot.answering.types import Draft, Selection
from retrieval.reader import SentenceReader
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.types import Article, Kind, Sentence

_SENTENCES = 3
_FEWEST_WORDS = 6
_BROAD = re.compile(
    r"^(?:please\s+)?(?:(?:can|could) you\s+)?(?:give (?:me|us)\s+)?(?:a\s+|the\s+)?(?:(?:short|brief|quick)\s+)?"
    r"(?:summar(?:y|i[sz]e)|tl;?dr|overview|gist|recap|sum up|outline|(?:what(?:\s+are|\s+is|\s+were|['’]s)\s+)?(?:the\s+)?(?:main|key|central|major)\s+(?:points?|takeaways?|facts?|findings?|message|events?))\b"
    r"(?:\s+(?:of|about|on|from|in|for))?\s*(?:(?:the|this|that)\s+)?(?:(?:articles?|story|stories|page|piece|report|news)\b)?(?:\s+(?:about|on))?(?P<topic>.*?)[\s?.!]*$",
    re.IGNORECASE,
)


def broad_topic(question: str) -> str | None:
    """What is to be summed up, "" for the article at hand; None if the question is not a broad one."""
    match = _BROAD.match(" ".join(question.split()))
    return match["topic"].strip(" ,") if match else None


def summary(article: Article, reader: SentenceReader) -> Draft:
    """The standfirst, then the sentences nearest to the article's middle (Radev et al. 2004), in reading order.

    News puts first things first, so of two as central sentences the earlier is taken.
    """
    standfirst = [s for s in article_sentences(article) if paragraph_of(article, s).kind is Kind.STANDFIRST]
    body = [
        s
        for s in article_sentences(article)
        if paragraph_of(article, s).kind is Kind.BODY and len(article.words(s).split()) >= _FEWEST_WORDS
    ]
    ranked = reader.central([article.words(s) for s in body])
    chosen = [body[i] for i in ranked[: _SENTENCES - min(1, len(standfirst))]]
    return _told(article, sorted([*standfirst[:2], *chosen], key=lambda s: s.start))


def _told(article: Article, sentences: Sequence[Sentence]) -> Draft:
    if not sentences:
        return Draft(reason="The article has no text to sum up.")
    return Draft(tuple(Selection(article, sentence, "", 1.0) for sentence in sentences), "", 1.0)
