"""How often is one of two siblings suggested for the other, and what does the limit between them cost?

There are no labelled photos of siblings. Two things stand in for them, in galleries of half of the folders'
people:

- look-alikes: the pairs of people who are most alike on average by the model, with their own photos;
- made siblings: the same pairs, the means of whose embeddings are moved towards each other, half way or all
  the way (twins). Their faces are those means and how photos of other people really differ from their own
  means.

*Wrong* is the share of faces for which somebody else is marked and comes first, *missed* that of faces whose
own person does not; each without the limit, with it for people whose faces match each other (as `check`
lists), and with it once *not them* was said of a face of each pair. In brackets: 95 % over pairs and
galleries.

    python -m benchmarks.siblings FOLDER … [--without GLOB] [--choose]

    FOLDER        folders of person/photo, nobody in two of them
    --choose      compare margins between twins and siblings, on the half of the people not shown
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from benchmarks.look_alikes import shown
from face_match.core.types import Embeddings
from face_match.decision.confidence_intervals import Figure
from face_match.decision.error_rates import Floats
from face_match.decision.identification import Integers
from face_match.decision.open_set import SearchOutcome, SearchScores, concatenate_searches, fnir, rate
from face_match.decision.scoring import (
    UNDECIDED_SCORE,
    LookAlikeMargin,
    any_faces_match,
    combined_similarity,
    look_alike_margin,
    scores,
    undecided_pair,
)
from face_match.decision.threshold import lowest_match_score, threshold_range

PAIRS, DRAWS, FACES_MADE = 30, 5, 10
SAMPLES = (1, 3, 10)
MOVED = {"a quarter closer": 0.25, "half way": 0.5, "three quarters": 0.75, "twins": 1.0}
FEWEST_PHOTOS = 4
"""Of people whose photos say how photos of a person differ."""
MARGINS = (0.0, 0.0025, 0.005, 0.0075, 0.01, 0.0125, 0.015, 0.02)

Pair = tuple[int, int]


class Case(NamedTuple):
    """A gallery, as the embeddings kept of each person; faces that are looked for in it, and whose each is.

    Attributes:
        pairs: of people who look alike; a face counts for the pair of its person, else for that person.
    """

    kept: list[Embeddings]
    faces: Embeddings
    people: Integers
    pairs: list[Pair]


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0], choose="compare margins on the half not shown")
    photos = together(labelled(options.folders, options.model, options.without))
    chosen, shown = halves(photos)
    if options.choose:
        _choose(chosen, options.model)
        return
    print(f"{shown.name}: {shown.count} people, {PAIRS} pairs of them")
    print(f"{'':44}{'no limit':^36}{'as check shows':^36}{'after not them':^36}")
    print(f"{'':44}" + f"{'wrong %':>18}{'missed %':>18}" * 3)
    for name, cases in _shown(shown):
        print(f"{name:44}" + "".join(_cells(cases, options.model)), flush=True)


def _shown(photos: Labelled) -> Iterator[tuple[str, list[Case]]]:
    pairs = most_alike(photos)
    for samples in SAMPLES[:2]:
        cases = [real(photos, pairs, samples, draw) for draw in range(DRAWS)]
        yield f"everybody, faces each: {samples}", cases
        yield f"look-alikes, faces each: {samples}", [_of_pairs(case) for case in cases]
    for samples in SAMPLES:
        for name, part in MOVED.items():
            yield f"{name}, faces each: {samples}", [*made(photos, pairs, samples, part)]


def _cells(cases: list[Case], model_id: str) -> Iterator[str]:
    limit, lowest = look_alike_margin(model_id), lowest_match_score(threshold_range(model_id).default)
    for used, is_said in (
        (limit._replace(margin=0.0, rejected_margin=0.0), False),
        (limit, False),
        (limit, True),
    ):
        found = run_searches(cases, model_id, used, is_said=is_said)
        yield f"{shown(wrongly_first(found, lowest)):>18}{shown(fnir(found, lowest)):>18}"


def _choose(photos: Labelled, model_id: str) -> None:
    limit, lowest = look_alike_margin(model_id), lowest_match_score(threshold_range(model_id).default)
    pairs = most_alike(photos)
    print(f"{photos.name}, three faces each: wrong / missed % by margin")
    print(f"{'':20}" + "".join(f"{margin:>16g}" for margin in MARGINS))
    wrong = np.zeros(len(MARGINS))
    for name, part in MOVED.items():
        cases = [*made(photos, pairs, 3, part)]
        found = [
            run_searches(cases, model_id, limit._replace(margin=one, rejected_margin=one), is_said=True)
            for one in MARGINS
        ]
        rates = [(100 * wrongly_first(one, lowest).value, 100 * fnir(one, lowest).value) for one in found]
        wrong += [rate for rate, _ in rates]
        print(
            f"{name:20}" + "".join(f"{f'{own:.2f} / {missed:.1f}':>16}" for own, missed in rates), flush=True
        )
    print(f"{'wrong ones gone, %':20}" + "".join(f"{100 * (1 - one / wrong[0]):>16.1f}" for one in wrong))


def most_alike(photos: Labelled) -> list[Pair]:
    """The pairs of people with the most similar means; nobody is in two."""
    means = _unit(_centres(photos))
    similarities = means @ means.T
    similarities[np.tril_indices(len(means))] = -np.inf
    pairs: list[Pair] = []
    for place in np.argsort(-similarities, axis=None).tolist():
        one, other = divmod(place, len(means))
        if len(pairs) < PAIRS and one < other and not {one, other} & {*sum(pairs, ())}:
            pairs.append((one, other))
    return pairs


def real(photos: Labelled, pairs: list[Pair], samples: int, draw: int) -> Case:
    """Everybody's photos as they are: some are kept, the others are looked for."""
    random = np.random.default_rng((samples, draw))
    kept, faces, people = [], [], []
    for person in range(photos.count):
        rows = random.permutation(np.flatnonzero(photos.people == person))
        count = min(samples, len(rows) - 1)
        kept.append(photos.embeddings[rows[:count]])
        faces.append(photos.embeddings[rows[count:]])
        people += [person] * len(faces[-1])
    return Case(kept, np.concatenate(faces), np.array(people), pairs)


