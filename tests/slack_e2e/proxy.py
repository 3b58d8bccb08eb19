"""What local-slack lacks, in front of it: streams, agent methods, both events of a mention, deliveries that repeat,
are kept for an absent bot or come as signed HTTP, rate limits, errors before and after the effect, Slack's limits.
"""

import asyncio
import fnmatch
import hashlib
import hmac
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

from tests.slack_e2e.local_slack import APP_TOKEN, BOT, SECRET

_FIELDS_OF_BLOCKS = ("blocks", "view")


@dataclass(slots=True)
class Fault:
    """Answers `status` to calls of a method: the next `times`, or a share `rate` of all. `after`: once it took effect."""

    method: str
    status: int
    times: int = 0
    rate: float = 0.0
    after: bool = False
    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    args: dict[str, Any]
    at: float
    status: int


@dataclass(slots=True)
class _Event:
    envelope: dict[str, Any]
    tries: int = 0
    copies: set[str] = field(default_factory=set)


class Proxy:
    """Use as a context manager. `duplicate`: every event is delivered twice. `http`: events go to this address instead."""

    def __init__(self, upstream: str, duplicate: bool = False, http: str = "", seed: int = 7) -> None:
        self._upstream, self.duplicate, self.http = upstream, duplicate, http
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.channels: dict[str, dict[str, Any]] = {}
        self.users: dict[str, dict[str, Any]] = {}
        self.members: dict[str, list[str]] = {}
        self.sent: dict[str, float] = {}
        self.streaming = True
        self.tokens: set[str] = set()
        self._random = random.Random(seed)
        self._streams: dict[str, str] = {}
        self._pending: dict[str, _Event] = {}
        self._bots: list[web.WebSocketResponse] = []
        self._posting: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> "Proxy":
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def fail(self, method: str, status: int, **how: Any) -> None:
        self.faults.append(Fault(method, status, **how))

    def called(self, pattern: str, status: int = 200) -> list[Call]:
        return [c for c in list(self.calls) if fnmatch.fnmatch(c.method, pattern) and c.status == status]

    def inject(self, kind: str, payload: dict[str, Any]) -> None:
        """Deliver an envelope of our own: `events_api`, `interactive` or `slash_commands`."""
        envelope = {
            "type": kind,
            "payload": payload,
            "envelope_id": str(uuid.uuid4()),
            "accepts_response_payload": True,
        }
        asyncio.run_coroutine_threadsafe(self._take(envelope), self._loop).result(10)

    def event(self, event: dict[str, Any], team: str = "T01TEST") -> None:
        """Deliver an event of our own."""
        body = {
            "type": "event_callback",
            "team_id": team,
            "api_app_id": "A_BYLINE",
            "event_id": f"Ev{uuid.uuid4().hex}",
        }
        self.inject("events_api", {**body, "event_time": int(time.time()), "event": event})

    def kill_streams(self) -> None:
        """As Slack does after a while: a message is no longer streaming."""
        self._streams.clear()

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._run(started))

    async def _run(self, started: threading.Event) -> None:
        self._stopping = asyncio.Event()
        app = web.Application(client_max_size=200_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/socket", self._socket)
        app.router.add_route("*", "/{path:.*}", self._pass)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        listening = asyncio.create_task(self._listen(started))
        await self._stopping.wait()
        listening.cancel()
        await self._session.close()
        await runner.cleanup()

    async def _listen(self, started: threading.Event) -> None:
        """Hold the socket to local-slack open whether or not the bot is there."""
        headers = {"Authorization": f"Bearer {APP_TOKEN}"}
        async with self._session.post(f"{self._upstream}/api/apps.connections.open", headers=headers) as response:
            address = (await response.json())["url"]
        async with self._session.ws_connect(address, max_msg_size=0) as socket:
            self._up = socket
            started.set()
            async for message in socket:
                envelope = json.loads(message.data)
                if "envelope_id" in envelope:
                    await self._take(envelope, upstream=True)

    async def _take(self, envelope: dict[str, Any], upstream: bool = False) -> None:
        event = envelope["payload"].get("event") or {}
        held = _Event(envelope)
        self._pending[envelope["envelope_id"]] = held
        if event.get("ts"):
            self.sent.setdefault(str(event["ts"]), time.monotonic())
        if upstream and envelope["type"] == "events_api":
            # local-slack waits for nothing here, and Slack sends the acknowledgement nobody needs
            await self._up.send_json({"envelope_id": envelope["envelope_id"]})
        await self._deliver(held)
        is_events = envelope["type"] == "events_api"
        if is_events and self.duplicate:
            again = {**envelope, "envelope_id": str(uuid.uuid4()), "retry_attempt": 1, "retry_reason": "timeout"}
            self._pending[again["envelope_id"]] = copy = _Event(again)
            await self._deliver(copy)
        if is_events and event.get("type") == "message" and f"<@{BOT}>" in str(event.get("text")) and upstream:
            mention = {k: v for k, v in event.items() if k != "channel_type"} | {"type": "app_mention"}
            if not event.get("subtype") and not str(event["channel"]).startswith("D"):
                body = {**envelope["payload"], "event": mention, "event_id": f"Ev{uuid.uuid4().hex}"}
                await self._take({**envelope, "payload": body, "envelope_id": str(uuid.uuid4())})

    async def _deliver(self, held: _Event) -> None:
        if self.http:
            posting = asyncio.create_task(self._post(held))
            self._posting.add(posting)
            posting.add_done_callback(self._posting.discard)
        elif self._bots:
            with suppress(ConnectionError):
                await self._bots[-1].send_json(held.envelope)

    async def _post(self, held: _Event) -> None:
        """A signed request, repeated until it is answered with 200, as Slack repeats it."""
        kind, payload = held.envelope["type"], held.envelope["payload"]
        body = json.dumps(payload)
        content = "application/json"
        if kind != "events_api":
            from urllib.parse import urlencode

            fields = payload if kind == "slash_commands" else {"payload": body}
            body, content = urlencode(fields), "application/x-www-form-urlencoded"
        for attempt in range(40):
            headers = {**signed(body), "Content-Type": content}
            if attempt:
                headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_error"}
            with suppress(aiohttp.ClientError, TimeoutError):
                timeout = aiohttp.ClientTimeout(total=3)
                async with self._session.post(self.http, data=body, headers=headers, timeout=timeout) as response:
                    text = await response.text()
                    if response.status == 200:
                        self._pending.pop(held.envelope["envelope_id"], None)
                        await self._acknowledge(
                            held.envelope["envelope_id"], json.loads(text) if text[:1] == "{" else None
                        )
                        return
            await asyncio.sleep(0.5)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A_BYLINE"}})
        self._bots.append(socket)
        for held in list(self._pending.values()):
            held.envelope["retry_attempt"] = 1
            await socket.send_json(held.envelope)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                if answer.get("envelope_id"):
                    self._pending.pop(answer["envelope_id"], None)
                    await self._acknowledge(answer["envelope_id"], answer.get("payload"))
        self._bots.remove(socket)
        return socket

    async def _acknowledge(self, envelope_id: str, payload: Any) -> None:
        with suppress(ConnectionError):
            await self._up.send_json({"envelope_id": envelope_id, **({"payload": payload} if payload else {})})

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        self.tokens.add(request.headers.get("Authorization", "").removeprefix("Bearer "))
        fault = self._fault(method)
        if fault and not fault.after:
            self.calls.append(Call(method, args, time.monotonic(), fault.status))
            return _failure(fault)
        answer = await self._answer(method, args, request)
        status = fault.status if fault else 200
        self.calls.append(Call(method, args, time.monotonic(), status))
        return _failure(fault) if fault else web.json_response(answer)

    async def _answer(self, method: str, args: dict[str, Any], request: web.Request) -> dict[str, Any]:
        if method == "apps.connections.open":
            return {"ok": True, "url": self.url.replace("http", "ws") + "/socket"}
        if method.startswith("assistant.threads."):
            return {"ok": True}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
        if method == "oauth.v2.access":
            return _installation(rotated=args.get("grant_type") == "refresh_token")
        if method == "auth.test" and token.startswith("xoxb-second"):
            found = {"url": "https://two.slack.com/", "team": "Two", "team_id": "T_TWO", "bot_id": "B_TWO"}
            return {"ok": True, "user": "byline", "user_id": BOT, **found}
        if problem := limits(method, args):
            return {"ok": False, "error": problem}
        if method.endswith("Stream"):
            return await self._stream(method, args, request) if self.streaming else _no("unknown_method")
        if method == "chat.update" and args.get("ts") in self._streams:
            return _no("streaming_state_conflict")
        answer = await self._forward(method, args, request)
        if method == "conversations.info" and answer.get("ok"):
            answer["channel"] |= self.channels.get(str(args.get("channel")), {})
        if method == "conversations.members" and args.get("channel") in self.members:
            answer["members"] = self.members[str(args["channel"])]
        if method == "users.info" and answer.get("ok"):
            answer["user"] |= self.users.get(str(args.get("user")), {})
        return answer

    async def _stream(self, method: str, args: dict[str, Any], request: web.Request) -> dict[str, Any]:
        chunks = args.get("chunks") or []
        chunks = json.loads(chunks) if isinstance(chunks, str) else chunks
        text = str(args.get("markdown_text") or "") + "".join(str(chunk.get("text", "")) for chunk in chunks)
        if method == "chat.startStream":
            if not args.get("thread_ts") or not (args.get("recipient_user_id") and args.get("recipient_team_id")):
                return _no("invalid_arguments")
            fields = {"channel": args["channel"], "thread_ts": args["thread_ts"], "text": text or "…"}
            answer = await self._forward("chat.postMessage", fields, request)
            self._streams[str(answer["ts"])] = text
            return answer
        ts = str(args.get("ts"))
        if ts not in self._streams:
            return _no("message_not_in_streaming_state")
        self._streams[ts] += text
        fields = {"channel": args["channel"], "ts": ts, "text": self._streams[ts]}
        if method == "chat.stopStream":
            blocks = args.get("blocks") or []
            blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
            said = {"type": "markdown", "text": self._streams.pop(ts)}
            fields["blocks"] = [said, *blocks]  # type: ignore[assignment]
        return await self._forward("chat.update", fields, request)

    async def _forward(self, method: str, args: dict[str, Any], request: web.Request) -> dict[str, Any]:
        headers = {"Authorization": request.headers.get("Authorization", "")}
        async with self._session.post(f"{self._upstream}/api/{method}", json=args, headers=headers) as response:
            answer: dict[str, Any] = json.loads((await response.text()).replace(self._upstream, self.url))
            return answer

    async def _pass(self, request: web.Request) -> web.Response:
        headers = {k: v for k, v in request.headers.items() if k in ("Authorization", "Content-Type")}
        data = await request.read()
        target = self._upstream + request.path_qs
        async with self._session.request(request.method, target, data=data, headers=headers) as response:
            return web.Response(status=response.status, body=await response.read(), content_type=response.content_type)

    def _fault(self, method: str) -> Fault | None:
        for fault in self.faults:
            if not fnmatch.fnmatch(method, fault.method):
                continue
            if fault.times > 0:
                fault.times -= 1
                return fault
            if fault.rate and self._random.random() < fault.rate:
                return fault
        return None


def limits(method: str, args: dict[str, Any]) -> str:
    """The error Slack gives for what is over its limits (docs.slack.dev/reference/block-kit); empty if nothing is."""
    if len(str(args.get("text") or "")) > (4000 if method == "chat.update" else 40_000):
        return "msg_too_long"
    for name in _FIELDS_OF_BLOCKS:
        value = args.get(name) or []
        value = json.loads(value) if isinstance(value, str) else value
        blocks = value.get("blocks", []) if isinstance(value, dict) else value
        if len(blocks) > (100 if name == "view" else 50) or any(_over(block) for block in blocks):
            return "invalid_blocks"
    return ""


def _over(block: dict[str, Any]) -> bool:
    most = {"section": 3000, "header": 150}.get(block["type"], 12_000)
    text = block.get("text") or {}
    elements = block.get("elements") or []
    count = {"context": 10, "actions": 25, "context_actions": 5}.get(block["type"], 10_000)
    known = "section header context actions context_actions divider input rich_text markdown image".split()
    words = text if isinstance(text, str) else text.get("text", "")
    return (
        block["type"] not in known
        or not 0 < len(words or "x") <= most
        or len(elements) > count
        or len(block.get("block_id", "")) > 255
        or any(len(value) > 2000 for value in _values(block))
        or any(e.get("type") == "button" and len(e["text"]["text"]) > 75 for e in elements)
    )


def _values(block: Any) -> Iterator[str]:
    if isinstance(block, dict):
        for key, value in block.items():
            if key == "value" and isinstance(value, str):
                yield value
            yield from _values(value)
    elif isinstance(block, list):
        for each in block:
            yield from _values(each)


def signed(body: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    fields = dict(request.query) | {k: v for k, v in (await request.post()).items() if isinstance(v, str)}
    for name in ("blocks", "view", "prompts", "chunks"):
        if isinstance(fields.get(name), str):
            fields[name] = json.loads(str(fields[name]))
    return fields


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}


def _failure(fault: Fault) -> web.Response:
    if fault.status == 429:
        return web.json_response(_no("ratelimited"), status=429, headers={"Retry-After": str(fault.retry_after)})
    return web.Response(status=fault.status, text="Internal error")


def _installation(rotated: bool) -> dict[str, Any]:
    """A token that is about to expire, or the one that follows it."""
    token = "xoxb-second-rotated" if rotated else "xoxb-second-first"
    renewal = {"refresh_token": "xoxe-1-renewal", "expires_in": 43_200 if rotated else 60}
    bot = {"bot_user_id": BOT, "access_token": token, "token_type": "bot", "scope": "chat:write", **renewal}
    return {
        "ok": True,
        "app_id": "A_BYLINE",
        "team": {"id": "T_TWO", "name": "Two"},
        "authed_user": {"id": "U_ANA"},
    } | bot
