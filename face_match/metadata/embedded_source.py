"""The names in the XMP inside photos."""

from __future__ import annotations

import re
from pathlib import Path

from face_match.core.errors import EmbeddedXmpUnreadableError, SidecarUnreadableError
from face_match.metadata.embedded import read_xmp
from face_match.metadata.name_sources import NamesInPhoto, NameSource
from face_match.metadata.xmp import packet_in_utf_8
from face_match.metadata.xmp_names import Image, names_in_xmp

_NAMING = re.compile(
    rb"Region|PersonInImage|TagsList|hierarchicalSubject|LastKeywordXMP|CatalogSets|acdsee|mwg-kw|schemas/keywords"
    rb"|subject"
)
"""Parts of the names of all properties that `names_in_xmp` reads."""

_WHOLE = re.compile(rb"</[^<>]*RDF\s*>")


class EmbeddedXmpSource(NameSource):
    """The names in the XMP inside photos; a `NameSource`."""

    def may_name(self, photo: Path) -> bool:
        """Whether there is XMP with a property that may name people, or damaged XMP.

        Most photos have XMP that names nobody; they need not be decoded.
        """
        try:
            content = read_xmp(photo)
        except EmbeddedXmpUnreadableError:
            return True
        return content is not None and bool(_NAMING.search(content) or not _WHOLE.search(content))

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        """The names in the photo. Raises EmbeddedXmpUnreadableError."""
        content = read_xmp(photo)
        if content is None:
            return []
        try:
            return [
                (photo, names_in_xmp(packet_in_utf_8(content), photo.name, Image(width, height, orientation)))
            ]
        except SidecarUnreadableError as exc:
            raise EmbeddedXmpUnreadableError(photo.name, exc.reason) from exc
