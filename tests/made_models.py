"""Networks made for tests: small, of known weights, with the inputs and outputs of well-known families."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from face_match.core.model_families import RANGES
from face_match.vision.graphs import DLIB_PX
from face_match.vision.graphs.builder import GraphBuilder
from face_match.vision.graphs.dlib_resnet import dlib_resnet
from face_match.vision.models.registry import DLIB

DIMENSIONS = 128
CELLS = 14
"""Of a side of the small grey picture that a made-up embedder looks at."""
AROUND = 2
"""How many cells on each side are around one."""


def arcface_like(
    path: Path,
    *,
    side: int = 112,
    is_side_free: bool = False,
    scales_pixels: bool = False,
    channels_last: bool = False,
    norm: str = "",
    seed: int = 0,
) -> Path:
    """An embedder: the grey picture in a few cells, less those around each, times fixed numbers.

    A face and its mirror image have the same embedding, other faces another one, however pixels are given.

    Args:
        side: of the crops that it takes.
        is_side_free: it says that it takes any; with others it fails.
        norm: "first" or "last" where it gives the lengths of its embeddings too.
    """
    graph = GraphBuilder()
    sides = ["height", "width"] if is_side_free else [side, side]
    x = graph.input("data", ["n", *sides, 3] if channels_last else ["n", 3, *sides])
    if channels_last:
        x = graph.op("Transpose", x, perm=[0, 3, 1, 2])
    if scales_pixels:
        x = graph.op("Mul", graph.op("Sub", x, graph.constant(127.5)), graph.constant(1 / 127.5))
    x = graph.op("ReduceMean", x, axes=[1], keepdims=1)
    cell = side // CELLS
    x = graph.op("AveragePool", x, kernel_shape=[cell, cell], strides=[cell, cell])
    around = [AROUND] * 4
    x = graph.op("Sub", x, graph.op("AveragePool", x, kernel_shape=[2 * AROUND + 1] * 2, pads=around))
    x = graph.op("Reshape", x, graph.constant([-1, CELLS * CELLS], np.int64))
    x = graph.dense(x, arcface_kernel(seed))
    outputs = [x]
    if norm:
        outputs.insert(0 if norm == "first" else 1, graph.op("ReduceL2", x, axes=[1], keepdims=1))
    path.write_bytes(graph.build("made up", outputs))
    return path


def arcface_kernel(seed: int = 0) -> np.ndarray:
    """The fixed numbers, shape (cells, dimensions): those of a cell and of its mirror image are the same."""
    kernel = np.random.default_rng(seed).normal(size=(CELLS, CELLS, DIMENSIONS))
    return (kernel + kernel[:, ::-1]).reshape(-1, DIMENSIONS)


def real_embedder(
    path: Path, range_: str, colour: str, mean: npt.ArrayLike, *, sides: Sequence[int | str] = (112, 112)
) -> Path:
    """The built-in model as if it came from elsewhere: it knows faces, and wants its pixels in one way.

    Args:
        range_, colour: of `RANGES` and `COLOURS`.
        mean: what is taken off its embeddings, which are all alike without.
        sides: height and width of its input; words where they are free.
    """
    model = onnx.load_model_from_string(dlib_resnet(DLIB.weights_file()))
    graph = model.graph
    (cast,) = [node for node in graph.node if node.op_type == "Cast"]
    graph.node.remove(cast)
    body = len(graph.node)
    made = _Made(graph)
    offset, divisor = RANGES[range_]
    x = made.op("Add", made.op("Mul", "pixels", made.number(divisor)), made.number(offset))
    if colour == "bgr":
        x = made.op("Gather", x, made.number([2, 1, 0], np.int64), axis=1)
    if sides == (112, 112):  # of what ArcFace's template shows, the part that dlib's shows
        edges = (made.number(edge, np.int64) for edge in ([21, 11], [112, 102], [2, 3]))
        x = made.op("Slice", x, *edges)
    shape = made.op("Slice", made.op("Shape", x), made.number([0], np.int64), made.number([2], np.int64))
    sizes = made.op("Concat", shape, made.number([DLIB_PX, DLIB_PX], np.int64), axis=0)
    x = made.op("Resize", x, "", "", sizes, mode="linear")
    made.op("Transpose", x, perm=[0, 2, 3, 1], name=cast.output[0])
    nodes = [*graph.node]
    graph.ClearField("node")
    graph.node.extend([*nodes[body:], *nodes[:body]])
    embeddings = graph.output[0].name
    made.op("Sub", embeddings, made.number(mean), name="vectors")
    graph.ClearField("input")
    graph.input.append(helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 3, *sides]))
    graph.ClearField("output")
    graph.output.append(helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", DIMENSIONS]))
    path.write_bytes(model.SerializeToString())
    return path


def scrfd_of(yunet: Path, path: Path, *, with_landmarks: bool = True) -> Path:
    """YuNet with its outputs said as SCRFD says them: two anchors a cell, the second of which finds nothing.

    Its pixels come as (x − 127.5) / 128 in RGB, and are turned back.
    """
    model = onnx.load(yunet)
    graph = model.graph
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []
    numbers = itertools.count()

    def constant(values: Sequence[float] | float, dtype: type = np.float32) -> str:
        name = f"made_{len(constants)}"
        constants.append(numpy_helper.from_array(np.asarray(values, dtype), name))
        return name

    def op(kind: str, *inputs: str, **attributes: object) -> str:
        name = f"made_op_{next(numbers)}"
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    pixels = op("Add", op("Mul", "rgb", constant(128.0)), constant(127.5))
    pixels = op("Gather", pixels, constant([2, 1, 0], np.int64), axis=1)
    nodes[-1].output[0] = "input"
    head, nodes = nodes, []

    def anchors(values: str, width: int, second: str) -> str:
        """(1, n, width) → (2 n, width), every second row as said."""
        pairs = op("Concat", values, second, axis=2)
        return op("Reshape", pairs, constant([-1, width], np.int64))

    outputs: dict[str, list[str]] = {"scores": [], "boxes": [], "points": []}
    for stride in (8, 16, 32):
        score = op("Sqrt", op("Mul", f"cls_{stride}", f"obj_{stride}"))
        outputs["scores"].append(anchors(score, 1, op("Mul", score, constant(0.0))))
        centre = op("Slice", f"bbox_{stride}", *(constant([v], np.int64) for v in (0, 2, 2)))
        size = op("Slice", f"bbox_{stride}", *(constant([v], np.int64) for v in (2, 4, 2)))
        half = op("Mul", op("Exp", size), constant(0.5))
        distances = op("Concat", op("Sub", half, centre), op("Add", half, centre), axis=2)
        outputs["boxes"].append(anchors(distances, 4, distances))
        outputs["points"].append(anchors(f"kps_{stride}", 10, f"kps_{stride}"))
    wanted = [*outputs["scores"], *outputs["boxes"], *(outputs["points"] if with_landmarks else [])]
    body = list(graph.node)
    graph.ClearField("node")
    graph.node.extend([*head, *body, *nodes])
    graph.initializer.extend(constants)
    graph.ClearField("input")
    graph.input.append(helper.make_tensor_value_info("rgb", TensorProto.FLOAT, [1, 3, "height", "width"]))
    graph.ClearField("output")
    graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted)
    graph.ClearField("value_info")
    path.write_bytes(model.SerializeToString())
    return path


def graph_of(
    path: Path,
    nodes: Sequence[onnx.NodeProto],
    *,
    inputs: dict[str, Sequence[int | str]] | None = None,
    outputs: Sequence[str] = ("y",),
    constants: Sequence[onnx.TensorProto] = (),
    input_type: int = TensorProto.FLOAT,
    domains: Sequence[str] = (),
) -> Path:
    """Any graph at all."""
    shapes = {"x": ["n", 3, 112, 112]} if inputs is None else inputs
    graph = helper.make_graph(
        list(nodes),
        "made up",
        [helper.make_tensor_value_info(name, input_type, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        list(constants),
    )
    opsets = [helper.make_opsetid("", 17), *(helper.make_opsetid(domain, 1) for domain in domains)]
    model = helper.make_model(graph, opset_imports=opsets)
    model.ir_version = 8
    path.write_bytes(model.SerializeToString())
    return path


def trapped(path: Path, trap: str, *, above: float) -> Path:
    """Change a network in place so that it springs a trap on images whose mean is above a value.

    On others it answers as before. A trap is one of TRAPS.
    """
    model = onnx.load(path)
    graph = model.graph
    (image,) = [value for value in graph.input if value.name not in {t.name for t in graph.initializer}]
    outputs = [value.name for value in graph.output]
    for node in graph.node:
        node.output[:] = [f"{name} before" if name in outputs else name for name in node.output]
        node.input[:] = [f"{name} before" if name in outputs else name for name in node.input]
    made = _Made(graph)
    springs = made.op(
        "Cast",
        made.op("Greater", made.op("ReduceMean", image.name, keepdims=0), made.number(above)),
        to=TensorProto.FLOAT,
    )
    TRAPS[trap](made, springs, outputs)
    graph.ClearField("value_info")
    path.write_bytes(model.SerializeToString())
    return path


class _Made:
    """Nodes added to a graph."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self._numbers = itertools.count()

    def op(self, kind: str, *inputs: str, name: str = "", **attributes: object) -> str:
        name = name or f"made_{next(self._numbers)}"
        self.graph.node.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def number(self, value: object, dtype: type = np.float32) -> str:
        name = f"made_{next(self._numbers)}"
        self.graph.initializer.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def count(self, springs: str, many: float, few: float = 1) -> str:
        """int64, shape (1,): few, or that many more."""
        count = self.op("Add", self.op("Mul", springs, self.number([many])), self.number([few]))
        return self.op("Cast", count, to=TensorProto.INT64)

    def add_to_all(self, value: str, outputs: Sequence[str]) -> None:
        """Nil times the sum of something, so that it has to be made."""
        total = self.op("ReduceSum", value, keepdims=0)
        nil = self.op("Mul", total, self.number(0.0))
        for name in outputs:
            self.op("Add", f"{name} before", nil, name=name)


