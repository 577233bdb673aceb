"""Which XMP sidecars belong to a photo.

digiKam and darktable write photo.jpg.xmp, Lightroom writes photo.xmp. Where several photos share the stem,
photo.xmp belongs to the one whose suffix it states (photoshop:SidecarForExtension), else to the only one
without a sidecar of its own. Raw photos are not counted: their sidecar is read for the JPEG beside them.
"""

from __future__ import annotations

import functools
import itertools
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from face_match.core.atomic_files import read_file
from face_match.core.errors import SidecarUnreadableError
from face_match.core.photo_folders import PHOTO_SUFFIXES, RAW_SUFFIXES
from face_match.metadata.face_regions import folded_name
from face_match.metadata.xmp_names import region_names, stated_extension

MAX_FILE_BYTES = 16 << 20
"""The largest sidecars, with masks of raw developers, have a few megabytes."""

MAX_FOLDERS = 8
"""Folders whose files are kept in memory at once. Photos come folder by folder."""

MAX_SPELLINGS, MAX_TWINS = 4, 16
"""Files considered whose names differ in case alone, and other photos with the stem of one. Folders have one
or two; with hundreds, each would be compared with each for each photo."""

_MAX_KEPT = 64
"""Sidecars whose content is remembered: those of photos with the same stem are compared for each of them."""


class AmbiguousSidecar(NamedTuple):
    """A sidecar with names, and the photos that it may belong to."""

    path: Path
    photos: list[Path]


class SidecarFiles:
    """Finds sidecars beside photos, in any case of their names.

    Each folder is listed once, so make a new one for each piece of work.
    """

    def __init__(self) -> None:
        self._listings: dict[Path, dict[str, dict[str, None]]] = {}
        self._lock = threading.Lock()
        self._extension_in = functools.lru_cache(_MAX_KEPT)(_extension_in)
        self._names_in = functools.lru_cache(_MAX_KEPT)(_names_in)

    def of(self, photo: Path) -> list[Path]:
        """The sidecars to read for a photo: photo.jpg.xmp first, then photo.xmp."""
        return [
            *self._own(photo),
            *(path for path in self._of_stem(photo) if self._owners(path, photo) == [photo]),
        ]

    def may_have(self, photo: Path) -> bool:
        """Whether a sidecar exists that belongs, or may belong, to the photo."""
        return bool(self._own(photo) or self._of_stem(photo))

    def ambiguous(self, photo: Path) -> AmbiguousSidecar | None:
        """The sidecar with the photo's stem, if it has names that are skipped because it may belong to
        another photo."""
        for sidecar in self._of_stem(photo):
            twins = self._with_stem(photo, PHOTO_SUFFIXES)
            owners = self._owners(sidecar, photo)
            if not twins or len(owners) == 1:
                continue
            photos = owners or sorted([photo, *twins])
            own = {name for path in photos for one in self._own(path) for name in self._names_in(one) or ()}
            names = self._names_in(sidecar)
            if photo in photos and (names is None or names - own):
                return AmbiguousSidecar(sidecar, photos)
        return None

    def to_write(self, photo: Path) -> list[Path]:
        """The sidecars to write a photo's names to: existing ones that are only this photo's, else a new one.

        Of two existing ones those that name a face are used, and the first where none does.
        """
        return self.existing_to_write(photo) or [new_sidecar(photo)]

    def existing_to_write(self, photo: Path) -> list[Path]:
        """As `to_write`, without a new one."""
        found = self._own(photo)
        if not self._with_stem(photo, PHOTO_SUFFIXES | RAW_SUFFIXES):
            found += self._of_stem(photo)
        return [path for path in found if _names_in(path) != set()] or found[:1]

    def is_beside_raw(self, sidecar: Path) -> bool:
        """Whether a sidecar may be a raw photo's: one has its stem."""
        return bool(self._with_stem(sidecar, RAW_SUFFIXES))

    def _own(self, photo: Path) -> list[Path]:
        """Sidecars with the photo's whole name; the exact spelling comes first, and those with the exact
        spelling of another photo are left out."""
        photos = self._spellings(photo, photo.name)
        found = [
            name
            for name in self._files(photo, f"{photo.name}.xmp")
            if name[:-4] == photo.name or name[:-4] not in photos
        ]
        found.sort(key=lambda name: (name[:-4] != photo.name, name != f"{photo.name}.xmp", name))
        return _distinct(photo.with_name(name) for name in found)

    def _of_stem(self, photo: Path) -> list[Path]:
        """Sidecars with the photo's stem; those with the exact spelling of another photo's are left out."""
        others = {twin.stem for twin in self._with_stem(photo, PHOTO_SUFFIXES)} - {photo.stem}
        found = [name for name in self._files(photo, f"{photo.stem}.xmp") if name[:-4] not in others]
        found.sort(key=lambda name: (name[:-4] != photo.stem, name != f"{photo.stem}.xmp", name))
        return _distinct(photo.with_name(name) for name in found)

    def _owners(self, sidecar: Path, photo: Path) -> list[Path]:
        """The photos that a sidecar of this photo's stem may belong to. A photo without others of its stem is
        always returned."""
        twins = self._with_stem(photo, PHOTO_SUFFIXES)
        if not twins:
            return [photo]
        photos = sorted([photo, *twins])
        photos = [path for path in photos if path.stem == sidecar.stem] or photos
        if photos == [photo]:
            return photos
        extension = self._extension_in(sidecar)
        stated = [path for path in photos if path.suffix[1:].casefold() == extension]
        return stated or [path for path in photos if not self._own(path)]

    def _with_stem(self, path: Path, suffixes: Iterable[str]) -> list[Path]:
        """Other files with a file's stem and one of the suffixes, in any case; `MAX_TWINS` at most."""
        names = (name for suffix in sorted(suffixes) for name in self._files(path, f"{path.stem}{suffix}"))
        twins = (twin for name in names if not _is_same(twin := path.with_name(name), path))
        return [*itertools.islice(twins, MAX_TWINS)]

    def _files(self, beside: Path, name: str) -> list[str]:
        """The files in a file's folder with a name in any case and any composition of letters: the exact one
        and some others."""
        found = self._spellings(beside, name)
        first = [*itertools.islice(found, MAX_SPELLINGS)]
        return first if name in first or name not in found else [name, *first]

    def _spellings(self, beside: Path, name: str) -> dict[str, None]:
        """All files in a file's folder with a name in any case and any composition of letters."""
        folder = beside.parent
        with self._lock:
            listing = self._listings.get(folder)
            if listing is None:
                while len(self._listings) >= MAX_FOLDERS:
                    del self._listings[next(iter(self._listings))]
                listing = self._listings[folder] = _listing(folder)
        return listing.get(folded_name(name), {})


