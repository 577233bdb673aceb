"""keras-facenet's InceptionResNetV1, read from its Keras `.h5` weights, with batch normalisation folded in.

Layers, names and order follow keras_facenet/inception_resnet_v1.py. The architecture is that of Szegedy et
al., 2016 (arXiv:1602.07261), as trained by davidsandberg/facenet.
"""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

from face_match.vision.graphs import FACENET_PX
from face_match.vision.graphs.builder import FloatArray, GraphBuilder

MEAN = 127.5
DIVISOR = 127.5
DIMENSIONS = 512
BATCH_NORM_EPSILON = 0.001


class _Layers:
    """The network's convolutions, by their names in the weights file."""

    def __init__(self, graph: GraphBuilder, weights: dict[str, dict[str, FloatArray]]) -> None:
        self._graph = graph
        self._weights = weights

    def _shift_and_scale(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Batch normalisation as y = x · scale + shift. It was trained without a gamma."""
        norm = self._weights[f"{name}_BatchNorm"]
        scale = 1.0 / np.sqrt(norm["moving_variance"] + BATCH_NORM_EPSILON)
        shift = norm["beta"] - norm["moving_mean"] * scale
        return shift.astype(np.float32), scale.astype(np.float32)

    def conv(self, x: str, name: str, *, stride: int = 1, padding: str = "same") -> str:
        """Convolution, batch normalisation and ReLU."""
        kernel = self._weights[name]["kernel"].transpose(3, 2, 0, 1)
        shift, scale = self._shift_and_scale(name)
        x = self._graph.conv(x, kernel * scale[:, None, None, None], shift, stride=stride, padding=padding)
        return self._graph.op("Relu", x)

    def chain(self, x: str, prefix: str, *names: str) -> str:
        for name in names:
            x = self.conv(x, f"{prefix}_{name}")
        return x

    def residual(self, x: str, block: str, branches: list[str], scale: float, *, relu: bool = True) -> str:
        """x + scale · up(branches), where up is a 1 × 1 convolution with a bias."""
        up = self._weights[f"{block}_Conv2d_1x1"]
        mixed = self._graph.op("Concat", *branches, axis=1)
        kernel = up["kernel"].transpose(3, 2, 0, 1)
        mixed = self._graph.conv(mixed, kernel * scale, up["bias"] * scale)
        x = self._graph.op("Add", x, mixed)
        return self._graph.op("Relu", x) if relu else x

    def bottleneck(self, x: str) -> str:
        shift, scale = self._shift_and_scale("Bottleneck")
        return self._graph.dense(x, self._weights["Bottleneck"]["kernel"] * scale, shift)


def facenet(weights_file: Path) -> bytes:
    """The ONNX network: uint8 RGB, shape (n, 160, 160, 3) → embeddings of unit norm, shape (n, 512).

    Raises:
        ValueError: the file does not hold this network.
        OSError: the file cannot be read as HDF5.
    """
    graph = GraphBuilder()
    layers = _Layers(graph, _read(weights_file))
    try:
        x = _stem(graph, layers, graph.crops_input(FACENET_PX, [MEAN] * 3, DIVISOR))
        for i in range(1, 6):
            x = _block35(layers, x, f"Block35_{i}")
        x = _mixed_6a(graph, layers, x)
        for i in range(1, 11):
            x = _block17(layers, x, f"Block17_{i}")
        x = _mixed_7a(graph, layers, x)
        for i in range(1, 6):
            x = _block8(layers, x, f"Block8_{i}", scale=0.2)
        x = _block8(layers, x, "Block8_6", scale=1.0, relu=False)
        embeddings = layers.bottleneck(graph.op("Flatten", graph.op("GlobalAveragePool", x)))
    except KeyError as exc:
        raise ValueError(f"the weights of layer {exc} are missing") from exc
    return graph.build("facenet", [graph.l2_normalised(embeddings)])


def _read(weights_file: Path) -> dict[str, dict[str, FloatArray]]:
    """The weights by layer name and weight name (kernel, bias, beta …), from Keras' legacy `.h5` layout."""
    weights: dict[str, dict[str, FloatArray]] = {}
    with h5py.File(weights_file, "r") as file:
        if "layer_names" not in file.attrs:
            raise ValueError("not a Keras weights file (it has no layer_names)")
        for layer in (_text(name) for name in file.attrs["layer_names"]):
            group = file[layer]
            weights[layer] = {
                _text(name).rsplit("/", 1)[-1].split(":")[0]: np.asarray(group[_text(name)], np.float32)
                for name in group.attrs["weight_names"]
            }
    return weights


def _text(name: str | bytes) -> str:
    return name.decode() if isinstance(name, bytes) else str(name)


def _stem(graph: GraphBuilder, layers: _Layers, x: str) -> str:
    x = layers.conv(x, "Conv2d_1a_3x3", stride=2, padding="valid")
    x = layers.conv(x, "Conv2d_2a_3x3", padding="valid")
    x = layers.conv(x, "Conv2d_2b_3x3")
    x = graph.max_pool(x, 3, 2)
    x = layers.conv(x, "Conv2d_3b_1x1", padding="valid")
    x = layers.conv(x, "Conv2d_4a_3x3", padding="valid")
    return layers.conv(x, "Conv2d_4b_3x3", stride=2, padding="valid")


def _block35(layers: _Layers, x: str, name: str) -> str:
    branches = [
        layers.chain(x, f"{name}_Branch_0", "Conv2d_1x1"),
        layers.chain(x, f"{name}_Branch_1", "Conv2d_0a_1x1", "Conv2d_0b_3x3"),
        layers.chain(x, f"{name}_Branch_2", "Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_0c_3x3"),
    ]
    return layers.residual(x, name, branches, scale=0.17)


def _block17(layers: _Layers, x: str, name: str) -> str:
    branches = [
        layers.chain(x, f"{name}_Branch_0", "Conv2d_1x1"),
        layers.chain(x, f"{name}_Branch_1", "Conv2d_0a_1x1", "Conv2d_0b_1x7", "Conv2d_0c_7x1"),
    ]
    return layers.residual(x, name, branches, scale=0.1)


def _block8(layers: _Layers, x: str, name: str, *, scale: float, relu: bool = True) -> str:
    branches = [
        layers.chain(x, f"{name}_Branch_0", "Conv2d_1x1"),
        layers.chain(x, f"{name}_Branch_1", "Conv2d_0a_1x1", "Conv2d_0b_1x3", "Conv2d_0c_3x1"),
    ]
    return layers.residual(x, name, branches, scale, relu=relu)


def _halved(layers: _Layers, x: str, name: str) -> str:
    return layers.conv(x, name, stride=2, padding="valid")


def _mixed_6a(graph: GraphBuilder, layers: _Layers, x: str) -> str:
    branch_1 = layers.chain(x, "Mixed_6a_Branch_1", "Conv2d_0a_1x1", "Conv2d_0b_3x3")
    branches = [
        _halved(layers, x, "Mixed_6a_Branch_0_Conv2d_1a_3x3"),
        _halved(layers, branch_1, "Mixed_6a_Branch_1_Conv2d_1a_3x3"),
        graph.max_pool(x, 3, 2),
    ]
    return graph.op("Concat", *branches, axis=1)


def _mixed_7a(graph: GraphBuilder, layers: _Layers, x: str) -> str:
    branches = [
        _halved(layers, layers.chain(x, f"Mixed_7a_Branch_{i}", *names), f"Mixed_7a_Branch_{i}_{last}")
        for i, names, last in (
            (0, ["Conv2d_0a_1x1"], "Conv2d_1a_3x3"),
            (1, ["Conv2d_0a_1x1"], "Conv2d_1a_3x3"),
            (2, ["Conv2d_0a_1x1", "Conv2d_0b_3x3"], "Conv2d_1a_3x3"),
        )
    ]
    return graph.op("Concat", *branches, graph.max_pool(x, 3, 2), axis=1)
