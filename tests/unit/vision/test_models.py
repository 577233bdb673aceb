"""The models, the places of their weights, and the cache of their networks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import ModelDamagedError, ModelMissingError
from face_match.core.types import Photo
from face_match.vision.graphs.builder import GraphBuilder
from face_match.vision.models import registry
from face_match.vision.models.registry import (
    DLIB,
    FACENET,
    MODELS,
    load_detector,
    load_embedder,
    preferred_model,
)
from face_match.vision.onnx import sessions
from face_match.vision.onnx.sessions import Network, cached_network

MTCNN_FILES = ("pnet.lz4", "rnet.lz4", "onet.lz4")


class CountingBuilder:
    """Builds a graph that adds a file's size to its input, and counts how often."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, weights_file: Path) -> bytes:
        self.calls += 1
        graph = GraphBuilder()
        x = graph.op("Add", graph.input("x", ["n"]), graph.constant(weights_file.stat().st_size))
        return graph.build("sum", [x])


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that only this test has."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(sessions, "cache_dir", lambda: folder)
    return folder


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights"
    path.write_bytes(bytes(100))
    return path


@pytest.fixture
def mtcnn_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """A copy of the mtcnn package's weights to damage, and no graphs in the cache."""
    package = registry._package_folder("mtcnn")
    folder = tmp_path / "mtcnn" / "assets" / "weights"
    folder.mkdir(parents=True)
    for name in MTCNN_FILES:
        (folder / name).write_bytes((package / "assets" / "weights" / name).read_bytes())
    monkeypatch.setattr(registry, "_package_folder", lambda package: tmp_path / package)
    return folder


@pytest.fixture
def install_dlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Callable[[bytes], None]:
    """Gives the built-in model another weights file."""
    path = tmp_path / "dlib.dat"

    def install(data: bytes) -> None:
        path.write_bytes(data)
        monkeypatch.setitem(MODELS, "dlib", replace(DLIB, weights_file=lambda: path))

    return install


def answer(network: Network) -> float:
    return float(network(np.array([1.0], np.float32))[0][0])


def test_the_built_in_model_is_preferred_until_facenet_is_here(
    install_facenet: Callable[[Path], None], weights: Path
) -> None:
    assert preferred_model() == "dlib"
    install_facenet(weights)
    assert preferred_model() == "facenet"


def test_the_built_in_model_comes_with_the_program() -> None:
    assert DLIB.is_installed
    assert DLIB.download is None


def test_facenets_weights_are_in_the_cache_of_keras_facenet(home: Path) -> None:
    name = "20180402-114759"
    assert FACENET.weights_file() == home / ".keras-facenet" / name / f"{name}-weights.h5"
    assert not FACENET.is_installed


def test_the_source_of_facenet_is_that_of_its_package() -> None:
    assert FACENET.download is not None
    source = FACENET.download()
    assert source.url.endswith("20180402-114759-weights.h5")
    assert len(bytes.fromhex(source.sha256)) == 32
    assert source.size_bytes > 80_000_000


def test_an_unknown_model_is_missing() -> None:
    with pytest.raises(ModelMissingError) as raised:
        load_embedder("eigenfaces")
    assert (raised.value.model, raised.value.detail) == ("eigenfaces", "unknown")


@pytest.mark.parametrize("package", ["mtcnn", "face_recognition_models"])
def test_weights_whose_package_is_not_installed_are_missing(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelMissingError):
        load_detector() if package == "mtcnn" else load_embedder("dlib")


