"""The size of an answer, asked of the server before the answer is: rows may be those of a hostile editor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select

from face_match.gallery.records.fields import RecordError

MAX_TEXT_BYTES = 600_000_000
"""Of one answer, which has a table of a million faces."""


def require_size(connection: Connection, *queries: Select[Any]) -> None:
    """Check that what each query would answer is, as text, not too large to be read; raises RecordError."""
    for query in queries:
        answer = query.subquery("answer")
        size = func.sum(func.octet_length(literal_column("answer::text")))
        found = connection.execute(select(func.coalesce(size, 0)).select_from(answer)).scalar_one()
        if found > MAX_TEXT_BYTES:
            raise RecordError("the records", "are larger than 600 MB")
