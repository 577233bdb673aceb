"""Purging a person leaves no trace of them in the folder, and keeps everybody else."""

from __future__ import annotations

import base64
import json
import os
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import (
    CancelledError,
    ErasingPendingError,
    GalleryDamagedError,
    GalleryLockedError,
    GalleryWriteError,
    PersonNotFoundError,
)
from face_match.core.messages import error_message
from face_match.core.records import FaceRecord, Source
from face_match.core.types import Embedding, Photo
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.records import paths
from face_match.gallery.security import encryption, purge
from face_match.gallery.security.byte_search import CHUNK_BYTES
from face_match.gallery.storage import json_store, vault
from tests.extent import is_all

Add = Callable[..., NamingResult]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[[int], Photo]
ScanPhoto = Callable[..., list[FaceRecord]]
FaceEmbedding = Callable[[int], Embedding]


@pytest.fixture
def lived_in(
    folder: Path, gallery: Gallery, add: Add, reject: Callable[..., None]
) -> tuple[Path, dict[int, FaceRecord]]:
    """Ada Lovelace, once Ada Byron, has faces 1 and 2, and had 3, which was one too many; she lost 4 to
    Grace, and got 5 of Bob Bobson. Face 8 was hers, and is not."""
    faces = {}
    for number, name in enumerate(
        ("Ada Byron", "Ada Byron", "Ada Byron", "Ada Byron", "Bob Bobson", "Grace", "Joan", "Ada Byron"),
        start=1,
    ):
        faces[number] = add(gallery, name, number).faces[0]
    gallery.back_up()
    gallery.rename(gallery.person("Ada Byron"), "Ada Lovelace")
    reject(gallery, "Ada Lovelace", 9)
    gallery.remove([faces[3].id], is_ignored=True)
    gallery.remove([faces[8].id])
    gallery.move([faces[4].id], "Grace")
    gallery.merge([gallery.person("Bob Bobson")], gallery.person("Ada Lovelace"))
    gallery.rename(gallery.person("Joan"), "Joan Clarke")
    gallery.close()
    (folder / faces[1].file).with_name(f"{'e' * 32}.png").write_bytes(b"of Ada, whose record was lost")
    (folder / "backups" / "2020-01-01 10.00.00 daily.json").write_text('{"Ada Lovelace": cut off', "utf-8")
    return folder, faces


def found_in(folder: Path, faces: dict[int, FaceRecord], face_embedding: FaceEmbedding) -> list[str]:
    """Traces of faces 1, 2, 3 and 5 and the names that went with them."""
    secrets = [name.encode() for name in ("Ada Lovelace", "Ada Byron", "Bob Bobson")]
    for number in (1, 2, 3, 5):
        secrets += [faces[number].id.encode(), face_embedding(number).astype("<f4").tobytes()]
    return [
        f"{secret!r} in {path}"
        for path in folder.rglob("*")
        for secret in secrets
        if secret in (path.read_bytes() if path.is_file() else b"") or secret in str(path.name).encode()
    ]


def others(folder: Path, passphrase: str | None = None) -> dict[str, dict[str, bytes]]:
    gallery = Gallery.open(folder, for_writing=False, passphrase=passphrase)
    found = {
        person.name: {face.id: gallery.pixels_of(face).tobytes() for face in gallery.faces_of(person)}
        for person in gallery.people
        if person.name != "Ada Lovelace"
    }
    gallery.close()
    return found


def test_a_purge_leaves_no_trace_of_the_person_and_keeps_the_others(
    lived_in: tuple[Path, dict[int, FaceRecord]], face_embedding: FaceEmbedding
) -> None:
    folder, faces = lived_in
    before = others(folder)
    assert found_in(folder, faces, face_embedding)
    erased = purge.purge(folder, "ada lovelace")
    assert found_in(folder, faces, face_embedding) == []
    assert erased.traces == []
    assert (erased.faces, erased.crops) == (4, 5)
    assert others(folder) == before
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.find("Ada Lovelace") is None
        assert [step.description for step in gallery.history] == ["renamed Joan to Joan Clarke"]
        assert all(m.person.name != "Ada Lovelace" for m in gallery.nearest(face_embedding(1), "made-up", 9))
        gallery.undo()
        assert gallery.find("Joan") is not None
    good = [path for path in (folder / "backups").iterdir() if "by hand" in path.name]
    restore.restore(folder, good[0])
    assert {p.name for p in Gallery.open(folder, for_writing=False).people} == {"Grace", "Joan"}


def test_a_remaining_embedding_is_found(
    lived_in: tuple[Path, dict[int, FaceRecord]], face_embedding: FaceEmbedding
) -> None:
    folder, _ = lived_in
    for number in (1, 3, 6):
        (folder / f"{number}.txt").write_bytes(
            base64.b64encode(face_embedding(number).astype("<f4").tobytes())
        )
    assert purge.purge(folder, "Ada Lovelace").traces == ["1.txt", "3.txt"], "6 is of Grace"


