"""The trial of an embedder: its family, its crop size and its pixel format."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import ModelRefusedError
from face_match.core.model_families import COLOURS, RANGES
from face_match.core.types import Box, Crop, EmbeddedFace, Landmarks
from face_match.vision.models import trial
from face_match.vision.models.added import AddedModel, PixelOptions
from face_match.vision.models.installation import examine_model
from face_match.vision.models.registry import load_embedder
from face_match.vision.models.trial import try_network
from face_match.vision.models.trial_faces import TrialFaces
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from tests.made_models import DIMENSIONS, arcface_like, real_embedder, trapped


def add(file: Path) -> AddedModel:
    return examine_model(file).keep(title="", licence="MIT", source="made for a test")


def test_pixel_formats_that_work_equally_well_are_named(models_folder: Path, tmp_path: Path) -> None:
    """To this network a picture is the same in all of them."""
    (note,) = add(arcface_like(tmp_path / "a.onnx")).verdict.notes
    assert note.startswith("Its pixel format is “signed” and “rgb”, as is usual for ArcFace. ")
    assert "These worked equally well in the trial: “raw”, “signed-128”, “unit”, “bgr”." in note
    (note,) = add(arcface_like(tmp_path / "b.onnx", scales_pixels=True)).verdict.notes
    assert note.startswith("Its pixel format is “raw” and “rgb”, as is usual where the graph scales them. ")


def test_embeddings_of_128_numbers_and_scaling_in_the_graph_are_not_sface_for_that_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arcface_like(tmp_path / "mobilefacenet.onnx", scales_pixels=True)
    assert try_network(file).family == "arcface"
    monkeypatch.setattr(trial, "SFACE_SHA256", hashlib.sha256(file.read_bytes()).hexdigest())
    assert try_network(file).family == "sface", "the file itself is known"


@pytest.mark.parametrize("norm", ["first", "last"])
def test_an_embedder_that_also_returns_norms_is_accepted(
    norm: str, models_folder: Path, tmp_path: Path, astronaut_face: EmbeddedFace
) -> None:
    plain = add(arcface_like(tmp_path / "plain.onnx"))
    both = add(arcface_like(tmp_path / "both.onnx", norm=norm))
    assert (both.family.id, both.verdict.dimensions) == ("arcface", DIMENSIONS)
    assert both.verdict.takes_batches
    crops = [astronaut_face.crop] * 3
    ours, theirs = (load_embedder(model.id).embed(crops) for model in (both, plain))
    assert ours == pytest.approx(theirs, abs=1e-6)


@pytest.mark.parametrize(("side", "family"), [(112, "arcface"), (160, "facenet160")])
def test_an_input_of_any_size_gets_the_crops_that_it_works_with(
    side: int, family: str, models_folder: Path, tmp_path: Path, astronaut_face: EmbeddedFace
) -> None:
    free = add(arcface_like(tmp_path / "free.onnx", side=side, is_side_free=True))
    fixed = add(arcface_like(tmp_path / "fixed.onnx", side=side))
    assert (free.family.id, free.verdict.width, free.verdict.height) == (family, side, side)
    ours, theirs = (load_embedder(model.id).embed([astronaut_face.crop]) for model in (free, fixed))
    assert ours == pytest.approx(theirs, abs=1e-6)


# How pixels are wanted


@pytest.fixture(scope="session")
def lfw_faces(shared_faces: Path, pipeline: FacePipeline) -> list[list[Crop]]:
    """Two faces each of ten people."""
    people = sorted((shared_faces / "lfw10").iterdir())
    photos = [[load_photo(photo) for photo in sorted(person.iterdir())[:2]] for person in people]
    return [[pipeline.faces(photo)[0].crop for photo in some] for some in photos]


@pytest.fixture(scope="session")
def mean_embedding(lfw_faces: list[list[Crop]], pipeline: FacePipeline) -> np.ndarray:
    """Of the built-in model, whose embeddings are all alike."""
    return np.mean([pipeline.embed_crop(crops[0]) for crops in lfw_faces], axis=0)


@pytest.mark.one_in(2, "every second colour order and range of pixels of a trial on faces")
@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("range_", RANGES)
def test_how_a_network_that_knows_faces_wants_its_pixels_is_found_on_faces_of_a_gallery(
    range_: str, colour: str, tmp_path: Path, lfw_faces: list[list[Crop]], mean_embedding: np.ndarray
) -> None:
    file = real_embedder(tmp_path / "a.onnx", range_, colour, mean_embedding)
    verdict = try_network(file, gallery_faces=TrialFaces.of(lfw_faces[:4]))
    assert verdict.range.removesuffix("-128") == range_.removesuffix("-128")
    said = " ".join(verdict.notes)
    assert verdict.colour == colour or f"in the trial: “{colour}”" in said or f", “{colour}”" in said
    assert ("separated the faces of the trial best" in said) == (
        (verdict.range, verdict.colour) != ("signed", "rgb")
    )


def test_if_faces_of_both_sizes_work_the_chosen_size_is_named(
    tmp_path: Path, mean_embedding: np.ndarray
) -> None:
    verdict = try_network(real_embedder(tmp_path / "a.onnx", "raw", "rgb", mean_embedding, sides=("h", "w")))
    assert (verdict.family, verdict.width, verdict.range) in (
        ("arcface", 112, "raw"),
        ("facenet160", 160, "raw"),
    )
    assert f"of any size. {verdict.width} × {verdict.height} pixels are used" in verdict.notes[0]


@pytest.mark.parametrize("wanted", ["raw", "signed"])
def test_two_faces_are_enough_to_tell_0_to_255_from_the_other_ranges(
    wanted: str, tmp_path: Path, mean_embedding: np.ndarray
) -> None:
    verdict = try_network(real_embedder(tmp_path / "a.onnx", wanted, "rgb", mean_embedding))
    assert verdict.range == wanted
    assert ("“raw”" in " ".join(verdict.notes)) == (wanted == "raw")


def test_faces_of_a_gallery_reach_the_process_in_which_a_model_is_tried(
    models_folder: Path, tmp_path: Path
) -> None:
    file = trapped(arcface_like(tmp_path / "a.onnx"), "not finite", above=0.9)
    marks = Landmarks.of([(60, 60), (100, 60), (80, 80), (65, 105), (95, 105)])
    white = Crop(np.full((160, 160, 3), 255, np.uint8), Box(45, 40, 70, 90), marks)
    candidate = examine_model(file)
    with pytest.raises(ModelRefusedError, match="not finite"):
        examine_model(file, people=[[white], [white]])
    candidate.discard()


@pytest.mark.parametrize("trap", ["not finite", "another shape"])
def test_a_pixel_format_with_which_the_network_fails_is_not_chosen(trap: str, tmp_path: Path) -> None:
    verdict = try_network(trapped(arcface_like(tmp_path / "a.onnx"), trap, above=0.9))
    assert verdict.range == "signed"
    assert "“raw”" not in " ".join(verdict.notes), "there it springs"


def test_a_chosen_pixel_format_is_not_searched_for(
    tmp_path: Path, lfw_faces: list[list[Crop]], mean_embedding: np.ndarray
) -> None:
    file = real_embedder(tmp_path / "a.onnx", "unit", "rgb", mean_embedding)
    verdict = try_network(file, PixelOptions("signed", "rgb"), TrialFaces.of(lfw_faces[:4]))
    assert (verdict.range, verdict.colour, verdict.notes) == ("signed", "rgb", ())
