"""What a column is in each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Dialect, Integer, LargeBinary, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

from face_match.core.types import Embeddings


class byte_length(FunctionElement[int]):  # noqa: N801 - a function of the database
    """The bytes that a value takes: an untrusted file may claim any number."""

    type = Integer()
    inherit_cache = True


@compiles(byte_length)
def _length(element: Any, compiler: Any, **options: Any) -> str:
    return f"length(CAST({compiler.process(element.clauses, **options)} AS BLOB))"


@compiles(byte_length, "postgresql")
def _stored_size(element: Any, compiler: Any, **options: Any) -> str:
    return f"pg_column_size({compiler.process(element.clauses, **options)})"


class Vector(UserDefinedType[bytes]):
    """pgvector's `vector`. Values are little-endian float32, as in SQLite. They are sent as text, whose
    numbers are exact, and come in pgvector's binary form: see `embeddings_in`."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "vector"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return lambda value: None if value is None else _text(np.frombuffer(value, "<f4"))

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        return func.vector_send(column, type_=LargeBinary())


_HEAD = 4
"""Bytes of pgvector's binary form before the numbers: how many they are, and nothing."""


def embeddings_in(blobs: Sequence[bytes], dialect: Dialect) -> Embeddings:
    """The embeddings in raw values of a column, one after another; float32."""
    if dialect.name == "sqlite":
        return np.frombuffer(b"".join(blobs), "<f4")
    return np.frombuffer(b"".join(blob[_HEAD:] for blob in blobs), ">f4").astype("<f4")


def _text(values: Any) -> str:
    return "[" + ",".join(map(repr, values.astype(float).tolist())) + "]"
