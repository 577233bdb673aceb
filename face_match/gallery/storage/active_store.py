"""The choice of store: `embeddings.json` for small galleries, `gallery.sqlite` for larger ones."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from face_match.core.atomic_files import file_version, sync_folder
from face_match.core.errors import GalleryError, gallery_write_errors
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.history import Step
from face_match.gallery.records.paths import DATABASE, RECORDS, VAULT
from face_match.gallery.storage.json_store import JsonStore, require_current_generation
from face_match.gallery.storage.sqlite.files import journals_of
from face_match.gallery.storage.store import Counts, Store
from face_match.gallery.storage.vault import Vault

log = logging.getLogger(__name__)

MAX_JSON_FACES = 300
"""From about here on, rewriting `embeddings.json` takes as long as everything else in adding a face
(`python -m benchmarks.gallery --faces 100 250 1000`)."""


def open_store(folder: Path, *, for_writing: bool, vault: Vault | None) -> Store:
    """Open the records of a gallery. If both files exist, the database takes precedence.

    Raises:
        GalleryDamagedError, GalleryNewerError: nothing is changed.
    """
    json_store = JsonStore(folder, vault)
    if not (folder / DATABASE).exists():
        json_store.load()
        return json_store
    from face_match.gallery.storage.sqlite.store import (
        SqlStore,  # imports SQLAlchemy, which small galleries do not need
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
            store.people()  # an unreadable database must not displace the other file
            on_failure.pop_all()
        _set_json_aside(json_store)
    return store


def versions_of_records(folder: Path) -> list[tuple[int, int, int] | None]:
    """The versions of the vault and each file of records, which change when another process writes."""
    files = (folder / VAULT, folder / RECORDS, folder / DATABASE, *journals_of(folder / DATABASE))
    return [file_version(path) for path in files]


def moved_if_large(store: Store) -> Store:
    """Move the records to a database if there are too many for JSON; return the store to use.

    Never raises GalleryError, because the change that made the records grow is on disk already.
    """
    if not isinstance(store, JsonStore) or store.stays_json:
        return store
    if max(store.face_count, store.photo_count) <= MAX_JSON_FACES:  # many photos have no faces
        return store
    try:
        return move_to_database(store)
    except (GalleryError, UnicodeEncodeError) as exc:
        log.warning("the records could not be moved to a database: %s", type(exc).__name__)
        return store


def move_to_database(store: JsonStore) -> Store:
    """Move the records to a database; the JSON file is set aside.

    Raises:
        GalleryWriteError, UnicodeEncodeError (a lone surrogate in a text): the JSON file stays in use.
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
        with contextlib.suppress(OSError):  # otherwise it would take precedence if it reappeared
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        raise
    _set_json_aside(store)
    return database


def move_to_json(store: Store) -> JsonStore:
    """Move the records to `embeddings.json` for good and delete the database.

    Raises:
        GalleryWriteError: the records are unchanged.
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
            sync_folder(store.path.parent)  # otherwise it would take precedence if it reappeared
    return json_store


def counts_of(path: Path, vault: Vault | None) -> Counts:
    """The number of people and named faces in a file of records. Other parts of the file may still be
    damaged.

    Raises:
        GalleryDamagedError, GalleryNewerError.
    """
    if path.suffix == Path(DATABASE).suffix:
        from face_match.gallery.storage.sqlite import store

        return store.counts_of(path, vault)
    return JsonStore.count(path, vault)


def history_of(store: Store) -> list[tuple[Step, list[Edit]]]:
    """All steps with their edits."""
    found: dict[int, tuple[Step, list[Edit]]] = {step.id: (step, []) for step in store.steps()}
    for step_id, edit in store.history_edits():
        if step_id in found:
            found[step_id][1].append(edit)
    return [*found.values()]


def _set_json_aside(store: JsonStore) -> None:
    """Rename the JSON file, because a database takes precedence. A failure is retried at the next opening."""
    try:
        if store.path.exists():
            store.path.replace(store.set_aside)
    except OSError as exc:
        log.warning("the JSON file could not be set aside: %s", exc.strerror)
