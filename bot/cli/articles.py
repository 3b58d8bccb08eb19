"""`byline articles` and `byline remove ARTICLE`."""

import json

import typer

from bot.cli.parts import find_article_id, open_byline


def list_articles(as_json: bool = typer.Option(False, "--json", help="One JSON array, for programs.")) -> None:
    """List the articles of the library, newest first."""
    from bot.cli import output

    with open_byline() as byline:
        articles = byline.store.articles()
    if as_json:
        fields = ("headline", "standfirst", "dateline", "publication", "caption", "credit", "source")
        rows = [
            {"id": a.id, **{field: getattr(a, field) for field in fields}}
            | {"published": a.published.isoformat() if a.published else None}
            | {"authors": list(a.authors), "agencies": list(a.agencies), "paragraphs": len(a.paragraphs)}
            for a in articles
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif articles:
        output.print_articles(articles, output.console())
    else:
        output.note("The library holds no articles yet. Add some with: byline add FILE-OR-FOLDER")


def remove(article: str = typer.Argument(..., help="The article's id, or the beginning of it.")) -> None:
    """Remove an article and everything derived from it."""
    from bot.cli import output

    with open_byline() as byline:
        removed = byline.store.remove(find_article_id(byline, article))
    output.console().print(f"removed   {output.printable(removed.title)}")
