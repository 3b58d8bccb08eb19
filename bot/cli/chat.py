"""`byline chat`: a conversation in the terminal."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

from bot.cli.parts import add_samples, open_byline

if TYPE_CHECKING:
    from rich.console import Console

    from bot.answering.types import Turn
    from bot.bootstrap import Byline

HELP = """Ask in your own words; follow-ups may lean on what went before ("and about hacking?").
/sources    the last answer's quotes, each in its paragraph
/articles   the articles of the library
/trace      how the last answer was found
/new        start a new conversation
/help       this list
/quit       leave (or Ctrl-D); Ctrl-C stops an answer, not the chat"""
MAX_TURNS = 10


def chat(
    samples: str = typer.Option(None, "--samples", help="Add these articles first if the library is empty."),
) -> None:
    """Talk with the articles."""
    from bot.cli import output

    out = output.console()
    with open_byline() as byline:
        add_samples(byline, samples)
        count = len(byline.retriever.articles())
        _ = byline.assistant
        out.print(f"Byline: {count} article{'' if count == 1 else 's'}. Ask a question, or /help.")
        session = _Session(byline, out)
        for line in _lines(byline):
            if not session.handle(line):
                break


class _Session:
    """One chat: the turns so far, and what each command does with them."""

    def __init__(self, byline: "Byline", out: "Console") -> None:
        self._byline, self._out = byline, out
        self._turns: list[Turn] = []
        self._commands: dict[str, Callable[[], None]] = {
            "/sources": self._sources,
            "/articles": self._articles,
            "/trace": self._trace,
            "/new": self._new,
            "/help": lambda: self._out.print(HELP),
        }

    def handle(self, line: str) -> bool:
        """Deal with one line; False when the chat is over."""
        from bot.cli import output
        from bot.errors import BylineError
        from retrieval.errors import RetrievalError

        line = line.strip()
        if not line:
            return True
        if line in ("/quit", "/exit", "/q"):
            return False
        try:
            if line.startswith("/"):
                self._commands.get(line.split()[0], lambda: self._unknown(line))()
            else:
                self._ask(line)
        except KeyboardInterrupt:
            output.note("Stopped.")
        except (BylineError, RetrievalError) as error:
            output.note(str(error))
        return True

    def _ask(self, question: str) -> None:
        from bot.answering.types import Turn
        from bot.cli import output

        answer = self._byline.assistant.ask(question, self._turns[-MAX_TURNS:])
        self._turns.append(Turn(question, answer))
        output.print_answer(answer, self._out)
        self._out.print()

    def _sources(self) -> None:
        from bot.cli import output

        citations = self._turns[-1].answer.citations if self._turns else ()
        if citations:
            output.print_sources(citations, self._out)
        else:
            output.note("The last answer quotes nothing." if self._turns else "Nothing has been asked yet.")

    def _articles(self) -> None:
        from bot.cli import output

        output.print_articles(self._byline.store.articles(), self._out)

    def _trace(self) -> None:
        from bot.cli import output

        if self._turns:
            output.print_trace(self._turns[-1].answer, self._out)
        else:
            output.note("Nothing has been asked yet.")

    def _new(self) -> None:
        self._turns.clear()
        self._out.print("A new conversation.")

    def _unknown(self, line: str) -> None:
        from bot.cli import output

        output.note(f"There is no command {line.split()[0]}. /help lists them.")


def _lines(byline: "Byline") -> Iterator[str]:
    """Lines from the keyboard with history and editing, or from a pipe."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    byline.settings.byline_home.mkdir(parents=True, exist_ok=True)
    history = byline.settings.byline_home / "chat_history"
    history.touch(mode=0o600)
    session: PromptSession[str] = PromptSession(history=FileHistory(str(history)))
    while True:
        try:
            yield session.prompt("> ")
        except KeyboardInterrupt:  # an unfinished line is thrown away, as in a shell
            continue
        except EOFError:
            return
