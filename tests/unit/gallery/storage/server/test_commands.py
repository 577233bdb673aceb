"""Each command on a gallery of a server: it does what it says, or says in one sentence why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.cli import main
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery
from tests.unit.gallery.conftest import people_of

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def shared(server_address: ServerAddress, add: Callable[..., Any]) -> ServerAddress:
    """A gallery with Ada in two photos and Grace in one."""
    with Gallery.open(server_address, for_writing=True) as gallery:
        for name, number in (("Ada", 1), ("Ada", 2), ("Grace", 3)):
            add(gallery, name, number)
    return server_address


@pytest.fixture
def run(shared: ServerAddress, capsys: pytest.CaptureFixture[str]) -> Run:
    def do(*words: str) -> tuple[int, Any]:
        status = main([words[0], "--gallery", str(shared), "--json", *words[1:]])
        return status, json.loads(capsys.readouterr().out)

    return do


def names(document: Any) -> list[str]:
    return [person["name"] for person in document["people"]]


def test_changes_and_their_undo(run: Run) -> None:
    assert names(run("people")[1]) == ["Ada", "Grace"]
    assert run("rename", "Ada", "Ada Lovelace")[0] == 0
    assert run("merge", "Grace", "Ada Lovelace")[0] == 0
    assert names(run("people")[1]) == ["Ada Lovelace"]
    assert run("undo")[0] == 0
    assert names(run("people")[1]) == ["Ada Lovelace", "Grace"]
    assert run("redo")[0] == 0
    assert run("undo")[0] == 0
    (face, _) = run("show", "Ada Lovelace")[1]["samples"]
    assert run("cover", face["id"])[0] == 0
    assert run("born", "Ada Lovelace", "1815")[0] == 0
    assert run("move", face["id"], "Grace")[0] == 0
    assert run("remove", face["id"])[0] == 0
    assert run("history")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        *(("backup",), ("backup", "--list"), ("restore", "x.json"), ("store", "json"), ("store", "database")),
        *(("encrypt", "--keyring"), ("decrypt",), ("passphrase",)),
    ],
    ids=" ".join,
)
def test_what_a_server_does_in_another_way(run: Run, words: tuple[str, ...]) -> None:
    status, document = run(*words)
    assert status == 1
    assert document["error"]["kind"] == "NotOnServerError"
    assert document["error"]["message"].endswith(".")


@pytest.mark.parametrize(
    "words", [("history",), ("conflicts",), ("check",), ("photos", "Ada"), ("doctor",)], ids=" ".join
)
def test_commands_that_read(run: Run, words: tuple[str, ...]) -> None:
    assert "error" not in run(*words)[1]


def test_a_gallery_moves_both_ways(run: Run, shared: ServerAddress, tmp_path: Path, postgres: Any) -> None:
    archive, folder, other = tmp_path / "a.zip", tmp_path / "gallery", postgres.address()
    assert run("export", str(archive))[0] == 0
    assert main(["import-archive", "--gallery", str(folder), str(archive)]) == 0
    assert main(["export", "--gallery", str(folder), str(tmp_path / "b.zip")]) == 0
    assert main(["import-archive", "--gallery", str(other), str(tmp_path / "b.zip")]) == 0
    found = []
    for place in (shared, folder, other):
        with Gallery.open(place, for_writing=False) as gallery:
            found.append({name: len(faces) for name, (_, faces, _) in people_of(gallery).items()})
    assert found == [{"Ada": 2, "Grace": 1}] * 3


def test_a_purged_person_is_nowhere_in_the_database(run: Run, postgres: Any, shared: ServerAddress) -> None:
    assert run("rename", "Ada", "Ada Lovelace")[0] == 0
    assert run("rename", "Grace", "Grace Hopper")[0] == 0
    status, document = run("purge", "Ada Lovelace", "--yes")
    assert (status, document["samples"], document["crops"]) == (0, 2, 2)
    assert names(run("people")[1]) == ["Grace Hopper"]
    tables = ("people", "photos", "faces", "vectors", "conflicts", "steps", "edits", "changes", "crops")
    dump = "".join(
        postgres.sql(f'SELECT to_jsonb(t)::text FROM "{shared.schema}".{table} t') for table in tables
    )
    assert "Grace" in dump
    assert "Ada" not in dump
    assert run("undo")[0] == 0
    assert names(run("people")[1]) == ["Grace"]


def test_clear_leaves_an_empty_gallery(run: Run) -> None:
    assert run("clear", "--yes") == (0, {"left": []})
    assert run("people")[1]["people"] == []


def test_a_password_in_an_address_is_not_shown(
    shared: ServerAddress, capsys: pytest.CaptureFixture[str]
) -> None:
    address = str(shared).replace("postgres@", "postgres:secret@") + "&nonsense=1"
    with pytest.raises(SystemExit) as ended:
        main(["people", "--gallery", address])
    assert ended.value.code == 2
    assert "secret" not in capsys.readouterr().err
