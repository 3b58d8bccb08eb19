"""Answers reach their thread exactly once, through streams, rate limits, unclear errors and killed processes.

Every message's ts is stored before the question counts as answered, and its first block is named after the
question. After an unclear outcome (a 5xx, a time-out, a process killed between posting and storing) the thread is
read before anything is posted again: a message named after the question, or a stream of ours that no question
claims, is the one, and it is updated.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations import Conversations, Question
from bot.slack.blocks import MARK, Block, Message, note
from bot.slack.clients import Clients, error_of, status_of

_log = logging.getLogger(__name__)
#: chat.startStream is allowed about 20 times a minute; beyond this many, answers are posted whole.
_STREAMS_A_MINUTE = 18
_NO_STREAM_SECONDS = 600.0
_TRIES = 6


class Delivery:
    """`bot_user_of` names Byline's own user in a workspace, whose messages it looks for."""

    def __init__(
        self, clients: Clients, conversations: Conversations, bot_user_of: Callable[[str], Awaitable[str]]
    ) -> None:
        self._clients, self._conversations, self._bot_user_of = clients, conversations, bot_user_of
        self._no_stream_until: dict[tuple[str, str], float] = {}
        self._streams: dict[str, list[float]] = {}
        # one post at a time in a channel: a rate limit holds back what follows, and order is kept
        self._posting: dict[tuple[str, str], asyncio.Lock] = {}

    async def deliver(self, question: Question, messages: Sequence[Message], stream: bool) -> None:
        """Post the messages, or put them in place of those an earlier attempt or revision posted.

        The answer to a command goes to its asker alone, and cannot be looked for.
        """
        client = await self._clients.of(question.team)
        if question.details.get("private"):
            for message in messages:
                await self._show(client, question, message)
            return
        there = dict(enumerate(question.messages))
        if question.attempts > 1 and not there:
            there = await self._find(client, question)
        for number, message in enumerate(messages):
            if number in there:
                await self._update(client, question, there[number], message)
            elif stream and message.stream and self._may_stream(question):
                await self._stream(client, question, message)
            else:
                await self._post(client, question, message, number)
        for number in sorted(set(there) - set(range(len(messages)))):
            await self._remove(client, question, there[number])

    async def withdraw(self, question: Question) -> None:
        """Remove every message of a question's answer."""
        client = await self._clients.of(question.team)
        for ts in question.messages:
            await self._remove(client, question, ts)

    async def tell(self, question: Question, text: str) -> None:
        """Tell only the asker, in the thread."""
        client = await self._clients.of(question.team)
        thread = None if question.details.get("private") else question.thread
        try:
            await client.chat_postEphemeral(
                channel=question.channel, user=question.asker, thread_ts=thread, text=text, blocks=[note(text)]
            )
        except SlackApiError as error:
            _log.warning("A notice could not be shown in channel %s: %s", question.channel, error_of(error))

    async def _show(self, client: AsyncWebClient, question: Question, message: Message) -> None:
        """To the asker only; where Byline is not in the conversation, as a direct message."""
        try:
            await client.chat_postEphemeral(
                channel=question.channel, user=question.asker, text=message.text, blocks=list(message.blocks)
            )
        except SlackApiError as error:
            if is_unclear(error):
                raise
            opened = await client.conversations_open(users=question.asker)
            direct = str(opened["channel"]["id"])
            await client.chat_postMessage(
                channel=direct, text=message.text, blocks=list(message.blocks), unfurl_links=False, unfurl_media=False
            )

    async def _post(self, client: AsyncWebClient, question: Question, message: Message, number: int) -> None:
        lock = self._posting.setdefault((question.team, question.channel), asyncio.Lock())
        for attempt in range(_TRIES):
            try:
                async with lock:
                    posted = await client.chat_postMessage(
                        channel=question.channel,
                        thread_ts=question.thread,
                        text=message.text,
                        blocks=list(message.blocks),
                        unfurl_links=False,
                        unfurl_media=False,
                    )
            except Exception as error:
                if not is_unclear(error) or attempt == _TRIES - 1:
                    raise
                await asyncio.sleep(0.3 * 2**attempt)
                found = await self._find(client, question)
                if number in found:
                    return
            else:
                await self._conversations.posted(question, str(posted["ts"]))
                return

    async def _stream(self, client: AsyncWebClient, question: Question, message: Message) -> None:
        ts = ""
        try:
            stream = await client.chat_stream(
                channel=question.channel,
                thread_ts=question.thread,
                recipient_team_id=question.details.get("user_team") or question.team,
                recipient_user_id=question.asker,
                buffer_size=1,
            )
            for piece in message.stream:
                begun = await stream.append(markdown_text=piece)
                if begun is not None and not ts:
                    ts = str(begun["ts"])
                    await self._conversations.posted(question, ts)
            await stream.stop(blocks=list(message.below))
        except Exception as error:
            if not ts:
                self._note_refusal(question, error)
                ts = (await self._find(client, question)).get(0, "") if is_unclear(error) else ""
            if ts:
                await self._update(client, question, ts, message)
            else:
                await self._post(client, question, message, 0)

    async def _update(self, client: AsyncWebClient, question: Question, ts: str, message: Message) -> None:
        """Finish or replace a message; one that is gone is posted anew."""
        try:
            await client.chat_update(channel=question.channel, ts=ts, text=message.text, blocks=list(message.blocks))
        except SlackApiError as error:
            name = error_of(error)
            if name in ("streaming_state_conflict", "message_in_streaming_state"):
                with contextlib.suppress(SlackApiError):
                    await client.chat_stopStream(channel=question.channel, ts=ts)
                await client.chat_update(
                    channel=question.channel, ts=ts, text=message.text, blocks=list(message.blocks)
                )
            elif name in ("message_not_found", "cant_update_message", "edit_window_closed"):
                await self._conversations.withdrawn(question, ts)
                await self._post(client, question, message, 0)
            else:
                raise

    async def _remove(self, client: AsyncWebClient, question: Question, ts: str) -> None:
        try:
            await client.chat_delete(channel=question.channel, ts=ts)
        except SlackApiError as error:
            if error_of(error) not in ("message_not_found", "thread_not_found"):
                raise
        await self._conversations.withdrawn(question, ts)

    async def _find(self, client: AsyncWebClient, question: Question) -> dict[int, str]:
        """Messages that already hold this question's answer, by their number, now stored as its own."""
        me = await self._bot_user_of(question.team)
        taken = await self._conversations.posted_in(question.team, question.channel)
        found: dict[int, str] = {}
        async for message in replies(client, question.channel, question.thread):
            ts = str(message.get("ts", ""))
            if message.get("user") != me or ts in taken or ts <= question.ts:
                continue
            name = next((str(b.get("block_id", "")) for b in message.get("blocks") or () if _is_ours(b)), "")
            if name.startswith(f"{MARK}:{question.ts}:"):
                found[int(name.rsplit(":", 1)[1])] = ts
            elif not name and not message.get("is_ephemeral"):  # a stream whose end never came carries no name
                found.setdefault(0, ts)
        for ts in found.values():
            await self._conversations.posted(question, ts)
        return found

    def _may_stream(self, question: Question) -> bool:
        now = time.monotonic()
        recent = [at for at in self._streams.get(question.team, []) if now - at < 60]
        if now < self._no_stream_until.get((question.team, question.channel), 0) or len(recent) >= _STREAMS_A_MINUTE:
            return False
        self._streams[question.team] = [*recent, now]
        return True

    def _note_refusal(self, question: Question, error: Exception) -> None:
        """A workspace or channel without streams is not asked again for a while."""
        if not is_unclear(error):
            self._no_stream_until[question.team, question.channel] = time.monotonic() + _NO_STREAM_SECONDS


async def replies(client: AsyncWebClient, channel: str, thread: str) -> Any:
    """The messages of a thread, page by page."""
    cursor = ""
    while True:
        page = await client.conversations_replies(channel=channel, ts=thread, cursor=cursor or None, limit=200)
        for message in page.get("messages") or []:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _is_ours(block: Block) -> bool:
    return str(block.get("block_id", "")).startswith(f"{MARK}:")


def is_unclear(error: Exception) -> bool:
    """Whether a call may have taken effect although it failed: no answer, a 5xx, or one that says as much."""
    if isinstance(error, SlackApiError):
        return status_of(error) >= 500 or error_of(error) in ("internal_error", "fatal_error", "service_unavailable")
    return True
