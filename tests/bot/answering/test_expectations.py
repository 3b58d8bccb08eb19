import pytest

from bot.answering.expectations import expectation


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("How many buses were bought?", "The city bought 12 new buses.", "The 12 drivers like the bus."),
        ("How many likely voters were asked?", "They asked 651 likely voters.", "They asked in 651 hotels."),
        ("How many voters like it?", "Only 5 percent prefer it.", "Only 5 towns prefer it."),
        ("What share of voters like it?", "Nearly eight of 10 like it.", "Nearly eight hotels like it."),
        ("How much did the pier cost?", "It cost 1.2 million crowns.", "It cost dearly, said 12 people."),
        ("How much will it cost?", "A 1.9bn-crown plant was approved.", "A plant of 12 turbines was approved."),
        ("What is the budget?", "The town has 46m kroner for it.", "The town has 46 workers for it."),
        ("How old is the mayor?", "Ann Lee, 62, is the mayor.", "Ann Lee is the mayor."),
        ("How long will it take?", "It takes seven weeks.", "It takes 12 workers."),
        ("What time does it open?", "It opens at 9am.", "It opens on Friday."),
        ("When does it open?", "It opens on Friday.", "It opens with a speech."),
        ("Which year was it built?", "It was built in 1911.", "It was built on 3 May."),
        ("Where was it found?", "It was found in Oslo.", "It was found broken."),
        ("Who built it?", "Anna Berg built it.", "It was built well."),
        ("Which hotel did they use?", "They stayed at the Grand Hotel.", "They met in the Town Hall."),
        ("What was the score?", "They won 3-1.", "They won in 90 minutes."),
    ],
)
def test_a_question_expects_its_kind_of_thing(question: str, holds: str, lacks: str) -> None:
    expected = expectation(question)
    assert expected.fit(holds) == 1
    assert expected.fit(lacks) == -1


def test_what_the_question_itself_says_does_not_count() -> None:
    assert expectation("Who did Anna Berg meet?").fit("Anna Berg went home.") == -1


def test_an_open_question_expects_nothing_in_particular() -> None:
    assert expectation("What happened to the pier?").fit("Nothing.") == 0
