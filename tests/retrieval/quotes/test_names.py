"""The people of an article."""

import pytest

from retrieval.quotes.names import Cast, expand_acronyms, find_acronyms, find_mentions, same_name

TEXT = (
    "Treasurer Edda Thorsen spoke first. Ms Thorsen, 61, said the ship was sound.\n"
    "Culture Minister Agnes Rydell praised her. The architect, Henrik Malm, told reporters it would float.\n"
    "Chairman Xu Bo said the yard was full; Mr Xu said it would empty.\n"
    "Sound Shipping Company said nothing."
)


@pytest.fixture(scope="module")
def people() -> Cast:
    return Cast(TEXT)


def names(cast: Cast) -> list[str]:
    return [person.name for person in cast.people]


def test_people_are_known_by_their_fullest_name_without_titles(people: Cast) -> None:
    assert {"Edda Thorsen", "Agnes Rydell", "Henrik Malm", "Xu Bo"} <= set(names(people))


def test_an_organisation_is_no_person(people: Cast) -> None:
    assert not any("Shipping" in name for name in names(people))


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Thorsen", "Edda Thorsen"),
        ("Ms Thorsen", "Edda Thorsen"),
        ("Culture Minister Rydell", "Agnes Rydell"),
        ("Mr Xu", "Xu Bo"),
    ],
)
def test_a_short_name_means_the_full_one(people: Cast, phrase: str, name: str) -> None:
    person = people.named(phrase)
    assert person is not None
    assert person.name == name


@pytest.mark.parametrize("phrase", ["the ship", "Lindqvist", "Thorsen said", ""])
def test_a_phrase_that_ends_in_no_known_name_names_nobody(people: Cast, phrase: str) -> None:
    assert people.named(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the treasurer", "Edda Thorsen"),
        ("the minister", "Agnes Rydell"),
        ("the architect", "Henrik Malm"),
        ("the chairwoman", "Xu Bo"),
    ],
)
def test_a_person_is_found_by_title_or_apposition_and_by_words_of_the_same_office(
    people: Cast, phrase: str, name: str
) -> None:
    assert [person.name for person in people.described(phrase)] == [name]


def test_a_description_of_nobody_finds_nobody(people: Cast) -> None:
    assert people.described("the goalkeeper") == []


def test_honorifics_titles_and_first_names_tell_the_gender(people: Cast) -> None:
    gender = {person.name: person.gender for person in people.people}
    assert (gender["Edda Thorsen"], gender["Xu Bo"], gender["Agnes Rydell"]) == ("f", "m", "f")


def test_the_people_of_a_sentence_come_in_order(people: Cast) -> None:
    assert [p.name for p in people.mentioned("Malm met Ms Thorsen and Malm again.")] == ["Henrik Malm", "Edda Thorsen"]


def test_mentions_are_slices_without_their_titles() -> None:
    text = "Dr Pilar de la Cruz met Mr. O’Hara."
    assert [(text[m.start : m.end], m.titles) for m in find_mentions(text)] == [
        ("Pilar de la Cruz", ("dr",)),
        ("O’Hara", ("mr",)),
    ]


def test_initials_stand_for_the_name_the_text_spells_out() -> None:
    acronyms = find_acronyms("The Harbour Board of Ossby met the Northern Tramways Company.")
    assert acronyms["ntc"] == "Northern Tramways Company"
    assert expand_acronyms("an NTC driver", acronyms) == "an Northern Tramways Company driver"
    assert expand_acronyms("a driver", acronyms) == "a driver"


@pytest.mark.parametrize("asked", ["Thorsen", "edda thorsen", "Ms Thorsen", "Thorsen Edda", "Thorson", "mayor Thorsen"])
def test_surname_order_title_and_a_small_slip_still_mean_the_person(asked: str) -> None:
    assert same_name(asked, "Edda Thorsen")


@pytest.mark.parametrize("asked", ["Malm", "Edda Malm", "", "the mayor", "Ed"])
def test_another_name_means_somebody_else(asked: str) -> None:
    assert not same_name(asked, "Edda Thorsen")
