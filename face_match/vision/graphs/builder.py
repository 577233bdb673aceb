"""A small builder of ONNX graphs: one call per layer, each returning the name of its output.

ONNX has no layer API of its own, and the converters (tf2onnx, keras2onnx) need TensorFlow. The three networks
use few layers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

FloatArray = npt.NDArray[np.float32]

OPSET = 17
"""Has all operators used here. ONNX Runtime supports it since 1.12."""


class GraphBuilder:
    """Collects nodes and constants; `build` makes the model."""

    def __init__(self) -> None:
        self._inputs: list[onnx.ValueInfoProto] = []
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []

    def input(self, name: str, shape: Sequence[int | str], dtype: int = TensorProto.FLOAT) -> str:
        """Declare an input. A dimension given as a word is free."""
        self._inputs.append(helper.make_tensor_value_info(name, dtype, list(shape)))
        return name

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """Add a node and return the name of its only output."""
        output = f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, values: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        name = f"constant_{len(self._initializers)}"
        array = np.array(values, dtype=dtype, order="C")
        self._initializers.append(numpy_helper.from_array(array, name))
        return name

    def crops_input(self, size_px: int, mean: npt.ArrayLike, divisor: float) -> str:
        """Declare aligned faces as the graph's input: uint8 RGB, shape (n, size_px, size_px, 3).

        Returns:
            The name of the input as float32, shape (n, 3, size_px, size_px), each channel (x − mean) /
                divisor.
        """
        x = self.input("crops", ["n", size_px, size_px, 3], TensorProto.UINT8)
        x = self.op("Transpose", self.op("Cast", x, to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
        x = self.op("Sub", x, self.constant(np.reshape(mean, (1, -1, 1, 1))))
        return self.op("Div", x, self.constant(divisor))

    def conv(
        self,
        x: str,
        kernel: npt.ArrayLike,
        bias: npt.ArrayLike | None = None,
        *,
        stride: int | tuple[int, int] = 1,
        padding: str | Sequence[int] = "valid",
    ) -> str:
        """Convolve with a kernel of shape (out, in, height, width).

        Args:
            stride: of both axes, or (vertical, horizontal).
            padding: "valid", "same" as in TensorFlow, or (top, left, bottom, right).
        """
        inputs = [x, self.constant(kernel)]
        if bias is not None:
            inputs.append(self.constant(bias))
        strides = [stride, stride] if isinstance(stride, int) else list(stride)
        return self.op("Conv", *inputs, strides=strides, **_padding(padding))

    def max_pool(self, x: str, size: int, stride: int, padding: str = "valid") -> str:
        return self.op("MaxPool", x, kernel_shape=[size, size], strides=[stride, stride], **_padding(padding))

    def scale(self, x: str, factors: FloatArray) -> str:
        """Multiply each channel by its own factor, with a depthwise convolution."""
        return self.op("Conv", x, self.constant(factors.reshape(-1, 1, 1, 1)), group=len(factors))

    def prelu(self, x: str, slope: FloatArray) -> str:
        """PReLU of shape (n, channels, height, width): x if positive, otherwise slope · x.

        It is written as slope · x + (1 − slope) · relu(x). ONNX Runtime computes that in the blocked layout
        of its convolutions. Its own PRelu leaves that layout, and takes as long as the convolutions.
        """
        return self.op("Add", self.scale(x, slope), self.scale(self.op("Relu", x), 1 - slope))

    def dense(self, x: str, kernel: npt.ArrayLike, bias: npt.ArrayLike | None = None) -> str:
        """Multiply by a kernel of shape (in, out)."""
        inputs = [x, self.constant(kernel)]
        if bias is not None:
            inputs.append(self.constant(bias))
        return self.op("Gemm", *inputs)

    def l2_normalised(self, x: str) -> str:
        """Divide each row of x by its L2 norm."""
        return self.op("LpNormalization", x, axis=1, p=2)

    def build(self, name: str, outputs: Sequence[str]) -> bytes:
        """The model, serialised."""
        results = [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs]
        graph = helper.make_graph(self._nodes, name, self._inputs, results, self._initializers)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="face-match"
        )
        model.ir_version = 8  # what opset 17 came with, so that older runtimes read the file
        return bytes(model.SerializeToString())


def _padding(padding: str | Sequence[int]) -> dict[str, Any]:
    if padding == "valid":
        return {}
    if padding == "same":
        return {"auto_pad": "SAME_UPPER"}
    return {"pads": list(padding)}
