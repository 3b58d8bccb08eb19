"""Ask a set of questions of a folder of articles and count right answers by kind.

`python benchmarks/questions.py QUESTIONS.jsonl ARTICLES... [--wrong]`. A line of the set:
`{"id", "question", "conversation", "kind", "declined", "must": [[…], …], "must_not": […]}`. An answer is
right if it is declined exactly when it should be, holds one phrase of every `must` group, and none of `must_not`.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from bot.answering.types import Answer, Turn
from bot.bootstrap import Byline
from bot.settings import Settings


def is_right(answer: Answer, wanted: dict) -> bool:
    """Whether an answer is what the set asks for; quotation marks and white space do not count."""
    if answer.declined or wanted["declined"]:
        return bool(answer.declined == wanted["declined"])
    text = _plain(answer.text)
    complete = all(any(_plain(phrase) in text for phrase in group) for group in wanted["must"])
    return complete and not any(_plain(phrase) in text for phrase in wanted["must_not"])


def _plain(text: str) -> str:
    text = text.lower().translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", " ", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--wrong", action="store_true", help="print what was answered wrongly")
    arguments = parser.parse_args()
    asked, right = Counter[str](), Counter[str]()
    seconds: list[float] = []
    turns: dict[str, list[Turn]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as home, Byline(Settings(byline_home=Path(home))) as byline:
        byline.pipeline.run(arguments.articles)
        for line in arguments.questions.read_text(encoding="utf-8").splitlines():
            wanted = json.loads(line)
            conversation = turns[wanted["conversation"]] if wanted["conversation"] else []
            started = time.perf_counter()
            answer = byline.assistant.ask(wanted["question"], conversation)
            seconds.append(time.perf_counter() - started)
            conversation.append(Turn(wanted["question"], answer))
            asked[wanted["kind"]] += 1
            right[wanted["kind"]] += is_right(answer, wanted)
            if arguments.wrong and not is_right(answer, wanted):
                print(f"{wanted['id']} {wanted['kind']}: {wanted['question']}\n    {answer.text}\n")
    print("| kind | right | asked | share |\n|---|---|---|---|")
    for kind in [*sorted(asked), "all"]:
        good, total = (right.total(), asked.total()) if kind == "all" else (right[kind], asked[kind])
        print(f"| {kind} | {good} | {total} | {good / total:.2f} |")
    print(f"\nmedian {sorted(seconds)[len(seconds) // 2] * 1000:.0f} ms a question")


if __name__ == "__main__":
    main()
