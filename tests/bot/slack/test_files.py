import asyncio
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.slack.clients import web_client
from bot.slack.files import download
from retrieval.errors import SourceError

STORY = b"A story."


class _Files(BaseHTTPRequestHandler):
    tokens: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.tokens.append(self.headers.get("Authorization"))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "https://evil.example/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/slow":
            time.sleep(2)
        self.wfile.write(STORY * (1000 if self.path == "/more-than-it-said" else 1))

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Files.tokens.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def fetch(site: str, url: str, name: str = "story.txt", size: int = 8) -> Any:
    file = {"id": "F1", "name": name, "size": size, "url_private": url}
    client = web_client("xoxb-hush", f"{site}/api/")
    return asyncio.run(download(file, "slack://T/F1/story.txt", client, f"{site}/api/", 1000, seconds=0.5))


def test_a_file_comes_with_its_type_by_its_name(site: str) -> None:
    resource = fetch(site, f"{site}/file", "Story.MD")
    assert (resource.data, resource.media_type) == (STORY, "text/markdown")
    assert _Files.tokens == ["Bearer xoxb-hush"]


@pytest.mark.parametrize(
    ("path", "name", "size", "said"),
    [
        ("/slow", "story.txt", 8, "did not deliver story.txt within"),
        ("/more-than-it-said", "story.txt", 8, "more than the 0.001 MB"),
        ("/file", "story.txt", 50_000_000, "50.0 MB"),
        ("/file", "story.png", 8, "not in a format Byline reads"),
        ("/file", "story", 8, "not in a format Byline reads"),
        ("/moved", "story.txt", 8, "HTTP 302"),
    ],
)
def test_what_cannot_be_fetched_is_named_with_the_reason(site: str, path: str, name: str, size: int, said: str) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match=said):
        fetch(site, site + path, name, size)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "https://slack.com.evil.example/x",
        "http://files.slack.com/x",
        "",
        "file:///etc/passwd",
    ],
)
def test_the_token_goes_to_nobody_but_slack(site: str, url: str) -> None:
    with pytest.raises(SourceError, match="not stored in Slack"):
        fetch(site, url)
    assert _Files.tokens == []
