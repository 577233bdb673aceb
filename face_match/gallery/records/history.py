"""The steps that can be undone and redone, as JSON records and back.

    {"id", "description", "at", "undone",
     "edits": [{"table", "key", "from": {…}, "to": {…}, "vectors": {"<model>": "<base64>"}}]}

`from` and `to` have the fields that an edit changes; null where the row is not there, and then the other one
has all of them. Only a face that is gone is kept with its embeddings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import (
    RecordError,
    encode_embedding,
    pop_field,
    read_bool,
    read_count,
    read_embeddings,
    read_list,
    read_text,
)
from face_match.gallery.records.rows import Row, Table, read_patch, read_row

MAX_STEPS = 1000
"""Steps further back cannot be undone."""

NAMED_PREFIX, REJECTED = "added ", "said of "
"""How the descriptions of steps begin in which a person names faces, or says that they are not somebody's."""

MAX_ID = 1 << 53
"""Of a step; nobody makes so many, and records that have half of it already are not the program's."""


@dataclass(frozen=True)
class Step:
    """What is done, or not done, as one.

    Attributes:
        id: greater than those of the steps before.
        description: what it does, to go on after "Undid:".
        at: when it was done; ISO 8601, UTC.
        is_undone: whether it was undone, and can be redone.
    """

    id: int
    description: str
    at: str
    is_undone: bool = False


class HistoryEntry(NamedTuple):
    """A step as it is to be in the history from now on.

    Attributes:
        edits: that redo it, or that undo it once inverted.
        is_continued: they come after those that the history has of it; else in their place.
    """

    step: Step
    edits: Sequence[Edit]
    is_continued: bool = False


class NamingOutcomes(NamedTuple):
    """How many unnamed faces turned out to be somebody's in the gallery, and how many a stranger's."""

    known: int
    strangers: int


def naming_outcomes(edits: Sequence[Edit]) -> NamingOutcomes:
    """What a step says of faces that were in the gallery without a name. Whoever gets their first face was a
    stranger; what an import or `add` brings in with its name says nothing."""
    faces = [edit for edit in edits if edit.table is Table.FACES and edit.before is not None]
    new = {edit.key for edit in edits if edit.table is Table.PEOPLE and edit.before is None}
    owners = [edit.new("person") for edit in faces if edit.changes("person")]
    rejected = sum(edit.changes("rejections") and not edit.changes("person") for edit in faces)
    known = sum(owner is not None and owner not in new for owner in owners)
    return NamingOutcomes(known, len(new.intersection(owners)) + (0 if owners else rejected))


def edit_record(edit: Edit) -> dict[str, object]:
    """An edit to be written down."""
    record: dict[str, object] = {
        "table": edit.table.value,
        "key": edit.key,
        "from": None if edit.before is None else dict(edit.before),
        "to": None if edit.after is None else dict(edit.after),
    }
    if edit.embeddings:
        embeddings = edit.embeddings.items()
        record["vectors"] = {model: encode_embedding(embedding) for model, embedding in embeddings}
    return record


def read_edit(record: Mapping[str, Any]) -> Edit:
    """The edit of a record; raises one of `values.READ_ERRORS`."""
    known = dict(record)
    table, key = pop_field(known, "table", Table), pop_field(known, "key", read_text)
    embeddings = pop_field(known, "vectors", read_embeddings) if "vectors" in known else {}
    if embeddings and table is not Table.FACES:
        raise RecordError("vectors", "are of no face")
    is_whole = known["from"] is None or known["to"] is None

    def side(value: Any) -> Row | None:
        if value is None:
            return None
        row = read_row(table, value) if is_whole else read_patch(table, value)
        if is_whole and row[table.key] != key:
            raise ValueError("is of another row")
        return row

    before, after = pop_field(known, "from", side), pop_field(known, "to", side)
    if before is None and after is None:
        raise ValueError("is of no row")
    if before is not None and after is not None and before.keys() != after.keys():
        raise ValueError("has fields on one side only")
    return Edit(table, key, before, after, embeddings)


def step_record(step: Step, edits: Iterable[Edit]) -> dict[str, object]:
    """A step to be written down, with its edits."""
    return {**step_fields(step), "edits": [edit_record(edit) for edit in edits]}


def step_fields(step: Step) -> dict[str, object]:
    """The same without edits."""
    return {"id": step.id, "description": step.description, "at": step.at, "undone": step.is_undone}


def read_step(record: Mapping[str, Any]) -> tuple[Step, list[Edit]]:
    """The step of a record; raises one of `values.READ_ERRORS`."""
    known = dict(record)
    edits = pop_field(known, "edits", lambda values: read_list(values, read_edit))
    return read_step_fields(known), edits


def read_step_fields(record: Mapping[str, Any]) -> Step:
    """The same without edits."""
    known = dict(record)
    return Step(
        pop_field(known, "id", _step_id),
        pop_field(known, "description", read_text),
        pop_field(known, "at", read_text),
        pop_field(known, "undone", read_bool),
    )


def _step_id(value: object) -> int:
    if read_count(value) > MAX_ID:
        raise ValueError("is too large a number")
    return read_count(value)


def read_steps(records: object) -> list[tuple[Step, list[Edit]]]:
    """All of a history, in order; raises RecordError."""
    steps = pop_field({"history": records}, "history", lambda values: read_list(values, read_step))
    require_order([step for step, _ in steps])
    return steps


def require_order(steps: Sequence[Step]) -> None:
    """Refuse a history in which steps are out of order; raises RecordError."""
    ids = [step.id for step in steps]
    undone = [step.is_undone for step in steps]
    if ids != sorted(set(ids)) or undone != sorted(undone):
        raise RecordError("history", "has steps out of order")
