"""The seam between retrieval and words: what stands behind it may be rules, a reader or a chat model."""

from typing import Protocol

from bot.answering.types import Draft, Inquiry


class Generator(Protocol):
    """Chooses the sentences that answer. Whatever it returns is verified before anybody sees it."""

    def generate(self, inquiry: Inquiry) -> Draft: ...
