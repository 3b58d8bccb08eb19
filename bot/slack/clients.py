"""Web clients: one a workspace, with the retries that are safe, and never a token in a log."""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator
from slack_sdk.http_retry.jitter import RandomJitter
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

_TRIES = 6
#: Calls that make something new each time: after an unclear outcome we look before we call again (`delivery`).
_ONCE = ("chat.postMessage", "chat.startStream", "chat.appendStream", "chat.postEphemeral", "views.open")
#: A stream that is refused for its rate is posted at once instead of waited for.
_IMPATIENT = ("chat.startStream",)
_SECRET = re.compile(r"xox[a-z]-[\w.-]+|xapp-[\w-]+|xoxe[\w.-]+|hooks\.slack\.com/\S+|(?<=Bearer )\S+")


class _SafeRetries(AsyncConnectionErrorRetryHandler):
    """Repeats a call after a 5xx or a broken connection, where repeating it does no harm."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if _method(request) in _ONCE:
            return False
        if response is not None and response.status_code >= 500:
            return True
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


class _RateLimits(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Retry-After says, whatever the call: one that was refused did nothing."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if _method(request) in _IMPATIENT:
            return False
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


class TokenRedaction(logging.Filter):
    """Takes Slack tokens out of every log record, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


def redacted(text: str) -> str:
    return _SECRET.sub("[token]", text)


def web_client(token: str | None, api_url: str, timeout: int = 15, patient: bool = True) -> AsyncWebClient:
    """`patient` clients wait out rate limits and errors; the others are for what is worth nothing later."""
    backoff = BackoffRetryIntervalCalculator(backoff_factor=0.2, jitter=RandomJitter())
    handlers: list[AsyncRetryHandler] = (
        [_RateLimits(max_retry_count=20), _SafeRetries(max_retry_count=_TRIES, interval_calculator=backoff)]
        if patient
        else []
    )
    return AsyncWebClient(token=token, base_url=api_url, timeout=timeout, retry_handlers=handlers)


class Clients:
    """`of(team)` gives the client of a workspace; `token_of` finds its token: fixed, or from its installation."""

    def __init__(self, api_url: str, token_of: Callable[[str], Awaitable[str]]) -> None:
        self._api_url, self._token_of = api_url, token_of
        self._patient: dict[str, AsyncWebClient] = {}
        self._quick: dict[str, AsyncWebClient] = {}

    async def of(self, team: str) -> AsyncWebClient:
        token = await self._token_of(team)
        if token not in self._patient:
            self._patient[token] = web_client(token, self._api_url)
        return self._patient[token]

    async def quick(self, team: str) -> AsyncWebClient:
        """Gives up after one try and three seconds."""
        token = await self._token_of(team)
        if token not in self._quick:
            self._quick[token] = web_client(token, self._api_url, timeout=3, patient=False)
        return self._quick[token]


def status_of(error: SlackApiError) -> int:
    """The HTTP status of a failed call; 0 if there was none."""
    response = error.response
    return int(response.get("status", 0) if isinstance(response, dict) else getattr(response, "status_code", 0) or 0)


def error_of(error: Exception) -> str:
    """Slack's own name of what went wrong (`not_in_channel`), or the kind of exception; nothing secret in it."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data: Any = getattr(error.response, "data", error.response)
    name = data.get("error") if isinstance(data, dict) else None
    return str(name or f"http_{status_of(error)}")


def _method(request: HttpRequest) -> str:
    return request.url.rsplit("/", 1)[-1].split("?")[0]
