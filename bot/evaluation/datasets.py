"""Question sets on disk: SQuAD 2.0 JSON, BEIR folders, and Byline's own JSONL (docs/evaluation.md)."""

import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.errors import DatasetError
from bot.evaluation.types import Dataset, Document, Question

_SEED = 1
_FIELDS = {
    "id": str, "question": str, "conversation": str, "kind": str, "declined": bool, "answers": list, "must": list,
    "must_not": list, "speaker": str, "articles": list, "split": str, "note": str, "given": str,
}  # fmt: skip


def open_dataset(path: Path, split: str = "") -> Dataset:
    """The set at `path`: a .json file is SQuAD, a folder or .zip is BEIR, a .jsonl file is ours.

    Raise DatasetError naming what is wrong and where.
    """
    if not path.exists():
        raise DatasetError(f"There is no question set at {path}. Give a SQuAD .json, a BEIR folder or a .jsonl file.")
    try:
        if path.is_dir() or path.suffix == ".zip":
            return _beir(path, split or "test")
        if path.suffix == ".json":
            return _squad(path, split)
        if path.suffix == ".jsonl":
            return _jsonl(path, split)
    except (KeyError, TypeError, UnicodeDecodeError, zipfile.BadZipFile, json.JSONDecodeError) as error:
        problem = f"has no {error}" if isinstance(error, KeyError) else f"cannot be read: {error}"
        raise DatasetError(f"The question set {path} {problem}. docs/evaluation.md tells what it must hold.") from error
    raise DatasetError(
        f"{path.name} is no question set: its name ends in none of .json (SQuAD), .jsonl (ours), .zip (BEIR)."
    )


def sampled(dataset: Dataset, limit: int) -> Dataset:
    """At most `limit` of the questions, drawn with a fixed seed and kept in order; conversations stay whole. 0: all."""
    if not 0 < limit < len(dataset.questions):
        return dataset
    groups: dict[str, list[int]] = {}
    for place, question in enumerate(dataset.questions):
        groups.setdefault(question.conversation or f"\0{place}", []).append(place)
    order = list(groups.values())
    random.Random(_SEED).shuffle(order)
    kept: list[int] = []
    for group in order:
        if len(kept) + len(group) <= limit or not kept:
            kept += group
    return replace(dataset, questions=tuple(dataset.questions[place] for place in sorted(kept)))


def _squad(path: Path, split: str) -> Dataset:
    """Every paragraph is a document under its article's title."""
    if split:
        raise DatasetError(f"{path.name} is a SQuAD file and has no splits: leave out --split {split}.")
    documents, questions = [], []
    for article in json.loads(path.read_text("utf-8"))["data"]:
        title = article["title"].replace("_", " ")
        for number, paragraph in enumerate(article["paragraphs"]):
            id_ = f"{article['title']}/{number}"
            documents.append(Document(id_, title, " ".join(paragraph["context"].split())))
            for asked in paragraph["qas"]:
                answers = tuple(dict.fromkeys(" ".join(answer["text"].split()) for answer in asked["answers"]))
                answerable = not asked.get("is_impossible", False)
                relevant = {id_: 1} if answerable else {}
                questions.append(
                    Question(asked["id"], asked["question"].strip(), answerable, answers, relevant=relevant)
                )
    return Dataset(path.stem, tuple(questions), tuple(documents))


def _beir(path: Path, split: str) -> Dataset:
    """corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv (Thakur et al. 2021); only queries with judgements are asked."""
    files = _Files(path)
    if not files.has(f"qrels/{split}.tsv"):
        known = ", ".join(sorted(files.splits())) or "none"
        raise DatasetError(f"{path} has no split {split!r}; its splits are: {known}.")
    relevant: dict[str, dict[str, int]] = {}
    for line in list(files.lines(f"qrels/{split}.tsv"))[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            relevant.setdefault(query, {})[document] = int(grade)
    documents = tuple(
        Document(entry["_id"], entry.get("title", ""), entry["text"])
        for entry in map(json.loads, files.lines("corpus.jsonl"))
    )
    queries = {entry["_id"]: entry["text"] for entry in map(json.loads, files.lines("queries.jsonl"))}
    questions = tuple(Question(id_, queries[id_], relevant=grades) for id_, grades in relevant.items())
    return Dataset(f"{path.stem}-{split}", questions, documents)


class _Files:
    """A folder's files, or those of a .zip with or without a folder of its own."""

    def __init__(self, path: Path) -> None:
        self._folder = None if path.suffix == ".zip" else path
        self._zip = zipfile.ZipFile(path) if path.suffix == ".zip" else None
        names = (
            self._zip.namelist() if self._zip else [str(p.relative_to(path)) for p in path.rglob("*") if p.is_file()]
        )
        root = next((name.removesuffix("corpus.jsonl") for name in names if name.endswith("corpus.jsonl")), None)
        if root is None:
            raise DatasetError(f"{path} is no BEIR set: it holds no corpus.jsonl.")
        self._root, self._names = root, set(names)

    def has(self, name: str) -> bool:
        return self._root + name in self._names

    def splits(self) -> Iterator[str]:
        yield from (
            Path(name).stem for name in self._names if name.startswith(f"{self._root}qrels/") and name.endswith(".tsv")
        )

    def lines(self, name: str) -> Iterable[str]:
        if self._zip:
            text = self._zip.read(self._root + name).decode("utf-8")
        else:
            assert self._folder is not None
            text = (self._folder / (self._root + name)).read_text("utf-8")
        return (line for line in text.splitlines() if line.strip())


def _jsonl(path: Path, split: str) -> Dataset:
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{path.name}, line {number}: this is not JSON: {error}.") from error
        question = _question(entry, f"{path.name}, line {number}", str(number))
        if not split or entry.get("split") == split:
            questions.append(question)
    if not questions:
        raise DatasetError(f"{path} has no questions" + (f" of the split {split!r}." if split else "."))
    return Dataset(path.stem, tuple(questions))


def _question(entry: Any, where: str, number: str) -> Question:
    if not isinstance(entry, dict) or not str(entry.get("question") or "").strip():
        raise DatasetError(f'{where}: there is no text under "question".')
    for name, value in entry.items():
        if name not in _FIELDS:
            raise DatasetError(f"{where}: {name!r} is no field of a question. The fields are: {', '.join(_FIELDS)}.")
        if value is not None and not isinstance(value, _FIELDS[name]):
            raise DatasetError(f"{where}: {name!r} is {value!r}, which is no {_FIELDS[name].__name__}.")
    must = tuple((group,) if isinstance(group, str) else tuple(group) for group in entry.get("must") or ())
    answers = tuple(entry.get("answers") or ())
    declined = entry.get("declined")
    judged = declined is not None or must or answers or entry.get("must_not") or entry.get("speaker")
    return Question(
        id=str(entry.get("id") or number),
        text=entry["question"].strip(),
        answerable=(not declined) if judged else None,
        answers=answers,
        must=must,
        must_not=tuple(entry.get("must_not") or ()),
        speaker=entry.get("speaker") or "",
        relevant=dict.fromkeys(entry.get("articles") or (), 1),
        conversation=entry.get("conversation") or "",
        kind=entry.get("kind") or "",
    )
