"""What can be taken back and done again, and the crops that are kept as long as it can be."""

from __future__ import annotations

from collections.abc import Iterable

from face_match.gallery.changes import Change, SampleEdit
from face_match.gallery.history import LENGTH
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
