"""Edits of people, and of their faces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.translation import tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery


class PeopleEdits:
    """Each is one step of the history of the open gallery."""

    def __init__(self, gallery: OpenGallery) -> None:
        self._gallery = gallery

    def rename(self, person: Person, name: str) -> None:
        """Change the name of a person."""

        def change(gallery: Gallery) -> str:
            renamed = gallery.rename(person, name)
            before, after = phrases.display_name(person.name), phrases.display_name(renamed.name)
            return phrases.undoable(tr("Renamed {before} to {after}.", before=before, after=after))

        def is_as_seen(gallery: Gallery) -> bool:
            now = gallery.person_by_folder(person.folder)
            return now is not None and now.name == person.name

        self._gallery.edit(change, is_as_seen=is_as_seen)

    def merge(self, people: Sequence[Person], into: Person) -> None:
        """Name all faces of some people as another person."""

        def change(gallery: Gallery) -> str:
            person = gallery.merge(people, into)
            return phrases.undoable(
                tr_count(
                    "Merged {people} into {name}, who now has {n} face.",
                    "Merged {people} into {name}, who now has {n} faces.",
                    person.face_count,
                    people=phrases.list_people(people),
                    name=phrases.display_name(person.name),
                )
            )

        self._gallery.edit(change)

    def move(self, faces: Sequence[FaceRecord], name: str) -> None:
        """Name faces as a person, existing or new."""

        def change(gallery: Gallery) -> str:
            before = gallery.people
            person = gallery.move([face.id for face in faces], name)
            text = tr_count(
                "Moved {n} face to {name}, who now has {total}.",
                "Moved {n} faces to {name}, who now has {total}.",
                len(faces),
                name=phrases.display_name(person.name),
                total=phrases.faces(person.face_count),
            )
            return phrases.undoable(text, phrases.people_removed(_gone(gallery, before)))

        self._gallery.edit(change)

    def delete(self, people: Sequence[Person]) -> None:
        """Delete people; their faces stay and are unnamed."""

        def change(gallery: Gallery) -> str:
            unnamed = len(gallery.delete_people(people))
            message = tr("Deleted {people}.", people=phrases.list_people(people))
            now = tr_count("{n} face is unnamed now.", "{n} faces are unnamed now.", unnamed)
            return phrases.join(message, now, translated(phrases.UNDO))

        self._gallery.edit(change)

    def set_cover(self, face: FaceRecord) -> None:
        """Make a face the cover photo of its person."""

        def change(gallery: Gallery) -> str:
            person = gallery.set_cover(face.id)
            return phrases.undoable(tr("Cover photo set for {name}.", name=phrases.display_name(person.name)))

        self._gallery.edit(change)

    def set_birth_date(self, person: Person, born: str) -> None:
        """Set the birth date of a person; "" removes it."""

        def change(gallery: Gallery) -> str:
            named = phrases.display_name(gallery.set_birth_date(person, born).name)
            if not born:
                return phrases.undoable(tr("Birth date removed for {name}.", name=named))
            return phrases.undoable(tr("Birth date set for {name}: {date}.", name=named, date=born))

        self._gallery.edit(change)

    def remove(self, faces: Sequence[FaceRecord]) -> None:
        """Remove the names of faces, which are not suggested for them again."""

        def message_for(people: str) -> str:
            return tr_count(
                "Removed {n} face from {people}. It is unnamed now.",
                "Removed {n} faces from {people}. They are unnamed now.",
                len(faces),
                people=people,
            )

        self._remove(faces, message_for, is_ignored=False)

    def remove_near_duplicates(self, faces: Sequence[FaceRecord]) -> None:
        """Remove near-duplicates, and ignore them."""

        def message_for(people: str) -> str:
            return tr_count(
                "Removed {n} near-duplicate of {people}.",
                "Removed {n} near-duplicates of {people}.",
                len(faces),
                people=people,
            )

        self._remove(faces, message_for, is_ignored=True)

    def _remove(
        self, faces: Sequence[FaceRecord], message_for: Callable[[str], str], *, is_ignored: bool
    ) -> None:
        def change(gallery: Gallery) -> str:
            people = gallery.remove([face.id for face in faces], is_ignored=is_ignored)
            if not people:
                return tr("Nothing was changed: the faces have no name any more.")
            removed = message_for(phrases.list_people(people))
            return phrases.undoable(removed, phrases.people_removed(_gone(gallery, people)))

        self._gallery.edit(change)


def _gone(gallery: Gallery, before: Sequence[Person]) -> list[Person]:
    """The people who are no longer in the gallery."""
    now = {person.folder for person in gallery.people}
    return [person for person in before if person.folder not in now]
