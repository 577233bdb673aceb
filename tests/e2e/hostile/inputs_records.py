"""Hostile values in the records: paths, names, boxes, embeddings; and plans of what is to be erased."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.e2e.hostile.damaging import (
    edit_json,
    face,
    person,
    set_conflict,
    set_face,
    set_person,
    set_photo,
    written,
)
from tests.e2e.hostile.world import (
    ALL,
    CHEAP,
    CONFLICTS,
    DATABASE,
    EILEEN,
    GRACE,
    RECORDS,
    STORES,
    Hostile,
    World,
    secret_png,
)

PATHS: dict[str, Callable[[World], str]] = {
    "absolute": lambda world: str(world.target / "secret.png"),
    "dotdot": lambda world: "../out/secret.png",
    "dotdot-inside": lambda world: f"faces_db/{GRACE}/../../../out/secret.png",
    "drive": lambda world: "C:\\Users\\Public\\secret.png",
    "drive-relative": lambda world: "C:secret.png",
    "unc": lambda world: "\\\\host\\share\\secret.png",
    "backslash": lambda world: "faces_db\\..\\..\\out\\secret.png",
    "nul": lambda world: "faces_db/Grace\0/secret.png",
    "dots-and-spaces": lambda world: "faces_db/Grace. . /secret.png. ",
    "long": lambda world: "faces_db/" + "a" * 5000 + "/secret.png",
    "deep": lambda world: "faces_db/" + "a/" * 2500 + "secret.png",
    "empty": lambda world: "",
    "dot": lambda world: ".",
    "surrogate": lambda world: "faces_db/\ud800/secret.png",
    "records-file": lambda world: "backups/../embeddings.json",
}
NOT_PATHS: dict[str, object] = {"null": None, "number": 7, "list": ["faces_db"], "object": {"a": "b"}}

NAN, INFINITY = float("nan"), float("inf")


def inputs() -> Iterator[Hostile]:
    yield from _paths_of_records()
    yield from _erasing()
    yield from _values()


# Paths


def _paths_of_records() -> Iterator[Hostile]:
    for store in STORES:
        for name, path in PATHS.items():
            commands = ALL if name in ("absolute", "dotdot") else CHEAP
            yield Hostile(f"{store}-file-{name}", partial(_set_crop, path), commands, store)
            yield Hostile(f"{store}-folder-{name}", partial(_set_folder, path), commands, store)
    for name, value in NOT_PATHS.items():
        yield Hostile(f"json-file-{name}", partial(_set, set_face, "file", value), CHEAP)
        yield Hostile(f"json-folder-{name}", partial(_set, set_person, "folder", value), CHEAP)
    for column, setter in (("file", set_face), ("folder", set_person)):
        yield Hostile(
            f"database-{column}-bytes",
            partial(_set, setter, column, b"\xff\xfe../out/secret.png"),
            CHEAP,
            DATABASE,
        )
    yield Hostile("json-file-of-eileen", _share_crop, CHEAP)
    yield Hostile("json-file-of-unnamed", _share_crop_of_unnamed, ALL)


def _set_crop(path: Callable[[World], str], world: World) -> None:
    set_face(world, "file", path(world))


def _set_folder(path: Callable[[World], str], world: World) -> None:
    """The folder that leads to the same place as the crop would."""
    set_person(world, "folder", path(world).removesuffix("/secret.png").removeprefix("faces_db/"))


def _share_crop(world: World) -> None:
    """One crop for faces of two people: what erases the one takes it from the other."""
    edit_json(world, lambda d: face(d).update(file=face(d, EILEEN)["file"]))


def _share_crop_of_unnamed(world: World) -> None:
    """One crop, named after a face without a name, for a face that has one."""

    def edit(document: dict[str, Any]) -> None:
        unnamed = next(one for one in document["faces"] if one["person"] is None)
        face(document)["file"] = unnamed["file"]

    edit_json(world, edit)


# What is to be erased


def _erasing() -> Iterator[Hostile]:
    for name, path in PATHS.items():
        yield Hostile(f"erasing-moved-to-{name}", partial(_move_to, path), CHEAP)
    for name, value in NOT_PATHS.items():
        yield Hostile(f"erasing-moved-to-{name}", partial(_plan, moved={"payload.png": value}), CHEAP)
    yield Hostile("erasing-moved-to-dotdot-database", partial(_move_to, PATHS["dotdot"]), CHEAP, DATABASE)
    for name in ("absolute", "dotdot", "unc", "nul"):
        yield Hostile(f"erasing-moved-from-{name}", partial(_move_from, PATHS[name]), CHEAP)
        yield Hostile(f"erasing-files-{name}", partial(_delete, PATHS[name]), CHEAP)
        yield Hostile(f"erasing-folder-{name}", partial(_erase_folder, PATHS[name]), CHEAP)
    yield Hostile("erasing-files-records", partial(_plan, files=[RECORDS, "embeddings.json.bak"]), CHEAP)
    yield Hostile("erasing-moved-over-records", partial(_plan, moved={"payload.png": RECORDS}), CHEAP)
    odd: dict[str, object] = {
        "null": None,
        "list": [],
        "text": "nobody",
        "empty": {},
        "unknown-field": {
            "folder": "x",
            "names": [],
            "ids": [],
            "files": [],
            "moved": {},
            "vectors": [],
            "x": 1,
        },
        "numbers": {"folder": 1, "names": [2], "ids": [3], "files": [4], "moved": {"5": 6}, "vectors": [7]},
        "texts": {"folder": "x", "names": "a", "ids": "b", "files": "c", "moved": "d", "vectors": "e"},
        "places": {
            **{"folder": "x", "names": [], "ids": [], "files": [], "moved": {}, "vectors": ["?"]},
            "places": [["photo", [NAN, "x"]], 7],
        },
    }
    for name, value in odd.items():
        yield Hostile(f"erasing-{name}", written("erasing.json", json.dumps(value)), CHEAP)
    nested = "[" * 1_000_000
    yield Hostile("erasing-nested", written("erasing.json", nested), CHEAP)


def _plan(world: World, **fields: object) -> None:
    """A plan that concerns nobody, but for what is said."""
    (world.gallery / "payload.png").write_bytes(secret_png().replace(b"nobody", b"planted"))
    plan = {
        "folder": "Nobody",
        "names": ["Nobody At All"],
        "ids": ["0" * 32],
        "files": [],
        "moved": {},
        "vectors": [],
    }
    written("erasing.json", json.dumps({**plan, **fields}))(world)


def _move_to(path: Callable[[World], str], world: World) -> None:
    """A file that is there, to where none is yet."""
    _plan(world, moved={"payload.png": path(world).replace("secret.png", "written outside.png")})


def _move_from(path: Callable[[World], str], world: World) -> None:
    _plan(world, moved={path(world): "faces_db/Nobody/taken.png"})


def _delete(path: Callable[[World], str], world: World) -> None:
    _plan(world, files=[path(world)])


def _erase_folder(path: Callable[[World], str], world: World) -> None:
    _plan(world, folder=path(world).removesuffix("/secret.png"))


# Values


def _values() -> Iterator[Hostile]:
    boxes: dict[str, object] = {
        "nan": [NAN, 1, 2, 3],
        "infinite": [1, 2, INFINITY, 3],
        "texts": ["1", "2", "3", "4"],
        "negative": [-900, -900, -50, -50],
        "huge": [1e300, 1e300, 1e308, 1e308],
        "wide": [0, 0, 1e7, 1e7],
        "of-three": [1, 2, 3],
        "text": "1,2,3,4",
        "lists": [[1], [2], [3], [4]],
    }
    landmarks: dict[str, object] = {
        "of-three": [[1, 2], [3, 4], [5, 6]],
        "nan": [[NAN, NAN]] * 5,
        "equal": [[7, 7]] * 5,
        "huge": [[1e300, -1e300], [1e12, 0], [0, 1e12], [5, 6], [7, 8]],
        "texts": [["a", "b"]] * 5,
    }
    records: dict[str, tuple[str, object]] = {
        "id-empty": ("id", ""),
        "id-path": ("id", "../out/keep.txt"),
        "id-surrogate": ("id", "\udcff"),
        "id-long": ("id", "i" * 1_000_000),
        "photo-unknown": ("photo", "nothing"),
        "added-odd": ("added", "the day before\0"),
        "person-unknown": ("person", "Nobody"),
        "person-outside": ("person", "../../out"),
        "person-unnamed": ("person", ".unnamed"),
        "orientation-nine": ("orientation", 9),
        "confidence-nan": ("confidence", NAN),
        "quality-odd": ("quality", {"verdict": "splendid", "score": "x", "reasons": 7}),
        "origin-odd": ("origin", "the moon"),
        "is-ignored-odd": ("is_ignored", "perhaps"),
        "cluster-odd": ("cluster", "\ud800\0"),
        "apart-of-100000": ("apart", [str(number) for number in range(100_000)]),
        "rejections-odd": ("rejections", [{"folder": [], "name": {}}]),
        "rejection-outside": ("rejections", [{"folder": "../../out", "name": "x"}]),
        "rejection-similarity-nan": (
            "rejections",
            [{"folder": EILEEN, "name": EILEEN, "similarity": {"dlib": NAN}}],
        ),
    }
    photos: dict[str, tuple[str, object]] = {
        "id-odd": ("id", "../\0\ud800"),
        "digest-long": ("digest", "d" * 1_000_000),
        "digest-of-nothing": ("digest", ""),
        "file-digest-odd": ("file_digest", "\ud800"),
        "path-nul": ("path", "a\0b"),
        "path-unc": ("path", "\\\\host\\share\\photo.jpg"),
        "path-surrogate": ("path", "\udcff"),
        "path-long": ("path", "/" + "a" * 100_000),
        "size-negative": ("size", -5),
        "size-text": ("size", "large"),
        "modified-huge": ("modified_ns", 2**63 - 1),
        "width-huge": ("width", 2**62),
        "width-zero": ("width", 0),
        "orientation-zero": ("orientation", 0),
        "orientation-other": ("orientation", 6),
        "taken-odd": ("taken", "the day before\0"),
        "scans-odd": ("scans", [7, None]),
        "scans-nested": ("scans", [[[]]]),
    }
    conflicts: dict[str, tuple[str, object]] = {
        "id-odd": ("id", "\ud800"),
        "face-unknown": ("face", "nobody"),
        "name-nul": ("name", "a\0b"),
        "name-long": ("name", "n" * 1_000_000),
        "name-escapes": ("name", "\x1b]0;x\x07\x1b[2J<img src=x>"),
        "source-odd": ("source", "hearsay"),
        "path-surrogate": ("path", "\udcff"),
        "at-odd": ("at", "\0"),
        "decision-odd": ("decision", "perhaps"),
    }
    people: dict[str, tuple[str, object]] = {
        "name-surrogate": ("name", "Grace \ud800"),
        "name-nul": ("name", "Grace\0Hopper"),
        "name-empty": ("name", ""),
        "name-blank": ("name", " \u200b "),
        "name-long": ("name", "G" * 1_000_000),
        "name-escapes": ("name", "\x1b]0;x\x07\x1b[2JGrace\r\n<img src=x>"),
        "name-path": ("name", "../../out/Grace"),
        "name-twice": ("name", "EILEEN  collins"),
        "folder-con": ("folder", "CON"),
        "folder-aux": ("folder", "aux."),
        "folder-300": ("folder", "f" * 300),
        "folder-twice-by-case": ("folder", "eileen collins"),
        "cover-number": ("cover", 7),
        "cover-list": ("cover", [{}]),
        "cover-unknown": ("cover", "nobody\ud800"),
    }
    embeddings = {
        "of-64": unit_vector(64),
        "of-512": unit_vector(512),
        "empty": b"",
        "odd-length": unit_vector(128)[:-3],
        "zero": bytes(512),
        "nan": struct.pack("<128f", *[NAN] * 128),
        "infinite": struct.pack("<128f", *[INFINITY] * 128),
        "not-unit": struct.pack("<128f", *[5.0] * 128),
        "huge": struct.pack("<128f", *[3e38] * 128),
    }
    for store in STORES:
        for name, box in boxes.items():
            yield Hostile(f"{store}-box-{name}", partial(to_be_embedded, box=box), ALL, store)
        for name in ("nan", "texts", "huge", "of-three"):
            yield Hostile(f"{store}-place-{name}", partial(to_be_embedded, place=boxes[name]), ALL, store)
        for name, points in landmarks.items():
            yield Hostile(f"{store}-landmarks-{name}", partial(to_be_embedded, landmarks=points), ALL, store)
        for name, (column, value) in records.items():
            make = partial(_set, set_face, column, value)
            yield Hostile(f"{store}-{name}", make, CHEAP, store)
        for name, (column, value) in people.items():
            make = partial(_set, set_person, column, value)
            yield Hostile(f"{store}-{name}", make, CHEAP, store)
        for name, (column, value) in photos.items():
            make = partial(_set, set_photo, column, value)
            yield Hostile(f"{store}-photo-{name}", make, ALL, store)
        for name, (column, value) in conflicts.items():
            make = partial(_set, set_conflict, column, value)
            yield Hostile(f"{store}-conflict-{name}", make, CONFLICTS, store)
        for name, data in embeddings.items():
            yield Hostile(f"{store}-vector-{name}", partial(set_embeddings, {"dlib": data}), ALL, store)
        odd_model = {"../out/\ud800\0": unit_vector(128)}
        yield Hostile(f"{store}-model-odd", partial(set_embeddings, odd_model), ALL, store)
    for name, text in {"not-base64": "?!", "number": 7, "list": [0.1] * 128}.items():
        yield Hostile(f"json-vector-{name}", partial(_set, set_face, "vectors", {"dlib": text}), ALL)
    yield Hostile("json-id-twice", _same_ids, CHEAP)
    yield Hostile("json-id-number", partial(_set, set_face, "id", 7), CHEAP)
    yield Hostile("json-name-number", partial(_set, set_person, "name", 7), CHEAP)
    yield Hostile("json-folder-twice", partial(_set, set_person, "folder", EILEEN), CHEAP)
    yield Hostile("json-name-other-normal-form", _same_name_in_other_forms, CHEAP)
    for table in ("photos", "faces", "conflicts"):
        yield Hostile(f"json-{table}-null", partial(_set_table, table, None), CHEAP)
        yield Hostile(f"json-{table}-of-null", partial(_set_table, table, [None]), CHEAP)
    yield Hostile("json-extra-nested", _nested_extra, CHEAP)
    yield Hostile("json-extra-replaces", partial(_set, set_person, "face_count", [NAN]), CHEAP)


def unit_vector(dimensions: int) -> bytes:
    return struct.pack(f"<{dimensions}f", 1.0, *[0.0] * (dimensions - 1))


def _set(setter: Callable[[World, str, object], None], column: str, value: object, world: World) -> None:
    setter(world, column, value)


def to_be_embedded(world: World, **fields: object) -> None:
    """A face that has lost its embeddings, so that its box and landmarks are used."""
    set_face(world, "vectors", {})
    for column, value in fields.items():
        set_face(world, column, value)


def set_embeddings(embeddings: dict[str, bytes], world: World) -> None:
    in_store: dict[str, Any] = (
        embeddings
        if world.store == DATABASE
        else {model: base64.b64encode(data).decode() for model, data in embeddings.items()}
    )
    set_face(world, "vectors", in_store)


def _same_ids(world: World) -> None:
    def edit(document: dict[str, Any]) -> None:
        for one in document["faces"]:
            if one["person"] == person(document)["folder"]:
                one["id"] = "0" * 32

    edit_json(world, edit)


def _same_name_in_other_forms(world: World) -> None:
    def edit(document: dict[str, Any]) -> None:
        person(document)["name"] = "Ze\u0301lie"
        document["people"].append({**person(document, "Ze\u0301lie"), "name": "Z\u00e9lie", "folder": "z"})

    edit_json(world, edit)


def _set_table(table: str, value: object, world: World) -> None:
    edit_json(world, lambda document: document.update({table: value}))


def _nested_extra(world: World) -> None:
    nested: list[Any] = []
    for _ in range(400):
        nested = [nested]
    set_person(world, "note", nested)
