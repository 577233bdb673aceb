"""Exporting and importing archives."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import (
    CancelledError,
    GalleryWriteError,
)
from face_match.core.records import Decision, FaceRecord, Source
from face_match.core.types import Box, Photo
from face_match.gallery import archive
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.security import encryption
from face_match.gallery.storage import backups, vault

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]
FilesIn = Callable[[Path], dict[str, bytes]]
PEOPLE, ADA = 9, "Ada Lovelace"
STORED = Path(__file__).parent / "stored"


def exported(folder: Path, path: Path) -> Path:
    archive.export_archive(folder, None, path)
    return path


def taken_in(path: Path, folder: Path) -> archive.ImportSummary:
    with Gallery.open(folder, for_writing=True) as gallery:
        return archive.import_archive(path, gallery)


def told(folder: Path, passphrase: str | None = None) -> dict[str, object]:
    """All that is kept of people and faces in a folder, by names and not by folders."""

    def facts(gallery: Gallery, face: FaceRecord) -> tuple[object, ...]:
        embeddings = {model: embedding.tobytes() for model, embedding in face.embeddings.items()}
        photo = gallery.photo(face.photo)
        seen = photo and (photo.digest, photo.file_digest, photo.width, photo.orientation, photo.scans)
        said = (face.is_ignored, face.is_unnamed, face.cluster, face.different_from)
        names = sorted(rejection.name for rejection in face.rejections)
        pixels = gallery.pixels_of(face).tobytes() if face.file else b""
        where = (face.place, face.orientation, face.box, face.landmarks, face.quality, face.origin)
        return (face.id, face.added, embeddings, where, seen, said, names, pixels)

    with Gallery.open(folder, for_writing=False, passphrase=passphrase) as gallery:
        people: dict[str, object] = {
            person.name: (
                (person.added, person.face_count, person.cover, person.born),
                sorted(facts(gallery, face) for face in gallery.faces_of(person)),
            )
            for person in gallery.people
        }
        others = [
            face for face in gallery.faces([one.id for one in gallery.face_files()]) if face.person is None
        ]
        return {**people, "": sorted(facts(gallery, face) for face in others)}


def stopping(at: int) -> Callable[[], bool]:
    """Says that a job is cancelled when it is asked for that time, from 0."""
    asked = itertools.count()
    return lambda: next(asked) == at


def test_export_and_import_restore_the_gallery(odd_people: Path, tmp_path: Path) -> None:
    result = archive.export_archive(odd_people, None, tmp_path / "a.zip")
    assert (result.people, result.faces, result.missing) == (PEOPLE, PEOPLE + 2, 0)
    found = taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert found == archive.ImportSummary(PEOPLE, PEOPLE + 2, PEOPLE, PEOPLE + 2, result.unnamed)
    assert told(tmp_path / "new") == told(odd_people)


def test_the_same_gallery_gives_the_same_bytes(odd_people: Path, tmp_path: Path) -> None:
    first = exported(odd_people, tmp_path / "a.zip").read_bytes()
    assert exported(odd_people, tmp_path / "b.zip").read_bytes() == first
    taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert exported(tmp_path / "new", tmp_path / "c.zip").read_bytes() == first
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_unpacked_archive_is_a_gallery(odd_people: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(odd_people, tmp_path / "a.zip")) as file:
        file.extractall(tmp_path / "unpacked")
    assert told(tmp_path / "unpacked") == told(odd_people)
    crops = sorted(path.name for path in (tmp_path / "unpacked" / "faces_db" / ADA).iterdir())
    assert crops == ["1.png", "2.png", "3.png"], "in the folder of the name of now"


def test_an_encrypted_gallery_is_exported_plain_and_imported_encrypted(
    odd_people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    before = told(odd_people)
    plain = exported(odd_people, tmp_path / "plain.zip").read_bytes()
    encryption.encrypt(odd_people, "secret")
    archive.export_archive(odd_people, vault.unlock(odd_people, "secret"), tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == plain
    other = tmp_path / "other"
    Gallery.open(other, for_writing=True).close()
    encryption.encrypt(other, "other secret")
    with Gallery.open(other, for_writing=True, passphrase="other secret") as gallery:
        archive.import_archive(tmp_path / "a.zip", gallery)
    assert told(other, "other secret") == before
    assert not list(other.rglob("*.png"))


def test_importing_an_archive_again_changes_nothing(
    odd_people: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    taken_in(path, tmp_path / "new")
    before = told(tmp_path / "new")
    assert taken_in(path, tmp_path / "new").added == 0
    assert taken_in(path, odd_people).added == 0
    assert told(tmp_path / "new") == before
    with Gallery.open(tmp_path / "new", for_writing=False) as gallery:
        assert len(gallery.history) == 1
    kept = [path for path in files_in(tmp_path / "new") if path.endswith(".png")]
    assert len(kept) == PEOPLE + 2


def test_an_archive_is_merged_and_one_undo_removes_it(odd_people: Path, tmp_path: Path, add: Add) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    here = tmp_path / "here"
    with Gallery.open(here, for_writing=True) as gallery:
        add(gallery, "ada  lovelace", 50)
        add(gallery, "ada  lovelace", 1)
        add(gallery, "Grace", 51)
    before = told(here)
    with Gallery.open(here, for_writing=True) as gallery:
        result = archive.import_archive(path, gallery)
        assert (result.new_people, result.added) == (PEOPLE - 1, PEOPLE + 1), "face 1 was there"
        ada = gallery.person("Ada Lovelace")
        assert (ada.name, ada.face_count) == ("ada lovelace", 4)
        assert [told.name for told in [r for r in gallery.all_rejections() if r.folder == ada.folder]] == [
            "Ada Lovelace"
        ]
        assert gallery.history[-1].description == f"imported {PEOPLE + 1} faces from another gallery"
        after = told(here)
        gallery.undo()
        assert told(here) == before
        gallery.redo()
        assert told(here) == after
    assert [path for path in (here / "backups").iterdir() if backups.BEFORE_IMPORT in path.name]


def test_a_face_with_another_name_here_becomes_a_conflict(odd_people: Path, tmp_path: Path) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    with Gallery.open(odd_people, for_writing=True) as gallery:
        moved = [face.id for face in gallery.faces_of(gallery.person("Al"))]
        gallery.move(moved, "Bob")
        assert gallery.find("Al") is None
        steps = len(gallery.history)
    before = told(odd_people)
    for _ in range(2):
        result = taken_in(path, odd_people)
        assert (result.added, result.new_people, result.conflicts) == (0, 0, 1)
    assert told(odd_people) == before
    with Gallery.open(odd_people, for_writing=True) as gallery:
        (conflict,) = gallery.conflicts()
        assert (conflict.face, conflict.name, conflict.source) == (moved[0], "Al", Source.ARCHIVE)
        assert conflict.path == str(path)
        assert len(gallery.history) == steps, "nothing that a person did"
        gallery.resolve_conflicts([conflict.id], Decision.MINE)
    assert taken_in(path, odd_people).conflicts == 0


@pytest.mark.parametrize("said", ["removed", "ignored", "rejected"])
def test_an_import_never_overrules_the_user(odd_people: Path, tmp_path: Path, said: str) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    with Gallery.open(odd_people, for_writing=True) as gallery:
        face = gallery.faces_of(gallery.person("Al"))[0]
        gallery.remove([face.id], is_ignored=said == "ignored")
        if said == "rejected":
            gallery.name_faces([face.id], "Bob")
            gallery.move([face.id], "Eve")
    before = told(odd_people)
    assert (taken_in(path, odd_people).added, taken_in(path, odd_people).conflicts) == (0, 1)
    assert told(odd_people) == before


def test_a_face_is_known_by_its_place_in_a_photo_that_both_have(
    odd_people: Path, tmp_path: Path, scan_photo: ScanPhoto, photo_of: PhotoOf
) -> None:
    """Photos 1 and 2 were scanned here too; the one's orientation has changed since."""
    path = exported(odd_people, tmp_path / "a.zip")
    here = tmp_path / "here"
    with Gallery.open(here, for_writing=True) as gallery:
        faces = [scan_photo(gallery, number)[0] for number in (1, 2)]
        gallery.record_photo(photo_of(2, width=600, height=800, orientation=6))
        gallery.name_faces([faces[0].id], "Nobody else")
        result = archive.import_archive(path, gallery)
        assert (result.added, result.conflicts) == (PEOPLE + 1, 1)
        assert gallery.face(faces[0].id).person == gallery.person("Nobody else").folder
        assert gallery.face(faces[1].id).person == gallery.person("Ada Lovelace").folder
        assert len(gallery.photos()) == len({photo.digest for photo in gallery.photos()})
        assert gallery.unnamed() == []


