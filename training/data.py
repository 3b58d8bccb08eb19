"""Public question sets → examples with character offsets, each by its own format."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import html

_ATTACHED_LEFT = {",", ".", ";", ":", "?", "!", "%", ")", "]", "''", "'s", "'", "n't", "'re", "'ve", "'ll", "'d", "'m"}
_ATTACHED_RIGHT = {"(", "[", "$", "``", "#"}
_SPOKEN = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
#: Byline's own questions to those sets' paragraphs, one file a set, and to articles of its own.
QUESTIONS, NEWS = Path(__file__).parent / "questions", Path(__file__).parent / "news"
#: Real newspaper articles, a folder of texts.
POLNEAR = "polnear"
_PASSAGE = 600
#: Of WikiText, paragraphs of so many characters at least.
_SHORTEST = 300
#: Sets whose titles number what was collected.
_UNTITLED = ("reddit", "amazon")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to a context; `start:end` are the answer's characters in it, both -1 when it holds no answer.

    `group` names the article (or, where a set has none, the context) it comes from, `title` is the article's, or "".
    """

    question: str
    context: str
    start: int
    end: int
    group: str
    source: str
    title: str = ""

    @property
    def answer(self) -> str:
        return self.context[self.start : self.end] if self.answerable else ""

    @property
    def answerable(self) -> bool:
        return self.start >= 0

    def without_answer(self, question: str | None = None, context: str | None = None) -> "Example":
        return replace(self, question=question or self.question, context=context or self.context, start=-1, end=-1)


def read(path: Path) -> Iterator[Example]:
    """Examples of one file. Its format follows from its name: .json SQuAD, .html SQuAD explorer, .tsv QAMR."""
    if path.suffix == ".json":
        return squad(json.loads(path.read_text("utf-8")), path.stem)
    if path.suffix == ".html":
        return explorer(path.read_text("utf-8"), path.stem)
    if path.suffix == ".tsv":
        return qamr(path.read_text("utf-8"), (path.parent / "wiki-sentences.tsv").read_text("utf-8"), path.stem)
    raise ValueError(f"{path} is none of .json (SQuAD), .html (SQuAD explorer), .tsv (QAMR).")


def squad(document: dict, source: str) -> Iterator[Example]:  # type: ignore[type-arg]
    for number, article in enumerate(document["data"]):
        for place, paragraph in enumerate(article["paragraphs"]):
            context = paragraph["context"]
            title = "" if source.startswith(_UNTITLED) else (article.get("title") or "").replace("_", " ")
            group = f"{source}:{title or f'{number}.{place}'}"
            for asked in paragraph["qas"]:
                if asked.get("is_impossible"):
                    yield Example(asked["question"].strip(), context, -1, -1, group, source, title)
                    continue
                usual = Counter(answer["text"] for answer in asked["answers"]).most_common(1)[0][0]
                answer = next(answer for answer in asked["answers"] if answer["text"] == usual)
                start, text = answer["answer_start"], answer["text"]
                if context[start : start + len(text)] == text:
                    yield Example(asked["question"].strip(), context, start, start + len(text), group, source, title)


def explorer(page: str, source: str) -> Iterator[Example]:
    """A page of the SQuAD explorer gives answers without offsets: the one nearest to the question's words is taken."""
    for wrap in html.fromstring(page).find_class("para-wrap"):
        context = wrap.xpath(".//pre")[0].text_content()
        for asked in wrap.find_class("qa-wrap"):
            question = asked.find_class("question")[0].text_content().strip()
            answers = [span.text_content() for span in asked.find_class("answer")]
            found = [a for a in answers if a and a in context]
            if found and question:
                text = Counter(found).most_common(1)[0][0]
                start = _nearest(context, text, question)
                yield Example(
                    question,
                    context,
                    start,
                    start + len(text),
                    f"explorer:{source}",
                    "squad-explorer",
                    source.replace("_", " "),
                )


def qamr(rows: str, sentences: str, source: str) -> Iterator[Example]:
    """Question-answer meaning representations (Michael et al. 2018): the sentence is the context."""
    tokens = dict(line.split("\t", 1) for line in sentences.splitlines() if "\t" in line)
    for row in rows.splitlines():
        fields = row.split("\t")
        wanted = [int(i) for i in fields[6].split()]
        judged = [judgement.split(":", 1)[1] for judgement in fields[7:9]]
        agreed = any(judgement == fields[6] for judgement in judged)
        if fields[0] not in tokens or not agreed or wanted != list(range(wanted[0], wanted[-1] + 1)):
            continue
        text, offsets = _spoken(tokens[fields[0]].split())
        group = ":".join(fields[0].split(":")[:3])
        question = re.sub(r"\s+([?',.])", r"\1", fields[5]).strip()
        yield Example(question, text, offsets[wanted[0]][0], offsets[wanted[-1]][1], group, source)


