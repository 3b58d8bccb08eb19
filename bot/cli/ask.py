"""`byline ask "QUESTION"` and `byline ask --jsonl`."""

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.parts import add_samples, find_article_id, open_byline

if TYPE_CHECKING:
    from bot.answering.types import Turn
    from bot.assistant import Assistant

MAX_TURNS = 10


def ask(
    question: str = typer.Argument(None, help="The question; leave it out with --jsonl."),
    article: str = typer.Option(None, "--article", help="Ask this article only: its id, or the beginning of it."),
    as_json: bool = typer.Option(False, "--json", help="Print the answer as JSON (docs/json.md)."),
    jsonl: bool = typer.Option(
        False, "--jsonl", help="Read one JSON object a line from standard input, write one a line."
    ),
    trace: bool = typer.Option(
        False, "--trace", help="Show the rewritten question, the ranked passages and the times."
    ),
    samples: str = typer.Option(None, "--samples", help="Add these articles first if the library is empty."),
) -> None:
    """Ask one question, or many from standard input."""
    from bot.errors import QuestionError

    if jsonl and question is not None:
        raise QuestionError(f"With --jsonl the questions come from standard input: leave out {question[:60]!r}.")
    if not jsonl and question is None:
        raise QuestionError('No question was given. Write it in quotes: byline ask "what did she say?"')
    with open_byline() as byline:
        add_samples(byline, samples)
        article_id = find_article_id(byline, article) if article else None
        if jsonl:
            raise typer.Exit(_ask_lines(byline.assistant, article_id, trace))
        _ask_once(byline.assistant, question, article_id, as_json, trace)


def _ask_once(assistant: "Assistant", question: str, article_id: str | None, as_json: bool, trace: bool) -> None:
    from bot.cli import contract, output

    answer = assistant.ask(question, article_id=article_id)
    if as_json:
        print(json.dumps(contract.to_json(answer, trace=trace), ensure_ascii=False, indent=2))
        return
    out = output.console()
    output.print_answer(answer, out)
    if trace:
        out.print()
        output.print_trace(answer, out)


def _ask_lines(assistant: "Assistant", article_id: str | None, trace: bool) -> int:
    """Answer every line in order; a line that cannot be answered gives an object with `error`. Return the exit code."""
    conversations: dict[str, list[Turn]] = {}
    failed = False
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        result = _answer_line(assistant, line, conversations, article_id, trace)
        failed = failed or "error" in result
        print(json.dumps(result, ensure_ascii=False), flush=True)
    return 1 if failed else 0


def _answer_line(
    assistant: "Assistant", line: bytes, conversations: dict[str, list["Turn"]], article_id: str | None, trace: bool
) -> dict[str, Any]:
    from bot.answering.types import Turn
    from bot.cli import contract
    from bot.errors import BylineError
    from retrieval.errors import RetrievalError

    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"version": contract.VERSION, "id": None, "error": f"This line is not JSON: {error}."}
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        id_ = asked.get("id") if isinstance(asked, dict) else None
        return {"version": contract.VERSION, "id": id_, "error": 'This line has no text under "question".'}
    key = asked.get("conversation")
    turns = conversations.setdefault(json.dumps(key), []) if key is not None else []
    try:
        answer = assistant.ask(asked["question"], turns[-MAX_TURNS:], article_id)
    except (BylineError, RetrievalError) as error:
        return {"version": contract.VERSION, "id": asked.get("id"), "question": asked["question"], "error": str(error)}
    turns.append(Turn(asked["question"], answer))
    return contract.to_json(answer, asked.get("id"), trace)
