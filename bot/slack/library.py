"""The library as Slack's people see it: adding files, addresses and text; listing; removing."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypedDict

from bot.slack.audiences import Audiences, team_audience
from bot.slack.blocks import article_line
from bot.slack.clients import Clients
from bot.slack.escaping import links, mrkdwn
from bot.slack.files import download
from retrieval.errors import RetrievalError
from retrieval.ingestion import IngestionPipeline, Outcome
from retrieval.store import ChromaStore
from retrieval.types import EVERYONE, Article, Resource

_log = logging.getLogger(__name__)


class Added(TypedDict):
    """What became of one thing to add: `line` is ready for mrkdwn."""

    outcome: str
    line: str


class SlackLibrary:
    """`executor` has one thread: articles are added one after the other. `own_workspace`: there is only one."""

    def __init__(
        self,
        pipeline: IngestionPipeline,
        store: ChromaStore,
        articles: Callable[[frozenset[str]], list[Article]],
        clients: Clients,
        audiences: Audiences,
        executor: Executor,
        api_url: str,
        max_bytes: int,
        own_workspace: bool,
    ) -> None:
        self._pipeline, self._store, self._articles, self._clients = pipeline, store, articles, clients
        self._audiences, self._executor, self._api_url, self._max_bytes = audiences, executor, api_url, max_bytes
        self._own_workspace = own_workspace

    async def add_file(self, file: dict[str, Any], team: str, channel: str, user: str) -> Added:
        """Download a file with Byline's token and add it for the people of its conversation, or of the workspace."""
        name = str(file.get("name") or "the file")
        try:
            client = await self._clients.of(team)
            if not file.get("url_private"):  # files of shared channels come without an address
                file = (await client.files_info(file=file["id"]))["file"]
            resource = await download(
                file, f"slack://{team}/{file['id']}/{name}", client, self._api_url, self._max_bytes
            )
        except RetrievalError as error:
            return {"outcome": Outcome.FAILED.value, "line": f":x: {mrkdwn(str(error))}"}
        audience = (await self._audiences.conversation(team, channel)).default
        return await self._add(resource, name, audience, team, channel, user)

    async def add_source(
        self, text: str, place: str, team: str, channel: str, user: str, audience: str = ""
    ) -> list[Added]:
        """Add every web address of `text`, or `text` itself as an article if it has none.

        `place` names the text's own location; `audience` is "everyone", "here", or empty for the default.
        """
        conversation = await self._audiences.conversation(team, channel)
        whose = {"everyone": team_audience(team), "here": conversation.own}.get(audience, conversation.default)
        if conversation.shared or (await self._audiences.person(team, user)).guest:
            whose = conversation.own
        found = links(text)
        if found and len(text) < 200 + 2 * sum(map(len, found)):
            return [await self._add(url, url, whose, team, channel, user) for url in found]
        # an article without a headline goes by the last part of its location
        name = " ".join(text.split()).replace("/", "∕")[:80]
        resource = Resource(f"slack://{team}/{place}/{name}", "text/plain", text.encode("utf-8", "replace"))
        return [await self._add(resource, "the text", whose, team, channel, user)]

    async def _add(self, source: str | Resource, name: str, audience: str, team: str, channel: str, user: str) -> Added:
        seen = (await self._audiences.of_question(team, channel, user)) & {EVERYONE, team_audience(team), audience}
        loop = asyncio.get_running_loop()
        item = await loop.run_in_executor(self._executor, lambda: self._pipeline.add(source, audience, user, seen))
        if item.ours:
            reference = uuid.uuid4().hex[:8]
            _log.error("[%s] An article could not be added: %s", reference, item.reason)
            return {"outcome": item.outcome.value, "line": f":x: {sorry(reference)}"}
        if item.article is None:
            reason = item.reason if isinstance(source, str) else item.reason.replace(source.location, name)
            return {"outcome": item.outcome.value, "line": f":x: {mrkdwn(reason)}"}
        for_whom = "only here" if item.article.audience.startswith("channel:") else "for everyone"
        what = {Outcome.ADDED: "Added", Outcome.UPDATED: "Updated", Outcome.UNCHANGED: "Already here:"}[item.outcome]
        return {
            "outcome": item.outcome.value,
            "line": f":white_check_mark: {what} {article_line(item.article)} · {for_whom}",
        }

    async def seen_in(self, team: str, channel: str, user: str) -> list[Article]:
        """The articles a person may ask about in a conversation, newest first."""
        return self._articles(await self._audiences.of_question(team, channel, user))

    async def seen_by(self, team: str, user: str) -> list[Article]:
        """The articles a person may see anywhere, newest first: for their own Home only."""
        ours = [a for a in self._store.articles() if a.audience == EVERYONE or f":{team}" in a.audience]
        mine = await self._audiences.of_person(team, user, ours)
        return [article for article in ours if article.audience in mine]

    async def removable(self, team: str, user: str, articles: list[Article]) -> frozenset[str]:
        """Ids of those articles that a person may remove: what they added; for admins, the workspace's."""
        admin = (await self._audiences.person(team, user)).admin
        return frozenset(
            a.id for a in articles if a.added_by == user or (admin and (self._own_workspace or a.audience != EVERYONE))
        )

    async def remove(self, article_id: str, team: str, user: str) -> Article | None:
        """Remove an article; None if it is gone already, or is not theirs to see or remove."""
        seen = await self.seen_by(team, user)
        if article_id not in await self.removable(team, user, seen):
            return None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: self._store.remove(article_id))


def report(added: Added) -> str:
    return added["line"]


def sorry(reference: str) -> str:
    """What people see of an error: where the log tells more, never the error itself."""
    return (
        "Sorry, something went wrong and I could not do that. Please try again; if it stays, tell whoever runs me the "
        f"reference `{reference}`."
    )
