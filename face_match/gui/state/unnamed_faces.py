"""The unnamed faces of the open gallery: scanning folders for them, grouping and naming them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.gui import phrases, result_phrases
from face_match.gui.images import ShownPhoto
from face_match.gui.state.garbage import collect_all_again, leave_out_of_collections
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.tasks import DECODE, FIND_PHOTO, REVIEW, SCAN, SCANNING, Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.translation import tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.face_groups import FaceGroup
    from face_match.workflows.review import Review
    from face_match.workflows.scan import ScanResult

OnEnded = Callable[[], None]
_Grouped = tuple[Sequence["FaceGroup"], int]
"""The groups, and the number of ignored faces."""

GROUPED_EVERY_MS = 2_000
"""While a folder is scanned."""

WHOLE_PHOTO = "whole photo"


class UnnamedFaces(QObject):
    """The unnamed faces, grouped by the person they may be.

    Signals:
        grouped: `groups` may be different.
        waiting_changed: `waiting_count` may be different.
        scan_changed: a scan has begun or ended.
        scan_interrupted: gives the folders whose scan did not end before the gallery was closed.
        photos_skipped: gives SkippedPhotos where more photos could not be read than the message names.
        scanned: gives the ScanResult of a scan whose faces are grouped now.

    Attributes:
        review: the grouping of the open gallery under a model; None while it is being made.
        ignored_count: the number of ignored faces, when they were last grouped.
    """

    grouped = Signal()
    waiting_changed = Signal()
    scan_changed = Signal()
    scan_interrupted = Signal(list)
    photos_skipped = Signal(object)
    scanned = Signal(object)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        threshold: ThresholdState,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(tasks)
        self.review: Review | None = None
        self.groups: Sequence[FaceGroup] = ()
        self.ignored_count = 0
        self._waiting: _Grouped | None = None
        self._is_held = False
        self._gallery = gallery
        self._model = model
        self._threshold = threshold
        self._tasks = tasks
        self._messages = messages
        self._ended_scan: ScanResult | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(GROUPED_EVERY_MS)
        self._timer.timeout.connect(self._on_grouping_due)
        gallery.opened.connect(self._open)
        gallery.closed.connect(self._forget)
        gallery.changed.connect(self.group)
        model.loaded.connect(self._embed)

    @property
    def is_scanning(self) -> bool:
        return self._tasks.is_busy(SCAN)

    @property
    def count(self) -> int:
        """The number of faces in the groups."""
        return sum(len(group.faces) for group in self.groups)

    @property
    def waiting_count(self) -> int:
        """The number of new faces that wait, as the groups are held."""
        if self._waiting is None:
            return 0
        known = {face.id for group in self.groups for face in group.faces}
        return sum(face.id not in known for group in self._waiting[0] for face in group.faces)

    def close(self) -> None:
        """Stop scanning and grouping; no groups."""
        self._timer.stop()
        self._tasks.end_tasks_of(self)
        self._forget()

    # Scanning

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan photos and folders for faces, which are grouped as they are found."""
        review = self.review
        if review is None or not review.gallery.is_writable:
            self._messages.post(translated(phrases.NO_WRITABLE_GALLERY))
            return
        if self.is_scanning:
            self._messages.post(
                tr("Another folder is being scanned. Wait until it is finished, or cancel it.")
            )
            return
        load, gallery = self._model.loader_for_many_photos(), review.gallery

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ScanResult:
            from face_match.core.photo_folders import PhotoWalk
            from face_match.workflows.scan import scan

            walk = PhotoWalk(is_cancelled)
            gallery.set_unfinished_scans(paths)
            photos = walk.photos(paths)
            result = scan(photos, gallery, load(), on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            if result.stopped_by is None:
                gallery.set_unfinished_scans([])
            return result

        def on_done(result: ScanResult) -> None:
            self._timer.stop()
            self._ended_scan = result
            self.group()
            self._messages.post(result_phrases.scan_result(result))
            if len(result.failed) > phrases.MOST_NAMED:
                folder = paths[0] if paths[0].is_dir() else paths[0].parent
                self.photos_skipped.emit(SkippedPhotos(result_phrases.NOT_READ, folder, result.failed))
            self.scan_changed.emit()

        def on_error(error: Exception) -> None:
            self._timer.stop()
            self.group()
            self._messages.report(error)

        self._timer.start()
        self._tasks.start(
            SCANNING, job, on_done, on_error, title=tr("Scanning photos"), key=SCAN, owners=(self,)
        )
        self.scan_changed.emit()

    # Grouping

    def group(self) -> None:
        """Group the faces again, with the suggestions that the threshold allows now."""
        review = self.review
        if review is None:
            return
        read_threshold = self._threshold.threshold_in(review.gallery, review.model_id)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[Sequence[FaceGroup], int]:
            groups = review.groups(read_threshold(), is_cancelled)
            for group in groups:
                _ = group.ids  # which the GUI thread needs at once
            leave_out_of_collections()
            return groups, review.gallery.ignored_count()

        self._tasks.start(REVIEW, job, self._on_grouped, key="group faces", owners=(self, review.gallery))

    def _on_grouping_due(self) -> None:
        if not self._tasks.is_busy("group faces"):  # very many faces take longer than the interval
            self.group()

    def hold(self, is_held: bool) -> None:
        """Keep the groups as they are while a name is typed; or show what came meanwhile."""
        self._is_held = is_held
        if not is_held:
            self.show_waiting()

    def show_waiting(self) -> None:
        """Show what has come while the groups were held."""
        if self._waiting is not None:
            self._show(self._waiting)

    def _on_grouped(self, found: _Grouped) -> None:
        if self._is_held:
            self._waiting = found
            self.waiting_changed.emit()
        else:
            self._show(found)

    def _show(self, found: _Grouped) -> None:
        self.groups, self.ignored_count = found
        self._waiting = None
        self.grouped.emit()
        self.waiting_changed.emit()
        result, self._ended_scan = self._ended_scan, None
        if result is not None:
            self.scanned.emit(result)

    # Edits

    def name(
        self,
        faces: Sequence[FaceRecord],
        name: str,
        *,
        twice_in_photo: bool,
        on_ended: OnEnded,
        left_out: Sequence[FaceRecord] = (),
    ) -> None:
        """Name faces as a person, existing or new.

        Args:
            twice_in_photo: also faces of a photo in which another one has that name.
            left_out: faces of the group that are not of that person.
            on_ended: called when the edit is saved, or has failed.
        """
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            from face_match.workflows.unlike import is_unlike

            model_id = review.model_id
            embeddings = [face.embeddings[model_id] for face in faces if model_id in face.embeddings]
            unlike = is_unlike(gallery, name, embeddings, model_id)
            named = review.name(faces, name, twice_in_photo=twice_in_photo, left_out=left_out)
            return phrases.faces_named(named, is_unlike=unlike)

        def is_as_seen(gallery: Gallery) -> bool:
            now = {face.id: face.person for face in gallery.existing_faces([face.id for face in faces])}
            return now == {face.id: face.person for face in faces}

        self._edit(change, on_ended, is_as_seen)

    def remove_from_group(self, faces: Sequence[FaceRecord], group: FaceGroup, *, on_ended: OnEnded) -> None:
        """Remember that faces are not of the person of their group."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.remove_from_group(faces, group)
            if group.proposed_name is None:
                return phrases.undoable(
                    tr_count(
                        "Removed {n} face from the group.", "Removed {n} faces from the group.", len(faces)
                    )
                )
            name = phrases.display_name(group.proposed_name)
            if {face.id for face in faces} == group.ids:  # which stays
                return phrases.undoable(
                    tr_count(
                        "Not {name}: that name will not be suggested for {n} face.",
                        "Not {name}: that name will not be suggested for {n} faces.",
                        len(faces),
                        name=name,
                    )
                )
            return phrases.undoable(
                tr_count(
                    "Removed {n} face from the group: {name} will not be suggested for it again.",
                    "Removed {n} faces from the group: {name} will not be suggested for them again.",
                    len(faces),
                    name=name,
                )
            )

        self._edit(change, on_ended)

    def merge(self, faces: Sequence[FaceRecord]) -> None:
        """Remember that faces of several groups are of one person."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.mark_same_person(faces)
            return phrases.undoable(tr("Merged {faces} into one group.", faces=phrases.faces(len(faces))))

        self._edit(change)

    def ignore(self, faces: Sequence[FaceRecord], *, on_ended: OnEnded) -> None:
        """Do not show faces again."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.ignore(faces)
            return phrases.undoable(tr("Ignored {faces}.", faces=phrases.faces(len(faces))))

        self._edit(change, on_ended)

    def show_again(self, faces: Sequence[FaceRecord]) -> None:
        """Show faces that were ignored among the unnamed ones again."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.show_again(faces)
            return phrases.undoable(
                tr_count("{n} face is shown again.", "{n} faces are shown again.", len(faces))
            )

        self._edit(change, self.group)

    def _edit(
        self,
        change: Callable[[Gallery], str],
        on_ended: OnEnded = lambda: None,
        is_as_seen: Callable[[Gallery], bool] = lambda gallery: True,
    ) -> None:
        def on_failed() -> None:
            on_ended()
            self.group()

        self._gallery.edit(change, on_ended, on_failed, is_as_seen=is_as_seen)

    # The photo of a face

    def decode_photo(
        self, path: Path, on_done: Callable[[ShownPhoto], None], on_failed: Callable[[], None]
    ) -> None:
        """Decode a photo; where that fails, call back and report the error."""
        gallery = self._gallery.gallery
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            from face_match.workflows.one_photo import load_upright

            return ShownPhoto.of(load_upright(path, gallery))

        def on_error(error: Exception) -> None:
            on_failed()
            self._messages.report(error)

        self._tasks.start(DECODE, job, on_done, on_error, key=WHOLE_PHOTO, owners=(self,))

    def close_photo(self) -> None:
        """Stop finding or decoding a photo."""
        for key in (FIND_PHOTO, WHOLE_PHOTO):
            self._tasks.drop(key)

    # The gallery and the model

    def _open(self) -> None:
        """Review the gallery that was just opened."""
        gallery, model_id = self._gallery.gallery, self._gallery.preferred_model
        self._forget()
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[Review, list[Path]]:
            from face_match.workflows.review import Review

            return Review(gallery, model_id), gallery.unfinished_scans

        self._tasks.start(REVIEW, job, self._on_opened, key="open review", owners=(self, gallery))

    def _on_opened(self, opened: tuple[Review, list[Path]]) -> None:
        self.review, interrupted = opened
        if self._model.pipeline is not None:
            self._embed(self._model.pipeline)
        self.group()
        if self.review.gallery.is_writable and interrupted:
            self.scan_interrupted.emit(interrupted)

    def _forget(self) -> None:
        collect_all_again()
        self.review = self._ended_scan = None
        self._is_held = False
        self._show(([], 0))

    def _embed(self, pipeline: FacePipeline) -> None:
        """Embed the unnamed faces for the model in use, then group them under it."""
        review = self.review
        if review is None:
            return
        gallery, owners = review.gallery, (self, review.gallery)

        def count(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            return len(gallery.without_embedding(pipeline.model_id, named=False))

        def on_counted(missing: int) -> None:
            if missing or review.model_id != pipeline.model_id:
                self._tasks.start(
                    REVIEW,
                    job,
                    on_done,
                    title=tr("Embedding faces") if missing else "",
                    key="embed unnamed",
                    owners=owners,
                )

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Review:
            from face_match.workflows.embed import embed_faces
            from face_match.workflows.review import Review

            embed_faces(gallery, pipeline, on_progress, is_cancelled, named=False)
            return Review(gallery, pipeline.model_id)

        def on_done(under_model: Review) -> None:
            if self.review is review:
                self.review = under_model
                self.group()

        self._tasks.start(REVIEW, count, on_counted, key="embed unnamed", owners=owners)
