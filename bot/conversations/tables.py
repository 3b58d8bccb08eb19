"""The schema. A change to it needs a migration: there are databases out there."""

from sqlalchemy import JSON, Boolean, Column, Float, Integer, MetaData, String, Table, Text

metadata = MetaData()
questions = Table(
    "questions",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("thread", String(32), index=True, nullable=False),
    Column("asker", String(32), index=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("details", JSON, nullable=False),
    Column("state", String(16), index=True, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Float, nullable=False),
    Column("answer", JSON),
    Column("received", Float, nullable=False),
)
messages = Table(
    "messages",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("ts", String(32), primary_key=True),
    Column("question", String(32), index=True, nullable=False),
)
threads = Table(
    "threads",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("thread", String(32), primary_key=True),
    Column("quiet", Boolean, nullable=False),
    Column("among_people", Boolean, nullable=False),
)
feedback = Table(
    "feedback",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("question", String(32), primary_key=True),
    Column("person", String(32), primary_key=True),
    Column("good", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given", Float, nullable=False),
)
handled = Table("handled_events", metadata, Column("id", String(160), primary_key=True), Column("at", Float))
