"""How often does a stranger find somebody, and how often is somebody missed, as galleries grow?

Galleries of 10 to 400 people are drawn, with three faces each; their other faces are looked for, and those of
everybody else, who are strangers. FPIR is the share of strangers for whom anybody is marked, FNIR that of
faces of the gallery's people whose own person is not marked first: by version 0.1's rule, the best face, and
by the program's, both at the default threshold, which the program raises where people are alike; with
intervals of 95 % over people and over galleries drawn. Then the same in galleries of look-alikes, and in
galleries with a fifth of the people under two names, where faces of the others are searched.

    python -m benchmarks.open_set FOLDER … [--without GLOB] [--half]

    --half     the half of the people alone on whom nothing was chosen (as in `benchmarks.scores`)
"""

from __future__ import annotations

from functools import partial

from benchmarks.labelled import folders_and_model, halves, labelled, together
from benchmarks.look_alikes import DRAWN, look_alikes, shown
from benchmarks.scores import GalleryKind, rules
from face_match.decision.open_set import (
    FACES,
    MOST_IN_GALLERY,
    SIZES,
    default_threshold_raise_in,
    fnir,
    fpir,
    run_searches,
)
from face_match.decision.threshold import lowest_match_score, threshold_range


def main() -> None:
    """Print a table."""
    half = "the people alone on whom nothing was chosen"
    options = folders_and_model(__doc__.splitlines()[0], half=half)
    photos = together(labelled(options.folders, options.model, options.without))
    photos = halves(photos)[1] if options.half else photos
    threshold = threshold_range(options.model).default
    first, *_, last = rules(options.model).items()
    print(f"{photos.name}: {photos.count} people, threshold {threshold:.3f}")
    print(f"{'':44}" + "".join(f"{name:^38}" for name, _ in (first, last)))
    print(f"{'':44}" + f"{'FPIR %':>18}{'FNIR %':>20}" * 2)
    for draw in DRAWN:
        for people, draws in SIZES.items():
            if people > photos.count * (0.4 if draw is look_alikes else MOST_IN_GALLERY):
                continue
            galleries = list(draw(photos, people, FACES, draws))
            cells = ""
            for _, rule in (first, last):
                raised = (
                    partial(default_threshold_raise_in, model_id=options.model) if rule is last[1] else None
                )
                found = run_searches(galleries, rule, raised)
                lowest = lowest_match_score(threshold)
                cells += f"{shown(fpir(found, lowest)):>18}{shown(fnir(found, lowest)):>20}"
            print(f"{GalleryKind(draw, people, FACES)!s:44}{cells}", flush=True)


if __name__ == "__main__":
    main()
