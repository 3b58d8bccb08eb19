"""From a question in the store to its answer in Slack: the work of one turn in the queue."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import Executor

from bot.answering.records import to_record, to_turn
from bot.answering.types import Answer, Turn
from bot.assistant import Assistant
from bot.conversations import Conversations, Question, State
from bot.errors import QuestionError
from bot.slack.audiences import Audiences
from bot.slack.blocks import Message, answer_messages, marked, section
from bot.slack.clients import Clients
from bot.slack.delivery import Delivery, is_unclear
from bot.slack.escaping import mrkdwn
from bot.slack.library import Added, SlackLibrary, report, sorry
from bot.slack.presence import Presence
from retrieval.errors import RetrievalError
from retrieval.types import Article

_log = logging.getLogger(__name__)
MAX_TURNS = 10
_ATTEMPTS = 4
HELP = (
    "Ask me about the articles, for example: _what did the mayor say about the budget?_ Follow-ups in the thread need "
    "no mention. Drop a file here or use `/byline add` to add an article; `/byline help` lists the rest."
)


class Answering:
    """`requeue` puts a question back in the queue: one edited while it was answered, or that Slack would not take."""

    def __init__(
        self,
        assistant: Assistant,
        find_article: Callable[[str], Article],
        conversations: Conversations,
        clients: Clients,
        audiences: Audiences,
        delivery: Delivery,
        presence: Presence,
        library: SlackLibrary,
        executor: Executor,
    ) -> None:
        self._assistant, self._find_article, self._conversations = assistant, find_article, conversations
        self._clients, self._audiences, self._delivery = clients, audiences, delivery
        self._presence, self._library, self._executor = presence, library, executor
        self.requeue: Callable[[Question], object] = lambda question: None
        self.is_busy: Callable[[], bool] = lambda: False

    async def answer(self, key: tuple[str, str, str]) -> None:
        """Answer the question, whatever happens; an error is told to its asker alone, with a reference to the log."""
        question = await self._conversations.claim(key)
        if question is None:
            return
        try:
            state = await self._attempt(question)
        except Exception as error:
            state = await self._failed(question, error)
        await self._presence.clear(question)
        if state is State.QUEUED:
            self.requeue(question)
        elif state is State.DELETED:
            latest = await self._conversations.find(key)
            await self._delivery.withdraw(latest or question)

    async def ask(self, text: str, team: str, channel: str, user: str, turns: tuple[Turn, ...] = ()) -> Answer:
        """The answer to a question asked in a channel, from what may be seen there."""
        audiences = await self._audiences.of_question(team, channel, user)
        return await self._asked(text, turns, audiences)

    async def _attempt(self, question: Question) -> State:
        if question.details.get("files"):
            question = await self._add_files(question)
        if not question.text:
            if not question.details.get("files"):
                await self._delivery.tell(question, HELP)
            return await self._conversations.finish(question, State.ANSWERED)
        foreign = bool(question.details.get("foreign"))
        audiences = await self._audiences.of_question(question.team, question.channel, question.asker, foreign)
        turns = await self._turns(question, audiences)
        try:
            answer = await self._asked(question.text, turns, audiences)
        except (QuestionError, RetrievalError) as error:
            if isinstance(error, RetrievalError):
                raise
            await self._delivery.tell(question, mrkdwn(str(error)))
            return await self._conversations.finish(question, State.FAILED)
        messages = answer_messages(answer, question.key)
        offset = 1 if question.details.get("files") else 0
        if offset:
            messages = [await self._files_message(question), *messages]
        await self._delivery.deliver(question, messages, stream=not offset and not self.is_busy())
        if question.details.get("direct") and question.ts == question.thread:
            await self._title(question)
        return await self._conversations.finish(question, State.ANSWERED, to_record(answer))

    async def _asked(self, text: str, turns: tuple[Turn, ...], audiences: frozenset[str]) -> Answer:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: self._assistant.ask(text, turns, None, audiences))

    async def _turns(self, question: Question, audiences: frozenset[str]) -> tuple[Turn, ...]:
        """The thread so far, without what this asker may not see."""
        earlier = await self._conversations.turns(question.team, question.channel, question.thread, question.ts)
        records = [turn.answer for turn in earlier if turn.answer][-MAX_TURNS:]
        return tuple(to_turn(record, self._visible(audiences)) for record in records)

    def _visible(self, audiences: frozenset[str]) -> Callable[[str], Article]:
        def find(article_id: str) -> Article:
            article = self._find_article(article_id)
            if article.audience not in audiences:
                from retrieval.errors import UnknownArticle

                raise UnknownArticle(f"No article has the id {article_id!r}.")
            return article

        return find

    async def _add_files(self, question: Question) -> Question:
        """Add the files of the message, with progress in one message of the thread."""
        files = question.details["files"]
        added: list[Added] = list(question.details.get("added", ()))

        async def show() -> None:
            current = await self._conversations.find(question.key) or question
            await self._delivery.deliver(current, [self._progress(question, added, len(files))], stream=False)

        await show()
        for file in files:
            added.append(await self._library.add_file(file, question.team, question.channel, question.asker))
            if len(added) < len(files):
                await show()
        question.details["added"] = added
        await show()
        return await self._conversations.find(question.key) or question

    async def _files_message(self, question: Question) -> Message:
        return self._progress(question, question.details.get("added", []), len(question.details["files"]))

    @staticmethod
    def _progress(question: Question, added: list[Added], total: int) -> Message:
        waiting = f"Adding {total} file{'' if total == 1 else 's'}… ({len(added)} done)" if len(added) < total else ""
        text = "\n".join([*map(report, added), *([waiting] if waiting else [])])
        return Message(text[:3000], marked([section(text[:3000])], question.ts, 0))

    async def _title(self, question: Question) -> None:
        """Name the conversation in the agent view after its first question."""
        try:
            client = await self._clients.quick(question.team)
            await client.assistant_threads_setTitle(
                channel_id=question.channel, thread_ts=question.thread, title=question.text[:100]
            )
        except Exception:  # a title is a nicety; not every plan and server has them
            _log.debug("No thread title was set in %s", question.channel)

    async def _failed(self, question: Question, error: Exception) -> State:
        if is_unclear(error) and not isinstance(error, RetrievalError | ValueError) and question.attempts < _ATTEMPTS:
            _log.warning(
                "Slack did not take an answer in %s (%s); trying again", question.channel, type(error).__name__
            )
            await asyncio.sleep(min(5.0, 0.5 * 2**question.attempts))
            return await self._conversations.finish(question, State.QUEUED)
        reference = uuid.uuid4().hex[:8]
        _log.error("[%s] The question %s in %s failed", reference, question.ts, question.channel, exc_info=error)
        await self._delivery.tell(question, sorry(reference))
        return await self._conversations.finish(question, State.FAILED)
