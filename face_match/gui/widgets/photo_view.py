"""A photo with boxes around its faces: zooming, panning, picking a face, dropping files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from face_match.core.number_text import plural
from face_match.core.types import Box
from face_match.gui.widgets.plain_text import shown

ZOOM_STEP = 1.25
MAX_ZOOM = 16.0
PICKED, UNPICKED = QColor("#ffb000"), QColor("#4da3ff")
"""They differ for any colour vision; the picked box is also thicker."""

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_PREVIOUS = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class PhotoView(QWidget):
    """Shows a photo. `face_picked` has the index of the face selected, `dropped` the files.

    `detail_wanted` is emitted when the photo is magnified beyond the pixels that are shown of it.
    """

    face_picked = Signal(int)
    dropped = Signal(list)
    image_dropped = Signal(QImage)
    detail_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("photoView")
        self.setAccessibleName("Photo")
        self.setToolTip("Zoom with the wheel or + and −, drag to move, F to fit")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(260, 200)
        self._size = QSize()
        self._image = QImage()
        self._preview = QPixmap()
        self._boxes: tuple[Box, ...] = ()
        self._names: tuple[str, ...] = ()
        self._picked: int | None = None
        self._hint = ""
        self._zoom = 1.0
        self._centre = QPointF()
        self._dragged_from: QPointF | None = None
        self._is_drop_near = False

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
        self._boxes, self._picked, self._names = (), None, ()
        self.fit()

    def show_detail(self, image: QImage) -> None:
        """Replace the image by one of the same photo with more pixels."""
        self._image = image
        self.update()

    def clear(self) -> None:
        self._size, self._image, self._preview = QSize(), QImage(), QPixmap()
        self._boxes, self._picked, self._names = (), None, ()
        self.update()

    def show_faces(self, boxes: Sequence[Box], picked: int | None) -> None:
        """Show boxes in photo pixels, and the index of the selected one."""
        self._boxes, self._picked, self._names = tuple(boxes), picked, ()
        self._describe()
        self.update()

    def show_names(self, names: Sequence[str]) -> None:
        """Set the names of the faces; "" for unnamed ones."""
        self._names = tuple(names) if len(names) == len(self._boxes) else ()
        self._describe()
        self.update()

    def pick(self, index: int) -> None:
        """Select a face, as a click on it does."""
        if 0 <= index < len(self._boxes) and index != self._picked:
            self._picked = index
            self._describe()
            self.update()
            self.face_picked.emit(index)

    def _describe(self) -> None:
        which = "" if self._picked is None else f", face {self._picked + 1} selected"
        known = [f"{n} is {shown(name)}" for n, name in enumerate(self._names, start=1) if name]
        count = plural(len(self._boxes), "face", "faces")
        self.setAccessibleDescription(", ".join([f"{count}{which}", *known]))

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
        across = self.width() / self._size.width()
        down = self.height() / self._size.height()
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
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._image.isNull():
            self._draw_hint(painter)
        else:
            self._draw_photo(painter)
            self._draw_faces(painter)
        if self._is_drop_near or self.hasFocus():
            width = 3 if self._is_drop_near else 2
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _draw_hint(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(16, 16, -16, -16)
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(colour)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(frame.adjusted(16, 16, -16, -16), flags, self._hint)

    def _draw_photo(self, painter: QPainter) -> None:
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
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for index, box in enumerate(self._boxes):
            is_picked = index == self._picked
            colour = PICKED if is_picked else UNPICKED
            frame = self.to_widget(box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(0, 0, 0, 140), 5 if is_picked else 3.5))
            painter.drawRoundedRect(frame, 3, 3)
            painter.setPen(QPen(colour, 3 if is_picked else 1.5))
            painter.drawRoundedRect(frame, 3, 3)
            text = self._label(index)
            if text:
                widest = max(frame.width(), metrics.horizontalAdvance("99")) + 10
                text = metrics.elidedText(shown(text), Qt.TextElideMode.ElideRight, widest)
                width = metrics.horizontalAdvance(text) + 10
                height = metrics.height() + 2
                label = QRectF(frame.left(), max(0.0, frame.top() - height), width, height)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(label, 3, 3)
                painter.setPen(Qt.GlobalColor.black)
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def _label(self, index: int) -> str:
        """ "2 Ada": number and name of a face; only the name if it is the only face."""
        number = str(index + 1) if len(self._boxes) > 1 else ""
        return f"{number} {self._names[index] if self._names else ''}".strip()

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._image.isNull():
            self._zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_in_sight()

    def event(self, event: QEvent) -> bool:
        """Take the arrow keys from the window while there are several faces."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and len(self._boxes) > 1
            and event.key() in (*_NEXT, *_PREVIOUS)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if len(self._boxes) > 1 and event.key() in (*_NEXT, *_PREVIOUS):
            step = 1 if event.key() in _NEXT else -1
            start = -1 if self._picked is None and step > 0 else self._picked or 0
            self.pick((start + step) % len(self._boxes))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Let Tab go from face to face before it leaves the view."""
        count = len(self._boxes)
        if count > 1:
            following = self._following(is_next)
            if 0 <= following < count:
                self.pick(following)
                return True
        return super().focusNextPrevChild(is_next)

    def _following(self, is_next: bool) -> int:
        if self._picked is None:
            return 0 if is_next else -1
        return self._picked + (1 if is_next else -1)

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
