"""FaceNet's network with weights drawn at random: where the real ones are not available, the arithmetic
and the layout of the file are the same."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt

from face_match.vision.models.registry import FACENET

SEED = 20180402
LAYERS = Path(__file__).with_name("facenet_layers.json")
"""Layers with weights, in keras-facenet's order: shape of the kernel, or of each weight of a batch norm."""
NORMALISATION = ("beta", "moving_mean", "moving_variance")


@dataclass(frozen=True)
class RandomFaceNet:
    """A file of weights in Keras' legacy `.h5` layout."""

    weights_file: Path

    @functools.cached_property
    def keras_model(self) -> Any:
        """keras-facenet's network with these weights. Needs TensorFlow and keras-facenet."""
        from keras_facenet.inception_resnet_v1 import InceptionResNetV1

        size = FACENET.crop_px
        model = InceptionResNetV1(input_shape=(size, size, 3), classes=FACENET.dimensions)
        model.load_weights(self.weights_file)
        return model


def random_facenet(path: Path) -> RandomFaceNet:
    """Draw weights and save them."""
    random = np.random.default_rng(SEED)
    with h5py.File(path, "w") as file:
        layers = _layers()
        file.attrs["layer_names"] = np.array([*layers], "S")
        file.attrs["backend"] = b"tensorflow"
        file.attrs["keras_version"] = b"2.2.4-tf"
        for layer, weights in layers.items():
            group = file.create_group(layer)
            group.attrs["weight_names"] = np.array([f"{layer}/{name}:0" for name in weights], "S")
            for name, shape in weights.items():
                values = _drawn(random, name, shape).astype(np.float32)
                group.create_dataset(f"{layer}/{name}:0", data=values)
    return RandomFaceNet(path)


def _layers() -> dict[str, dict[str, tuple[int, ...]]]:
    """Shape of each weight of each layer, in the order of the network."""
    shapes = {layer: tuple(shape) for layer, shape in json.loads(LAYERS.read_bytes()).items()}
    layers = {}
    for layer, shape in shapes.items():
        if layer.endswith("_BatchNorm"):
            layers[layer] = dict.fromkeys(NORMALISATION, shape)
        elif f"{layer}_BatchNorm" in shapes:
            layers[layer] = {"kernel": shape}
        else:
            layers[layer] = {"kernel": shape, "bias": shape[-1:]}
    return layers


def _drawn(random: np.random.Generator, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Weights under which the signal neither dies nor grows through the network's hundred layers."""
    if name == "kernel":
        return random.normal(0.0, np.sqrt(2 / np.prod(shape[:-1])), shape)
    if name == "moving_variance":
        return random.uniform(0.5, 2.0, shape)
    return random.normal(0.0, 0.2, shape)  # bias, beta, moving_mean
