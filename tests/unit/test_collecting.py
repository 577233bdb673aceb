"""Every face of a folder's photos waits for a name, once; what was looked through is known again."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from face_match import collecting
from face_match.collecting import Collected, collect
from face_match.errors import CancelledError, GalleryWriteError, ImageUnreadableError
from face_match.gallery.gallery import Gallery
from face_match.gallery.waiting import Waiting
from face_match.reviewing import Review, tidy, to_look_through_again
from face_match.types import Photo
from face_match.vision.images import load_photo, photo_files
from face_match.vision.pipeline import FacePipeline

SINGLES = ("lfw10/Colin_Powell", "lfw10/Tony_Blair", "bbt/amy")
ALL, GROUP = 11, 4
"""Faces that are found in all photos, and in that of the group."""


@pytest.fixture(scope="session")
def originals(shared_faces: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two photos each of three people, one of a group, and one of nobody."""
    folder = tmp_path_factory.mktemp("photos") / "holiday"
    for place in SINGLES:
        (folder / place).mkdir(parents=True)
        for path in photo_files([shared_faces / place])[:2]:
            shutil.copy(path, folder / place)
    shutil.copy(shared_faces / "groups" / "bbt1.jpg", folder)
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
def waiting(place: Path, gallery: Gallery) -> Waiting:
    return Waiting.of(place, None, is_writable=True)


