"""The matches: one row a person, with the crop of the best face, and the similarity as number and bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from face_match.core.matches import Match
from face_match.core.model_families import ThresholdRange
from face_match.core.records import Person
from face_match.decision.probability import WORDS
from face_match.decision.threshold import is_accepted
from face_match.gui import phrases
from face_match.gui.age_phrases import across_childhood
from face_match.gui.images import scaled_pixmap
from face_match.gui.state.tasks import Tasks
from face_match.gui.widgets.item_painting import AnyIndex, paint_focus
from face_match.gui.widgets.placeholder import paint_placeholder
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face

if TYPE_CHECKING:
    from face_match.decision.probability import Probability
    from face_match.gallery.gallery import Gallery

CROP_PX = 44
LARGEST_CROP_PX = 512
"""The crop of the selected row is also shown large, beside the face in the photo."""
CAPTION = 0.85
ROW_PX = 54
MATCH_ROLE = Qt.ItemDataRole.UserRole
MARK_ROLE = Qt.ItemDataRole.UserRole + 1
BAR_ROLE = Qt.ItemDataRole.UserRole + 2
CHANCE_ROLE = Qt.ItemDataRole.UserRole + 3
RIVAL_ROLE = Qt.ItemDataRole.UserRole + 4
DESCRIPTION_ROLE = Qt.ItemDataRole.UserRole + 5
WORD_ROLE = Qt.ItemDataRole.UserRole + 6

MATCH_COLOUR = QColor("#27945a")


class MatchList(QListWidget):
    """People ranked for a face. The threshold changes which rows are matches, never their order."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.setObjectName("matchesList")
        self.setAccessibleName("Matches")
        self.setToolTip("The people most like this face (Top-K). Choose with ↑ ↓ or 1–9, confirm with Enter")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.placeholder = ""
        self.crops = ThumbnailCache(
            tasks, key="match crops", source=gallery, read=read_face, longest_px=LARGEST_CROP_PX, parent=self
        )
        self.crops.images_read.connect(self.viewport().update)
        self.setItemDelegate(_Row(self))

    def show_matches(
        self,
        matches: Sequence[Match],
        threshold: float,
        slider: ThresholdRange,
        chosen: Person | None = None,
    ) -> None:
        """Replace the rows and select a person, by default the best match."""
        self.crops.stop()
        self.clear()
        for found in matches:
            item = QListWidgetItem()
            item.setData(MATCH_ROLE, found)
            part = (found.similarity - slider.lowest) / (slider.highest - slider.lowest)
            item.setData(BAR_ROLE, min(1.0, max(0.0, part)))
            self.addItem(item)
        self.mark(threshold)
        folders = [found.person.folder for found in matches]
        if chosen is not None and chosen.folder in folders:
            self.setCurrentRow(folders.index(chosen.folder))
        elif matches:
            self.setCurrentRow(0)

    def mark(self, threshold: float) -> None:
        """Mark the rows that reach a threshold as matches."""
        for row in range(self.count()):
            item = self.item(row)
            found: Match = item.data(MATCH_ROLE)
            matches = is_accepted(found, threshold)
            item.setData(MARK_ROLE, matches)
            name = phrases.display_name(found.person.name)
            item.setText(f"{'✅' if matches else '—'} {name}  {found.similarity:.3f}")
            match = "maybe a match" if found.across_childhood else "match"
            what = match if matches else "below the threshold"
            description = f"{name}, similarity {found.similarity:.3f}, {what}"
            item.setData(RIVAL_ROLE, phrases.rival_note(found, threshold))
            item.setData(DESCRIPTION_ROLE, description)
            _explain(item)

    def show_chances(self, probability: Probability | None) -> None:
        """Show how likely each match is right; None hides that."""
        from face_match.workflows.match import (
            match_probabilities,  # the window is up before the gallery is imported
        )

        items = [self.item(row) for row in range(self.count())]
        found: list[Match] = [item.data(MATCH_ROLE) for item in items]
        for item, chance in zip(items, match_probabilities(found, probability), strict=True):
            item.setData(CHANCE_ROLE, chance)
            _explain(item)

    @property
    def best_chance(self) -> float | None:
        """The probability that the first match is right; None where it is unknown."""
        chance: float | None = self.item(0).data(CHANCE_ROLE) if self.count() else None
        return chance

    def selected(self) -> Match | None:
        """The match of the current row."""
        found: Match | None = self.currentIndex().data(MATCH_ROLE)
        return found

    def choose(self, row: int) -> None:
        """Select a row, where there is one."""
        if 0 <= row < self.count():
            self.setCurrentRow(row)

    def show_placeholder(self, text: str) -> None:
        """Show a text while there are no rows."""
        self.placeholder = text
        self.viewport().update()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        paint_placeholder(self, self.placeholder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters and Enter to the window, instead of searching by typing."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in (*moves, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()


def _explain(item: QListWidgetItem) -> None:
    """Set the tooltip and the accessible text of a row: how likely the match is right, and why not more."""
    found: Match = item.data(MATCH_ROLE)
    chance: float | None = item.data(CHANCE_ROLE)
    word = phrases.match_word(found, chance, is_match=bool(item.data(MARK_ROLE)))
    is_likely = item.data(MARK_ROLE) or word not in ("", WORDS[2])
    doubt = across_childhood(found) if is_likely else ""  # unlikely matches need no reason
    source = " ".join(filter(None, (item.data(RIVAL_ROLE), doubt)))
    if chance is None:
        sure = f"{phrases.display_name(found.person.name)}: {phrases.faces(found.person.face_count)}."
    else:
        sure = phrases.probability_note(chance)
    item.setToolTip(plain(" ".join(filter(None, (sure, source)))))
    item.setData(WORD_ROLE, word)
    text = ", ".join(filter(None, (item.data(DESCRIPTION_ROLE), word)))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}. {source}" if source else text)


