"""`byline said SPEAKER [TOPIC]` and `byline speakers`."""

import typer

from bot.cli.parts import open_byline


def said(
    speaker: str = typer.Argument(..., help="A name as people write it: a surname, without title, with a slip."),
    topic: str = typer.Argument("", help="What it was about; leave it out for everything."),
    limit: int = typer.Option(10, "--limit", min=1, help="How many quotations."),
) -> None:
    """What somebody is quoted as saying, nearest to the topic first, with the article and paragraph of each."""
    from bot.cli import output
    from bot.errors import QuestionError

    with open_byline() as byline:
        names = [found.name for found in byline.retriever.speakers(speaker)]
        if not names:
            raise QuestionError(f"Nobody called {speaker!r} is quoted in the library. `byline speakers` lists who is.")
        out = output.console()
        for article, quotation, _ in byline.retriever.said(topic, names, limit):
            output.print_quotation(article, quotation, out)


def speakers(
    name: str = typer.Argument("", help="Only speakers this name can mean."),
) -> None:
    """Who is quoted in the library, the most quoted first."""
    from bot.cli import output

    with open_byline() as byline:
        titles = {article.id: article.title for article in byline.retriever.articles()}
        rows = [
            (speaker.name, str(speaker.quotations), "; ".join(titles[id_] for id_ in speaker.article_ids[:3]))
            for speaker in byline.retriever.speakers(name)
        ]
        output.print_speakers(rows, output.console())
