"""Reading untrusted archives. Nothing is used before the whole archive is verified."""

from __future__ import annotations

import contextlib
import hashlib
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from face_match.core.dates import is_birth_date, is_photo_date
from face_match.core.errors import (
    ArchiveUnusableError,
    GalleryDamagedError,
    GalleryNewerError,
    ImageUnreadableError,
    InvalidNameError,
)
from face_match.core.images.decoding import image_suffix
from face_match.core.progress import IsCancelled, OnProgress, with_progress
from face_match.core.translation import marked
from face_match.core.visible_text import shortened
from face_match.gallery.records.fields import READ_ERRORS, as_list, parse_text
from face_match.gallery.records.names import clean_name
from face_match.gallery.records.paths import RECORDS
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.storage.crops import MAX_CROP_BYTES
from face_match.gallery.storage.json_reading import MAX_RECORDS_BYTES, load_json
from face_match.gallery.storage.json_store import JsonStore

FORMAT, VERSION = "face-match archive", 2
MANIFEST = "manifest.json"

MAX_RATIO = 20
"""Higher compression ratios are refused: records compress fivefold, crops hardly at all."""

MAX_FILES, MAX_LIST_BYTES = 400_000, 80_000_000
"""Of the list at the end. Records with more faces have more values than are read."""
MAX_FACES = MAX_FILES - 2
"""Each has a crop; the records and the manifest are files too."""
_LISTED = b"PK\1\2"
"""The start of a file's entry in the list."""

MANIFEST_BYTES, MANIFEST_BYTES_PER_FILE = 1_000_000, 2_000
"""The manifest's size limit: it has a line for each file."""

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(RuntimeError, ValueError, OverflowError, LookupError),
)
"""What zipfile raises for damaged or unsupported files: also for positions before the file or over 2^63,
methods that it does not know and passwords."""


class _TooManyFilesError(Exception):
    """The list of an archive is too long."""


class _ListFile(io.BufferedReader):
    """An archive whose list of files is checked before it is parsed.

    zipfile reads the list at once, and its end as often as it has bytes, whatever number of files the archive
    states: a million of them take half a gigabyte.
    """

    is_list = True

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.is_list:
            return super().read(size)
        longest = MAX_LIST_BYTES + 1
        data = super().read(longest if size is None or size < 0 else min(size, longest))
        if len(data) == longest or data.count(_LISTED) > MAX_FILES:
            raise _TooManyFilesError
        return data


