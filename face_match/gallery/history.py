"""Changes as JSON records and back, so that they can be taken back after a restart too.

    {"description", "at", "edits": [{"person": {…}, "from": …, "to": …} | {"sample": …} | {"rejection": …}]}

`from` and `to` are the folder of whose a sample or a rejection was and is, or what a person was and is
called; null for not there. Where other fields of a person have changed, `extra` has those of after. Only a
sample that is gone is kept with its vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from face_match.gallery.changes import (
    Change,
    Edit,
    FiledRejection,
    FiledSample,
    PersonEdit,
    RejectionEdit,
    SampleEdit,
)
from face_match.gallery.paths import safe_folder
from face_match.gallery.records import (
    PERSON_FIELDS,
    each,
    name_of_person,
    other_fields,
    person_record,
    read_person_alone,
    read_rejection,
    read_sample,
    rejection_record,
    sample_record,
    take,
    text,
)
from face_match.types import Person

LENGTH = 100
"""Changes further back cannot be taken back."""


def change_record(change: Change) -> dict[str, object]:
    """A change to be written down."""
    edits = [_edit_record(edit) for edit in change.edits]
    return {"description": change.description, "at": change.at, "edits": edits}


def read_change(record: Mapping[str, Any]) -> Change:
    """The change of a record; raises one of `records.MISREAD`."""
    known = dict(record)
    edits = tuple(take(known, "edits", _read_edits))
    return Change(take(known, "description", text), edits, take(known, "at", text))


def read_changes(records: object) -> list[Change]:
    """The changes of a history, the oldest first; raises MisreadError."""
    return take({"history": records}, "history", lambda changes: each(changes, read_change))


def _read_edits(values: object) -> list[Edit]:
    return each(values, _read_edit)


def _edit_record(edit: Edit) -> dict[str, object]:
    if isinstance(edit, PersonEdit):
        names = {"from": edit.before and edit.before.name, "to": edit.after and edit.after.name}
        record: dict[str, object] = {"person": person_record(_either(edit.before, edit.after)), **names}
        if edit.before is None or edit.after is None or edit.before.extra == edit.after.extra:
            return record
        return {**record, "extra": dict(edit.after.extra)}
    folders = {"from": edit.before and edit.before.folder, "to": edit.after and edit.after.folder}
    if isinstance(edit, SampleEdit):
        sample = _either(edit.before, edit.after).sample
        sample = sample if edit.after is None else replace(sample, vectors={})
        return {"sample": sample_record(sample), **folders}
    return {"rejection": rejection_record(_either(edit.before, edit.after).rejection), **folders}


def _either(before: Any, after: Any) -> Any:
    return before if before is not None else after


def _read_edit(record: Mapping[str, Any]) -> Edit:
    if record["from"] is None and record["to"] is None:
        raise ValueError("is of nobody")
    if "person" in record:
        person = read_person_alone(record["person"])

        def called(name: object) -> Person | None:
            return None if name is None else replace(person, name=name_of_person(name))

        new = called(record["to"])
        if new is not None and "extra" in record:
            new = replace(new, extra=other_fields(record["extra"], PERSON_FIELDS))
        return PersonEdit(called(record["from"]), new)
    before, after = (None if record[key] is None else safe_folder(record[key]) for key in ("from", "to"))
    if "sample" in record:
        sample = read_sample(record["sample"])
        return SampleEdit(
            None if before is None else FiledSample(before, sample),
            None if after is None else FiledSample(after, sample),
        )
    rejection = read_rejection(record["rejection"])
    return RejectionEdit(
        None if before is None else FiledRejection(before, rejection),
        None if after is None else FiledRejection(after, rejection),
    )
