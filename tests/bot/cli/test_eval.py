"""`byline eval`, over real Chroma with hash embeddings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("READER_MODEL", "none")


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    lines = [
        {"id": "a", "question": "what did Petra Lindqvist say about beams?", "must": ["214"], "speaker": "Petra Lindqvist", "articles": ["pier.txt"], "kind": "said"},
        {"id": "b", "question": "what did Petra Lindqvist say about submarines?", "declined": True, "kind": "unanswerable"},
        {"id": "c", "question": "what did Ida Brandt say?", "must": ["9,000 lanterns"], "kind": "said"},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_answers_declines_and_retrieval_are_scored(run: Run, news: Path, questions: Path, tmp_path: Path) -> None:
    code, out, _ = run("eval", str(questions), "--articles", str(news), "--report", str(tmp_path / "run.json"))
    assert code == 0
    kept = {o["id"]: o for o in json.loads((tmp_path / "run.json").read_text())["outcomes"]}
    assert kept["a"]["scores"]["right"] == kept["a"]["scores"]["speaker"] == kept["a"]["scores"]["hit@5"] == 1.0
    assert kept["a"]["scores"]["citations verbatim"] == kept["a"]["scores"]["citations right"] == 1.0
    assert (kept["b"]["declined"], kept["b"]["scores"]["right"]) == (True, 1.0)
    assert (kept["c"]["declined"], kept["c"]["scores"]["right"], kept["c"]["scores"]["phrase recall"]) == (
        False,
        0.0,
        0.0,
    )
    assert "right answers" in out
    assert "declines: recall" in out


def test_reports_and_a_comparison_are_written(run: Run, news: Path, questions: Path, tmp_path: Path) -> None:
    first = ["eval", str(questions), "--articles", str(news), "--report", str(tmp_path / "run.json")]
    run(*first)
    page, text = tmp_path / "run.html", tmp_path / "run.md"
    again = ["--against", str(tmp_path / "run.json"), "--report", str(page), "--report", str(text)]
    code, out, _ = run("eval", str(questions), "--articles", str(news), *again)
    assert code == 0
    assert "+0.000" in out
    assert page.read_text().count("<svg") == 2
    assert "| right answers |" in text.read_text()
    assert "## Against the run of" in text.read_text()


def test_the_open_library_is_asked_when_no_articles_are_given(run: Run, news: Path, questions: Path) -> None:
    run("add", str(news))
    assert "speaker right" in run("eval", str(questions))[1]


def test_a_squad_set_brings_its_own_library(run: Run, tmp_path: Path) -> None:
    context = "The old mill at Norby was sold to a baker for one crown. Nobody else wanted it."
    asked = [
        {
            "id": "1",
            "question": "Who was the old mill at Norby sold to?",
            "answers": [{"text": "a baker", "answer_start": 34}],
        }
    ]
    data = {
        "data": [
            {"title": "Mill", "paragraphs": [{"context": context, "qas": asked}, {"context": "Rain fell.", "qas": []}]}
        ]
    }
    (tmp_path / "set.json").write_text(json.dumps(data))
    out = run("eval", str(tmp_path / "set.json"))[1]
    assert "sentence hit" in out
    assert "hit@1" in out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nowhere.json"], "There is no question set at nowhere.json"),
        (["SET", "--report", "run.pdf"], "run.pdf is in no format for a report"),
        (["SET", "--against", "SET"], "is no run to compare with"),
        (["SET", "--articles", "nowhere"], "nowhere could not be added"),
        (["SET", "--split", "test"], "no questions of the split 'test'"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, questions: Path, arguments: list[str], problem: str) -> None:
    code, _, err = run("eval", *(str(questions) if a == "SET" else a for a in arguments))
    assert code == 2
    assert problem in err
