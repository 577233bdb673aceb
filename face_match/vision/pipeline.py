"""Photo in, faces with embeddings out: the one way that the window, the command line and the batch share."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from face_match.core.errors import NoFaceError
from face_match.core.images.pixels import upright_view
from face_match.core.orientation import reorient_face
from face_match.core.types import SAME_FACE_OVERLAP, Box, Crop, EmbeddedFace, Embedding, Face, Photo, Pixels
from face_match.vision.alignment import MAX_FACE_PX, extract_crop, rotate_upright
from face_match.vision.detectors.detector import Detector
from face_match.vision.detectors.drawn_boxes import O_NET_PX, clip_drawn_box
from face_match.vision.embedders import Embedder
from face_match.vision.models.registry import MTCNN, load_detector, load_embedder
from face_match.vision.onnx.sessions import THREADS
from face_match.vision.quality import assess

REGION_FACE_PX = 120
"""Longer side of a place that is looked at once more: faces of that size are found best."""

ROTATED_PIXELS = 500_000
"""Of a photo without faces that is looked at as it could be turned: large faces show how it lies."""

SURE, SURE_OF_OTHERS = 0.98, 0.8
"""The confidence, of MTCNN and of other detectors, of a face that shows how a photo lies."""

MAX_REGIONS = 100
"""So many places of one photo are looked at: there is no end to what a file may say."""


class FacePipeline:
    """A detector and an embedder. Safe to use from several threads."""

    def __init__(
        self, detector: Detector, embedder: Embedder, *, small_faces: bool = False, name: str = MTCNN
    ) -> None:
        """Of a detector and an embedder that are ready to run.

        Args:
            small_faces: decode large photos whole for the detector, which looks for small faces in them.
            name: of the detector, by which photos remember what they were scanned with.
        """
        self.scan = f"{name}, small faces" if small_faces else name
        """The detector and its settings."""
        self.equivalent_scans = {self.scan, f"{name}, small faces"}
        """Those that detect what this one would."""
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
        """The pipeline of a model.

        Args:
            detector: what finds the faces, as `load_detector` takes it.
            engine: "onnx", or "reference" for the original packages on TensorFlow, which look for small
                faces in any case.
            small_faces: look for small faces in large photos too, for several times as long.
            threads: that one call may use; 1 where there are as many calls at a time as cores.
        Raises:
            ModelMissingError, ModelDamagedError, EngineMissingError.
        """
        if engine == "reference":
            from face_match.vision.reference import ReferenceDetector, reference_embedder

            if detector == MTCNN:
                embedder = reference_embedder(model_id)
                return cls(ReferenceDetector(), embedder, small_faces=True, name=detector)
            finder = load_detector(detector, small_faces=small_faces, threads=threads)
            embedder = reference_embedder(model_id)
            return cls(finder, embedder, small_faces=small_faces, name=detector)
        finder = load_detector(detector, small_faces=small_faces, threads=threads)
        embedder = load_embedder(model_id, threads=threads)
        return cls(finder, embedder, small_faces=small_faces, name=detector)

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    def detect(self, photo: Photo) -> list[Face]:
        """Faces of a photo, the most prominent first; of one that lies on its side or its head, if all do."""
        if self._small_faces and photo.scale > 1:
            faces = self._detector.detect(photo.decode_full())
        else:
            faces = [face.scaled(photo.scale) for face in self._detector.detect(photo.pixels)]
        return faces or self._detect_turned(photo)

    def _detect_turned(self, photo: Photo) -> list[Face]:
        """Faces of a photo that nobody has turned upright, in the photo as it is."""
        height, width = photo.pixels.shape[:2]
        scale = min(1.0, math.sqrt(ROTATED_PIXELS / (width * height)))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        pixels = np.asarray(Image.fromarray(photo.pixels).resize(size, reducing_gap=2.0))
        least = SURE if self._detector.confidence_shows_quality else SURE_OF_OTHERS
        best: list[Face] = []
        for orientation in (6, 8, 3):
            as_turned = np.ascontiguousarray(upright_view(pixels, orientation))
            sure = [face for face in self._detector.detect(as_turned) if face.confidence >= least]
            if sure and (not best or sure[0].confidence > best[0].confidence):
                best = [reorient_face(face, *size, orientation, 1) for face in sure]
        return [face.scaled(photo.width / size[0]) for face in best]

    def face_in_box(self, photo: Photo, box: Box) -> Face:
        """The face in a box that somebody drew in a photo, whatever is in it; its confidence says how sure.

        Raises:
            BoxUnusableError: there is nothing of the photo in it, or too little.
            EngineLacksError: the reference engine cannot.
        """
        drawn = clip_drawn_box(photo, box)
        if photo.scale > 1 and drawn.longer_side < photo.scale * O_NET_PX:
            return self._detector.face_in_box(photo.decode_full(), drawn)
        place = Box(*(value / photo.scale for value in drawn))
        return self._detector.face_in_box(photo.pixels, place).scaled(photo.scale)

    def smallest_face_px(self, photo: Photo) -> float:
        """Longer side of the smallest faces that are looked for in a photo, in its pixels."""
        if self._small_faces:
            return self._detector.smallest_face_px(photo.width, photo.height)
        height, width = photo.pixels.shape[:2]
        return photo.scale * self._detector.smallest_face_px(width, height)

    def embed(self, photo: Photo, faces: Sequence[Face]) -> list[EmbeddedFace]:
        """What is made of faces of a photo, all in one batch."""
        crops = _crops(photo, faces)
        embeddings = self._embedder.embed(crops)
        tells = self._detector.confidence_shows_quality
        return [
            EmbeddedFace(
                face, crop, assess(crop, face, confidence_shows_quality=tells), embedding, self.model_id
            )
            for face, crop, embedding in zip(faces, crops, embeddings, strict=True)
        ]

    def faces(self, photo: Photo) -> list[EmbeddedFace]:
        """Detect and embed."""
        return self.embed(photo, self.detect(photo))

    def faces_in_regions(self, photo: Photo, boxes: Sequence[Box]) -> list[EmbeddedFace]:
        """Faces around places where somebody says that some are, also if too small to be found otherwise.

        Args:
            boxes: where, in pixels of the photo; of more than a hundred the first ones.
        """
        wanted = [
            seen
            for box in boxes[:MAX_REGIONS]
            if (seen := box.clipped_to(photo.width, photo.height)).area >= 1
        ]
        if not wanted:
            return []
        whole = photo.decode_full() if photo.scale > 1 else photo.pixels
        found: list[Face] = []
        for face in (face for box in wanted for face in self._near(whole, box)):
            if all(face.box.overlap(other.box) < SAME_FACE_OVERLAP for other in found):
                found.append(face)
        return self.embed(photo, found)

    def _near(self, whole: Pixels, box: Box) -> list[Face]:
        """Faces in a box and as much again on each side of it, scaled so that one of its size is seen."""
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
        """The embedding of a kept crop: float32, shape (dimensions,), unit L2 norm."""
        embedding: Embedding = self._embedder.embed([crop])[0]
        return embedding

    def embed_main_face(self, photo: Photo) -> Embedding:
        """The embedding of a photo's most prominent face.

        For samples that were kept as whole photos.

        Raises:
            NoFaceError.
        """
        faces = self.detect(photo)
        if not faces:
            raise NoFaceError(photo.name)
        return self.embed(photo, faces[:1])[0].embedding


def _crops(photo: Photo, faces: Sequence[Face]) -> list[Crop]:
    """Cut from the smaller copy where that has all the detail that a crop keeps, else from the photo."""
    if any(face.box.longer_side / photo.scale < MAX_FACE_PX for face in faces) and photo.scale > 1:
        whole = photo.decode_full()
        return [rotate_upright(extract_crop(whole, face)) for face in faces]
    return [rotate_upright(extract_crop(photo.pixels, face.scaled(1 / photo.scale))) for face in faces]
