"""What the review shows when there is no group: what was done, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from face_match.gui import theme
from face_match.gui.review import group_phrases
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

ICON_PX = 56


class DoneView(QWidget):
    """Faces are being looked for, all are named, or there are none yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reviewDone")
        self._icon = QLabel()
        self.title = PlainLabel()
        self.title.setObjectName("reviewDoneTitle")
        theme.set_type(self.title, theme.TITLE, bold=True)
        self.text = PlainLabel()
        self.text.setObjectName("reviewDoneText")
        theme.set_type(self.text, faint=True)
        self.people_button = button(
            tr("See the people"),
            "seePeopleButton",
            tr("Show the people (Ctrl+P)"),
            Kind.MAIN,
            keys=tr("Ctrl P"),
        )
        self.folder_button = button(
            "", "importFolderButton", tr("Scan a folder of photos for faces (Ctrl+Shift+O)")
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.people_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for part, space in ((self._icon, 12), (self.title, 4), (self.text, theme.WIDE_MARGIN_PX)):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
            column.addSpacing(space)
        column.addLayout(row)
        column.addStretch(3)

    def first_focus(self) -> QWidget:
        """The main action."""
        return self.people_button if self.people_button.isVisibleTo(self) else self.folder_button

    def show_state(self, gallery: Gallery | None, *, is_scanning: bool) -> None:
        """Show what was done."""
        c = theme.colours()
        people, faces = (len(gallery.people), gallery.face_count) if gallery is not None else (0, 0)
        name, colour = ("scan-face", c.faint) if is_scanning or not people else ("circle-check", c.good)
        self._icon.setPixmap(icon(name, colour, ICON_PX).pixmap(ICON_PX, ICON_PX))
        if is_scanning:
            title, text = tr("Scanning photos"), tr("Faces appear here as they are found.")
        elif people:
            title = tr("No face is left to name")
            text = group_phrases.done(faces, people)
        else:
            title = tr("No unnamed faces")
            text = tr("Import a folder of photos, or drop one here: the faces in it are grouped by person.")
        self.title.setText(title)
        self.text.setText(text)
        self.people_button.setVisible(bool(people) and not is_scanning)
        self.folder_button.setVisible(not is_scanning)
        self.folder_button.setText(tr("Import another folder") if people else tr("Import a folder"))
