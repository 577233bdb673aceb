"""The records of a gallery as rows of four tables, and their validation.

A row maps field names to JSON values. Rows may come from untrusted records, archives, backups and histories,
so every field is validated here (see `fields.py`) and every path must lie below the gallery. An invalid row
raises one of `fields.READ_ERRORS`. Fields unknown to this version are preserved in `extra`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from enum import Enum
from sys import intern
from typing import Any, NamedTuple, TypeVar

from face_match.core.records import (
    NOBODY,
    NOTHING,
    Conflict,
    Decision,
    FaceRecord,
    Origin,
    Person,
    PhotoRecord,
    Rejection,
    Source,
)
from face_match.core.types import Box, Embedding, FaceQuality, Landmarks, Verdict
from face_match.gallery.records.fields import (
    READ_ERRORS,
    RecordError,
    encode_embedding,
    parse_bool,
    parse_box,
    parse_count,
    parse_embeddings,
    parse_float,
    parse_int,
    parse_landmarks,
    parse_list,
    parse_name,
    parse_path,
    parse_text,
    pop_field,
)
from face_match.gallery.records.names import name_key
from face_match.gallery.records.paths import CROPS_FOLDER, safe_crop, safe_folder

log = logging.getLogger(__name__)

T = TypeVar("T")

Row = Mapping[str, Any]
"""A record, or some of its fields, with JSON values; read-only."""

MAX_DEPTH = 50
"""Deeper nesting in unknown fields is refused: it could be read but perhaps not be written again."""


class Table(str, Enum):
    """The kinds of records; `key` is the field that identifies a row."""

    PEOPLE = "people"
    PHOTOS = "photos"
    FACES = "faces"
    CONFLICTS = "conflicts"

    @property
    def key(self) -> str:
        return "folder" if self is Table.PEOPLE else "id"


def utc_now() -> str:
    """The current time in ISO 8601, UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _orientation(value: object) -> int:
    if not 1 <= parse_int(value) <= 8:
        raise ValueError("is not an EXIF orientation")
    return parse_int(value)


def _box(values: object) -> list[float]:
    return list(parse_box(values))


def _landmarks(values: object) -> list[list[float]]:
    return [list(point) for point in parse_landmarks(values)]


def _quality(value: Any) -> dict[str, object]:
    reasons = parse_list(value["reasons"], parse_text)
    return {
        "verdict": Verdict(value["verdict"]).value,
        "score": parse_float(value["score"]),
        "reasons": reasons,
    }


def _rejection(value: Any) -> dict[str, object]:
    similarity = {
        parse_text(model): parse_float(entry) for model, entry in dict(value.get("similarity", {})).items()
    }
    return {
        "folder": _folder(value["folder"]),
        "name": parse_name(value["name"]),
        "similarity": similarity,
    }


def _folder(value: object) -> str:
    return safe_folder(parse_text(value))


def _crop(value: object) -> str:
    return safe_crop(parse_text(value)) if value != "" else ""


def _ids(values: object) -> list[str]:
    return sorted({*parse_list(values, parse_text)})


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _list_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: parse_list(values, read)


def _one_of(kind: type[Enum]) -> Callable[[Any], Any]:
    return lambda value: kind(value).value


# Reading rows


class _Field(NamedTuple):
    read: Callable[[Any], Any]
    default: Any = ...
    """The value if the record lacks the field; a field without a default is required."""


FIELDS: Mapping[Table, Mapping[str, _Field]] = {
    Table.PEOPLE: {
        "folder": _Field(_folder),
        "name": _Field(parse_name),
        "added": _Field(parse_text),
        "cover": _Field(_or_none(parse_text), None),
        "born": _Field(parse_text, ""),
    },
    Table.PHOTOS: {
        "id": _Field(parse_text),
        "digest": _Field(parse_text, ""),
        "file_digest": _Field(parse_text, ""),
        "path": _Field(parse_path, ""),
        "size": _Field(parse_count, 0),
        "modified_ns": _Field(parse_int, 0),
        "width": _Field(parse_count, 0),
        "height": _Field(parse_count, 0),
        "orientation": _Field(_orientation, 1),
        "taken": _Field(parse_text, ""),
        "scans": _Field(_list_of(parse_text), []),
        "turned": _Field(_or_none(_orientation), None),
        "turned_by_scan": _Field(_or_none(_orientation), None),
        "hints": _Field(_list_of(parse_name), []),
    },
    Table.FACES: {
        "id": _Field(parse_text),
        "photo": _Field(_or_none(parse_text), None),
        "person": _Field(_or_none(_folder), None),
        "file": _Field(_crop),
        "added": _Field(parse_text),
        "place": _Field(_or_none(_box), None),
        "orientation": _Field(_orientation, 1),
        "box": _Field(_or_none(_box), None),
        "landmarks": _Field(_or_none(_landmarks), None),
        "confidence": _Field(_or_none(parse_float), None),
        "quality": _Field(_or_none(_quality), None),
        "origin": _Field(_one_of(Origin), Origin.DETECTED.value),
        "is_ignored": _Field(parse_bool, False),
        "is_unnamed": _Field(parse_bool, False),
        "is_scanned": _Field(parse_bool, False),
        "rejections": _Field(_list_of(_rejection), []),
        "cluster": _Field(_or_none(parse_text), None),
        "apart": _Field(_ids, []),
    },
    Table.CONFLICTS: {
        "id": _Field(parse_text),
        "face": _Field(parse_text),
        "name": _Field(parse_name),
        "source": _Field(_one_of(Source)),
        "path": _Field(parse_path),
        "at": _Field(parse_text),
        "decision": _Field(_one_of(Decision), Decision.OPEN.value),
    },
}
"""The fields of each table's records."""

