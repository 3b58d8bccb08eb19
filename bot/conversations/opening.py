"""From a database URL to the store."""

from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.conversations.store import Conversations
from bot.conversations.tables import metadata
from bot.errors import ConversationsError, SettingsError


async def open_conversations(url: str, home: Path) -> Conversations:
    """The database at `url` (sqlite or postgresql), or a file under `home` if it is empty.

    Raise SettingsError for a URL that cannot be used, ConversationsError if the database does not open. Neither
    message holds the URL's password.
    """
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{home / 'conversations.sqlite3'}"
    try:
        parsed = make_url(url)
        drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
        engine = create_async_engine(parsed.set(drivername=drivers.get(parsed.drivername, parsed.drivername)))
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise SettingsError(
            "DATABASE_URL is not one Byline can use. Give sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME "
            "with `pip install asyncpg`, or leave it empty for a file in BYLINE_HOME."
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        raise ConversationsError(
            f"The conversations at {parsed.render_as_string(hide_password=True)} cannot be opened "
            f"({type(error).__name__}). Check DATABASE_URL, and that the database is there and may be written."
        ) from None
    return Conversations(engine)


def _tune_sqlite(connection: Any, _: Any) -> None:
    # WAL with NORMAL keeps every commit through a killed process (https://sqlite.org/wal.html), at a tenth of the cost
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
