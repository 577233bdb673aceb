"""Evaluate models on a folder of labelled photos, `person/photo`."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    ImageUnreadableError,
    ModelError,
    NoFaceError,
    SamePhotoError,
    without_frames,
)
from face_match.core.number_text import plural
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.types import Embedding, Face, Photo
from face_match.decision.comparisons import all_pairs
from face_match.decision.confidence_intervals import FEWEST_PEOPLE
from face_match.decision.evaluation import Evaluation, evaluate
from face_match.decision.identification import Integers, leave_one_out
from face_match.decision.open_set import (
    RatesAtGallerySize,
    default_threshold_raise,
    default_threshold_raise_in,
    rates_by_gallery_size,
)
from face_match.decision.paired_comparison import MeasuredModel, ModelComparison, compare_models
from face_match.decision.scoring import rival_penalty_for, scores_with
from face_match.decision.subgroups import GroupedRates, rates_by_group
from face_match.decision.threshold import lowest_match_score, threshold_range
from face_match.vision.models.registry import MTCNN, all_detectors, all_models
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import run_batch
from face_match.workflows.import_people import PhotoOfPerson

COMPARABLE = 0.5
"""Faces with at least this share of the largest face's area may be the person's too."""


class ModelSetup(NamedTuple):
    """A model, its engine ("onnx" or "reference") and its detector."""

    model_id: str
    engine: str = "onnx"
    detector: str = MTCNN

    @property
    def label(self) -> str:
        """As typed on the command line: MODEL, MODEL@ENGINE, MODEL+DETECTOR."""
        label = self.model_id if self.engine == "onnx" else f"{self.model_id}@{self.engine}"
        return label if self.detector == MTCNN else f"{label}+{self.detector}"

    @property
    def title(self) -> str:
        """As shown in reports."""
        models = all_models()
        title = models[self.model_id].title if self.model_id in models else self.model_id
        if self.engine != "onnx":
            title = f"{title} on the {self.engine} engine"
        if self.detector == MTCNN:
            return title
        return f"{title}, faces by {all_detectors().get(self.detector, self.detector)}"


class PhotoFailure(NamedTuple):
    """A photo that could not be used, with the error; `place` is its path from the person's folder on."""

    path: Path
    place: str
    error: FaceMatchError


@dataclass
class EmbeddedPhotos:
    """The embeddings of labelled photos under one model.

    Attributes:
        photos: the number of photos; `done` of them were processed.
        paths, names, embeddings: the file, the person and the embedding of each photo that has one.
        failed: the other processed photos, with the error.
        faces_found: the number of faces in all photos; one in each is used.
        seconds: the time for all photos.
        detection_seconds: the median time to detect the faces of a photo; NaN without photos.
        embedding_seconds: the median time to embed one face; NaN without photos.
        is_partial: whether it was cancelled before the last photo.
    """

    photos: int
    done: int = 0
    paths: list[Path] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    embeddings: list[Embedding] = field(default_factory=list)
    failed: list[PhotoFailure] = field(default_factory=list)
    faces_found: int = 0
    seconds: float = 0.0
    detection_seconds: float = float("nan")
    embedding_seconds: float = float("nan")
    is_partial: bool = False

    @property
    def seconds_per_photo(self) -> float:
        return self.seconds / self.done if self.done else float("nan")


class NotComparable(NamedTuple):
    """Why two models cannot be compared; continues a sentence after a colon."""

    reason: str


class ModelResult(NamedTuple):
    """The evaluation of one model.

    Attributes:
        names: the people's names, by their numbers.
        threshold: the program's threshold.
        sizes: FPIR and FNIR by gallery size; empty with too few people.
        groups: error rates within groups, one entry for each column of labels.
        compared: the comparison with the first model on the photos that both could embed; None for the first
            model.
    """

    setup: ModelSetup
    embedded: EmbeddedPhotos
    names: list[str]
    threshold: float
    evaluation: Evaluation
    sizes: tuple[RatesAtGallerySize, ...] = ()
    groups: tuple[GroupedRates, ...] = ()
    compared: ModelComparison | NotComparable | None = None


class ModelFailure(NamedTuple):
    """A model that could not be evaluated, with the error."""

    setup: ModelSetup
    error: FaceMatchError


Labels = Mapping[str, Mapping[str, str]]
"""The label of each person who has one, by column."""


