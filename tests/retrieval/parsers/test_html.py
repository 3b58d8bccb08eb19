import contextlib
import time

import pytest

from retrieval.errors import ParseError
from retrieval.page.reading import read_page
from retrieval.parsers import html

PAGE = """<!doctype html><html lang="en"><head><title>Old weir gives way after week of rain | The Mill Gazette</title>
<meta property="og:title" content="Old weir gives way after week of rain">
<meta property="og:site_name" content="The Mill Gazette"><meta name="author" content="Nora Finch">
<meta property="article:published_time" content="2023-05-12T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Old weir gives way after week of rain</h1>
<p>The old weir at Millbrook gave way on Thursday night after a week of steady rain, flooding two fields below it.</p>
<p>"We heard it go like a cannon," said the miller, Tom Ashby, who has lived beside the weir for thirty years.</p>
<p>The river board's engineer, Petra Lindqvist, said the repair would cost 1.2 million crowns and take until autumn.</p>
</article><footer>Copyright. Subscribe to our newsletter. Cookie settings.</footer></body></html>"""


def test_a_web_page_becomes_an_article() -> None:
    article = read_page(html.parse(PAGE.encode()), "https://gazette.example/weir")
    assert article.headline == "Old weir gives way after week of rain"
    assert article.publication == "The Mill Gazette"
    assert article.authors == ("Nora Finch",)
    assert article.published is not None
    assert article.published.isoformat() == "2023-05-12"
    assert "said the miller, Tom Ashby" in article.text
    assert "Subscribe" not in article.text
    assert "Sport" not in article.text
    assert article.text.count("Old weir gives way after week of rain") <= 1


@pytest.mark.parametrize("data", [b"", b"   ", b"<html><body></body></html>", b"<script>var a = 1</script>"])
def test_a_page_without_an_article_is_refused(data: bytes) -> None:
    with pytest.raises(ParseError, match=r"Save the article's text"):
        html.parse(data)


@pytest.mark.parametrize("data", [b"<" * 1_000_000, b"<div>" * 90_000 + b"text", b"<p>" + b"word " * 200_000 + b"</p>"])
def test_a_hostile_page_ends_in_seconds(data: bytes) -> None:
    started = time.monotonic()
    with contextlib.suppress(ParseError):
        html.parse(data)
    assert time.monotonic() - started < 10
