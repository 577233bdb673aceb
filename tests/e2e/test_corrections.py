"""What a person has said of a face stays, whatever a file says of it later; where they differ is listed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]
Run = Callable[..., dict[str, Any]]

FOLDERS, METADATA = "--people-from-folders", "--names-from-metadata"


@pytest.fixture
def run(program: Program, two: Path) -> Run:
    """Run a command on a gallery of Eileen Collins and Grace Hopper; gives its document."""

    def go(*arguments: object, status: int = 0) -> dict[str, Any]:
        result = program(*arguments, "--gallery", two, "--json")
        assert result.returncode == status, result.stderr
        return json.loads(result.stdout)  # type: ignore[no-any-return]

    return go


@pytest.fixture
def photos(program: Program, gallery_of_two: Path, astronaut_file: Path, hopper_file: Path, tmp_path: Path):
    """A folder for each of the two, and their names in metadata beside the photos."""
    folder = tmp_path / "photos"
    for name, file in (("Eileen Collins", astronaut_file), ("Grace Hopper", hopper_file)):
        (folder / name).mkdir(parents=True)
        shutil.copy(file, folder / name)
    assert program("write-names", folder, "--gallery", gallery_of_two).returncode == 0
    return folder


def people(run: Run) -> dict[str, int]:
    return {person["name"]: person["samples"] for person in run("people")["people"]}


def content(folder: Path) -> dict[Path, bytes]:
    """All that is on the disk, but who holds the gallery open."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("gallery.lock")
    )
    return {path: path.read_bytes() for path in files}


@pytest.mark.parametrize(("flag", "source"), [(FOLDERS, "folder"), (METADATA, "metadata")])
def test_the_same_import_again_adds_nothing_whatever_was_corrected(
    run: Run, photos: Path, hopper_file: Path, flag: str, source: str
) -> None:
    grace = run("show", "Grace Hopper")["samples"][0]["id"]
    where = {
        "Grace Hopper": "Grace Hopper/grace_hopper.jpg",
        "Eileen Collins": "Eileen Collins/astronaut.png",
    }
    for command, mine, theirs in (
        (("rename", "Grace Hopper", "Amazing Grace"), "Amazing Grace", "Grace Hopper"),
        (("merge", "Eileen Collins", "Grace Hopper"), "Grace Hopper", "Eileen Collins"),
        (("move", grace, "Joan"), "Joan", "Grace Hopper"),
        (("remove", grace), None, "Grace Hopper"),
        (("add", hopper_file, "--name", "Joan", "--replace"), "Joan", "Grace Hopper"),
    ):
        run(*command)
        before = people(run)
        for _ in range(2):
            told = run("import", photos, flag)
            assert (told["added"], told["known"], told["people"], told["errors"]) == (0, 1, [], []), command
            assert told["conflict_count"] == len(told["conflicts"]) == 1
            (conflict,) = told["conflicts"]
            assert (conflict["person"], conflict["name"]) == (mine, theirs), command
            assert (conflict["photo"], conflict["source"]) == (str(photos / where[theirs]), source)
            assert len(conflict["box"]) == 4
        assert people(run) == before, command
        run("undo")
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}
    assert run("conflicts")["conflicts"] == [], "the names are those of the files again"


def test_a_scan_adds_nothing_after_a_correction(run: Run, photos: Path) -> None:
    run("remove", run("show", "Grace Hopper")["samples"][0]["id"])
    run("rename", "Eileen Collins", "Eileen")
    told = run("import", photos)
    assert (told["photos"], told["faces"]) == (2, 0)
    assert sorted((row["person"], row["decision"]) for row in told["results"] if row["person"]) == [
        ("Eileen", "sample")
    ]
    assert people(run) == {"Eileen": 1}


