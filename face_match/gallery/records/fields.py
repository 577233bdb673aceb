"""Parsers for the values of records. They validate and normalize.

Records may be untrusted, so every value is checked when it is read: types, finite numbers, unit embeddings,
names of people, paths. An invalid value raises one of `READ_ERRORS`.
"""

from __future__ import annotations

import base64
import contextlib
import logging
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np

from face_match.core.errors import InvalidNameError
from face_match.core.types import Box, Embedding, Landmarks
from face_match.gallery.records.names import clean_name

log = logging.getLogger(__name__)

T = TypeVar("T")

READ_ERRORS = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""The exceptions that reading invalid records can raise."""

MAX_PLACE_PX = 1e6
"""Larger coordinates cannot occur in any photo that can be opened."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_MAX_INTEGER = 1 << 63
"""SQLite's integers have 64 bits."""


class RecordError(ValueError):
    """An invalid value in a record.

    Attributes:
        place: where the value is: "faces[3].file".
        problem: what is wrong with it, to be read after the place.
    """

    def __init__(self, place: str, what: str) -> None:
        super().__init__(place, what)
        self.place = place
        self.problem = what

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"

    @classmethod
    def at(cls, place: str, exc: Exception) -> RecordError:
        """The same error with the place seen from one level up."""
        if isinstance(exc, RecordError):
            joint = "" if exc.place.startswith("[") else "."
            return cls(f"{place}{joint}{exc.place}", exc.problem)
        if isinstance(exc, KeyError):
            return cls(place, f"has no {exc}")
        return cls(place, str(exc) if isinstance(exc, ValueError) else "has the wrong type")


@contextlib.contextmanager
def reading_at(place: str) -> Iterator[None]:
    """Prefix the place to errors that are raised inside; raises RecordError."""
    try:
        yield
    except READ_ERRORS as exc:
        raise RecordError.at(place, exc) from exc


def pop_field(record: dict[str, Any], key: str, read: Callable[[Any], T]) -> T:
    """Remove a field from a record and read it; raises KeyError, or RecordError with the field's name."""
    value = record.pop(key)
    try:
        return read(value)
    except READ_ERRORS as exc:
        raise RecordError.at(key, exc) from exc


def parse_list(values: object, read: Callable[[Any], T]) -> list[T]:
    """Read the entries of a list; raises RecordError with the entry's number."""
    found = []
    for number, value in enumerate(as_list(values)):
        try:
            found.append(read(value))
        except READ_ERRORS as exc:
            raise RecordError.at(f"[{number}]", exc) from exc
    return found


# Parsers


def parse_text(value: object) -> str:
    """A text that every file and terminal can hold."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    if "\0" in value:
        raise ValueError("contains a NUL character")
    if not value.isascii() and _SURROGATES.search(value):
        raise ValueError("contains a lone surrogate")
    return value


def parse_path(value: object) -> str:
    """The path of a photo. File names need not be valid Unicode."""
    if not isinstance(value, str):
        raise TypeError("not a path")
    if "\0" in value:
        raise ValueError("is not a path")
    return value


def parse_name(value: object) -> str:
    """A valid name of a person.

    A lone surrogate, which JSON can hold but no file name or database can, becomes U+FFFD.
    """
    if isinstance(value, str) and value.isprintable() and not value.isspace() and 0 < len(value) < 100:
        return value  # a fast path for nearly all names: the rest is slow with 20,000 people
    if isinstance(value, str) and _SURROGATES.search(value):
        log.warning("a lone surrogate in a name was replaced")
        value = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", value)
    name = parse_text(value)
    try:
        clean_name(name)
    except InvalidNameError as exc:
        raise ValueError(f"is not a valid name: {exc.reason}") from None
    return name


def as_list(value: object) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def parse_int(value: object) -> int:
    """A 64-bit integer."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    if not -_MAX_INTEGER <= value < _MAX_INTEGER:
        raise ValueError("is too large")
    return value


def parse_count(value: object) -> int:
    """An integer of 0 or more."""
    if parse_int(value) < 0:
        raise ValueError("is negative")
    return parse_int(value)


def parse_float(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("is not a finite number")
    return float(value)


def parse_bool(value: object) -> bool:
    """True or False, which databases hold as 1 or 0."""
    if not isinstance(value, int) or value not in (0, 1):
        raise TypeError("neither true nor false")
    return bool(value)


def parse_box(values: object) -> Box:
    """A box from four numbers; its width and height must be positive."""
    box = Box(*_numbers(values))
    if box.width <= 0 or box.height <= 0:
        raise ValueError("is an empty box")
    return box


def parse_landmarks(values: object) -> Landmarks:
    """Landmarks from five pairs of numbers. Five equal points are refused, because they cannot be aligned."""
    landmarks = Landmarks.of([_numbers(point) for point in as_list(values)])
    if len(set(landmarks)) == 1:
        raise ValueError("are of no face")
    return landmarks


def _numbers(values: object) -> list[float]:
    numbers = [parse_float(value) for value in as_list(values)]
    if not all(abs(number) <= MAX_PLACE_PX for number in numbers):
        raise ValueError("is outside any photo")
    return numbers


def unit_vector(values: object) -> Embedding:
    """A float32 vector, checked to have unit L2 norm."""
    with np.errstate(invalid="ignore", over="ignore"):  # damaged values; NumPy would warn
        embedding = np.asarray(values, np.float64)
        is_unit = embedding.ndim == 1 and abs(float(np.sqrt(np.square(embedding).sum())) - 1.0) < 1e-3
    if not is_unit:
        raise ValueError("not a unit vector")
    return embedding.astype(np.float32)


def decode_embedding(encoded: object) -> Embedding:
    """An embedding from base64, checked to have unit L2 norm."""
    return unit_vector(np.frombuffer(base64.b64decode(parse_text(encoded), validate=True), "<f4"))


def parse_embeddings(values: Any) -> dict[str, Embedding]:
    """Embeddings by model id."""
    return {parse_text(model): decode_embedding(encoded) for model, encoded in dict(values).items()}


def encode_embedding(embedding: Embedding) -> str:
    """The embedding's bytes in base64."""
    return base64.b64encode(embedding.astype("<f4").tobytes()).decode()
