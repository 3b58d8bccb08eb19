import asyncio

from bot.conversations import Question
from bot.slack.scheduling import Scheduler


def question(channel: str, ts: str, thread: str = "") -> Question:
    return Question("T", channel, ts, thread or ts, "U", "who?")


def test_channels_take_turns() -> None:
    async def work() -> list[str]:
        done: list[str] = []

        async def answer(key: tuple[str, str, str]) -> None:
            done.append(key[1])

        scheduler = Scheduler(answer, workers=1, capacity=100)
        for n in range(10):
            scheduler.put(question("BUSY", f"1.{n}"))
        scheduler.put(question("CALM", "2.0"))
        scheduler.start()
        await asyncio.sleep(0.05)
        await scheduler.stop(1)
        return done

    done = asyncio.run(work())
    assert len(done) == 11
    assert done.index("CALM") <= 1


def test_a_thread_keeps_its_order_while_others_go_on() -> None:
    async def work() -> list[str]:
        done: list[str] = []
        held = asyncio.Event()

        async def answer(key: tuple[str, str, str]) -> None:
            if key[2] == "1.0":
                await held.wait()
            done.append(key[2])

        scheduler = Scheduler(answer, workers=4, capacity=100)
        for ts, thread in (("1.0", "a"), ("1.1", "a"), ("1.2", "b"), ("1.3", "a")):
            scheduler.put(question("C", ts, thread))
        scheduler.start()
        await asyncio.sleep(0.05)
        assert done == ["1.2"]
        held.set()
        await asyncio.sleep(0.05)
        await scheduler.stop(1)
        return done

    assert asyncio.run(work()) == ["1.2", "1.0", "1.1", "1.3"]


def test_a_thread_is_answered_in_the_order_it_was_said_in_not_heard_in() -> None:
    async def work() -> list[str]:
        done: list[str] = []

        async def answer(key: tuple[str, str, str]) -> None:
            done.append(key[2])

        scheduler = Scheduler(answer, workers=2, capacity=100)
        for ts in ("1.3", "1.1", "1.2"):
            scheduler.put(question("C", ts, "a"))
        scheduler.start()
        await asyncio.sleep(0.05)
        await scheduler.stop(1)
        return done

    assert asyncio.run(work()) == ["1.1", "1.2", "1.3"]


def test_the_queue_is_bounded_and_no_channel_fills_it_while_others_wait() -> None:
    async def work() -> list[bool]:
        async def answer(key: tuple[str, str, str]) -> None:
            await asyncio.sleep(60)

        scheduler = Scheduler(answer, workers=1, capacity=10)
        calm = [scheduler.put(question("CALM", "9.0"))]
        busy = [scheduler.put(question("BUSY", f"1.{n}")) for n in range(8)]
        calm += [scheduler.put(question("CALM", f"9.{n + 1}")) for n in range(4)]
        full = [scheduler.put(question("THIRD", "3.0")), scheduler.put(question("THIRD", "3.1"), force=True)]
        assert busy == [True] * 5 + [False] * 3
        assert calm == [True] * 5
        return full

    assert asyncio.run(work()) == [False, True]


def test_the_same_question_waits_once() -> None:
    async def work() -> int:
        async def answer(key: tuple[str, str, str]) -> None: ...

        scheduler = Scheduler(answer, workers=1, capacity=10)
        scheduler.put(question("C", "1.0"))
        scheduler.put(question("C", "1.0"), force=True)
        return scheduler.waiting

    assert asyncio.run(work()) == 1


def test_stopping_finishes_what_runs_and_leaves_what_waits() -> None:
    async def work() -> tuple[list[str], int]:
        done: list[str] = []

        async def answer(key: tuple[str, str, str]) -> None:
            await asyncio.sleep(0.05)
            done.append(key[2])

        scheduler = Scheduler(answer, workers=1, capacity=10)
        for n in range(3):
            scheduler.put(question("C", f"1.{n}"))
        scheduler.start()
        await asyncio.sleep(0.01)
        left = await scheduler.stop(1)
        assert scheduler.put(question("C", "1.9"))
        return done, left

    assert asyncio.run(work()) == (["1.0"], 2)


def test_an_answer_that_fails_does_not_stop_the_queue() -> None:
    async def work() -> list[str]:
        done: list[str] = []

        async def answer(key: tuple[str, str, str]) -> None:
            if key[2] == "1.0":
                raise ValueError("broken")
            done.append(key[2])

        scheduler = Scheduler(answer, workers=1, capacity=10)
        for n in range(2):
            scheduler.put(question("C", f"1.{n}", "a"))
        scheduler.start()
        await asyncio.sleep(0.05)
        await scheduler.stop(1)
        return done

    assert asyncio.run(work()) == ["1.1"]
