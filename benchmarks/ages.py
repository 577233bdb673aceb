"""Measure what the dates of photos do for recognising people who grow up.

Without folders: on made embeddings of siblings, as no dated photos of children were at hand. A face is what
all of the family have, what is the person's own, what all children of that age have, how the person has
drifted by that age, and chance. It is looked for among four siblings, born two to four years apart, of whom
the gallery has some faces from any time until they were 18. Printed is how often the right one has the
highest score: without dates, with them, and where 30 % of all dates are those of a scanner.

With folders of person/photo: on real people, nearly all grown up, to whose photos dates of 40 years are dealt
at random, so that they say nothing: what having them costs. FPIR and FNIR at the default threshold, as in
`benchmarks.open_set`, in galleries of 50 people with three faces each. No birth dates are known.

    python -m benchmarks.ages [FOLDER …] [--without GLOB]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled, labelled, together
from face_match.core.types import Embeddings
from face_match.decision.ages import Years
from face_match.decision.scoring import scores
from face_match.decision.threshold import lowest_match_score, threshold_range
from face_match.workflows.match_by_age import PeopleByAge

DIMENSIONS = 128
SIBLINGS, GROWN_UP, SCANNED = 4, 18.0, 2020.0
OLDEST = 40
FAMILIES, LOOKED_FOR = 150, 5
"""Families, and faces of each sibling."""
WRONG = 0.3

PEOPLE, SAMPLES, DRAWS = 50, 3, 20


class Growth(NamedTuple):
    """How faces of siblings come about: the weights of what they consist of, and how many the gallery has."""

    name: str
    of_age: float
    drift: float
    faces: int = 15
    family: float = 1.0
    own: float = 0.35
    chance: float = 1.2


GROWTHS = (
    Growth("age changes much", 1.2, 0.8),
    Growth("age changes something", 0.8, 0.6),
    Growth("… with 6 faces each", 0.8, 0.6, faces=6),
    Growth("… with 40 faces each", 0.8, 0.6, faces=40),
    Growth("age changes little", 0.2, 0.2),
    Growth("age changes nothing", 0.0, 0.0),
)


class Family:
    """Made siblings."""

    def __init__(self, growth: Growth, random: np.random.Generator) -> None:
        self._growth, self._random = growth, random
        ages = np.arange(OLDEST)
        alike = np.exp(-(((ages[:, None] - ages) / 4.0) ** 2)) + 1e-6 * np.eye(OLDEST)
        self._smooth = np.linalg.cholesky(alike)
        """Makes independent directions, one a year, a path that bends within four years."""
        self.births = 2000.0 + np.cumsum(random.uniform(2.0, 4.0, SIBLINGS))
        self._family, self._own = self._directions(1)[0], self._directions(SIBLINGS)
        self._of_age = self._smooth @ self._directions(OLDEST)
        self._drift = [self._smooth @ self._directions(OLDEST) for _ in range(SIBLINGS)]

    def dates(self, sibling: int, count: int) -> Years:
        """In childhood, evenly."""
        found: Years = self._random.uniform(self.births[sibling], self.births[sibling] + GROWN_UP, count)
        return found

    def faces(self, sibling: int, dates: Years) -> Embeddings:
        """Of one of them at some times."""
        growth = self._growth
        age = (dates - self.births[sibling]).astype(int)
        change = growth.of_age * self._of_age[age] + growth.drift * self._drift[sibling][age]
        youth = np.maximum(1 - age / GROWN_UP, 0.15)[:, None]
        embeddings = growth.family * self._family + growth.own * self._own[sibling] + youth * change
        embeddings = embeddings + growth.chance * self._directions(len(dates))
        unit: Embeddings = (embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def scanned(self, dates: Years, share: float) -> Years:
        """The same dates, of which some are those of the day when the photos were scanned."""
        return np.where(self._random.random(len(dates)) < share, SCANNED, dates)

    def _directions(self, count: int) -> npt.NDArray[np.float64]:
        return self._random.normal(size=(count, DIMENSIONS)) / np.sqrt(DIMENSIONS)


def compared(
    faces: Embeddings, years: Years, kept: list[Embeddings], dates: list[Years]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Similarities to each person's best face and to the mean for the time, shape (faces, people).

    Args:
        years: of the faces; NaN for the comparison without dates.
        kept, dates: of each person in the gallery.
    """
    own = np.concatenate(kept)
    firsts = np.cumsum([0, *(len(one) for one in kept[:-1])])
    means = np.stack([one.mean(axis=0) for one in kept])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    best, mean = np.maximum.reduceat(faces @ own.T, firsts, axis=1), faces @ means.T
    people = PeopleByAge(own, np.concatenate(dates), firsts.tolist(), means, [None] * len(kept))
    people.weight_by_age(faces, years, best, mean)
    return best, mean


