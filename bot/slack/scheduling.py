"""A bounded queue that is fair to channels and keeps the order of each thread."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable

from bot.conversations import Question

_log = logging.getLogger(__name__)
Work = Callable[[tuple[str, str, str]], Awaitable[None]]


class Scheduler:
    """Channels take turns; of one thread only one question is at work at a time.

    `capacity` bounds what waits. While others wait too, one channel may fill no more than half of it.
    """

    def __init__(self, work: Work, workers: int, capacity: int) -> None:
        self._work, self._workers, self._capacity = work, workers, capacity
        self._waiting: OrderedDict[str, deque[Question]] = OrderedDict()
        self._busy: set[tuple[str, str, str]] = set()
        self._known: set[tuple[str, str, str]] = set()
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._dispatcher: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def waiting(self) -> int:
        return sum(map(len, self._waiting.values()))

    @property
    def running(self) -> int:
        return len(self._tasks)

    def start(self) -> None:
        self._dispatcher = asyncio.create_task(self._dispatch())

    def put(self, question: Question, force: bool = False) -> bool:
        """False if the queue, or the channel's share of it, is full; `force` for what was accepted earlier.

        While stopping, a question is taken but left in the store, for the next start.
        """
        if question.key in self._known or self._stopping:
            return True
        channel = f"{question.team}/{question.channel}"
        mine = len(self._waiting.get(channel, ()))
        crowded = self.waiting >= self._capacity or (len(self._waiting) > 1 and mine >= max(1, self._capacity // 2))
        if crowded and not force:
            return False
        self._waiting.setdefault(channel, deque()).append(question)
        self._known.add(question.key)
        self._wake.set()
        return True

    async def stop(self, grace: float) -> int:
        """Let what runs finish, for up to `grace` seconds; return how many are handed back to the store."""
        self._stopping = True
        if self._dispatcher:
            self._dispatcher.cancel()
        left = self.waiting
        if self._tasks:
            _, pending = await asyncio.wait(self._tasks, timeout=grace)
            for task in pending:
                task.cancel()
            left += len(pending)
        return left

    async def _dispatch(self) -> None:
        while True:
            self._wake.clear()
            while len(self._tasks) < self._workers and (question := self._next()):
                thread = (question.team, question.channel, question.thread)
                self._busy.add(thread)
                task = asyncio.create_task(self._run(question, thread))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                task.add_done_callback(lambda _: self._wake.set())
            await self._wake.wait()

    def _next(self) -> Question | None:
        """Of the channel whose turn it is, the first whose thread is free; of that thread, what was said first."""
        for channel in list(self._waiting):
            held = self._waiting[channel]
            free = next((q.thread for q in held if (q.team, q.channel, q.thread) not in self._busy), None)
            if free is None:
                continue
            # events may arrive in another order than they were said in
            question = min((q for q in held if q.thread == free), key=lambda q: q.ts)
            held.remove(question)
            self._waiting.move_to_end(channel)
            if not held:
                del self._waiting[channel]
            return question
        return None

    async def _run(self, question: Question, thread: tuple[str, str, str]) -> None:
        self._known.discard(question.key)
        try:
            await self._work(question.key)
        except Exception:
            _log.exception("A question in channel %s was not answered", question.channel)
        finally:
            self._busy.discard(thread)