def made(photos: Labelled, pairs: list[Pair], samples: int, part: float) -> Iterator[Case]:
    """The same galleries with one pair at a time made more alike: by a part of what lies between them."""
    random = np.random.default_rng((samples, round(100 * part)))
    centres, counts = _centres(photos), np.bincount(photos.people)
    of_many = counts[photos.people] >= FEWEST_PHOTOS
    of_photo = photos.people[of_many]
    unbiased = np.sqrt(counts / np.maximum(counts - 1, 1))[of_photo, None]
    differences = (photos.embeddings[of_many] - centres[of_photo]) * unbiased

    def faces_of(centre: Floats, count: int) -> Embeddings:
        return _unit(centre + differences[random.integers(len(differences), size=count)])

    for draw in range(DRAWS):
        others = real(photos, pairs, min(samples, 3), draw).kept
        for one, other in pairs:
            step = part / 2 * (centres[other] - centres[one])
            moved = {one: centres[one] + step, other: centres[other] - step}
            kept = [*others]
            for person, centre in moved.items():
                kept[person] = faces_of(centre, samples)
            faces = np.concatenate([faces_of(centre, FACES_MADE) for centre in moved.values()])
            yield Case(kept, faces, np.repeat([one, other], FACES_MADE), [(one, other)])


def run_searches(cases: list[Case], model_id: str, limit: LookAlikeMargin, *, is_said: bool) -> SearchOutcome:
    """As of `galleries.run_searches`; instead of strangers, faces whose own person does not come first.

    Args:
        is_said: of each pair it was said that a face of one is not the other.
    """
    wrong, own = [], []
    for place, case in enumerate(cases):
        score = _scores(case, model_id, limit, _margins(case, model_id, limit, is_said=is_said))
        rows, first = np.arange(len(score)), score.argmax(axis=1)
        is_own = first == case.people
        number = {person: one for one, other in case.pairs for person in (one, other)}
        groups = np.array([number.get(person, person) for person in case.people.tolist()])
        of_case = np.full(len(rows), place)
        wrong.append(SearchScores(np.where(is_own, -np.inf, score[rows, first]), groups, groups, of_case))
        own.append(SearchScores(np.where(is_own, score[rows, first], -np.inf), groups, groups, of_case))
    return SearchOutcome(concatenate_searches(wrong), concatenate_searches(own))


def wrongly_first(found: SearchOutcome, threshold: float) -> Figure:
    """The share of faces for which somebody else comes first and reaches a threshold. Pairs are drawn anew,
    and both people of one together."""
    return rate(found.non_mated, found.non_mated.scores >= threshold)


def _scores(
    case: Case, model_id: str, limit: LookAlikeMargin, margin_between: Callable[[int, int], float]
) -> Floats:
    faces = case.faces.astype(np.float64)
    best = np.stack([(faces @ own.T).max(axis=1) for own in case.kept], axis=1)
    mean = faces @ _unit(np.stack([own.mean(axis=0) for own in case.kept])).T
    alike, score = combined_similarity(best, mean), np.array(scores(best, mean, model_id), np.float64)
    for row, one in enumerate(alike):
        pair = undecided_pair(one, margin_between, limit)
        if pair is not None:
            score[row, one <= one[pair[0]]] = UNDECIDED_SCORE
    return score


def _margins(
    case: Case, model_id: str, limit: LookAlikeMargin, *, is_said: bool
) -> Callable[[int, int], float]:
    @cache
    def margin_between(one: int, other: int) -> float:
        if is_said and (min(one, other), max(one, other)) in case.pairs:
            return limit.rejected_margin
        return limit.margin if any_faces_match(case.kept[one], case.kept[other], model_id) else 0.0

    return margin_between


def _of_pairs(case: Case) -> Case:
    rows = np.isin(case.people, np.array(case.pairs))
    return case._replace(faces=case.faces[rows], people=case.people[rows])


def _centres(photos: Labelled) -> Floats:
    means = [photos.embeddings[photos.people == person].mean(axis=0) for person in range(photos.count)]
    return np.stack(means).astype(np.float64)


def _unit(embeddings: Floats) -> Floats:
    return np.asarray(embeddings / np.linalg.norm(embeddings, axis=-1, keepdims=True), np.float64)


if __name__ == "__main__":
    main()
