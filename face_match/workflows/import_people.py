"""People from a folder of photos: each sub-folder is a person, by its name; photos deeper down are of the
same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryError,
    NoFaceError,
    SeveralFacesError,
)
from face_match.core.photo_folders import PhotoWalk, folder_name
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import Source
from face_match.core.types import EmbeddedFace, Embedding, PhotoFileInfo, PhotoInfo
from face_match.decision.threshold import is_match
from face_match.gallery.gallery import Gallery, ImportOutcome, NewFace
from face_match.gallery.search.embedding_tables import comparable
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import in_parallel


class PhotoOfPerson(NamedTuple):
    """A file, and the name of whose photo it is."""

    path: Path
    name: str

    @property
    def place(self) -> str:
        """The file with its folders from the person's on: two people may both have a “1.jpg”."""
        folders = self.path.parents
        whose = next((folder for folder in folders if folder_name(folder) == self.name), self.path.parent)
        below = self.path.relative_to(whose).parts
        return "/".join([folder_name(whose), *below])


class DetectedFaces(NamedTuple):
    """What was detected in a photo; None where the person has a face in it already."""

    photo: PhotoInfo
    faces: list[EmbeddedFace] | None


_Found = tuple[PhotoOfPerson, DetectedFaces | FaceMatchError]


@dataclass
class ImportResult:
    """What came of an import, or would, where it was only tried.

    Attributes:
        photos: how many there are.
        added, known: how many faces were named, and how many had their name already.
        conflicts: how many have another name, or none, because a person has said so.
        failed: those with no face to name, or more than one that it could be, or that cannot be read.
        left: photos that nothing came of, as it ended before.
        stopped_by: why it ended before the last photo, if it did.
    """

    photos: int
    added: int = 0
    known: int = 0
    conflicts: int = 0
    people: set[str] = field(default_factory=set)
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    left: int = 0
    stopped_by: FaceMatchError | None = None


class NameImporter:
    """Gives faces the names of an import, as one step of the history."""

    def __init__(self, gallery: Gallery, source: Source, result: ImportResult) -> None:
        self._gallery = gallery
        self._source = source
        self._result = result
        self._step = gallery.begin_step("imported faces", back_up_first=True)
        self._contested = {Path(one.path) for one in gallery.conflicts() if one.source is source}

    def forget_stale_conflicts(self, path: Path, names: Collection[str]) -> None:
        """All names that a file says now; conflicts of others that it said are none any more. Raises
        GalleryError."""
        if path in self._contested:
            self._gallery.drop_stale_conflicts(self._source, path, names)

    def name(self, path: Path, name: str, photo: PhotoInfo, face: NewFace) -> ImportOutcome | None:
        """Name one; None where that has failed. Raises GalleryError."""
        result = self._result
        try:
            outcome = self._gallery.import_name(
                name,
                face,
                photo,
                path,
                source=self._source,
                step=self._step,
                added=result.added,
            )
        except GalleryError:
            raise
        except FaceMatchError as exc:
            result.failed.append((path, exc))
            return None
        result.added += outcome is ImportOutcome.ADDED
        result.known += outcome is ImportOutcome.KNOWN
        result.conflicts += outcome is ImportOutcome.CONFLICT
        person = self._gallery.find(name) if outcome is ImportOutcome.ADDED else None
        if person is not None:
            result.people.add(person.name)
        return outcome


def photos_by_person(folder: Path, walk: PhotoWalk | None = None) -> list[PhotoOfPerson]:
    """The photos of each sub-folder, person by person; raises CancelledError."""
    people = (walk or PhotoWalk()).photos_by_folder(folder)
    return [PhotoOfPerson(photo, folder_name(person)) for person, photos in people for photo in photos]


