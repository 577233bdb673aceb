"""How a gallery is changed: every edit is on the disk before it is reported done, and can be undone."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

from face_match.errors import GalleryError, GalleryWriteError, UndoImpossibleError
from face_match.gallery import backups, calibrations, stores
from face_match.gallery.contents import GalleryContents
from face_match.gallery.crops import crop_file
from face_match.gallery.edits import Draft, Edit, inverse
from face_match.gallery.history import LENGTH, Entry, Step
from face_match.gallery.lock import WriterLock
from face_match.gallery.records import Table, files_of, now, unit_vector
from face_match.gallery.store import Store
from face_match.gallery.undoing import ChangedSinceError, as_now
from face_match.gallery.vault import remember_generation
from face_match.types import FaceRecord, Vector


class EditableContents(GalleryContents):
    """What can be changed by drafts of edits, undone and redone; `Gallery` says what there is to be done."""

    def __init__(self, folder: Path, store: Store, lock: WriterLock | None) -> None:
        super().__init__(folder, store)
        self._writer_lock = lock
        self.is_tried = False
        self._last_step = max((step.id for step in self._steps), default=0)

    def close(self) -> None:
        """Let others write."""
        with self._lock:
            if self._writer_lock is not None:
                with contextlib.suppress(GalleryError):  # the records themselves are there
                    self.require_writable()
                    if self.vault is not None:
                        remember_generation(self.folder, self.vault, self.vault.generation)
            self._store.close()
            if self._writer_lock is not None:
                self._writer_lock.release()
                self._writer_lock = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_writable(self) -> bool:
        return self._writer_lock is not None or self.is_tried

    def require_writable(self) -> None:
        """Look whether anything may be changed; raises GalleryWriteError, GalleryLockLostError."""
        if self.is_tried:
            return
        if self._writer_lock is None:
            raise GalleryWriteError(self.folder, "it is open for reading only")
        self._writer_lock.require_held()

    # Undo and redo

    def begin_step(self, description: str) -> Step:
        """A step that several edits will make; it is in the history once the first of them is made."""
        with self._lock:
            self._last_step += 1
            return Step(self._last_step, description, now())

    def undo(self) -> Step | None:
        """Undo the last step; returns it, or None where there is none.

        Raises:
            UndoImpossibleError: something else has changed the records since; nothing is changed.
            GalleryWriteError.
        """
        with self._lock:
            return self._turn(self.history[-1], is_undone=True) if self.history else None

    def redo(self) -> Step | None:
        """Redo the step that was undone last; returns it, or None. Raises as `undo` does."""
        with self._lock:
            return self._turn(self.undone[0], is_undone=False) if self.undone else None

    def _turn(self, step: Step, *, is_undone: bool) -> Step:
        recorded = self._store.edits_of(step.id)
        try:
            edits = as_now(inverse(recorded) if is_undone else recorded, self._store, self._people)
        except ChangedSinceError as exc:
            raise UndoImpossibleError(self.folder, step.description) from exc
        turned = replace(step, is_undone=is_undone)
        self._commit(edits, Entry(turned, inverse(edits) if is_undone else edits))
        return step

    # Edits

    def _do(self, draft: Draft, description: str, step: Step | None = None) -> Step | None:
        """Make the edits of a draft, as a step of their own or as more of one; None if they change nothing."""
        edits = draft.edits()
        recorded = [edit for edit in edits if not _is_of_photo(edit)]
        if not recorded:
            if edits:
                self._commit(edits)
            return None
        step = self.begin_step(description) if step is None else replace(step, description=description)
        is_more = any(known.id == step.id and not known.is_undone for known in self._steps)
        dropped = [] if is_more else [*self.undone]
        if not is_more:
            dropped += self.history[: max(0, len(self.history) + 1 - LENGTH)]
        self._commit(edits, Entry(step, recorded, is_more), dropped)
        return step

    def _commit(
        self, edits: Sequence[Edit], entry: Entry | None = None, dropped: Sequence[Step] = ()
    ) -> None:
        """On the disk first, then in memory.

        Args:
            dropped: steps that are in the history no more.
        """
        self.require_writable()
        if not self.is_tried:
            backups.back_up_daily(self._store)
        unused = self._crops_of(dropped)
        edits = self._with_files(edits)
        moved = [
            edit
            for edit in edits
            if edit.table is Table.FACES and edit.value("file", 0) and edit.value("file", 1)
        ]
        with contextlib.ExitStack() as on_failure:
            for edit in moved:
                on_failure.callback(self.crops.delete, edit.value("file", 1))
                self.crops.copy(edit.value("file", 0), edit.value("file", 1))
            self._store.commit(edits, entry, [step.id for step in dropped])
            on_failure.pop_all()
        self._show(edits, entry, dropped)
        for file in (*unused, *(edit.value("file", 0) for edit in moved)):
            self.crops.delete(file)
        self._store = stores.grown(self._store)

    def _show(self, edits: Sequence[Edit], entry: Entry | None, dropped: Sequence[Step]) -> None:
        """Have in memory what was committed."""
        self._people = self._people.after(edits)
        gone = {step.id for step in dropped}
        steps = {step.id: step for step in self._steps if step.id not in gone}
        if entry is not None:
            steps[entry.step.id] = entry.step
        self._steps = tuple(steps[number] for number in sorted(steps))
        if any(edit.table is Table.PHOTOS and edit.changes("orientation") for edit in edits):
            self._unnamed = None  # the places of its faces are others
        changed = {edit.key: edit for edit in edits if edit.table is Table.FACES}
        rows = self._store.rows(Table.FACES, "id", changed.keys())
        for face in self._faces(rows):
            self._tables.put(face)
            if self._unnamed is not None:
                if face.person is None:
                    self._unnamed[face.id] = face
                else:
                    self._unnamed.pop(face.id, None)
        for key in changed.keys() - {row["id"] for row in rows}:
            self._tables.remove(key)
            if self._unnamed is not None:
                self._unnamed.pop(key, None)

    def _with_files(self, edits: Sequence[Edit]) -> list[Edit]:
        """The same, with the crops of faces that get a name, or lose theirs, in other folders."""
        moving = [
            edit.key
            for edit in edits
            if edit.table is Table.FACES
            and edit.before is not None
            and edit.after is not None
            and edit.changes("person")
            and None in (edit.value("person", 0), edit.value("person", 1))
        ]
        files = {row["id"]: row["file"] for row in self._store.rows(Table.FACES, "id", moving)}
        found = []
        for edit in edits:
            file = files.get(edit.key, "") if edit.table is Table.FACES else ""
            suffix = PurePosixPath(file).suffix
            to = crop_file(edit.value("person", 1), edit.key, suffix) if file else ""
            is_own = PurePosixPath(to).name == PurePosixPath(file).name
            if file and is_own and to != file and edit.before is not None and edit.after is not None:
                edit = replace(  # noqa: PLW2901
                    edit, before={**edit.before, "file": file}, after={**edit.after, "file": to}
                )
            found.append(edit)
        return found

    def _crops_of(self, steps: Sequence[Step]) -> list[str]:
        """The crops that nothing refers to once steps are forgotten: of faces that redoing would add."""
        unused: set[str] = set()
        for step in steps:
            if step.is_undone:
                added = (edit for edit in self._store.edits_of(step.id) if edit.table is Table.FACES)
                unused |= files_of(edit.after for edit in added if edit.before is None and edit.after)
        return sorted(unused)

    # Vectors and calibrations

    def add_vectors(self, model_id: str, vectors: Mapping[str, Vector], *, keep: bool) -> None:
        """Vectors of a model for faces that have none, by face id.

        Args:
            keep: write them down; else they are there as long as the gallery is open.
        Raises:
            ValueError: a vector is not one; nothing is changed.
            GalleryWriteError.
        """
        if not vectors:
            return
        vectors = {face_id: unit_vector(vector) for face_id, vector in vectors.items()}
        with self._lock:
            if keep:
                self.require_writable()
                self._store.add_vectors(model_id, vectors)
                self._tables.forget(model_id)
            known = {row["id"]: row for row in self._store.rows(Table.FACES, "id", vectors.keys())}
            for face_id, row in known.items():
                vector = vectors[face_id]
                if row["person"] is None:
                    self._give_unnamed(face_id, model_id, vector)
                elif not keep:
                    self._table(model_id, len(vector)).put(face_id, row["person"], vector)

    def _give_unnamed(self, face_id: str, model_id: str, vector: Vector) -> None:
        face: FaceRecord | None = (self._unnamed or {}).get(face_id)
        if face is not None and self._unnamed is not None:
            self._unnamed[face_id] = replace(face, vectors={**face.vectors, model_id: vector})

    def keep_calibration(self, model_id: str, record: Mapping[str, Any]) -> None:
        """Write down what was learned about a model's similarities here; raises GalleryWriteError."""
        with self._lock:
            self.require_writable()
            calibrations.write(self.folder, self.vault, model_id, record)


def _is_of_photo(edit: Edit) -> bool:
    """Whether it brings a photo's record up to date: that is nothing that a person does, or undoes."""
    return edit.table is Table.PHOTOS and edit.before is not None and edit.after is not None