def written(folder: Path) -> Iterator[Example]:
    """Byline's own questions: a place, a question, and its answer, or nothing where the place does not give one.

    More than half have no answer and ask for what a careless reader would find: another person's deed, another year, a
    negation, words of somebody else. A place is article.paragraph in a SQuAD file, page.paragraph in the explorer's,
    and article.paragraph in WikiText's and in NEWS, whose paragraphs are read as Byline reads them: a few together, under the headline.
    """
    for path in sorted(QUESTIONS.glob("*.tsv")):
        places = _places(path.stem, folder)
        for line in path.read_text("utf-8").splitlines():
            place, question, answer = line.split("\t")
            context, title = places[place]
            start = _nearest(context, answer, question) if answer else -1
            end = start + len(answer) if answer else -1
            yield Example(question, context, start, end, f"{path.stem}:{title or place}", path.stem, title)


def _places(name: str, folder: Path) -> dict[str, tuple[str, str]]:
    if name == NEWS.name:
        return _of_news(NEWS)
    if name == POLNEAR:
        return _of_news(folder / name)
    if name == "explorer":
        return _of_explorer(folder)
    if name.startswith("wikitext"):
        return _of_wikitext(folder / f"{name}.csv")
    return _of_squad(folder / f"{name}.json")


def _of_squad(path: Path) -> dict[str, tuple[str, str]]:
    """Place → context and title."""
    untitled = path.stem.startswith(_UNTITLED)
    return {
        f"{number}.{place}": (paragraph["context"], "" if untitled else article["title"].replace("_", " "))
        for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"])
        for place, paragraph in enumerate(article["paragraphs"])
    }


def _of_explorer(folder: Path) -> dict[str, tuple[str, str]]:
    pages = {path.stem: explorer(path.read_text("utf-8"), path.stem) for path in sorted(folder.glob("*.html"))}
    return {
        f"{name}.{number}": (context, name.replace("_", " "))
        for name, examples in pages.items()
        for number, context in enumerate(dict.fromkeys(example.context for example in examples))
    }


def _of_wikitext(path: Path) -> dict[str, tuple[str, str]]:
    """Place → context and title: WikiText's articles are lines of tokens between their titles, `= Title =`."""
    found: dict[str, tuple[str, str]] = {}
    title, number, place = "", -1, 0
    for (line,) in csv.reader(path.read_text("utf-8").splitlines(keepends=True)):
        if heading := re.fullmatch(r"= ([^=].*[^=]) =", line.strip()):
            title = "" if "<unk>" in line else _spoken(heading[1].split())[0]
            number, place = number + 1, 0
        elif len(line) >= _SHORTEST and not re.match(r" ?= =|.*<unk>", line):
            line = re.sub(r'"([^"]*)"', r"``\1''", re.sub(r" @(\W)@ ", r"\1", line))
            found[f"{number}.{place}"] = (_spoken(line.split())[0], title)
            place += 1
    return found


def _of_news(folder: Path) -> dict[str, tuple[str, str]]:
    """A paragraph stands with as many of its neighbours as a passage holds, before it and after it in turn."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        headline, *paragraphs = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for place in range(len(paragraphs)):
            low, high = place, place + 1
            for first, last in ((0, 1), (1, 0), (0, 1)):
                wider = paragraphs[max(0, low - first) : high + last]
                if len("\n\n".join(wider)) <= _PASSAGE:
                    low, high = max(0, low - first), min(len(paragraphs), high + last)
            found[f"{path.stem}.{place + 1}"] = ("\n\n".join(paragraphs[low:high]), headline)
    return found


def _nearest(context: str, text: str, question: str) -> int:
    wanted = set(re.findall(r"\w+", question.lower()))
    starts = [m.start() for m in re.finditer(re.escape(text), context)]
    return max(starts, key=lambda s: len(wanted & set(re.findall(r"\w+", context[max(0, s - 120) : s + 120].lower()))))


def _spoken(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Penn Treebank tokens as a sentence, with each token's offsets in it."""
    text, offsets, opened = "", [], False
    for i, token in enumerate(tokens):
        shown = _SPOKEN.get(token, token)
        joined = token in _ATTACHED_LEFT or (i > 0 and tokens[i - 1] in _ATTACHED_RIGHT) or not text
        if token == '"':
            joined, opened = (opened or not text), not opened
        start = len(text) + (0 if joined else 1)
        text += ("" if joined else " ") + shown
        offsets.append((start, start + len(shown)))
    return text, offsets
