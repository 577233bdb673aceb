"""Photos in the catalogue of another program, and which of them a file is.

A catalogue gives paths on the computer where it was made. A file is a photo of the catalogue if it is at that
path, or at the same place seen from the catalogue; else if their paths end alike, and no other file and no
other photo ends as much alike.
"""

from __future__ import annotations

import bisect
import itertools
import os
import re
import threading
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NamedTuple

from face_match.core.errors import FaceMatchError, NamesUnreadableError, SidecarNamesError, without_frames
from face_match.core.network_drives import network_share
from face_match.core.normal_form import normalized
from face_match.core.orientation import SIDEWAYS_ORIENTATIONS
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.metadata.catalog_database import TOO_LARGE
from face_match.metadata.face_regions import Area, NamedRegion, box_of, folded_name, reoriented
from face_match.metadata.name_sources import NamesInPhoto, NameSource, Unused

MAX_NAMES_PER_PHOTO = 1_000
"""Further people of a photo are ignored; photos of crowds have some hundreds."""

MAX_FACES_PER_NAME = 20
"""Further faces of one name in a photo are ignored; collages and mirrors have some."""

_SAME_SHAPE = 1.02
"""Aspect ratios within this factor count as equal: the sides of scaled photos are rounded."""

_WINDOWS_DRIVE = re.compile("[A-Za-z]:")

MAX_PATH_CHARS, MAX_NAME_CHARS = 4_096, 255
"""The longest path and file name read. File systems have no longer ones, but for paths on Windows."""

_MAX_CHARS = 60_000_000
"""In the paths of all photos of a catalogue; 200,000 photos have some 20,000,000."""

_BETWEEN = "\0"
"""Between the parts of a key: it sorts before every other character."""


class CatalogFace(NamedTuple):
    """A named face of a catalogue.

    Attributes:
        box: in the photo that is upright under `orientation`, in units of `unit`.
        orientation: EXIF orientation; None for the photo's own.
        unit: (width, height) of that photo in the units of the box; None for its pixels.
    """

    name: str
    box: Box
    orientation: int | None
    unit: tuple[float, float] | None


