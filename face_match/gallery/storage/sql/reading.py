"""Reading rows from a database of either kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from operator import itemgetter

from sqlalchemy import Connection, exists, func, select

from face_match.core.types import Embedding
from face_match.gallery.records.fields import parse_text, reading_at
from face_match.gallery.records.rows import Row, Table
from face_match.gallery.storage.sql import row_reading, summaries
from face_match.gallery.storage.sql import tables as sql
from face_match.gallery.storage.store import FaceFile


class SqlReading(ABC):
    """The methods of a store that ask for rows in the same words, whatever the database."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection for reading."""

    def rows(self, table: Table, column: str, values: Collection[str | None]) -> list[Row]:
        wanted = {*values}
        if not wanted:
            return []
        with self._reading() as connection:
            conditions = row_reading.lookup_conditions(connection, sql.TABLE_OF[table].c[column], wanted)
            found = [row for one in conditions for row in row_reading.read_numbered(connection, table, one)]
            return [row for _, row in sorted(found, key=itemgetter(0)) if row[column] in wanted]

    def rejected_rows(self) -> list[Row]:
        with self._reading() as connection:
            return row_reading.read_rows(connection, Table.FACES, sql.faces.c.rejections.is_not(None))

    def all_rows(self, table: Table) -> Iterator[Row]:
        with self._reading() as connection:
            yield from row_reading.each_row(connection, table)

    def photos_without_faces(self, *, but_ignored: bool) -> Iterator[Row]:
        own = exists().where(sql.faces.c.photo == sql.photos.c.id)
        others = own.where(sql.faces.c.is_ignored == 0) if but_ignored else own
        with self._reading() as connection:
            yield from row_reading.each_row(connection, Table.PHOTOS, ~others)

    def face_files(self) -> list[FaceFile]:
        with self._reading() as connection, reading_at("faces"):
            return summaries.read_face_files(connection)

    def people_in(self, photo_ids: Collection[str]) -> set[tuple[str, str]]:
        photo, wanted = sql.faces.c.photo, {*photo_ids}
        query = select(sql.bounded(photo), sql.bounded(sql.faces.c.person)).where(
            sql.faces.c.person.is_not(None)
        )
        with self._reading() as connection:
            found = {
                (str(photo_id), str(person))
                for condition in row_reading.lookup_conditions(connection, photo, wanted)
                for photo_id, person in connection.execute(query.where(condition))
            }
        return {pair for pair in found if pair[0] in wanted}

    def embeddings_of(self, face_ids: Collection[str]) -> dict[str, dict[str, Embedding]]:
        wanted = {*face_ids}
        found: dict[str, dict[str, Embedding]] = {face_id: {} for face_id in face_ids}
        with self._reading() as connection:
            for condition in row_reading.lookup_conditions(connection, sql.embeddings.c.face, wanted):
                embeddings = row_reading.read_embeddings(connection, condition)
                found.update((face_id, own) for face_id, own in embeddings.items() if face_id in wanted)
        return found

    def named_count_by_model(self) -> dict[str, int]:
        model = sql.bounded(sql.embeddings.c.model)
        query = (
            select(model, func.count())
            .join(sql.faces, sql.faces.c.id == sql.embeddings.c.face)
            .where(sql.faces.c.person.is_not(None))
            .group_by(model)
        )
        with self._reading() as connection, reading_at("vectors.model"):
            return {parse_text(model): count for model, count in connection.execute(query)}

    def without_embedding(self, model_id: str, *, named: bool) -> list[str]:
        own = sql.embeddings.c
        has_one = exists().where(own.face == sql.faces.c.id, own.model == model_id)
        person = sql.faces.c.person
        query = (  # with NOT IN, PostgreSQL would compare each face with all embeddings
            select(sql.faces.c.id)
            .where(person.is_not(None) if named else person.is_(None), ~has_one)
            .order_by(sql.faces.c.number)
        )
        with self._reading() as connection, reading_at("faces.id"):
            return [parse_text(face_id) for (face_id,) in row_reading.all_rows(connection, query)]

    def photo_dates(self) -> dict[str, str]:
        query = (
            select(sql.bounded(sql.faces.c.id), sql.bounded(sql.photos.c.taken))
            .join(sql.photos, sql.photos.c.id == sql.faces.c.photo)
            .where(sql.faces.c.person.is_not(None), sql.photos.c.taken != "")
        )
        with self._reading() as connection:
            rows = row_reading.all_rows(connection, query)
            with reading_at("photos.taken"):
                return {parse_text(face_id): parse_text(taken) for face_id, taken in rows}
