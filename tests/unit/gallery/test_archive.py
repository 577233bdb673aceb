"""A gallery goes into an archive and comes out of it as it was; what is not safe stays out as a whole."""

from __future__ import annotations

import io
import itertools
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.errors import (
    CancelledError,
    GalleryWriteError,
)
from face_match.gallery import archive, backups, encryption, vault
from face_match.gallery.gallery import Gallery, Named

Add = Callable[..., Named]
FilesIn = Callable[[Path], dict[str, bytes]]
PeopleIn = Callable[..., dict[str, object]]
PEOPLE, ADA = 9, "Ada Lovelace"


def exported(folder: Path, path: Path) -> Path:
    archive.export(folder, None, path)
    return path


def taken_in(path: Path, folder: Path) -> archive.TakenIn:
    with Gallery.open(folder, for_writing=True) as gallery:
        return archive.take_in(path, gallery)


def stopping(at: int) -> Callable[[], bool]:
    """Says that a job is cancelled when it is asked for that time, from 0."""
    asked = itertools.count()
    return lambda: next(asked) == at


def test_a_gallery_comes_out_of_an_archive_as_it_went_in(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path
) -> None:
    result = archive.export(odd_people, None, tmp_path / "a.zip")
    assert (result.people, result.faces, result.missing) == (PEOPLE, PEOPLE + 2, 0)
    found = taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert found == archive.TakenIn(PEOPLE, PEOPLE + 2, PEOPLE, PEOPLE + 2, result.unnamed)
    assert people_in(tmp_path / "new") == people_in(odd_people)


def test_the_same_gallery_gives_the_same_bytes(odd_people: Path, tmp_path: Path) -> None:
    first = exported(odd_people, tmp_path / "a.zip").read_bytes()
    assert exported(odd_people, tmp_path / "b.zip").read_bytes() == first
    taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert exported(tmp_path / "new", tmp_path / "c.zip").read_bytes() == first
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_an_unpacked_archive_is_a_gallery(people_in: PeopleIn, odd_people: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(odd_people, tmp_path / "a.zip")) as file:
        file.extractall(tmp_path / "unpacked")
    assert people_in(tmp_path / "unpacked") == people_in(odd_people)
    crops = sorted(path.name for path in (tmp_path / "unpacked" / "faces_db" / ADA).iterdir())
    assert crops == ["1.png", "2.png", "3.png"], "in the folder of the name of now"


