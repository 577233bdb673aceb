"""What the review shows when there is no group: what was done, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import theme
from face_match.gui.review import group_phrases
from face_match.gui.state.tasks import SEARCH, Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.layouts import Stretch, column_of
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.wrapping_row import WrappingRow
from face_match.workflows.photo_search import FaceFilter, PhotoQuery, find_photos

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

ICON_PX = 56
KEY = "faceless"


class DoneView(QWidget):
    """Faces are being looked for, all are named, or there are none yet."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._counted: tuple[Gallery, int] | None = None
        self.setObjectName("reviewDone")
        self._icon = QLabel()
        self.title = theme.set_type(PlainLabel("", "reviewDoneTitle"), theme.TITLE, bold=True)
        self.text = theme.set_type(PlainLabel("", "reviewDoneText"), faint=True)
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
        self.faceless_button = button(
            "", "facelessButton", tr("Show the photos in which no face was found (Ctrl+3)"), Kind.QUIET
        )
        self.faceless_button.hide()
        row = WrappingRow(12, is_centred=True)
        row.add(self.people_button)
        row.add(self.folder_button)
        for part in (self._icon, self.title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
        column_of(
            *(Stretch(2), self._icon, 12, self.title, 4, self.text, theme.WIDE_MARGIN_PX),
            *(row, theme.MARGIN_PX, (self.faceless_button, Qt.AlignmentFlag.AlignHCenter), Stretch(3)),
            on=self,
        )

    def first_focus(self) -> QWidget:
        """The main action."""
        return self.people_button if self.people_button.isVisibleTo(self) else self.folder_button

    def show_state(self, gallery: Gallery | None, *, is_scanning: bool) -> None:
        """Show what was done."""
        c = theme.colours()
        people, faces = (len(gallery.people), gallery.face_count) if gallery is not None else (0, 0)
        name, colour = ("scan-face", c.faint) if is_scanning or not people else ("circle-check", c.good)
        self._icon.setPixmap(icon(name, colour, ICON_PX).pixmap(ICON_PX, ICON_PX))
        for part in (self._icon, self.title, self.text):
            part.setVisible(gallery is not None)  # while one is opened, nobody knows
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
        self.folder_button.setVisible(gallery is not None and not is_scanning)
        self.folder_button.setText(tr("Import another folder") if people else tr("Import a folder"))
        self._count_photos_without_a_face(gallery if people and not is_scanning else None)

    def _count_photos_without_a_face(self, gallery: Gallery | None) -> None:
        """Count them, once for each state of the gallery, and say how many there are."""
        counted = (gallery, gallery.face_count) if gallery is not None else None
        if counted == self._counted:
            return
        self._counted = counted
        self._tasks.drop(KEY)
        self._show_faceless(0)
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            return len(find_photos(gallery, PhotoQuery(faces=FaceFilter.NONE)))

        self._tasks.start(SEARCH, job, self._show_faceless, key=KEY, owners=(gallery,))

    def _show_faceless(self, count: int) -> None:
        self.faceless_button.setText(
            tr_count("No face was found in one photo …", "No face was found in {n} photos …", count)
        )
        self.faceless_button.setVisible(count > 0)
