"""The chain: rewrite | retrieve | generate | verify_citations | answer_or_decline, the last four for each question asked."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from langchain_core.runnables import Runnable, RunnableLambda

import prompts
from bot.answering import abstention, citations, dates, parts, rewriting
from bot.answering.generation import Generator
from bot.answering.types import Answer, Inquiry, Seconds, Turn
from retrieval.retriever import Retriever
from retrieval.types import Article

NEAREST = 3


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """`min_support`, 0 to 1, is the least support an answer needs; 0.5 is where the generator is calibrated to."""

    top_k: int = 8
    min_support: float = 0.5


def build_chain(retriever: Retriever, generator: Generator, options: AnswerOptions) -> Runnable[Inquiry, Answer]:
    """Inquiry in, Answer out. Verification stands between every generator and every answer."""

    def rewrite(inquiry: Inquiry) -> Inquiry:
        standalone = rewriting.stand_alone(inquiry.question, inquiry.turns)
        return replace(inquiry, standalone=retriever.corrected(standalone, inquiry.audiences))

    def retrieve(inquiry: Inquiry) -> Inquiry:
        found = retriever.retrieve(inquiry.standalone, options.top_k, inquiry.article_id, inquiry.audiences)
        if rewriting.leans(inquiry.question, inquiry.turns) and inquiry.focus and not inquiry.article_id:
            inside = retriever.retrieve(inquiry.standalone, options.top_k, inquiry.focus, inquiry.audiences)
            named = rewriting.without_subject(inquiry.standalone)
            other = rewriting.asks_again(inquiry.question)
            return replace(inquiry, passages=tuple(found), inside=tuple(inside), named=named, other=other)
        return replace(inquiry, passages=tuple(found))

    def generate(inquiry: Inquiry) -> Inquiry:
        return replace(inquiry, draft=generator.generate(inquiry))

    def verify_citations(inquiry: Inquiry) -> Inquiry:
        return replace(
            inquiry,
            citations=citations.cite(inquiry.draft.selections, retriever.article),
            instead=citations.cite(inquiry.draft.instead, retriever.article),
        )

    def answer_or_decline(inquiry: Inquiry) -> Answer:
        answered = abstention.should_answer(inquiry.draft, inquiry.citations, options.min_support)
        nearest = () if answered else _nearest(inquiry, retriever.article)
        if answered:
            text = citations.compose(inquiry.draft.lead, inquiry.citations)
            text = f"{text} {dates.explained(inquiry.standalone, inquiry.citations, inquiry.draft.best)}".rstrip()
        elif not retriever.articles(inquiry.audiences):
            text = prompts.load("decline_empty").substitute()
        else:
            text = abstention.decline(inquiry.draft.reason, nearest, inquiry.instead)
        return Answer(
            question=inquiry.question,
            standalone_question=inquiry.standalone,
            text=text,
            declined=not answered,
            citations=inquiry.citations if answered else inquiry.instead,
            passages=inquiry.passages,
            nearest=nearest,
            sources={s.passage.article_id: retriever.article(s.passage.article_id).source for s in inquiry.passages},
            reason="" if answered else inquiry.draft.reason,
            support=inquiry.draft.support,
            best=inquiry.draft.best or next((s.article.words(s.sentence) for s in inquiry.draft.selections), ""),
            seconds=Seconds(inquiry.seconds["rewrite"], inquiry.seconds["retrieve"], inquiry.seconds["generate"]),
        )

    answer_one = (
        RunnableLambda(_timed("retrieve", retrieve))
        | RunnableLambda(_timed("generate", generate))
        | RunnableLambda(verify_citations)
        | RunnableLambda(answer_or_decline)
    )

    def answer_parts(inquiry: Inquiry) -> Answer:
        """A later part of a question is asked as a turn after the earlier ones: "who is she and when did she leave?"."""
        first, *rest = parts.split(inquiry.standalone)
        answers = [answer_one.invoke(replace(inquiry, standalone=first))]
        turns = (*inquiry.turns, Turn(first, answers[0]))
        for part in rest:
            standalone = rewriting.stand_alone(part, turns)
            answers.append(answer_one.invoke(replace(inquiry, question=part, standalone=standalone, turns=turns)))
            turns = (*turns, Turn(part, answers[-1]))
        return parts.join(inquiry.question, inquiry.standalone, answers)

    return RunnableLambda(_timed("rewrite", rewrite)) | RunnableLambda(answer_parts)


def _timed(name: str, stage: Callable[[Inquiry], Inquiry]) -> Callable[[Inquiry], Inquiry]:
    def timed(inquiry: Inquiry) -> Inquiry:
        started = time.perf_counter()
        result = stage(inquiry)
        return replace(result, seconds={**result.seconds, name: time.perf_counter() - started})

    return timed


def _nearest(inquiry: Inquiry, find_article: Callable[[str], Article]) -> tuple[Article, ...]:
    ids = list(dict.fromkeys(scored.passage.article_id for scored in inquiry.passages))
    return tuple(find_article(id_) for id_ in ids[:NEAREST])
