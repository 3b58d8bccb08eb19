"""What somebody said about something, and who said something."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.questions import CLAIM, Asked
from bot.answering.speakers import is_known, speakers_named
from bot.answering.types import Draft, Selection
from retrieval.contexts import Place
from retrieval.peoples import country_of, is_country
from retrieval.quotes.attribution import cast, quotations
from retrieval.reader import SentenceReader
from retrieval.sentences import article_sentences
from retrieval.terms import terms
from retrieval.types import REPORTING, Article, Quotation, Sentence, Speaker

MAX_STATEMENTS, MAX_SPEAKERS = 4, 8
#: Statements whose odds are this share of the best one's belong to the answer too.
_WITHIN = 0.45
_READ = 16
_PLACE_CHARS = 600
#: A topic is the article's own if it is short or shares so many of its terms with the headline, and is as near to it.
_BROAD_TERMS, _SHARED, _SUBJECT = 2, 0.6, 0.4
_SEARCHED, _SPEAKING_ARTICLES = 20, 4
_CONNECTOR = re.compile(
    r"^(?:However|But|And|Also|Still|Yet|Nevertheless|Instead|Then)?,?\s*(?:he|she|they|it)\s+(?:also\s+)?(?:added|continued|went on|said)\b",
    re.IGNORECASE,
)
#: "responded to his remark", not "responded by saying that …": that somebody spoke, and not yet what.
_ANSWERS = re.compile(r"(?:react|respond)(?:s|ed|ing)?$")
_TO_WHAT = re.compile(r"(?:to|at|with)\b(?!.*\bby\s+\w+ing\b)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation with the article it stands in and the sentence before it."""

    article: Article
    quotation: Quotation
    before: str

    @property
    def text(self) -> str:
        return self.article.words(self.quotation.sentence)

    @property
    def content(self) -> str:
        """The words said, without who said them."""
        return " ".join(self.article.text[a:b] for a, b in self.quotation.content)

    @property
    def place(self) -> Place:
        """Where it is read: its paragraph with those before it that a passage has room for."""
        paragraphs = self.article.paragraphs
        own = paragraphs[self.quotation.sentence.paragraph - 1]
        first = own
        for earlier in reversed(paragraphs[: own.number - 1]):
            if earlier.kind not in REPORTING or own.end - earlier.start > _PLACE_CHARS:
                break
            first = earlier
        return Place(self.article, self.quotation.sentence, (first.start, own.end))

    def select(self, score: float) -> Selection:
        return Selection(self.article, self.quotation.sentence, self.quotation.speaker, score)


def statements_of(articles: Iterable[Article]) -> list[Statement]:
    """Every statement of the articles, in order; the sentence before is given where it leads up to one."""
    found = []
    for article in articles:
        sentences = article_sentences(article)
        position = {sentence: i for i, sentence in enumerate(sentences)}
        for quotation in quotations(article):
            at = position[quotation.sentence]
            previous = sentences[at - 1] if at else None
            leads = previous is not None and (
                previous.paragraph == quotation.sentence.paragraph or not quotation.mention
            )
            found.append(Statement(article, quotation, article.words(previous) if previous and leads else ""))
    return found


class Quoted(Protocol):
    """The library's quotations, searched by speaker and topic together; `retrieval.retriever.Retriever` is one."""

    def speakers(self, asked: str = "", audiences: Collection[str] | None = None) -> list[Speaker]: ...

    def said(
        self,
        topic: str,
        speakers: Collection[str] | None = None,
        k: int = 20,
        audiences: Collection[str] | None = None,
    ) -> list[tuple[Article, Quotation, float]]: ...


def speaking(asked: Asked, quoted: Quoted, audiences: Collection[str] | None) -> list[Article]:
    """The articles where the speaker asked for (anybody, if none is) speaks nearest to the topic, best first."""
    names = {speaker.name for speaker in quoted.speakers(asked.speaker, audiences)} if asked.speaker else None
    found = quoted.said(asked.topic, names, _SEARCHED, audiences) if names or names is None else []
    return list({article.id: article for article, _, _ in found}.values())[:_SPEAKING_ARTICLES]


