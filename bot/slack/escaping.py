"""Text from articles and people, made harmless before Slack sees it, and Slack's text made plain before we read it.

https://docs.slack.dev/messaging/formatting-message-text: `& < >` are escaped; there is no escape for the marks of
bold, italic, strike and code, so an invisible space after each takes away their effect.
"""

import re

_BREAK = "\u200b"
_MARKS = re.compile(r"[*_~`]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ENTITY = re.compile(r"<(?P<kind>[@#!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


def mrkdwn(text: str) -> str:
    """For `mrkdwn` text objects and the `text` of a message: it pings nobody, links nothing and formats nothing."""
    return _MARKS.sub(lambda mark: mark.group() + _BREAK, _entities(_CONTROL.sub("", text)))


def markdown(text: str) -> str:
    """For streamed `markdown_text`, which is Markdown: its marks are escaped with a backslash, Slack's as entities."""
    return re.sub(r"([\\*_~`\[\]()#|!>+-])", r"\\\1", _CONTROL.sub("", text)).replace("&", "&amp;").replace("<", "&lt;")


def literal(text: str) -> str:
    """For `plain_text`, which is shown as it is; still nothing that looks like a mention is left."""
    return re.sub(r"<(?=[!@#])", "<" + _BREAK, _CONTROL.sub("", text))


def link(url: str, label: str) -> str:
    """A labelled link, or just the label when the address is not one of the web."""
    if not re.fullmatch(r"https?://[^\s<>|]+", url):
        return mrkdwn(label)
    return f"<{_entities(url)}|{mrkdwn(label).replace('|', '¦')}>"


def plain(text: str, me: str = "") -> str:
    """What a person typed: mentions of `me` removed, of others as @name, links as their label, entities undone."""

    def spoken(match: re.Match[str]) -> str:
        kind, target, label = match["kind"], match["target"], match["label"]
        if kind == "@":
            return " " if target == me else f"@{label or target}"
        if kind == "#":
            return f"#{label or target}"
        if kind == "!":
            return f"@{label or target.split('^')[0]}"
        return label or target

    spoken_text = _ENTITY.sub(spoken, text)
    return spoken_text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def links(text: str) -> list[str]:
    """The web addresses of a message, in order; Slack wraps them in <…>, slash commands may leave them bare."""
    found = re.findall(r"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>", text) or re.findall(r"https?://[^\s<>|]+", text)
    return [url.replace("&amp;", "&") for url in dict.fromkeys(found)]


def mentions(text: str) -> list[str]:
    """Ids of the people, groups and everybodies that a message addresses."""
    return [m["target"] for m in _ENTITY.finditer(text) if m["kind"] in ("@", "!")]


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
