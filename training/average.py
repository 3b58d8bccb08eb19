"""The mean of two rounds' weights: python -m training.average --models ROUND1 ROUND2 --out DIR.

Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing inference
time" (ICML 2022). The rounds must come of one another, or their weights mean different things.
"""

import argparse
import json
from pathlib import Path

from transformers import AutoModelForQuestionAnswering


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--models", type=Path, nargs="+", required=True, help="folders that training.train filled")
    arguments.add_argument("--weights", type=float, nargs="+", help="how much each counts; equally, if not given")
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    weights = options.weights or [1.0] * len(options.models)
    if len(weights) != len(options.models) or sum(weights) <= 0:
        arguments.error(f"--weights has {len(weights)} numbers for {len(options.models)} models; give one each.")
    average([folder / "model" for folder in options.models], options.out / "model", weights)
    means = [json.loads((folder / "training.json").read_text("utf-8")) for folder in options.models]
    (options.out / "training.json").write_text(json.dumps({"means": means, "weights": weights}, indent=1))


def average(folders: list[Path], target: Path, weights: list[float]) -> None:
    """Write the model whose every weight is the weighted mean of theirs; what is no weight is taken from the last."""
    models = [AutoModelForQuestionAnswering.from_pretrained(str(folder)) for folder in folders]
    states = [model.state_dict() for model in models]
    mean = {
        name: sum(state[name] * (weight / sum(weights)) for state, weight in zip(states, weights, strict=True))
        if value.is_floating_point()
        else value
        for name, value in states[-1].items()
    }
    models[-1].load_state_dict(mean)
    models[-1].save_pretrained(target)


if __name__ == "__main__":
    main()
