"""FaceNet's ONNX graph compared with keras-facenet's own network on TensorFlow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from face_match.core.errors import ModelDamagedError, ModelMissingError
from face_match.core.types import EmbeddedFace, Embeddings, Pixels
from face_match.vision.embedders import align_for_facenet
from face_match.vision.graphs.facenet import facenet
from face_match.vision.models.registry import load_embedder
from face_match.vision.onnx.sessions import Network

Install = Callable[[Path], None]


@pytest.fixture(scope="module")
def graph(random_facenet: Any) -> Network:
    return Network(facenet(random_facenet.weights_file))


@pytest.fixture(scope="module")
def crops(astronaut_face: EmbeddedFace) -> Pixels:
    """Seven of noise, from fine to coarse, and a real face."""
    random = np.random.default_rng(7)
    grains = [
        random.integers(0, 256, (size, size, 3), np.uint8).repeat(160 // size, 0).repeat(160 // size, 1)
        for size in (160, 160, 80, 40, 20, 10, 5)
    ]
    return np.stack([*grains, align_for_facenet(astronaut_face.crop)])


@pytest.fixture
def damaged(random_facenet: Any, tmp_path: Path) -> Iterator[Path]:
    """A copy of the weights to damage; 90 MB, so it is not left behind."""
    path = tmp_path / "damaged.h5"
    shutil.copy(random_facenet.weights_file, path)
    yield path
    path.unlink()


def in_keras(model: Any, crops: Pixels) -> Embeddings:
    embeddings = model.predict((crops.astype(np.float32) - 127.5) / 127.5, verbose=0)
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


@pytest.mark.reference
@pytest.mark.usefixtures("reference_packages")
def test_unit_vectors_are_those_of_keras_facenet(random_facenet: Any, graph: Network, crops: Pixels) -> None:
    ours, theirs = graph(crops)[0], in_keras(random_facenet.keras_model, crops)
    assert ours.shape == (8, 512)
    assert ours.dtype == np.float32
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.abs(ours - theirs).max() <= 1e-5


def test_random_weights_tell_crops_apart(graph: Network, crops: Pixels) -> None:
    """Else agreement on them would show nothing."""
    embeddings = graph(crops)[0]
    similarities = (embeddings @ embeddings.T)[np.triu_indices(len(crops), 1)]
    assert similarities.max() < 0.9995


def test_a_batch_gives_what_its_crops_give_one_by_one(graph: Network, crops: Pixels) -> None:
    one_by_one = np.concatenate([graph(crop[None])[0] for crop in crops])
    assert np.abs(graph(crops)[0] - one_by_one).max() <= 1e-5


def test_no_weights_are_a_missing_model(install_facenet: Install) -> None:
    with pytest.raises(ModelMissingError) as raised:
        load_embedder("facenet")
    assert raised.value.model == "facenet"


@pytest.mark.reference
@pytest.mark.usefixtures("reference_packages")
def test_installed_weights_make_an_embedder(
    random_facenet: Any, install_facenet: Install, astronaut_face: EmbeddedFace
) -> None:
    install_facenet(random_facenet.weights_file)
    embedder = load_embedder("facenet")
    crop = align_for_facenet(astronaut_face.crop)
    theirs = in_keras(random_facenet.keras_model, crop[None])
    assert embedder.model_id == "facenet"
    assert np.abs(embedder.embed([astronaut_face.crop]) - theirs).max() <= 1e-5


def test_a_file_that_is_not_hdf5_is_a_damaged_model(tmp_path: Path, install_facenet: Install) -> None:
    page = tmp_path / "page.h5"
    page.write_text("<html>Sign in to the network</html>")
    install_facenet(page)
    with pytest.raises(ModelDamagedError):
        load_embedder("facenet")


@pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.999])
def test_a_truncated_file_is_a_damaged_model(damaged: Path, install_facenet: Install, part: float) -> None:
    with damaged.open("r+b") as file:
        file.truncate(int(damaged.stat().st_size * part))
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError):
        load_embedder("facenet")


def test_hdf5_without_layer_names_is_a_damaged_model(damaged: Path, install_facenet: Install) -> None:
    with h5py.File(damaged, "r+") as file:
        del file.attrs["layer_names"]
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError, match="layer_names"):
        load_embedder("facenet")


def test_a_layer_that_is_not_listed_is_named(damaged: Path, install_facenet: Install) -> None:
    with h5py.File(damaged, "r+") as file:
        names = [name for name in file.attrs["layer_names"] if name != b"Block17_3_Conv2d_1x1"]
        file.attrs["layer_names"] = names
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError, match="Block17_3_Conv2d_1x1"):
        load_embedder("facenet")


def test_a_layer_that_is_listed_but_not_there_is_a_damaged_model(
    damaged: Path, install_facenet: Install
) -> None:
    with h5py.File(damaged, "r+") as file:
        del file["Bottleneck"]
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError, match="Bottleneck"):
        load_embedder("facenet")


def test_a_layer_without_one_of_its_weights_is_a_damaged_model(
    damaged: Path, install_facenet: Install
) -> None:
    with h5py.File(damaged, "r+") as file:
        del file["Bottleneck_BatchNorm"]["Bottleneck_BatchNorm/beta:0"]
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError, match="beta"):
        load_embedder("facenet")


@pytest.mark.parametrize("layer", ["Conv2d_2a_3x3", "Bottleneck"])
def test_a_kernel_of_another_shape_is_a_damaged_model(
    damaged: Path, install_facenet: Install, layer: str
) -> None:
    with h5py.File(damaged, "r+") as file:
        kernel = file[layer][f"{layer}/kernel:0"][:]
        del file[layer][f"{layer}/kernel:0"]
        file[layer].create_dataset(f"{layer}/kernel:0", data=kernel[..., ::2, :])
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError):
        load_embedder("facenet")


def test_a_network_of_other_dimensions_is_a_damaged_model(damaged: Path, install_facenet: Install) -> None:
    """keras-facenet also has weights that give 128 dimensions."""
    with h5py.File(damaged, "r+") as file:
        for layer in ("Bottleneck", "Bottleneck_BatchNorm"):
            for name in file[layer].attrs["weight_names"]:
                values = file[layer][name][:]
                del file[layer][name]
                file[layer].create_dataset(name, data=values[..., :128])
    install_facenet(damaged)
    with pytest.raises(ModelDamagedError):
        load_embedder("facenet")
