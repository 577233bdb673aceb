"""The names in the XMP inside photos."""

from __future__ import annotations

from pathlib import Path

from face_match.core.errors import EmbeddedXmpUnreadableError, SidecarUnreadableError
from face_match.metadata.embedded import read_xmp
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.xmp_names import Image, names_in_xmp


class EmbeddedXmpSource(NameSource):
    """The names in the XMP inside photos; a `NameSource`."""

    def may_name(self, photo: Path) -> bool:
        """Whether there is XMP in the photo, or the photo cannot be read, which `names_of` reports."""
        try:
            return read_xmp(photo) is not None
        except EmbeddedXmpUnreadableError:
            return True

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        """The names in the photo. Raises EmbeddedXmpUnreadableError."""
        content = read_xmp(photo)
        if content is None:
            return []
        try:
            is_utf_8 = not content.startswith((b"\xff\xfe", b"\xfe\xff"))
            packet = content.strip(b"\0 \t\r\n") if is_utf_8 else content  # writers pad it
            return [(photo, names_in_xmp(packet, photo.name, Image(width, height, orientation)))]
        except SidecarUnreadableError as exc:
            raise EmbeddedXmpUnreadableError(photo.name, exc.reason) from exc
