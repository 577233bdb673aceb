"""Opening a gallery on a server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import platformdirs

from face_match.core.atomic_files import make_folder
from face_match.core.errors import gallery_write_errors
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.storage.crops import Crops
from face_match.gallery.storage.lock import HeldLock
from face_match.gallery.storage.pending_crops import CropNote
from face_match.gallery.storage.server.store import ServerStore


def private_folder(address: ServerAddress) -> Path:
    """The folder for what this computer alone keeps of a gallery on a server.

    Raises:
        GalleryWriteError.
    """
    folder = Path(platformdirs.user_data_dir("face-match", appauthor=False), "servers", address.digest)
    with gallery_write_errors(folder):
        make_folder(folder)
    return folder


def open_server_store(address: ServerAddress, *, for_writing: bool) -> ServerStore:
    """The records of a gallery on a server; raises as `ServerStore` does, and GalleryWriteError."""
    folder = private_folder(address)
    return ServerStore(address, folder, for_writing=for_writing, crops_folder=address.crops)


def parts_of(store: ServerStore, *, for_writing: bool) -> tuple[HeldLock | None, Crops, CropNote]:
    """What a gallery needs besides: the right to change it, its crops, and what notes crops to delete."""
    return _Session() if for_writing else None, store.crops, _Note(store)


class _Session:
    """Nobody is locked out: a commit is refused if it contradicts another."""

    def require_held(self) -> None:
        pass

    def release(self) -> None:
        pass


class _Note:
    """Tells the store, whose commit deletes the crops that nothing refers to any more."""

    def __init__(self, store: ServerStore) -> None:
        self._store = store

    def note(self, crops: Crops, files: Iterable[tuple[str, str]], *, lasts: bool = False) -> None:
        self._store.unused_crops.update(file for _, file in files if file)

    def clear(self) -> None:
        self._store.unused_crops.clear()

    def end(self) -> None:
        self._store.unused_crops.clear()
