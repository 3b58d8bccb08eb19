"""`byline doctor`: is every part in order, and if not, what mends it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

import typer

from bot.cli.parts import open_byline, slack_options

if TYPE_CHECKING:
    from bot.bootstrap import Byline


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of one part; `fix` is empty when it is in order."""

    name: str
    found: str
    fix: str = ""


def doctor(
    slack: bool = typer.Option(False, "--slack", help="Check Slack's tokens, scopes, socket and clock as well."),
) -> None:
    """Check settings, versions, models, lock and store. Exit code 1 if any needs mending."""
    from bot.cli import output

    out = output.console()
    with open_byline() as byline:
        checks = [check(byline) for check in (_python, _versions, _home, _model, _reader, _store)]
        checks += _slack(byline) if slack else []
    for check in checks:
        out.print(f"{'ok  ' if not check.fix else 'FAIL'}  {check.name:<9} {output.printable(check.found)}")
        if check.fix:
            out.print(f"      fix:      {output.printable(check.fix)}")
    raise typer.Exit(1 if any(check.fix for check in checks) else 0)


def _python(_: "Byline") -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", version, "" if sys.version_info >= (3, 11) else "Use Python 3.11 or newer.")


def _versions(_: "Byline") -> Check:
    """Every requirement of the installed package against what is installed."""
    from packaging.requirements import Requirement

    wrong = []
    requirements = [Requirement(text) for text in metadata.requires("byline") or []]
    for requirement in requirements:
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    found = (
        f"byline {metadata.version('byline')}, chromadb {metadata.version('chromadb')}"
        if not wrong
        else "; ".join(wrong)
    )
    return Check("versions", found, "Install again with: pip install -c constraints.txt -e ." if wrong else "")


def _home(byline: "Byline") -> Check:
    home = byline.settings.byline_home
    return Check("home", f"{home}{'' if home.exists() else ' (not made yet)'}")


def _model(byline: "Byline") -> Check:
    def load() -> str:
        vector = byline.embeddings.embed_query("Is the model there?")
        return f"{byline.embeddings.name}, {len(vector)} dimensions"

    return _try("model", load)


def _reader(byline: "Byline") -> Check:
    from retrieval.span_reader import load_reader

    def load() -> str:
        reader = load_reader(byline.settings.reader_model)
        if reader is None:
            return "none: sentences are chosen by their words alone"
        reader.read("Can it read?", ["A sentence."], [[(0, 11)]])
        return reader.name

    return _try("reader", load)


def _store(byline: "Byline") -> Check:
    """Opening takes the lock, checks the model's name and sweeps what a killed add left behind."""

    def open_it() -> str:
        where = byline.settings.chroma_url or "embedded"
        return f"{where}, {len(byline.store.versions())} articles, generation {byline.store.generation}"

    return _try("store", open_it)


def _slack(byline: "Byline") -> list[Check]:
    import asyncio

    from bot.slack.checks import check_slack

    return [Check(*finding) for finding in asyncio.run(check_slack(slack_options(byline.settings)))]


def _try(name: str, look: Callable[[], str]) -> Check:
    from retrieval.errors import RetrievalError

    try:
        return Check(name, look())
    except RetrievalError as error:
        problem, _, fix = str(error).partition(". ")
        return Check(name, problem, fix or "Run the command again with --debug to see where it fails.")
