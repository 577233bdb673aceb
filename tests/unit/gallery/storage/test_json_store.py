"""The JSON store gives records back exactly; damaged files are neither read nor changed."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from face_match.core.errors import GalleryDamagedError, GalleryNewerError
from face_match.core.records import Conflict, FaceRecord, Person, PhotoRecord, Rejection, Source
from face_match.core.types import Box, Landmarks
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.history import HistoryEntry, Step
from face_match.gallery.records.rows import Contents
from face_match.gallery.storage.active_store import history_of
from face_match.gallery.storage.json_store import JsonStore
from tests.unit.gallery.random_records import contents_of, facts, galleries, step_facts, unit_vector


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a machine may be at something else
@given(contents=galleries())
def test_all_records_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, contents: Contents
) -> None:
    folder = tmp_path_factory.mktemp("gallery")
    store = JsonStore(folder)
    store.save(contents, {})
    again = JsonStore(folder)
    again.load()
    assert facts(again.contents()) == facts(contents)
    written = store.path.read_bytes()
    again.save(again.contents(), {})
    assert store.path.read_bytes() == written


def made_up() -> Contents:
    """Three people, the first of odd name, with three faces, one of them with all that there can be."""
    told = {"of later": [1, {"β": None}]}
    people = [
        Person('"A"\\ Lovelace\n😀\u2028', "Ada", "2026-01-02T03:04:05Z", cover="id 1"),
        Person("שלום", "שלום", "2026-02-02T03:04:05Z", born="1815-12-10", extra=told),
        Person("Grace", "Grace", "2026-03-02T03:04:05Z"),
    ]
    photos = [PhotoRecord(f"photo {n}", f"{n:064x}", path=f"/photos/{n}.jpg", width=640) for n in range(3)]

    def face(number: int, person: str | None) -> FaceRecord:
        return FaceRecord(
            f"id {number}",
            f"faces_db/Ada/{number}.png",
            f"photo {number}",
            Box(1.5, 2.25, 30.0, 40.125),
            box=Box(1, 2, 3, 4),
            landmarks=Landmarks.of([[n, n / 3] for n in range(5)]),
            person=person,
            rejections=(Rejection("Grace", "Grace", {"dlib": 0.25}),) if number == 1 else (),
            added="2026-01-02T03:04:05Z",
            embeddings={"dlib": unit_vector(number, 128), "моя модель": unit_vector(number + 50, 128)},
            extra=told,
        )

    faces = [face(0, "Ada"), face(1, "Ada"), face(2, None)]
    conflict = Conflict("c", "id 1", "Grace", Source.METADATA, "/photos/1.jpg", "2026-03-02T03:04:05Z")
    return contents_of(people, faces, photos, [conflict])


@pytest.fixture
def store(folder: Path) -> JsonStore:
    """Records of three people with a history, and a backup that is the same."""
    store = JsonStore(folder)
    store.save(made_up(), {})
    (ada, *_), draft = store.people(), Draft()
    draft.person(ada, replace(ada, name="Ada"))
    draft.face(
        None, FaceRecord("id 3", "faces_db/Ada/3.png", person="Ada", embeddings={"dlib": unit_vector(9, 8)})
    )
    store.commit(draft.edits(), HistoryEntry(Step(1, "did something", "2026-03-03T03:04:05Z"), draft.edits()))
    store.save(store.contents(), {step.id: (step, edits) for step, edits in history_of(store)})
    return store


def test_the_history_comes_back_as_it_was(store: JsonStore) -> None:
    again = JsonStore(store.path.parent)
    again.load()
    assert step_facts(history_of(again)) == step_facts(history_of(store))
    assert [len(edits) for _, edits in history_of(again)] == [2]


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


def test_truncated_records_are_damaged_and_the_backup_is_suggested(store: JsonStore) -> None:
    whole = store.path.read_bytes()
    assert len(whole) > 3000
    for length in range(0, len(whole) - 2, 17):
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


Change = Callable[[dict[str, Any]], object]
Place = Callable[[dict[str, Any]], dict[str, Any]]


def top(document: dict[str, Any]) -> dict[str, Any]:
    return document


def one(table: str, number: int) -> Place:
    return lambda document: document[table][number]  # type: ignore[no-any-return]


person, photo, face, conflict = one("people", 0), one("photos", 1), one("faces", 1), one("conflicts", 0)
step = one("history", 0)


def rename(document: dict[str, Any]) -> dict[str, Any]:
    return step(document)["edits"][0]  # type: ignore[no-any-return]


def addition(document: dict[str, Any]) -> dict[str, Any]:
    return step(document)["edits"][1]  # type: ignore[no-any-return]


def put(place: Place, key: str, value: object) -> Change:
    return lambda document: place(document).__setitem__(key, value)


def drop(place: Place, key: str) -> Change:
    return lambda document: place(document).pop(key)


def encoded(values: list[float]) -> str:
    return base64.b64encode(np.array(values, "<f4").tobytes()).decode()


NO_LISTS = (None, 5, "x", {}, True)
TABLES = ("people", "photos", "faces", "conflicts", "history")
MISSING = [(top, k) for k in ("format", "version", *TABLES)]
MISSING += [(person, k) for k in ("name", "folder", "added")]
MISSING += [(photo, "id"), *((face, k) for k in ("id", "file", "added"))]
MISSING += [(conflict, k) for k in ("id", "face", "name", "source", "path", "at")]
MISSING += [(step, k) for k in ("id", "description", "at", "undone", "edits")]
MISSING += [(rename, k) for k in ("table", "key", "from", "to")]

CHANGES: dict[str, Change] = {
    f"no {key} in {getattr(place, '__name__', 'row')} {number}": drop(place, key)
    for number, (place, key) in enumerate(MISSING)
}
CHANGES |= {f"{table} is {value!r}": put(top, table, value) for table in TABLES for value in NO_LISTS}
CHANGES |= {f"rejections is {value!r}": put(face, "rejections", value) for value in NO_LISTS}
CHANGES |= {f"vectors is {value!r}": put(face, "vectors", value) for value in (None, 5, "x", [1], True)}
CHANGES |= {f"name is {value!r}": put(person, "name", value) for value in (None, 5, [], {}, "", "\u200b")}
CHANGES |= {f"id is {value!r}": put(face, "id", value) for value in (None, [], {}, 5)}
CHANGES |= {
    f"folder is {v!r}": put(person, "folder", v) for v in (None, "", "..", "../..", "a/b", "/abs", "a\\b")
}
CHANGES |= {
    f"file is {v!r}": put(face, "file", v)
    for v in (None, 5, "../x.png", "/etc/passwd", "faces_db/../../x", "faces_db/1.sealed", "a\\b")
}
CHANGES |= {f"version is {v!r}": put(top, "version", v) for v in (None, "one", [], 4.5, float("nan"))}
CHANGES |= {
    f"box is {v!r}": put(face, "box", v) for v in (5, "x", [1, 2, 3], [1, 2, 3, None], ["a", 2, 3, 4])
}
CHANGES |= {f"orientation is {v!r}": put(face, "orientation", v) for v in (0, 9, None, "1", True)}
CHANGES |= {f"origin is {v!r}": put(face, "origin", v) for v in (None, "painted", 5)}
CHANGES |= {f"is_ignored is {v!r}": put(face, "is_ignored", v) for v in (None, "yes", 2, [])}
CHANGES |= {f"size is {v!r}": put(photo, "size", v) for v in (None, -1, 1.5, True, 1 << 63)}
CHANGES |= {f"scans is {v!r}": put(photo, "scans", v) for v in (None, "mtcnn", [5])}
CHANGES |= {f"turned is {v!r}": put(photo, "turned", v) for v in (0, 9, "6", True, [])}
CHANGES |= {f"turned_by_scan is {v!r}": put(photo, "turned_by_scan", v) for v in (0, 9, "6", True, [])}
CHANGES |= {f"hints is {v!r}": put(photo, "hints", v) for v in (None, "Ada", [5], [""], [["Ada"]])}
CHANGES |= {f"decision is {v!r}": put(conflict, "decision", v) for v in (None, "ours", 5)}
CHANGES |= {
    "another format": put(top, "format", "photos of my cats"),
    "a box of a number too long": put(face, "box", [10**400, 2, 3, 4]),
    "a place that is no place": put(face, "place", [1, 2, 0, 4]),
    "a landmark of a number too long": put(face, "landmarks", [[10**400, 1]] * 5),
    "four landmarks": put(face, "landmarks", [[1, 2]] * 4),
    "landmarks of one number": put(face, "landmarks", [[1]] * 5),
    "landmarks in one point": put(face, "landmarks", [[1, 1]] * 5),
    "a vector that is a list": put(face, "vectors", {"dlib": [1.0, 0.0]}),
    "a vector that is not base64": put(face, "vectors", {"dlib": "%%%%"}),
    "a vector of three bytes": put(face, "vectors", {"dlib": "AAAA"}),
    "an empty vector": put(face, "vectors", {"dlib": ""}),
    "a vector with a NaN": put(face, "vectors", {"dlib": encoded([float("nan"), 1.0])}),
    "a vector with an infinity": put(face, "vectors", {"dlib": encoded([float("inf"), 1.0])}),
    "a vector of zeros": put(face, "vectors", {"dlib": encoded([0.0, 0.0])}),
    "a vector that is not of unit length": put(face, "vectors", {"dlib": encoded([3.0, 4.0])}),
    "an id twice": put(face, "id", "id 2"),
    "a folder twice": put(person, "folder", "Grace"),
    "a photo twice": put(photo, "id", "photo 2"),
    "a face of nobody": put(face, "person", "Nobody"),
    "a face of a photo that is not there": put(face, "photo", "photo 9"),
    "a conflict about a face that is not there": put(conflict, "face", "id 9"),
    "a person that is a list": lambda document: document["people"].append([]),
    "a face that is a string": lambda document: document["faces"].append("face"),
    "a rejection without a name": put(face, "rejections", [{"folder": "Ada"}]),
    "a rejection of a folder that leads out": put(face, "rejections", [{"folder": "..", "name": "Ada"}]),
    "an edit of another table": put(rename, "table", "cats"),
    "an edit of no row": lambda document: rename(document).update({"from": None, "to": None}),
    "an edit with a field on one side": lambda document: rename(document)["to"].update(added="now"),
    "an edit of a field that is not known": lambda document: rename(document)["to"].update(x=1),
    "an edit of a key": lambda document: [rename(document)[k].update(folder="x") for k in ("from", "to")],
    "an edit of another row": put(addition, "key", "id 7"),
    "an edit with a vector of zeros": put(addition, "vectors", {"dlib": encoded([0.0, 0.0])}),
    "a step twice": lambda document: document["history"].append(document["history"][0]),
    "steps out of order": lambda document: document["history"].append(document["history"][0] | {"id": 0}),
    "a step after one that was undone": lambda document: (
        document["history"][0].update(undone=True),
        document["history"].append(document["history"][0] | {"id": 2, "undone": False}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=[*CHANGES])
def test_invalid_records_are_damaged_and_the_backup_is_suggested(store: JsonStore, change: Change) -> None:
    document = json.loads(store.path.read_bytes())
    changed = deepcopy(document)
    change(changed)
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


def test_fields_of_a_later_version_stay_where_they_are(
    folder: Path, add: Callable[..., NamingResult], names_in: Callable[[Path], list[str]]
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        (face_record,) = add(gallery, "Ada", 1).faces
    path = folder / "embeddings.json"
    document = json.loads(path.read_bytes())
    document["later"] = {"of": "all"}
    for table in ("people", "photos", "faces"):
        document[table][0]["later"] = [table]
    path.write_text(json.dumps(document), "utf-8")
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.rename(gallery.person("Ada"), "Ada King")
        gallery.remove([face_record.id])
        gallery.undo()
        gallery.redo()
        gallery.undo()
    kept = json.loads(path.read_bytes())
    assert kept["later"] == {"of": "all"}
    for table in ("people", "photos", "faces"):
        assert [row["later"] for row in kept[table]] == [[table]]
    assert names_in(folder) == ["Ada King"]
