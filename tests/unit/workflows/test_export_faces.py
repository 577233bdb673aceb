"""Every face of photos is a row that says who it is, or may be, and reads as a table elsewhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import CancelledError, FileWriteError, GalleryDestinationError
from face_match.core.progress import with_progress
from face_match.core.types import Box, PhotoFileInfo
from face_match.gallery.gallery import NewFace
from face_match.workflows.export_faces import FaceRow, FaceStatus, face_rows, write_csv
from tests.unit.conftest import CROP, MODEL, place_of

THRESHOLD = 0.85
ADA, GRACE, JOAN = 1, 2, 3


def rows_of(album: Any) -> list[FaceRow]:
    photos = sorted((Path(photo.path), photo) for photo in album.gallery.photos() if photo.path)
    return [*face_rows(photos, album.gallery, album.review.groups(THRESHOLD))]


def test_a_face_is_named_or_proposed_or_in_a_group_or_neither_or_ignored(album: Any) -> None:
    album.known("Grace", GRACE)
    first = album.photo((ADA, 0.9), (GRACE, 0.9))
    album.photo((ADA, 0.9), (JOAN, 0.9))
    named, ignored = album.photo((4, 0.9), (5, 0.9))
    album.review.name([named], "Mary")
    album.review.ignore([ignored])
    told = [(row.photo.name, row.decision, row.person, row.similarity, row.group) for row in rows_of(album)]
    assert told == [
        ("1.jpg", FaceStatus.GROUP, None, None, 1),
        ("1.jpg", FaceStatus.PROPOSED, "Grace", 0.9, None),
        ("2.jpg", FaceStatus.GROUP, None, None, 1),
        ("2.jpg", FaceStatus.UNNAMED, None, None, None),
        ("3.jpg", FaceStatus.SAMPLE, "Mary", None, None),
        ("3.jpg", FaceStatus.IGNORED, None, None, None),
    ]
    assert [row.box for row in rows_of(album)[:2]] == [face.place for face in first]


def test_groups_have_numbers_of_their_own(album: Any) -> None:
    for person, count in ((ADA, 4), (GRACE, 3), (JOAN, 2)):
        album.photos(person, count)
    numbers = [row.group for row in rows_of(album)]
    assert sorted(numbers) == [1, 1, 1, 1, 2, 2, 2, 3, 3]


def test_faces_of_photos_that_were_never_scanned_are_rows_too(album: Any) -> None:
    (face,) = album.photo((ADA, 0.9))
    other = PhotoFileInfo("another", "another", 1, 1, 1, 2000, 1000)
    album.gallery.add(
        "Ada", NewFace(CROP, {MODEL: album.embedding(ADA)}, place_of(9)), other, Path("other.jpg")
    )
    album.known("Grace", GRACE, face)
    photos = [
        (Path("other.jpg"), album.gallery.photo_of(other)),
        (Path("1.jpg"), album.gallery.photo(face.photo)),
    ]
    found = face_rows(photos, album.gallery, album.review.groups(THRESHOLD))
    assert [(row.photo.name, row.person, row.decision) for row in found] == [
        ("other.jpg", "Ada", FaceStatus.SAMPLE),
        ("1.jpg", "Ada", FaceStatus.PROPOSED),
        ("1.jpg", "Grace", FaceStatus.SAMPLE),
    ]


ROWS = [
    FaceRow(
        Path("a,b", '"quoted" çä 👩.jpg'), Box(1.04, 2.0, 3.0, 4.0), FaceStatus.PROPOSED, "Zoë; Çelik", 0.9512
    ),
    FaceRow(Path("b.jpg"), Box(1.0, 2.0, 3.0, 4.0), FaceStatus.GROUP, group=7),
]


def test_the_table_is_read_by_spreadsheets_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out" / "faces.csv"
    assert write_csv(ROWS, path, tmp_path / "gallery") == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbfphoto,x,y,")
    assert write_csv([], tmp_path / "empty.csv", tmp_path / "gallery") == 0
    empty = (tmp_path / "empty.csv").read_text("utf-8").splitlines()
    assert empty == ["\ufeffphoto,x,y,width,height,person,similarity,decision,group"]
    first, second = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert first["photo"] == str(ROWS[0].photo)
    assert (first["person"], first["similarity"], first["decision"]) == ("Zoë; Çelik", "0.9512", "proposed")
    assert [first[key] for key in ("x", "y", "width", "height", "group")] == ["1.0", "2.0", "3.0", "4.0", ""]
    assert (second["person"], second["decision"], second["group"]) == ("", "group", "7")


@pytest.mark.parametrize("text", ["=1+1", "-5", " @SUM(A1)", "Ada;=1+1", 'Ada"\t=1+1', "Ada|=1"])
def test_no_spreadsheet_calculates_a_name_or_a_path(text: str, tmp_path: Path) -> None:
    row = FaceRow(Path(text), Box(-0.5, -2.0, 3.0, 4.0), FaceStatus.PROPOSED, text, -0.25)
    write_csv([row], tmp_path / "faces.csv", tmp_path / "gallery")
    table = (tmp_path / "faces.csv").read_text("utf-8-sig")
    for separator in ",;\t|":
        for cells in csv.reader(io.StringIO(table, newline=""), delimiter=separator):
            texts = [cell for cell in cells if not re.fullmatch(r"-?[\d.]+(,-?[\d.]+)*(,.*)?", cell)]
            assert not [cell for cell in texts if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    (read,) = csv.DictReader(io.StringIO(table, newline=""))
    assert read["person"].replace("'", "") == text
    assert (read["x"], read["y"], read["similarity"]) == ("-0.5", "-2.0", "-0.25")


@pytest.mark.parametrize("odd", ["\udcff", "\ud800"])
def test_a_path_that_is_no_text_is_written_so_that_the_table_is_text_all_the_same(
    odd: str, tmp_path: Path
) -> None:
    row = FaceRow(Path(f"half {odd}.jpg"), Box(1.0, 2.0, 3.0, 4.0), FaceStatus.UNNAMED)
    write_csv([row], tmp_path / "faces.csv", tmp_path / "gallery")
    assert f"half \\u{ord(odd):x}.jpg," in (tmp_path / "faces.csv").read_text("utf-8-sig")


def test_a_table_that_cannot_be_written_leaves_the_one_before(
    tmp_path: Path, full_disk: Callable[..., Any]
) -> None:
    path = tmp_path / "faces.csv"
    path.write_text("before")
    with full_disk(10), pytest.raises(FileWriteError):
        write_csv(ROWS, path, tmp_path / "gallery")
    assert path.read_text() == "before"
    assert [*tmp_path.iterdir()] == [path]


def test_a_table_that_is_cancelled_leaves_the_one_before(album: Any, tmp_path: Path) -> None:
    album.photo((ADA, 0.9), (GRACE, 0.9))
    album.photo((JOAN, 0.9))
    photos = [(Path(photo.path), photo) for photo in album.gallery.photos()]
    (tmp_path / "faces.csv").write_text("before")
    done: list[int] = []
    read = with_progress(photos, lambda count, _: done.append(count), lambda: len(done) == 1)
    with pytest.raises(CancelledError):
        write_csv(face_rows(read, album.gallery, []), tmp_path / "faces.csv", tmp_path / "gallery")
    assert [one.name for one in tmp_path.glob("*.csv*")] == ["faces.csv"]
    assert (tmp_path / "faces.csv").read_text() == "before"


def test_no_table_replaces_a_file_of_the_gallery(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.json"
    path.write_text("records")
    with pytest.raises(GalleryDestinationError):
        write_csv(ROWS, path, tmp_path)
    assert path.read_text() == "records"
