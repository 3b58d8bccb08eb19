"""The terminal door: `byline --help`. Each command is one module; all console output is in `output`."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from bot.cli import add, articles, ask, chat, doctor, eval, feedback, said, slack

STOPPED = 130

app = typer.Typer(
    name="byline",
    help="Ask questions of news articles. Answers are the articles' own words, with who said them and where.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("add")(add.add)
app.command("articles")(articles.list_articles)
app.command("remove")(articles.remove)
app.command("ask")(ask.ask)
app.command("chat")(chat.chat)
app.command("said")(said.said)
app.command("speakers")(said.speakers)
app.command("eval")(eval.evaluate)
app.command("feedback")(feedback.feedback)
app.command("slack")(slack.slack)
app.command("doctor")(doctor.doctor)


@app.callback()
def root(debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error.")) -> None:
    """The options before a command; `main` reads --debug itself, so that it also covers parsing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 done, 1 done in part, 2 an error in one sentence, 130 stopped by Ctrl-C."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in arguments
    _survive_any_character()
    try:
        app([argument for argument in arguments if argument != "--debug"], prog_name="byline")
    except SystemExit as done:
        if done.code == STOPPED:
            _say("Stopped.")
        raise
    except Exception as error:
        if debug:
            raise
        _say(_sentence(error))
        sys.exit(2)


def _survive_any_character() -> None:
    """A character that the terminal's encoding lacks is shown by its code instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _sentence(error: Exception) -> str:
    from bot.errors import BylineError
    from retrieval.errors import RetrievalError

    if isinstance(error, BylineError | RetrievalError):
        return str(error)
    return (
        f"Something went wrong inside Byline ({type(error).__name__}). Run the command again with --debug to see where."
    )


def _say(message: str) -> None:
    from bot.cli.output import printable

    print(printable(message), file=sys.stderr)
