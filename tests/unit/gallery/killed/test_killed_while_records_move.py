"""A gallery killed while records are moved, restored or migrated loses nothing."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from face_match.gallery import restore
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, RECORDS, WAITING_FOLDER
from face_match.gallery.records.rows import Table
from face_match.gallery.security import encryption
from face_match.gallery.storage import active_store, vault
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.gallery_files import read_records, record_files
from face_match.gallery.storage_change import move_records

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

STORED = Path(__file__).parents[1] / "stored"
KINDS = ("file", "database", "sealed file", "sealed database")
FOLDER_WORK: dict[str, Callable[[Path, str | None], object]] = {
    "restore a file": lambda folder, word: restore.restore(folder, by_hand(folder, ".json"), word),
    "restore a database": lambda folder, word: restore.restore(folder, by_hand(folder, ".sqlite"), word),
    "move to a database": lambda folder, word: move_records(folder, to_database=True, passphrase=word),
    "move to a file": lambda folder, word: move_records(folder, to_database=False, passphrase=word),
}
FOLDER_POINTS = 10

ARCHIVED = sorted(path.stem for path in STORED.glob("*.zip"))
RECORDS_ALONE = sorted(path.name for path in STORED.glob("version_*"))
MIGRATION_EVERY = {"file": 2, "database": 12}
"""Of the calls of a migration, for a database some hundred, one in so many is a point after the first."""
FEWEST_POINTS = {"demo": 5}
"""The demo's file stays until something is changed: opening it writes next to nothing."""


def by_hand(folder: Path, suffix: str) -> Path:
    """The backup of a kind."""
    (found,) = (folder / BACKUPS_FOLDER).glob(f"* by hand{suffix}")
    return found


@pytest.fixture
def outgrowing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """The addition with which records outgrow their file."""

    def add(gallery: Gallery, faces: Any) -> None:
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 5)
        faces.add(gallery, "Newcomer", 20)

    return add


@pytest.mark.parametrize("kind", ["file", "sealed file"])
def test_records_killed_while_moving_are_in_json_or_in_a_database(
    kind: str, trial: Callable[..., Any], outgrowing: Callable[..., object]
) -> None:
    tried = trial(kind)
    assert tried.kills_of(tried.points(kind), outgrowing) > 60
    assert (tried.place / DATABASE).exists()


def test_a_failed_move_to_a_database_keeps_the_edit_that_caused_it(
    trial: Callable[..., Any], outgrowing: Callable[..., object]
) -> None:
    tried = trial("file")
    assert tried.failures(tried.points("outgrow"), outgrowing) > 60


