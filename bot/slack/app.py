"""The composition of the Slack door: options and parts in, a Bolt app and its queue out."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.assistant import Assistant
from bot.conversations import Conversations
from bot.errors import SettingsError
from bot.slack.asking import Answering
from bot.slack.audiences import Audiences
from bot.slack.catch_up import CatchUp
from bot.slack.clients import Clients, error_of, web_client
from bot.slack.delivery import Delivery
from bot.slack.door import Door
from bot.slack.intake import Background, Intake
from bot.slack.library import SlackLibrary
from bot.slack.listeners import register
from bot.slack.options import SlackOptions
from bot.slack.presence import Presence
from bot.slack.scheduling import Scheduler
from retrieval.ingestion import IngestionPipeline
from retrieval.retriever import Retriever
from retrieval.store import ChromaStore

_log = logging.getLogger(__name__)
MANIFEST = Path(__file__).parents[2] / "manifest.json"
#: Answers wait for Slack far more than for the two threads that find them.
WORKERS = 8
THREADS = 2
_GRACE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root hands to the door."""

    assistant: Assistant
    pipeline: IngestionPipeline
    store: ChromaStore
    retriever: Retriever


class SlackDoor:
    """Bolt's app with everything behind it. `start` takes up what an earlier process left."""

    def __init__(self, options: SlackOptions, parts: Parts, conversations: Conversations) -> None:
        self._options, self._conversations = options, conversations
        self._identity: tuple[str, str, str] | None = None
        self._oauth = _oauth_settings(options, conversations) if options.many_workspaces else None
        self._answering_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")
        self._adding_thread = ThreadPoolExecutor(1, thread_name_prefix="add")
        self.clients = Clients(options.api_url, self._token_of)
        audiences = Audiences(self.clients)
        delivery = Delivery(self.clients, conversations, self._bot_user_of)
        presence = Presence(self.clients)
        library = SlackLibrary(
            parts.pipeline,
            parts.store,
            lambda seen: list(parts.retriever.articles(seen)),
            self.clients,
            audiences,
            self._adding_thread,
            options.api_url,
            options.max_bytes,
            own_workspace=not options.many_workspaces,
        )
        answering = Answering(
            parts.assistant,
            parts.retriever.article,
            conversations,
            self.clients,
            audiences,
            delivery,
            presence,
            library,
            self._answering_threads,
        )
        self.background = Background()
        self.scheduler = Scheduler(answering.answer, WORKERS, options.queue_size)
        self.intake = Intake(conversations, self.scheduler, presence, delivery, self.background)
        answering.requeue = lambda question: self.scheduler.put(question, force=True)
        answering.is_busy = lambda: self.scheduler.waiting > WORKERS
        self._presence = presence
        self._catch_up = CatchUp(self.clients, conversations, self.intake, self._bot_user_of)
        self.door = Door(
            conversations,
            self.clients,
            audiences,
            delivery,
            self.intake,
            library,
            self.background,
            parts.retriever.article,
            self._state,
        )
        self.app = self._bolt()
        register(self.app, self.door)

    async def start(self) -> None:
        """Raise SettingsError if Slack does not take the bot token."""
        if self._oauth is None:
            await self._identify()
        else:
            for store in (self._oauth.installation_store, self._oauth.state_store):
                await store.create_tables()  # type: ignore[union-attr]
        self.scheduler.start()
        for question in await self._conversations.unfinished(all_are_ours=not self._conversations.is_shared):
            self.intake.queue(question)
        self.background.run(self._presence.refresh())
        if self._conversations.is_shared:
            self.background.run(self._take_over())

    async def catch_up(self) -> None:
        """Read what was said while no connection was open."""
        if self._identity is not None:
            await self._catch_up.run(self._identity[0])

    async def stop(self) -> None:
        """Finish what is running; what waits stays in the store for the next start."""
        left = await self.scheduler.stop(_GRACE_SECONDS)
        if left:
            _log.info("%d questions are left for the next start", left)
        self.background.cancel()
        self._answering_threads.shutdown(wait=True, cancel_futures=True)
        self._adding_thread.shutdown(wait=True, cancel_futures=True)

    def _bolt(self) -> AsyncApp:
        # Listeners of events run before the acknowledgement: a question is stored first, so that none is lost
        common: dict[str, Any] = {
            "signing_secret": self._options.signing_secret or "unused in Socket Mode",
            "process_before_response": True,
            "client": web_client(None, self._options.api_url),
        }
        if self._oauth is not None:
            flow = AsyncOAuthFlow(client=web_client(None, self._options.api_url), settings=self._oauth)
            return AsyncApp(oauth_flow=flow, **common)

        async def authorize() -> AuthorizeResult:  # Bolt looks at the parameters, and a method would have one
            return await self._authorize()

        return AsyncApp(authorize=authorize, **common)

    async def _authorize(self) -> AuthorizeResult:
        """The one workspace; asked of Slack once, not for every event."""
        team, user, bot = await self._identify()
        return AuthorizeResult(
            enterprise_id=None, team_id=team, bot_user_id=user, bot_id=bot, bot_token=self._options.bot_token
        )

    async def _identify(self) -> tuple[str, str, str]:
        """Team, bot user and bot id of the one workspace, asked once."""
        if self._identity is None:
            client = web_client(self._options.bot_token, self._options.api_url)
            try:
                found = await client.auth_test()
            except Exception as error:
                raise SettingsError(
                    f"Slack at {self._options.api_url} does not take SLACK_BOT_TOKEN ({error_of(error)}). Copy the Bot User OAuth "
                    "Token again, or check SLACK_API_URL; `byline doctor --slack` looks closer."
                ) from None
            self._identity = (str(found["team_id"]), str(found["user_id"]), str(found.get("bot_id") or ""))
        return self._identity

    async def _token_of(self, team: str) -> str:
        if self._oauth is None:
            return self._options.bot_token
        return str((await self._installed(team)).bot_token or "")

    async def _bot_user_of(self, team: str) -> str:
        if self._oauth is None:
            return (await self._identify())[1]
        return str((await self._installed(team)).bot_user_id or "")

    async def _installed(self, team: str) -> AuthorizeResult:
        """Through Bolt's own authorisation, which renews tokens that rotate."""
        if self._oauth is None:
            raise SettingsError("There is one workspace only, so nothing is installed.")
        context = AsyncBoltContext(client=web_client(None, self._options.api_url))
        result = await self._oauth.authorize(context=context, enterprise_id=None, team_id=team, user_id=None)
        if result is None:
            raise SettingsError(f"Byline is not installed in the workspace {team} any more.")
        return result

    async def _take_over(self) -> None:
        """With a shared database: questions that another, killed process left."""
        while True:
            await asyncio.sleep(30)
            for question in await self._conversations.unfinished(all_are_ours=False):
                self.intake.queue(question)

    def _state(self) -> str:
        mode = "Socket Mode" if self._options.socket_mode else "HTTP"
        waiting = self.scheduler.waiting
        return f"Ready · {mode} · {waiting} question{'' if waiting == 1 else 's'} waiting"


def scopes() -> list[str]:
    """The bot scopes of the manifest, the one place that lists them. Raise SettingsError if it is not there."""
    try:
        found: list[str] = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    except (OSError, ValueError, KeyError):
        raise SettingsError(f"{MANIFEST} is missing or damaged. Restore it from the repository.") from None
    return found


def _oauth_settings(options: SlackOptions, conversations: Conversations) -> AsyncOAuthSettings:
    engine = conversations.engine
    settings = AsyncOAuthSettings(
        client_id=options.client_id,
        client_secret=options.client_secret,
        scopes=scopes(),
        installation_store=AsyncSQLAlchemyInstallationStore(client_id=options.client_id, engine=engine, logger=_log),
        state_store=AsyncSQLAlchemyOAuthStateStore(expiration_seconds=600, engine=engine, logger=_log),
        installation_store_bot_only=True,
    )
    # Bolt's own would renew tokens at slack.com even where SLACK_API_URL says otherwise, and ask who it is every time
    settings.authorize = AsyncInstallationStoreAuthorize(
        logger=_log,
        installation_store=settings.installation_store,
        client_id=options.client_id,
        client_secret=options.client_secret,
        bot_only=True,
        cache_enabled=True,
        client=web_client(None, options.api_url),
    )
    return settings
