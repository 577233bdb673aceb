"""The reference engine on TensorFlow, with the same protocols, and the comparison of both engines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.errors import EngineMissingError, ModelMissingError
from face_match.core.types import EmbeddedFace, Photo
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import ReferenceDetector, ReferenceFaceNet

Install = Callable[[Path], None]


@pytest.fixture(scope="module")
def detector(reference_packages: None) -> ReferenceDetector:
    return ReferenceDetector()


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    with pytest.raises(EngineMissingError) as raised:
        FacePipeline.load("dlib", engine="reference")
    assert (raised.value.model, raised.value.detail) == ("reference", "tensorflow")


@pytest.mark.reference
@pytest.mark.usefixtures("reference_packages")
def test_facenet_on_both_engines_gives_the_same_faces_and_embeddings(
    random_facenet: Any, install_facenet: Install, astronaut: Photo, hopper_file: Path
) -> None:
    install_facenet(random_facenet.weights_file)
    ours, theirs = FacePipeline.load("facenet"), FacePipeline.load("facenet", engine="reference")
    assert ours.model_id == theirs.model_id == "facenet"
    for photo in (astronaut, load_photo(hopper_file)):
        (our,), (their,) = ours.faces(photo), theirs.faces(photo)
        assert our.embedding.shape == their.embedding.shape == (512,)
        assert their.embedding.dtype == np.float32
        assert our.embedding @ their.embedding >= 0.9999  # the crops may differ by the rounding of a box
        from_one_crop = theirs.embed_crop(our.crop)
        assert np.abs(our.embedding - from_one_crop).max() <= 1e-5


@pytest.mark.reference
def test_the_built_in_model_takes_faces_of_the_reference_detector_too(
    reference_packages: None, astronaut: Photo, astronaut_face: EmbeddedFace
) -> None:
    (face,) = FacePipeline.load("dlib", engine="reference").faces(astronaut)
    assert face.model_id == "dlib"
    assert face.embedding @ astronaut_face.embedding >= 0.9999


@pytest.mark.reference
def test_without_weights_nothing_is_downloaded(reference_packages: None, install_facenet: Install) -> None:
    with pytest.raises(ModelMissingError):
        ReferenceFaceNet()


@pytest.mark.reference
@pytest.mark.usefixtures("reference_packages")
def test_no_crops_give_no_embeddings(random_facenet: Any, install_facenet: Install) -> None:
    install_facenet(random_facenet.weights_file)
    assert ReferenceFaceNet().embed([]).shape == (0, 512)


@pytest.mark.reference
@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (11, 11), (1, 500), (200, 300)])
def test_a_photo_without_a_face_has_none(detector: ReferenceDetector, shape: tuple[int, int]) -> None:
    assert detector.detect(np.zeros((*shape, 3), np.uint8)) == []
