"""Import people from a folder of photos: each sub-folder is a person, named after it; photos in its own
sub-folders are of the same person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from face_match.core.errors import (
    ClusterError,
    FaceMatchError,
    GalleryError,
    NoFaceError,
    SeveralFacesError,
    without_frames,
)
from face_match.core.photo_folders import PhotoWalk, folder_name
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import Source
from face_match.core.skipped_names import SkippedNames
from face_match.core.types import EmbeddedFace, Embedding, PhotoInfo
from face_match.decision.threshold import is_match
from face_match.gallery.gallery import Gallery, ImportOutcome, NewFace
from face_match.gallery.records.faces import comparable
from face_match.gallery.records.history import Step
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import BatchResult, crop_bytes, run_batch
from face_match.workflows.photo_reading import LocalReader, PhotoReader


class PhotoOfPerson(NamedTuple):
    """A photo's path, and the name of the person whose folder it is in."""

    path: Path
    name: str

    @property
    def place(self) -> str:
        """The path from the person's folder on, such as “Ann/1.jpg”: two people may both have a “1.jpg”."""
        folders = self.path.parents
        own = next((folder for folder in folders if folder_name(folder) == self.name), self.path.parent)
        below = self.path.relative_to(own).parts
        return "/".join([folder_name(own), *below])


class DetectedFaces(NamedTuple):
    """The faces detected in a photo; None where the person has a face in it already."""

    photo: PhotoInfo
    faces: Sequence[EmbeddedFace] | None


@dataclass
class ImportResult(BatchResult):
    """The result of an import, or of a dry run of one.

    Attributes:
        photos: the number of photos.
        added, known: the numbers of faces named, and of faces that had the name before.
        conflicts: the number of faces to which the user has given another name, or none.
        people: the names of the people who got a face.
        without_place: names of people whose place in the photo no file says, with the number of photos.
        failed: photos without a face to name, with several candidates, or unreadable, with the error.
        skipped: what the files of other programs have and was not used.
        left: the number of photos not imported because the import ended early.
    """

    photos: int
    added: int = 0
    known: int = 0
    conflicts: int = 0
    people: set[str] = field(default_factory=set)
    without_place: Counter[str] = field(default_factory=Counter)
    skipped: list[SkippedNames] = field(default_factory=list)
    left: int = 0

    @property
    def decided(self) -> int:
        """The number of faces that the import has named, or found named."""
        return self.added + self.known + self.conflicts


class NameImporter:
    """Gives faces the names of an import, as one step of the history. Its methods raise GalleryError."""

    def __init__(self, gallery: Gallery, source: Source, result: ImportResult) -> None:
        self._gallery = gallery
        self._source = source
        self._result = result

    @cached_property
    def _step(self) -> Step:
        return self._gallery.begin_step("imported faces", back_up_first=True)

    @cached_property
    def _with_conflicts(self) -> set[Path]:
        return {Path(one.path) for one in self._gallery.conflicts() if one.source is self._source}

    def drop_stale_conflicts(self, path: Path, names: Collection[str]) -> None:
        """Drop the conflicts of a photo over names that its folder or metadata no longer gives; `names` are
        those that it gives now."""
        if path in self._with_conflicts:
            self._gallery.drop_stale_conflicts(self._source, path, names)

    def hint(self, path: Path, names: Sequence[str], photo: PhotoInfo) -> None:
        """Record who is in a photo according to files that do not say where."""
        self._gallery.import_hints(photo, path, names, self._step)

    def record_faces(self, path: Path, faces: Sequence[NewFace], photo: PhotoInfo, scan: str) -> None:
        """Record the faces of a photo that was not scanned before, as a scan does."""
        self._gallery.record_photo(photo, path, scan=scan, faces=faces)

    def name(self, path: Path, name: str, photo: PhotoInfo, face: NewFace) -> ImportOutcome | None:
        """Name a face; returns None, and notes the error, where the name or the face is refused."""
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
            result.failed.append((path, without_frames(exc)))
            return None
        result.added += outcome is ImportOutcome.ADDED
        result.known += outcome is ImportOutcome.KNOWN
        result.conflicts += outcome is ImportOutcome.CONFLICT
        person = self._gallery.find(name) if outcome is ImportOutcome.ADDED else None
        if person is not None:
            result.people.add(person.name)
        return outcome


def photos_by_person(folder: Path, walk: PhotoWalk | None = None) -> list[PhotoOfPerson]:
    """The photos of each sub-folder, person by person. Raises CancelledError."""
    people = (walk or PhotoWalk()).photos_by_folder(folder)
    return [PhotoOfPerson(photo, folder_name(person)) for person, photos in people for photo in photos]


