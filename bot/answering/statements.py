"""What somebody said about something, and who said something."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.questions import CLAIM, Asked
from bot.answering.types import Draft, Selection
from retrieval.contexts import Place
from retrieval.coverage import article_terms
from retrieval.peoples import country_of, is_country
from retrieval.quotes.attribution import cast, quotations
from retrieval.quotes.lexicon import MODIFIERS, ROLES
from retrieval.quotes.names import same_name
from retrieval.reader import SentenceReader
from retrieval.sentences import article_sentences
from retrieval.terms import terms, words
from retrieval.types import REPORTING, Article, Quotation, Sentence, Speaker

MAX_STATEMENTS, MAX_SPEAKERS = 4, 8
#: Statements this near to the best one belong to the answer too.
_WITHIN = 0.72
_READ = 16
_PLACE_CHARS = 600
_CLEARLY, _CLEARER = 0.5, 0.3
#: A topic is the article's own if it is short or shares so many of its terms with the headline, and is as near to it.
_BROAD_TERMS, _SHARED, _SUBJECT = 2, 0.6, 0.4
_SEARCHED, _SPEAKING_ARTICLES = 20, 4
_CONNECTOR = re.compile(
    r"^(?:However|But|And|Also|Still|Yet|Nevertheless|Instead|Then)?,?\s*(?:he|she|they|it)\s+(?:also\s+)?(?:added|continued|went on|said)\b",
    re.IGNORECASE,
)


_AFFILIATED = re.compile(r",?\s+(?:of|from|at|with)\s+(?=the\b|[A-Z])")
_OF_A_BODY = re.compile(r"\b(?:for|of|at|from|in|with)(?:\s+the)?$", re.IGNORECASE)


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


def speakers_named(asked: str, article: Article) -> set[str]:
    """The article's speakers that `asked` can mean: by name, by description, or by the phrase the article uses."""
    found = quotations(article)
    for name in _names_in(asked):
        if by_name := {q.speaker for q in found if same_name(name, q.speaker)}:
            return by_name
    described = {person.name for person in cast(article).described(asked)}
    wanted = set(terms(asked))
    by_phrase = {q.speaker for q in found if q.mention and wanted and wanted <= set(terms(q.mention))}
    matched = ({q.speaker for q in found} & described) | by_phrase
    return matched or _by_office(asked, article)


def _names_in(asked: str) -> Iterator[str]:
    """`asked`, then the name it may end in: "the union boss Bernadette Coyle"."""
    yield asked
    if apposed := re.match(r"(?P<name>[^,]+),\s+(?:the|a|an|who|his|her|their)\s", asked):
        yield from _names_in(apposed["name"])  # "Melanie, the fan from Pennsylvania"
        return
    if held := re.match(r".+['’]s?\s+(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)$", asked):
        yield held["name"]  # "the RNC's Shah"
    head = _AFFILIATED.split(asked, maxsplit=1)[0] if not asked.islower() else re.split(r"\s(?:of|from|at)\s", asked)[0]
    if head != asked and (asked.islower() or head.split()[-1][0].isupper() or head.split()[0].lower() in ROLES):
        yield from _names_in(head)  # "Tanner of the Cato Institute"
    tokens = asked.removesuffix(" statement").split()
    for count in (3, 2, 1):
        name, before = " ".join(tokens[-count:]), " ".join(tokens[:-count])
        if len(tokens) <= count or _OF_A_BODY.search(before):
            continue  # "the lawyers for the Times" are not the Times
        if count > 1 or tokens[-1][0].isupper() or tokens[0].lower() in ROLES:
            yield name


def _by_office(asked: str, article: Article) -> set[str]:
    """ "the headteacher in San Rameo", "Kessler's lawyer", "the KDRX news director": the only speaker of that office.

    They may hold it anywhere, so long as the article has the other words.
    """
    head = re.split(r"\s+(?:in|at|of|from|for)\s", asked)[0]
    tokens = re.sub(r"^.*['’]s?\s+", "", head).split()
    last = max((i for i, token in enumerate(tokens) if token.lower() in ROLES), default=-1)
    first = last
    while first > 0 and tokens[first - 1].lower() in ROLES | MODIFIERS:
        first -= 1
    office = " ".join(tokens[max(0, first) : last + 1])
    others = set(terms(asked)) - set(terms(office)) - {"ex", "former"}
    if not office or not others or not others <= article_terms(article) or cast(article).described(asked):
        return set()
    speakers = {q.speaker for q in quotations(article)}
    holders = {person.name for person in cast(article).described(office)} & speakers
    nearer = (
        {name for name in holders if others <= set(terms(_introduction(name, article, before)))} for before in (0, 1)
    )
    return next((found for found in (holders, *nearer) if len(found) == 1), set())


