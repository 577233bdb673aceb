"""MTCNN's three networks (Zhang et al., 2016, arXiv:1604.02878) from the `mtcnn` package's weights."""

from __future__ import annotations

import io
from pathlib import Path

import joblib
import lz4.frame
import numpy as np
from onnx import numpy_helper

from face_match.vision.graphs.builder import FloatArray, GraphBuilder

R_NET_PX = 24
O_NET_PX = 48


def _read(weights_file: Path) -> list[FloatArray]:
    # joblib opens such a file itself, but leaves a reader behind when that turns out to be damaged
    pickled = io.BytesIO(lz4.frame.decompress(weights_file.read_bytes()))
    return [np.asarray(array, np.float32) for array in joblib.load(pickled)]


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


def _patches(graph: GraphBuilder, size_px: int) -> str:
    """Declare the inputs of a network that looks at patches of an image, and cut them out.

    Inputs: `image` (1, 3, height, width), normalised; `boxes` (n, 4), left, top, right, bottom in pixels, so
    that each sample lies at the middle of a cell of an evenly divided box; `rows` and `columns`
    (n, size), 0 where the samples lie outside the image, which there is grey, and 1 elsewhere.
    """
    image = graph.input("image", [1, 3, "height", "width"])
    boxes = graph.input("boxes", ["n", 4])
    rows = graph.input("rows", ["n", size_px])
    columns = graph.input("columns", ["n", size_px])
    first = graph.op("Gather", graph.op("Shape", boxes), graph.constant([0], np.int64), axis=0)
    image_of_box = graph.op("ConstantOfShape", first, value=numpy_helper.from_array(np.zeros(1, np.int64)))
    x = graph.op(
        "RoiAlign",
        image,
        boxes,
        image_of_box,
        output_height=size_px,
        output_width=size_px,
        sampling_ratio=1,
        coordinate_transformation_mode="output_half_pixel",
    )
    x = graph.op("Mul", x, graph.op("Unsqueeze", rows, graph.constant([1, 3], np.int64)))
    return graph.op("Mul", x, graph.op("Unsqueeze", columns, graph.constant([1, 2], np.int64)))


def p_net(weights_file: Path) -> bytes:
    """Proposals over a whole normalised image (1, 3, height, width).

    Outputs: box offsets (1, 4, h, w) as left, top, right, bottom; face probability (1, h, w).
    """
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = graph.input("image", [1, 3, "height", "width"])
    x = graph.max_pool(_conv(graph, x, weights), 2, 2, "same")
    x = _conv(graph, x, weights)
    x = _conv(graph, x, weights)
    offsets = _conv(graph, x, weights, slope=False)
    scores = graph.op("Softmax", _conv(graph, x, weights, slope=False), axis=1)
    probability = graph.op("Gather", scores, graph.constant(1, np.int64), axis=1)
    return graph.build("p_net", [offsets, probability])


def r_net(weights_file: Path) -> bytes:
    """Refinement of 24 × 24 patches. Outputs: box offsets (n, 4); scores (n, 2), face second."""
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = _patches(graph, R_NET_PX)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = _flattened(graph, _conv(graph, x, weights))
    x = graph.prelu(_dense(graph, x, weights), weights.pop(0), spatial=False)
    offsets = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build("r_net", [offsets, scores])


def o_net(weights_file: Path) -> bytes:
    """Last word on 48 × 48 patches.

    Outputs: box offsets (n, 4); landmarks (n, 10), five x then five y, as parts of the box;
    scores (n, 2), face second.
    """
    weights = _read(weights_file)
    graph = GraphBuilder()
    x = _patches(graph, O_NET_PX)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = graph.max_pool(_conv(graph, x, weights), 2, 2, "same")
    x = _flattened(graph, _conv(graph, x, weights))
    x = graph.prelu(_dense(graph, x, weights), weights.pop(0), spatial=False)
    offsets = _dense(graph, x, weights)
    landmarks = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build("o_net", [offsets, landmarks, scores])
