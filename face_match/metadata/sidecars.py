"""Reading XMP sidecars: finding a photo's sidecar, and the faces that it names.

Names are read from regions of the MWG, Microsoft and IPTC schemas. `sidecar_writer` writes sidecars.

No XMP library is used: python-xmp-toolkit needs Exempi, which pip does not install and Windows lacks, and
pyexiv2 is under the GPL. XMP is XML, which the standard library reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from face_match.core.atomic_files import read_file
from face_match.core.box_overlap import box_rows, overlaps
from face_match.core.errors import SidecarNamesError, SidecarUnreadableError, without_frames
from face_match.core.memory_budget import MemoryBudget
from face_match.core.photo_folders import PHOTO_SUFFIXES, RAW_SUFFIXES
from face_match.core.progress import raise_if_cancelled
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
from face_match.metadata.name_sources import NamesInPhoto
from face_match.metadata.xmp import XmpDocument

MAX_FILE_BYTES = 16 << 20
"""The largest sidecars, with masks of raw developers, have a few megabytes."""

BUDGET = MemoryBudget(300_000_000)
"""Shared by all sidecars, which are read on all cores."""
BYTES_PER_BYTE = 48
"""The most memory that a byte of XMP takes when parsed."""


_XMP_SUFFIXES = (".xmp", ".XMP", ".Xmp")


class SidecarSource:
    """The names in the sidecars beside photos; a `NameSource`."""

    def may_name(self, photo: Path) -> bool:
        """Whether the photo has a sidecar, or may have one."""
        return has_sidecar(photo)

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        """The names of each sidecar, the most specific one first. Raises CancelledError."""
        found = [
            (sidecar, _names_or_problem(sidecar, width, height, orientation))
            for sidecar in sidecars_of(photo)
        ]
        raise_if_cancelled()
        unclear = ambiguous_sidecar(photo)
        if unclear is not None:
            reason = f"may belong to {_either(unclear.photos)}: its names were not imported"
            problem = SidecarNamesError(unclear.path.name, reason)
            found.append((unclear.path, NamesInPhoto([], problems=[problem])))
        return found


def _names_or_problem(sidecar: Path, width: int, height: int, orientation: int) -> NamesInPhoto:
    raise_if_cancelled()
    try:
        return read_regions(sidecar, width, height, orientation)
    except SidecarUnreadableError as exc:
        return NamesInPhoto([], problems=[without_frames(exc)])


def _either(photos: Sequence[Path]) -> str:
    """ "a.jpg, a.png or a.tif"."""
    *others, last = (photo.name for photo in photos)
    return f"{', '.join(others)} or {last}"


class AmbiguousSidecar(NamedTuple):
    """A sidecar with names, and the photos that it may belong to."""

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
    """Whether a sidecar exists that belongs, or may belong, to the photo."""
    return bool(_own_sidecars(photo) or _stem_sidecars(photo))


def ambiguous_sidecar(photo: Path) -> AmbiguousSidecar | None:
    """The sidecar with the photo's stem, if it has names that are skipped because it may belong to another
    photo."""
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
    """The path of the sidecar to write a photo's names to: an existing one that is only this photo's, else a
    new one.

    Of two existing ones the first that names a face is used.
    """
    found = _own_sidecars(photo)
    if not _files_with_stem(photo, PHOTO_SUFFIXES | RAW_SUFFIXES):
        found += _stem_sidecars(photo)
    if len(found) > 1:
        found = [path for path in found if _names_in(path) != set()] or found
    return found[0] if found else new_sidecar(photo)


def new_sidecar(photo: Path) -> Path:
    """The path for a photo's new sidecar. It contains the photo's suffix, so that photo.png gets another
    one."""
    return photo.with_name(f"{photo.name}.xmp")


def _own_sidecars(photo: Path) -> list[Path]:
    """Sidecars with the photo's whole name, ignoring the case of suffixes; the exact spelling comes first."""
    twins = _case_variants(photo, [photo.suffix.lower()])
    names = [photo.name, *(twin.name for twin in twins if twin.name != photo.name and not _exists(twin))]
    return _existing(photo.with_name(f"{name}{suffix}") for name in names for suffix in _XMP_SUFFIXES)


