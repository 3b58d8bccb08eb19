"""The terminal door: `byline --help`. Each command is one module; all console output is in `output`."""

import sys
from collections.abc import Sequence

import typer

from bot.cli import add, articles, ask, chat, doctor

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
app.command("doctor")(doctor.doctor)


@app.callback()
def root(debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error.")) -> None:
    """The options before a command; `main` reads --debug itself, so that it also covers parsing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 done, 1 done in part or told so, 2 an error in one sentence, 130 stopped."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        sys.exit(app(arguments, standalone_mode=True))
    except KeyboardInterrupt:
        _fail("Stopped.", 130)
    except BrokenPipeError:
        _leave_quietly()
    except Exception as error:
        if debug:
            raise
        _fail(_sentence(error), 2)


def _sentence(error: Exception) -> str:
    from bot.errors import BylineError
    from retrieval.errors import RetrievalError

    if isinstance(error, BylineError | RetrievalError):
        return str(error)
    return (
        f"Something went wrong inside Byline ({type(error).__name__}). Run the command again with --debug to see where."
    )


def _fail(message: str, code: int) -> None:
    from bot.cli.output import printable

    print(printable(message), file=sys.stderr)
    sys.exit(code)


def _leave_quietly() -> None:
    """The reader of our pipe has gone (`byline articles | head`): nothing is left to tell anybody."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)
