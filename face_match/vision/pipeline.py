"""From a photo to its faces with embeddings. The window, the command line and all workflows use this
class."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
from PIL import Image

from face_match.core.box_overlap import face_in_box
from face_match.core.errors import NoFaceError
from face_match.core.images.decoding import memory_errors
from face_match.core.images.pixels import resized, upright_view
from face_match.core.memory_budget import MemoryBudget
from face_match.core.orientation import reorient_face, turned_right
from face_match.core.types import SAME_FACE_OVERLAP, Box, Crop, EmbeddedFace, Embedding, Face, Photo, Pixels
from face_match.vision.alignment import MAX_FACE_PX, extract_crop, rotate_upright
from face_match.vision.detectors.detector import Detector
from face_match.vision.detectors.drawn_boxes import O_NET_PX, clip_drawn_box
from face_match.vision.embedders import Embedder
from face_match.vision.models.registry import MTCNN, load_detector, load_embedder
from face_match.vision.onnx.sessions import THREADS
from face_match.vision.photo_loading import reorient_photo
from face_match.vision.quality import assess

REGION_FACE_PX = 120
"""Size to which a region is scaled before detection: MTCNN finds faces of this size best."""

ROTATED_PIXELS = 150_000
"""Size of the rotated copies of a photo without faces. Large faces suffice to show its orientation: the
detector then takes three times as long as for the photo as it is, and five times with larger copies."""

SURE_CONFIDENCE = 0.9
"""MTCNN's confidence of a face from which on its photo is upright. It finds a face in a quarter of the photos
on their side, and is less sure of half of these; of faces in upright photos it is nearly always sure."""

MIN_ROTATED_CONFIDENCE, MIN_ROTATED_CONFIDENCE_OTHERS = 0.95, 0.8
"""Lowest confidence at which a face decides the photo's orientation: for MTCNN, and for other detectors
(`python -m benchmarks.turned`)."""

WHOLE_BYTES_PER_PIXEL = 9
"""Memory of a photo at full size, in bytes per pixel: 3 while it is in use, more while it is decoded."""

SMALL_FACES_BYTES = 650_000_000
"""Memory that the search for small faces takes in a photo of 8 megapixels or more, to which it reduces larger
ones: the image as numbers, its sums, and the networks' layers."""

_BUDGET = MemoryBudget(1_800_000_000)
"""Memory for photos at full size, in bytes: two searches for small faces in photos of 24 megapixels, or one
in a larger photo, however many cores there are. It is reserved before the memory for decoding."""

MAX_REGIONS = 100
"""Regions searched in one photo. A file may list any number."""


Options = ParamSpec("Options")
Result = TypeVar("Result")
PhotoMethod = Callable[Concatenate["FacePipeline", Photo, Options], Result]


def _with_memory_errors(method: PhotoMethod[Options, Result]) -> PhotoMethod[Options, Result]:
    """The method, which raises ImageUnreadableError if there is not enough memory for its photo."""

    @functools.wraps(method)
    def checked(
        pipeline: FacePipeline, photo: Photo, /, *options: Options.args, **named: Options.kwargs
    ) -> Result:
        with memory_errors(photo.name):
            return method(pipeline, photo, *options, **named)

    return checked


