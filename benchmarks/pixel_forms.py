"""How often does the trial of an embedder find out how it wants its pixels?

The built-in model is made to look like an embedder from elsewhere that wants its pixels in a known way, and
is tried: on the two faces that come with the program alone, and on two faces each of people of a gallery too.
Prints how often the range and the order of colours were found, and how often the right one was at least named
as just as good. −1 to 1 by 127.5 and by 128 count as one range.

    python -m benchmarks.pixel_forms FOLDER …

    FOLDER      folders of person/photo
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.labelled import folders_and_model
from face_match.core.model_families import COLOURS
from face_match.core.types import Crop
from face_match.vision.models.added import TrialResult
from face_match.vision.models.registry import load_embedder
from face_match.vision.models.trial import try_network
from face_match.vision.models.trial_faces import TrialFaces
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_people import photos_by_person
from tests.made_models import real_embedder

PEOPLE = (0, 2, 4)
DRAWS = 4
FACES = 2
PROFILES = "profile_*"


def main() -> None:
    """Print a table."""
    options = folders_and_model(__doc__.splitlines()[0])
    pipeline = FacePipeline.load("dlib")
    galleries = [_drawn(folder, pipeline, draw) for folder in options.folders for draw in range(DRAWS)]
    crops = [crop for gallery in galleries for some in gallery for crop in some]
    mean = load_embedder("dlib").embed(crops).mean(axis=0)
    print(f"{'people of the gallery':24}{'wanted':14}{'range':>8}{'or tied':>8}{'colours':>10}{'or tied':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for people, wanted in itertools.product(
            PEOPLE, itertools.product(("signed", "unit", "raw"), COLOURS)
        ):
            file = real_embedder(Path(folder) / "model.onnx", *wanted, mean)
            tried = galleries if people else galleries[:1]
            verdicts = [try_network(file, gallery_faces=TrialFaces.of(gallery[:people])) for gallery in tried]
            cells = "".join(
                f"{share:>{width}.0%}"
                for name, width in zip(wanted, (8, 10), strict=True)
                for share in (
                    np.mean([name in (one.range.removesuffix("-128"), one.colour) for one in verdicts]),
                    np.mean([_is_named(name, one) for one in verdicts]),
                )
            )
            print(f"{people:<24}{' '.join(wanted):14}{cells}", flush=True)


def _is_named(name: str, verdict: TrialResult) -> bool:
    """Whether it was taken, or said to do as well."""
    as_good = " ".join(verdict.notes).partition("did as well")[2]
    return name in (verdict.range.removesuffix("-128"), verdict.colour) or f"“{name}" in as_good


def _drawn(folder: Path, pipeline: FacePipeline, draw: int) -> Sequence[Sequence[Crop]]:
    """Two faces each of some people."""
    random = np.random.default_rng(draw)
    photos: dict[str, list[Path]] = {}
    for one in photos_by_person(folder):
        if not one.path.match(PROFILES):
            photos.setdefault(one.name, []).append(one.path)
    found = []
    for person in random.permutation(sorted(photos))[: max(PEOPLE)]:
        faces = [pipeline.faces(load_photo(path)) for path in photos[person][: FACES + 2]]
        found.append([some[0].crop for some in faces if some][:FACES])
    return found


if __name__ == "__main__":
    main()
