"""200 mentions in 20 threads at once, every event twice, 429s and 500s, one SIGKILL: who was answered, how soon?

unshare -rn sh -c 'ip link set lo up; BYLINE_NETNS=1 .venv/bin/python -m benchmarks.slack_drill'
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import ANA, LocalSlack
from tests.slack_e2e.proxy import Proxy

QUESTIONS = (
    "what did Yang Jiechi say about the South China Sea?",
    "how many ferries will be replaced?",
    "how much will the new boats cost?",
    "who said the lake is growing?",
    "what does the article say about penguins?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=200)
    parser.add_argument("--threads", type=int, default=20)
    parser.add_argument("--channels", type=int, default=5)
    parser.add_argument("--rate", type=float, default=0.05, help="share of API calls answered 429, and of 500")
    parser.add_argument("--kill-after", type=float, default=3.0, help="seconds; 0: no kill")
    parser.add_argument("--http", action="store_true", help="HTTP events instead of Socket Mode")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            LocalSlack(folder, options.channels) as slack,
            Proxy(slack.url, duplicate=True) as proxy,
            Bot(folder, proxy.api, http=options.http) as bot,
        ):
            proxy.http = bot.events_url if options.http else ""
            print(json.dumps(drill(slack, proxy, bot, options), indent=2))


def drill(slack: LocalSlack, proxy: Proxy, bot: Bot, options: argparse.Namespace) -> dict[str, object]:
    bot.start("--samples", "articles")
    roots = [slack.message(f"C_{n % options.channels}", ANA, f"thread {n}") for n in range(options.threads)]
    proxy.fail("chat.*", 429, rate=options.rate)
    proxy.fail("chat.*", 500, rate=options.rate / 2)
    proxy.fail("chat.*", 500, rate=options.rate / 2, after=True)
    asked: dict[str, tuple[str, str]] = {}

    def ask(number: int) -> None:
        thread = number % options.threads
        channel = f"C_{thread % options.channels}"
        text = f"{QUESTIONS[number % len(QUESTIONS)]}"
        asked[slack.mention(channel, ANA, text, roots[thread])] = (channel, roots[thread])

    started = time.monotonic()
    for number in range(options.mentions):
        ask(number)
    sent_in = time.monotonic() - started
    if options.kill_after:
        threading.Event().wait(max(0.0, options.kill_after - sent_in))
        bot.kill()
        killed_at = time.monotonic()
        bot.start()
        down = time.monotonic() - killed_at
    else:
        down = 0.0
    answers = wait_until_settled(slack, options)
    per_question: Counter[str] = Counter()
    strays = 0
    for message in answers:
        mark = next(
            (b["block_id"] for b in message.get("blocks", []) if b.get("block_id", "").startswith("byline:")), ""
        )
        ts = mark.split(":")[1] if mark else ""
        if ts in asked and message["thread_ts"] == asked[ts][1] and message["channel"] == asked[ts][0]:
            per_question[ts] += 1
        else:
            strays += 1
    signs = first_signs(proxy, asked)
    return {
        "mentions": len(asked),
        "answered once": sum(count == 1 for count in per_question.values()),
        "answered more than once": sum(count > 1 for count in per_question.values()),
        "not answered": len(asked) - len(per_question),
        "strays": strays,
        "out of order": out_of_order(answers),
        "seconds to send them": round(sent_in, 2),
        "seconds down": round(down, 2),
        "seconds in all": round(time.monotonic() - started, 1),
        "calls": len(proxy.calls),
        "calls failed on purpose": sum(call.status != 200 for call in proxy.calls),
        "first sign, median ms": round(1000 * statistics.median(signs)) if signs else None,
        "first sign, p95 ms": round(1000 * sorted(signs)[int(0.95 * len(signs))]) if signs else None,
        "signs": len(signs),
    }


def wait_until_settled(slack: LocalSlack, options: argparse.Namespace) -> list[dict]:  # type: ignore[type-arg]
    """The answers, once there have been no new ones for eight seconds."""
    count, since = -1, time.monotonic()
    while time.monotonic() - since < 8 and time.monotonic() - since < 300:
        answers = [m for n in range(options.channels) for m in slack.answers(f"C_{n}")]
        if len(answers) != count:
            count, since = len(answers), time.monotonic()
        time.sleep(0.5)
    return answers


def first_signs(proxy: Proxy, asked: dict[str, tuple[str, str]]) -> list[float]:
    """Seconds from the event's delivery to the first status, reaction, stream or answer of its thread after it."""
    found = []
    for ts, (channel, thread) in asked.items():
        sent = proxy.sent[ts]
        for call in proxy.calls:
            args = call.args
            ours = args.get("timestamp") == ts or (
                args.get("thread_ts") == thread and (args.get("channel_id") or args.get("channel")) == channel
            )
            if ours and call.at >= sent and call.status == 200 and args.get("status") != "":
                found.append(call.at - sent)
                break
    return found


def out_of_order(answers: list[dict]) -> int:  # type: ignore[type-arg]
    """Answers that stand before the answer to an earlier question of their thread."""
    wrong, last = 0, {}
    for message in sorted(answers, key=lambda m: m["ts"]):
        marks = [b["block_id"] for b in message.get("blocks", []) if b.get("block_id", "").startswith("byline:")]
        if marks:
            thread, ts = message["thread_ts"], marks[0].split(":")[1]
            wrong += ts < last.get(thread, "")
            last[thread] = max(ts, last.get(thread, ""))
    return wrong


if __name__ == "__main__":
    main()
