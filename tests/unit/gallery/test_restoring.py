"""Restoring a backup: the preview, the step, and undoing it completely."""

from __future__ import annotations

import itertools
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from face_match.core.errors import GalleryLockedError, GalleryNewerError
from face_match.core.records import Conflict, Decision, FaceRecord, Source
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.paths import BACKUPS_FOLDER
from face_match.gallery.restore_edits import Differences
from face_match.gallery.security import encryption
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage_change import move_records

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
AllIn = Callable[..., dict[str, object]]
CutOff = Callable[[Callable[[], object], int], bool]
STORED = Path(__file__).parent / "stored"


class Place:
    """A gallery of either store, encrypted or not, to be opened again and again."""

    def __init__(self, folder: Path, passphrase: str | None) -> None:
        self.folder, self.passphrase = folder, passphrase
        Gallery.open(folder, for_writing=True).close()
        if passphrase is not None:
            encryption.encrypt(folder, passphrase)

    @contextmanager
    def open(self) -> Iterator[Gallery]:
        with Gallery.open(self.folder, for_writing=True, passphrase=self.passphrase) as gallery:
            yield gallery

    def restore(self, backup: Path) -> Path | None:
        return restore.restore(self.folder, backup, self.passphrase)

    def differences(self, backup: Path) -> Differences:
        return restore.differences(self.folder, backup, self.passphrase)


@pytest.fixture(params=[None, "secret"], ids=["plain", "encrypted"])
def place(request: pytest.FixtureRequest, folder: Path, store_kind: str, quick_scrypt: None) -> Place:
    return Place(folder, request.param)


def backed_up(gallery: Gallery) -> Path:
    path = gallery.back_up()
    assert path is not None
    return path


def state(everything: dict[str, object]) -> dict[str, object]:
    """All that is kept but for the history, which restoring makes longer; in no order."""
    people = everything["people"]
    assert isinstance(people, dict)
    kept = {name: value for name, value in everything.items() if name not in ("history", "undone")}
    kept["people"] = {
        name: (person, sorted(map(str, faces)), sorted(map(str, told)))
        for name, (person, faces, told) in people.items()
    }
    for name in ("unnamed", "photos", "conflicts"):
        kept[name] = sorted(map(str, kept[name]))  # type: ignore[call-overload]
    return kept


def test_a_backup_that_differs_in_a_birth_date_or_a_cover_alone_is_worth_restoring(
    place: Place, add: Add, all_in: AllIn
) -> None:
    with place.open() as gallery:
        first = add(gallery, "Ada", 1).faces[0]
        add(gallery, "Ada", 2)
        add(gallery, "Grace", 3)
        gallery.set_cover(first.id)
        gallery.set_birth_date(gallery.person("Grace"), "1906-12-09")
        backup = backed_up(gallery)
    then = all_in(place.folder, place.passphrase)
    with place.open() as gallery:
        gallery.set_cover(gallery.faces_of(gallery.person("Ada"))[1].id)
        gallery.set_birth_date(gallery.person("Grace"), "")
    told = place.differences(backup)
    assert (told.people_changed, told.is_nothing) == (2, False)
    place.restore(backup)
    assert state(all_in(place.folder, place.passphrase)) == state(then)
    assert place.differences(backup).is_nothing


def test_the_preview_counts_people_and_faces_before_and_after_and_the_names_that_are_lost(
    place: Place, add: Add, scan_photo: ScanPhoto
) -> None:
    with place.open() as gallery:
        for number, name in ((1, "Ada"), (2, "Grace")):
            add(gallery, name, number)
        scan_photo(gallery, 5)
        backup = backed_up(gallery)
        add(gallery, "Joan", 3)
        gallery.name_faces([gallery.unnamed()[0].id], "Joan")
        gallery.delete_people([gallery.person("Grace")])
    told = place.differences(backup)
    assert told.before == (2, 3, 1), "Ada, Joan with two faces, and Grace’s face"
    assert told.after == (2, 2, 1)
    assert told.names_lost == 2, "both of Joan’s"
    place.restore(backup)
    with place.open() as gallery:
        assert (len(gallery.people), gallery.face_count, len(gallery.unnamed())) == told.after
    again = place.differences(backup)
    assert again.is_nothing
    assert again.before == again.after == told.after