def _introduction(name: str, article: Article, before: int) -> str:
    """The paragraph that first names somebody, after so many before it."""
    number = next((p.number for p in article.paragraphs if name in article.words(p) and p.kind in REPORTING), 1)
    return " ".join(article.words(p) for p in article.paragraphs[max(0, number - 1 - before) : number])


def is_by(asked: str, selection: Selection) -> bool:
    """Whether the sentence gives words of whom `asked` means."""
    return bool(selection.speaker) and selection.speaker in speakers_named(asked, selection.article)


def is_known(asked: str, article: Article) -> bool:
    """Whether the article names whom `asked` can mean, speaking or not."""
    return any(same_name(asked, person.name) for person in cast(article).people) or bool(cast(article).described(asked))


def is_name(asked: str) -> bool:
    """Whether `asked` is somebody's own name, or somebody's relation ("Rosa Huaman's mother"), and no country."""
    tokens = asked.split()
    named = tokens[-1][0].isupper() and not any(is_country(country_of(word)) for word in words(tokens[-1]))
    return named or bool(re.search(r"[A-Z]\w+['’]s?\s+\w+$", asked))


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
    spoken = [
        s
        for s in statements_of(articles)
        if s.quotation.speaker in speakers[s.article.id] and s.quotation.sentence not in cited
    ]
    if not spoken:
        if any(speakers.values()) or any(is_known(asked.speaker, article) for article in articles):
            return Draft(reason=nothing_quoted(asked))
        return None
    if not terms(asked.topic):
        first = [s for s in spoken if s.article == spoken[0].article]
        return _compose(first[:MAX_STATEMENTS], [1.0] * len(first))
    scored = _read(question, _score(asked.topic, spoken, reader), reader)
    best = scored[0][1]
    if best < threshold and _is_the_subject(asked.topic, scored[0][0].article, reader):
        first = [s for s in spoken if s.article == scored[0][0].article]
        return _compose(first[:MAX_STATEMENTS], [threshold] * len(first))
    chosen = [(s, score) for s, score in scored if score >= _WITHIN * best and s.article == scored[0][0].article][
        :MAX_STATEMENTS
    ]
    draft = _compose([s for s, _ in chosen], [score for _, score in chosen])
    return Draft(draft.selections, draft.lead, best, nothing_quoted(asked))


def _is_the_subject(topic: str, article: Article, reader: SentenceReader) -> bool:
    """Whether the topic is what the whole article is about, so that nobody in it needs to repeat it."""
    wanted = set(terms(topic))
    shared = len(wanted & set(terms(article.headline))) / max(1, len(wanted))
    broad = len(wanted) <= _BROAD_TERMS or shared >= _SHARED
    return shared == 1 or (broad and reader.similarity(topic, article.headline) >= _SUBJECT)


def is_anothers(asked: Asked, said: Draft, articles: Sequence[Article], reader: SentenceReader) -> bool:
    """Whether somebody else speaks of the topic so much more clearly that what the speaker said is of something else."""
    if said.support >= _CLEARLY or _is_the_subject(asked.topic, said.selections[0].article, reader):
        return False
    own = [s for s in statements_of(articles) if s.quotation.sentence == said.selections[0].sentence]
    near = max((score for _, score in _score(asked.topic, own, reader)), default=0.0)
    return bool(said_by_others(asked, articles, reader, near + _CLEARER))


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
    """The statement that fits the topic best, led by its speaker's name."""
    scored = _score(asked.topic, statements_of(articles), reader)
    if not scored:
        return Draft(reason="Nobody is quoted in the articles found.")
    statement, score = scored[0]
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
    question: str, scored: Sequence[tuple[Statement, float]], reader: SentenceReader
) -> list[tuple[Statement, float]]:
    """Statements by how likely they answer, once the reader has read them where they stand."""
    scores = reader.said(question, [s.place for s, _ in scored], [score for _, score in scored])
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
    """The speaker's next sentences, while they go on with the same quotation or say so ("However, he added")."""
    sentences = article_sentences(article)
    at = sentences.index(quotation.sentence)
    spoken = {q.sentence: q for q in quotations(article) if q.speaker == quotation.speaker}
    for sentence in sentences[at + 1 : at + 3]:
        following = spoken.get(sentence)
        if following is None or (following.mention and not _CONNECTOR.match(article.words(sentence))):
            return
        yield sentence


def nothing_quoted(asked: Asked) -> str:
    """The reason of a decline: this speaker, on this topic."""
    if asked.detail == CLAIM:
        return f"The articles do not quote {asked.speaker} as saying that {asked.topic}."
    about = f" about {asked.topic}" if asked.topic else ""
    return f"The articles quote nothing by {asked.speaker}{about}."
