"""A real `byline slack` process against the proxy."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from tests.slack_e2e.local_slack import APP_TOKEN, BOT_TOKEN, ROOT, SECRET


class Bot:
    """Started, killed and started again over the same home."""

    def __init__(self, folder: Path, api: str, http: bool = False, **environment: str) -> None:
        self.folder, self.port = folder, _free_port()
        self.log = folder / "bot.log"
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN} | (
            {"SLACK_SIGNING_SECRET": SECRET} if http else {"SLACK_APP_TOKEN": APP_TOKEN}
        )
        inherited = {
            k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "BYLINE_HOME", "CHROMA_", "DATABASE_"))
        }
        own = {"SLACK_API_URL": api, "BYLINE_HOME": str(folder / "home"), "PORT": str(self.port)}
        self._environment = {**inherited, **tokens, **own, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def events_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    def start(self, *options: str) -> "Bot":
        command = [str(Path(sys.executable).parent / "byline"), "slack", "--verbose", *options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, env=self._environment, cwd=ROOT, stdout=log, stderr=log)
        for _ in range(600):
            if self._process.poll() is not None:
                raise RuntimeError(f"byline slack ended:\n{self.log.read_text()[-3000:]}")
            if self.status("/readyz") == 200:
                return self
            time.sleep(0.1)
        raise RuntimeError(f"byline slack is not ready:\n{self.log.read_text()[-3000:]}")

    def status(self, path: str) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", trust_env=False, timeout=2).status_code
        except httpx.HTTPError:
            return 0

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        return self._end(signal.SIGTERM)

    def add(self, *arguments: str) -> None:
        """`byline add`, while the bot does not run: the embedded library belongs to one process."""
        command = [str(Path(sys.executable).parent / "byline"), "add", *arguments]
        subprocess.run(command, env=self._environment, cwd=ROOT, check=True, capture_output=True)

    def _end(self, number: int) -> int:
        if self._process is None or self._process.poll() is not None:
            return 0
        self._process.send_signal(number)
        return self._process.wait(40)

    def __enter__(self) -> "Bot":
        return self

    def __exit__(self, *exc: Any) -> None:
        self._end(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
