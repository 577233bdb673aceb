"""Added models: stored with their description, loaded as their family needs, and removed."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

from face_match.core.errors import DownloadError, ModelDamagedError, ModelMissingError, ModelRefusedError
from face_match.core.model_families import ARCFACE_TEMPLATE, COLOURS, EMBEDDER, FAMILIES, RANGES, family_of
from face_match.core.types import Box, Crop, EmbeddedFace, Landmarks, Photo
from face_match.decision.threshold import SLIDER_STEP, default_cluster_threshold, threshold_range
from face_match.vision.alignment import similarity_transform
from face_match.vision.embedders import align_for_arcface
from face_match.vision.models import downloadable
from face_match.vision.models.added import AddedModel, PixelOptions, added_model, added_models, remove
from face_match.vision.models.downloadable import (
    DOWNLOADABLE_MODELS,
    DownloadableModel,
    download_and_install,
    downloadable_model,
    licence_of,
)
from face_match.vision.models.installation import examine_model
from face_match.vision.models.registry import (
    Download,
    all_detectors,
    all_models,
    load_detector,
    load_embedder,
    model_info,
)
from face_match.vision.pipeline import FacePipeline
from tests.made_models import (
    AROUND,
    CELLS,
    DIMENSIONS,
    arcface_kernel,
    arcface_like,
    scrfd_of,
)


def add(file: Path, title: str = "", wanted: PixelOptions = PixelOptions()) -> AddedModel:  # noqa: B008 - it is frozen
    candidate = examine_model(file, pixel_options=wanted)
    return candidate.keep(title=title, licence="MIT", source="made for a test")


@pytest.fixture
def arcface(models_folder: Path, tmp_path: Path) -> AddedModel:
    return add(arcface_like(tmp_path / "my arcface.onnx"))


def test_an_added_embedder_is_stored_with_its_description(
    arcface: AddedModel, models_folder: Path, tmp_path: Path
) -> None:
    digest = hashlib.sha256((tmp_path / "my arcface.onnx").read_bytes()).hexdigest()
    assert arcface.id == f"arcface-{digest[:12]}"
    assert [path.name for path in models_folder.iterdir()] == [arcface.id]
    assert arcface.file.read_bytes() == (tmp_path / "my arcface.onnx").read_bytes()
    about = json.loads((models_folder / arcface.id / "about.json").read_bytes())
    assert (about["title"], about["licence"], about["source"]) == ("my arcface", "MIT", "made for a test")
    assert (about["sha256"], about["verdict"]["dimensions"]) == (digest, DIMENSIONS)
    assert added_models() == [arcface]
    assert added_models(EMBEDDER) == [arcface]
    assert added_model(arcface.id) == added_model("My ArcFace") == arcface


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_an_added_model_is_its_owners_alone_whatever_the_umask(models_folder: Path, tmp_path: Path) -> None:
    arcface_like(tmp_path / "mine.onnx")
    before = os.umask(0)
    try:
        model = examine_model(tmp_path / "mine.onnx").keep(title="", licence="", source="")
    finally:
        os.umask(before)
    for path in (model.file.parent, *model.file.parent.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_an_added_embedder_is_a_model_like_the_others(
    arcface: AddedModel, astronaut: Photo, astronaut_face: EmbeddedFace
) -> None:
    assert [*all_models()] == ["facenet", "dlib", arcface.id]
    assert model_info("my arcface").id == arcface.id
    embedder = load_embedder("my arcface")
    crop = astronaut_face.crop
    embeddings = embedder.embed([crop, crop])
    assert embedder.model_id == arcface.id
    assert embeddings.shape == (2, DIMENSIONS)
    assert embeddings.dtype == np.float32
    assert np.linalg.norm(embeddings, axis=1) == pytest.approx([1, 1])
    assert embedder.embed([]).shape == (0, DIMENSIONS)
    (face,) = FacePipeline.load(arcface.id).faces(astronaut)
    assert face.model_id == arcface.id
    assert face.embedding @ embeddings[0] == pytest.approx(1, abs=1e-5)


def test_a_graph_that_takes_one_crop_at_a_time_embeds_several(models_folder: Path, tmp_path: Path) -> None:
    import onnx

    file = arcface_like(tmp_path / "one.onnx")
    model = onnx.load(file)
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1
    file.write_bytes(model.SerializeToString())
    added = add(file)
    assert not added.verdict.takes_batches
    pixels = np.random.default_rng(0).integers(0, 255, (160, 160, 3), dtype=np.uint8)
    marks = Landmarks.of([(60, 60), (100, 60), (80, 80), (65, 105), (95, 105)])
    crop = Crop(pixels, Box(45, 40, 70, 90), marks)
    assert load_embedder(added.id).embed([crop] * 3).shape == (3, DIMENSIONS)


def test_the_embedding_is_the_networks_output_for_the_aligned_face(
    arcface: AddedModel, astronaut_face: EmbeddedFace
) -> None:
    pixels = align_for_arcface(astronaut_face.crop).astype(np.float64)
    grey = ((pixels - 127.5) / 127.5).mean(axis=2)
    cells = grey.reshape(CELLS, 8, CELLS, 8).mean(axis=(1, 3))
    padded = np.pad(cells, AROUND, constant_values=np.nan)
    around = np.nanmean(sliding_window_view(padded, (2 * AROUND + 1,) * 2), axis=(2, 3))
    embedding = (cells - around).ravel() @ arcface_kernel()
    (ours,) = load_embedder(arcface.id).embed([astronaut_face.crop])
    assert ours == pytest.approx(embedding / np.linalg.norm(embedding), abs=1e-4)


@pytest.mark.parametrize(
    ("options", "family", "form"),
    [
        ({}, "arcface", ("signed", "rgb", False)),
        ({"channels_last": True}, "arcface", ("signed", "rgb", True)),
        ({"scales_pixels": True}, "arcface", ("raw", "rgb", False)),
        ({"side": 160}, "facenet160", ("signed-128", "rgb", False)),
    ],
)
def test_the_family_is_recognised_by_inputs_outputs_and_first_nodes(
    options: dict[str, object],
    family: str,
    form: tuple[str, str, bool],
    models_folder: Path,
    tmp_path: Path,
) -> None:
    verdict = add(arcface_like(tmp_path / "a.onnx", **options)).verdict  # type: ignore[arg-type]
    assert verdict.family == family
    assert (verdict.range, verdict.colour, verdict.is_channels_last) == form
    assert len(verdict.checks) == 3


def test_the_same_network_gives_the_same_embeddings_however_its_input_is_laid_out(
    models_folder: Path, tmp_path: Path, astronaut_face: EmbeddedFace
) -> None:
    plain = load_embedder(add(arcface_like(tmp_path / "a.onnx")).id).embed([astronaut_face.crop])
    last = load_embedder(add(arcface_like(tmp_path / "b.onnx", channels_last=True)).id)
    own = load_embedder(add(arcface_like(tmp_path / "c.onnx", scales_pixels=True)).id)
    assert last.embed([astronaut_face.crop]) == pytest.approx(plain, abs=1e-5)
    assert own.embed([astronaut_face.crop]) == pytest.approx(plain, abs=1e-5)


def test_pixels_given_otherwise_make_another_model(models_folder: Path, tmp_path: Path) -> None:
    file = arcface_like(tmp_path / "a.onnx")
    usual, other = add(file), add(file, "otherwise", PixelOptions("unit", "bgr"))
    assert other.id == f"{usual.id}-unit-bgr"
    assert add(file, "raw", PixelOptions("raw", "rgb")).id == f"{usual.id}-raw-rgb"
    remove(added_models()[-1])
    scaled = arcface_like(tmp_path / "scaled.onnx", scales_pixels=True)
    assert add(scaled).id.count("-") == 1, "the graph itself wants them raw"
    remove(added_models()[-1])
    assert {model.id for model in added_models()} == {usual.id, other.id}
    assert threshold_range(other.id) == threshold_range(usual.id)


def test_the_same_file_again_takes_the_place_of_the_one_before(
    arcface: AddedModel, models_folder: Path, tmp_path: Path
) -> None:
    again = add(tmp_path / "my arcface.onnx", "a better name")
    assert again.id == arcface.id
    assert [model.title for model in added_models()] == ["a better name"]
    assert len(list(models_folder.iterdir())) == 1


def test_another_file_of_the_same_name_is_refused_another_name_is_not(
    arcface: AddedModel, models_folder: Path, tmp_path: Path
) -> None:
    file = arcface_like(tmp_path / "other.onnx", seed=1)
    candidate = examine_model(file)
    with pytest.raises(ModelRefusedError, match="another model is called my arcface"):
        candidate.keep(title="My Arcface", licence="MIT", source="a test")
    assert added_models() == [arcface]
    candidate.keep(title="other", licence="MIT", source="a test")
    assert len(added_models()) == 2


@pytest.mark.parametrize("title", ["dlib", "FaceNet", "MTCNN"])
def test_no_file_gets_the_name_of_one_of_the_programs_own(
    title: str, models_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelRefusedError, match="own models"):
        add(arcface_like(tmp_path / "a.onnx"), title)
    assert added_models() == []


def test_a_candidate_that_nobody_keeps_leaves_nothing(models_folder: Path, tmp_path: Path) -> None:
    candidate = examine_model(arcface_like(tmp_path / "a.onnx"))
    assert added_models() == []
    candidate.discard()
    assert list(models_folder.iterdir()) == []


def test_thresholds_are_those_of_the_family(arcface: AddedModel) -> None:
    assert threshold_range(arcface.id) == FAMILIES["arcface"].thresholds
    assert threshold_range(arcface.id).default == pytest.approx(0.40)


def test_a_detector_is_used_like_mtcnn(
    yunet_file: Path, models_folder: Path, tmp_path: Path, astronaut: Photo
) -> None:
    yunet = add(yunet_file, "YuNet")
    scrfd = add(scrfd_of(yunet_file, tmp_path / "det_500m.onnx"))
    assert (yunet.family.id, scrfd.family.id) == ("yunet", "scrfd")
    assert [*all_detectors().values()] == ["MTCNN", "YuNet", "det_500m"]
    assert [*all_models()] == ["facenet", "dlib"]
    boxes = []
    for name in ("mtcnn", yunet.id, "det_500m"):
        pipeline = FacePipeline.load("dlib", detector=name)
        (face,) = pipeline.faces(astronaut)
        boxes.append(face.face.box)
        assert "unclear" not in face.quality.reasons, "another detector’s confidence is not MTCNN’s"
    assert boxes[1].overlap(boxes[0]) > 0.6
    assert list(boxes[2]) == pytest.approx(list(boxes[1]), abs=0.1)


def test_an_embedder_finds_no_faces_and_a_detector_makes_no_embeddings(
    arcface: AddedModel, yunet_file: Path
) -> None:
    yunet = add(yunet_file)
    with pytest.raises(ModelMissingError):
        load_detector(arcface.id)
    with pytest.raises(ModelMissingError):
        load_embedder(yunet.id)


def test_a_removed_model_is_deleted(arcface: AddedModel, models_folder: Path) -> None:
    remove(arcface)
    assert added_models() == []
    assert list(models_folder.iterdir()) == []
    with pytest.raises(ModelMissingError):
        load_embedder(arcface.id)


def test_a_file_that_was_changed_since_is_not_used(arcface: AddedModel, tmp_path: Path) -> None:
    arcface_like(arcface.file, seed=2)
    with pytest.raises(ModelDamagedError, match="not the one that was added"):
        load_embedder(arcface.id)


def test_a_file_that_was_only_copied_is_used(arcface: AddedModel) -> None:
    import os

    os.utime(arcface.file, (1, 1))
    assert load_embedder(arcface.id).model_id == arcface.id


def test_a_deleted_file_is_a_missing_model(arcface: AddedModel) -> None:
    arcface.file.unlink()
    with pytest.raises(ModelMissingError) as raised:
        load_embedder(arcface.id)
    assert raised.value.detail == "added"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": 99, "id": "x"}', b'{"format": 1, "id": "x", "verdict": 3}']
)
def test_an_unreadable_folder_is_skipped(
    arcface: AddedModel, models_folder: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (models_folder / "x").mkdir()
    (models_folder / "x" / "about.json").write_bytes(content)
    assert added_models() == [arcface]
    assert "cannot be read" in caplog.text


def test_descriptions_of_an_earlier_version_are_read(arcface: AddedModel, models_folder: Path) -> None:
    path = models_folder / arcface.id / "about.json"
    about = json.loads(path.read_bytes())
    del about["verdict"]["scales_pixels"]
    path.write_text(json.dumps(about), "utf-8")
    assert added_models() == [arcface]
    assert load_embedder(arcface.id).model_id == arcface.id


def test_an_unknown_value_in_about_json_is_ignored(arcface: AddedModel, models_folder: Path) -> None:
    about = models_folder / arcface.id / "about.json"
    about.write_text(about.read_text("utf-8").replace('"signed"', '"sideways"'), "utf-8")
    assert added_models() == []


# Alignment


def test_the_transform_onto_the_template_is_that_of_scikit_image() -> None:
    """InsightFace calls scikit-image's SimilarityTransform."""
    from skimage.transform import SimilarityTransform

    generator = np.random.default_rng(0)
    for _ in range(20):
        points = np.asarray(ARCFACE_TEMPLATE) * generator.uniform(0.5, 4) + generator.normal(0, 5, (5, 2))
        theirs = SimilarityTransform.from_estimate(points, np.asarray(ARCFACE_TEMPLATE))
        ours = similarity_transform(points, ARCFACE_TEMPLATE, (1.0,) * 5)
        assert ours == pytest.approx(theirs.params[:2], abs=1e-9)


