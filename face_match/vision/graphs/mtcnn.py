"""MTCNN's three networks (Zhang et al., 2016, arXiv:1604.02878) from the `mtcnn` package's weights.

They take pixels of 0..255.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, numpy_helper

from face_match.vision.graphs.builder import FloatArray, GraphBuilder
from face_match.vision.graphs.mtcnn_weights import read

MEAN, DIVISOR = 127.5, 128.0
"""mtcnn/utils/images.py, `normalize_images`."""

COLOURS = 3
LANES = 16
"""Channels come in multiples of this, the last without weights: what ONNX Runtime's convolutions compute
at once with AVX-512, and half of it with AVX2. With other numbers it falls back on slower ones."""

R_NET_PX = 24
O_NET_PX = 48


def _filled(array: FloatArray, axis: int = 0) -> FloatArray:
    """With zeros at the end of an axis, up to a multiple of LANES."""
    return np.pad(array, [(0, -size % LANES if at == axis else 0) for at, size in enumerate(array.shape)])


def _kernel(weights: list[FloatArray]) -> FloatArray:
    """The next kernel, stored as (height, width, in, out), as (out, in, height, width).

    The first includes the normalisation's division.
    """
    kernel = weights.pop(0).transpose(3, 2, 0, 1)
    return kernel / DIVISOR if kernel.shape[1] == COLOURS else _filled(kernel, axis=1)


def _conv(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    """A convolution and its PReLU."""
    kernel, bias, slope = _kernel(weights), weights.pop(0), weights.pop(0).ravel()
    return graph.prelu(graph.conv(x, _filled(kernel), _filled(bias)), _filled(slope))


def _first_of_p_net(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    """P-Net's first convolution, its PReLU and pooling, on what `_scaled` gives.

    The mean of the normalisation is in the bias, and the colours are rows of one channel, which is one
    pass instead of three. Pooling comes first, as that leaves the PReLU a quarter of the work: a rising one
    may trade places with the maximum. A falling one is max(y, slope · y), so that of it the pooled y and
    slope · y are needed: p + relu(q − p). Together they still fit in the lanes.
    """
    kernel, bias, slope = _kernel(weights), weights.pop(0), weights.pop(0).ravel()
    falling = np.flatnonzero(slope < 0)
    twins = len(slope) + np.arange(len(falling))
    kernel = np.concatenate([kernel, kernel[falling] * slope[falling, None, None, None]])
    bias = np.append(bias, bias[falling] * slope[falling]) - kernel.sum((1, 2, 3)) * MEAN
    rows = kernel.transpose(0, 2, 1, 3).reshape(len(kernel), 1, -1, 3)
    x = graph.conv(x, _filled(rows), _filled(bias), stride=(COLOURS, 1))
    x = graph.max_pool(x, 2, 2, "same")
    mixed = np.eye(LANES, dtype=np.float32)
    mixed[falling, falling], mixed[falling, twins] = -1, 1
    above = graph.op("Relu", graph.conv(x, mixed[:, :, None, None]))
    part, part_above = slope.copy(), 1 - slope
    part[falling] = part_above[falling] = 1
    return graph.op("Add", graph.scale(x, _filled(part)), graph.scale(above, _filled(part_above)))


def _dense(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    return graph.dense(x, weights.pop(0), weights.pop(0))


def _first_dense(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    """Flatten (n, channels, 3, 3) and go through a dense layer and its PReLU."""
    kernel, bias, slope = (weights.pop(0) for _ in range(3))
    by_place = kernel.reshape(3, 3, -1, len(bias))  # width, height, channels: the Caffe model's order
    kernel = by_place.transpose(2, 1, 0, 3).reshape(kernel.shape)
    return graph.op("PRelu", graph.dense(graph.op("Flatten", x), kernel, bias), graph.constant(slope))


def _patches(graph: GraphBuilder, size_px: int) -> str:
    """Declare the inputs of a network that looks at patches of an image; cut them out, less the mean.

    Inputs: `image` (1, 3, height, width); `boxes` (n, 4), left, top, right, bottom in pixels, so
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
    x = graph.op("Sub", x, graph.constant(MEAN))
    x = graph.op("Mul", x, graph.op("Unsqueeze", rows, graph.constant([1, 3], np.int64)))
    return graph.op("Mul", x, graph.op("Unsqueeze", columns, graph.constant([1, 2], np.int64)))


