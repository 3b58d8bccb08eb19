"""`byline add LOCATION…`"""

import typer

from bot.cli.parts import open_byline


def add(
    locations: list[str] = typer.Argument(..., metavar="LOCATION...", help="Files or folders of articles (.txt, .md)."),
) -> None:
    """Add articles to the library. Exit code 1 if any failed; the others are added all the same."""
    from bot.cli import output
    from retrieval.ingestion import Ingested, IngestReport, Outcome

    out = output.console()
    report = IngestReport()
    with open_byline() as byline:
        found = list(byline.pipeline.expand(locations))
        try:
            with output.progress(len(found), out) as advance:
                for item in found:
                    done = item if isinstance(item, Ingested) else byline.pipeline.add(item)
                    report.items.append(done)
                    output.print_ingested(done, out)
                    advance()
        except KeyboardInterrupt:
            output.print_report(report, out)
            output.note(f"{len(found) - len(report.items)} locations are left. Run the command again to add them.")
            raise typer.Exit(130) from None
    output.print_report(report, out)
    raise typer.Exit(1 if report.count(Outcome.FAILED) else 0)
