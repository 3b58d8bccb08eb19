"""Facts of the story, who somebody is, and facts of the page."""

import re
from collections.abc import Sequence

from bot.answering import statements
from bot.answering.expectations import expectation
from bot.answering.questions import Asked
from bot.answering.types import Draft, Selection
from retrieval.bylines import find_date
from retrieval.quotes.attribution import cast, quotations, referents
from retrieval.quotes.lexicon import ROLES
from retrieval.quotes.names import expand_acronyms, find_mentions, same_name
from retrieval.reader import Candidate, SentenceReader
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.terms import STOP_WORDS, terms, words
from retrieval.types import REPORTING, Article, Kind, Paragraph, ScoredPassage, Sentence

_READ = 14
_PAGE_KINDS = {
    "published": (Kind.IMPRINT, Kind.DATE, Kind.BYLINE), "publication": (Kind.IMPRINT, Kind.HEADLINE), "authors": (Kind.BYLINE,),
    "headline": (Kind.HEADLINE, Kind.IMPRINT), "agencies": (Kind.AGENCIES,), "caption": (Kind.CAPTION,), "credit": (Kind.CAPTION,),
}  # fmt: skip


def fact(
    question: str, passages: Sequence[ScoredPassage], articles: dict[str, Article], reader: SentenceReader
) -> Draft:
    """The best sentence of the retrieved passages, with its speaker where it gives somebody's words."""
    for article in articles.values():
        question = expand_acronyms(question, cast(article).acronyms)
    ranked = reader.read(question, _pool(question, passages, articles), _READ)
    if not ranked:
        return Draft(reason="No passage was found.")
    best, reading = ranked[0]
    missing = _missing_names(question, best.article)
    if missing:
        return Draft(reason=f"The nearest article does not mention {', '.join(missing)}.")
    said = next((q for q in quotations(best.article) if q.sentence == best.sentence), None)
    speaker = said.speaker if said else ""
    sentences = [best.sentence, *(statements.continuing(best.article, said) if said else ())]
    selections = tuple(Selection(best.article, sentence, speaker, reading.score) for sentence in sentences)
    return Draft(
        selections, _lead(best.article, best.sentence, speaker), reading.support, "No sentence found answers that."
    )


def identity(asked: Asked, articles: Sequence[Article]) -> Draft | None:
    """The sentence that says most about who a person is; None if the question may not be about a person.

    Works both ways: "who is Susan Rice" and "who is the national security adviser".
    """
    best: tuple[int, Article, Sentence] | None = None
    for article in articles:
        people = cast(article)
        described = people.described(asked.speaker)
        for person in people.people:
            if not person.description or not (person in described or same_name(asked.speaker, person.name)):
                continue
            for sentence in article_sentences(article):
                text = article.words(sentence)
                if paragraph_of(article, sentence).kind in REPORTING and person in people.mentioned(text):
                    told = len(person.description & set(terms(text)))
                    if told and (best is None or told > best[0]):
                        best = (told, article, sentence)
    if best is not None:
        return Draft((Selection(best[1], best[2], "", 1.0),), "", 1.0)
    if set(words(asked.speaker)) & ROLES:
        return Draft(reason=f"No article found says who {asked.speaker} is.")
    return None


def of_the_page(asked: Asked, article: Article) -> Draft:
    """What the page says of itself, in its own words."""
    value = getattr(article, asked.detail)
    for kind in _PAGE_KINDS[asked.detail]:
        for paragraph in article.paragraphs:
            whole_line = asked.detail == "credit" or (asked.detail == "publication" and kind is Kind.HEADLINE)
            end = _line_end(article, paragraph) if whole_line else paragraph.end
            if paragraph.kind is kind and value and _says(article.text[paragraph.start : end], value):
                return Draft((Selection(article, Sentence(paragraph.number, paragraph.start, end)),), "", 1.0)
    return Draft(reason=f"The page of “{article.title}” does not give its {asked.detail}.")


def _line_end(article: Article, paragraph: Paragraph) -> int:
    """Where the paragraph's line stops, the credit or publication after it included."""
    end = article.text.find("\n\n", paragraph.start)
    return end if end >= 0 else len(article.text)


def _says(text: str, value: object) -> bool:
    if isinstance(value, tuple):
        return any(part in text for part in value)
    return str(value) in text if isinstance(value, str) else find_date(text) == value


def _pool(question: str, passages: Sequence[ScoredPassage], articles: dict[str, Article]) -> list[Candidate]:
    """The sentences of the passages and of their neighbour paragraphs, each with the best passage it came by."""
    expected = expectation(question)
    found: dict[tuple[str, Sentence], Candidate] = {}
    for rank, scored in enumerate(passages):
        article = articles[scored.passage.article_id]
        persons = referents(article) | {q.sentence: q.speaker for q in quotations(article)}
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
                    (scored.dense or 0.0) - 0.1 * near,
                    rank + 2 * near,
                    expected.fit(text),
                    persons.get(sentence, ""),
                )
                held = found.get((article.id, sentence))
                if held is None or held.rank > candidate.rank:
                    found[(article.id, sentence)] = candidate
            before = sentence
    return list(found.values())


def _missing_names(question: str, article: Article) -> list[str]:
    """Names and numbers of the question that the article nowhere has."""
    held = set(words(article.text)) | set(terms(article.text))
    asked = [token for token in re.findall(r"[\w’'.-]+", question)[1:] if token[0].isupper() or token[0].isdigit()]
    return [
        token
        for token in asked
        for word in words(token)[:1]
        if word not in STOP_WORDS
        and word not in held
        and not set(terms(token)) & held
        and not any(same_name(token, w) for w in held if w[:1] == word[:1])
    ]


def _lead(article: Article, sentence: Sentence, speaker: str) -> str:
    """The speaker's name, where the sentence itself only says "he" or "the minister"."""
    named = speaker and any(
        same_name(name, speaker) for name in (m.name for m in find_mentions(article.words(sentence)))
    )
    return speaker if speaker and not named and any(p.name == speaker for p in cast(article).people) else ""
