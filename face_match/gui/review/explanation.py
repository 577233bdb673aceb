"""Why a person is suggested: the face beside the most similar faces of the person, and the runner-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from face_match.core.matches import Match
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.core.types import FaceQuality
from face_match.decision.threshold import is_accepted, is_match
from face_match.gallery.search.embedding_tables import comparable
from face_match.gui import phrases
from face_match.gui.age_phrases import across_childhood
from face_match.gui.images import aligned_image, face_image
from face_match.gui.state.tasks import DECODE, Tasks
from face_match.gui.widgets.compare_view import CropLabel
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.workflows.match import match_probabilities, matches

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.threshold import ThresholdState
    from face_match.gui.state.unnamed_faces import UnnamedFaces
    from face_match.workflows.review import Review

FACES = 3
"""Faces of the person shown beside the face."""
CROP_PX = 92


class Explanation(NamedTuple):
    """What speaks for and against a person.

    Attributes:
        face: the face, aligned.
        faces: the most similar faces of the person, aligned, with their similarities.
        person: the person suggested, else the most similar one; None in an empty gallery.
        similarity: of the face and the person's most similar face.
        match: the person's match; None where two other people are more similar.
        runner_up: the second person, with the similarity.
    """

    face: QImage
    quality: FaceQuality | None
    faces: list[tuple[QImage, float]]
    person: Person | None = None
    similarity: float = 0.0
    match: Match | None = None
    runner_up: tuple[Person, float] | None = None


class ExplanationView(QWidget):
    """Explains a suggestion for one face; without a suggestion, shows the most similar person."""

    def __init__(self, unnamed: UnnamedFaces, threshold: ThresholdState, tasks: Tasks) -> None:
        super().__init__()
        self._unnamed = unnamed
        self._threshold = threshold
        self._tasks = tasks
        self.face = CropLabel("whyFaceLabel", "This face")
        self.faces = [CropLabel(f"whyFace{n}Label", f"Face {n} of the person") for n in (1, 2, 3)]
        self._captions = [PlainLabel() for _ in range(1 + FACES)]
        self.text = WrappedLabel("", "whyLabel", "Why this person")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for label, caption in zip((self.face, *self.faces), self._captions, strict=True):
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            label.setFixedSize(CROP_PX, CROP_PX)
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(label)
            column.addWidget(caption)
            row.addLayout(column)
        row.addSpacing(8)
        row.addWidget(self.text, 1)

    def show_face(self, face: FaceRecord | None, suggested: Person | None) -> None:
        """Explain a face in the background, and show the result."""
        review = self._unnamed.review
        self._tasks.drop("why")
        if face is None or review is None:
            self._show(None, None)
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Explanation:
            return explain(review, face, suggested)

        def on_done(explanation: Explanation) -> None:
            self._show(explanation, suggested)

        self._tasks.start(DECODE, job, on_done, key="why", owners=(review.gallery,))

    def _show(self, explanation: Explanation | None, suggested: Person | None) -> None:
        self.face.setVisible(explanation is not None)
        self.face.show_picture(explanation.face if explanation is not None else None)
        self._captions[0].setText("this face" if explanation is not None else "")
        faces = explanation.faces if explanation is not None else []
        for number, label in enumerate(self.faces):
            is_shown = number < len(faces)
            label.show_picture(faces[number][0] if is_shown else None)
            label.setVisible(is_shown)
            self._captions[1 + number].setText(f"{faces[number][1]:.3f}" if is_shown else "")
        self.text.setText(self._text(explanation, suggested) if explanation is not None else "")

    def _text(self, explanation: Explanation, suggested: Person | None) -> str:
        lines = []
        if explanation.person is not None:
            lines += self._person_lines(explanation, explanation.person, is_suggested=suggested is not None)
        if explanation.runner_up is not None:
            other, similarity = explanation.runner_up
            lines.append(phrases.runner_up(other.name, similarity, explanation.similarity))
        quality = explanation.quality
        if quality is not None:
            lines.append(f"Quality: {', '.join(quality.reasons) or quality.verdict.value}.")
        return "\n".join(filter(None, lines))

    def _person_lines(self, explanation: Explanation, person: Person, *, is_suggested: bool) -> list[str]:
        match, similarity = explanation.match, explanation.similarity
        probability, threshold = self._probability(match), self._threshold.value
        is_over_threshold = match is not None and is_accepted(match, threshold)
        if is_suggested or is_over_threshold:
            line = phrases.suggestion(person.name, similarity, probability, is_in_photo=not is_suggested)
            return [line, across_childhood(match) if match is not None else ""]
        if match is not None and match.undecided is not None and is_match(match.similarity, threshold):
            return [phrases.undecided(match.undecided)]
        return [phrases.below_threshold(person.name, similarity, probability)]

    def _probability(self, match: Match | None) -> float | None:
        estimate = self._threshold.error_estimate
        if match is None or estimate is None:
            return None
        return match_probabilities([match], estimate.probability)[0]


def explain(review: Review, face: FaceRecord, suggested: Person | None) -> Explanation:
    """Explain the person suggested for a face, else the most similar person. Reads crops, so it is slow.

    Raises:
        ImageUnreadableError: the crop of the face is missing or damaged.
    """
    gallery, model_id = review.gallery, review.model_id
    crop = gallery.crop_of(face)
    image = aligned_image(crop.pixels, crop.box, crop.landmarks)
    embedding = face.embeddings[model_id]
    nearest = matches(gallery, embedding, model_id, 2, face)
    person = suggested or (nearest[0].person if nearest else None)
    if person is None:
        return Explanation(image, face.quality, [])
    ranked = sorted(
        (
            (float(one.embeddings[model_id] @ embedding), one)
            for one in comparable(gallery.faces_of(person), model_id, len(embedding))
        ),
        key=lambda pair: -pair[0],
    )
    others = [match for match in nearest if match.person.folder != person.folder]
    similarity = ranked[0][0] if ranked else 0.0
    own = next((match for match in nearest if match.person.folder == person.folder), None)
    return Explanation(
        image,
        face.quality,
        [(_image_of(gallery, face), similarity) for similarity, face in ranked[:FACES]],
        person,
        similarity,
        own,
        (others[0].person, others[0].similarity) if others else None,
    )


def _image_of(gallery: Gallery, face: FaceRecord) -> QImage:
    pixels = gallery.pixels_of(face)
    if face.box is None or face.landmarks is None:
        return face_image(pixels, face.box)
    return aligned_image(pixels, face.box, face.landmarks)
