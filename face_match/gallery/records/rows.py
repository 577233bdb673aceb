"""The records of a gallery as rows of four tables, and the one place that checks them.

A row is what JSON can hold: its fields by name. Rows may come from others, as records, archives, backups and
histories do, so every field is checked here on its way in (`values.py`): paths lead nowhere but below the
gallery. What is not as it should be raises one of `values.MISREAD`. Fields that this version does not know
are kept as `extra`.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from face_match.core.types import (
    Box,
    Conflict,
    Decision,
    FaceQuality,
    FaceRecord,
    Landmarks,
    Origin,
    Person,
    PhotoRecord,
    Rejection,
    Source,
    Vector,
    Verdict,
)
from face_match.gallery.records.fields import (
    MISREAD,
    MisreadError,
    count,
    each,
    finite,
    flag,
    name_of_person,
    path_text,
    read_box,
    read_landmarks,
    read_vectors,
    take,
    text,
    vector_record,
    whole,
)
from face_match.gallery.records.names import name_key
from face_match.gallery.records.paths import CROPS_FOLDER, safe_crop, safe_folder

log = logging.getLogger(__name__)

T = TypeVar("T")

Row = Mapping[str, Any]
"""A record, or some fields of one, as JSON has it; never written to."""

MAX_DEPTH = 50
"""Of fields that this version does not know: what is nested deeper may be read once, and not be written."""


class Table(str, Enum):
    """The kinds of records; a row is known by its `key`."""

    PEOPLE = "people"
    PHOTOS = "photos"
    FACES = "faces"
    CONFLICTS = "conflicts"

    @property
    def key(self) -> str:
        return "folder" if self is Table.PEOPLE else "id"


def now() -> str:
    """ISO 8601, UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _orientation(value: object) -> int:
    if not 1 <= whole(value) <= 8:
        raise ValueError("is no EXIF orientation")
    return whole(value)


def _box(values: object) -> list[float]:
    return list(read_box(values))


def _landmarks(values: object) -> list[list[float]]:
    return [list(point) for point in read_landmarks(values)]


def _quality(value: Any) -> dict[str, object]:
    reasons = each(value["reasons"], text)
    return {"verdict": Verdict(value["verdict"]).value, "score": finite(value["score"]), "reasons": reasons}


def _rejection(value: Any) -> dict[str, object]:
    similarity = {text(model): finite(told) for model, told in dict(value.get("similarity", {})).items()}
    return {
        "folder": _folder(value["folder"]),
        "name": name_of_person(value["name"]),
        "similarity": similarity,
    }


def _folder(value: object) -> str:
    return safe_folder(text(value))


def _crop(value: object) -> str:
    return safe_crop(text(value)) if value != "" else ""


