"""A file that is not a face network, or not a safe one, is refused with the reason and leaves nothing
behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from face_match.core.errors import CancelledError, ModelRefusedError
from face_match.vision.models.added import PixelOptions
from face_match.vision.models.installation import examine_model, try_model
from face_match.vision.models.trial import try_network
from face_match.vision.onnx.file_inspection import RefusedError, inspect_model_file
from tests.made_models import DIMENSIONS, arcface_like, graph_of, scrfd_of

Make = Callable[[Path], object]
NODE = helper.make_node
IDENTITY = NODE("Identity", ["x"], ["y"])


def constant(name: str, values: object, dtype: type = np.float32) -> onnx.TensorProto:
    return numpy_helper.from_array(np.asarray(values, dtype), name)


def foreign_operator(path: Path) -> None:
    graph_of(path, [NODE("Evil", ["x"], ["y"], domain="com.evil")], domains=["com.evil"])


def operator_of_the_runtime(path: Path) -> None:
    graph_of(path, [NODE("Gelu", ["x"], ["y"], domain="com.microsoft")], domains=["com.microsoft"])


def own_function(path: Path) -> None:
    graph_of(path, [IDENTITY])
    model = onnx.load(path)
    model.functions.append(
        helper.make_function("own", "F", ["a"], ["b"], [NODE("Identity", ["a"], ["b"])], [])
    )
    path.write_bytes(model.SerializeToString())


def loop(path: Path) -> None:
    body = helper.make_graph(
        [NODE("Identity", ["go"], ["on"]), NODE("Identity", ["in"], ["out"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("go", TensorProto.BOOL, []),
            helper.make_tensor_value_info("in", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("out", TensorProto.FLOAT, None),
        ],
    )
    graph_of(path, [NODE("Loop", ["", "", "x"], ["y"], body=body)])


def foreign_operator_within_a_branch(path: Path) -> None:
    inner = helper.make_graph(
        [NODE("Evil", ["x"], ["z"], domain="com.evil")],
        "then",
        [],
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, None)],
    )
    yes = constant("yes", True, np.bool_)
    node = NODE("If", ["yes"], ["y"], then_branch=inner, else_branch=inner)
    graph_of(path, [node], constants=[yes], domains=["com.evil"])


def weights_elsewhere(path: Path) -> None:
    arcface_like(path)
    model = onnx.load(path)
    onnx.save_model(model, path, save_as_external_data=True, location="weights", size_threshold=10)


def weights_outside_its_folder(path: Path) -> None:
    arcface_like(path)
    model = onnx.load(path)
    tensor = model.graph.initializer[0]
    onnx.external_data_helper.set_external_data(tensor, "../../../etc/passwd")
    tensor.ClearField("raw_data")
    path.write_bytes(model.SerializeToString())


def huge_tensor(path: Path) -> None:
    sizes = constant("sizes", [1 << 20, 1 << 20], np.int64)
    graph_of(path, [NODE("ConstantOfShape", ["sizes"], ["y"])], constants=[sizes])


def huge_constant_without_data(path: Path) -> None:
    tensor = constant("w", np.zeros(4))
    tensor.ClearField("dims")
    tensor.dims.extend([1 << 20, 1 << 20])
    graph_of(path, [NODE("Add", ["x", "w"], ["y"])], constants=[tensor])


def constant_without_its_data(path: Path) -> None:
    tensor = constant("w", np.zeros(4))
    tensor.ClearField("dims")
    tensor.dims.extend([1 << 20])
    graph_of(path, [NODE("Add", ["x", "w"], ["y"])], constants=[tensor])


def name_that_nothing_makes(path: Path) -> None:
    graph_of(path, [NODE("Identity", ["nowhere"], ["y"])])


def unknown_operator(path: Path) -> None:
    graph_of(path, [NODE("NoSuchThing", ["x"], ["y"])])


def truncated(path: Path) -> None:
    arcface_like(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


STATIC: dict[str, tuple[Make, str]] = {
    "empty": (lambda path: path.write_bytes(b""), "it is not an ONNX file"),
    "rubbish": (lambda path: path.write_bytes(b"rubbish" * 100), "it is not an ONNX file"),
    "page": (lambda path: path.write_bytes(b"<html>Sign in</html>"), "it is not an ONNX file"),
    "truncated": (truncated, "it is not an ONNX file"),
    "pickle": (lambda path: path.write_bytes(b"\x80\x04\x95\x0c\x00\x00"), "it is not an ONNX file"),
    "foreign operator": (foreign_operator, "com.evil.Evil"),
    "operator of the runtime": (operator_of_the_runtime, "com.microsoft.Gelu"),
    "foreign operator within a branch": (foreign_operator_within_a_branch, "com.evil.Evil"),
    "own function": (own_function, "operators of its own"),
    "loop": (loop, "a loop (Loop)"),
    "weights elsewhere": (weights_elsewhere, "its weights are in another file"),
    "weights outside its folder": (weights_outside_its_folder, "its weights are in another file"),
    "huge tensor": (huge_tensor, "more than 1 GB"),
    "huge constant": (huge_constant_without_data, "more than 1 GB"),
    "constant without its data": (constant_without_its_data, "not valid ONNX"),
    "name that nothing makes": (name_that_nothing_makes, "not valid ONNX"),
    "unknown operator": (unknown_operator, "not valid ONNX"),
}


@pytest.mark.parametrize("kind", STATIC)
def test_files_refused_before_they_are_run(kind: str, tmp_path: Path) -> None:
    make, reason = STATIC[kind]
    make(tmp_path / "model.onnx")
    with pytest.raises(RefusedError) as raised:
        inspect_model_file(tmp_path / "model.onnx")
    assert reason in str(raised.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, models_folder: Path) -> None:
    path = tmp_path / "large.onnx"
    with path.open("wb") as file:
        file.truncate(1_000_000_001)  # a hole: it takes no room
    with pytest.raises(RefusedError, match="larger than 1 GB"):
        inspect_model_file(path)


def pooled(path: Path, **options: object) -> None:
    """The mean colour: one output of rank 4, three numbers."""
    graph_of(path, [NODE("GlobalAveragePool", ["x"], ["y"])], **options)  # type: ignore[arg-type]


def flat(path: Path, nodes: list[onnx.NodeProto], *constants: onnx.TensorProto) -> None:
    """A embedding of each crop by way of its pixels in a row, `flat`."""
    graph_of(path, [NODE("Flatten", ["x"], ["flat"]), *nodes], constants=constants)


def few_numbers(path: Path) -> None:
    kernel = constant("k", np.zeros((3 * 112 * 112, 8)))
    flat(path, [NODE("MatMul", ["flat", "k"], ["y"])], kernel)


def kernel(values: float = 1e-3) -> onnx.TensorProto:
    numbers = np.random.default_rng(1).normal(size=(3 * 112 * 112, DIMENSIONS)) * values
    return constant("k", numbers)


def same_for_all(path: Path) -> None:
    steps = [
        NODE("MatMul", ["flat", "k"], ["v"]),
        NODE("Mul", ["v", "nil"], ["w"]),
        NODE("Add", ["w", "bias"], ["y"]),
    ]
    nil, bias = constant("nil", 0.0), constant("bias", np.arange(DIMENSIONS))
    flat(path, steps, kernel(), nil, bias)


def all_zero(path: Path) -> None:
    steps = [NODE("MatMul", ["flat", "k"], ["v"]), NODE("Mul", ["v", "nil"], ["y"])]
    flat(path, steps, kernel(), constant("nil", 0.0))


def not_finite(path: Path) -> None:
    steps = [
        NODE("MatMul", ["flat", "k"], ["v"]),
        NODE("Sub", ["v", "v"], ["o"]),
        NODE("Div", ["v", "o"], ["y"]),
    ]
    flat(path, steps, kernel())


def mirrored_is_a_stranger(path: Path) -> None:
    """Only what differs from left to right counts, so that a mirror image is the opposite."""
    ramp = np.linspace(-1, 1, 112)[None, None, :] * np.ones((3, 112, 1))
    numbers = ramp.reshape(-1, 1) * np.linspace(1, 2, DIMENSIONS)[None]
    flat(path, [NODE("MatMul", ["flat", "k"], ["y"])], constant("k", numbers * 1e-3))


def alike(path: Path) -> None:
    """All embeddings have much in common: those of different people are alike by 0.58."""
    arcface_like(path)
    model = onnx.load(path)
    (output,) = model.graph.output
    model.graph.node.append(NODE("LpNormalization", [output.name], ["unit"], axis=1))
    model.graph.node.append(NODE("Add", ["unit", "common"], ["y"]))
    output.name = "y"
    model.graph.initializer.append(constant("common", np.full(DIMENSIONS, DIMENSIONS**-0.5)))
    path.write_bytes(model.SerializeToString())


def dice(path: Path) -> None:
    steps = [
        NODE("MatMul", ["flat", "k"], ["v"]),
        NODE("RandomNormalLike", ["v"], ["r"]),
        NODE("Add", ["v", "r"], ["y"]),
    ]
    flat(path, steps, kernel(1e-6))


def nine_outputs(path: Path, side: int) -> None:
    names = [f"y{k}" for k in range(9)]
    nodes = [NODE("Identity", ["x"], [name]) for name in names]
    graph_of(path, nodes, outputs=names, inputs={"x": [1, 3, side, side]})


TRIED: dict[str, tuple[Make, str]] = {
    "two inputs": (
        lambda p: graph_of(
            p, [NODE("Add", ["x", "z"], ["y"])], inputs={"x": ["n", 3, 112, 112], "z": ["n", 3, 112, 112]}
        ),
        "it takes 2 inputs",
    ),
    "another kind of numbers": (
        lambda p: graph_of(
            p, [NODE("Cast", ["x"], ["y"], to=TensorProto.FLOAT)], input_type=TensorProto.INT64
        ),
        "tensor(int64)",
    ),
    "grey picture": (lambda p: pooled(p, inputs={"x": ["n", 1, 112, 112]}), "not a colour image"),
    "no picture": (lambda p: graph_of(p, [IDENTITY], inputs={"x": ["n", 512]}), "not a colour image"),
    "classifier of 224 px": (lambda p: pooled(p, inputs={"x": ["n", 3, 224, 224]}), "112 × 112 or 160 × 160"),
    "any size": (lambda p: pooled(p, inputs={"x": ["n", 3, "h", "w"]}), "its output is 1 × 3 × 1 × 1"),
    "not square": (lambda p: pooled(p, inputs={"x": ["n", 3, 112, 96]}), "112 × 112 or 160 × 160"),
    "picture out": (lambda p: graph_of(p, [IDENTITY]), "its output is 1 × 3 × 112 × 112"),
    "pooled": (pooled, "its output is 1 × 3 × 1 × 1"),
    "few numbers": (few_numbers, "its output is 1 × 8"),
    "the same for all": (
        same_for_all,
        "it does not tell two different people apart: their similarity is 1.000",
    ),
    "alike": (alike, "and the threshold of ArcFace is 0.40"),
    "two vectors": (
        lambda p: graph_of(p, [NODE("Flatten", ["x"], ["y"]), NODE("Neg", ["y"], ["z"])], outputs=("y", "z")),
        "its 2 outputs match no supported detector",
    ),
    "zero": (all_zero, "is zero"),
    "not finite": (not_finite, "not finite"),
    "mirror image a stranger": (mirrored_is_a_stranger, "less similar to its mirror image"),
    "by chance": (dice, "embeddings of the same face differ"),
    "two outputs": (
        lambda p: graph_of(p, [NODE("Split", ["x"], ["y", "z"], axis=2)], outputs=("y", "z")),
        "its 2 outputs match no supported detector",
    ),
    "huge input": (
        lambda p: graph_of(
            p,
            [NODE("Split", ["x"], ["y", "z"], axis=2)],
            outputs=("y", "z"),
            inputs={"x": [1, 3, 4096, 4096]},
        ),
        "more than 2048",
    ),
    "odd input": (lambda p: nine_outputs(p, 100), "multiples of 32"),
    "nine outputs of other shapes": (lambda p: nine_outputs(p, 64), "do not have the shapes"),
}


@pytest.mark.parametrize("kind", TRIED)
def test_files_refused_by_the_trial(kind: str, tmp_path: Path) -> None:
    make, reason = TRIED[kind]
    make(tmp_path / "model.onnx")
    with pytest.raises(RefusedError) as raised:
        try_network(tmp_path / "model.onnx")
    assert reason in str(raised.value)


def test_a_detector_without_landmarks_is_refused(yunet_file: Path, tmp_path: Path) -> None:
    file = scrfd_of(yunet_file, tmp_path / "model.onnx", with_landmarks=False)
    with pytest.raises(RefusedError, match="no landmarks"):
        try_network(file)


def test_a_detector_that_does_not_find_the_face_is_refused(yunet_file: Path, tmp_path: Path) -> None:
    """Its kernels are all zero: the shapes are right, what it says is not."""
    model = onnx.load(yunet_file)
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.ndim == 4:
            tensor.CopyFrom(numpy_helper.from_array(np.zeros_like(values), tensor.name))
    (tmp_path / "model.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(RefusedError, match="does not find the face"):
        try_network(tmp_path / "model.onnx")


def test_a_detector_that_sees_faces_everywhere_is_refused(yunet_file: Path, tmp_path: Path) -> None:
    model = onnx.load(yunet_file)
    (name,) = [output.name for output in model.graph.output if output.name == "cls_32"]
    (made_by,) = [node for node in model.graph.node if name in node.output]
    made_by.output[0] = "cls_32 before"
    (other,) = [node for node in model.graph.node if "obj_32" in node.output]
    other.output[0] = "obj_32 before"
    for what in ("cls_32", "obj_32"):
        model.graph.node.append(NODE("Add", [f"{what} before", "one"], [what]))
    model.graph.initializer.append(constant("one", 1.0))
    (tmp_path / "model.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(RefusedError, match=r"plain grey|eyes, nose and mouth"):
        try_network(tmp_path / "model.onnx")


# In a process of its own


def hungry(path: Path) -> None:
    """How much it allocates is known only when it is run."""
    steps = [
        NODE("ReduceMax", ["x"], ["top"], keepdims=0),
        NODE("Mul", ["top", "nil"], ["zero"]),
        NODE("Add", ["zero", "side"], ["sides"]),
        NODE("Cast", ["sides"], ["sizes"], to=TensorProto.INT64),
        NODE("ConstantOfShape", ["sizes"], ["much"]),
        NODE("ReduceSum", ["much"], ["sum"], keepdims=0),
        NODE("Add", ["x", "sum"], ["y"]),
    ]
    graph_of(path, steps, constants=[constant("nil", 0.0), constant("side", [float(1 << 17)] * 2)])


def test_a_graph_that_allocates_without_end_is_refused_by_a_process_that_may_die(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="the system has no limits of memory")
    hungry(tmp_path / "model.onnx")
    with pytest.raises(ModelRefusedError) as raised:
        try_model(tmp_path / "model.onnx", "model.onnx")
    assert raised.value.model == "model.onnx"


def slow(path: Path) -> None:
    """Some thousand products of large matrices."""
    steps = [NODE("Flatten", ["x"], ["v0"]), NODE("MatMul", ["w0", "w0"], ["m0"])]
    steps += [NODE("MatMul", [f"m{i}", "w0"], [f"m{i + 1}"]) for i in range(2000)]
    steps += [NODE("ReduceSum", ["m2000"], ["s"], keepdims=0), NODE("Add", ["x", "s"], ["y"])]
    noise = np.random.default_rng(0).normal(size=(1200, 1200)) * 0.02
    graph_of(path, steps, constants=[constant("w0", noise)])


def test_a_graph_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    slow(tmp_path / "model.onnx")
    began = time.monotonic()
    with pytest.raises(ModelRefusedError, match="more than 3 s"):
        try_model(tmp_path / "model.onnx", "model.onnx", time_limit_s=3)
    assert time.monotonic() - began < 30


def test_a_trial_can_be_cancelled(tmp_path: Path) -> None:
    slow(tmp_path / "model.onnx")
    with pytest.raises(CancelledError):
        try_model(tmp_path / "model.onnx", "model.onnx", is_cancelled=lambda: True)


def test_a_trial_whose_process_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false" if Path("/bin/false").exists() else "where")
    with pytest.raises(ModelRefusedError, match="died"):
        try_model(arcface_like(tmp_path / "model.onnx"), "model.onnx")


@pytest.mark.parametrize("kind", ["rubbish", "foreign operator", "weights elsewhere"])
def test_a_refused_file_leaves_nothing_behind(kind: str, tmp_path: Path, models_folder: Path) -> None:
    make, reason = STATIC[kind]
    make(tmp_path / "mine.onnx")
    with pytest.raises(ModelRefusedError) as raised:
        examine_model(tmp_path / "mine.onnx")
    assert raised.value.model == "mine.onnx"
    assert reason in raised.value.detail
    assert list(models_folder.iterdir()) == []


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path, models_folder: Path) -> None:
    with pytest.raises(ModelRefusedError, match="no such file"):
        examine_model(tmp_path / "nowhere.onnx")
    with pytest.raises(ModelRefusedError, match="it is not a file"):
        examine_model(tmp_path)


def test_copying_is_stopped_when_the_person_does(tmp_path: Path, models_folder: Path) -> None:
    file = arcface_like(tmp_path / "mine.onnx")
    with pytest.raises(CancelledError):
        examine_model(file, is_cancelled=lambda: True)
    assert list(models_folder.iterdir()) == []


def test_the_pixel_format_chosen_by_the_user_is_used(tmp_path: Path) -> None:
    file = arcface_like(tmp_path / "mine.onnx")
    verdict = try_network(file, PixelOptions("unit", "bgr"))
    assert (verdict.range, verdict.colour, verdict.notes) == ("unit", "bgr", ())


@pytest.mark.parametrize("size", [1_000, 900_000])
def test_names_from_the_file_are_shortened_in_the_reason(
    size: int, tmp_path: Path, models_folder: Path
) -> None:
    path, domain = tmp_path / "a.onnx", "d" * size
    graph_of(path, [NODE("Evil" * size, ["x"], ["y"], domain=domain)], domains=[domain])
    with pytest.raises(ModelRefusedError, match="not ONNX’s own") as caught:
        examine_model(path)
    assert len(caught.value.detail) < 300


def test_a_long_reason_is_shortened() -> None:
    assert str(RefusedError("short")) == "short"
    assert str(RefusedError("é" * 1_000)) == "é" * 299 + "…"
