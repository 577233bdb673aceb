"""Jobs over many faces: one bad face is a row in the result, a cancelled job has changed nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import CancelledError, ImageUnreadableError, NoFaceError
from face_match.core.types import Crop, Embedding
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.embed import embed_faces


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "gallery"


@pytest.fixture
def embeddings(pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path) -> dict[str, Embedding]:
    """What the photos themselves give, by name."""
    photos = {"Eileen": astronaut_file, "Grace": hopper_file}
    return {name: pipeline.faces(load_photo(file))[0].embedding for name, file in photos.items()}


@pytest.fixture
def gallery(
    folder: Path, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path
) -> Iterator[Gallery]:
    """Two people with real crops, known to another model only."""
    with Gallery.open(folder, for_writing=True) as opened:
        for name, file in (("Eileen", astronaut_file), ("Grace", hopper_file)):
            photo = load_photo(file)
            (face,) = pipeline.faces(photo)
            embedding = np.eye(8, dtype=np.float32)[opened.face_count]
            opened.add(name, NewFace(face.crop, {"another": embedding}), photo)
        yield opened


def test_kept_crops_give_the_embeddings_that_their_photos_gave(
    gallery: Gallery, pipeline: FacePipeline, embeddings: dict[str, Embedding], folder: Path
) -> None:
    result = embed_faces(gallery, pipeline)
    assert (result.done, result.failed) == (2, [])
    for opened in (gallery, Gallery.open(folder, for_writing=False)):
        assert opened.without_embedding("dlib", named=True) == []
        for name, embedding in embeddings.items():
            (face,) = opened.faces_of(opened.person(name))
            np.testing.assert_allclose(face.embeddings["dlib"], embedding, atol=1e-6)
            assert face.embeddings.keys() == {"another", "dlib"}
            best = opened.nearest(embedding, "dlib", 1)[0]
            assert best.person.name == name
            assert best.similarity == pytest.approx(1.0, abs=1e-5)


def test_a_second_run_has_nothing_to_do(gallery: Gallery, pipeline: FacePipeline, folder: Path) -> None:
    embed_faces(gallery, pipeline)
    before = (folder / "embeddings.json").stat().st_mtime_ns
    result = embed_faces(gallery, pipeline)
    assert (result.done, result.failed) == (0, [])
    assert (folder / "embeddings.json").stat().st_mtime_ns == before


def test_a_gallery_opened_for_reading_gets_embeddings_that_last_as_long_as_it_is_open(
    gallery: Gallery, pipeline: FacePipeline, folder: Path, embeddings: dict[str, Embedding]
) -> None:
    gallery.close()
    before = (folder / "embeddings.json").read_bytes()
    reading = Gallery.open(folder, for_writing=False)
    assert embed_faces(reading, pipeline).done == 2
    assert reading.nearest(embeddings["Grace"], "dlib", 1)[0].person.name == "Grace"
    assert (folder / "embeddings.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "broken", "a folder"])
def test_a_crop_that_cannot_be_read_is_reported_and_the_others_are_done(
    gallery: Gallery, pipeline: FacePipeline, folder: Path, damage: str
) -> None:
    (lost,) = gallery.faces_of(gallery.person("Eileen"))
    crop = folder / lost.file
    data = crop.read_bytes()
    crop.unlink()
    if damage == "broken":
        crop.write_bytes(data[: len(data) // 2])
    elif damage == "a folder":
        crop.mkdir()
    result = embed_faces(gallery, pipeline)
    assert result.done == 1
    ((face, error),) = result.failed
    assert face.id == lost.id
    assert isinstance(error, ImageUnreadableError)
    assert error.name == crop.name
    assert [f.id for f in Gallery.open(folder, for_writing=False).without_embedding("dlib", named=True)] == [
        lost.id
    ]


def test_a_whole_photo_without_a_face_is_reported(
    folder: Path, pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path
) -> None:
    photo = load_photo(astronaut_file)
    (face,) = pipeline.faces(photo)
    noise = np.full((80, 80, 3), 128, np.uint8)
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.add("Nobody", NewFace(Crop(noise, None, None), {}), None)  # type: ignore[arg-type]
        gallery.add("Eileen", NewFace(Crop(photo.pixels, None, None), {}), None)  # type: ignore[arg-type]
        result = embed_faces(gallery, pipeline)
        assert result.done == 1
        assert [type(error) for _, error in result.failed] == [NoFaceError]
        (match,) = gallery.nearest(face.embedding, "dlib", 5)
        assert match.similarity == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("cancelled_at", [0, 1])
def test_a_cancelled_run_has_changed_nothing(
    gallery: Gallery, pipeline: FacePipeline, folder: Path, cancelled_at: int
) -> None:
    before = (folder / "embeddings.json").read_bytes()
    steps: list[tuple[int, int]] = []
    with pytest.raises(CancelledError):
        embed_faces(
            gallery,
            pipeline,
            lambda done, total: steps.append((done, total)),
            lambda: len(steps) >= cancelled_at,
        )
    assert steps == [(n, 2) for n in range(cancelled_at)]
    assert len(gallery.without_embedding("dlib", named=True)) == 2
    assert (folder / "embeddings.json").read_bytes() == before
