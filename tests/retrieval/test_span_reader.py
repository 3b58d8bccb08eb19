"""The span reader: the bundled one, and any extractive-QA model, tried on a tiny one made here."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import span_reader
from retrieval.embedding import bundled_folder
from retrieval.errors import ReaderModelError
from retrieval.sentences import split_sentences
from retrieval.span_reader import BUNDLED_READER, OnnxReader, load_reader

WEIR = "Divers mended the weir at Ossby on Monday. The work cost 1.2 million crowns, the harbour office said."


@pytest.fixture(scope="module")
def bundled() -> span_reader.SpanReader:
    reader = load_reader(BUNDLED_READER)
    assert reader is not None
    return reader


def test_the_words_that_answer_are_found_with_their_offsets(bundled: span_reader.SpanReader) -> None:
    whole = [(0, len(WEIR))]
    for question, answer in (
        ("Who mended the weir?", "Divers"),
        ("How much did the work cost?", "1.2 million crowns"),
        ("When was the weir mended?", "Monday"),
    ):
        ((span,),) = bundled.read(question, [WEIR], [whole])
        assert WEIR[span.start : span.end] == answer


def test_a_text_that_does_not_answer_scores_below_one_that_does(bundled: span_reader.SpanReader) -> None:
    other = "The old mill at Norby was sold to a baker. Rain fell on the hills for a week."
    whole = [[(0, len(WEIR))], [(0, len(other))]]
    (good,), (bad,) = bundled.read("Who mended the weir?", [WEIR, other], whole)
    assert good.score > bad.score + 3


def test_each_window_gets_its_own_best_span(bundled: span_reader.SpanReader) -> None:
    windows = list(split_sentences(WEIR))
    ((first, second),) = bundled.read("How much did the work cost?", [WEIR], [windows])
    assert windows[0][0] <= first.start < first.end <= windows[0][1]
    assert windows[1][0] <= second.start < second.end <= windows[1][1]
    assert second.score > first.score


def test_reading_several_texts_gives_what_reading_each_gives(bundled: span_reader.SpanReader) -> None:
    texts = [WEIR, "It rained.", WEIR[:43]]  # of unlike lengths: they are padded together
    windows = [[(0, len(text))] for text in texts]
    together = bundled.read("Who mended the weir?", texts, windows)
    alone = [bundled.read("Who mended the weir?", [t], [w])[0] for t, w in zip(texts, windows, strict=True)]
    # the scores are not quite the same: the ranges that int8 activations are cut to are a batch's own
    assert [span.score > 0 for (span,) in together] == [span.score > 0 for (span,) in alone] == [True, False, True]
    assert (together[0][0].start, together[0][0].end) == (alone[0][0].start, alone[0][0].end)


def test_a_window_without_a_token_has_no_span(bundled: span_reader.SpanReader) -> None:
    ((span,),) = bundled.read("Who?", [WEIR], [[(3, 3)]])
    assert (span.start, span.end, span.score) == (3, 3, -np.inf)
    ((beyond,),) = bundled.read("Who?", ["word " * 2000], [[(9990, 10000)]])
    assert beyond.score == -np.inf


def test_a_question_of_any_length_is_read(bundled: span_reader.SpanReader) -> None:
    ((span,),) = bundled.read("who mended the weir " * 200, [WEIR], [[(0, len(WEIR))]])
    assert span.end > span.start


def test_any_extractive_model_takes_its_place(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizerFast

    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertForQuestionAnswering(BertConfig(**sizes)).save_pretrained(tmp_path)
    BertTokenizerFast.from_pretrained(str(bundled_folder())).save_pretrained(tmp_path)
    reader = load_reader(str(tmp_path))
    assert reader is not None
    ((span,),) = reader.read("Who mended the weir?", [WEIR], [[(0, len(WEIR))]])
    assert 0 <= span.start < span.end <= len(WEIR)
    assert np.isfinite(span.score)


def test_no_reader_is_a_choice_and_a_missing_one_is_named(tmp_path: Path) -> None:
    assert load_reader("none") is None
    with pytest.raises(ReaderModelError, match=r"no reader's folder at '/nowhere/model'.*READER_MODEL"):
        load_reader("/nowhere/model")
    with pytest.raises(ReaderModelError, match="is missing"):
        OnnxReader(tmp_path / "reader.onnx")


def test_a_windows_score_is_of_any_answer_in_it(bundled: span_reader.SpanReader) -> None:
    """At least that of its best span: what two wordings of an answer share is not lost between them."""
    whole, half = (0, len(WEIR)), next(iter(split_sentences(WEIR)))
    ((of_all, of_half),) = bundled.read("Who mended the weir?", [WEIR], [[whole, half]])
    assert of_all.score > of_half.score
