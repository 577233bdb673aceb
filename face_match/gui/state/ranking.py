"""The matches of a face, with what was found out beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from face_match.core.matches import Match
from face_match.core.records import Person
from face_match.core.types import EmbeddedFace


class Ranking(NamedTuple):
    """Matches of a face, best first, how long the search took, the person it is named as, its id, and the
    names in the metadata of its photo that no face of the photo has."""

    face: EmbeddedFace
    matches: list[Match]
    seconds: float
    owner: Person | None
    face_id: str = ""
    hints: Sequence[str] = ()

    def is_of(self, person: Person) -> bool:
        """Whether the face is named as a person."""
        return self.owner is not None and self.owner.folder == person.folder
