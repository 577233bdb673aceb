"""The forms in which other programs store the names of people in photos, behind one protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from face_match.core.errors import FaceMatchError
from face_match.core.skipped_names import SkippedNames
from face_match.metadata.face_regions import NamedRegion


class NamesInPhoto(NamedTuple):
    """The names that one file gives for a photo.

    Attributes:
        named: in document order, with boxes in pixels of the upright photo as the caller described it.
        are_trusted: whether the boxes belong to this image.
        reason: why not, in a few words; "" if they do.
        orientation: the EXIF orientation that the source states for the photo; None if missing. If it differs
            from the photo's own, the photo was turned in a program that leaves photos unchanged.
        not_read: names whose places cannot be read.
        hints: names without a place: people who are in the photo.
        keywords: flat keywords. One is a hint where the gallery has a person of that name.
        not_faces: names of pets and other things with a region.
        turns: where the places are not trusted, the EXIF orientations by which they may fit, for whoever
            finds the faces.
        problems: errors that left names out; the others are used.
        named_before_turn: as `named`, if the pixels were turned since as `orientation` says; empty if that
            cannot be.
        taken: when the photo was taken, as in `PhotoInfo`; used where the photo itself does not say.
    """

    named: list[NamedRegion]
    are_trusted: bool = True
    reason: str = ""
    orientation: int | None = None
    not_read: Sequence[str] = ()
    hints: Sequence[str] = ()
    keywords: Sequence[str] = ()
    not_faces: Sequence[str] = ()
    turns: Sequence[int] = ()
    problems: Sequence[FaceMatchError] = ()
    taken: str = ""
    named_before_turn: Sequence[NamedRegion] = ()


class Unused(NamedTuple):
    """What a source could not use.

    Attributes:
        problems: files that could not be read, with the error.
        skipped: faces and names that are none of a photo, or not certain enough.
    """

    problems: Sequence[tuple[Path, FaceMatchError]] = ()
    skipped: Sequence[SkippedNames] = ()


class NameSource(Protocol):
    """One form in which names are stored.

    Made once for each import, so that it may cache by folder. Several threads call it at once.
    """

    def may_name(self, photo: Path) -> bool:
        """Whether it may have names for a photo; quick, such as whether a file exists."""
        ...

    def may_date(self, photo: Path) -> bool:
        """Whether it may say when a photo was taken, even where it names nobody; quick."""
        return False

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        """The names for a photo, each list with the file that has it.

        Args:
            width, height: of the upright photo, in pixels.
            orientation: the photo's EXIF orientation, 1 to 8.
        Raises:
            SidecarError, CancelledError.
        """
        ...

    def unused(self) -> Unused:
        """What was not used, once the last photo has been read; raises CancelledError."""
        return Unused()
