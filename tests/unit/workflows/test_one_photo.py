"""The faces of one photo, as the window and commands show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_match.gallery.gallery import Gallery
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
