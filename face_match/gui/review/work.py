"""What the review pane works with: the faces that wait, and folders that are looked through for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from face_match.gui import phrases
from face_match.gui.left_out import LeftOut
from face_match.gui.tasks import COLLECTING, REVIEW, TIDYING
from face_match.messages import counted
from face_match.types import IsCancelled, OnProgress

if TYPE_CHECKING:
    from face_match.arranging import FaceGroup
    from face_match.collecting import Collected
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.waiting_file import WaitingFace
    from face_match.gui.session import Session
    from face_match.reviewing import Review
    from face_match.vision.pipeline import FacePipeline

Then = Callable[[], None]

REFRESHED_EVERY_MS = 2_000
"""While a folder is looked through."""


class _Read(NamedTuple):
    """A review, and folders whose looking through was not finished."""

    review: Review
    unfinished: Sequence[Path]


class _Asked(NamedTuple):
    """What is asked; and photos of which a name was taken back when nothing was kept of the face any more.

    Those are looked for where there are fewer samples than before: it takes a third of a second for 10,000
    photos, and this comes after every change.
    """

    groups: Sequence[FaceGroup]
    again: Sequence[Path]
    sample_count: int


class Reviewing(QObject):
    """Of a session. `arranged` gives the questions there are, whenever they may have changed.

    `unfinished` gives folders whose looking through was cut off, `left_out` a LeftOut where more photos could
    not be read than are named.
    """

    arranged = Signal(list)
    unfinished = Signal(list)
    left_out = Signal(object)
    collected = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.review: Review | None = None
        self.groups: Sequence[FaceGroup] = ()
        self._looked_through_again: set[Path] = set()
        self.shares: set[str] = set()
        """Network shares that the user lets recorded photos be opened from."""
        self._sample_count: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESHED_EVERY_MS)
        self._timer.timeout.connect(self._on_refresh_due)
        session.gallery_opened.connect(self._read)
        session.gallery_changed.connect(self._on_gallery_changed)
        session.pipeline_ready.connect(self._embed)

    @property
    def is_collecting(self) -> bool:
        return self._session.tasks.is_busy("collect")

    @property
    def waiting_count(self) -> int:
        """Faces that are asked about."""
        return sum(len(group.faces) for group in self.groups)

    # Looking through folders

    def collect(self, paths: Sequence[Path], *, is_wanted: bool = True) -> None:
        """Look photos and folders through for faces; what is found is asked about as it is found.

        Args:
            is_wanted: a person wants it, who is to be offered to go on with it if it is cut off.
        """
        session, review = self._session, self.review
        if review is None or not review.gallery.is_writable:
            session.said.emit(phrases.CANNOT_KEEP)
            return
        if self.is_collecting:
            session.said.emit("A folder is being looked through. It has to end first, or be cancelled.")
            return
        load = session.loader_for_many_photos()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Collected:
            from face_match.collecting import collect
            from face_match.photo_folders import Walk

            walk = Walk(is_cancelled)
            if is_wanted:
                review.waiting.begin(paths)
            pipeline = load()
            result = collect(
                walk.photos(paths),
                review.gallery,
                review.waiting,
                pipeline,
                on_progress=on_progress,
                is_cancelled=is_cancelled,
            )
            result.failed[:0] = walk.left_out
            if is_wanted and result.stopped_by is None:
                review.waiting.begin([])
            return result

        def on_done(result: Collected) -> None:
            self._timer.stop()
            self.arrange()
            session.said.emit(phrases.collected(result))
            if len(result.failed) > phrases.NAMED_AT_MOST:
                folder = paths[0] if paths[0].is_dir() else paths[0].parent
                self.left_out.emit(LeftOut("Photos that could not be read", folder, result.failed))
            self.collected.emit()

        def on_error(error: Exception) -> None:
            self._timer.stop()
            self.arrange()
            session.fail(error)

        self._timer.start()
        session.tasks.start(COLLECTING, job, on_done, on_error, title="Looking through photos", key="collect")
        self.collected.emit()

    # Asking

    def arrange(self) -> None:
        """Ask anew."""
        review = self.review
        if review is None:
            return
        threshold = self._session.threshold_of(review.model_id)  # the window may be at another model by now

        before = self._sample_count

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Asked:
            from face_match.reviewing import to_look_through_again

            count, groups = review.gallery.sample_count, review.groups(threshold, is_cancelled)
            have_gone = before is None or count < before
            again = to_look_through_again(review.waiting, review.gallery) if have_gone else ()
            return _Asked(groups, again, count)

        session = self._session
        session.tasks.start(REVIEW, job, self._on_asked, session.fail, key="arrange", owner=review.gallery)

    def _on_refresh_due(self) -> None:
        if not self._session.tasks.is_busy("arrange"):  # with very many it takes longer
            self.arrange()

    def _on_asked(self, asked: _Asked) -> None:
        self._on_arranged(asked.groups)
        self._sample_count = asked.sample_count
        again = [path for path in asked.again if path not in self._looked_through_again]
        review = self.review
        if again and review is not None and review.gallery.is_writable and not self.is_collecting:
            self._looked_through_again |= {*again}  # once: it may not be what it was
            self.collect(again, is_wanted=False)

    def _on_arranged(self, groups: Sequence[FaceGroup]) -> None:
        self.groups = groups
        self.arranged.emit(list(groups))

    # Saying

    def name(self, faces: Sequence[WaitingFace], name: str, *, twice_in_photo: bool, then: Then) -> None:
        """Make faces samples of the person of that name, new or known."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            named = review.name(faces, name, twice_in_photo=twice_in_photo)
            added = named.added
            who, count = phrases.named(added.person.name), len(added.samples)
            told = (
                f"{who} is new, with {phrases.samples(count)}."
                if added.is_new
                else f"Added {phrases.samples(count)} to {who}, who has {added.person.sample_count:,} now."
            )
            if named.left:
                left = counted(len(named.left), "face is", "faces are")
                told += f" {left} left: {who} is in that photo already, or there is no crop any more."
            return f"{told} Ctrl+Z takes that back."

        self._say(change, then)

    def take_out(self, faces: Sequence[WaitingFace], group: FaceGroup, *, then: Then) -> None:
        """Faces are not who the group is."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.take_out(faces, group)
            count = counted(len(faces), "face", "faces")
            if group.person is None:
                one = "it is" if len(faces) == 1 else "they are"
                return f"Took {count} out of the group; {one} asked about apart. Ctrl+Z takes that back."
            return f"Not {phrases.named(group.person.name)}: {count} will not be offered that name again."

        self._say(change, then)

    def put_together(self, faces: Sequence[WaitingFace], *, then: Then) -> None:
        """Faces are of one person."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.put_together(faces)
            return f"{counted(len(faces), 'face', 'faces')} are one group now. Ctrl+Z takes that back."

        self._say(change, then)

    def ignore(self, faces: Sequence[WaitingFace], *, then: Then) -> None:
        """Faces are not asked about again."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            review.ignore(faces)
            return (
                f"{counted(len(faces), 'face is', 'faces are')} ignored from now on. Ctrl+Z takes that back."
            )

        self._say(change, then)

    def ask_again(self) -> None:
        """About all faces that were ignored."""
        review = self.review
        if review is None:
            return

        def change(gallery: Gallery) -> str:
            count = review.ask_again()
            if not count:
                return "No face is ignored."
            ignored = counted(count, "face that was ignored is", "faces that were ignored are")
            return f"{ignored} asked about again."

        def then() -> None:
            self._sample_count = None  # of some nothing is kept: their photos are looked through again
            self.arrange()

        self._say(change, then)

    def _say(self, change: Callable[[Gallery], str], then: Then) -> None:
        """`then` is called when it is kept, or could not be."""

        def if_not() -> None:
            then()
            self.arrange()

        self._session.changes.make(change, then, if_not)

    # The gallery and the model

    def _read(self) -> None:
        session, gallery, model_id = self._session, self._session.gallery, self._session.model_id
        self._forget()
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Read:
            from face_match.gallery.waiting import Waiting
            from face_match.reviewing import Review

            waiting = Waiting.of(
                gallery.folder,
                gallery.vault,
                is_writable=gallery.is_writable,
                require_writable=gallery.require_writable,
            )
            return _Read(Review(gallery, waiting, model_id), waiting.unfinished)

        session.tasks.start(REVIEW, job, self._on_read, session.fail, key="read waiting", owner=gallery)

    def _on_read(self, read: _Read) -> None:
        session = self._session
        if read.review.gallery is not session.gallery:
            return
        self.review = read.review
        if session.pipeline is not None:
            self._embed(session.pipeline)
        self.arrange()
        if read.review.gallery.is_writable:
            self._tidy(read.review)
            if read.unfinished:
                self.unfinished.emit(list(read.unfinished))

    def _tidy(self, review: Review) -> None:
        """Of what was named when the gallery was open before, nothing has to be kept here."""

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
            from face_match.reviewing import tidy

            tidy(review.waiting, review.gallery, is_cancelled)

        session = self._session
        session.tasks.start(TIDYING, job, lambda _: None, session.fail, key="tidy", owner=review.gallery)

    def _forget(self) -> None:
        self.review = None
        self._sample_count = None
        self._on_arranged([])

    def _on_gallery_changed(self) -> None:
        if self._session.gallery is None:
            self._forget()
        elif not self._session.changes.is_saving:
            self.arrange()

    def _embed(self, pipeline: FacePipeline) -> None:
        """Ask under the model in use, once all faces have a vector of it."""
        session, review = self._session, self.review
        if review is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Review:
            from face_match.reviewing import Review, embed_waiting

            if review.gallery.is_writable:
                embed_waiting(review.waiting, pipeline, on_progress, is_cancelled)
            return Review(review.gallery, review.waiting, pipeline.model_id)

        def on_done(under_model: Review) -> None:
            if self.review is review:
                self.review = under_model
                self.arrange()

        lacks = any(pipeline.model_id not in face.vectors for face in review.waiting.faces)
        if lacks or review.model_id != pipeline.model_id:
            title = "Embedding faces" if lacks else ""
            session.tasks.start(
                REVIEW,
                job,
                on_done,
                session.fail,
                title=title,
                key="embed waiting",
                owner=review.gallery,
            )
