"""The pipeline, from a photo to its faces with embeddings."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from onnx import TensorProto
from PIL import Image
from PIL.ExifTags import Base

from face_match.core.errors import ImageUnreadableError, ModelMissingError, NoFaceError
from face_match.core.types import Box, Crop, EmbeddedFace, Embedding, Face, Photo, Pixels
from face_match.vision.graphs.builder import GraphBuilder
from face_match.vision.onnx.sessions import Network
from face_match.vision.photo_loading import decode_photo, load_photo, photo_from_pixels
from face_match.vision.pipeline import FacePipeline


def saved(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def with_orientation(image: Image.Image, orientation: int, turn: Image.Transpose) -> bytes:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    return saved(image.transpose(turn), exif=exif)


def sixteen_bit(image: Image.Image) -> bytes:
    return saved(Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257))


OTHER_FORMS: dict[str, Callable[[Image.Image], bytes]] = {
    "grey": lambda image: saved(image.convert("L")),
    "grey with alpha": lambda image: saved(image.convert("LA")),
    "alpha": lambda image: saved(image.convert("RGBA")),
    "16-bit grey": sixteen_bit,
    "float": lambda image: saved(Image.fromarray(np.asarray(image.convert("L")) / np.float32(255)), "TIFF"),
    "palette": lambda image: saved(image.quantize(256)),
    "CMYK": lambda image: saved(image.convert("CMYK"), "JPEG", quality=95),
    "JPEG": lambda image: saved(image, "JPEG", quality=90),
    "WebP": lambda image: saved(image, "WEBP", quality=90),
    "turned left": lambda image: with_orientation(image, 6, Image.Transpose.ROTATE_90),
    "turned right": lambda image: with_orientation(image, 8, Image.Transpose.ROTATE_270),
    "upside down": lambda image: with_orientation(image, 3, Image.Transpose.ROTATE_180),
    "mirrored": lambda image: with_orientation(image, 2, Image.Transpose.FLIP_LEFT_RIGHT),
}


@pytest.fixture(scope="module")
def two_faces(astronaut: Photo, hopper_file: Path) -> Photo:
    hopper = np.asarray(Image.fromarray(load_photo(hopper_file).pixels).resize((437, 512)))
    return photo_from_pixels(np.concatenate([astronaut.pixels, hopper], axis=1), "two")


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_a_photo_in_another_form_gives_the_same_embedding(
    form: str, astronaut: Photo, astronaut_face: EmbeddedFace, pipeline: FacePipeline
) -> None:
    data = OTHER_FORMS[form](Image.fromarray(astronaut.pixels))
    embedding = pipeline.embed_main_face(decode_photo(data, "other"))
    assert embedding @ astronaut_face.embedding >= 0.99


def test_a_face_comes_with_its_crop_quality_embedding_and_model(
    astronaut_face: EmbeddedFace, pipeline: FacePipeline
) -> None:
    assert astronaut_face.model_id == pipeline.model_id == "dlib"
    assert astronaut_face.embedding.shape == (128,)
    assert astronaut_face.embedding.dtype == np.float32
    assert np.linalg.norm(astronaut_face.embedding) == pytest.approx(1.0, abs=1e-5)
    assert astronaut_face.crop.pixels.dtype == np.uint8
    assert astronaut_face.quality.score > 0


def test_faces_and_embeddings_keep_to_each_other(
    two_faces: Photo, astronaut_face: EmbeddedFace, pipeline: FacePipeline
) -> None:
    faces = pipeline.faces(two_faces)
    assert [face.face for face in faces] == pipeline.detect(two_faces)
    left, right = sorted(faces, key=lambda face: face.face.box.x)
    assert left.embedding @ astronaut_face.embedding > 0.99
    assert right.embedding @ astronaut_face.embedding < 0.92


def test_faces_of_one_photo_have_the_embeddings_that_they_have_one_by_one(
    two_faces: Photo, pipeline: FacePipeline
) -> None:
    faces = pipeline.faces(two_faces)
    assert len(faces) == 2
    for face in faces:
        assert np.abs(pipeline.embed_crop(face.crop) - face.embedding).max() <= 1e-6


def test_the_embedding_of_a_photo_is_that_of_its_most_prominent_face(
    two_faces: Photo, pipeline: FacePipeline
) -> None:
    first = pipeline.faces(two_faces)[0]
    assert np.abs(pipeline.embed_main_face(two_faces) - first.embedding).max() <= 1e-6


def test_a_photo_without_a_face_has_no_faces_and_no_embedding(pipeline: FacePipeline) -> None:
    wall = photo_from_pixels(np.full((200, 300, 3), 180, np.uint8), "wall.jpg")
    assert pipeline.faces(wall) == []
    with pytest.raises(NoFaceError) as raised:
        pipeline.embed_main_face(wall)
    assert raised.value.name == "wall.jpg"


def test_several_threads_get_what_one_gets(
    astronaut: Photo, hopper_file: Path, two_faces: Photo, pipeline: FacePipeline
) -> None:
    photos = [astronaut, load_photo(hopper_file), two_faces] * 4
    alone = [embeddings(pipeline, photo) for photo in photos]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda photo: embeddings(pipeline, photo), photos))
    assert len(together) == 12
    for one, other in zip(alone, together, strict=True):
        assert np.abs(one - other).max() <= 1e-6


def test_an_unknown_model_is_missing() -> None:
    with pytest.raises(ModelMissingError):
        FacePipeline.load("eigenfaces")


def test_everybody_is_most_like_another_photo_of_their_own(
    shared_faces: Path, pipeline: FacePipeline
) -> None:
    """Leave one out over 100 photos of 10 people, and how far apart own and others' photos are."""
    files = sorted((shared_faces / "lfw10").rglob("*.jpg"))
    assert len(files) == 100
    people = np.array([file.parent.name for file in files])
    rows = np.stack([pipeline.embed_main_face(load_photo(file)) for file in files])
    similarity = rows @ rows.T
    own = (people[:, None] == people) & ~np.eye(len(files), dtype=bool)
    others = people[:, None] != people
    np.fill_diagonal(similarity, -1)
    assert (people[similarity.argmax(axis=1)] == people).all()
    assert (similarity[own] > np.quantile(similarity[others], 0.999)).mean() >= 0.967