def test_faces_are_matched_once_by_best_overlap(
    tmp_path: Path, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    with Gallery.open(tmp_path / "there", for_writing=True) as gallery:
        for number, (name, x) in enumerate((("Ada", 100.0), ("Grace", 170.0))):
            gallery.add(name, new_face(number, Box(x, 80, 60, 75)), photo_of(1))
    path = exported(tmp_path / "there", tmp_path / "a.zip")
    with Gallery.open(tmp_path / "here", for_writing=True) as gallery:
        faces = [new_face(number, Box(x, 80, 60, 75)) for number, x in ((3, 110.0), (4, 165.0))]
        seen = gallery.record_photo(photo_of(1), faces=faces).new_faces
        assert archive.import_archive(path, gallery).added == 2
        names = [gallery.person_by_folder(gallery.face(face.id).person) for face in seen]
        assert [person and person.name for person in names] == ["Ada", "Grace"]


def test_a_photo_of_version_0_1_is_known_by_its_file(
    odd_people: Path, tmp_path: Path, photo_of: PhotoOf, scan_photo: ScanPhoto
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    here = tmp_path / "here"
    with Gallery.open(here, for_writing=True) as gallery:
        face = gallery.record_photo(photo_of(1, digest=""), faces=[]).photo
        assert face.digest == ""
        archive.import_archive(path, gallery)
        assert len(gallery.faces_in(face)) == 1


def test_unnamed_and_ignored_faces_photos_and_clusters_are_imported(
    gallery: Gallery, folder: Path, tmp_path: Path, add: Add, scan_photo: ScanPhoto
) -> None:
    add(gallery, "Ada", 1)
    gallery.set_cover(gallery.faces_of(gallery.person("Ada"))[0].id)
    faces = [*scan_photo(gallery, 2, 2, 3, 4), *scan_photo(gallery, 5)]
    gallery.cluster_faces([faces[0].id, faces[1].id])
    gallery.split_from_cluster([faces[1].id], [faces[0].id])
    gallery.ignore([faces[2].id])
    gallery.reject(gallery.person("Ada"), [faces[3].id])
    gallery.close()
    result = archive.export_archive(folder, None, tmp_path / "a.zip")
    assert (result.people, result.faces, result.unnamed, result.missing) == (1, 1, 4, 0)
    found = taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert (found.added, found.unnamed, found.conflicts) == (1, 4, 0)
    assert told(tmp_path / "new") == told(folder)
    with Gallery.open(tmp_path / "new", for_writing=True) as new:
        assert len(new.ignored()) == 1
        assert {photo.path for photo in new.photos()} == {""}
        assert {photo.size for photo in new.photos()} == {0}
        assert len(new.history) == 1
        new.undo()
        assert (new.people, new.unnamed(), new.photos()) == ((), [], [])
    assert taken_in(tmp_path / "a.zip", tmp_path / "new").unnamed == 4
    assert exported(tmp_path / "new", tmp_path / "b.zip").read_bytes() == (tmp_path / "a.zip").read_bytes()


def test_a_rejection_of_somebody_who_had_the_name_of_the_faces_person_stays_behind(
    gallery: Gallery, folder: Path, tmp_path: Path, add: Add, scan_photo: ScanPhoto
) -> None:
    """Its folder would be that of the person whose face it is."""
    add(gallery, "Ada", 1)
    (face,) = scan_photo(gallery, 2)
    gallery.reject(gallery.person("Ada"), [face.id])
    gallery.rename(gallery.person("Ada"), "Grace")
    gallery.name_faces([face.id], "Ada")
    gallery.delete_people([gallery.person("Grace")])
    gallery.close()
    path = exported(folder, tmp_path / "a.zip")
    taken_in(path, tmp_path / "new")
    with Gallery.open(tmp_path / "new", for_writing=False) as new:
        (moved,) = new.faces_of(new.person("Ada"))
        assert (moved.id, moved.rejections) == (face.id, ())
    assert exported(tmp_path / "new", tmp_path / "b.zip").read_bytes() == path.read_bytes()


def test_rejections_that_only_an_archive_has_are_counted_and_undone(
    gallery: Gallery, folder: Path, tmp_path: Path, add: Add, scan_photo: ScanPhoto
) -> None:
    add(gallery, "Ada", 1)
    (face,) = scan_photo(gallery, 2)
    gallery.close()
    shutil.copytree(folder, tmp_path / "here")
    with Gallery.open(folder, for_writing=True) as there:
        there.reject(there.person("Ada"), [face.id])
    path = exported(folder, tmp_path / "a.zip")
    before = told(tmp_path / "here")
    result = taken_in(path, tmp_path / "here")
    assert (result.added, result.rejections) == (0, 1)
    assert taken_in(path, tmp_path / "here").rejections == 0
    with Gallery.open(tmp_path / "here", for_writing=True) as here:
        assert here.history[-1].description == "imported rejected names from another gallery"
        here.undo()
    assert told(tmp_path / "here") == before


def test_a_date_that_came_with_an_archive_is_undone_with_it(
    gallery: Gallery, folder: Path, tmp_path: Path, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    photo = photo_of(1, taken="")
    gallery.record_photo(photo, tmp_path / "1.jpg", faces=[])
    gallery.close()
    with Gallery.open(tmp_path / "there", for_writing=True) as there:
        there.add("Ada", new_face(1), photo_of(1, taken="1999-01-01T00:00:00"))
    path = exported(tmp_path / "there", tmp_path / "a.zip")
    assert taken_in(path, folder).added == 1
    with Gallery.open(folder, for_writing=True) as here:
        assert [one.taken for one in here.photos()] == ["1999-01-01T00:00:00"]
        here.undo()
        assert [one.taken for one in here.photos()] == [""]
        here.redo()
        assert [one.taken for one in here.photos()] == ["1999-01-01T00:00:00"]


def test_conflicts_history_paths_and_hints_are_not_exported(
    gallery: Gallery, folder: Path, tmp_path: Path, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    gallery.record_photo(photo_of(1), tmp_path / "secret place" / "1.jpg", faces=[new_face(1)])
    step = gallery.begin_step("imported")
    for name in ("Ada", "Eve"):
        path = tmp_path / "secret place" / "1.jpg"
        gallery.import_name(name, new_face(1), photo_of(1), path, source=Source.FOLDER, step=step)
    gallery.import_hints(photo_of(1), path, ["Somebody Secret"], step)
    assert gallery.conflicts()
    gallery.close()
    archive.export_archive(folder, None, tmp_path / "a.zip")
    archive.export_archive(folder, None, tmp_path / "whole.zip", is_whole=True)
    records = json.loads(files_of(tmp_path / "a.zip")["embeddings.json"])
    assert (records["conflicts"], records["history"]) == ([], [])
    for secret in ("secret place", "Somebody Secret"):
        assert secret not in files_of(tmp_path / "a.zip")["embeddings.json"].decode()
        assert secret in files_of(tmp_path / "whole.zip")["embeddings.json"].decode()


def test_an_archive_of_version_0_1_is_imported(tmp_path: Path) -> None:
    """As version 0.1 wrote it: its records, of one gallery and without history, with their crops."""
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(STORED / "v3 json.zip") as file:
        file.extractall(tmp_path / "stored")
    folder = next((tmp_path / "stored").rglob("faces_db")).parent
    records = json.loads((folder / "embeddings.json").read_bytes())
    records.pop("history", None)
    samples = [sample for person in records["people"] for sample in person["samples"]]
    files = {"embeddings.json": json.dumps(records).encode()}
    missing = []
    for sample in samples:
        crop = folder / sample["file"]
        if crop.exists():
            files[sample["file"]] = crop.read_bytes()
        else:
            missing.append(sample["file"])
    manifest = {
        "format": "face-match archive",
        "version": 1,
        "missing": missing,
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
    }
    with zipfile.ZipFile(old, "w") as file:
        for entry, data in {**files, "manifest.json": json.dumps(manifest).encode()}.items():
            file.writestr(entry, data)
    result = taken_in(old, tmp_path / "new")
    assert (result.people, result.added) == (len(records["people"]), len(samples))
    assert taken_in(old, tmp_path / "new").added == 0
    with Gallery.open(tmp_path / "new", for_writing=False) as gallery:
        names = {person["name"] for person in records["people"] if person["samples"]}
        assert {person.name for person in gallery.people} == names


def test_ten_imports_that_add_nothing_make_no_backup(odd_people: Path, tmp_path: Path) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    before = backups.backup_paths(odd_people)
    for _ in range(10):
        taken_in(path, odd_people)
    assert backups.backup_paths(odd_people) == before


def test_a_lost_crop_is_reported_and_its_record_exported(odd_people: Path, tmp_path: Path) -> None:
    crops = sorted((odd_people / "faces_db").rglob("*.png"))
    crops[0].unlink()
    crops[1].write_bytes(b"no image any more")
    assert archive.export_archive(odd_people, None, tmp_path / "a.zip").missing == 2
    result = taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert result.added == PEOPLE + 2
    with Gallery.open(tmp_path / "new", for_writing=False) as gallery:
        assert gallery.named_count_by_model() == {"made-up": PEOPLE + 2}
    assert len([*(tmp_path / "new").rglob("*.png")]) == PEOPLE


def test_a_cancelled_export_or_import_leaves_nothing(
    odd_people: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    before = path.read_bytes()
    calls = PEOPLE + 2
    for at in range(calls):
        with pytest.raises(CancelledError):
            archive.export_archive(odd_people, None, path, is_cancelled=stopping(at))
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "gallery"]
    with Gallery.open(tmp_path / "new", for_writing=True) as gallery:
        for at in range(2 * calls):
            with pytest.raises(CancelledError):
                archive.import_archive(path, gallery, is_cancelled=stopping(at))
            assert not [name for name in files_in(tmp_path / "new") if name.startswith("faces_db")]
        assert gallery.people == ()
        assert archive.import_archive(path, gallery).added == calls


def test_progress_goes_up_to_the_end(odd_people: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    archive.export_archive(
        odd_people, None, tmp_path / "a.zip", lambda done, total: seen.append((done, total))
    )
    assert seen == [(done, PEOPLE + 2) for done in range(PEOPLE + 3)]


def test_a_full_disk_leaves_no_half_archive_and_no_half_import(
    odd_people: Path, tmp_path: Path, full_disk: Callable[..., Any], files_in: FilesIn
) -> None:
    whole = exported(odd_people, tmp_path / "a.zip")
    with Gallery.open(odd_people, for_writing=True):  # or SQLite needs room for a file to read a database
        for limit in range(0, whole.stat().st_size, 1500):
            with full_disk(limit), pytest.raises(GalleryWriteError):
                archive.export_archive(odd_people, None, tmp_path / "b.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "gallery"]
    with Gallery.open(tmp_path / "new", for_writing=True) as gallery:
        for limit in (0, 100, 1000, 1800):
            with full_disk(limit), pytest.raises(GalleryWriteError):
                archive.import_archive(whole, gallery)
            assert gallery.people == ()
        assert not [name for name in files_in(tmp_path / "new") if name.startswith("faces_db")]


def test_an_export_is_a_consistent_snapshot(odd_people: Path, tmp_path: Path) -> None:
    before = told(odd_people)
    with Gallery.open(odd_people, for_writing=True) as gallery:

        def change(done: int, total: int) -> None:
            if done == 0:
                gallery.merge([gallery.person("Al")], gallery.person(ADA))

        archive.export_archive(odd_people, None, tmp_path / "a.zip", change)
    taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert told(tmp_path / "new") == before


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {entry.filename: file.read(entry) for entry in file.infolist()}


def test_a_repacked_archive_is_imported(odd_people: Path, tmp_path: Path) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in sorted(files.items(), reverse=True):
            file.writestr(name, data)
    taken_in(tmp_path / "b.zip", tmp_path / "new")
    assert told(tmp_path / "new") == told(odd_people)


def test_the_crops_are_images_as_they_were(odd_people: Path, tmp_path: Path) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    records = json.loads(files["embeddings.json"])
    crops = {face["id"]: files[face["file"]] for face in records["faces"] if face["file"]}
    with Gallery.open(odd_people, for_writing=False) as gallery:
        faces = gallery.faces([*crops])
        assert len(faces) == len(crops) > 8
        for face in faces:
            assert np.array_equal(np.array(Image.open(io.BytesIO(crops[face.id]))), gallery.pixels_of(face))
