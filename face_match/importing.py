"""A folder of photos into the gallery, through all three wings, on all cores.

Each sub-folder is a person, by its name; photos deeper down are of the same person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from face_match.batch import in_parallel
from face_match.decision.threshold import is_match
from face_match.errors import (
    AlreadyAddedError,
    CancelledError,
    FaceMatchError,
    GalleryError,
    NoFaceError,
    SeveralFacesError,
)
from face_match.gallery.gallery import Gallery
from face_match.gallery.vector_tables import comparable
from face_match.photo_folders import Walk
from face_match.types import (
    EmbeddedFace,
    IsCancelled,
    OnProgress,
    Vector,
    never_cancelled,
    no_progress,
)
from face_match.vision.images import load_photo
from face_match.vision.pipeline import FacePipeline


class PhotoOfPerson(NamedTuple):
    """A file, and the name of whose photo it is."""

    path: Path
    name: str


class FacesOfPhoto(NamedTuple):
    """What was found in it; None where the gallery has it already."""

    digest: str
    faces: list[EmbeddedFace] | None


_Found = tuple[PhotoOfPerson, FacesOfPhoto | FaceMatchError]


@dataclass
class Imported:
    """What came of an import, or would, where it was only tried.

    Attributes:
        photos: how many there are.
        added, known: how many were added, and how many the gallery had already.
        failed: those with no face to add, or more than one that it could be, or that cannot be read.
        left: photos that nothing came of, as it ended before.
        stopped_by: why it ended before the last photo, if it did.
    """

    photos: int
    added: int = 0
    known: int = 0
    people: set[str] = field(default_factory=set)
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    left: int = 0
    stopped_by: FaceMatchError | None = None


def photos_by_person(folder: Path, walk: Walk | None = None) -> list[PhotoOfPerson]:
    """The photos of each sub-folder, person by person; raises CancelledError."""
    people = (walk or Walk()).by_folder(folder)
    return [PhotoOfPerson(photo, person.name) for person, photos in people for photo in photos]


def import_people(
    photos: Sequence[PhotoOfPerson],
    gallery: Gallery,
    pipeline: FacePipeline,
    threshold: float,
    *,
    is_only_tried: bool = False,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Imported:
    """Add the face of each photo to the person whose photo it is; what is done is kept as it is done.

    Of several faces in a photo it is the one that is most like the person's other samples, if that one
    matches; all photos of one face come first.

    Args:
        threshold: the similarity from which it does.
    """
    result = Imported(len(photos))

    def read(photo: PhotoOfPerson) -> FacesOfPhoto | FaceMatchError:
        try:
            decoded = load_photo(photo.path)
            if gallery.has_photo(photo.name, decoded.digest):
                return FacesOfPhoto(decoded.digest, None)
            return FacesOfPhoto(decoded.digest, pipeline.faces(decoded))
        except FaceMatchError as exc:
            return exc

    try:
        with closing(in_parallel(read, photos, is_cancelled)) as pairs:
            for name, found in groupby(
                _watched(pairs, len(photos), on_progress), key=lambda pair: pair[0].name
            ):
                person = _OnePerson(name, gallery, pipeline.model_id, result, is_only_tried)
                person.add_all(found, threshold)
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
        result.left = len(photos) - result.added - result.known - len(result.failed)
    on_progress(len(photos), len(photos))
    return result


def _watched(pairs: Iterable[_Found], total: int, on_progress: OnProgress) -> Iterator[_Found]:
    for done, pair in enumerate(pairs):
        on_progress(done, total)
        yield pair


class _OnePerson:
    """Takes faces of one person."""

    def __init__(
        self, name: str, gallery: Gallery, model_id: str, result: Imported, is_only_tried: bool
    ) -> None:
        self._name = name
        self._gallery = gallery
        self._result = result
        self._is_only_tried = is_only_tried
        person = gallery.find(name)
        samples = gallery.samples_of(person) if person is not None else []
        self._vectors: list[Vector] = [s.vectors[model_id] for s in comparable(samples, model_id)]

    def add_all(self, found: Iterable[_Found], threshold: float) -> None:
        """From each photo the person's face; those with several faces wait for the others."""
        with_several = []
        for photo, faces in found:
            if isinstance(faces, FaceMatchError):
                self._result.failed.append((photo.path, faces))
            elif faces.faces is None:
                self._result.known += 1
            elif len(faces.faces) == 1:
                self.add(photo.path, faces.digest, faces.faces[0])
            elif faces.faces:
                with_several.append((photo.path, faces.digest, faces.faces))
            else:
                self._result.failed.append((photo.path, NoFaceError(photo.path.name)))
        for path, digest, several in with_several:
            face = self.own(several, threshold)
            if face is not None:
                self.add(path, digest, face)
            else:
                boxes = [face.face.box for face in several]
                self._result.failed.append((path, SeveralFacesError(path.name, boxes, person=self._name)))

    def add(self, path: Path, digest: str, face: EmbeddedFace) -> None:
        try:
            if not self._is_only_tried:
                vectors = {face.model_id: face.vector}
                self._gallery.add(self._name, face.crop, vectors, digest, face.face.box)
        except AlreadyAddedError:  # the same file twice in the folder
            self._result.known += 1
        except GalleryError:
            raise
        except FaceMatchError as exc:
            self._result.failed.append((path, exc))
        else:
            self._vectors.append(face.vector)
            self._result.added += 1
            self._result.people.add(self._name)

    def own(self, faces: Sequence[EmbeddedFace], threshold: float) -> EmbeddedFace | None:
        """The face that is the person's, if one matches what there is of them."""
        if not self._vectors:
            return None
        similarities = (np.stack([face.vector for face in faces]) @ np.stack(self._vectors).T).max(axis=1)
        best = int(similarities.argmax())
        return faces[best] if is_match(float(similarities[best]), threshold) else None
