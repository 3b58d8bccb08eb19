"""Who said what, over a whole article."""

import pytest

from retrieval.quotes.attribution import quotations, referents
from retrieval.sentences import paragraph_of
from retrieval.types import Article, Kind
from tests.fakes import article_from

LEAD = """Council keeps the old ferry Albatross after a long night

LARKHAVEN - The old ferry Albatross will be kept as a museum after a vote that split the council on Monday evening.

"""


def story(*paragraphs: str) -> Article:
    return article_from(LEAD + "\n\n".join(paragraphs))


def said(*paragraphs: str) -> list[tuple[str, str]]:
    """`(speaker, sentence)` of everything said after the lead."""
    article = story(*paragraphs)
    return [(found.speaker, article.words(found.sentence)) for found in quotations(article)]


def speakers(*paragraphs: str) -> list[str]:
    return [speaker for speaker, _ in said(*paragraphs)]


def test_a_quotation_over_several_paragraphs_has_one_speaker() -> None:
    assert said(
        'The harbour master, Ms Edda Thorsen, told reporters: "The ship has carried four generations.',
        '"It would be a shame to sell her. We owe her better.',
        '"Nobody who was there would say otherwise."',
        "The vote was close.",
    ) == [
        (
            "Edda Thorsen",
            'The harbour master, Ms Edda Thorsen, told reporters: "The ship has carried four generations.',
        ),
        ("Edda Thorsen", '"It would be a shame to sell her. We owe her better.'),
        ("Edda Thorsen", '"Nobody who was there would say otherwise."'),
    ]


def test_an_inverted_said_names_the_speaker() -> None:
    article = story('"The hull is sounder than anybody thought," said Henrik Malm, a naval architect who surveyed it.')
    (found,) = quotations(article)
    assert (found.speaker, found.mention, found.cue, found.direct) == ("Henrik Malm", "Henrik Malm", "said", True)


def test_an_apposed_name_is_the_speaker() -> None:
    assert speakers(
        "The town treasurer, Lucia Ferrante, said the repairs would cost 3 million crowns.",
        '"It will float," said the naval architect, Henrik Malm.',
        '"It will not," the engineer, Ines Castro, said.',
    ) == ["Lucia Ferrante", "Henrik Malm", "Ines Castro"]


def test_a_surname_means_the_full_name() -> None:
    assert (
        speakers("Henrik Malm said it floats.", '"For ever," Mr Malm said.', "Malm said no more.")
        == ["Henrik Malm"] * 3
    )


def test_one_surname_of_two_people_is_told_apart_by_title() -> None:
    assert speakers(
        "Ms Anna Holm said it was hers.", "Mr Karl Holm said it was his.", '"It is mine," Ms Holm said.'
    ) == [
        "Anna Holm",
        "Karl Holm",
        "Anna Holm",
    ]


def test_pronouns_mean_the_latest_speaker_of_their_gender() -> None:
    assert speakers(
        "Mr Henrik Malm said the hull was sound.",
        "Ms Ines Castro said the engine was not.",
        '"He has not looked inside it," she said.',
        '"She has never sailed," he replied.',
    ) == ["Henrik Malm", "Ines Castro", "Ines Castro", "Henrik Malm"]


def test_the_minister_is_the_minister_named_before() -> None:
    assert speakers(
        'Culture Minister Agnes Rydell praised the vote. "Towns need memories," the minister said.',
        "Henrik Malm said the hull was sound.",
        '"A grant is possible," the minister said.',
    ) == ["Agnes Rydell", "Agnes Rydell", "Henrik Malm", "Agnes Rydell"]


def test_two_ministers_are_told_apart_by_their_office() -> None:
    assert speakers(
        "Prime Minister Karl Holm said the state would pay.",
        "Finance Minister Eva Rask told the paper that it would not.",
        '"It is a small sum," the prime minister said.',
        '"Nobody asked me," the finance minister said.',
    ) == ["Karl Holm", "Eva Rask", "Karl Holm", "Eva Rask"]


def test_a_description_is_resolved_by_the_name_in_the_next_paragraph() -> None:
    assert speakers(
        "But the town's longest-serving fisherman was not convinced, saying the berth was needed for working boats.",
        '"A museum catches no fish," Jorun Eide said on the quay.',
    ) == ["Jorun Eide", "Jorun Eide"]


