"""How many pairs of photos of one person are near-duplicates?

python -m benchmarks.near_duplicates FOLDER      a folder of person/photo
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from face_match.decision.threshold import threshold_range
from face_match.gallery.gallery import Gallery
from face_match.gallery.health import NEAR_DUPLICATE, near_duplicates
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.import_people import import_people, photos_by_person


def main() -> None:
    """Print the figures of a folder, under the built-in model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    pipeline = FacePipeline.load("dlib", threads=1)
    threshold = threshold_range(pipeline.model_id).default
    pairs = near = superfluous = faces_in_all = 0
    with tempfile.TemporaryDirectory() as place, Gallery.open(Path(place), for_writing=True) as gallery:
        import_people(photos_by_person(parser.parse_args().folder), gallery, pipeline, threshold)
        for person in gallery.people:
            faces = gallery.faces_of(person)
            embeddings = np.stack([face.embeddings[pipeline.model_id] for face in faces])
            similarities = (embeddings @ embeddings.T)[np.triu_indices(len(faces), 1)]
            pairs += len(similarities)
            near += int((similarities > NEAR_DUPLICATE).sum())
            superfluous += len(near_duplicates(faces, pipeline.model_id))
            faces_in_all += len(faces)
    print(f"pairs of one person's photos: {pairs}, above {NEAR_DUPLICATE}: {near} ({near / pairs:.1%})")
    print(f"faces: {faces_in_all}, that thinning would take out: {superfluous}")


if __name__ == "__main__":
    main()
