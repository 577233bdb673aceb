"""MTCNN's three networks (Zhang et al., 2016, arXiv:1604.02878), from the `mtcnn` package's weights. They
take pixels of 0..255."""

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
"""Channels are padded with zeros to a multiple of this, which ONNX Runtime's convolutions compute at once
with AVX-512, and half of it with AVX2. Other numbers are slower."""

R_NET_PX = 24
O_NET_PX = 48


def _filled(array: FloatArray, axis: int = 0) -> FloatArray:
    """Pad an axis with zeros at its end, to a multiple of LANES."""
    return np.pad(array, [(0, -size % LANES if at == axis else 0) for at, size in enumerate(array.shape)])


def _kernel(weights: list[FloatArray]) -> FloatArray:
    """The next kernel, from (height, width, in, out) to (out, in, height, width).

    The first one includes the division of the pixel normalisation.
    """
    kernel = weights.pop(0).transpose(3, 2, 0, 1)
    return kernel / DIVISOR if kernel.shape[1] == COLOURS else _filled(kernel, axis=1)


def _conv(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    """A convolution and its PReLU."""
    kernel, bias, slope = _kernel(weights), weights.pop(0), weights.pop(0).ravel()
    return graph.prelu(graph.conv(x, _filled(kernel), _filled(bias)), _filled(slope))


def _first_of_p_net(graph: GraphBuilder, x: str, weights: list[FloatArray]) -> str:
    """P-Net's first convolution with PReLU and pooling, on the output of `_scaled`.

    The mean of the pixel normalisation is in the bias. The colours are rows of one channel, which takes one
    pass instead of three.

    Pooling comes first, so that PReLU has a quarter of the work. That is right for a positive slope, because
    PReLU then rises and commutes with the maximum. With a negative slope PReLU is max(y, slope · y), so y and
    slope · y are both pooled, to p and q, and the result is p + relu(q − p). The additional channels still
    fit into the lanes.
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
    """Flatten (n, channels, 3, 3), then a dense layer with PReLU."""
    kernel, bias, slope = (weights.pop(0) for _ in range(3))
    by_place = kernel.reshape(3, 3, -1, len(bias))  # width, height, channels: the Caffe model's order
    kernel = by_place.transpose(2, 1, 0, 3).reshape(kernel.shape)
    return graph.op("PRelu", graph.dense(graph.op("Flatten", x), kernel, bias), graph.constant(slope))


def _patches(graph: GraphBuilder, size_px: int) -> str:
    """Declare the inputs of R-Net or O-Net; returns the patches of an image, less the mean.

    Inputs:
    - `image`, shape (1, 3, height, width).
    - `boxes`, shape (n, 4): left, top, right, bottom in pixels. A box is divided evenly into cells, with a
      sample in the middle of each.
    - `rows` and `columns`, shape (n, size_px): 1 for samples inside the image, 0 for those outside, which are
      grey.
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
    """Declare the inputs of P-Net; returns the image scaled down.

    Inputs:
    - `image`, shape (height, 3, width): running sums of the rows.
    - `row_parts`, shape (blocks, k), and `row_weights`, shape (blocks, lines, k): the rows that each block is
      a mixture of, and their weights; `column_parts` and `column_weights` likewise.
    - `size`, shape (2,): the number of columns of the result, and three times the number of its rows.

    Returns:
        The name of an array of shape (1, 1, 3 × rows, columns), in which each row is followed by its green
            and its blue.
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
    """P-Net: proposals over an image that is scaled down; for its inputs see `_scaled`.

    Output: shape (1, 5, h, w), for each cell the box offsets (left, top, right, bottom) and the log-odds of a
    face.
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
    """R-Net: refinement of patches of 24 × 24 pixels; for its inputs see `_patches`.

    Outputs: box offsets, shape (n, 4); probabilities of no face and of a face, shape (n, 2).
    """
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
    """O-Net: decision and landmarks for patches of 48 × 48 pixels; for its inputs see `_patches`.

    Outputs: box offsets, shape (n, 4); landmarks, shape (n, 10), five x then five y as parts of the box;
    probabilities of no face and of a face, shape (n, 2).
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
