"""Pillow's PNG reader, limited to the texts that are about the image.

Pillow keeps every text of a PNG, and refuses a file with too many.
"""

from __future__ import annotations

from PIL import ImageFile, PngImagePlugin

from face_match.core.images.exif import KEYWORD_BYTES, is_about_image

MAX_TEXT_BYTES = 16_000_000
"""Largest text or profile. Pillow's own limit of 1 MB is less than some printers' profiles."""

_read_exactly = ImageFile._safe_read


class _FewTexts(PngImagePlugin.PngStream):
    """Reads PNG chunks. Unneeded texts are skipped, neither unpacked nor kept."""

    def chunk_tEXt(self, pos: int, length: int) -> bytes:  # noqa: N802
        return super().chunk_tEXt(pos, length) if self._is_needed(length) else self._passed(length)

    def chunk_zTXt(self, pos: int, length: int) -> bytes:  # noqa: N802
        return super().chunk_zTXt(pos, length) if self._is_needed(length) else self._passed(length)

    def chunk_iTXt(self, pos: int, length: int) -> bytes:  # noqa: N802
        return super().chunk_iTXt(pos, length) if self._is_needed(length) else self._passed(length)

    def _is_needed(self, length: int) -> bool:
        assert self.fp is not None
        start = self.fp.tell()
        head = self.fp.read(min(length, KEYWORD_BYTES))
        self.fp.seek(start)
        return is_about_image(head)

    def _passed(self, length: int) -> bytes:
        """The bytes of a chunk, needed for its checksum."""
        assert self.fp is not None
        return _read_exactly(self.fp, length)


def limit_texts() -> None:
    """Make Pillow read only the needed texts from now on."""
    PngImagePlugin.MAX_TEXT_CHUNK = MAX_TEXT_BYTES
    vars(PngImagePlugin)["PngStream"] = _FewTexts
