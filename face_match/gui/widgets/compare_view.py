"""Crops of faces: as labels, and two large ones side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from face_match.gui import theme
from face_match.gui.images import scaled_pixmap
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import Stretch, column_of
from face_match.gui.widgets.plain_text import PlainLabel, plain

CLOSE_KEYS, CLOSE_ICON = "Ctrl E", "image"
SMALLEST_PX = 72


class CropLabel(QLabel):
    """A picture with round corners that fills its label, at the full resolution of the screen.

    Signals: `clicked`, with the left button.
    """

    clicked = Signal()

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(SMALLEST_PX, SMALLEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()

    def sizeHint(self) -> QSize:
        return QSize(132, 132)

    def show_picture(self, image: QImage | None) -> None:
        self._image = image if image is not None else QImage()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        radius = min(theme.CARD_RADIUS_PX, side / 8)
        path = QPainterPath()
        if self._image.isNull():
            path.addRoundedRect(place, radius, radius)
            painter.fillPath(path, theme.colours().raised)
            return
        pixmap = self.pixmap()
        size = pixmap.deviceIndependentSize()
        painter.translate((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, QBrush(pixmap))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def _draw(self) -> None:
        if self._image.isNull():
            self.setPixmap(QPixmap())
        else:
            side = max(1, min(self.contentsRect().width(), self.contentsRect().height()))
            self.setPixmap(scaled_pixmap(self._image, side, self.devicePixelRatioF()))


class CompareView(QWidget):
    """A face beside the most similar face of a person, as large as there is room.

    Signals: `closed`, when the photo is wanted again.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Two faces side by side"))
        self._face = CropLabel("largeFaceLabel", tr("This face"))
        self._person_face = CropLabel("largePersonFaceLabel", tr("Most similar face of the selected person"))
        self._face_caption, self._person_caption = ElidedLabel(), ElidedLabel()
        self._hint = theme.set_type(PlainLabel(tr("↑ and ↓ compare the next person.")), theme.CAPTION)
        self._hint.setWordWrap(True)
        self.close_button = button(
            tr("Back to the photo"),
            "closeCompareButton",
            tr("Show the photo again (Ctrl+E)"),
            Kind.QUIET,
            keys=CLOSE_KEYS,
            icon=CLOSE_ICON,
        )
        self.close_button.clicked.connect(self.closed)
        self.setPalette(canvas_palette(self.palette()))
        self.setAutoFillBackground(True)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.GRID_PX)
        grid.setHorizontalSpacing(theme.MARGIN_PX)
        pairs = ((self._face, self._face_caption), (self._person_face, self._person_caption))
        for column, (crop, caption) in enumerate(pairs):
            caption.setPalette(self.palette())
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(crop, 0, column)
            grid.addWidget(caption, 1, column)
            grid.setColumnStretch(column, 1)
        self._hint.setPalette(self.palette())
        self.close_button.setPalette(self.palette())
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column_of(
            Stretch(),
            grid,
            Stretch(),
            self._hint,
            (self.close_button, Qt.AlignmentFlag.AlignHCenter),
            on=self,
            margins=theme.WIDE_MARGIN_PX,
        )

    def minimumSizeHint(self) -> QSize:
        """As narrow as the photo, in whose place it is shown; its texts are shortened."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the crops as large as there is room for two, with what is below them."""
        margin = 2 * theme.WIDE_MARGIN_PX
        below = self._face_caption.height() + self._hint.height() + self.close_button.height() + margin
        across = (self.width() - margin - theme.MARGIN_PX) // 2
        side = max(SMALLEST_PX, min(across, self.height() - margin - below))
        for crop in (self._face, self._person_face):
            crop.setFixedHeight(side)
        self._fit_close_button(self.width() - margin)

    def _fit_close_button(self, room: int) -> None:
        """Show its key and its icon where there is room; its tooltip has the key."""
        close = self.close_button
        for keys, icon in ((CLOSE_KEYS, CLOSE_ICON), ("", CLOSE_ICON), ("", "")):
            close.icon_name = icon
            close.show_keys(keys)
            if close.sizeHint().width() <= room:
                break
        close.updateGeometry()

    def show_face(self, image: QImage | None, caption: str) -> None:
        """Show the face in the photo."""
        self._face.show_picture(image)
        self._face_caption.setText(caption)
        self._face_caption.setToolTip(plain(caption))

    def show_person_face(self, image: QImage | None, caption: str) -> None:
        """Show the face of the selected person."""
        self._person_face.show_picture(image)
        self._person_caption.setText(caption)
        self._person_caption.setToolTip(plain(caption))


def canvas_palette(palette: QPalette) -> QPalette:
    """A palette for what stands on the canvas behind photos."""
    made = QPalette(palette)
    role = QPalette.ColorRole
    for ground in (role.Window, role.Button, role.Base):
        made.setColor(ground, theme.CANVAS)
    for ink in (role.WindowText, role.ButtonText, role.Text):
        made.setColor(QPalette.ColorGroup.Disabled, ink, theme.mixed(theme.CANVAS, theme.ON_CANVAS, 0.4))
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            made.setColor(group, ink, theme.ON_CANVAS_FAINT)
    return made
