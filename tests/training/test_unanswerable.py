"""How training data is made: what is read, and what is made of it."""

import json
import random
from pathlib import Path

import pytest

from training.data import Example, read
from training.train import encode, windowed
from training.unanswerable import Editor

WEIR = "Divers mended the weir at Ossby in 1912. The work cost 90 crowns. It was paid for by Ida Brandt, a baker. The mill closed in 1931."


def example(question: str, answer: str) -> Example:
    start = WEIR.index(answer)
    return Example(question, WEIR, start, start + len(answer), "weir", "test")


EXAMPLES = [
    example("When was the weir at Ossby mended?", "1912"),
    example("Who paid for the first work in 1912?", "Ida Brandt"),
    example("How many crowns did the work cost?", "90"),
]


@pytest.fixture
def editor() -> Editor:
    others = [
        Example("Who sold the mill?", "Omar Reyes sold the mill at Norby in 1950 for 12 crowns.", 0, 10, "mill", "test")
    ]
    return Editor([*EXAMPLES, *others], {"mended": ["broken"], "cost": ["worth"]}, random.Random(1))


def test_an_unanswerable_changes_question_or_context_and_has_no_answer(editor: Editor) -> None:
    for _ in range(30):
        for answerable in EXAMPLES:
            made = editor.unanswerable(answerable)
            if made:
                assert not made.answerable
                assert (made.question, made.context) != (answerable.question, answerable.context)


def test_a_consistent_edit_keeps_the_answer_where_it_is(editor: Editor) -> None:
    made = [twin for _ in range(40) for e in EXAMPLES if (twin := editor.consistent(e))]
    assert made
    for twin in made:
        assert twin.answer in {e.answer for e in EXAMPLES}
        assert twin.question not in {e.question for e in EXAMPLES}


def test_a_window_holds_the_answer_and_whole_sentences() -> None:
    long = Example("q", " ".join([WEIR] * 20), len(WEIR) * 5 + 5 + WEIR.index("90"), 0, "g", "s")
    long = Example("q", long.context, long.start, long.start + 2, "g", "s")
    for seed in range(10):
        cut = windowed(long, 420, random.Random(seed))
        assert cut.answer == "90"
        assert len(cut.context) <= 420
        assert cut.context.endswith(".")


def test_squad_files_give_examples_with_offsets(tmp_path: Path) -> None:
    qas = [
        {"id": "1", "question": "When? ", "answers": [{"text": "1912", "answer_start": WEIR.index("1912")}]},
        {"id": "2", "question": "Why?", "answers": [], "is_impossible": True},
        {"id": "3", "question": "Bad?", "answers": [{"text": "1912", "answer_start": 0}]},
    ]
    (tmp_path / "set.json").write_text(
        json.dumps({"data": [{"title": "T", "paragraphs": [{"context": WEIR, "qas": qas}]}]})
    )
    found = list(read(tmp_path / "set.json"))
    assert [(e.question, e.answer) for e in found] == [("When?", "1912"), ("Why?", "")]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is none of"):
        list(read(tmp_path / "set.txt"))


def test_tokens_of_the_answer_are_where_the_answer_is() -> None:
    from tokenizers import Tokenizer

    from retrieval.embedding import bundled_folder

    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ids, opened, first, last = encode(EXAMPLES[1], tokenizer)
    assert tokenizer.decode(ids[first : last + 1]) == "ida brandt"
    assert opened <= first
    assert encode(EXAMPLES[1].without_answer(), tokenizer)[2:] == (0, 0)


def test_a_window_of_an_unanswerable_stands_where_the_question_points() -> None:
    context = " ".join([f"Nothing of it happened in year {n}." for n in range(40)] + [WEIR])
    asked = Example("Who sold the weir at Ossby to the baker Ida Brandt?", context, -1, -1, "g", "s")
    for seed in range(10):
        cut = windowed(asked, 420, random.Random(seed))
        assert not cut.answerable
        assert "Ida Brandt" in cut.context
        assert len(cut.context) <= 420
