"""Records come back exactly as they were kept; what is damaged is neither read nor touched."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.errors import GalleryDamagedError, GalleryNewerError
from face_match.gallery.gallery import Gallery
from face_match.gallery.json_store import JsonStore
from face_match.gallery.records import PersonRecord
from face_match.types import Box, Landmarks, Person, Rejection, Sample

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(st.text(min_size=1).map("later ".__add__), json_values, max_size=3)


def made_up_people(seed: int, extra: dict[str, Any]) -> list[PersonRecord]:
    rng = np.random.default_rng(seed)

    def sample(number: int) -> Sample:
        vectors = rng.normal(size=(2, 128))
        dlib, other = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        box = Box(*rng.uniform(-50, 5000, 2).tolist(), *rng.uniform(1, 5000, 2).tolist())
        landmarks = Landmarks.of(rng.uniform(-50, 5000, (5, 2)).tolist())
        return Sample(
            id=f"id {number}",
            file=f"faces_db/Ada/{number}.png",
            vectors={"dlib": dlib, "моя модель": other},
            box=box if number else None,
            landmarks=landmarks if number else None,
            photo_digest=f"{number:064x}",
            added="2026-01-02T03:04:05Z",
            extra=extra,
        )

    rejections = (Rejection("ab" * 32, Box(*rng.uniform(0, 900, 4).tolist())),)
    return [
        PersonRecord(
            Person('"A"\\ Lovelace\n😀\u2028', "Ada", "2026-01-02T03:04:05Z", 2),
            (sample(0), sample(1)),
            rejections,
        ),
        PersonRecord(Person("שלום", "שלום", "2026-02-02T03:04:05Z", extra=extra)),
        PersonRecord(Person("Grace", "Grace", "2026-03-02T03:04:05Z", 1, extra), (sample(2),)),
    ]


def bits(sample: Sample) -> dict[str, tuple[object, bytes]]:
    return {model: (vector.dtype, vector.tobytes()) for model, vector in sample.vectors.items()}


def facts(record: PersonRecord) -> tuple[object, ...]:
    """All of a person that can be compared; vectors by their bits."""
    samples = [
        (s.id, s.file, s.box, s.landmarks, s.photo_digest, s.added, dict(s.extra), bits(s))
        for s in record.samples
    ]
    person = record.person
    known = (person.name, person.folder, person.added, person.sample_count, dict(person.extra))
    return *known, samples, record.rejections


@given(seed=st.integers(0, 2**32 - 1), extra=extras)
def test_people_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, seed: int, extra: dict[str, Any]
) -> None:
    store = JsonStore(tmp_path_factory.mktemp("gallery"))
    people = made_up_people(seed, extra)
    store.save(people)
    once = store.load()
    assert [facts(person) for person in once] == [facts(person) for person in people]
    written = store.path.read_bytes()
    store.save(once)
    assert store.path.read_bytes() == written


@pytest.fixture
def store(folder: Path) -> JsonStore:
    """Records of three people, and a backup that is the same."""
    store = JsonStore(folder)
    store.save(made_up_people(1, {}))
    store.save(store.load())
    return store


def assert_is_damaged(store: JsonStore) -> GalleryDamagedError:
    """It is found out, however the gallery is opened, and not a byte is changed."""
    before = store.path.read_bytes() if store.path.is_file() else None
    errors = []
    for for_writing in (False, True):
        with pytest.raises(GalleryDamagedError) as caught:
            Gallery.open(store.path.parent, for_writing=for_writing)
        errors.append(caught.value)
    assert (store.path.read_bytes() if store.path.is_file() else None) == before
    assert errors[0].detail == errors[1].detail
    assert errors[0].detail
    return errors[0]


def test_records_that_break_off_anywhere_are_damaged_and_the_backup_is_offered(store: JsonStore) -> None:
    whole = store.path.read_bytes()
    assert len(whole) > 3000
    for length in range(0, len(whole) - 2, 10):
        store.path.write_bytes(whole[:length])
        assert assert_is_damaged(store).backup == store.backup
        store.backup.write_bytes(whole[:length])
        assert assert_is_damaged(store).backup is None
        store.backup.write_bytes(whole)


def test_a_byte_that_was_changed_anywhere_is_damage_or_harmless_but_never_a_crash(store: JsonStore) -> None:
    whole, rng = store.path.read_bytes(), np.random.default_rng(0)
    damaged = 0
    for _ in range(1500):
        changed = bytearray(whole)
        changed[rng.integers(len(whole))] = rng.integers(256)
        store.path.write_bytes(changed)
        try:
            JsonStore(store.path.parent).load()
        except (GalleryDamagedError, GalleryNewerError):
            damaged += 1
        assert store.path.read_bytes() == changed
    assert 100 < damaged < 1500


Edit = Callable[[dict[str, Any]], object]


def person(document: dict[str, Any]) -> dict[str, Any]:
    return document["people"][0]  # type: ignore[no-any-return]


def sample(document: dict[str, Any]) -> dict[str, Any]:
    return person(document)["samples"][1]  # type: ignore[no-any-return]


def put(place: Callable[[dict[str, Any]], dict[str, Any]], key: str, value: object) -> Edit:
    return lambda document: place(document).__setitem__(key, value)


def drop(place: Callable[[dict[str, Any]], dict[str, Any]], key: str) -> Edit:
    return lambda document: place(document).pop(key)


def top(document: dict[str, Any]) -> dict[str, Any]:
    return document


def encoded(values: list[float]) -> str:
    return base64.b64encode(np.array(values, "<f4").tobytes()).decode()


LISTS_OF_WRONG_TYPE = (None, 5, "x", {}, True)
MISSING = [(top, k) for k in ("format", "version", "people")]
MISSING += [(person, k) for k in ("name", "folder", "added", "samples")]
MISSING += [(sample, k) for k in ("id", "file", "added", "photo", "box", "landmarks", "vectors")]

EDITS: dict[str, Edit] = {f"no {key}": drop(place, key) for place, key in MISSING}
EDITS |= {f"people is {value!r}": put(top, "people", value) for value in LISTS_OF_WRONG_TYPE}
EDITS |= {f"samples is {value!r}": put(person, "samples", value) for value in LISTS_OF_WRONG_TYPE}
EDITS |= {f"rejections is {value!r}": put(person, "rejections", value) for value in LISTS_OF_WRONG_TYPE}
EDITS |= {f"vectors is {value!r}": put(sample, "vectors", value) for value in (None, 5, "x", [1], True)}
EDITS |= {f"name is {value!r}": put(person, "name", value) for value in (None, 5, [], {})}
EDITS |= {f"id is {value!r}": put(sample, "id", value) for value in (None, [], {})}
EDITS |= {
    f"folder is {v!r}": put(person, "folder", v) for v in (None, "", "..", "../..", "a/b", "/abs", "a\\b")
}
EDITS |= {f"version is {v!r}": put(top, "version", v) for v in (None, "one", [], float("nan"), float("inf"))}
EDITS |= {
    f"box is {v!r}": put(sample, "box", v) for v in (5, "x", [1, 2, 3], [1, 2, 3, None], ["a", 2, 3, 4])
}
EDITS |= {
    "another format": put(top, "format", "photos of my cats"),
    "a box of a number too long": put(sample, "box", [10**400, 2, 3, 4]),
    "a landmark of a number too long": put(sample, "landmarks", [[10**400, 1]] * 5),
    "four landmarks": put(sample, "landmarks", [[1, 2]] * 4),
    "landmarks of one number": put(sample, "landmarks", [[1]] * 5),
    "a vector that is a list": put(sample, "vectors", {"dlib": [1.0, 0.0]}),
    "a vector that is not base64": put(sample, "vectors", {"dlib": "%%%%"}),
    "a vector of three bytes": put(sample, "vectors", {"dlib": "AAAA"}),
    "an empty vector": put(sample, "vectors", {"dlib": ""}),
    "a vector with a NaN": put(sample, "vectors", {"dlib": encoded([float("nan"), 1.0])}),
    "a vector with an infinity": put(sample, "vectors", {"dlib": encoded([float("inf"), 1.0])}),
    "a vector of zeros": put(sample, "vectors", {"dlib": encoded([0.0, 0.0])}),
    "a vector that is not of unit length": put(sample, "vectors", {"dlib": encoded([3.0, 4.0])}),
    "an id twice": put(sample, "id", "id 2"),
    "a folder twice": put(person, "folder", "Grace"),
    "a person that is a list": lambda document: document["people"].append([]),
    "a sample that is a string": lambda document: person(document)["samples"].append("sample"),
    "a rejection without a box": put(person, "rejections", [{"photo": "ab"}]),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=[*EDITS])
def test_records_that_make_no_sense_are_damaged_and_the_backup_is_offered(
    store: JsonStore, edit: Edit
) -> None:
    document = json.loads(store.path.read_bytes())
    changed = deepcopy(document)
    edit(changed)
    assert json.dumps(changed) != json.dumps(document)
    store.path.write_text(json.dumps(changed), "utf-8")
    assert assert_is_damaged(store).backup == store.backup


DEEP = b"[" * (20 * sys.getrecursionlimit() + 100_000)
CONTENTS = [b"", b"\0" * 4096, b"null", b"5", b'"x"', b"{}", b"true", b"\xff\xfe\xfd", b"{'a': 1}", b"<html>"]
CONTENTS += [DEEP, DEEP + b"]" * len(DEEP), b'{"people":' + DEEP, b"[1, 2]", b"[[]]", b"[{}]", b"[null]"]


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: repr(content[:12]))
def test_a_file_of_something_else_is_damaged(store: JsonStore, content: bytes) -> None:
    store.path.write_bytes(content)
    assert assert_is_damaged(store).backup == store.backup


def test_a_folder_in_the_place_of_the_records_is_damage(store: JsonStore) -> None:
    store.path.unlink()
    store.path.mkdir()
    assert assert_is_damaged(store).backup == store.backup
    assert store.path.is_dir()
