"""Faces that nobody has named yet, with the photos that were looked through for them, in `waiting/`.

A face that has been named, or is ignored for good, keeps its place there and nothing else: enough to know
that its photo need not be looked through again.
"""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from face_match.durable import read_file, remove_leftovers, write_file
from face_match.errors import (
    GalleryDamagedError,
    GalleryWriteError,
    ImageUnreadableError,
    gallery_writes,
)
from face_match.gallery import waiting_file
from face_match.gallery.json_files import MAX_SMALL_BYTES, load_json
from face_match.gallery.paths import WAITING_FOLDER, plain_files
from face_match.gallery.records import MISREAD, each
from face_match.gallery.samples import png
from face_match.gallery.vault import Vault, from_disk, to_disk
from face_match.gallery.waiting_file import SeenPhoto, WaitingFace, read_path
from face_match.types import Crop, EmbeddedFace, OnProgress, no_progress

log = logging.getLogger(__name__)

SUFFIX = ".faces"
UNFINISHED = "unfinished.json"
UNFINISHED_PLACE = f"{WAITING_FOLDER}/{UNFINISHED}"


class Waiting:
    """The waiting faces of a gallery's folder, in memory but for their crops.

    Safe to use from several threads. Who changes them holds the gallery's writer lock; what changes them
    raises GalleryWriteError, or GalleryDamagedError of a photo's file: then that file is as it was, and those
    after it.
    """

    def __init__(
        self,
        folder: Path,
        vault: Vault | None,
        *,
        is_writable: bool,
        is_only_tried: bool = False,
        require_writable: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder / WAITING_FOLDER
        self._vault = vault
        self._is_writable = is_writable
        self._is_only_tried = is_only_tried
        self._require_gallery_writable = require_writable
        self._lock = threading.RLock()
        self._photos: dict[str, SeenPhoto] = {}
        self._at_path: dict[Path, set[str]] = {}

    @classmethod
    def of(
        cls,
        folder: Path,
        vault: Vault | None,
        *,
        is_writable: bool,
        is_only_tried: bool = False,
        require_writable: Callable[[], None] = lambda: None,
        on_progress: OnProgress = no_progress,
    ) -> Waiting:
        """All that wait in a gallery's folder; a file that cannot be read is passed over, and stays.

        Args:
            is_only_tried: what changes is in memory alone, without crops.
            require_writable: the gallery's, asked before each change.
        """
        waiting = cls(
            folder,
            vault,
            is_writable=is_writable,
            is_only_tried=is_only_tried,
            require_writable=require_writable,
        )
        if is_writable:
            remove_leftovers(waiting._folder)
        files = [file for file in waiting_files(folder) if file.suffix == SUFFIX]
        for done, file in enumerate(files):
            on_progress(done, len(files))
            try:
                waiting._put(waiting_file.read(file, vault))
            except (*MISREAD, OSError, GalleryDamagedError):
                log.warning("what waits of a photo cannot be read")
        on_progress(len(files), len(files))
        return waiting

    # Looking

    @property
    def photos(self) -> list[SeenPhoto]:
        """All that were looked through."""
        with self._lock:
            return list(self._photos.values())

    @property
    def faces(self) -> list[WaitingFace]:
        """Those that are kept and not ignored, photo by photo."""
        return [face for photo in self.photos for face in photo.faces if face.is_kept and not face.is_ignored]

    def photo(self, digest: str) -> SeenPhoto | None:
        """The photo of a digest, if it was looked through."""
        with self._lock:
            return self._photos.get(digest)

    def photo_at(self, path: Path) -> SeenPhoto | None:
        """The photo that a file is, if that can be told without reading it."""
        with self._lock:
            photos = [self._photos[digest] for digest in self._at_path.get(path, ())]
        return next((photo for photo in photos if photo.is_at(path)), None)

    @property
    def unfinished(self) -> list[Path]:
        """Files and folders whose looking through was begun and not finished."""
        path = self._folder / UNFINISHED
        try:
            content = read_file(path, MAX_SMALL_BYTES, follows_links=False)
            told = load_json(from_disk(content, self._vault, UNFINISHED_PLACE, path))
            return each(told, read_path)
        except (*MISREAD, OSError, GalleryDamagedError):
            return []

    def crop(self, face: WaitingFace) -> Crop:
        """Raises ImageUnreadableError where it is not kept, or damaged."""
        photo = self.photo(face.photo_digest)
        try:
            if photo is None or not face.is_kept:
                raise KeyError(face.id)
            data = waiting_file.read_crops(photo, self._vault)[face.id]
            return Crop(waiting_file.pixels_of(data), face.box, face.landmarks)
        except Exception as exc:  # Pillow's decoders raise any kind on damaged files
            raise ImageUnreadableError(photo.path.name if photo else face.id, "damaged") from exc

    # Changing

    def begin(self, paths: Sequence[Path]) -> None:
        """Remember which files and folders are looked through; none when it is finished."""
        self._require_writable()
        path = self._folder / UNFINISHED
        with gallery_writes(path):
            if paths:
                told = json.dumps([str(path) for path in paths]).encode()
                write_file(path, to_disk(told, self._vault, UNFINISHED_PLACE))
            else:
                path.unlink(missing_ok=True)

    def add(
        self,
        path: Path,
        digest: str,
        faces: Sequence[EmbeddedFace],
        before: Sequence[WaitingFace] = (),
        is_done: Callable[[WaitingFace], bool] = lambda face: False,
    ) -> SeenPhoto:
        """Keep what was found in a photo, in the place of what was kept of it.

        Args:
            before: faces that are kept of it and stay.
            is_done: of whose faces the place is kept alone.
        """
        pngs: dict[str, bytes] = {}
        waiting = [*before]
        for face in faces:
            one = _waiting(face, digest, pngs)
            waiting.append(one.stripped() if is_done(one) else one)
        size, modified_ns = _size_and_time(path)
        with self._lock:
            known = self.photo(digest)
            file = known.file if known is not None else self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
            photo = SeenPhoto(file, digest, path, size, modified_ns, tuple(waiting))
            self._write(photo, {**self._crops_of(known), **pngs} if known is not None else pngs)
            return photo

    def found_at(self, photo: SeenPhoto, path: Path) -> None:
        """A photo lies elsewhere now, or was touched."""
        size, modified_ns = _size_and_time(path)
        with self._lock:
            moved = replace(photo, path=path, size=size, modified_ns=modified_ns)
            self._write(moved, self._crops_of(photo))

    def change(self, faces: Iterable[WaitingFace]) -> None:
        """Put faces in the place of those that have the same ids, photo by photo."""
        by_photo: dict[str, dict[str, WaitingFace]] = {}
        for face in faces:
            by_photo.setdefault(face.photo_digest, {})[face.id] = face
        for digest, changed in by_photo.items():
            with self._lock:  # not for all of them: others want to look meanwhile
                photo = self._photos.get(digest)
                if photo is None:
                    continue
                now = tuple(changed.get(face.id, face) for face in photo.faces)
                if now != photo.faces:
                    self._write(replace(photo, faces=now), self._crops_of(photo))

    def strip(self, faces: Iterable[WaitingFace]) -> None:
        """Keep of faces their places alone."""
        self.change([face.stripped() for face in faces if face.is_kept])

    def close(self) -> None:
        """Somebody else may change them from now on; here they can be looked at."""
        with self._lock:
            self._is_writable = False

    # How it is done

    def _require_writable(self) -> None:
        if not self._is_writable:
            raise GalleryWriteError(self._folder.parent, "it is open for reading only")
        self._require_gallery_writable()

    def _crops_of(self, photo: SeenPhoto) -> Mapping[str, bytes]:
        if self._is_only_tried or not any(face.is_kept for face in photo.faces):
            return {}
        with gallery_writes(photo.file):
            try:
                return waiting_file.read_crops(photo, self._vault)
            except ValueError as exc:
                raise GalleryDamagedError(photo.file, "it is not what was written") from exc

    def _write(self, photo: SeenPhoto, crops: Mapping[str, bytes]) -> None:
        if not self._is_only_tried:
            self._require_writable()
            with gallery_writes(photo.file):
                waiting_file.write(photo, crops, self._vault)
        self._put(photo)

    def _put(self, photo: SeenPhoto) -> None:
        before = self._photos.get(photo.digest)
        if before is not None:
            self._at_path[before.path].discard(photo.digest)
        self._photos[photo.digest] = photo
        self._at_path.setdefault(photo.path, set()).add(photo.digest)


def _waiting(face: EmbeddedFace, digest: str, pngs: dict[str, bytes]) -> WaitingFace:
    """A face that was found; its crop is put among the others."""
    id_ = uuid.uuid4().hex
    pngs[id_] = png(face.crop.pixels)
    return WaitingFace(
        id=id_,
        photo_digest=digest,
        place=face.face.box,
        box=face.crop.box,
        landmarks=face.crop.landmarks,
        confidence=face.face.confidence,
        quality=face.quality,
        vectors={face.model_id: face.vector},
        crop_bytes=len(pngs[id_]),
    )


def waiting_files(folder: Path) -> list[Path]:
    """Of a gallery's folder, but for what a write that was killed has left."""
    found = plain_files(folder / WAITING_FOLDER)
    return [path for path in found if path.suffix in (SUFFIX, ".json")]


def _size_and_time(path: Path) -> tuple[int, int]:
    """Zeros for what is no file, such as a photo that was pasted."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_size, about.st_mtime_ns
