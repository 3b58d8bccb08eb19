"""A local Slack server (local-slack, MIT) as a test fixture, and its users' hands."""

import json
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import yaml
from websockets.sync.client import connect

ROOT = Path(__file__).parent.parent.parent
BINARY = Path(
    os.environ.get("LOCAL_SLACK")
    or ROOT / ".venv" / "local-slack" / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
)
BOT, ANA, BEN, CAT = "U_BYLINE", "U_ANA", "U_BEN", "U_CAT"
NEWS, OTHER, DESK, DM_ANA, DM_BEN = "C_NEWS", "C_OTHER", "C_DESK", "D_ANA", "D_BEN"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-local-bot", "xapp-local-app", "a-signing-secret"


def missing() -> str:
    """Why these tests cannot run here; empty if they can."""
    if not BINARY.exists():
        return "local-slack is not installed: `make local-slack` does it where npm is"
    if os.environ.get("BYLINE_NETNS") != "1":
        return "local-slack binds every interface: run `python -m tests.slack_e2e`, which has a network of its own"
    return ""


def _direct(id_: str, user: str) -> dict[str, Any]:
    flags = {"is_channel": False, "is_private": True, "is_im": True}
    return {"id": id_, "name": id_.lower(), "members": [user, BOT], **flags}


def config(extra_channels: int = 0) -> dict[str, Any]:
    app = {"appId": "A_BYLINE", "botUserId": BOT, "botName": "Byline", "botToken": BOT_TOKEN, "appToken": APP_TOKEN}
    everybody = [ANA, BEN, CAT, BOT]
    channels = [
        {"id": NEWS, "name": "news", "members": everybody},
        {"id": OTHER, "name": "other", "members": everybody},
        {"id": DESK, "name": "desk", "is_private": True, "members": [ANA, BOT]},
        _direct(DM_ANA, ANA),
        _direct(DM_BEN, BEN),
    ]
    channels += [{"id": f"C_{n}", "name": f"room-{n}", "members": everybody} for n in range(extra_channels)]
    return {
        "workspace": {"name": "Local"},
        "apps": [{**app, "signingSecret": SECRET, "mode": "socket"}],
        "users": [{"id": id_, "name": id_[2:].lower()} for id_ in (ANA, BEN, CAT)],
        "channels": channels,
    }


class LocalSlack:
    """A running server. Methods act as a user or look at what is there."""

    def __init__(self, folder: Path, extra_channels: int = 0) -> None:
        self._folder, self._extra = folder, extra_channels
        self._http = httpx.Client(trust_env=False, timeout=10)

    def __enter__(self) -> "LocalSlack":
        path = self._folder / "local-slack.yaml"
        path.write_text(yaml.safe_dump(config(self._extra)), encoding="utf-8")
        log = (self._folder / "local-slack.log").open("wb")
        command = [str(BINARY), "--config", str(path), "--port", "0", "--base-host", "127.0.0.1"]
        self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self._folder)
        for _ in range(100):
            found = re.search(r"https?://[\w.]+:(\d+)", (self._folder / "local-slack.log").read_text())
            if found:
                break
            time.sleep(0.05)
        else:
            raise RuntimeError("local-slack did not start")
        self.url = f"http://127.0.0.1:{found[1]}"
        for _ in range(100):
            try:
                self.state()
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        return self

    def __exit__(self, *exc: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._http.close()

    def control(self, what: str, **fields: Any) -> dict[str, Any]:
        body = {name: value for name, value in fields.items() if value is not None}
        found: dict[str, Any] = self._http.post(f"{self.url}/_control/{what}", json=body).json()
        return found

    def message(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> str:
        """Say something; its ts."""
        said = self.control("message", channel=channel, user=user, text=text, thread_ts=thread_ts)
        return str(said["message"]["ts"])

    def mention(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> str:
        return self.message(channel, user, f"<@{BOT}> {text}", thread_ts)

    def command(self, channel: str, user: str, text: str) -> None:
        self.control("command", channel=channel, user=user, command="/byline", text=text, appId="A_BYLINE")

    def edit(self, channel: str, ts: str, text: str, user: str = ANA) -> None:
        self.control("edit-message", channel=channel, ts=ts, text=text, user=user)

    def delete(self, channel: str, ts: str, user: str = ANA) -> None:
        self.control("delete-message", channel=channel, ts=ts, user=user)

    def click(self, channel: str, ts: str, user: str, action: dict[str, Any]) -> None:
        self.control("interact", channel=channel, messageTs=ts, user=user, action=action)

    def open_home(self, user: str) -> None:
        self.control("open-home", user=user, appId="A_BYLINE")

    def upload(
        self, channel: str, user: str, name: str, data: bytes, text: str = "", thread: str = ""
    ) -> dict[str, Any]:
        fields = {"channel": channel, "user": user, "text": text, "initial_comment": text, "filename": name}
        if thread:
            fields["thread_ts"] = thread
        found = self._http.post(f"{self.url}/_control/upload", data=fields, files={"file": (name, data)})
        parsed: dict[str, Any] = found.json()
        return parsed

    def messages(self, channel: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get(f"{self.url}/_control/messages/{channel}").json()["messages"]
        return found

    def answers(self, channel: str, thread: str | None = None) -> list[dict[str, Any]]:
        """What Byline said for all to see, in a thread if one is given."""
        return [
            m
            for m in self.messages(channel)
            if m.get("user") == BOT
            and m.get("subtype") != "ephemeral"
            and (thread is None or m.get("thread_ts") == thread)
        ]

    def whispers(self, channel: str, user: str) -> list[dict[str, Any]]:
        """What only one person sees."""
        return [m for m in self.messages(channel) if m.get("ephemeral_to") == user]

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self._http.get(f"{self.url}/_control/state").json()
        return found

    def log(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._http.get(f"{self.url}/_control/log").json()["log"]
        return found

    def ui(self, message: dict[str, Any], wait: float = 1.0) -> list[dict[str, Any]]:
        """Send what the page would send, and collect what the page is told within `wait` seconds."""
        heard = []
        with connect(self.url.replace("http", "ws") + "/ui") as socket:
            socket.send(json.dumps(message))
            until = time.monotonic() + wait
            while time.monotonic() < until:
                try:
                    heard.append(json.loads(socket.recv(timeout=max(0.01, until - time.monotonic()))))
                except TimeoutError:
                    break
        return heard


def wait_for(look: Any, seconds: float = 10.0) -> Any:
    """The first truthy value of `look()`. Raise AssertionError if there is none in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"nothing within {seconds} seconds")
