import logging

import pytest

from bot.slack.clients import TokenRedaction, redacted


@pytest.mark.parametrize(
    "secret", ["xoxb-1-2-abc", "xapp-1-A0-9-def", "xoxe.xoxp-1-abc", "https://hooks.slack.com/commands/T/1/abc"]
)
def test_no_token_passes_into_a_log(secret: str, caplog: pytest.LogCaptureFixture) -> None:
    assert secret.split("/")[-1] not in redacted(f"sent with {secret}.")
    try:
        raise ValueError(f"Authorization: Bearer {secret}")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "using %s", (secret,), None)
        import sys

        record.exc_info = sys.exc_info()
    assert TokenRedaction().filter(record)
    written = logging.Formatter("%(message)s").format(record)
    assert secret not in written
    assert "[token]" in written
