"""The files in which other photo programs keep names: which are given, and which are beside photos."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from face_match.metadata.digikam import FILE_NAME, DigikamSource
from face_match.metadata.google_takeout import TakeoutSource
from face_match.metadata.lightroom import SUFFIX, LightroomSource
from face_match.metadata.name_sources import NameSource
from face_match.metadata.picasa import PicasaSource

MAX_FOLDERS = 1_000
"""The most subfolders of a folder in which a catalogue is looked for."""

_SOURCES: dict[str, Callable[[Path, Sequence[Path]], NameSource]] = {
    Path(FILE_NAME).suffix: DigikamSource,
    SUFFIX: LightroomSource,
}
_CONTACTS_SUFFIX = ".xml"


def is_names_file(path: Path) -> bool:
    """Whether a file that the user chose is a catalogue or a contacts.xml, by its suffix."""
    return path.suffix.lower() in (*_SOURCES, _CONTACTS_SUFFIX)


def sources_of_programs(paths: Sequence[Path], photos: Sequence[Path]) -> list[NameSource]:
    """The names that Picasa, digiKam, Lightroom and Google Photos have for photos.

    Args:
        paths: the folders and files that the user chose. Catalogues in a folder, and in its subfolders, are
            found.
        photos: all photos of the import.
    """
    folders = [path for path in paths if path.is_dir()]
    files = [path for path in paths if path not in folders]
    contacts = [path for path in files if path.suffix.lower() == _CONTACTS_SUFFIX]
    found = [path for folder in folders for path in _catalogs_in(folder)]
    catalogs = dict.fromkeys(path.absolute() for path in [*files, *found] if path.suffix.lower() in _SOURCES)
    return [
        PicasaSource(photos, folders, contacts),
        *(_SOURCES[path.suffix.lower()](path, photos) for path in catalogs),
        TakeoutSource(),
    ]


def _catalogs_in(folder: Path) -> list[Path]:
    """The catalogues in a folder and its subfolders."""
    found, subfolders = _listed(folder)
    for subfolder in subfolders[:MAX_FOLDERS]:
        found += _listed(subfolder)[0]
    return found


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """The catalogues directly in a folder, and its subfolders.

    Of several Lightroom catalogues the one changed last counts: an upgrade leaves the old one there.
    """
    databases, catalogs, folders = list[Path](), list[tuple[float, Path]](), list[Path]()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name.lower()
                if name == FILE_NAME and entry.is_file():
                    databases.append(folder / entry.name)
                elif name.endswith(SUFFIX) and entry.is_file():
                    catalogs.append((entry.stat().st_mtime, folder / entry.name))
                elif not name.startswith(".") and entry.is_dir(follow_symlinks=False):
                    folders.append(folder / entry.name)
    except OSError:
        return [], []  # the walk of the folders reports it
    return [*databases, *(path for _, path in sorted(catalogs)[-1:])], sorted(folders)