def _allocates(how: str) -> Callable[[_Made, str, Sequence[str]], None]:
    def make(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
        many = trap.count(springs, 1.6e9)  # 6.4 GB
        one = trap.number([1.0])
        match how:
            case "ConstantOfShape":
                much = trap.op(how, many)
            case "Range":
                last = trap.op("Cast", trap.op("Squeeze", many), to=TensorProto.FLOAT)
                much = trap.op(how, trap.number(0.0), last, trap.number(1.0))
            case "NonZero":
                ones = trap.op(
                    "ConstantOfShape",
                    trap.count(springs, 8e8),
                    value=numpy_helper.from_array(np.ones(1, np.uint8)),
                )
                much = trap.op("Cast", trap.op(how, trap.op("Cast", ones, to=TensorProto.BOOL)), to=1)
            case "Resize":
                small = trap.number(np.ones((1, 1, 1)))
                sizes = trap.op("Concat", *[trap.number([1], np.int64)] * 2, many, axis=0)
                much = trap.op(how, small, *[trap.number([])] * 2, sizes, mode="nearest")
            case _:  # Expand, Tile
                much = trap.op(how, one, many)
        trap.add_to_all(much, outputs)

    return make


def _multiplies(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
    """Hundreds of products of matrices that are small otherwise: no loop, hours of work, 0.1 GB."""
    side = trap.count(springs, 3000)
    matrix = trap.op("ConstantOfShape", trap.op("Concat", side, side, axis=0))
    product = matrix
    for _ in range(1000):
        product = trap.op("MatMul", product, matrix)
    trap.add_to_all(product, outputs)


def _repeats(times: float) -> Callable[[_Made, str, Sequence[str]], None]:
    """The first axis of the first output gets longer."""

    def make(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
        for name in outputs[1:]:
            trap.op("Identity", f"{name} before", name=name)
        for name in outputs[:1]:
            rank = trap.op("Shape", trap.op("Shape", f"{name} before"))
            rest = trap.op(
                "Expand", trap.number([1], np.int64), trap.op("Sub", rank, trap.number([1], np.int64))
            )
            reps = trap.op("Concat", trap.count(springs, times), rest, axis=0)
            trap.op("Tile", f"{name} before", reps, name=name)

    return make


def _is_not_finite(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
    nan = trap.op("Sqrt", trap.op("Neg", springs))
    for name in outputs:
        trap.op("Add", f"{name} before", nan, name=name)


def _is_huge(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
    """Scores are sure, and everything else lies far away."""
    far = trap.op("Add", trap.op("Mul", springs, trap.number(1e30)), trap.number(1.0))
    for name in outputs:
        sure = trap.op("Add", f"{name} before", springs)
        trap.op("Mul", sure, far, name=name)


def _scatters_landmarks(trap: _Made, springs: str, outputs: Sequence[str]) -> None:
    """Faces everywhere whose eyes are far apart, as if they were a million pixels wide."""
    far = trap.op("Mul", springs, trap.number([0, 0, 1e5, 1e5, 0, 1e5, 1e5, 0, -1e5, 9e4]))
    for name in outputs:
        trap.op("Add", f"{name} before", far if name.startswith("kps") else springs, name=name)


TRAPS: dict[str, Callable[[_Made, str, Sequence[str]], None]] = {
    **{
        f"memory by {how}": _allocates(how)
        for how in ("ConstantOfShape", "Expand", "Tile", "Range", "NonZero", "Resize")
    },
    "time": _multiplies,
    "another shape": _repeats(1),
    "a huge answer": _repeats(1e6),
    "not finite": _is_not_finite,
    "far away": _is_huge,
    "landmarks far apart": _scatters_landmarks,
}
"""What a network does that its trial did not show, by name."""