def import_people(
    photos: Sequence[PhotoOfPerson],
    gallery: Gallery,
    pipeline: FacePipeline,
    threshold: float,
    *,
    reader: PhotoReader | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportResult:
    """Name the face of each photo after the person in whose folder it is. Each name is stored at once.

    In a photo with several faces, the face most similar to the person's other faces is named, if it matches;
    such photos are imported after the person's other photos. A name given by the user stays.

    Args:
        photos: person by person.
        threshold: the lowest similarity of a match.
        reader: reads the photos with an equal pipeline; by default, in this process.
    """
    reader = LocalReader(pipeline) if reader is None else reader
    result = ImportResult(len(photos))
    importer = NameImporter(gallery, Source.FOLDER, result)
    detect = partial(_detected, gallery=gallery if gallery.has_photos() else None, reader=reader)
    last_photo = {photo.name: photo for photo in photos}
    people: dict[str, _PersonImport] = {}

    def handle(photo: PhotoOfPerson, detected: DetectedFaces | FaceMatchError) -> None:
        if isinstance(detected, ClusterError):
            raise detected
        name = photo.name
        if name not in people:
            people[name] = _PersonImport(name, gallery, pipeline.model_id, result, importer)
        people[name].add_photo(photo.path, detected)
        if photo == last_photo[name]:
            people.pop(name).add_photos_with_several_faces(threshold)

    result.stopped_by = run_batch(
        photos,
        detect,
        handle,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        in_order=True,
        bytes_of=lambda detected: crop_bytes(detected.faces),
        at_once=reader.at_once,
    )
    if result.stopped_by is not None:
        result.left = max(0, len(photos) - result.decided - len(result.failed))
    return result


def _detected(photo: PhotoOfPerson, *, gallery: Gallery | None, reader: PhotoReader) -> DetectedFaces:
    """The faces of a photo, turned as in the gallery; None for one that has no photos."""
    if gallery is None:
        return DetectedFaces(*reader.find_faces(photo.path, None))
    file = reader.identify(photo.path)
    if _has_face(gallery, photo.name, file):
        return DetectedFaces(file, None)
    record = gallery.photo_of(file)
    return DetectedFaces(*reader.find_faces(photo.path, None if record is None else record.turn))


def _has_face(gallery: Gallery, name: str, photo: PhotoInfo) -> bool:
    """Whether a person of that name has a face in a photo."""
    person, record = gallery.find(name), gallery.photo_of(photo)
    if person is None or record is None:
        return False
    return any(face.person == person.folder for face in gallery.faces_in(record))


class _PersonImport:
    """Imports the faces of one person."""

    def __init__(
        self, name: str, gallery: Gallery, model_id: str, result: ImportResult, importer: NameImporter
    ) -> None:
        self._name = name
        self._result = result
        self._importer = importer
        self._gallery = gallery
        person = gallery.find(name)
        faces = gallery.faces_of(person) if person is not None else []
        self._embeddings: list[Embedding] = [
            face.embeddings[model_id] for face in comparable(faces, model_id)
        ]
        self._contested: list[Embedding] = []
        """Embeddings of faces to which the user has given another name, or none."""
        self._with_several: list[tuple[Path, PhotoInfo, Sequence[EmbeddedFace]]] = []

    def add_photo(self, path: Path, detected: DetectedFaces | FaceMatchError) -> None:
        """Name the only face of a photo; a photo with several faces is set aside."""
        self._importer.drop_stale_conflicts(path, [self._name])
        if isinstance(detected, FaceMatchError):
            self._result.failed.append((path, detected))
        elif detected.faces is None:
            self._result.known += 1
        elif len(detected.faces) == 1:
            self._add(path, detected.photo, detected.faces[0])
        elif detected.faces:
            self._with_several.append((path, detected.photo, detected.faces))
        else:
            self._result.failed.append((path, NoFaceError(path.name)))

    def add_photos_with_several_faces(self, threshold: float) -> None:
        """Name the matching face of each photo that was set aside."""
        for path, photo, faces in self._with_several:
            face = self._matching_face(photo, faces, threshold)
            if face is not None:
                self._add(path, photo, face)
            else:
                boxes = [face.face.box for face in faces]
                self._result.failed.append((path, SeveralFacesError(path.name, boxes, person=self._name)))

    def _add(self, path: Path, photo: PhotoInfo, face: EmbeddedFace) -> None:
        outcome = self._importer.name(path, self._name, photo, NewFace.of(face))
        if outcome is not None:
            is_theirs = outcome is ImportOutcome.ADDED or _has_face(self._gallery, self._name, photo)
            (self._embeddings if is_theirs else self._contested).append(face.embedding)

    def _matching_face(
        self, photo: PhotoInfo, faces: Sequence[EmbeddedFace], threshold: float
    ) -> EmbeddedFace | None:
        """The face most similar to the person's faces, if it matches.

        If the person has contested faces only, the user must have decided on that face too: the name then
        goes to no other face.
        """
        embeddings = self._embeddings or self._contested
        if not embeddings:
            return None
        similarities = (np.stack([face.embedding for face in faces]) @ np.stack(embeddings).T).max(axis=1)
        best = int(similarities.argmax())
        # the folder names the person, so nobody is a rival and one similar face is enough: no score
        if not is_match(float(similarities[best]), threshold):
            return None
        return faces[best] if self._embeddings or self._is_decided(photo, faces[best]) else None

    def _is_decided(self, photo: PhotoInfo, face: EmbeddedFace) -> bool:
        """Whether the user has named the face, or taken its name away."""
        known = self._gallery.faces_in_file(photo)
        return any(one.is_at(face.face.box) and (one.person or one.is_unnamed) for one in known)
