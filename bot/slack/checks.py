"""`byline doctor --slack`: tokens, scopes, socket and clock, each with what mends it."""

import json
import time
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.errors import SettingsError
from bot.slack.app import MANIFEST, scopes
from bot.slack.clients import error_of, web_client
from bot.slack.options import SlackOptions

#: Slack refuses, and so do we, what was signed more than five minutes ago.
_MOST_SKEW_SECONDS = 60.0
Finding = tuple[str, str, str]
_NO_TOKEN = "Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions into SLACK_BOT_TOKEN."


async def check_slack(options: SlackOptions) -> list[Finding]:
    """What was found of each part: its name, the finding, and what mends it (empty if it is in order)."""
    findings = [_settings(options), _manifest()]
    if options.bot_token:
        answer, finding = await _bot_token(options)
        findings.append(finding)
        if answer is not None:
            findings += [_scopes(answer), _clock(answer)]
    if options.socket_mode:
        findings.append(await _socket(options))
    return findings


def _settings(options: SlackOptions) -> Finding:
    try:
        options.check()
    except SettingsError as error:
        problem, _, fix = str(error).partition(". ")
        return "settings", problem, fix
    mode = "Socket Mode" if options.socket_mode else f"HTTP events on {options.host}:{options.port}"
    return "settings", f"{mode}, {'many workspaces' if options.many_workspaces else 'one workspace'}", ""


def _manifest() -> Finding:
    try:
        declared = json.loads(MANIFEST.read_text(encoding="utf-8"))
        return "manifest", f"{declared['display_information']['name']}, {len(scopes())} scopes", ""
    except (OSError, ValueError, KeyError, SettingsError):
        return "manifest", f"{MANIFEST} is missing or damaged", "Restore manifest.json from the repository."


async def _bot_token(options: SlackOptions) -> tuple[Any, Finding]:
    try:
        answer = await web_client(options.bot_token, options.api_url, timeout=10, patient=False).auth_test()
    except Exception as error:
        name = error_of(error)
        fix = _NO_TOKEN if name in ("invalid_auth", "not_authed", "token_revoked", "account_inactive") else ""
        return None, (
            "bot token",
            f"Slack at {options.api_url} says {name}",
            fix or "Check SLACK_API_URL and the network.",
        )
    return answer, ("bot token", f"{answer.get('user', 'Byline')} in {answer.get('team', answer['team_id'])}", "")


def _scopes(answer: Any) -> Finding:
    """Slack tells the scopes of a token with every answer (https://docs.slack.dev/authentication/using-tokens)."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" not in headers:
        return "scopes", "this server does not tell", ""
    granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    missing = [scope for scope in scopes() if scope not in granted]
    if not missing:
        return "scopes", f"all {len(scopes())} of the manifest", ""
    fix = "Paste manifest.json into App Manifest of the app's settings, then install the app again."
    return "scopes", f"missing: {', '.join(missing)}", fix


def _clock(answer: Any) -> Finding:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    try:
        skew = abs(parsedate_to_datetime(headers["date"]).timestamp() - time.time())
    except (KeyError, ValueError):
        return "clock", "this server does not tell the time", ""
    fix = "Set the clock (timedatectl set-ntp true): Slack's signatures are refused when it is off."
    return "clock", f"{skew:.0f} s from Slack's", fix if skew > _MOST_SKEW_SECONDS else ""


async def _socket(options: SlackOptions) -> Finding:
    """Open a connection as `byline slack` would, and wait for Slack's hello."""
    try:
        client = web_client(None, options.api_url, timeout=10, patient=False)
        opened = await client.apps_connections_open(app_token=options.app_token)
        async with aiohttp.ClientSession() as session, session.ws_connect(str(opened["url"]), timeout=_ten()) as socket:
            hello = await socket.receive_json(timeout=10)
    except Exception as error:
        name = error_of(error)
        fix = "Make an app-level token with connections:write under Basic Information and put it in SLACK_APP_TOKEN."
        return "socket", f"not opened: {name}", fix
    return "socket", f"opened: {hello.get('type', 'connected')}", ""


def _ten() -> aiohttp.ClientWSTimeout:
    return aiohttp.ClientWSTimeout(ws_close=10.0)
