"""Every face of a folder's photos is kept, once; what was scanned is known again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import Base

from face_match.core.errors import CancelledError, GalleryWriteError, ImageUnreadableError
from face_match.core.photo_folders import photo_files
from face_match.core.records import FaceRecord
from face_match.core.types import PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.photo_copies import is_unchanged_at
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.storage.active_store import MAX_JSON_FACES
from face_match.gallery.storage_change import move_records
from face_match.vision.photo_loading import identify_photo, load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows import photo_reading
from face_match.workflows.review import Review
from face_match.workflows.scan import ScanResult, scan
from tests.portraits import make_group, make_photos, portraits

ALL, GROUP = 10, 4
"""Faces that are found in all photos, and in that of the group."""


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of two people, one of a group, and one of nobody."""
    folder = tmp_path_factory.mktemp("photos") / "holiday"
    eileen, grace = portraits()
    photos = make_photos(eileen, 5, folder / "work" / "Eileen") + make_photos(grace, 5, folder / "Grace")
    group = photos[3:5] + photos[8:]
    make_group(group, folder / "group.jpg")
    for photo in group:
        photo.unlink()
    Image.new("RGB", (200, 200), "grey").save(folder / "nobody.png")
    return folder


@pytest.fixture
def folder(originals: Path, tmp_path: Path) -> Path:
    """The same, to do with as one likes."""
    return shutil.copytree(originals, tmp_path / "photos")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "gallery"


@pytest.fixture
def gallery(place: Path) -> Iterator[Gallery]:
    with Gallery.open(place, for_writing=True) as opened:
        yield opened


