"""Where exports may be written: never over a gallery's own files, never among its folders."""

from __future__ import annotations

from pathlib import Path

from face_match.core.errors import GalleryDestinationError
from face_match.core.gallery_place import GalleryPlace
from face_match.gallery.records.paths import FOLDERS, RECORD_FILES, VAULT, WORK_FILES, plain_files


def require_outside_gallery(path: Path, gallery: GalleryPlace, *, is_folder: bool = False) -> None:
    """Refuse a gallery's own file or folder, or a new one with such a name, as the destination of an export.

    Links, `..`, other case and second names of files are seen through. Other files in the gallery's folder,
    which may be the folder of the program, are allowed.

    Args:
        is_folder: files are put into `path`; it must not be the gallery's folder, nor anywhere in that of an
            encrypted gallery.
    Raises:
        GalleryDestinationError.
    """
    if not isinstance(gallery, Path):  # no file is a server's
        return
    try:
        targets = {path.resolve(), path.parent.resolve() / path.name}
    except (OSError, RuntimeError):  # a loop of links; writing fails
        return
    for target in targets:
        if _is_same(target, gallery) or _is_own_by_another_name(target, gallery):
            raise GalleryDestinationError(path, "it belongs to the gallery")
        for place in (target, *target.parents):
            if _is_same(place.parent, gallery) and (
                _is_own_name(place.name) or (is_folder and (gallery / VAULT).exists())
            ):
                raise GalleryDestinationError(path, "it belongs to the gallery")


def _is_own_name(name: str) -> bool:
    """Whether the program uses a name in a gallery's folder. Windows ignores dots and spaces at its end and
    takes what follows a colon for a part of the file."""
    name = name.casefold().partition(":")[0].rstrip(". ")
    return name in (*FOLDERS, *WORK_FILES) or name.startswith(RECORD_FILES)


def _is_own_by_another_name(target: Path, gallery: Path) -> bool:
    """Whether a file is a hard link to one of the gallery's."""
    try:
        if not target.is_file() or target.stat().st_nlink < 2:
            return False
        own = [path for path in gallery.iterdir() if _is_own_name(path.name)]
    except OSError:
        return False
    files = [path for folder in own if folder.is_dir() for path in plain_files(folder)]
    return any(_is_same(path, target) for path in (*own, *files))


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
