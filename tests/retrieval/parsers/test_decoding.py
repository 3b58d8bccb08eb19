"""Bytes → clean characters."""

import pytest

from retrieval.errors import ParseError
from retrieval.parsers.decoding import decode

TEXT = "The mayor’s café on the quay — a favourite of “harbour folk” — closes in June, said Zoë Lindqvist.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_is_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_utf_16_is_recognised_in_either_byte_order() -> None:
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le")) == decode(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_control_characters_and_escapes_are_removed() -> None:
    data = b"\x1b[1;31mThe weir\x1b[0m \x1b]0;evil title\x07holds\x08 "
    assert decode(data) == "The weir holds "


def test_invisible_direction_marks_are_removed() -> None:
    assert decode("The \u202eweir\u202c hol\u200bds".encode()) == "The weir holds"


def test_line_ends_become_unix_ones_and_a_form_feed_ends_a_paragraph() -> None:
    assert decode(b"one\r\ntwo\rthree\x0cfour\tfive") == "one\ntwo\nthree\n\nfour five"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"PK\x03\x04\x00\x00\x08\x00weir", "is a binary file"),
        (b"\xff\xfe\x00", "damaged"),
        (bytes(range(1, 32)) * 20, "control characters"),
    ],
)
def test_what_is_not_text_is_refused_with_a_next_step(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=rf"{complaint}.*(?:Save|add)"):
        decode(data)


def test_broken_utf_8_is_refused_naming_the_byte_and_its_place() -> None:
    broken = TEXT.encode().replace("é".encode(), b"\xc3")
    with pytest.raises(ParseError, match=r"not valid UTF-8: byte 0xc3 at offset 17\. Save it as UTF-8"):
        decode(broken)


def test_a_short_western_text_is_not_taken_for_another_alphabet() -> None:
    text = "Müller quits\n\nThe chief executive, Hans Müller, resigned on Friday after a vote against his plan."
    assert decode(text.encode("cp1252")) == text