def what_was_said(
    question: str,
    asked: Asked,
    articles: Sequence[Article],
    reader: SentenceReader,
    cited: frozenset[Sentence],
    threshold: float,
) -> Draft | None:
    """The speaker's statements on the topic; None if nobody of that name or description is in the articles.

    `question` is what `asked` was parsed from. `cited` are sentences already given in this conversation, left out when the question says "else".
    """
    speakers = {article.id: speakers_named(asked.speaker, article) for article in articles}
    statements = statements_of(articles)
    spoken = [
        s for s in statements if s.quotation.speaker in speakers[s.article.id] and s.quotation.sentence not in cited
    ]
    if not spoken:
        if any(speakers.values()) or any(is_known(asked.speaker, article) for article in articles):
            return Draft(reason=nothing_quoted(asked))
        return None
    if not terms(asked.topic):
        first = [s for s in spoken if s.article == spoken[0].article]
        return _compose(first[:MAX_STATEMENTS], [1.0] * len(first))
    others = [s for s in statements if s.quotation.speaker not in speakers[s.article.id]]
    rival = max((score for _, score in _score(asked.topic, others, reader)), default=0.0)
    scored = _read(question, _score(asked.topic, spoken, reader), rival, reader)
    best = scored[0][1]
    if best < threshold and _is_the_subject(asked.topic, scored[0][0].article, reader):
        first = [s for s in spoken if s.article == scored[0][0].article]
        return _compose(first[:MAX_STATEMENTS], [threshold] * len(first))
    least = _WITHIN * best / (1 - best + _WITHIN * best)
    near = [(s, score) for s, score in scored if score >= least and s.article == scored[0][0].article]
    chosen = near[:MAX_STATEMENTS]
    draft = _compose([s for s, _ in chosen], [score for _, score in chosen])
    return Draft(draft.selections, draft.lead, best, nothing_quoted(asked))


def _is_the_subject(topic: str, article: Article, reader: SentenceReader) -> bool:
    """Whether the topic is what the whole article is about, so that nobody in it needs to repeat it."""
    wanted = set(terms(topic))
    shared = len(wanted & set(terms(article.headline))) / max(1, len(wanted))
    broad = len(wanted) <= _BROAD_TERMS or shared >= _SHARED
    return shared == 1 or (broad and reader.similarity(topic, article.headline) >= _SUBJECT)


def said_by_others(
    asked: Asked, articles: Sequence[Article], reader: SentenceReader, threshold: float
) -> tuple[Selection, ...]:
    """The statement on the topic by somebody else than who was asked about; none if nobody is that near to it."""
    named = {article.id: speakers_named(asked.speaker, article) for article in articles}
    others = [s for s in statements_of(articles) if _speaks(s) and s.quotation.speaker not in named[s.article.id]]
    scored = _score(asked.topic, others, reader) if terms(asked.topic) else []
    if not scored or scored[0][1] < threshold:
        return ()
    statement, score = scored[0]
    return _compose([statement], [score]).selections


def who_said(asked: Asked, articles: Sequence[Article], reader: SentenceReader) -> Draft:
    """The statement that fits the topic best, led by its speaker's name: of several in a sentence, whose own words
    hold most of it, the innermost where one tells of another's."""
    scored = _score(asked.topic, statements_of(articles), reader)
    if not scored:
        return Draft(reason="Nobody is quoted in the articles found.")
    best, score = scored[0]
    told = [s for s, _ in scored if s.quotation.sentence == best.quotation.sentence and s.article == best.article]
    wanted = set(terms(asked.topic))
    statement = max(told, key=lambda s: (len(wanted & set(terms(s.content))), -len(s.content)))
    return Draft(
        (statement.select(score),),
        statement.quotation.speaker,
        score,
        f"Nobody is quoted as saying that: {asked.topic}.",
    )


