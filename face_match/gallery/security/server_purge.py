"""Deleting people for good from a gallery on a server: rows, embeddings, history, crops, list of changes.

It is one transaction: all or nothing. Backups and write-ahead logs are the server's administrators' matter.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select, update

from face_match.core.atomic_files import sync_folder
from face_match.core.errors import gallery_write_errors
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.records.own_files import is_crop_name
from face_match.gallery.records.paths import CALIBRATIONS, UNFINISHED_SCANS
from face_match.gallery.security.purge_execution import PurgeResult
from face_match.gallery.security.purge_planning import live_plan
from face_match.gallery.security.purge_rows import find_changes, make_changes
from face_match.gallery.storage.server.crops import ServerCrops
from face_match.gallery.storage.server.opening import open_server_store
from face_match.gallery.storage.server.schema import crops as crop_table
from face_match.gallery.storage.server.store import ServerStore
from face_match.gallery.storage.sql import tables as sql


def purge_on_server(address: ServerAddress, name: str) -> PurgeResult:
    """Delete a person from a gallery on a server for good.

    Raises:
        PersonNotFoundError, SharedGalleryError: nothing is changed.
    """
    with contextlib.closing(open_server_store(address, for_writing=True)) as store:
        with store.erasing() as connection:
            plan = live_plan(connection, name, store.crops)
            is_in_database = isinstance(store.crops, ServerCrops)
            if is_in_database:
                _purge_crops(connection, plan.moved, plan.files)
            else:
                for old, new in plan.moved.items():
                    store.crops.copy(old, new)
            make_changes(connection, find_changes(connection, plan))
            if not is_in_database:  # before the rows are gone: if this is cut off, it can be repeated
                store.crops.delete_all({*plan.files} - {*plan.moved})
        if not is_in_database:
            store.crops.delete_all(plan.moved)
        _forget_here(store)
        return PurgeResult(len(plan.ids), len(plan.files), [], [])


def clear_on_server(address: ServerAddress) -> None:
    """Delete everybody and everything from a gallery on a server for good; raises SharedGalleryError."""
    with contextlib.closing(open_server_store(address, for_writing=True)) as store:
        files = [*store.crops.files()]
        with store.erasing() as connection:
            used = {*connection.execute(select(sql.faces.c.file)).scalars()}
            for table in reversed(sql.tables.sorted_tables):
                connection.execute(delete(table))
            connection.execute(delete(crop_table))
            if not isinstance(store.crops, ServerCrops):
                store.crops.delete_all([file for file in files if is_crop_name(file) or file in used])
        _forget_here(store)


def _purge_crops(connection: Connection, moved: Mapping[str, str], files: Collection[str]) -> None:
    for old, new in moved.items():
        connection.execute(update(crop_table).where(crop_table.c.file == old).values(file=new))
    connection.execute(delete(crop_table).where(crop_table.c.file.in_([*files])))


def _forget_here(store: ServerStore) -> None:
    """Delete what this computer has, which is derived from faces or may have names in paths."""
    for name in (CALIBRATIONS, UNFINISHED_SCANS):
        with gallery_write_errors(store.folder / name):
            (store.folder / name).unlink(missing_ok=True)
    if store.folder.exists():
        with gallery_write_errors(store.folder):
            sync_folder(store.folder)
