"""`python -m tests.cli_reference`: the command line's own help as Markdown, for docs/cli.md."""

import os
import subprocess
import sys
from pathlib import Path

COMMANDS = ("add", "articles", "remove", "ask", "chat", "doctor")


def reference() -> str:
    """The help of `byline` and of each command, at 80 columns."""
    parts = [
        "# The command line\n\nGenerated from `--help` by `make docs`; a test holds it to what the commands say.\n"
    ]
    for command in ((), *((name,) for name in COMMANDS)):
        title = " ".join(("byline", *command))
        parts.append(f"## {title}\n\n```\n{_help(*command)}\n```\n")
    return "\n".join(parts)


def _help(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": "80", "TERMINAL_WIDTH": "80"}
    program = [str(Path(sys.executable).parent / "byline"), *command, "--help"]
    printed = subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


if __name__ == "__main__":
    print(reference(), end="")
