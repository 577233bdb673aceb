"""Which rule tells people of a gallery from strangers best, at one threshold for galleries of every size?

The folders' people are divided into halves. On one each rule gets the lowest threshold at which in random
galleries of every size, with one and with three faces a person, no more than 1 in 100 strangers finds
anybody (FPIR). On the other half it is shown what that threshold costs: FPIR and FNIR, the share of people in
the gallery who are missed, with intervals of 95 % over people and over galleries drawn. The last rows are of
look-alikes: people who are nearest to each other by the model, and strangers who are as near.

    python -m benchmarks.scores FOLDER … [--without GLOB] [--choose] [--quote]

    FOLDER        folders of person/photo, nobody in two of them
    --choose      print instead how many are missed on the first half for each pair of numbers of the
                  program's rule (`decision.scoring.RivalPenalty`), at such a threshold
    --quote       write a table into benchmarks/accuracy.json, too
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from benchmarks import accuracy_tables
from benchmarks.labelled import Labelled, folders_and_model, halves, labelled, together
from benchmarks.look_alikes import DRAWN, Draw, look_alikes, of_anybody, shown
from face_match.decision.error_rates import Floats
from face_match.decision.open_set import (
    SampledGallery,
    ScoreRule,
    SearchOutcome,
    fnir,
    fpir,
    run_searches,
    threshold_for_fpir,
)
from face_match.decision.scoring import RivalPenalty, combined_similarity, scores, scores_with

SIZES = {10: 60, 25: 40, 50: 25, 100: 12}
"""How many galleries of how many people are drawn."""
SAMPLES = (1, 3)
FPIR = 0.01
QUOTED = ((of_anybody, 10), (of_anybody, 50), (of_anybody, 100), (look_alikes, 25))
"""The galleries of the table in docs/accuracy.md."""

SIMILARITIES, WEIGHTS = (0.89, 0.90, 0.91, 0.92, 0.93), (0.3, 0.4, 0.5, 0.6, 0.8)


class GalleryKind(NamedTuple):
    """Of gallery: what is drawn, with how many people and faces of each."""

    draw: Draw
    people: int
    samples: int

    def __str__(self) -> str:
        return f"{self.people} {DRAWN[self.draw]}, {self.samples} face{'s' if self.samples > 1 else ''} each"


def rules(model_id: str) -> dict[str, ScoreRule]:
    """By what the table calls them; the first is version 0.1's, the last the program's."""
    return {
        "best face (0.1)": lambda best, mean: best,
        "mean of the embeddings": lambda best, mean: mean,
        "mean of both": combined_similarity,
        "both, less 0.3 × the five nearest others": lambda best, mean: _less_five_nearest(
            combined_similarity(best, mean)
        ),
        "both, less the rival": partial(scores, model_id=model_id),
    }


def _less_five_nearest(alike: Floats) -> Floats:
    """Less 0.3 times the mean of the five nearest other people."""
    count = min(5, alike.shape[1] - 1)
    nearest = -np.sort(-alike, axis=1)[:, : count + 1]
    last = nearest[:, count:]
    total = nearest.sum(axis=1, keepdims=True)
    others = np.where(alike >= last, total - alike, total - last) / count
    return alike - 0.3 * others


def main() -> None:
    """Print a table for each rule."""
    options = folders_and_model(
        __doc__.splitlines()[0],
        choose="compare pairs of numbers on the first half",
        quote=accuracy_tables.HELP,
    )
    photos = together(labelled(options.folders, options.model, options.without))
    to_choose, to_show = halves(photos)
    print(f"{photos.name}: {to_choose.count} people to choose on, {to_show.count} to show on")
    if options.choose:
        _choose(to_choose)
        return
    rows = []
    for name, rule in rules(options.model).items():
        chosen = dict(_outcomes(to_choose, rule))
        threshold = max(
            threshold_for_fpir(found, FPIR) for kind, found in chosen.items() if kind.draw is of_anybody
        )
        print(f"\n{name}, threshold {threshold:.3f} chosen for FPIR 1 %")
        print(f"{'':34}{'FPIR %':>18}{'FNIR %':>20}{'FNIR % at FPIR 1 %, each by itself':>38}")
        missed = {}
        for kind, found in _outcomes(to_show, rule):
            missed[kind] = 100 * fnir(found, threshold).value
            by_itself = fnir(found, threshold_for_fpir(found, FPIR))
            cells = f"{shown(fpir(found, threshold)):>18}{shown(fnir(found, threshold)):>20}"
            print(f"{kind!s:34}{cells}{shown(by_itself):>38}", flush=True)
        quoted = (" / ".join(f"{missed[GalleryKind(*kind, n)]:.1f}" for n in SAMPLES) for kind in QUOTED)
        rows.append([name, f"{threshold:.3f}", *(f"{cell} %" for cell in quoted)])
    if options.quote:
        columns = (f"{people} {DRAWN[draw]}" for draw, people in QUOTED)
        accuracy_tables.save("scores", ("rule", "threshold", *columns), rows)


def _choose(photos: Labelled) -> None:
    """The mean over all sizes and kinds of galleries."""
    print("from similarity, weight: threshold, FNIR %")
    galleries = [*_galleries(photos)]
    for rival_penalty in itertools.starmap(RivalPenalty, itertools.product(SIMILARITIES, WEIGHTS)):
        found = [
            (kind, run_searches(drawn, partial(scores_with, rival_penalty=rival_penalty)))
            for kind, drawn in galleries
        ]
        threshold = max(threshold_for_fpir(one, FPIR) for kind, one in found if kind.draw is of_anybody)
        missed = np.mean([fnir(one, threshold).value for _, one in found])
        print(
            f"{rival_penalty.from_similarity:.2f}, {rival_penalty.weight:.1f}: "
            f"{threshold:.3f}, {100 * missed:5.2f}",
            flush=True,
        )


def _outcomes(photos: Labelled, rule: ScoreRule) -> Iterator[tuple[GalleryKind, SearchOutcome]]:
    for kind, galleries in _galleries(photos):
        yield kind, run_searches(galleries, rule)


def _galleries(photos: Labelled) -> Iterator[tuple[GalleryKind, list[SampledGallery]]]:
    for draw in (of_anybody, look_alikes):
        for people, draws in SIZES.items():
            if people <= photos.count * (0.7 if draw is of_anybody else 0.4):
                for samples in SAMPLES:
                    yield GalleryKind(draw, people, samples), list(draw(photos, people, samples, draws))


if __name__ == "__main__":
    main()
