"""FaceNet's network with weights drawn at random: where the real ones are not available, the arithmetic
and the file's layout are the same. Needs TensorFlow and keras-facenet."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import h5py
import numpy as np
import numpy.typing as npt

from face_match.vision.models.registry import FACENET

SEED = 20180402


class RandomFaceNet(NamedTuple):
    """keras-facenet's network, and the file that holds its weights."""

    keras_model: Any
    weights_file: Path


def random_facenet(path: Path) -> RandomFaceNet:
    """Draw weights and save them in Keras' legacy `.h5` layout."""
    from keras_facenet.inception_resnet_v1 import InceptionResNetV1

    size = FACENET.crop_px
    model = InceptionResNetV1(input_shape=(size, size, 3), classes=FACENET.dimensions)
    random = np.random.default_rng(SEED)
    for variable in model.weights:
        variable.assign(_drawn(random, variable.name, tuple(variable.shape)))
    _save_as_old_keras(model, path)
    return RandomFaceNet(model, path)


def _drawn(random: np.random.Generator, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
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
