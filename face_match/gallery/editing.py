"""Committing edits: each one is on disk before it is reported done, and each can be undone."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from face_match.core.errors import GalleryError, GalleryWriteError, UndoImpossibleError
from face_match.core.records import FaceRecord
from face_match.core.server_errors import ChangedElsewhereError, ServerAwayError
from face_match.core.translation import marked
from face_match.core.types import Embedding
from face_match.gallery.records.edits import Draft, Edit, invert, require_readable
from face_match.gallery.records.faces import in_current_orientation
from face_match.gallery.records.fields import RecordError, unit_vector
from face_match.gallery.records.history import MAX_ID, MAX_STEPS, HistoryEntry, Step
from face_match.gallery.records.paths import CROPS_FOLDER
from face_match.gallery.records.people import People
from face_match.gallery.records.rows import Table, crop_files_of, face_from_row, utc_now
from face_match.gallery.search.embedding_search import EmbeddingSearches
from face_match.gallery.searching import SearchableContents
from face_match.gallery.storage import active_store, backups, calibrations
from face_match.gallery.storage.crops import crop_file
from face_match.gallery.storage.lock import HeldLock
from face_match.gallery.storage.pending_crops import CropNote, PendingCrops
from face_match.gallery.storage.store import Changes, Closable, Listener, Store
from face_match.gallery.storage.vault import remember_generation
from face_match.gallery.undo_fitting import ChangedSinceError, fitted_to_current

log = logging.getLogger(__name__)

MOST_DRAFTS = 10
"""How often an edit of an import is drafted while others keep changing the same records."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def drafted_again_when_changed(method: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """For edits that no person has asked for in view of the records: where others have changed these
    meanwhile, the edit is drafted again from what there is now."""

    @functools.wraps(method)
    def drafted(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        for _ in range(MOST_DRAFTS - 1):
            with contextlib.suppress(ChangedElsewhereError):
                return method(*args, **kwargs)
        return method(*args, **kwargs)

    return drafted


class EditableContents(SearchableContents):
    """Commits drafts of edits, with undo and redo. `Gallery` defines the edits themselves."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        lock: HeldLock | None,
        searches: EmbeddingSearches | None = None,
    ) -> None:
        super().__init__(folder, store, searches)
        self._writer_lock = lock
        self.is_dry_run = False
        self._pending: CropNote = PendingCrops(folder)
        self._last_step = max((step.id for step in self._steps), default=0)
        self._backed_up_on = ""
        self._steps_to_back_up: set[int] = set()

    def close(self) -> None:
        """Close the store and release the writer lock."""
        with self._lock:
            if self._writer_lock is not None:
                with contextlib.suppress(GalleryError):  # the records are on disk already
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
        return self._writer_lock is not None or self.is_dry_run

    def require_writable(self) -> None:
        """Check that changes are allowed; raises GalleryWriteError, GalleryLockLostError."""
        if self.is_dry_run:
            return
        if self._writer_lock is None:
            raise GalleryWriteError(self.folder, marked("it is open for reading only"))
        self._writer_lock.require_held()

    # Undo and redo

    def begin_step(self, description: str, *, back_up_first: bool = False) -> Step:
        """Start a step that several commits will share. The history has it from its first commit on.

        Args:
            back_up_first: back up the records before that commit, as imports do.
        Raises:
            GalleryWriteError.
        """
        with self._lock:
            if self._last_step > MAX_ID // 2:  # so that one session never runs out of step numbers
                log.warning("a step of the history has too large a number; the history was cleared")
                self._commit((), None, self._steps)
                self._last_step = 0
            self._last_step = self._store.next_step_id(self._last_step)
            if back_up_first:
                self._steps_to_back_up.add(self._last_step)
            return Step(self._last_step, description, utc_now())

    def undo(self) -> Step | None:
        """Undo the last step and return it; None if there is none.

        Raises:
            UndoImpossibleError: the records have changed since in a way that conflicts; nothing is changed.
            GalleryWriteError.
        """
        with self._lock:
            self.refresh()
            return self._replay(self.history[-1], is_undone=True) if self.history else None

    def redo(self) -> Step | None:
        """Redo the step that was undone last and return it; None if there is none. Raises as `undo` does."""
        with self._lock:
            self.refresh()
            return self._replay(self.undone[0], is_undone=False) if self.undone else None

    def edits_of(self, step: Step) -> Sequence[Edit]:
        """The edits of a step of the history."""
        with self._lock:
            return self._store.edits_of(step.id)

    def _replay(self, step: Step, *, is_undone: bool) -> Step:
        recorded = self._store.edits_of(step.id)
        try:
            edits = fitted_to_current(invert(recorded) if is_undone else recorded, self._store, self._people)
        except ChangedSinceError as exc:
            raise UndoImpossibleError(self.folder, step.description) from exc
        turned = replace(step, is_undone=is_undone)
        self._commit(edits, HistoryEntry(turned, invert(edits) if is_undone else edits))
        return step

    # Edits

    @contextlib.contextmanager
    def new_crops(self) -> Iterator[Callable[[str, str], None]]:
        """Yield a function to call with a face id and the name of its crop before the crop is written:
        it notes the crop in the list of those to delete after a crash.

        If the block fails, the crops are deleted; if the program is killed, the next opening for writing
        deletes those that no face has.
        """
        self.require_writable()
        with contextlib.ExitStack() as at_end, contextlib.ExitStack() as on_failure:

            def note(face_id: str, file: str) -> None:
                with self._lock:  # no edit may change the list of crops to delete after a crash in between
                    on_failure.callback(self.crops.delete, file)
                    self._pending.note(self.crops, [(face_id, file)], lasts=True)

            at_end.callback(self._end_of_note)
            yield note
            on_failure.pop_all()

    def _end_of_note(self) -> None:
        with self._lock:
            self._pending.end()

    def _apply(self, draft: Draft, description: str, step: Step | None = None) -> Step | None:
        """Commit a draft as a step of its own or as part of `step`; return the step, or None if nothing
        changes."""
        edits = draft.edits()
        recorded = [edit for edit in edits if not updates_photo(edit)]
        return self._apply_edits(edits, recorded, description, step)

    def _apply_edits(
        self, edits: Sequence[Edit], recorded: Sequence[Edit], description: str, step: Step | None = None
    ) -> Step | None:
        """Commit edits, of which some are recorded in the history; return the step, or None."""
        if not recorded:
            if edits:
                self._commit(edits)
            return None
        step = self.begin_step(description) if step is None else replace(step, description=description)
        is_continued = any(known.id == step.id and not known.is_undone for known in self._steps)
        dropped = [] if is_continued else [*self.undone]
        if not is_continued:
            dropped += self.history[: max(0, len(self.history) + 1 - MAX_STEPS)]
        self._commit(edits, HistoryEntry(step, recorded, is_continued), dropped)
        return step

    def _commit(
        self, edits: Sequence[Edit], entry: HistoryEntry | None = None, dropped: Sequence[Step] = ()
    ) -> None:
        """Write edits to disk, then update the data in memory.

        Args:
            dropped: steps to remove from the history.
        """
        self.require_writable()
        if not self.is_dry_run:
            self._back_up_before(entry)
        edits = self._with_moved_crops(edits)
        try:
            require_readable(edits)
        except RecordError as exc:
            raise GalleryWriteError(self._store.path, str(exc)) from exc
        staying = {edit.new("file") for edit in edits}
        unused = [(face_id, file) for face_id, file in self._crops_only_in(dropped) if file not in staying]
        moved = [
            edit for edit in edits if edit.table is Table.FACES and edit.old("file") and edit.new("file")
        ]
        files = [(edit.key, file) for edit in moved for file in (edit.old("file"), edit.new("file"))]
        self._pending.note(self.crops, (*unused, *files))
        with contextlib.ExitStack() as on_failure:
            for edit in moved:
                if self.crops.copy(edit.old("file"), edit.new("file")):
                    on_failure.callback(self.crops.delete, edit.new("file"))
            try:
                self._store.commit(edits, entry, [step.id for step in dropped])
            except ChangedElsewhereError:
                self.refresh()
                raise
            on_failure.pop_all()
        try:
            self._update_memory(edits, entry, dropped)
        except ServerAwayError:
            self._store.have_read(Changes(0, {}, has_embeddings=False, is_complete=False))  # read it again
            raise
        self._delete_crops([*(file for _, file in unused), *(edit.old("file") for edit in moved)])
        self._pending.clear()
        self._store = active_store.moved_if_large(self._store)

    def _back_up_before(self, entry: HistoryEntry | None) -> None:
        """Make the daily backup, and the one before an import; raises GalleryWriteError."""
        today = datetime.now().strftime("%Y-%m-%d")
        if self._backed_up_on != today and backups.back_up_daily(self._store):
            self._backed_up_on = today
        if entry is not None and entry.step.id in self._steps_to_back_up:
            backups.back_up(self._store, backups.BEFORE_IMPORT)
            self._steps_to_back_up.discard(entry.step.id)

    def _update_memory(
        self, edits: Sequence[Edit], entry: HistoryEntry | None, dropped: Sequence[Step]
    ) -> None:
        """Apply committed edits to the data in memory."""
        self._people = self._people.after(edits)
        gone = {step.id for step in dropped}
        steps = {step.id: step for step in self._steps if step.id not in gone}
        if entry is not None:
            steps[entry.step.id] = entry.step
        self._steps = tuple(steps[number] for number in sorted(steps))
        if any(edit.table is Table.PHOTOS and edit.new("digest") == "" for edit in edits):
            self._has_photos_of_0_1 = True
        updated = [
            edit for edit in edits if edit.table is Table.PHOTOS and None not in (edit.before, edit.after)
        ]
        turned = [edit for edit in updated if edit.changes("orientation")]
        dated = [edit.key for edit in updated if edit.changes("taken")]
        if turned or dated or any(edit.changes("hints") for edit in updated):
            self._unnamed = None  # the places, dates or hints of its faces have changed
        changed = {edit.key: edit for edit in edits if edit.table is Table.FACES}
        added = [edit for edit in changed.values() if edit.before is None and edit.after is not None]
        photos = self._photos_of(edit.after or {} for edit in added)
        new = []
        for edit in added:
            row = edit.after or {}
            face = face_from_row(row, edit.embeddings, photos.get(row["photo"]))
            new.append(in_current_orientation(face, photos.get(row["photo"])))
        rows = self._store.rows(Table.FACES, "id", changed.keys() - {face.id for face in new})
        faces = [*new, *self._faces(rows)]
        for face in self._faces(self._store.rows(Table.FACES, "photo", dated)):
            self._searches.put(face)
        self._revision += any(map(_changes_comparisons, edits))
        self._update_faces(faces, changed.keys() - {face.id for face in faces})

    def _update_faces(self, faces: Iterable[FaceRecord], gone: Iterable[str]) -> None:
        """Update the faces in memory.

        Args:
            faces: those that were added or changed.
            gone: ids of those that were removed.
        """
        for face in faces:
            self._searches.put(face)
            self._hold_if_unnamed(face)
        for face_id in gone:
            self._searches.remove(face_id)
            self._ignored.discard(face_id)
            if self._unnamed is not None:
                self._unnamed.pop(face_id, None)

    def listen(self, listener: Listener) -> Closable | None:
        """Begin to tell of others' changes, until it is closed; None where nobody else makes any."""
        return self._store.listen(listener)

    def refresh(self) -> bool:
        """Take up what others have committed; returns whether they have. Raises as `take_up` does."""
        with self._lock:
            changes = self._store.unread_changes()
            if changes is not None:
                self.take_up(changes)
                self._store.have_read(changes)
            return changes is not None

    def take_up(self, changes: Changes) -> None:
        """Bring what is in memory up to date with what others have committed.

        Rows are read as they are now. So changes may be taken up late, twice, or together with later ones.

        Raises:
            GalleryDamagedError, ServerError: nothing was taken up.
        """
        with self._lock:
            people, steps = People(self._store.people()), tuple(self._store.steps())
            changed = {*changes.keys.get(Table.FACES, ())}
            photos = {*changes.keys.get(Table.PHOTOS, ())}
            faces = {}
            if changes.is_complete:
                rows = [
                    *self._store.rows(Table.FACES, "id", changed),
                    *self._store.rows(Table.FACES, "photo", photos),  # for their places, dates and hints
                ]
                faces = {face.id: face for face in self._faces([*{row["id"]: row for row in rows}.values()])}
            self._people, self._steps = people, steps
            self._last_step = max([self._last_step, *(step.id for step in steps)])
            if photos or not changes.is_complete:
                self._has_photos_of_0_1 = None
            if changes.has_embeddings or not changes.is_complete:
                self._searches.forget_all()
                self._unnamed = None
            self._update_faces(faces.values(), changed - faces.keys())
            self._revision += bool(changed or changes.has_embeddings or not changes.is_complete)

    def _delete_crops(self, files: Sequence[str]) -> None:
        """Delete crops, except those that other faces still use, as damaged or manipulated records may
        have it."""
        if self.crops.are_deleted_by_commits:
            return
        used = crop_files_of(self._store.rows(Table.FACES, "file", files)) if files else ()
        for file in files:
            if file not in used:
                self.crops.delete(file)

    def _with_moved_crops(self, edits: Sequence[Edit]) -> list[Edit]:
        """The edits with the crops moved between the unnamed folder and a person's, where a name is set or
        taken off."""
        moving = [
            edit.key
            for edit in edits
            if edit.table is Table.FACES
            and edit.before is not None
            and edit.after is not None
            and edit.changes("person")
            and not edit.changes("file")
            and None in (edit.old("person"), edit.new("person"))
        ]
        files = {row["id"]: row["file"] for row in self._store.rows(Table.FACES, "id", moving)}
        found = []
        for edit in edits:
            file = files.get(edit.key, "") if edit.table is Table.FACES else ""
            name = PurePosixPath(file)
            to = crop_file(edit.new("person"), name.stem, name.suffix) if file else ""
            is_own = PurePosixPath(to).name == name.name  # and the name was not given by the demo
            is_own = is_own and file.startswith(f"{CROPS_FOLDER}/")
            if is_own and to != file and edit.before is not None and edit.after is not None:
                edit = replace(  # noqa: PLW2901
                    edit, before={**edit.before, "file": file}, after={**edit.after, "file": to}
                )
            found.append(edit)
        return found

    def _crops_only_in(self, steps: Sequence[Step]) -> list[tuple[str, str]]:
        """The crops that only undoing or redoing these steps would bring back, with their face ids."""
        back: set[tuple[str, str]] = set()
        for step in steps:
            edits = [edit for edit in self._store.edits_of(step.id) if edit.table is Table.FACES]
            if not step.is_undone:
                edits = invert(edits)
            gained = ((edit.key, edit.new("file")) for edit in edits if not edit.old("file"))
            back |= {(face_id, file) for face_id, file in gained if file}
        used = crop_files_of(self._store.rows(Table.FACES, "id", {face_id for face_id, _ in back}))
        return sorted((face_id, file) for face_id, file in back if file not in used)

    # Embeddings and calibrations

    def add_embeddings(self, model_id: str, embeddings: Mapping[str, Embedding], *, store: bool) -> None:
        """Add embeddings of a model, by face id.

        Args:
            store: write them to disk; otherwise they are kept until the gallery is closed.
        Raises:
            ValueError: an embedding is invalid; nothing is changed.
            GalleryWriteError.
        """
        if not embeddings:
            return
        embeddings = {face_id: unit_vector(embedding) for face_id, embedding in embeddings.items()}
        with self._lock:
            if store:
                self.require_writable()
                self._store.add_embeddings(model_id, embeddings)
                self._searches.forget(model_id)
            known = {row["id"]: row for row in self._store.rows(Table.FACES, "id", embeddings.keys())}
            for face_id, row in known.items():
                embedding = embeddings[face_id]
                if row["person"] is None:
                    if not store:
                        self._unstored.setdefault(face_id, {})[model_id] = embedding
                    self._add_unnamed_embedding(face_id, model_id, embedding)
                elif not store:
                    self._search(model_id, len(embedding))
                    self._searches.hold(face_id, row["person"], model_id, embedding)
            self._revision += any(row["person"] is not None for row in known.values())

    def _add_unnamed_embedding(self, face_id: str, model_id: str, embedding: Embedding) -> None:
        face: FaceRecord | None = (self._unnamed or {}).get(face_id)
        if face is not None and self._unnamed is not None and self._unnamed_model in (None, model_id):
            self._unnamed[face_id] = replace(face, embeddings={**face.embeddings, model_id: embedding})

    def save_calibration(self, model_id: str, record: Mapping[str, Any]) -> None:
        """Store the calibration of a model; raises GalleryWriteError."""
        with self._lock:
            self.require_writable()
            calibrations.write(self.folder, self.vault, model_id, record)


def _changes_comparisons(edit: Edit) -> bool:
    """Whether a person's birth date, or a face's person or rejections change, so that comparisons are
    outdated."""
    if edit.table is not Table.FACES:
        return edit.table is Table.PEOPLE and edit.changes("born")
    return edit.changes("person") or bool((edit.old("rejections") or []) != (edit.new("rejections") or []))


def updates_photo(edit: Edit) -> bool:
    """Whether an edit only updates what is known of a photo's file. Such edits are no user actions and are
    not undone."""
    return (
        edit.table is Table.PHOTOS
        and edit.before is not None
        and edit.after is not None
        and not edit.changes("turned")
        and not edit.changes("hints")
    )
