"""A run as JSON, Markdown or one HTML page with its plots in it."""

import html
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.errors import DatasetError
from bot.evaluation.summary import NAMES, Summary, compare, summarise
from bot.evaluation.types import Estimate, Outcome

VERSION = 1
FORMATS = (".html", ".md", ".json")
_STYLE = "body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:left}svg{max-width:100%}"


@dataclass(frozen=True, slots=True)
class Run:
    """A set's outcomes under some settings, made on a day (ISO 8601)."""

    dataset: str
    made: str
    settings: Mapping[str, Any]
    outcomes: Sequence[Outcome]


def write(run: Run, path: Path, against: Run | None = None) -> None:
    """Write the run in the format that the name of `path` ends in, one of FORMATS. Raise DatasetError if it can't be."""
    if path.suffix == ".json":
        text = to_json(run)
    else:
        text = to_markdown(run, against) if path.suffix == ".md" else to_html(run, against)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise DatasetError(
            f"The report {path} cannot be written: {error.strerror or error}. Choose another --report."
        ) from error


def load(path: Path) -> Run:
    """A run that was written as .json. Raise DatasetError if it is none."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        outcomes = [Outcome(**outcome) for outcome in kept["outcomes"]]
        return Run(kept["dataset"], kept["made"], kept["settings"], outcomes)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path} is no run to compare with: {error}. Make one with: byline eval SET --report run.json"
        ) from error


def to_json(run: Run) -> str:
    summary = asdict(summarise(run.outcomes))
    fields = {"version": VERSION, "dataset": run.dataset, "made": run.made, "settings": dict(run.settings)}
    return json.dumps(
        {**fields, "summary": summary, "outcomes": [asdict(o) | {"scores": dict(o.scores)} for o in run.outcomes]},
        ensure_ascii=False, indent=1, default=str,
    )  # fmt: skip


def rows(summary: Summary) -> list[tuple[str, str, str, str]]:
    """(figure, value, 95 % interval, questions) for a table."""
    found = [(NAMES[name], *_cells(estimate)) for name, estimate in summary.means.items()]
    found += [(f"right: {kind}", *_cells(estimate)) for kind, estimate in summary.kinds.items()]
    if d := summary.declining:
        figures = {
            "declines: precision": d.precision, "declines: recall": d.recall, "answerable but declined": d.wrongly,
            "answerability AUROC": d.auroc, "area under risk-coverage": d.area, "best-threshold F1": d.best_f1,
        }  # fmt: skip
        found += [(name, f"{value:.3f}", "", str(summary.questions)) for name, value in figures.items()]
    for stage, (p50, p95) in summary.seconds.items():
        found.append(
            (f"{stage.removeprefix('seconds.')}, ms at p50 (p95)", f"{p50 * 1000:.0f} ({p95 * 1000:.0f})", "", "")
        )
    return found


def compared(against: Run, run: Run) -> list[tuple[str, str, str, str]]:
    """(figure, change, 95 % interval, p) of two runs, question by question."""
    return [
        (NAMES[name], f"{change.value:+.3f}", f"{change.low:+.3f} to {change.high:+.3f}", f"{p:.3f}")
        for name, (change, p) in compare(against.outcomes, run.outcomes).items()
    ]


def to_markdown(run: Run, against: Run | None = None) -> str:
    summary = summarise(run.outcomes)
    parts = [f"# {run.dataset}", f"{summary.questions} questions, {run.made}, {summary.machine}."]
    parts.append(_markdown(("figure", "value", "95 % interval", "questions"), rows(summary)))
    if against:
        parts += [
            f"## Against the run of {against.made}",
            _markdown(("figure", "change", "95 % interval", "p"), compared(against, run)),
        ]
    parts.append("Settings: " + ", ".join(f"{name} {value}" for name, value in run.settings.items()) + ".")
    return "\n\n".join(parts) + "\n"


def to_html(run: Run, against: Run | None = None) -> str:
    summary = summarise(run.outcomes)
    body = [
        f"<h1>{html.escape(run.dataset)}</h1>",
        f"<p>{summary.questions} questions, {html.escape(run.made)}, {html.escape(summary.machine)}.</p>",
    ]
    body.append(_html(("figure", "value", "95 % interval", "questions"), rows(summary)))
    if against:
        body += [
            f"<h2>Against the run of {html.escape(against.made)}</h2>",
            _html(("figure", "change", "95 % interval", "p"), compared(against, run)),
        ]
    body += plots(summary)
    wrong = [o for o in run.outcomes if o.scores.get("right") == 0.0][:200]
    if wrong:
        body.append("<h2>Not right</h2>")
        body.append(_html(("id", "question", "answer"), [(o.id, o.question, o.answer) for o in wrong]))
    listed = "".join(f"<li>{html.escape(name)}: {html.escape(str(value))}</li>" for name, value in run.settings.items())
    title = html.escape(f"Byline: {run.dataset}")
    return f'<!doctype html><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>{"".join(body)}<h2>Settings</h2><ul>{listed}</ul>'


def plots(summary: Summary) -> list[str]:
    """The means with their intervals and the risk-coverage curve, each as SVG."""
    from matplotlib.figure import Figure  # takes most of a second to import, and only a page needs it

    drawn = []
    shares = {NAMES[name]: e for name, e in summary.means.items()} | {
        f"right: {k}": e for k, e in summary.kinds.items()
    }
    if shares:
        figure = Figure((8, 0.6 + 0.32 * len(shares)))
        axes = figure.subplots()
        values = [e.value for e in shares.values()]
        reach = [
            [max(0.0, e.value - e.low) for e in shares.values()],
            [max(0.0, e.high - e.value) for e in shares.values()],
        ]
        axes.barh(list(shares), values, xerr=reach, color="#4878a8", ecolor="#222")
        axes.set_xlim(0, 1)
        axes.invert_yaxis()
        drawn.append(_svg(figure))
    if summary.declining:
        figure = Figure((6, 4))
        axes = figure.subplots()
        axes.plot(*zip(*summary.declining.curve, strict=True), color="#4878a8")
        axes.set(xlabel="coverage: share answered", ylabel="risk: share of those wrong", xlim=(0, 1), ylim=(0, 1))
        drawn.append(_svg(figure))
    return drawn


def _svg(figure: Any) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", bbox_inches="tight")
    text = out.getvalue()
    return text[text.index("<svg") :]


def _cells(estimate: Estimate) -> tuple[str, str, str]:
    return f"{estimate.value:.3f}", f"{estimate.low:.3f} to {estimate.high:.3f}", str(estimate.count)


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    every = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in every)


def _html(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    rest = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<table><tr>{top}</tr>{rest}</table>"
