"""Which file holds a gallery's records: `embeddings.json`, or `gallery.sqlite` once it has outgrown that."""

from __future__ import annotations

import logging
from pathlib import Path

from face_match.errors import GalleryError, gallery_writes
from face_match.gallery.json_store import JsonStore
from face_match.gallery.store import Store

log = logging.getLogger(__name__)

DATABASE = "gallery.sqlite"

JSON_SAMPLES = 1_000
"""With more, rewriting `embeddings.json` would take over 10 ms at each change."""


def open_store(folder: Path, *, for_writing: bool) -> Store:
    """The records of a gallery's folder; where both files are there, the database is what counts.

    Raises:
        GalleryDamagedError, GalleryNewerError: nothing is changed.
    """
    json_store = JsonStore(folder)
    if not (folder / DATABASE).exists():
        json_store.load()
        return json_store
    from face_match.gallery.sql_store import SqlStore  # takes SQLAlchemy, which small galleries do without

    store = SqlStore(folder / DATABASE, for_writing=for_writing)
    if for_writing and json_store.path.exists():
        json_store.path.replace(json_store.outgrown)
    return store


def grown(store: Store) -> Store:
    """The same records, moved to a database if they have outgrown their file, which is kept."""
    if not isinstance(store, JsonStore) or store.sample_count <= JSON_SAMPLES:
        return store
    from face_match.gallery.sql_store import SqlStore

    path = store.path.with_name(DATABASE)
    try:
        SqlStore.create(path, store.records, store.history())
        database = SqlStore(path, for_writing=True)
    except (GalleryError, UnicodeEncodeError) as exc:
        log.warning("outgrown records could not be moved to a database: %s", type(exc).__name__)
        return store
    with gallery_writes(store.path):
        store.path.replace(store.outgrown)
    return database
