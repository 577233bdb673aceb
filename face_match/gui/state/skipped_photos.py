"""Photos that a scan, an import or an export skipped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import FaceMatchError


class SkippedPhotos(NamedTuple):
    """Photos below a folder that were skipped, each with the reason."""

    what: str
    folder: Path
    failed: Sequence[tuple[Path, FaceMatchError]]
