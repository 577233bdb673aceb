"""Near-duplicates: faces of a person in nearly the same picture, such as a photo and its smaller copy."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.errors import CancelledError, ImageUnreadableError
from face_match.core.likeness import AT_ONCE, highest_to_others
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.core.types import Embeddings, Landmarks, Pixels
from face_match.gallery.records.faces import comparable

NEAR_DUPLICATE = 0.98
"""Above this cosine similarity two faces may be near-duplicates. Under the built-in model that holds for
nearly all copies, but also for 2.2 % of a person's pairs in news photos (lfw10), and for 49 % in one sitting
(orl20)."""
SAME_PICTURE = 0.95
"""Above this correlation of their pixels they are: `python -m benchmarks.near_duplicates`. On people on whom
it was not chosen it finds 84 % of 2,486 changed copies, and takes 28 of 343 other pairs above
`NEAR_DUPLICATE` for copies: 14 of one sitting (orl20), 7 of cfp200 and 7 of london102."""

PICTURE_PX, SAMPLES = 24, 4
"""Pictures are compared in this size, of so many samples a pixel and axis: details that a copy loses do not
count."""
HALF_SIDE = 1.7
"""Half the side of the part that is compared, in root mean square distances of the landmarks from their
mean: from the eyebrows to the chin. Landmarks are found again in a copy more exactly than boxes."""
CROPS_AT_ONCE, THREADS = 256, 4

Pictures = npt.NDArray[np.float32]
"""Grey pictures of zero mean and unit L2 norm, shape (n, PICTURE_PX²); zero where a crop cannot be read."""


class NearDuplicate(NamedTuple):
    """A face that is nearly the same as a larger or older one of its person, in nearly the same picture."""

    face: FaceRecord
    of: FaceRecord
    similarity: float


def near_duplicates(
    faces: Sequence[FaceRecord],
    model_id: str,
    pixels_of: Callable[[FaceRecord], Pixels],
    is_cancelled: IsCancelled = never_cancelled,
) -> list[NearDuplicate]:
    """The faces of a person that near-duplicate another one, in the order of the faces.

    Of similar faces the largest one is kept; of equally large ones the first.

    Args:
        pixels_of: reads a crop; called for similar faces alone, in several threads.
    Raises:
        CancelledError.
    """
    compared = sorted(comparable(faces, model_id), key=_area, reverse=True)
    if not compared:
        return []
    embeddings = np.stack([face.embeddings[model_id] for face in compared])
    similar = np.flatnonzero(highest_to_others(embeddings, is_cancelled) > NEAR_DUPLICATE).tolist()
    compared, embeddings = [compared[row] for row in similar], embeddings[similar]
    pictures = _pictures(compared, pixels_of, is_cancelled)
    found = {near.face.id: near for near in _near_duplicates(compared, embeddings, pictures, is_cancelled)}
    return [found[face.id] for face in faces if face.id in found]


def picture_of(pixels: Pixels, landmarks: Landmarks | None) -> Pictures:
    """The face as a grey picture, shape (PICTURE_PX²,); of a crop without landmarks, all of it."""
    height, width = pixels.shape[:2]
    x, y, half_x, half_y = width / 2, height / 2, width / 2, height / 2
    if landmarks is not None:
        points = np.asarray(landmarks, np.float64)
        x, y = points.mean(axis=0)
        half_x = half_y = HALF_SIDE * math.sqrt(((points - (x, y)) ** 2).sum(axis=1).mean())
    steps = np.linspace(-1, 1, PICTURE_PX * SAMPLES)
    columns, rows = x + half_x * steps, y + half_y * steps  # beyond the crop, its edge goes on
    columns, rows = np.clip(columns, 0, width - 1).astype(int), np.clip(rows, 0, height - 1).astype(int)
    grey = pixels[np.ix_(rows, columns)].mean(axis=2, dtype=np.float32)
    picture = grey.reshape(PICTURE_PX, SAMPLES, PICTURE_PX, SAMPLES).mean(axis=(1, 3)).ravel()
    picture = picture - picture.mean()
    return np.asarray(picture / max(float(np.linalg.norm(picture)), 1e-6), np.float32)


def _pictures(
    faces: Sequence[FaceRecord], pixels_of: Callable[[FaceRecord], Pixels], is_cancelled: IsCancelled
) -> Pictures:
    """The pictures of faces, shape (n, PICTURE_PX²)."""
    nothing = np.zeros(PICTURE_PX**2, np.float32)

    def read(face: FaceRecord) -> Pictures:
        try:
            return picture_of(pixels_of(face), face.landmarks)
        except ImageUnreadableError:
            return nothing

    pictures = np.zeros((len(faces), PICTURE_PX**2), np.float32)
    with ThreadPoolExecutor(THREADS) as pool:
        for start in range(0, len(faces), CROPS_AT_ONCE):
            if is_cancelled():
                raise CancelledError
            some = faces[start : start + CROPS_AT_ONCE]
            for row, picture in enumerate(pool.map(read, some), start):
                pictures[row] = picture
    return pictures


def _near_duplicates(
    faces: Sequence[FaceRecord], embeddings: Embeddings, pictures: Pictures, is_cancelled: IsCancelled
) -> Iterator[NearDuplicate]:
    """The faces that are near-duplicates of an earlier face that is kept."""
    is_kept = np.zeros(len(faces), bool)
    rows_at_once = max(1, AT_ONCE // max(1, len(faces)))
    for start in range(0, len(faces), rows_at_once):
        if is_cancelled():
            raise CancelledError
        end = min(start + rows_at_once, len(faces))
        similarities = embeddings[start:end] @ embeddings[:end].T
        similarities[pictures[start:end] @ pictures[:end].T <= SAME_PICTURE] = -1.0
        for row in range(start, end):
            to_kept = np.where(is_kept[:row], similarities[row - start, :row], -1.0)
            nearest = int(to_kept.argmax()) if row else 0
            if row and to_kept[nearest] > NEAR_DUPLICATE:
                yield NearDuplicate(faces[row], faces[nearest], min(1.0, float(to_kept[nearest])))
            else:
                is_kept[row] = True


def _area(face: FaceRecord) -> float:
    """The face's area in pixels of the crop; 0 for faces of the original demo."""
    return face.box.width * face.box.height if face.box is not None else 0.0
