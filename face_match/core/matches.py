"""People compared with one face: candidates, and the matches ranked from them."""

from __future__ import annotations

from dataclasses import dataclass

from face_match.core.records import FaceRecord, Person


@dataclass(frozen=True, eq=False)
class Candidate:
    """A person compared with a face, before ranking.

    Attributes:
        face: the person's most similar face.
        similarity: cosine similarity to that face, −1..1.
        mean_similarity: cosine similarity to the mean of the person's embeddings, −1..1.
    """

    person: Person
    face: FaceRecord
    similarity: float
    mean_similarity: float


@dataclass(frozen=True, eq=False)
class Match:
    """A person ranked for a face.

    Attributes:
        face: the person's most similar face.
        similarity: cosine similarity to that face, −1..1.
        score: compared with the threshold, on the scale of similarities; see `decision.scoring`.
        rival: another person so similar that the score is lower; None if there is none.
        years_apart: between the photos of the two faces; None if a date is unknown.
        across_childhood: whether those are more than ten years of a childhood, certainly or possibly; the
            match is then a "maybe" at most.
        age: the person's age in the earlier photo, in years, negative before birth; None if unknown.
        undecided: two people who are easily mixed up and too close to each other, so this face matches
            neither of them and nobody ranked below; None if it can be decided.
        allowance: what is added to the score when it is compared with the threshold, because the photo's
            metadata names the person; 0 if it does not.
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
    allowance: float = 0.0

    @property
    def is_hinted(self) -> bool:
        """Whether the photo's metadata names the person, and no other face of the photo has that name."""
        return self.allowance > 0

    @property
    def is_too_close(self) -> bool:
        """Whether the person is one of the two who are too close to decide."""
        return self.undecided is not None and self.person in self.undecided
