"""What changes the gallery: each in the background, one at a time, told of once it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.gui import phrases
from face_match.gui.tasks import GALLERY
from face_match.types import IsCancelled, Match, OnProgress, Person, Rejection, Sample

if TYPE_CHECKING:
    from face_match.gallery.changes import Change
    from face_match.gallery.gallery import Gallery
    from face_match.gui.session import Session


IMPORTING = "importing"
"""The key of a task that makes one change after the other."""

TAKEN_BACK = "Ctrl+Z takes that back."


class Changes(QObject):
    """Of a session's gallery; while one is under way `is_saving`, and no other should be begun.

    What was done is said by the session, which also tells that the gallery has changed.
    """

    sample_added = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.is_saving = False

    @property
    def are_possible(self) -> bool:
        """Whether a change can be begun now."""
        gallery = self._session.gallery
        return gallery is not None and gallery.is_writable and not self.is_saving

    @property
    def can_be_taken_back(self) -> bool:
        """Whether the last change is the person's own: an import makes one after the other."""
        return self.are_possible and not self._session.tasks.is_busy(IMPORTING)

    def add(self, name: str) -> None:
        """Keep the face as a sample of the person of that name, new or known."""
        face, photo = self._session.face, self._session.photo
        if face is None or photo is None:
            return

        def change(gallery: Gallery) -> str:
            vectors = {face.model_id: face.vector}
            person, _, is_new = gallery.add(name, face.crop, vectors, photo.digest, face.face.box)
            if is_new:
                return f"Added {phrases.named(person.name)} as a new person."
            return f"Added a sample to {phrases.named(person.name)}, who has {person.sample_count} now."

        def then() -> None:
            if self._session.face is face:  # else the window is at another one by now
                self.sample_added.emit()

        self.make(change, then)

    def reject(self, found: Match) -> None:
        """Remember that the face is not that person."""
        face, photo = self._session.face, self._session.photo
        if face is None or photo is None:
            return
        similarity = {face.model_id: round(found.similarity, 4)}
        key = Rejection(photo.digest, face.face.box, {"similarity": similarity})

        def change(gallery: Gallery) -> str:
            gallery.reject(found.person, key)
            return f"Not {phrases.named(found.person.name)}: this face will not be offered that name again."

        self.make(change)

    def rename(self, person: Person, name: str) -> None:
        """Call a person otherwise."""

        def change(gallery: Gallery) -> str:
            renamed = gallery.rename(person, name)
            return f"{phrases.named(person.name)} is called {phrases.named(renamed.name)} now."

        self.make(change)

    def merge(self, people: Sequence[Person], into: Person) -> None:
        """Make all samples of some people another's."""

        def change(gallery: Gallery) -> str:
            person = gallery.merge(people, into)
            return (
                f"Merged {phrases.listed(people)} into {phrases.named(person.name)}, who has "
                f"{phrases.samples(person.sample_count)} now. {TAKEN_BACK}"
            )

        self.make(change)

    def move(self, samples: Sequence[Sample], name: str) -> None:
        """Make samples those of the person of that name, new or known."""

        def change(gallery: Gallery) -> str:
            before = gallery.people
            person = gallery.move([sample.id for sample in samples], name)
            return (
                f"Moved {phrases.samples(len(samples))} to {phrases.named(person.name)}, "
                f"who has {person.sample_count:,} now.{phrases.gone(_gone(gallery, before))} {TAKEN_BACK}"
            )

        self.make(change)

    def set_cover(self, sample: Sample) -> None:
        """Let a sample stand for its person."""

        def change(gallery: Gallery) -> str:
            person = gallery.set_cover(sample.id)
            return f"This face stands for {phrases.named(person.name)} now. {TAKEN_BACK}"

        self.make(change)

    def remove(self, samples: Sequence[Sample]) -> None:
        """Take samples out."""

        def change(gallery: Gallery) -> str:
            losers = gallery.remove([sample.id for sample in samples])
            return (
                f"Removed {phrases.samples(len(samples))} of {phrases.listed(losers)}."
                f"{phrases.gone(_gone(gallery, losers))} {TAKEN_BACK}"
            )

        self.make(change)

    def undo(self) -> None:
        """Take back what was done last, to the gallery or to faces that wait."""

        def change(gallery: Gallery) -> str:
            review = self._session.reviewing.review
            if review is not None and review.can_undo:
                return f"Took back: {review.undo()}."
            return _stepped(gallery.undo(), "Took back", "There is nothing to take back.")

        self.make(change)

    def redo(self) -> None:
        """Do again what was taken back last."""

        def change(gallery: Gallery) -> str:
            review = self._session.reviewing.review
            if review is not None and review.can_redo:
                return f"Did again: {review.redo()}."
            return _stepped(gallery.redo(), "Did again", "There is nothing to do again.")

        self.make(change)

    def make(
        self,
        change: Callable[[Gallery], str],
        then: Callable[[], None] = lambda: None,
        if_not: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a change in the background, which returns what is to be said of it.

        Args:
            then, if_not: called when it is made, or could not be, before it is said.
        """
        session, gallery = self._session, self._session.gallery
        if gallery is None:
            return
        records = gallery.records

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            return change(gallery)

        def on_done(message: str) -> None:
            self.is_saving = False
            session.gallery_changed.emit()
            then()
            if session.gallery is not None and session.gallery.records != records:
                message = f"{message} {phrases.OUTGROWN}"
            session.said.emit(message)
            session.rank()

        def on_error(error: Exception) -> None:
            self.is_saving = False
            session.gallery_changed.emit()
            if_not()
            session.fail(error)

        self.is_saving = True
        session.gallery_changed.emit()
        session.tasks.start(GALLERY, job, on_done, on_error)


def _stepped(change: Change | None, done: str, nothing: str) -> str:
    return f"{done}: {change.description}." if change is not None else nothing


def _gone(gallery: Gallery, before: Sequence[Person]) -> list[Person]:
    """Those of them who are no longer in the gallery."""
    now = {person.folder for person in gallery.people}
    return [person for person in before if person.folder not in now]