class ArchiveFile:
    """An archive that is open for reading."""

    def __init__(self, path: Path) -> None:
        """Raises ArchiveUnusableError."""
        self._path = path
        self._listed: dict[str, tuple[int, str]] = {}
        with self._readable():
            if path.exists() and not path.is_file():
                raise ArchiveUnusableError(path, marked("it is not a file"))
            self._file = _ListFile(io.FileIO(path))
            with contextlib.ExitStack() as on_failure:
                on_failure.callback(self._file.close)
                self._zip = zipfile.ZipFile(self._file)
                on_failure.pop_all()
            self._file.is_list = False

    def __enter__(self) -> ArchiveFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

    def verified_contents(self, on_progress: OnProgress, is_cancelled: IsCancelled) -> Contents:
        """Verify the whole archive and return its people, photos and faces.

        Raises:
            ArchiveUnusableError, GalleryNewerError, CancelledError.
        """
        self._require_safe_entries()
        missing = self._read_manifest()
        for name in with_progress(self._listed, on_progress, is_cancelled):
            if name != RECORDS:  # read below
                self._require_image(name, self._bytes(name))
        try:
            contents = JsonStore.parse(self._bytes(RECORDS), self._path).contents
            contents.rows[Table.PEOPLE] = [_tidied(row) for row in contents.rows[Table.PEOPLE]]
            contents.rows[Table.PHOTOS] = [_dated(row) for row in contents.rows[Table.PHOTOS]]
        except (GalleryDamagedError, InvalidNameError) as exc:
            raise ArchiveUnusableError(self._path, marked("its records are invalid")) from exc
        crops = [row["file"] for row in contents.rows[Table.FACES] if row["file"]]
        if sorted(crops) != sorted([*self._listed.keys() - {RECORDS}, *missing]):
            raise ArchiveUnusableError(self._path, marked("its crops do not match its records"))
        return contents

    def crop_of(self, file: str) -> bytes | None:
        """The content of a crop file; None if the exporting gallery had lost it. Raises
        ArchiveUnusableError."""
        return self._bytes(file) if file in self._listed else None

    def _require_safe_entries(self) -> None:
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries]
        if len(set(names)) < len(names):
            raise ArchiveUnusableError(self._path, marked("it contains a file twice"))
        if sum(entry.compress_size for entry in entries) > self._path.stat().st_size:
            raise ArchiveUnusableError(self._path, marked("it is a decompression bomb"))
        for entry in entries:
            if (
                entry.filename == MANIFEST
                and entry.file_size > MANIFEST_BYTES + MANIFEST_BYTES_PER_FILE * len(names)
            ):
                raise ArchiveUnusableError(self._path, marked("its manifest is too long"))
            objection = _objection(entry)
            if objection is not None:
                raise ArchiveUnusableError(self._path, f"{_quoted(entry.filename)} in it {objection}")

    def _read_manifest(self) -> list[str]:
        """Read the sizes and digests from the manifest; return the crops that were lost."""
        try:
            if MANIFEST not in self._zip.namelist():
                raise ValueError("no manifest")
            manifest: dict[str, Any] = load_json(self._bytes(MANIFEST, is_listed=False))
            if manifest["format"] != FORMAT:
                raise ValueError(manifest["format"])
            if int(manifest["version"]) > VERSION:
                raise GalleryNewerError(self._path, str(manifest["version"]), str(VERSION))
            missing = [parse_text(name) for name in as_list(manifest["missing"])]
            self._listed = {
                name: (int(entry["size"]), parse_text(entry["sha256"]))
                for name, entry in manifest["files"].items()
            }
        except READ_ERRORS as exc:
            raise ArchiveUnusableError(self._path, marked("it is not a Face Match archive")) from exc
        if {*self._zip.namelist()} != {*self._listed, MANIFEST} or RECORDS not in self._listed:
            raise ArchiveUnusableError(self._path, marked("its files do not match its manifest"))
        return missing

    def _require_image(self, name: str, data: bytes) -> None:
        try:
            image_suffix(data, name)
        except ImageUnreadableError as exc:
            detail = f"{_quoted(name)} in it is not a readable image ({exc.reason})"
            raise ArchiveUnusableError(self._path, detail) from exc

    def _bytes(self, name: str, *, is_listed: bool = True) -> bytes:
        with self._readable():
            data = self._zip.read(name)
        if is_listed and measured([data]) != self._listed[name]:
            raise ArchiveUnusableError(self._path, f"{_quoted(name)} in it does not match its manifest")
        return data

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise ArchiveUnusableError(self._path, exc.strerror or "it cannot be read") from exc
        except _TooManyFilesError as exc:
            raise ArchiveUnusableError(self._path, marked("it has too many files")) from exc
        except _DAMAGE as exc:
            raise ArchiveUnusableError(self._path, marked("it is damaged or not a ZIP file")) from exc


def _objection(entry: zipfile.ZipInfo) -> str | None:
    """Why an entry is not safe to read; None if it is."""
    name = entry.orig_filename
    parts = name.split("/")
    if name != entry.filename or {"", ".", ".."} & {*parts} or any(c in "\\:" or c < " " for c in name):
        return "has an unsafe path"
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is not a plain file"
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "uses an unsupported compression or encryption"
    if entry.file_size > MAX_RATIO * entry.compress_size:
        return "is a decompression bomb"
    if entry.file_size > (MAX_RECORDS_BYTES if name == RECORDS else MAX_CROP_BYTES):
        return "is too large"
    return None


def _quoted(name: str) -> str:
    """The name of an entry, which may have 65,535 characters, for a message."""
    return f"“{shortened(name, 100)}”"


def measured(pieces: Iterable[bytes]) -> tuple[int, str]:
    """The number of bytes, and their SHA-256 in hex."""
    size, digest = 0, hashlib.sha256()
    for piece in pieces:
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def _tidied(person: Row) -> Row:
    """The person's row with a cleaned name, and without a birth date that is none; raises
    InvalidNameError."""
    born = person["born"] if is_birth_date(person["born"]) else ""
    return {**person, "name": clean_name(person["name"]), "born": born}


def _dated(photo: Row) -> Row:
    """The photo's row without a date that is none."""
    return photo if is_photo_date(photo["taken"]) else {**photo, "taken": ""}
