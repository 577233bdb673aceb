"""Hostile histories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.e2e.hostile.damaging import (
    a_face,
    a_row,
    append_history,
    database,
    edit_json,
    face,
    healthy_records,
    photo,
    set_head,
)
from tests.e2e.hostile.world import (
    CHEAP,
    DATABASE,
    EILEEN,
    GRACE,
    RECORDS,
    STORES,
    Hostile,
    World,
)

Edits = Callable[[World], object]
"""Makes the edits of a step."""


def inputs() -> Iterator[Hostile]:
    def row(**fields: object) -> Callable[[World], dict[str, Any]]:
        """A face of Grace Hopper's that is not there."""
        return lambda world: {**a_face(world), "id": "e" * 32, **fields}

    def gone(table: str, made: Callable[[World], dict[str, Any]], key: str = "id") -> Edits:
        """Undoing it brings a row back."""
        return lambda world: [{"table": table, "key": made(world)[key], "from": made(world), "to": None}]

    def added(table: str, made: Callable[[World], dict[str, Any]], key: str = "id") -> Edits:
        """Undoing it removes a row."""
        return lambda world: [{"table": table, "key": made(world)[key], "from": None, "to": made(world)}]

    def changed(name: str, before: object) -> Edits:
        """Undoing it changes a field of the face of Grace Hopper's."""

        def edits(world: World) -> object:
            known = a_face(world)
            return [{"table": "faces", "key": known["id"], "from": {name: before}, "to": {name: known[name]}}]

        return edits

    def of_grace(before: object, after: object) -> Edits:
        return lambda world: [{"table": "people", "key": GRACE, "from": before, "to": after}]

    def photo_of_grace(world: World) -> dict[str, Any]:
        return a_row(photo(healthy_records(world)))

    def conflict(**fields: object) -> Callable[[World], dict[str, Any]]:
        return lambda world: {**a_row(healthy_records(world)["conflicts"][0]), "id": "c" * 32, **fields}

    def crop_of_eileen(world: World) -> object:
        return changed("file", face(healthy_records(world), EILEEN)["file"])(world)

    def face_with_crop_of_eileen(world: World) -> object:
        return gone("faces", row(file=face(healthy_records(world), EILEEN)["file"]))(world)

    def outside_and_added(world: World) -> object:
        return added("faces", row(file=str(world.target / "secret.png")))(world)

    person = {"folder": GRACE, "name": GRACE, "added": "", "cover": None, "born": "", "extra": {}}
    made: dict[str, Edits] = {
        "unknown-face": added("faces", row()),
        "unknown-person": changed("person", "Nobody"),
        "unknown-photo": changed("photo", "nothing"),
        "face-of-nobody": gone("faces", row(person="Nobody")),
        "face-of-no-photo": gone("faces", row(photo="nothing")),
        "face-there-already": gone("faces", a_face),
        "person-there-already": gone("people", lambda world: person, "folder"),
        "person-with-faces": added("people", lambda world: person, "folder"),
        "photo-with-faces": added("photos", photo_of_grace),
        "conflict-of-no-face": gone("conflicts", conflict(face="nobody")),
        "name-of-another": of_grace({"name": EILEEN}, {"name": GRACE}),
        "crop-of-eileen": crop_of_eileen,
        "face-with-crop-of-eileen": face_with_crop_of_eileen,
        "crop-is-records": changed("file", RECORDS),
        "file-outside": gone("faces", row(file="../out/secret.png")),
        "file-outside-added": outside_and_added,
        "file-moves-outside": changed("file", "../out/secret.png"),
        "folder-outside": changed("person", "../../out"),
        "person-outside": gone("people", lambda world: {**person, "folder": "../../out"}, "folder"),
        "key-of-another": lambda world: [
            {"table": "faces", "key": "d" * 32, "from": row()(world), "to": None}
        ],
        "key-changes": changed("id", "d" * 32),
        "vectors-of-a-person": lambda world: [
            {
                **{"table": "people", "key": GRACE, "from": {"born": "1906"}, "to": {"born": ""}},
                "vectors": face(healthy_records(world))["vectors"],
            }
        ],
        "vectors-odd": lambda world: [
            {"table": "faces", "key": "e" * 32, "from": row()(world), "to": None, "vectors": {"dlib": "?"}}
        ],
        "no-edits": lambda world: [],
        "null": lambda world: None,
        "empty-edit": lambda world: [{}],
        "edit-text": lambda world: ["faces"],
        "all-null": of_grace(None, None),
        "one-side": of_grace({}, {"name": GRACE}),
        "table-odd": lambda world: [{"table": ["faces"], "key": "x", "from": {}, "to": {}}],
        "extra-odd": of_grace({"extra": 7}, {"extra": {}}),
        "field-unknown": of_grace({"shoe size": 7}, {"shoe size": 8}),
    }
    for store in STORES:
        for name, edits in made.items():
            yield Hostile(
                f"{store}-history-{name}",
                partial(_append, edits),
                CHEAP,
                store,
            )
    histories: dict[str, object] = {"null": None, "object": {}, "number": 7, "texts": ["x"]}
    for name, history in histories.items():
        yield Hostile(f"json-whole-history-{name}", partial(set_head, "history", history), CHEAP)
    steps: dict[str, dict[str, object]] = {
        "id-huge": {"id": 2**63 - 1},
        "id-largest": {"id": 2**53},
        "id-negative": {"id": -1},
        "id-of-another": {"id": 1},
        "undone-odd": {"undone": "perhaps"},
        "description-escapes": {"description": "\x1b]0;x\x07\x1b[2J\r\n<img src=x>"},
        "description-surrogate": {"description": "\ud800"},
    }
    for name, fields in steps.items():
        yield Hostile(f"json-step-{name}", partial(_set_step, fields), CHEAP)
    yield Hostile("json-history-nested", _nested_history, CHEAP)
    yield Hostile("json-history-of-2000", _long_history, CHEAP)
    yield Hostile("database-history-nested", _nested_history_in_database, CHEAP, DATABASE)


def _append(edits: Edits, world: World) -> None:
    append_history(world, edits(world))


def _set_step(fields: dict[str, object], world: World) -> None:
    """Of the last one."""
    edit_json(world, lambda document: document["history"][-1].update(fields))


def _nested_history(world: World) -> None:
    set_head("history", ["here"], world)
    text = world.records.read_text("ascii")
    world.records.write_text(text.replace('["here"]', "[" * 1_000_000 + "]" * 1_000_000), "ascii")


def _nested_history_in_database(world: World) -> None:
    with database(world) as connection:
        connection.execute("UPDATE edits SET edit = ?", ("[" * 1_000_000 + "]" * 1_000_000,))


def _long_history(world: World) -> None:
    def edit(document: dict[str, Any]) -> None:
        step = document["history"][-1]
        document["history"] = [{**step, "id": number} for number in range(2_000)]

    edit_json(world, edit)
