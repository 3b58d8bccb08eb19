import pytest

import prompts


@pytest.mark.parametrize(
    ("name", "placeholders"),
    [("decline", ["reason"]), ("decline_nearest", ["reason", "headlines"]), ("decline_empty", [])],
)
def test_a_prompt_has_the_placeholders_its_callers_fill(name: str, placeholders: list[str]) -> None:
    assert prompts.load(name).get_identifiers() == placeholders


def test_a_prompt_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        prompts.load("nothing")
