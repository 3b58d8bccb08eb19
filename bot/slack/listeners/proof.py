"""Show proof: each quotation of an answer in its paragraph, for those who may see it now."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.records import citations_of
from bot.slack.blocks import Block
from bot.slack.door import Door, interaction, listen, person
from bot.slack.home import message_modal
from bot.slack.intake import Origin
from bot.slack.proof import proof_modal

GONE = "This answer is gone, or it was given in a conversation you are not part of."


def register(app: AsyncApp, door: Door) -> None:
    async def show_proof(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        view = await proof(door, where, person(body), str(body["actions"][0].get("value")))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def proof_page(body: dict[str, Any], where: Origin, client: AsyncWebClient) -> None:
        first, _, value = str(body["actions"][0].get("value")).partition("|")
        view = await proof(door, where, person(body), value, int(first) if first.isdigit() else 0)
        await client.views_update(view_id=body["view"]["id"], view=view)

    interaction(listen(app, "action", "show_proof"), door, show_proof)
    interaction(listen(app, "action", "proof_page"), door, proof_page)


async def proof(door: Door, where: Origin, user: str, value: str, first: int = 0) -> Block:
    """The modal. Membership of the conversation, and of each article's audience, is checked now."""
    team, _, rest = value.partition(":")
    channel, _, ts = rest.partition(":")
    question = await door.conversations.find((team, channel, ts)) if team == where.team else None
    if question is None or question.answer is None or not await _may_see(door, where, user, question):
        return message_modal("Proof", GONE)
    citations = citations_of(question.answer, door.find_article)
    allowed = await door.audiences.of_person(where.team, user, [c.article for c in citations])
    seen = [citation for citation in citations if citation.article.audience in allowed]
    withheld = len(question.answer["citations"]) - len(seen)
    return proof_modal(seen, withheld, question.text, value, first)


async def _may_see(door: Door, where: Origin, user: str, question: Any) -> bool:
    if question.details.get("private"):
        return bool(user == question.asker)
    return await door.audiences.may_read(where.team, question.channel, user)