def test_an_archive_brings_back_nothing_that_was_corrected(
    run: Run, tmp_path: Path, hopper_file: Path
) -> None:
    archive = tmp_path / "before.zip"
    run("export", archive)
    grace = run("show", "Grace Hopper")["samples"][0]["id"]
    for command, mine in (
        (("rename", "Grace Hopper", "Amazing Grace"), "Amazing Grace"),
        (("move", grace, "Joan"), "Joan"),
        (("remove", grace), None),
        (("add", hopper_file, "--name", "Joan", "--replace"), "Joan"),
    ):
        run(*command)
        before = people(run)
        told = run("import-archive", archive)
        assert (told["added"], told["new_people"], told["conflict_count"]) == (0, 0, 1), command
        (conflict,) = told["conflicts"]
        assert (conflict["person"], conflict["name"]) == (mine, "Grace Hopper")
        assert (conflict["source"], conflict["path"]) == ("archive", str(archive))
        assert people(run) == before, command
        run("undo")
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}


def test_sidecars_follow_corrections(run: Run, photos: Path) -> None:
    sidecars = {path.name: path for path in photos.rglob("*.xmp")}
    assert "Grace Hopper" in sidecars["grace_hopper.jpg.xmp"].read_text("utf-8")
    run("rename", "Grace Hopper", "Amazing Grace")
    run("remove", run("show", "Eileen Collins")["samples"][0]["id"])
    told = run("write-names", photos)
    assert (told["names"], told["removed"], told["errors"]) == (1, 1, [])
    written = sidecars["grace_hopper.jpg.xmp"].read_text("utf-8")
    assert "Amazing Grace" in written
    assert "Grace Hopper" not in written
    assert "Eileen Collins" not in sidecars["astronaut.png.xmp"].read_text("utf-8")
    told = run("import", photos, METADATA)
    assert (told["added"], told["conflicts"]) == (0, []), "the files say what was said here"


def test_conflicts_are_decided_one_by_one_or_all_at_once_and_that_is_undone(run: Run, photos: Path) -> None:
    run("rename", "Grace Hopper", "Amazing Grace")
    run("remove", run("show", "Eileen Collins")["samples"][0]["id"])
    assert run("import", photos, FOLDERS)["conflict_count"] == 2
    listed = run("conflicts")
    assert (listed["decided"], listed["conflict_count"]) == (0, 2)
    by_name = {conflict["name"]: conflict for conflict in listed["conflicts"]}
    assert by_name["Eileen Collins"]["person"] is None
    one = by_name["Grace Hopper"]["id"]

    decided = run("conflicts", "--mine", one)
    assert (decided["decided"], [left["name"] for left in decided["conflicts"]]) == (1, ["Eileen Collins"])
    assert run("import", photos, FOLDERS)["conflict_count"] == 1, "what was decided is not asked again"
    assert run("conflicts", "--mine", one, status=1)["error"]["kind"] == "ConflictNotFoundError"
    assert people(run) == {"Amazing Grace": 1}
    run("undo")
    assert run("conflicts")["conflicts"] == listed["conflicts"]

    decided = run("conflicts", "--all-theirs")
    assert (decided["decided"], decided["conflicts"]) == (2, [])
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}
    told = run("import", photos, FOLDERS)
    assert (told["added"], told["known"], told["conflicts"]) == (0, 2, [])
    assert "2 conflicts" in run("undo")["undone"]
    assert people(run) == {"Amazing Grace": 1}
    assert run("conflicts", "--all-mine")["decided"] == 2
    assert run("import", photos, FOLDERS)["conflicts"] == []
    assert people(run) == {"Amazing Grace": 1}


def test_what_is_in_conflict_is_said_with_what_can_be_done(
    program: Program, run: Run, two: Path, photos: Path
) -> None:
    assert program("conflicts", "--gallery", two).stdout == "There are no open conflicts.\n"
    run("rename", "Grace Hopper", "Amazing {Grace}")
    imported = program("import", photos, FOLDERS, "--gallery", two).stdout.splitlines()
    assert imported[0] == "2 photos: 0 faces of 0 people added, 1 known already, 1 conflict, 0 failed."
    assert imported[1:] == program("conflicts", "--gallery", two).stdout.splitlines()
    (conflict,) = run("conflicts")["conflicts"]
    assert imported[1] == (
        f"  {conflict['id']}  {conflict['photo']}: Amazing {{Grace}}; its folder says Grace Hopper"
    )
    assert "conflicts --mine" in imported[2]
    kept = program("conflicts", "--all-mine", "--gallery", two).stdout.splitlines()
    assert kept == [
        "Kept your names in 1 conflict. Undo: “undo”.",
        "There are no open conflicts.",
    ]
    for wrong in (("--all-mine", "--all-theirs"), ("--mine", "x", "--all-mine"), ("--theirs",)):
        assert program("conflicts", *wrong, "--gallery", two).returncode == 2


