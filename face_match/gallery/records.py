"""Records as JSON and back. Reading is strict: what is not as it should be raises one of `MISREAD`.

Records may come from others, so every value is checked here, on its way in: types, finite numbers, unit
vectors, names of people, and paths, which may lead nowhere but below the gallery.
"""

from __future__ import annotations

import base64
import json
import logging
import math
import re
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import PurePosixPath
from typing import Any, TypeVar

import numpy as np

from face_match.errors import InvalidNameError
from face_match.gallery.names import tidy_name
from face_match.gallery.paths import safe_crop, safe_folder
from face_match.types import Box, Landmarks, Person, Rejection, Sample, Vector

log = logging.getLogger(__name__)

T = TypeVar("T")

PERSON_FIELDS = ("name", "folder", "added", "samples", "rejections")
SAMPLE_FIELDS = ("id", "file", "added", "photo", "box", "landmarks", "place", "vectors")
REJECTION_FIELDS = ("photo", "box")
"""What this version knows of a record; other fields are kept as they are."""

_HALVES = re.compile("[\ud800-\udfff]")

MISREAD = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What reading records that are not as they should be can raise."""

MAX_PLACE_PX = 1e6
"""Further out is no face of any photo that can be opened."""

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


class MisreadError(ValueError):
    """A value of a record that is not as it should be.

    Attributes:
        place: where it is: "people[3].samples[0].file".
        what: what is wrong with it, to go on after the place.
    """

    def __init__(self, place: str, what: str) -> None:
        super().__init__(place, what)
        self.place = place
        self.what = what

    def __str__(self) -> str:
        return f"{self.place} {self.what}"

    @classmethod
    def at(cls, place: str, exc: Exception) -> MisreadError:
        """The same error, seen from one level further out."""
        if isinstance(exc, MisreadError):
            joint = "" if exc.place.startswith("[") else "."
            return cls(f"{place}{joint}{exc.place}", exc.what)
        if isinstance(exc, KeyError):
            return cls(place, f"has no {exc}")
        return cls(place, str(exc) if isinstance(exc, ValueError) else "is of the wrong kind")


def take(record: dict[str, Any], key: str, read: Callable[[Any], T]) -> T:
    """Remove a field from a record and read it; raises KeyError, or MisreadError, which names the field."""
    value = record.pop(key)
    try:
        return read(value)
    except MISREAD as exc:
        raise MisreadError.at(key, exc) from exc


def each(values: object, read: Callable[[Any], T]) -> list[T]:
    """Read the entries of a list; raises MisreadError, which names the entry."""
    found = []
    for number, value in enumerate(listed(values)):
        try:
            found.append(read(value))
        except MISREAD as exc:
            raise MisreadError.at(f"[{number}]", exc) from exc
    return found


def text(value: object) -> str:
    """The value, which has to be text that every file and terminal can hold."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    if "\0" in value:
        raise ValueError("has a NUL character")
    if not value.isascii() and _HALVES.search(value):
        raise ValueError("has half a character")
    return value


def name_of_person(value: object) -> str:
    """The value, which has to be a name that a person could have been given.

    Half a character, which JSON can hold and no file name or database, becomes U+FFFD.
    """
    if isinstance(value, str) and value.isprintable() and not value.isspace() and 0 < len(value) < 100:
        return value  # nearly all are; what the rest does is slow where there are 20,000 people
    if isinstance(value, str) and _HALVES.search(value):
        log.warning("a name had half a character, which was replaced")
        value = _HALVES.sub("\N{REPLACEMENT CHARACTER}", value)
    name = text(value)
    try:
        tidy_name(name)
    except InvalidNameError as exc:
        raise ValueError(f"is no name: {exc.reason}") from None
    return name


def listed(value: object) -> list[Any]:
    """The value, which has to be a list."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def other_fields(values: object, known: Collection[str]) -> dict[str, object]:
    """Fields that this version does not know; one that it does would be written instead of what it read."""
    if not isinstance(values, dict):
        raise TypeError("not fields")
    for name in known:
        if name in values:
            raise MisreadError(name, "is told twice")
    return values


def unit_vector(values: object) -> Vector:
    """Float32 of unit L2 norm, which a damaged record would not give."""
    with np.errstate(invalid="ignore"):  # of a damaged one, which NumPy would warn of
        vector = np.asarray(values, np.float64)
    if vector.ndim != 1 or not abs(float(np.sqrt(np.square(vector).sum())) - 1.0) < 1e-3:
        raise ValueError("not a unit vector")
    return vector.astype(np.float32)


def relabel(sample: Any) -> None:
    """Make the record of a sample of before version 3 one of now."""
    sample["vectors"] = {RELABELLED.get(model, model): told for model, told in sample["vectors"].items()}


def read_person(record: Mapping[str, Any]) -> PersonRecord:
    """Fields that are not known are kept."""
    known = dict(record)
    samples = tuple(take(known, "samples", _read_samples))
    known.setdefault("rejections", [])
    rejections = tuple(take(known, "rejections", _read_rejections))
    person = replace(read_person_alone(known), sample_count=len(samples))
    return PersonRecord(person, samples, rejections)


def _read_samples(values: object) -> list[Sample]:
    return each(values, read_sample)


def _read_rejections(values: object) -> list[Rejection]:
    return each(values, read_rejection)


def read_person_alone(record: Mapping[str, Any]) -> Person:
    """The same without samples and rejections."""
    known = dict(record)
    name, folder = take(known, "name", name_of_person), take(known, "folder", safe_folder)
    added = take(known, "added", text)
    return Person(name, folder, added, extra=other_fields(known, PERSON_FIELDS))


def read_sample(record: Mapping[str, Any]) -> Sample:
    """Fields that are not known are kept."""
    known = dict(record)
    known.setdefault("place", None)  # which version 1 does not have
    return Sample(
        id=take(known, "id", text),
        file=take(known, "file", safe_crop),
        vectors=take(known, "vectors", _read_vectors),
        box=take(known, "box", _read_box_or_none),
        landmarks=take(known, "landmarks", _read_landmarks_or_none),
        photo_digest=take(known, "photo", text),
        added=take(known, "added", text),
        place=take(known, "place", _read_box_or_none),
        extra=known,
    )


def _read_vectors(values: Mapping[str, object]) -> dict[str, Vector]:
    return {text(model): read_vector(encoded) for model, encoded in values.items()}


def _read_box_or_none(values: object) -> Box | None:
    return None if values is None else read_box(values)


def _read_landmarks_or_none(values: object) -> Landmarks | None:
    return None if values is None else read_landmarks(values)


def read_rejection(record: Mapping[str, Any]) -> Rejection:
    """Fields that are not known are kept."""
    known = dict(record)
    photo, box = take(known, "photo", text), take(known, "box", read_box)
    return Rejection(photo, box, known)


def read_box(values: object) -> Box:
    """Of four numbers; a box that has no inside is none."""
    box = Box(*_numbers(values))
    if box.width <= 0 or box.height <= 0:
        raise ValueError("is a box without an inside")
    return box


def read_landmarks(values: object) -> Landmarks:
    """Of five pairs of numbers; five times the same point is no face, and could not be aligned."""
    landmarks = Landmarks.of([_numbers(point) for point in listed(values)])
    if len(set(landmarks)) == 1:
        raise ValueError("are of no face")
    return landmarks


def _numbers(values: object) -> list[float]:
    numbers = [float(value) for value in listed(values)]
    if not all(math.isfinite(number) and abs(number) <= MAX_PLACE_PX for number in numbers):
        raise ValueError("has a number that is no place in a photo")
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
