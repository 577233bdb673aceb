"""The matches: one row a person, with the crop of the deciding face, a word, a bar, the score and a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from face_match.core.matches import Match
from face_match.core.model_families import ThresholdRange
from face_match.core.records import Person
from face_match.decision.probability import WORDS
from face_match.decision.threshold import is_accepted, is_match
from face_match.gui import phrases, theme
from face_match.gui.age_phrases import across_childhood
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import number, tr, translated
from face_match.gui.widgets.icons import paint_icon
from face_match.gui.widgets.item_painting import AnyIndex, paint_background, paint_crop, paint_focus
from face_match.gui.widgets.placeholder import paint_placeholder
from face_match.gui.widgets.plain_text import plain, shown
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face

if TYPE_CHECKING:
    from face_match.decision.probability import Probability
    from face_match.gallery.gallery import Gallery

LAST_DIGIT, KEY_PX = 9, 20
CROP_PX = 48
LARGEST_CROP_PX = 512
"""The crop of the selected row is also shown large, beside the face in the photo."""
ROW_PX = 64
MARK_PX = 16
MARK_ICON = "circle-check"
SHORTEST_BAR_PX = 24
NEAR = 1 / 3
"""The part of the slider's range below the recommended threshold where a match is a "maybe"."""
MATCH_ROLE = Qt.ItemDataRole.UserRole
MARK_ROLE = Qt.ItemDataRole.UserRole + 1
BAR_ROLE = Qt.ItemDataRole.UserRole + 2
CHANCE_ROLE = Qt.ItemDataRole.UserRole + 3
RIVAL_ROLE = Qt.ItemDataRole.UserRole + 4
DESCRIPTION_ROLE = Qt.ItemDataRole.UserRole + 5
WORD_ROLE = Qt.ItemDataRole.UserRole + 6
LIMIT_ROLE = Qt.ItemDataRole.UserRole + 7
ITSELF_ROLE = Qt.ItemDataRole.UserRole + 8


class MatchList(QListWidget):
    """People ranked for a face. The threshold changes which rows are matches, never their order.

    Attributes:
        usual: the recommended threshold; the one that is set may be far lower.

    Signals:
        person_chosen: has the row that the user chose with the mouse or the keys.
        marked: has the number of rows over the threshold.
    """

    person_chosen = Signal(int)
    marked = Signal(int)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.setObjectName("matchesList")
        self.setAccessibleName(tr("Matches"))
        self.setToolTip(
            tr("The people most like this face (Top-K). Choose with ↑ ↓ or 1–9, confirm with Enter")
        )
        self.setMouseTracking(True)
        self._slider = ThresholdRange(0.0, 1.0, 0.5)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.placeholder = ""
        self.usual = self._slider.default
        self.crops = ThumbnailCache(
            tasks, key="match crops", source=gallery, read=read_face, longest_px=LARGEST_CROP_PX, parent=self
        )
        self.crops.images_read.connect(self.viewport().update)
        self.itemClicked.connect(lambda item: self.person_chosen.emit(self.row(item)))
        self.setItemDelegate(_Row(self))

    def show_matches(
        self,
        matches: Sequence[Match],
        threshold: float,
        slider: ThresholdRange,
        chosen: Person | None = None,
        *,
        itself: str = "",
    ) -> None:
        """Replace the rows and select a person, by default the best match.

        Args:
            itself: id of the face that was searched for, which is compared with itself where it is a
                person's only face.
        """
        self.crops.stop()
        self.clear()
        self._slider = slider
        for found in matches:
            item = QListWidgetItem()
            item.setData(MATCH_ROLE, found)
            item.setData(BAR_ROLE, self._along(found.score))
            item.setData(ITSELF_ROLE, found.face.id == itself)
            self.addItem(item)
        self.mark(threshold)
        folders = [found.person.folder for found in matches]
        if chosen is not None and chosen.folder in folders:
            self.setCurrentRow(folders.index(chosen.folder))
        elif matches:
            self.setCurrentRow(0)

    def clear(self) -> None:
        """Show no rows."""
        super().clear()
        self.marked.emit(0)

    def mark(self, threshold: float) -> None:
        """Mark the rows that reach a threshold as matches."""
        over = 0
        for row in range(self.count()):
            item = self.item(row)
            found: Match = item.data(MATCH_ROLE)
            matches = is_accepted(found, threshold)
            over += matches
            item.setData(MARK_ROLE, matches)
            name = phrases.display_name(found.person.name)
            item.setText(f"{'✅' if matches else '—'} {name}  {phrases.score_text(found.score)}")
            item.setData(LIMIT_ROLE, self._along(threshold))
            item.setData(RIVAL_ROLE, phrases.rival_note(found, threshold))
            item.setData(DESCRIPTION_ROLE, _description(name, found, is_match=matches))
            self._explain(item)
        self.marked.emit(over)

    def _along(self, value: float) -> float:
        """How far along the slider's range a value is, 0..1."""
        slider = self._slider
        return min(1.0, max(0.0, (value - slider.lowest) / (slider.highest - slider.lowest)))

    def show_chances(self, probability: Probability | None) -> None:
        """Show how likely each match is right; None hides that."""
        from face_match.workflows.match import (
            match_probabilities,  # the window is up before the gallery is imported
        )

        items = [self.item(row) for row in range(self.count())]
        found: list[Match] = [item.data(MATCH_ROLE) for item in items]
        for item, chance in zip(items, match_probabilities(found, probability), strict=True):
            item.setData(CHANCE_ROLE, chance)
            self._explain(item)

    def _explain(self, item: QListWidgetItem) -> None:
        """Set the word, the tooltip and the accessible text of a row: how likely the match is right, and
        why."""
        found: Match = item.data(MATCH_ROLE)
        is_marked = bool(item.data(MARK_ROLE))
        word = self._word(found, item.data(CHANCE_ROLE), is_marked=is_marked)
        item.setData(WORD_ROLE, word)
        _describe(item, found, word)

    def _word(self, found: Match, chance: float | None, *, is_marked: bool) -> str:
        """How likely a match is right. Where only a low threshold makes it one, its score decides; where only
        a hint does, it is a "maybe"."""
        is_one = is_accepted(found, self.usual)
        if chance is None and is_marked and found.is_hinted and not is_match(found.score, self.usual):
            return WORDS[1]
        if chance is None and is_marked and not is_one:
            is_near = found.score >= self.usual - NEAR * (self.usual - self._slider.lowest)
            return WORDS[1 if is_near else 2]
        word = phrases.match_word(found, chance, is_match=is_marked and is_one)
        return WORDS[1] if word == WORDS[0] and not is_marked else word  # nothing below the threshold is sure

    @property
    def chosen_word(self) -> str:
        """How likely the match of the current row is right: "Very likely", "Maybe" or "Unlikely"."""
        word: str | None = self.currentIndex().data(WORD_ROLE)
        return word or ""

    def very_likely(self) -> Person | None:
        """The person of the best match, where that is a match and very likely right."""
        best = self.item(0) if self.count() else None
        if best is None or not best.data(MARK_ROLE) or best.data(WORD_ROLE) != WORDS[0]:
            return None
        found: Match = best.data(MATCH_ROLE)
        return found.person

    def selected(self) -> Match | None:
        """The match of the current row."""
        found: Match | None = self.currentIndex().data(MATCH_ROLE)
        return found

    def row_of(self, person: Person | None) -> int:
        """The row of a person, or the first one."""
        folders = [self.item(row).data(MATCH_ROLE).person.folder for row in range(self.count())]
        return folders.index(person.folder) if person is not None and person.folder in folders else 0

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
            self.person_chosen.emit(self.currentRow())
        else:
            event.ignore()


