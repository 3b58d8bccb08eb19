"""Facts of the story: the one sentence of the retrieved passages that answers best."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.answering import statements
from bot.answering.expectations import expectation
from bot.answering.types import Draft, Selection
from retrieval.bylines import MONTHS
from retrieval.quotes.attribution import cast, quotations, referents, speakers
from retrieval.quotes.lexicon import HONORIFICS, WEEKDAYS
from retrieval.quotes.names import expand_acronyms, find_mentions, same_name
from retrieval.reader import READ, Candidate, SentenceReader
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.terms import STOP_WORDS, terms, words
from retrieval.types import REPORTING, Article, ScoredPassage, Sentence

#: Of several that are asked for: how many at most, and how far behind the best in log odds.
_MOST, _NEARLY = 5, 1.5
#: Words that can only be months: "may" and "march" are verbs as well.
_ONLY_MONTHS = frozenset(MONTHS) - {"may", "march"}
_ACRONYM = re.compile(r"[A-Z]{2,6}s?")
#: Letters that a country's or town's name shares with its people's.
_PLACE_PREFIX = 6
#: The span reader's log odds from which its answer counts although it looks unlike the kind of thing asked for.
_OUTWEIGHS_FIT = 1.0
#: What a follow-up adds to the log odds of the sentence just cited, and of what stands beside it.
_SAME, _NEAR = 0.6, 0.5
_MONTH = rf"(?:{'|'.join(name.capitalize() for name in sorted(MONTHS, key=len, reverse=True))})\b\.?"
#: "September 11", "11th of Sept.": a day of a month.
_DAY = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?![\d,.]\d))"
)


def fact(
    question: str,
    passages: Sequence[ScoredPassage],
    articles: dict[str, Article],
    reader: SentenceReader,
    every: bool = False,
    given: Collection[Sentence] = (),
    at_hand: Collection[Sentence] = (),
    named: str = "",
    holding: Collection[str] = (),
) -> Draft:
    """The best sentence of the retrieved passages, with its speaker where it gives somebody's words.

    With `every`, those of its article that are nearly as likely as well. `given` are sentences left out.
    `at_hand`, where a conversation goes on in one article, are the sentences it has come to: an answer is likelier there and
    nearby. The article must have the names in `named`, which is the question itself if not given. Where there are sentences
    that hold one of the terms `holding`, it is one of them.
    """
    for article in articles.values():
        question = expand_acronyms(question, cast(article).acronyms)
    candidates = [c for c in pool(question, passages, articles) if c.sentence not in given]
    if holding:
        candidates = [c for c in candidates if not set(holding).isdisjoint(terms(c.text))] or candidates
    ranked = reader.read(question, candidates, READ)
    if at_hand:
        nearer = [(c, reading.likelier(_nearness(c.sentence, at_hand))) for c, reading in ranked]
        ranked = sorted(nearer, key=lambda pair: -pair[1].score)
    if not ranked:
        return Draft(reason="No passage was found.")
    missing = {
        article.id: missing_names(named or question, article)
        for article in {c.article.id: c.article for c, _ in ranked}.values()
    }
    known = [(candidate, reading) for candidate, reading in ranked if not missing[candidate.article.id]]
    if not known:
        return Draft(reason=f"No article found mentions {', '.join(missing[ranked[0][0].article.id][:3])}.")
    fitting = [(c, reading) for c, reading in known if c.fit >= 0 or reading.odds > _OUTWEIGHS_FIT]
    if not fitting:
        return Draft(reason="No sentence found gives what is asked for.")
    best, reading = fitting[0]
    said = next((q for q in quotations(best.article) if q.sentence == best.sentence), None)
    speaker = said.speaker if said else ""
    sentences = {best.sentence: speaker}
    sentences |= dict.fromkeys(statements.continuing(best.article, said) if said else (), speaker)
    if every:
        for candidate, other in fitting[:_MOST]:
            if candidate.article == best.article and other.score > reading.score - _NEARLY:
                sentences.setdefault(candidate.sentence, speakers(best.article).get(candidate.sentence, ""))
    ordered = sorted(sentences.items(), key=lambda pair: pair[0].start)
    return Draft(
        tuple(Selection(best.article, sentence, who, reading.score) for sentence, who in ordered),
        "" if every else _lead(best.article, best.sentence, speaker),
        reading.support,
        "No sentence found answers that.",
        best.article.text[slice(*reading.span)] if reading.span else best.text,
    )


def _nearness(sentence: Sentence, at_hand: Collection[Sentence]) -> float:
    """Log odds that a sentence gains by being one of those at hand, or in their paragraph or the next to it."""
    if sentence in at_hand:
        return _SAME
    return _NEAR if any(abs(sentence.paragraph - other.paragraph) <= 1 for other in at_hand) else 0.0


def pool(question: str, passages: Sequence[ScoredPassage], articles: dict[str, Article]) -> list[Candidate]:
    """The sentences of the passages and of their neighbour paragraphs, each with the best passage it came by."""
    expected = expectation(question)
    found: dict[tuple[str, Sentence], Candidate] = {}
    for rank, scored in enumerate(passages):
        article = articles[scored.passage.article_id]
        persons = referents(article) | speakers(article)
        inside = [p.number for p in article.paragraphs if p.start < scored.passage.end and p.end > scored.passage.start]
        before: Sentence | None = None
        for sentence in article_sentences(article):
            near = min((abs(sentence.paragraph - number) for number in inside), default=2)
            if near <= 1 and paragraph_of(article, sentence).kind in REPORTING:
                leads = before is not None and before.paragraph == sentence.paragraph
                text = article.words(sentence)
                candidate = Candidate(
                    article,
                    sentence,
                    article.words(before) if before and leads else "",
                    scored.dense - 0.1 * near,
                    rank + 2 * near,
                    expected.fit(text),
                    persons.get(sentence, ""),
                    _context(article, inside, sentence),
                )
                held = found.get((article.id, sentence))
                if held is None or held.rank > candidate.rank:
                    found[(article.id, sentence)] = candidate
            before = sentence
    return list(found.values())


def _context(article: Article, inside: Sequence[int], sentence: Sentence) -> tuple[int, int]:
    """The passage's paragraphs for a sentence of them; its own paragraph for one of a neighbour."""
    numbers = inside if sentence.paragraph in inside else [sentence.paragraph]
    first, last = article.paragraphs[numbers[0] - 1], article.paragraphs[numbers[-1] - 1]
    return first.start, last.end


