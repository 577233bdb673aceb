"""The names in XMP sidecars.

No XMP library is used: python-xmp-toolkit needs Exempi, which pip does not install and Windows lacks, and
pyexiv2 is under the GPL. XMP is XML, which the standard library reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from face_match.core.errors import SidecarNamesError, SidecarUnreadableError, without_frames
from face_match.core.progress import raise_if_cancelled
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.sidecar_files import SidecarFiles, read_sidecar
from face_match.metadata.xmp_names import Image, names_in_xmp


class SidecarSource(NameSource):
    """The names in the sidecars beside photos; a `NameSource`."""

    def __init__(self) -> None:
        self._files = SidecarFiles()

    def may_name(self, photo: Path) -> bool:
        """Whether the photo has a sidecar, or may have one."""
        return self._files.may_have(photo)

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        """The names of each sidecar, the most specific one first. Raises CancelledError."""
        image = Image(width, height, orientation)
        found = [(sidecar, self._names_or_problem(sidecar, image)) for sidecar in self._files.of(photo)]
        raise_if_cancelled()
        unclear = self._files.ambiguous(photo)
        if unclear is not None:
            reason = f"may belong to {_either(unclear.photos)}: its names were not imported"
            problem = SidecarNamesError(unclear.path.name, reason)
            found.append((unclear.path, NamesInPhoto([], problems=[problem])))
        return found

    def _names_or_problem(self, sidecar: Path, image: Image) -> NamesInPhoto:
        raise_if_cancelled()
        try:
            is_beside_raw = self._files.is_beside_raw(sidecar)
            return names_in_xmp(read_sidecar(sidecar), sidecar.name, image, is_beside_raw=is_beside_raw)
        except SidecarUnreadableError as exc:
            return NamesInPhoto([], problems=[without_frames(exc)])


def _either(photos: Sequence[Path]) -> str:
    """ "a.jpg, a.png or a.tif"."""
    *others, last = (photo.name for photo in photos)
    return f"{', '.join(others)} or {last}"