def test_an_aligned_crop_is_that_of_opencv(astronaut: Photo, astronaut_face: EmbeddedFace) -> None:
    cv2 = pytest.importorskip("cv2")
    crop = astronaut_face.crop
    ours = align_for_arcface(crop)
    matrix = similarity_transform(crop.landmarks, ARCFACE_TEMPLATE, (1.0,) * 5)
    theirs = cv2.warpAffine(crop.pixels, matrix, (112, 112))
    assert ours.shape == (112, 112, 3)
    assert np.abs(ours.astype(int) - theirs).mean() < 2


def test_landmarks_on_the_template_leave_the_crop_as_it_is(astronaut: Photo) -> None:
    pixels = np.asarray(Image.fromarray(astronaut.pixels).resize((112, 112)))
    crop = Crop(pixels, Box(20, 20, 70, 80), Landmarks.of(ARCFACE_TEMPLATE))
    assert np.abs(align_for_arcface(crop).astype(int) - pixels).max() <= 1


# The tables


def test_every_family_has_numbers_that_make_sense_and_says_where_they_are_from() -> None:
    for family in FAMILIES.values():
        assert family_of(f"{family.id}-0123") is family
        assert family.range in RANGES
        assert family.colour in COLOURS
        assert len(family.sources) > 60
        if family.kind == EMBEDDER:
            lowest, highest, default = family.thresholds
            assert -1 <= lowest < default < highest <= 1
            assert lowest < family.cluster_threshold < highest
            assert family.cluster_threshold != default
            assert default_cluster_threshold(f"{family.id}-0123") == family.cluster_threshold
            assert "not measured" in family.sources, "no weights of theirs are at hand"
            for value in (highest, default):
                assert (value - lowest) / SLIDER_STEP == pytest.approx(
                    round((value - lowest) / SLIDER_STEP), abs=1e-6
                )
        else:
            assert 0 < family.confidence < 1
            assert 0 < family.overlap < 1
            assert family.smallest_px > 0
    assert family_of("dlib") is None
    assert family_of("unheard-of") is None


