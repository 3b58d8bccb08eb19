"""Whom a question means among the people of an article: by name, by office, by the body they speak for."""

import re
from collections.abc import Iterator

from bot.answering.types import Selection
from retrieval.coverage import article_terms
from retrieval.peoples import country_of, is_country
from retrieval.quotes.attribution import cast, quotations
from retrieval.quotes.lexicon import FEMALE_NAMES, MALE_NAMES, MODIFIERS, ROLES, same_first_name
from retrieval.quotes.names import same_name
from retrieval.terms import terms, words
from retrieval.types import REPORTING, Article

_AFFILIATED = re.compile(r",?\s+(?:of|from|at|with)\s+(?=the\b|[A-Z])")
_WHERE = re.compile(r"\s(?:in|at)\s|[A-Z]\w+['’]s?\s")
_OF_A_BODY = re.compile(r"\b(?:for|of|at|from|in|with)(?:\s+the)?$", re.IGNORECASE)


def speakers_named(asked: str, article: Article) -> set[str]:
    """The article's speakers that `asked` can mean: by name, by description, or by the phrase the article uses."""
    found = quotations(article)
    for name in _names_in(asked):
        if by_name := {q.speaker for q in found if same_name(name, q.speaker) and not _is_relative(asked, q.speaker)}:
            return by_name
    described = {person.name for person in cast(article).described(asked)}
    wanted = set(terms(asked))
    by_phrase = {q.speaker for q in found if q.mention and wanted and wanted <= set(terms(q.mention))}
    matched = ({q.speaker for q in found} & described) | by_phrase
    return matched or (set() if described else _by_office(asked, article))


def _is_relative(asked: str, name: str) -> bool:
    """Whether two names share no more than the surname: "Bill Clinton" and Hillary Clinton."""
    one, other = words(asked)[-2:], words(name)
    known = FEMALE_NAMES | MALE_NAMES
    if len(one) < 2 or len(other) < 2 or one[0] not in known or other[0] not in known or one[1] != other[-1]:
        return False
    return not same_first_name(one[0], other[0])


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

    The other words stand where they are brought in; a place or a person may stand anywhere in the article.
    """
    head = re.split(r"\s+(?:in|at|of|from|for)\s", asked)[0]
    tokens = re.sub(r"^.*['’]s?\s+", "", head).split()
    last = max((i for i, token in enumerate(tokens) if token.lower() in ROLES), default=-1)
    first = last
    while first > 0 and tokens[first - 1].lower() in ROLES | MODIFIERS:
        first -= 1
    office = " ".join(tokens[max(0, first) : last + 1])
    others = set(terms(asked)) - set(terms(office)) - {"ex", "former"}
    if not office or not others or not others <= article_terms(article):
        return set()
    speakers = {q.speaker for q in quotations(article)}
    holders = {person.name for person in cast(article).described(office)} & speakers
    near = (
        {name for name in holders if others <= set(terms(_introduction(name, article, before)))} for before in (0, 1)
    )
    anywhere = [holders] if _WHERE.search(asked) else []
    return next((found for found in (*near, *anywhere) if len(found) == 1), set())


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
