"""The generator that needs no language model: it selects the sentences that answer."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from bot.answering import facts, gist, identity, page, speakers, statements
from bot.answering.questions import Asked, Wants, parse_question
from bot.answering.types import Citation, Draft, Inquiry
from retrieval.reader import SentenceReader
from retrieval.terms import terms
from retrieval.types import Article, Sentence

_MAX_ARTICLES = 5
#: Support, at the most, of an answer to what somebody said where it was another who said it.
_BY_ANOTHER = 0.4
#: What speaks for the article that the conversation is at, before its sentences are read.
_AT_HAND = 0.06
#: Where `_calibrated` puts a kind's threshold.
_AS_LIKELY_RIGHT = 0.5


class ExtractiveGenerator:
    """Routes a question by what it wants. `find_article` gives the article of an id."""

    def __init__(
        self,
        reader: SentenceReader,
        find_article: Callable[[str], Article],
        quoted: statements.Quoted,
    ) -> None:
        self._reader, self._find_article, self._quoted = reader, find_article, quoted

    def generate(self, inquiry: Inquiry) -> Draft:
        asked = parse_question(inquiry.standalone)
        articles = self._articles(inquiry, asked)
        if not articles:
            return Draft(reason="No article was found.")
        topic = gist.broad_topic(inquiry.standalone)
        if topic is not None:
            return self._in_short(inquiry, topic, articles)
        theme = gist.theme(inquiry.standalone)
        if theme is not None:
            return self._bearing_on(theme, articles)
        if asked.wants is Wants.PAGE:
            return self._of_the_page(inquiry, asked, articles)
        if asked.wants is Wants.WORDS:
            said = self._words(inquiry, asked, articles)
            if said is not None:
                return said
        if asked.wants is Wants.IDENTITY:
            described = identity.identify(asked, articles)
            if described is not None and described.selections:
                return described
            fact = self._calibrated(self._fact(inquiry, asked), "fact")
            return replace(fact, reason=described.reason) if described is not None else fact
        if asked.wants is Wants.SPEAKER and asked.every:
            spoken = statements.everyone(asked, articles, self._reader, self._reader.thresholds["topic"])
            return self._calibrated(spoken, "topic")
        if asked.wants is Wants.SPEAKER:
            said = statements.who_said(asked, articles, self._reader)
            if said.support >= self._reader.thresholds["speaker"]:
                return self._calibrated(said, "speaker")
        fact = self._calibrated(self._fact(inquiry, asked), "fact")
        by = fact.selections[0] if asked.wants is Wants.WORDS and fact.selections else None
        if by is not None and by.speaker and not speakers.is_by(asked.speaker, by):
            return replace(fact, support=min(fact.support, _BY_ANOTHER), reason=statements.nothing_quoted(asked))
        return fact

    def _words(self, inquiry: Inquiry, asked: Asked, articles: Sequence[Article]) -> Draft | None:
        """What the speaker said of the topic, or that another did; None if nobody of that name or office is known."""
        threshold = self._reader.thresholds["statement"]
        about = [article for article in articles if not facts.missing_names(f"about {asked.topic}", article)]
        said = statements.what_was_said(inquiry.standalone, asked, about, self._reader, self._given(inquiry), threshold)
        if said is not None and said.support >= threshold:
            return self._calibrated(said, "statement")
        known = any(speakers.is_known(asked.speaker, article) for article in articles)
        if not (known or speakers.is_name(asked.speaker)):
            return None
        # the topic alone: the name would draw to whatever its bearer says
        read = self._calibrated(self._read(inquiry, asked.topic), "fact")
        if read.support >= _AS_LIKELY_RIGHT and (
            speakers.is_by(asked.speaker, read.selections[0])  # said in other words than those asked about
            or (asked.asks_a_source and not known and not read.selections[0].speaker)
        ):
            return read
        return self._by_another(asked, articles, said)

    def _in_short(self, inquiry: Inquiry, topic: str, articles: Sequence[Article]) -> Draft:
        """A summary of the article that the topic finds, else of the one just cited, else of the only one."""
        if not topic and inquiry.cited_before:
            return gist.summary(inquiry.cited_before[0].article, self._reader)
        if topic or len(articles) == 1 or inquiry.article_id:
            return gist.summary(articles[0], self._reader)
        return Draft(
            reason="There are several: say which article is meant, for example “summarise the article about …”."
        )

    def _bearing_on(self, theme: str, articles: Sequence[Article]) -> Draft:
        """What bears on a theme in the first article that has all the names in it."""
        about = [article for article in articles if not facts.missing_names(f"The {theme}", article)]
        return gist.bearing_on(theme, (about or articles)[0], self._reader)

    def _by_another(self, asked: Asked, articles: Sequence[Article], said: Draft | None) -> Draft:
        """A decline that tells who did speak of the topic, where somebody did."""
        held = self._calibrated(said, "statement") if said is not None else Draft()
        instead = statements.said_by_others(asked, articles, self._reader, self._reader.thresholds["topic"])
        support = min(held.support, _BY_ANOTHER) if instead else held.support
        return replace(held, support=support, reason=statements.nothing_quoted(asked), instead=instead)

    @staticmethod
    def _of_the_page(inquiry: Inquiry, asked: Asked, articles: Sequence[Article]) -> Draft:
        """The article the question describes, else the one just cited, else the only one there is."""
        if not asked.topic and inquiry.cited_before:
            return page.of_the_page(asked, inquiry.cited_before[0].article)
        if asked.topic or len(articles) == 1:
            return page.of_the_page(asked, articles[0])
        return Draft(reason="There are several: say which article is meant, for example “the article about …”.")

    def _fact(self, inquiry: Inquiry, asked: Asked) -> Draft:
        """A follow-up's answer is looked for where the conversation is, before anywhere else."""
        given = self._answered(inquiry) if inquiry.other else frozenset()
        inside = Draft()
        if inquiry.inside:
            at_hand = _sentences(c for c in inquiry.cited_before if c.article.id == inquiry.focus)
            holding = terms(inquiry.question) if inquiry.other else ()
            inside = self._read(
                replace(inquiry, passages=inquiry.inside),
                inquiry.named,
                given=given,
                at_hand=at_hand,
                named=inquiry.question,
                holding=holding,
            )
            inside = replace(inside, support=min(1.0, inside.support + _AT_HAND))
            if inside.support >= self._reader.thresholds["fact"]:
                return inside
        outside = self._read(inquiry, asked.topic if asked.every else inquiry.standalone, asked.every, given)
        return inside if inside.selections and inside.support > outside.support else outside

    def _read(
        self,
        inquiry: Inquiry,
        question: str,
        every: bool = False,
        given: frozenset[Sentence] = frozenset(),
        at_hand: Collection[Sentence] = (),
        named: str = "",
        holding: Collection[str] = (),
    ) -> Draft:
        retrieved = {s.passage.article_id: self._find_article(s.passage.article_id) for s in inquiry.passages}
        return facts.fact(question, inquiry.passages, retrieved, self._reader, every, given, at_hand, named, holding)

    def _articles(self, inquiry: Inquiry, asked: Asked) -> Sequence[Article]:
        """The retrieved articles, best first; in a follow-up, those just cited come before them.

        A question about words also looks where the library's quotations are nearest to it.
        """
        before = [citation.article.id for citation in inquiry.cited_before] if inquiry.is_follow_up else []
        retrieved = [scored.passage.article_id for scored in inquiry.passages]
        found = [self._find_article(id_) for id_ in list(dict.fromkeys([*before, *retrieved]))[:_MAX_ARTICLES]]
        if asked.wants in (Wants.WORDS, Wants.SPEAKER) and inquiry.article_id is None:
            found += statements.speaking(asked, self._quoted, inquiry.audiences)
        return list({article.id: article for article in found}.values())

    def _given(self, inquiry: Inquiry) -> frozenset[Sentence]:
        """What the conversation has already quoted, when the question asks for something else."""
        return self._cited(inquiry) if "else" in inquiry.standalone.lower().split() else frozenset()

    def _answered(self, inquiry: Inquiry) -> frozenset[Sentence]:
        """What has been quoted and says nothing of the other thing that is asked about now ("and Christians?")."""
        wanted = set(terms(inquiry.question))
        cited = [c for turn in inquiry.turns for c in turn.answer.citations if not wanted & set(terms(c.quote))]
        return _sentences(cited)

    @staticmethod
    def _cited(inquiry: Inquiry) -> frozenset[Sentence]:
        return _sentences(c for turn in inquiry.turns for c in turn.answer.citations)

    def _calibrated(self, draft: Draft, kind: str) -> Draft:
        """Scores of different kinds on one scale of support: 0.5 at the kind's threshold, 1 at the top."""
        threshold = self._reader.thresholds[kind]
        score = min(1.0, max(0.0, draft.support))
        above = score >= threshold
        support = 0.5 + 0.5 * (score - threshold) / (1 - threshold) if above else 0.5 * score / threshold
        return replace(draft, support=support)


def _sentences(citations: Iterable[Citation]) -> frozenset[Sentence]:
    return frozenset(Sentence(c.paragraph, c.start, c.end) for c in citations)