def test_loading_the_built_in_model_imports_no_package_that_only_carries_weights(home: Path) -> None:
    program = (
        "import sys; from face_match.vision.pipeline import FacePipeline; FacePipeline.load('dlib');"
        "print([name for name in ('tensorflow', 'mtcnn', 'keras_facenet', 'face_recognition_models',"
        " 'dlib', 'cv2', 'PySide6') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_a_network_is_built_once_and_then_read_from_the_cache(cache: Path, weights: Path) -> None:
    build = CountingBuilder()
    assert [answer(cached_network("sum", weights, build)) for _ in range(3)] == [101.0] * 3
    assert build.calls == 1
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"rubbish", None], ids=["empty", "rubbish", "cut"])
def test_a_damaged_file_in_the_cache_is_built_again(
    cache: Path, weights: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    build = CountingBuilder()
    cached_network("sum", weights, build)
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert answer(cached_network("sum", weights, build)) == 101.0
    assert build.calls == 2
    assert kept.read_bytes() == whole
    assert "sum" in caplog.text


def test_changed_weights_replace_the_cached_network(cache: Path, weights: Path) -> None:
    build = CountingBuilder()
    cached_network("sum", weights, build)
    (old,) = cache.iterdir()
    weights.write_bytes(bytes(200))
    assert answer(cached_network("sum", weights, build)) == 201.0
    assert old not in list(cache.iterdir())
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize(("size", "time"), [(100, 2), (200, 1)])
def test_weights_of_another_time_or_another_size_are_read_again(
    cache: Path, weights: Path, size: int, time: int
) -> None:
    os.utime(weights, (1, 1))
    build = CountingBuilder()
    cached_network("sum", weights, build)
    weights.write_bytes(bytes(size))
    os.utime(weights, (time, time))
    cached_network("sum", weights, build)
    assert build.calls == 2


def test_networks_of_other_names_stay_in_the_cache(cache: Path, weights: Path) -> None:
    for name in ("sum", "total"):
        cached_network(name, weights, CountingBuilder())
    assert sorted(path.name.split("-")[0] for path in cache.iterdir()) == ["sum", "total"]


def test_a_cache_that_cannot_be_written_costs_only_time(
    weights: Path, monkeypatch: pytest.MonkeyPatch, astronaut: Photo
) -> None:
    monkeypatch.setattr(sessions, "cache_dir", lambda: weights / "below a file")
    assert answer(cached_network("sum", weights, CountingBuilder())) == 101.0
    assert len(load_detector().detect(astronaut.pixels)) == 1


def test_a_network_answers_several_threads_at_once(cache: Path, weights: Path) -> None:
    network = cached_network("sum", weights, CountingBuilder())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda i: network(np.full(50, i, np.float32))[0], range(200)))
    assert np.array_equal(answers, np.arange(100, 300)[:, None] * np.ones(50))


@pytest.mark.parametrize("kind", ["empty", "rubbish", "page", "cut", "other network"])
@pytest.mark.parametrize("name", MTCNN_FILES)
def test_damaged_weights_of_the_detector_are_a_damaged_model(
    mtcnn_weights: Path, name: str, kind: str
) -> None:
    whole = (mtcnn_weights / name).read_bytes()
    other = mtcnn_weights / MTCNN_FILES[MTCNN_FILES.index(name) - 1]
    (mtcnn_weights / name).write_bytes(
        {
            "empty": b"",
            "rubbish": b"rubbish" * 100,
            "page": b"<html>Sign in to the network</html>",
            "cut": whole[: len(whole) // 2],
            "other network": other.read_bytes(),
        }[kind]
    )
    with pytest.raises(ModelDamagedError) as raised:
        load_detector()
    assert raised.value.model == "mtcnn"


def test_a_detector_without_one_of_its_files_is_a_missing_model(mtcnn_weights: Path) -> None:
    (mtcnn_weights / "onet.lz4").unlink()
    with pytest.raises(ModelMissingError):
        load_detector()


@pytest.mark.parametrize("kind", ["empty", "rubbish", "cut", "cut after a tag", "longer"])
def test_damaged_weights_of_the_built_in_model_are_a_damaged_model(
    install_dlib: Callable[[bytes], None], kind: str
) -> None:
    whole = DLIB.weights_file().read_bytes()
    install_dlib(
        {
            "empty": b"",
            "rubbish": b"rubbish" * 100,
            "cut": whole[: len(whole) // 2],
            "cut after a tag": whole[: whole.index(b"affine_") + 7],
            "longer": whole + whole,
        }[kind]
    )
    with pytest.raises(ModelDamagedError) as raised:
        load_embedder("dlib")
    assert raised.value.model == "dlib"
