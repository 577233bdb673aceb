"""The schema of a gallery on a server: its tables, who made them, and what was chosen for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    insert,
    literal_column,
    select,
)

from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import ServerUnsuitableError
from face_match.core.translation import marked
from face_match.gallery.records.fields import RecordError
from face_match.gallery.storage.server import vectors
from face_match.gallery.storage.sql import tables as shared

VERSION = 1
"""The version of the schema, which counts apart from that of files: rows are of GALLERY_FORMAT."""

server_tables = MetaData()

facts = Table(
    "about",
    server_tables,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""The schema's version, where the crops are ("" for the database, else a folder that all see), and the mark
of that folder, see `crops_folder`."""

crops = Table(
    "crops",
    server_tables,
    Column("file", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("staged_at", DateTime(timezone=True), index=True),
)
"""A crop is staged until an edit that refers to it is committed."""

changes = Table(
    "changes",
    server_tables,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("commit", Text, nullable=False, unique=True),
    Column("author", Text, nullable=False, server_default=literal_column("session_user")),
    Column("at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("keys", shared.json_type),
    Column("is_of_embeddings", Integer, nullable=False),
)
"""What each commit touched, by table and key."""

author = literal_column("author", Text)
"""The column of `steps` that only a server has: who made the step."""

_MORE = """
ALTER TABLE steps ADD COLUMN author text NOT NULL DEFAULT session_user;
ALTER TABLE vectors ALTER COLUMN vector SET STORAGE MAIN;
ALTER TABLE crops ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE SEQUENCE step_ids OWNED BY steps.number;
CREATE INDEX edits_from_file ON edits ((edit->'from'->>'file')) WHERE edit->'from'->>'file' IS NOT NULL;
CREATE INDEX edits_to_file ON edits ((edit->'to'->>'file')) WHERE edit->'to'->>'file' IS NOT NULL;
"""
"""An embedding of 512 dimensions is just over the size from which PostgreSQL moves it out of its row; a PNG
is compressed already."""


def prepare(connection: psycopg.Connection[Any], schema: str) -> None:
    """Let a new connection find the tables of a schema, and the types of pgvector."""
    connection.execute(
        "SELECT set_config('search_path', concat_ws(', ', quote_ident(%s), (SELECT quote_ident(nspname)"
        " FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector')), false)",
        (schema,),
    )


def has_gallery(connection: Connection, schema: str) -> bool:
    """Whether a schema has a gallery."""
    query = "SELECT to_regclass(format('%%I.%%I', %(schema)s::text, 'about')) IS NOT NULL"
    return bool(connection.exec_driver_sql(query, {"schema": schema}).scalar_one())


def make_extension(connection: psycopg.Connection[Any], address: ServerAddress) -> None:
    """Install pgvector in the database; raises ServerUnsuitableError where the user may not."""
    query = "SELECT FROM pg_extension WHERE extname = 'vector'"
    if connection.execute(query).fetchone() is None:
        try:
            connection.execute("CREATE EXTENSION vector")
        except psycopg.errors.InsufficientPrivilege:
            reason = marked("an administrator must first run CREATE EXTENSION vector; in this database")
            raise ServerUnsuitableError(address.name, reason) from None


def make_gallery(connection: Connection, schema: str, chosen: Mapping[str, str]) -> None:
    """Make the tables of a new gallery, and record what was chosen for it."""
    quoted = connection.dialect.identifier_preparer.quote(schema)
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted}")
    shared.tables.create_all(connection, checkfirst=False)
    server_tables.create_all(connection, checkfirst=False)
    for statement in (
        *_MORE.strip().split("\n"),
        *vectors.MARK_NAMED,
        *_deferred(shared.tables.sorted_tables),
    ):
        connection.exec_driver_sql(statement)
    all_facts = {"version": str(VERSION), **chosen}
    connection.execute(insert(facts), [{"name": name, "value": value} for name, value in all_facts.items()])


def _deferred(tables: Sequence[Table]) -> list[str]:
    """Statements that let references be checked when a change is complete."""
    return [
        f"ALTER TABLE {table.name} ALTER CONSTRAINT {table.name}_{column.name}_fkey"
        " DEFERRABLE INITIALLY DEFERRED"
        for table in tables
        for column in table.columns
        if column.foreign_keys
    ]


def read_facts(connection: Connection) -> dict[str, str]:
    """What is recorded about the gallery; raises RecordError where a part of it is missing."""
    found = {row.name: row.value for row in connection.execute(select(facts))}
    if missing := {"version", "crops"}.difference(found):
        raise RecordError("about", f"has no {min(missing)}")
    return found
