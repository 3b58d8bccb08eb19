"""`byline slack`: answer in Slack until stopped."""

import typer

from bot.cli.parts import add_samples, open_byline, slack_options


def slack(
    samples: str = typer.Option(None, "--samples", help="Add these articles first if the library is empty."),
    verbose: bool = typer.Option(False, "--verbose", help="Log every step, not only what matters."),
) -> None:
    """Answer in Slack, until Ctrl-C or SIGTERM."""
    import asyncio
    import logging
    import os

    from bot.cli import output

    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    with open_byline() as byline:
        options = slack_options(byline.settings)
        options.check()
        # Bolt would take them from the environment as well, and with them another way to authorise
        for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
            os.environ.pop(name, None)
        from bot.slack.app import Parts
        from bot.slack.serving import serve

        add_samples(byline, samples)
        parts = Parts(byline.assistant, byline.pipeline, byline.store, byline.retriever)
        byline.assistant.ask("Is everything in memory?")  # so that the first person does not wait for it
        asyncio.run(serve(options, parts, output.note))
