"""A folder of photos is added person by person; what cannot be is listed, and nothing is added twice."""

from __future__ import annotations

import itertools
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from face_match.core.errors import (
    CancelledError,
    GalleryWriteError,
    ImageUnreadableError,
    NoFaceError,
    SeveralFacesError,
)
from face_match.core.records import Decision
from face_match.core.types import EmbeddedFace, Photo
from face_match.gallery.gallery import Gallery
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_people import ImportResult, import_people, photos_by_person

THRESHOLD = 0.925


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """Two people with two photos each, one of them in a folder below; and what is no photo of one face."""
    folder = tmp_path / "photos"
    for name, file in (("Eileen", astronaut_file), ("Grace Hopper", hopper_file)):
        (folder / name / "later").mkdir(parents=True)
        with Image.open(file) as image:
            face = image.convert("RGB")
        face.save(folder / name / "1.png", compress_level=1)
        ImageEnhance.Brightness(face).enhance(0.9).save(folder / name / "later" / "2.jpg", quality=90)
    (folder / "Eileen" / "broken.jpg").write_bytes(b"not a photo")
    Image.new("RGB", (200, 200), "grey").save(folder / "Eileen" / "nobody.png")
    with Image.open(astronaut_file) as left, Image.open(hopper_file) as right:
        pair = Image.new("RGB", (1000, 500), "grey")
        pair.paste(left.convert("RGB").resize((500, 500)), (0, 0))
        pair.paste(right.convert("RGB").resize((420, 500)), (520, 0))
    pair.save(folder / "Grace Hopper" / "0 both.png", compress_level=1)
    return folder


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield opened


def counts(gallery: Gallery) -> dict[str, int]:
    return {person.name: person.face_count for person in gallery.people}


def kinds(result: ImportResult) -> dict[str, type[Exception]]:
    return {path.name: type(error) for path, error in result.failed}


def test_each_sub_folder_is_a_person_and_what_has_no_face_to_add_is_listed(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    steps: list[tuple[int, int]] = []
    listed = photos_by_person(photos)
    result = import_people(
        listed, gallery, pipeline, THRESHOLD, on_progress=lambda done, total: steps.append((done, total))
    )
    assert (result.photos, result.added, result.known, result.stopped_by) == (7, 5, 0, None)
    assert result.people == {"Eileen", "Grace Hopper"}
    assert kinds(result) == {"broken.jpg": ImageUnreadableError, "nobody.png": NoFaceError}
    assert counts(gallery) == {"Eileen": 2, "Grace Hopper": 3}
    assert steps == [(done, 7) for done in range(8)]


def test_of_two_faces_the_one_that_is_like_the_persons_others_is_taken(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    grace = gallery.faces_of(gallery.person("Grace Hopper"))
    first = grace[0].embeddings["dlib"]
    assert len(grace) == 3
    assert all(float(face.embeddings["dlib"] @ first) > THRESHOLD for face in grace)


def test_two_faces_of_a_person_nothing_is_known_of_are_left_to_be_added_by_hand(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    (photos / "Somebody").mkdir()
    shutil.copy(photos / "Grace Hopper" / "0 both.png", photos / "Somebody")
    result = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert kinds(result)["0 both.png"] is SeveralFacesError
    assert gallery.find("Somebody") is None


def test_faces_that_were_decided_to_be_anothers_say_nothing_of_who_the_folder_names(
    photos: Path, gallery: Gallery, pipeline: FacePipeline, tmp_path: Path
) -> None:
    place = photos / "Grace Hopper" / "0 both.png"
    pair = place.rename(tmp_path / place.name)
    import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    gallery.rename(gallery.person("Grace Hopper"), "Somebody")
    assert import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD).conflicts == 2
    gallery.resolve_conflicts([conflict.id for conflict in gallery.conflicts()], Decision.MINE)
    pair.rename(place)
    result = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert kinds(result)["0 both.png"] is SeveralFacesError
    assert counts(gallery) == {"Eileen": 2, "Somebody": 2}


def test_a_second_import_adds_nothing_and_embeds_nothing(
    photos: Path, gallery: Gallery, pipeline: FacePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    before = counts(gallery)
    looked_at = []
    real = FacePipeline.faces_upright

    def counted(self: FacePipeline, photo: Photo) -> tuple[Photo, list[EmbeddedFace]]:
        looked_at.append(photo.name)
        return real(self, photo)

    monkeypatch.setattr(FacePipeline, "faces_upright", counted)
    result = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert (result.added, result.known) == (0, 5)
    assert looked_at == ["nobody.png"]
    assert counts(gallery) == before


def test_a_photo_that_is_twice_in_a_persons_folder_is_added_once(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    shutil.copy(photos / "Eileen" / "1.png", photos / "Eileen" / "1 copy.png")
    result = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert (result.added, result.known) == (5, 1)
    assert counts(gallery)["Eileen"] == 2


def test_an_import_that_is_only_tried_says_the_same_and_adds_nothing(
    photos: Path, tmp_path: Path, pipeline: FacePipeline
) -> None:
    with Gallery.open(tmp_path / "none", for_writing=False, is_dry_run=True) as empty:
        result = import_people(photos_by_person(photos), empty, pipeline, THRESHOLD)
    assert (result.added, result.known, len(result.failed)) == (5, 0, 2)
    assert not (tmp_path / "none").exists()


def test_an_import_that_is_stopped_keeps_what_it_did_and_the_next_one_goes_on(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    asked = itertools.count()
    result = import_people(
        photos_by_person(photos), gallery, pipeline, THRESHOLD, is_cancelled=lambda: next(asked) > 3
    )
    assert isinstance(result.stopped_by, CancelledError)
    assert result.added + len(result.failed) == 4
    assert result.left == 3
    assert gallery.face_count == result.added
    again = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert again.known == result.added
    assert counts(gallery) == {"Eileen": 2, "Grace Hopper": 3}


def test_an_import_ends_with_a_gallery_that_cannot_be_written(
    photos: Path, gallery: Gallery, pipeline: FacePipeline
) -> None:
    (gallery.folder / "faces_db").write_bytes(b"not a folder")
    result = import_people(photos_by_person(photos), gallery, pipeline, THRESHOLD)
    assert isinstance(result.stopped_by, GalleryWriteError)
    assert (result.added, gallery.face_count) == (0, 0)
    assert not [thread for thread in threading.enumerate() if "ThreadPoolExecutor" in thread.name]
