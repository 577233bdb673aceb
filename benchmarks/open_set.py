"""How often does a stranger find somebody, and how often is somebody missed, as galleries grow?

Galleries of 10 to 400 people are drawn, with three faces each; their other faces are looked for, and those of
everybody else, who are strangers. FPIR is the share of strangers for whom anybody is marked, FNIR that of
faces of the gallery's people whose own person is not marked first: by version 0.1's rule, the best face, and
by the program's, both at the default threshold, which the program raises where people are alike; with
intervals of 95 % over people and over galleries drawn. Then the same in galleries of look-alikes, and in
galleries with a fifth of the people under two names, where faces of the others are searched.

    python -m benchmarks.open_set FOLDER … [--without GLOB] [--half] [--quote]

    --half     the half of the people alone on whom nothing was chosen (as in `benchmarks.scores`)
    --quote    write the table into benchmarks/accuracy.json, too
"""

from __future__ import annotations

from functools import partial

from benchmarks import accuracy_tables
from benchmarks.accuracy_tables import percent, percent_with_interval
from benchmarks.labelled import folders_and_model, halves, labelled, together
from benchmarks.look_alikes import DRAWN, look_alikes, of_anybody, shown, under_two_names
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

HEAD = ("people in the gallery", "FPIR, version 0.1", "FNIR, 0.1", "FPIR now", "FNIR now")
LABELS = {of_anybody: "", look_alikes: "look-alikes", under_two_names: "and a fifth under two names"}


def main() -> None:
    """Print a table."""
    half = "the people alone on whom nothing was chosen"
    options = folders_and_model(__doc__.splitlines()[0], half=half, quote=accuracy_tables.HELP)
    photos = together(labelled(options.folders, options.model, options.without))
    photos = halves(photos)[1] if options.half else photos
    threshold = threshold_range(options.model).default
    first, *_, last = rules(options.model).items()
    print(f"{photos.name}: {photos.count} people, threshold {threshold:.3f}")
    print(f"{'':44}" + "".join(f"{name:^38}" for name, _ in (first, last)))
    print(f"{'':44}" + f"{'FPIR %':>18}{'FNIR %':>20}" * 2)
    rows = []
    for draw in DRAWN:
        for people, draws in SIZES.items():
            if people > photos.count * (0.4 if draw is look_alikes else MOST_IN_GALLERY):
                continue
            galleries = list(draw(photos, people, FACES, draws))
            cells, row = "", [f"{people} {LABELS[draw]}".strip()]
            for _, rule in (first, last):
                raised = (
                    partial(default_threshold_raise_in, model_id=options.model) if rule is last[1] else None
                )
                found = run_searches(galleries, rule, raised)
                lowest = lowest_match_score(threshold)
                wrong, missed = fpir(found, lowest), fnir(found, lowest)
                cells += f"{shown(wrong):>18}{shown(missed):>20}"
                row += [percent_with_interval(wrong.value, *wrong.interval), percent(missed.value, 1)]
            rows.append(row)
            print(f"{GalleryKind(draw, people, FACES)!s:44}{cells}", flush=True)
    if options.quote:
        accuracy_tables.save("open_set_half" if options.half else "open_set", HEAD, rows)


if __name__ == "__main__":
    main()
