"""The reader's own questions, as they stand in training/questions and training/news."""

import argparse
import csv
import json
import random
import re
from pathlib import Path

import pytest

from training import data
from training.data import NEWS, QUESTIONS, Example, written
from training.train import drawn, passes


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


def test_questions_to_real_articles_are_read_with_as_much_around_the_paragraph_as_a_passage_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "QUESTIONS", tmp_path)
    (tmp_path / "polnear").mkdir()
    long = "The weir is old. " * 40
    (tmp_path / "polnear" / "a.txt").write_text(f"Weir mended.\n\nDivers came.\n\nThey left in May.\n\n{long}\n")
    (tmp_path / "polnear.tsv").write_text("a.2\tWhen did the divers leave?\tMay\n")
    (found,) = written(tmp_path)
    assert (found.title, found.context, found.answer) == ("Weir mended.", "Divers came.\n\nThey left in May.", "May")


def test_wikitext_is_read_as_it_was_before_it_was_cut_into_tokens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "QUESTIONS", tmp_path)
    told = ' The weir ( of 1 @,@ 200 stones ) is well @-@ kept : " a marvel , " said Mr. Holt , who \'s its keeper .'
    lines = [" = Ossby weir = ", told + " It is long ." * 20, " = = History = = ", " An <unk> one ." * 30, " Short . "]
    with (tmp_path / "wikitext-a.csv").open("w", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([f"{line}\n"] for line in lines)
    (tmp_path / "wikitext-a.tsv").write_text("0.0\tHow many stones?\t1,200\n")
    (found,) = written(tmp_path)
    wanted = 'The weir (of 1,200 stones) is well-kept: "a marvel," said Mr. Holt, who\'s its keeper. It is long.'
    assert found.title == "Ossby weir"
    assert found.context.startswith(wanted)
    assert found.answer == "1,200"
    (tmp_path / "wikitext-a.tsv").write_text("0.1\tAn unreadable or short paragraph is no place\t\n")
    with pytest.raises(KeyError):
        list(written(tmp_path))


def test_a_set_is_drawn_as_often_as_is_said_of_it() -> None:
    sets = [Example(f"{source}{i}?", "c", -1, -1, "", source) for source in ("news", "wiki") for i in range(10)]
    found = drawn(sets, {"news": 1.5}, 0.3, random.Random(1))
    assert sum(e.source == "news" for e in found) == 15
    assert sum(e.source == "wiki" for e in found) == 3
    assert {e.question for e in found if e.source == "news"} == {f"news{i}?" for i in range(10)}


@pytest.mark.parametrize(
    ("given", "told"),
    [("gnus=1", "'gnus'. There are amazon"), ("news", "'' is no number"), ("news=x", "'x'"), ("news=-1", "'-1' is no")],
)
def test_a_set_or_number_that_is_none_is_told_before_anything_is_read(given: str, told: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=re.escape(told)):
        passes(given)
    assert passes("news=1.5") == ("news", 1.5)