class EvaluationOptions(NamedTuple):
    """Options of an evaluation.

    Attributes:
        folds, hard_negatives: as `evaluation.evaluate` takes them.
        small_faces: as `FacePipeline.load` takes it.
        labels: labels of people, for error rates by group.
    """

    folds: int = 0
    hard_negatives: bool = False
    small_faces: bool = False
    labels: Labels = MappingProxyType({})


DEFAULT_OPTIONS = EvaluationOptions()


def evaluate_models(
    photos: Sequence[PhotoOfPerson],
    setups: Sequence[ModelSetup],
    threshold_of: Callable[[str], float],
    options: EvaluationOptions = DEFAULT_OPTIONS,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> list[ModelResult | ModelFailure]:
    """Evaluate each model on the same photos. A model that cannot be loaded does not stop the others.

    If cancelled, the current model is evaluated on the photos done so far, and the following ones are not
    evaluated.

    Args:
        threshold_of: gives the program's threshold for a model id.
    """
    results: list[ModelResult | ModelFailure] = []
    for number, setup in enumerate(setups):

        def on_own_progress(done: int, total: int, before: int = number * len(photos)) -> None:
            on_progress(before + done, len(setups) * len(photos))

        try:
            if is_cancelled():
                raise CancelledError
            pipeline = FacePipeline.load(
                setup.model_id,
                setup.engine,
                detector=setup.detector,
                small_faces=options.small_faces,
                threads=1,
            )
        except (ModelError, CancelledError) as exc:
            results.append(ModelFailure(setup, without_frames(exc)))
            continue
        embedded = embed_photos(photos, pipeline, on_own_progress, is_cancelled)
        run = _evaluate_model(setup, embedded, threshold_of(setup.model_id), options)
        first = next((result for result in results if isinstance(result, ModelResult)), None)
        results.append(run if first is None else run._replace(compared=compare(first, run)))
    return results


def _evaluate_model(
    setup: ModelSetup, embedded: EmbeddedPhotos, threshold: float, options: EvaluationOptions
) -> ModelResult:
    names, people = _numbered(embedded.names)
    embeddings = np.stack(embedded.embeddings) if embedded.embeddings else np.zeros((0, 1), np.float32)
    lowest, rival_penalty = lowest_match_score(threshold), rival_penalty_for(setup.model_id)
    evaluation = evaluate(
        embeddings,
        people,
        lowest,
        rival_penalty=rival_penalty,
        folds=options.folds,
        hard_negatives=options.hard_negatives,
    )
    is_default = (
        threshold == threshold_range(setup.model_id).default
    )  # a threshold set by the user is not raised
    sizes = rates_by_gallery_size(
        embeddings,
        people,
        lowest,
        partial(scores_with, rival_penalty=rival_penalty),
        partial(default_threshold_raise_in, model_id=setup.model_id) if is_default else None,
    )
    groups = tuple(
        rates_by_group(
            *(column, [labels.get(name) for name in names], embeddings, people),
            threshold=lowest,
            rival_penalty=rival_penalty,
            threshold_raise=partial(default_threshold_raise, model_id=setup.model_id) if is_default else None,
        )
        for column, labels in options.labels.items()
    )
    return ModelResult(setup, embedded, names, threshold, evaluation, sizes, groups)


def compare(first: ModelResult, second: ModelResult) -> ModelComparison | NotComparable:
    """Compare the second model with the first, on the photos that both could embed."""
    if first.embedded.is_partial or second.embedded.is_partial:
        return NotComparable("one of them was cancelled before the last photo")
    of_first, of_second = (
        {path: row for row, path in enumerate(run.embedded.paths)} for run in (first, second)
    )
    both = [path for path in of_first if path in of_second]
    whose = [first.embedded.names[of_first[path]] for path in both]
    names, people = _numbered(whose)
    if not both:
        return NotComparable("there is no photo that both could use")
    if len(names) < FEWEST_PEOPLE:
        people_text = plural(len(names), "person", "people")
        return NotComparable(f"both could use photos of {people_text} only, and {FEWEST_PEOPLE} are needed")
    if len(both) == len(names):
        return NotComparable("nobody has two photos that both could use")
    return compare_models(
        _measure(first, [of_first[path] for path in both], people),
        _measure(second, [of_second[path] for path in both], people),
    )


def _measure(run: ModelResult, rows: list[int], people: Integers) -> MeasuredModel:
    evaluation, lowest = run.evaluation, lowest_match_score(run.threshold)
    if rows == list(range(evaluation.photos)):
        return MeasuredModel(evaluation.comparisons, evaluation.searches, lowest)
    embeddings = np.stack([run.embedded.embeddings[row] for row in rows])
    similarities = embeddings @ embeddings.T
    rival_penalty = rival_penalty_for(run.setup.model_id)
    searches = leave_one_out(embeddings, people, rival_penalty, len(people), similarities=similarities)
    return MeasuredModel(all_pairs(similarities, people), searches, lowest)


def _numbered(names: Sequence[str]) -> tuple[list[str], Integers]:
    """The people's names, sorted, and the number of the person of each photo, shape (n,)."""
    people, numbers = np.unique(np.array(names, dtype=object), return_inverse=True)
    return people.tolist(), numbers.astype(np.int64)


def embed_photos(
    photos: Sequence[PhotoOfPerson],
    pipeline: FacePipeline,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> EmbeddedPhotos:
    """Embed the main face of each photo; if cancelled, of those done so far. Copies of a photo count once."""
    results: list[tuple[int, _MainFace | FaceMatchError]] = []

    def embed(item: tuple[int, PhotoOfPerson]) -> _MainFace:
        photo = item[1]
        try:
            return _embed_main_face(load_photo(photo.path), photo.place, pipeline)
        except ImageUnreadableError as exc:
            raise ImageUnreadableError(photo.place, exc.reason) from exc

    def handle(item: tuple[int, PhotoOfPerson], result: _MainFace | FaceMatchError) -> None:
        results.append((item[0], result))

    begin = time.perf_counter()
    stopped_by = run_batch(
        [*enumerate(photos)], embed, handle, on_progress=on_progress, is_cancelled=is_cancelled
    )
    results.sort(key=lambda pair: pair[0])
    embedded = _collected(photos, results)
    embedded.seconds = time.perf_counter() - begin
    embedded.is_partial = stopped_by is not None
    return embedded


class _MainFace(NamedTuple):
    """The main face of a photo, embedded; `faces` is the number of faces in the photo."""

    digest: str
    faces: int
    embedding: Embedding
    detection_seconds: float
    embedding_seconds: float


def _embed_main_face(photo: Photo, place: str, pipeline: FacePipeline) -> _MainFace:
    start = time.perf_counter()
    faces = pipeline.detect(photo)
    detected = time.perf_counter()
    face = main_face(photo, faces)
    if face is None:
        raise NoFaceError(place)
    begin = time.perf_counter()
    (embedded,) = pipeline.embed(photo, [face])
    return _MainFace(
        photo.digest, len(faces), embedded.embedding, detected - start, time.perf_counter() - begin
    )


def _collected(
    photos: Sequence[PhotoOfPerson], results: Sequence[tuple[int, _MainFace | FaceMatchError]]
) -> EmbeddedPhotos:
    """The results of photos, by their numbers, in the order of the photos."""
    embedded = EmbeddedPhotos(len(photos), done=len(results))
    first_of: dict[str, PhotoOfPerson] = {}
    times: list[tuple[float, float]] = []
    for number, result in results:
        photo = photos[number]
        if isinstance(result, FaceMatchError):
            embedded.failed.append(PhotoFailure(photo.path, photo.place, result))
            continue
        embedded.faces_found += result.faces
        first = first_of.setdefault(result.digest, photo)
        if first != photo:
            error = SamePhotoError(photo.place, first.place)
            embedded.failed.append(PhotoFailure(photo.path, photo.place, error))
            continue
        embedded.paths.append(photo.path)
        embedded.names.append(photo.name)
        embedded.embeddings.append(result.embedding)
        times.append((result.detection_seconds, result.embedding_seconds))
    if times:
        embedded.detection_seconds, embedded.embedding_seconds = np.median(times, axis=0).tolist()
    return embedded


def main_face(photo: Photo, faces: Sequence[Face]) -> Face | None:
    """The face of the person whose photo it is: the largest face or, where others are about as large, the one
    of them nearest the centre of the photo. A small face in the centre is somebody in the background."""

    def off_centre(face: Face) -> float:
        box = face.box
        x, y = box.x + box.width / 2, box.y + box.height / 2
        return float(np.hypot(x - photo.width / 2, y - photo.height / 2))

    largest = max((_area(face) for face in faces), default=0.0)
    large = [face for face in faces if _area(face) >= COMPARABLE * largest]
    return min(large, key=off_centre, default=None)


def _area(face: Face) -> float:
    return face.box.width * face.box.height
