"""What can be taken back and done again, and the crops that are kept as long as it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from face_match.gallery.changes import Change, Edit, PersonEdit, SampleEdit
from face_match.gallery.history import LENGTH
from face_match.gallery.names import name_key
from face_match.gallery.people import People
from face_match.gallery.samples import Crops


class Past:
    """The changes made, the oldest first, and those taken back since, the last one last."""

    def __init__(self, done: Iterable[Change], crops: Crops) -> None:
        self.done = list(done)
        self.undone: list[Change] = []
        self._crops = crops

    def add(self, change: Change) -> None:
        """It was made: what was taken back cannot be done again, and the oldest cannot be taken back."""
        self.forget_undone()
        self.done.append(change)
        while len(self.done) > LENGTH:
            self._delete_crops(self.done.pop(0), of_added=False)

    def forget_undone(self) -> None:
        """Crops of undone additions go: nothing refers to them any more."""
        for change in self.undone:
            self._delete_crops(change, of_added=True)
        self.undone.clear()

    def _delete_crops(self, change: Change, *, of_added: bool) -> None:
        """Of samples that a change has added and that are not there, or that it has removed."""
        for edit in change.edits:
            if isinstance(edit, SampleEdit):
                kept, gone = (edit.before, edit.after) if of_added else (edit.after, edit.before)
                if kept is None and gone is not None:
                    self._crops.delete(gone.sample.file)


def can_be_made(edits: Sequence[Edit], people: People) -> bool:
    """Whether everybody is there whom some edits begin with, and nobody is in the way of whom they make.

    It is always so, unless the records were changed by hand or by another program.
    """
    counts = {person.folder: person.sample_count for person in people.all}
    names = {name_key(person.name): person.folder for person in people.all}
    for edit in edits:
        if isinstance(edit, PersonEdit):
            if not _can_person_be(edit, counts, names):
                return False
            continue
        for filed, more in ((edit.before, -1), (edit.after, 1)):
            if filed is not None:
                if filed.folder not in counts:
                    return False
                counts[filed.folder] += more if isinstance(edit, SampleEdit) else 0
    return True


def _can_person_be(edit: PersonEdit, counts: dict[str, int], names: dict[str, str]) -> bool:
    """Whether a person can become what an edit says; keeps count of who is there."""
    if edit.before is not None:
        if edit.before.folder not in counts or (edit.after is None and counts[edit.before.folder]):
            return False
    elif edit.after is not None and edit.after.folder in counts:
        return False
    if edit.after is None:
        if edit.before is not None:
            del counts[edit.before.folder]
        return True
    counts.setdefault(edit.after.folder, 0)
    key = name_key(edit.after.name)
    return key not in names or names[key] == edit.after.folder or names[key] not in counts
