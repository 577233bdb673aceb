"""Jobs that compare everybody have the results of a folder on a server, and read a bounded part of a very
large gallery."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.types import Box
from face_match.decision.impostor_model import ImpostorModel
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.health import check_gallery, most_similar_people
from face_match.workflows.calibrate import calibration_comparisons, impostor_model_of
from tests.unit.gallery.conftest import MakeFace, PhotoOf

PEOPLE, PHOTOS, DIMENSIONS, MODEL = 24, 3, 128, "dlib"


@pytest.fixture
def places(
    folder: Path, server_address: ServerAddress, tmp_path: Path, new_face: MakeFace, photo_of: PhotoOf
) -> list[GalleryPlace]:
    """The same people in a folder and on a server, some of them much alike, one with a wrong face."""
    random = np.random.default_rng(5)
    centres = random.standard_normal((PEOPLE, DIMENSIONS)) + 0.8 * random.standard_normal(DIMENSIONS)
    centres[1] = centres[0] + 0.2 * centres[1]
    with Gallery.open(folder, for_writing=True) as gallery:
        for photo in range(PHOTOS):
            faces = []
            for person in range(PEOPLE):
                of = 5 if (person, photo) == (9, 0) else person
                embedding = (centres[of] + 0.7 * random.standard_normal(DIMENSIONS)).astype(np.float32)
                made = new_face(person, Box(30.0 * person, 10, 20, 20))
                faces.append(made._replace(embeddings={MODEL: embedding / np.linalg.norm(embedding)}))
            record = gallery.record_photo(photo_of(photo), scan="made-up", faces=faces).photo
            found = sorted(gallery.faces_in(record), key=lambda face: face.place or Box(0, 0, 1, 1))
            for person, face in enumerate(found):
                gallery.name_faces([face.id], f"Person {person:02}")
    export_archive(folder, None, tmp_path / "a.zip")
    with Gallery.open(server_address, for_writing=True) as gallery:
        import_archive(tmp_path / "a.zip", gallery)
    return [folder, server_address]


def test_results_are_those_of_a_folder(places: list[GalleryPlace]) -> None:
    models, searches, health, alike = [], [], [], []
    for place in places:
        with Gallery.open(place, for_writing=False) as gallery:
            models.append(impostor_model_of(gallery, MODEL))
            searches.append(calibration_comparisons(gallery, MODEL))
            found = check_gallery(gallery, MODEL, lambda similarity: similarity >= 0.7)
            health.append(
                (
                    [(one.name, near.face_id, near.other.name) for one, near in found.nearer_to_others],
                    [(one.name, near.other.name) for one, near in found.nearest_others],
                    [(pair.one.name, pair.other.name, pair.faces) for pair in found.confused],
                    (found.not_compared, found.left_out),
                )
            )
            faces = gallery.faces_of(gallery.person("Person 00"))
            names = {person.folder: person.name for person in gallery.people}
            alike.append([names[one] for one in most_similar_people(gallery, faces, MODEL)])
    assert isinstance(models[0], ImpostorModel)
    assert models[1].mean == pytest.approx(models[0].mean, abs=1e-6)
    assert models[1].people == models[0].people == PEOPLE
    assert np.array_equal(searches[1].genuine, searches[0].genuine)
    assert np.array_equal(searches[1].impostor, searches[0].impostor)
    assert health[1] == health[0]
    assert health[0][0][0][0] == "Person 09"
    assert alike[0][:2] == ["Person 00", "Person 01"]
    assert len(alike[0]) == PEOPLE
    assert alike[1] == alike[0][: len(alike[1])], "the nearest come first; the window adds the others"
    assert len(alike[1]) >= 10


def test_a_sample_stands_for_a_very_large_gallery(
    places: list[GalleryPlace], monkeypatch: pytest.MonkeyPatch
) -> None:
    from face_match.gallery.search import server_search

    with Gallery.open(places[1], for_writing=False) as gallery:
        whole = impostor_model_of(gallery, MODEL)
        monkeypatch.setattr(server_search, "MOST_READ", 15 * PHOTOS * DIMENSIONS)
        rows = gallery.embeddings(MODEL, DIMENSIONS)
        assert {*Counter(rows.folders).values()} == {PHOTOS}
        assert (len({*rows.folders}), rows.people_left_out) == (15, PEOPLE - 15)
        sample = impostor_model_of(gallery, MODEL)
        assert whole is not None and sample is not None
        assert sample.people == whole.people
        assert sample.mean == pytest.approx(whole.mean, abs=0.02)
        assert calibration_comparisons(gallery, MODEL).people == 15
        health = check_gallery(gallery, MODEL, lambda similarity: similarity >= 0.7)
        assert (health.faces, health.left_out, health.not_compared) == (PEOPLE * PHOTOS, 9 * PHOTOS, 0)
