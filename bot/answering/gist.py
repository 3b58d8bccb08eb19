"""Broad questions: the sentences of one article that say most of what it says, or all that bear on a theme."""

import re
from collections.abc import Collection, Sequence

from bot.answering.types import Draft, Selection
from retrieval.quotes.attribution import speakers
from retrieval.reader import SentenceReader
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.types import REPORTING, Article, Kind, Sentence

_SENTENCES = 3
_READ = 24
_RELEVANT, _SHARE = 0.35, 0.7
_THEME = re.compile(
    r"^(?:what|which|list|name)\s+(?:(?:are|were|is|was)\s+)?(?:all\s+)?(?:the\s+|some\s+(?:of the\s+)?)?(?:(?:main|key|major|biggest|chief|remaining)\s+)?"
    r"(?P<theme>(?:(?:sticking|talking|flash)\s+points?|(?:points|areas|sources|issues|matters|topics|subjects)\s+of\s+\w+"
    r"|frictions?|tensions?|disagreements?|disputes?|differences|concerns|worries|fears|issues|topics|themes|challenges|obstacles|risks|arguments|complaints|criticisms)\b.*)$",
    re.IGNORECASE,
)
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


def theme(question: str) -> str | None:
    """ "points of friction between …": what such points are points of, and about whom; None for any other question."""
    match = _THEME.match(" ".join(question.split()))
    return match["theme"].strip(" ?.!,") if match else None


def bearing_on(theme: str, article: Article, reader: SentenceReader) -> Draft:
    """The sentences of an article that bear on a theme, in reading order."""
    body = _telling(article, REPORTING)
    texts = [article.words(s) for s in body]
    before = ["", *texts[:-1]]
    ranked = reader.relevance(theme, texts, before, _READ)
    if not ranked or ranked[0][1] < _RELEVANT:
        return Draft(reason=f"No sentence found bears on that: {theme}.")
    chosen = [body[i] for i, score in ranked[:_SENTENCES] if score >= max(_RELEVANT, _SHARE * ranked[0][1])]
    selections = tuple(
        Selection(article, sentence, speakers(article).get(sentence, ""), ranked[0][1])
        for sentence in sorted(chosen, key=lambda s: s.start)
    )
    return Draft(selections, "", 1.0)


def summary(article: Article, reader: SentenceReader) -> Draft:
    """The standfirst, then the sentences nearest to the article's middle (Radev et al. 2004), in reading order.

    News puts first things first, so of two as central sentences the earlier is taken.
    """
    standfirst = [s for s in article_sentences(article) if paragraph_of(article, s).kind is Kind.STANDFIRST]
    body = _telling(article, {Kind.BODY})
    ranked = reader.central([article.words(s) for s in body])
    chosen = [body[i] for i in ranked[: _SENTENCES - min(1, len(standfirst))]]
    return _told(article, sorted([*standfirst[:2], *chosen], key=lambda s: s.start))


def _telling(article: Article, kinds: Collection[Kind]) -> list[Sentence]:
    """The sentences of paragraphs of those kinds that are long enough to tell something."""
    return [
        s
        for s in article_sentences(article)
        if paragraph_of(article, s).kind in kinds and len(article.words(s).split()) >= _FEWEST_WORDS
    ]


def _told(article: Article, sentences: Sequence[Sentence]) -> Draft:
    if not sentences:
        return Draft(reason="The article has no text to sum up.")
    return Draft(tuple(Selection(article, sentence, "", 1.0) for sentence in sentences), "", 1.0)