def _scaled(graph: GraphBuilder) -> str:
    """Declare the inputs of a network that looks at a whole image made smaller, and make it smaller.

    Inputs: `image` (height, 3, width); of rows, then of columns, `…_parts` (blocks, k) and `…_weights`
    (blocks, lines, k): which lines of the image each block of lines is a mixture of, and how; and `size`
    (2,), the columns of the result and three times its rows.

    Returns:
        (1, 1, 3 × rows, columns), each row as one of red, one of green and one of blue.
    """

    def integers(*values: int) -> str:
        return graph.constant(values, np.int64)

    def mixed(x: str, lines: str) -> str:
        parts = graph.input(f"{lines}_parts", [f"{lines}_blocks", f"{lines}_k"], TensorProto.INT64)
        weights = graph.input(f"{lines}_weights", [f"{lines}_blocks", f"{lines}_lines", f"{lines}_k"])
        return graph.op("MatMul", weights, graph.op("Gather", x, parts, axis=0))

    image = graph.input("image", ["height", COLOURS, "width"])
    x = mixed(graph.op("Reshape", image, integers(0, -1)), "row")
    columns_last = graph.op("Concat", integers(-1), graph.op("Shape", image, start=2), axis=0)
    x = graph.op("Transpose", graph.op("Reshape", x, columns_last), perm=[1, 0])
    x = graph.op("Flatten", mixed(x, "column"), axis=2)
    x = graph.op("Slice", x, integers(0, 0), graph.input("size", [2], TensorProto.INT64))
    return graph.op("Unsqueeze", graph.op("Transpose", x, perm=[1, 0]), integers(0, 1))


def p_net(weights_file: Path) -> bytes:
    """Proposals over a whole image, made smaller; for its inputs see `_scaled`.

    Outputs: (1, 5, h, w), of each cell the box offsets as left, top, right, bottom, and a face's log-odds.
    """
    weights = read(weights_file)
    graph = GraphBuilder()
    x = _first_of_p_net(graph, _scaled(graph), weights)
    x = _conv(graph, x, weights)
    x = _conv(graph, x, weights)
    offsets, offsets_bias = _kernel(weights), weights.pop(0)
    scores, scores_bias = _kernel(weights), weights.pop(0)  # of no face and of a face, for a softmax
    kernel = np.concatenate([offsets, np.diff(scores, axis=0)])
    return graph.build("p_net", [graph.conv(x, kernel, np.append(offsets_bias, np.diff(scores_bias)))])


def r_net(weights_file: Path) -> bytes:
    """Refinement of 24 × 24 patches. Outputs: box offsets (n, 4); scores (n, 2), face second."""
    weights = read(weights_file)
    graph = GraphBuilder()
    x = _patches(graph, R_NET_PX)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = _first_dense(graph, _conv(graph, x, weights), weights)
    offsets = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build("r_net", [offsets, scores])


def o_net(weights_file: Path) -> bytes:
    """Last word on 48 × 48 patches.

    Outputs: box offsets (n, 4); landmarks (n, 10), five x then five y, as parts of the box;
    scores (n, 2), face second.
    """
    weights = read(weights_file)
    graph = GraphBuilder()
    x = _patches(graph, O_NET_PX)
    x = graph.max_pool(_conv(graph, x, weights), 3, 2, "same")
    x = graph.max_pool(_conv(graph, x, weights), 3, 2)
    x = graph.max_pool(_conv(graph, x, weights), 2, 2, "same")
    x = _first_dense(graph, _conv(graph, x, weights), weights)
    offsets = _dense(graph, x, weights)
    landmarks = _dense(graph, x, weights)
    scores = graph.op("Softmax", _dense(graph, x, weights), axis=1)
    return graph.build("o_net", [offsets, landmarks, scores])
