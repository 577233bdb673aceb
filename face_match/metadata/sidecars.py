"""XMP side-cars: which one belongs to a photo, and the faces that it names.

A name goes with a region of the Metadata Working Group's schema, of Microsoft's or of IPTC's.
`sidecar_writing` changes side-cars.

No XMP library: python-xmp-toolkit needs Exempi, which pip does not bring and Windows does not have, and
pyexiv2 is under the GPL; XMP is XML, and the standard library reads that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.core.atomic_files import read_file
from face_match.core.box_overlap import box_rows, overlaps
from face_match.core.errors import SidecarUnreadableError
from face_match.core.memory_budget import MemoryBudget
from face_match.core.photo_folders import PHOTO_SUFFIXES, RAW_SUFFIXES
from face_match.core.types import SAME_FACE_OVERLAP
from face_match.metadata.face_regions import (
    NamedRegion,
    Region,
    box_of,
    document_orientation,
    folded_name,
    iptc_regions,
    microsoft_regions,
    mwg_regions,
    other_image_size,
    region_orientation,
    reoriented,
)
from face_match.metadata.xmp import XmpDocument

MAX_FILE_BYTES = 16 << 20
"""The largest side-cars, with a raw developer's masks in them, have a few megabytes."""

BUDGET = MemoryBudget(300_000_000)
"""For all side-cars at once, which are read on all cores."""
BYTES_PER_BYTE = 48
"""Memory that XMP takes for each byte of the file, at most."""


_XMP_SUFFIXES = (".xmp", ".XMP", ".Xmp")


class SidecarRegions(NamedTuple):
    """The faces that a side-car names.

    Attributes:
        named: in the order of the file, with boxes in the upright photo as the caller described it.
        are_trusted: whether the boxes are of this picture.
        reason: why they are not, in a few words; "" where they are.
        orientation: the side-car's own EXIF orientation, None if it states none. Where it is not the photo's,
            somebody turned the photo in a program that does not change photos: turn it so, then read again.
        not_read: names with regions that are not read.
    """

    named: list[NamedRegion]
    are_trusted: bool = True
    reason: str = ""
    orientation: int | None = None
    not_read: Sequence[str] = ()


class AmbiguousSidecar(NamedTuple):
    """A side-car with names, and the photos of which it may be."""

    path: Path
    photos: list[Path]


def sidecars_of(photo: Path) -> list[Path]:
    """The sidecars to read for a photo: photo.jpg.xmp first, then photo.xmp.

    digiKam and darktable write photo.jpg.xmp, Lightroom writes photo.xmp. Where several photos share the
    stem, photo.xmp belongs to the only one without a sidecar of its own; see `ambiguous_sidecar`. Raw photos
    are not counted; see `read_regions`.
    """
    return [
        *_own_sidecars(photo),
        *(path for path in _stem_sidecars(photo) if _photos_sharing_stem(photo) == [photo]),
    ]


def has_sidecar(photo: Path) -> bool:
    """Whether there is one that is the photo's, or may be."""
    return bool(_own_sidecars(photo) or _stem_sidecars(photo))


def ambiguous_sidecar(photo: Path) -> AmbiguousSidecar | None:
    """The side-car of the photo's stem, if it has names that are left out as it may be another photo's."""
    for sidecar in _stem_sidecars(photo):
        twins = _files_with_stem(photo, PHOTO_SUFFIXES)
        if not twins or len(rivals := _photos_sharing_stem(photo)) == 1:
            continue
        photos = rivals or sorted([photo, *twins])
        own = {name for path in photos for one in _own_sidecars(path) for name in _names_in(one) or ()}
        names = _names_in(sidecar)
        if photo in photos and (names is None or names - own):
            return AmbiguousSidecar(sidecar, photos)
    return None


def sidecar_to_write(photo: Path) -> Path:
    """The side-car for a photo's names, there or not: one that is read, if it is this photo's alone.

    If there are two, it is the first that names a face.
    """
    found = _own_sidecars(photo)
    if not _files_with_stem(photo, PHOTO_SUFFIXES | RAW_SUFFIXES):
        found += _stem_sidecars(photo)
    if len(found) > 1:
        found = [path for path in found if _names_in(path) != set()] or found
    return found[0] if found else new_sidecar(photo)


def new_sidecar(photo: Path) -> Path:
    """The side-car to make for a photo that has none; with the whole name, photo.png has another one."""
    return photo.with_name(f"{photo.name}.xmp")


def _own_sidecars(photo: Path) -> list[Path]:
    """Those with the photo's whole name, whatever the case of the suffixes; its own spelling comes first."""
    twins = _case_variants(photo, [photo.suffix.lower()])
    names = [photo.name, *(twin.name for twin in twins if twin.name != photo.name and not _exists(twin))]
    return _existing(photo.with_name(f"{name}{suffix}") for name in names for suffix in _XMP_SUFFIXES)


