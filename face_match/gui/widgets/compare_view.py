"""The face in the photo beside the most similar face of the selected person."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from face_match.gui.images import scaled_pixmap
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.plain_text import plain


class CropLabel(QLabel):
    """A picture that fills its label, at the full resolution of the screen."""

    def __init__(self, object_name: str, accessible_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setToolTip(accessible_name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(72, 72)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFrameShape(QLabel.Shape.StyledPanel)
        self._image = QImage()

    def sizeHint(self) -> QSize:
        return QSize(132, 132)

    def show_picture(self, image: QImage | None) -> None:
        self._image = image if image is not None else QImage()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            self.clear()
        else:
            side = max(1, min(self.contentsRect().width(), self.contentsRect().height()))
            self.setPixmap(scaled_pixmap(self._image, side, self.devicePixelRatioF()))


class CompareView(QWidget):
    """Two crops with captions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = CropLabel("faceCropLabel", "This face")
        self.person_face = CropLabel("sampleCropLabel", "Most similar face of the selected person")
        self._face_caption = ElidedLabel()
        self._person_caption = ElidedLabel()
        arrow = QLabel("⇄")
        arrow.setAccessibleName("compared with")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.face, 0, 0)
        layout.addWidget(arrow, 0, 1)
        layout.addWidget(self.person_face, 0, 2)
        for caption, column in ((self._face_caption, 0), (self._person_caption, 2)):
            caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(caption, 1, column)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(2, 1)

    def show_face(self, image: QImage | None, remark: str = "") -> None:
        """Show the face in the photo.

        Args:
            remark: its caption: its name, and the flaws of its quality.
        """
        self.face.show_picture(image)
        self._face_caption.setText(remark or ("this face" if image is not None else ""))
        self._face_caption.setToolTip(plain(remark))

    def show_person_face(self, image: QImage | None, name: str = "") -> None:
        """Show the face of the selected person."""
        self.person_face.show_picture(image)
        self._person_caption.setText(name)
        self._person_caption.setToolTip(plain(name))