def right_first(growth: Growth, families: int = FAMILIES) -> dict[str, float]:
    """The share of faces whose own person has the highest score: without dates, with, and with wrong ones."""
    right = {"without": 0, "with": 0, "wrong": 0}
    for seed in range(families):
        family = Family(growth, np.random.default_rng(seed))
        dates = [family.dates(one, growth.faces) for one in range(SIBLINGS)]
        kept = [family.faces(one, dates[one]) for one in range(SIBLINGS)]
        wrong = [family.scanned(one, WRONG) for one in dates]
        for sibling in range(SIBLINGS):
            when = family.dates(sibling, LOOKED_FOR)
            faces = family.faces(sibling, when)
            asked = {
                "without": (np.full(LOOKED_FOR, np.nan), dates),
                "with": (when, dates),
                "wrong": (family.scanned(when, WRONG), wrong),
            }
            for name, (years, known) in asked.items():
                best, mean = compared(faces, years, kept, known)
                right[name] += int((scores(best, mean, "made-up").argmax(axis=1) == sibling).sum())
    return {name: count / (families * SIBLINGS * LOOKED_FOR) for name, count in right.items()}


class Errors(NamedTuple):
    """Of strangers the share for whom anybody is marked, and of others that whose own person is not first."""

    fpir: float
    fnir: float


def with_random_dates(photos: Labelled, model_id: str) -> dict[str, Errors]:
    """What dates that say nothing cost."""
    lowest = lowest_match_score(threshold_range(model_id).default)
    found: dict[str, list[tuple[float, float]]] = {"without": [], "with": []}
    for kept, dates, faces, years, owner in _drawn(photos):
        for name, asked in (("without", np.full(len(faces), np.nan)), ("with", years)):
            best, mean = compared(faces, asked, kept, dates)
            score = scores(best, mean, model_id)
            is_accepted, first = score.max(axis=1) >= lowest, score.argmax(axis=1)
            strangers, own = owner < 0, owner >= 0
            missed = ~(is_accepted & (first == owner))[own]
            found[name].append((float(is_accepted[strangers].mean()), float(missed.mean())))
    return {name: Errors(*np.mean(rows, axis=0).tolist()) for name, rows in found.items()}


def _drawn(
    photos: Labelled,
) -> Iterator[tuple[list[Embeddings], list[Years], Embeddings, Years, npt.NDArray[np.int64]]]:
    """Galleries: faces in it with dates, by person; faces looked for, with dates, and whose these are, −1 for
    strangers."""
    random = np.random.default_rng(19795)
    for _ in range(DRAWS):
        years = random.uniform(1980.0, 2020.0, len(photos.people))
        order = random.permutation(photos.count)
        kept, own, owner = [], [], []
        for number, person in enumerate(order[:PEOPLE]):
            rows = random.permutation(np.flatnonzero(photos.people == person))
            count = min(SAMPLES, len(rows) - 1)
            kept.append(rows[:count])
            own.append(rows[count:])
            owner.append(np.full(len(rows) - count, number))
        strangers = np.flatnonzero(np.isin(photos.people, order[PEOPLE:]))
        rows = np.concatenate([*own, strangers])
        yield (
            [photos.embeddings[one] for one in kept],
            [years[one] for one in kept],
            photos.embeddings[rows],
            years[rows],
            np.concatenate([*owner, np.full(len(strangers), -1)]),
        )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--model", default="dlib")
    parser.add_argument("--without", default="", metavar="GLOB", help="photos to leave out, as profile_*")
    options = parser.parse_args()
    if options.folders:
        photos = together(labelled(options.folders, options.model, options.without))
        print(f"{photos.name}: {photos.count} people, galleries of {PEOPLE}")
        for name, errors in with_random_dates(photos, options.model).items():
            print(f"{name:8} random dates: FPIR {errors.fpir:.2%}, FNIR {errors.fnir:.2%}", flush=True)
        return
    print(f"{'right sibling first, %':28}{'without dates':>15}{'with dates':>12}{'30 % wrong':>12}")
    for growth in GROWTHS:
        right = right_first(growth)
        print(
            f"{growth.name:28}{right['without']:15.1%}{right['with']:12.1%}{right['wrong']:12.1%}", flush=True
        )


if __name__ == "__main__":
    main()
