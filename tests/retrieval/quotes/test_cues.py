"""Cue verbs and the phrase that names who speaks, one sentence at a time."""

import pytest

from retrieval.quotes.cues import find_attributions, mask_quotations
from retrieval.quotes.subjects import is_group_phrase, is_role_phrase
from retrieval.sentences import quoted_spans


def attributed(sentence: str) -> list[tuple[str, str]]:
    masked = mask_quotations(sentence, [(start, end) for start, end, _ in quoted_spans(sentence)])
    return [(found.cue, found.phrase) for found in find_attributions(masked)]


@pytest.mark.parametrize(
    ("sentence", "cue", "phrase"),
    [
        ("Edda Thorsen said the ship was sound.", "said", "Edda Thorsen"),
        ('"She floats," said Edda Thorsen.', "said", "Edda Thorsen"),
        ('"She floats," said Mr. Malm, who surveyed her.', "said", "Mr. Malm"),
        ('"She floats," he added.', "added", "he"),
        ("Ms Thorsen, the harbour master, told reporters the ship was sound.", "told", "Ms Thorsen"),
        ("The harbour master later warned that the berth was full.", "warned", "The harbour master"),
        ("The ship floats, according to Henrik Malm, who surveyed it.", "according to", "Henrik Malm"),
        ("The report concluded the ship had been neglected.", "concluded", "The report"),
        ("A paper cited Ms Thorsen as saying she would stay.", "cited", "Ms Thorsen"),
        ("Henrik Malm of the Larkhaven Institute for Ships said she floats.", "said", "Henrik Malm"),
    ],
)
def test_a_cue_is_found_with_its_speaker(sentence: str, cue: str, phrase: str) -> None:
    assert attributed(sentence)[0] == (cue, phrase)


def test_two_speakers_of_one_sentence_come_in_order() -> None:
    assert attributed("Malm said she floats, but Castro said she leaks.") == [("said", "Malm"), ("said", "Castro")]


def test_a_participle_has_a_cue_and_no_phrase() -> None:
    assert attributed("Thorsen was not convinced, saying the berth was full.") == [("saying", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ship is 73 metres long.",
        "Thorsen was told to leave.",
        "The ship was said to leak.",
        'The sign read nothing but "he said no".',
        "The claims of the union were read on Monday.",
        "Officials on Monday concluded four days of meetings.",
    ],
)
def test_a_sentence_that_reports_nobody_has_no_cue(sentence: str) -> None:
    assert attributed(sentence) == []


def test_masking_keeps_every_offset() -> None:
    assert mask_quotations('Say "yes" now', [(4, 9)]) == "Say \x00\x00\x00\x00\x00 now"


@pytest.mark.parametrize(
    "phrase", ["the minister", "Larkhaven's top diplomat", "the town's oldest baker", "the 41-year-old"]
)
def test_a_description_of_one_person_is_a_role(phrase: str) -> None:
    assert is_role_phrase(phrase)
    assert not is_group_phrase(phrase)


@pytest.mark.parametrize("phrase", ["the union", "the company", "its board"])
def test_a_body_that_was_named_before_is_a_group(phrase: str) -> None:
    assert is_group_phrase(phrase)
    assert not is_role_phrase(phrase)


@pytest.mark.parametrize("phrase", ["Edda Thorsen", "minister", "the ship"])
def test_a_name_or_a_thing_is_neither(phrase: str) -> None:
    assert not is_role_phrase(phrase)
    assert not is_group_phrase(phrase)


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("The report found that nine ferries had leaked.", ["The report"]),
        ("The divers found a boat that had sunk.", []),
        ("Polls showed that few people cared.", ["Polls"]),
    ],
)
def test_finding_is_saying_only_where_a_clause_tells_what_was_found(sentence: str, phrases: list[str]) -> None:
    assert [attribution.phrase for attribution in find_attributions(sentence)] == phrases
