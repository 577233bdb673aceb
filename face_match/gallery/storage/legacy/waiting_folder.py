"""Migrating `waiting/` of version 0.1: one file a photo with its unnamed faces.

A file holds a line of JSON, then the crops as PNG files. A face that was named or ignored for good has only
its place there.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from face_match.core.atomic_files import open_file, read_file, remove_leftovers, sync_folder
from face_match.core.errors import GalleryDamagedError, gallery_write_errors
from face_match.core.records import FaceRecord, Origin, PhotoRecord
from face_match.core.translation import marked
from face_match.core.types import Box, Embedding, FaceQuality, Landmarks, Verdict
from face_match.gallery.records.edits import Draft, Edit
from face_match.gallery.records.fields import (
    READ_ERRORS,
    as_list,
    parse_box,
    parse_count,
    parse_embeddings,
    parse_float,
    parse_int,
    parse_landmarks,
    parse_path,
    parse_text,
)
from face_match.gallery.records.own_files import is_waiting_name
from face_match.gallery.records.paths import UNFINISHED_SCANS, WAITING_FOLDER
from face_match.gallery.records.rows import Table, face_from_row, photo_from_row, utc_now
from face_match.gallery.storage import interrupted_scans
from face_match.gallery.storage.crops import Crops, crop_file
from face_match.gallery.storage.json_reading import load_json
from face_match.gallery.storage.legacy.versions import photo_id
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import MARK, OLD_MARK, Vault, from_disk

log = logging.getLogger(__name__)

SCANNED_WITH = "mtcnn"
"""The scan recorded for these photos; version 0.1 did not store it."""

VERSION = 1

MAX_BYTES = 512_000_000
"""Thousands of faces with crops. A sealed file is in memory twice."""
MAX_HEAD_BYTES = 64_000_000
"""Thousands of faces under several models."""


@dataclass(frozen=True, eq=False)
class WaitingFace:
    """A detected or drawn face of a photo.

    Attributes:
        id: permanent and unique.
        place: the box in the photo.
        box, landmarks: in the crop.
        crop_bytes: the size of the crop's PNG file; 0 without a crop.
        is_ignored: ignored in the review.
        cluster: equal for faces that the user grouped; None for the others.
        different_from: ids of faces that the user said are somebody else.
    """

    id: str
    place: Box
    box: Box
    landmarks: Landmarks
    confidence: float
    quality: FaceQuality
    embeddings: Mapping[str, Embedding]
    crop_bytes: int
    is_ignored: bool = False
    cluster: str | None = None
    different_from: frozenset[str] = frozenset()

    @property
    def has_crop(self) -> bool:
        """Whether a crop is stored."""
        return self.crop_bytes > 0


@dataclass(frozen=True, eq=False)
class WaitingPhoto:
    """A scanned photo.

    Attributes:
        file: its file in `waiting/`.
        path: where the photo was last seen, with size and modification time.
    """

    file: Path
    digest: str
    path: Path
    size: int
    modified_ns: int
    faces: tuple[WaitingFace, ...]


def read(file: Path, vault: Vault | None) -> WaitingPhoto:
    """Read a photo's file; raises one of READ_ERRORS, OSError, GalleryDamagedError."""
    head, crop_bytes = _head(file, vault)
    record = load_json(head)
    if record["version"] != VERSION:
        raise ValueError("of another version")
    digest = parse_text(record["photo"])
    if not digest:  # photos without a file have no digest
        raise ValueError("is of no photo")
    faces = tuple(_read_face(face) for face in as_list(record["faces"]))
    if len({face.id for face in faces}) < len(faces):
        raise ValueError("an id occurs twice")
    if sum(face.crop_bytes for face in faces) != crop_bytes:
        raise ValueError("crops are missing")
    path = Path(parse_path(record["path"]))
    return WaitingPhoto(
        file, digest, path, parse_count(record["size"]), parse_int(record["modified_ns"]), faces
    )


