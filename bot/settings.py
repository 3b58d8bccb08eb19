"""Settings from the environment and `.env`: the only place that reads either."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError


class Settings(BaseSettings):
    """Every setting, its environment variable (the name in capitals), default and range."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    byline_home: Annotated[Path, Field(description="Folder of the library and the chat history.")] = user_data_path(
        "byline"
    )
    byline_cache: Annotated[Path, Field(description="Folder of the exported embedding model; can be deleted.")] = (
        user_cache_path("byline")
    )
    chroma_url: Annotated[
        str, Field(description="A Chroma server, such as http://127.0.0.1:8000; empty: the embedded library.")
    ] = ""
    embedding_model: Annotated[
        str, Field(min_length=1, description="The bundled model, or any sentence-transformers name or folder.")
    ] = "all-MiniLM-L6-v2"
    reader_model: Annotated[
        str,
        Field(min_length=1, description="The bundled reader, none, or any extractive-QA model by hub name or folder."),
    ] = "byline-reader"
    passage_chars: Annotated[int, Field(ge=200, le=4000, description="The longest passage, in characters.")] = 600
    top_k: Annotated[int, Field(ge=1, le=50, description="Passages retrieved for a question.")] = 8
    candidates: Annotated[
        int, Field(ge=1, le=500, description="Passages that each of dense and BM25 retrieval ranks before fusion.")
    ] = 50
    bm25_weight: Annotated[
        float, Field(ge=0, le=1, description="Share of BM25 in the fusion; 0 is dense only, 1 BM25 only.")
    ] = 0.45
    min_support: Annotated[
        float,
        Field(ge=0, le=1, description="Support below which Byline declines; lower answers more, higher declines more."),
    ] = 0.5
    max_file_mb: Annotated[
        float, Field(gt=0, le=1000, description="The largest file taken for an article, in megabytes.")
    ] = 2
    max_question_chars: Annotated[int, Field(ge=10, le=100_000, description="The longest question, in characters.")] = (
        2000
    )

    slack_bot_token: Annotated[SecretStr, Field(description="The Bot User OAuth Token of one workspace, xoxb-….")] = (
        SecretStr("")
    )
    slack_app_token: Annotated[
        SecretStr, Field(description="The app-level token of Socket Mode, xapp-…; empty: HTTP events.")
    ] = SecretStr("")
    slack_signing_secret: Annotated[
        SecretStr, Field(description="The Signing Secret, which proves that HTTP events are Slack's.")
    ] = SecretStr("")
    slack_client_id: Annotated[
        str, Field(description="The app's client id, for installing into many workspaces; leave SLACK_BOT_TOKEN empty.")
    ] = ""
    slack_client_secret: Annotated[SecretStr, Field(description="The client secret that belongs to it.")] = SecretStr(
        ""
    )
    slack_api_url: Annotated[str, Field(description="Slack's Web API; ends in /api/.")] = "https://slack.com/api/"
    database_url: Annotated[
        SecretStr,
        Field(
            description="Database of the conversations, sqlite:///… or postgresql://…; empty: a file in BYLINE_HOME."
        ),
    ] = SecretStr("")
    bind_host: Annotated[str, Field(min_length=1, description="Address of the HTTP server.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port of Slack's events, of /healthz and of /readyz.")] = (
        3000
    )
    queue_size: Annotated[int, Field(ge=1, le=100_000, description="Questions from Slack that may wait.")] = 1000
    allow_private_urls: Annotated[
        bool, Field(description="Whether articles may be added from addresses of this machine or a private network.")
    ] = False

    @field_validator("byline_home", "byline_cache")
    @classmethod
    def _expand(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()


def load_settings() -> Settings:
    """Raise SettingsError naming the first setting that cannot be used, its value and what it may be."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors()[0]
        name = str(problem["loc"][0])
        field = Settings.model_fields.get(name)
        meaning = f" {field.description}" if field else ""
        raise SettingsError(
            f"{name.upper()} is {str(problem['input'])!r}: {problem['msg'].lower()}.{meaning} Mend it in the environment or in .env."
        ) from None
