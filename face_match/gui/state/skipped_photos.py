"""What could not be done with some photos."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import FaceMatchError


class SkippedPhotos(NamedTuple):
    """Photos below a folder with which something could not be done, and why."""

    what: str
    folder: Path
    failed: Sequence[tuple[Path, FaceMatchError]]
