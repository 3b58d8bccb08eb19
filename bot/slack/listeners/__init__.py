"""One module an event, command, shortcut or kind of click; `register` is the routing table."""

from slack_bolt.app.async_app import AsyncApp

from bot.slack.door import Door
from bot.slack.listeners import (
    add_source,
    app_home_opened,
    app_mention,
    command,
    feedback,
    home_actions,
    message,
    others,
    proof,
    shortcut,
)


def register(app: AsyncApp, door: Door) -> None:
    """In order: `others` takes what nobody else does, so it comes last."""
    for listener in (
        app_mention,
        message,
        app_home_opened,
        command,
        shortcut,
        proof,
        feedback,
        add_source,
        home_actions,
        others,
    ):
        listener.register(app, door)
