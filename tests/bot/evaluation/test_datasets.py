import json
import zipfile
from pathlib import Path

import pytest

from bot.errors import DatasetError
from bot.evaluation.datasets import open_dataset, sampled

SQUAD = {
    "data": [
        {
            "title": "Ossby_Weir",
            "paragraphs": [
                {
                    "context": "Divers mended  the weir in 1912.",
                    "qas": [
                        {"id": "a", "question": "When? ", "is_impossible": False, "answers": [{"text": "1912", "answer_start": 27}] * 2},
                        {"id": "b", "question": "Who paid?", "is_impossible": True, "answers": []},
                    ],
                }
            ],
        }
    ]
}  # fmt: skip


def test_a_squad_paragraph_is_a_document_under_its_articles_title(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text(json.dumps(SQUAD))
    found = open_dataset(tmp_path / "set.json")
    (document,) = found.documents
    assert (document.title, document.text) == ("Ossby Weir", "Divers mended the weir in 1912.")
    when, who = found.questions
    assert (when.answerable, when.answers, dict(when.relevant)) == (True, ("1912",), {document.id: 1})
    assert (who.answerable, dict(who.relevant)) == (False, {})


@pytest.mark.parametrize("zipped", [True, False])
def test_a_beir_set_asks_the_queries_of_its_split(tmp_path: Path, zipped: bool) -> None:
    files = {
        "corpus.jsonl": '{"_id": "1", "title": "Weir", "text": "It held."}\n{"_id": "2", "title": "", "text": "Rain."}\n',
        "queries.jsonl": '{"_id": "q1", "text": "did it hold"}\n{"_id": "q2", "text": "unjudged"}\n',
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\t1\t2\nq1\t2\t0\n",
    }
    folder = tmp_path / "weirs"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    if zipped:
        with zipfile.ZipFile(tmp_path / "weirs.zip", "w") as archive:
            for name in files:
                archive.write(folder / name, f"weirs/{name}")
    found = open_dataset(tmp_path / ("weirs.zip" if zipped else "weirs"))
    assert [(q.id, dict(q.relevant), q.answerable) for q in found.questions] == [("q1", {"1": 2}, None)]
    assert len(found.documents) == 2
    with pytest.raises(DatasetError, match="no split 'train'; its splits are: test"):
        open_dataset(folder, "train")


def test_our_own_lines_hold_what_is_known_of_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"question": "how many?", "must": ["214", ["beams", "timbers"]], "articles": ["pier.txt"], "split": "dev"}\n'
        '\n{"question": "who paid?", "declined": true, "split": "test"}\n{"question": "why?"}\n'
    )
    many, paid, why = open_dataset(path).questions
    assert (many.answerable, many.must, dict(many.relevant)) == (
        True,
        (("214",), ("beams", "timbers")),
        {"pier.txt": 1},
    )
    assert (paid.answerable, why.answerable) == (False, None)
    assert [q.text for q in open_dataset(path, "test").questions] == ["who paid?"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("set.jsonl", "{", "line 1: this is not JSON"),
        ("set.jsonl", '{"ask": "x"}', 'no text under "question"'),
        ("set.jsonl", '{"question": "x", "musts": []}', "'musts' is no field"),
        ("set.jsonl", '{"question": "x", "must": "y"}', "'must' is 'y', which is no list"),
        ("set.jsonl", "\n", "has no questions"),
        ("set.json", "{}", "has no 'data'"),
        ("set.json", "[", "cannot be read"),
        ("set.txt", "", "is no question set"),
        ("set.zip", "x", "cannot be read"),
    ],
)
def test_a_bad_set_is_refused_naming_what_is_wrong(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(DatasetError, match=problem):
        open_dataset(tmp_path / name)


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no question set at .*nowhere\.json"):
        open_dataset(tmp_path / "nowhere.json")


def test_a_sample_is_the_same_each_time_and_keeps_conversations_whole(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps({"question": f"q{i}", "conversation": f"c{i // 2}"}) + "\n" for i in range(20)))
    found = sampled(open_dataset(path), 6)
    assert found == sampled(open_dataset(path), 6)
    names = [question.conversation for question in found.questions]
    assert len(names) == 6
    assert all(names.count(name) == 2 for name in names)
    assert sampled(open_dataset(path), 0) == open_dataset(path)
