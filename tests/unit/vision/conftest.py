"""Fixtures of the tests of the package vision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.types import EmbeddedFace, Photo
from face_match.vision.models.registry import facenet_weights
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline


@pytest.fixture(scope="session")
def astronaut(astronaut_file: Path) -> Photo:
    return load_photo(astronaut_file)


@pytest.fixture(scope="session")
def astronaut_face(astronaut: Photo, pipeline: FacePipeline) -> EmbeddedFace:
    (face,) = pipeline.faces(astronaut)
    return face


@pytest.fixture
def install_facenet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Puts a weights file where FaceNet's are looked for, in a home that only this test has."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))

    def install(weights_file: Path) -> None:
        facenet_weights().parent.mkdir(parents=True)
        facenet_weights().symlink_to(weights_file)

    return install