class FacePipeline:
    """A detector with an embedder. Safe to use from several threads.

    Methods with a photo raise ImageUnreadableError if it cannot be decoded, or there is not enough memory.
    """

    def __init__(
        self, detector: Detector, embedder: Embedder, *, small_faces: bool = False, name: str = MTCNN
    ) -> None:
        """Make a pipeline.

        Args:
            small_faces: decode large photos at full size for the detector, which then finds small faces.
            name: the detector's id, stored with a photo that was scanned.
        """
        self.scan_settings = f"{name}, small faces" if small_faces else name
        """The detector and its settings, as stored with a photo that was scanned."""
        self.equivalent_scan_settings = {self.scan_settings, f"{name}, small faces"}
        """A photo scanned with one of these settings need not be scanned again."""
        self._detector = detector
        self._embedder = embedder
        self._small_faces = small_faces

    @classmethod
    def load(
        cls,
        model_id: str,
        engine: str = "onnx",
        *,
        detector: str = MTCNN,
        small_faces: bool = False,
        threads: int = THREADS,
    ) -> FacePipeline:
        """Load the pipeline of a model.

        Args:
            detector: id of the detector, as for `load_detector`.
            engine: "onnx", or "reference" for the original packages on TensorFlow, which always find small
                faces.
            small_faces: find small faces in large photos too. That takes several times as long.
            threads: threads per call; 1 if there are as many calls at a time as cores.
        Raises:
            ModelMissingError, ModelDamagedError, EngineMissingError.
        """
        if engine == "reference":
            from face_match.vision.reference import ReferenceDetector, reference_embedder

            if detector == MTCNN:
                embedder = reference_embedder(model_id)
                return cls(ReferenceDetector(), embedder, small_faces=True, name=detector)
            load: Callable[[str], Embedder] = reference_embedder
        else:
            load = partial(load_embedder, threads=threads)
        loaded_detector = load_detector(detector, small_faces=small_faces, threads=threads)
        return cls(loaded_detector, load(model_id), small_faces=small_faces, name=detector)

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @_with_memory_errors
    def detect(self, photo: Photo) -> list[Face]:
        """The faces of a photo, the most prominent first, in pixels of the photo.

        If there is none, the photo is searched on its side and upside down, in case it was never rotated
        upright.
        """
        upright, faces = self.detect_upright(photo)
        size = photo.width, photo.height
        return [reorient_face(face, *size, upright.orientation, photo.orientation) for face in faces]

    @_with_memory_errors
    def detect_upright(self, photo: Photo) -> tuple[Photo, list[Face]]:
        """The photo, turned if it has sure faces only on its side or upside down, and its faces, as
        `detect`."""
        faces = self.detect_as_is(photo)
        if self._is_sure_of_one(faces):
            return photo, faces
        quarters = self.quarters_to_upright(photo)
        if not quarters:
            return photo, faces
        upright = reorient_photo(photo, turned_right(photo.orientation, quarters))
        found = self.detect_as_is(upright)
        return (upright, found) if found else (photo, faces)

    def _is_sure_of_one(self, faces: Sequence[Face]) -> bool:
        """Whether one of the faces shows that the photo is upright. Only MTCNN's confidence tells."""
        if not self._detector.confidence_shows_quality:
            return bool(faces)
        return any(face.confidence >= SURE_CONFIDENCE for face in faces)

    @_with_memory_errors
    def upright_confidence(self, photo: Photo) -> float:
        """How surely faces are upright in a photo: the sum of the confidences of sure faces."""
        least = SURE_CONFIDENCE if self._detector.confidence_shows_quality else MIN_ROTATED_CONFIDENCE_OTHERS
        return sum(face.confidence for face in self.detect_as_is(photo) if face.confidence >= least)

    def detect_as_is(self, photo: Photo) -> list[Face]:
        """The faces that are upright in a photo, as `detect`."""
        if self._small_faces:
            with _whole(photo, SMALL_FACES_BYTES) as pixels:
                return self._detector.detect(pixels)
        return [face.scaled(photo.scale) for face in self._detector.detect(photo.pixels)]

    def quarters_to_upright(self, photo: Photo) -> int:
        """The quarter turns to the right that show a photo's surest face upright; 0 if no face is sure."""
        height, width = photo.pixels.shape[:2]
        scale = min(1.0, math.sqrt(ROTATED_PIXELS / (width * height)))
        pixels = resized(photo.pixels, max(1, round(width * scale)), max(1, round(height * scale)))
        shows_quality = self._detector.confidence_shows_quality
        best, most = 0, MIN_ROTATED_CONFIDENCE if shows_quality else MIN_ROTATED_CONFIDENCE_OTHERS
        for quarters in (1, 3, 2):
            turned = np.ascontiguousarray(upright_view(pixels, turned_right(1, quarters)))
            faces = self._detector.detect(turned)
            if faces and faces[0].confidence > most:
                best, most = quarters, faces[0].confidence
        return best

    @_with_memory_errors
    def face_in_box(self, photo: Photo, box: Box) -> Face:
        """The face in a drawn box, whatever it shows, in pixels of the photo. A low confidence means that it
        shows no face.

        Args:
            box: in pixels of the photo.
        Raises:
            BoxUnusableError: too little of the box is in the photo.
            EngineLacksError: the reference engine cannot do this.
        """
        drawn = clip_drawn_box(photo, box)
        if photo.scale > 1 and drawn.longer_side < photo.scale * O_NET_PX:
            with _whole(photo) as pixels:
                return self._detector.face_in_box(pixels, drawn)
        place = Box(*(value / photo.scale for value in drawn))
        return self._detector.face_in_box(photo.pixels, place).scaled(photo.scale)

    def face_at(self, photo: Photo, place: Box) -> Face:
        """The face in a box that a face of the gallery has: `face_in_box`, but the box stays where it is,
        even if the detector, which is unsure of it, would move it once more.

        Raises:
            BoxUnusableError, EngineLacksError.
        """
        face = self.face_in_box(photo, place)
        return face if face_in_box(place, [face]) is not None else replace(face, box=place)

    def smallest_face_px(self, photo: Photo) -> float:
        """The longer side, in pixels of the photo, of the smallest faces that `detect` finds in it."""
        if self._small_faces:
            return self._detector.smallest_face_px(photo.width, photo.height)
        height, width = photo.pixels.shape[:2]
        return photo.scale * self._detector.smallest_face_px(width, height)

    @_with_memory_errors
    def embed(self, photo: Photo, faces: Sequence[Face]) -> list[EmbeddedFace]:
        """Crops, quality and embeddings of a photo's faces, in one batch."""
        crops = _crops_of(photo, faces)
        embeddings = self._embedder.embed(crops)
        shows_quality = self._detector.confidence_shows_quality
        return [
            EmbeddedFace(
                face,
                crop,
                assess(crop, face, confidence_shows_quality=shows_quality),
                embedding,
                self.model_id,
            )
            for face, crop, embedding in zip(faces, crops, embeddings, strict=True)
        ]

    def faces(self, photo: Photo) -> list[EmbeddedFace]:
        """The faces of a photo with their embeddings, the most prominent first."""
        return self.embed(photo, self.detect(photo))

    def faces_upright(self, photo: Photo) -> tuple[Photo, list[EmbeddedFace]]:
        """The photo, turned if that is needed to see its faces, and its faces with their embeddings."""
        upright, faces = self.detect_upright(photo)
        return upright, self.embed(upright, faces)

    @_with_memory_errors
    def faces_in_regions(self, photo: Photo, boxes: Sequence[Box]) -> list[EmbeddedFace]:
        """The faces in or near regions that a file lists, including faces too small for `detect`.

        Args:
            boxes: the regions, in pixels of the photo; only the first `MAX_REGIONS` are searched.
        """
        clipped = [box.clipped_to(photo.width, photo.height) for box in boxes[:MAX_REGIONS]]
        regions = [box for box in clipped if box.area >= 1]
        if not regions:
            return []
        found: list[Face] = []
        with _whole(photo) as pixels:
            for face in (face for box in regions for face in self._faces_around(pixels, box)):
                if all(face.box.overlap(other.box) < SAME_FACE_OVERLAP for other in found):
                    found.append(face)
        del pixels
        return self.embed(photo, found)

    def _faces_around(self, whole: Pixels, box: Box) -> list[Face]:
        """The faces in a box enlarged by its own size on each side, in pixels of the photo.

        The region is scaled so that a face of the box's size has the size that the detector finds best.
        """
        height, width = whole.shape[:2]
        x, y = box.x - box.width, box.y - box.height
        left, top = max(0, int(x)), max(0, int(y))
        right, bottom = min(width, math.ceil(x + 3 * box.width)), min(height, math.ceil(y + 3 * box.height))
        scale = REGION_FACE_PX / box.longer_side
        size = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
        image = Image.fromarray(np.ascontiguousarray(whole[top:bottom, left:right]))
        pixels = np.asarray(image.resize(size, Image.Resampling.BILINEAR, reducing_gap=3.0))
        return [face.scaled(1 / scale).shifted(left, top) for face in self._detector.detect(pixels)]

    def embed_crop(self, crop: Crop) -> Embedding:
        """The embedding of a stored crop: float32, shape (dimensions,), unit L2 norm."""
        embedding: Embedding = self._embedder.embed([crop])[0]
        return embedding

    def embed_main_face(self, photo: Photo) -> Embedding:
        """The embedding of a photo's most prominent face, for faces that were stored as whole photos.

        Raises:
            NoFaceError.
        """
        faces = self.detect(photo)
        if not faces:
            raise NoFaceError(photo.name)
        return self.embed(photo, faces[:1])[0].embedding


@contextmanager
def _whole(photo: Photo, working_bytes: int = 0) -> Iterator[Pixels]:
    """The pixels of a photo at full size, and memory for working with them; it may wait for other photos.

    Args:
        working_bytes: memory that the work takes besides the pixels.
    """
    own = photo.width * photo.height * WHOLE_BYTES_PER_PIXEL if photo.scale > 1 else 0
    with _BUDGET.use(own + working_bytes):
        yield photo.decode_full() if photo.scale > 1 else photo.pixels


def _crops_of(photo: Photo, faces: Sequence[Face]) -> list[Crop]:
    """The crops of a photo's faces, upright, from the reduced copy if that loses no detail."""
    if any(face.box.longer_side / photo.scale < MAX_FACE_PX for face in faces) and photo.scale > 1:
        with _whole(photo) as pixels:
            return [rotate_upright(extract_crop(pixels, face)) for face in faces]
    return [rotate_upright(extract_crop(photo.pixels, face.scaled(1 / photo.scale))) for face in faces]
