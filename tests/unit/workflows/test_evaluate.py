"""Labelled photos become embeddings and figures; what fails is listed, and what is cancelled says so."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from face_match.core.errors import CancelledError, ImageUnreadableError, ModelMissingError, SamePhotoError
from face_match.core.messages import error_message
from face_match.core.types import Box, Face, Landmarks
from face_match.decision.evaluation import evaluate
from face_match.decision.paired_comparison import ModelComparison
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.evaluate import (
    EmbeddedPhotos,
    EvaluationOptions,
    ModelFailure,
    ModelResult,
    ModelSetup,
    NotComparable,
    compare,
    embed_photos,
    evaluate_models,
    main_face,
)
from face_match.workflows.import_people import photos_by_person


@pytest.fixture
def folder(tmp_path: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """Two people with two photos each, and one that is no photo."""
    for name, file in (("Eileen", astronaut_file), ("Grace", hopper_file)):
        (tmp_path / name).mkdir()
        with Image.open(file) as image:
            face = image.convert("RGB")
        for number, brightness in enumerate((1.0, 0.8)):
            ImageEnhance.Brightness(face).enhance(brightness).save(tmp_path / name / f"{number}.jpg")
    (tmp_path / "Grace" / "broken.jpg").write_bytes(b"not a photo")
    return tmp_path


def stopping_after(photos: int) -> tuple[Callable[[int, int], None], Callable[[], bool], list[int]]:
    """Progress that is recorded, and a cancellation once so many photos are done."""
    seen: list[int] = []

    def on_progress(done: int, total: int) -> None:
        seen.append(done)

    return on_progress, lambda: len(seen) >= photos, seen


def at_default(model_id: str) -> float:
    return 0.94


def test_each_photo_gives_an_embedding_or_a_reason(folder: Path, pipeline: FacePipeline) -> None:
    shutil.copy(folder / "Eileen" / "0.jpg", folder / "Grace" / "copy.jpg")
    embedded = embed_photos(photos_by_person(folder), pipeline)
    assert embedded.names == ["Eileen", "Eileen", "Grace", "Grace"]
    assert [path.name for path in embedded.paths] == ["0.jpg", "1.jpg", "0.jpg", "1.jpg"]
    assert np.linalg.norm(np.stack(embedded.embeddings), axis=1) == pytest.approx(1.0)
    assert {failed.place: type(failed.error) for failed in embedded.failed} == {
        "Grace/broken.jpg": ImageUnreadableError,
        "Grace/copy.jpg": SamePhotoError,
    }
    told = {failed.place: error_message(failed.error) for failed in embedded.failed}
    assert told["Grace/broken.jpg"].startswith("Grace/broken.jpg is not a readable image")
    assert told["Grace/copy.jpg"] == (
        "Grace/copy.jpg is the same photo as Eileen/0.jpg, and was counted once."
    )
    assert (embedded.photos, embedded.done, embedded.faces_found) == (6, 6, 5)
    assert embedded.seconds_per_photo == embedded.seconds / 6 > 0
    assert 0 < embedded.detection_seconds < 30
    assert 0 < embedded.embedding_seconds < 30
    assert not embedded.is_partial


def test_two_people_may_both_have_a_photo_of_that_name(folder: Path, pipeline: FacePipeline) -> None:
    for place in ("Eileen/2023", "Eileen/2024", "Grace"):
        (folder / place).mkdir(exist_ok=True)
        Image.new("RGB", (100, 100), (10, 20, len(place))).save(folder / place / "2.png")
    shutil.copy(folder / "Grace" / "2.png", folder / "Eileen" / "2.png")
    failed = embed_photos(photos_by_person(folder), pipeline).failed
    places = ["Eileen/2.png", "Eileen/2023/2.png", "Eileen/2024/2.png", "Grace/2.png", "Grace/broken.jpg"]
    assert [one.place for one in failed] == places
    for one in failed:
        assert one.place in error_message(one.error)


def test_a_cancelled_model_is_told_of_by_what_it_has_seen_and_the_next_is_not_begun(folder: Path) -> None:
    on_progress, is_cancelled, seen = stopping_after(2)
    first, second = evaluate_models(
        photos_by_person(folder),
        [ModelSetup("dlib"), ModelSetup("facenet")],
        at_default,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
    )
    assert isinstance(first, ModelResult)
    assert first.embedded.is_partial
    assert first.embedded.done == len(seen) == 2
    people = {path.parent.name for path in first.embedded.paths}  # with a slow core, the first of each person
    assert {*first.names} == people <= {"Eileen", "Grace"}
    assert first.evaluation.photos == len(first.embedded.paths) > 0
    assert isinstance(second, ModelFailure)
    assert isinstance(second.error, CancelledError)


def test_a_model_that_is_not_there_does_not_keep_the_others_from_it(folder: Path) -> None:
    missing, unknown, there = evaluate_models(
        photos_by_person(folder),
        [ModelSetup("facenet"), ModelSetup("arcface"), ModelSetup("dlib")],
        at_default,
        EvaluationOptions(hard_negatives=True, labels={"kind": {"Eileen": "one"}}),
    )
    assert isinstance(missing, ModelFailure)
    assert isinstance(missing.error, ModelMissingError)
    assert isinstance(unknown, ModelFailure)
    assert isinstance(there, ModelResult)
    assert there.names == ["Eileen", "Grace"]
    assert there.evaluation.rank[1].value == 1.0
    assert there.evaluation.eer.value == 0.0
    assert there.threshold == 0.94
    assert there.evaluation.default.threshold.value == pytest.approx(0.9395), "as the program rounds"
    assert there.sizes == (), "two people are too few"
    assert there.groups == (("kind", 0, (), {"one": 1}, 1),)
    assert there.compared is None, "it is the first of which there is anything to tell"
    hard = there.evaluation.hard_negatives
    assert hard is not None
    assert [(pair.one, pair.other, pair.pairs) for pair in hard.confused] == [(0, 1, 4)]


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([Box(0, 0, 200, 200), Box(230, 230, 40, 40)], 0),
        ([Box(0, 0, 100, 100), Box(200, 200, 90, 90)], 1),
        ([Box(200, 200, 60, 70), Box(0, 0, 90, 90)], 0),
        ([Box(230, 230, 40, 40), Box(0, 0, 150, 150), Box(250, 180, 140, 140)], 2),
        ([Box(400, 10, 20, 20)], 0),
        ([], None),
    ],
    ids=["largest by far", "both large", "more than half", "one small of three", "alone", "none"],
)
def test_the_largest_face_is_the_persons_and_of_several_large_ones_that_in_the_middle(
    boxes: list[Box], expected: int | None, astronaut_file: Path
) -> None:
    photo = load_photo(astronaut_file)
    faces = [Face(box, Landmarks.of([(0, 0)] * 5), 0.99) for box in boxes]
    found = main_face(photo, faces)
    assert found is (None if expected is None else faces[expected])


def run_of(seed: int, *, left_out: Callable[[int, int], bool] = lambda person, photo: False) -> ModelResult:
    """Of twelve people with four photos each, some of which have no embedding; people are as much alike to
    every model."""
    centres = np.random.default_rng(1).normal(size=(12, 32))
    random = np.random.default_rng(seed)
    embedded = EmbeddedPhotos(48, 48)
    for person, photo in itertools.product(range(12), range(4)):
        embedding = centres[person] + random.normal(size=32)
        if not left_out(person, photo):
            embedded.paths.append(Path(f"{person:02}") / f"{photo}.jpg")
            embedded.names.append(f"{person:02}")
            embedded.embeddings.append((embedding / np.linalg.norm(embedding)).astype(np.float32))
    embeddings = np.stack(embedded.embeddings)
    names, people = np.unique(embedded.names, return_inverse=True)
    evaluation = evaluate(embeddings, people, 0.5, replicates=20)
    return ModelResult(ModelSetup("facenet"), embedded, names.tolist(), 0.5, evaluation)


def test_models_are_compared_on_the_photos_that_both_could_use() -> None:
    whole, part = run_of(1), run_of(1, left_out=lambda person, photo: person == 3 or photo == person % 4)
    found = compare(whole, part)
    assert isinstance(found, ModelComparison)
    assert (found.photos, found.people) == (11 * 3, 11)
    rates = [*found.tar_at_fmr.values(), *found.fnir_at_fpir.values(), found.fpir, found.fnir, found.eer]
    assert len(rates) == 5, "528 impostor pairs can tell of 1 in 100, 33 strangers of 1 in 10"
    for rate in rates:
        assert rate.first == rate.second, "the vectors of these photos are the same"
        assert rate.difference == (0.0, (0.0, 0.0))
    both = compare(whole, run_of(2))
    assert isinstance(both, ModelComparison)
    assert (both.photos, both.people) == (48, 12)
    assert both.eer.first == pytest.approx(whole.evaluation.eer.value)


def test_why_models_cannot_be_compared_is_said() -> None:
    whole = run_of(1)
    odd, even = (run_of(1, left_out=lambda person, photo, k=k: photo % 2 == k) for k in (0, 1))  # type: ignore[misc]
    assert compare(odd, even) == NotComparable("there is no photo that both could use")
    few = run_of(1, left_out=lambda person, photo: person > 3)
    assert compare(whole, few) == NotComparable("both could use photos of 4 people only, and 5 are needed")
    single = run_of(1, left_out=lambda person, photo: photo > 0)
    assert compare(whole, single) == NotComparable("nobody has two photos that both could use")
    partial = run_of(1)
    partial.embedded.is_partial = True
    assert compare(whole, partial) == NotComparable("one of them was cancelled before the last photo")


def test_a_contender_is_called_what_is_typed_and_shown_as_what_is_read() -> None:
    assert ModelSetup("facenet", "reference").label == "facenet@reference"
    assert ModelSetup("facenet", "reference").title == "FaceNet on the reference engine"
    assert (ModelSetup("dlib").label, ModelSetup("dlib").title) == ("dlib", "built-in (dlib)")
