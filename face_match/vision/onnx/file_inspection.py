"""Inspection of an untrusted ONNX file: what it declares, and why it is refused without being run.

ONNX Runtime would read other files that a graph names, load libraries for operators of other domains, and
allocate whatever a graph asks for. All that no face network needs is refused here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from face_match.core.translation import marked
from face_match.core.visible_text import shortened

if TYPE_CHECKING:
    import onnx

MAX_FILE_BYTES = 1_000_000_000
"""The largest face network in use, ResNet-200 of Glint360K, takes 0.5 GB."""

MAX_TENSOR_ELEMENTS = 1 << 28
"""1 GB of float32. The largest tensor of a face network takes a tenth of that."""

DOMAINS = ("", "ai.onnx")
"""Domains of ONNX's own operators. No known face network uses those of com.microsoft and ai.onnx.ml."""

LOOPS = ("Loop", "Scan", "SequenceMap")
"""Operators that may run for ever. A graph without them always ends."""

HEAD_NODES = 8
"""Nodes at the beginning of a graph in which its pixel scaling is searched, as InsightFace does."""


MAX_REASON_CHARS, MAX_NAME_CHARS = 300, 60
"""The lengths to which reasons, and names from a file in them, are shortened. A file may give an operator a
name of megabytes."""


class RefusedError(Exception):
    """A file is refused. The message, of at most MAX_REASON_CHARS, continues "the file was not added: "."""

    def __init__(self, reason: str) -> None:
        super().__init__(shortened(reason, MAX_REASON_CHARS))


class GraphDeclaration(NamedTuple):
    """What a graph declares.

    Attributes:
        scales_pixels: it begins by subtracting from its input and multiplying the result, so it takes 0..255.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    scales_pixels: bool


def inspect_model_file(path: Path) -> GraphDeclaration:
    """Read a file without running it, and check it.

    Raises:
        RefusedError.
    """
    import onnx

    if path.stat().st_size > MAX_FILE_BYTES:
        raise RefusedError(f"it is larger than {MAX_FILE_BYTES / 1e9:g} GB")
    try:
        model = onnx.load(str(path), load_external_data=False)
    except Exception as exc:  # protobuf's kinds of error are several, and private
        raise RefusedError(marked("it is not an ONNX file")) from exc
    if not model.graph.node:
        raise RefusedError(marked("it is not an ONNX file, or one without a network in it"))
    _refuse_foreign(model)
    try:
        inferred = onnx.shape_inference.infer_shapes(model, data_prop=True)
        onnx.checker.check_model(inferred)
    except Exception as exc:
        raise RefusedError(f"it is not valid ONNX ({first_line(exc)})") from exc
    _refuse_huge(inferred.graph)
    weights = {tensor.name for tensor in model.graph.initializer}
    return GraphDeclaration(
        tuple(value.name for value in model.graph.input if value.name not in weights),
        tuple(value.name for value in model.graph.output),
        _scales_pixels(model.graph, weights),
    )


def _refuse_foreign(model: onnx.ModelProto) -> None:
    """Refuse foreign operators, loops, and data in other files."""
    from onnx import TensorProto

    if model.functions:
        raise RefusedError(marked("it defines operators of its own"))
    for graph in _graphs(model.graph):
        for node in graph.node:
            if node.domain not in DOMAINS:
                domain, kind = (shortened(name, MAX_NAME_CHARS) for name in (node.domain, node.op_type))
                raise RefusedError(f"it has an operator that is not ONNX’s own ({domain}.{kind})")
            if node.op_type in LOOPS:
                raise RefusedError(f"it has a loop ({node.op_type}), and might never end")
        for tensor in _tensors(graph):
            if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
                raise RefusedError(
                    marked("its weights are in another file; save it as one file (onnx.save_model does that)")
                )
            if math.prod(tensor.dims) > MAX_TENSOR_ELEMENTS:
                raise RefusedError(marked("it has a tensor of more than 1 GB"))


def _refuse_huge(graph: onnx.GraphProto) -> None:
    """Refuse tensors whose declared shapes are too large."""
    for value in itertools.chain(graph.value_info, graph.input, graph.output):
        sizes = [d.dim_value for d in value.type.tensor_type.shape.dim if d.HasField("dim_value")]
        if math.prod(sizes) > MAX_TENSOR_ELEMENTS:
            raise RefusedError(marked("it makes a tensor of more than 1 GB"))


def _graphs(graph: onnx.GraphProto) -> Iterator[onnx.GraphProto]:
    """A graph and the graphs inside it."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            inner = [attribute.g] if attribute.HasField("g") else []
            for branch in (*inner, *attribute.graphs):
                yield from _graphs(branch)


def _tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    yield from graph.initializer
    yield from _parts(graph.sparse_initializer)
    for node in graph.node:
        for attribute in node.attribute:
            yield from attribute.tensors
            yield from _parts(attribute.sparse_tensors)
            if attribute.HasField("sparse_tensor"):
                yield from _parts([attribute.sparse_tensor])
            if attribute.HasField("t"):
                yield attribute.t


def _parts(tensors: Iterable[onnx.SparseTensorProto]) -> Iterator[onnx.TensorProto]:
    for sparse in tensors:
        yield from (sparse.values, sparse.indices)


def _scales_pixels(graph: onnx.GraphProto, weights: set[str]) -> bool:
    """Whether Sub and Mul (or Div) come first on the way from the input, as in graphs from MXNet."""
    made = {value.name for value in graph.input if value.name not in weights}
    seen = set()
    for node in graph.node[:HEAD_NODES]:
        if node.op_type in ("Sub", "Mul", "Div") and made & set(node.input):
            seen.add("Sub" if node.op_type == "Sub" else "Mul")
            made = set(node.output)
        elif node.op_type in ("Cast", "Transpose", "Identity") and made & set(node.input):
            made = set(node.output)
    return seen == {"Sub", "Mul"}


def first_line(exc: Exception) -> str:
    """The first line of an error's text, shortened."""
    lines = str(exc).strip().splitlines()
    return lines[0].strip().rstrip(".")[:200] if lines else type(exc).__name__


def shape_text(shape: Sequence[object]) -> str:
    """A shape as text: "1 × 3 × any × any"."""
    return " × ".join(str(side) if isinstance(side, int) else "any" for side in shape) or "one number"
