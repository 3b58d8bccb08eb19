"""Facts of the story, who somebody is, and facts of the page."""

import re
from collections.abc import Sequence

from bot.answering.questions import Asked, Expects
from bot.answering.types import Draft, Selection
from retrieval.bylines import MONTHS, find_date
from retrieval.quotes.attribution import cast, quotations
from retrieval.quotes.names import find_mentions, same_name
from retrieval.reader import Candidate, Reading, SentenceReader
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.terms import STOP_WORDS, terms, words
from retrieval.types import REPORTING, Article, Kind, ScoredPassage, Sentence

_READ = 14
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundreds?|thousands?|millions?|billions?|half|third|quarter|twice|double|triple|several|both|none|no one|percent)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|tonight|tomorrow|noon|midnight)\b|\b(?:last|next|this|earlier|later)\s+"
    r"(?:\w+\s+)?(?:week|month|year|night|spring|summer|autumn|fall|winter|weekend|season|decade|century)\b|\b(?:1[5-9]|20)\d\d\b|\b\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m|p\.m)\b"
    r"|\b(?:years?|months?|weeks?|days?|hours?|minutes?)\s+(?:ago|later|earlier)\b|\b(?:" + "|".join(m for m in MONTHS if len(m) > 3 or m == "may") + r")\b\s*\d{0,2}",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside|across|of)\s+(?:the\s+)?(?:[\w-]+\s+)?[A-Z]\w+")
_REASON = re.compile(r"\b(?:because|due to|owing to|after|caused|since|so that|in order to|as a result|blamed|reason|amid|over|following|prompted|led to|to \w+)\b", re.IGNORECASE)
_SIGNS = {Expects.NUMBER: _NUMBER, Expects.TIME: _TIME, Expects.PLACE: _PLACE, Expects.REASON: _REASON}
#: What a sentence loses for lacking the kind of thing asked for.
_LACKING = {Expects.NUMBER: 0.25, Expects.TIME: 0.25, Expects.PERSON: 0.15, Expects.PLACE: 0.1, Expects.REASON: 0.05}

_PAGE_KINDS = {
    "published": (Kind.IMPRINT, Kind.DATE, Kind.BYLINE), "publication": (Kind.IMPRINT, Kind.HEADLINE), "authors": (Kind.BYLINE,),
    "headline": (Kind.HEADLINE, Kind.IMPRINT), "agencies": (Kind.AGENCIES,), "caption": (Kind.CAPTION,), "credit": (Kind.CAPTION,),
}  # fmt: skip


def fact(asked: Asked, passages: Sequence[ScoredPassage], articles: dict[str, Article], reader: SentenceReader) -> Draft:
    """The best sentence of the retrieved passages, with its speaker where it gives somebody's words."""
    pool = _pool(passages, articles)
    candidates = [Candidate(article.words(s), _around(article, s)) for article, s, _ in pool]
    prior = [rank for _, _, rank in pool]
    likely = sorted(range(len(pool)), key=lambda i: prior[i] * 0.01 - reader.coverage(asked.topic, candidates[i])[0])[:_READ]
    readings = reader.read(asked.topic, [candidates[i] for i in likely])
    scored = sorted(
        ((_score(asked, candidates[i].text, reading) - 0.004 * prior[i], i) for i, reading in zip(likely, readings, strict=True)),
        reverse=True,
    )
    if not scored:
        return Draft(reason="No passage was found.")
    score, best = scored[0]
    article, sentence, _ = pool[best]
    missing = _missing_names(asked.topic, article)
    if missing:
        return Draft(reason=f"The article found does not mention {', '.join(missing)}.")
    speaker = next((q.speaker for q in quotations(article) if q.sentence == sentence), "")
    selection = Selection(article, sentence, speaker, score)
    return Draft((selection,), _lead(article, sentence, speaker), score, "No sentence found answers that.")


def identity(asked: Asked, articles: Sequence[Article]) -> Draft | None:
    """The sentence that says most about who a person is; None if no article describes them."""
    best: tuple[int, Article, Sentence] | None = None
    for article in articles:
        people = cast(article)
        for person in people.people:
            if not person.description or not same_name(asked.speaker, person.name):
                continue
            for sentence in article_sentences(article):
                text = article.words(sentence)
                if paragraph_of(article, sentence).kind in REPORTING and person in people.mentioned(text):
                    told = len(person.description & set(terms(text)))
                    if told and (best is None or told > best[0]):
                        best = (told, article, sentence)
    if best is None:
        return None
    return Draft((Selection(best[1], best[2], "", 1.0),), "", 1.0)