def test_according_to_and_cited_as_saying_name_the_speaker() -> None:
    assert speakers(
        "The repairs need 18 months, according to Bo Lindgren.",
        "According to Ines Castro, a historian, the ship is the last of its kind.",
        '"The keel was laid in secret," a local paper cited Ms Castro as saying.',
    ) == ["Bo Lindgren", "Ines Castro", "Ines Castro"]


def test_a_spokeswoman_speaks_for_the_organisation_before() -> None:
    assert speakers(
        "Sound Shipping said it would give the ship away for one crown.",
        '"We are happy to see her go to a good home," a spokeswoman said.',
    ) == ["Sound Shipping", "Sound Shipping"]


def test_a_spokesman_for_somebody_is_not_that_body() -> None:
    assert speakers("A spokesman for Sound Shipping said the ship was free.") == ["A spokesman for Sound Shipping"]


def test_the_union_is_the_union_named_before() -> None:
    assert speakers("The Dockers Union said jobs would go.", '"We will fight it," the union said.') == [
        "The Dockers Union",
        "The Dockers Union",
    ]


def test_a_paragraph_of_nothing_but_a_quotation_goes_on() -> None:
    article = story('"The hull is sound," said Henrik Malm. "It will float for 50 years."', '"It only wants paint."')
    found = quotations(article)
    assert [quotation.speaker for quotation in found] == ["Henrik Malm"] * 3
    assert [quotation.cue for quotation in found] == ["said", "", ""]
    assert all(quotation.direct for quotation in found)


def test_a_quotation_before_its_speaker_is_theirs() -> None:
    assert said('"She is old. She is loved." Ines Castro said that twice.')[0] == (
        "Ines Castro",
        '"She is old. She is loved."',
    )


def test_a_quotation_inside_a_quotation_is_the_outer_speakers() -> None:
    assert said("\"My father told me, 'Never sell a boat on a Friday,' and he was right,\" said Henrik Malm.") == [
        ("Henrik Malm", "\"My father told me, 'Never sell a boat on a Friday,' and he was right,\" said Henrik Malm.")
    ]


@pytest.mark.parametrize("marks", ["‘’", "''", "“”", '""'])
def test_speech_is_found_in_any_quotation_marks(marks: str) -> None:
    opening, closing = marks[0], marks[1]
    article = story(
        f"{opening}It is the only ship I ever loved,{closing} said Dame Clara Whitlow, who launched her in 1951.",
        f"{opening}She is old,{closing} Dame Clara said at the quay.",
    )
    assert [(found.speaker, found.direct) for found in quotations(article)] == [("Clara Whitlow", True)] * 2


def test_reported_speech_is_not_direct() -> None:
    (found,) = quotations(story("Henrik Malm said the engine was another matter."))
    assert not found.direct


def test_a_sentence_with_two_speakers_comes_twice() -> None:
    sentence = "Henrik Malm said the hull was sound, but Ines Castro said the engine was not."
    assert said(sentence) == [("Henrik Malm", sentence), ("Ines Castro", sentence)]


def test_words_quoted_in_passing_are_nobodys_quotation() -> None:
    assert said('The council was "split". The ship is 73 metres long.') == []


def test_every_quotation_is_a_sentence_of_a_paragraph_that_reports() -> None:
    article = story("Henrik Malm said it floats.", '"For ever," he said.')
    for found in quotations(article):
        paragraph = paragraph_of(article, found.sentence)
        assert paragraph.kind is Kind.BODY
        assert paragraph.start <= found.sentence.start < found.sentence.end <= paragraph.end


def test_a_pronoun_that_opens_a_sentence_refers_to_the_person_before() -> None:
    article = story("Mr Henrik Malm surveyed the ship in May. His report has 90 pages.")
    assert {article.words(s): name for s, name in referents(article).items()} == {
        "His report has 90 pages.": "Henrik Malm"
    }


def test_an_article_without_speech_has_no_quotations() -> None:
    assert quotations(story("The ship is 73 metres long.")) == ()


LEAD = "Ossby's harbour wall will be rebuilt after the winter storms, the town decided on Monday evening.\n\n"