class _Row(QStyledItemDelegate):
    """Draws: crop · tick or dash · name over a bar · similarity."""

    def __init__(self, view: MatchList) -> None:
        super().__init__(view)
        self._crops = view.crops

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics = option.fontMetrics
        return QSize(200, max(ROW_PX, round(2.6 * metrics.height())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        found: Match = index.data(MATCH_ROLE)
        matches = bool(index.data(MARK_ROLE))
        palette = option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if is_chosen:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        ink = palette.color(role)

        crop = QRect(rect.left() + 6, rect.center().y() - CROP_PX // 2, CROP_PX, CROP_PX)
        image = self._crops.image(found.face.id, found.face)
        if image is not None:
            painter.drawPixmap(crop, scaled_pixmap(image, CROP_PX, painter.device().devicePixelRatioF()))
        else:
            painter.fillRect(crop, palette.color(QPalette.ColorRole.AlternateBase))

        mark = QRectF(crop.right() + 10, rect.center().y() - 8, 16, 16)
        _draw_mark(painter, mark, matches, ink)

        font = QFont(option.font)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(font)
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        right = rect.right() - metrics.horizontalAdvance("-0.000") - 18
        middle = rect.center().y()
        number = QRect(right, rect.top(), rect.right() - 10 - right, rect.height())
        at_right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(number, at_right, f"{found.similarity:.3f}")
        if word := index.data(WORD_ROLE):
            right = _draw_word(painter, QPoint(right, middle), word, ink)
        left = round(mark.right()) + 10
        painter.setFont(bold if matches else font)
        metrics = painter.fontMetrics()
        name = metrics.elidedText(shown(found.person.name), Qt.TextElideMode.ElideRight, right - left - 4)
        painter.drawText(
            QRect(left, rect.top() + 4, right - left, middle - rect.top()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            name,
        )
        fill = QColor(ink) if is_chosen else QColor(MATCH_COLOUR if matches else ink)
        fill.setAlpha(255 if matches else 130)
        bar = QRectF(left, middle + 9, right - left - 8, 6)
        _draw_bar(painter, bar, float(index.data(BAR_ROLE)), ink, fill)
        painter.restore()
        paint_focus(painter, option)


def _draw_word(painter: QPainter, end: QPoint, word: str, ink: QColor) -> int:
    """How likely a match is right, in a pill that ends there; returns where it begins. All are as wide."""
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * CAPTION)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    width = max(metrics.horizontalAdvance(one) for one in WORDS) + 16
    height = metrics.height() + 4
    pill = QRectF(end.x() - width, end.y() - height / 2, width, height)
    is_likely = word == WORDS[0]
    ground = QColor(MATCH_COLOUR if is_likely else ink)
    ground.setAlpha(60 if is_likely else 30)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(ink)
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), word)
    return end.x() - width - 8


def _draw_bar(painter: QPainter, track: QRectF, part: float, ink: QColor, fill: QColor) -> None:
    """How far along the slider's range the similarity lies."""
    ground = QColor(ink)
    ground.setAlpha(45)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(track, 3, 3)
    track.setWidth(max(6.0, track.width() * part))
    painter.setBrush(fill)
    painter.drawRoundedRect(track, 3, 3)


def _draw_mark(painter: QPainter, rect: QRectF, matches: bool, ink: QColor) -> None:
    """A tick in a disc, or a dash: a difference of shape, not of colour alone."""
    if not matches:
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        half = QPointF(4, 0)
        painter.drawLine(rect.center() - half, rect.center() + half)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(MATCH_COLOUR)
    painter.drawEllipse(rect)
    white = QPen(Qt.GlobalColor.white, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    white.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(white)
    at = rect.topLeft()
    tick = [at + QPointF(4, 8), at + QPointF(7, 11), at + QPointF(12, 5)]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(tick)
