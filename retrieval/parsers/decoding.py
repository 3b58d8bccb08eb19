"""Bytes → clean characters, shared by the formats that are text."""

import re
import unicodedata

from retrieval.errors import ParseError

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: ECMA-48 control sequences (CSI), operating system commands (OSC) and two-character escapes.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-_]?|\x9b[0-?]*[ -/]*[@-~]")
_MAX_STRANGE = 0.02


def decode(data: bytes) -> str:
    """Characters with Unix line ends and without control sequences or invisible direction marks.

    UTF-8 first, then what charset-normalizer recognises. Raise ParseError, worded to follow the
    file's name, if the data is empty, binary, or in no encoding that can be told.
    """
    if not data.strip():
        raise ParseError("is empty. Save the article's text into it, then add it again.")
    text = _to_characters(data)
    text = _ESCAPES.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n"))
    clean = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    if len(text) - len(clean) > max(8, _MAX_STRANGE * len(text)):
        raise ParseError("is not text: it is full of control characters. Save the article as text, then add it again.")
    if not clean.strip():
        raise ParseError("is empty. Save the article's text into it, then add it again.")
    return clean.replace("\t", " ")


def _to_characters(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise ParseError(f"starts as {encoding} but is damaged. Save it as UTF-8, then add it again.") from None
    if b"\x00" in data:
        raise ParseError("is a binary file, not text. Save the article as text, then add it again.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error)


def _guess(data: bytes, error: UnicodeDecodeError) -> str:
    """charset-normalizer's best guess, unless the file is UTF-8 with a few broken bytes."""
    from charset_normalizer import from_bytes

    broken = data.decode("utf-8", "replace")
    multibyte = sum(ord(c) > 127 for c in broken) - broken.count("\ufffd")
    if multibyte > broken.count("\ufffd"):
        raise ParseError(
            f"is not valid UTF-8: byte {data[error.start]:#04x} at offset {error.start}. Save it as UTF-8, then add it again."
        )
    if western := _western(data):
        return western
    best = from_bytes(data).best()
    if best is None:
        raise ParseError("is in no encoding that can be told (not UTF-8). Save it as UTF-8, then add it again.")
    return str(best)


def _western(data: bytes) -> str | None:
    """cp1252, if the few bytes beyond ASCII are then accented letters or typographic marks.

    A short text gives a statistical guess too little to go on; text in another alphabet has mostly high bytes.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    high = [c for c in text if ord(c) > 127]
    letters = sum(c.isalpha() for c in text)
    fits = all("À" <= c <= "ÿ" or c in "‘’“”–—…•€£©®°«»½¼·´Œœ§™\xa0" for c in high)
    return text if fits and len(high) < 0.15 * max(1, letters) else None
