"""Is the built-in model as we use it better than a plain first try, on the same photos?

A first try takes the largest face that MTCNN finds, dlib's own 5-point predictor on its box or on a square
about its middle, dlib's own `get_face_chip` (150 pixels, padding 0.25), and dlib's ResNet on that one view.
Ours is what the program does with the main face. Prints the equal error rate and the true-accept
rate (TAR) at a false-match rate (FMR) of 1e-3 over all pairs of photos of a folder, and by how much ours are
better, with the 95 % interval of that difference over the same samples of people. Needs dlib
(requirements-dev.txt).

    python -m benchmarks.first_try FOLDER …      folders of person/photo
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from face_match.core.types import Box, Embedding, Face, Photo
from face_match.decision.comparisons import Comparisons, all_pairs
from face_match.decision.confidence_intervals import bootstrap_over_people, replicates_for
from face_match.decision.error_rates import ErrorRates, Floats
from face_match.vision.graphs import DLIB_PX
from face_match.vision.models.registry import DLIB
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.evaluate import main_face
from face_match.workflows.import_people import photos_by_person

FMR = 1e-3
PADDING = 0.25
OURS = "ours"

Recipe = Callable[[Photo, Sequence[Face]], Embedding]


class Compared(NamedTuple):
    """The same photos with each other, by recipe; the last is ours."""

    photos: int
    by_recipe: dict[str, Comparisons]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args().folders
    pipeline = FacePipeline.load(DLIB.id)
    recipes = {**first_tries(), OURS: _ours(pipeline)}
    titles = f"{'set':8} {'photos':>6} {'people':>6} {'recipe':12} {'EER':>7} {'TAR at FMR 1e-3':>16}"
    print(f"{titles}   ours better by: EER (95 %), TAR (95 %)")
    for folder in folders:
        photos, by_recipe = compare(folder, pipeline, recipes)
        ours = by_recipe[OURS]
        for recipe, comparisons in by_recipe.items():
            eer, tar = _figures(comparisons.rates)
            row = f"{folder.name:8} {photos:6} {ours.people:6} {recipe:12} {eer:7.2%} {tar:16.3f}"
            print(row if recipe == OURS else f"{row}   {_better_by(ours, comparisons)}")


def compare(folder: Path, pipeline: FacePipeline, recipes: dict[str, Recipe]) -> Compared:
    """Every photo of a folder in which MTCNN finds a face, with every other one."""
    names: list[str] = []
    embeddings: dict[str, list[Embedding]] = {recipe: [] for recipe in recipes}
    digests: set[str] = set()
    for path, name in photos_by_person(folder):
        photo = load_photo(path)
        faces = pipeline.detect(photo)
        if faces and photo.digest not in digests:
            digests.add(photo.digest)
            names.append(name)
            for recipe, embedding in recipes.items():
                embeddings[recipe].append(embedding(photo, faces))
    people = np.unique(np.array(names), return_inverse=True)[1]
    rows = {recipe: np.stack(listed) for recipe, listed in embeddings.items()}
    return Compared(len(names), {recipe: all_pairs(each @ each.T, people) for recipe, each in rows.items()})


def first_tries() -> dict[str, Recipe]:
    """What dlib's own functions make of the largest face of a photo."""
    import dlib

    file = DLIB.weights_file()
    landmarks = file.with_name("shape_predictor_5_face_landmarks.dat")
    predictor: Any = dlib.shape_predictor(str(landmarks))
    network: Any = dlib.face_recognition_model_v1(str(file))

    def embedding(photo: Photo, faces: Sequence[Face], around: Callable[[Box], Box]) -> Embedding:
        largest = max((face.box for face in faces), key=lambda box: box.width * box.height)
        x, y, width, height = around(largest)
        pixels = photo.decode_full()
        shape = predictor(pixels, dlib.rectangle(int(x), int(y), int(x + width), int(y + height)))
        chip = dlib.get_face_chip(pixels, shape, DLIB_PX, PADDING)
        found = np.array(network.compute_face_descriptor(chip), np.float32)
        return np.asarray(found / np.linalg.norm(found), np.float32)

    return {
        "first, box": partial(embedding, around=lambda box: box),
        "first, square": partial(embedding, around=_square),
    }


def _square(box: Box) -> Box:
    """About its middle, as wide as it is on average."""
    side = (box.width + box.height) / 2
    return Box(box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side)


def _ours(pipeline: FacePipeline) -> Recipe:
    def embedding(photo: Photo, faces: Sequence[Face]) -> Embedding:
        middle = main_face(photo, faces)
        assert middle is not None  # there is a face at all
        return pipeline.embed(photo, [middle])[0].embedding

    return embedding


def _figures(rates: ErrorRates) -> Floats:
    return np.array([rates.eer, rates.tar_at_fmr(FMR)], np.float64)


def _better_by(ours: Comparisons, other: Comparisons) -> str:
    """A lower equal error rate and a higher true-accept rate are better."""

    def better(times: Floats) -> Floats:
        figures, others = (_figures(one.resampled(times)) for one in (ours, other))
        return np.asarray((figures - others) * (-1, 1), np.float64)

    values = better(np.ones(ours.people))
    ends = bootstrap_over_people(
        ours.people, better, replicates_for(len(ours.impostor) + len(other.impostor))
    )
    if ends is None:
        return ", ".join(f"{value:+.2%}" for value in values)
    told = zip(values, *ends, strict=True)
    return ", ".join(f"{value:+.2%} ({low:+.2%} to {high:+.2%})" for value, low, high in told)


if __name__ == "__main__":
    main()
