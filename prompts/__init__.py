"""The texts Byline speaks or is spoken to with, one Markdown file each."""

from functools import lru_cache
from importlib import resources
from string import Template


@lru_cache
def load(name: str) -> Template:
    """The text of `prompts/<name>.md`, with `$placeholders`. Raise FileNotFoundError if there is none."""
    return Template(resources.files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8").strip())
