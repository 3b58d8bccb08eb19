import pytest

from bot.slack.escaping import link, links, literal, markdown, mentions, mrkdwn, plain

HOSTILE = "<!channel> <@U1> <https://evil.example|here> `code` *bold* ```block``` & </> \u202etxt"


@pytest.mark.parametrize("escape", [mrkdwn, markdown, literal])
def test_nothing_that_pings_is_left(escape) -> None:  # type: ignore[no-untyped-def]
    escaped = escape(HOSTILE)
    assert "<!channel>" not in escaped
    assert "<@U1>" not in escaped
    assert "\u202e" not in escaped


def test_mrkdwn_shows_the_same_words_without_links_or_marks() -> None:
    escaped = mrkdwn(HOSTILE)
    assert "<" not in escaped
    assert "`code`" not in escaped
    assert "*bold*" not in escaped
    shown = escaped.replace("\u200b", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == HOSTILE.replace("\u202e", "")


def test_a_link_breaks_out_of_neither_its_address_nor_its_label() -> None:
    assert link("https://a.example/?x=1&y=2", "A|B > C") == "<https://a.example/?x=1&amp;y=2|A¦B &gt; C>"
    for address in ("/etc/passwd", "javascript:alert(1)", "https://a.example/|x><!channel", "slack://T/F/x"):
        assert link(address, "label") == "label"


def test_what_a_person_typed_reads_as_they_meant_it() -> None:
    text = "<@U_ME> did <@U2|ann> say &lt;5% in <#C1|news>, see <https://a.example|the story>? <!here>"
    assert plain(text, "U_ME") == "did @ann say <5% in #news, see the story? @here"


def test_addresses_and_mentions_are_found() -> None:
    assert links("see <https://a.example/?a=1&amp;b=2|x> and <https://b.example>") == [
        "https://a.example/?a=1&b=2",
        "https://b.example",
    ]
    assert links("add https://c.example/story now") == ["https://c.example/story"]
    assert mentions("<@U1> and <@U2|ann> and <!channel> and <#C1>") == ["U1", "U2", "channel"]