def test_a_restored_gallery_is_as_it_was_and_undo_and_redo_go_there_and_back(
    place: Place, add: Add, scan_photo: ScanPhoto, all_in: AllIn
) -> None:
    with place.open() as gallery:
        for number, name in enumerate(("Ada", "Ada", "Grace", "Joan"), start=1):
            add(gallery, name, number)
        unnamed = scan_photo(gallery, 5, 5, 6)
        gallery.ignore([unnamed[0].id])
        gallery.set_cover(gallery.faces_of(gallery.person("Ada"))[1].id)
        backup = backed_up(gallery)
    then = all_in(place.folder, place.passphrase)
    with place.open() as gallery:
        gallery.rename(gallery.person("Joan"), "Jeanne")
        gallery.merge([gallery.person("Grace")], gallery.person("Ada"))
        gallery.name_faces([unnamed[1].id], "Eve")
        gallery.ignore([unnamed[0].id], is_ignored=False)
        gallery.remove([gallery.faces_of(gallery.person("Ada"))[0].id])
        add(gallery, "Eve", 9)
        steps = len(gallery.history)
    before = all_in(place.folder, place.passphrase)
    told = place.differences(backup)
    assert (told.people_added, told.people_removed) == (("Grace",), ("Eve",))
    assert told.people_renamed == (("Jeanne", "Joan"),)
    assert (told.faces_added, told.faces_removed, told.faces_changed) == (0, 1, 4)
    assert (told.missing_crops, told.is_replacement, told.is_nothing) == (0, False, False)
    assert all_in(place.folder, place.passphrase) == before, "nothing is changed by asking"

    assert place.restore(backup) is None
    restored = all_in(place.folder, place.passphrase)
    assert state(restored) == state(then)
    assert place.differences(backup).is_nothing
    with place.open() as gallery:
        assert len(gallery.history) == steps + 1
        assert gallery.history[-1].description == f"restored the backup {backup.stem}"
        assert gallery.undo() is not None
    assert state(all_in(place.folder, place.passphrase)) == state(before)
    with place.open() as gallery:
        assert gallery.redo() is not None
    assert state(all_in(place.folder, place.passphrase)) == state(restored)
    with place.open() as gallery:
        while gallery.history:
            assert gallery.undo() is not None
        assert gallery.people == ()


def test_two_people_who_have_swapped_names_get_them_back(place: Place, add: Add) -> None:
    with place.open() as gallery:
        ada, grace = add(gallery, "Ada", 1).person, add(gallery, "Grace", 2).person
        backup = backed_up(gallery)
        gallery.rename(ada, "Somebody")
        gallery.rename(grace, "Ada")
        gallery.rename(ada, "Grace")
    place.restore(backup)
    with place.open() as gallery:
        assert gallery.person("Ada").folder == ada.folder
        gallery.undo()
        assert gallery.person("Ada").folder == grace.folder
        gallery.redo()
        assert gallery.person("Grace").folder == grace.folder


def test_restoring_a_person_removes_a_new_one_of_the_same_name(place: Place, add: Add) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        gallery.undo()
        add(gallery, "Ada", 2)
    place.restore(backup)
    with place.open() as gallery:
        assert [face.file for face in gallery.faces_of(gallery.person("Ada"))]
        assert gallery.find("Ada") is not None
        assert len(gallery.people) == 1


def test_crops_needed_to_undo_the_restore_are_kept(place: Place, add: Add, scan_photo: ScanPhoto) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        face = add(gallery, "Grace", 2).faces[0]
        pixels = gallery.pixels_of(face)
    place.restore(backup)
    with place.open() as gallery:
        assert gallery.find("Grace") is None
        add(gallery, "Joan", 3)
        gallery.undo()
        gallery.undo()
        found = gallery.faces_of(gallery.person("Grace"))[0]
        assert (gallery.pixels_of(found) == pixels).all()


def test_crops_are_there_after_going_to_and_fro_between_backups(place: Place, add: Add) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        first = backed_up(gallery)
        add(gallery, "Grace", 2)
        second = backed_up(gallery)
    for backup in (first, second, first, second):
        place.restore(backup)
    with place.open() as gallery:
        while gallery.history:
            for person in gallery.people:
                for face in gallery.faces_of(person):
                    assert gallery.pixels_of(face).any()
            gallery.undo()
        while gallery.undone:
            gallery.redo()
        assert gallery.pixels_of(gallery.faces_of(gallery.person("Grace"))[0]).any()
        gallery.undo()
        add(gallery, "Joan", 3)  # the last restore can be redone no more
        gallery.undo()
        gallery.undo()
        assert gallery.pixels_of(gallery.faces_of(gallery.person("Grace"))[0]).any()


