"""What changes the gallery: each in the background, one at a time, told of once it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.matches import Match
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Origin, Person
from face_match.gui import phrases
from face_match.gui.state.known_faces import known_at
from face_match.gui.state.tasks import GALLERY

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.records.history import Step
    from face_match.gui.state.session import Session


IMPORTING = "importing"
"""The key of a task that makes one change after the other."""

UNDO = phrases.UNDO
UNCHANGED = "Nothing was changed."


class Changes(QObject):
    """Of a session's gallery; while one is under way `is_saving`, and no other should be begun.

    What was done is said by the session, which also tells that the gallery has changed.
    """

    face_added = Signal()

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
    def can_undo(self) -> bool:
        """Whether there is a step to undo now; while an import makes one, there is none."""
        gallery = self._session.gallery
        return self._can_step and gallery is not None and bool(gallery.history)

    @property
    def can_redo(self) -> bool:
        """The same of redoing."""
        gallery = self._session.gallery
        return self._can_step and gallery is not None and bool(gallery.undone)

    @property
    def _can_step(self) -> bool:
        return self.are_possible and not self._session.tasks.is_busy(IMPORTING)

    def add(self, name: str) -> None:
        """Make the face that of the person of a name, new or known; it is nobody else's any more."""
        session = self._session
        face, photo, path = session.face, session.photo, session.photo_path
        if face is None or photo is None or session.picked is None:
            return
        origin = Origin.DRAWN if session.drawn.is_drawn(session.picked) else Origin.DETECTED

        def change(gallery: Gallery) -> str:
            from face_match.gallery.gallery import NewFace

            named = gallery.add(name, NewFace.of(face, origin), photo, path, replaces=True)
            return phrases.face_named(named)

        def then() -> None:
            if session.face is face:  # else the window is at another one by now
                self.face_added.emit()

        self.make(change, then)

    def not_them(self, chosen: Match | None) -> None:
        """Take the name of the face away; of one without a name, remember that it is not the match chosen."""
        session = self._session
        face, photo, path = session.face, session.photo, session.photo_path
        if face is None or photo is None:
            return

        def change(gallery: Gallery) -> str:
            (known,) = known_at(gallery, photo, [face.face.box])
            if known is not None and known.person is not None:
                (person,) = gallery.remove([known.id])
                return phrases.name_removed(person, is_gone=gallery.person_by_folder(person.folder) is None)
            if chosen is None:
                return ""
            similarity = {face.model_id: round(chosen.similarity, 4)}
            if known is not None:
                gallery.reject(chosen.person, [known.id], {known.id: similarity})
            else:
                gallery.reject_at(photo, path, face.face.box, chosen.person, similarity)
            who = phrases.display_name(chosen.person.name)
            return f"Not {who}: that name will not be suggested for this face. {UNDO}"

        self.make(change)

    def rename(self, person: Person, name: str) -> None:
        """Call a person otherwise."""

        def change(gallery: Gallery) -> str:
            renamed = gallery.rename(person, name)
            before, after = phrases.display_name(person.name), phrases.display_name(renamed.name)
            return f"Renamed {before} to {after}. {UNDO}"

        self.make(change)

    def merge(self, people: Sequence[Person], into: Person) -> None:
        """Make all faces of some people another's."""

        def change(gallery: Gallery) -> str:
            person = gallery.merge(people, into)
            return (
                f"Merged {phrases.list_people(people)} into {phrases.display_name(person.name)}, who now has "
                f"{phrases.faces(person.face_count)}. {UNDO}"
            )

        self.make(change)

    def move(self, faces: Sequence[FaceRecord], name: str) -> None:
        """Make faces those of the person of that name, new or known."""

        def change(gallery: Gallery) -> str:
            before = gallery.people
            person = gallery.move([face.id for face in faces], name)
            moved, total = phrases.faces(len(faces)), phrases.faces(person.face_count)
            text = f"Moved {moved} to {phrases.display_name(person.name)}, who now has {total}."
            return phrases.join(text, phrases.people_removed(_gone(gallery, before)), UNDO)

        self.make(change)

    def set_cover(self, face: FaceRecord) -> None:
        """Let a face stand for its person."""

        def change(gallery: Gallery) -> str:
            person = gallery.set_cover(face.id)
            return f"Cover photo set for {phrases.display_name(person.name)}. {UNDO}"

        self.make(change)

    def set_birth_date(self, person: Person, born: str) -> None:
        """Say when a person was born; "" for not known."""

        def change(gallery: Gallery) -> str:
            named = phrases.display_name(gallery.set_birth_date(person, born).name)
            said = f"Birth date set for {named}: {born}." if born else f"Birth date removed for {named}."
            return f"{said} {UNDO}"

        self.make(change)

    def remove(self, faces: Sequence[FaceRecord]) -> None:
        """Take the names of faces away: they are unnamed from then on, and not those people's."""
        count = phrases.faces(len(faces))
        state = "It is unnamed now." if len(faces) == 1 else "They are unnamed now."
        self._remove(faces, lambda people: f"Removed {count} from {people}. {state}", is_ignored=False)

    def thin(self, faces: Sequence[FaceRecord]) -> None:
        """Take near-duplicates away, about which nobody is to be asked."""
        count = plural(len(faces), "near-duplicate", "near-duplicates")
        self._remove(faces, lambda people: f"Removed {count} of {people}.", is_ignored=True)

    def _remove(
        self, faces: Sequence[FaceRecord], message: Callable[[str], str], *, is_ignored: bool
    ) -> None:
        def change(gallery: Gallery) -> str:
            losers = gallery.remove([face.id for face in faces], is_ignored=is_ignored)
            if not losers:
                return "Nothing was changed: the faces have no name any more."
            return phrases.join(
                message(phrases.list_people(losers)), phrases.people_removed(_gone(gallery, losers)), UNDO
            )

        self.make(change)

    def undo(self) -> None:
        """Undo the last step of the history."""

        def change(gallery: Gallery) -> str:
            return _stepped(gallery.undo(), "Undid", "There is nothing to undo.")

        self.make(change)

    def redo(self) -> None:
        """Redo the step that was undone last."""

        def change(gallery: Gallery) -> str:
            return _stepped(gallery.redo(), "Redid", "There is nothing to redo.")

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
            before = gallery.history[-1:]
            said = change(gallery)
            is_offered = said.endswith(UNDO) and gallery.history[-1:] == before
            return UNCHANGED if is_offered else said  # undo would reverse another change

        def on_done(message: str) -> None:
            self.is_saving = False
            session.gallery_changed.emit()
            then()
            if session.gallery is not None and session.gallery.records != records:
                message = f"{message} {phrases.NOW_IN_SQLITE}"
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


def _stepped(step: Step | None, done: str, nothing: str) -> str:
    return f"{done}: {step.description}." if step is not None else nothing


def _gone(gallery: Gallery, before: Sequence[Person]) -> list[Person]:
    """Those of them who are no longer in the gallery."""
    now = {person.folder for person in gallery.people}
    return [person for person in before if person.folder not in now]