UNREVIEWED_FACE: Row = {
    "person": None,
    "is_ignored": False,
    "is_unnamed": False,
    "rejections": [],
    "cluster": None,
    "apart": [],
}
"""The fields that people set, for a face that nobody has named, ignored, rejected or clustered."""


def read_row(table: Table, record: Mapping[str, Any]) -> Row:
    """A validated row from a whole record; unknown fields are moved to `extra`."""
    rest = dict(record)
    row: dict[str, Any] = {}
    for name, (read, default) in FIELDS[table].items():
        if name in rest:
            try:  # like `pop_field`, without the cost of a call for each of a million values
                row[name] = read(rest.pop(name))
            except READ_ERRORS as exc:
                raise RecordError.at(name, exc) from exc
        elif default is ...:
            raise KeyError(name)
        else:
            row[name] = [*default] if isinstance(default, list) else default
    extra = rest.pop("extra", None) or {}
    row["extra"] = _other_fields(table, {**_fields(extra), **rest}) if extra or rest else {}
    return row


def read_patch(table: Table, record: Mapping[str, Any]) -> Row:
    """Validated fields from a part of a record; `extra` is replaced as a whole."""
    rest = dict(record)
    row = {name: pop_field(rest, name, field.read) for name, field in FIELDS[table].items() if name in rest}
    if row.get("file") and not row["file"].startswith(f"{CROPS_FOLDER}/"):
        raise RecordError("file", f"is not in {CROPS_FOLDER}")
    if "extra" in rest:
        row["extra"] = _other_fields(table, _fields(rest.pop("extra")))
    if rest or table.key in row:
        raise ValueError("has a field that edits cannot change")
    return row


def _fields(values: object) -> Mapping[str, object]:
    if not isinstance(values, dict):
        raise TypeError("not fields")
    return values


def _other_fields(table: Table, values: Mapping[str, object]) -> Mapping[str, object]:
    """The unknown fields. Known ones are refused, because they would overwrite what was read."""
    for name in ("vectors", "extra", *FIELDS[table]):
        if name in values:
            raise RecordError(name, "occurs twice")
    return require_shallow(values)


def require_shallow(values: Mapping[str, object]) -> Mapping[str, object]:
    """Check that unknown fields can be written again; raises RecordError."""
    for name, value in values.items():
        level = [value]
        for _ in range(MAX_DEPTH):
            level = [one for inner in level for one in _inside(inner)]
            if not level:
                break
        else:
            raise RecordError(name, "is nested too deeply")
    return values


