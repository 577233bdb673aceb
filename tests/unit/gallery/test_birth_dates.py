"""Birth dates of people and dates of photos: set, undone, merged, imported, restored and purged."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from face_match.core.errors import InvalidBirthDateError, PersonNotFoundError
from face_match.core.progress import never_cancelled, no_progress
from face_match.core.records import Source
from face_match.core.types import Box, Photo
from face_match.gallery import archive
from face_match.gallery.gallery import Gallery, NamingResult, NewFace
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.paths import RECORDS
from face_match.gallery.records.rows import Table
from face_match.gallery.security import purge

Add = Callable[..., NamingResult]
DAY = "2014-05-17"
TAKEN = "2024-05-06T07:08:09"
"""When the photos of these tests were taken."""


@pytest.fixture
def people(gallery: Gallery, add: Add) -> None:
    """Ada has face 1, Grace 2, Joan 3."""
    for number, name in enumerate(("Ada", "Grace", "Joan"), start=1):
        add(gallery, name, number)


def set_born(gallery: Gallery, name: str, born: str) -> None:
    gallery.set_birth_date(gallery.person(name), born)


def born(gallery: Gallery, *names: str) -> list[str]:
    return [gallery.person(name).born for name in names]


def test_setting_a_birth_date_can_be_undone_after_a_restart(
    gallery: Gallery, folder: Path, people: None
) -> None:
    assert gallery.set_birth_date(gallery.person("Ada"), " 2014 ").born == "2014"
    set_born(gallery, "Ada", DAY)
    assert gallery.history[-1].description == f"set the birth date of Ada to {DAY}"
    set_born(gallery, "Ada", "")
    assert gallery.history[-1].description == "removed the birth date of Ada"
    gallery.close()
    with Gallery.open(folder, for_writing=True) as again:
        assert born(again, "Ada", "Grace") == ["", ""]
        for expected in (DAY, "2014", ""):
            again.undo()
            assert born(again, "Ada") == [expected]
        for expected in ("2014", DAY, ""):
            again.redo()
            assert born(again, "Ada") == [expected]


def test_an_equal_or_invalid_birth_date_changes_nothing(gallery: Gallery, people: None) -> None:
    set_born(gallery, "Ada", DAY)
    count = len(gallery.history)
    set_born(gallery, "Ada", DAY)
    with pytest.raises(InvalidBirthDateError):
        set_born(gallery, "Ada", "17.5.2014")
    gone = replace(gallery.person("Ada"), folder="nobody")
    with pytest.raises(PersonNotFoundError):
        gallery.set_birth_date(gone, "2014")
    assert (len(gallery.history), born(gallery, "Ada")) == (count, [DAY])


@pytest.mark.parametrize(
    ("dates", "merged"),
    [
        (["", "", ""], ""),
        (["", "", "1917"], "1917"),
        (["1815", "1906", ""], "1815"),
        (["", "1906", "1917"], "1906"),
    ],
)
def test_merging_keeps_the_birth_date_or_takes_the_first_known(
    gallery: Gallery, people: None, dates: list[str], merged: str
) -> None:
    for name, date in zip(("Ada", "Grace", "Joan"), dates, strict=True):
        set_born(gallery, name, date)
    gallery.merge([gallery.person("Grace"), gallery.person("Joan")], gallery.person("Ada"))
    assert born(gallery, "Ada") == [merged]
    gallery.undo()
    assert born(gallery, "Ada", "Grace", "Joan") == dates


def test_an_import_adds_missing_birth_dates_and_changes_none(
    gallery: Gallery, folder: Path, people: None, add: Add, tmp_path: Path
) -> None:
    for name, date in (("Ada", "1815-12-10"), ("Grace", "1906")):
        set_born(gallery, name, date)
    gallery.close()
    file = tmp_path / "a.zip"
    archive.export_archive(folder, None, file)
    with Gallery.open(tmp_path / "new", for_writing=True) as new:
        assert archive.import_archive(file, new).births == 0, "new people are not counted"
        assert born(new, "Ada", "Grace", "Joan") == ["1815-12-10", "1906", ""]
    with Gallery.open(tmp_path / "known", for_writing=True) as known:
        for number, name in enumerate(("Ada", "Grace"), start=1):
            add(known, name, number)
        add(known, "Joan", 3)
        set_born(known, "Grace", "1907")
        assert archive.import_archive(file, known).births == 1
        assert born(known, "Ada", "Grace") == ["1815-12-10", "1907"]
        assert known.history[-1].description == "imported birth dates from another gallery"
        assert archive.import_archive(file, known).births == 0
        known.undo()
        assert born(known, "Ada", "Grace") == ["", "1907"]


def test_a_name_alone_gets_no_birth_date(
    gallery: Gallery, folder: Path, people: None, add: Add, tmp_path: Path
) -> None:
    set_born(gallery, "Ada", "1815-12-10")
    gallery.close()
    archive.export_archive(folder, None, tmp_path / "a.zip")
    with Gallery.open(tmp_path / "other", for_writing=True) as other:
        add(other, "Ada", 9)
        with archive.ArchiveFile(tmp_path / "a.zip") as file:
            contents = file.verified_contents(no_progress, never_cancelled)
        for table in (Table.PHOTOS, Table.FACES):
            contents.rows[table].clear()
        steps = len(other.history)
        other.import_contents(contents, tmp_path / "a.zip", {})
        assert (born(other, "Ada"), len(other.history)) == ([""], steps)
        assert archive.import_archive(tmp_path / "a.zip", other).births == 1, "with faces of hers"
        assert born(other, "Ada") == ["1815-12-10"]


@pytest.mark.parametrize(
    "text", ["abc", "9999", "0000", "1815-13", "1815-12-10T00:00", "\x1b[2J", "1" * 9_999]
)
def test_dates_in_an_archive_that_are_none_are_unknown(
    gallery: Gallery, folder: Path, people: None, tmp_path: Path, text: str
) -> None:
    gallery.close()
    archive.export_archive(folder, None, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        files = {name: file.read(name) for name in file.namelist()}
    records = json.loads(files[RECORDS])
    records["people"][0]["born"] = records["photos"][0]["taken"] = text
    files[RECORDS] = json.dumps(records).encode()
    manifest = json.loads(files["manifest.json"])
    digest = hashlib.sha256(files[RECORDS]).hexdigest()
    manifest["files"][RECORDS] = {"size": len(files[RECORDS]), "sha256": digest}
    files["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data)
    with Gallery.open(tmp_path / "other", for_writing=True) as other:
        assert archive.import_archive(tmp_path / "b.zip", other).new_people > 0
        assert {person.born for person in other.people} == {""}
        assert dates(other) == {"", TAKEN}


def test_purging_leaves_no_birth_date(gallery: Gallery, folder: Path, people: None) -> None:
    set_born(gallery, "Ada", "1815-12-10")
    gallery.back_up()
    set_born(gallery, "Ada", "1816-12-10")
    set_born(gallery, "Grace", "1906-12-09")
    gallery.close()
    purge.purge(folder, "Ada")
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"1815-12-10" not in content, path
        assert b"1816-12-10" not in content, path
    with Gallery.open(folder, for_writing=False) as left:
        assert born(left, "Grace") == ["1906-12-09"]


# When photos were taken


def undated(gallery: Gallery) -> None:
    """As of galleries that kept no dates."""
    for photo in gallery.photos():
        draft = Draft()
        draft.photo(photo, replace(photo, taken=""))
        gallery._apply(draft, "")


def dates(gallery: Gallery) -> set[str]:
    return {photo.taken for photo in gallery.photos()}


@pytest.mark.parametrize("how", ["see", "add", "import", "reject"])
def test_every_way_to_add_a_photo_records_its_date(
    gallery: Gallery, new_face: Callable[..., NewFace], photo_of: Callable[..., Photo], add: Add, how: str
) -> None:
    ada = add(gallery, "Ada", 9).person

    def bring(x: float, taken: str) -> str:
        """Bring another face of photo 1; returns when that was taken, as is known then."""
        place = Box(x, 0.0, 80.0, 80.0)
        photo, face, path = photo_of(1, taken=taken), new_face(1, place), Path("1.jpg")
        if how == "see":
            gallery.record_photo(photo, path, faces=[face])
        elif how == "add":
            gallery.add("Grace", face, photo, path)
        elif how == "import":
            step = gallery.begin_step("imported")
            gallery.import_name("Grace", face, photo, path, source=Source.FOLDER, step=step)
        else:
            gallery.reject_at(photo, path, place, ada)
        record = gallery.photo_of(photo)
        assert record is not None
        return record.taken

    assert bring(0.0, TAKEN) == TAKEN
    undated(gallery)
    assert bring(200.0, TAKEN) == TAKEN
    assert bring(400.0, "") == TAKEN, "a copy without a date takes none away"


def test_an_archive_dates_a_photo_only_with_a_face_that_it_adds_or_names(
    folder: Path,
    people: None,
    new_face: Callable[..., NewFace],
    photo_of: Callable[..., Photo],
    tmp_path: Path,
) -> None:
    archive.export_archive(folder, None, tmp_path / "a.zip")
    with Gallery.open(tmp_path / "other", for_writing=True) as other:
        other.add("Bob", new_face(9, Box(400.0, 0.0, 80.0, 80.0)), photo_of(1))
        other.add("Grace", new_face(2), photo_of(2))
        other.record_photo(photo_of(3), faces=[new_face(3)])
        undated(other)
        assert archive.import_archive(tmp_path / "a.zip", other).added == 2
        taken = {photo.digest: photo.taken for photo in other.photos()}
        assert [taken[photo_of(number).digest] for number in (1, 2, 3)] == [TAKEN, "", TAKEN]
        undated(other)
        steps = len(other.history)
        assert archive.import_archive(tmp_path / "a.zip", other).added == 0
        assert (dates(other), len(other.history)) == ({""}, steps)
