"""dlib's face recognition ResNet, read from its `.dat` file.

dlib's own Python binding keeps the interpreter locked while it computes, so that a window cannot repaint (77
ms per face), and uses one core. ONNX Runtime does neither.

The file is dlib's stream serialisation of `anet_type` in dlib's examples/dnn_face_recognition_ex.cpp. Layers
are in the order in which an image passes through them. Only three kinds hold weights, each a tag (`con_4`,
`affine_`, `fc_2`) followed by one tensor: format version, four dimensions, raw little-endian float32
(dlib/cuda/tensor.h, `serialize(const tensor&)`).
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from face_match.vision.graphs import DLIB_PX
from face_match.vision.graphs.builder import FloatArray, GraphBuilder

MEAN_RGB = (122.782, 117.001, 104.298)
DIVISOR = 256.0
"""dlib/dnn/input.h, `input_rgb_image_sized`."""

DIMENSIONS = 128
CHANNELS_OF_BLOCKS = (32,) * 3 + (64,) * 4 + (128,) * 3 + (256,) * 3 + (256,)
"""Output channels of the blocks in alevel4 … alevel0. The first block of every level but the first, and the
last block of all, halve the size."""
HALVING_BLOCKS = {3, 7, 10, 13}
SHORT_BLOCKS = {10, 13}
"""In these blocks the convolution has one row and one column less than the pooled shortcut. dlib takes them
as zero."""

_TENSOR_TAG = re.compile(rb"\x01\x05con_4|\x01\x07affine_|\x01\x04fc_2")


def _read_int(data: bytes, at: int) -> tuple[int, int]:
    """Read dlib's packed integer: a byte with the length (its top bit is the sign), then little-endian bytes.
    Returns it and the offset after it."""
    length = data[at] & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + length], "little"), at + 1 + length


def _read_tensors(weights_file: Path) -> list[FloatArray]:
    """The tensors of the file, flat, in order; raises ValueError for another format."""
    data = weights_file.read_bytes()
    tensors = []
    at = 0
    while (tag := _TENSOR_TAG.search(data, at)) is not None:
        at = tag.end()
        if tag[0].endswith(b"fc_2"):  # the dense layer names its outputs and inputs first
            _, at = _read_int(data, at)
            _, at = _read_int(data, at)
        version, at = _read_int(data, at)
        if version != 2:
            raise ValueError(f"tensor format {version}, expected 2")
        size = 1
        for _ in range(4):
            dimension, at = _read_int(data, at)
            size *= dimension
        tensors.append(np.frombuffer(data, "<f4", size, at))
        at += 4 * size
    return tensors


def dlib_resnet(weights_file: Path) -> bytes:
    """The ONNX network: uint8 RGB, shape (n, 150, 150, 3) → embeddings of unit norm, shape (n, 128).

    Raises:
        ValueError: the file does not hold this network.
    """
    tensors = _read_tensors(weights_file)
    if len(tensors) != 2 * (1 + 2 * len(CHANNELS_OF_BLOCKS)) + 1:
        raise ValueError(f"{len(tensors)} tensors are not those of dlib's face-recognition ResNet")
    graph = GraphBuilder()

    def conv_affine(x: str, in_channels: int, channels: int, size: int, stride: int) -> str:
        """A convolution that includes the scale and shift per channel that follow it."""
        flat, affine = tensors.pop(0), tensors.pop(0)
        kernel, bias = flat[:-channels].reshape(channels, in_channels, size, size), flat[-channels:]
        gamma, beta = affine.reshape(2, channels)
        margin = size // 2 if stride == 1 else 0  # dlib pads only where the stride is 1
        return graph.conv(
            x,
            kernel * gamma[:, None, None, None],
            bias * gamma + beta,
            stride=stride,
            padding=(margin,) * 4,
        )

    x = graph.crops_input(DLIB_PX, MEAN_RGB, DIVISOR)
    x = graph.op("Relu", conv_affine(x, 3, 32, 7, 2))
    x = graph.max_pool(x, 3, 2)
    channels = 32
    for index, out_channels in enumerate(CHANNELS_OF_BLOCKS):
        stride = 2 if index in HALVING_BLOCKS else 1
        main = graph.op("Relu", conv_affine(x, channels, out_channels, 3, stride))
        main = conv_affine(main, out_channels, out_channels, 3, 1)
        if index in SHORT_BLOCKS:
            main = graph.op("Pad", main, graph.constant([0, 0, 0, 0, 0, 0, 1, 1], np.int64))
        if stride == 2:
            x = graph.op("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
        if out_channels != channels:  # dlib's add_prev takes missing channels as zero
            missing = out_channels - channels
            x = graph.op("Pad", x, graph.constant([0, 0, 0, 0, 0, missing, 0, 0], np.int64))
        x = graph.op("Relu", graph.op("Add", main, x))
        channels = out_channels
    x = graph.op("Flatten", graph.op("GlobalAveragePool", x))
    embeddings = graph.dense(x, tensors.pop(0).reshape(channels, DIMENSIONS))
    return graph.build("dlib_resnet", [graph.l2_normalised(embeddings)])