def _inside(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def flattened(row: Row) -> dict[str, object]:
    """A row with its `extra` fields inline, as in a file."""
    return {**{name: value for name, value in row.items() if name != "extra"}, **row["extra"]}


def changed_fields(before: Row, after: Row) -> tuple[Row, Row]:
    """The fields that differ, with their old and new values."""
    names = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


# Converting rows


def person_from_row(row: Row, face_count: int = 0) -> Person:
    """The person of a row."""
    return Person(**{**row, "face_count": face_count})


def plain_person(values: Sequence[Any], face_count: int) -> Person:
    """A person from the known fields in table order; raises RecordError with the field's name."""
    folder, name, added, cover, born = values
    try:
        return Person(
            parse_name(name),
            _folder(folder),
            parse_text(added),
            face_count,
            None if cover is None else parse_text(cover),
            parse_text(born),
        )
    except READ_ERRORS:
        row = dict(zip(FIELDS[Table.PEOPLE], values, strict=True))
        return person_from_row(read_row(Table.PEOPLE, row), face_count)


def person_row(person: Person) -> Row:
    """The row of a person, without the number of faces."""
    return {
        "folder": person.folder,
        "name": person.name,
        "added": person.added,
        "cover": person.cover,
        "born": person.born,
        "extra": person.extra,
    }


def photo_from_row(row: Row) -> PhotoRecord:
    """The photo of a row."""
    return PhotoRecord(**{**row, "scans": tuple(row["scans"]), "hints": tuple(row["hints"])})


def photo_row(photo: PhotoRecord) -> Row:
    """The row of a photo."""
    return {**vars(photo), "scans": list(photo.scans), "hints": list(photo.hints)}


def face_from_row(
    row: Row, embeddings: Mapping[str, Embedding], photo: PhotoRecord | None = None
) -> FaceRecord:
    """The face of a row, with its embeddings by model, and its photo's date and hints."""
    quality = row["quality"]
    values = {
        **row,
        "photo": row["photo"] and intern(row["photo"]),
        "added": intern(row["added"]),
        "place": None if row["place"] is None else Box(*row["place"]),
        "box": None if row["box"] is None else Box(*row["box"]),
        "landmarks": None if row["landmarks"] is None else Landmarks.of(row["landmarks"]),
        "quality": quality
        and FaceQuality(
            Verdict(quality["verdict"]), quality["score"], tuple(map(intern, quality["reasons"]))
        ),
        "origin": Origin(row["origin"]),
        "rejections": tuple(Rejection(**entry) for entry in row["rejections"]),
        "embeddings": embeddings or NOTHING,
        "extra": row["extra"] or NOTHING,
        "taken": photo.taken if photo is not None else "",
        "hints": photo.hints if photo is not None else (),
    }
    different_from = frozenset(values.pop("apart")) or NOBODY
    return FaceRecord(**values, different_from=different_from)


def face_row(face: FaceRecord) -> Row:
    """The row of a face, without its embeddings."""
    quality, place, box, landmarks = face.quality, face.place, face.box, face.landmarks
    return {
        "id": face.id,
        "photo": face.photo,
        "person": face.person,
        "file": face.file,
        "added": face.added,
        "place": None if place is None else [float(value) for value in place],
        "orientation": face.orientation,
        "box": None if box is None else [float(value) for value in box],
        "landmarks": None if landmarks is None else [[float(p.x), float(p.y)] for p in landmarks],
        "confidence": None if face.confidence is None else float(face.confidence),
        "quality": quality
        and {
            "verdict": quality.verdict.value,
            "score": float(quality.score),
            "reasons": list(quality.reasons),
        },
        "origin": face.origin.value,
        "is_ignored": face.is_ignored,
        "is_unnamed": face.is_unnamed,
        "is_scanned": face.is_scanned,
        "rejections": [
            {"folder": r.folder, "name": r.name, "similarity": dict(r.similarity)} for r in face.rejections
        ],
        "cluster": face.cluster,
        "apart": sorted(face.different_from),
        "extra": face.extra,
    }


def conflict_from_row(row: Row) -> Conflict:
    """The conflict of a row."""
    return Conflict(**{**row, "source": Source(row["source"]), "decision": Decision(row["decision"])})


def conflict_row(conflict: Conflict) -> Row:
    """The row of a conflict."""
    return {**vars(conflict), "source": conflict.source.value, "decision": conflict.decision.value}


def conflict_id(face_id: str, name: str) -> str:
    """An id that is equal for the same face and name, ignoring case and spacing."""
    return hashlib.sha256(f"{face_id}\0{name_key(name)}".encode()).hexdigest()[:32]


# Whole galleries


@dataclass
class Contents:
    """All rows of a gallery, in the order in which they were added, and the embeddings of its faces."""

    rows: dict[Table, list[Row]] = field(default_factory=lambda: {table: [] for table in Table})
    embeddings: dict[str, Mapping[str, Embedding]] = field(default_factory=dict)

    def faces(self) -> list[FaceRecord]:
        return [face_from_row(row, self.embeddings.get(row["id"], {})) for row in self.rows[Table.FACES]]

    def require_consistent(self) -> None:
        """Refuse duplicate rows and references to missing rows; raises RecordError."""
        keys = {table: {row[table.key] for row in rows} for table, rows in self.rows.items()}
        for table, rows in self.rows.items():
            if len(keys[table]) < len(rows):
                raise RecordError(f"{table.value}: an id or a folder", "occurs twice")
        for number, face in enumerate(self.rows[Table.FACES]):
            if face["person"] is not None and face["person"] not in keys[Table.PEOPLE]:
                raise RecordError(f"faces[{number}].person", "is nobody")
            if face["photo"] is not None and face["photo"] not in keys[Table.PHOTOS]:
                raise RecordError(f"faces[{number}].photo", "is not there")
        for number, conflict in enumerate(self.rows[Table.CONFLICTS]):
            if conflict["face"] not in keys[Table.FACES]:
                raise RecordError(f"conflicts[{number}].face", "is not there")


def json_line(record: Mapping[str, object]) -> bytes:
    """A record as one line of JSON, with names in plain UTF-8 so that they can be searched for."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # lone surrogates are valid in JSON but not in UTF-8
        return json.dumps(record).encode()


def face_record(row: Row, embeddings: Mapping[str, Embedding]) -> dict[str, object]:
    """A face's row as stored in a file, with its embeddings."""
    return {
        **flattened(row),
        "vectors": {model: encode_embedding(embedding) for model, embedding in embeddings.items()},
    }


def read_face_record(record: Mapping[str, Any]) -> tuple[Row, dict[str, Embedding]]:
    """The row and the embeddings of a stored face."""
    known = dict(record)
    embeddings = pop_field(known, "vectors", parse_embeddings) if "vectors" in known else {}
    return read_row(Table.FACES, known), embeddings


def crop_files_of(rows: Iterable[Row]) -> set[str]:
    """The crop files of face rows."""
    return {row["file"] for row in rows if row.get("file")}
