"""Which words of a passage answer a question, and whether any do: an extractive reader.

A span model (Devlin et al. 2019, section 4.3) scores every start and end; the span at [CLS] means that the passage does not
answer. The reader shipped with Byline was made by `training/`; retrieval/reader_model/README.md is its model card.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding import bundled_folder
from retrieval.errors import ReaderModelError

BUNDLED_READER = "byline-reader"
NO_READER = "none"
_FILE = Path(__file__).parent / "reader_model" / "reader.onnx"
_MAX_TOKENS, _MAX_ANSWER, _BATCH = 384, 40, 8
#: Characters, so that even one token a character leaves room for the text.
_MAX_QUESTION = 300

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is the likeliest answer of its window.

    `score` is the log odds, as the model has them, that the answer lies in the window, whichever its bounds, over no answer.
    """

    start: int
    end: int
    score: float


class SpanReader(Protocol):
    """Reads a question beside texts."""

    @property
    def name(self) -> str: ...

    def read(self, question: str, texts: Sequence[str], windows: Sequence[Sequence[Window]]) -> list[list[Span]]:
        """For each text, the best span within each of its windows (character offsets, half open), in their order.

        A window that holds no whole token, or lies beyond what the model reads, gets an empty span scored -inf.
        """


def load_reader(model: str) -> SpanReader | None:
    """`model` is the bundled reader's name, "none", or any extractive-QA model by hub name or folder.

    Raise ReaderModelError if it cannot be loaded.
    """
    if model == NO_READER:
        return None
    return OnnxReader(_FILE) if model == BUNDLED_READER else TransformersReader(model)


class _Reader:
    """What both kinds share: batches of like length, and logits → spans."""

    _tokenizer: Any

    def read(self, question: str, texts: Sequence[str], windows: Sequence[Sequence[Window]]) -> list[list[Span]]:
        pairs = [self._encode(question, text) for text in texts]
        found: list[list[Span]] = [[]] * len(texts)
        order = sorted(range(len(texts)), key=lambda i: len(pairs[i].ids))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            starts, ends = self._logits([pairs[i] for i in batch])
            for row, i in enumerate(batch):
                found[i] = [_best(pairs[i], starts[row], ends[row], window) for window in windows[i]]
        return found

    def _encode(self, question: str, text: str) -> Any:
        return self._tokenizer.encode(question[:_MAX_QUESTION], text)

    def _logits(self, pairs: Sequence[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        raise NotImplementedError


class OnnxReader(_Reader):
    """A span model in ONNX on the bundled embedding model's vocabulary; torch is not imported."""

    name = BUNDLED_READER

    def __init__(self, file: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        if not file.is_file():
            raise ReaderModelError(f"The reader {file} is missing. Reinstall Byline, or set READER_MODEL=none.")
        self._tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS, strategy="only_second")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def _logits(self, pairs: Sequence[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        shape = (len(pairs), max(len(pair.ids) for pair in pairs))
        ids, mask, types = (np.zeros(shape, np.int64) for _ in range(3))
        for row, pair in enumerate(pairs):
            ids[row, : len(pair.ids)] = pair.ids
            mask[row, : len(pair.ids)] = 1
            types[row, : len(pair.ids)] = pair.type_ids
        starts, ends = self._session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})
        return starts, ends


class TransformersReader(_Reader):
    """Any extractive-QA model that transformers loads, by hub name or folder; it needs a fast tokenizer."""

    def __init__(self, model: str) -> None:
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        if model.startswith(("/", ".", "~")) and not Path(model).expanduser().is_dir():
            raise ReaderModelError(
                f"There is no reader's folder at {model!r}. "
                f"Check READER_MODEL, or unset it to use the bundled {BUNDLED_READER}."
            )
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("transformers").setLevel(logging.CRITICAL)
        try:
            self._model = AutoModelForQuestionAnswering.from_pretrained(_place(model)).eval()
            tokenizer = AutoTokenizer.from_pretrained(_place(model), use_fast=True)
            self._tokenizer = tokenizer.backend_tokenizer
        except Exception as error:  # the loaders raise OSError, ValueError, AttributeError and hub errors alike
            raise ReaderModelError(
                f"The reader {model!r} cannot be loaded: {str(error).strip().splitlines()[0]} "
                f"Check READER_MODEL, or unset it to use the bundled {BUNDLED_READER}."
            ) from error
        self._torch, self.name = torch, model
        self._tokenizer.no_padding()
        longest = min(_MAX_TOKENS, getattr(self._model.config, "max_position_embeddings", _MAX_TOKENS))
        self._tokenizer.enable_truncation(longest, strategy="only_second")

    def _logits(self, pairs: Sequence[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        torch = self._torch
        width = max(len(pair.ids) for pair in pairs)
        fields = {name: torch.zeros((len(pairs), width), dtype=torch.long) for name in ("input_ids", "attention_mask")}
        if getattr(self._model.config, "type_vocab_size", 0) > 1:
            fields["token_type_ids"] = torch.zeros((len(pairs), width), dtype=torch.long)
        for row, pair in enumerate(pairs):
            for name, values in (
                ("input_ids", pair.ids),
                ("attention_mask", [1] * len(pair.ids)),
                ("token_type_ids", pair.type_ids),
            ):
                if name in fields:
                    fields[name][row, : len(pair.ids)] = torch.tensor(values)
        with torch.inference_mode():
            found = self._model(**fields)
        return found.start_logits.float().numpy(), found.end_logits.float().numpy()


def _place(model: str) -> str:
    return str(Path(model).expanduser()) if model.startswith("~") else model


def _best(pair: Any, starts: NDArray[np.float32], ends: NDArray[np.float32], window: Window) -> Span:
    """The best-scored span of at most 40 tokens within the window, and all of them together against the first token's."""
    inside = [
        i
        for i, (part, (a, b)) in enumerate(zip(pair.sequence_ids, pair.offsets, strict=True))
        if part == 1 and window[0] <= a < b <= window[1]
    ]
    if not inside:
        return Span(window[0], window[0], float("-inf"))
    low, high = inside[0], inside[-1] + 1
    scores = starts[low:high, None] + ends[None, low:high]
    count = high - low
    far = np.arange(count)[None, :] - np.arange(count)[:, None]
    scores = np.where((far >= 0) & (far < _MAX_ANSWER), scores, -np.inf)
    first, last = divmod(int(scores.argmax()), count)
    none = float(starts[0] + ends[0])
    any_span = float(np.logaddexp.reduce(scores, axis=None))
    return Span(pair.offsets[low + first][0], pair.offsets[low + last][1], any_span - none)