def embeddings(pipeline: FacePipeline, photo: Photo) -> Embedding:
    return np.stack([face.embedding for face in pipeline.faces(photo)])


class Endless:
    """A detector and embedder that needs more memory than there can be."""

    confidence_shows_quality = True
    model_id = "endless"

    def detect(self, pixels: Pixels) -> list[Face]:
        return [*np.empty(1 << 60, np.uint8)]

    def face_in_box(self, pixels: Pixels, box: Box) -> Face:
        return self.detect(pixels)[0]

    def smallest_face_px(self, width: int, height: int) -> float:
        return 20.0

    def embed(self, crops: Sequence[Crop]) -> npt.NDArray[np.float32]:
        return np.empty((len(crops), 1 << 58), np.float32)


@pytest.mark.parametrize("work", ["faces", "detect", "face_in_box", "faces_in_regions", "embed"])
def test_a_photo_that_memory_does_not_suffice_for_is_a_typed_error(
    work: str, astronaut: Photo, pipeline: FacePipeline
) -> None:
    box = Box(100.0, 100.0, 90.0, 90.0)
    options: dict[str, tuple[object, ...]] = {
        "face_in_box": (box,),
        "faces_in_regions": ([box],),
        "embed": (pipeline.detect(astronaut),),
    }
    endless = Endless()
    with pytest.raises(ImageUnreadableError, match="memory"):
        getattr(FacePipeline(endless, endless), work)(astronaut, *options.get(work, ()))


def test_a_network_that_memory_does_not_suffice_for_raises_a_memory_error() -> None:
    graph = GraphBuilder()
    size = graph.input("size", [1], TensorProto.INT64)
    network = Network(graph.build("zeros", [graph.op("ConstantOfShape", size)]))
    assert network(np.array([3], np.int64))[0].tolist() == [0, 0, 0]
    with pytest.raises(MemoryError):
        network(np.array([1 << 58], np.int64))
