"""Groups of unnamed faces that are reviewed together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from face_match.core.records import FaceRecord, Person
from face_match.workflows.hinted_names import HintedName

MOST_OFFERED = 6
"""Names that `hints_of` returns."""


class GroupKind(Enum):
    """Faces suggested for one person; faces that nothing but hints names; a cluster of unknown faces; two
    single faces that may be of one person; all other single faces."""

    SUGGESTION = "suggestion"
    HINTED = "hinted"
    CLUSTER = "cluster"
    PAIR = "pair"
    SINGLES = "singles"


@dataclass(frozen=True, eq=False)
class FaceGroup:
    """Unnamed faces that are reviewed together, the highest score first.

    Attributes:
        similarities: of each face to the person's most similar face, or to the most similar face of the
            cluster or pair; empty for single faces.
        person: the person suggested; None for new people, clusters, pairs and single faces.
        across_childhood: whether each is at most a “maybe”; see `Match`.
        allowance: the mean of what hints add to the scores of a suggestion; see `decision.hints`.
        hints: by face id, the names in the metadata of its photo that no face of the photo has.
        hinted_name: the name that hints propose for them, of the person or of somebody new; None for other
            kinds.
    """

    kind: GroupKind
    faces: tuple[FaceRecord, ...]
    similarities: tuple[float, ...] = ()
    person: Person | None = None
    across_childhood: bool = False
    allowance: float = 0.0
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hinted_name: HintedName | None = None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its faces."""
        return frozenset(face.id for face in self.faces)

    @property
    def is_singles(self) -> bool:
        """Whether the faces are single faces, not similar to each other."""
        return self.kind is GroupKind.SINGLES

    @property
    def is_pair(self) -> bool:
        """Whether they are two faces of which only their similarity says that they may be of one person."""
        return self.kind is GroupKind.PAIR and len(self.faces) == 2

    @property
    def proposed_name(self) -> str | None:
        """The name proposed, of the person suggested or of somebody new; None if there is none."""
        if self.person is not None:
            return self.person.name
        return self.hinted_name.name if self.hinted_name is not None else None

    @property
    def is_confirmable(self) -> bool:
        """Whether a person is suggested who is more than a “maybe”."""
        return self.kind is GroupKind.SUGGESTION and not self.across_childhood

    @property
    def is_merged_by_user(self) -> bool:
        """Whether the user has put the faces together."""
        return len({face.cluster for face in self.faces}) == 1 and self.faces[0].cluster is not None

    @property
    def similarity_of(self) -> dict[str, float]:
        """Similarities by face id; empty for single faces."""
        return {face.id: s for face, s in zip(self.faces, self.similarities, strict=False)}

    def hints_of(self, faces: Iterable[FaceRecord]) -> list[str]:
        """The names in the metadata of the photos of some faces, the most frequent first."""
        counts = Counter(name for face in faces for name in self.hints.get(face.id, ()))
        return [name for name, _ in counts.most_common(MOST_OFFERED)]

    def without(self, ids: Collection[str]) -> FaceGroup | None:
        """The group without some faces; None if none is left."""
        kept = [number for number, face in enumerate(self.faces) if face.id not in ids]
        similarities = tuple(self.similarities[n] for n in kept) if self.similarities else ()
        faces = tuple(self.faces[n] for n in kept)
        return replace(self, faces=faces, similarities=similarities) if faces else None

    @property
    def mean_similarity(self) -> float:
        """The mean of the similarities; 0 for single faces."""
        return sum(self.similarities) / len(self.similarities) if self.similarities else 0.0