@pytest.mark.parametrize(
    ("story", "words", "speaker"),
    [
        ('Captain Ines Castro said it leaks.\n\n"For ever," the mayor said.', "For ever", "the mayor"),
        (
            "The wall fails, according to the shipyard's manager, Bo Lindgren.\n\nInes Castro said it holds.",
            "The wall fails",
            "Bo Lindgren",
        ),
        (
            '"Who pays?" asked Ines Castro.\n\n"Not I, and not you!" Henrik Malm replied.',
            "Not I",
            "Henrik Malm",
        ),
        (
            'The naval architect, Henrik Malm, said it leaks.\n\nInes Castro said no.\n\n"It does," the naval architect said.',
            "It does",
            "Henrik Malm",
        ),
        ("‘My father told me, “Never sell a boat,” and he was right,’ said Henrik Malm.", "My father", "Henrik Malm"),
    ],
)
def test_words_are_not_given_to_somebody_else(story: str, words: str, speaker: str) -> None:
    article = article_from("Wall to be rebuilt\n\n" + LEAD + story)
    said = {q.speaker for q in quotations(article) if words in article.words(q.sentence)}
    assert said == {speaker}


def test_a_pronoun_of_the_other_gender_is_not_the_last_speaker() -> None:
    story = '"It leaks," Mr Oskar Vinge said.\n\nShe said it would hold.'
    article = article_from("Wall to be rebuilt\n\n" + LEAD + story)
    assert all(q.speaker != "Oskar Vinge" for q in quotations(article) if "would hold" in article.words(q.sentence))


def test_nobody_is_nobody() -> None:
    article = article_from("Wall to be rebuilt\n\n" + LEAD + "Nobody spoke at the meeting that evening in the hall.")
    assert all(q.speaker != "Nobody" for q in quotations(article))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The mayor of Sanderby, Rikard Ohm, said the bridge was safe.", ["Rikard Ohm"]),
        ("The UN's special envoy for Orland, Geir Dahl, said he was worried.", ["Geir Dahl"]),
        ("His wife, Elif, said the roof had fallen in.", ["Elif"]),
        ("The Ministry of Health said the vaccine was safe.", ["The Ministry of Health"]),
        ("The defence ministry in Sund confirmed the launch.", ["The defence ministry in Sund"]),
        ("Senator Ruth Alvarez (D-N.M.), who chairs the committee, said she would wait.", ["Ruth Alvarez"]),
        ("Imogen Tully, a spokeswoman for Gov. Nathan Brand, said he had no plans.", ["Imogen Tully"]),
        ("Prof Gillian Hart of the University of Leeds said the results were early.", ["Gillian Hart"]),
        ("Gillian Hart of the pressure group Clean Rivers Now said the results were early.", ["Gillian Hart"]),
        ("Gillian Hart, president of the state P.T.A., which paid for it, said it was early.", ["Gillian Hart"]),
        ("Gillian Hart herself said the results were early.", ["Gillian Hart"]),
        ("The study's author, Wei Chen, and her colleague David Stein argue otherwise.", ["David Stein"]),
        ("Critics say the ship is a burden.", ["Critics"]),
        ("Ruth Alvarez did not mention the ship by name, but told the town to wait.", ["Ruth Alvarez"]),
        (
            "The 76-year-old Morton Black, a founder of the club, backed Hale last week, saying he had grown.",
            ["Morton Black"],
        ),
    ],
)
def test_the_speaker_is_the_subject_and_not_what_stands_beside_it(paragraph: str, expected: list[str]) -> None:
    assert speakers(paragraph) == expected


def test_a_pronoun_before_another_verb_is_who_goes_on_to_speak() -> None:
    assert speakers(
        "The plan was ruled out by the transport secretary, Alasdair Munby.",
        "He accepted all 27 of the recommendations and said that money had been found.",
    ) == ["Alasdair Munby"]


def test_what_somebody_called_a_thing_is_no_statement() -> None:
    assert speakers("Talks broke off when the union rejected what the board called its final offer.") == ["the union"]


