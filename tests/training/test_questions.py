"""The reader's own questions, as they stand in training/questions and training/news."""

import json
from pathlib import Path

import pytest

from training import data
from training.data import NEWS, QUESTIONS, written


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def test_every_line_is_a_place_a_question_and_an_answer_or_nothing() -> None:
    found = [row for path in QUESTIONS.glob("*.tsv") for row in rows(path)]
    assert len(found) > 15_000
    assert all(len(row) == 3 and row[0] and row[1] for row in found)
    unanswerable = sum(not answer for _, _, answer in found) / len(found)
    assert 0.5 < unanswerable < 0.7


def test_questions_to_news_are_read_in_their_paragraph_under_the_headline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "QUESTIONS", tmp_path)
    (tmp_path / "news.tsv").write_text((QUESTIONS / "news.tsv").read_text("utf-8"), "utf-8")
    examples = list(written(tmp_path))
    assert len(examples) == len(rows(QUESTIONS / "news.tsv"))
    headlines = {path.read_text("utf-8").splitlines()[0] for path in NEWS.glob("*.txt")}
    assert all(example.title in headlines and len(example.context) < 2000 for example in examples)
    assert all(example.answer for example in examples if example.answerable)


def test_questions_to_a_public_set_are_read_in_its_paragraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "QUESTIONS", tmp_path)
    paragraph = {"context": "The weir was mended in 1912 by divers of Norby.", "qas": []}
    (tmp_path / "set.json").write_text(json.dumps({"data": [{"title": "Ossby_weir", "paragraphs": [paragraph]}]}))
    (tmp_path / "set.tsv").write_text("0.0\tWho mended it?\tdivers of Norby\n0.0\tWho broke it?\t\n")
    found = list(written(tmp_path))
    assert [(e.question, e.answer, e.title) for e in found] == [
        ("Who mended it?", "divers of Norby", "Ossby weir"),
        ("Who broke it?", "", "Ossby weir"),
    ]
