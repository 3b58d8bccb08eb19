"""Lines of a newspaper page that are not its story, one at a time."""

from datetime import date

import pytest

from retrieval.page.furniture import (
    find_agencies,
    find_date_line,
    find_dateline,
    find_imprint,
    find_masthead,
    find_photo,
    is_link_label,
    is_pointer_heading,
    is_promotion,
)

STORY = "Divers mended the weir at Ossby on Monday after a week of rain."


@pytest.mark.parametrize(
    "line",
    [
        "Join our WhatsApp channel for the stories Ossby talks about.",
        "Sign up for the Echo's morning newsletter",
        "Follow us on Instagram",
        "Download the Echo app to read us offline",
        "READ MORE: Why the weir leaks",
        "Related: Ossby's other weir",
        "Watch: divers at work",
    ],
)
def test_an_invitation_or_a_pointer_is_a_promotion(line: str) -> None:
    assert is_promotion(line)


@pytest.mark.parametrize(
    "line",
    [
        STORY,
        "Join the queue early, the mayor told visitors.",
        "Follow the river for an hour and you reach Norby.",
        "Watch repairers have worked in Ossby since 1802.",
        "The subscription to the harbour newsletter costs 4 crowns.",
    ],
)
def test_a_sentence_of_the_story_is_no_promotion(line: str) -> None:
    assert not is_promotion(line)


@pytest.mark.parametrize(
    "line", ["Share", "Tweet", "3 min read", "12 comments", "ADVERTISEMENT", "* * *", "News > Ossby"]
)
def test_the_caption_of_a_button_is_a_link_label(line: str) -> None:
    assert is_link_label(line)


@pytest.mark.parametrize("line", [STORY, "Weir mended", "Share prices fell in Ossby"])
def test_words_of_the_story_are_no_link_label(line: str) -> None:
    assert not is_link_label(line)


def test_only_a_short_pointer_heads_a_list_of_links() -> None:
    assert is_pointer_heading("More on this story")
    assert not is_pointer_heading("Read more: the divers who mended the weir at Ossby")


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("REUTERS, BLOOMBERG", ("REUTERS", "BLOOMBERG")),
        ("AFP and Xinhua", ("AFP", "Xinhua")),
        ("— Associated Press", ("Associated Press",)),
        ("Source: Kyodo/AFP", ("Kyodo", "AFP")),
        ("Reuters said the weir held", ()),
        ("Ossby Echo", ()),
    ],
)
def test_agencies_are_read_only_where_a_line_names_nothing_else(line: str, agencies: tuple[str, ...]) -> None:
    assert find_agencies(line) == agencies


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Divers at the weir. PHOTO: A. LENS", "Divers at the weir.", "A. LENS"),
        ("Divers at the weir. (Photo by Ann Lens)", "Divers at the weir.", "Ann Lens"),
        ("Divers at the weir. (Ann Lens/Ossby Echo)", "Divers at the weir.", "Ann Lens/Ossby Echo"),
        ("Image caption, Divers at the weir", "Divers at the weir", ""),
        ("Image source, Ann Lens", "", "Ann Lens"),
        ("Photograph: Ann Lens", "", "Ann Lens"),
    ],
)
def test_a_photo_line_gives_caption_and_credit(line: str, caption: str, credit: str) -> None:
    photo = find_photo(line)
    assert photo is not None
    assert (line[photo.start : photo.end], photo.credit) == (caption, credit)


def test_a_sentence_is_no_photo_line() -> None:
    assert find_photo(STORY) is None
    assert find_photo('The sign read: photo: "no diving".') is None


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        (f"OSSBY - {STORY}", "OSSBY", ""),
        (f"OSSBY • {STORY}", "OSSBY", ""),
        (f"NEW OSSBY, June 4 — {STORY}", "NEW OSSBY", ""),
        (f"OSSBY (Reuters) - {STORY}", "OSSBY", "Reuters"),
        (f"Ossby — {STORY}", "Ossby", ""),
    ],
)
def test_a_dateline_gives_the_place_and_where_the_story_starts(paragraph: str, place: str, agency: str) -> None:
    dateline = find_dateline(paragraph)
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert paragraph[dateline.end :] == STORY


def test_a_paragraph_without_a_dateline_has_none() -> None:
    assert find_dateline(STORY) is None
    assert find_dateline("EU - no") is None


def test_a_print_edition_note_gives_newspaper_date_and_headline() -> None:
    line = (
        "A version of this article appeared in the print edition of The Ossby Echo on June 04, 2024, "
        "with the headline Weir mended at last. Subscribe"
    )
    imprint = find_imprint(line)
    assert imprint is not None
    assert (imprint.publication, imprint.published, imprint.headline) == (
        "The Ossby Echo",
        date(2024, 6, 4),
        "Weir mended at last",
    )
    assert line[: imprint.end].endswith("Weir mended at last")


@pytest.mark.parametrize("line", ["© 2024 Ossby Echo", "Copyright 2024 Ossby Echo", "Publication: Ossby Echo"])
def test_a_copyright_or_publication_line_names_the_newspaper(line: str) -> None:
    imprint = find_imprint(line)
    assert imprint is not None
    assert imprint.publication == "Ossby Echo"


def test_a_sentence_is_no_imprint() -> None:
    assert find_imprint(STORY) is None


@pytest.mark.parametrize(
    "line", ["4 June 2024", "Published June 4, 2024", "Tuesday 4 June 2024, 14:05 GMT", "Updated on 2024-06-04"]
)
def test_a_line_of_nothing_but_a_date_is_a_date_line(line: str) -> None:
    assert find_date_line(line) == date(2024, 6, 4)


def test_a_sentence_that_holds_a_date_is_no_date_line() -> None:
    assert find_date_line("The weir broke on 4 June 2024") is None


def test_a_masthead_is_a_newspapers_name_and_nothing_else() -> None:
    assert find_masthead("The Ossby Echo, 4 June 2024") == "The Ossby Echo"
    assert find_masthead("The Ossby Echo reported the flood") == ""
    assert find_masthead("Weir Mended") == ""