def _description(name: str, found: Match, *, is_match: bool) -> str:
    """A row in words, for screen readers."""
    score = number(found.score, 3)
    if not is_match:
        return tr("{name}, score {score}, below the threshold", name=name, score=score)
    if found.across_childhood:
        return tr("{name}, score {score}, maybe a match", name=name, score=score)
    return tr("{name}, score {score}, match", name=name, score=score)


def _describe(item: QListWidgetItem, found: Match, word: str) -> None:
    chance: float | None = item.data(CHANCE_ROLE)
    is_likely = item.data(MARK_ROLE) or word != WORDS[2]
    doubt = across_childhood(found) if is_likely else ""  # unlikely matches need no reason
    hint = phrases.hinted(found.person.name) if found.is_hinted else ""
    source = " ".join(filter(None, (hint, item.data(RIVAL_ROLE), doubt)))
    if chance is None:
        sure = f"{phrases.display_name(found.person.name)}: {phrases.faces(found.person.face_count)}."
    else:
        sure = phrases.probability_note(chance, word)
    item.setToolTip(plain(" ".join(filter(None, (sure, source)))))
    text = f"{item.data(DESCRIPTION_ROLE)}, {translated(word)}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}. {source}" if source else text)


class _Row(QStyledItemDelegate):
    """Draws: crop · name with a tick · below, the word, a bar with the threshold, and the score · key.

    The key is in a frame, as on buttons; the numbers of faces in the photo are in discs.
    """

    def __init__(self, view: MatchList) -> None:
        super().__init__(view)
        self._crops = view.crops

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(200, max(ROW_PX, round(2.9 * option.fontMetrics.height())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        found: Match = index.data(MATCH_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_background(painter, option)
        rect: QRect = option.rect
        crop = QRect(rect.left() + 8, rect.center().y() - CROP_PX // 2 + 1, CROP_PX, CROP_PX)
        image = self._crops.image(found.face.id, found.face)
        paint_crop(painter, option, crop, image, self._crops.problem(found.face.id))
        key_px = max(KEY_PX, QFontMetrics(_small(option)).height() + 4)
        if index.row() < LAST_DIGIT:
            _paint_key(painter, option, key_px, str(index.row() + 1))
        right = rect.right() - key_px - 2 * theme.GRID_PX
        text = QRectF(crop.right() + 12, rect.top(), right - crop.right() - 12, rect.height())
        upper, lower = QRectF(text), QRectF(text)
        middle = rect.center().y() + 1
        upper.setBottom(middle + 1)
        upper.setTop(middle + 1 - option.fontMetrics.height())
        lower.setTop(middle + 4)
        lower.setBottom(lower.top() + QFontMetrics(_small(option)).height())
        if index.data(ITSELF_ROLE):
            _paint_at_end(painter, option, lower, tr("the only face of this person"))
        else:
            lower.setLeft(_paint_word(painter, option, lower, index.data(WORD_ROLE)))
            lower.setRight(_paint_score(painter, option, lower, found.score))
            _paint_bar(painter, lower, index)
        _paint_name(painter, option, upper, index)
        painter.restore()
        paint_focus(painter, option)


def _small(option: QStyleOptionViewItem) -> QFont:
    return theme.resized(QFont(option.font), theme.CAPTION)


def _paint_key(painter: QPainter, option: QStyleOptionViewItem, side: int, digit: str) -> None:
    """Paint the key that chooses a row at its right end."""
    c, rect = theme.colours(), option.rect
    place = QRectF(rect.right() - theme.GRID_PX - side + 0.5, rect.center().y() - side / 2 + 1, side, side)
    painter.setBrush(c.page)
    painter.setPen(QPen(theme.mixed(c.page, c.ink, 0.35), 1))
    painter.drawRoundedRect(place, 4, 4)
    painter.setFont(_small(option))
    painter.setPen(c.faint)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, digit)


def _paint_score(painter: QPainter, option: QStyleOptionViewItem, line: QRectF, score: float) -> float:
    """Paint the score at the end of a line, without the word where there is no room for it, as with large
    fonts; returns where the widest one would begin."""
    metrics = QFontMetrics(_small(option))
    has_room = metrics.horizontalAdvance(phrases.score_label(0.0)) <= line.width()
    text_of = phrases.score_label if has_room else phrases.score_text
    _paint_at_end(painter, option, line, text_of(score))
    return line.right() - max(metrics.horizontalAdvance(text_of(one)) for one in (score, 0.0)) - 12


def _paint_at_end(painter: QPainter, option: QStyleOptionViewItem, line: QRectF, text: str) -> None:
    painter.setFont(_small(option))
    painter.setPen(theme.colours().faint)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)


def _paint_word(painter: QPainter, option: QStyleOptionViewItem, line: QRectF, word: str) -> float:
    """Paint how likely a match is right, in a pill at the beginning of a line; returns where the widest one
    would end."""
    c = theme.colours()
    ground, ink = {WORDS[0]: (c.good_soft, c.good), WORDS[1]: (c.maybe_soft, c.maybe)}.get(
        word, (c.raised, c.faint)
    )
    font = _small(option)
    metrics = QFontMetrics(font)
    text, height = translated(word), metrics.height() + 2
    widest = max(metrics.horizontalAdvance(translated(one)) for one in WORDS) + 14
    pill = QRectF(line.left(), line.center().y() - height / 2, metrics.horizontalAdvance(text) + 14, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
    return line.left() + widest + theme.GRID_PX


def _paint_name(painter: QPainter, option: QStyleOptionViewItem, line: QRectF, index: AnyIndex) -> None:
    """Paint the name, with a tick where it is over the threshold."""
    is_match = bool(index.data(MARK_ROLE))
    font = QFont(option.font)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(theme.colours().ink)
    metrics = QFontMetrics(font)
    room = round(line.width()) - (MARK_PX + 4 if is_match else 0)
    name = metrics.elidedText(shown(index.data(MATCH_ROLE).person.name), Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
    if is_match:
        left = line.left() + metrics.horizontalAdvance(name) + 4
        paint_mark(painter, QRectF(left, line.center().y() - MARK_PX / 2, MARK_PX, MARK_PX))


def paint_mark(painter: QPainter, place: QRectF) -> None:
    """A tick in a ring: a match differs by shape, not by colour alone."""
    paint_icon(painter, MARK_ICON, place, theme.colours().good)


def _paint_bar(painter: QPainter, line: QRectF, index: AnyIndex) -> None:
    """How far along the slider's range the score is, and the threshold as a notch."""
    if line.width() < SHORTEST_BAR_PX:
        return
    c = theme.colours()
    is_match = bool(index.data(MARK_ROLE))
    track = QRectF(line.left(), line.center().y() - 2, line.width(), 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.mixed(c.page, c.ink, 0.16))
    painter.drawRoundedRect(track, 2, 2)
    done = QRectF(track)
    done.setWidth(max(4.0, track.width() * index.data(BAR_ROLE)))
    painter.setBrush(QColor(c.good if is_match else c.faint))
    painter.drawRoundedRect(done, 2, 2)
    at = track.left() + track.width() * index.data(LIMIT_ROLE)
    painter.setPen(QPen(c.ink, 1.5))
    painter.drawLine(QPointF(at, track.top() - 2), QPointF(at, track.bottom() + 2))
