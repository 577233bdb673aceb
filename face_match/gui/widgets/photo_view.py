"""A photo with boxes around its faces: zooming, panning, picking a face, its menu, dropping files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from face_match.core.types import Box
from face_match.gui import theme
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.face_marks import paint_box, paint_number
from face_match.gui.widgets.plain_text import kept_together, shown

ZOOM_STEP = 1.25
MAX_ZOOM = 16.0
NARROWEST_PLATE_PX, WIDEST_PLATE_PX = 96, 240
"""How wide a name below a small box may be: between other boxes, and where there is room."""
PLATE_OVERLAP_PX = 4
"""How far two plates may overlap: their corners."""


class PhotoView(QWidget):
    """Shows a photo. The picked box is thick, named ones are thin, and unnamed ones are dashed.

    Signals:
        face_picked: gives the index of the face that was selected.
        menu_wanted: gives the place on the screen for the menu of the picked face, or of the photo.
        dropped: gives the files.
        image_dropped: gives the image.
        detail_wanted: the photo is magnified beyond the pixels that are shown of it.
    """

    face_picked = Signal(int)
    menu_wanted = Signal(QPoint)
    dropped = Signal(list)
    image_dropped = Signal(QImage)
    detail_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photoView")
        self.setAccessibleName(tr("Photo"))
        self.setToolTip(
            tr("Zoom with the wheel or + and −, drag to move, Ctrl+0 to fit. Right-click a face for more")
        )
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(260, 200)
        self._size = QSize()
        self._image = QImage()
        self._preview = QPixmap()
        self._boxes: tuple[Box, ...] = ()
        self._names: tuple[str, ...] = ()
        self._guesses: tuple[str, ...] = ()
        self._ignored: frozenset[int] = frozenset()
        self._picked: int | None = None
        self._hint = ""
        self._zoom = 1.0
        self._centre = QPointF()
        self._dragged_from: QPointF | None = None
        self._is_drop_near = False
        self._are_keys_used = False

    def sizeHint(self) -> QSize:
        return QSize(640, 520)

    # What is shown

    @property
    def picked(self) -> int | None:
        """The index of the selected face."""
        return self._picked

    @property
    def boxes(self) -> tuple[Box, ...]:
        return self._boxes

    @property
    def shown_pixels(self) -> tuple[int, int]:
        """The width and height of the image; large photos are decoded smaller at first."""
        return self._image.width(), self._image.height()

    @property
    def photo_size(self) -> QSize:
        """The size of the photo, in whose pixels boxes are given."""
        return self._size

    def show_placeholder(self, text: str) -> None:
        """Set the text that is shown while there is no photo."""
        self._hint = shown(text)
        self.update()

    def show_photo(self, size: QSize, image: QImage, preview: QImage) -> None:
        """Show a new photo without faces.

        Args:
            size: the photo's own, which boxes are given in; the image may be smaller.
        """
        self._size, self._image, self._preview = size, image, QPixmap.fromImage(preview)
        self._forget_faces()
        self.fit()

    def show_detail(self, image: QImage) -> None:
        """Replace the image by one of the same photo with more pixels."""
        self._image = image
        self.update()

    def clear(self) -> None:
        self._size, self._image, self._preview = QSize(), QImage(), QPixmap()
        self._forget_faces()
        self.update()

    def _forget_faces(self) -> None:
        self._boxes, self._picked = (), None
        self._names, self._guesses, self._ignored = (), (), frozenset()

    def show_faces(self, boxes: Sequence[Box], picked: int | None) -> None:
        """Show boxes in photo pixels, and the index of the selected one."""
        self._boxes, self._picked = tuple(boxes), picked
        self._names, self._guesses, self._ignored = (), (), frozenset()
        self._describe()
        self.update()

    def show_names(
        self, names: Sequence[str], guesses: Sequence[str] = (), ignored: Collection[int] = ()
    ) -> None:
        """Set the names of the faces; "" for unnamed ones.

        Args:
            guesses: whom unnamed faces look like; "" for nobody.
            ignored: indexes of faces that nobody is asked about.
        """
        count = len(self._boxes)
        self._names = tuple(names) if len(names) == count else ()
        self._guesses = tuple(guesses) if len(guesses) == count else ()
        self._ignored = frozenset(ignored)
        self._describe()
        self.update()

    def pick(self, index: int) -> None:
        """Select a face, as a click on it does."""
        if 0 <= index < len(self._boxes) and index != self._picked:
            self._picked = index
            self._describe()
            self.update()
            self.face_picked.emit(index)

    def step(self, direction: int) -> bool:
        """Select the next face (1) or the one before (-1), as a key does. False where there is none."""
        before_first = -1 if direction > 0 else 0
        following = direction + (before_first if self._picked is None else self._picked)
        is_there = len(self._boxes) > 1 and 0 <= following < len(self._boxes)
        if is_there:
            self._are_keys_used = True
            self.pick(following)
        return is_there

    def _describe(self) -> None:
        parts = [tr_count("{n} face", "{n} faces", len(self._boxes))]
        if self._picked is not None:
            parts.append(tr("face {number} selected", number=self._picked + 1))
        for index in range(len(self._boxes)):
            name, guess = self._name(index), self._guess(index)
            if name:
                parts.append(tr("{number} is {name}", number=index + 1, name=shown(name)))
            elif guess:
                parts.append(tr("{number} may be {name}", number=index + 1, name=shown(guess)))
        self.setAccessibleDescription(", ".join(parts))

    def _name(self, index: int) -> str:
        return self._names[index] if self._names else ""

    def _guess(self, index: int) -> str:
        return self._guesses[index] if self._guesses and index not in self._ignored else ""

    # Zoom

    def fit(self) -> None:
        self._zoom = 1.0
        self._centre = QPointF(self._size.width() / 2, self._size.height() / 2)
        self.update()

    def zoom_in(self) -> None:
        self._zoom_by(ZOOM_STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        self._zoom_by(1 / ZOOM_STEP, QPointF(self.rect().center()))

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        before = self.to_photo(at)
        self._zoom = min(MAX_ZOOM, max(1.0, self._zoom * factor))
        if self._image.width() < self._size.width() and self._zoom > 1.0:
            self.detail_wanted.emit()
        self._centre += before - self.to_photo(at)
        self._keep_in_sight()
        self.update()

    @property
    def scale(self) -> float:
        """The number of widget pixels for one photo pixel."""
        if self._image.isNull():
            return 1.0
        across = (self.width() - 2 * theme.MARGIN_PX) / self._size.width()
        down = (self.height() - 2 * theme.MARGIN_PX) / self._size.height()
        return min(across, down) * self._zoom

    def to_photo(self, point: QPointF) -> QPointF:
        """A point of the widget in photo pixels."""
        return self._centre + (point - QPointF(self.width() / 2, self.height() / 2)) / self.scale

    def to_widget(self, box: Box) -> QRectF:
        """A box of the photo in widget pixels."""
        scale = self.scale
        left = (box.x - self._centre.x()) * scale + self.width() / 2
        top = (box.y - self._centre.y()) * scale + self.height() / 2
        return QRectF(left, top, box.width * scale, box.height * scale)

    def bring_into_sight(self, box: Box) -> None:
        """Pan the photo as little as needed to show a box."""
        frame, seen = self.to_widget(box), QRectF(self.rect())
        right = max(0.0, frame.right() - seen.right()) + min(0.0, frame.left() - seen.left())
        down = max(0.0, frame.bottom() - seen.bottom()) + min(0.0, frame.top() - seen.top())
        if right or down:
            self._centre += QPointF(right, down) / self.scale
            self._keep_in_sight()
            self.update()

    def _keep_in_sight(self) -> None:
        scale = self.scale

        def held(value: float, length: int, shown: float) -> float:
            half = min(shown / scale, length) / 2
            return min(max(value, half), length - half)

        self._centre = QPointF(
            held(self._centre.x(), self._size.width(), self.width()),
            held(self._centre.y(), self._size.height(), self.height()),
        )

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.CANVAS)
        if self._image.isNull():
            self._draw_hint(painter)
        else:
            self._draw_photo(painter)
            self._draw_faces(painter)
        if self._is_drop_near or (self.hasFocus() and self._are_keys_used):
            painter.setPen(QPen(theme.ON_CANVAS if self._is_drop_near else theme.ON_CANVAS_FAINT, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(frame, theme.RADIUS_PX, theme.RADIUS_PX)

    def _draw_hint(self, painter: QPainter) -> None:
        margin = theme.WIDE_MARGIN_PX
        frame = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.setPen(QPen(theme.ON_CANVAS_FAINT, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX)
        painter.setPen(theme.ON_CANVAS_FAINT)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(frame.adjusted(margin, margin, -margin, -margin), flags, kept_together(self._hint))

    def _draw_photo(self, painter: QPainter) -> None:
        corners = QPainterPath()
        corners.addRoundedRect(self.to_widget(Box(0, 0, self._size.width(), self._size.height())), 4, 4)
        painter.setClipPath(corners)
        self._draw_pixels(painter)
        painter.setClipping(False)

    def _draw_pixels(self, painter: QPainter) -> None:
        whole = Box(0, 0, self._size.width(), self._size.height())
        scale = self.scale * self.devicePixelRatioF()
        if scale * self._size.width() <= self._preview.width():
            painter.drawPixmap(self.to_widget(whole), self._preview, QRectF(self._preview.rect()))
            return
        left_top = self.to_photo(QPointF(0, 0))
        right_bottom = self.to_photo(QPointF(self.width(), self.height()))
        part = QRectF(left_top, right_bottom).intersected(QRectF(QPointF(0, 0), self._size))
        seen = self.to_widget(Box(part.x(), part.y(), part.width(), part.height()))
        ratio = self._image.width() / self._size.width()
        source = QRectF(part.topLeft() * ratio, part.size() * ratio)
        painter.drawImage(seen, self._image, source)

    def _draw_faces(self, painter: QPainter) -> None:
        everyone = range(len(self._boxes))
        for index in sorted(everyone, key=lambda index: index == self._picked):  # the picked one is on top
            self._draw_box(painter, index)
        font = QFont(self.font())
        painter.setFont(font)
        for plate, text in self.plates(QFontMetricsF(font)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.PLATE)
            painter.drawRoundedRect(plate, 4, 4)
            painter.setPen(theme.ON_CANVAS)
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        for index in sorted(everyone, key=lambda index: index == self._picked):
            if len(self._boxes) > 1:
                frame = self.to_widget(self._boxes[index])
                paint_number(painter, frame, QRectF(self.rect()), index + 1, is_picked=index == self._picked)

    def _draw_box(self, painter: QPainter, index: int) -> None:
        is_picked = index == self._picked
        painter.setOpacity(0.55 if index in self._ignored and not is_picked else 1.0)
        frame = self.to_widget(self._boxes[index])
        paint_box(painter, frame, is_picked=is_picked, is_dashed=not is_picked and not self._name(index))
        painter.setOpacity(1.0)

    def plates(self, metrics: QFontMetricsF) -> list[tuple[QRectF, str]]:
        """The names of faces with their places. That of the picked face has its place first; in a crowd, one
        that would cover another is left out, and the face has its number."""
        placed: list[tuple[QRectF, str]] = []
        for index in sorted(range(len(self._boxes)), key=lambda index: index != self._picked):
            if text := self._label(index):
                plate, text = self._plate(index, text, metrics)
                inside = plate.adjusted(*[PLATE_OVERLAP_PX] * 2, *[-PLATE_OVERLAP_PX] * 2)
                if not any(inside.intersects(other) for other, _ in placed):
                    placed.append((plate, text))
        return placed

    def _plate(self, index: int, text: str, metrics: QFontMetricsF) -> tuple[QRectF, str]:
        """The name of a face below its box, or in it where the view ends there."""
        frame = self.to_widget(self._boxes[index])
        text, room = shown(text), max(frame.width(), NARROWEST_PLATE_PX)
        if metrics.horizontalAdvance(text) + 14 > room:
            room = max(room, self._room_for_plate(index))
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 14)
        size = metrics.horizontalAdvance(text) + 14, metrics.height() + 6
        top = frame.bottom() + 5
        if top + size[1] > self.height():
            top = min(frame.bottom(), float(self.height())) - size[1] - 5
        left = min(max(frame.left(), 0.0), max(0.0, self.width() - size[0]))
        return QRectF(left, top, *size), text

    def _room_for_plate(self, index: int) -> float:
        """How wide a plate may be: as its box, and further where no other box or plate begins."""
        box, scale = self._boxes[index], self.scale
        bottom, plate_px = box.y + box.height, 3 * theme.GRID_PX / scale
        begins = [
            other.x
            for other in self._boxes
            if other.x > box.x
            and other.y < bottom + plate_px
            and other.y + other.height + 2 * plate_px > bottom
        ]
        between = scale * (min(begins) - box.x) - theme.GRID_PX / 2 if begins else WIDEST_PLATE_PX
        return min(between, WIDEST_PLATE_PX)

    def _label(self, index: int) -> str:
        """ "Ada", "Ada?": the name of a face, or whom it looks like."""
        name, guess = self._name(index), self._guess(index)
        if not name and guess:
            name = tr("{name}?", name=guess)
        elif not name and index in self._ignored:
            name = tr("ignored")
        return name

    # Input

    def face_at(self, point: QPointF) -> int | None:
        """The smallest face under a point of the widget."""
        hits = [i for i, box in enumerate(self._boxes) if self.to_widget(box).contains(point)]
        return min(hits, key=lambda index: self._boxes[index].area, default=None)

    def face_centre(self, index: int) -> QPointF:
        """The centre of a face in widget pixels."""
        return self.to_widget(self._boxes[index]).center()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        face = self.face_at(event.position())
        if face is not None:
            self.pick(face)
        else:
            self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            self._centre -= (event.position() - self._dragged_from) / self.scale
            self._dragged_from = event.position()
            self._keep_in_sight()
            self.update()
        is_choice = len(self._boxes) > 1 and self.face_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_choice else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select the face that was clicked, and ask for its menu; by keyboard, for the picked one's."""
        if self._image.isNull():
            return
        at = QPointF(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            frame = QRectF(self.rect())
            if self._picked is not None:
                frame = self.to_widget(self._boxes[self._picked])
            at = frame.center()
        elif (face := self.face_at(at)) is not None:
            self.pick(face)
        self.menu_wanted.emit(self.mapToGlobal(at.toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._image.isNull():
            self._zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_in_sight()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus where keys are used, so that a photo that was just opened is calm."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._are_keys_used = event.reason() in keys
        super().focusInEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Let Tab go from face to face before it leaves the view."""
        return self.step(1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            self._is_drop_near = True
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_drop_near = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_drop_near = False
        urls = event.mimeData().urls()
        files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)
        elif event.mimeData().hasImage():
            event.acceptProposedAction()
            self.image_dropped.emit(QImage(event.mimeData().imageData()))
        self.update()
