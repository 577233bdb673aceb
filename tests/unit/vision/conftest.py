"""What the tests of the vision wing share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
import pytest

from face_match.errors import EngineMissingError
from face_match.types import EmbeddedFace, Photo
from face_match.vision.images import load_photo
from face_match.vision.models import FACENET, facenet_weights
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import require_packages


class RandomFaceNet(NamedTuple):
    """keras-facenet's network with weights drawn at random, and the file that holds them."""

    keras_model: Any
    weights_file: Path


@pytest.fixture(scope="session")
def astronaut(astronaut_file: Path) -> Photo:
    return load_photo(astronaut_file)


@pytest.fixture(scope="session")
def astronaut_face(astronaut: Photo, pipeline: FacePipeline) -> EmbeddedFace:
    (face,) = pipeline.faces(astronaut)
    return face


@pytest.fixture(scope="session")
def reference_packages() -> None:
    try:
        require_packages()
    except EngineMissingError as exc:
        pytest.skip(f"the reference engine needs {exc.detail}, which is not installed")


@pytest.fixture(scope="session")
def random_facenet(reference_packages: None, tmp_path_factory: pytest.TempPathFactory) -> RandomFaceNet:
    from keras_facenet.inception_resnet_v1 import InceptionResNetV1

    model = InceptionResNetV1(input_shape=(160, 160, 3), classes=FACENET.dimensions)
    random = np.random.default_rng(20180402)
    for variable in model.weights:
        variable.assign(_drawn(random, variable.name, tuple(variable.shape)))
    path = tmp_path_factory.mktemp("facenet") / "weights.h5"
    _save_as_old_keras(model, path)
    return RandomFaceNet(model, path)


@pytest.fixture
def install_facenet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Puts a weights file where FaceNet's are looked for, in a home that only this test has."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))

    def install(weights_file: Path) -> None:
        facenet_weights().parent.mkdir(parents=True)
        facenet_weights().symlink_to(weights_file)

    return install


def _drawn(random: np.random.Generator, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Weights under which the signal neither dies nor grows through the network's hundred layers."""
    if name == "kernel":
        return random.normal(0.0, np.sqrt(2 / np.prod(shape[:-1])), shape)
    if name == "moving_variance":
        return random.uniform(0.5, 2.0, shape)
    return random.normal(0.0, 0.2, shape)  # bias, beta, moving_mean


def _save_as_old_keras(model: Any, path: Path) -> None:
    """The layout of Keras 2's save_weights: groups by layer, and in them `layer/weight:0`."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = np.array([layer.name for layer in model.layers], "S")
        file.attrs["backend"] = b"tensorflow"
        file.attrs["keras_version"] = b"2.2.4-tf"
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [f"{layer.name}/{variable.name}:0" for variable in layer.weights]
            group.attrs["weight_names"] = np.array(names, "S")
            for name, variable in zip(names, layer.weights, strict=True):
                group.create_dataset(name, data=variable.numpy())
