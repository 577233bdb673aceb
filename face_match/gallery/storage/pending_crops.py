"""A note of the crops that an edit is about to write or delete. It exists only while the edit runs.

If the program is killed between writing a crop and its record, the crop is left unreferenced. The note lists
the crops to check, so that the others need not be.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from face_match.core.atomic_files import read_file
from face_match.core.errors import GalleryError, gallery_write_errors
from face_match.gallery.records.paths import MAX_FILE_BYTES, PENDING_CROPS, require_no_link
from face_match.gallery.records.rows import Table
from face_match.gallery.storage import active_store
from face_match.gallery.storage.crops import Crops, crop_file
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import Vault

MAX_NOTE_BYTES, MAX_NOTED = 64_000_000, 700_000
"""The largest archive has 300,000 faces, and an edit moves each crop once. A larger note is forged, and
ignored."""


class CropNote(Protocol):
    """Knows the crops that an edit is about to write or delete."""

    def note(self, crops: Crops, files: Iterable[tuple[str, str]], *, lasts: bool = False) -> None:
        """Note crops, with the ids of their faces, before they are changed; see `PendingCrops.note`."""

    def clear(self) -> None:
        """The edit is complete."""

    def end(self) -> None:
        """The work of several edits is complete."""


class PendingCrops:
    """The note of one gallery. The caller holds the writer lock."""

    def __init__(self, folder: Path, *, is_dry_run: bool = False) -> None:
        """The note in a gallery's folder.

        Args:
            is_dry_run: changes are made in memory only; write no note and touch no crop.
        """
        self._folder = folder
        self._path = folder / PENDING_CROPS
        self._is_tried = is_dry_run
        self._lasting_bytes = 0

    def note(self, crops: Crops, files: Iterable[tuple[str, str]], *, lasts: bool = False) -> None:
        """Note crops before they are changed; raises GalleryWriteError.

        The note is not synced: it must survive the end of the program only, and a leftover crop is harmless.

        Args:
            files: pairs of a face id and a crop file.
            lasts: keep these until `end`, although edits that are committed meanwhile clear the note.
        """
        places = [(face_id, place) for face_id, file in files if file for place in crops.places(file)]
        lines = [json.dumps(place) + "\n" for place in places]
        if not lines or self._is_tried:
            return
        with gallery_write_errors(self._path):
            require_no_link(self._path)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(descriptor, "".join(lines).encode())
                if lasts:
                    self._lasting_bytes = os.fstat(descriptor).st_size
            finally:
                os.close(descriptor)

    def clear(self) -> None:
        """Delete the note, except what lasts, because the edit is complete."""
        if self._is_tried:  # the note may belong to the process that has the gallery open
            return
        with contextlib.suppress(OSError):
            if self._lasting_bytes:
                os.truncate(self._path, self._lasting_bytes)
            else:
                self._path.unlink(missing_ok=True)

    def end(self) -> None:
        """Delete the whole note, because the work of several edits is complete."""
        self._lasting_bytes = 0
        self.clear()

    def remove_unused(self, vault: Vault | None) -> None:
        """Delete the noted crops that no face and no redoable step refers to."""
        if not self._path.exists():
            return
        with contextlib.suppress(GalleryError):  # unreadable records do not tell which crops are in use
            store = active_store.open_store(self._folder, for_writing=False, vault=vault)
            with contextlib.closing(store):
                crops = Crops(self._folder, vault)
                noted = {place: face_id for face_id, place in self._read()}
                files = {place: crops.file_stored_at(place) for place in crops.stored_among(noted)}
                used = _used(store, {noted[place] for place in files}, {*files.values()})
                crops.delete_stored(
                    place for place, file in files.items() if file not in used and _is_own(noted[place], file)
                )
            self.clear()

    def _read(self) -> Iterator[tuple[str, str]]:
        """The noted crops. An incomplete line is skipped, because its crop was not touched yet."""
        try:
            content = read_file(self._path, MAX_NOTE_BYTES, follows_links=False)
        except OSError:
            return
        if content.count(b"\n") > MAX_NOTED:
            return
        for line in content.split(b"\n"):
            with contextlib.suppress(ValueError, TypeError, RecursionError):
                face_id, place = json.loads(line)
                if isinstance(face_id, str) and isinstance(place, str) and len(place) <= MAX_FILE_BYTES:
                    yield face_id, place


def _used(store: Store, face_ids: set[str], files: set[str]) -> set[str]:
    """The crop files in use: of these faces, of faces with these files, and of steps that can be redone."""
    used = {row["file"] for row in store.rows(Table.FACES, "id", face_ids)}
    used |= {row["file"] for row in store.rows(Table.FACES, "file", files)}
    for step in store.steps():
        if step.is_undone:
            edits = [edit for edit in store.edits_of(step.id) if edit.table is Table.FACES]
            used |= {file for edit in edits for file in (edit.old("file"), edit.new("file"))}
    return {file for file in used if file}


def _is_own(face_id: str, file: str) -> bool:
    """Whether a crop's name fits a face. The note may be untrusted."""
    return PurePosixPath(file).stem == PurePosixPath(crop_file(None, face_id)).stem
