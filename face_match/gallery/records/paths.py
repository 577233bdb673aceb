"""The names in a gallery's folder, and the one way from a name in a record to a file below that folder.

A gallery may come from an untrusted source: a shared drive, an archive, a USB stick. The file names in its
records are data. `safe_file` and `safe_folder` check a name when it is read, `path_below` when it is used.
Nothing outside the gallery is read, written, moved or deleted, whatever the records contain and wherever
links lead.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path, PurePosixPath

from face_match.core.errors import GalleryDamagedError, GalleryUnsafeError

RECORDS = "embeddings.json"
DATABASE = "gallery.sqlite"
CALIBRATIONS = "calibrations.json"
UNFINISHED_SCANS = "unfinished.json"
"""Which scans were interrupted."""
VAULT = "vault.json"
PENDING_CROPS = "crops.pending"
"""Crops that an edit is about to write or to delete."""
PURGE_PLAN = "erasing.json"
"""What is to be erased, for as long as it is not."""
LOCK = "gallery.lock"
LOCK_HOLDER = "gallery.lock.json"
CROPS_FOLDER = "faces_db"
UNNAMED_FOLDER = ".unnamed"
"""Below the crops' folder, for faces without a name; no person has such a folder."""
SEALED_SUFFIX = ".sealed"
"""How the name of an encrypted crop ends, and no other."""
BACKUPS_FOLDER = "backups"
WAITING_FOLDER = "waiting"
"""Of version 0.1, with the faces that had no name; taken up when the gallery is opened for writing."""

