"""Which file holds a gallery's records: `embeddings.json`, or `gallery.sqlite` once it has outgrown that."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from face_match.core.atomic_files import sync_folder
from face_match.core.errors import GalleryError, gallery_write_errors
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import Step
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.storage.json_store import JsonStore, require_current_generation
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.store import Counts, Store
from face_match.gallery.storage.vault import Vault

log = logging.getLogger(__name__)

MAX_JSON_FACES = 300
"""Rewriting `embeddings.json` takes as long as all else that adding a face does from about here on, and an
import would wait for it (`python -m benchmarks.gallery --faces 100 250 1000`)."""


def open_store(folder: Path, *, for_writing: bool, vault: Vault | None) -> Store:
    """The records of a gallery's folder; where both files are there, the database is what counts.

    Raises:
        GalleryDamagedError, GalleryNewerError: nothing is changed.
    """
    json_store = JsonStore(folder, vault)
    if not (folder / DATABASE).exists():
        json_store.load()
        return json_store
    from face_match.gallery.storage.sqlite.store import (
        SqlStore,  # takes SQLAlchemy, which small galleries do without
    )

    store = SqlStore(folder / DATABASE, for_writing=for_writing, vault=vault)
    if store.is_encrypted and vault is not None:
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            require_current_generation(store.path, vault, store.generation)
            on_failure.pop_all()
    if for_writing and json_store.path.exists():
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(store.close)
            store.people()  # a database that cannot be read does not put another file aside
            on_failure.pop_all()
        _set_json_aside(json_store)
    return store


def moved_if_large(store: Store) -> Store:
    """The same records, moved to a database if they have outgrown their file, which is kept.

    Raises nothing of the gallery's: the change that made them grow is on the disk already.
    """
    if not isinstance(store, JsonStore) or store.stays_json:
        return store
    if max(store.face_count, store.photo_count) <= MAX_JSON_FACES:  # many photos have no faces
        return store
    try:
        return move_to_database(store)
    except (GalleryError, UnicodeEncodeError) as exc:
        log.warning("outgrown records could not be moved to a database: %s", type(exc).__name__)
        return store


def move_to_database(store: JsonStore) -> Store:
    """The same records, moved to a database; their file is kept.

    Raises:
        GalleryWriteError, UnicodeEncodeError (half a surrogate pair in a text): they are where they were.
    """
    from face_match.gallery.storage.sqlite.store import SqlStore

    path = store.path.with_name(DATABASE)
    try:
        generation = 0 if store.vault is None else store.vault.generation + 1
        SqlStore.create(path, store.contents(), history_of(store), store.vault, generation=generation)
        database = SqlStore(path, for_writing=True, vault=store.vault)
        if store.vault is not None:
            store.vault.generation = generation
    except (GalleryError, UnicodeEncodeError):
        with contextlib.suppress(OSError):  # it would count, were it there again
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        raise
    _set_json_aside(store)
    return database


def move_to_json(store: Store) -> JsonStore:
    """The same records, moved to `embeddings.json`, to stay there however many there are; the database goes.

    Raises:
        GalleryWriteError: they are where they were.
    """
    json_store = store if isinstance(store, JsonStore) else JsonStore(store.path.parent, store.vault)
    if store is not json_store:
        json_store.keep_file_head()
    json_store.pin_to_json()
    json_store.save(store.contents(), {step.id: (step, edits) for step, edits in history_of(store)})
    if store is not json_store:
        store.close()
        with gallery_write_errors(store.path):
            for path in (store.path, *journals_of(store.path)):
                path.unlink(missing_ok=True)
            sync_folder(store.path.parent)  # it would count, were it there again
    return json_store


def counts_of(path: Path, vault: Vault | None) -> Counts:
    """How many people and named faces a file of records has; that is not to say that all of it can be read.

    Raises:
        GalleryDamagedError, GalleryNewerError.
    """
    if path.suffix == Path(DATABASE).suffix:
        from face_match.gallery.storage.sqlite import store

        return store.counts_of(path, vault)
    return JsonStore.count(path, vault)


def history_of(store: Store) -> list[tuple[Step, list[Edit]]]:
    """All steps with what they do."""
    return [(step, store.edits_of(step.id)) for step in store.steps()]


def _set_json_aside(store: JsonStore) -> None:
    """Its file, where a database counts; what cannot be moved now is when the gallery is opened again."""
    try:
        if store.path.exists():
            store.path.replace(store.set_aside)
    except OSError as exc:
        log.warning("the outgrown records stay where they are: %s", exc.strerror)
