"""Does a rate hold that a person has chosen, and is a probability what it says?

Galleries are drawn from labelled faces, at random and of look-alikes, with one to three faces of each person.
What they tell of strangers (`decision.impostor_model`) gives a threshold for each rate; the FPIR that real
strangers have there is shown beside it. Then the best matches of faces, half of them of strangers, in bins of
the probability that is shown beside them, with the share that is right.

    python -m benchmarks.rates FOLDER … [--without GLOB] [--choose] [--quote]

The half of the people is shown on whom nothing was chosen; galleries of 200 are of all.

    --choose     on the other half: fit IMPOSTOR_PRIORS and MEASURED_LOGISTICS of face_match.decision
    --quote      write the tables into benchmarks/accuracy.json, too
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from benchmarks import accuracy_tables
from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from benchmarks.look_alikes import look_alikes, of_anybody
from face_match.decision import impostor_model, probability
from face_match.decision.active_threshold import OFFERED_FPIRS, active_threshold
from face_match.decision.error_rates import Floats
from face_match.decision.identification import leave_one_out
from face_match.decision.impostor_model import SMALLEST_GALLERY, ImpostorModel
from face_match.decision.open_set import SampledGallery, run_searches
from face_match.decision.probability import Probability
from face_match.decision.scoring import rival_penalty_for, scores
from face_match.decision.threshold import lowest_match_score

SIZES = (2, 5, 10, 25, 50, 100)
SAMPLES = (1, 2, 3)
DRAWS = 20
MOST_IN_GALLERY = 0.75
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
FEWEST_IN_BIN = 20


class Case(NamedTuple):
    """One random gallery.

    Attributes:
        impostor_model: the impostor model that the gallery gives.
        own_scores: the mean score of each of its people in non-mated searches.
        non_mated: the highest scores of strangers.
        mated: the highest scores of its people's other faces; `is_right`: 1 where that is the own person's.
        found: the scores of the own people, −inf where somebody else comes first.
    """

    kind: str
    people: int
    impostor_model: ImpostorModel
    own_scores: Floats
    non_mated: Floats
    mated: Floats
    is_right: Floats
    found: Floats


def main() -> None:
    """Print the tables."""
    options = folders_and_model(
        __doc__.splitlines()[0],
        choose="fit the constants on the other half",
        quote=accuracy_tables.HELP,
    )
    photos = together(labelled(options.folders, options.model, options.without))
    chosen, shown = halves(photos)
    if options.choose:
        _choose([*cases(chosen, options.model)], options.model)
        return
    found = [*cases(shown, options.model), *cases(photos, options.model, (200,))]
    print(f"{shown.name}: {shown.count} people; 200 of {photos.count}. FPIR / FNIR, and the mean threshold")
    columns = [f"{100 * rate:g}% of strangers" for rate in OFFERED_FPIRS]
    print(f"{'gallery':18}{'default':>26}" + "".join(f"{column:>26}" for column in columns))
    rates, reliability = [], []
    for kind, people, some in _by_kind(found):
        active = [active_threshold(options.model, case.impostor_model, {}, {}).threshold for case in some]
        cells = [_cell(some, active)]
        cells += [
            _cell(some, [case.impostor_model.threshold_for_fpir(rate) for case in some])
            for rate in OFFERED_FPIRS
        ]
        print(f"{people:4} {kind:13}" + "".join(f"{cell:>26}" for cell in cells), flush=True)
        if people >= SMALLEST_GALLERY:
            rates.append([_label(kind, people), *(cell.rsplit(" ", 1)[0] for cell in cells)])
    print("Half of the faces of strangers: probability said, and share right, by bin")
    for kind, people, some in _by_kind(found):
        bins = _reliability(some, options.model)
        print(f"{people:4} {kind:13}" + "".join(f"{one:>14}" for one in bins))
        if people >= SMALLEST_GALLERY:
            reliability.append([_label(kind, people), *bins[1:]])
    if options.quote:
        head = ("people in the gallery", "default", *(column.replace("%", " %") for column in columns))
        accuracy_tables.save("rates", head, rates)
        bins = [f"{low:.0%} to {high:.0%}".replace("%", " %") for low, high in pairwise(BINS[1:])]
        accuracy_tables.save("probability", ("people in the gallery", *bins), reliability)


def _label(kind: str, people: int) -> str:
    return f"{people} look-alikes" if kind == "look-alikes" else str(people)


def cases(photos: Labelled, model_id: str, sizes: Iterable[int] = SIZES) -> Iterator[Case]:
    """All that are drawn."""

    def rule(best: Floats, mean: Floats) -> Floats:
        return scores(best, mean, model_id)

    for kind, draw in (("at random", of_anybody), ("look-alikes", look_alikes)):
        for people in sizes:
            if people * (1 if draw is of_anybody else 2) > photos.count * MOST_IN_GALLERY:
                continue
            for samples in SAMPLES:
                for drawn in draw(photos, people, samples, DRAWS):
                    yield _case(kind, people, drawn, model_id, run_searches([drawn], rule).mated.scores)


def _case(kind: str, people: int, drawn: SampledGallery, model_id: str, found: Floats) -> Case:
    own = leave_one_out(drawn.enrolled, drawn.enrolled_columns, rival_penalty_for(model_id))
    known = ImpostorModel.fit(own, model_id) or ImpostorModel(people, 0.0, 1.0)
    scored = scores(drawn.mated.best, drawn.mated.mean, model_id)
    of_strangers = scores(drawn.non_mated.best, drawn.non_mated.mean, model_id).max(axis=1)
    is_right = (scored.argmax(axis=1) == drawn.mated_columns).astype(np.float64)
    told = impostor_model.mean_scores_by_person(own)
    return Case(kind, people, known, told, of_strangers, scored.max(axis=1), is_right, found)


def _by_kind(found: Iterable[Case]) -> Iterator[tuple[str, int, list[Case]]]:
    by_kind: dict[tuple[str, int], list[Case]] = {}
    for case in found:
        by_kind.setdefault((case.kind, case.people), []).append(case)
    for (kind, people), some in sorted(by_kind.items(), key=lambda item: item[0]):
        yield kind, people, some


def _cell(some: list[Case], thresholds: list[float]) -> str:
    fpir = np.mean(
        np.concatenate([c.non_mated >= lowest_match_score(t) for c, t in zip(some, thresholds, strict=True)])
    )
    fnir = np.mean(
        np.concatenate([c.found < lowest_match_score(t) for c, t in zip(some, thresholds, strict=True)])
    )
    return f"{100 * fpir:.2f} / {100 * fnir:.1f} % {np.mean(thresholds):.3f}"


def _events(some: Iterable[Case]) -> tuple[Floats, Floats, Floats, list[Case]]:
    """Scores, whether each is right, weights by which strangers and people count the same in each gallery."""
    parts, of_case = [], []
    for case in some:
        for values, right in ((case.mated, case.is_right), (case.non_mated, np.zeros(len(case.non_mated)))):
            parts.append((values, right, np.full(len(values), 0.5 / max(1, len(values)))))
            of_case += [case] * len(values)
    values, right, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return values, right, weights, of_case


def _reliability(some: list[Case], model_id: str) -> list[str]:
    """ "18 / 14 %", the probability said and the share that is right, for each bin."""
    values, right, weights, of_case = _events(some)
    logistic = probability.MEASURED_LOGISTICS[model_id]
    of = {id(case): Probability(logistic, case.impostor_model) for case in some}
    said = np.array([of[id(case)].of_best_match(v) for v, case in zip(values, of_case, strict=True)])
    cells = []
    for low, high in pairwise(BINS):
        inside = (said >= low) & ((said < high) | (high == 1.0))
        if inside.sum() < FEWEST_IN_BIN:
            cells.append("–")
            continue
        pair = (np.average(values[inside], weights=weights[inside]) for values in (said, right))
        cells.append("{:.0f} / {:.0f} %".format(*(100 * share for share in pair)))
    return cells


def _choose(found: list[Case], model_id: str) -> None:
    from sklearn.linear_model import LogisticRegression

    at_random = [case for case in found if case.kind == "at random" and case.people >= 5]
    sizes = [impostor_model.size_term(case.people) for case in at_random]
    growth, mean = np.polyfit(sizes, [impostor_model.trimmed_mean(case.own_scores) for case in at_random], 1)
    fall, spread = np.polyfit(sizes, np.log([case.non_mated.std() for case in at_random]), 1)
    print(
        f"Usual({mean:.4f}, {growth:.4f}, {impostor_model.TAIL_CORRECTION * np.exp(spread):.4f}, {-fall:.2f})"
    )
    enough = [case for case in found if case.people >= 5]
    standing = np.concatenate([[case.impostor_model.z_score(v) for v in case.non_mated] for case in enough])
    for rate in (0.1, *OFFERED_FPIRS, 0.001):
        print(f"{rate:.1%} of strangers are {np.quantile(standing, 1 - rate):.2f} spreads above the mean")
    values, right, weights, of_case = _events(enough)
    features = np.array(
        [
            (value, case.impostor_model.z_score(value), impostor_model.size_term(case.people))
            for value, case in zip(values, of_case, strict=True)
        ]
    )
    middle, scale = features.mean(axis=0), features.std(axis=0)
    model = LogisticRegression(C=1e3).fit((features - middle) / scale, right, sample_weight=weights)
    by_score, by_standing, by_size = model.coef_[0] / scale
    offset = model.intercept_[0] - (model.coef_[0] / scale * middle).sum()
    print(f"Logistic({by_score:.1f}, {by_standing:.3f}, {by_size:.3f}, {offset:.2f})")


if __name__ == "__main__":
    main()
