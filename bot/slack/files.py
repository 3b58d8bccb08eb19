"""Files from Slack, fetched with Byline's token: only from Slack, never more than is allowed, never for long."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from retrieval.errors import SourceError
from retrieval.sources.files import MEDIA_TYPES
from retrieval.types import Resource

_SECONDS = 30.0


async def download(
    file: dict[str, Any], location: str, client: AsyncWebClient, api_url: str, max_bytes: int, seconds: float = _SECONDS
) -> Resource:
    """Raise SourceError for a format Byline does not read, too large a file, a foreign address, or too slow a one."""
    name = str(file.get("name") or "The file")
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    media_type = MEDIA_TYPES.get(suffix, "")
    if not media_type:
        known = ", ".join(sorted(MEDIA_TYPES))
        raise SourceError(f"{name} is not in a format Byline reads. Save it as one of {known}.")
    if int(file.get("size") or 0) > max_bytes:
        raise _too_large(name, int(file["size"]), max_bytes)
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(url, api_url):
        raise SourceError(f"{name} is not stored in Slack. Download it and drop the file itself here.")
    try:
        data = await asyncio.wait_for(_fetch(url, client.token or "", name, max_bytes), seconds)
    except (TimeoutError, aiohttp.ClientError):
        raise SourceError(f"Slack did not deliver {name} within {seconds:.0f} seconds. Try again.") from None
    return Resource(location, media_type, data)


async def _fetch(url: str, token: str, name: str, max_bytes: int) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as response,
    ):
        if response.status != 200:
            # without files:read, Slack redirects to its sign-in page
            raise SourceError(
                f"Slack would not hand over {name} (HTTP {response.status}). Does Byline have files:read?"
            )
        data = bytearray()
        async for chunk in response.content.iter_chunked(65_536):
            data += chunk
            if len(data) > max_bytes:
                raise _too_large(name, len(data), max_bytes)
        return bytes(data)


def _too_large(name: str, size: int, max_bytes: int) -> SourceError:
    return SourceError(
        f"{name} has {size / 1e6:.1f} MB, more than the {max_bytes / 1e6:g} MB Byline takes for an article. Split it."
    )


def _is_slacks(url: str, api_url: str) -> bool:
    """Only Slack's own hosts, or the configured API's, may see the token."""
    parts, api = urlsplit(url), urlsplit(api_url)
    if parts.scheme == "https" and (parts.hostname or "").endswith((".slack.com", ".slack-edge.com")):
        return True
    return (parts.scheme, parts.netloc) == (api.scheme, api.netloc) or (
        parts.hostname == api.hostname and api.hostname in ("127.0.0.1", "localhost", "::1")
    )