def _stem_sidecars(photo: Path) -> list[Path]:
    return _existing(photo.with_suffix(suffix) for suffix in _XMP_SUFFIXES)


def _photos_sharing_stem(photo: Path) -> list[Path]:
    """The photos with this stem that have no sidecar of their own, so that the stem's may belong to one of
    them.

    A photo without others of its stem is always returned.
    """
    twins = _files_with_stem(photo, PHOTO_SUFFIXES)
    return [path for path in sorted([photo, *twins]) if not _own_sidecars(path)] if twins else [photo]


def _files_with_stem(photo: Path, suffixes: Iterable[str]) -> list[Path]:
    """Other files with the photo's stem and one of the suffixes, in any usual case."""
    found = _existing(_case_variants(photo, suffixes))
    return [twin for twin in found if not _is_same(twin, photo)]


def _case_variants(photo: Path, suffixes: Iterable[str]) -> list[Path]:
    """The photo's path with each suffix in each usual case."""
    cases = {form for suffix in suffixes for form in (suffix, suffix.upper(), f".{suffix[1:].title()}")}
    return [photo.with_suffix(suffix) for suffix in sorted(cases)]


def _existing(paths: Iterable[Path]) -> list[Path]:
    """The files that exist, without duplicates on file systems that ignore case."""
    found: list[Path] = []
    for path in paths:
        if _exists(path) and not any(_is_same(path, other) for other in found):
            found.append(path)
    return found


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long
        return False


def _is_same(path: Path, other: Path) -> bool:
    """Whether two paths are the same file, as photo.JPG and photo.jpg are where case is ignored."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _names_in(sidecar: Path) -> set[str] | None:
    """The names in a sidecar, folded; None if it is unreadable, which the next reader reports."""
    try:
        content = read_sidecar(sidecar)
        with BUDGET.use(len(content) * BYTES_PER_BYTE):
            root = XmpDocument(content, sidecar.name).root
            of_iptc, not_read = iptc_regions(root)
            regions = [*mwg_regions(root), *microsoft_regions(root), *of_iptc]
            return {folded_name(name) for name in (*(region.name for region in regions), *not_read) if name}
    except SidecarUnreadableError:
        return None


def read_regions(sidecar: Path, width: int, height: int, orientation: int) -> NamesInPhoto:
    """Read the named faces, and whether their places can be trusted.

    Areas refer to the image as stored, before its EXIF orientation turns it upright (MWG Guidelines 2.0, 5.9:
    "Region metadata is applied to the stored image"). digiKam turns them by the orientation when reading
    (TagRegion::adjustToOrientation), and so does Immich since 2025.

    Places are not trusted if mwg-rs:AppliedToDimensions has another aspect ratio than the photo, which was
    cropped or turned since, or if the sidecar belongs to a raw photo of the same stem that is turned
    differently. A region of Microsoft or IPTC is skipped if an earlier region has the same face.

    Args:
        width, height: of the upright photo.
        orientation: the photo's EXIF orientation, 1 to 8; other values count as 1.
    Raises:
        SidecarUnreadableError: missing, too large, not XML, or not XMP.
    """
    content = read_sidecar(sidecar)
    with BUDGET.use(len(content) * BYTES_PER_BYTE):
        root = XmpDocument(content, sidecar.name).root
        named, not_read = _named_regions(root, width, height, orientation)
        reason = mismatch_reason(sidecar, root, width, height, orientation) if named else ""
        return NamesInPhoto(named, not reason, reason, document_orientation(root), not_read)


def _named_regions(
    root: Element, width: int, height: int, orientation: int
) -> tuple[list[NamedRegion], list[str]]:
    """The named regions of all schemas, and the names in regions that cannot be read."""
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
    """Why the places in a sidecar do not belong to this image; "" if they do."""
    size = other_image_size(root, width, height, orientation)
    if size:
        return f"its regions are of another image ({size})"
    stated = document_orientation(root)
    own = orientation if orientation in range(1, 9) else 1
    if stated not in (None, own) and _files_with_stem(sidecar, RAW_SUFFIXES):
        return "its regions are of the raw photo, which is turned differently"
    return ""


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
