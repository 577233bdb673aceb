"""Error rates within groups of people, to see whether one threshold is fair to all.

People of one group look more alike to a model than people of different groups, most of all in groups that are
rare in its training data. So the people of a group are compared with each other only, and searched in
galleries of that group. FPIR grows with the gallery, so the galleries have one size for all groups of a
column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.types import Embeddings
from face_match.decision.comparisons import all_pairs
from face_match.decision.confidence_intervals import (
    Figure,
    bootstrap_figures,
    replicates_for,
    with_rule_of_three,
)
from face_match.decision.error_rates import Floats
from face_match.decision.identification import Integers, leave_one_out
from face_match.decision.open_set import FACES, fpir, random_galleries, run_searches
from face_match.decision.scoring import RivalPenalty, scores_with

FEWEST_IN_GROUP = 8
"""The fewest people of a group whose rates are measured: with fewer, a gallery would have three people or
fewer."""
MOST_IN_GALLERY = 25
DRAWS = 50


class GroupRates(NamedTuple):
    """Error rates within one group, at one threshold.

    Attributes:
        people, photos: the numbers of both.
        genuine, impostor: the numbers of comparisons behind FNMR and FMR.
        fpir: in random galleries of the group, of the column's size.
        fpir_among_all: in one gallery of all other people of the group; it is higher in larger groups.
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
    """Error rates by the groups of one column of labels.

    Attributes:
        gallery_people: the number of people in the galleries of `fpir`; 0 if no group has enough people.
        groups: the groups with enough people, the largest first.
        too_small: the number of people of each other group, by name.
        without_label: the number of people without a label in this column.
    """

    column: str
    gallery_people: int
    groups: tuple[GroupRates, ...]
    too_small: dict[str, int]
    without_label: int


ThresholdRaise = Callable[[Embeddings, Integers], float]
"""Gives, from the embeddings in a gallery and the person of each, how much the threshold is raised there."""


def rates_by_group(
    column: str,
    label_of: Sequence[str | None],
    embeddings: Embeddings,
    people: npt.ArrayLike,
    *,
    threshold: float,
    rival_penalty: RivalPenalty,
    threshold_raise: ThresholdRaise | None = None,
) -> GroupedRates:
    """The error rates within each group of people.

    Args:
        label_of: the label of each person, by number; None for no label.
        embeddings: shape (n, dimensions), each row of unit L2 norm.
        people: the person of each embedding, shape (n,), numbered from 0 without gaps.
        threshold: the lowest score of a match.
        rival_penalty: the penalty of rivals; see `scoring`.
        threshold_raise: by how much the threshold is higher in a gallery, for searches.
    """
    people = np.asarray(people, np.int64)
    members: dict[str, list[int]] = {}
    for person, label in enumerate(label_of):
        if label is not None:
            members.setdefault(label, []).append(person)
    names = sorted(members, key=lambda name: (-len(members[name]), name))
    shown = [name for name in names if len(members[name]) >= FEWEST_IN_GROUP]
    size = (
        min([MOST_IN_GALLERY, *(_most_in_gallery(people, members[name]) for name in shown)]) if shown else 0
    )
    rates_of = partial(
        _group, size=size, threshold=threshold, rival_penalty=rival_penalty, threshold_raise=threshold_raise
    )
    groups = []
    for name in shown:
        rows = np.flatnonzero(np.isin(people, members[name]))
        own = np.unique(people[rows], return_inverse=True)[1].astype(np.int64)
        groups.append(rates_of(name, embeddings[rows], own))
    return GroupedRates(
        column,
        size,
        tuple(groups),
        {name: len(members[name]) for name in names if name not in shown},
        sum(label is None for label in label_of),
    )


def _most_in_gallery(people: Integers, members: list[int]) -> int:
    """Half of the members; the others are strangers. People with one photo can only be strangers."""
    with_two = int((np.bincount(people)[members] > 1).sum())
    return min(len(members) // 2, with_two)


def _group(
    name: str,
    embeddings: Embeddings,
    people: Integers,
    *,
    size: int,
    threshold: float,
    rival_penalty: RivalPenalty,
    threshold_raise: ThresholdRaise | None,
) -> GroupRates:
    similarities = embeddings @ embeddings.T
    pairs = all_pairs(similarities, people)
    searches = leave_one_out(embeddings, people, rival_penalty, len(people), similarities=similarities)
    in_all = threshold + (threshold_raise(embeddings, people) if threshold_raise is not None else 0.0)

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
            partial(scores_with, rival_penalty=rival_penalty),
            (lambda one: threshold_raise(one.enrolled, one.enrolled_columns))
            if threshold_raise is not None
            else None,
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
