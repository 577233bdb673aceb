"""Compare faces with people by the dates of photos: faces of a similar age count more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from face_match.core.dates import birth_year, photo_year
from face_match.core.matches import Candidate
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Embedding, Embeddings
from face_match.decision.ages import Rows, TimeGap, Years, age_weighted_mean, faces_of_similar_age, time_gap
from face_match.gallery.gallery import Gallery
from face_match.gallery.search.embedding_search import DatedEmbeddings


class CandidateTimes:
    """The dates of candidates for one face.

    Attributes:
        mean_similarities: cosines to the candidates' age-weighted means, in their order.
    """

    def __init__(
        self,
        gallery: Gallery,
        embedding: Embedding,
        model_id: str,
        candidates: Sequence[Candidate],
        taken: str,
        *,
        face: FaceRecord | None = None,
    ) -> None:
        """Look up the dates of the candidates' faces, if the photo's own date is known.

        Args:
            taken: that date, as `PhotoRecord.taken`.
            face: the face's record, if it has one.
        """
        self.mean_similarities = [one.mean_similarity for one in candidates]
        self._candidates = candidates
        self._year = photo_year(taken)
        self._known: Mapping[str, DatedEmbeddings] = {}
        year = self._year
        if year is None:
            return
        births = {one.person.folder: birth_year(one.person.born) for one in candidates}

        def choose(folder: str, years: Years) -> Rows:
            return faces_of_similar_age(years, year, births[folder])

        face_id = face.id if face is not None else ""
        self._known = gallery.dated_embeddings([*births], model_id, len(embedding), choose, face_id)
        for row, one in enumerate(candidates):
            known = self._known.get(one.person.folder)
            if known is not None and len(known.chosen):
                cosine = float(np.dot(age_weighted_mean(known.mean, known.chosen), embedding))
                self.mean_similarities[row] = min(1.0, max(-1.0, cosine))

    def time_gap(self, row: int) -> TimeGap:
        """The time between the photo and that of a candidate's most similar face; `row` is the candidate's
        number."""
        one = self._candidates[row]
        known, other = self._known.get(one.person.folder), photo_year(one.face.taken)
        if self._year is None or other is None or known is None:
            return TimeGap()
        return time_gap(self._year, other, birth_year(one.person.born), known.years)


class PeopleByAge:
    """All people of a gallery, to be compared with many faces."""

    MOST_COMPARED = 4
    """The most similar people of each face, whose means are weighted by age; others would not match."""

    def __init__(
        self,
        embeddings: Embeddings,
        years: Years,
        firsts: Sequence[int],
        means: Embeddings,
        people: Sequence[Person | None],
    ) -> None:
        """Take the faces of one or more people, sorted by person.

        Args:
            embeddings, years: of all faces, shapes (n, dimensions) and (n,).
            firsts: the row of the first face of each person.
            means: of each person's embeddings, shape (people, dimensions).
            people: each of them; None for one who is no longer in the gallery.
        """
        self._embeddings, self._years, self._means = embeddings, years, means
        self._spans = [*zip(firsts, [*firsts[1:], len(years)], strict=True)]
        self._births = [None if person is None else birth_year(person.born) for person in people]
        self._is_dated = (
            np.logical_or.reduceat(~np.isnan(years), firsts) if len(firsts) else np.zeros(0, bool)
        )
        self._weighted: dict[tuple[int, float], Embedding | None] = {}

    def weight_by_age(self, faces: Embeddings, years: Years, best: Embeddings, mean: Embeddings) -> None:
        """Replace the cosines of faces to people's means by those to the means weighted for each face's time.

        Args:
            faces, years: of faces that are compared, shapes (m, dimensions) and (m,).
            best, mean: cosines to each person's best face, and to the mean, shape (m, people); `mean` is
                changed in place.
        """
        if not self._is_dated.any():
            return
        most = min(self.MOST_COMPARED, best.shape[1])
        for row in np.flatnonzero(~np.isnan(years)).tolist():
            most_similar = np.argpartition(-(best[row] + mean[row]), most - 1)[:most]
            for person in most_similar[self._is_dated[most_similar]].tolist():
                weighted = self._age_weighted_mean(person, round(float(years[row]), 1))
                if weighted is not None:
                    mean[row, person] = np.dot(weighted, faces[row])

    def time_gap(self, person: int, face: Embedding, year: float) -> TimeGap:
        """The time between a face and the most similar face of a person."""
        first, end = self._spans[person]
        years = self._years[first:end]
        if np.isnan(year) or not self._is_dated[person]:
            return TimeGap()
        other = years[int((self._embeddings[first:end] @ face).argmax())]
        return time_gap(year, float(other), self._births[person], years)

    def _age_weighted_mean(self, person: int, year: float) -> Embedding | None:
        """A person's mean weighted for a time, cached by tenths of a year; None if no faces are preferred."""
        if (person, year) not in self._weighted:
            first, end = self._spans[person]
            rows = first + faces_of_similar_age(self._years[first:end], year, self._births[person])
            found = age_weighted_mean(self._means[person], self._embeddings[rows]) if len(rows) else None
            self._weighted[person, year] = found
        return self._weighted[person, year]
