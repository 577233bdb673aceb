"""A gallery teaches what its similarities mean; what it taught is kept, sealed and erased with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import GalleryWriteError, TooLittleDataError
from face_match.core.types import Box, Crop, Landmarks, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.records.history import NamingOutcomes
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import vault
from face_match.workflows.calibrate import (
    calibrate,
    calibration_comparisons,
    children_to_warn_about,
    impostor_model_of,
    learned_logistic,
    probability_model_for,
)

MODEL, OTHER = "dlib", "facenet"
CROP = Crop(np.zeros((8, 8, 3), np.uint8), Box(1, 1, 6, 6), Landmarks.of([(1, n) for n in range(5)]))


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Gallery]:
    """Twelve people with three faces each, who are told apart easily."""
    random = np.random.default_rng(7)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        for person in range(12):
            middle = random.normal(size=128)
            for _ in range(3):
                embedding = middle + 0.5 * random.normal(size=128)
                unit = (embedding / np.linalg.norm(embedding)).astype(np.float32)
                opened.add(f"person {person}", NewFace(CROP, {MODEL: unit}), None)
        yield opened


def with_embeddings_of(gallery: Gallery, model_id: str) -> None:
    """Every face gets the same embedding of another model too, filled up."""
    faces = [face for person in gallery.people for face in gallery.faces_of(person)]
    wide = [np.pad(face.embeddings[MODEL], (0, 384)) for face in faces]
    gallery.add_embeddings(
        model_id, {face.id: one for face, one in zip(faces, wide, strict=True)}, store=True
    )


def test_a_gallery_that_has_taught_says_how_likely_a_match_is(gallery: Gallery) -> None:
    with_embeddings_of(gallery, OTHER)
    impostors = impostor_model_of(gallery, OTHER)
    assert impostors is not None
    assert probability_model_for(gallery, OTHER, impostors) is None, "nobody has measured it"
    learned = calibrate(gallery, OTHER, calibration_comparisons(gallery, OTHER))
    assert learned_logistic(gallery, OTHER) == learned
    said = probability_model_for(gallery, OTHER, impostors)
    assert said is not None
    assert said.of_best_match(0.9) > 0.9
    assert said.of_best_match(0.1) < 0.1
    assert learned_logistic(gallery, MODEL) is None
    reader = Gallery.open(gallery.folder, for_writing=False)
    assert learned_logistic(reader, OTHER) == learned
    with pytest.raises(GalleryWriteError):
        calibrate(reader, OTHER, calibration_comparisons(reader, OTHER))


def test_the_measured_model_needs_no_teaching(gallery: Gallery) -> None:
    said = probability_model_for(gallery, MODEL, impostor_model_of(gallery, MODEL))
    assert said is not None
    assert said.logistic == calibrate(gallery, MODEL, calibration_comparisons(gallery, MODEL))
    assert learned_logistic(gallery, MODEL) is None


def test_what_version_0_1_learned_of_pairs_is_not_used(gallery: Gallery) -> None:
    before = {"kind": "logistic", "slope": 9.0, "offset": -5.0, "similarities": [], "probabilities": []}
    gallery.save_calibration(OTHER, {"samples": 36, "map": before})
    assert learned_logistic(gallery, OTHER) is None


def test_decisions_on_unnamed_faces_say_how_many_are_of_strangers(gallery: Gallery) -> None:
    impostors = impostor_model_of(gallery, MODEL)

    def share() -> float:
        said = probability_model_for(gallery, MODEL, impostors)
        assert said is not None
        return said.non_mated_share

    assert share() == 0.5, "what was added with its name says nothing"
    faces = [NewFace(CROP, {}, Box(100.0 * number, 2, 30, 40)) for number in range(40)]
    seen = gallery.record_photo(PhotoFileInfo("ab", "ab", 1, 1), scan="made-up", faces=faces).new_faces
    for face in seen[:5]:
        gallery.name_faces([face.id], gallery.people[0].name, allow_same_photo=True)
    after_five = share()
    assert after_five == pytest.approx(20 / 45)
    for face in seen[5:20]:
        gallery.reject(gallery.people[1], [face.id])
    assert share() == pytest.approx(35 / 60)
    gallery.name_faces([face.id for face in seen[20:23]], "Somebody new", allow_same_photo=True)
    assert gallery.naming_outcomes() == NamingOutcomes(known=5, strangers=16)
    for _ in range(16):
        gallery.undo()
    assert share() == after_five


def test_too_few_people_teach_nothing_and_are_counted(gallery: Gallery) -> None:
    for person in gallery.people[:3]:
        gallery.remove([face.id for face in gallery.faces_of(person)[1:]])
    with pytest.raises(TooLittleDataError) as caught:
        calibrate(gallery, MODEL, calibration_comparisons(gallery, MODEL))
    assert (caught.value.people, caught.value.needed) == (9, 10)
    assert learned_logistic(gallery, MODEL) is None


def test_many_children_are_counted_and_few_are_not(gallery: Gallery) -> None:
    this_year = date.today().year
    for person, born in zip(gallery.people, (this_year - 3, this_year - 15, this_year - 30), strict=False):
        gallery.set_birth_date(person, str(born))
    assert children_to_warn_about(gallery) == 0, "two of twelve"
    gallery.set_birth_date(gallery.people[3], f"{this_year - 8}-01")
    assert children_to_warn_about(gallery) == 3


def test_an_empty_gallery_has_no_comparisons(tmp_path: Path) -> None:
    with Gallery.open(tmp_path / "empty", for_writing=True) as gallery:
        comparisons = calibration_comparisons(gallery, MODEL)
        assert (len(comparisons.genuine), len(comparisons.impostor)) == (0, 0)


def test_a_rejection_is_a_false_comparison_as_long_as_it_stands(gallery: Gallery) -> None:
    before = calibration_comparisons(gallery, MODEL)
    faces = [NewFace(CROP, {}, Box(100.0 * number, 2, 30, 40)) for number in range(2)]
    one, other = gallery.record_photo(PhotoFileInfo("ab", "ab", 1, 1), scan="made-up", faces=faces).new_faces
    gallery.reject(gallery.people[0], [one.id], {one.id: {MODEL: 0.97, "facenet": 0.5}})
    gallery.reject(gallery.people[1], [other.id])
    after = calibration_comparisons(gallery, MODEL)
    assert len(after.impostor) == len(before.impostor) + 1
    assert after.impostor.max() == 0.97
    gallery.undo()
    gallery.undo()
    assert len(calibration_comparisons(gallery, MODEL).impostor) == len(before.impostor)


def test_what_was_taught_is_sealed_and_erased_with_the_gallery(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "SCRYPT_N", 2**4)
    with_embeddings_of(gallery, OTHER)
    folder, file = gallery.folder, gallery.folder / "calibrations.json"
    learned = calibrate(gallery, OTHER, calibration_comparisons(gallery, OTHER))
    gallery.close()
    encryption.encrypt(folder, "secret")
    assert b"standing" not in file.read_bytes()
    assert learned_logistic(Gallery.open(folder, for_writing=False, passphrase="secret"), OTHER) == learned
    encryption.decrypt(folder, "secret")
    assert OTHER in json.loads(file.read_bytes())
    assert purge.purge(folder, "person 3").traces == []
    assert not file.exists(), "it was learned from that person too"
    with Gallery.open(folder, for_writing=True) as again:
        calibrate(again, OTHER, calibration_comparisons(again, OTHER))
    assert purge.clear(folder) == []
    assert not file.exists()


def test_a_file_that_makes_no_sense_is_passed_over_and_replaced(gallery: Gallery) -> None:
    with_embeddings_of(gallery, OTHER)
    file = gallery.folder / "calibrations.json"
    file.write_bytes(b'{"facenet": {"logistic": {"score": "a"}}}')
    assert learned_logistic(gallery, OTHER) is None
    calibrate(gallery, OTHER, calibration_comparisons(gallery, OTHER))
    assert learned_logistic(gallery, OTHER) is not None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"facenet": 3}'])
def test_a_file_of_others_is_passed_over_and_not_replaced(gallery: Gallery, content: bytes) -> None:
    with_embeddings_of(gallery, OTHER)
    file = gallery.folder / "calibrations.json"
    file.write_bytes(content)
    assert learned_logistic(gallery, OTHER) is None
    with pytest.raises(GalleryWriteError, match="not the gallery"):
        calibrate(gallery, OTHER, calibration_comparisons(gallery, OTHER))
    assert file.read_bytes() == content
