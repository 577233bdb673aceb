"""Switching a gallery's records between `embeddings.json` and `gallery.sqlite`."""

from __future__ import annotations

from pathlib import Path

from face_match.core.errors import GalleryWriteError
from face_match.core.translation import marked
from face_match.gallery.security.unlocking import unlock_for_writing
from face_match.gallery.storage import active_store, backups
from face_match.gallery.storage.json_store import JsonStore
from face_match.gallery.storage.lock import WriterLock
from face_match.gallery.storage.vault import remember_generation


def move_records(folder: Path, *, to_database: bool, passphrase: str | None = None) -> Path:
    """Move the records to the other store, after a backup; return the new file.

    Raises:
        GalleryWriteError, GalleryLockedError, GalleryDamagedError: the records are unchanged.
    """
    with WriterLock(folder):
        store = backups.open_store(folder, for_writing=True, vault=unlock_for_writing(folder, passphrase))
        try:
            if store.path.exists():
                backups.back_up(store, backups.BEFORE_MIGRATION)
            if isinstance(store, JsonStore) and to_database:
                store = active_store.move_to_database(store)
            elif not to_database:
                store = active_store.move_to_json(store)
        except UnicodeEncodeError as exc:
            raise GalleryWriteError(
                store.path, marked("a name contains a character that a database cannot hold")
            ) from exc
        finally:
            store.close()
        if store.vault is not None:
            remember_generation(folder, store.vault, store.vault.generation)
        return store.path
