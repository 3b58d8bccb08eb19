"""The mean of two rounds' weights: python -m training.average --models ROUND1 ROUND2 --out DIR.

Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing inference
time" (ICML 2022). The rounds must come of one another, or their weights mean different things.
"""

import argparse
import json
from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--models", type=Path, nargs="+", required=True, help="folders that training.train filled")
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    average([folder / "model" for folder in options.models], options.out / "model")
    last = json.loads((options.models[-1] / "training.json").read_text("utf-8"))
    (options.out / "training.json").write_text(json.dumps({**last, "averaged": len(options.models)}, indent=1))


def average(folders: list[Path], target: Path) -> None:
    """Write the model whose every weight is the mean of theirs; what is no weight is taken from the last."""
    models = [AutoModelForQuestionAnswering.from_pretrained(str(folder)) for folder in folders]
    states = [model.state_dict() for model in models]
    mean = {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[-1].items()
    }
    models[-1].load_state_dict(mean)
    models[-1].save_pretrained(target)


if __name__ == "__main__":
    main()
