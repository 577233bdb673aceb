"""The weights of the built-in networks are read as data, and a changed file is an error."""

from __future__ import annotations

import ast
import importlib.util
import io
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

import face_match
from face_match.core.errors import ModelDamagedError
from face_match.vision.graphs.mtcnn_weights import read
from face_match.vision.models import registry
from face_match.vision.models.registry import load_detector
from face_match.vision.onnx import sessions

FILES = ("pnet.lz4", "rnet.lz4", "onet.lz4")
PACKAGE = Path(face_match.__file__).parent

INTERPRETERS = {"eval", "exec", "compile", "__import__"}
UNPICKLERS = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "yaml",
    "torch",
}


@pytest.fixture
def weights() -> Path:
    spec = importlib.util.find_spec("mtcnn")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "assets" / "weights"


@pytest.mark.parametrize("name", FILES)
def test_mtcnn_s_weights_are_those_that_joblib_unpickles(name: str, weights: Path) -> None:
    import joblib
    import lz4.frame

    pickled = joblib.load(io.BytesIO(lz4.frame.decompress((weights / name).read_bytes())))
    ours = read(weights / name)
    assert len(ours) == len(pickled)
    for one, other in zip(ours, pickled, strict=True):
        assert one.dtype == np.float32
        assert one.shape == other.shape
        assert np.array_equal(one, other)


class _Acts:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.place,)


@pytest.mark.parametrize("change", ["a bit", "shorter", "longer", "a pickle that acts", "empty"])
def test_mtcnn_s_weights_changed_are_a_damaged_model_and_do_nothing(
    change: str, weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    shutil.copytree(weights, package / "assets" / "weights")
    file = package / "assets" / "weights" / "rnet.lz4"
    data = bytearray(file.read_bytes())
    acted = tmp_path / "it acted"
    match change:
        case "a bit":
            data[1000] ^= 1
        case "shorter":
            del data[-1:]
        case "longer":
            data += b"\0"
        case "a pickle that acts":
            import pickle

            import lz4.frame

            data = bytearray(lz4.frame.compress(pickle.dumps([_Acts(acted)])))
        case _:
            data.clear()
    file.write_bytes(data)
    monkeypatch.setattr(registry, "_package_folder", lambda name: package)
    with pytest.raises(ModelDamagedError) as raised:
        load_detector()
    assert raised.value.model == "mtcnn"
    assert "not the one of mtcnn 1.0.0" in raised.value.detail
    assert not acted.exists()


def test_no_module_unpickles_or_runs_what_it_reads() -> None:
    found = []
    for path in [PACKAGE.parent / "app_faces.py", *PACKAGE.rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {name.name.split(".")[0] for name in node.names} & UNPICKLERS
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").split(".")[0]} & UNPICKLERS
            elif isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Name):
                    names = {called.id} & INTERPRETERS
                elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                    is_numpy = called.value.id in ("np", "numpy") and called.attr in (
                        "load",
                        "fromfile",
                        "memmap",
                    )
                    names = {f"{called.value.id}.{called.attr}"} if is_numpy else set()
                names |= {word.arg for word in node.keywords if word.arg == "allow_pickle"}
            found += [(path.name, name) for name in names]
    assert found == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("what", ["folder", "graph", "weights", "a link"])
def test_a_cached_graph_that_others_can_have_written_is_not_run(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    monkeypatch.setattr(sessions, "cache_dir", lambda: folder)
    before = load_detector()
    graphs = sorted(folder.glob("*.onnx"))
    assert len(graphs) == 3
    planted = b"planted"
    match what:
        case "folder":
            graphs[0].write_bytes(planted)
            folder.chmod(0o777)
        case "graph":
            graphs[0].write_bytes(planted)
            graphs[0].chmod(0o666)
        case "weights":
            beside = next(iter(folder.glob("*.weights")))
            beside.chmod(0o666)
            beside.write_bytes(planted)
        case _:
            (tmp_path / "elsewhere").write_bytes(planted)
            graphs[0].unlink()
            graphs[0].symlink_to(tmp_path / "elsewhere")
    photo = np.asarray(np.random.default_rng(0).integers(0, 255, (300, 300, 3)), np.uint8)
    after = load_detector()
    assert after.detect(photo) == before.detect(photo)
    if what == "a link":
        assert (tmp_path / "elsewhere").read_bytes() == planted
