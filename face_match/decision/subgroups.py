"""Does a threshold hold alike for every group of people? Error rates within each group.

People of one group are more alike to a model than people of two, and more so in groups that it was trained on
little. So each group's people are compared with each other only, and looked for in galleries of that group.
FPIR grows with the gallery, so that it is of galleries of one size in all groups of a column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.comparisons import Integers, all_pairs
from face_match.decision.confidence_intervals import (
    Figure,
    bootstrap_figures,
    replicates_for,
    with_rule_of_three,
)
from face_match.decision.error_rates import Floats
from face_match.decision.identification import leave_one_out
from face_match.decision.open_set import FACES, fpir, random_galleries, run_searches
from face_match.decision.scoring import Rivalry, scores_with

FEWEST_IN_GROUP = 8
"""People. Fewer tell nothing of others like them: then a gallery would have three people or fewer."""
MOST_IN_GALLERY = 25
DRAWS = 50


class GroupRates(NamedTuple):
    """Error rates within one group, at one threshold.

    Attributes:
        people, photos: how many of either.
        genuine, impostor: how many comparisons FNMR and FMR rest on.
        fpir: of strangers of the group in galleries of the column's size, of other people of the group.
        fpir_among_all: the same in one gallery of everybody else of the group: the larger, the higher.
    """

    name: str
    people: int
    photos: int
    genuine: int
    impostor: int
    fmr: Figure
    fnmr: Figure
    fpir: Figure
    fpir_among_all: Figure


class GroupedRates(NamedTuple):
    """One column of labels.

    Attributes:
        gallery_people: in each gallery of which `fpir` is; 0 where no group has enough people.
        groups: those with enough people, the largest first.
        too_small: the people of each other group, by name.
        without_label: people who have no label in this column.
    """

    column: str
    gallery_people: int
    groups: tuple[GroupRates, ...]
    too_small: dict[str, int]
    without_label: int


Raised = Callable[[Embeddings, Integers], float]
"""From the faces in a gallery, and whose each is, to how much higher the threshold is there."""


def rates_by_group(
    column: str,
    label_of: Sequence[str | None],
    embeddings: Embeddings,
    people: npt.ArrayLike,
    *,
    threshold: float,
    rivalry: Rivalry,
    raised: Raised | None = None,
) -> GroupedRates:
    """The error rates within each group of people.

    Args:
        label_of: each person's, by number; None for no label.
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: whose each is, shape (n,): numbers from 0 on without a gap.
        threshold: the similarity, or score, from which there is a match.
        rivalry: what rivals cost; see `scoring`.
        raised: by how much the threshold is higher in a gallery, for searches.
    """
    people = np.asarray(people, np.int64)
    members: dict[str, list[int]] = {}
    for person, label in enumerate(label_of):
        if label is not None:
            members.setdefault(label, []).append(person)
    names = sorted(members, key=lambda name: (-len(members[name]), name))
    told = [name for name in names if len(members[name]) >= FEWEST_IN_GROUP]
    size = min([MOST_IN_GALLERY, *(_most_in_gallery(people, members[name]) for name in told)]) if told else 0
    groups = []
    for name in told:
        rows = np.flatnonzero(np.isin(people, members[name]))
        own = np.unique(people[rows], return_inverse=True)[1].astype(np.int64)
        groups.append(
            _group(
                name, embeddings[rows], own, size=size, threshold=threshold, rivalry=rivalry, raised=raised
            )
        )
    return GroupedRates(
        column,
        size,
        tuple(groups),
        {name: len(members[name]) for name in names if name not in told},
        sum(label is None for label in label_of),
    )


def _most_in_gallery(people: Integers, members: list[int]) -> int:
    """Half of them: the others are strangers. Who has one photo can be a stranger only."""
    with_two = int((np.bincount(people)[members] > 1).sum())
    return min(len(members) // 2, with_two)


def _group(
    name: str,
    embeddings: Embeddings,
    people: Integers,
    *,
    size: int,
    threshold: float,
    rivalry: Rivalry,
    raised: Raised | None,
) -> GroupRates:
    similarities = embeddings @ embeddings.T
    pairs = all_pairs(similarities, people)
    searches = leave_one_out(similarities, people, rivalry)
    in_all = threshold + (raised(embeddings, people) if raised is not None else 0.0)

    def rates(times: Floats) -> Floats:
        resampled = pairs.resampled(times)
        found = resampled.fmr(threshold), resampled.fnmr(threshold)
        return np.array([*found, searches.fpir(in_all, times)], np.float64)

    count = pairs.people
    fmr, fnmr, among_all = bootstrap_figures(count, rates, replicates_for(len(pairs.impostor)))
    drawn = Figure(float("nan"))
    if size:
        galleries = random_galleries(embeddings, people, size, faces=FACES, draws=DRAWS)
        of_drawn = run_searches(
            galleries,
            partial(scores_with, rivalry=rivalry),
            (lambda one: raised(one.kept, one.columns)) if raised is not None else None,
        )
        drawn = fpir(of_drawn, threshold)
    return GroupRates(
        name,
        count,
        len(people),
        len(pairs.genuine),
        len(pairs.impostor),
        with_rule_of_three(fmr, count * (count - 1) // 2),
        with_rule_of_three(fnmr, count),
        drawn,
        with_rule_of_three(among_all, count),
    )
