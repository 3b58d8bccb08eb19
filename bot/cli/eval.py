"""`byline eval SET`: how well Byline answers a set of questions."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.cli.parts import open_byline

if TYPE_CHECKING:
    from bot.bootstrap import Byline
    from bot.evaluation.runner import Library
    from bot.evaluation.types import Dataset


def evaluate(
    dataset: Path = typer.Argument(..., help="A SQuAD .json, a BEIR folder or .zip, or a .jsonl (docs/evaluation.md)."),
    split: str = typer.Option("", "--split", help="The split of a BEIR set (default: test) or of a .jsonl."),
    articles: list[str] = typer.Option(
        None, "--articles", help="Ask these files, folders or addresses instead of the library; may be repeated."
    ),
    report: list[Path] = typer.Option(
        None, "--report", help="Write the figures to this .html, .md or .json; may be repeated."
    ),
    against: Path = typer.Option(None, "--against", help="Compare with a run written as .json, question by question."),
    limit: int = typer.Option(0, "--limit", min=0, help="Ask only so many questions, drawn with a fixed seed; 0: all."),
) -> None:
    """Ask a set of questions and report retrieval, answers, declining and time, with 95 % intervals."""
    from bot.cli import output
    from bot.errors import DatasetError
    from bot.evaluation import datasets, runner
    from bot.evaluation import report as reports
    from bot.evaluation.summary import summarise

    for path in report or ():
        if path.suffix not in reports.FORMATS:
            raise DatasetError(
                f"{path} is in no format for a report: its name must end in {', '.join(reports.FORMATS)}."
            )
    earlier = reports.load(against) if against else None
    questions = datasets.sampled(datasets.open_dataset(dataset, split), limit)
    with open_byline() as byline, _library(byline, questions, articles or []) as library:
        outcomes = list(output.tracked(runner.evaluate(questions, library), len(questions.questions), "Asking"))
        settings = byline.settings.model_dump(include=_SETTINGS)
    run = reports.Run(questions.name, datetime.now().astimezone().isoformat(timespec="seconds"), settings, outcomes)
    for path in report or ():
        reports.write(run, path, earlier)
    out = output.console()
    output.print_table(("figure", "value", "95 % interval", "questions"), reports.rows(summarise(outcomes)), out)
    if earlier:
        out.print()
        output.print_table(
            (f"against {earlier.made}", "change", "95 % interval", "p"), reports.compared(earlier, run), out
        )


_SETTINGS = {"embedding_model", "reader_model", "passage_chars", "top_k", "candidates", "bm25_weight", "min_support"}


@contextmanager
def _library(byline: "Byline", dataset: "Dataset", articles: list[str]) -> Iterator["Library"]:
    """The set's own documents or the given articles in a library of their own, kept in the cache; else the open one."""
    from bot.bootstrap import Byline

    if not (dataset.documents or articles):
        yield _opened(byline, dataset)
        return
    settings = byline.settings
    parts = [
        settings.embedding_model,
        str(settings.passage_chars),
        *(f"{d.id}\n{d.title}\n{d.text}" for d in dataset.documents),
        *map(str, articles),
    ]
    key = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    own = settings.model_copy(update={"byline_home": settings.byline_cache / "eval" / key, "chroma_url": ""})
    with Byline(own) as other:
        _fill(other, dataset, articles)
        yield _opened(other, dataset)


def _fill(byline: "Byline", dataset: "Dataset", articles: list[str]) -> None:
    from bot.cli import output
    from bot.errors import DatasetError
    from retrieval.ingestion import Outcome
    from retrieval.types import Block, Page

    if articles:
        report = byline.pipeline.run(articles)
        failed = [item for item in report.items if item.outcome is Outcome.FAILED]
        if failed:
            raise DatasetError(f"{failed[0].location} could not be added: {failed[0].reason}")
    held = {article.source for article in byline.store.articles()}
    missing = [document for document in dataset.documents if document.id not in held]
    for document in output.tracked(missing, len(missing), "Adding the set's texts"):
        page = Page((Block(document.title or document.id, 1), Block(document.text)))
        item = byline.pipeline.add_page(page, document.id, copies=True)
        if item.outcome is Outcome.FAILED:
            raise DatasetError(f"The text {document.id!r} of the set could not be added: {item.reason}")


def _opened(byline: "Byline", dataset: "Dataset") -> "Library":
    """A document goes by the name the set gives it: an article's location, the last part of it, or its headline."""
    from bot.evaluation.runner import DEPTH, Library

    wanted = {name for question in dataset.questions for name in question.relevant}
    names = {}
    for article in byline.retriever.articles():
        known = (article.source, article.source.rsplit("/", 1)[-1], article.headline)
        names[article.id] = next((name for name in known if name in wanted), article.source)

    def rank(question: str) -> list[str]:
        found = byline.retriever.retrieve(question, 2 * DEPTH)
        return list(dict.fromkeys(names[scored.passage.article_id] for scored in found))[:DEPTH]

    return Library(lambda question, turns: byline.assistant.ask(question, turns), rank, names)
