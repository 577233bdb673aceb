"""The photos in folders. All commands that take a folder use this walk.

It ends whatever links there are, skips what programs and systems store beside photos, and reports the folders
that it cannot read.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import re
import sys
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import CancelledError, FaceMatchError, FolderUnreadableError, RawUnreadableError
from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.visible_text import decoded

PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".avif"}
    | {".heic", ".heif", ".pgm", ".ppm", ".pbm", ".pnm", ".mpo"}
)
"""Suffixes of the photos that are read from a folder."""

RAW_SUFFIXES = frozenset(
    {".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".srf", ".dng", ".orf", ".rw2", ".raf", ".pef"}
    | {".srw", ".3fr", ".iiq", ".rwl", ".erf", ".mrw", ".x3f", ".kdc", ".dcr", ".mef", ".mos"}
)
"""RAW photos. They are read where the package rawpy is installed, unless a photo with the same stem is beside
them: cameras and programs store such pairs of one shot."""

MIN_RAW_BYTES = 4_096
"""A smaller file has no preview, whatever its suffix."""

UNSUPPORTED_SUFFIXES = {
    *(".mov", ".mp4", ".m4v", ".avi", ".mkv", ".webm", ".wmv", ".mpg", ".mpeg", ".3gp", ".mts", ".m2ts"),
    *(".psd", ".xcf", ".jxl", ".jp2", ".eps", ".svg"),
}
"""Formats that users keep among their photos, and that are not read."""

SKIPPED_FOLDERS = frozenset(
    {"@eadir", "#recycle", "#snapshot", "@sharesnap", "@sharebin", "@tmp"}  # Synology
    | {"@appstore", "@appdata", "@database", "@s2s", "@autoupdate", "@img_bkp_cache", "@synologydrive"}
    | {"@recycle", "@recently-snapshot", "@__thumb", "@transcode"}  # QNAP
    | {"~snapshot", "network trash folder", "temporary items"}  # other network drives
    | {"$recycle.bin", "recycler", "recycled", "system volume information", "thumbs"}  # Windows
    | {"__macosx", "lost+found", "lost.dir"}
)
"""Folders of thumbnails, deleted files, snapshots and work files that network drives and systems keep, in
lower case.

Only whole names count, because people also name folders “#1 fan”.
"""

_NUMBERED = re.compile(r"found\.\d{3}|@gmt-[\d.-]+")
"""Files that Windows recovered from a damaged disk, and snapshots of a Samba server."""

PACKAGE_SUFFIXES = frozenset(
    {".photoslibrary", ".photolibrary", ".migratedphotolibrary", ".aplibrary", ".migratedaplibrary"}  # Apple
    | {".lrdata", ".lrcat-data", ".lrlibrary"}  # Lightroom
    | {".cosessiondb", ".cocatalog"}  # Capture One
)
"""Folders that a program keeps for itself, full of previews and copies. They count as files that are not
read, and are read only where they, or a folder in them, are asked for."""

NO_MEDIA = ".nomedia"
"""A file that marks its folder as one without photos."""

FOLDERS_PER_CANCEL_CHECK = 16
"""Folders between two checks for cancellation, which take some hundredths of a second."""

_RECORD_FILES = frozenset({"embeddings.json", "gallery.sqlite", "vault.json"})
_GALLERY_FOLDERS = frozenset({"faces_db", "backups", "waiting"})
"""Folders of a gallery, next to its records. Its crops are not photos."""

_SYSTEM_FOLDERS = ("/proc", "/sys", "/dev")
"""Folders in which Linux presents itself as files, some of them endless."""

_HIDDEN_ATTRIBUTE = 0x2
"""Windows' file attribute of hidden files."""


_Identity = tuple[int, object]


class _Listing(NamedTuple):
    photos: list[Path]
    folders: list[Path]
    links: list[Path]


