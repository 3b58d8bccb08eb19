"""The model card: python -m training.card --model DIR --scores FILE --out FILE. Scores is what benchmarks.reader printed."""

import argparse
import json
import platform
import subprocess
from collections import Counter
from pathlib import Path
from string import Template
from typing import Any

from training.data import QUESTIONS
from training.fetch import sources

TEMPLATE = Path(__file__).parent / "card.md"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, required=True, help="the folder with training.json")
    arguments.add_argument("--scores", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    training = json.loads((options.model / "training.json").read_text("utf-8"))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    options.out.write_text(
        card(training, options.scores.read_text("utf-8"), commit.strip(), options.out.parent / "reader.onnx"), "utf-8"
    )


def card(training: dict[str, Any], scores: str, commit: str, model: Path) -> str:
    rows: dict[tuple[str, str], list[str]] = {}
    for source in sources():
        owner, repository, held = source["url"].split("/")[3:6]
        place = (f"github.com/{owner}/{repository} at {held[:7]}", source["licence"])
        rows.setdefault(place, []).append(source["file"])
    own = [line for path in QUESTIONS.glob("*.tsv") for line in path.read_text("utf-8").splitlines()]
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        written=f"{len(own):,}",
        impossible=f"{sum(line.endswith(chr(9)) for line in own):,}",
        megabytes=f"{model.stat().st_size / 1e6:.1f}",
        rounds="\n".join(_rounds(training)),
        sources="\n".join(f"| {place}: {_listed(files)} | {licence} |" for (place, licence), files in rows.items()),
        commit=commit,
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        scores=scores.strip(),
    )


def _listed(files: list[str]) -> str:
    """Their names, those in a folder only counted."""
    folders = Counter(file.partition("/")[0] for file in files if "/" in file)
    return ", ".join([f for f in files if "/" not in f] + [f"{n} texts of {folder}" for folder, n in folders.items()])


def _rounds(training: dict[str, Any]) -> list[str]:
    """A numbered line a round and one a mean, each after those it comes of."""
    lines: list[str] = []
    numbers: dict[str, int] = {}

    def number(made: dict[str, Any]) -> int:
        key = json.dumps(made, sort_keys=True)
        if key not in numbers:
            line = (
                _mean(made, [number(part) for part in made["means"]]) if "means" in made else _round(made, before(made))
            )
            lines.append(f"{len(lines) + 1}. {line}")
            numbers[key] = len(lines)
        return numbers[key]

    def before(made: dict[str, Any]) -> int:
        return number(made["after"]) if made.get("after") else 0

    number(training)
    return lines


def _mean(made: dict[str, Any], parts: list[int]) -> str:
    shares = " : ".join(f"{share:g}" for share in made["weights"])
    return f"The {shares} mean of the weights of {', '.join(map(str, parts[:-1]))} and {parts[-1]}."


def _round(made: dict[str, Any], before: int) -> str:
    often = {"each": made["written"]} | {f"those of {name}": count for name, count in made.get("passes", {}).items()}
    drawn = [f"{name} {count:g} {'time' if count == 1 else 'times'}" for name, count in often.items() if count]
    own = f"; of our own questions, {', '.join(drawn)}" if drawn else ""
    return (
        f"{f'From {before}: ' if before else ''}{made['examples']:,} examples, {made['answerable']:,} of them answerable; one pass, "
        f"seed {made['seed']}, AdamW, highest learning rate {made['rate']:g}, "
        f"{'embeddings' if before else 'embeddings and first layer'} frozen{own}."
    )


if __name__ == "__main__":
    main()
