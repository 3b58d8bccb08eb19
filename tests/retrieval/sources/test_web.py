import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retrieval.errors import ParseError, SourceError
from retrieval.parsers import parse
from retrieval.sources import open_source, web

PAGE = (
    b"<html><head><title>Weir gives way</title></head><body><article><p>The weir gave way.</p></article></body></html>"
)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/page.html": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
            "/plain": (200, {"Content-Type": "text/plain"}, b"A plain story."),
            "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/moved": (302, {"Location": "/page.html"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/big": (200, {"Content-Type": "text/html"}, b"x" * 50_000),
            "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"x" * 5_000_000)),
        }
        if self.path == "/drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"x")
                time.sleep(0.1)
            return
        status, headers, body = answers.get(self.path.split("?")[0], (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_page_comes_with_its_media_type_and_the_address_that_was_given(site: str) -> None:
    resource = open_source(f"{site}/moved", 10_000, allow_private=True)
    assert (resource.media_type, resource.data, resource.location) == ("text/html", PAGE, f"{site}/moved")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://224.0.0.1/",
    ],
)
def test_this_machine_and_private_networks_are_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"private network|no host"):
        open_source(address, 1000)


def test_a_redirect_is_checked_like_the_first_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_is_public", lambda number: number == "127.0.0.1")
    monkeypatch.setitem(web._PORTS, "http", int(site.rsplit(":", 1)[1]))
    monkeypatch.setattr(_Site, "do_GET", _redirect_to("http://127.0.0.2/page.html"))
    with pytest.raises(SourceError, match=r"127\.0\.0\.2.*private network"):
        open_source(f"{site}/moved", 1000)


def _redirect_to(address: str):  # type: ignore[no-untyped-def]
    def do_get(self: _Site) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    return do_get


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/missing", "answers 404"),
        ("/round", "redirects more than 5 times"),
        ("/to-file", "not an address of the web"),
        ("/big", "more than the 0.01 MB"),
        ("/bomb", "more than the 0.01 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence(site: str, path: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        open_source(site + path, 10_000, allow_private=True)


def test_a_server_that_drips_is_left_in_time(site: str) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match="too slowly"):
        web.read(f"{site}/drip", 10_000, allow_private=True, seconds=0.5)
    assert time.monotonic() - started < 3


def test_secrets_in_an_address_are_not_shown(site: str) -> None:
    for address in (f"{site}/missing?token=hunter2", site.replace("//", "//ann:hunter2@") + "/page.html"):
        with pytest.raises(SourceError) as refused:
            open_source(address, 1000, allow_private=True)
        assert "hunter2" not in str(refused.value)


def test_a_picture_is_named_as_what_it_is(site: str) -> None:
    with pytest.raises(ParseError, match="image/png"):
        parse(open_source(f"{site}/picture", 1000, allow_private=True))


def test_another_port_is_refused_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="usual port"):
        open_source("http://example.com:6379/", 1000)
