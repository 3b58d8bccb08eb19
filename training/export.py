"""The trained reader → one int8 ONNX file: python -m training.export --model DIR --out FILE.

Weights of matrices become int8 with one scale a column, word embeddings with one scale a row; activations are quantised as
they come (ONNX Runtime's dynamic quantisation). The tokenizer is the bundled embedding model's, so the file is all there is to ship.
"""

import argparse
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
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
        model = onnx.load(plain)
        table = next(n for n in model.graph.node if n.op_type == "Gather" and n.input[1] == INPUTS[0])
        _quantise_rows(model.graph, table)
        onnx.save(model, plain)
        quantize_dynamic(plain, target, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8, per_channel=True)


def _quantise_rows(graph: onnx.GraphProto, table: onnx.NodeProto) -> None:
    """The word embeddings as int8 with a scale a row: ONNX Runtime's own quantisation has one scale for all of them."""
    name = table.input[0]
    held = next(i for i in graph.initializer if i.name == name)
    weights = onnx.numpy_helper.to_array(held)
    scales = np.maximum(np.abs(weights).max(1, keepdims=True), 1e-8) / 127
    graph.initializer.remove(held)
    graph.initializer.extend(
        [
            onnx.numpy_helper.from_array(np.rint(weights / scales).astype(np.int8), f"{name}.rows"),
            onnx.numpy_helper.from_array(scales.astype(np.float32), f"{name}.scales"),
        ]
    )
    make, out = onnx.helper.make_node, table.output[0]
    nodes = [
        make("Gather", [f"{name}.rows", INPUTS[0]], [f"{out}.row"], axis=0),
        make("Gather", [f"{name}.scales", INPUTS[0]], [f"{out}.scale"], axis=0),
        make("Cast", [f"{out}.row"], [f"{out}.float"], to=onnx.TensorProto.FLOAT),
        make("Mul", [f"{out}.float", f"{out}.scale"], [out]),
    ]
    place = list(graph.node).index(table)
    graph.node.remove(table)
    for node in reversed(nodes):
        graph.node.insert(place, node)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    export(options.model, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
