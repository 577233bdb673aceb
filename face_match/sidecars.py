"""XMP side-cars: which one belongs to a photo, and the faces that it names.

A name goes with a region of the Metadata Working Group's schema or of Microsoft's. `sidecar_writing` changes
side-cars.

No XMP library: python-xmp-toolkit needs Exempi, which pip does not bring and Windows does not have, and
pyexiv2 is under the GPL; XMP is XML, and the standard library reads that.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.durable import read_file
from face_match.errors import SidecarUnreadableError
from face_match.face_regions import (
    NamedRegion,
    box_of,
    microsoft_regions,
    mwg_regions,
    other_picture,
    stated_orientation,
    turned,
)
from face_match.memory_budget import MemoryBudget
from face_match.overlaps import as_rows, overlaps
from face_match.photo_folders import PHOTO_SUFFIXES, RAW_SUFFIXES
from face_match.types import SAME_FACE_OVERLAP
from face_match.xmp import XmpDocument

MAX_FILE_BYTES = 16 << 20
"""The largest side-cars, with a raw developer's masks in them, have a few megabytes."""

BUDGET = MemoryBudget(300_000_000)
"""For all side-cars at once, which are read on all cores."""
BYTES_PER_BYTE = 48
"""Memory that XMP takes for each byte of the file, at most."""


class SidecarRegions(NamedTuple):
    """The faces that a side-car names.

    Attributes:
        named: in the order of the file, with boxes in the upright photo as the caller described it.
        are_trusted: whether the boxes are of this picture.
        reason: why they are not, in a few words; "" where they are.
        orientation: the side-car's own EXIF orientation, None if it states none. Where it is not the photo's,
            somebody turned the photo in a program that does not change photos: turn it so, then read again.
    """

    named: list[NamedRegion]
    are_trusted: bool = True
    reason: str = ""
    orientation: int | None = None


def sidecar_of(photo: Path) -> Path | None:
    """The side-car to read: photo.jpg.xmp, or photo.xmp; if there are both, the first that names a face.

    photo.jpg.xmp is digiKam's and darktable's form, photo.xmp Lightroom's. A photo.xmp is left out if another
    photo of that stem is in the folder. A raw photo does not count as one: see `read_regions`.
    """
    return _first_with_names(_sidecars(photo, PHOTO_SUFFIXES))


def sidecar_to_write(photo: Path) -> Path:
    """The side-car for a photo's names, there or not: the one that is read, if it is this photo's alone."""
    return _first_with_names(_sidecars(photo, PHOTO_SUFFIXES | RAW_SUFFIXES)) or new_sidecar(photo)


def new_sidecar(photo: Path) -> Path:
    """The side-car to make for a photo that has none; with the whole name, photo.png has another one."""
    return photo.with_name(f"{photo.name}.xmp")


def _sidecars(photo: Path, others: Iterable[str]) -> list[Path]:
    """Those that are there; that of the stem only where no other photo of these suffixes has the stem."""
    of_stem = photo.with_suffix(".xmp")
    found = [path for path in (new_sidecar(photo), of_stem) if _is_there(path)]
    return found[:-1] if found[-1:] == [of_stem] and _has_twin(photo, others) else found


def _has_twin(photo: Path, suffixes: Iterable[str]) -> bool:
    """Whether another file has the photo's stem and one of the suffixes, in any usual case."""
    written = {form for suffix in suffixes for form in (suffix, suffix.upper(), f".{suffix[1:].title()}")}
    twins = (photo.with_suffix(suffix) for suffix in sorted(written - {photo.suffix}))
    return any(_is_there(twin) and not _is_same(twin, photo) for twin in twins)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long for one
        return False


def _is_same(path: Path, other: Path) -> bool:
    """Where case does not count, photo.JPG is photo.jpg."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _first_with_names(sidecars: list[Path]) -> Path | None:
    """What cannot be read may have names: whoever reads it next says so."""
    if len(sidecars) > 1:
        return next((path for path in sidecars if _may_have_names(path)), sidecars[0])
    return sidecars[0] if sidecars else None


def _may_have_names(sidecar: Path) -> bool:
    try:
        content = content_of(sidecar)
        with BUDGET.use(len(content) * BYTES_PER_BYTE):
            root = XmpDocument(content, sidecar.name).root
            return any(region.name for region in [*mwg_regions(root), *microsoft_regions(root)])
    except SidecarUnreadableError:
        return True


def read_regions(sidecar: Path, width: int, height: int, orientation: int) -> SidecarRegions:
    """The faces that have a name, and whether their places can be trusted.

    Areas are of the image as it is stored, before its EXIF orientation turns it upright. So says the
    MWG ("Region metadata is applied to the stored image", Guidelines 2.0, 5.9); digiKam turns what it
    reads by the orientation (TagRegion::adjustToOrientation), and so does Immich since 2025.

    Places are not trusted if mwg-rs:AppliedToDimensions has another shape than the photo, which was cropped
    or turned since, nor if the side-car is a raw photo's that was turned another way than this one of its
    stem. A region of Microsoft's is left out where one of the MWG's has the same face.

    Args:
        width, height: of the upright photo.
        orientation: the photo's own EXIF orientation, 1 to 8; anything else is taken for 1.
    Raises:
        SidecarUnreadableError: no file, too large, no XML, or XML that is not XMP.
    """
    content = content_of(sidecar)
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, sidecar.name).root
        named = _named_regions(root, width, height, orientation)
        reason = distrust(sidecar, root, width, height, orientation) if named else ""
        return SidecarRegions(named, not reason, reason, stated_orientation(root))


def _named_regions(root: Element, width: int, height: int, orientation: int) -> list[NamedRegion]:
    named, of_microsoft = (
        [
            NamedRegion(region.name, box_of(turned(region.area, orientation), width, height))
            for region in regions
            if region.name
        ]
        for regions in (mwg_regions(root), microsoft_regions(root))
    )
    known = as_rows(region.box for region in named)
    new = [r for r in of_microsoft if overlaps(r.box, known).max(initial=0) < SAME_FACE_OVERLAP]
    return named + new


def distrust(sidecar: Path, root: Element, width: int, height: int, orientation: int) -> str:
    """Why the places in a side-car are not of this picture; "" where they are."""
    size = other_picture(root, width, height, orientation)
    if size:
        return f"its regions are of another picture ({size})"
    stated = stated_orientation(root)
    own = orientation if orientation in range(1, 9) else 1
    if stated not in (None, own) and _has_twin(sidecar, RAW_SUFFIXES):
        return "its regions are of the raw photo, which is turned another way"
    return ""


def content_of(sidecar: Path) -> bytes:
    """The file's bytes.

    Raises:
        SidecarUnreadableError.
    """
    try:
        if sidecar.stat().st_size > MAX_FILE_BYTES:
            raise SidecarUnreadableError(sidecar.name, f"over {MAX_FILE_BYTES >> 20} MB")
        return read_file(sidecar, MAX_FILE_BYTES)
    except OSError as exc:
        raise SidecarUnreadableError(sidecar.name, exc.strerror or type(exc).__name__) from exc