def test_a_person_can_be_purged_from_an_encrypted_gallery(
    lived_in: tuple[Path, dict[int, FaceRecord]],
    monkeypatch: pytest.MonkeyPatch,
    face_embedding: FaceEmbedding,
) -> None:
    folder, faces = lived_in
    before = others(folder)
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    encryption.encrypt(folder, "secret")
    erased = purge.purge(folder, "Ada Lovelace", "secret")
    assert (erased.faces, erased.crops) == (4, 5)
    assert others(folder, "secret") == before
    encryption.decrypt(folder, "secret")
    assert found_in(folder, faces, face_embedding) == []


def test_purging_an_unknown_person_is_an_error(
    lived_in: tuple[Path, dict[int, FaceRecord]], files_in: Callable[..., object], tmp_path: Path
) -> None:
    folder, _ = lived_in
    before = others(folder)
    for place in (folder, tmp_path / "no gallery"):
        with pytest.raises(PersonNotFoundError):
            purge.purge(place, "Ada Byron")
    with Gallery.open(folder, for_writing=True), pytest.raises(GalleryLockedError):
        purge.purge(folder, "Ada Lovelace")
    assert others(folder) == before


def test_an_embedding_that_another_person_s_face_has_too_is_no_trace(
    gallery: Gallery, folder: Path, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    """The same pixels in two photos, under two names."""
    for number, name in ((1, "Ada Lovelace"), (2, "Grace Hopper")):
        gallery.add(name, new_face(1), photo_of(number))
    gallery.close()
    assert purge.purge(folder, "Ada Lovelace").traces == []
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Grace Hopper"]


def test_a_short_name_within_other_names_is_purged_alone(gallery: Gallery, folder: Path, add: Add) -> None:
    add(gallery, "Al", 1)
    add(gallery, "Alice", 2)
    gallery.close()
    assert purge.purge(folder, "Al").traces == []
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Alice"]


@pytest.mark.parametrize("name", ["faces_db", "unnamed", "photos", "embeddings", "file_digest"])
def test_somebody_called_like_a_part_of_every_gallery_is_purged_without_false_alarm(
    name: str, gallery: Gallery, folder: Path, add: Add
) -> None:
    add(gallery, name, 1)
    add(gallery, "Alice", 2)
    gallery.close()
    assert purge.purge(folder, name).traces == []
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Alice"]


def test_clear_deletes_everybody(lived_in: tuple[Path, dict[int, FaceRecord]], add: Add) -> None:
    folder, _ = lived_in
    (folder / "my own notes.txt").write_text("stay", "utf-8")
    assert purge.clear(folder) == []
    left = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert [name for name in left if "gallery.lock" not in name] == ["my own notes.txt"]
    with Gallery.open(folder, for_writing=True) as gallery:
        assert (gallery.people, gallery.history) == ((), ())
        add(gallery, "Ada", 1)


def test_unreadable_current_records_are_not_purged(
    lived_in: tuple[Path, dict[int, FaceRecord]],
) -> None:
    folder, _ = lived_in
    records = Gallery.open(folder, for_writing=False).records
    records.write_bytes(b"Ada Lovelace, and much more that is damaged")
    for _ in range(2):
        with pytest.raises(GalleryDamagedError):
            purge.purge(folder, "Ada Lovelace")
    assert records.exists()


def test_clear_deletes_the_keyring_entry(
    lived_in: tuple[Path, dict[int, FaceRecord]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = lived_in
    forgotten = []
    keys = dict[str, str]()
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    monkeypatch.setattr("keyring.delete_password", lambda service, name: forgotten.append((service, name)))
    vault.create_vault(folder, None)
    (name,) = keys
    assert purge.clear(folder) == []
    assert forgotten == [(vault.KEYRING, name)]


def test_clear_keeps_the_keyring_entry_of_another_gallery(
    lived_in: tuple[Path, dict[int, FaceRecord]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = lived_in
    keys = dict[str, str]()
    monkeypatch.setattr("keyring.set_password", lambda service, name, key: keys.update({name: key}))
    monkeypatch.setattr("keyring.get_password", lambda service, name: keys.get(name))
    monkeypatch.setattr("keyring.delete_password", lambda service, name: keys.pop(name))
    vault.create_vault(folder, None)
    keys["of another gallery"] = base64.b64encode(os.urandom(32)).decode()
    record = json.loads((folder / "vault.json").read_text())
    (folder / "vault.json").write_text(json.dumps({**record, "keyring": "of another gallery"}))
    assert purge.clear(folder) == []
    assert "of another gallery" in keys


@pytest.fixture
def in_groups(
    folder: Path, gallery: Gallery, add: Add, scan_photo: ScanPhoto, photo_of: Callable[..., Photo]
) -> Path:
    """Photo 1 is of Penny and of nobody known, 2 and 3 of Penny alone, 3 in a folder that is called like her;
    4 is of Leonard, in that folder too, and 5 was scanned and has nobody."""
    scan_photo(gallery, 1, 1, 11)
    add(gallery, "Penny Pen", 1)
    add(gallery, "Penny Pen", 2)
    add(gallery, "Penny Pen", 3, path=Path("/photos/penny_PEN/3.jpg"))
    add(gallery, "Leonard", 4, path=Path("/photos/Penny Pen/4.jpg"))
    gallery.record_photo(photo_of(5), Path("/photos/PENNY PEN.jpg"), scan="made-up")
    gallery.set_unfinished_scans([Path("/photos/Penny Pen"), Path("/photos/others")])
    gallery.close()
    return folder


def test_a_purge_keeps_a_placeholder_in_shared_photos_and_deletes_photos_of_the_person_alone(
    in_groups: Path, scan_photo: ScanPhoto
) -> None:
    with Gallery.open(in_groups, for_writing=False) as gallery:
        penny = gallery.faces_of(gallery.person("Penny Pen"))[0]
    assert purge.purge(in_groups, "Penny Pen").traces == []
    with Gallery.open(in_groups, for_writing=True) as gallery:
        known = {photo.digest[-1]: photo for photo in gallery.photos()}
        assert sorted(known) == ["1", "4", "5"]
        faces = gallery.faces_in(known["1"])
        (nobody,) = [face for face in faces if face.is_ignored]
        assert (nobody.place, nobody.file, nobody.embeddings, nobody.person) == (penny.place, "", {}, None)
        assert nobody.id != penny.id
        assert [face.place for face in gallery.unnamed()] == [faces[0].place]
        again = scan_photo(gallery, 1, 1, 11)
        assert [(face.id, face.file) for face in again] == [(face.id, face.file) for face in faces]
        assert gallery.ignored() == []


def test_a_purge_deletes_paths_that_contain_the_name(in_groups: Path) -> None:
    purge.purge(in_groups, "Penny Pen")
    with Gallery.open(in_groups, for_writing=False) as gallery:
        assert {(photo.path, photo.size, photo.modified_ns) for photo in gallery.photos()} == {("", 0, 0)}
        assert gallery.unfinished_scans == [Path("/photos/others")]


def test_a_purge_deletes_conflicts_and_rejections_of_the_person(
    gallery: Gallery, add: Add, reject: Callable[..., None], new_face: Any, photo_of: Any
) -> None:
    folder = gallery.folder
    add(gallery, "Penny Pen", 1)
    add(gallery, "Leonard", 2)
    reject(gallery, "Penny Pen", 2)
    reject(gallery, "Penny Pen", 7)
    step = gallery.begin_step("imported")
    for name in ("PENNY  pen", "Sheldon"):
        folder_of = Path("/photos/Penny Pen") / name
        gallery.import_name(name, new_face(2), photo_of(2), folder_of, source=Source.FOLDER, step=step)
    assert len(gallery.conflicts()) == 2
    gallery.close()
    assert purge.purge(folder, "Penny Pen").traces == []
    with Gallery.open(folder, for_writing=False) as left:
        assert [(conflict.name, conflict.path) for conflict in left.conflicts()] == [("Sheldon", "")]
        assert [face.rejections for face in left.faces_of(left.person("Leonard"))] == [()]
        assert [photo.digest[-1] for photo in left.photos()] == ["2"], "of 7 only that was known"


def test_a_face_split_from_the_persons_cluster_loses_their_ids(
    folder: Path, gallery: Gallery, scan_photo: ScanPhoto
) -> None:
    (one,), (other,) = scan_photo(gallery, 1), scan_photo(gallery, 2)
    gallery.split_from_cluster([one.id], [other.id])
    gallery.name_faces([other.id], "Penny Pen")
    gallery.close()
    assert purge.purge(folder, "Penny Pen").traces == []
    with Gallery.open(folder, for_writing=False) as left:
        assert [(face.id, face.different_from) for face in left.unnamed()] == [(one.id, frozenset())]


def test_a_purge_deletes_undone_steps_of_the_person_with_their_crops(
    folder: Path, gallery: Gallery, add: Add
) -> None:
    add(gallery, "Penny Pen", 1)
    add(gallery, "Leonard", 2)
    add(gallery, "Penny Pen", 3)
    add(gallery, "Sheldon", 4)
    gallery.undo()
    gallery.undo()
    gallery.close()
    assert len([*folder.rglob("*.png")]) == 4
    assert purge.purge(folder, "Penny Pen").traces == []
    with Gallery.open(folder, for_writing=True) as left:
        assert (left.history, left.undone) == ((), ())
    assert len([*folder.rglob("*.png")]) == 1


def test_later_steps_can_still_be_redone(folder: Path, gallery: Gallery, add: Add) -> None:
    add(gallery, "Penny Pen", 1)
    add(gallery, "Leonard", 2)
    add(gallery, "Leonard", 3)
    gallery.undo()
    gallery.close()
    purge.purge(folder, "Penny Pen")
    with Gallery.open(folder, for_writing=True) as left:
        assert (len(left.history), len(left.undone)) == (1, 1)
        left.redo()
        assert left.person("Leonard").face_count == 2
        assert all(left.pixels_of(face).size for face in left.faces_of(left.person("Leonard")))


def test_a_purge_deletes_leftovers_of_a_killed_export(in_groups: Path) -> None:
    for place in (in_groups, in_groups / "exported"):
        place.mkdir(exist_ok=True)
        (place / f".{'0123456789abcdef' * 2}.tmp").write_bytes(b"PK, and Penny Pen")
    assert purge.purge(in_groups, "Penny Pen").traces == []
    assert [*in_groups.rglob("*.tmp")] == []


def test_a_purge_reports_progress_and_can_be_cancelled_before_it_changes_anything(
    in_groups: Path, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    before, told = files_in(in_groups), list[tuple[int, int]]()
    for calls in (0, 1, 2):
        answers = iter([False] * calls + [True])
        with pytest.raises(CancelledError):
            purge.purge(in_groups, "Penny Pen", is_cancelled=lambda answers=answers: next(answers))
        assert files_in(in_groups).keys() == before.keys()
        assert not (in_groups / paths.PURGE_PLAN).exists()
    purge.purge(in_groups, "Penny Pen", on_progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0


def test_a_purge_stopped_by_a_full_disk_is_reported_as_pending(
    in_groups: Path, failing: Callable[..., Any], points: Callable[[Iterable[int]], Iterator[int]]
) -> None:
    pending = []
    for at in points(range(1, 60)):
        place = in_groups.with_name(f"copy {at}")
        shutil.copytree(in_groups, place)
        with failing(at, True) as fault:
            try:
                purge.purge(place, "Penny Pen")
                error = None
            except (GalleryWriteError, GalleryDamagedError) as exc:  # SQLite cannot even read then
                error = exc
        is_begun = (place / paths.PURGE_PLAN).exists()
        if isinstance(error, GalleryWriteError):
            assert isinstance(error, ErasingPendingError) or not is_begun, f"failing at {at}"
        if isinstance(error, ErasingPendingError):
            pending.append(at)
            assert error_message(error).endswith(
                "The deletion of Penny Pen is not finished. It resumes when the gallery is next opened "
                "for writing."
            )
        with Gallery.open(place, for_writing=True) as gallery:
            is_to_go = is_begun or error is None or isinstance(error, ErasingPendingError)
            assert (gallery.find("Penny Pen") is None) == is_to_go
        if not fault.has_come:
            break
    assert max(pending) - min(pending) > 3


def test_a_person_is_purged_from_backups_of_earlier_versions(tmp_path: Path) -> None:
    folder = tmp_path / "gallery"
    with zipfile.ZipFile(Path(__file__).parents[1] / "stored" / "v3 database.zip") as archive:
        archive.extractall(folder)
    with Gallery.open(folder, for_writing=True) as gallery:
        person, *others = gallery.people
        ids = [face.id for face in gallery.faces_of(person)]
        assert ids
    assert purge.purge(folder, person.name).traces == []
    with Gallery.open(folder, for_writing=False) as gallery:
        assert [one.name for one in gallery.people] == [one.name for one in others]
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not any(one.encode() in content for one in ids)


@pytest.mark.parametrize("is_in_it", [True, False])
def test_a_large_unreadable_backup_is_searched_in_pieces(
    folder: Path, gallery: Gallery, add: Add, monkeypatch: pytest.MonkeyPatch, *, is_in_it: bool
) -> None:
    size = 1 << 30  # more than records may have
    if not is_all():  # a gigabyte takes five seconds to search
        size = 1 << 27
        monkeypatch.setattr(json_store, "MAX_RECORDS_BYTES", size)
    add(gallery, "Bo", 1)
    add(gallery, "Ada", 2)
    gallery.close()
    backup = folder / "backups/000009 2026-11-30 08.51.22 by hand.json"
    backup.parent.mkdir(exist_ok=True)
    with backup.open("wb") as file:
        file.seek(CHUNK_BYTES - 1)  # over the end of a piece
        file.write(b"Bo" if is_in_it else b"bo")
        file.truncate(size + 1)  # takes no room on the disk
    tracemalloc.start()
    try:
        purge.purge(folder, "Bo")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert backup.exists() is not is_in_it
    assert most < 50 << 20
