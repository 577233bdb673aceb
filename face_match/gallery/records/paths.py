"""The names of a gallery's files, and the only way from a file name in a record to a path.

A gallery may come from an untrusted source: a shared drive, an archive, a USB stick. The file names in its
records are data. `safe_file` and `safe_folder` check a name when it is read, `path_below` when it is used.
Nothing outside the gallery is read, written, moved or deleted, whatever the records contain and wherever
links lead.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath

from face_match.core.errors import GalleryUnreadableError, GalleryUnsafeError
from face_match.core.translation import marked

RECORDS = "embeddings.json"
DATABASE = "gallery.sqlite"
CALIBRATIONS = "calibrations.json"
UNFINISHED_SCANS = "unfinished.json"
"""The files and folders of interrupted scans."""
VAULT = "vault.json"
PENDING_CROPS = "crops.pending"
"""The crops that an edit is about to write or delete."""
PURGE_PLAN = "erasing.json"
"""What a purge still has to delete. The file exists until the purge is complete."""
LOCK = "gallery.lock"
LOCK_HOLDER = "gallery.lock.json"
CROPS_FOLDER = "faces_db"
UNNAMED_FOLDER = ".unnamed"
"""The folder of unnamed faces, in the crops' folder. No person has such a folder."""
SEALED_SUFFIX = ".sealed"
"""The suffix of encrypted crops; no other crop has it."""
BACKUPS_FOLDER = "backups"
WAITING_FOLDER = "waiting"
"""The unnamed faces of version 0.1, which are migrated when the gallery is opened for writing."""

JOURNALS = ("-wal", "-shm", "-journal")
"""The suffixes of the files that SQLite writes beside a database."""
RECORD_FILES = (RECORDS, DATABASE, CALIBRATIONS, UNFINISHED_SCANS)
"""The files of records. Names of records that were set aside, and of journals, begin with theirs."""
WORK_FILES = (VAULT, PURGE_PLAN, PENDING_CROPS, LOCK, LOCK_HOLDER)
FOLDERS = (CROPS_FOLDER, BACKUPS_FOLDER, WAITING_FOLDER)
_FILES = (
    *(*RECORD_FILES, f"{RECORDS}.bak", f"{RECORDS}.outgrown"),
    *(*(f"{DATABASE}{suffix}" for suffix in JOURNALS), *WORK_FILES),
)

MAX_PART_BYTES = 255
MAX_FILE_BYTES = 1024
"""Limits of file systems for one part of a path, and of this program for a whole path."""

_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(\..*)?")
"""Windows' device names, which it recognizes with any extension."""

_ALIAS_START, _ALIAS_END = re.compile("[0-9a-f]{2}"), re.compile(rf"[0-9a-f]{{62}}{re.escape(SEALED_SUFFIX)}")

_DEVICE_STARTS = ("con", "prn", "aux", "nul", "com", "lpt")

_LINK_TAGS = (0xA000000C, 0xA0000003)
"""Windows' symbolic links and junctions. Other reparse points, such as OneDrive's, are plain files."""


class UnsafePathError(ValueError):
    """A file name in a record that cannot be used; the text is read after "it"."""


def is_device_name(name: str) -> bool:
    """Whether Windows treats a name as a device."""
    return _RESERVED.fullmatch(name) is not None


def safe_folder(value: object) -> str:
    """The folder name of a person, from a record.

    Raises:
        UnsafePathError: it is not a single folder, or not valid on some system.
    """
    if isinstance(value, str) and _is_plainly_safe(value):
        return value  # the rest is slow with 20,000 people
    name = _safe_part(value)
    if is_device_name(name):
        raise UnsafePathError("is a device name on Windows")
    if name.casefold() == UNNAMED_FOLDER:
        raise UnsafePathError("is the folder of unnamed faces")
    return name


