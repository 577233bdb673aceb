"""A photo that was scanned is scanned again by another detector, or with more care; what is settled stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from face_match.vision.pipeline import FacePipeline


@pytest.fixture(scope="module")
def careful() -> FacePipeline:
    return FacePipeline.load("dlib", small_faces=True)


def test_a_small_face_is_found_once_small_faces_are_looked_for(
    world: Any, cases: Path, careful: FacePipeline
) -> None:
    photo = cases / "photos" / "03_small_face_16mp.jpg"
    first = world.scan(photo)
    assert (first.seen, first.faces) == (0, 0)
    assert world.scan(photo).seen == 1
    second = world.scan(photo, pipeline=careful)
    assert (second.seen, second.faces) == (0, 1)
    assert world.scan(photo, pipeline=careful).seen == 1
    assert world.scan(photo).seen == 1, "it was scanned with more care"
    (record,) = world.gallery.photos()
    assert record.scans == ("mtcnn", "mtcnn, small faces")


def test_what_is_settled_stays_and_what_is_new_joins(
    world: Any, cases: Path, careful: FacePipeline, astronaut_file: Path, hopper_file: Path
) -> None:
    world.scan(astronaut_file, hopper_file)
    eileen, grace = world.gallery.unnamed()
    world.gallery.name_faces([eileen.id], "Eileen")
    world.gallery.ignore([grace.id])
    result = world.scan(astronaut_file, hopper_file, pipeline=careful)
    assert (result.seen, result.faces) == (0, 0)
    assert world.people() == {"Eileen": 1}
    assert [face.id for face in world.gallery.ignored()] == [grace.id]
    assert world.gallery.unnamed() == []


def test_another_detector_looks_again(
    world: Any, yunet_file: Path, hopper_file: Path, models_folder: Path
) -> None:
    from face_match.vision.models.installation import examine_model

    model = examine_model(yunet_file).keep(title="YuNet", licence="MIT", source="")
    other = FacePipeline.load("dlib", detector=model.id)
    world.scan(hopper_file)
    (face,) = world.gallery.unnamed()
    world.gallery.name_faces([face.id], "Grace")
    result = world.scan(hopper_file, pipeline=other)
    assert (result.seen, result.faces, world.people()) == (0, 0, {"Grace": 1})
    assert world.scan(hopper_file, pipeline=other).seen == 1
    (record,) = world.gallery.photos()
    assert record.scans == ("mtcnn", other.scan_settings)
