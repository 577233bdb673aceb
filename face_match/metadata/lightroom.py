"""The names in a Lightroom Classic catalogue, *.lrcat.

Tables as in dumps of catalogues of Lightroom 6 to Classic 14. A row of AgLibraryKeywordFace gives a face the
keyword of a person; with userPick 1 the user has confirmed it, else Lightroom suggests it. The corners of
AgLibraryFace are fractions of the photo that is upright under AgLibraryFace.imageOrientation, from its top
left: so they are written by the converter from Aperture, transferFaces.cpp by Daniel Höpfl.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.types import Box
from face_match.metadata.catalog_database import CatalogDatabase, open_catalog
from face_match.metadata.catalog_photos import (
    Catalog,
    CatalogFace,
    CatalogPaths,
    CatalogPhoto,
    CatalogSource,
)
from face_match.metadata.xmp_values import clean_text

SUFFIX = ".lrcat"

ORIENTATIONS = {"AB": 1, "BA": 2, "CD": 3, "DC": 4, "AD": 5, "BC": 6, "CB": 7, "DA": 8}
"""Lightroom's names of EXIF orientations: the corners at which the stored image's top left and top right
corners are shown. A is the top left; B, C and D follow clockwise."""

_CORNERS = ("tl_x", "tl_y", "br_x", "br_y")
_OTHER_CORNERS = ("tr_x", "tr_y", "bl_x", "bl_y")
"""A face on its side has a turned rectangle."""


class _Face(NamedTuple):
    image: int
    box: Box
    orientation: int | None


class LightroomSource(CatalogSource):
    """The names in a Lightroom catalogue."""

    def read(self) -> Catalog:
        with open_catalog(self.path) as database:
            return _Reader(database, self.path).catalog()


class _Reader:
    def __init__(self, database: CatalogDatabase, path: Path) -> None:
        self._database = database
        self._path = path
        self._people = {
            keyword: clean_text(name)
            for keyword, name in database.rows(
                "AgLibraryKeyword", ("id_local", "name"), where="keywordType = 'person'"
            )
            if isinstance(name, str)
        }
        self._skipped: dict[SkipReason, list[str]] = defaultdict(list)

    def catalog(self) -> Catalog:
        faces = self._read_faces()
        names, proposed = self._read_names()
        tagged = self._read_tagged()
        photos = self._read_photos({face.image for face in faces.values()} | {*tagged})
        for number, face in faces.items():
            photo = photos.get(face.image)
            if photo is None:
                continue
            for name in names.get(number, ()):
                photo.add(CatalogFace(name, face.box, face.orientation or photo.orientation, (1.0, 1.0)))
            if number not in names:
                kind = SkipReason.UNCONFIRMED if number in proposed else SkipReason.UNNAMED
                self._skipped[kind].append(photo.name)
        for image, keywords in tagged.items():
            if image in photos:
                placed = {face.name for face in photos[image].faces}
                for name in (self._people[keyword] for keyword in keywords):
                    if name and name not in placed:
                        photos[image].add_hint(name)
        skipped = [SkippedNames.of(self._path, kind, found) for kind, found in self._skipped.items() if found]
        unique = {id(photo): photo for photo in photos.values() if photo.faces or photo.hints}
        return Catalog([*unique.values()], skipped)

    def _read_faces(self) -> dict[object, _Face]:
        found = dict[object, _Face]()
        for number, image, *place, turn in self._database.rows(
            "AgLibraryFace", ("id_local", "image", *_CORNERS), optional=(*_OTHER_CORNERS, "imageOrientation")
        ):
            box = _box(place)
            if box is None or not isinstance(image, int):
                self._skipped[SkipReason.DAMAGED].append("")
            else:
                found[number] = _Face(image, box, ORIENTATIONS.get(str(turn)))
        return found

    def _read_names(self) -> tuple[dict[object, list[str]], set[object]]:
        """The confirmed names of faces, and the faces with names that are suggested only."""
        names: dict[object, list[str]] = defaultdict(list)
        proposed = set[object]()
        rows = self._database.rows(
            "AgLibraryKeywordFace", ("face", "tag", "userPick"), optional=("userReject",)
        )
        for face, keyword, is_picked, is_rejected in rows:
            if is_rejected == 1:
                continue
            if is_picked != 1:
                proposed.add(face)
            elif name := self._people.get(keyword):
                names[face].append(name)
            else:
                self._skipped[SkipReason.NOT_A_FACE].append("")
        return names, proposed

    def _read_tagged(self) -> dict[int, list[object]]:
        """The people's keywords of photos, by photo."""
        found: dict[int, list[object]] = defaultdict(list)
        if self._database.has("AgLibraryKeywordImage"):
            people = "tag IN (SELECT id_local FROM AgLibraryKeyword NOT INDEXED WHERE keywordType = 'person')"
            for image, keyword in self._database.rows(
                "AgLibraryKeywordImage", ("image", "tag"), where=people
            ):
                if isinstance(image, int) and keyword in self._people:
                    found[image].append(keyword)
        return found

    def _read_photos(self, wanted: set[int]) -> dict[int, CatalogPhoto]:
        """The photos by their number; a photo and its virtual copies are one."""
        folders, files, paths = self._read_folders(), self._read_files(), CatalogPaths(self._path)
        found, by_path = dict[int, CatalogPhoto](), dict[str, CatalogPhoto]()
        rows = self._database.rows(
            "Adobe_images", ("id_local", "rootFile"), optional=("orientation", "fileWidth", "fileHeight")
        )
        for image, file, turn, width, height in rows:
            folder, name = files.get(file, (None, ""))
            if not isinstance(image, int) or image not in wanted or folder not in folders:
                continue
            photo = paths.photo(*folders[folder], name)
            if photo is None:
                self._skipped[SkipReason.DAMAGED].append("")
                continue
            known = found[image] = by_path.setdefault(photo.path, photo)
            if known is photo:
                photo.size, photo.orientation = _size(width, height), ORIENTATIONS.get(str(turn))
        return found

    def _read_folders(self) -> dict[object, tuple[str, str | None, str]]:
        """The root of each folder, the root's path seen from the catalogue, and where the folder is in it."""
        roots, folders = dict[object, tuple[str, str | None]](), dict[object, tuple[str, str | None, str]]()
        beside = self._path.absolute().parent.as_posix()
        for root, place, relative in self._database.rows(
            "AgLibraryRootFolder", ("id_local", "absolutePath"), optional=("relativePathFromCatalog",)
        ):
            if isinstance(place, str):
                roots[root] = (
                    place.rstrip("/"),
                    f"{beside}/{relative}".rstrip("/") if isinstance(relative, str) else None,
                )
        for folder, root, below in self._database.rows(
            "AgLibraryFolder", ("id_local", "rootFolder", "pathFromRoot")
        ):
            if root in roots and isinstance(below, str):
                folders[folder] = (*roots[root], below)
        return folders

    def _read_files(self) -> dict[object, tuple[object, str]]:
        """The folder and the name of each file."""
        rows = self._database.rows("AgLibraryFile", ("id_local", "folder", "baseName", "extension"))
        return {
            file: (folder, f"{name}.{suffix}" if suffix else name)
            for file, folder, name, suffix in rows
            if isinstance(name, str) and isinstance(suffix, str)
        }


def _size(width: object, height: object) -> tuple[int, int] | None:
    sides = [round(side) for side in (width, height) if isinstance(side, (int, float)) and 1 <= side < 1e9]
    return (sides[0], sides[1]) if len(sides) == 2 else None


def _box(place: list[object]) -> Box | None:
    """The upright rectangle around the corners: x, y of the top left, the bottom right, and, where given, of
    the others."""
    numbers = [value for value in place if isinstance(value, (int, float)) and math.isfinite(value)]
    if len(numbers) not in (4, 8) or not all(isinstance(value, (int, float)) for value in place[:4]):
        return None
    across, down = numbers[::2], numbers[1::2]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    is_in_photo = -0.5 <= left < right <= 1.5 and -0.5 <= top < bottom <= 1.5
    return Box(left, top, right - left, bottom - top) if is_in_photo else None
