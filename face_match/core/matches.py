"""People compared with one face: candidates, and the matches ranked from them."""

from __future__ import annotations

from dataclasses import dataclass

from face_match.core.records import FaceRecord, Person


@dataclass(frozen=True, eq=False)
class Candidate:
    """How alike a person is to a face, before anything is decided.

    Attributes:
        face: of the person's, the most alike.
        similarity: cosine to that, −1..1.
        mean_similarity: cosine to the mean of all of the person's embeddings.
    """

    person: Person
    face: FaceRecord
    similarity: float
    mean_similarity: float


@dataclass(frozen=True, eq=False)
class Match:
    """One person ranked for one face.

    Attributes:
        face: of the person's, the most alike.
        similarity: cosine to that, −1..1.
        score: what decides, on the scale of similarities; see `decision.scoring`.
        rival: who else is so alike that the score is lower for it; None where nobody is.
        years_apart: between the photo of the face and that of the person's face which is most alike; None
            where either date is not known.
        across_childhood: whether more than ten years lie between them in which the person was a child, or may
            have been: it is a maybe at most.
        age: the person's at the time of the earlier of the two, in years, below 0 before birth; None where
            not known.
        undecided: two people who are easily mixed up, and too close to each other for this face to match
            either, or anybody who is less alike; None where it can be decided.
    """

    person: Person
    face: FaceRecord
    similarity: float
    score: float
    rival: Person | None = None
    years_apart: float | None = None
    across_childhood: bool = False
    age: float | None = None
    undecided: tuple[Person, Person] | None = None

    @property
    def is_too_close(self) -> bool:
        """Whether it is of one of two people between whom nothing decides."""
        return self.undecided is not None and self.person in self.undecided
