import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


def feed(monkeypatch: pytest.MonkeyPatch, *lines: object) -> None:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_an_answer_comes_with_its_sources(run: Run, news: Path) -> None:
    run("add", str(news))
    code, out, _ = run("ask", "what did Omar Reyes say?")
    assert code == 0
    assert out.startswith("Omar Reyes: Shopkeeper Omar Reyes said the closure would ruin his season. [1]")
    assert "[1] Old pier to close for repairs · The Gullhaven Post · 2023-05-12 · paragraph 8 · Omar Reyes" in out


def test_the_json_answer_keeps_the_contract(run: Run, news: Path) -> None:
    run("add", str(news))
    answer = json.loads(run("ask", "--json", "what did Omar Reyes say?")[1])
    assert list(answer) == [
        "version", "id", "question", "standalone_question", "answer", "declined", "citations", "passages", "nearest", "seconds",
        "instead", "best",
    ]  # fmt: skip
    assert list(answer["citations"][0]) == [
        "number", "article_id", "headline", "publication", "published", "source", "paragraph", "start", "end", "quote", "speaker",
    ]  # fmt: skip
    assert list(answer["passages"][0]) == ["article_id", "source", "start", "end", "score"]
    assert list(answer["seconds"]) == ["rewrite", "retrieve", "answer"]
    assert answer["citations"][0]["source"] == str(news / "pier.txt")


def test_a_declined_json_answer_names_the_nearest(run: Run, news: Path) -> None:
    run("add", str(news))
    answer = json.loads(run("ask", "--json", "what did Vladimir Putin say about beams?")[1])
    assert (answer["declined"], answer["citations"]) == (True, [])
    assert list(answer["nearest"][0]) == ["article_id", "headline"]


def test_a_false_attribution_is_declined_with_who_did_say_it(run: Run, news: Path) -> None:
    run("add", str(news))
    answer = json.loads(run("ask", "--json", "what did Omar Reyes say about the beams that failed?")[1])
    assert answer["declined"]
    assert answer["answer"].startswith("The articles quote nothing by Omar Reyes about the beams")
    assert "It was Petra Lindqvist who spoke of it" in answer["answer"]
    assert [c["speaker"] for c in answer["instead"]][:1] == ["Petra Lindqvist"]


def test_trace_shows_the_question_the_passages_and_the_times(run: Run, news: Path) -> None:
    run("add", str(news))
    out = run("ask", "--trace", "how many beams failed?")[1]
    assert "Standalone question: how many beams failed?" in out
    assert "retrieve" in out
    assert "bm25" in out


def test_lines_are_answered_in_order_with_conversations_apart(
    run: Run, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", str(news))
    feed(
        monkeypatch,
        {"id": 1, "question": "what did Petra Lindqvist say about beams?", "conversation": "a"},
        {"id": 2, "question": "what did Ida Brandt say?", "conversation": "b"},
        {"id": 3, "question": "what else did she say?", "conversation": "a"},
        {"id": 4, "question": "what else did she say?", "conversation": "b"},
    )
    code, out, _ = run("ask", "--jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4]
    assert answers[2]["standalone_question"] == "What else did Petra Lindqvist say?"
    assert answers[3]["standalone_question"] == "What else did Ida Brandt say?"


def test_a_bad_line_is_an_error_object_and_the_rest_is_answered(
    run: Run, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", str(news))
    feed(
        monkeypatch,
        "{not json",
        {"id": 2},
        {"id": 3, "question": " "},
        [1],
        {"id": 5, "question": "who is Ida Brandt?"},
    )
    code, out, _ = run("ask", "--jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [("error" in answer, answer["id"]) for answer in answers] == [
        (True, None), (True, 2), (True, 3), (True, None), (False, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["", "a" * 100_000])
def test_a_question_of_no_or_of_too_many_characters_is_code_2(run: Run, question: str) -> None:
    code, out, err = run("ask", question)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_one_article_can_be_asked_by_the_beginning_of_its_id(run: Run, news: Path) -> None:
    run("add", str(news))
    id_ = next(line.split()[0] for line in run("articles")[1].splitlines() if "frost" in line)
    assert run("ask", "--article", id_[:6], "what did Petra Lindqvist say?")[1].startswith("The articles don't say.")


def test_samples_are_added_only_to_an_empty_library(run: Run, news: Path) -> None:
    assert "Omar Reyes" in run("ask", "--samples", str(news), "what did Omar Reyes say?")[1]
    (news / "third.txt").write_text("A third story was written after the first two had been added to the library.")
    run("ask", "--samples", str(news), "who?")
    assert len(run("articles")[1].splitlines()) == 2