def everyone(asked: Asked, articles: Sequence[Article], reader: SentenceReader, threshold: float) -> Draft:
    """One statement of each speaker: the best on the topic where it is near enough, or the first of the best article."""
    chosen: dict[str, tuple[Statement, float]] = {}
    if not terms(asked.topic):
        for statement in filter(_speaks, statements_of(articles[:1])):
            chosen.setdefault(statement.quotation.speaker, (statement, 1.0))
    else:
        for statement, score in _score(asked.topic, statements_of(articles), reader):
            if score >= threshold and _speaks(statement):
                chosen.setdefault(statement.quotation.speaker, (statement, score))
    if not chosen:
        return Draft(reason=f"Nobody is quoted{f' about {asked.topic}' if asked.topic else ''} in the articles found.")
    order = {article.id: place for place, article in enumerate(articles)}
    held = sorted(chosen.items(), key=lambda c: (order[c[1][0].article.id], c[1][0].quotation.sentence.start))
    selections: dict[tuple[str, Sentence], Selection] = {}
    for _, (statement, score) in held[:MAX_SPEAKERS]:
        selections.setdefault((statement.article.id, statement.quotation.sentence), statement.select(score))
    return Draft(
        tuple(selections.values()),
        _listed([name for name, _ in held[:MAX_SPEAKERS]]),
        max(score for _, score in chosen.values()),
    )


def _speaks(statement: Statement) -> bool:
    """A person, or a body whose own words are given; a country that "denies" is the newspaper's way of putting it."""
    name = statement.quotation.speaker
    person = any(person.name == name for person in cast(statement.article).people)
    named = name[:1].isupper() and name.split()[-1][0].isupper() and not is_country(country_of(name.lower()))
    return person or (named and any(mark in statement.text for mark in '“"'))


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _read(
    question: str, scored: Sequence[tuple[Statement, float]], rival: float, reader: SentenceReader
) -> list[tuple[Statement, float]]:
    """Statements by how likely they answer, once the reader has read them where they stand."""
    scores = reader.said(question, [s.place for s, _ in scored], [score for _, score in scored], rival)
    return sorted(zip([s for s, _ in scored], scores, strict=True), key=lambda pair: -pair[1])


def _score(topic: str, statements: Sequence[Statement], reader: SentenceReader) -> list[tuple[Statement, float]]:
    if not statements:
        return []
    contexts = [f"{s.before}\n{s.article.headline}" for s in statements]
    ranked = reader.relevance(topic, [s.text for s in statements], contexts, _READ)
    return [(statements[i], score) for i, score in ranked]


def _compose(chosen: Sequence[Statement], scores: Sequence[float]) -> Draft:
    """The chosen statements in reading order, each with what continues it."""
    selections: dict[Sentence, Selection] = {}
    for statement, score in zip(chosen, scores, strict=False):
        selections.setdefault(statement.quotation.sentence, statement.select(score))
        for sentence in continuing(statement.article, statement.quotation):
            following = Selection(statement.article, sentence, statement.quotation.speaker, score)
            selections.setdefault(sentence, following)
    ordered = sorted(selections.values(), key=lambda selection: selection.sentence.start)
    return Draft(tuple(ordered), chosen[0].quotation.speaker if chosen else "", max(scores, default=0.0))


def continuing(article: Article, quotation: Quotation) -> Iterable[Sentence]:
    """The speaker's next sentences, while they go on with the same quotation or say so ("However, he added").

    After "Mr Biden responded to his remark", the response.
    """
    sentences = article_sentences(article)
    at = sentences.index(quotation.sentence)
    spoken = {q.sentence: q for q in quotations(article) if q.speaker == quotation.speaker}
    told = article.text[slice(*quotation.content[0])] if quotation.content else ""
    announced = bool(_ANSWERS.match(quotation.cue) and _TO_WHAT.match(told))
    for sentence in sentences[at + 1 : at + 3]:
        following = spoken.get(sentence)
        goes_on = following and (announced or not following.mention or _CONNECTOR.match(article.words(sentence)))
        if not goes_on:
            return
        announced = False
        yield sentence


def nothing_quoted(asked: Asked) -> str:
    """The reason of a decline: this speaker, on this topic."""
    if asked.detail == CLAIM:
        return f"The articles do not quote {asked.speaker} as saying that {asked.topic}."
    about = f" about {asked.topic}" if asked.topic else ""
    return f"The articles quote nothing by {asked.speaker}{about}."