def test_downloadable_models_are_described_and_pinned() -> None:
    assert len({model.name for model in DOWNLOADABLE_MODELS}) == len(DOWNLOADABLE_MODELS)
    for model in DOWNLOADABLE_MODELS:
        assert model.family in FAMILIES
        assert model.download.url.startswith("https://")
        assert "/main/" not in model.download.url
        assert len(bytes.fromhex(model.download.sha256)) == 32
        assert model.is_commercial == ("non-commercial" not in model.licence)
        assert downloadable_model(model.name) is model
        assert licence_of(model.download.sha256) == (model.licence, f"{model.by}: {model.download.url}")
    assert licence_of("") is None
    assert downloadable_model("nobody's") is None


def served(file: Path, sha256: str, family: str = "arcface") -> DownloadableModel:
    return DownloadableModel(
        "from afar", family, "CC0", True, "us", Download(file.as_uri(), sha256, file.stat().st_size)
    )


def test_a_known_model_is_fetched_tried_and_added(models_folder: Path, tmp_path: Path) -> None:
    file = arcface_like(tmp_path / "a.onnx")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    model = download_and_install(served(file, digest))
    assert (model.title, model.licence) == ("from afar", "CC0")
    assert file.as_uri() in model.source
    assert added_models() == [model]
    assert not list((models_folder / ".downloads").iterdir())
    assert download_and_install(served(tmp_path / "a.onnx", digest)) == model, "it is here already"


def test_a_wrong_download_is_not_added(models_folder: Path, tmp_path: Path) -> None:
    file = arcface_like(tmp_path / "a.onnx")
    with pytest.raises(DownloadError):
        download_and_install(served(file, "0" * 64))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(ModelRefusedError, match="it is arcface, not sface"):
        download_and_install(served(file, digest, "sface"))
    assert added_models() == []


def test_where_no_sum_is_known_a_file_is_tried_all_the_same(models_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rubbish.onnx"
    file.write_bytes(b"rubbish")
    with pytest.raises(ModelRefusedError, match="it is not an ONNX file"):
        download_and_install(served(file, ""))
    assert download_and_install(served(arcface_like(tmp_path / "a.onnx"), "")).family.id == "arcface"


def test_the_licence_of_a_known_file_is_known_wherever_it_comes_from(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = arcface_like(tmp_path / "a.onnx")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    monkeypatch.setattr(downloadable, "DOWNLOADABLE_MODELS", (served(file, digest),))
    assert licence_of(examine_model(file).sha256) == ("CC0", f"us: {file.as_uri()}")
