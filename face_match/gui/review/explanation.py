"""Why this person: the face beside the faces that it is most like, in the same pose; and who comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from face_match.core.matches import Match
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.core.types import FaceQuality
from face_match.decision.probability import probability_word
from face_match.decision.threshold import is_accepted, is_match
from face_match.gallery.search.embedding_tables import comparable
from face_match.gui import phrases
from face_match.gui.age_phrases import across_childhood
from face_match.gui.images import aligned_image, face_image
from face_match.gui.state.tasks import DECODE
from face_match.gui.widgets.compare_view import CropLabel
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.workflows.match import match_probabilities, matches

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session
    from face_match.workflows.review import Review

FACES = 3
"""Of the person, beside the face."""


class Explanation(NamedTuple):
    """What speaks for a person, and against.

    Attributes:
        face: aligned as the others are.
        faces: those of the person that are most like it, with their similarities.
        person: who is proposed, or else who comes nearest; None where there is nobody.
        similarity: to that person's most alike face.
        match: what else is known of that person; None where others are more like the face.
        runner_up: who comes next, with the similarity.
    """

    face: QImage
    quality: FaceQuality | None
    faces: list[tuple[QImage, float]]
    person: Person | None = None
    similarity: float = 0.0
    match: Match | None = None
    runner_up: tuple[Person, float] | None = None


class ExplanationView(QWidget):
    """Of one face and the person who is proposed for it; else of who comes nearest."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.face = CropLabel("whyFaceLabel", "This face")
        self.faces = [CropLabel(f"whyFace{n}Label", f"Face {n} of the person") for n in (1, 2, 3)]
        self._captions = [PlainLabel() for _ in range(1 + FACES)]
        self.text = WrappedLabel("", "whyLabel", "Why this person")
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for label, caption in zip((self.face, *self.faces), self._captions, strict=True):
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            label.setFixedSize(92, 92)
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(label)
            column.addWidget(caption)
            row.addLayout(column)
        row.addSpacing(8)
        row.addWidget(self.text, 1)

    def show_face(self, face: FaceRecord | None, person: Person | None) -> None:
        """Look for the reasons in the background, and show them."""
        review = self._session.reviewing.review
        self._session.tasks.drop("why")
        if face is None or review is None:
            self._show(None, None)
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Explanation:
            return reasons(review, face, person)

        def on_done(found: Explanation) -> None:
            self._show(found, person)

        self._session.tasks.start(DECODE, job, on_done, self._session.fail, key="why", owner=review.gallery)

    def _show(self, found: Explanation | None, proposed: Person | None) -> None:
        self.face.setVisible(found is not None)
        self.face.show_picture(found.face if found is not None else None)
        self._captions[0].setText("this face" if found is not None else "")
        faces = found.faces if found is not None else []
        for number, label in enumerate(self.faces):
            is_there = number < len(faces)
            label.show_picture(faces[number][0] if is_there else None)
            label.setVisible(is_there)
            self._captions[1 + number].setText(f"{faces[number][1]:.3f}" if is_there else "")
        self.text.setText(self._told(found, proposed) if found is not None else "")

    def _told(self, found: Explanation, proposed: Person | None) -> str:
        told = []
        if found.person is not None:
            name, match = phrases.display_name(found.person.name), found.match
            chance, threshold = self._chance(match), self._session.threshold
            word = f", {probability_word(chance).lower()}" if chance is not None else ""
            is_one = match is not None and is_accepted(match, threshold)
            if proposed is not None:
                told.append(f"{name}: {found.similarity:.3f}{word}.")
            elif is_one:
                told.append(f"Like {name}, {found.similarity:.3f}{word}, who is in that photo already.")
            elif match is not None and match.undecided is not None and is_match(match.similarity, threshold):
                told.append(phrases.undecided(match.undecided))
            else:
                told.append(phrases.below_threshold(found.person.name, found.similarity, chance))
            if match is not None and (proposed is not None or is_one):
                told.append(across_childhood(match))
        if found.runner_up is not None:
            other, similarity = found.runner_up
            told.append(phrases.runner_up(other.name, similarity, found.similarity))
        quality = found.quality
        if quality is not None:
            told.append(
                f"The face is {', '.join(quality.reasons)}."
                if quality.reasons
                else f"Quality: {quality.verdict.value}."
            )
        return "\n".join(filter(None, told))

    def _chance(self, match: Match | None) -> float | None:
        costs = self._session.costs.current
        if match is None or costs is None:
            return None
        return match_probabilities([match], costs.probability)[0]


def reasons(review: Review, face: FaceRecord, proposed: Person | None) -> Explanation:
    """What there is to say of a face; slow.

    Raises:
        ImageUnreadableError: its crop is lost.
    """
    gallery, model_id = review.gallery, review.model_id
    crop = gallery.crop_of(face)
    image = aligned_image(crop.pixels, crop.box, crop.landmarks)
    embedding = face.embeddings[model_id]
    nearest = matches(gallery, embedding, model_id, 2, face)
    person = proposed or (nearest[0].person if nearest else None)
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
