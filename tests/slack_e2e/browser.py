"""A headless Chromium, driven over the DevTools protocol (https://chromedevtools.github.io/devtools-protocol)."""

import base64
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Browser:
    """One page. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0

    def __enter__(self) -> "Browser":
        log = self._folder / "chromium.log"
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--window-size=1280,1000",
        ]
        options += [f"--user-data-dir={self._folder / 'chromium'}", "--no-first-run", "about:blank"]
        with log.open("wb") as out:
            self._process = subprocess.Popen([str(CHROMIUM), *options], stdout=out, stderr=out)
        for _ in range(200):
            found = re.search(r"ws://([\d.:]+)/devtools/browser/\S+", log.read_text(errors="replace"))
            if found:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"chromium did not start: {log.read_text(errors='replace')[-500:]}")
        self._socket = connect(found[0], max_size=None).__enter__()
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        return self

    def __exit__(self, *exc: object) -> None:
        self._socket.__exit__(None, None, None)
        self._process.terminate()
        self._process.wait(10)

    def open(self, url: str) -> None:
        self._call("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)["result"].get(
            "value"
        )

    def text(self) -> str:
        return str(self.run("document.body ? document.body.innerText : ''"))

    def type(self, text: str) -> None:
        self._call("Input.insertText", text=text)

    def press_enter(self) -> None:
        for kind in ("keyDown", "keyUp"):
            key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
            self._call("Input.dispatchKeyEvent", type=kind, **key)

    def click(self, words: str, role: str = "button") -> bool:
        """Click the last element of a tag that reads so."""
        found = f"[...document.querySelectorAll({json.dumps(role)})].filter(e => e.innerText.trim().includes({json.dumps(words)})).at(-1)"
        return bool(self.run(f"(() => {{ const e = {found}; if (e) e.click(); return !!e; }})()"))

    def screenshot(self, path: Path) -> Path:
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"]))
        return path

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=30))
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                found: dict[str, Any] = answer["result"]
                return found
