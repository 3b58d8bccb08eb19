"""Plain text → blocks."""

from retrieval.parsers import text


def blocks(page: str) -> list[str]:
    return [block.text for block in text.parse(page.encode()).blocks]


def test_blank_lines_separate_blocks_even_when_they_hold_spaces() -> None:
    assert blocks("Weir mended\n\nIt holds.\n   \nThe end.\n") == ["Weir mended", "It holds.", "The end."]


def test_lines_that_stand_together_stay_apart() -> None:
    assert blocks("By Ann Lee\n4 June 2024\nOssby") == ["By Ann Lee", "4 June 2024", "Ossby"]


def test_a_hard_wrapped_paragraph_is_joined() -> None:
    assert blocks(
        "The divers passed the stones along a chain that began at the mill and\n"
        "ended in the river, where Ann Lee set each of them by the light of her\n"
        "lamp."
    ) == [
        "The divers passed the stones along a chain that began at the mill and "
        "ended in the river, where Ann Lee set each of them by the light of her lamp."
    ]


def test_paragraphs_on_single_lines_are_not_joined() -> None:
    lines = [
        "The divers passed the stones along a chain that began at the old mill.",
        "Ann Lee set each of them in its place by the light of her own lamp.",
        "Nobody slept before the water stood still behind the wall again.",
    ]
    assert blocks("\n".join(lines)) == lines


def test_a_caption_and_its_truncated_copy_are_not_joined() -> None:
    caption = "Divers passed stones along a chain that began at the mill and ended"
    assert blocks(f"{caption}\n{caption} in the river") == [caption, f"{caption} in the river"]


def test_plain_text_declares_nothing_and_has_no_heading_levels() -> None:
    page = text.parse(b"# Weir\n\ntitle: Weir")
    assert page.declared == {}
    assert [block.level for block in page.blocks] == [0, 0]


def test_a_headline_and_a_standfirst_on_adjacent_lines_stay_two() -> None:
    page = b"Tram line to Eastmoor opens after nine years of delay\nPassengers ride free until Sunday as the council counts\n\nBody."
    assert len(text.parse(page).blocks) == 3
