"""In place of the question, where a photo has no face: what can be done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from face_match.gui import phrases, theme
from face_match.gui.translation import number, tr
from face_match.gui.widgets.buttons import Button, button
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.layouts import Stretch, column_of
from face_match.gui.widgets.lines_label import LinesLabel
from face_match.gui.widgets.plain_text import without_mnemonic

ICON_PX = 40
MOST_DETECTORS = 3


class NoFaceView(QWidget):
    """Offers to look again, to turn the photo, and to draw a box.

    Signals:
        look_wanted: another look is wanted, with the detector of this id; "" for smaller faces.
        turn_wanted: gives the quarter turns to the right.
        box_wanted: a box is to be drawn.
    """

    look_wanted = Signal(str)
    turn_wanted = Signal(int)
    box_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("noFaceView")
        self._icon = QLabel()
        self._icon.setPixmap(icon("scan-face", theme.colours().faint, ICON_PX).pixmap(ICON_PX, ICON_PX))
        self.title = theme.set_type(LinesLabel(1, tr("No face found"), "noFaceTitle"), theme.TITLE, bold=True)
        self.note = theme.set_type(LinesLabel(3), faint=True)
        self.small_button = button(
            tr("Find smaller &faces"),
            "smallerFacesButton",
            tr("Look once more, for smaller faces. Ctrl+L always looks for them"),
            icon="zoom-in",
        )
        self.small_button.clicked.connect(lambda: self.look_wanted.emit(""))
        self.detector_buttons = [self._detector_button(number) for number in range(MOST_DETECTORS)]
        self.turn_button = button(
            tr("Turn the photo"),
            "turnButton",
            tr("Turn the photo to the right (Ctrl+]), or to the left (Ctrl+[)"),
            keys="Ctrl ]",
            icon="rotate-cw",
        )
        self.turn_button.clicked.connect(lambda: self.turn_wanted.emit(1))
        self.box_button = button(
            tr("Draw a box"),
            "drawButton",
            tr("Draw a box around a face (Ctrl+B)"),
            keys="Ctrl B",
            icon="square-dashed",
        )
        self.box_button.clicked.connect(self.box_wanted)
        column_of(
            *(self._icon, self.title, self.note, theme.GRID_PX),
            *((made, Qt.AlignmentFlag.AlignLeft) for made in self.buttons()),
            Stretch(),
            on=self,
            margins=0,
            spacing=theme.GRID_PX,
        )

    def buttons(self) -> list[Button]:
        return [self.small_button, *self.detector_buttons, self.turn_button, self.box_button]

    def show_offers(self, photo: str, smallest_px: float, detectors: Mapping[str, str]) -> None:
        """Show what can be tried.

        Args:
            photo: its name.
            smallest_px: the smallest face that was looked for.
            detectors: titles by id, of those that could look again.
        """
        can_be_smaller = round(smallest_px) > phrases.SMALLEST_FACE_PX
        note = tr("Nothing in {photo} looks like a face.", photo=photo)
        if can_be_smaller:
            size = number(smallest_px)
            note = tr("No face of {size} pixels or more was found in {photo}.", size=size, photo=photo)
        self.note.setText(note)
        self.small_button.setVisible(can_be_smaller)
        offered = list(detectors.items())[:MOST_DETECTORS]
        for index, made in enumerate(self.detector_buttons):
            made.setVisible(index < len(offered))
            if index < len(offered):
                detector, title = offered[index]
                made.setProperty("detector", detector)
                made.setText(
                    tr("Look with {detector} (&{number})", detector=without_mnemonic(title), number=index + 1)
                )

    def _detector_button(self, number: int) -> Button:
        made = button(
            "",
            f"otherDetector{number + 1}Button",
            tr("Look once more with another detector"),
            icon="scan-face",
        )
        made.clicked.connect(lambda: self.look_wanted.emit(made.property("detector")))
        made.hide()
        return made
