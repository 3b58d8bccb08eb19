from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.output import printable

Run = Callable[..., tuple[int, str, str]]
HOSTILE = """---
title: "\\e[31mRed\\a alert\\e]0;owned\\a [bold red]for all[/]"
publication: "The \\u202EDaily"
---

The mayor, Ann Berg, said \x1b[2J\x1b[1;31mthe [link=http://x.example]screen[/link] must stay clean\x07 for everybody here.
"""


def test_control_and_direction_characters_are_not_printable() -> None:
    assert printable("a\x1b[31mb\x07\u202ec\nd") == "a[31mbc\nd"


@pytest.mark.parametrize(
    "command", [("articles",), ("ask", "what did Ann Berg say?"), ("ask", "--trace", "what did Ann Berg say?")]
)
def test_no_escape_of_an_article_reaches_the_terminal(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "hostile.md").write_text(HOSTILE)
    code, out, _ = run("add", str(tmp_path / "hostile.md"))
    assert code == 0
    out += run(*command)[1]
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_markup_in_an_article_is_printed_as_it_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "markup.txt").write_text(
        "Ann Berg said the [bold red]screen[/] must stay clean for everybody in the room."
    )
    run("add", str(tmp_path / "markup.txt"))
    assert "[bold red]screen[/]" in run("ask", "what did Ann Berg say?")[1]
