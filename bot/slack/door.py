"""What the listeners share: the parts of a running Slack door."""

import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.conversations import Conversations
from bot.slack.audiences import Audiences
from bot.slack.blocks import note
from bot.slack.clients import Clients
from bot.slack.delivery import Delivery
from bot.slack.intake import Background, Intake, Origin
from bot.slack.library import SlackLibrary, sorry
from retrieval.types import Article

_log = logging.getLogger(__name__)
Handler = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Door:
    """`find_article` gives the article of an id; `state` one line for App Home."""

    conversations: Conversations
    clients: Clients
    audiences: Audiences
    delivery: Delivery
    intake: Intake
    library: SlackLibrary
    background: Background
    find_article: Callable[[str], Article]
    state: Callable[[], str]


def origin(context: AsyncBoltContext) -> Origin:
    """The workspace whose token the event is handled with, which need not be the sender's."""
    result = context.authorize_result
    team = (result.team_id if result else None) or context.team_id or ""
    return Origin(team, str((result.bot_user_id if result else None) or context.bot_user_id or ""))


async def acknowledge(ack: Any) -> None:
    await ack()


def interaction(listen: Any, door: Door, handle: Handler, ack: Callable[..., Awaitable[None]] = acknowledge) -> None:
    """Acknowledge a command, click or submission at once, then handle it, once.

    What goes wrong is told to the person who did it, in plain words, with a reference to the log.
    """

    async def once(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        if not await door.conversations.first_time(f"interaction:{identity(body)}"):
            return
        where = origin(context)
        try:
            await handle(body=body, where=where, client=await door.clients.of(where.team))
        except Exception:
            reference = uuid.uuid4().hex[:8]
            _log.exception("[%s] %s failed", reference, getattr(handle, "__name__", "A listener"))
            await tell(door, body, where, sorry(reference))

    once.__name__ = getattr(handle, "__name__", "handle")
    listen(ack=ack, lazy=[once])


def identity(body: dict[str, Any]) -> str:
    """Of one command, click or submission: a replayed one has the same."""
    parts = [str(body.get("trigger_id") or "")]
    parts += [str(action.get("action_ts", "")) for action in body.get("actions") or ()]
    view = body.get("view") or {}
    parts.append(str(view.get("hash") or "") if body.get("type") == "view_submission" else "")
    return ":".join(parts)


def person(body: dict[str, Any]) -> str:
    return str(body.get("user_id") or (body.get("user") or {}).get("id") or "")


def channel(body: dict[str, Any]) -> str:
    """Where a command or click happened; empty for App Home and modals opened from it."""
    found = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return str(found or (body.get("container") or {}).get("channel_id") or "")


async def home_channel(client: AsyncWebClient, user: str) -> str:
    """The direct message with a person, for what is done in App Home."""
    opened = await client.conversations_open(users=user)
    return str(opened["channel"]["id"])


async def tell(door: Door, body: dict[str, Any], where: Origin, text: str, blocks: list[Any] | None = None) -> None:
    """Something only this person sees: in the channel if there is one, else as a direct message."""
    client = await door.clients.of(where.team)
    user, place = person(body), channel(body)
    thread = (body.get("message") or {}).get("thread_ts") or (body.get("container") or {}).get("thread_ts")
    shown = blocks or [note(text)]
    try:
        if place:
            await client.chat_postEphemeral(channel=place, user=user, text=text, blocks=shown, thread_ts=thread)
            return
    except Exception as error:
        _log.info("No ephemeral message in %s (%s): telling them directly", place, type(error).__name__)
    try:
        await client.chat_postMessage(channel=await home_channel(client, user), text=text, blocks=shown)
    except Exception:
        _log.warning("Nothing could be told to %s", user)


async def progress(body: dict[str, Any], text: str, blocks: list[Any] | None = None) -> bool:
    """Show, or replace, a message that only this person sees, in answer to a command; False if Slack takes none.

    https://docs.slack.dev/interactivity/handling-user-interaction: a response_url takes five messages in half an hour.
    """
    url = str(body.get("response_url") or "")
    if not url:
        return False
    try:
        sent = await AsyncWebhookClient(url, timeout=10).send(
            text=text, blocks=blocks or [note(text)], response_type="ephemeral", replace_original=True
        )
    except Exception as error:
        _log.info("A response to a command was not taken: %s", type(error).__name__)
        return False
    return sent.status_code == 200


def listen(app: AsyncApp, kind: str, name: Any) -> Any:
    """Bolt's registration for a kind of interaction: action, command, shortcut or view."""
    return getattr(app, kind)(name)
