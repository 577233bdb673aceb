"""MTCNN's three networks (Zhang et al., 2016, arXiv:1604.02878) from the `mtcnn` package's weights."""

from __future__ import annotations

from pathlib import Path

import joblib
import numpy as np

from face_match.vision.graphs.builder import FloatArray, GraphBuilder

MEAN = 127.5
DIVISOR = 128.0
"""mtcnn/utils/images.py, `normalize_images`."""

R_NET_PX = 24
O_NET_PX = 48


def _read(weights_file: Path) -> list[FloatArray]:
    return [np.asarray(array, np.float32) for array in joblib.load(weights_file)]


def _conv(graph: GraphBuilder, x: str, weights: list[FloatArray], *, slope: bool = True) -> str:
    """A convolution, kernel stored as (height, width, in, out), and its PReLU."""
    kernel, bias = weights.pop(0), weights.pop(0)
    x = graph.conv(x, kernel.transpose(3, 2, 0, 1), bias)
    return graph.prelu(x, weights.pop(0), spatial=True) if slope else x


def _flattened(graph: GraphBuilder, x: str) -> str:
    """(n, channels, height, width) flattened as (width, height, channels), the Caffe model's order."""
    return graph.op("Flatten", graph.op("Transpose", x, perm=[0, 3, 2, 1]))


def _dense(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    return graph.dense(x, weights.pop(0), weights.pop(0))


def p_net(weights_file: Path) -> bytes:
    """Proposals over a whole image.

    Outputs: box offsets (n, 4, h, w) as left, top, right, bottom; face probability (n, h, w).
    """
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = graph.normalised_input([MEAN] * 3, DIVISOR)
    x = graph.max_pool(_conv(graph, x, weights), 2, 2, "same")
    x = _conv(graph, x, weights)
    x = _conv(graph, x, weights)
    offsets = _conv(graph, x, weights, slope=False)
    scores = graph.op("Softmax", _conv(graph, x, weights, slope=False), axis=1)
    probability = graph.op("Gather", scores, graph.constant(1, np.int64), axis=1)
    return graph.build([offsets, probability], name="p_net", height=None, width=None)


def r_net(weights_file: Path) -> bytes:
    """Refinement of 24 × 24 patches. Outputs: box offsets (n, 4); scores (n, 2), face second."""
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = graph.normalised_input([MEAN] * 3, DIVISOR)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = _flattened(graph, _conv(graph, x, weights))
    x = graph.prelu(_dense(graph, x, weights), weights.pop(0), spatial=False)
    offsets = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build([offsets, scores], name="r_net", height=R_NET_PX, width=R_NET_PX)


def o_net(weights_file: Path) -> bytes:
    """Last word on 48 × 48 patches.

    Outputs: box offsets (n, 4); landmarks (n, 10), five x then five y, as parts of the box;
    scores (n, 2), face second.
    """
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = graph.normalised_input([MEAN] * 3, DIVISOR)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = graph.max_pool(_conv(graph, x, weights), 2, 2, "same")
    x = _flattened(graph, _conv(graph, x, weights))
    x = graph.prelu(_dense(graph, x, weights), weights.pop(0), spatial=False)
    offsets = _dense(graph, x, weights)
    landmarks = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build([offsets, landmarks, scores], name="o_net", height=O_NET_PX, width=O_NET_PX)