def test_a_new_name_replaces_the_old_one_only_when_that_is_asked_for(
    run: Run, two: Path, hopper_file: Path
) -> None:
    before = content(two)
    refused = run("add", hopper_file, "--name", "Joan", status=1)
    assert (refused["created"], refused["samples"]) == (False, [])
    assert refused["errors"][0]["kind"] == "FaceNamedError"
    assert "Grace Hopper" in refused["errors"][0]["message"]
    assert content(two) == before

    added = run("add", hopper_file, "--name", "Joan", "--replace")
    (sample,) = added["samples"]
    assert (added["person"], added["created"], sample["replaced"]) == ("Joan", True, "Grace Hopper")
    assert people(run) == {"Eileen Collins": 1, "Joan": 1}
    assert run("show", "Joan")["samples"][0]["id"] == sample["id"], "it is the same face"
    (photo,) = run("match", hopper_file)["photos"]
    assert photo["faces"][0]["person"] == "Joan"
    assert run("undo")["undone"] == "moved a face from Grace Hopper to Joan"
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}


def test_match_says_whose_a_face_is_and_leaves_out_whose_it_is_not(
    run: Run, hopper_file: Path, astronaut_file: Path
) -> None:
    faces = [photo["faces"][0] for photo in run("match", hopper_file, astronaut_file)["photos"]]
    assert [face["person"] for face in faces] == ["Grace Hopper", "Eileen Collins"]
    run("merge", "Eileen Collins", "Grace Hopper")
    run("remove", run("show", "Grace Hopper")["samples"][0]["id"])
    hopper, astronaut = (photo["faces"][0] for photo in run("match", hopper_file, astronaut_file)["photos"])
    told = {face["person"]: [match["person"] for match in face["matches"]] for face in (hopper, astronaut)}
    assert told == {None: [], "Grace Hopper": ["Grace Hopper"]}


@pytest.mark.parametrize("flags", [(), (FOLDERS,), (METADATA,)])
def test_a_dry_run_tells_the_same_and_changes_nothing_on_the_disk(
    run: Run, two: Path, photos: Path, group_file: Path, flags: tuple[str, ...]
) -> None:
    run("rename", "Grace Hopper", "Amazing Grace")
    run("undo")
    run("move", run("show", "Eileen Collins")["samples"][0]["id"], "Joan")
    shutil.copy(group_file, photos / "Grace Hopper")
    before = content(two), content(photos)
    tried = run("import", photos, *flags, "--dry-run")
    assert (content(two), content(photos)) == before
    assert people(run) == {"Joan": 1, "Grace Hopper": 1}
    done = run("import", photos, *flags)
    assert (tried.pop("dry_run"), done.pop("dry_run")) == (True, False)
    for told in (tried, done):  # ids and times of conflicts are those of the records that were made
        for conflict in told.get("conflicts", ()):
            del conflict["at"]
    assert tried == done
    assert content(two) != before[0]


def test_an_import_with_names_is_one_step(run: Run, photos: Path, group_file: Path, two: Path) -> None:
    run("undo")
    run("undo")
    told = run("import", photos, FOLDERS)
    assert (told["added"], told["known"]) == (2, 0)
    assert [step["description"] for step in run("history")["changes"]] == ["imported 2 faces"]
    assert run("undo") == {"undone": "imported 2 faces"}
    assert people(run) == {}
    assert run("redo") == {"redone": "imported 2 faces"}
    assert people(run) == {"Eileen Collins": 1, "Grace Hopper": 1}
