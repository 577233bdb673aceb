"""The faces of one photo, as the window and commands show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_match.core.records import Origin
from face_match.core.types import Box
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows import one_photo
from face_match.workflows.one_photo import find_faces
from tests.unit.gallery.damage.healthy import new_face, photo


@pytest.mark.parametrize("most", [500, 2])
def test_boxes_that_the_gallery_has_in_a_photo_are_limited(
    tmp_path: Path, pipeline: FacePipeline, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(one_photo, "MOST_BOXES", most)
    with Gallery.open(tmp_path, for_writing=True) as gallery:
        for number in range(3):
            gallery.add("Mary", new_face(number, left=10.0 + 50 * number), photo(1))
        found = find_faces(photo(1), pipeline, (), gallery)
    assert len(found.faces) == min(most, 3)


@pytest.mark.parametrize("is_drawn_again", [False, True])
def test_a_named_box_in_which_the_detector_sees_hardly_a_face_is_found_where_it_is(
    tmp_path: Path, pipeline: FacePipeline, astronaut_file: Path, is_drawn_again: bool
) -> None:
    image = load_photo(astronaut_file)
    drawn = Box(40, 160, 60, 78)  # a flag
    first = pipeline.face_in_box(image, drawn)
    assert pipeline.face_in_box(image, first.box).box.area > 2 * first.box.area, "it would move"
    (flag,) = pipeline.embed(image, [first])
    with Gallery.open(tmp_path, for_writing=True) as gallery:
        gallery.add("Ada", NewFace.of(flag)._replace(origin=Origin.DRAWN), image, astronaut_file)
        found = find_faces(image, pipeline, [drawn] if is_drawn_again else [], gallery)
    assert len(found.faces) == 2
    assert [record.file for record in found.records if record is not None and record.person] != []
