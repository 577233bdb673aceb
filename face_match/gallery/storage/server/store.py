"""The records of a gallery on a PostgreSQL server, which several programs change at once."""

from __future__ import annotations

import contextlib
import uuid
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from psycopg.types.json import set_json_dumps, set_json_loads
from sqlalchemy import Connection, ExceptionContext, create_engine, delete, event, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from face_match.core.errors import GalleryDamagedError, GalleryNewerError, GalleryWriteError
from face_match.core.gallery_place import ServerAddress
from face_match.core.records import Person
from face_match.core.server_errors import (
    ChangedElsewhereError,
    ServerAwayError,
    ServerGalleryMissingError,
    ServerRightsError,
)
from face_match.core.translation import marked
from face_match.core.types import Embedding
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import READ_ERRORS, RecordError, parse_list, parse_text
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.rows import Contents, Table
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.server import checks, json_text, schema
from face_match.gallery.storage.server import crops_folder as crops_folders
from face_match.gallery.storage.server.answer_size import require_size
from face_match.gallery.storage.server.connecting import connect, limit_statements, may_edit, server_errors
from face_match.gallery.storage.server.crops import ServerCrops, remove_abandoned, settle
from face_match.gallery.storage.server.limited_connection import LimitedConnection
from face_match.gallery.storage.server.notifications import Notifications, channel_of
from face_match.gallery.storage.server.schema import changes
from face_match.gallery.storage.sql import row_reading, row_writing, summaries
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.sql.column_types import embeddings_in
from face_match.gallery.storage.sql.reading import SqlReading
from face_match.gallery.storage.store import Changes, Closable, Counts, EmbeddingRows, Listener
from face_match.gallery.storage.vault import Vault

CONNECTIONS = 4
MOST_CHANGES = 10_000
"""The number of commits that are remembered: whoever has missed more reads everything anew."""


