"""One manifest: pinned to the listeners that are registered and to the methods that are called."""

import ast
import json
import re
from typing import Any

import pytest

from bot.slack import listeners
from bot.slack.app import MANIFEST
from tests.conftest import ROOT

#: The scope each Web API method needs of a bot token, from the method's page on docs.slack.dev/reference/methods.
SCOPES = {
    "assistant_threads_setStatus": {"chat:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "assistant_threads_setTitle": {"assistant:write"},
    "apps_connections_open": set(),
    "auth_test": set(),
    "chat_delete": {"chat:write"},
    "chat_getPermalink": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_stopStream": {"chat:write"},
    "chat_stream": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_info": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations_members": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files_info": {"files:read"},
    "reactions_add": {"reactions:write"},
    "reactions_remove": {"reactions:write"},
    "users_conversations": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
}
#: The scope each event needs, from docs.slack.dev/reference/events.
EVENT_SCOPES = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


def calls() -> set[str]:
    """Every Web API method named in bot/slack, as an attribute or as a string."""
    found = set()
    pattern = re.compile(r"^(?:apps|assistant|auth|chat|conversations|files|reactions|team|users|views)_\w+$")
    for path in (ROOT / "bot" / "slack").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and pattern.match(node.attr):
                found.add(node.attr)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.match(node.value):
                found.add(node.value)
    return found - {"team_id"}


class _Recorder:
    """Stands where Bolt's app stands, and writes down what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = {kind: set() for kind in ("event", "command", "action", "view", "shortcut")}

    def __getattr__(self, kind: str) -> Any:
        def listen(name: Any) -> Any:
            if isinstance(name, str):
                self.heard[kind].add(name)
            return lambda *args, **kwargs: None

        return listen


def test_the_scopes_are_those_that_the_code_and_its_events_need(manifest: dict[str, Any]) -> None:
    assert calls() == set(SCOPES)
    needed = set().union(*SCOPES.values(), *(EVENT_SCOPES[e] for e in _events(manifest)), {"commands"})
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == needed


def test_events_commands_and_shortcuts_are_those_that_are_listened_to(manifest: dict[str, Any]) -> None:
    recorder = _Recorder()
    listeners.register(recorder, None)  # type: ignore[arg-type]
    assert {event.split(".")[0] for event in _events(manifest)} == recorder.heard["event"]
    features = manifest["features"]
    assert {command["command"] for command in features["slash_commands"]} == recorder.heard["command"]
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} == recorder.heard["shortcut"]


def test_every_button_and_modal_that_is_made_is_listened_to() -> None:
    recorder = _Recorder()
    listeners.register(recorder, None)  # type: ignore[arg-type]
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").glob("*.py"))
    made = set(re.findall(r'button\([^,]+, "(\w+)"', text)) | {"feedback", "search_articles"}
    assert made <= recorder.heard["action"]
    assert set(re.findall(r'"callback_id": "(\w+)"', text)) == recorder.heard["view"]


def test_it_is_the_agent_view_and_home_that_are_switched_on(manifest: dict[str, Any]) -> None:
    assert "agent_view" in manifest["features"]
    assert "assistant_view" not in manifest["features"]
    home = manifest["features"]["app_home"]
    assert (home["home_tab_enabled"], home["messages_tab_enabled"], home["messages_tab_read_only_enabled"]) == (
        True,
        True,
        False,
    )


def test_the_page_to_paste_from_is_the_manifest(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    pasted = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert pasted
    assert json.loads(pasted[1]) == manifest


def _events(manifest: dict[str, Any]) -> list[str]:
    found: list[str] = manifest["settings"]["event_subscriptions"]["bot_events"]
    return found
