"""Read the names that other photo programs have for a photo, from all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.box_overlap import box_rows
from face_match.core.errors import (
    EmbeddedXmpUnreadableError,
    FaceMatchError,
    SidecarError,
    SidecarNamesError,
    SidecarUnreadableError,
    without_frames,
)
from face_match.core.progress import raise_if_cancelled
from face_match.core.types import Box, PhotoInfo
from face_match.core.visible_text import shortened
from face_match.gallery.gallery import Gallery
from face_match.metadata.embedded_source import EmbeddedXmpSource
from face_match.metadata.face_regions import NamedRegion, folded_name, is_among
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.other_programs import sources_of_programs
from face_match.metadata.people_lists import distinct
from face_match.metadata.sidecars import SidecarSource

MAX_LISTED, MAX_LISTED_CHARS = 10, 60
"""The most names of a sidecar in one message, and the length to which each is shortened."""


class PhotoMetadata(NamedTuple):
    """What the metadata of a photo says besides the places of faces.

    Attributes:
        hints: the names to suggest for its faces; None if there are none.
        taken: when it was taken, as in `PhotoInfo`; "" if no file beside it says so.
    """

    hints: tuple[str, ...] | None
    taken: str


def read_photo_metadata(
    path: Path, photo: PhotoInfo, sources: Iterable[NameSource], gallery: Gallery
) -> PhotoMetadata:
    """Read the metadata of a photo. Files that cannot be read are skipped: an import of names lists them."""
    asked = [source for source in sources if source.may_name(path) or source.may_date(path)]
    names = NamesOfPhoto(asked, path, photo)
    for file, found in names.doubtful:
        names.leave_out(file, found)
    return PhotoMetadata(names.hints(gallery) or None, names.taken)


def name_sources(paths: Sequence[Path], photos: Sequence[Path]) -> list[NameSource]:
    """The sources of names for an import, in the order in which they are asked.

    Args:
        paths: the folders and files that the user chose.
        photos: all photos of the import.
    """
    return [SidecarSource(), EmbeddedXmpSource(), *sources_of_programs(paths, photos)]


class NamesOfPhoto:
    """The names that all sources give for a photo.

    Attributes:
        groups: the regions of each file. Earlier groups get their faces first; a region that repeats one of
            an earlier group is left out.
        doubtful: files whose places are not trusted, and what they say.
        turned: orientations stated by files that differ from the photo's.
        taken: when the photo was taken, as the first file says that does; "" if none does.
        not_faces: names of pets and other things with a region.
        problems: why names were left out, with the file that has them.
    Raises:
        CancelledError.
    """

    def __init__(
        self, sources: Iterable[NameSource], path: Path, photo: PhotoInfo, *, is_turned_since: bool = False
    ) -> None:
        """Ask the sources.

        Args:
            is_turned_since: whether the photo's pixels were turned since files stated another orientation.
        """
        self._is_turned_since = is_turned_since
        self._photo_name = path.name
        self.groups: list[list[NamedRegion]] = []
        self.doubtful: list[tuple[Path, NamesInPhoto]] = []
        self.turned: set[int] = set()
        self.taken = ""
        self.problems: list[tuple[Path, FaceMatchError]] = []
        self.not_faces: list[str] = []
        self._without_place: list[str] = []
        self._keywords: list[str] = []
        for source in sources:
            raise_if_cancelled()
            try:
                for file, found in source.names_of(path, photo.width, photo.height, photo.orientation):
                    self._add(file, found, photo)
            except SidecarError as exc:
                self.problems.append((path, without_frames(exc)))

    def _add(self, file: Path, found: NamesInPhoto, photo: PhotoInfo) -> None:
        self.taken = self.taken or found.taken
        self.problems += [(file, problem) for problem in found.problems]
        self._without_place += [*found.hints, *found.not_read]
        self._keywords += found.keywords
        self.not_faces += found.not_faces
        if found.not_read:
            names = _some(found.not_read)
            reason = (
                f"has regions of {names} that cannot be read: a region must be a rectangle around one person"
            )
            self.problems.append((file, SidecarNamesError(file.name, reason)))
        if found.are_trusted and self._is_turned_since:
            self.add_regions(found.named_before_turn or found.named)
        elif found.are_trusted:
            self.add_regions(found.named)
            if found.orientation not in (None, photo.orientation):
                self.turned.add(found.orientation)
        else:
            self.doubtful.append((file, found))

    def add_regions(self, regions: Iterable[NamedRegion]) -> None:
        """Add the regions of a file, without those that repeat a name at the same place."""
        before: dict[str, list[Box]] = {}
        for region in self.regions:
            before.setdefault(folded_name(region.name), []).append(region.box)
        rows = {name: box_rows(boxes) for name, boxes in before.items()}
        new = [region for region in regions if not is_among(region.name, region.box, rows)]
        if new:
            self.groups.append(new)

    def leave_out(self, file: Path, found: NamesInPhoto) -> None:
        """Use the names of a file whose places do not fit the photo without their places."""
        self.problems.append((file, _distrust(file, found.reason, self._photo_name)))
        self._without_place += [region.name for region in found.named]

    def hints(self, gallery: Gallery) -> tuple[str, ...]:
        """The names of people in the photo whose place is not known, each once."""
        placed = {folded_name(region.name) for region in self.regions}
        keywords = [person.name for name in self._keywords if (person := gallery.find(name)) is not None]
        names = distinct([*self._without_place, *keywords])
        return tuple(name for name in names if folded_name(name) not in placed)

    @property
    def regions(self) -> list[NamedRegion]:
        return [region for group in self.groups for region in group]


def _distrust(file: Path, reason: str, photo_name: str) -> FaceMatchError:
    """The error for places that are not trusted."""
    if file.suffix.lower() == ".xmp":
        return SidecarUnreadableError(file.name, reason, are_places_wrong=True)
    if file.name == photo_name:
        return EmbeddedXmpUnreadableError(file.name, reason, are_places_wrong=True)
    return SidecarNamesError(file.name, f"has names for {photo_name} that were not imported: {reason}")


def _some(names: Sequence[str]) -> str:
    """The first names, shortened, and how many more there are: a sidecar may have 100,000."""
    first = ", ".join(shortened(name, MAX_LISTED_CHARS) for name in names[:MAX_LISTED])
    more = len(names) - MAX_LISTED
    return f"{first} and {more:,} more" if more > 0 else first
