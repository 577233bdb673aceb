"""The script of roles lets readers read, and editors edit, and neither do more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from face_match.core.gallery_place import ServerAddress
from face_match.core.server_errors import ServerRightsError
from face_match.gallery.storage.server import connecting
from face_match.gallery.storage.server.connecting import connect, may_edit, server_errors
from tests.postgres import Postgres

SCRIPT = Path(connecting.__file__).with_name("roles.sql")
TABLES = ("people", "faces")
CHOSEN = "about"
"""What is chosen for the gallery: the version of its tables, and the folder of its crops."""


@pytest.fixture
def schema(postgres: Postgres, server_address: ServerAddress) -> Iterator[str]:
    """A schema with the tables of a gallery, and a user for each of its roles."""
    name = f'{server_address.schema} "of" Ada'
    quoted = '"' + name.replace('"', '""') + '"'
    postgres.sql(
        f"CREATE SCHEMA {quoted}; CREATE ROLE ada LOGIN; CREATE ROLE grace LOGIN; CREATE ROLE eve LOGIN"
    )
    for table in (*TABLES, CHOSEN):
        postgres.sql(f"CREATE TABLE {quoted}.{table} (number bigserial PRIMARY KEY, name text)")
    for _ in range(2):  # it can be run again
        postgres.run_script(SCRIPT, schema=name)
    editor, reader = ('"' + f"{name}_{role}".replace('"', '""') + '"' for role in ("editor", "reader"))
    postgres.sql(f"GRANT {editor} TO ada; GRANT {reader} TO grace")
    yield quoted
    postgres.sql(f"DROP SCHEMA {quoted} CASCADE; DROP ROLE ada, grace, eve")
    postgres.sql(f"DROP OWNED BY {editor}, {reader}; DROP ROLE {editor}, {reader}")


def test_an_editor_changes_rows_and_a_reader_reads_them(server_address: ServerAddress, schema: str) -> None:
    name = schema[1:-1].replace('""', '"')
    with connect(replace(server_address, user="ada")) as ada:
        assert may_edit(ada, name, TABLES)
        ada.execute(f"INSERT INTO {schema}.people (name) VALUES ('Ada')")
        ada.execute(f"UPDATE {schema}.people SET name = 'Ada Lovelace'")
    with connect(replace(server_address, user="grace")) as grace:
        assert not may_edit(grace, name, TABLES)
        rows = grace.execute(f"SELECT name FROM {schema}.people").fetchall()
        assert rows == [("Ada Lovelace",)]
        for statement in ("INSERT INTO {}.people VALUES (9, 'x')", "DELETE FROM {}.people"):
            with pytest.raises(ServerRightsError), server_errors(server_address):
                grace.execute(statement.format(schema))


@pytest.mark.parametrize(
    "statement", ["INSERT INTO {} (name) VALUES ('x')", "UPDATE {} SET name = 'x'", "DELETE FROM {}"]
)
def test_an_editor_cannot_change_what_was_chosen_for_the_gallery(
    server_address: ServerAddress, schema: str, statement: str
) -> None:
    with connect(replace(server_address, user="ada")) as ada:
        ada.execute(f"SELECT name FROM {schema}.{CHOSEN}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ada.execute(statement.format(f"{schema}.{CHOSEN}"))


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE {}.people",
        "CREATE TABLE {}.more (x int)",
        "CREATE FUNCTION {}.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE {}.people ADD COLUMN x int",
        "CREATE RULE r AS ON INSERT TO {}.people DO INSTEAD NOTHING",
        "CREATE ROLE mallory",
    ],
)
def test_an_editor_cannot_make_others_run_code(
    server_address: ServerAddress, schema: str, statement: str
) -> None:
    with (
        connect(replace(server_address, user="ada")) as ada,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        ada.execute(statement.format(schema))


def test_a_table_made_later_has_the_same_rights(
    postgres: Postgres, server_address: ServerAddress, schema: str
) -> None:
    postgres.sql(f"CREATE TABLE {schema}.changes (number bigserial PRIMARY KEY, name text)")
    with connect(replace(server_address, user="ada")) as ada:
        ada.execute(f"INSERT INTO {schema}.changes (name) VALUES ('x')")
    with connect(replace(server_address, user="grace")) as grace:
        assert grace.execute(f"SELECT name FROM {schema}.changes").fetchall() == [("x",)]


def test_someone_without_a_role_sees_nothing(server_address: ServerAddress, schema: str) -> None:
    with (
        connect(replace(server_address, user="eve")) as eve,
        pytest.raises(ServerRightsError),
        server_errors(server_address),
    ):
        eve.execute(f"SELECT name FROM {schema}.people")