def of_the_page(asked: Asked, article: Article) -> Draft:
    """What the page says of itself, in its own words."""
    value = getattr(article, asked.detail)
    for kind in _PAGE_KINDS[asked.detail]:
        for paragraph in article.paragraphs:
            start, end = paragraph.start, paragraph.end
            if asked.detail == "credit":
                end = article.text.find("\n\n", start) if "\n\n" in article.text[start:] else len(article.text)
            elif asked.detail == "publication" and kind is Kind.HEADLINE:
                end = article.text.index("\n\n", start) if "\n\n" in article.text[start:] else len(article.text)
            if paragraph.kind is kind and value and _says(article.text[start:end], value):
                return Draft((Selection(article, Sentence(paragraph.number, start, end), "", 1.0),), "", 1.0)
    return Draft(reason=f"The page of “{article.title}” does not give its {asked.detail}.")


def _says(text: str, value: object) -> bool:
    if isinstance(value, tuple):
        return any(part in text for part in value)
    return str(value) in text if isinstance(value, str) else find_date(text) == value


def _pool(passages: Sequence[ScoredPassage], articles: dict[str, Article]) -> list[tuple[Article, Sentence, int]]:
    """The sentences of the passages and of their neighbour paragraphs, with the best rank each came by."""
    ranks: dict[tuple[str, Sentence], int] = {}
    for rank, scored in enumerate(passages):
        article = articles[scored.passage.article_id]
        inside = [p.number for p in article.paragraphs if p.start < scored.passage.end and p.end > scored.passage.start]
        for sentence in article_sentences(article):
            near = min((abs(sentence.paragraph - number) for number in inside), default=9)
            if near <= 1 and paragraph_of(article, sentence).kind in REPORTING:
                place = rank + 4 * near
                key = (article.id, sentence)
                ranks[key] = min(ranks.get(key, place), place)
    return [(articles[article_id], sentence, rank) for (article_id, sentence), rank in ranks.items()]


def _around(article: Article, sentence: Sentence) -> str:
    """Its paragraph, the one before, and the headline."""
    numbers = {sentence.paragraph, sentence.paragraph - 1}
    near = [article.words(p) for p in article.paragraphs if p.number in numbers]
    return "\n".join([article.headline, *near])


def _score(asked: Asked, text: str, reading: Reading) -> float:
    near = min(1.0, max(0.0, (reading.similarity - 0.1) / 0.6))
    score = 0.4 * reading.coverage + 0.15 * reading.own + 0.45 * near
    return score - (0.0 if _has_expected(asked, text) else _LACKING[asked.expects])


def _has_expected(asked: Asked, text: str) -> bool:
    """Whether the sentence holds the kind of thing asked for that the question itself did not give."""
    if asked.expects is Expects.ANYTHING:
        return True
    given = set(words(asked.topic))
    if asked.expects is Expects.PERSON:
        return any(not set(words(mention.name)) <= given for mention in find_mentions(text))
    return any(not set(words(m[0])) - STOP_WORDS <= given for m in _SIGNS[asked.expects].finditer(text))


def _missing_names(question: str, article: Article) -> list[str]:
    """Names and numbers of the question that the article nowhere has."""
    held = set(words(article.text)) | set(terms(article.text))
    asked = [token for token in re.findall(r"[\w’'.-]+", question)[1:] if token[0].isupper() or token[0].isdigit()]
    return [
        token
        for token in asked
        for word in words(token)[:1]
        if word not in STOP_WORDS and word not in held and not set(terms(token)) & held and not any(same_name(token, w) for w in held if w[:1] == word[:1])
    ]


def _lead(article: Article, sentence: Sentence, speaker: str) -> str:
    """The speaker's name, where the sentence itself only says "he" or "the minister"."""
    named = speaker and any(same_name(name, speaker) for name in (m.name for m in find_mentions(article.words(sentence))))
    return speaker if speaker and not named and any(p.name == speaker for p in cast(article).people) else ""
