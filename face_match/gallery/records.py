"""Records as JSON and back. Reading is strict: what is not as it should be raises one of `MISREAD`."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from face_match.types import Box, Landmarks, Person, Rejection, Sample, Vector

MISREAD = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What reading records that are not as they should be can raise."""


RELABELLED = {"dlib": "dlib, one view"}
"""By which name vectors of before version 3 go. The built-in model made them of one view of a face, and makes
them of three now, so that the two cannot be compared. They stay: some samples have lost their crops."""


@dataclass(frozen=True, eq=False)
class PersonRecord:
    """A person with all that is kept of them."""

    person: Person
    samples: tuple[Sample, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def now() -> str:
    """ISO 8601, UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def text(value: object) -> str:
    """The value, which has to be text."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def listed(value: object) -> list[Any]:
    """The value, which has to be a list."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def unit_vector(values: object) -> Vector:
    """Float32 of unit L2 norm, which a damaged record would not give."""
    with np.errstate(invalid="ignore"):  # of a damaged one, which NumPy would warn of
        vector = np.asarray(values, np.float64)
    if vector.ndim != 1 or not abs(float(np.sqrt(np.square(vector).sum())) - 1.0) < 1e-3:
        raise ValueError("not a unit vector")
    return vector.astype(np.float32)


def safe_folder(value: object) -> str:
    """The name of one folder, which leads nowhere else."""
    folder = text(value)
    if folder in ("", ".", "..") or set(folder) & set("/\\\0"):
        raise ValueError("not the name of a folder")
    return folder


def relabel(sample: Any) -> None:
    """Make the record of a sample of before version 3 one of now."""
    sample["vectors"] = {RELABELLED.get(model, model): told for model, told in sample["vectors"].items()}


def read_person(record: Mapping[str, Any]) -> PersonRecord:
    """Fields that are not known are kept."""
    known = dict(record)
    samples = tuple(read_sample(sample) for sample in listed(known.pop("samples")))
    rejections = tuple(read_rejection(entry) for entry in listed(known.pop("rejections", [])))
    person = replace(read_person_alone(known), sample_count=len(samples))
    return PersonRecord(person, samples, rejections)


def read_person_alone(record: Mapping[str, Any]) -> Person:
    """The same without samples and rejections."""
    known = dict(record)
    name, folder = text(known.pop("name")), safe_folder(known.pop("folder"))
    return Person(name, folder, text(known.pop("added")), extra=known)


def read_sample(record: Mapping[str, Any]) -> Sample:
    """Fields that are not known are kept."""
    known = dict(record)
    box, landmarks = known.pop("box"), known.pop("landmarks")
    place = known.pop("place", None)  # which version 1 does not have
    vectors = known.pop("vectors")
    return Sample(
        id=text(known.pop("id")),
        file=text(known.pop("file")),
        vectors={text(model): read_vector(encoded) for model, encoded in vectors.items()},
        box=None if box is None else read_box(box),
        landmarks=None if landmarks is None else read_landmarks(landmarks),
        photo_digest=text(known.pop("photo")),
        added=text(known.pop("added")),
        place=None if place is None else read_box(place),
        extra=known,
    )


def read_rejection(record: Mapping[str, Any]) -> Rejection:
    """Fields that are not known are kept."""
    known = dict(record)
    return Rejection(text(known.pop("photo")), read_box(known.pop("box")), known)


def read_box(values: object) -> Box:
    """Of four numbers."""
    return Box(*_numbers(values))


def read_landmarks(values: object) -> Landmarks:
    """Of five pairs of numbers."""
    return Landmarks.of([_numbers(point) for point in listed(values)])


def _numbers(values: object) -> list[float]:
    numbers = [float(value) for value in listed(values)]
    if not all(map(math.isfinite, numbers)):
        raise ValueError("not a number")
    return numbers


def read_vector(encoded: object) -> Vector:
    """Of base64; of unit norm."""
    return unit_vector(np.frombuffer(base64.b64decode(text(encoded), validate=True), "<f4"))


def document(
    records: Iterable[PersonRecord],
    history: Iterable[Mapping[str, object]],
    head: Mapping[str, object],
) -> Generator[bytes, None, None]:
    """JSON with a line for each person, each sample and each change: to be read, and compared by lines.

    Who may not come to its end has to close it: it reads records of a database as it goes.
    """
    yield b"{" + _fields(head) + b', "people": [\n '
    for number, record in enumerate(records):
        yield (b",\n " if number else b"") + b"{" + _fields(_told(record)) + b', "samples": [\n  '
        for count, sample in enumerate(record.samples):
            yield (b",\n  " if count else b"") + b"{" + _fields(sample_record(sample)) + b"}"
        yield b"]}"
    yield b'],\n"history": [\n '
    for number, change in enumerate(history):
        yield (b",\n " if number else b"") + b"{" + _fields(change) + b"}"
    yield b"]}\n"


def json_line(record: Mapping[str, object]) -> bytes:
    """A record as JSON, in which a name can be found as it is."""
    try:
        return json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can hold and UTF-8 cannot
        return json.dumps(record).encode()


def _fields(record: Mapping[str, object]) -> bytes:
    """A record as JSON, without its braces."""
    return json_line(record)[1:-1]


def _told(record: PersonRecord) -> dict[str, object]:
    known = person_record(record.person)
    return {**known, "rejections": [rejection_record(rejection) for rejection in record.rejections]}


def person_record(person: Person) -> dict[str, object]:
    """Without samples and rejections."""
    return {"name": person.name, "folder": person.folder, "added": person.added, **person.extra}


def rejection_record(rejection: Rejection) -> dict[str, object]:
    """The photo's digest and the box."""
    return {"photo": rejection.photo_digest, "box": list(rejection.box), **rejection.extra}


def vector_record(vector: Vector) -> str:
    """Its bytes in base64, as `read_vector` takes them."""
    return base64.b64encode(vector.astype("<f4").tobytes()).decode()


def sample_record(sample: Sample) -> dict[str, object]:
    """All of a sample but whose it is."""
    return {
        "id": sample.id,
        "file": sample.file,
        "added": sample.added,
        "photo": sample.photo_digest,
        "box": None if sample.box is None else list(sample.box),
        "landmarks": None if sample.landmarks is None else [list(p) for p in sample.landmarks],
        "place": None if sample.place is None else list(sample.place),
        "vectors": {model: vector_record(vector) for model, vector in sample.vectors.items()},
        **sample.extra,
    }


def folder_of_file(file: str, crops_folder: str) -> str | None:
    """Which person's folder below the crops' a file lies in, if it lies in one."""
    parts = PurePosixPath(file).parts
    if len(parts) != 3 or parts[0] != crops_folder:
        return None
    try:
        return safe_folder(parts[1])
    except ValueError:
        return None