def _ids(values: object) -> list[str]:
    return sorted({*each(values, text)})


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _list_of(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: each(values, read)


def _one_of(kind: type[Enum]) -> Callable[[Any], Any]:
    return lambda value: kind(value).value


# Rows


class _Field(NamedTuple):
    read: Callable[[Any], Any]
    default: Any = ...
    """Of a record that does not have the field; where there is none, the field has to be there."""


FIELDS: Mapping[Table, Mapping[str, _Field]] = {
    Table.PEOPLE: {
        "folder": _Field(_folder),
        "name": _Field(name_of_person),
        "added": _Field(text),
        "cover": _Field(_or_none(text), None),
        "born": _Field(text, ""),
    },
    Table.PHOTOS: {
        "id": _Field(text),
        "digest": _Field(text, ""),
        "file_digest": _Field(text, ""),
        "path": _Field(path_text, ""),
        "size": _Field(count, 0),
        "modified_ns": _Field(whole, 0),
        "width": _Field(count, 0),
        "height": _Field(count, 0),
        "orientation": _Field(_orientation, 1),
        "taken": _Field(text, ""),
        "scans": _Field(_list_of(text), []),
    },
    Table.FACES: {
        "id": _Field(text),
        "photo": _Field(_or_none(text), None),
        "person": _Field(_or_none(_folder), None),
        "file": _Field(_crop),
        "added": _Field(text),
        "place": _Field(_or_none(_box), None),
        "orientation": _Field(_orientation, 1),
        "box": _Field(_or_none(_box), None),
        "landmarks": _Field(_or_none(_landmarks), None),
        "confidence": _Field(_or_none(finite), None),
        "quality": _Field(_or_none(_quality), None),
        "origin": _Field(_one_of(Origin), Origin.DETECTED.value),
        "is_ignored": _Field(flag, False),
        "is_unnamed": _Field(flag, False),
        "is_scanned": _Field(flag, False),
        "rejections": _Field(_list_of(_rejection), []),
        "cluster": _Field(_or_none(text), None),
        "apart": _Field(_ids, []),
    },
    Table.CONFLICTS: {
        "id": _Field(text),
        "face": _Field(text),
        "name": _Field(name_of_person),
        "source": _Field(_one_of(Source)),
        "path": _Field(path_text),
        "at": _Field(text),
        "decision": _Field(_one_of(Decision), Decision.OPEN.value),
    },
}
"""What this version knows of each table's records."""


def read_row(table: Table, record: Mapping[str, Any]) -> Row:
    """A whole record, checked; fields that are not known come into `extra`."""
    rest = dict(record)
    row: dict[str, Any] = {}
    for name, (read, default) in FIELDS[table].items():
        if name in rest:
            try:  # as `take` does, which calls one function more for each of a million values
                row[name] = read(rest.pop(name))
            except MISREAD as exc:
                raise MisreadError.at(name, exc) from exc
        elif default is ...:
            raise KeyError(name)
        else:
            row[name] = [*default] if isinstance(default, list) else default
    extra = rest.pop("extra", None) or {}
    row["extra"] = _other_fields(table, {**_fields(extra), **rest}) if extra or rest else {}
    return row


def read_patch(table: Table, record: Mapping[str, Any]) -> Row:
    """Some fields of a record, checked; `extra` as a whole."""
    rest = dict(record)
    row = {name: take(rest, name, field.read) for name, field in FIELDS[table].items() if name in rest}
    if row.get("file") and not row["file"].startswith(f"{CROPS_FOLDER}/"):
        raise MisreadError("file", f"is not in {CROPS_FOLDER}")
    if "extra" in rest:
        row["extra"] = _other_fields(table, _fields(rest.pop("extra")))
    if rest or table.key in row:
        raise ValueError("has a field that cannot change")
    return row


def _fields(values: object) -> Mapping[str, object]:
    if not isinstance(values, dict):
        raise TypeError("not fields")
    return values


def _other_fields(table: Table, values: Mapping[str, object]) -> Mapping[str, object]:
    """Fields that this version does not know; one that it does would be written instead of what it read."""
    for name in ("vectors", "extra", *FIELDS[table]):
        if name in values:
            raise MisreadError(name, "is told twice")
    return shallow(values)


def shallow(values: Mapping[str, object]) -> Mapping[str, object]:
    """Fields that this version does not know, which have to be such as can be written again; raises
    MisreadError."""
    for name, value in values.items():
        level = [value]
        for _ in range(MAX_DEPTH):
            level = [one for inner in level for one in _inside(inner)]
            if not level:
                break
        else:
            raise MisreadError(name, "is nested too deep")
    return values


def _inside(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def flat(row: Row) -> dict[str, object]:
    """A row with its `extra` fields among the others, as a file has it."""
    return {**{name: value for name, value in row.items() if name != "extra"}, **row["extra"]}


def changed(before: Row, after: Row) -> tuple[Row, Row]:
    """The fields in which two forms of a row differ, as they were and as they are."""
    names = [name for name in after if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


# Rows and the values that the program works with


def person_of(row: Row, face_count: int = 0) -> Person:
    """The person of a row."""
    return Person(**{**row, "face_count": face_count})


def plain_person(values: Sequence[Any], face_count: int) -> Person:
    """A person of the fields that this version knows, in their order, checked; raises MisreadError, which
    names the field."""
    folder, name, added, cover, born = values
    try:
        return Person(
            name_of_person(name),
            _folder(folder),
            text(added),
            face_count,
            None if cover is None else text(cover),
            text(born),
        )
    except MISREAD:
        row = dict(zip(FIELDS[Table.PEOPLE], values, strict=True))
        return person_of(read_row(Table.PEOPLE, row), face_count)


def row_of_person(person: Person) -> Row:
    """Without the number of faces."""
    return {
        "folder": person.folder,
        "name": person.name,
        "added": person.added,
        "cover": person.cover,
        "born": person.born,
        "extra": person.extra,
    }


def photo_of(row: Row) -> PhotoRecord:
    """The photo of a row."""
    return PhotoRecord(**{**row, "scans": tuple(row["scans"])})


def row_of_photo(photo: PhotoRecord) -> Row:
    """All of its fields."""
    return {**vars(photo), "scans": list(photo.scans)}


def face_of(row: Row, vectors: Mapping[str, Vector], taken: str = "") -> FaceRecord:
    """The face of a row, with its vectors by model, and when its photo was taken."""
    quality = row["quality"]
    return FaceRecord(
        **{
            **row,
            "place": None if row["place"] is None else Box(*row["place"]),
            "box": None if row["box"] is None else Box(*row["box"]),
            "landmarks": None if row["landmarks"] is None else Landmarks.of(row["landmarks"]),
            "quality": quality
            and FaceQuality(Verdict(quality["verdict"]), quality["score"], tuple(quality["reasons"])),
            "origin": Origin(row["origin"]),
            "rejections": tuple(Rejection(**told) for told in row["rejections"]),
            "apart": frozenset(row["apart"]),
            "vectors": vectors,
            "taken": taken,
        }
    )


def row_of_face(face: FaceRecord) -> Row:
    """Without its vectors."""
    quality = face.quality
    return {
        "id": face.id,
        "photo": face.photo,
        "person": face.person,
        "file": face.file,
        "added": face.added,
        "place": None if face.place is None else [float(value) for value in face.place],
        "orientation": face.orientation,
        "box": None if face.box is None else [float(value) for value in face.box],
        "landmarks": None if face.landmarks is None else [[float(p.x), float(p.y)] for p in face.landmarks],
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
        "apart": sorted(face.apart),
        "extra": face.extra,
    }


def conflict_of(row: Row) -> Conflict:
    """The conflict of a row."""
    return Conflict(**{**row, "source": Source(row["source"]), "decision": Decision(row["decision"])})


def row_of_conflict(conflict: Conflict) -> Row:
    """All of its fields."""
    return {**vars(conflict), "source": conflict.source.value, "decision": conflict.decision.value}


def conflict_id(face_id: str, name: str) -> str:
    """The same for the same face and name, however that is written."""
    return hashlib.sha256(f"{face_id}\0{name_key(name)}".encode()).hexdigest()[:32]


# All of a gallery


@dataclass
class Contents:
    """The rows of a gallery's tables, in the order in which they were added, and the vectors of its faces."""

    rows: dict[Table, list[Row]] = field(default_factory=lambda: {table: [] for table in Table})
    vectors: dict[str, Mapping[str, Vector]] = field(default_factory=dict)

    def faces(self) -> list[FaceRecord]:
        return [face_of(row, self.vectors.get(row["id"], {})) for row in self.rows[Table.FACES]]

    def require_whole(self) -> None:
        """Refuse rows that occur twice, or that belong to what is not there; raises MisreadError."""
        keys = {table: {row[table.key] for row in rows} for table, rows in self.rows.items()}
        for table, rows in self.rows.items():
            if len(keys[table]) < len(rows):
                raise MisreadError(f"{table.value}: an id or a folder", "occurs twice")
        for number, face in enumerate(self.rows[Table.FACES]):
            if face["person"] is not None and face["person"] not in keys[Table.PEOPLE]:
                raise MisreadError(f"faces[{number}].person", "is nobody")
            if face["photo"] is not None and face["photo"] not in keys[Table.PHOTOS]:
                raise MisreadError(f"faces[{number}].photo", "is not there")
        for number, conflict in enumerate(self.rows[Table.CONFLICTS]):
            if conflict["face"] not in keys[Table.FACES]:
                raise MisreadError(f"conflicts[{number}].face", "is not there")


def json_line(record: Mapping[str, object]) -> bytes:
    """A record as JSON, in which a name can be found as it is."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can hold and UTF-8 cannot
        return json.dumps(record).encode()


def face_record(row: Row, vectors: Mapping[str, Vector]) -> dict[str, object]:
    """A face's row as a file has it, with its vectors."""
    return {**flat(row), "vectors": {model: vector_record(vector) for model, vector in vectors.items()}}


def read_face_record(record: Mapping[str, Any]) -> tuple[Row, dict[str, Vector]]:
    """The row and the vectors of such a record."""
    known = dict(record)
    vectors = take(known, "vectors", read_vectors) if "vectors" in known else {}
    return read_row(Table.FACES, known), vectors


def files_of(rows: Iterable[Row]) -> set[str]:
    """The crops of faces."""
    return {row["file"] for row in rows if row.get("file")}