def test_opening_after_a_kill_can_be_killed_too(
    trial: Callable[..., Any], outgrowing: Callable[..., object], fresh: Callable[..., None], tmp_path: Path
) -> None:
    tried, points = trial("file"), 0
    allowed = tried.states(outgrowing)

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
def test_records_killed_while_moved_or_restored_are_old_or_new_and_the_old_ones_are_kept(
    kind: str, work: str, trial: Callable[..., Any]
) -> None:
    tried, do = trial(kind), FOLDER_WORK[work]
    before, after = tried.states_on(do)
    tried.others = crops_in(tried)  # of what a restored backup does not know
    before_names = [person["name"] for person in before["people"]]

    def attempt(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            do(tried.place, tried.word)
            report()

    def is_kept() -> bool:
        key = vault.unlock(tried.place, tried.word)
        kept = [read_records(path, key) for path in record_files(tried.place) if path.name[0] != "."]
        names = [[person["name"] for person in then.contents.rows[Table.PEOPLE]] for then in kept]
        return any(then in (before_names, [*before_names, "One more"]) for then in names)

    points = tried.points(work)
    if work.startswith("restore"):  # which undo takes back
        assert tried.kills(points, attempt, [before, after]) >= FOLDER_POINTS
        with Gallery.open(tried.place, for_writing=True, passphrase=tried.word) as gallery:
            undone = (step for step in iter(gallery.undo, None) if step.description.startswith("restored"))
            if next(undone, None) is not None:  # else the backup was of the same
                assert sorted(person.name for person in gallery.people) == sorted(before_names)
    else:
        assert tried.kills(checked(points, is_kept), attempt, [before, after]) >= FOLDER_POINTS
        assert is_kept()


def crops_in(tried: Any) -> frozenset[str]:
    with Gallery.open(tried.source, for_writing=False, passphrase=tried.word) as gallery:
        return frozenset(gallery.crops.files())


@pytest.mark.parametrize("kind", KINDS[:2])
@pytest.mark.parametrize("work", FOLDER_WORK)
def test_a_failed_move_or_restore_leaves_the_records_unchanged(
    kind: str, work: str, trial: Callable[..., Any]
) -> None:
    tried, do = trial(kind), FOLDER_WORK[work]
    allowed = tried.states_on(do)
    assert tried.failures_on(tried.points(work), do, allowed) >= FOLDER_POINTS


def checked(points: Iterator[int], holds: Callable[[], bool]) -> Iterator[int]:
    """The points, and between them something that holds after each."""
    yield next(points)
    for at in points:
        assert holds(), f"before {at}"
        yield at


# Migrations


@pytest.fixture(params=[*ARCHIVED, *RECORDS_ALONE])
def stored(request: pytest.FixtureRequest, tmp_path: Path, faces: Any) -> tuple[str, Path]:
    """The name and the folder of a gallery that an earlier version has written, or the original demo."""
    folder, name = tmp_path / "stored", request.param
    folder.mkdir()
    if name in ARCHIVED:
        with zipfile.ZipFile(STORED / f"{name}.zip") as archive:
            archive.extractall(folder)
        return name, folder
    kept = STORED / name
    shutil.copy(kept, folder / (RECORDS if kept.suffix == ".json" else DATABASE))
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as gallery:
        files = [row["file"] for row in gallery._store.all_rows(Table.FACES) if row["file"]]
    for number, file in enumerate(files):
        Crops(folder).write(file, faces.crop(number).pixels)
    return name, folder


def migration_points(name: str) -> Iterator[int]:
    yield from range(1, 5)
    every = MIGRATION_EVERY["database" if "database" in name or "sqlite" in name else "file"]
    yield from itertools.count(5 + zlib.crc32(name.encode()) % every, every)


def timeless(facts: dict[str, Any]) -> dict[str, Any]:
    """Without since when anything is there: of faces without a name it is the time of the migration, of the
    demo's people that of their file."""

    def without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: value for name, value in row.items() if name != "added"} for row in rows]

    faces = sorted(without_times(facts["faces"]), key=lambda face: str(face["id"]))
    return {**facts, "people": without_times(facts["people"]), "faces": faces}


def migrated(trial: Callable[..., Any], name: str, folder: Path) -> Any:
    """A trial of a stored gallery."""
    is_sealed = "crypted" in name
    tried = trial("sealed" if is_sealed else "plain", folder)
    read, of = tried.facts.read, tried.facts.of
    tried.facts.read = lambda *arguments: timeless(read(*arguments))
    tried.facts.of = lambda gallery: timeless(of(gallery))
    tried.others = crops_in(tried)
    return tried


def test_a_migration_killed_at_any_point_is_complete_or_absent(
    stored: tuple[str, Path], trial: Callable[..., Any], points: Callable[..., Iterator[int]]
) -> None:
    name, folder = stored
    tried = migrated(trial, name, folder)

    def attempt(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            Gallery.open(tried.place, for_writing=True, passphrase=tried.word).close()

    there = tried.facts.read(folder, tried.word)
    assert tried.kills(points(migration_points(name)), attempt, [there, there]) > FEWEST_POINTS.get(name, 10)
    assert not (tried.place / WAITING_FOLDER).exists()


def test_a_migration_that_fails_at_any_point_changes_nothing(
    stored: tuple[str, Path], trial: Callable[..., Any], points: Callable[..., Iterator[int]]
) -> None:
    name, folder = stored
    tried = migrated(trial, name, folder)

    def migrate(place: Path, word: str | None) -> None:
        Gallery.open(place, for_writing=True, passphrase=word).close()

    there = tried.facts.read(folder, tried.word)
    last = tried.failures_on(points(migration_points(name)), migrate, [there, there])
    assert last > FEWEST_POINTS.get(name, 10)


@pytest.mark.parametrize(
    ("kind", "work"), [(kind, "decrypt" if "sealed" in kind else "encrypt") for kind in KINDS]
)
def test_encryption_killed_at_any_point_loses_nothing(
    kind: str, work: str, trial: Callable[..., Any]
) -> None:
    tried = trial(kind)
    do = encryption.encrypt if work == "encrypt" else encryption.decrypt
    passphrase, tried.word = "correct horse", "correct horse"  # which opens a plain one as well

    def attempt(at: int, report: Callable[[], None]) -> None:
        with tried.disk.killing(at):
            do(tried.place, passphrase)
            report()

    there = tried.facts.read(tried.source, passphrase)
    assert tried.kills(itertools.count(1 + len(kind) % 11, 11), attempt, [there, there]) > 30