@lru_cache(maxsize=256)
def _said_in(article: Article) -> frozenset[str]:
    return frozenset(words(article.text)) | frozenset(terms(article.text))


def missing_names(question: str, article: Article) -> list[str]:
    """Names and numbers of the question that the article nowhere has, each once.

    A weekday need not be there, nor a day of a month where the article names no month: newspapers say "on Sunday".
    """
    held = _said_in(article)
    days = [] if held & _ONLY_MONTHS else [match.span() for match in _DAY.finditer(question)]
    asked = [
        match[0]
        for match in list(re.finditer(r"\d[\d,.]*\d|[\w’'.-]+", question))[1:]
        if (match[0][0].isupper() or match[0][0].isdigit()) and not any(a <= match.start() < b for a, b in days)
    ]
    return [
        token
        for token in dict.fromkeys(asked)
        for word in words(token)[:1]
        if word not in STOP_WORDS | HONORIFICS | WEEKDAYS | held
        and not set(terms(token)) & held
        and not (_ACRONYM.fullmatch(token) and _spelt_out(token.removesuffix("s").lower(), article))
        and not any(MONTHS.get(other) == MONTHS[word] for other in held if word in MONTHS)
        and not any(same_name(token, other) or _of_one_place(word, other) for other in held if other[:1] == word[:1])
    ]


def _spelt_out(initials: str, article: Article) -> bool:
    """Whether the article has words of these initials in a row: "limited liability companies" for LLCs; or D.C. for DC."""
    dotted = ".".join(initials)
    return dotted in _said_in(article) or (len(initials) > 2 and initials in _initials(article))


@lru_cache(maxsize=256)
def _initials(article: Article) -> str:
    return "".join(" " if word in STOP_WORDS else word[0] for word in words(article.text))


def _of_one_place(one: str, other: str) -> bool:
    """ "Floridians" and "Florida"."""
    return min(len(one), len(other)) >= _PLACE_PREFIX and one[:_PLACE_PREFIX] == other[:_PLACE_PREFIX]


def _lead(article: Article, sentence: Sentence, speaker: str) -> str:
    """The speaker's name, where the sentence itself only says "he" or "the minister"."""
    named = speaker and any(
        same_name(name, speaker) for name in (m.name for m in find_mentions(article.words(sentence)))
    )
    return speaker if speaker and not named and any(p.name == speaker for p in cast(article).people) else ""