def safe_file(value: object) -> str:
    """A file's path relative to the gallery, with forward slashes, from a record.

    Raises:
        UnsafePathError: it leads out of the gallery, or is not a path.
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
    """The path of an unencrypted crop; raises as `safe_file` does."""
    file = safe_file(value)
    if file.endswith(SEALED_SUFFIX):
        raise UnsafePathError(f"ends in {SEALED_SUFFIX}, which is reserved for encrypted crops")
    return file


def path_below(folder: Path, file: str) -> Path:
    """The path of a file in a gallery, checked to have no link on the way.

    Args:
        folder: the gallery's.
        file: relative to the folder, with forward slashes; checked as in `safe_file`.
    Raises:
        UnsafePathError: it leads out of the gallery, or a part of it is a link, a pipe or a device.
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
    """The files below a folder, sorted by path. Links are neither followed nor listed."""
    found = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def require_no_links(folder: Path, *, every_crop: bool = False) -> None:
    """Refuse a gallery that contains a link, a pipe or a device.

    Args:
        every_crop: also check each crop now, not only when it is used.
    Raises:
        GalleryUnsafeError: names the file.
    """
    try:
        for name in (*_FILES, *FOLDERS):
            _require_plain(folder / name)
        for end in JOURNALS:
            _require_no_hard_link(folder / f"{DATABASE}{end}")
        if _size(folder / LOCK):  # an empty hard link, as in a copy made of links, is replaced later
            _require_no_hard_link(folder / LOCK)
        has_vault = (folder / VAULT).exists()
        with os.scandir(folder / CROPS_FOLDER) as people:
            for entry in people:
                if entry.is_symlink() or _is_junction(entry):
                    raise _RefusedError(Path(entry.path), marked("is a link"))
                if not has_vault and _has_sealed_crops(entry):
                    raise _RefusedError(folder / VAULT, marked("is missing, though crops are encrypted"))
        if every_crop:
            for at, folders, files in os.walk(folder / CROPS_FOLDER, onerror=_raise):
                for name in (*folders, *files):
                    _require_plain(Path(at, name))
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as exc:
        raise GalleryUnreadableError(folder, exc.strerror or type(exc).__name__) from exc


def require_accessible(folder: Path) -> None:
    """Refuse a gallery with a folder that cannot be read: what is in it would be left out unnoticed.

    Raises:
        GalleryUnreadableError: names the folder.
    """
    for name in (".", *FOLDERS):
        try:
            for at, folders, _ in os.walk(folder / name, onerror=_raise):
                os.lstat(Path(at, "."))  # a folder that may be listed, but not entered
                if name != CROPS_FOLDER:  # whose folders are of somebody else
                    folders.clear()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as exc:
            raise GalleryUnreadableError(Path(exc.filename), exc.strerror or type(exc).__name__) from exc


def _raise(error: OSError) -> None:
    raise error


def require_no_link(path: Path) -> None:
    """Refuse a file that is a link, a pipe or a device; raises GalleryUnsafeError, or GalleryUnreadableError
    where that cannot be told."""
    try:
        _require_plain(path)
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc
    except OSError as exc:
        raise GalleryUnreadableError(path, exc.strerror or type(exc).__name__) from exc


def require_no_hard_link(path: Path) -> None:
    """Refuse a file with links, hard links included, before it is written in place; raises
    GalleryUnsafeError."""
    try:
        _require_plain(path)
        _require_no_hard_link(path)
    except _RefusedError as exc:
        raise GalleryUnsafeError(exc.path, str(exc)) from exc


def _is_plainly_safe(name: str) -> bool:
    """A fast check: whether a name has only a few letters, digits and spaces."""
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
        raise UnsafePathError("contains a control character")
    try:
        encoded = os.fsencode(value)
    except UnicodeEncodeError:
        raise UnsafePathError("contains a lone surrogate") from None
    if len(encoded) > MAX_PART_BYTES:
        raise UnsafePathError("is too long for a file name")
    if os.name == "nt" and (value[-1] in ". " or set(value) & set('<>:"|?*') or is_device_name(value)):
        raise UnsafePathError("is not a valid file name on Windows")
    return value


def _require_plain(path: Path) -> None:
    """Refuse a path that is neither a file nor a folder; raises _RefusedError."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if _is_link(status):
        raise _RefusedError(path, marked("is a link"))
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise _RefusedError(path, marked("is neither a file nor a folder"))


def _require_no_hard_link(path: Path) -> None:
    """Refuse a hard link, because writing in place would change another file; raises _RefusedError."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
        raise _RefusedError(path, marked("is a link"))


def _size(path: Path) -> int:
    """The file's size in bytes; 0 if it does not exist."""
    try:
        return os.lstat(path).st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _has_sealed_crops(entry: os.DirEntry[str]) -> bool:
    """Whether a folder contains encrypted crops."""
    if not _ALIAS_START.fullmatch(entry.name):
        return False
    crops = Path(entry.path).glob(f"*{SEALED_SUFFIX}")
    return any(_ALIAS_END.fullmatch(crop.name) and not crop.is_symlink() for crop in crops)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    return os.name == "nt" and _is_link(entry.stat(follow_symlinks=False))


def _is_link(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINK_TAGS
