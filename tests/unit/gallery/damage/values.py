"""What takes the place of a value of the records, and where in some JSON values are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Place = tuple[Any, ...]
"""The way to a value of some JSON: keys and numbers."""

REMOVED = object()
"""Nothing takes its place: the key is gone too."""

_NESTED: list[Any] = []
for _ in range(850):
    _NESTED = [_NESTED]

VALUES: dict[str, Any] = {
    "missing": REMOVED,
    "null": None,
    "true": True,
    "number": 7,
    "negative": -5,
    "fraction": 0.5,
    "of-64-bits": 2**63 - 1,
    "more-than-64-bits": 2**63,
    "huge": 10**400,
    "large-fraction": 1e308,
    "not-a-number": float("nan"),
    "infinite": float("-inf"),
    "empty": "",
    "text": "hello",
    "long": "x" * 100_000,
    "blank": " \u200b ",
    "half-a-character": "x\ud800",
    "half-of-a-name": "faces_db/x/\udcff.png",
    "nul": "a\0b",
    "escapes": "\x1b]0;x\x07\x1b[2J\r\n<img src=x>",
    "outside": "../../secret.png",
    "outside-inside": "faces_db/Grace/../../../secret.png",
    "absolute": "/etc/passwd",
    "drive": "C:\\secret.png",
    "device": "CON",
    "unnamed-folder": ".unnamed",
    "crops-folder": "faces_db",
    "records": "embeddings.json",
    "sealed": "faces_db/Grace/1.sealed",
    "list": [],
    "object": {},
    "numbers": [1, 2, 30, 40],
    "large-numbers": [1e300, 1, 2, 3],
    "points": [[7, 7]] * 5,
    "lists": [[[]]],
    "texts": ["a", "a"],
    "nested": _NESTED,
}


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """The way to each value of some JSON."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*place, number))


def at(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


def put(document: Any, place: Place, value: Any) -> None:
    """Put a value in the place of another one, or remove that."""
    inner = at(document, place[:-1])
    if value is REMOVED:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value


def shape(document: Any, place: Place) -> str:
    """The same for places that are read by the same lines: "history.#.edits.#.faces.to.file"."""
    words: list[str] = []
    inner = document
    for key in place:
        words.append("#" if isinstance(key, int) else str(key))
        inner = inner[key]
        if isinstance(inner, dict) and "table" in inner and "key" in inner:
            is_whole = None in (inner.get("from"), inner.get("to"))
            words.append(f"{inner['table']}{'-row' if is_whole else ''}")
    if "vectors" in words[:-1]:
        words[words.index("vectors") + 1 :] = ["#"]
    return ".".join(words)


def shaped(document: Any, is_wanted: Callable[[Place], bool] = lambda place: True) -> dict[str, Place]:
    """A place of each shape."""
    return {shape(document, place): place for place in places(document) if is_wanted(place)}
