"""The model card: python -m training.card --model DIR --scores FILE --out FILE. Scores is what benchmarks.reader printed."""

import argparse
import json
import platform
import subprocess
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
        rows.setdefault((f"github.com/{owner}/{repository} at {held[:7]}", source["licence"]), []).append(
            source["file"]
        )
    own = [line for path in QUESTIONS.glob("*.tsv") for line in path.read_text("utf-8").splitlines()]
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        written=f"{len(own):,}",
        impossible=f"{sum(line.endswith(chr(9)) for line in own):,}",
        megabytes=f"{model.stat().st_size / 1e6:.1f}",
        rounds="\n".join(_rounds(training)),
        sources="\n".join(f"| {place}: {', '.join(files)} | {licence} |" for (place, licence), files in rows.items()),
        commit=commit,
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        scores=scores.strip(),
    )


def _rounds(training: dict[str, Any]) -> list[str]:
    """A numbered line a round, and one for their average if the model is that."""
    if training.get("averaged"):
        rounds = _rounds({**training, "averaged": 0})
        shares = training.get("weights") or [1] * training["averaged"]
        mean = f"{' : '.join(f'{share:g}' for share in shares)} mean of the last {training['averaged']} rounds'"
        return [*rounds, f"{len(rounds) + 1}. The weights are the {mean}."]
    earlier = _rounds(training["after"]) if training.get("after") else []
    number = len(earlier) + 1
    return [
        *earlier,
        f"{number}. {training['examples']:,} examples, {training['answerable']:,} of them answerable; one pass, seed "
        f"{training['seed']}, AdamW, highest learning rate {training.get('rate', 2e-4):g}, "
        f"{'embeddings and first layer' if number == 1 else 'embeddings'} frozen"
        f"{f'; each of our own questions {made} times' if (made := training.get('written')) else ''}.",
    ]


if __name__ == "__main__":
    main()
