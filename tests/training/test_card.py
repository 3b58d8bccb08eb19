from pathlib import Path

from training.card import card


def test_the_card_tells_data_licences_rounds_and_scores(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"0" * 1_500_000)
    first = {"seed": 1, "rate": 2e-4, "examples": 1000, "answerable": 600, "written": 0}
    second = {
        "seed": 2,
        "rate": 1e-4,
        "examples": 500,
        "answerable": 300,
        "written": 3,
        "passes": {"news": 1},
        "after": first,
    }
    page = card(
        {"means": [first, second], "weights": [1, 2]},
        "| F1 | .5 |",
        "abc",
        tmp_path / "reader.onnx",
    )
    assert "1. 1,000 examples, 600 of them answerable; one pass, seed 1" in page
    assert "2. From 1: 500 examples" in page
    assert "3. The 1 : 2 mean of the weights of 1 and 2." in page
    assert "of our own questions, each 3 times, those of news 1 time." in page
    assert "CC BY-SA 4.0" in page
    assert "223 texts of polnear | none given" in page
    assert "| F1 | .5 |" in page
    assert "1.5 MB" in page
    assert "$" not in page
