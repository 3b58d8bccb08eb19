"""What was said, apart from who said it and how."""

import pytest

from retrieval.quotes.attribution import quotations
from tests.fakes import article_from

CASES = [
    ("Petra Lindqvist said 214 beams had failed.", ["214 beams had failed."]),
    ("Petra Lindqvist said that 214 beams had failed.", ["214 beams had failed."]),
    ("“Nobody asked us,” said Petra Lindqvist.", ["“Nobody asked us,”"]),
    ("“Nobody asked us,” Petra Lindqvist told reporters.", ["“Nobody asked us,”"]),
    ("“Nobody asked us,” said Petra Lindqvist, the engineer. ", ["“Nobody asked us,”"]),
    ("“Nobody,” Petra Lindqvist said, “ever asked us.”", ["“Nobody,”", "“ever asked us.”"]),
    ("Petra Lindqvist told the council that 214 beams had failed.", ["214 beams had failed."]),
    ("According to Petra Lindqvist, 214 beams had failed.", ["214 beams had failed."]),
    ("According to Petra Lindqvist, the city engineer, 214 beams had failed.", ["214 beams had failed."]),
    ("Some 214 beams had failed, according to Petra Lindqvist.", ["Some 214 beams had failed"]),
    ("Petra Lindqvist added: “It will hold.”", ["“It will hold.”"]),
]


@pytest.mark.parametrize(("sentence", "said"), CASES)
def test_the_words_said_stand_apart_from_speaker_and_cue(sentence: str, said: list[str]) -> None:
    article = article_from(
        f"Old pier to close\n\nGULLHAVEN - The pier will close on Monday for a long time.\n\n{sentence}"
    )
    (quotation,) = quotations(article)
    assert quotation.speaker == "Petra Lindqvist"
    assert [article.text[start:end] for start, end in quotation.content] == said
