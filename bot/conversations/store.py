"""Reading and writing conversations; every method is one transaction."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.conversations.tables import feedback, handled, messages, questions, threads
from bot.conversations.types import Question, State, Thread

#: How long a process may take over one question before another may take it up, in seconds.
LEASE_SECONDS = 120.0
_KEPT_EVENTS_SECONDS = 86_400.0


class Conversations:
    """Open with `open_conversations`. Every method is one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = asyncio.Lock()  # SQLite lets one write at a time; waiting here is fairer than its busy timeout

    @property
    def engine(self) -> AsyncEngine:
        """For what else lives in the same database: the installations of Slack workspaces."""
        return self._engine

    @property
    def is_shared(self) -> bool:
        """Whether other processes may be answering from the same database."""
        return self._engine.dialect.name != "sqlite"

    async def close(self) -> None:
        await self._engine.dispose()

    async def receive(self, question: Question) -> bool:
        """Keep a question; False if it is already there, whichever event brought it."""
        row = {
            **{
                name: getattr(question, name)
                for name in ("team", "channel", "ts", "thread", "asker", "text", "details")
            },
            "state": State.QUEUED,
            "revision": 0,
            "attempts": 0,
            "lease": 0.0,
            "received": time.time(),
        }
        try:
            async with self._write() as connection:
                await connection.execute(insert(questions).values(row))
        except IntegrityError:
            return False
        return True

    async def first_time(self, event_id: str) -> bool:
        """Whether this event, command or click was not handled before; it now is."""
        now = time.time()
        try:
            async with self._write() as connection:
                await connection.execute(delete(handled).where(handled.c.at < now - _KEPT_EVENTS_SECONDS))
                await connection.execute(insert(handled).values(id=event_id[:160], at=now))
        except IntegrityError:
            return False
        return True

    async def find(self, key: tuple[str, str, str]) -> Question | None:
        async with self._read() as connection:
            row = (await connection.execute(select(questions).where(_is(key)))).mappings().first()
            return _question(row, await _posted(connection, key)) if row else None

    async def claim(self, key: tuple[str, str, str]) -> Question | None:
        """Begin to answer, with the text as it now reads; None if it was answered, deleted, or another process has it."""
        now = time.time()
        free = or_(
            questions.c.state == State.QUEUED, (questions.c.state == State.ANSWERING) & (questions.c.lease < now)
        )
        async with self._write() as connection:
            changes = {"state": State.ANSWERING, "attempts": questions.c.attempts + 1, "lease": now + LEASE_SECONDS}
            result = await connection.execute(update(questions).where(_is(key), free).values(changes))
            if result.rowcount != 1:
                return None
            row = (await connection.execute(select(questions).where(_is(key)))).mappings().one()
            return _question(row, await _posted(connection, key))

    async def finish(self, question: Question, state: State, answer: dict[str, Any] | None = None) -> State:
        """Record how it ended and return where it stands: QUEUED if it was edited meanwhile, DELETED if deleted."""
        async with self._write() as connection:
            where = (_is(question.key), questions.c.state == State.ANSWERING)
            same = (*where, questions.c.revision == question.revision)
            result = await connection.execute(
                update(questions).where(*same).values(state=state, answer=answer, lease=0.0)
            )
            if result.rowcount == 1:
                return state
            await connection.execute(update(questions).where(*where).values(state=State.QUEUED, lease=0.0))
            found = await connection.execute(select(questions.c.state).where(_is(question.key)))
            return State(found.scalar_one_or_none() or State.DELETED)

    async def unfinished(self, all_are_ours: bool) -> list[Question]:
        """Questions to take up again, oldest first: `all_are_ours` when no other process can be at work on them."""
        now = time.time()
        begun = questions.c.state == State.ANSWERING
        async with self._write() as connection:
            abandoned = begun if all_are_ours else begun & (questions.c.lease < now)
            await connection.execute(update(questions).where(abandoned).values(state=State.QUEUED, lease=0.0))
            waiting = select(questions).where(questions.c.state == State.QUEUED).order_by(questions.c.received)
            if not all_are_ours:
                waiting = waiting.where(questions.c.received < now - LEASE_SECONDS)
            return [_question(row, ()) for row in (await connection.execute(waiting)).mappings()]

    async def edit(self, key: tuple[str, str, str], text: str) -> Question | None:
        """The question with its new text, to be answered again; None if unknown, deleted or the same as before."""
        async with self._write() as connection:
            changed = (_is(key), questions.c.text != text, questions.c.state != State.DELETED)
            changes = {"text": text, "revision": questions.c.revision + 1}
            if (await connection.execute(update(questions).where(*changed).values(changes))).rowcount != 1:
                return None
            done = (_is(key), questions.c.state != State.ANSWERING)
            await connection.execute(update(questions).where(*done).values(state=State.QUEUED))
            row = (await connection.execute(select(questions).where(_is(key)))).mappings().one()
            return _question(row, await _posted(connection, key))

    async def delete(self, key: tuple[str, str, str]) -> Question | None:
        """Forget a question's words and answer; return it as it was, with the messages to remove."""
        found = await self.find(key)
        if found is None or found.state is State.DELETED:
            return None
        async with self._write() as connection:
            gone: dict[str, Any] = {"state": State.DELETED, "text": "", "answer": None, "details": {}}
            await connection.execute(update(questions).where(_is(key)).values(gone))
        return found

    async def posted(self, question: Question, ts: str) -> None:
        """Remember a message as part of the question's answer."""
        try:
            async with self._write() as connection:
                row = {"team": question.team, "channel": question.channel, "ts": ts, "question": question.ts}
                await connection.execute(insert(messages).values(row))
        except IntegrityError:
            return

    async def withdrawn(self, question: Question, ts: str) -> None:
        async with self._write() as connection:
            here = (messages.c.team == question.team, messages.c.channel == question.channel, messages.c.ts == ts)
            await connection.execute(delete(messages).where(*here))

    async def posted_in(self, team: str, channel: str) -> set[str]:
        """Every message of Byline's in a channel that is known to belong to a question."""
        async with self._read() as connection:
            here = (messages.c.team == team, messages.c.channel == channel)
            return set((await connection.execute(select(messages.c.ts).where(*here))).scalars())

    async def turns(self, team: str, channel: str, thread: str, before: str = "~") -> list[Question]:
        """The thread's answered questions before a ts, in order."""
        where = (_in(questions, team, channel, thread), questions.c.state == State.ANSWERED, questions.c.ts < before)
        async with self._read() as connection:
            rows = await connection.execute(select(questions).where(*where).order_by(questions.c.ts))
            return [_question(row, ()) for row in rows.mappings()]

    async def askers_of(self, team: str, channel: str, thread: str) -> set[str]:
        """Who has asked Byline something in a thread; empty if it has no part in it."""
        where = (_in(questions, team, channel, thread), questions.c.state != State.DELETED)
        async with self._read() as connection:
            return set((await connection.execute(select(questions.c.asker).where(*where).distinct())).scalars())

    async def lately(
        self, team: str, limit: int, channel: str | None = None, asker: str | None = None
    ) -> list[Question]:
        """The newest questions of a workspace that were not deleted, newest first."""
        where = [questions.c.team == team, questions.c.state != State.DELETED]
        where += [questions.c.channel == channel] if channel else []
        where += [questions.c.asker == asker] if asker else []
        async with self._read() as connection:
            newest = select(questions).where(*where).order_by(questions.c.received.desc()).limit(limit)
            return [_question(row, ()) for row in (await connection.execute(newest)).mappings()]

    async def newest_ts(self, team: str) -> str | None:
        """When the last question of a workspace was asked, as Slack writes it."""
        async with self._read() as connection:
            found = await connection.execute(select(func.max(questions.c.ts)).where(questions.c.team == team))
            value = found.scalar_one_or_none()
            return str(value) if value else None

    async def threads_of(self, team: str, channel: str, since: float) -> list[str]:
        """Threads of a channel in which something was asked since then (seconds since 1970)."""
        where = (questions.c.team == team, questions.c.channel == channel, questions.c.received >= since)
        async with self._read() as connection:
            return list((await connection.execute(select(questions.c.thread).where(*where).distinct())).scalars())

    async def thread(self, team: str, channel: str, thread: str) -> Thread:
        async with self._read() as connection:
            row = (
                (await connection.execute(select(threads).where(_in(threads, team, channel, thread))))
                .mappings()
                .first()
            )
            return Thread(row["quiet"], row["among_people"]) if row else Thread()

    async def set_thread(self, team: str, channel: str, thread: str, **changes: bool) -> None:
        """Set `quiet` or `among_people`."""
        async with self._write() as connection:
            here = _in(threads, team, channel, thread)
            if (await connection.execute(update(threads).where(here).values(**changes))).rowcount == 0:
                row = {"team": team, "channel": channel, "thread": thread, "quiet": False, "among_people": False}
                await connection.execute(insert(threads).values({**row, **changes}))

    async def rate(self, key: tuple[str, str, str], person: str, good: bool, reason: str = "") -> None:
        """Keep a person's opinion of an answer; their latest counts."""
        team, channel, ts = key
        row = {"team": team, "channel": channel, "question": ts, "person": person}
        async with self._write() as connection:
            same = [feedback.c[name] == value for name, value in row.items()]
            await connection.execute(delete(feedback).where(*same))
            await connection.execute(
                insert(feedback).values({**row, "good": good, "reason": reason, "given": time.time()})
            )

    async def ratings(self) -> Sequence[dict[str, Any]]:
        """Every opinion kept, oldest first."""
        async with self._read() as connection:
            rows = await connection.execute(select(feedback).order_by(feedback.c.given))
            return [dict(row) for row in rows.mappings()]

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        async with self._writing, self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.connect() as connection:
            yield connection


def _is(key: tuple[str, str, str]) -> Any:
    team, channel, ts = key
    return (questions.c.team == team) & (questions.c.channel == channel) & (questions.c.ts == ts)


def _in(table: Table, team: str, channel: str, thread: str) -> Any:
    return (table.c.team == team) & (table.c.channel == channel) & (table.c.thread == thread)


async def _posted(connection: AsyncConnection, key: tuple[str, str, str]) -> tuple[str, ...]:
    team, channel, ts = key
    where = (messages.c.team == team, messages.c.channel == channel, messages.c.question == ts)
    return tuple((await connection.execute(select(messages.c.ts).where(*where).order_by(messages.c.ts))).scalars())


def _question(row: Any, messages: tuple[str, ...]) -> Question:
    names = ("team", "channel", "ts", "thread", "asker", "text", "details", "revision", "attempts", "answer")
    found = Question(**{name: row[name] for name in names}, state=State(row["state"]))
    return replace(found, messages=messages)