@pytest.fixture
def look(gallery: Gallery, pipeline: FacePipeline) -> Callable[..., ScanResult]:
    """Scan photos, all those of some folder or some of them."""

    def run(*paths: Path, **options: object) -> ScanResult:
        return scan(photo_files(paths), gallery, pipeline, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read since."""
    names: list[str] = []

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def count(path: Path, *options: object) -> object:
            names.append(path.name)
            return real(path, *options)

        return count

    for name in ("load_photo", "identify_photo"):
        monkeypatch.setattr(photo_reading, name, counted(getattr(photo_reading, name)))
    return names


def faces_in(gallery: Gallery, path: Path) -> list[FaceRecord]:
    record = gallery.photo_of(identify_photo(path))
    assert record is not None
    return gallery.faces_in(record)


def told(result: ScanResult) -> dict[str, int]:
    """What is not nought."""
    counts = {name: getattr(result, name) for name in ("photos", "seen", "moved", "faces")}
    counts["empty"] = len(result.empty)
    counts["failed"] = len(result.failed)
    return {name: count for name, count in counts.items() if count}


def test_every_face_of_every_photo_is_kept_as_the_pipeline_found_it(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, pipeline: FacePipeline, place: Path
) -> None:
    steps: list[tuple[int, int]] = []
    result = look(folder, on_progress=lambda done, total: steps.append((done, total)))
    assert told(result) == {"photos": 8, "faces": ALL, "empty": 1}
    assert steps == [(done, 8) for done in range(9)]
    assert (result.done, result.stopped_by) == (8, None)
    assert gallery.history == (), "a scan is nothing that a person does"
    for path in photo_files([folder]):
        photo = load_photo(path)
        record = result.records[path]
        assert (record.digest, record.path, record.scans) == (
            photo.digest,
            str(path),
            (pipeline.scan_settings,),
        )
        for face, found in zip(gallery.faces_in(record), pipeline.faces(photo), strict=True):
            assert face.place == found.face.box
            assert face.embeddings["dlib"].tobytes() == found.embedding.tobytes()
            assert (gallery.pixels_of(face) == found.crop.pixels).all()
            assert face.quality == found.quality
    with Gallery.open(place, for_writing=False) as reader:
        assert len(reader.unnamed()) == ALL


def test_a_second_run_reads_no_photo(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, read: list[str]
) -> None:
    look(folder)
    assert len(read) == 8
    before = {face.id for face in gallery.unnamed()}
    assert told(look(folder)) == {"photos": 8, "seen": 8}
    assert len(read) == 8
    assert {face.id for face in gallery.unnamed()} == before


def test_a_copy_counts_once_and_a_photo_is_known_where_it_was_moved_to(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, read: list[str]
) -> None:
    group = folder / "group.jpg"
    shutil.copy(group, folder / "group copy.jpg")
    result = look(group, folder / "group copy.jpg")
    assert told(result) == {"photos": 2, "seen": 1, "faces": GROUP}
    assert len({record.id for record in result.records.values()}) == 1
    read.clear()
    assert told(look(group, folder / "group copy.jpg")) == {"photos": 2, "seen": 2}
    assert len(read) == 1, "the one whose path is recorded is not read; either may have been scanned first"
    (folder / "group copy.jpg").unlink()
    (folder / "deeper").mkdir()
    moved = group.rename(folder / "deeper" / "renamed.jpg")
    assert told(look(moved)) == {"photos": 1, "seen": 1, "moved": 1}
    read.clear()
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert read == []
    os.utime(moved, (1, 1))
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert read == ["renamed.jpg"], "touched it is read once"
    assert len(gallery.unnamed()) == GROUP


@pytest.mark.parametrize("is_database", [False, True])
@pytest.mark.parametrize("year", [-30_000, 1601, 2300, 36_000])
def test_a_photo_whose_file_has_an_impossible_time_is_recorded_and_known_again(
    place: Path, any_times: Path, pipeline: FacePipeline, is_database: bool, year: int
) -> None:
    photo = any_times / "nobody.png"
    Image.new("RGB", (200, 200), "grey").save(photo)
    os.utime(photo, ns=(0, round((year - 1970) * 365.2425 * 86_400) * 10**9))
    move_records(place, to_database=is_database)
    for known in ({"empty": 1}, {"seen": 1}):
        with Gallery.open(place, for_writing=True) as gallery:
            assert told(scan([photo], gallery, pipeline)) == {"photos": 1, **known}
            (record,) = gallery.photos()
    assert is_unchanged_at(record, photo)


def test_a_relative_path_is_the_same_photo(
    folder: Path, look: Callable[..., ScanResult], monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    look(folder / "group.jpg")
    monkeypatch.chdir(folder)
    assert told(look(Path("group.jpg"))) == {"photos": 1, "seen": 1}
    assert read == ["group.jpg"]


def test_what_cannot_be_read_is_listed_and_the_run_goes_on(
    folder: Path, look: Callable[..., ScanResult]
) -> None:
    (folder / "broken.jpg").write_bytes(b"no photo")
    (folder / "group.jpg").write_bytes((folder / "group.jpg").read_bytes()[:2000])
    (folder / "work" / "empty.png").touch()
    gone = folder / "gone.jpg"
    result = look(folder, gone)
    assert {path.name for path, _ in result.failed} == {"broken.jpg", "group.jpg", "empty.png", "gone.jpg"}
    assert {type(error) for _, error in result.failed} == {ImageUnreadableError}
    assert told(result) == {"photos": 11, "faces": ALL - GROUP, "empty": 1, "failed": 4}


def test_a_run_that_is_stopped_keeps_what_it_found_and_the_next_one_resumes(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery
) -> None:
    result = look(folder, is_cancelled=lambda: bool(gallery.photos()))
    assert isinstance(result.stopped_by, CancelledError)
    assert 0 < result.done == len(gallery.photos()) < 8
    again = look(folder)
    assert (again.seen, again.stopped_by) == (result.done, None)
    assert result.faces + again.faces == len(gallery.unnamed()) == ALL


def test_a_gallery_that_cannot_be_written_to_ends_the_run(
    folder: Path, look: Callable[..., ScanResult], place: Path
) -> None:
    (place / "faces_db").write_bytes(b"no folder")
    result = look(folder)
    assert isinstance(result.stopped_by, GalleryWriteError)
    assert (result.faces, result.done) == (0, 0)


def test_what_is_only_tried_is_told_and_not_kept(
    folder: Path, pipeline: FacePipeline, tmp_path: Path
) -> None:
    shutil.copy(folder / "group.jpg", folder / "group copy.jpg")
    with Gallery.open(tmp_path / "none", for_writing=False, is_dry_run=True) as trying:
        result = scan(photo_files([folder]), trying, pipeline)
        assert told(result) == {"photos": 9, "seen": 1, "faces": ALL, "empty": 1}
        assert len(trying.unnamed()) == ALL
    assert not (tmp_path / "none").exists()


def test_faces_that_have_a_name_keep_it(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, pipeline: FacePipeline
) -> None:
    photo = load_photo(folder / "group.jpg")
    for number, face in enumerate(pipeline.faces(photo)[:2]):
        gallery.add(f"P{number}", NewFace.of(face), photo)
    result = look(folder / "group.jpg")
    assert told(result) == {"photos": 1, "faces": GROUP - 2}
    names = [face.person for face in faces_in(gallery, folder / "group.jpg")]
    assert sorted(names, key=str) == [None, None, "P0", "P1"]
    assert told(look(folder / "group.jpg")) == {"photos": 1, "seen": 1}


def test_a_name_that_is_undone_leaves_the_face_that_the_scan_has_detected(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, read: list[str]
) -> None:
    look(folder / "group.jpg")
    review = Review(gallery, "dlib")
    named, ignored, *others = gallery.unnamed()
    review.name([named], "Sheldon")
    review.ignore([ignored])
    read.clear()
    assert told(look(folder / "group.jpg")) == {"photos": 1, "seen": 1}
    gallery.undo()
    gallery.undo()
    assert {face.id for face in gallery.unnamed()} == {named.id, ignored.id, *(face.id for face in others)}
    assert told(look(folder / "group.jpg")) == {"photos": 1, "seen": 1}
    assert read == []
    (back,) = gallery.faces([named.id])
    assert (back.place, back.person, back.is_unnamed) == (named.place, None, False)
    assert (gallery.pixels_of(back) == gallery.crop_of(back).pixels).all()


def test_a_face_that_was_added_before_the_scan_stays_unnamed_once_the_name_is_undone(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery, pipeline: FacePipeline
) -> None:
    photo = load_photo(folder / "group.jpg")
    first = gallery.add("Sheldon", NewFace.of(pipeline.faces(photo)[0]), photo).faces[0]
    assert told(look(folder / "group.jpg")) == {"photos": 1, "faces": GROUP - 1}
    gallery.undo()
    assert first.id in {face.id for face in gallery.unnamed()}
    assert told(look(folder / "group.jpg")) == {"photos": 1, "seen": 1}


def test_faces_of_one_person_come_together_for_review(
    folder: Path, look: Callable[..., ScanResult], gallery: Gallery
) -> None:
    look(folder)
    review = Review(gallery, "dlib")
    group, *_ = review.groups(0.94)
    paths = [photo.path for face in group.faces if (photo := gallery.photo(face.photo))]
    names = {Path(path).parent.name for path in paths}
    assert len(group.faces) >= 2
    assert len(names - {"photos"}) == 1
    review.name(group.faces, names.pop())
    assert len(gallery.people) == 1


def test_many_photos_without_faces_are_kept_in_a_database(gallery: Gallery, place: Path) -> None:
    for number in range(MAX_JSON_FACES + 1):
        gallery.record_photo(PhotoFileInfo(f"{number:064x}", f"{number:064x}", 1, number), scan="mtcnn")
    assert gallery.records.name == DATABASE
    assert len(gallery.photos()) == MAX_JSON_FACES + 1


def test_a_photo_of_0_1_that_has_not_changed_is_read_once_for_its_digest_and_date(
    folder: Path, gallery: Gallery, look: Callable[..., ScanResult], read: list[str]
) -> None:
    path = folder / "nobody.png"
    exif = Image.Exif()
    exif[Base.DateTime] = "2021:07:04 12:30:05"
    Image.new("RGB", (200, 200), "grey").save(path, exif=exif)
    look(path)
    (before,) = gallery.photos()
    draft = Draft()
    draft.photo(before, replace(before, digest="", taken=""))  # as 0.1 has left it
    gallery._apply(draft, "")
    read.clear()
    assert told(look(path)) == {"photos": 1, "seen": 1}
    assert [photo.taken for photo in gallery.photos()] == ["2021-07-04T12:30:05"]
    assert gallery.photos()[0].digest == before.digest
    look(path)
    assert read == ["nobody.png"], "only once, and not decoded"