def test_crops_are_deleted_once_no_step_can_restore_their_faces(
    place: Place, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("face_match.gallery.editing.MAX_STEPS", 3)
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        add(gallery, "Grace", 2)
    place.restore(backup)
    with place.open() as gallery:
        for number in range(3, 7):
            add(gallery, "Joan", number)
        faces = [face for person in gallery.people for face in gallery.faces_of(person)]
        assert {*gallery.crops.files()} == {face.file for face in faces}


def test_a_crop_that_lies_elsewhere_is_found_and_moved(place: Place, add: Add) -> None:
    with place.open() as gallery:
        ada = add(gallery, "Ada", 1).faces[0]
        grace = add(gallery, "Grace", 2).faces[0]
        lost = add(gallery, "Joan", 3).faces[0]
        backup = backed_up(gallery)
        told = {face.id: gallery.pixels_of(face) for face in (ada, grace)}
        for _ in range(3):
            gallery.undo()
        gallery.crops.write(f"faces_db/.unnamed/{ada.id[:2]}/{ada.id}.png", told[ada.id])
        gallery.crops.write(f"faces_db/Somebody/{grace.id}.png", told[grace.id])
        gallery.crops.delete(ada.file)
        gallery.crops.delete(grace.file)
        gallery.crops.delete(lost.file)
    assert place.differences(backup).missing_crops == 1
    place.restore(backup)
    with place.open() as gallery:
        for face in (ada, grace):
            assert (gallery.pixels_of(gallery.face(face.id)) == told[face.id]).all()
        assert sorted(gallery.crops.files()) == sorted(gallery.face(f.id).file for f in (ada, grace))


def test_restoring_keeps_what_scans_have_found_since(place: Place, add: Add, scan_photo: ScanPhoto) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        found = scan_photo(gallery, 2, 2, 3)
        gallery.name_faces([found[0].id], "Grace")
        gallery.ignore([found[1].id])
        scan_photo(gallery, 1)
    place.restore(backup)
    with place.open() as gallery:
        assert [person.name for person in gallery.people] == ["Ada"]
        assert {face.id for face in gallery.unnamed()} == {face.id for face in found}
        assert len(gallery.photos()) == 2
        gallery.undo()
        assert gallery.face(found[0].id).person == gallery.person("Grace").folder
        assert [face.id for face in gallery.ignored()] == [found[1].id]


def test_restoring_brings_back_conflicts_and_decisions(place: Place, add: Add) -> None:
    with place.open() as gallery:
        face = add(gallery, "Ada", 1).faces[0]
        draft = Draft()
        draft.conflict(None, Conflict("c", face.id, "Eve", Source.FOLDER, "/photos/Eve", "now"))
        gallery._commit(draft.edits())
        backup = backed_up(gallery)
        gallery.resolve_conflicts(["c"], Decision.THEIRS)
        assert gallery.conflicts() == []
    place.restore(backup)
    with place.open() as gallery:
        assert [conflict.name for conflict in gallery.conflicts()] == ["Eve"]
        assert [person.name for person in gallery.people] == ["Ada"]
        gallery.undo()
        assert gallery.conflicts() == []
        assert [person.name for person in gallery.people] == ["Eve"]


def test_restoring_an_identical_backup_is_no_step(place: Place, add: Add) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
    told = place.differences(backup)
    assert (told.is_nothing, told.missing_crops) == (True, 0)
    place.restore(backup)
    with place.open() as gallery:
        assert len(gallery.history) == 1


def test_a_restore_that_is_refused_changes_nothing(
    place: Place, add: Add, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        with pytest.raises(GalleryLockedError):
            place.restore(backup)
    before = files_in(place.folder)
    link = backup.with_name(f"link{backup.suffix}")
    link.symlink_to(backup)
    with pytest.raises(restore.BackupUnusableError):
        place.restore(link)
    with pytest.raises(restore.BackupUnusableError):
        place.differences(link)
    link.unlink()
    assert files_in(place.folder) == before


def test_damaged_records_are_set_aside_and_replaced_by_the_backup(place: Place, add: Add) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        grace = add(gallery, "Grace", 2).faces[0]
        gallery.move([grace.id], "Ada")
        records = gallery.records
    for journal in journals_of(records):
        journal.unlink(missing_ok=True)
    records.write_bytes(b"broken")
    told = place.differences(backup)
    assert told.is_replacement
    assert told.people_added == ("Ada",)
    aside = place.restore(backup)
    assert aside is not None
    assert aside.read_bytes() == b"broken"
    with place.open() as gallery:
        assert [person.name for person in gallery.people] == ["Ada"]
        assert gallery.pixels_of(gallery.faces_of(gallery.person("Ada"))[0]).any()


def test_large_damaged_records_are_set_aside_in_parts(folder: Path, add: Add) -> None:
    """A file of gigabytes, which takes no room on the disk, was read at once."""
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    move_records(folder, to_database=True)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 2)
        backup = backed_up(gallery)
    with (folder / "gallery.sqlite").open("wb") as file:
        file.truncate(64 << 20)
    tracemalloc.start()
    try:
        aside = restore.restore(folder, backup)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert aside is not None
    assert aside.stat().st_size == 64 << 20
    assert most < 32 << 20


def test_a_backup_of_a_newer_version_is_refused_by_its_number(folder: Path, add: Add, tmp_path: Path) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
    backup = tmp_path / "newer.json"
    backup.write_bytes((folder / "embeddings.json").read_bytes().replace(b'"version": 5', b'"version": 9'))
    for ask in (restore.differences, restore.restore):
        with pytest.raises(GalleryNewerError):
            ask(folder, backup)


def stored(name: str, tmp_path: Path) -> Path:
    """The folder of a gallery that an earlier version has made."""
    with zipfile.ZipFile(STORED / f"{name}.zip") as file:
        file.extractall(tmp_path / "stored")
    return next(
        path.parent
        for path in (tmp_path / "stored").rglob("*")
        if path.name in ("embeddings.json", "gallery.sqlite")
    )


@pytest.mark.parametrize("name", ["demo", "v3 json", "v3 database"])
def test_a_backup_of_an_earlier_version_is_restored_the_same_way(
    name: str, tmp_path: Path, all_in: AllIn, add: Add
) -> None:
    folder = stored(name, tmp_path)
    records = next(p for p in (folder / "gallery.sqlite", folder / "embeddings.json") if p.exists())
    (folder / BACKUPS_FOLDER).mkdir(exist_ok=True)
    backup = folder / BACKUPS_FOLDER / f"2026-01-01 00.00.00 by hand{records.suffix}"
    shutil.copy(records, backup)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Nobody else", 77)
        gallery.undo()
    then = all_in(folder)
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.rename(gallery.people[0], "Renamed")
        add(gallery, "Nobody else", 77)
        if len(gallery.people) > 2:
            gallery.merge([gallery.people[1]], gallery.people[0])
    before = all_in(folder)
    told = restore.differences(folder, backup)
    assert told.people_removed == ("Nobody else",)
    assert told.people_renamed
    assert restore.restore(folder, backup) is None
    assert state(all_in(folder)) == state(then)
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.undo()
    assert state(all_in(folder)) == state(before)


def test_a_backup_of_the_other_kind_of_file_is_restored_the_same_way(place: Place, add: Add) -> None:
    with place.open() as gallery:
        add(gallery, "Ada", 1)
        backup = backed_up(gallery)
        add(gallery, "Grace", 2)
        is_database = gallery.records.suffix == ".sqlite"
    moved = move_records(place.folder, to_database=not is_database, passphrase=place.passphrase)
    assert moved.suffix != backup.suffix
    place.restore(backup)
    with place.open() as gallery:
        assert [person.name for person in gallery.people] == ["Ada"]
        gallery.undo()
        assert [person.name for person in gallery.people] == ["Ada", "Grace"]


@pytest.mark.usefixtures("store_kind")
def test_an_interrupted_restore_is_complete_or_absent(
    folder: Path,
    add: Add,
    all_in: AllIn,
    interrupted: Callable[[Callable[[], object], int], bool],
    points: Callable[[Iterable[int]], Iterator[int]],
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        ada = add(gallery, "Ada", 1).faces[0]
        add(gallery, "Grace", 2)
        backup = backed_up(gallery)
        gallery.remove([ada.id])
        add(gallery, "Joan", 3)
    then, spare = folder.with_name("then"), folder.with_name("spare")
    before = state(all_in(folder))
    shutil.copytree(folder, spare)
    shutil.copytree(folder, then)
    restore.restore(then, then / backup.relative_to(folder))
    after = state(all_in(then))
    for at in points(itertools.count(1)):
        if not interrupted(lambda: restore.restore(folder, backup), at):
            break
        Gallery.open(folder, for_writing=True).close()
        found = state(all_in(folder))
        assert found in (before, after), at
        shutil.rmtree(folder)
        shutil.copytree(spare, folder)
    assert at > 5
    assert state(all_in(folder)) == after
