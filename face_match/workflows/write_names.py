"""Write the names of faces into the sidecars of their photos, or into the photos, for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import remove_leftovers
from face_match.core.dates import modified_ns
from face_match.core.errors import FaceMatchError, PhotoNotRewrittenError, PhotoWriteError, without_frames
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.translation import marked
from face_match.core.types import Photo, PhotoFileInfo
from face_match.gallery.gallery import Gallery
from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.photo_writer import write_photo
from face_match.metadata.region_edits import FacePlace, Outcomes, combined
from face_match.metadata.sidecar_files import SidecarFiles
from face_match.metadata.sidecar_writer import write_sidecar
from face_match.metadata.written_forms import DEFAULT_FORMS, Form
from face_match.metadata.xmp_names import Image
from face_match.vision.photo_loading import identify_photo, load_photo
from face_match.workflows.batch import BatchResult, run_batch
from face_match.workflows.former_names import FormerNames


@dataclass
class WriteResult(BatchResult):
    """The result of writing names.

    Attributes:
        photos: the number of photos with named faces.
        names, known: the numbers of names written, and of names that the files had already.
        removed: the number of names removed because the user said that the face is someone else.
        unplaced: the number of faces without a known place in the photo (records before version 2).
        rewritten: the photos that were rewritten.
        not_rewritten: photos whose names went into a sidecar instead, with the reason.
        newer: photos with metadata of different dates in the photo and in its sidecar, with the newer file.
        failed: unreadable photos, and files that cannot be read or written, with the error.
        left: the number of photos not written because the work ended early.
    """

    photos: int = 0
    names: int = 0
    known: int = 0
    removed: int = 0
    unplaced: int = 0
    rewritten: list[Path] = field(default_factory=list)
    not_rewritten: list[tuple[Path, PhotoNotRewrittenError]] = field(default_factory=list)
    newer: list[tuple[Path, Path]] = field(default_factory=list)
    left: int = 0


class _Collected(NamedTuple):
    """The names to write for one photo; `unplaced` is the number of named faces without a known place."""

    names: PhotoNames
    unplaced: int
    digest: str


def write_names(
    photos: Sequence[Path],
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    *,
    forms: Collection[Form] = DEFAULT_FORMS,
    into_files: bool = False,
) -> WriteResult:
    """Write the names of named faces into the sidecars of their photos.

    Args:
        forms: the forms in which names are written; existing ones of other forms are brought up to date.
        into_files: write into the photos, and into sidecars that exist. Photos of kinds that are not
            rewritten get a sidecar.
    """
    writer = _Writer(gallery, into_files=into_files)
    result, former = writer.result, FormerNames(gallery)
    done = 0

    def collect(path: Path) -> _Collected:
        photo = load_photo(path)
        places, without_place = _places(gallery, photo, former)
        image = Image(photo.width, photo.height, photo.orientation)
        names = PhotoNames(places, image, forms, without_place)
        return _Collected(names, len(without_place), photo.digest)

    def handle(path: Path, found: _Collected | FaceMatchError) -> None:
        nonlocal done
        done += 1
        if isinstance(found, FaceMatchError):
            result.failed.append((path, found))
            return
        result.unplaced += found.unplaced
        writer.write(path, found.names, found.digest)

    result.stopped_by = run_batch(
        photos, collect, handle, on_progress=on_progress, is_cancelled=is_cancelled, in_order=True
    )
    result.left = len(photos) - done
    return result


def _places(gallery: Gallery, photo: Photo, former: FormerNames) -> tuple[list[FacePlace], list[str]]:
    """The places of faces that have, or lost, a name; and the names of faces without a known place."""
    places, without_place = list[FacePlace](), list[str]()
    faces = gallery.faces_in_file(photo)
    for face in faces:
        person = gallery.person_by_folder(face.person)
        former_names = former.of(face.id, face.person)
        if face.place is None:
            without_place += [person.name] if person is not None else []
        elif person is not None:
            places.append(FacePlace(face.place, person.name, None, former_names))
        elif face.is_unnamed:
            places.append(FacePlace(face.place, None, None, former_names))
        elif face.rejections or former_names:
            not_names = (*(r.name for r in face.rejections), *former_names)
            places.append(FacePlace(face.place, None, not_names, former_names))
    for gone in former.gone_from(photo, gallery.photo_of(photo), {face.id for face in faces}):
        places.append(FacePlace(gone.place, None, gone.names, gone.names))
    return places, without_place


class _Writer:
    """Writes the names of photos, one after the other, and keeps count.

    Attributes:
        result: what was done so far.
    """

    def __init__(self, gallery: Gallery, *, into_files: bool) -> None:
        self.result = WriteResult()
        self._gallery = gallery
        self._into_files = into_files
        self._files = SidecarFiles()
        self._cleaned: set[Path] = set()

    def write(self, path: Path, names: PhotoNames, digest: str) -> None:
        """Write the names of one photo."""
        has_names = any(face.name is not None for face in names.faces)
        has_lists = bool(names.without_place) and {Form.PERSONS, Form.KEYWORDS} & {*names.forms}
        if not names.faces and not has_lists:
            return
        self._remove_leftovers(path.parent)
        self.result.photos += has_names or bool(has_lists)
        done = list[Outcomes]()
        needs_sidecar = not self._into_files
        if self._into_files:
            needs_sidecar = not self._write_photo(path, names, digest, done)
        find = self._files.to_write if needs_sidecar else self._files.existing_to_write
        for sidecar in find(path):
            try:
                done.append(write_sidecar(sidecar, names))
            except FaceMatchError as exc:
                self.result.failed.append((path, without_frames(exc)))
        counts = Counter(combined(done).values())
        self.result.names += counts["added"] + counts["renamed"]
        self.result.removed += counts["removed"]
        self.result.known += counts["kept"]

    def _write_photo(self, path: Path, names: PhotoNames, digest: str, done: list[Outcomes]) -> bool:
        """Write into a photo; return False if the names belong into a sidecar instead."""
        checked: list[PhotoFileInfo] = []

        def check(new: Path) -> None:
            checked.append(identify_photo(new))
            if checked[-1].digest != digest:
                raise PhotoWriteError(path.name, marked("another program has changed it meanwhile"))

        try:
            written = write_photo(path, names, check, self._files.existing_to_write(path))
        except PhotoNotRewrittenError as exc:
            self.result.not_rewritten.append((path, without_frames(exc)))
            return False
        except FaceMatchError as exc:
            self.result.failed.append((path, without_frames(exc)))
            return True
        done.append(written.outcomes)
        if written.newer is not None:
            self.result.newer.append((path, written.newer))
        if written.is_rewritten:
            self.result.rewritten.append(path)
            self._refresh_record(path, checked[-1])
        return True

    def _refresh_record(self, path: Path, file: PhotoFileInfo) -> None:
        """Let the gallery know the new file, so that the next import need not read it."""
        record = self._gallery.photo_by_digest(file.digest, file.file_digest)
        if record is None or record.path != str(path.absolute()) or not self._gallery.is_writable:
            return
        self._gallery.record_photo(file._replace(modified_ns=modified_ns(path.stat())), path)

    def _remove_leftovers(self, folder: Path) -> None:
        """Delete the temporary files of a run that was killed; once for each folder."""
        if folder not in self._cleaned:
            self._cleaned.add(folder)
            remove_leftovers(folder)