def test_a_scene_may_open_with_the_words_of_somebody_named_after_them() -> None:
    article = article_from(
        "Floods empty the old town of Larkhaven for a second night\n\n"
        "“The water came up to here,” he said, pointing at his chest.\n\nPedro Ruiz, 61, has lived by the river all his life."
    )
    assert [found.speaker for found in quotations(article)] == ["Pedro Ruiz"]


def test_what_two_sides_agree_on_by_somebodys_account_is_that_persons_words() -> None:
    assert speakers(
        "Lucia Ferrante runs the harbour.", "Both sides agree it is vital that the ship stays, Ms Ferrante said."
    ) == ["Lucia Ferrante"]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (('"This is a sad day," said Rep. G.K. Holm (D-Ossby), who leads the caucus.',), ["G.K. Holm"]),
        (('"I hate it," Vann R. Newell, a writer, said on Twitter.',), ["Vann R. Newell"]),
        (("The Commission on Harbour Debates said there was a problem.",), ["The Commission on Harbour Debates"]),
        (("After campaign aides insisted that he rest, Republican Omar Reyes said he would go on.",), ["campaign aides", "Omar Reyes"]),
        (("Even Ossby said it was against the test.",), ["Ossby"]),
        (("Following a hastily called meeting, the board of the harbour issued words.",), []),
        (("Crooked Omar Reyes said so.", "Omar Reyes came back.", "Omar Reyes said no."), ["Omar Reyes", "Omar Reyes"]),
        (("Keith Holm was shot on Monday.", '"Don\'t shoot," says his wife Rita Holm.', '"He had no weapon," she said.'), ["Rita Holm", "Rita Holm"]),
        (("Keith Holm's relatives, who asked to see the film, wept.",), ["Holm's relatives"]),
        (("Keith Holm went to sea for years and said he did not mind it. He told me that Omar Reyes was right.", "He said he had not read it."), ["Keith Holm"] * 3),
        (("That worries Omar Reyes, president of the harbour caucus.", '"Nobody sings," he said.'), ["Omar Reyes"]),
        (("Keith Holm built the wall, which worries Omar Reyes, president of the caucus.", '"Nobody sings," he said.'), ["Omar Reyes"]),
        (('"It leaks," President Holm said. He did not blink. "Our goal is to mend it."',), ["Holm", "Holm"]),
        (("Keith Holm built the wall, which worries Omar McReyes, president of the caucus.", '"Nobody sings," he said.'), ["Omar McReyes"]),
        (("Keith Holm, 54, came to see President Omar Reyes.", '"He tells the truth," he said.'), ["Keith Holm"]),
        (('"It leaks," Keith Holm said. His wife shook her head. "It does not."',), ["Keith Holm"]),
        (('"It leaks," Keith Holm said. He held up a poster. "Vote Reyes."',), ["Keith Holm"]),
        (('"Rooms are full," Premier Inn said.',), ["Premier Inn"]),
        (("Rita Brandt flew to Georgia. Georgia is poor.", '"I like it," she said.'), ["Rita Brandt"]),
        (('Ossby reacted angrily last Friday to remarks by the forecaster Omar Reyes, who told a hearing that "it leaks".',), ["Omar Reyes"]),
        (("Melanie sat down.", '"I would," Melanie said.', "Omar Reyes left.", '"He left," she said.'), ["Melanie", "Melanie"]),
        (("John Dickey, the chief of Ora Media -- which makes shows -- told me, \"We make shows.\"",), ["John Dickey"]),
        (("Harry Reid mocked Omar Reyes, claiming he had a source who told him so.",), ["Harry Reid", "a source"]),
        (("Hillary Brandt met Keith Holm.", '"He had no weapon," he said.'), ["Keith Holm"]),
    ],
)  # fmt: skip
def test_american_copy_names_its_speakers(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert speakers(*paragraphs) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (('"We owe her better, whatever it costs, after all these years on the water." ― Henrik Malm', '"Nobody asked us."', "Sell her."), ["Henrik Malm"]),
        (("”She is all we have.” ― Lucia B. Ferrante.",), ["Lucia B. Ferrante"]),
        (
            (
                'Henrik Malm, a naval architect, came.',
                'Several had doubts, the surveyor Henrik Malm -- "It will not float" -- among them.',
            ),
            ["Henrik Malm"],
        ),
        (('Its quay is called Far North -- "the end of the world" -- by sailors.',), []),
        (
            ("Mr Henrik Malm, an architect, came.", '"MALM: Well, look, the ship has floated for a hundred years.', "UPDATE: The vote is over."),
            ["Henrik Malm"],
        ),
        (
            ('"It floats," Councilwoman Lucia Ferrante, D-Larkhaven, said Tuesday.', '"It does," Rep. Ida Holm (D-Utah) said.'),
            ["Lucia Ferrante", "Ida Holm"],
        ),
        (('"It floats," said Del. Lucia Ferrante of the islands.',), ["Lucia Ferrante"]),
        (
            ("Lucia E. Ferrante, the treasurer, came.", "Lucia Ferrante said no.", "Henrik Malm Jr., her aide, came.", "Mr. Malm said yes."),
            ["Lucia E. Ferrante", "Henrik Malm Jr."],
        ),
        (
            ('"They are wrong," said harbour widow Terry Strand.', 'She continued, "All we ask for is a hearing."', "Henrik Malm came."),
            ["Terry Strand", "Terry Strand"],
        ),
        (('Malm cried "Save her" and said he was not leaving.', "Henrik Malm is old."), ["Henrik Malm"]),
        (("Malm spoke next and began by saying he would never sell.", "Henrik Malm is old."), ["Henrik Malm"]),
        (("In a speech earlier, Malm attacked the vote, saying it was rigged.", "Henrik Malm is old."), ["Henrik Malm"]),
        (("Advisers to Mr. Malm say the ship is sound.", "Henrik Malm is old."), ["Advisers to Mr. Malm"]),
        (("The ship is sound, top naval experts said Friday.",), ["top naval experts"]),
        (("The talks ended there, said one council source in the room.",), ["one council source"]),
        (("State and city officials said she floats.", "Police say she is safe."), ["State and city officials", "Police"]),
        (("The sale took place despite repeated warnings that she would sink.",), []),
        (("Women earned 90 crowns, compared with 100 for men.",), []),
        (("Malm was formally called to the hearing.", "Henrik Malm is old."), []),
    ],
)  # fmt: skip
def test_who_speaks_in_the_ways_that_newspapers_have(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert speakers(*paragraphs) == expected


def test_what_somebody_called_a_thing_in_quotation_marks_is_theirs() -> None:
    assert speakers('The mayor left out what the architect Henrik Malm called the council\'s "reckless" sale.') == [
        "Henrik Malm"
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("Ann Hart told Bob Lane: “You lied to us all.”",), ["Ann Hart"]),
        (("She had one message for Bob Lane: “Resign at once, please.”",), []),
        (("Ann Hart criticised Bob Lane — “a man of straw” — on Monday.",), ["Ann Hart"]),
        (("Ann Hart wrote to Bob Lane — “You are a liar,” she said.",), ["Ann Hart"]),
        (("Donald Malm said he would.", "Donald Malm Jr. said he would not."), ["Donald Malm", "Donald Malm Jr."]),
        (("George W. Malm said no.", "George H. W. Malm said yes."), ["George W. Malm", "George H. W. Malm"]),
        (("Bob Lane, meanwhile, called the report “fake”.",), ["Bob Lane"]),
        (("The programme, called EB-5, helps.",), []),
        (("An expert based in Geneva said it would rain.",), ["An expert based in Geneva"]),
        (("Critics of Ann Hart say she is unfit for office.",), ["Critics of Ann Hart"]),
        (("A person close to Ann Hart said she was ill.",), ["A person close to Ann Hart"]),
        (("Bob Lane, who officials say is armed, fled.",), ["officials"]),
        (("Ann Hart was saying goodbye when she fell.",), []),
        (("The government is continuing its talks with the rebels.",), []),
        (("The crowd cheered for its “hero” – Bob Lane.",), []),
        (("Ann Hart, 59, of Ashton, Md., said the bridge would close.",), ["Ann Hart"]),
        (("“We will close it,” said police on Tuesday.",), ["police"]),
        (("The plant is in Wilmington, Del. The governor said it would close.",), ["The governor"]),
    ],
)  # fmt: skip
def test_words_are_not_given_to_whom_they_are_said_to_or_of(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert speakers(*paragraphs) == expected
