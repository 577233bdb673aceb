"""Archives with many faces in one photo: the work grows linearly with the faces."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core import box_overlap
from face_match.core.errors import CancelledError, GalleryWriteError
from face_match.core.progress import never_cancelled, no_progress
from face_match.core.records import FaceRecord
from face_match.core.types import SAME_FACE_OVERLAP, Box, Photo
from face_match.gallery import archive
from face_match.gallery.contents import GalleryContents
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.import_edits import ImportEdits
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.storage.json_store import JsonStore
from tests.unit.gallery.call_counting import MOST_GROWTH

FEW = 20


Fill = Callable[..., Path]


@pytest.fixture
def fill(new_face: Callable[..., NewFace], photo_of: Callable[..., Photo]) -> Fill:
    """Puts faces of Ada into photo 1 of a gallery, each at a place of its own but for a shift."""

    def make(folder: Path, numbers: Collection[int], shift: float = 0.0) -> Path:
        places = [Box(40.0 * number + shift, 10.0, 30.0, 30.0) for number in numbers]
        faces = [new_face(number, place) for number, place in zip(numbers, places, strict=True)]
        with Gallery.open(folder, for_writing=True) as gallery:
            seen = gallery.record_photo(photo_of(1), faces=faces).new_faces
            gallery.name_faces([face.id for face in seen], "Ada", allow_same_photo=True)
        return folder

    return make


def test_a_gallery_of_more_faces_than_an_archive_takes_is_refused_before_it_is_read(
    tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "gallery", range(FEW))
    monkeypatch.setattr(archive, "MAX_FACES", FEW - 1)
    monkeypatch.delattr(JsonStore, "contents")
    with pytest.raises(GalleryWriteError, match="size limit"):
        archive.export_archive(folder, None, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_an_archive_of_more_values_than_are_read_is_not_written(
    tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "gallery", range(FEW))
    for value, is_written in ((10 * FEW, False), (100 * FEW, True)):
        monkeypatch.setattr(archive, "MOST_VALUES", value)
        with contextlib.nullcontext() if is_written else pytest.raises(GalleryWriteError, match="size limit"):
            archive.export_archive(folder, None, tmp_path / "a.zip")
        assert (tmp_path / "a.zip").exists() == is_written


def test_many_faces_in_one_photo_are_read_once(
    tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    for count in (FEW, 2 * FEW):
        ours = fill(tmp_path / f"ours {count}", range(count, 2 * count))
        archive.export_archive(fill(tmp_path / f"theirs {count}", range(count)), None, tmp_path / "a.zip")
        with Gallery.open(ours, for_writing=True) as gallery, monkeypatch.context() as patched:
            decoded = GalleryContents._faces
            read.append(0)

            def counted(
                contents: GalleryContents, rows: Sequence[Row], *photos: Any, **options: Any
            ) -> list[FaceRecord]:
                read[-1] += len(rows)
                return decoded(contents, rows, *photos, **options)  # noqa: B023

            patched.setattr(GalleryContents, "_faces", counted)
            assert archive.import_archive(tmp_path / "a.zip", gallery).added == count
    assert 0 < read[1] <= MOST_GROWTH * read[0]


def test_a_face_at_the_same_place_is_the_same_face(tmp_path: Path, fill: Fill) -> None:
    ours = fill(tmp_path / "ours", range(FEW))
    archive.export_archive(fill(tmp_path / "theirs", range(2 * FEW), shift=4.0), None, tmp_path / "a.zip")
    with Gallery.open(ours, for_writing=True) as gallery:
        assert archive.import_archive(tmp_path / "a.zip", gallery).added == FEW
        assert gallery.face_count == 2 * FEW


def test_an_import_can_be_cancelled_while_faces_are_compared(tmp_path: Path, fill: Fill) -> None:
    archive.export_archive(fill(tmp_path / "theirs", range(FEW)), None, tmp_path / "a.zip")
    asked = itertools.count()
    with Gallery.open(fill(tmp_path / "ours", [FEW]), for_writing=True) as gallery:
        with archive.ArchiveFile(tmp_path / "a.zip") as file:
            contents = file.verified_contents(no_progress, never_cancelled)
        for compare in (gallery.missing_crops, partial(gallery.import_contents, files={})):
            asked = itertools.count()
            with pytest.raises(CancelledError):
                compare(contents, tmp_path / "a.zip", is_cancelled=lambda: next(asked) == FEW // 2)  # noqa: B023
        assert gallery.face_count == 1


def test_an_import_can_be_cancelled_while_people_without_faces_are_compared(
    tmp_path: Path,
) -> None:
    contents = Contents()
    facts = {"added": "2026-01-01T00:00:00Z", "cover": None, "born": "1906"}
    contents.rows[Table.PEOPLE] += [{"folder": f"{n}", "name": f"Person {n}", **facts} for n in range(FEW)]
    with Gallery.open(tmp_path / "ours", for_writing=True) as gallery:
        for last in (0, FEW // 2, FEW + FEW // 2):
            asked = itertools.count()
            with pytest.raises(CancelledError):
                ImportEdits(
                    gallery,
                    contents,
                    tmp_path / "a.zip",
                    is_cancelled=lambda: next(asked) == last,  # noqa: B023
                )


def test_overlaps_are_found_in_parts_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    boxes, known = (random.uniform(20, 40, (40, 4)) for _ in range(2))
    spans = np.array([(0, 25) if row % 3 else (25, 15) for row in range(40)])
    expected = {
        (row, column)
        for row, (first, count) in enumerate(spans.tolist())
        for column in range(first, first + count)
        if Box(*boxes[row]).overlap(Box(*known[column])) >= SAME_FACE_OVERLAP
    }
    assert len(expected) > 9
    for at_once in (1, 30, 10_000):
        monkeypatch.setattr(box_overlap, "PAIRS_PER_BLOCK", at_once)
        parts = [*box_overlap.same_face_pairs(boxes, known, spans)]
        assert {
            pair for _, *pairs in parts for pair in zip(*map(np.ndarray.tolist, pairs), strict=True)
        } == expected


def test_thousands_of_faces_in_one_place_are_not_paired_each_with_each() -> None:
    boxes = np.tile([5.0, 5.0, 20.0, 20.0], (1_000, 1))
    spans = np.tile([0, 1_000], (1_000, 1))
    pairs = sum(len(found) for found, _, _ in box_overlap.same_face_pairs(boxes, boxes, spans))
    assert pairs == 1_000 * box_overlap.MAX_PAIRS_PER_BOX
