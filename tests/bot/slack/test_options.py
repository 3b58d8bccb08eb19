import pytest

from bot.errors import SettingsError
from bot.slack.options import SlackOptions

GOOD = {"bot_token": "xoxb-hush", "app_token": "xapp-hush"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"bot_token": "xapp-hush", "app_token": "xapp-hush"}, "SLACK_BOT_TOKEN holds an app-level token"),
        ({"bot_token": "xoxb-hush", "app_token": "xoxb-hush"}, "SLACK_APP_TOKEN holds a bot token"),
        ({"bot_token": "xoxb-hush"}, "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET"),
        ({**GOOD, "api_url": "http://127.0.0.1:1/"}, "must be an address that ends in /api/"),
        ({**GOOD, "client_id": "1.2"}, "both set"),
        ({"client_id": "1.2", "client_secret": "hush", "app_token": "xapp-hush"}, "SLACK_SIGNING_SECRET is not set"),
    ],
)
def test_what_is_missing_or_mixed_up_is_named_without_showing_a_secret(given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        SlackOptions(**given).check()  # type: ignore[arg-type]
    assert "hush" not in str(refused.value)


def test_the_transport_follows_from_the_tokens() -> None:
    socket, http = SlackOptions(**GOOD), SlackOptions(bot_token="xoxb-hush", signing_secret="hush")  # type: ignore[arg-type]
    socket.check()
    http.check()
    assert (socket.socket_mode, http.socket_mode) == (True, False)
    assert "hush" not in repr(socket) + repr(http)
