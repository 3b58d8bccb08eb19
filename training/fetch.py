"""The public data the reader is trained on: python -m training.fetch --data DIR. What is there already is not fetched again.

`sources.json` names each file's address at a fixed commit, its SHA-256 and its licence; a folder's once, with its files' names.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import httpx

SOURCES = Path(__file__).parent / "sources.json"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    folder = arguments.parse_args().data
    folder.mkdir(parents=True, exist_ok=True)
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        try:
            for source in sources():
                fetch(source, folder, client)
        except (httpx.HTTPError, ValueError) as error:
            sys.exit(f"{error} Put the file into {folder} yourself, or run this again.")


def sources() -> list[dict[str, Any]]:
    """One entry a file: its place under the data folder, address, SHA-256 and licence."""
    found: list[dict[str, Any]] = []
    for source in json.loads(SOURCES.read_text("utf-8")):
        if "folder" not in source:
            found.append(source)
        for name, digest in source.get("files", {}).items():
            file = {"file": f"{source['folder']}/{name}", "url": source["url"] + name, "sha256": digest}
            found.append({**file, "licence": source["licence"]})
    return found


def fetch(source: dict[str, Any], folder: Path, client: httpx.Client) -> None:
    """Raise ValueError if what comes is not what the model was trained on; nothing is kept of it then."""
    target = folder / source["file"]
    if not target.is_file():
        response = client.get(source["url"])
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"{source['url']} answers {response.status_code}.")
        _check(source, response.content)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(response.content)
    _check(source, target.read_bytes())


def _check(source: dict[str, Any], content: bytes) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != source["sha256"]:
        raise ValueError(f"{source['file']} has the SHA-256 {found}, not {source['sha256']}: it is another file.")


if __name__ == "__main__":
    main()