@pytest.fixture
def look(gallery: Gallery, waiting: Waiting, pipeline: FacePipeline) -> Callable[..., Collected]:
    """Look through photos, all those of some folder or some of them."""

    def run(*paths: Path, **options: object) -> Collected:
        return collect(photo_files(paths), gallery, waiting, pipeline, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read since."""
    names: list[str] = []

    def counted(path: Path) -> Photo:
        names.append(path.name)
        return load_photo(path)

    monkeypatch.setattr(collecting, "load_photo", counted)
    return names


def told(result: Collected) -> dict[str, int]:
    """What is not nought."""
    counts = {name: getattr(result, name) for name in ("photos", "seen", "moved", "faces")}
    counts["empty"] = len(result.empty)
    counts["failed"] = len(result.failed)
    return {name: count for name, count in counts.items() if count}


def test_every_face_of_every_photo_waits_as_the_pipeline_found_it(
    folder: Path, look: Callable[..., Collected], waiting: Waiting, pipeline: FacePipeline, place: Path
) -> None:
    steps: list[tuple[int, int]] = []
    result = look(folder, on_progress=lambda done, total: steps.append((done, total)))
    assert told(result) == {"photos": 8, "faces": ALL, "empty": 1}
    assert steps == [(done, 8) for done in range(9)]
    assert (result.done, result.stopped_by) == (8, None)
    for path in photo_files([folder]):
        photo = load_photo(path)
        assert result.digests[path] == photo.digest
        seen = waiting.photo(photo.digest)
        assert seen.path == path
        for face, found in zip(seen.faces, pipeline.faces(photo), strict=True):
            assert face.place == found.face.box
            assert face.vectors["dlib"].tobytes() == found.vector.tobytes()
            assert (waiting.crop(face).pixels == found.crop.pixels).all()
            assert face.quality == found.quality
    assert len(Waiting.of(place, None, is_writable=False).faces) == ALL


def test_a_second_run_reads_no_photo(
    folder: Path, look: Callable[..., Collected], waiting: Waiting, decoded: list[str]
) -> None:
    look(folder)
    assert len(decoded) == 8
    before = {face.id for face in waiting.faces}
    assert told(look(folder)) == {"photos": 8, "seen": 8}
    assert len(decoded) == 8
    assert {face.id for face in waiting.faces} == before


def test_a_copy_counts_once_and_a_photo_is_known_where_it_was_moved_to(
    folder: Path, look: Callable[..., Collected], waiting: Waiting, decoded: list[str]
) -> None:
    group = folder / "bbt1.jpg"
    shutil.copy(group, folder / "bbt1 copy.jpg")
    result = look(group, folder / "bbt1 copy.jpg")
    assert told(result) == {"photos": 2, "seen": 1, "faces": GROUP}
    assert len({*result.digests.values()}) == 1
    decoded.clear()
    assert told(look(group, folder / "bbt1 copy.jpg")) == {"photos": 2, "seen": 2}
    assert decoded == ["bbt1 copy.jpg"], "the one that lies where it lay is not read"
    (folder / "bbt1 copy.jpg").unlink()
    (folder / "deeper").mkdir()
    moved = group.rename(folder / "deeper" / "renamed.jpg")
    assert told(look(moved)) == {"photos": 1, "seen": 1, "moved": 1}
    decoded.clear()
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert decoded == []
    os.utime(moved, (1, 1))
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert told(look(moved)) == {"photos": 1, "seen": 1}
    assert decoded == ["renamed.jpg"], "touched it is read once"
    assert len(waiting.faces) == GROUP


def test_a_relative_path_is_the_same_photo(
    folder: Path, look: Callable[..., Collected], monkeypatch: pytest.MonkeyPatch, decoded: list[str]
) -> None:
    look(folder / "bbt1.jpg")
    monkeypatch.chdir(folder)
    assert told(look(Path("bbt1.jpg"))) == {"photos": 1, "seen": 1}
    assert decoded == ["bbt1.jpg"]


def test_what_cannot_be_read_is_listed_and_the_run_goes_on(
    folder: Path, look: Callable[..., Collected]
) -> None:
    (folder / "broken.jpg").write_bytes(b"no photo")
    (folder / "bbt1.jpg").write_bytes((folder / "bbt1.jpg").read_bytes()[:2000])
    (folder / "lfw10" / "empty.png").touch()
    gone = folder / "gone.jpg"
    result = look(folder, gone)
    assert {path.name for path, _ in result.failed} == {"broken.jpg", "bbt1.jpg", "empty.png", "gone.jpg"}
    assert {type(error) for _, error in result.failed} == {ImageUnreadableError}
    assert told(result) == {"photos": 11, "faces": ALL - GROUP, "empty": 1, "failed": 4}


def test_a_run_that_is_stopped_keeps_what_it_found_and_the_next_one_goes_on(
    folder: Path, look: Callable[..., Collected], waiting: Waiting, decoded: list[str]
) -> None:
    asked = itertools.count()
    result = look(folder, is_cancelled=lambda: next(asked) >= 3)
    assert isinstance(result.stopped_by, CancelledError)
    assert 0 < result.done == len(waiting.photos) < 8
    again = look(folder)
    assert (again.seen, again.stopped_by) == (result.done, None)
    assert result.faces + again.faces == len(waiting.faces) == ALL


def test_a_gallery_that_cannot_be_written_to_ends_the_run(
    folder: Path, look: Callable[..., Collected], place: Path
) -> None:
    (place / "waiting").write_bytes(b"no folder")
    result = look(folder)
    assert isinstance(result.stopped_by, GalleryWriteError)
    assert (result.faces, result.done) == (0, 0)


def test_what_is_only_tried_is_told_and_not_kept(
    folder: Path, gallery: Gallery, pipeline: FacePipeline, place: Path
) -> None:
    shutil.copy(folder / "bbt1.jpg", folder / "bbt1 copy.jpg")
    trying = Waiting.of(place, None, is_writable=False, is_only_tried=True)
    result = collect(photo_files([folder]), gallery, trying, pipeline)
    assert told(result) == {"photos": 9, "seen": 1, "faces": ALL, "empty": 1}
    assert len(trying.faces) == ALL
    assert not (place / "waiting").exists()


def test_faces_that_are_samples_do_not_wait(
    folder: Path,
    look: Callable[..., Collected],
    gallery: Gallery,
    waiting: Waiting,
    pipeline: FacePipeline,
) -> None:
    photo = load_photo(folder / "bbt1.jpg")
    for number, face in enumerate(pipeline.faces(photo)[:2]):
        gallery.add(f"P{number}", face.crop, {"dlib": face.vector}, photo.digest, face.face.box)
    result = look(folder / "bbt1.jpg")
    assert told(result) == {"photos": 1, "faces": GROUP - 2}
    seen = waiting.photo(photo.digest)
    assert sorted(face.is_kept for face in seen.faces) == [False, False, True, True]
    assert told(look(folder / "bbt1.jpg")) == {"photos": 1, "seen": 1}


def test_a_name_that_is_taken_back_after_tidying_up_brings_the_face_back(
    folder: Path, look: Callable[..., Collected], gallery: Gallery, waiting: Waiting, decoded: list[str]
) -> None:
    look(folder / "bbt1.jpg")
    review = Review(gallery, waiting, "dlib")
    named, ignored, *others = waiting.faces
    review.name([named], "Sheldon")
    review.ignore([ignored])
    tidy(waiting, gallery)
    assert to_look_through_again(waiting, gallery) == []
    assert told(look(folder / "bbt1.jpg")) == {"photos": 1, "seen": 1}
    gallery.undo()
    assert {face.id for face in waiting.faces} == {face.id for face in others}
    again = to_look_through_again(waiting, gallery)
    assert again == [folder / "bbt1.jpg"]
    assert told(look(*again)) == {"photos": 1, "faces": 1}
    assert to_look_through_again(waiting, gallery) == []
    (back,) = {face.id for face in waiting.faces} - {face.id for face in others}
    faces = {face.id: face for face in waiting.faces}
    assert faces[back].place == named.place
    assert faces[back].vectors["dlib"].tobytes() == named.vectors["dlib"].tobytes()
    (still_ignored,) = [face for face in waiting.photos[0].faces if face.is_ignored]
    assert still_ignored.id == ignored.id
    assert {face.id for face in waiting.faces} >= {face.id for face in others}


def test_faces_of_one_person_come_together_for_review(
    folder: Path, look: Callable[..., Collected], gallery: Gallery, waiting: Waiting
) -> None:
    look(folder)
    review = Review(gallery, waiting, "dlib")
    group, *_ = review.groups(0.94)
    photos = {waiting.photo(face.photo_digest).path.parent.name for face in group.faces}
    assert len(group.faces) >= 2
    assert len(photos - {"photos"}) == 1
    review.name(group.faces, photos.pop())
    assert len(gallery.people) == 1