def _head(file: Path, vault: Vault | None) -> tuple[bytes, int]:
    """The line of JSON, and the number of bytes after it. Only a sealed file is read as a whole."""
    with open_file(file, follows_links=False) as opened:
        if os.fstat(opened.fileno()).st_size > MAX_BYTES:
            raise ValueError("is too large")
        head = opened.read(len(MARK))
        is_strict = vault is not None and vault.is_strict
        if not is_strict and not head.startswith((MARK, OLD_MARK)):
            head += opened.readline(MAX_HEAD_BYTES) if b"\n" not in head else b""
            line = head[: head.index(b"\n")]
            return line, os.fstat(opened.fileno()).st_size - len(line) - 1
        data = from_disk(head + opened.read(), vault, _sealed_path(file), file)
    at = data.index(b"\n")
    return data[:at], len(data) - at - 1


def _sealed_path(file: Path) -> str:
    """The path that a photo's file is bound to; see `vault`."""
    return f"{WAITING_FOLDER}/{file.name}"


def read_crops(photo: WaitingPhoto, vault: Vault | None) -> dict[str, bytes]:
    """The crops as PNG files, by face id; raises ValueError, OSError, GalleryDamagedError."""
    data = from_disk(
        read_file(photo.file, MAX_BYTES, follows_links=False), vault, _sealed_path(photo.file), photo.file
    )
    at = data.index(b"\n") + 1
    found = {}
    for face in photo.faces:
        found[face.id] = data[at : at + face.crop_bytes]
        at += face.crop_bytes
    if at != len(data):
        raise ValueError("crops are missing")
    return found


def _read_face(record: Mapping[str, Any]) -> WaitingFace:
    quality = record["quality"]
    return WaitingFace(
        id=parse_text(record["id"]),
        place=parse_box(record["place"]),
        box=parse_box(record["box"]),
        landmarks=parse_landmarks(record["landmarks"]),
        confidence=parse_float(record["confidence"]),
        quality=FaceQuality(
            Verdict(quality["verdict"]),
            parse_float(quality["score"]),
            tuple(map(parse_text, quality["reasons"])),
        ),
        embeddings=parse_embeddings(record["vectors"]),
        crop_bytes=parse_count(record["crop_bytes"]),
        is_ignored=bool(record["is_ignored"]),
        cluster=None if record["bundle"] is None else parse_text(record["bundle"]),
        different_from=frozenset(map(parse_text, record["apart"])),
    )


def waiting_files(folder: Path) -> list[Path]:
    """The files of version 0.1 in `waiting/`; the folder may also be the user's own."""
    found = sorted((folder / WAITING_FOLDER).glob("*"))
    return [path for path in found if path.is_file() and not path.is_symlink() and _is_own(path)]


def _is_own(path: Path) -> bool:
    is_list = path.name == UNFINISHED_SCANS and interrupted_scans.is_own(path)
    return is_list or is_waiting_name(path.name)


def is_there(folder: Path) -> bool:
    """Whether a gallery has unnamed faces or interrupted scans of version 0.1."""
    return (folder / WAITING_FOLDER).is_dir() and bool(waiting_files(folder))


def read_all(folder: Path, vault: Vault | None) -> list[WaitingPhoto]:
    """Read all photos that can be read."""
    photos = []
    for file in waiting_files(folder):
        if is_waiting_name(file.name):
            try:
                photos.append(read(file, vault))
            except (*READ_ERRORS, OSError, GalleryDamagedError):
                log.warning("an unreadable file in waiting/ is left in place")
    return photos


def migrate(folder: Path, store: Store, crops: Crops) -> None:
    """Convert `waiting/` to records and delete what was converted. Running it again adds nothing twice.

    Unreadable files are left in place, and so is what is not the program's.

    Raises:
        GalleryWriteError, GalleryDamagedError: `waiting/` is unchanged.
    """
    photos = read_all(folder, store.vault)
    draft = _Migration(store, photos)
    for file, (photo, face_id) in draft.crops.items():
        with contextlib.suppress(*READ_ERRORS, GalleryDamagedError):
            if not crops.has(file):
                with gallery_write_errors(photo.file):
                    crops.write_bytes(file, read_crops(photo, store.vault)[face_id])
    if edits := draft.edits():
        store.commit(edits)
    interrupted_scans.migrate_legacy(folder, store.vault)
    place = folder / WAITING_FOLDER
    with gallery_write_errors(place):
        for photo in photos:
            photo.file.unlink(missing_ok=True)
        remove_leftovers(place)
        sync_folder(place)
    with contextlib.suppress(OSError):  # something is left in it
        place.rmdir()
        sync_folder(folder)