def test_an_encrypted_gallery_goes_out_readable_and_comes_in_sealed(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    before = people_in(odd_people)
    plain = exported(odd_people, tmp_path / "plain.zip").read_bytes()
    encryption.encrypt(odd_people, "secret")
    archive.export(odd_people, vault.unlock(odd_people, "secret"), tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == plain
    other = tmp_path / "other"
    Gallery.open(other, for_writing=True).close()
    encryption.encrypt(other, "other secret")
    with Gallery.open(other, for_writing=True, passphrase="other secret") as gallery:
        archive.take_in(tmp_path / "a.zip", gallery)
    assert people_in(other, "other secret") == before
    assert not list(other.rglob("*.png"))


def test_taking_in_an_archive_again_changes_nothing(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    taken_in(path, tmp_path / "new")
    before = people_in(tmp_path / "new")
    assert taken_in(path, tmp_path / "new").added == 0
    assert taken_in(path, odd_people).added == 0
    assert people_in(tmp_path / "new") == before
    with Gallery.open(tmp_path / "new", for_writing=False) as gallery:
        assert len(gallery.history) == 1
    kept = [path for path in files_in(tmp_path / "new") if path.endswith(".png")]
    assert len(kept) == PEOPLE + 2


def test_an_archive_is_merged_into_a_gallery_and_one_undo_takes_it_back(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path, add: Add, face_key: Callable[[int], Rejection]
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    here = tmp_path / "here"
    with Gallery.open(here, for_writing=True) as gallery:
        add(gallery, "ada  lovelace", 50)
        add(gallery, "ada  lovelace", 1)
        add(gallery, "Grace", 51)
    before = people_in(here)
    with Gallery.open(here, for_writing=True) as gallery:
        result = archive.take_in(path, gallery)
        assert (result.new_people, result.added) == (PEOPLE - 1, PEOPLE + 1), "face 1 was there"
        ada = gallery.person("Ada Lovelace")
        assert (ada.name, ada.face_count) == ("ada lovelace", 4)
        assert gallery.rejections_of(ada) == [face_key(9)]
        assert gallery.history[-1].description == f"imported {PEOPLE + 1} faces of another gallery"
        after = people_in(here)
        gallery.undo()
        assert people_in(here) == before
        gallery.redo()
        assert people_in(here) == after
    assert [path for path in (here / "backups").iterdir() if backups.BEFORE_IMPORT in path.name]


def test_a_sample_that_is_somebody_elses_here_stays_so(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    with Gallery.open(odd_people, for_writing=True) as gallery:
        gallery.move([face.id for face in gallery.faces_of(gallery.person("Al"))], "Bob")
        assert gallery.find("Al") is None
    before = people_in(odd_people)
    assert taken_in(path, odd_people).added == 0
    assert people_in(odd_people) == before


def test_a_sample_that_was_removed_comes_back_and_both_can_be_taken_back(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    before = people_in(odd_people)
    with Gallery.open(odd_people, for_writing=True) as gallery:
        gallery.remove([gallery.faces_of(gallery.person("Al"))[0].id])
        archive.take_in(path, gallery)
        gallery.undo()
    with Gallery.open(odd_people, for_writing=True) as gallery:  # what was taken back is forgotten on closing
        gallery.undo()
    assert {name: found for name, found in people_in(odd_people).items() if name != "Al"} == {
        name: found for name, found in before.items() if name != "Al"
    }
    assert people_in(odd_people)["Al"] == before["Al"]


def test_a_lost_crop_is_told_of_and_its_record_goes_along(odd_people: Path, tmp_path: Path) -> None:
    crops = sorted((odd_people / "faces_db").rglob("*.png"))
    crops[0].unlink()
    crops[1].write_bytes(b"no image any more")
    assert archive.export(odd_people, None, tmp_path / "a.zip").missing == 2
    result = taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert result.added == PEOPLE + 2
    with Gallery.open(tmp_path / "new", for_writing=False) as gallery:
        assert gallery.named_by_model() == {"made-up": PEOPLE + 2}
    assert len([*(tmp_path / "new").rglob("*.png")]) == PEOPLE


def test_a_cancelled_export_or_import_leaves_nothing(
    odd_people: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")
    before = path.read_bytes()
    calls = PEOPLE + 2
    for at in range(calls):
        with pytest.raises(CancelledError):
            archive.export(odd_people, None, path, is_cancelled=stopping(at))
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "gallery"]
    with Gallery.open(tmp_path / "new", for_writing=True) as gallery:
        for at in range(2 * calls):
            with pytest.raises(CancelledError):
                archive.take_in(path, gallery, is_cancelled=stopping(at))
            assert not [name for name in files_in(tmp_path / "new") if name.startswith("faces_db")]
        assert gallery.people == ()
        assert archive.take_in(path, gallery).added == calls


def test_progress_goes_up_to_the_end(odd_people: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    archive.export(odd_people, None, tmp_path / "a.zip", lambda done, total: seen.append((done, total)))
    assert seen == [(done, PEOPLE + 2) for done in range(PEOPLE + 3)]


def test_a_full_disk_leaves_no_half_archive_and_no_half_import(
    odd_people: Path, tmp_path: Path, full_disk: Callable[..., Any], files_in: FilesIn
) -> None:
    whole = exported(odd_people, tmp_path / "a.zip")
    with Gallery.open(odd_people, for_writing=True):  # or SQLite needs room for a file to read a database
        for limit in range(0, whole.stat().st_size, 1500):
            with full_disk(limit), pytest.raises(GalleryWriteError):
                archive.export(odd_people, None, tmp_path / "b.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "gallery"]
    with Gallery.open(tmp_path / "new", for_writing=True) as gallery:
        for limit in (0, 100, 1000, 1800):
            with full_disk(limit), pytest.raises(GalleryWriteError):
                archive.take_in(whole, gallery)
            assert gallery.people == ()
        assert not [name for name in files_in(tmp_path / "new") if name.startswith("faces_db")]


def test_who_changes_the_gallery_meanwhile_is_not_in_a_half_state_in_the_archive(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path
) -> None:
    before = people_in(odd_people)
    with Gallery.open(odd_people, for_writing=True) as gallery:

        def change(done: int, total: int) -> None:
            if done == 0:
                gallery.merge([gallery.person("Al")], gallery.person(ADA))

        archive.export(odd_people, None, tmp_path / "a.zip", change)
    taken_in(tmp_path / "a.zip", tmp_path / "new")
    assert people_in(tmp_path / "new") == before


def files_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {entry.filename: file.read(entry) for entry in file.infolist()}


def test_repacked_by_another_program_it_is_taken_in(
    people_in: PeopleIn, odd_people: Path, tmp_path: Path
) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in sorted(files.items(), reverse=True):
            file.writestr(name, data)
    taken_in(tmp_path / "b.zip", tmp_path / "new")
    assert people_in(tmp_path / "new") == people_in(odd_people)


def test_the_crops_are_images_as_they_were(odd_people: Path, tmp_path: Path) -> None:
    from PIL import Image

    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    with Gallery.open(odd_people, for_writing=False) as gallery:
        kept = [gallery.pixels_of(s) for person in gallery.people for s in gallery.faces_of(person)]
    crops = [Image.open(io.BytesIO(data)) for name, data in files.items() if name.endswith(".png")]
    for crop, pixels in zip(crops, kept, strict=True):
        assert np.array_equal(np.array(crop), pixels)