def read_sidecar(sidecar: Path) -> bytes:
    """The content of a sidecar.

    Raises:
        SidecarUnreadableError.
    """
    try:
        if sidecar.stat().st_size > MAX_FILE_BYTES:
            raise SidecarUnreadableError(sidecar.name, f"over {MAX_FILE_BYTES >> 20} MB")
        return read_file(sidecar, MAX_FILE_BYTES)
    except OSError as exc:
        raise SidecarUnreadableError(sidecar.name, exc.strerror or type(exc).__name__) from exc


def new_sidecar(photo: Path) -> Path:
    """The path for a photo's new sidecar. It contains the photo's suffix, so that photo.png gets another
    one."""
    return photo.with_name(f"{photo.name}.xmp")


def _listing(folder: Path) -> dict[str, dict[str, None]]:
    """The names of the files in a folder, by their folded names."""
    found: dict[str, dict[str, None]] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    found.setdefault(folded_name(entry.name), {})[entry.name] = None
    except OSError:  # the photo itself cannot be read then, which is reported
        return found
    return found


def _distinct(paths: Iterable[Path]) -> list[Path]:
    """The files without further names of the same file."""
    found: list[Path] = []
    for path in paths:
        if not any(_is_same(path, other) for other in found):
            found.append(path)
    return found


def _is_same(path: Path, other: Path) -> bool:
    """Whether two paths are the same file, as photo.JPG and photo.jpg are where case is ignored."""
    try:
        return path == other or (path.name.casefold() == other.name.casefold() and path.samefile(other))
    except OSError:
        return False


def _names_in(sidecar: Path) -> set[str] | None:
    """The names in a sidecar's regions, folded; None if it is unreadable, which the next reader reports."""
    try:
        return region_names(read_sidecar(sidecar), sidecar.name)
    except SidecarUnreadableError:
        return None


def _extension_in(sidecar: Path) -> str:
    """The suffix of the photo that a sidecar states, folded and without a dot; "" without one."""
    try:
        return stated_extension(read_sidecar(sidecar), sidecar.name)
    except SidecarUnreadableError:
        return ""