def import_people(
    photos: Sequence[PhotoOfPerson],
    gallery: Gallery,
    pipeline: FacePipeline,
    threshold: float,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportResult:
    """Name the face of each photo after the person whose photo it is; what is done is kept as it is done.

    Of several faces in a photo it is the one that is most like the person's other faces, if that one
    matches; all photos of one face come first. Whom a person has named otherwise stays that.

    Args:
        threshold: the similarity from which it does.
    """
    result = ImportResult(len(photos))

    def read(photo: PhotoOfPerson) -> DetectedFaces | FaceMatchError:
        try:
            decoded = load_photo(photo.path)
            if _has_face(gallery, photo.name, decoded):
                return DetectedFaces(PhotoFileInfo.from_photo(decoded), None)
            return DetectedFaces(PhotoFileInfo.from_photo(decoded), pipeline.faces(decoded))
        except FaceMatchError as exc:
            return exc

    try:
        naming = NameImporter(gallery, Source.FOLDER, result)
        with closing(in_parallel(read, photos, is_cancelled)) as pairs:
            for name, found in groupby(
                _watched(pairs, len(photos), on_progress), key=lambda pair: pair[0].name
            ):
                _PersonImport(name, gallery, pipeline.model_id, result, naming).add_all(found, threshold)
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
        done = result.added + result.known + result.conflicts + len(result.failed)
        result.left = max(0, len(photos) - done)
    on_progress(len(photos), len(photos))
    return result


def _has_face(gallery: Gallery, name: str, photo: PhotoInfo) -> bool:
    """Whether the person of a name, if there is one, has a face in a photo."""
    person, record = gallery.find(name), gallery.photo_of(photo)
    if person is None or record is None:
        return False
    return any(face.person == person.folder for face in gallery.faces_in(record))


def _watched(pairs: Iterable[_Found], total: int, on_progress: OnProgress) -> Iterator[_Found]:
    for done, pair in enumerate(pairs):
        on_progress(done, total)
        yield pair


class _PersonImport:
    """Takes faces of one person."""

    def __init__(
        self, name: str, gallery: Gallery, model_id: str, result: ImportResult, naming: NameImporter
    ) -> None:
        self._name = name
        self._result = result
        self._naming = naming
        self._gallery = gallery
        person = gallery.find(name)
        faces = gallery.faces_of(person) if person is not None else []
        self._embeddings: list[Embedding] = [
            face.embeddings[model_id] for face in comparable(faces, model_id)
        ]
        self._contested: list[
            Embedding
        ] = []  # of faces that the folder says are the person's, and a person not

    def add_all(self, found: Iterable[_Found], threshold: float) -> None:
        """From each photo the person's face; those with several faces come after the others."""
        with_several = []
        for photo, faces in found:
            self._naming.forget_stale_conflicts(photo.path, [photo.name])
            if isinstance(faces, FaceMatchError):
                self._result.failed.append((photo.path, faces))
            elif faces.faces is None:
                self._result.known += 1
            elif len(faces.faces) == 1:
                self.add(photo.path, faces.photo, faces.faces[0])
            elif faces.faces:
                with_several.append((photo.path, faces.photo, faces.faces))
            else:
                self._result.failed.append((photo.path, NoFaceError(photo.path.name)))
        for path, decoded, several in with_several:
            face = self.own(decoded, several, threshold)
            if face is not None:
                self.add(path, decoded, face)
            else:
                boxes = [face.face.box for face in several]
                self._result.failed.append((path, SeveralFacesError(path.name, boxes, person=self._name)))

    def add(self, path: Path, photo: PhotoInfo, face: EmbeddedFace) -> None:
        """A face is the person's, as far as the folder says."""
        outcome = self._naming.name(path, self._name, photo, NewFace.of(face))
        if outcome is not None:
            is_theirs = outcome is ImportOutcome.ADDED or _has_face(self._gallery, self._name, photo)
            (self._embeddings if is_theirs else self._contested).append(face.embedding)

    def own(self, photo: PhotoInfo, faces: Sequence[EmbeddedFace], threshold: float) -> EmbeddedFace | None:
        """The face that is the person's, if one matches what there is of them.

        Where that is contested alone, it is one that a person has decided on too: no other gets the name.
        """
        embeddings = self._embeddings or self._contested
        if not embeddings:
            return None
        similarities = (np.stack([face.embedding for face in faces]) @ np.stack(embeddings).T).max(axis=1)
        best = int(similarities.argmax())
        if not is_match(float(similarities[best]), threshold):
            return None
        return faces[best] if self._embeddings or self._is_settled(photo, faces[best]) else None

    def _is_settled(self, photo: PhotoInfo, face: EmbeddedFace) -> bool:
        known = self._gallery.faces_in_file(photo)
        return any(one.is_at(face.face.box) and (one.person or one.is_unnamed) for one in known)
