"""Taking the rights of other users away from a gallery's own files, and from nothing else in its folder."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from face_match.core.atomic_files import is_leftover
from face_match.gallery.records.own_files import is_backup_name, is_crop_name, is_waiting_name
from face_match.gallery.records.paths import (
    BACKUPS_FOLDER,
    CROPS_FOLDER,
    DATABASE,
    FOLDERS,
    JOURNALS,
    UNFINISHED_SCANS,
    WORK_FILES,
    plain_files,
)
from face_match.gallery.storage.gallery_files import record_files
from face_match.gallery.storage.sqlite.files import journals_of

_DEMO_CROP = re.compile(rf"{CROPS_FOLDER}/([^/]+)/\1_[0-9]+\.jpg")
"""What the original demo called crops. Somebody's own photo may have such a name too, so this is enough for
rights alone."""


def make_private(folder: Path) -> None:
    """Remove the permissions of other users on a gallery's own files.

    A folder that has only files of the program protects what is in it, and changes as a whole. One with
    something of somebody else stays as it is, and the program's files in it change one by one. Files with
    hard links or of other owners are left as they are.
    """
    if os.name == "nt":  # where permissions are inherited from the parent folder
        return
    with contextlib.suppress(OSError):
        for path in _own_files(folder):
            _remove_rights(path)
    for name in FOLDERS:
        place = folder / name
        with contextlib.suppress(OSError):
            if stat.S_IMODE(place.lstat().st_mode) & 0o077:
                own, others = _contents(folder, place)
                for path in own if others else [place] if own else []:
                    _remove_rights(path)


def _own_files(folder: Path) -> Iterator[Path]:
    """The files of records, except backups, and of the work on them."""
    yield from (folder / name for name in WORK_FILES)
    yield from journals_of(folder / DATABASE)
    for path in record_files(folder):
        if path.parent == folder:
            yield path
            yield from journals_of(path)


def _contents(folder: Path, place: Path) -> tuple[list[Path], list[Path]]:
    """What is in one of a gallery's folders: the program's files, and everything else."""
    found = plain_files(place) if place.name == CROPS_FOLDER else [*place.iterdir()]
    own = [path for path in found if is_leftover(path) or _is_own(path.relative_to(folder))]
    return own, [*{*found}.difference(own)]


def _is_own(path: Path) -> bool:
    """Whether a file in one of a gallery's folders, relative to the gallery, has a name of the program's."""
    place, name = path.as_posix(), path.name
    if path.parts[0] == CROPS_FOLDER:
        return is_crop_name(place) or _DEMO_CROP.fullmatch(place) is not None
    if path.parts[0] == BACKUPS_FOLDER:
        return is_backup_name(next((name.removesuffix(end) for end in JOURNALS if name.endswith(end)), name))
    return is_waiting_name(name) or name == UNFINISHED_SCANS


def _remove_rights(path: Path) -> None:
    with contextlib.suppress(OSError):
        status = path.lstat()
        is_folder = stat.S_ISDIR(status.st_mode) and path.name in FOLDERS
        is_plain = is_folder or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1)
        if is_plain and status.st_uid == os.geteuid() and status.st_mode & 0o077:
            path.chmod(stat.S_IMODE(status.st_mode) & 0o700)
