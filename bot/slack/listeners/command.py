"""`/byline ask | add | articles | quiet | help`."""

import re
import time
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversations import Question
from bot.slack.addressing import is_question
from bot.slack.blocks import note, section
from bot.slack.door import Door, channel, interaction, listen, person, progress, tell
from bot.slack.escaping import plain
from bot.slack.home import articles_blocks
from bot.slack.intake import Origin
from bot.slack.library import report

USAGE = """*What I do*
• Mention me in a channel, or write to me directly, and I answer in the thread; follow-ups need no mention.
• `/byline ask QUESTION` answers for your eyes only.
• `/byline add ADDRESS-OR-TEXT` adds an article; `/byline add here …` only for this conversation, `/byline add everyone …` for the workspace. Or drop a file here with a mention.
• `/byline articles` lists what I answer from here; my Home tab has search and removal.
• `/byline quiet` keeps me out of the thread I answered last here, `/byline quiet LINK` out of another; `/byline quiet off` undoes it. In a thread, `@Byline quiet` does the same."""
_PERMALINK = re.compile(
    r"/archives/(?P<channel>\w+)/p(?P<seconds>\d{10})(?P<micros>\d{6})(?:\?\S*?thread_ts=(?P<root>[\d.]+))?"
)


def register(app: AsyncApp, door: Door) -> None:
    async def command(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        text = str(body.get("text") or "").strip()
        word, _, rest = text.partition(" ")
        handlers = {"ask": _ask, "add": _add, "articles": _articles, "quiet": _quiet, "help": _help}
        handle = handlers.get(word.lower())
        if handle is not None:
            await handle(door, body, where, rest.strip())
        elif is_question(plain(text)):
            await _ask(door, body, where, text)
        else:
            await _help(door, body, where, "")

    interaction(listen(app, "command", "/byline"), door, command)


async def _ask(door: Door, body: dict[str, Any], where: Origin, text: str) -> None:
    if not plain(text, where.me):
        await tell(
            door, body, where, "Ask something, for example: `/byline ask what did the mayor say about the budget?`"
        )
        return
    ts = f"{time.time():.6f}"
    details = {"private": True, "user_team": body.get("team_id") or where.team}
    question = Question(where.team, channel(body), ts, ts, person(body), plain(text, where.me), details)
    await door.intake.take(question)


async def _add(door: Door, body: dict[str, Any], where: Origin, text: str) -> None:
    audience, _, rest = text.partition(" ")
    audience = audience.lower().lstrip("-—–")
    if audience not in ("here", "everyone"):
        audience, rest = "", text
    if not rest.strip():
        await tell(door, body, where, "Give an address or the article's text: `/byline add https://…`")
        return
    await progress(body, "Adding…")
    place = f"{channel(body)}/{time.time():.6f}"
    added = await door.library.add_source(rest, place, where.team, channel(body), person(body), audience)
    text = "\n".join(map(report, added))
    if not await progress(body, text, [note(text[:3000])]):
        await tell(door, body, where, text, [note(text[:3000])])


async def _articles(door: Door, body: dict[str, Any], where: Origin, text: str) -> None:
    articles = await door.library.seen_in(where.team, channel(body), person(body))
    blocks = articles_blocks(articles)
    await tell(door, body, where, f"{len(articles)} articles", blocks)


async def _quiet(door: Door, body: dict[str, Any], where: Origin, text: str) -> None:
    quiet = not re.match(r"off\b", text, re.IGNORECASE)
    link = _PERMALINK.search(text)
    if link:
        place, thread = link["channel"], link["root"] or f"{link['seconds']}.{link['micros']}"
    else:
        place = channel(body)
        latest = await door.conversations.lately(where.team, 20, channel=place)
        threads = [q.thread for q in latest if not q.details.get("private")]
        thread = str(body.get("thread_ts") or (threads[0] if threads else ""))
    if not thread:
        await tell(door, body, where, "I have not answered in any thread here yet.")
        return
    if not await door.audiences.may_read(where.team, place, person(body)):
        await tell(door, body, where, "I know no such thread.")
        return
    await door.conversations.set_thread(where.team, place, thread, quiet=quiet)
    client = await door.clients.of(where.team)
    found = await client.chat_getPermalink(channel=place, message_ts=thread)
    which = f"<{found['permalink']}|that thread>" if found.get("permalink") else "that thread"
    said = (
        f"I'll keep out of {which} until somebody mentions me." if quiet else f"I'll take follow-ups in {which} again."
    )
    await tell(door, body, where, said)


async def _help(door: Door, body: dict[str, Any], where: Origin, text: str) -> None:
    await tell(door, body, where, "What I do", [section(USAGE)])
