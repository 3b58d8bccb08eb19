"""What the Slack door needs to be told."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError

EVENTS_PATH = "/slack/events"


@dataclass(frozen=True, slots=True)
class SlackOptions:
    """Tokens and secrets never show in a repr. `max_bytes` bounds a file; `queue_size` the questions that wait."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = "https://slack.com/api/"
    host: str = "127.0.0.1"
    port: int = 3000
    queue_size: int = 1000
    max_bytes: int = 2_000_000
    database_url: str = field(default="", repr=False)
    home: Path = Path()

    @property
    def socket_mode(self) -> bool:
        """Socket Mode when there is an app-level token, else HTTP."""
        return bool(self.app_token)

    @property
    def many_workspaces(self) -> bool:
        """Installed by OAuth instead of by one bot token."""
        return bool(self.client_id and self.client_secret and not self.bot_token)

    def check(self) -> None:
        """Raise SettingsError naming what is missing or mixed up; no message holds a token."""
        if not self.api_url.startswith(("https://", "http://")) or not self.api_url.endswith("/api/"):
            raise SettingsError(
                f"SLACK_API_URL is {self.api_url!r}; it must be an address that ends in /api/, such as https://slack.com/api/."
            )
        if self.bot_token and self.client_id:
            raise SettingsError(
                "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set. Keep the token for one workspace, or the client id and secret "
                "for many, not both."
            )
        if not self.bot_token and not self.many_workspaces:
            raise SettingsError(
                "SLACK_BOT_TOKEN is not set. Make an app from manifest.json (docs/slack.md shows how), install it, and put its "
                "Bot User OAuth Token in .env; or set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to let workspaces install it."
            )
        if self.bot_token.startswith("xapp-"):
            raise SettingsError(
                "SLACK_BOT_TOKEN holds an app-level token (xapp-…). Put that in SLACK_APP_TOKEN, and the xoxb-… one here."
            )
        if self.app_token.startswith("xoxb-"):
            raise SettingsError(
                "SLACK_APP_TOKEN holds a bot token (xoxb-…). Put that in SLACK_BOT_TOKEN, and the xapp-… one here."
            )
        if not self.app_token and not self.signing_secret:
            raise SettingsError(
                "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set. Set the first for Socket Mode (the easy start), the second "
                "for HTTP events; docs/slack.md shows where to find them."
            )
        if self.many_workspaces and not self.signing_secret:
            raise SettingsError(
                "SLACK_SIGNING_SECRET is not set. Installing into many workspaces needs HTTP events; set it from Basic Information."
            )
