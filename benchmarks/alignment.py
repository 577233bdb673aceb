"""How to align a face for the built-in model: by MTCNN's landmarks, or by dlib's own predictor?

Prints the equal error rate, the true-accept rate (TAR) at a false-match rate (FMR) of 1e-3 over all pairs
of photos, and the similarity at which that rate lies. Needs dlib (requirements-dev.txt).

    python -m benchmarks.alignment FOLDER …      folders of person/photo
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from face_match.core.photo_folders import photo_files
from face_match.core.types import Crop, Embeddings, Pixels
from face_match.decision.comparisons import all_pairs
from face_match.vision.alignment import extract_crop, resize_face
from face_match.vision.embedders import DLIB_ALIGNERS, Aligner, OnnxEmbedder, View, align_for_dlib
from face_match.vision.graphs import DLIB_PX
from face_match.vision.graphs.dlib_resnet import dlib_resnet
from face_match.vision.models.registry import DLIB, load_detector
from face_match.vision.onnx.sessions import Network
from face_match.vision.photo_loading import load_photo

VIEWS_0_1 = (View(1.0, 0.0), View(1.05, 4.0), View(0.95, -4.0))


def main() -> None:
    """Print a table of alignments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    people, crops = _crops(parser.parse_args().folders)
    network = Network(dlib_resnet(DLIB.weights_file()))
    alignments: dict[str, Sequence[Aligner]] = {
        "MTCNN's landmarks": [align_for_dlib],
        "the same, 3 views": DLIB_ALIGNERS,
        "3 views of version 0.1": [partial(align_for_dlib, view=view) for view in VIEWS_0_1],
        "dlib's predictor": [_by_dlib()],
        "box, not turned": [lambda crop: resize_face(crop, 0.125, DLIB_PX)],
    }
    print(f"{len(crops)} faces of {len(set(people))} people")
    print(f"{'alignment':20} {'EER':>8} {'TAR at FMR 1e-3':>16} {'similarity there':>17}")
    for name, aligns in alignments.items():
        embeddings = OnnxEmbedder(DLIB.id, DLIB.dimensions, network, aligns).embed(crops)
        eer, tar, similarity = _rates(embeddings, people)
        print(f"{name:20} {eer:8.2%} {tar:16.3f} {similarity:17.3f}")


def _crops(folders: list[Path]) -> tuple[list[str], list[Crop]]:
    """The most prominent face of every photo, and who it is."""
    detector = load_detector()
    people, crops = [], []
    for folder in folders:
        for path in photo_files([folder]):
            pixels = load_photo(path).pixels
            faces = detector.detect(pixels)
            if faces:
                people.append(f"{folder.name}/{path.parent.name}")
                crops.append(extract_crop(pixels, faces[0]))
    return people, crops


def _by_dlib() -> Callable[[Crop], Pixels]:
    import dlib

    file = DLIB.weights_file().with_name("shape_predictor_5_face_landmarks.dat")
    predictor: Any = dlib.shape_predictor(str(file))

    def align(crop: Crop) -> Pixels:
        box = crop.box
        centre_x, centre_y = box.x + box.width / 2, box.y + 0.55 * box.height
        half = (box.width + box.height) / 4  # a square about the eyes, as dlib's own detector draws
        square = [centre_x - half, centre_y - half, centre_x + half, centre_y + half]
        shape = predictor(crop.pixels, dlib.rectangle(*(int(edge) for edge in square)))
        chip: Pixels = dlib.get_face_chip(crop.pixels, shape, DLIB_PX, 0.25)
        return chip

    return align


def _rates(embeddings: Embeddings, people: list[str]) -> tuple[float, float, float]:
    """EER; TAR at FMR 1e-3; the similarity there. Over all pairs."""
    comparisons = all_pairs(embeddings @ embeddings.T, np.unique(people, return_inverse=True)[1])
    rates = comparisons.rates
    return rates.eer, rates.tar_at_fmr(1e-3), rates.threshold_for_fmr(1e-3)


if __name__ == "__main__":
    main()
