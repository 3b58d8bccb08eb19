"""Who somebody is."""

from collections.abc import Sequence

from bot.answering.questions import Asked
from bot.answering.types import Draft, Selection
from retrieval.quotes.attribution import cast
from retrieval.quotes.lexicon import ROLES
from retrieval.quotes.names import same_name
from retrieval.sentences import article_sentences, paragraph_of
from retrieval.terms import terms, words
from retrieval.types import REPORTING, Article, Sentence


def identify(asked: Asked, articles: Sequence[Article]) -> Draft | None:
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
