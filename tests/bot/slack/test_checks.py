import asyncio
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.slack.app import scopes
from bot.slack.checks import check_slack
from bot.slack.options import SlackOptions


class _Slack(BaseHTTPRequestHandler):
    answer = b'{"ok": true, "user": "byline", "team": "Mill", "team_id": "T", "user_id": "U"}'
    granted = ""
    skew = 0.0

    def do_POST(self) -> None:
        body = self.answer if self.path.endswith("auth.test") else b'{"ok": false, "error": "invalid_auth"}'
        self.send_response_only(200)
        self.send_header("Date", formatdate(time.time() + self.skew, usegmt=True))
        self.send_header("Content-Type", "application/json")
        self.send_header("x-oauth-scopes", self.granted)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(_Slack, "granted", ",".join(scopes()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Slack)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api/"
    server.shutdown()
    server.server_close()


def findings(api: str, **tokens: str) -> dict[str, tuple[str, str]]:
    options = SlackOptions(api_url=api, **{"bot_token": "xoxb-hush", "signing_secret": "hush", **tokens})  # type: ignore[arg-type]
    return {name: (found, fix) for name, found, fix in asyncio.run(check_slack(options))}


def test_everything_in_order_needs_no_fix(api: str) -> None:
    found = findings(api)
    assert set(found) == {"settings", "manifest", "bot token", "scopes", "clock"}
    assert [fix for _, fix in found.values() if fix] == []
    assert "byline in Mill" in found["bot token"][0]


def test_a_missing_scope_is_named_with_its_fix(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Slack, "granted", ",".join(s for s in scopes() if s != "files:read"))
    found, fix = findings(api)["scopes"]
    assert found == "missing: files:read"
    assert "install the app again" in fix


def test_a_clock_that_is_off_is_found(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Slack, "skew", 400.0)
    assert "Set the clock" in findings(api)["clock"][1]


def test_a_refused_token_is_told_where_to_find_the_right_one(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Slack, "answer", b'{"ok": false, "error": "invalid_auth"}')
    found, fix = findings(api)["bot token"]
    assert "invalid_auth" in found
    assert "OAuth & Permissions" in fix


def test_a_socket_that_does_not_open_names_the_token_to_mend(api: str) -> None:
    found, fix = findings(api, app_token="xapp-hush")["socket"]
    assert "invalid_auth" in found
    assert "connections:write" in fix


def test_an_api_that_is_not_there_is_no_crash() -> None:
    found, fix = findings("http://127.0.0.1:9/api/")["bot token"]
    assert "127.0.0.1:9" in found
    assert "SLACK_API_URL" in fix


def test_no_secret_is_in_a_finding(api: str) -> None:
    assert "hush" not in str(findings(api, app_token="xapp-hush"))
