"""A reference model of a gallery in a few dictionaries: a state, and the edits and scans that led to it.

The state is recomputed from them each time. Undoing a step means leaving it out, while scans and conflicts
met since stay. So the program's way to undo is not repeated here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from face_match.core.errors import AlreadyAddedError, FaceNamedError, NameTakenError
from face_match.gallery.photo_faces import ImportOutcome

Key = tuple[int, int]
"""The n-th face of the n-th photo."""


@dataclasses.dataclass
class Photo:
    path: int | None = None
    orientation: int = 1
    scans: tuple[str, ...] = ()


@dataclasses.dataclass
class Face:
    person: str | None = None
    is_ignored: bool = False
    is_unnamed: bool = False
    is_scanned: bool = False
    has_crop: bool = True
    rejections: tuple[tuple[str, str], ...] = ()
    cluster: int | None = None
    different_from: frozenset[Key] = frozenset()

    def reject(self, folder: str, name: str) -> None:
        self.rejections = (*(r for r in self.rejections if r[0] != folder), (folder, name))

    def forget_rejection(self, folder: str) -> None:
        self.rejections = tuple(r for r in self.rejections if r[0] != folder)


@dataclasses.dataclass
class Person:
    name: str
    cover: Key | None = None
    born: str = ""


class Conflict(NamedTuple):
    """A name in a file that contradicts the user: its decision, and the sources and paths that gave it."""

    decision: str
    files: tuple[object, int]


@dataclasses.dataclass
class State:
    photos: dict[int, Photo] = dataclasses.field(default_factory=dict)
    faces: dict[Key, Face] = dataclasses.field(default_factory=dict)
    people: dict[str, Person] = dataclasses.field(default_factory=dict)
    conflicts: dict[tuple[Key, str], Conflict] = dataclasses.field(default_factory=dict)

    # What is asked of it

    def folder_of(self, name: str) -> str | None:
        return next((folder for folder, person in self.people.items() if person.name == name), None)

    def named(self) -> list[Key]:
        return [key for key, face in self.faces.items() if face.person is not None]

    def unnamed(self) -> list[Key]:
        return [key for key, face in self.faces.items() if face.person is None and face.has_crop]

    def open_conflicts(self) -> list[tuple[Key, str]]:
        """The open conflicts in which the user's decision still differs from the file."""
        return [
            (key, name)
            for (key, name), conflict in self.conflicts.items()
            if conflict.decision == "open" and self.contradicts_user(name, key)
        ]

    def contradicts_user(self, name: str, key: Key) -> bool:
        face, folder = self.faces[key], self.folder_of(name)
        if face.person is not None:
            return self.people[face.person].name != name
        is_rejected = any(name == named or folder == other for other, named in face.rejections)
        return face.is_ignored or face.is_unnamed or is_rejected

    def predict_import(self, name: str, key: Key) -> ImportOutcome:
        """What importing a name does."""
        face = self.faces.get(key)
        if face is None:
            return ImportOutcome.ADDED
        if self.contradicts_user(name, key):
            conflict = self.conflicts.get((key, name))
            return (
                ImportOutcome.KNOWN
                if conflict is not None and conflict.decision == "mine"
                else ImportOutcome.CONFLICT
            )
        return ImportOutcome.ADDED if face.person is None else ImportOutcome.KNOWN

    # What is no step

    def scan(self, photo: int, count: int, scan: str) -> None:
        record = self.photos.setdefault(photo, Photo())
        record.scans = record.scans if scan in record.scans else (*record.scans, scan)
        for number in range(count):
            face = self.faces.setdefault((photo, number), Face())
            face.is_scanned = face.has_crop = True

    def seen_at(self, photo: int, path: int, orientation: int) -> None:
        for other in self.photos.values():
            if other.path == path:
                other.path = None
        if photo in self.photos:
            self.photos[photo] = dataclasses.replace(self.photos[photo], path=path, orientation=orientation)

    def note(self, key: Key, name: str, source: object, path: int) -> None:
        known = self.conflicts.get((key, name))
        if key in self.faces and (known is None or known.decision == "theirs"):
            self.conflicts[key, name] = Conflict("open", (source, path))

    def drop_stale_conflicts(self, source: object, path: int, names: Collection[str]) -> None:
        self.conflicts = {
            (key, name): conflict
            for (key, name), conflict in self.conflicts.items()
            if conflict != Conflict("open", (source, path)) or name in names
        }

    # Steps

    def add(self, name: str, key: Key, *, replaces: bool) -> None:
        face = self.faces.get(key)
        if face is not None and face.person is not None:
            if face.person == self.folder_of(name):
                raise AlreadyAddedError(name)
            if not replaces:
                raise FaceNamedError(self.people[face.person].name)
        self.import_name(name, key)

    def import_name(self, name: str, key: Key) -> None:
        self.photos.setdefault(key[0], Photo())
        self.faces.setdefault(key, Face()).has_crop = True
        self.assign([key], self.person_for(name))

    def reject_at(self, key: Key, folder: str) -> None:
        self.photos.setdefault(key[0], Photo())
        self.faces.setdefault(key, Face(has_crop=False)).reject(folder, self.people[folder].name)

    def name(self, keys: Sequence[Key], name: str, *, twice: bool, not_them: Sequence[Key]) -> None:
        folder = self.person_for(name)
        met = {key[0] for key, face in self.faces.items() if face.person == folder}
        wanted = []
        for key in keys:
            if twice or key[0] not in met:
                wanted.append(key)
            met.add(key[0])
        if not wanted:
            raise AlreadyAddedError(name)
        for key in not_them:
            self.faces[key].reject(folder, self.people[folder].name)
        self.assign(wanted, folder)

    def move(self, keys: Sequence[Key], name: str) -> None:
        folder = self.person_for(name)
        self.assign([key for key in keys if self.faces[key].person != folder], folder)

    def remove(self, keys: Sequence[Key], *, is_ignored: bool) -> None:
        for key in keys:
            face = self.faces[key]
            if face.person is not None and not is_ignored:
                face.reject(face.person, self.people[face.person].name)
            face.person, face.is_ignored, face.is_unnamed = None, is_ignored, not is_ignored
        self.update_people()

    def reject(self, keys: Sequence[Key], folder: str) -> None:
        for key in keys:
            self.faces[key].reject(folder, self.people[folder].name)

    def rename(self, folder: str, name: str) -> None:
        if self.folder_of(name) not in (None, folder):
            raise NameTakenError(name)
        self.people[folder] = dataclasses.replace(self.people[folder], name=name)

    def merge(self, folders: Sequence[str], into: str) -> None:
        born = [self.people[folder].born for folder in (into, *folders)]
        self.people[into].born = next(filter(None, born), "")
        for folder in folders:
            for face in self.faces.values():
                if any(other == folder for other, _ in face.rejections):
                    face.forget_rejection(folder)
                    if face.person != into:
                        face.reject(into, self.people[into].name)
            self.assign([key for key, face in self.faces.items() if face.person == folder], into)

    def delete_people(self, folders: Sequence[str]) -> None:
        for face in self.faces.values():
            if face.person in folders:
                face.person, face.is_unnamed = None, True
        self.update_people()

    def set_cover(self, key: Key) -> None:
        person = self.people[self.faces[key].person or ""]
        person.cover = key

    def set_birth_date(self, folder: str, born: str) -> None:
        self.people[folder].born = born

    def ignore(self, keys: Sequence[Key], *, is_ignored: bool) -> None:
        for key in keys:
            self.faces[key].is_ignored = is_ignored

    def cluster_faces(self, keys: Sequence[Key], number: int) -> None:
        for key in keys:
            self.faces[key].cluster = number
            self.faces[key].different_from -= {*keys}

    def split_from_cluster(self, keys: Sequence[Key], rest: Sequence[Key], number: int) -> None:
        for place, key in enumerate(keys):
            self.faces[key].cluster = number + place
            self.faces[key].different_from |= {*(rest or keys)} - {key}

    def resolve_conflicts(self, conflicts: Sequence[tuple[Key, str]], decision: str) -> None:
        for conflict in conflicts:
            self.conflicts[conflict] = self.conflicts[conflict]._replace(decision=decision)
        if decision == "theirs":
            wanted = dict(conflicts)
            for key, name in wanted.items():
                self._give(self.faces[key], self.person_for(name))
            self.update_people()

    def move_into(self, into: State) -> None:
        """Fill an empty state with what is moved to another gallery, where folders are called as people are
        called now."""
        names = {folder: person.name for folder, person in self.people.items()}

        def rejections(face: Face) -> tuple[tuple[str, str], ...]:
            """Of each name one, but not of the face's own: of someone else who was called so."""
            rejected = dict.fromkeys(names.get(folder, name) for folder, name in face.rejections)
            return tuple((name, name) for name in rejected if name != names.get(face.person or ""))

        into.photos = {number: dataclasses.replace(photo) for number, photo in self.photos.items()}
        into.people = {person.name: dataclasses.replace(person) for person in self.people.values()}
        into.conflicts = {**self.conflicts}
        into.faces = {
            key: dataclasses.replace(
                face,
                person=names.get(face.person or ""),
                rejections=rejections(face),
            )
            for key, face in self.faces.items()
        }

    # How it is done

    def person_for(self, name: str) -> str:
        folder, number = self.folder_of(name), 1
        while folder is None:
            candidate = name if number == 1 else f"{name} ({number})"
            folder = None if candidate in self.people else candidate
            number += 1
        self.people.setdefault(folder, Person(name))
        return folder

    def assign(self, keys: Sequence[Key], folder: str) -> None:
        for key in keys:
            self._give(self.faces[key], folder)
        self.update_people()

    @staticmethod
    def _give(face: Face, folder: str) -> None:
        face.forget_rejection(folder)
        face.person, face.is_ignored, face.is_unnamed = folder, False, False
        face.cluster, face.different_from = None, frozenset()

    def update_people(self) -> None:
        """Remove people without faces, and covers that are another person's."""
        owners = {face.person for face in self.faces.values()}
        self.people = {folder: person for folder, person in self.people.items() if folder in owners}
        for folder, person in self.people.items():
            if person.cover is not None and self.faces[person.cover].person != folder:
                person.cover = None


