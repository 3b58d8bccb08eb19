"""`byline feedback FILE`: the answers that people called bad, as a question set."""

from pathlib import Path

import typer

from bot.cli.parts import open_byline


def feedback(
    file: Path = typer.Argument(..., help="The .jsonl file to write; one that exists is not overwritten."),
) -> None:
    """Write the questions whose answers got a thumbs-down as a set for `byline eval` (docs/evaluation.md)."""
    import asyncio
    import json

    from bot.cli import output
    from bot.conversations import open_conversations
    from bot.errors import DatasetError
    from bot.evaluation.feedback import disliked

    if file.suffix != ".jsonl":
        raise DatasetError(f"{file} is no name for a question set: it must end in .jsonl.")
    if file.exists():
        raise DatasetError(f"{file} is there already. Give another name, or remove it first.")

    async def read() -> list[dict[str, object]]:
        conversations = await open_conversations(
            byline.settings.database_url.get_secret_value(), byline.settings.byline_home
        )
        try:
            return await disliked(conversations)
        finally:
            await conversations.close()

    with open_byline() as byline:
        lines = asyncio.run(read())
    if not lines:
        output.note("Nobody has called an answer bad yet, so nothing was written.")
        return
    try:
        file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    except OSError as error:
        raise DatasetError(f"{file} cannot be written: {error.strerror}. Give a file in a folder of yours.") from error
    count = sum(line.get("kind") == "feedback" for line in lines)
    output.note(
        f"{count} question{'s' if count > 1 else ''} written to {file}. "
        'Add to each line what is right ("must", "answers" or "declined"), then run: '
        f"byline eval {file}"
    )
