"""The trained reader → one int8 ONNX file: python -m training.export --model DIR --out FILE.

Weights of matrices and embeddings become int8, one scale a column; activations are quantised as they come (ONNX Runtime's
dynamic quantisation). The tokenizer is the bundled embedding model's, so the file is all there is to ship.
"""

import argparse
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForQuestionAnswering

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start_logits", "end_logits")


class _Spans(torch.nn.Module):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.model = AutoModelForQuestionAnswering.from_pretrained(str(folder), attn_implementation="eager").eval()

    def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found = self.model(**dict(zip(INPUTS, inputs, strict=True)))
        return found.start_logits, found.end_logits


def export(folder: Path, target: Path) -> None:
    """Write the span model of `folder` (transformers format) to `target`."""
    example = torch.tensor([[101, 2054, 102, 2023, 102]] * 2)
    inputs = (example, torch.ones_like(example), torch.tensor([[0, 0, 0, 1, 1]] * 2))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(scratch) / "plain.onnx"
        torch.onnx.export(
            _Spans(folder),
            inputs,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in (*INPUTS, *OUTPUTS)},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    export(options.model, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
