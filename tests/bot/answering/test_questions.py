import pytest

from bot.answering.questions import CLAIM, Wants, parse_question


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("What did Petra Lindqvist say about the beams?", "Petra Lindqvist", "the beams"),
        ("what did lindqvist say", "lindqvist", ""),
        ("What has the mayor said about the pier", "the mayor", "the pier"),
        ("What does Omar Reyes think of the closure?", "Omar Reyes", "the closure"),
        ("How did the engineer describe the pier?", "the engineer", "the pier"),
        ("How did Reyes react to the closure?", "Reyes", "the closure"),
        ("What was Lindqvist's view on the beams?", "Lindqvist", "the beams"),
        ("According to the council, what failed?", "the council", "what failed"),
        ("Did Reyes say anything about money?", "Reyes", "money"),
        ("What did the Post quote Reyes as saying about his season?", "Reyes", "his season"),
        ("lindqvist on the beams", "lindqvist", "the beams"),
        ("any quotes from Ida Brandt about candles?", "Ida Brandt", "candles"),
        ("Can you tell me what Reyes said about the season?", "Reyes", "the season"),
        ("Who does Omar Reyes blame for his losses?", "Omar Reyes", "his losses"),
        ("what did Reyes blame for the losses", "Reyes", "the losses"),
        ("What reason did the council give for closing the pier?", "the council", "closing the pier"),
        ("whats Lindqvist's view of the beams", "Lindqvist", "the beams"),
        ("What was Reyes's reaction to Ida Brandt's plan?", "Reyes", "Ida Brandt's plan"),
        ("what was reyes' reaction when the council told him", "reyes", "the council told him"),
        ("What is Reyes's objection to the closure?", "Reyes", "the closure"),
        ("What does Reyes say the pier is?", "Reyes", "the pier"),
        ("What is the mayor saying about the union's demands?", "the mayor", "the union's demands"),
        ("What was the group's response to the fire?", "group", "the fire"),
        ("What did Group 4 say about the prison?", "Group 4", "the prison"),
    ],
)
def test_a_question_for_words_names_its_speaker_and_topic(question: str, speaker: str, topic: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.speaker, asked.topic) == (Wants.WORDS, speaker, topic)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who said the closure would ruin the season?", "the closure would ruin the season"),
        ("Who used to say the season never ends?", "the season never ends"),
        ("who once called the harbour a bathtub?", "the harbour a bathtub"),
        ("Who urges the council to wait?", "the council to wait"),
        ("who warned about frost", "frost"),
        ("Who was it that called the pier rotten?", "the pier rotten"),
    ],
)
def test_a_question_for_the_speaker_has_what_was_said_as_its_topic(question: str, topic: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.topic) == (Wants.SPEAKER, topic)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Ida Brandt?", "Ida Brandt"),
        ("who's the council's engineer", "the council's engineer"),
        ("What is Omar Reyes's job?", "Omar Reyes"),
        ("What's the name of the chairwoman?", "the chairwoman"),
    ],
)
def test_a_question_for_an_identity_names_whom(question: str, name: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.speaker) == (Wants.IDENTITY, name)


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("When was this article published?", "published"),
        ("which newspaper is this from", "publication"),
        ("Who wrote the article?", "authors"),
        ("What is the headline?", "headline"),
        ("what's this story about", "standfirst"),
        ("Who should the photograph be credited to?", "credit"),
        ("who took the photo?", "credit"),
        ("Which news agencies supplied the report?", "agencies"),
        ("when was the story about the pier published?", "published"),
    ],
)
def test_a_question_about_the_page_names_the_detail(question: str, detail: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.detail) == (Wants.PAGE, detail)


@pytest.mark.parametrize(
    ("question", "wants", "topic"),
    [
        ("list everyone who spoke about the pier", Wants.SPEAKER, "the pier"),
        ("Name all the people quoted in the article.", Wants.SPEAKER, ""),
        ("who is quoted?", Wants.SPEAKER, ""),
        ("Who was quoted about frost?", Wants.SPEAKER, "frost"),
        ("list everybody who criticised the closure", Wants.SPEAKER, "the closure"),
        ("list all the people who lost their homes", Wants.FACT, "who lost their homes"),
    ],
)
def test_all_there_are_can_be_asked_for(question: str, wants: Wants, topic: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.topic, asked.every) == (wants, topic, True)


@pytest.mark.parametrize(
    ("question", "speaker", "topic"),
    [
        ("is it true that Lindqvist said the pier was safe?", "Lindqvist", "the pier was safe"),
        ("Lindqvist claimed that 214 beams failed, right", "Lindqvist", "214 beams failed, right"),
    ],
)
def test_what_somebody_is_claimed_to_have_said_is_a_claim(question: str, speaker: str, topic: str) -> None:
    asked = parse_question(question)
    assert (asked.wants, asked.speaker, asked.topic, asked.detail) == (Wants.WORDS, speaker, topic, CLAIM)


@pytest.mark.parametrize(
    "question",
    [
        "How many beams failed the test?",
        "When will the pier close?",
        "Which newspaper published the interview with the engineer?",
        "Who runs the harbour office?",
        "What failed in March?",
        "x",
    ],
)
def test_everything_else_asks_for_a_fact(question: str) -> None:
    assert parse_question(question).wants is Wants.FACT


def test_what_somebody_answered_is_words_of_theirs() -> None:
    asked = parse_question("what did Reyes answer when Finch asked him about vans?")
    assert (asked.wants, asked.speaker) == (Wants.WORDS, "Reyes")


@pytest.mark.parametrize(
    "question", ["Who found the stolen boat?", "who showed the divers the weir", "who reacted to Reyes's remarks"]
)
def test_who_found_showed_or_reacted_is_a_fact(question: str) -> None:
    assert parse_question(question).wants is Wants.FACT


@pytest.mark.parametrize(
    "question", ["Who wants to be president?", "Which countries want to join the EU?", "who first called the police?"]
)
def test_a_deed_is_no_saying(question: str) -> None:
    assert parse_question(question).wants is Wants.FACT