class Done(NamedTuple):
    """An action, in a step of the history or outside it."""

    do: Callable[[State], object]
    step: int | None = None
    is_undone: bool = False


class ModelHistory(NamedTuple):
    """All actions, oldest first."""

    done: tuple[Done, ...] = ()

    def state(self) -> State:
        state = State()
        for one in self.done:
            if not one.is_undone:
                one.do(state)
        return state

    def steps(self, *, undone: bool) -> list[int]:
        found = (one.step for one in self.done if one.step is not None and one.is_undone is undone)
        return [*dict.fromkeys(found)]

    def after(self, do: Callable[[State], object], step: int | None = None) -> ModelHistory:
        """The history with one more action, in a new step, which drops undone steps, or in a continued
        one."""
        if step is None or step in self.steps(undone=False):
            return ModelHistory((*self.done, Done(do, step)))
        return ModelHistory((*self.without_undone().done, Done(do, step)))

    def without_undone(self) -> ModelHistory:
        return ModelHistory(tuple(one for one in self.done if not one.is_undone))

    def undo(self) -> ModelHistory:
        return self._turned(self.steps(undone=False)[-1:], is_undone=True)

    def redo(self) -> ModelHistory:
        return self._turned(self.steps(undone=True)[:1], is_undone=False)

    def _turned(self, steps: Sequence[int], *, is_undone: bool) -> ModelHistory:
        return ModelHistory(
            tuple(
                one._replace(is_undone=is_undone) if one.step is not None and one.step in steps else one
                for one in self.done
            )
        )
