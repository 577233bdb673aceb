"""The head of a person's page: the way back, the cover, the name, which can be typed over, and numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from face_match.core.dates import birth_year
from face_match.core.records import Person
from face_match.gui import phrases, theme
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.covers import paint_cover
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import Stretch, column_of, row_of
from face_match.gui.widgets.name_edit import LONGEST_NAME
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_cover

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.health import NearestOtherPerson

COVER_PX = 72


class PersonHeader(QWidget):
    """Signals: `back_wanted`; `renamed` has the person whose name was typed over, and the new one."""

    back_wanted = Signal()
    renamed = Signal(object, str)

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self._person: Person | None = None
        self._renamed: Person | None = None
        self._photo_count: int | None = None
        self._likeness: NearestOtherPerson | None = None
        self.back_button = button(
            "", "backButton", tr("Back to all people (Backspace, Escape)"), Kind.QUIET, icon="arrow-left"
        )
        self.back_button.clicked.connect(self.back_wanted)
        self.cover = _Cover(tasks, gallery)
        self.name = theme.set_type(ElidedLabel("", "personName"), theme.TITLE, bold=True)
        self.name_edit = QLineEdit()
        self.name_edit.setObjectName("renameEdit")
        self.name_edit.setAccessibleName(tr("New name"))
        self.name_edit.setToolTip(tr("Type the new name (Enter saves it, Escape keeps the old one)"))
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.installEventFilter(self)
        self.names = QStackedWidget()
        self.names.addWidget(self.name)
        self.names.addWidget(self.name_edit)
        self.names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.numbers = theme.set_type(ElidedLabel("", "personNumbers"), faint=True)
        self._lay_out()

    def _lay_out(self) -> None:
        lines = column_of(Stretch(), self.names, self.numbers, Stretch(), spacing=2)
        self.tools = row_of(spacing=theme.GRID_PX)
        row_of(
            self.back_button, self.cover, (lines, 1), self.tools, on=self, margins=0, spacing=theme.MARGIN_PX
        )

    def show_person(self, person: Person) -> None:
        """Show a person; what is known of another one is forgotten."""
        if self._person is None or self._person.folder != person.folder:
            self._photo_count = self._likeness = None
            self.end_rename()
        self._person = person
        self.cover.show_person(person)
        self.name.setText(person.name)
        self.name.setToolTip(plain(person.name))
        self._show_numbers()

    def show_photo_count(self, count: int) -> None:
        """Show in how many photos the person is."""
        self._photo_count = count
        self._show_numbers()

    def show_likeness(self, likeness: NearestOtherPerson | None) -> None:
        """Show the most similar other person."""
        self._likeness = likeness
        self._show_numbers()

    def _show_numbers(self) -> None:
        person = self._person
        if person is None:
            return
        parts = [phrases.faces(person.face_count)]
        if self._photo_count is not None:
            parts.append(phrases.photos(self._photo_count))
        if birth_year(person.born) is not None:
            parts.append(tr("born {date}", date=person.born))
        if self._likeness is not None:
            name, similarity = phrases.display_name(self._likeness.other.name), self._likeness.similarity
            parts.append(
                tr(
                    "most like {name} (similarity {similarity})",
                    name=name,
                    similarity=phrases.score_text(similarity),
                )
            )
        text = " · ".join(parts)
        self.numbers.setText(text)
        self.numbers.setToolTip(plain(text))

    # Typing a name

    def rename(self) -> None:
        """Let the name be typed over."""
        self._renamed = self._person
        if self._person is not None:
            self.name_edit.setText(self._person.name)
            self.names.setCurrentWidget(self.name_edit)
            self.name_edit.setFocus()
            self.name_edit.selectAll()

    def end_rename(self) -> None:
        """Show the name again, whatever was typed."""
        self.names.setCurrentWidget(self.name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter saves the name; Escape, or going elsewhere, keeps the old one."""
        if (
            watched is self.name_edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_name_entered()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        if watched is self.name_edit and event.type() == QEvent.Type.FocusOut:
            self.end_rename()
        return super().eventFilter(watched, event)

    def _on_name_entered(self) -> None:
        name, person = self.name_edit.text(), self._renamed
        self._leave()
        if person is not None and name.strip() and name != person.name:
            self.renamed.emit(person, name)

    def _leave(self) -> None:
        self.end_rename()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()


class _Cover(QWidget):
    """The cover of the person."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.setFixedSize(QSize(COVER_PX, COVER_PX))
        self._person: Person | None = None
        self.images = ThumbnailCache(
            tasks, key="cover", source=gallery, read=read_cover, longest_px=2 * COVER_PX, parent=self
        )
        self.images.images_read.connect(self.update)

    def show_person(self, person: Person) -> None:
        self._person = person
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._person is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        image = self.images.image(self._person.folder, self._person)
        is_read, place = self.images.is_read(self._person.folder), QRectF(self.rect())
        paint_cover(painter, place, image, self._person.name, theme.CARD_RADIUS_PX, is_read=is_read)
        painter.end()