_FILES = (
    *(RECORDS, f"{RECORDS}.bak", f"{RECORDS}.outgrown"),
    *(DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal"),
    *(CALIBRATIONS, UNFINISHED_SCANS, VAULT, PURGE_PLAN, PENDING_CROPS, LOCK, LOCK_HOLDER),
)
JOURNALS = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite writes beside a database."""
_FOLDERS = (CROPS_FOLDER, BACKUPS_FOLDER, WAITING_FOLDER)

MAX_PART_BYTES = 255
MAX_FILE_BYTES = 1024
"""What file systems allow for one part of a path, and more than the program ever needs for all of it."""

_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\..*)?")
"""Device names of Windows, which it finds behind any extension too."""

_ALIAS_START = re.compile("[0-9a-f]{2}")

_DEVICE_STARTS = ("con", "prn", "aux", "nul", "com", "lpt")

_LINK_TAGS = (0xA000000C, 0xA0000003)
"""Windows' symbolic links and junctions; other reparse points, such as OneDrive's, are plain files."""


class UnsafePathError(ValueError):
    """A name in a record that is no place for a file of this gallery; says why, to go on after "it"."""


def is_device_name(name: str) -> bool:
    """Whether Windows takes a name for a device."""
    return _RESERVED.fullmatch(name) is not None


def safe_folder(value: object) -> str:
    """The name of a person's folder as a record gives it.

    Raises:
        UnsafePathError: it is not the name of one folder, or one that some system cannot have.
    """
    if isinstance(value, str) and _is_plainly_safe(value):
        return value  # what the rest does is slow where there are 20,000 people
    name = _safe_part(value)
    if is_device_name(name):
        raise UnsafePathError("is the name of a device on Windows")
    if name.casefold() == UNNAMED_FOLDER:
        raise UnsafePathError("is the folder of faces without a name")
    return name


def safe_file(value: object) -> str:
    """A file's path relative to the gallery, with forward slashes, as a record gives it.

    Raises:
        UnsafePathError: it leads out of the gallery, or is no path.
    """
    if not isinstance(value, str):
        raise UnsafePathError("is not a text")
    parts = value.split("/")
    for part in parts:
        _safe_part(part)
    if len(value) > MAX_FILE_BYTES:
        raise UnsafePathError("is too long for a path")
    return value


def safe_crop(value: object) -> str:
    """The same for the crop of a sample, which is not to be taken for an encrypted one; raises as it does."""
    file = safe_file(value)
    if file.endswith(SEALED_SUFFIX):
        raise UnsafePathError(f"ends in {SEALED_SUFFIX}, as only encrypted crops do")
    return file


def path_below(folder: Path, file: str) -> Path:
    """The place of a file of a gallery, where nothing on the way is a link.

    Args:
        folder: the gallery's.
        file: relative to it, with forward slashes; checked as `safe_file` does.
    Raises:
        UnsafePathError: it leads out of the gallery; or is a link, a pipe or a device, or lies behind such.
    """
    parts = PurePosixPath(safe_file(file)).parts
    path = folder
    for part in parts[:-1]:
        path /= part
        _require_plain(path)
    path /= parts[-1]
    _require_plain(path)
    return path


def plain_files(folder: Path) -> list[Path]:
    """The files below a folder, in the order of their paths; links are neither followed nor listed."""
    found = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def require_no_links(folder: Path, *, every_crop: bool = False) -> None:
    """Refuse a gallery of which a part is a link, a pipe or a device.

    Args:
        every_crop: look at each crop now, and not when it is used.
    Raises:
        GalleryUnsafeError: names that part.
    """
    try:
        for name in (*_FILES, *_FOLDERS):
            _require_plain(folder / name)
        for end in JOURNALS:
            _require_no_hard_link(folder / f"{DATABASE}{end}")
        if _size(folder / LOCK):  # an empty one with two names, as in a copy made of links, is made anew
            _require_no_hard_link(folder / LOCK)
        has_vault = (folder / VAULT).exists()
        with os.scandir(folder / CROPS_FOLDER) as people:
            for entry in people:
                if entry.is_symlink() or _is_junction(entry):
                    raise _RefusedError(Path(entry.path), "is a link")
                if not has_vault and _has_sealed_crops(entry):
                    raise _RefusedError(folder / VAULT, "is missing, though crops are encrypted")
        if every_crop:
            for at, folders, files in os.walk(folder / CROPS_FOLDER):
                for name in (*folders, *files):
                    _require_plain(Path(at, name))
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as exc:
        raise GalleryDamagedError(folder, exc.strerror or type(exc).__name__) from exc


def make_private(folder: Path) -> None:
    """Take from others what the folder lets them read or write, such as one that came from elsewhere does.

    Nothing below `faces_db`, `backups` and `waiting` can be reached once these are their owner's alone. What
    has another name elsewhere, or another owner, stays as it is.
    """
    if os.name == "nt":  # where rights are inherited from the folder above
        return
    starts = (RECORDS, DATABASE, CALIBRATIONS, UNFINISHED_SCANS, VAULT, PURGE_PLAN, PENDING_CROPS, LOCK)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            is_folder = entry.name in _FOLDERS
            if not is_folder and not entry.name.startswith(starts):
                continue
            with contextlib.suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                is_own = status.st_uid == os.geteuid() and (is_folder or status.st_nlink == 1)
                is_kind = stat.S_ISDIR(status.st_mode) if is_folder else stat.S_ISREG(status.st_mode)
                if is_own and is_kind and status.st_mode & 0o077:
                    Path(entry.path).chmod(stat.S_IMODE(status.st_mode) & 0o700)


def require_no_link(path: Path) -> None:
    """Refuse one file of a gallery that is a link, a pipe or a device; raises GalleryUnsafeError."""
    try:
        _require_plain(path)
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc


def require_no_hard_link(path: Path) -> None:
    """Refuse a file that is to be written in place and is a link, or has other names as hard links; even an
    empty one is somebody's. Raises GalleryUnsafeError."""
    try:
        _require_plain(path)
        _require_no_hard_link(path)
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc


def _is_plainly_safe(name: str) -> bool:
    """Whether a name is of a few letters, digits and spaces, as most are, and needs no closer look."""
    is_short = 0 < len(name) <= MAX_PART_BYTES // 4
    return is_short and name.replace(" ", "x").isalnum() and name[:3].lower() not in _DEVICE_STARTS


class _RefusedError(UnsafePathError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(why)
        self.path = path


def _safe_part(value: object) -> str:
    if not isinstance(value, str):
        raise UnsafePathError("is not a text")
    if value in ("", ".", "..") or set(value) & set("/\\") or _DRIVE.match(value):
        raise UnsafePathError("leads out of the gallery")
    if any(character < " " or character == "\x7f" for character in value):
        raise UnsafePathError("has a control character")
    try:
        encoded = os.fsencode(value)
    except UnicodeEncodeError:
        raise UnsafePathError("has half a character") from None
    if len(encoded) > MAX_PART_BYTES:
        raise UnsafePathError("is too long for the name of a file")
    if os.name == "nt" and (value[-1] in ". " or set(value) & set('<>:"|?*') or is_device_name(value)):
        raise UnsafePathError("is no name for a file on Windows")
    return value


def _require_plain(path: Path) -> None:
    """Raises _RefusedError for what is there and is neither a file nor a folder."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if _is_link(status):
        raise _RefusedError(path, "is a link")
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise _RefusedError(path, "is neither a file nor a folder")


def _require_no_hard_link(path: Path) -> None:
    """Raises _RefusedError for a hard link: what is written in place would change another file too."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
        raise _RefusedError(path, "is a link")


def _size(path: Path) -> int:
    """In bytes; 0 where there is nothing."""
    try:
        return os.lstat(path).st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _has_sealed_crops(entry: os.DirEntry[str]) -> bool:
    """Whether any lies in a folder as encrypted galleries have them."""
    if not _ALIAS_START.fullmatch(entry.name):
        return False
    return any(not crop.is_symlink() for crop in Path(entry.path).glob(f"*{SEALED_SUFFIX}"))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return os.name == "nt" and _is_link(entry.stat(follow_symlinks=False))


def _is_link(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINK_TAGS
