"""What does the default threshold let in, and whom does it miss, where all people are of one group?

Galleries of half the people of a group are drawn, with one photo of each; their other photos are searched,
and those of the rest of the group, who are strangers. At the model's default threshold, and at the default as
the program raises it.

    python -m benchmarks.groups FOLDER … [--without GLOB] [--quote]

    FOLDER      a folder of person/photo, with people.csv, a table as `evaluate --groups` takes it
    --quote     write the table into benchmarks/accuracy.json, too
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks import accuracy_tables
from benchmarks.accuracy_tables import percent, percent_with_interval
from benchmarks.labelled import Labelled, folders_and_model, labelled
from face_match.decision.open_set import (
    SampledGallery,
    default_threshold_raise_in,
    fnir,
    fpir,
    run_searches,
    sample_gallery,
)
from face_match.decision.scoring import scores
from face_match.decision.threshold import lowest_match_score, threshold_range
from face_match.workflows.group_labels import read_labels

DRAWS, FEWEST_PEOPLE = 400, 8
HEAD = ("group", "people", "in the gallery", "FPIR at 0.94", "FPIR, default raised", "FNIR, default raised")


def main() -> None:
    """Print a table of groups."""
    options = folders_and_model(__doc__.splitlines()[0], quote=accuracy_tables.HELP)
    lowest = lowest_match_score(threshold_range(options.model).default)
    rule = partial(scores, model_id=options.model)
    rows = []
    sets = labelled(options.folders, options.model, options.without)
    for folder, photos in zip(options.folders, sets, strict=True):
        names = sorted(path.name for path in folder.iterdir() if path.is_dir())
        assert len(names) == photos.count, "somebody has no photo with a face"
        for labels in read_labels(folder / "people.csv", names).columns.values():
            for group in sorted(set(labels.values())):
                people = np.flatnonzero([labels.get(name) == group for name in names])
                if len(people) < FEWEST_PEOPLE:
                    continue
                galleries = [*_galleries(photos, people)]
                fixed = run_searches(galleries, rule)
                raised = run_searches(
                    galleries, rule, partial(default_threshold_raise_in, model_id=options.model)
                )
                by = [fpir(found, lowest) for found in (fixed, raised)]
                cells = [percent_with_interval(one.value, *one.interval, digits=1) for one in by]
                rows.append(
                    [
                        group.replace("_", " "),
                        str(len(people)),
                        str(len(people) // 2),
                        *cells,
                        percent(fnir(raised, lowest).value, 1),
                    ]
                )
                print(" | ".join(rows[-1]), flush=True)
    if options.quote:
        accuracy_tables.save("groups", HEAD, rows)


def _galleries(photos: Labelled, people: np.ndarray) -> Iterator[SampledGallery]:
    random = np.random.default_rng(0)
    for _ in range(DRAWS):
        yield sample_gallery(
            photos.embeddings,
            photos.people,
            random.permutation(people),
            size=len(people) // 2,
            faces=1,
            random=random,
        )


if __name__ == "__main__":
    main()
