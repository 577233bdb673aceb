"""Sidecars with regions of named faces, and how many of them changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.region_edits import FacePlace, Outcomes
from face_match.metadata.sidecar_writer import write_sidecar
from face_match.metadata.xmp_names import Image


class WrittenRegions(NamedTuple):
    """The number of faces that were added, renamed or removed, and of those that had their name already."""

    added: int = 0
    renamed: int = 0
    removed: int = 0
    kept: int = 0

    @classmethod
    def of(cls, outcomes: Outcomes) -> WrittenRegions:
        """The numbers of outcomes."""
        counts = Counter(outcomes.values())
        return cls(counts["added"], counts["renamed"], counts["removed"], counts["kept"])


def write_regions(
    sidecar: Path, faces: Sequence[FacePlace], width: int, height: int, orientation: int
) -> WrittenRegions:
    """Write the names of faces as MWG's regions; as `write_sidecar`, with the size of the upright photo."""
    names = PhotoNames(faces, Image(width, height, orientation))
    return WrittenRegions.of(write_sidecar(sidecar, names))
