"""The photos that were opened together, and which of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class PhotoQueue:
    """Empty, or at one of its photos."""

    def __init__(self) -> None:
        self._photos: tuple[Path, ...] = ()
        self._at = 0

    def fill(self, photos: Sequence[Path]) -> None:
        """Other photos, from the first."""
        self._photos, self._at = tuple(photos), 0

    @property
    def current(self) -> Path | None:
        return self._photos[self._at] if self._photos else None

    def can_go(self, step: int) -> bool:
        return 0 <= self._at + step < len(self._photos)

    def go(self, step: int) -> bool:
        """On or back; returns whether there was a photo there."""
        if not self.can_go(step):
            return False
        self._at += step
        return True

    @property
    def place(self) -> str:
        """ "3 of 27 photos"."""
        count = len(self._photos)
        return f"{self._at + 1} of {count} photo{'s' if count != 1 else ''}" if count else ""
