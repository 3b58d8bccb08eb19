from pathlib import Path

import torch
from transformers import BertConfig, BertForQuestionAnswering

from training.average import average


def test_every_weight_is_the_weighted_mean_of_the_rounds(tmp_path: Path) -> None:
    config = BertConfig(vocab_size=20, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)
    models = [BertForQuestionAnswering(config) for _ in range(2)]
    for number, model in enumerate(models):
        model.save_pretrained(tmp_path / str(number))
    average([tmp_path / "0", tmp_path / "1"], tmp_path / "mean", [3, 1])
    mean = BertForQuestionAnswering.from_pretrained(tmp_path / "mean")
    for a, b, both in zip(models[0].parameters(), models[1].parameters(), mean.parameters(), strict=True):
        assert torch.allclose((3 * a + b) / 4, both, atol=1e-6)
