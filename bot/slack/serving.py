"""Running the door: Socket Mode or HTTP, health pages, and a stop that finishes what is running."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.conversations import open_conversations
from bot.errors import SettingsError
from bot.slack.app import Parts, SlackDoor
from bot.slack.clients import TokenRedaction, error_of, web_client
from bot.slack.options import EVENTS_PATH, SlackOptions

_log = logging.getLogger(__name__)
_MAX_BODY = 5_000_000
Asgi = Callable[[Any, Any, Any], Awaitable[None]]


class Health:
    """An ASGI application: `/healthz` (the process runs), `/readyz` (it takes questions), the rest to `inner`."""

    def __init__(self, ready: Callable[[], bool], inner: Asgi | None = None) -> None:
        self._ready, self._inner = ready, inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] in ("/healthz", "/readyz"):
            well = scope["path"] == "/healthz" or self._ready()
            await _respond(send, 200 if well else 503, b"ok\n" if well else b"not ready\n")
        elif scope["type"] == "http" and _length(scope) > _MAX_BODY:
            await _respond(send, 413, b"too large\n")
        elif self._inner is not None and scope["type"] == "http":
            await self._inner(scope, receive, send)
        elif scope["type"] == "http":
            await _respond(send, 404, b"not found\n")


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: `serve` has them."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(options: SlackOptions, parts: Parts, announce: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM. Raise SettingsError for what cannot work; `announce` gets one line when it does."""
    options.check()
    redact_logs()
    # answers are worked out in threads; the loop that acknowledges events should not wait 5 ms for each turn of theirs
    sys.setswitchinterval(0.0005)
    conversations = await open_conversations(options.database_url, options.home)
    try:
        await _serve(SlackDoor(options, parts, conversations), options, announce)
    finally:
        await conversations.close()


async def _serve(slack: SlackDoor, options: SlackOptions, announce: Callable[[str], None]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    socket: AsyncSocketModeHandler | None = None
    await slack.start()
    if options.socket_mode:
        socket = AsyncSocketModeHandler(
            slack.app, options.app_token, web_client=web_client(options.app_token, options.api_url)
        )
        connected = socket.client.is_connected

        async def ready() -> bool:
            return not stopping.is_set() and bool(await connected())

        state = {"ready": False}

        async def watch() -> None:
            while True:
                state["ready"] = await ready()
                await asyncio.sleep(1)

        slack.background.run(watch())
        server = _server(Health(lambda: state["ready"] and not stopping.is_set()), options)
        await _connect(socket)
    else:
        handler: Any = AsyncSlackRequestHandler(slack.app, path=EVENTS_PATH)
        server = _server(Health(lambda: not stopping.is_set(), handler), options)
    serving = asyncio.create_task(_listen(server, options, must=not options.socket_mode))
    slack.background.run(slack.catch_up())
    where = "Socket Mode" if socket else f"http://{options.host}:{options.port}{EVENTS_PATH}"
    announce(f"Byline is in Slack ({where}). Ctrl-C stops it after it has finished what is running.")
    await _first(asyncio.create_task(stopping.wait()), serving, must=not options.socket_mode)
    stopping.set()
    if socket:
        await socket.close_async()  # type: ignore[no-untyped-call]
    await slack.stop()
    server.should_exit = True
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(serving, 5)


async def _connect(socket: AsyncSocketModeHandler) -> None:
    try:
        await socket.connect_async()  # type: ignore[no-untyped-call]
    except Exception as error:
        raise SettingsError(
            f"Socket Mode could not be opened ({error_of(error)}). Check SLACK_APP_TOKEN (it needs connections:write) and that "
            "Socket Mode is on in the app's settings; `byline doctor --slack` looks closer."
        ) from None


async def _first(stopping: asyncio.Task[Any], serving: asyncio.Task[None], must: bool) -> None:
    """Wait for the signal; a server that must listen and cannot ends it, with its error."""
    waiting = {stopping, serving} if must else {stopping}
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    if serving in done and (error := serving.exception()):
        raise error


def _server(application: Asgi, options: SlackOptions) -> _Server:
    config = uvicorn.Config(
        application, host=options.host, port=options.port, log_config=None, access_log=False, lifespan="off", ws="none"
    )
    return _Server(config)


async def _listen(server: _Server, options: SlackOptions, must: bool) -> None:
    try:
        await server.serve()
    except (SystemExit, OSError):
        problem = f"Port {options.port} on {options.host} cannot be used. Set PORT to another one."
        if must:
            raise SettingsError(problem) from None
        _log.warning("%s Until then there are no health pages.", problem)


def redact_logs() -> None:
    """Keep tokens out of every handler's output, whoever logs them."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(held, TokenRedaction) for held in handler.filters):
            handler.addFilter(TokenRedaction())


def _length(scope: Any) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"0")
    return int(value) if value.isdigit() else 0


async def _respond(send: Any, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
