"""`python -m tests.slack_e2e [pytest's options]`: these tests in a network namespace with nothing but loopback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def inside(command: list[str]) -> list[str]:
    """The command line that runs `command` with a loopback of its own."""
    return ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]


def main(arguments: list[str]) -> int:
    command = [sys.executable, "-m", "pytest", str(FOLDER), *arguments]
    environment = dict(os.environ)
    if shutil.which("unshare") and subprocess.run(inside(["true"]), capture_output=True, check=False).returncode == 0:
        environment["BYLINE_NETNS"] = "1"
        command = inside(command)
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