def _stem_sidecars(photo: Path) -> list[Path]:
    return _existing(photo.with_suffix(suffix) for suffix in _XMP_SUFFIXES)


def _photos_sharing_stem(photo: Path) -> list[Path]:
    """The photos of a stem that have no side-car with their whole name: the stem's may be of one of them.

    A photo alone has no rival, whatever other side-car it has.
    """
    twins = _files_with_stem(photo, PHOTO_SUFFIXES)
    return [path for path in sorted([photo, *twins]) if not _own_sidecars(path)] if twins else [photo]


def _files_with_stem(photo: Path, suffixes: Iterable[str]) -> list[Path]:
    """Other files with the photo's stem and one of the suffixes, in any usual case."""
    found = _existing(_case_variants(photo, suffixes))
    return [twin for twin in found if not _is_same(twin, photo)]


def _case_variants(photo: Path, suffixes: Iterable[str]) -> list[Path]:
    """The photo's name with each of the suffixes, in each of the usual cases."""
    cases = {form for suffix in suffixes for form in (suffix, suffix.upper(), f".{suffix[1:].title()}")}
    return [photo.with_suffix(suffix) for suffix in sorted(cases)]


def _existing(paths: Iterable[Path]) -> list[Path]:
    """The files that are there, each once, also where case does not count."""
    found: list[Path] = []
    for path in paths:
        if _exists(path) and not any(_is_same(path, other) for other in found):
            found.append(path)
    return found


def _exists(path: Path) -> bool:
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


def _names_in(sidecar: Path) -> set[str] | None:
    """The names in a side-car, folded; None where it cannot be read: whoever reads it next says so."""
    try:
        content = read_sidecar(sidecar)
        with BUDGET.use(len(content) * BYTES_PER_BYTE):
            root = XmpDocument(content, sidecar.name).root
            of_iptc, not_read = iptc_regions(root)
            regions = [*mwg_regions(root), *microsoft_regions(root), *of_iptc]
            return {folded_name(name) for name in (*(region.name for region in regions), *not_read) if name}
    except SidecarUnreadableError:
        return None


def read_regions(sidecar: Path, width: int, height: int, orientation: int) -> SidecarRegions:
    """The faces that have a name, and whether their places can be trusted.

    Areas are of the image as it is stored, before its EXIF orientation turns it upright. So says the
    MWG ("Region metadata is applied to the stored image", Guidelines 2.0, 5.9); digiKam turns what it
    reads by the orientation (TagRegion::adjustToOrientation), and so does Immich since 2025.

    Places are not trusted if mwg-rs:AppliedToDimensions has another shape than the photo, which was cropped
    or turned since, nor if the side-car is a raw photo's that was turned another way than this one of its
    stem. A region of Microsoft's or IPTC's is left out where one before it has the same face.

    Args:
        width, height: of the upright photo.
        orientation: the photo's own EXIF orientation, 1 to 8; anything else is taken for 1.
    Raises:
        SidecarUnreadableError: no file, too large, no XML, or XML that is not XMP.
    """
    content = read_sidecar(sidecar)
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, sidecar.name).root
        named, not_read = _named_regions(root, width, height, orientation)
        reason = mismatch_reason(sidecar, root, width, height, orientation) if named else ""
        return SidecarRegions(named, not reason, reason, document_orientation(root), not_read)


def _named_regions(
    root: Element, width: int, height: int, orientation: int
) -> tuple[list[NamedRegion], list[str]]:
    """Those of all schemas, and the names of those that are not read."""
    frame = region_orientation(root, width, height, orientation)

    def placed(regions: Iterable[Region]) -> list[NamedRegion]:
        return [
            NamedRegion(region.name, box_of(reoriented(region.area, frame, orientation), width, height))
            for region in regions
            if region.name
        ]

    of_iptc, others = iptc_regions(root)
    named = placed(mwg_regions(root))
    for regions in (placed(microsoft_regions(root)), placed(of_iptc)):
        known = box_rows(region.box for region in named)
        named += [r for r in regions if overlaps(r.box, known).max(initial=0) < SAME_FACE_OVERLAP]
    known_names = {folded_name(region.name) for region in named}
    return named, [name for name in others if folded_name(name) not in known_names]


def mismatch_reason(sidecar: Path, root: Element, width: int, height: int, orientation: int) -> str:
    """Why the places in a side-car are not of this picture; "" where they are."""
    size = other_image_size(root, width, height, orientation)
    if size:
        return f"its regions are of another picture ({size})"
    stated = document_orientation(root)
    own = orientation if orientation in range(1, 9) else 1
    if stated not in (None, own) and _files_with_stem(sidecar, RAW_SUFFIXES):
        return "its regions are of the raw photo, which is turned another way"
    return ""


def read_sidecar(sidecar: Path) -> bytes:
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