@dataclass
class PhotoWalk:
    """Finds the photos below folders. Each folder is visited once, however many links lead to it.

    Attributes:
        unreadable: folders that could not be read, with the error.
        unsupported: number of photos, videos and libraries that are not read, by format: "CR2".
        raw_beside_photo: how many of these are RAW photos beside a photo with the same stem.
    """

    is_cancelled: IsCancelled = never_cancelled
    unreadable: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    unsupported: Counter[str] = field(default_factory=Counter)
    raw_beside_photo: int = 0

    @property
    def needs_rawpy(self) -> bool:
        """Whether the package rawpy would read some of the photos that are not read."""
        return not reads_raw() and any(f".{kind.lower()}" in RAW_SUFFIXES for kind in self.unsupported)

    def without_unread(
        self, failed: Iterable[tuple[Path, FaceMatchError]]
    ) -> list[tuple[Path, FaceMatchError]]:
        """The photos that failed, without RAW photos that have no preview, which count as not supported."""
        others = []
        for path, error in failed:
            if isinstance(error, RawUnreadableError):
                self.unsupported[path.suffix[1:].upper()] += 1
            else:
                others.append((path, error))
        return others

    def photos(self, paths: Iterable[Path]) -> list[Path]:
        """The files themselves, and for each folder the photos in and below it, sorted by name.

        Raises:
            CancelledError.
        """
        paths = list(paths)
        folders = dict.fromkeys(path for path in paths if path.is_dir())
        found = dict(zip(folders, self._below([*folders], [], [*folders]), strict=True))
        return [photo for path in paths for photo in found.pop(path, [] if path in folders else [path])]

    def photos_by_folder(self, folder: Path) -> list[tuple[Path, list[Path]]]:
        """The subfolders of a folder, sorted, each with the photos in and below it.

        Raises:
            CancelledError.
        """
        listed = self._list_folder(folder)
        folders = [*listed.folders, *listed.links]
        return sorted(zip(folders, self._below(listed.folders, listed.links, [folder]), strict=True))

    def photos_directly_in(self, folder: Path) -> list[Path]:
        """The photos directly in a folder."""
        return self._list_folder(folder).photos

    def _below(
        self, folders: Sequence[Path], links: Sequence[Path], asked_for: Iterable[Path]
    ) -> list[list[Path]]:
        """The photos below each folder, and each link to a folder.

        Links come last: if a link's target is also below the folders, its photos count there. Links that lead
        to a parent of `asked_for` are not followed.
        """
        found: list[list[Path]] = [[] for _ in (*folders, *links)]
        todo = deque(zip(folders, found, strict=False))
        later = deque(zip(links, found[len(folders) :], strict=True))
        above = {_identity(parent) for path in asked_for for parent in (path / "x").resolve().parents}
        above -= {_identity(folder) for folder in folders}
        known: set[_Identity] = set()
        while todo or later:
            if len(known) % FOLDERS_PER_CANCEL_CHECK == FOLDERS_PER_CANCEL_CHECK - 1 and self.is_cancelled():
                raise CancelledError
            is_link = not todo
            folder, photos = (todo or later).popleft()
            identity = _identity(folder)
            if identity in known or (is_link and identity in above):
                continue
            known.add(identity)
            listed = self._list_folder(folder)
            photos += listed.photos
            todo += [(path, photos) for path in listed.folders]
            later += [(path, photos) for path in listed.links]
        return [sorted(photos, key=lambda path: natural_key(str(path))) for photos in found]

    def _list_folder(self, folder: Path) -> _Listing:
        listed = _Listing([], [], [])
        if _identity(folder)[0] in _system_devices():
            return listed
        try:
            with os.scandir(folder) as opened:
                entries = list(opened)
        except OSError as exc:
            self.unreadable.append(
                (folder, FolderUnreadableError(folder, exc.strerror or type(exc).__name__))
            )
            return listed
        names = {entry.name for entry in entries}
        is_gallery = "faces_db" in names and not names.isdisjoint(_RECORD_FILES)
        raws = list[Path]()
        for entry in entries:
            if _is_skipped(entry) or (is_gallery and entry.name in _GALLERY_FOLDERS):
                continue
            path, kind = Path(folder, entry.name), _kind(entry)
            suffix = path.suffix.lower()
            if kind is _Kind.FILE and suffix in PHOTO_SUFFIXES:
                listed.photos.append(path)
            elif kind is _Kind.FILE and suffix in RAW_SUFFIXES:
                raws.append(path)
            elif suffix in _UNREAD.get(kind, ()):
                self.unsupported[path.suffix[1:].upper()] += 1
            elif kind is _Kind.FOLDER and not os.path.lexists(path / NO_MEDIA):
                (listed.links if _is_link(entry) else listed.folders).append(path)
        self._add_raws(raws, listed)
        return listed

    def _add_raws(self, raws: Sequence[Path], listed: _Listing) -> None:
        """Add the RAW photos of a folder that have no photo with the same stem beside them."""
        stems = {path.stem.casefold() for path in listed.photos} if raws else set()
        for path in raws:
            is_beside = path.stem.casefold() in stems
            if reads_raw() and not is_beside and _size(path) >= MIN_RAW_BYTES:
                listed.photos.append(path)
            else:
                self.raw_beside_photo += is_beside
                self.unsupported[path.suffix[1:].upper()] += 1


@functools.cache
def reads_raw() -> bool:
    """Whether the package that reads the previews of RAW photos is installed."""
    return importlib.util.find_spec("rawpy") is not None


def _size(path: Path) -> int:
    """Bytes of a file; 0 if it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def photo_files(paths: Iterable[Path]) -> list[Path]:
    """Files as they are given; folders as the photos in them and below, in the order of their names."""
    return PhotoWalk().photos(paths)


def folder_name(folder: Path) -> str:
    """A folder's name as text; see `decoded`."""
    return decoded(folder.name)


def natural_key(text: str) -> list[tuple[int, str]]:
    """A sort key that puts "photo 9" before "photo 10", in any case."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def is_file(path: Path) -> bool:
    """Whether there is a file at a path, which may be one that is impossible on this system."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


class _Kind(Enum):
    FILE, FOLDER, OTHER = range(3)


_UNREAD = {_Kind.FILE: UNSUPPORTED_SUFFIXES, _Kind.FOLDER: PACKAGE_SUFFIXES}


def _kind(entry: os.DirEntry[str]) -> _Kind:
    """The kind of an entry, or of its link's target. Pipes, devices and broken links are OTHER."""
    with contextlib.suppress(OSError):
        if entry.is_dir():
            return _Kind.FOLDER
        if entry.is_file():
            return _Kind.FILE
    return _Kind.OTHER


def _is_skipped(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    if name.startswith(".") or name in SKIPPED_FOLDERS or _NUMBERED.fullmatch(name):
        return True
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) if os.name == "nt" else 0
    return bool(attributes & _HIDDEN_ATTRIBUTE)


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or (sys.version_info >= (3, 12) and entry.is_junction())


def _identity(folder: Path) -> _Identity:
    """The device and inode of a folder, which are the same for every path to it."""
    try:
        status = folder.stat()
    except OSError:
        return 0, folder
    return status.st_dev, status.st_ino or folder.resolve()


@functools.cache
def _system_devices() -> frozenset[int]:
    return frozenset(Path(folder).stat().st_dev for folder in _SYSTEM_FOLDERS if os.path.ismount(folder))
