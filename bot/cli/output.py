"""All console output. Text of articles, files and models passes `printable` before a terminal sees it."""

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from bot.answering.types import Answer, Citation
    from retrieval.ingestion import Ingested, IngestReport
    from retrieval.types import Article, Quotation


def printable(text: str) -> str:
    """`text` without control and direction characters, which could steer a terminal; line ends stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def console(stderr: bool = False) -> Console:
    """Plain and unwrapped when piped; without colour under NO_COLOR (https://no-color.org)."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=not stream.isatty())


def note(message: str) -> None:
    """A remark on standard error."""
    console(stderr=True).print(Text(printable(message)))


def print_answer(answer: "Answer", out: Console) -> None:
    """The answer with its quotes in bold, and a line a source."""
    out.print(_answer_text(answer))
    if answer.citations:
        out.print()
    for citation in answer.citations:
        line = Text(f"[{citation.number}] ")
        line.append(printable(source_line(citation)), style="dim")
        out.print(Padding(line, (0, 0, 0, 2)) if out.is_terminal else line)


def _answer_text(answer: "Answer") -> Text:
    text = Text(printable(answer.text))
    for citation in answer.citations:
        quote = printable(citation.quote)
        at = text.plain.find(quote)
        if at >= 0:
            text.stylize("bold", at, at + len(quote))
    return text


def source_line(citation: "Citation") -> str:
    """Headline · publication · date · paragraph · speaker, without what is not known."""
    article = citation.article
    published = article.published.isoformat() if article.published else ""
    parts = [article.title, article.publication, published, f"paragraph {citation.paragraph}", citation.speaker or ""]
    return " · ".join(part for part in parts if part)


def print_sources(citations: Sequence["Citation"], out: Console) -> None:
    """Each quote in its paragraph, in bold, with where it was added from."""
    for citation in citations:
        out.print(Text(f"[{citation.number}] {printable(source_line(citation))}"))
        text = citation.article.text
        start = text.rfind("\n\n", 0, citation.start) + 2 if "\n\n" in text[: citation.start] else 0
        end = text.find("\n\n", citation.end)
        paragraph = Text(printable(text[start : citation.start]))
        paragraph.append(printable(citation.quote), style="bold")
        paragraph.append(printable(text[citation.end : end if end >= 0 else len(text)]))
        out.print(Padding(paragraph, (0, 0, 0, 4)))
        out.print(Padding(Text(printable(citation.article.source), style="dim"), (0, 0, 1, 4)))


def print_trace(answer: "Answer", out: Console) -> None:
    """The rewritten question, the ranked passages with each score, and the time of each stage."""
    out.print(Text(f"Standalone question: {printable(answer.standalone_question)}"))
    verdict = "declined" if answer.declined else "answered"
    out.print(Text(printable(f"Support: {answer.support:.2f}, {verdict}. {answer.reason}".strip())))
    seconds = answer.seconds
    out.print(
        Text(
            f"Time: rewrite {seconds.rewrite * 1000:.0f} ms, retrieve {seconds.retrieve * 1000:.0f} ms, answer {seconds.answer * 1000:.0f} ms"
        )
    )
    table = Table(box=None, pad_edge=False)
    for heading in ("rank", "fused", "dense", "bm25", "article", "passage"):
        table.add_column(
            heading,
            justify="right" if heading in ("rank", "fused", "dense", "bm25") else "left",
            no_wrap=heading != "passage",
        )
    for rank, scored in enumerate(answer.passages, start=1):
        words = " ".join(printable(scored.passage.text).split())
        table.add_row(
            str(rank),
            f"{scored.score:.4f}",
            f"{scored.dense:.3f}",
            f"{scored.bm25:.2f}",
            scored.passage.article_id,
            Text(words[:90] + ("…" if len(words) > 90 else "")),
        )
    out.print(table)


def print_quotation(article: "Article", quotation: "Quotation", out: Console) -> None:
    """Somebody's sentence, with who and where on the line below."""
    out.print(Text(printable(article.words(quotation.sentence)), style="bold"))
    published = article.published.isoformat() if article.published else ""
    where = [
        quotation.speaker,
        article.title,
        article.publication,
        published,
        f"paragraph {quotation.sentence.paragraph}",
    ]
    line = Text(printable(" · ".join(part for part in where if part)), style="dim")
    out.print(Padding(line, (0, 0, 1, 2)) if out.is_terminal else line)


def print_speakers(rows: Iterable[tuple[str, str, str]], out: Console) -> None:
    """One speaker a line: how often quoted, the name, and in which articles."""
    for name, count, titles in rows:
        line = Text(f"{count:>4}  ")
        line.append(printable(name), style="bold")
        line.append(f"  {printable(titles)}", style="dim")
        out.print(line)


def print_articles(articles: Iterable["Article"], out: Console) -> None:
    """One article a line: id, date, publication, headline."""
    for article in articles:
        published = article.published.isoformat() if article.published else "undated   "
        line = Text(f"{article.id}  {published}  ")
        line.append(printable(article.title), style="bold")
        if article.publication:
            line.append(f"  {printable(article.publication)}", style="dim")
        out.print(line)


def print_ingested(item: "Ingested", out: Console) -> None:
    """What became of one location."""
    name = item.article.title if item.article else ""
    line = Text(f"{item.outcome.value:<10}", style="red" if item.reason and not item.article else "")
    line.append(printable(name or item.reason))
    if item.article:
        line.append(f"  {printable(item.reason or item.location)}", style="dim")
    out.print(line)


def print_report(report: "IngestReport", out: Console) -> None:
    """`2 added, 1 unchanged, 0 updated, 1 failed`."""
    from retrieval.ingestion import Outcome

    out.print(Text(", ".join(f"{report.count(outcome)} {outcome.value}" for outcome in Outcome)))


_T = TypeVar("_T")


def tracked(items: Iterable[_T], total: int, label: str) -> Iterator[_T]:
    """The items, with a progress bar on standard error when that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    err = console(stderr=True)
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal or total < 2) as bar:
        yield from bar.track(items, total=total)


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], out: Console) -> None:
    """A plain table; all columns but the first are numbers."""
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(head):
        table.add_column(name, justify="left" if place == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    out.print(table)


@contextmanager
def progress(total: int, out: Console) -> Iterator[Callable[[], None]]:
    """A progress bar below what `out` prints, on a terminal and for more than one location; yields its step."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Adding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal or total < 2) as bar:
        task = bar.add_task("add", total=total)
        yield lambda: bar.advance(task)
