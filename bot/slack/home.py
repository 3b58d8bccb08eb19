"""App Home, and the lists and modals of the library, as Block Kit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversations import Question, State
from bot.slack.blocks import Block, actions, article_line, button, context, header, plain_text, section
from bot.slack.escaping import mrkdwn
from retrieval.types import Article

PER_PAGE = 20
LATELY = 10
_STATES = {
    State.QUEUED: "waiting",
    State.ANSWERING: "being answered",
    State.ANSWERED: "answered",
    State.REFUSED: "not taken: too many at once",
    State.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Library:
    """What one person sees of the library; `removable` are the ids they may remove."""

    articles: Sequence[Article]
    removable: frozenset[str]
    search: str = ""
    page: int = 0

    @property
    def found(self) -> list[Article]:
        """The articles whose headline, publication, authors or date hold every word searched for."""
        words = self.search.lower().split()
        return [article for article in self.articles if all(word in _searchable(article) for word in words)]


def home_view(library: Library, asked: Sequence[Question], state: str) -> Block:
    """The whole page: state, library, questions asked lately."""
    found = library.found
    shown = found[library.page * PER_PAGE : (library.page + 1) * PER_PAGE]
    blocks: list[Block] = [header("Byline"), context(mrkdwn(state)), header("Articles"), _search(library)]
    if not library.articles:
        blocks.append(section("No articles yet. Add one below, drop a file here, or `/byline add` an address."))
    elif not found:
        blocks.append(section(f"No article matches “{mrkdwn(library.search)}”."))
    for article in shown:
        blocks.append(article_block(article, article.id in library.removable))
    blocks.append(_turn_pages(library, len(found)))
    blocks.append(header("Asked lately"))
    blocks += [context(_asked_line(question)) for question in asked[:LATELY]] or [context("Nothing yet.")]
    place = json.dumps({"search": library.search, "page": library.page})
    return {"type": "home", "private_metadata": place, "blocks": blocks}


def article_block(article: Article, removable: bool) -> Block:
    """One article: headline, publication, date, who added it, for whom; and, for some, a button to remove it."""
    by = f"added by <@{article.added_by}>" if article.added_by else "added by the operator"
    audience = "only here" if article.audience.startswith("channel:") else "for everyone"
    block = section(f"*{article_line(article)}*\n{by} · {audience}")
    if removable:
        sure = {
            "title": plain_text("Remove this article?"),
            "text": plain_text("Byline will no longer answer from it. Answers already given stay."),
            "confirm": plain_text("Remove"),
            "deny": plain_text("Keep"),
        }
        block["accessory"] = button("Remove", "remove_article", article.id, style="danger", confirm=sure)
    return block


def articles_blocks(articles: Sequence[Article], limit: int = 40) -> list[Block]:
    """The list of `/byline articles`, by count; App Home has them all."""
    if not articles:
        return [section("No articles here yet. Add one with `/byline add` and an address or text.")]
    blocks = [section(f"*{len(articles)} article{'' if len(articles) == 1 else 's'}*")]
    blocks += [section(f"• {article_line(article)}") for article in articles[:limit]]
    if len(articles) > limit:
        blocks.append(context(f"And {len(articles) - limit} more: open Byline's Home tab to see and search them all."))
    return blocks


def add_modal(place: str, private: bool, text: str = "") -> Block:
    """Ask for an address or text and for whom it is. `place` travels to the submission as private metadata."""
    everyone = {"text": plain_text("Everyone in the workspace"), "value": "everyone"}
    here = {"text": plain_text("Only the people of this conversation"), "value": "here"}
    return {
        "type": "modal",
        "callback_id": "add_article",
        "private_metadata": place,
        "title": plain_text("Add an article"),
        "submit": plain_text("Add"),
        "close": plain_text("Cancel"),
        "blocks": [
            {
                "type": "input",
                "block_id": "source",
                "label": plain_text("Address (https://…) or the article's text"),
                "element": {"type": "plain_text_input", "action_id": "value", "multiline": True, "max_length": 3000}
                | ({"initial_value": text[:3000]} if text else {}),
            },
            {
                "type": "input",
                "block_id": "audience",
                "label": plain_text("Who may see answers from it"),
                "element": {
                    "type": "radio_buttons",
                    "action_id": "value",
                    "options": [everyone, here],
                    "initial_option": here if private else everyone,
                },
            },
        ],
    }


def why_modal(value: str) -> Block:
    """Ask what was wrong with an answer."""
    return {
        "type": "modal",
        "callback_id": "why_bad",
        "private_metadata": value,
        "title": plain_text("What was wrong?"),
        "submit": plain_text("Send"),
        "close": plain_text("Skip"),
        "blocks": [
            {
                "type": "input",
                "block_id": "reason",
                "optional": True,
                "label": plain_text("What would the right answer have been?"),
                "element": {"type": "plain_text_input", "action_id": "value", "multiline": True, "max_length": 3000},
            }
        ],
    }


def message_modal(title: str, text: str) -> Block:
    """Something to tell, in a modal: for those who click where nothing else can be shown."""
    return {"type": "modal", "title": plain_text(title[:24]), "close": plain_text("Close"), "blocks": [section(text)]}


def _searchable(article: Article) -> str:
    date = article.published.isoformat() if article.published else ""
    return " ".join([article.title, article.publication, *article.authors, date]).lower()


def _search(library: Library) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": "search_articles",
        "placeholder": plain_text("Headline, publication, author or date; then Enter"),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    if library.search:
        element["initial_value"] = library.search
    label = plain_text("Search")
    return {"type": "input", "block_id": "search", "dispatch_action": True, "label": label, "element": element}


def _turn_pages(library: Library, count: int) -> Block:
    elements = [button("Add an article", "add_source", "home", style="primary")]
    if library.page > 0:
        elements.append(button("Newer", "newer_articles", str(library.page - 1)))
    if (library.page + 1) * PER_PAGE < count:
        elements.append(
            button(f"Older ({count - (library.page + 1) * PER_PAGE} more)", "older_articles", str(library.page + 1))
        )
    return actions(*elements)


def _asked_line(question: Question) -> str:
    state = _STATES.get(question.state, "")
    if question.answer and question.answer["declined"]:
        state = "the articles don't say"
    text = question.text if len(question.text) <= 150 else question.text[:149] + "…"
    return f"{mrkdwn(text)} · {state}"