def load_into_memory(folder: Path, store: Store, crops: Crops) -> None:
    """Convert `waiting/` in memory only, for a gallery that is open for reading.

    Args:
        store: in memory too.
        crops: gets functions that read the crops from `waiting/`.
    """
    draft = _Migration(store, read_all(folder, store.vault))
    store.commit(draft.edits())
    for file, (photo, face_id) in draft.crops.items():
        crops.readers[file] = partial(_crop, photo, store.vault, face_id)


def _crop(photo: WaitingPhoto, vault: Vault | None, face_id: str) -> bytes:
    try:
        return read_crops(photo, vault)[face_id]
    except ValueError as exc:
        raise GalleryDamagedError(photo.file, marked("it is incomplete")) from exc


def _matching_faces(faces: Sequence[WaitingFace], known: Sequence[FaceRecord]) -> dict[str, FaceRecord]:
    """The known face of each waiting face, by id, best overlap first; no face is matched twice."""
    pairs = [
        (one.place.overlap(face.place), face.id, one)
        for face in faces
        for one in known
        if one.place is not None and one.is_at(face.place)
    ]
    found: dict[str, FaceRecord] = {}
    for _, face_id, one in sorted(pairs, key=lambda pair: -pair[0]):
        if face_id not in found and one not in found.values():
            found[face_id] = one
    return found


class _Migration:
    """Converts scanned photos of version 0.1 to edits."""

    def __init__(self, store: Store, photos: Sequence[WaitingPhoto]) -> None:
        self.crops: dict[str, tuple[WaitingPhoto, str]] = {}
        self._draft = Draft()
        self._store = store
        self._taken: list[tuple[FaceRecord | None, FaceRecord]] = []
        self._same: dict[str, str] = {}
        for photo in photos:
            self._take_photo(photo)

    def edits(self) -> list[Edit]:
        for before, face in self._taken:
            different_from = frozenset(self._same.get(one, one) for one in face.different_from)
            self._draft.face(before, replace(face, different_from=different_from))
        return self._draft.edits()

    def _take_photo(self, photo: WaitingPhoto) -> None:
        before = self._known(photo.digest)
        record = before or PhotoRecord(photo_id(photo.digest), file_digest=photo.digest)
        known = [face_from_row(row, {}) for row in self._store.rows(Table.FACES, "photo", [record.id])]
        same_of = _matching_faces(photo.faces, known)
        is_whole = True
        for face in photo.faces:
            if self._store.rows(Table.FACES, "id", [face.id]):
                continue
            same = same_of.get(face.id)
            if same is not None and (same.person is not None or same.file):
                self._same[face.id] = same.id
                settled = replace(same, confidence=face.confidence, quality=face.quality, is_scanned=True)
                if same.person is None and face.is_ignored:
                    settled = replace(settled, is_ignored=True)
                self._draft.face(same, settled)
            elif face.has_crop or face.is_ignored:
                self._take_face(photo, record, face, same)
            else:
                is_whole = False  # nothing is left of the face, so the photo must be scanned again
        if not record.path:
            record = replace(record, path=str(photo.path), size=photo.size, modified_ns=photo.modified_ns)
        if not record.scans and is_whole:
            record = replace(record, scans=(SCANNED_WITH,))
        self._draft.photo(before, record)

    def _take_face(
        self, photo: WaitingPhoto, record: PhotoRecord, face: WaitingFace, same: FaceRecord | None
    ) -> None:
        """Convert a face that is new, or known only by its rejections."""
        face_id = face.id if same is None else same.id
        self._same[face.id] = face_id
        file = crop_file(None, face_id) if face.has_crop else ""
        if file:
            self.crops[file] = (photo, face.id)
        taken = FaceRecord(
            face_id,
            file,
            record.id,
            face.place,
            box=face.box,
            landmarks=face.landmarks,
            confidence=face.confidence,
            quality=face.quality,
            origin=Origin.DETECTED,
            is_ignored=face.is_ignored,
            is_scanned=True,
            rejections=() if same is None else same.rejections,
            cluster=face.cluster,
            different_from=face.different_from,
            added=utc_now(),
            embeddings=face.embeddings,
        )
        self._taken.append((same, taken))

    def _known(self, digest: str) -> PhotoRecord | None:
        for column in ("file_digest", "digest"):
            for row in self._store.rows(Table.PHOTOS, column, [digest]):
                return photo_from_row(row)
        return None
