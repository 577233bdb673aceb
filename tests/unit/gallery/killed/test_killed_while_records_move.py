"""Killed while records are moved to another kind of file, restored or migrated, a gallery loses nothing."""

from __future__ import annotations

import contextlib
import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.gallery import backups, stores, vault
from face_match.gallery.changes import SampleEdit
from face_match.gallery.gallery import Gallery
from face_match.gallery.kept_files import read_kept, record_files
from face_match.gallery.paths import BACKUPS_FOLDER, DATABASE, RECORDS
from face_match.gallery.samples import Crops

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

STORED = Path(__file__).parents[1] / "stored"
KINDS = ("file", "database", "sealed file", "sealed database")
FOLDER_WORK: dict[str, Callable[[Path, str | None], object]] = {
    "restore a file": lambda folder, word: backups.restore(folder, by_hand(folder, ".json"), word),
    "restore a database": lambda folder, word: backups.restore(folder, by_hand(folder, ".sqlite"), word),
    "move to a database": lambda folder, word: backups.move_records(
        folder, to_database=True, passphrase=word
    ),
    "move to a file": lambda folder, word: backups.move_records(folder, to_database=False, passphrase=word),
}
FOLDER_POINTS = 10


def by_hand(folder: Path, suffix: str) -> Path:
    """The backup of a kind."""
    (found,) = (folder / BACKUPS_FOLDER).glob(f"* by hand{suffix}")
    return found


@pytest.fixture
def outgrowing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """The addition with which records outgrow their file."""
    monkeypatch.setattr(stores, "JSON_SAMPLES", 7)
    return lambda gallery, faces: faces.add(gallery, "Newcomer", 20)


@pytest.mark.parametrize("kind", ["file", "sealed file"])
def test_records_that_outgrow_their_file_are_in_it_or_in_a_database(
    kind: str, trial: Callable[..., Any], outgrowing: Callable[..., object]
) -> None:
    tried = trial(kind)
    assert tried.kills_of(tried.points(kind, "database"), outgrowing) > 60
    assert (tried.place / DATABASE).exists()


def test_records_whose_move_to_a_database_fails_anywhere_have_the_change_that_outgrew_their_file(
    trial: Callable[..., Any], outgrowing: Callable[..., object]
) -> None:
    tried = trial("file")
    assert tried.failures(tried.points("outgrow", "database"), outgrowing) > 60


def test_opening_after_a_kill_can_be_killed_too(
    trial: Callable[..., Any], outgrowing: Callable[..., object], fresh: Callable[..., None], tmp_path: Path
) -> None:
    tried, points = trial("file"), 0
    allowed = tried.before_and_after(outgrowing)

    def first(at: int) -> None:
        gallery = tried.opened()
        with tried.disk.killing(at):
            outgrowing(gallery, tried.faces)

    def again(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            Gallery.open(tried.place, for_writing=True).close()

    for at in range(5, 80, 15):
        assert tried.disk.forked(lambda report, at=at: first(at)).was_killed
        left = tmp_path / "left by a kill"
        fresh(tried.place, left)
        opening = replace(tried, source=left)
        opening.facts = tried.facts
        points += opening.kills(itertools.count(1, 2), again, allowed)
    assert points > 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("work", FOLDER_WORK)
def test_records_that_are_moved_or_restored_anywhere_are_before_or_after_and_those_before_are_kept(
    kind: str, work: str, trial: Callable[..., Any]
) -> None:
    tried, do = trial(kind), FOLDER_WORK[work]
    before, after = tried.before_and_after_on(do)
    before_names = [person[0] for person in before["people"]]

    def attempt(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            do(tried.place, tried.word)
            report()

    def is_kept() -> bool:
        key = vault.unlock(tried.place, tried.word)
        kept = [read_kept(path, key) for path in record_files(tried.place) if path.name[0] != "."]
        names = [[record.person.name for record in then.records] for then in kept]
        return any(then in (before_names, [*before_names, "One more"]) for then in names)

    points = tried.kills(checked(tried.points(work, "database"), is_kept), attempt, [before, after])
    assert points >= FOLDER_POINTS
    assert is_kept()


@pytest.mark.parametrize("kind", KINDS[:2])
@pytest.mark.parametrize("work", FOLDER_WORK)
def test_records_whose_move_or_restoring_fails_anywhere_are_as_they_were(
    kind: str, work: str, trial: Callable[..., Any]
) -> None:
    tried, do = trial(kind), FOLDER_WORK[work]
    before, after = tried.before_and_after_on(do)
    assert tried.failures_on(tried.points(work, "database"), do, [before, after]) >= FOLDER_POINTS


def checked(points: Iterator[int], holds: Callable[[], bool]) -> Iterator[int]:
    """The points, and between them something that holds after each."""
    yield next(points)
    for at in points:
        assert holds(), f"before {at}"
        yield at


@pytest.fixture(params=["json", "sqlite"])
def of_version_1(request: pytest.FixtureRequest, tmp_path: Path, faces: Any) -> Path:
    """The folder of a gallery that the first version of the program has written."""
    folder = tmp_path / "version 1"
    folder.mkdir()
    name = RECORDS if request.param == "json" else DATABASE
    shutil.copy(STORED / f"version_1.{request.param}", folder / name)
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as gallery:
        edits = [edit for change in gallery.history for edit in change.edits if isinstance(edit, SampleEdit)]
        for number, filed in enumerate(
            filed for edit in edits for filed in (edit.before, edit.after) if filed is not None
        ):
            Crops(folder).write(filed.sample.file, faces.crop(number).pixels)
    return folder


def test_a_migration_that_is_killed_anywhere_was_made_or_was_not(
    of_version_1: Path, trial: Callable[..., Any]
) -> None:
    tried = trial("of version 1", of_version_1)

    def attempt(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            Gallery.open(tried.place, for_writing=True).close()

    assert tried.kills(tried.points("migrate"), attempt, [tried.facts.read(of_version_1, None)] * 2) > 15


def test_a_migration_that_fails_anywhere_was_not_made(of_version_1: Path, trial: Callable[..., Any]) -> None:
    tried = trial("of version 1", of_version_1)

    def migrate(place: Path, word: str | None) -> None:
        Gallery.open(place, for_writing=True).close()

    there = tried.facts.read(of_version_1, None)
    assert tried.failures_on(tried.points("migrate"), migrate, [there, there]) > 10
