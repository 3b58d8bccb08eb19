"""Pages of the web, fetched so that whoever may name an address cannot reach this machine's own network.

Every address is resolved first, refused if it is not public, and then connected to by that very number, so that a
name which resolves differently the second time (DNS rebinding) gains nothing. Redirects go through the same.
"""

import ipaddress
import socket
import time
from importlib import metadata
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from retrieval.errors import SourceError
from retrieval.sources.files import MEDIA_TYPES
from retrieval.types import Resource

_REDIRECTS = 5
_SECONDS = 20.0
_PORTS = {"http": 80, "https": 443}


def serves(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def expand(location: str) -> list[str]:
    return [location]


def read(location: str, max_bytes: int, allow_private: bool = False, seconds: float = _SECONDS) -> Resource:
    """The page at an address, after at most five redirects. `allow_private` admits this machine and its network.

    Raise SourceError, naming the address without its query, if it is refused, slow, too large, or not there.
    """
    until = time.monotonic() + seconds
    address = location
    # no proxy or password of this machine's environment takes part
    with httpx.Client(trust_env=False, timeout=httpx.Timeout(5.0)) as client:
        for _ in range(_REDIRECTS + 1):
            try:
                answer = _get(client, address, max_bytes, allow_private, until)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
                raise SourceError(
                    f"{shown(address)} cannot be read ({type(error).__name__}). Check the address, or save the page as a file."
                ) from None
            if isinstance(answer, Resource):
                return Resource(location, answer.media_type, answer.data)
            address = answer
    raise SourceError(f"{shown(location)} redirects more than {_REDIRECTS} times. Give the address it ends at.")


def shown(address: str) -> str:
    """An address fit to be shown and logged: without user, query and fragment, which may hold secrets."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "The address"
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))


def _get(client: httpx.Client, address: str, max_bytes: int, allow_private: bool, until: float) -> Resource | str:
    """The page, or the address it redirects to."""
    parts = urlsplit(address)
    host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme, 0)
    if parts.scheme not in _PORTS or not host:
        raise SourceError(f"{shown(address)} is not an address of the web. Give one that starts with https://.")
    if parts.username or parts.password:
        raise SourceError(f"{shown(address)} was given with a user or password. Save the page as a file and add that.")
    if port != _PORTS[parts.scheme] and not allow_private:
        raise SourceError(f"{shown(address)} is not on the web's usual port. Save the page as a file and add that.")
    number = _resolve(host, port, address, allow_private)
    literal = f"[{number}]" if ":" in number else number
    target = httpx.URL(address).copy_with(host=literal.strip("[]"))
    version = metadata.version("byline")
    headers = {
        "Host": parts.netloc,
        "User-Agent": f"Byline/{version}",
        "Accept": "text/html, text/plain, text/markdown;q=0.9, */*;q=0.1",
    }
    with client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response:
        if response.is_redirect and "location" in response.headers:
            return urljoin(address, response.headers["location"])
        if response.status_code != 200:
            reason = f"{response.status_code} {response.reason_phrase}".strip()
            raise SourceError(f"{shown(address)} answers {reason}. Check the address, or save the page as a file.")
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > max_bytes:
                raise SourceError(
                    f"{shown(address)} has more than the {max_bytes / 1e6:g} MB Byline takes for an article. Raise MAX_FILE_MB."
                )
            if time.monotonic() > until:
                raise SourceError(f"{shown(address)} answers too slowly. Try again, or save the page as a file.")
        return Resource(address, _media_type(response.headers.get("content-type", ""), parts.path), bytes(data))


def _resolve(host: str, port: int, address: str, allow_private: bool) -> str:
    """One number of the host; every one it has must be public."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise SourceError(f"{shown(address)}: there is no host of that name. Check the address.") from None
    if not allow_private and not all(_is_public(number) for number in found):
        raise SourceError(
            f"{shown(address)} is on this machine or a private network, which Byline does not read. Save the page as a "
            "file, or set ALLOW_PRIVATE_URLS=true if everybody who may add articles may see that network."
        )
    return found[0]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.split("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (mapped or address).is_global and not (mapped or address).is_multicast


def _media_type(declared: str, path: str) -> str:
    media_type = declared.split(";")[0].strip().lower()
    if media_type in ("", "application/octet-stream"):
        suffix = "." + path.rsplit(".", 1)[-1].lower() if "." in path.rsplit("/", 1)[-1] else ".html"
        return MEDIA_TYPES.get(suffix, media_type or "text/html")
    return "text/html" if media_type == "application/xhtml+xml" else media_type