@dataclass(slots=True)
class CatalogPhoto:
    """A photo of a catalogue with names.

    Attributes:
        path: as the catalogue gives it, with slashes.
        nearby: its path if the catalogue was moved together with its photos; None if unknown.
        size: (width, height) of the image as stored, in pixels; None if unknown.
        orientation: EXIF orientation that the program shows it in; None if unknown.
        hints: names of people in the photo without a place.
    """

    path: str
    nearby: str | None = None
    size: tuple[int, int] | None = None
    orientation: int | None = None
    hints: dict[str, None] = field(default_factory=dict)
    _faces: dict[str, list[CatalogFace]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return _slashed(self.path).rpartition("/")[2]

    @property
    def faces(self) -> list[CatalogFace]:
        return [face for faces in self._faces.values() for face in faces]

    def add(self, face: CatalogFace) -> None:
        """Add a face unless it is there already, as in a virtual copy of the photo."""
        if len(self._faces) >= MAX_NAMES_PER_PHOTO:
            return
        of_name = self._faces.setdefault(folded_name(face.name), [])
        is_known = any(
            known.orientation == face.orientation and known.box.overlap(face.box) >= SAME_FACE_OVERLAP
            for known in of_name
        )
        if not is_known and len(of_name) < MAX_FACES_PER_NAME:
            of_name.append(face)

    def add_hint(self, name: str) -> None:
        if len(self.hints) < MAX_NAMES_PER_PHOTO:
            self.hints[name] = None


class CatalogPaths:
    """Joins the paths of photos within limits: a long folder would be repeated for each photo."""

    def __init__(self, catalog: Path) -> None:
        self._catalog = catalog
        self._left = _MAX_CHARS

    def photo(self, root: str, beside: str | None, inside: str, name: str) -> CatalogPhoto | None:
        """The photo at root/inside/name; None if no file can be there.

        Args:
            beside: the root if the catalogue was moved together with its photos; None if unknown.
        Raises:
            NamesUnreadableError: the paths are too long altogether.
        """
        length = max(len(root), len(beside or "")) + len(inside) + len(name)
        if not name or "/" in name or len(name) > MAX_NAME_CHARS or length > MAX_PATH_CHARS:
            return None
        self._left -= length
        if self._left < 0:
            raise NamesUnreadableError(self._catalog.name, TOO_LARGE)
        below = f"{inside.strip('/')}/{name}".strip("/")
        return CatalogPhoto(f"{root}/{below}", None if beside is None else f"{beside}/{below}")


class Catalog(NamedTuple):
    """The photos of a catalogue that have names, and what else it has."""

    photos: list[CatalogPhoto]
    skipped: list[SkippedNames]


class CatalogMatch(NamedTuple):
    """The photo of the catalogue that a file is.

    Attributes:
        is_certain: whether more than the file's name agrees.
    """

    photo: CatalogPhoto
    is_certain: bool


class CatalogSource(NameSource):
    """The names in one catalogue. It is read when it is first needed."""

    def __init__(self, path: Path, photos: Sequence[Path]) -> None:
        """`photos`: all files of the import, which are matched with the catalogue's photos as a whole."""
        self.path = path
        self._photos = photos
        self._lock = threading.Lock()
        self._matches: dict[Path, CatalogMatch] | None = None
        self._skipped: list[SkippedNames] = []
        self._missing: list[str] = []
        self._problem: FaceMatchError | None = None

    @abstractmethod
    def read(self) -> Catalog:
        """Read the catalogue; raises NamesUnreadableError and CancelledError."""

    def may_name(self, photo: Path) -> bool:
        return photo in self._matched()

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        match = self._matched().get(photo)
        if match is None:
            return []
        known = match.photo
        stored = (height, width) if orientation in SIDEWAYS_ORIENTATIONS else (width, height)
        if not match.is_certain and (known.size is None or sorted(known.size) != sorted(stored)):
            with self._lock:
                self._missing.append(known.name)
            return []
        faces, shown = known.faces, known.orientation
        if known.size is not None and not _is_same_shape(known.size, stored):
            if not _is_turned_since(known, stored, orientation):
                return [(self.path, self._without_places(known, photo))]
            faces, shown = [face._replace(orientation=orientation) for face in faces], None
        named = [_region(face, width, height, orientation) for face in faces]
        return [(self.path, NamesInPhoto(named, orientation=shown, hints=[*known.hints]))]

    def _without_places(self, known: CatalogPhoto, photo: Path) -> NamesInPhoto:
        """The names of a photo whose image is another one now, as hints, and why."""
        wide, high = known.size or (0, 0)
        reason = f"marks faces in {photo.name} as it was with {wide} × {high} pixels: they were not used"
        names = dict.fromkeys([*(face.name for face in known.faces), *known.hints])
        return NamesInPhoto([], hints=[*names], problems=[SidecarNamesError(self.path.name, reason)])

    def unused(self) -> Unused:
        self._matched()
        problems = [] if self._problem is None else [(self.path, self._problem)]
        missing = SkippedNames.of(self.path, SkipReason.PHOTO_NOT_FOUND, self._missing)
        return Unused(problems, [*self._skipped, *([missing] if missing.count else [])])

    def _matched(self) -> dict[Path, CatalogMatch]:
        with self._lock:
            if self._matches is None:
                try:
                    catalog = self.read()
                except NamesUnreadableError as exc:
                    self._problem, self._matches = without_frames(exc), {}
                else:
                    found, missing, unclear = match_photos(self._photos, catalog.photos)
                    self._matches, self._missing = found, missing
                    self._skipped = [*catalog.skipped]
                    if unclear:
                        self._skipped.append(SkippedNames.of(self.path, SkipReason.AMBIGUOUS, unclear))
            return self._matches


def _is_same_shape(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two images have the same aspect ratio; small ones may differ by a pixel."""
    low, high = sorted((one[0] * other[1], one[1] * other[0]))
    return high <= low * _SAME_SHAPE or high - low <= max(one)


def _is_turned_since(known: CatalogPhoto, stored: tuple[int, int], orientation: int) -> bool:
    """Whether the pixels themselves are upright now: a program turned them, and no EXIF says so any more."""
    was_sideways, is_sideways = (one in SIDEWAYS_ORIENTATIONS for one in (known.orientation, orientation))
    return (
        known.size is not None
        and was_sideways
        and not is_sideways
        and _is_same_shape(known.size[::-1], stored)
    )


def _region(face: CatalogFace, width: int, height: int, orientation: int) -> NamedRegion:
    """The face in pixels of the photo that is upright under its own orientation."""
    own = face.orientation or orientation
    is_as_wide = (own in SIDEWAYS_ORIENTATIONS) == (orientation in SIDEWAYS_ORIENTATIONS)
    wide, high = face.unit or ((width, height) if is_as_wide else (height, width))
    x, y, box_width, box_height = face.box
    area = Area((x + box_width / 2) / wide, (y + box_height / 2) / high, box_width / wide, box_height / high)
    return NamedRegion(face.name, box_of(reoriented(area, own, orientation), width, height))


def match_photos(
    files: Sequence[Path], photos: Sequence[CatalogPhoto]
) -> tuple[dict[Path, CatalogMatch], list[str], list[str]]:
    """The photo that each file is; the names of photos that no file is, and of those that several may be."""
    found: dict[Path, CatalogMatch] = {}
    used = set[int]()
    shares = {network_share(folder) for folder in {file.parent for file in files}}
    at = {_slashed(_absolute(file)): file for file in files}
    own = ((photo.path, photo) for photo in photos)
    beside = ((os.path.normpath(photo.nearby), photo) for photo in photos if photo.nearby)
    for place, photo in itertools.chain(own, beside):
        file = at.get(_slashed(place))
        if file is not None and file not in found and id(photo) not in used:
            found[file] = CatalogMatch(photo, is_certain=True)
            used.add(id(photo))
    names = {_folded(file.name) for file in files}
    ends = _Ends(photo for photo in photos if id(photo) not in used and _folded(photo.name) in names)
    claims: dict[int, list[tuple[int, Path, CatalogPhoto]]] = defaultdict(list)
    unclear = dict[str, None]()
    for file in files:
        if file in found:
            continue
        alike, best = ends.best(_key(_absolute(file)))
        if len(best) > 1:
            unclear.update((photo.path, None) for photo in best)
        elif best and (alike > 1 or not _exists(best[0].path, shares)):
            claims[id(best[0])].append((alike, file, best[0]))
    for claimed in claims.values():
        most = max(alike for alike, _, _ in claimed)
        best_files = [(file, photo) for alike, file, photo in claimed if alike == most]
        if len(best_files) == 1:
            found[best_files[0][0]] = CatalogMatch(best_files[0][1], is_certain=most > 1)
            used.add(id(best_files[0][1]))
        else:
            unclear[best_files[0][1].path] = None
    missing = [p.name for p in photos if id(p) not in used and p.path not in unclear]
    return found, missing, [path.rpartition("/")[2] for path in map(_slashed, unclear)]


def _absolute(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _exists(path: str, shares: Collection[str]) -> bool:
    """Whether there is a file at a path of the catalogue; False, unseen, where access would contact another
    computer than those of the files."""
    place = PurePath(os.path.normpath(path))
    try:
        return network_share(place) in {"", *shares} and Path(place).exists()
    except (OSError, ValueError):  # the name is too long, or has a zero character
        return False


def _slashed(path: str) -> str:
    """A path with slashes, the same however its letters are composed."""
    is_of_windows = os.sep == "\\" or _WINDOWS_DRIVE.match(path)
    return normalized("NFC", path.replace("\\", "/") if is_of_windows else path)


def _folded(name: str) -> str:
    return normalized("NFC", name).casefold()


def _key(path: str) -> str:
    """The parts of a path from its end, the same in any case."""
    return _BETWEEN.join(part for part in _slashed(path).casefold().split("/")[::-1] if part)


class _Ends:
    """Photos sorted by their paths read from the end, so that those that end alike are neighbours."""

    def __init__(self, photos: Iterable[CatalogPhoto]) -> None:
        entries = sorted(((_key(photo.path), photo) for photo in photos), key=lambda entry: entry[0])
        self._keys = [key for key, _ in entries]
        self._photos = [photo for _, photo in entries]

    def best(self, key: str) -> tuple[int, list[CatalogPhoto]]:
        """The most parts at the end of a path that agree, and the photos that have them, two at most."""
        at = bisect.bisect_left(self._keys, key)
        near = range(max(0, at - 2), min(len(self._keys), at + 2))
        alike = {number: _common(key, self._keys[number]) for number in near}
        most = max(alike.values(), default=0)
        return most, [self._photos[number] for number in near if most and alike[number] == most][:2]


def _common(one: str, other: str) -> int:
    """How many parts two paths have in common, from the start of their keys."""
    count = 0
    for mine, theirs in zip(one.split(_BETWEEN), other.split(_BETWEEN), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
