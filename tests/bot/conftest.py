"""A Byline over real Chroma with hash embeddings, for the tests of answers and of the command line."""

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import pytest

from bot import bootstrap
from bot.bootstrap import Byline
from bot.settings import load_settings
from tests.fakes import HashEmbeddings

HARBOUR = """Old pier to close for repairs

By Nora Finch
12 May 2023

GULLHAVEN - The old pier at Gullhaven will close for seven weeks from Monday so that rotten beams can be replaced.

The council's engineer, Petra Lindqvist, said 214 beams had failed a test in March.

"I would not let my own children jump on it," she said.

"And I would not drive a van over it either."

Shopkeeper Omar Reyes said the closure would ruin his season. "Nobody asked us," Mr Reyes told reporters.

The work costs 1.2 million crowns, the harbour office said in a statement.

This article first appeared in The Gullhaven Post on May 12, 2023.
"""
ORCHARD = """Late frost spares the plum orchards

30 April 2023

Growers in the Sorrel valley lost almost no plum blossom in this week's frost, their association said.

"We lit 900 candles between the rows," said its chairwoman, Ida Brandt.
"""


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Byline made in the test reads with hash embeddings."""
    monkeypatch.setenv("EMBEDDING_MODEL", HashEmbeddings.name)
    fake = cached_property(lambda self: HashEmbeddings())
    fake.__set_name__(Byline, "embeddings")
    monkeypatch.setattr(bootstrap.Byline, "embeddings", fake)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "pier.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "plums.txt").write_text(ORCHARD, encoding="utf-8")
    return folder


@pytest.fixture
def byline(fake_model: None, news: Path) -> Iterator[Byline]:
    with Byline(load_settings()) as opened:
        opened.pipeline.run([str(news)])
        yield opened


@pytest.fixture
def run(fake_model: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `byline` with arguments: exit code, standard output, standard error."""
    from bot.cli import main

    def run_main(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as done:
            main(arguments)
        captured = capsys.readouterr()
        code = done.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return run_main