class ServerStore(SqlReading):
    """A store on a server. Its methods raise the kinds of ServerError, and for commits that contradict what
    others have done meanwhile ChangedElsewhereError."""

    vault: Vault | None = None
    generation = 0
    is_older_version = False
    predates_faces = False

    def __init__(
        self, address: ServerAddress, folder: Path, *, for_writing: bool, crops_folder: str = ""
    ) -> None:
        """Open the gallery of a schema; one that does not exist is made, if it is to be written.

        Args:
            folder: what this computer alone keeps of the gallery.
            crops_folder: where a new gallery has its crops; "" for the database.
        Raises:
            ServerGalleryMissingError, ServerRightsError, ServerUnsuitableError, ServerAwayError,
            ServerPasswordError, GalleryNewerError.
        """
        self.address, self.folder = address, folder
        self.path = folder / "on the server"
        """No file has the records."""
        self.unused_crops: set[str] = set()
        """Crops that the next commit may make unused."""
        self._engine = create_engine(
            "postgresql+psycopg://", creator=self._connect, pool_size=CONNECTIONS, pool_pre_ping=True
        )
        event.listen(self._engine, "handle_error", _close_cursor)
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(self.close)
            with self._reading() as connection:
                is_there = schema.has_gallery(connection, address.schema)
            if not is_there and not for_writing:
                raise ServerGalleryMissingError(address.name)
            if not is_there:
                self._make(crops_folder)
            with self._reading() as connection:
                facts = schema.read_facts(connection)
                if int(facts["version"]) > schema.VERSION:
                    raise GalleryNewerError(Path(address.name), facts["version"], str(schema.VERSION))
                self.number = checks.last_change(connection, changes)
                """The last commit that the program knows."""
            if for_writing:
                with self.searching() as driver:
                    if not may_edit(driver, address.schema, tuple(table.value for table in Table)):
                        raise ServerRightsError(address.name, marked("it may only be read"))
                with self._writing() as connection:
                    remove_abandoned(connection)
            self.crops: Crops = ServerCrops(folder, self._reading, self._writing)
            if facts["crops"]:
                crops_folders.require_own(facts["crops"], facts.get("crops_mark", ""), address.name)
                self.crops = Crops(Path(facts["crops"]))
            on_failure.pop_all()
        weakref.finalize(self, self._engine.dispose)  # readers may never close it

    def _connect(self) -> LimitedConnection:
        connection = connect(self.address)
        set_json_dumps(json_text.dumps, connection)
        set_json_loads(json_text.loads, connection)
        schema.prepare(connection, self.address.schema)
        connection.autocommit = False
        return connection

    def _make(self, crops_folder: str) -> None:
        with contextlib.closing(connect(self.address)) as connection, server_errors(self.address):
            schema.make_extension(connection, self.address)
        self._engine.dispose()  # its connections do not find the types of the extension
        chosen = {"crops": crops_folder, "crops_mark": ""}
        try:
            with self._writing(is_locked=True) as connection:
                if schema.has_gallery(connection, self.address.schema):  # somebody else was faster
                    return
                if crops_folder:
                    chosen["crops_mark"] = crops_folders.take(crops_folder, self.address.name)
                schema.make_gallery(connection, self.address.schema, chosen)
        except ServerAwayError:
            raise  # it may have been made in the last moment
        except BaseException:  # which goes on; the folder must not keep the mark of no gallery
            if chosen["crops_mark"]:
                crops_folders.give_back(crops_folder, chosen["crops_mark"])
            raise

    def migrate(self) -> None:
        """Convert the records to this version's format: there is one version so far."""

    def contents(self) -> Contents:
        with self._snapshot() as connection:
            require_size(connection, *(select(sql.TABLE_OF[table]) for table in Table))
            rows = {table: row_reading.read_rows(connection, table) for table in Table}
            folders = {None, *(row["folder"] for row in rows[Table.PEOPLE])}
            if any(row["person"] not in folders for row in rows[Table.FACES]):
                raise RecordError("faces", "refer to a missing or duplicate person")
            return Contents(rows, {**row_reading.read_embeddings(connection)})

    def counts(self) -> Counts:
        with self._snapshot() as connection:
            return summaries.read_counts(connection)

    def digest(self) -> str:
        with self._snapshot() as connection:
            return "".join(
                connection.exec_driver_sql(
                    f"SELECT md5(coalesce(string_agg(md5((to_jsonb(t) - 'number')::text), '' ORDER BY"
                    f" (to_jsonb(t) - 'number')::text), '')) FROM {table.name} t"
                ).scalar_one()
                for table in sql.tables.sorted_tables
            )

    def people(self) -> list[Person]:
        with self._snapshot() as connection:
            require_size(connection, select(sql.people))
            return row_reading.read_people(connection)

    def embeddings(self, model_id: str, dimensions: int) -> Iterator[EmbeddingRows]:
        query = (
            select(sql.embeddings.c.face, sql.faces.c.person, sql.embeddings.c.vector)
            .join(sql.faces, sql.faces.c.id == sql.embeddings.c.face)
            .where(sql.embeddings.c.model == model_id, sql.faces.c.person.is_not(None))
            .where(func.vector_dims(sql.embeddings.c.vector) == dimensions)
            .order_by(sql.embeddings.c.number)
            .execution_options(stream_results=True, max_row_buffer=row_reading.ROWS_AT_ONCE)
        )
        with self._reading() as connection, connection.execute(query) as result:
            for rows in result.partitions(row_reading.ROWS_AT_ONCE):
                ids, folders, vectors = zip(*rows, strict=True)
                matrix = embeddings_in(vectors, connection.dialect).reshape(len(ids), dimensions)
                if not abs(float(np.vdot(matrix, matrix)) - len(ids)) < 1e-2 * len(ids):
                    raise RecordError("vectors", "do not have unit length")  # or not finite
                yield EmbeddingRows(ids, folders, matrix)

    def next_step_id(self, last: int) -> int:
        with self._writing(is_locked=False) as connection:
            return int(connection.exec_driver_sql("SELECT nextval('step_ids')").scalar_one())

    def steps(self) -> list[Step]:
        with self._reading() as connection:
            require_size(connection, select(sql.steps))
            return row_reading.read_steps(connection, schema.author == func.session_user())

    def edits_of(self, step_id: int) -> list[Edit]:
        with self._reading() as connection:
            require_size(connection, select(sql.edits).where(sql.edits.c.step == step_id))
            return row_reading.read_edits(connection, step_id)

    def history_edits(self) -> Iterator[tuple[int, Edit]]:
        with self._reading() as connection:
            yield from row_reading.each_edit(connection, schema.author == func.session_user())

    def commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, forget: Collection[int] = ()
    ) -> None:
        with self._committing(_keys(edits)) as connection:
            is_behind = checks.last_change(connection, changes) != self.number
            if is_behind:
                checks.require_read(edits, _changes_since(connection, self.number))
                checks.require_unchanged(connection, edits)
            row_writing.make_edits(connection, edits)
            if is_behind:
                checks.require_nobody_without_faces(connection, edits)
            if forget:
                row_writing.delete_steps(connection, forget)
            if entry is not None:
                row_writing.write_step(connection, entry)
                if is_behind:
                    self._require_order(connection)
            if isinstance(self.crops, ServerCrops):
                settle(connection, edits, self.unused_crops)

    def _require_order(self, connection: Connection) -> None:
        """Refuse a step after ones that were undone meanwhile, in another window of the same user."""
        try:
            row_reading.read_steps(connection, schema.author == func.session_user())
        except RecordError:
            raise ChangedElsewhereError from None

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding]) -> None:
        with self._committing({}, is_of_embeddings=True) as connection:
            row_writing.put_embeddings(connection, model_id, embeddings)

    @contextlib.contextmanager
    def _committing(
        self, keys: Mapping[str, Sequence[str]] | None, *, is_of_embeddings: bool = False
    ) -> Iterator[Connection]:
        """A transaction that others hear of. If the connection is lost in its last moment, the server is
        asked whether it was made."""
        mark, number, known = uuid.uuid4().hex, 0, 0
        try:
            with self._writing(is_locked=True) as connection:
                known = checks.last_change(connection, changes)
                yield connection
                values = {"commit": mark, "keys": keys, "is_of_embeddings": int(is_of_embeddings)}
                new = insert(changes).values(values).returning(changes.c.number)
                number = connection.execute(new).scalar_one()
                connection.execute(delete(changes).where(changes.c.number <= number - MOST_CHANGES))
                channel = channel_of(self.address.schema)
                connection.execute(select(func.pg_notify(channel, str(number))))
        except ServerAwayError:
            if not number or not self._has_commit(mark):
                raise
        if known == self.number:
            self.number = number

    def _has_commit(self, mark: str) -> bool:
        with contextlib.suppress(ServerAwayError), self._reading() as connection:
            known = select(changes.c.number).where(changes.c.commit == mark)
            return connection.execute(known).first() is not None
        return False

    @contextlib.contextmanager
    def erasing(self) -> Iterator[Connection]:
        """A transaction that forgets what was changed before, so that all others read everything anew.

        At its end the space of what was deleted is free to be overwritten.
        """
        with self._committing(None, is_of_embeddings=True) as connection:
            connection.execute(delete(changes))
            yield connection
        with self.working() as working:
            for table in (*sql.tables.sorted_tables, schema.crops, changes):
                working.execute(f"VACUUM {table.name}".encode())

    def changes_since(self, number: int) -> Changes:
        """What was committed after a number, by anybody."""
        with self._snapshot() as connection:
            return _changes_since(connection, number)

    def unread_changes(self) -> Changes | None:
        changes = self.changes_since(self.number)
        return changes if changes.number != self.number else None

    def have_read(self, changes: Changes) -> None:
        self.number = changes.number

    def listen(self, listener: Listener) -> Closable | None:
        return Notifications(lambda: connect(self.address), self.address.schema, listener)

    def copy_to(self, path: Path) -> None:
        raise GalleryWriteError(path, marked("a gallery on a server is backed up by its administrators"))

    def close(self) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        """A connection that sees one state of the gallery."""
        with self._errors(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextlib.contextmanager
    def searching(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection, as the driver has it, that sees one state of the gallery."""
        with self._snapshot() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            yield driver

    @contextlib.contextmanager
    def working(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of its own, for work that takes minutes; each statement is a transaction."""
        with self._errors(), contextlib.closing(self._connect()) as connection:
            connection.autocommit = True
            connection.max_answer_s = None
            limit_statements(connection, 0)
            yield connection

    @contextlib.contextmanager
    def _writing(self, *, is_locked: bool = False) -> Iterator[Connection]:
        """A transaction, which is committed at the end.

        Args:
            is_locked: nobody else commits meanwhile.
        """
        with self._errors(), self._engine.begin() as connection:
            if is_locked:
                key = f"face-match {self.address.schema}"
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
            yield connection

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Raise errors of the database and of its values as FaceMatchError."""
        try:
            with server_errors(self.address):
                try:
                    yield
                except IntegrityError as exc:
                    raise ChangedElsewhereError from exc
                except DBAPIError as exc:
                    if not isinstance(exc.orig, psycopg.Error):
                        raise
                    raise exc.orig from None
        except psycopg.DataError as exc:
            raise GalleryWriteError(self.path, marked("a text cannot be stored on a server")) from exc
        except psycopg.Error as exc:
            raise ServerAwayError(self.address.name, marked("the server reported an error")) from exc
        except RecordError as exc:
            raise GalleryDamagedError(self.path, str(exc)) from exc
        except UnicodeEncodeError as exc:
            raise GalleryWriteError(self.path, marked("a text cannot be stored on a server")) from exc
        except READ_ERRORS as exc:
            raise GalleryDamagedError(self.path, marked("a record is invalid")) from exc


def _close_cursor(context: ExceptionContext) -> None:
    """Close the cursor of a lost connection, which SQLAlchemy leaves open."""
    executed = context.execution_context
    if context.is_disconnect and executed is not None:
        executed.cursor.close()


def _keys(edits: Sequence[Edit]) -> dict[str, list[str]]:
    """The keys that edits touch, by table."""
    found: dict[str, set[str]] = {}
    for edit in edits:
        found.setdefault(edit.table.value, set()).add(edit.key)
    return {table: sorted(own) for table, own in found.items()}


def _changes_since(connection: Connection, number: int) -> Changes:
    """What was committed after a number, by anybody."""
    query = select(changes.c.number, changes.c["keys"], changes.c.is_of_embeddings)
    first, last = connection.execute(
        select(func.coalesce(func.min(changes.c.number), 0), func.coalesce(func.max(changes.c.number), 0))
    ).one()
    query = query.where(changes.c.number > number)
    require_size(connection, query)
    rows = connection.execute(query).all()
    found: dict[Table, set[str]] = {table: set() for table in Table}
    touched = [_touched(keys) for _, keys, _ in rows]
    for keys in touched:
        for table, own in (keys or {}).items():
            found[table].update(own)
    is_complete = number == last or (first <= number + 1 <= last and None not in touched)
    return Changes(last, found, any(row[2] for row in rows), is_complete)


def _touched(keys: Any) -> dict[Table, list[str]] | None:
    """What a commit touched; None for all, also where an editor has written something else by hand."""
    try:
        return {Table(table): parse_list(own, parse_text) for table, own in keys.items()}
    except READ_ERRORS:
        return None
