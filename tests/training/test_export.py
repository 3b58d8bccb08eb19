from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import BertConfig, BertForQuestionAnswering

from training.export import INPUTS, export


def test_the_int8_file_scores_as_the_model_does_and_is_smaller(tmp_path: Path) -> None:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=3000, hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128
    )
    model = BertForQuestionAnswering(config).eval()
    with torch.no_grad():
        # one word's row is far out, as rows of trained models are: with one scale for all, the others would be lost
        model.get_input_embeddings().weight[7] *= 300
    model.save_pretrained(tmp_path / "model")
    export(tmp_path / "model", tmp_path / "reader.onnx")
    inputs = {name: np.array([[101, 5, 102, 9, 11, 102]]) for name in INPUTS}
    inputs["attention_mask"], inputs["token_type_ids"] = np.ones((1, 6), np.int64), np.array([[0, 0, 0, 1, 1, 1]])
    found = onnxruntime.InferenceSession(str(tmp_path / "reader.onnx")).run(None, inputs)
    with torch.no_grad():
        wanted = model(**{name: torch.from_numpy(value) for name, value in inputs.items()})
    for logits, true in zip(found, (wanted.start_logits, wanted.end_logits), strict=True):
        assert np.abs(logits - true.numpy()).max() < 0.1 * np.ptp(true.numpy()) + 0.02
    assert (tmp_path / "reader.onnx").stat().st_size < 0.5 * (tmp_path / "model" / "model.safetensors").stat().st_size
