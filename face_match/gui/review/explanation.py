"""Why a person is suggested: the person's most similar faces, and one line, in the height of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from face_match.core.matches import Match
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.core.types import FaceQuality, Verdict
from face_match.decision.threshold import is_accepted, is_match
from face_match.gallery.records.faces import comparable
from face_match.gui import phrases, theme
from face_match.gui.age_phrases import across_childhood
from face_match.gui.images import aligned_image, face_image
from face_match.gui.review.group_phrases import group_chance, is_unlikely
from face_match.gui.state.tasks import DECODE, Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.covers import paint_rounded
from face_match.gui.widgets.layouts import row_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.plain_text import plain
from face_match.workflows.match import match_probabilities, matches

if TYPE_CHECKING:
    from face_match.core.records import Person
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.threshold import ThresholdState
    from face_match.gui.state.unnamed_faces import UnnamedFaces
    from face_match.workflows.face_groups import FaceGroup
    from face_match.workflows.review import Review

FACES = 3
"""Faces of the person shown."""
FACE_PX, QUIET_FACE_PX, GAP_PX = 40, 22, 6
QUIET_OPACITY = 0.65
LINES = 2
STALE_MS = 200
"""The explanation of the face before is shown for so long, lest the line flickers."""


class Explanation(NamedTuple):
    """What speaks for and against a person.

    Attributes:
        faces: the most similar faces of the person, aligned, with their similarities.
        person: the person suggested, else the most similar one; None in an empty gallery.
        score: of the person's match; the similarity where two other people are more similar.
        match: the person's match; None where two other people are more similar.
        runner_up: the second person, with the score.
    """

    quality: FaceQuality | None
    faces: list[tuple[QImage, float]]
    person: Person | None = None
    score: float = 0.0
    match: Match | None = None
    runner_up: tuple[Person, float] | None = None


class ExplanationView(QWidget):
    """Explains a suggestion for one face, and can reject it; without one, shows the most similar person."""

    def __init__(self, unnamed: UnnamedFaces, threshold: ThresholdState, tasks: Tasks) -> None:
        super().__init__()
        self._unnamed = unnamed
        self._threshold = threshold
        self._tasks = tasks
        self._is_held = False
        self._wanted_id = self._drawn_id = ""
        self._shown: tuple[Explanation | None, FaceGroup | None] = (None, None)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(STALE_MS)
        self._stale.timeout.connect(lambda: self._show(None, None))
        self.faces = _Faces()
        self.text = theme.set_type(
            LinesLabel(LINES, "", "whyLabel", tr("Why this person")), theme.CAPTION, faint=True
        )
        self.text.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.text.setMinimumHeight(FACE_PX)
        tip = tr("The suggestion is wrong: it is not made again for these faces (X)")
        self.reject_button = button(tr("Not them"), "notThemButton", tip, keys=tr("X"))
        row_of(self.faces, (self.text, 1), self.reject_button, on=self, margins=0, spacing=theme.GRID_PX)
        tallest = max(self.text.sizeHint().height(), self.reject_button.minimumSizeHint().height())
        self.setFixedHeight(max(FACE_PX, tallest))
        threshold.estimated.connect(lambda _: self._draw())

    def hold(self, is_held: bool) -> None:
        """Keep what is shown of a face while a name is typed; or show what came meanwhile."""
        self._is_held = is_held
        self._draw()

    @property
    def whole_text(self) -> str:
        """What is said, in full."""
        explanation, suggestion = self._shown
        return self._text(explanation, suggestion) if explanation is not None else ""

    def show_face(
        self, face: FaceRecord | None, suggestion: FaceGroup | None, hints: Sequence[str] = ()
    ) -> None:
        """Explain a face in the background, and show the result.

        Args:
            suggestion: its group, if a person is suggested for that.
            hints: the names in the metadata of its photo that no face of the photo has.
        """
        review, suggested = self._unnamed.review, suggestion.person if suggestion is not None else None
        self._tasks.drop("why")
        self._wanted_id = face.id if face is not None else ""
        if face is None or review is None:
            self._show(None, None)
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Explanation:
            return explain(review, face, suggested, hints)

        def on_done(explanation: Explanation) -> None:
            self._show(explanation, suggestion)

        self._stale.start()
        self._tasks.start(DECODE, job, on_done, key="why", owners=(review.gallery,))

    def _show(self, explanation: Explanation | None, suggestion: FaceGroup | None) -> None:
        self._stale.stop()
        self._shown = (explanation, suggestion)
        self._draw()

    def _draw(self) -> None:
        if self._is_held and self._wanted_id == self._drawn_id:
            return
        self._drawn_id = self._wanted_id
        explanation, suggestion = self._shown
        faces = explanation.faces if explanation is not None else []
        is_quiet = explanation is not None and suggestion is None and self._is_far(explanation)
        shown = faces[:1] if is_quiet else faces
        similarities = [phrases.score_text(similarity) for _, similarity in shown]
        self.faces.show_faces([image for image, _ in shown], ", ".join(similarities), is_quiet=is_quiet)
        self.text.setText(self.whole_text)
        self.text.setToolTip(plain(self.whole_text))

    def _text(self, explanation: Explanation, suggestion: FaceGroup | None) -> str:
        lines = []
        if explanation.person is not None:
            lines += self._person_lines(explanation, explanation.person, suggestion)
        if explanation.runner_up is not None and suggestion is not None:
            other, score = explanation.runner_up
            lines.append(phrases.runner_up(other.name, score))
        quality = explanation.quality
        if quality is not None and quality.verdict is not Verdict.GOOD and len(quality.reasons) > 1:
            # a single reason stands on the face
            lines.append(tr("Quality: {reasons}.", reasons=phrases.quality_reasons(quality)))
        return phrases.join(*lines)

    def _person_lines(
        self, explanation: Explanation, person: Person, suggestion: FaceGroup | None
    ) -> list[str]:
        match, score = explanation.match, explanation.score
        hint = phrases.hinted(person.name) if match is not None and match.is_hinted else ""
        if suggestion is not None:  # one judgement: that of the group, which the list of groups says too
            estimate = self._threshold.error_estimate
            chance = group_chance(suggestion, estimate.probability if estimate is not None else None)
            line = phrases.suggestion(person.name, score, chance, is_in_photo=False)
            low = tr("The threshold is low.") if is_unlikely(chance) else ""
            return [line, low, hint, across_childhood(match) if match is not None else ""]
        if match is not None and is_accepted(match, self._threshold.value):
            line = phrases.suggestion(person.name, score, self._probability(match), is_in_photo=True)
            return [line, hint, across_childhood(match)]
        if self._is_undecided(match) and match is not None and match.undecided is not None:
            return [phrases.undecided(match.undecided)]
        if self._is_far(explanation):
            return [phrases.nobody_close(person.name), hint]
        return [phrases.below_threshold(person.name, score), hint]

    def _is_undecided(self, match: Match | None) -> bool:
        """Whether two people are too much alike to suggest one."""
        return (
            match is not None
            and match.undecided is not None
            and is_match(match.similarity, self._threshold.value)
        )

    def _is_far(self, explanation: Explanation) -> bool:
        """Whether even the most similar person is no “maybe”."""
        match = explanation.match
        if match is not None and (is_accepted(match, self._threshold.value) or self._is_undecided(match)):
            return False
        return not phrases.is_maybe(self._probability(match))

    def _probability(self, match: Match | None) -> float | None:
        estimate = self._threshold.error_estimate
        if match is None or estimate is None:
            return None
        return match_probabilities([match], estimate.probability)[0]


class _Faces(QWidget):
    """Small faces side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.images: Sequence[QImage] = ()
        self._is_quiet = False
        self.setObjectName("whyFaces")
        self.setAccessibleName(tr("Most similar faces of the person"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def show_faces(self, images: Sequence[QImage], similarities: str, *, is_quiet: bool) -> None:
        """Show images of faces, with a tooltip; small and pale where they are no answer."""
        self.images, self._is_quiet = images, is_quiet
        self.setToolTip(tr("Similarities: {similarities}", similarities=similarities) if images else "")
        self.setFixedWidth(len(images) * (self._side_px() + GAP_PX))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, FACE_PX)

    def _side_px(self) -> int:
        return QUIET_FACE_PX if self._is_quiet else FACE_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(QUIET_OPACITY if self._is_quiet else 1.0)
        side = self._side_px()
        for number, image in enumerate(self.images):
            place = QRectF(number * (side + GAP_PX), (FACE_PX - side) / 2, side, side)
            paint_rounded(painter, place, image)
        painter.end()


def explain(
    review: Review, face: FaceRecord, suggested: Person | None, hints: Sequence[str] = ()
) -> Explanation:
    """Explain the person suggested for a face, else the most similar person. Reads crops, so it is slow.

    Args:
        hints: as for `ExplanationView.show_face`.
    Raises:
        ImageUnreadableError: the crop of a face of the person is missing or damaged.
    """
    gallery, model_id = review.gallery, review.model_id
    embedding = face.embeddings[model_id]
    nearest = matches(gallery, embedding, model_id, 2, face, hints=hints)
    person = suggested or (nearest[0].person if nearest else None)
    if person is None:
        return Explanation(face.quality, [])
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
        face.quality,
        [(_image_of(gallery, face), similarity) for similarity, face in ranked[:FACES]],
        person,
        own.score if own is not None else similarity,
        own,
        (others[0].person, others[0].score) if others else None,
    )


def _image_of(gallery: Gallery, face: FaceRecord) -> QImage:
    pixels = gallery.pixels_of(face)
    if face.box is None or face.landmarks is None:
        return face_image(pixels, face.box)
    return aligned_image(pixels, face.box, face.landmarks)
