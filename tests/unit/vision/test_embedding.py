"""The built-in model's graph compared with dlib, and the contract of all embedders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from face_match.core.types import Crop, EmbeddedFace, Embeddings, Pixels
from face_match.vision.embedders import (
    BATCH,
    DLIB_VIEWS,
    Embedder,
    View,
    align_for_dlib,
    align_for_facenet,
)
from face_match.vision.graphs.dlib_resnet import dlib_resnet
from face_match.vision.models.registry import DLIB, load_embedder
from face_match.vision.onnx.sessions import Network
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline


@pytest.fixture(scope="module")
def graph() -> Network:
    return Network(dlib_resnet(DLIB.weights_file()))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder("dlib")


@pytest.fixture(scope="module")
def crops(astronaut_face: EmbeddedFace, hopper_file: Path, pipeline: FacePipeline) -> list[Crop]:
    """Two people, upright and upside down."""
    (hopper,) = pipeline.faces(load_photo(hopper_file))
    upright = [astronaut_face.crop, hopper.crop]
    return upright + [Crop(crop.pixels[::-1, ::-1], crop.box, crop.landmarks) for crop in upright]


def in_dlib(aligned: Sequence[Pixels]) -> Embeddings:
    dlib = pytest.importorskip("dlib", reason="dlib is not installed")
    model = dlib.face_recognition_model_v1(str(DLIB.weights_file()))
    embeddings = np.array([model.compute_face_descriptor(np.ascontiguousarray(crop)) for crop in aligned])
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


def test_unit_vectors_are_those_of_dlib_on_the_same_crops(graph: Network, crops: list[Crop]) -> None:
    aligned = [align_for_dlib(crop) for crop in crops]
    ours = graph(np.stack(aligned))[0]
    assert ours.shape == (4, 128)
    assert ours.dtype == np.float32
    assert np.abs(ours - in_dlib(aligned)).max() <= 1e-5


def test_unit_vectors_are_those_of_dlib_on_noise_and_on_blank_crops(graph: Network) -> None:
    random = np.random.default_rng(9)
    noise = [random.integers(0, 256, (size, size, 3), np.uint8) for size in (150, 50, 15)]
    aligned = [crop.repeat(150 // len(crop), 0).repeat(150 // len(crop), 1) for crop in noise]
    aligned += [np.zeros((150, 150, 3), np.uint8), np.full((150, 150, 3), 255, np.uint8)]
    assert np.abs(graph(np.stack(aligned))[0] - in_dlib(aligned)).max() <= 1e-5


def mean_of(views: Sequence[View], crops: Sequence[Crop], graph: Network) -> Embeddings:
    of_views = [graph(np.stack([align_for_dlib(crop, view) for crop in crops]))[0] for view in views]
    means: Embeddings = np.mean(of_views, axis=0)
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def test_an_embedding_is_the_mean_of_the_views_of_a_face(
    embedder: Embedder, graph: Network, crops: list[Crop]
) -> None:
    assert np.abs(embedder.embed(crops) - mean_of(DLIB_VIEWS, crops, graph)).max() <= 1e-5


def test_embeddings_of_earlier_versions_can_be_compared(
    embedder: Embedder, graph: Network, crops: list[Crop]
) -> None:
    views_0_1 = View(), View(1.05, 4.0), View(0.95, -4.0)
    earlier, now = mean_of(views_0_1, crops[:2], graph), embedder.embed(crops[:2])
    assert (earlier * now).sum(axis=1).min() > 0.985
    assert earlier[0] @ now[1] == pytest.approx(earlier[0] @ earlier[1], abs=0.015)


def test_a_mirrored_view_is_the_view_with_left_and_right_exchanged(crops: list[Crop]) -> None:
    plain, mirrored = (
        align_for_dlib(crops[0], View(1.05, 4.0)),
        align_for_dlib(crops[0], View(1.05, 4.0, is_mirrored=True)),
    )
    assert np.array_equal(mirrored, plain[:, ::-1])
    assert not np.array_equal(mirrored, plain)


def test_a_smoothed_view_has_the_means_of_three_by_three_pixels(crops: list[Crop]) -> None:
    plain, smoothed = align_for_dlib(crops[0]), align_for_dlib(crops[0], View(is_smoothed=True))
    for row, column in ((20, 30), (75, 75), (120, 60)):
        around = plain[row - 1 : row + 2, column - 1 : column + 2].reshape(9, 3)
        assert smoothed[row, column] == pytest.approx(around.mean(axis=0), abs=1)


def test_every_embedding_is_of_unit_length(embedder: Embedder, crops: list[Crop]) -> None:
    embeddings = embedder.embed(crops)
    assert embeddings.dtype == np.float32
    assert np.linalg.norm(embeddings, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_batch_gives_what_its_crops_give_one_by_one(embedder: Embedder, crops: list[Crop]) -> None:
    one_by_one = np.concatenate([embedder.embed([crop]) for crop in crops])
    assert np.abs(embedder.embed(crops) - one_by_one).max() <= 1e-6


def test_embeddings_come_in_the_order_of_their_crops(embedder: Embedder, crops: list[Crop]) -> None:
    embeddings = embedder.embed(crops)
    backwards = embedder.embed(crops[::-1])
    assert np.abs(embeddings - backwards[::-1]).max() <= 1e-6
    assert np.abs(embeddings - backwards).max() > 0.01


def test_more_crops_than_a_batch_holds_are_all_embedded(embedder: Embedder, crops: list[Crop]) -> None:
    many = [crops[i % len(crops)] for i in range(BATCH + 3)]
    embeddings = embedder.embed(many)
    assert embeddings.shape == (BATCH + 3, 128)
    assert np.abs(embeddings - embedder.embed(crops)[np.arange(BATCH + 3) % len(crops)]).max() <= 1e-6


def test_no_crops_give_no_embeddings(embedder: Embedder) -> None:
    embeddings = embedder.embed([])
    assert embeddings.shape == (0, 128)
    assert embeddings.dtype == np.float32


def test_two_people_are_less_alike_than_one_person_twice(embedder: Embedder, crops: list[Crop]) -> None:
    astronaut, hopper = crops[:2]
    darker = Crop((astronaut.pixels * 0.7).astype(np.uint8), astronaut.box, astronaut.landmarks)
    first, second, other = embedder.embed([astronaut, darker, hopper])
    assert first @ second > 0.97
    assert first @ other < 0.92


def test_crops_are_aligned_to_the_size_that_each_model_takes(crops: list[Crop]) -> None:
    assert align_for_dlib(crops[0]).shape == (150, 150, 3)
    assert align_for_facenet(crops[0]).shape == (160, 160, 3)
