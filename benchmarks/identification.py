"""Does the program find the right person, and does the default threshold mean what it should?

Three photos of each person are added to a gallery, the others are matched: rank-1, how many of the right
people are marked as matches (TAR), and how many of the others are (FMR).

    python -m benchmarks.identification FOLDER      a folder of person/photo
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

from face_match.core.photo_folders import photo_files
from face_match.core.types import EmbeddedFace, Photo
from face_match.decision.threshold import is_match, threshold_range
from face_match.gallery.gallery import Gallery, NewFace
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.evaluate import main_face
from face_match.workflows.match import matches

ADDED_OF_EACH = 3


class Figures(NamedTuple):
    """`other_*` count comparisons with people who are not the one in the photo."""

    probes: int
    rank1: int
    marked: int
    others: int
    others_marked: int
    other_faces: int
    other_faces_marked: int


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="dlib")
    parser.add_argument("--threshold", type=float)
    options = parser.parse_args()
    threshold = options.threshold or threshold_range(options.model).default
    figures = measure(options.folder, FacePipeline.load(options.model), threshold)
    print(f"model {options.model}, threshold {threshold:g}, {options.folder.name}")
    print(f"rank-1                          {_share(figures.rank1, figures.probes)}")
    print(f"right person marked as match    {_share(figures.marked, figures.probes)}")
    print(f"other people marked as match    {_share(figures.others_marked, figures.others)}")
    faces = _share(figures.other_faces_marked, figures.other_faces)
    print(f"other people's faces, each      {faces}")


def measure(folder: Path, pipeline: FacePipeline, threshold: float) -> Figures:
    """Add the first photos of each person to a gallery of its own, match the others."""
    probes: list[tuple[str, Photo, EmbeddedFace]] = []
    with (
        tempfile.TemporaryDirectory() as temporary,
        Gallery.open(Path(temporary), for_writing=True) as gallery,
    ):
        for person in sorted(path for path in folder.iterdir() if path.is_dir()):
            for number, path in enumerate(photo_files([person])):
                photo = load_photo(path)
                middle = main_face(photo, pipeline.detect(photo))
                if middle is None:
                    print(f"no face was found in {path.name}")
                    continue
                (face,) = pipeline.embed(photo, [middle])
                if number < ADDED_OF_EACH:
                    gallery.add(person.name, NewFace.of(face), photo)
                else:
                    probes.append((person.name, photo, face))
        return _matched(gallery, probes, threshold)


def _matched(gallery: Gallery, probes: list[tuple[str, Photo, EmbeddedFace]], threshold: float) -> Figures:
    rank1 = marked = others = others_marked = other_faces = other_faces_marked = 0
    for name, _, face in probes:
        ranked = matches(gallery, face.embedding, face.model_id, len(gallery.people))
        rank1 += ranked[0].person.name == name
        for found in ranked:
            is_accepted = is_match(found.score, threshold)
            if found.person.name == name:
                marked += is_accepted
                continue
            others += 1
            others_marked += is_accepted
            for own in gallery.faces_of(found.person):
                other_faces += 1
                similarity = float(own.embeddings[face.model_id] @ face.embedding)
                other_faces_marked += is_match(similarity, threshold)
    return Figures(len(probes), rank1, marked, others, others_marked, other_faces, other_faces_marked)


def _share(part: int, whole: int) -> str:
    return f"{part:6} of {whole:6} = {part / max(1, whole):.4f}"


if __name__ == "__main__":
    main()
