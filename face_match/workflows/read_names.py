"""Read the names that other photo programs have for a photo, from all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from face_match.core.box_overlap import Numbers, box_rows, overlaps
from face_match.core.errors import (
    EmbeddedXmpUnreadableError,
    FaceMatchError,
    SidecarError,
    SidecarNamesError,
    SidecarUnreadableError,
    without_frames,
)
from face_match.core.progress import raise_if_cancelled
from face_match.core.types import SAME_FACE_OVERLAP, Box, Photo
from face_match.core.visible_text import shortened
from face_match.metadata.embedded_source import EmbeddedXmpSource
from face_match.metadata.face_regions import NamedRegion, folded_name
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.other_programs import sources_of_programs
from face_match.metadata.sidecars import SidecarSource

MAX_LISTED, MAX_LISTED_CHARS = 10, 60
"""The most names of a sidecar in one message, and the length to which each is shortened."""


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
        turned: orientations stated by files that differ from the photo's.
        taken: when the photo was taken, as the first file says that does; "" if none does.
        problems: why names were left out, with the file that has them.
    Raises:
        CancelledError.
    """

    def __init__(self, sources: Iterable[NameSource], path: Path, photo: Photo) -> None:
        self.groups: list[list[NamedRegion]] = []
        self.turned: set[int] = set()
        self.taken = ""
        self.problems: list[tuple[Path, FaceMatchError]] = []
        for source in sources:
            raise_if_cancelled()
            try:
                for file, found in source.names_of(path, photo.width, photo.height, photo.orientation):
                    self._add(file, found, photo)
            except SidecarError as exc:
                self.problems.append((path, without_frames(exc)))

    def _add(self, file: Path, found: NamesInPhoto, photo: Photo) -> None:
        self.taken = self.taken or found.taken
        self.problems += [(file, problem) for problem in found.problems]
        if found.not_read:
            names = _some(found.not_read)
            reason = (
                f"has regions of {names} that cannot be read: a region must be a rectangle around one person"
            )
            self.problems.append((file, SidecarNamesError(file.name, reason)))
        if not found.are_trusted:
            self.problems.append((file, _distrust(file, found.reason, photo)))
            return
        before: dict[str, list[Box]] = {}
        for region in self.regions:
            before.setdefault(folded_name(region.name), []).append(region.box)
        rows = {name: box_rows(boxes) for name, boxes in before.items()}
        self.groups.append([region for region in found.named if not _is_among(region, rows)])
        if found.orientation not in (None, photo.orientation):
            self.turned.add(found.orientation)

    @property
    def regions(self) -> list[NamedRegion]:
        return [region for group in self.groups for region in group]


def _distrust(file: Path, reason: str, photo: Photo) -> FaceMatchError:
    """The error for places that are not trusted."""
    if file.suffix.lower() == ".xmp":
        return SidecarUnreadableError(file.name, reason)
    if file.name == photo.name:
        return EmbeddedXmpUnreadableError(file.name, reason)
    return SidecarNamesError(file.name, f"has names for {photo.name} that were not imported: {reason}")


def _is_among(region: NamedRegion, rows: Mapping[str, Numbers]) -> bool:
    """Whether a region with the same name overlaps it."""
    known = rows.get(folded_name(region.name))
    return known is not None and bool(overlaps(region.box, known).max() >= SAME_FACE_OVERLAP)


def _some(names: Sequence[str]) -> str:
    """The first names, shortened, and how many more there are: a sidecar may have 100,000."""
    first = ", ".join(shortened(name, MAX_LISTED_CHARS) for name in names[:MAX_LISTED])
    more = len(names) - MAX_LISTED
    return f"{first} and {more:,} more" if more > 0 else first
