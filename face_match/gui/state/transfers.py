"""Imports and exports: archives, folders of photos, and names in sidecars.

A cancelled import of names keeps the names that it has added. All of them are one step of the history, and a
backup is made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import FaceMatchError
from face_match.core.photo_folders import PhotoWalk
from face_match.core.progress import IsCancelled, OnProgress, with_progress
from face_match.gui import phrases, result_phrases
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.tasks import IMPORT
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.metadata.written_forms import Form
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.export_photos import ExportResult
    from face_match.workflows.import_people import ImportResult, PhotoOfPerson
    from face_match.workflows.write_names import WriteResult


class Transfers(QObject):
    """One at a time; the gallery posts what was done. `photos_skipped` gives SkippedPhotos where more failed
    than the message names."""

    photos_skipped = Signal(object)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        threshold: ThresholdState,
        unnamed: UnnamedFaces,
    ) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._model = model
        self._threshold = threshold
        self._unnamed = unnamed

    def export(self, path: Path, *, is_whole: bool = False) -> None:
        """Write the gallery into an archive; a whole one has the paths of photos and the conflicts too."""
        place = self._gallery.place

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.archive import export_archive

            result = export_archive(place, gallery.vault, path, on_progress, is_cancelled, is_whole=is_whole)
            return result_phrases.export_summary(path.name, result, is_whole=is_whole)

        self._gallery.run(tr("Exporting"), work, str, tr("Stopped. No archive was written."))

    def import_archive(self, path: Path) -> None:
        """Add the people and faces of an archive."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.gallery.archive import import_archive

            result = import_archive(path, gallery, on_progress, is_cancelled)
            return result_phrases.archive_result(path.name, result)

        def on_done(message: str) -> str:
            self._model.embed_named_faces()
            return message

        self._gallery.run(
            tr("Importing"), work, on_done, tr("Stopped. The gallery was not changed."), has_changed=True
        )

    def export_face_list(self, path: Path) -> None:
        """Write a table of the faces of all photos, with their names or suggestions."""
        groups = self._unnamed.groups

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.core.photo_folders import natural_key
            from face_match.workflows.export_faces import face_rows, write_csv

            photos = [(Path(photo.path), photo) for photo in gallery.photos() if photo.path]
            if not photos:
                return translated(phrases.NO_PHOTOS)
            photos.sort(key=lambda pair: natural_key(str(pair[0])))
            read = with_progress(photos, on_progress, is_cancelled)
            count = write_csv(face_rows(read, gallery, groups), path, gallery.folder)
            return tr(
                "{file} contains {faces} of {photos}.",
                file=path.name,
                faces=phrases.faces(count),
                photos=phrases.photos(len(photos)),
            )

        self._gallery.run(tr("Exporting the face list"), work, str, tr("Stopped. No list was written."))

    def export_photos(self, folder: Path, into: Path) -> None:
        """Copy the photos of a folder into one folder for each person."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> ExportResult | str:
            from face_match.workflows.export_photos import (
                export_photos,
                photos_to_export,
                would_mix_with_originals,
            )

            if would_mix_with_originals(folder, into):
                return translated(phrases.EXPORT_INTO_PHOTOS)
            walk = PhotoWalk(is_cancelled)
            photos = photos_to_export(folder, into, walk)
            result = export_photos(photos, gallery, into, on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            return result

        def on_done(result: ExportResult | str) -> str:
            if isinstance(result, str):
                return result
            self._show_skipped(result_phrases.NOT_COPIED, folder, result.failed)
            return result_phrases.export_result(result, into.name)

        stopped = tr("Stopped. No photo was copied.")
        self._gallery.run(tr("Exporting photos"), work, on_done, stopped, into=into)

    def write_names(self, folder: Path, forms: Sequence[Form], *, into_files: bool) -> None:
        """Write the names of faces to sidecars of the photos of a folder, or into the photos."""

        def work(gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled) -> WriteResult:
            from face_match.workflows.write_names import write_names

            walk = PhotoWalk(is_cancelled)
            photos = walk.photos([folder])
            result = write_names(
                photos, gallery, on_progress, is_cancelled, forms=forms, into_files=into_files
            )
            result.failed[:0] = walk.unreadable
            return result

        def on_done(result: WriteResult) -> str:
            if result.failed:
                self._show_skipped(result_phrases.NOT_WRITTEN, folder, result.failed)
            else:
                self._show_skipped(result_phrases.NOT_REWRITTEN, folder, result.not_rewritten)
            return result_phrases.names_result(result, folder.name, into_files=into_files)

        self._gallery.run(tr("Writing names"), work, on_done, tr("Stopped. No name was written."))

    def import_names(self, folder: Path, *catalogues: Path) -> None:
        """Name faces as the files of other programs do, in the folder and in catalogues elsewhere."""

        def photos(walk: PhotoWalk) -> list[Path]:
            return walk.photos([folder])

        def add(gallery: Gallery, pipeline: FacePipeline, photos: list[Path], **options: Any) -> ImportResult:
            from face_match.workflows.import_names import import_names_from_metadata
            from face_match.workflows.read_names import name_sources

            return import_names_from_metadata(
                photos, gallery, pipeline, sources=name_sources([folder, *catalogues], photos), **options
            )

        nothing = tr("No names for photos were found in {folder}.", folder=folder.name)
        self._import(tr("Importing names"), folder, photos, add, nothing)

    def import_people(self, folder: Path) -> None:
        """Name the faces of each subfolder as the person of its name."""
        threshold = self._threshold.value

        def photos(walk: PhotoWalk) -> list[PhotoOfPerson]:
            from face_match.workflows.import_people import photos_by_person

            return photos_by_person(folder, walk)

        def add(
            gallery: Gallery, pipeline: FacePipeline, photos: list[PhotoOfPerson], **options: Any
        ) -> ImportResult:
            from face_match.workflows.import_people import import_people

            return import_people(photos, gallery, pipeline, threshold, **options)

        nothing = tr(
            "{folder} has no subfolders with photos. Put the photos of each person into a subfolder "
            "with the person’s name.",
            folder=folder.name,
        )
        self._import(tr("Importing people"), folder, photos, add, nothing)

    def _import(
        self,
        title: str,
        folder: Path,
        find: Callable[[PhotoWalk], list[Any]],
        add: Callable[..., ImportResult],
        nothing: str,
    ) -> None:
        """Find photos and add them; the message is `nothing` where there are none."""
        load_pipeline = self._model.loader_for_many_photos()

        def work(
            gallery: Gallery, on_progress: OnProgress, is_cancelled: IsCancelled
        ) -> ImportResult | PhotoWalk:
            from face_match.workflows.embed import embed_faces

            walk = PhotoWalk(is_cancelled)
            photos = find(walk)
            if not photos:
                return walk
            pipeline = load_pipeline()
            embed_faces(gallery, pipeline, on_progress, is_cancelled)
            result = add(gallery, pipeline, photos, on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            return result

        def on_done(result: ImportResult | PhotoWalk) -> str:
            if isinstance(result, PhotoWalk):
                unread = result_phrases.failed_photos(result_phrases.NOT_READ, result.unreadable)
                return phrases.join(nothing, unread)
            if not (result.photos or result.failed or result.skipped or result.stopped_by):
                return nothing
            self._model.embed_named_faces()
            self._show_skipped(result_phrases.NOT_ADDED, folder, result.failed)
            return result_phrases.import_result(result)

        self._gallery.run(
            title, work, on_done, tr("Stopped. Nothing was added."), key=IMPORT, has_changed=True
        )

    def _show_skipped(self, what: str, folder: Path, failed: Sequence[tuple[Path, FaceMatchError]]) -> None:
        if len(failed) > phrases.MOST_NAMED:
            self.photos_skipped.emit(SkippedPhotos(what, folder, failed))
