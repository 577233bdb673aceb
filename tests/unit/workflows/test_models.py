"""Which model a gallery uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.models.registry import MODELS
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.models import list_models, model_for_gallery


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "gallery"


@pytest.fixture
def gallery(folder: Path) -> Iterator[Gallery]:
    """An empty one."""
    with Gallery.open(folder, for_writing=True) as opened:
        yield opened


def test_the_model_chosen_is_used_where_it_is_installed(gallery: Gallery) -> None:
    assert model_for_gallery(gallery, "dlib") == "dlib"
    installed = [model.id for model in MODELS.values() if model.is_installed]
    for chosen in ("", "no such model", "facenet"):
        expected = chosen if chosen in installed else installed[0]
        assert model_for_gallery(gallery, chosen) == expected


def test_without_a_choice_the_model_that_knows_most_faces_is_used(
    folder: Path, pipeline: FacePipeline, astronaut_file: Path, home: Path
) -> None:
    weights = MODELS["facenet"].weights_file()
    weights.parent.mkdir(parents=True, exist_ok=True)
    assert home in weights.parents
    weights.write_bytes(b"only its being there counts here")
    try:
        photo = load_photo(astronaut_file)
        (face,) = pipeline.faces(photo)
        with Gallery.open(folder, for_writing=True) as gallery:
            assert model_for_gallery(gallery, "") == "facenet"
            facenet = np.eye(512, dtype=np.float32)[0]
            gallery.add("Eileen", NewFace(face.crop, {"dlib": face.embedding, "another": facenet}), None)
            assert model_for_gallery(gallery, "") == "dlib"
            for _ in range(2):
                gallery.add("Eileen", NewFace(face.crop, {"facenet": facenet}), None)
            assert model_for_gallery(gallery, "") == "facenet"
            assert model_for_gallery(gallery, "dlib") == "dlib"
    finally:
        shutil.rmtree(weights.parent)


def test_a_detector_that_has_been_removed_leaves_mtcnn_in_use(home: Path) -> None:
    table = list_models("dlib", "scrfd-0123456789ab")
    assert table.in_use == {"dlib", "mtcnn"}
    assert [model.id for model in table.built_in] == ["facenet", "dlib", "mtcnn"]
    assert not table.added
    assert len(table.downloadable) > 1
