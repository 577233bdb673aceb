"""Values of records, checked and in the one form that they are kept in.

Records may come from others, so every value is checked here, on its way in: types, finite numbers, unit
embeddings, names of people, and paths. What is not as it should be raises one of `READ_ERRORS`.
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
"""What reading records that are not as they should be can raise."""

MAX_PLACE_PX = 1e6
"""Further out is no face of any photo that can be opened."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_MAX_INTEGER = 1 << 63
"""What a database holds."""


class RecordError(ValueError):
    """A value of a record that is not as it should be.

    Attributes:
        place: where it is: "faces[3].file".
        what: what is wrong with it, to go on after the place.
    """

    def __init__(self, place: str, what: str) -> None:
        super().__init__(place, what)
        self.place = place
        self.problem = what

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"

    @classmethod
    def at(cls, place: str, exc: Exception) -> RecordError:
        """The same error, seen from one level further out."""
        if isinstance(exc, RecordError):
            joint = "" if exc.place.startswith("[") else "."
            return cls(f"{place}{joint}{exc.place}", exc.problem)
        if isinstance(exc, KeyError):
            return cls(place, f"has no {exc}")
        return cls(place, str(exc) if isinstance(exc, ValueError) else "is of the wrong kind")


@contextlib.contextmanager
def reading_at(place: str) -> Iterator[None]:
    """What is misread inside is said to be at a place; raises RecordError."""
    try:
        yield
    except READ_ERRORS as exc:
        raise RecordError.at(place, exc) from exc


def pop_field(record: dict[str, Any], key: str, read: Callable[[Any], T]) -> T:
    """Remove a field from a record and read it; raises KeyError, or RecordError, which names the field."""
    value = record.pop(key)
    try:
        return read(value)
    except READ_ERRORS as exc:
        raise RecordError.at(key, exc) from exc


def read_list(values: object, read: Callable[[Any], T]) -> list[T]:
    """Read the entries of a list; raises RecordError, which names the entry."""
    found = []
    for number, value in enumerate(as_list(values)):
        try:
            found.append(read(value))
        except READ_ERRORS as exc:
            raise RecordError.at(f"[{number}]", exc) from exc
    return found


# Values, checked and in the one form that they are kept in


def read_text(value: object) -> str:
    """The value, which has to be text that every file and terminal can hold."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    if "\0" in value:
        raise ValueError("has a NUL character")
    if not value.isascii() and _SURROGATES.search(value):
        raise ValueError("has half a character")
    return value


def read_path(value: object) -> str:
    """Where a photo lies; names of files need not be text that can be written everywhere."""
    if not isinstance(value, str):
        raise TypeError("not a path")
    if "\0" in value:
        raise ValueError("is not a path")
    return value


def read_name(value: object) -> str:
    """The value, which has to be a name that a person could have been given.

    Half a character, which JSON can hold and no file name or database, becomes U+FFFD.
    """
    if isinstance(value, str) and value.isprintable() and not value.isspace() and 0 < len(value) < 100:
        return value  # nearly all are; what the rest does is slow where there are 20,000 people
    if isinstance(value, str) and _SURROGATES.search(value):
        log.warning("a name had half a character, which was replaced")
        value = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", value)
    name = read_text(value)
    try:
        clean_name(name)
    except InvalidNameError as exc:
        raise ValueError(f"is no name: {exc.reason}") from None
    return name


def as_list(value: object) -> list[Any]:
    """The value, which has to be a list."""
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def read_int(value: object) -> int:
    """A whole number that a database holds."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    if not -_MAX_INTEGER <= value < _MAX_INTEGER:
        raise ValueError("is too large a number")
    return value


def read_count(value: object) -> int:
    """A whole number from 0 on."""
    if read_int(value) < 0:
        raise ValueError("is less than 0")
    return read_int(value)


def read_float(value: object) -> float:
    """A number that is neither infinite nor none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("is no number")
    return float(value)


def read_bool(value: object) -> bool:
    """True or false, which a database has as 1 or 0."""
    if not isinstance(value, int) or value not in (0, 1):
        raise TypeError("neither true nor false")
    return bool(value)


def read_box(values: object) -> Box:
    """Of four numbers; a box that has no inside is none."""
    box = Box(*_numbers(values))
    if box.width <= 0 or box.height <= 0:
        raise ValueError("is a box without an inside")
    return box


def read_landmarks(values: object) -> Landmarks:
    """Of five pairs of numbers; five times the same point is no face, and could not be aligned."""
    landmarks = Landmarks.of([_numbers(point) for point in as_list(values)])
    if len(set(landmarks)) == 1:
        raise ValueError("are of no face")
    return landmarks


def _numbers(values: object) -> list[float]:
    numbers = [read_float(value) for value in as_list(values)]
    if not all(abs(number) <= MAX_PLACE_PX for number in numbers):
        raise ValueError("has a number that is no place in a photo")
    return numbers


def unit_vector(values: object) -> Embedding:
    """Float32 of unit L2 norm, which a damaged record would not give."""
    with np.errstate(invalid="ignore", over="ignore"):  # of a damaged one, which NumPy would warn of
        embedding = np.asarray(values, np.float64)
        is_unit = embedding.ndim == 1 and abs(float(np.sqrt(np.square(embedding).sum())) - 1.0) < 1e-3
    if not is_unit:
        raise ValueError("not a unit vector")
    return embedding.astype(np.float32)


def decode_embedding(encoded: object) -> Embedding:
    """Of base64; of unit norm."""
    return unit_vector(np.frombuffer(base64.b64decode(read_text(encoded), validate=True), "<f4"))


def read_embeddings(values: Any) -> dict[str, Embedding]:
    """By model id."""
    return {read_text(model): decode_embedding(encoded) for model, encoded in dict(values).items()}


def encode_embedding(embedding: Embedding) -> str:
    """Its bytes in base64, as `decode_embedding` takes them."""
    return base64.b64encode(embedding.astype("<f4").tobytes()).decode()
