"""What carries people in and out: archives, folders of photos, and names beside photos.

An import of names keeps what it has done when it is stopped; all of it is one step of the history, and the
records from before are kept as a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import FaceMatchError
from face_match.core.number_text import plural
from face_match.core.photo_folders import PhotoWalk
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.state.gallery_edits import IMPORTING
from face_match.gui.state.maintenance import Keeping
from face_match.gui.state.skipped_photos import SkippedPhotos

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.export_photos import ExportResult
    from face_match.workflows.import_people import ImportResult, PhotoOfPerson
    from face_match.workflows.sync_metadata import WriteResult


class Carrying(QObject):
    """For a session's gallery. What was done is said by the session; `left_out` gives a SkippedPhotos where
    more photos failed than are named there."""

    left_out = Signal(object)

    def __init__(self, session: Session, keeping: Keeping) -> None:
        super().__init__(session)
        self._session = session
        self._keeping = keeping

    def export(self, path: Path) -> None:
        """Write the gallery into an archive."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.archive import export_archive

            result = export_archive(gallery.folder, gallery.vault, path, on_progress, is_cancelled)
            text = f"{path.name} contains {phrases.people_and_faces(result.people, result.faces)}."
            missing = f"Missing or damaged crops: {result.missing:,}." if result.missing else ""
            return phrases.join(text, missing)

        self._keeping.with_gallery("Exporting", work, str, "Stopped. No archive was written.")

    def import_archive(self, path: Path) -> None:
        """Make what an archive has the gallery's too."""
        session = self._session

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.archive import import_archive

            result = import_archive(path, gallery, on_progress, is_cancelled)
            return phrases.archive_result(path.name, result)

        def then(message: str) -> str:
            session.bring_up_to_date()
            return message

        self._keeping.with_gallery("Importing", work, then, "Stopped. The gallery was not changed.")

    def export_results(self, path: Path) -> None:
        """Write a table of all faces of the photos that the gallery knows, and who they are or may be."""
        groups = self._session.reviewing.groups

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.core.photo_folders import natural_key
            from face_match.workflows.export_faces import face_rows, write_csv

            photos = [(Path(photo.path), photo) for photo in gallery.photos() if photo.path]
            if not photos:
                return phrases.NO_PHOTOS
            photos.sort(key=lambda pair: natural_key(str(pair[0])))
            rows = face_rows(photos, gallery, groups)
            write_csv(rows, path)
            of = plural(len(photos), "photo", "photos")
            return f"{path.name} contains {plural(len(rows), 'face', 'faces')} of {of}."

        self._keeping.with_gallery("Exporting the face list", work, str, "Stopped. No list was written.")

    def export_photos(self, folder: Path, into: Path) -> None:
        """Copy the photos of a folder into one folder for each person who is in them."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> ExportResult | str:
            from face_match.workflows.export_photos import (
                export_photos,
                photos_to_export,
                would_mix_with_originals,
            )

            if would_mix_with_originals(folder, into):
                return phrases.EXPORT_INTO_PHOTOS
            walk = PhotoWalk(is_cancelled)
            photos = photos_to_export(folder, into, walk)
            result = export_photos(photos, gallery, into, on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            return result

        def then(result: ExportResult | str) -> str:
            if isinstance(result, str):
                return result
            self._list("Not copied", folder, result.failed)
            return phrases.export_result(result, into.name)

        self._keeping.with_gallery("Exporting photos", work, then, "Stopped. No photo was copied.")

    def write_names(self, folder: Path) -> None:
        """Write the names of faces to sidecars of the photos of a folder; the photos stay as they are."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> WriteResult:
            from face_match.workflows.sync_metadata import write_names

            walk = PhotoWalk(is_cancelled)
            result = write_names(walk.photos([folder]), gallery, on_progress, is_cancelled)
            result.failed[:0] = walk.unreadable
            return result

        def then(result: WriteResult) -> str:
            self._list("Not written", folder, result.failed)
            return phrases.sidecar_result(result, folder.name)

        self._keeping.with_gallery("Writing names", work, then, "Stopped. No name was written.")

    def import_names_from_metadata(self, folder: Path) -> None:
        """Give faces the names that they have in sidecars of their photos."""

        def photos(walk: PhotoWalk) -> list[Path]:
            from face_match.metadata.sidecars import has_sidecar

            return [path for path in walk.photos([folder]) if has_sidecar(path)]

        def add(gallery: Gallery, pipeline: FacePipeline, photos: list[Path], **told: Any) -> ImportResult:
            from face_match.workflows.sync_metadata import import_names_from_metadata

            return import_names_from_metadata(photos, gallery, pipeline, **told)

        nothing = f"No photo in {folder.name} has an XMP sidecar."
        self._import("Importing names", folder, photos, add, nothing)

    def import_people(self, folder: Path) -> None:
        """Add the photos of each sub-folder to the person of its name."""
        threshold = self._session.threshold

        def photos(walk: PhotoWalk) -> list[PhotoOfPerson]:
            from face_match.workflows.import_people import photos_by_person

            return photos_by_person(folder, walk)

        def add(
            gallery: Gallery, pipeline: FacePipeline, photos: list[PhotoOfPerson], **told: Any
        ) -> ImportResult:
            from face_match.workflows.import_people import import_people

            return import_people(photos, gallery, pipeline, threshold, **told)

        nothing = (
            f"{folder.name} has no subfolders with photos. Put the photos of each person into a subfolder "
            "with the person’s name."
        )
        self._import("Importing people", folder, photos, add, nothing)

    def _import(
        self,
        title: str,
        folder: Path,
        find: Callable[[PhotoWalk], list[Any]],
        add: Callable[..., ImportResult],
        nothing: str,
    ) -> None:
        """Add the photos that are found, and say what came of it, or `nothing` where there are none."""
        session = self._session
        load_pipeline = session.loader_for_many_photos()

        def work(
            gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled
        ) -> ImportResult | PhotoWalk:
            from face_match.workflows.batch import embed_faces

            walk = PhotoWalk(is_cancelled)
            photos = find(walk)
            if not photos:
                return walk
            pipeline = load_pipeline()
            embed_faces(gallery, pipeline, on_progress, is_cancelled)
            result = add(gallery, pipeline, photos, on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            return result

        def then(result: ImportResult | PhotoWalk) -> str:
            if isinstance(result, PhotoWalk):
                return f"{nothing} {phrases.failed_photos('Not read', result.unreadable)}".strip()
            session.bring_up_to_date()
            self._list("Not added", folder, result.failed)
            return phrases.import_result(result)

        self._keeping.with_gallery(title, work, then, "Stopped. Nothing was added.", key=IMPORTING)

    def _list(self, what: str, folder: Path, failed: Sequence[tuple[Path, FaceMatchError]]) -> None:
        if len(failed) > phrases.MOST_NAMED:
            self.left_out.emit(SkippedPhotos(what, folder, failed))
