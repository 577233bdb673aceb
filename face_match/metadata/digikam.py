"""The names in a digiKam database, digikam4.db.

Tables as in digiKam's core/data/database/dbconfig.xml.cmake.in. A confirmed face is a row of
ImageTagProperties with the property “tagRegion” and the tag of a person. Its rectangle is in pixels of the
photo that is upright under ImageInformation.orientation: digiKam turns the regions that it reads from
metadata before it stores them (ItemScanner::commitFaces, TagRegion::adjustToOrientation). The sides in
ImageInformation are those of the image as stored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from face_match.core.errors import NamesUnreadableError
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.translation import marked
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

FILE_NAME = "digikam4.db"

_OLDEST_VERSION, _NEWEST_VERSION = 7, 16
"""DBVersion in Settings: of digiKam 3, the first with these tables, and of digiKam 8."""

_VISIBLE = 1
"""Images.status of a photo that is neither hidden, in the trash nor gone."""

_CONFIRMED, _PROPOSED, _FOUND, _IGNORED = (
    "tagRegion",
    "autodetectedPerson",
    "autodetectedFace",
    "ignoredFace",
)
_NOBODY = ("unknownPerson", "unconfirmedPerson", "ignoredPerson")
"""Properties of the tags that hold faces without a confirmed name."""

_SIDE = re.compile(r"""\b(x|y|width|height)\s*=\s*["'](-?\d{1,9})["']""")


class _Tags(NamedTuple):
    names: dict[int, str]
    people: set[int]
    nobody: set[int]


class DigikamSource(CatalogSource):
    """The names in a digiKam database."""

    def read(self) -> Catalog:
        with open_catalog(self.path) as database:
            _require_version(database, self.path)
            return _Reader(database, self.path).catalog()


def _require_version(database: CatalogDatabase, path: Path) -> None:
    """Check the version of the tables; a newer digiKam says with which older ones they can still be used."""
    known = "keyword IN ('DBVersion', 'DBVersionRequired')"
    rows = database.rows("Settings", ("keyword", "value"), where=known)
    settings = {keyword: str(value) for keyword, value in rows}
    try:
        version = int(settings["DBVersion"])
        needed = int(settings.get("DBVersionRequired", version))
    except (KeyError, ValueError):
        raise NamesUnreadableError(path.name, marked("it is not a digiKam database")) from None
    if version < _OLDEST_VERSION:
        raise NamesUnreadableError(
            path.name, f"it is of a digiKam that is too old, database version {version}"
        )
    if needed > _NEWEST_VERSION:
        raise NamesUnreadableError(path.name, f"it is of a newer digiKam, database version {version}")


class _Reader:
    def __init__(self, database: CatalogDatabase, path: Path) -> None:
        self._database = database
        self._path = path
        self._tags = self._read_tags()
        self._photos: dict[int, CatalogPhoto] = {}
        self._skipped: dict[SkipReason, list[str]] = defaultdict(list)

    def catalog(self) -> Catalog:
        confirmed, unnamed, proposed = self._read_faces()
        tagged = self._read_tagged()
        self._read_photos({*confirmed, *tagged, *(image for image, _ in (unnamed | proposed))})
        for image, faces in confirmed.items():
            for tag, box in faces:
                self._add_face(image, tag, box)
        for image, tags in tagged.items():
            photo = self._photos.get(image)
            placed = {tag for tag, _ in confirmed.get(image, ())}
            for tag in tags:
                if photo is not None and tag not in placed and tag in self._tags.names:
                    photo.add_hint(self._tags.names[tag])
        unnamed -= proposed
        for kind, found in ((SkipReason.UNCONFIRMED, proposed), (SkipReason.UNNAMED, unnamed)):
            self._skipped[kind] += [self._photos[i].name for i, _ in sorted(found) if i in self._photos]
        skipped = [SkippedNames.of(self._path, kind, names) for kind, names in self._skipped.items() if names]
        return Catalog([photo for photo in self._photos.values() if photo.faces or photo.hints], skipped)

    def _read_tags(self) -> _Tags:
        people, nobody = set[int](), set[int]()
        known = f"'person', {', '.join(map(repr, _NOBODY))}"
        for tag, kind in self._database.rows(
            "TagProperties", ("tagid", "property"), where=f"property IN ({known})"
        ):
            if isinstance(tag, int):
                (people if kind == "person" else nobody).add(tag)
        rows = self._database.rows("Tags", ("id", "name"))
        names = {
            tag: clean_text(name)
            for tag, name in rows
            if isinstance(tag, int) and isinstance(name, str) and (tag in people or tag in nobody)
        }
        return _Tags(names, people - nobody, nobody)

    def _read_faces(
        self,
    ) -> tuple[dict[int, list[tuple[int, Box]]], set[tuple[int, Box]], set[tuple[int, Box]]]:
        """Confirmed faces by photo, with the tag; faces without a name; and those with a proposed one."""
        confirmed: dict[int, list[tuple[int, Box]]] = defaultdict(list)
        unnamed, proposed = set[tuple[int, Box]](), set[tuple[int, Box]]()
        kinds = ", ".join(map(repr, (_CONFIRMED, _PROPOSED, _FOUND, _IGNORED)))
        rows = self._database.rows(
            "ImageTagProperties", ("imageid", "tagid", "property", "value"), where=f"property IN ({kinds})"
        )
        for image, tag, kind, value in rows:
            box = _box(value)
            if not isinstance(image, int) or not isinstance(tag, int) or box is None:
                self._skipped[SkipReason.DAMAGED].append("")
            elif kind == _PROPOSED or (kind == _FOUND and tag in self._tags.people):
                proposed.add((image, box))
            elif kind != _CONFIRMED or tag in self._tags.nobody:
                unnamed.add((image, box))
            elif tag in self._tags.people:
                confirmed[image].append((tag, box))
            else:
                self._skipped[SkipReason.NOT_A_FACE].append("")
        return confirmed, unnamed, proposed

    def _read_tagged(self) -> dict[int, list[int]]:
        """The people's tags of photos, by photo."""
        found: dict[int, list[int]] = defaultdict(list)
        if self._database.has("ImageTags"):
            people = "tagid IN (SELECT tagid FROM TagProperties NOT INDEXED WHERE property = 'person')"
            for image, tag in self._database.rows("ImageTags", ("imageid", "tagid"), where=people):
                if isinstance(image, int) and isinstance(tag, int) and tag in self._tags.people:
                    found[image].append(tag)
        return found

    def _read_photos(self, wanted: set[int]) -> None:
        roots = {
            root: _root(identifier, place)
            for root, identifier, place in self._database.rows(
                "AlbumRoots", ("id", "identifier", "specificPath")
            )
        }
        albums = {
            album: (roots.get(root, ""), below)
            for album, root, below in self._database.rows("Albums", ("id", "albumRoot", "relativePath"))
            if isinstance(below, str)
        }
        beside, shapes, paths = self._path.absolute().parent.as_posix(), {}, CatalogPaths(self._path)
        if self._database.has("ImageInformation"):
            rows = self._database.rows("ImageInformation", ("imageid", "orientation", "width", "height"))
            shapes = {image: (turn, width, height) for image, turn, width, height in rows if image in wanted}
        rows = self._database.rows("Images", ("id", "album", "name"), where=f"status = {_VISIBLE}")
        for image, album, name in rows:
            if not isinstance(image, int) or image not in wanted or album not in albums:
                continue
            photo = paths.photo(
                albums[album][0], beside, albums[album][1], name if isinstance(name, str) else ""
            )
            if photo is None:
                self._skipped[SkipReason.DAMAGED].append("")
                continue
            turn, width, height = shapes.get(image, (None, None, None))
            photo.orientation = turn if isinstance(turn, int) and turn in range(1, 9) else None
            if isinstance(width, int) and isinstance(height, int) and min(width, height) > 0:
                photo.size = (width, height)
            self._photos[image] = photo

    def _add_face(self, image: int, tag: int, box: Box) -> None:
        photo, name = self._photos.get(image), self._tags.names.get(tag)
        if photo is None:
            return
        unit = photo.size
        if unit is not None and photo.orientation in SIDEWAYS_ORIENTATIONS:
            unit = unit[::-1]
        if not name:
            self._skipped[SkipReason.UNKNOWN_PERSON].append(photo.name)
        else:
            photo.add(CatalogFace(name, box, photo.orientation, unit))


def _root(identifier: object, place: object) -> str:
    """The path of a root folder as far as the database has it: a volume may be given by its number alone."""
    volume = identifier if isinstance(identifier, str) else ""
    for start in ("volumeid:?path=", "networkshareid:?mountpath="):
        if volume.startswith(start):
            volume = unquote(volume[len(start) :].partition("&")[0])
            break
    else:
        volume = ""
    below = place if isinstance(place, str) else ""
    return f"{volume.rstrip('/')}/{below.strip('/')}".rstrip("/")


def _box(value: object) -> Box | None:
    """The rectangle in `<rect x="10" y="20" width="30" height="40"/>`, in pixels."""
    if not isinstance(value, str) or len(value) > 1_000 or "<rect" not in value:
        return None
    sides = {side: float(number) for side, number in _SIDE.findall(value)}
    if len(sides) != 4 or sides["width"] <= 0 or sides["height"] <= 0:
        return None
    return Box(sides["x"], sides["y"], sides["width"], sides["height"])
