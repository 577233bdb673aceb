"""Which file holds a gallery's records: `embeddings.json`, or `gallery.sqlite` once it has outgrown that."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from face_match.errors import GalleryError, gallery_writes
from face_match.gallery.json_store import JsonStore
from face_match.gallery.store import Store
from face_match.gallery.vault import Vault

log = logging.getLogger(__name__)

DATABASE = "gallery.sqlite"
ERASING = "erasing.json"
"""What is to be erased, for as long as it is not."""

JSON_SAMPLES = 300
"""Rewriting `embeddings.json` takes as long as all else that adding a sample does from about here on, and an
import would wait for it (`python -m benchmarks.gallery --samples 100 250 1000`)."""


def open_store(folder: Path, *, for_writing: bool, vault: Vault | None) -> Store:
    """The records of a gallery's folder; where both files are there, the database is what counts.

    Raises:
        GalleryDamagedError, GalleryNewerError: nothing is changed.
    """
    json_store = JsonStore(folder, vault)
    if not (folder / DATABASE).exists():
        json_store.load()
        return json_store
    from face_match.gallery.sql_store import SqlStore  # takes SQLAlchemy, which small galleries do without

    store = SqlStore(folder / DATABASE, for_writing=for_writing, vault=vault)
    if for_writing:
        _put_away(json_store)
    return store


def journal_of(database: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is in use, or was when it was killed."""
    return [database.with_name(f"{database.name}-{part}") for part in ("wal", "shm", "journal")]


def grown(store: Store) -> Store:
    """The same records, moved to a database if they have outgrown their file, which is kept.

    Raises nothing of the gallery's: the change that made them grow is on the disk already.
    """
    if not isinstance(store, JsonStore) or store.sample_count <= JSON_SAMPLES or store.stays:
        return store
    try:
        return in_database(store)
    except (GalleryError, UnicodeEncodeError) as exc:
        log.warning("outgrown records could not be moved to a database: %s", type(exc).__name__)
        return store


def in_database(store: JsonStore) -> Store:
    """The same records, moved to a database; their file is kept.

    Raises:
        GalleryWriteError, UnicodeEncodeError (half a surrogate pair in a text): they are where they were.
    """
    from face_match.gallery.sql_store import SqlStore

    path = store.path.with_name(DATABASE)
    try:
        SqlStore.create(path, store.records(), store.history(), store.vault)
        database = SqlStore(path, for_writing=True, vault=store.vault)
    except (GalleryError, UnicodeEncodeError):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    _put_away(store)
    return database


def in_json(store: Store) -> JsonStore:
    """The same records, moved to `embeddings.json`, to stay there however many there are; the database goes.

    Raises:
        GalleryWriteError: they are where they were.
    """
    json_store = store if isinstance(store, JsonStore) else JsonStore(store.path.parent, store.vault)
    if store is not json_store:
        json_store.take_up_head()
    json_store.stay()
    json_store.save(store.records(), store.history())
    if store is not json_store:
        store.close()
        with gallery_writes(store.path):
            for path in (store.path, *journal_of(store.path)):
                path.unlink(missing_ok=True)
    return json_store


def _put_away(store: JsonStore) -> None:
    """Its file, where a database counts; what cannot be moved now is when the gallery is opened again."""
    try:
        if store.path.exists():
            store.path.replace(store.outgrown)
    except OSError as exc:
        log.warning("the outgrown records stay where they are: %s", exc.strerror)
