"""The steps that can be undone and redone, and their JSON form.

{"id", "description", "at", "undone",
 "edits": [{"table", "key", "from": {…}, "to": {…}, "vectors": {"<model>": "<base64>"}}]}

`from` and `to` hold the fields that an edit changes. One of them is null if the row is added or removed, and
the other one then holds all fields. Only added and removed faces are stored with their embeddings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import (
    RecordError,
    encode_embedding,
    parse_bool,
    parse_count,
    parse_embeddings,
    parse_list,
    parse_text,
    pop_field,
)
from face_match.gallery.records.rows import Row, Table, read_patch, read_row

MAX_STEPS = 1000
"""The history holds this many steps; older ones cannot be undone."""

NAMED_PREFIX, REJECTED_PREFIX = "added ", "rejected "
NAMING_PREFIXES = (NAMED_PREFIX, REJECTED_PREFIX, "said of ")
"""How step descriptions begin in which the user names faces or rejects people; the last is an old form."""

DELETED_PREFIX = "deleted "
"""How the description of a step begins that deletes people, who can be brought back."""

MAX_ID = 1 << 53
"""The largest step id that is accepted. No session gets near half of it."""


@dataclass(frozen=True)
class Step:
    """One user action, which is undone or redone as a whole.

    Attributes:
        id: increases from step to step.
        description: what the step did, to be read after "Undid:".
        at: when it was done; ISO 8601, UTC.
        is_undone: whether it was undone and can be redone.
    """

    id: int
    description: str
    at: str
    is_undone: bool = False


class HistoryEntry(NamedTuple):
    """A step to store in the history.

    Attributes:
        edits: redo the step; inverted, they undo it.
        is_continued: append to the step's stored edits instead of replacing them.
    """

    step: Step
    edits: Sequence[Edit]
    is_continued: bool = False


class NamingOutcomes(NamedTuple):
    """How many unnamed faces were named after people in the gallery, and how many after new people."""

    known: int
    strangers: int


def naming_outcomes(edits: Sequence[Edit]) -> NamingOutcomes:
    """Count the outcomes of naming or rejecting unnamed faces in a step.

    A person who gets a first face is new. Faces that come with a name, from an import or `add`, are not
    counted.
    """
    faces = [edit for edit in edits if edit.table is Table.FACES and edit.before is not None]
    new = {edit.key for edit in edits if edit.table is Table.PEOPLE and edit.before is None}
    owners = [edit.new("person") for edit in faces if edit.changes("person")]
    rejected = sum(edit.changes("rejections") and not edit.changes("person") for edit in faces)
    known = sum(owner is not None and owner not in new for owner in owners)
    return NamingOutcomes(known, len(new.intersection(owners)) + (0 if owners else rejected))


def edit_record(edit: Edit) -> dict[str, object]:
    """An edit as a JSON record."""
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
    """The edit of a record; raises one of `fields.READ_ERRORS`."""
    known = dict(record)
    table, key = pop_field(known, "table", Table), pop_field(known, "key", parse_text)
    embeddings = pop_field(known, "vectors", parse_embeddings) if "vectors" in known else {}
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
        raise ValueError("has different fields in “from” and “to”")
    return Edit(table, key, before, after, embeddings)


def step_record(step: Step, edits: Iterable[Edit]) -> dict[str, object]:
    """A step as a JSON record, with its edits."""
    return {**step_fields(step), "edits": [edit_record(edit) for edit in edits]}


def step_fields(step: Step) -> dict[str, object]:
    """A step's own fields, without its edits."""
    return {"id": step.id, "description": step.description, "at": step.at, "undone": step.is_undone}


def read_step(record: Mapping[str, Any]) -> tuple[Step, list[Edit]]:
    """The step of a record; raises one of `fields.READ_ERRORS`."""
    known = dict(record)
    edits = pop_field(known, "edits", lambda values: parse_list(values, read_edit))
    return read_step_fields(known), edits


def read_step_fields(record: Mapping[str, Any]) -> Step:
    """The step of a record without edits."""
    known = dict(record)
    return Step(
        pop_field(known, "id", _step_id),
        pop_field(known, "description", parse_text),
        pop_field(known, "at", parse_text),
        pop_field(known, "undone", parse_bool),
    )


def _step_id(value: object) -> int:
    if parse_count(value) > MAX_ID:
        raise ValueError("is too large")
    return parse_count(value)


def read_steps(records: object) -> list[tuple[Step, list[Edit]]]:
    """A whole history, in order; raises RecordError."""
    steps = pop_field({"history": records}, "history", lambda values: parse_list(values, read_step))
    require_order([step for step, _ in steps])
    return steps


def require_order(steps: Sequence[Step]) -> None:
    """Refuse a history whose steps are out of order; raises RecordError."""
    ids = [step.id for step in steps]
    undone = [step.is_undone for step in steps]
    if ids != sorted(set(ids)) or undone != sorted(undone):
        raise RecordError("history", "has its steps out of order")
