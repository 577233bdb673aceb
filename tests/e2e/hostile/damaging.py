"""Puts hostile values into the records, in either store, and hostile files into a gallery."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from face_match.gallery.storage.vault import to_disk, unlock
from tests.e2e.hostile.world import GRACE, JSON, PASSPHRASE, RECORDS, World


def edit_json(world: World, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change the records; half a surrogate pair is written as JSON has it."""
    document = json.loads(world.records.read_bytes())
    edit(document)
    world.records.write_text(json.dumps(document), "ascii")


def person(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["people"] if one["name"] == name)
    return found


@contextlib.contextmanager
def database(world: World) -> Iterator[sqlite3.Connection]:
    """The gallery's database, in which nothing is checked."""
    connection = sqlite3.connect(world.database)
    with contextlib.closing(connection), connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def face(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    """The first face of a person."""
    folder = person(document, name)["folder"]
    found: dict[str, Any] = next(one for one in document["faces"] if one["person"] == folder)
    return found


def photo(document: dict[str, Any], name: str = GRACE) -> dict[str, Any]:
    """The photo of the first face of a person."""
    number = face(document, name)["photo"]
    found: dict[str, Any] = next(one for one in document["photos"] if one["id"] == number)
    return found


def set_person(world: World, column: str, value: object) -> None:
    """Something of Grace Hopper's, in either store; her faces stay hers."""

    def edit(document: dict[str, Any]) -> None:
        known = person(document)
        for one in document["faces"]:
            if column == "folder" and one["person"] == known["folder"]:
                one["person"] = value
        known[column] = value

    if world.store == JSON:
        edit_json(world, edit)
        return
    with database(world) as connection:
        (folder,) = connection.execute("SELECT folder FROM people WHERE name = ?", (GRACE,)).fetchone()
        text, bound = _bound(value)
        connection.execute(f"UPDATE people SET {column} = {text} WHERE folder = ?", (bound, folder))
        if column == "folder":
            connection.execute(f"UPDATE faces SET person = {text} WHERE person = ?", (bound, folder))


def set_face(world: World, column: str, value: object) -> None:
    """Something of the first face of Grace Hopper's, in either store."""
    if world.store == JSON:
        edit_json(world, lambda document: face(document).update({column: value}))
        return
    with database(world) as connection:
        number = _first(connection, "id")
        if column == "vectors":
            connection.execute("DELETE FROM vectors WHERE face = ?", (number,))
            for model, embedding in dict(value).items():  # type: ignore[call-overload]
                model_text, model_bound = _bound(model)
                connection.execute(
                    f"INSERT INTO vectors (face, model, vector) VALUES (?, {model_text}, ?)",
                    (number, model_bound, embedding),
                )
            return
        text, bound = _bound(value)
        if column == "id":
            for table in ("vectors", "conflicts"):
                connection.execute(f"UPDATE {table} SET face = {text} WHERE face = ?", (bound, number))
        connection.execute(f"UPDATE faces SET {column} = {text} WHERE id = ?", (bound, number))


def set_photo(world: World, column: str, value: object) -> None:
    """Something of the photo of that face, in either store; its faces stay in it."""

    def edit(document: dict[str, Any]) -> None:
        known = photo(document)
        for one in document["faces"]:
            if column == "id" and one["photo"] == known["id"]:
                one["photo"] = value
        known[column] = value

    if world.store == JSON:
        edit_json(world, edit)
        return
    with database(world) as connection:
        number = _first(connection, "photo")
        text, bound = _bound(value)
        connection.execute(f"UPDATE photos SET {column} = {text} WHERE id = ?", (bound, number))
        if column == "id":
            connection.execute(f"UPDATE faces SET photo = {text} WHERE photo = ?", (bound, number))


def set_conflict(world: World, column: str, value: object) -> None:
    """Something of the one conflict that there is, in either store."""
    if world.store == JSON:
        edit_json(world, lambda document: document["conflicts"][0].update({column: value}))
        return
    with database(world) as connection:
        text, bound = _bound(value)
        connection.execute(f"UPDATE conflicts SET {column} = {text}", (bound,))


def _first(connection: sqlite3.Connection, column: str) -> str:
    """A column of the first face of Grace Hopper's."""
    (found,) = connection.execute(
        f"SELECT {column} FROM faces WHERE person = (SELECT folder FROM people WHERE name = ?) "
        "ORDER BY number",
        (GRACE,),
    ).fetchone()
    return str(found)


def _bound(value: object) -> tuple[str, object]:
    """How a value stands in a statement, and what is bound there: text that is no UTF-8 too."""
    if isinstance(value, (dict, list)):
        return "?", json.dumps(value)
    if isinstance(value, str):
        return "CAST(? AS TEXT)", value.encode("utf-8", "surrogatepass")
    return "?", value


def append_history(world: World, edits: object) -> None:
    """One step more, the first to be undone."""
    step = {"description": "something", "at": "2026-01-01T00:00:00Z", "undone": False}

    def append(document: dict[str, Any]) -> None:
        number = document["history"][-1]["id"] + 1
        document["history"].append({"id": number, **step, "edits": edits})

    if world.store == JSON:
        edit_json(world, append)
        return
    with database(world) as connection:
        number = connection.execute(
            "INSERT INTO steps (description, at, undone) VALUES (:description, :at, :undone)", step
        ).lastrowid
        for edit in edits if isinstance(edits, list) else [edits]:
            values = (number, json.dumps(edit))
            connection.execute("INSERT INTO edits (step, edit) VALUES (?, ?)", values)


def healthy_records(world: World) -> dict[str, Any]:
    """The file of records that the healthy gallery in JSON has."""
    path = world.bases.gallery(JSON, is_encrypted=False) / RECORDS
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def a_row(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the file as a history has it."""
    return {**{name: value for name, value in record.items() if name != "vectors"}, "extra": {}}


def a_face(world: World) -> dict[str, Any]:
    """The row of a face of Grace Hopper's."""
    return a_row(face(healthy_records(world)))


def put_waiting(world: World) -> Path:
    """What version 0.1 kept of a photo with unnamed faces, sealed where the gallery is; returns the file."""
    path = world.gallery / "waiting" / f"{0:032x}.faces"
    path.parent.mkdir(mode=0o700)
    data = world.bases.waiting
    if world.is_encrypted:
        vault = unlock(world.gallery, PASSPHRASE)
        data = to_disk(data, vault, f"waiting/{path.name}")
    path.write_bytes(data)
    return path


def with_waiting(make: Callable[[World], None]) -> Callable[[World], None]:
    """The same in a gallery that version 0.1 has kept unnamed faces of."""

    def make_with_waiting(world: World) -> None:
        put_waiting(world)
        make(world)

    return make_with_waiting


def written(name: str, content: str | bytes) -> Callable[[World], None]:
    """Puts a file into the gallery."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content

    def write(world: World) -> None:
        (world.gallery / name).write_bytes(data)

    return write


def replace_by_link(path: Path, to: Path | str) -> None:
    remove(path)
    path.symlink_to(to)


def remove(path: Path) -> None:
    """Whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def set_head(key: str, value: object, world: World) -> None:
    """A field of the file of records itself."""
    edit_json(world, lambda document: document.update({key: value}))
