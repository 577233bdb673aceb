"""What the review pane works with: the unnamed faces, and folders that are scanned for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.gui import phrases
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.tasks import REVIEW, SCANNING

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.review import Review
    from face_match.workflows.scan import ScanResult
    from face_match.workflows.suggest import FaceGroup

Then = Callable[[], None]

UNDO = phrases.UNDO

REFRESHED_EVERY_MS = 2_000
"""While a folder is scanned."""


class Reviewing(QObject):
    """Of a session. `arranged` gives the questions there are, whenever they may have changed.

    `unfinished` gives folders whose scan was interrupted, `left_out` a SkippedPhotos where more
    photos could not be read than are named.
    """

    arranged = Signal(list)
    unfinished = Signal(list)
    left_out = Signal(object)
    scanned = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.review: Review | None = None
        self.groups: Sequence[FaceGroup] = ()
        self.shares: set[str] = set()
        """Network shares that the user lets recorded photos be opened from."""
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESHED_EVERY_MS)
        self._timer.timeout.connect(self._on_refresh_due)
        session.gallery_opened.connect(self._open)
        session.gallery_changed.connect(self._on_gallery_changed)
        session.pipeline_ready.connect(self._embed)

    @property
    def is_scanning(self) -> bool:
        return self._session.tasks.is_busy("scan")

    @property
    def unnamed_count(self) -> int:
        """Faces that are asked about."""
        return sum(len(group.faces) for group in self.groups)

    # Scanning

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan photos and folders for faces; what is found is asked about as it is found."""
        session, review = self._session, self.review
        if review is None or not review.gallery.is_writable:
            session.said.emit(phrases.NO_WRITABLE_GALLERY)
            return
        if self.is_scanning:
            session.said.emit("Another folder is being scanned. Wait until it is finished, or cancel it.")
            return
        load, gallery = session.loader_for_many_photos(), review.gallery

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ScanResult:
            from face_match.core.photo_folders import PhotoWalk
            from face_match.workflows.scan import scan

            walk = PhotoWalk(is_cancelled)
            gallery.set_unfinished_scans(paths)
            photos, pipeline = walk.photos(paths), load()
            result = scan(photos, gallery, pipeline, on_progress=on_progress, is_cancelled=is_cancelled)
            result.failed[:0] = walk.unreadable
            if result.stopped_by is None:
                gallery.set_unfinished_scans([])
            return result

        def on_done(result: ScanResult) -> None:
            self._timer.stop()
            self.arrange()
            session.said.emit(phrases.scan_result(result))
            if len(result.failed) > phrases.MOST_NAMED:
                folder = paths[0] if paths[0].is_dir() else paths[0].parent
                self.left_out.emit(SkippedPhotos("Photos that could not be read", folder, result.failed))
            self.scanned.emit()

        def on_error(error: Exception) -> None:
            self._timer.stop()
            self.arrange()
            session.fail(error)

        self._timer.start()
        session.tasks.start(SCANNING, job, on_done, on_error, title="Scanning photos", key="scan")
        self.scanned.emit()

    # Asking

    def arrange(self) -> None:
        """Ask anew."""
        review = self.review
        if review is None:
            return
        session = self._session
        strangers = session.costs.strangers(review.model_id)  # the window may be at another model by now

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Sequence[FaceGroup]:
            from face_match.workflows.calibrate import threshold_for

            threshold = threshold_for(review.gallery, review.model_id, session.settings, strangers)
            return review.groups(threshold, is_cancelled)

        session.tasks.start(REVIEW, job, self._on_arranged, session.fail, key="arrange", owner=review.gallery)

    def _on_refresh_due(self) -> None:
        if not self._session.tasks.is_busy("arrange"):  # with very many it takes longer
            self.arrange()

    def _on_arranged(self, groups: Sequence[FaceGroup]) -> None:
        self.groups = groups
        self.arranged.emit(list(groups))

    # Saying

    def name(self, faces: Sequence[FaceRecord], name: str, *, twice_in_photo: bool, then: Then) -> None:
        """Make faces those of the person of that name, new or known."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            named = review.name(faces, name, twice_in_photo=twice_in_photo)
            who, count = phrases.display_name(named.person.name), phrases.faces(len(named.faces))
            total = phrases.faces(named.person.face_count)
            told = (
                f"Added {who} as a new person with {count}."
                if named.is_new
                else f"Added {count} to {who}, who now has {total}."
            )
            if named.left:
                left = plural(len(named.left), "face was", "faces were")
                told += f" {left} not named: {who} is already in the same photo."
            return f"{told} {UNDO}"

        self._say(change, then)

    def take_out(self, faces: Sequence[FaceRecord], group: FaceGroup, *, then: Then) -> None:
        """Faces are not who the group is."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.take_out(faces, group)
            count = plural(len(faces), "face", "faces")
            if group.person is None:
                return f"Removed {count} from the group. {UNDO}"
            name = phrases.display_name(group.person.name)
            them = "it" if len(faces) == 1 else "them"
            return f"Removed {count} from the group: {name} will not be suggested for {them} again. {UNDO}"

        self._say(change, then)

    def put_together(self, faces: Sequence[FaceRecord], *, then: Then) -> None:
        """Faces are of one person."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.put_together(faces)
            return f"Merged {phrases.faces(len(faces))} into one group. {UNDO}"

        self._say(change, then)

    def ignore(self, faces: Sequence[FaceRecord], *, then: Then) -> None:
        """Faces are not asked about again."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.ignore(faces)
            return f"Ignored {phrases.faces(len(faces))}. {UNDO}"

        self._say(change, then)

    def show_ignored(self) -> None:
        """Ask about all faces that were ignored."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            count = review.show_ignored()
            if not count:
                return "There are no ignored faces."
            return f"Showing {plural(count, 'ignored face', 'ignored faces')} again. {UNDO}"

        self._say(change, self.arrange)

    def _say(self, change: Callable[[Gallery], str], then: Then) -> None:
        """`then` is called when it is kept, or could not be."""

        def if_not() -> None:
            then()
            self.arrange()

        self._session.changes.make(change, then, if_not)

    # The gallery and the model

    def _open(self) -> None:
        """Review the faces of a gallery that was just opened."""
        session, gallery, model_id = self._session, self._session.gallery, self._session.model_id
        self._forget()
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[Review, list[Path]]:
            from face_match.workflows.review import Review

            return Review(gallery, model_id), gallery.unfinished_scans

        session.tasks.start(REVIEW, job, self._on_opened, session.fail, key="open review", owner=gallery)

    def _on_opened(self, opened: tuple[Review, list[Path]]) -> None:
        session, (review, unfinished) = self._session, opened
        if review.gallery is not session.gallery:
            return
        self.review = review
        if session.pipeline is not None:
            self._embed(session.pipeline)
        self.arrange()
        if review.gallery.is_writable and unfinished:
            self.unfinished.emit(unfinished)

    def _forget(self) -> None:
        self.review = None
        self._on_arranged([])

    def _on_gallery_changed(self) -> None:
        if self._session.gallery is None:
            self._forget()
        elif not self._session.changes.is_saving:
            self.arrange()

    def _embed(self, pipeline: FacePipeline) -> None:
        """Ask under the model in use, once all faces have an embedding of it."""
        session, review = self._session, self.review
        if review is None:
            return
        gallery = review.gallery

        def count(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            return len(gallery.without_embedding(pipeline.model_id, named=False))

        def on_counted(missing: int) -> None:
            title = "Embedding faces" if missing else ""
            if missing or review.model_id != pipeline.model_id:
                session.tasks.start(
                    REVIEW, job, on_done, session.fail, title=title, key="embed unnamed", owner=gallery
                )

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Review:
            from face_match.workflows.batch import embed_faces
            from face_match.workflows.review import Review

            embed_faces(gallery, pipeline, on_progress, is_cancelled, named=False)
            return Review(gallery, pipeline.model_id)

        def on_done(under_model: Review) -> None:
            if self.review is review:
                self.review = under_model
                self.arrange()

        session.tasks.start(REVIEW, count, on_counted, session.fail, key="embed unnamed", owner=gallery)
