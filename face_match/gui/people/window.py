"""The people window: the people of the gallery and their faces. Its actions are in `actions`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Person
from face_match.gui import phrases
from face_match.gui.people.actions import PeopleActions, button_of
from face_match.gui.people.people_list import PeopleList
from face_match.gui.people.person_faces import PersonFaces, ShownFace
from face_match.gui.people.summary import PeopleSummary
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.tasks import COMPARISONS, DECODE, GALLERY, Tasks
from face_match.gui.widgets.people_model import SortedPeople, sort_people
from face_match.gui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.health import NearestOtherPerson

FIRST_SIZE = (920, 620)
MIN_LIST_HEIGHT_PX = 260
MOST_PEOPLE = 20
"""The faces of up to this many people are shown together."""
FIRST_MESSAGE = "Choose people on the left and faces on the right. F1 shows all keys. Undo: Ctrl+Z."


class PeopleWindow(QWidget):
    """Stays open beside the main window, with messages and undo of its own.

    `photo_wanted` has the photo of a face, to be opened.
    """

    photo_wanted = Signal(Path)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        edits: PeopleEdits,
        tasks: Tasks,
        *,
        messages: Messages,
        window: QWidget,
        actions: Sequence[QAction],
        delete: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self.setObjectName("peopleWindow")
        self.setWindowTitle("People")
        self.resize(*FIRST_SIZE)
        self.addActions(actions)
        self._gallery = gallery
        self._model = model
        self._edits = edits
        self._tasks = tasks
        self._messages = messages
        self._shown: list[Person] = []
        self._select_next = ""
        self._delete = delete
        self._build()
        self._lay_out()
        self._connect()

    # Building

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.filter.setObjectName("peopleFilter")
        self.filter.setAccessibleName("Filter people by name")
        self.filter.setToolTip("Show people whose names contain this text (Ctrl+F)")
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.people = PeopleList(self._tasks, lambda: self._gallery.gallery)
        self.faces = PersonFaces(self._tasks, lambda: self._gallery.gallery)
        self.people_actions = PeopleActions(self._gallery, self._edits, self.people, self.faces, self)
        self.rename_button = button_of(self.people_actions.rename, "renameButton")
        self.merge_button = button_of(self.people_actions.merge, "mergeButton")
        self.move_button = button_of(self.people_actions.move, "moveButton")
        self.remove_button = button_of(self.people_actions.remove, "removeButton")
        self.cover_button = button_of(self.people_actions.set_cover, "coverButton")
        self.near_duplicates_button = button_of(self.people_actions.remove_near_duplicates, "thinButton")
        self.delete_button = button_of(self.people_actions.delete, "eraseButton")
        self.summary = PeopleSummary()
        self.notice = _text_line("peopleNotice", "State of the gallery")
        self.message = _text_line("peopleMessage", "Messages")

    def _lay_out(self) -> None:
        people_buttons = (self.rename_button, self.merge_button, self.delete_button)
        face_buttons = (self.move_button, self.cover_button, self.remove_button, self.near_duplicates_button)
        left = _column(self.filter, self.people, people_buttons)
        right = _column(self.summary, self.faces, face_buttons)
        self.summary.setMinimumHeight(self.filter.sizeHint().height())  # the lists start at the same height
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([290, 620])
        self.faces.setMinimumHeight(MIN_LIST_HEIGHT_PX)
        layout = QVBoxLayout(self)
        layout.addWidget(self.notice)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.message)
        order = [self.filter, self.people, *people_buttons, self.faces, *face_buttons]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        gallery = self._gallery
        gallery.opened.connect(self._on_gallery_opened)
        for signal in (gallery.refused, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self.refresh)
        self._model.changed.connect(self._on_model_changed)
        self._messages.posted.connect(self.message.setText)
        self._messages.failed.connect(self._on_failed)
        self.filter.textChanged.connect(self._on_filter_typed)
        self.people.selection_changed.connect(self._on_people_selected)
        self.faces.selection_changed.connect(self._refresh_selection)
        self.people_actions.selection_wanted.connect(self._on_selection_wanted)
        self.people_actions.deletion_wanted.connect(self._delete)
        self.people_actions.photo_wanted.connect(self.photo_wanted)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        QShortcut(QKeySequence.StandardKey.Close, self).activated.connect(self.close)

    # What is shown

    def refresh(self) -> None:
        """Show the current state of the gallery. The selection is kept."""
        if not self.isVisible():
            return
        gallery = self._gallery.gallery
        people = gallery.people if gallery is not None else ()
        if gallery is None:
            self._stop_reading()
        is_away = gallery is None and self._gallery.is_opening  # the selection is kept until it is back
        if people != self.people.people.all.source and not is_away:
            self._sort(people)
        reason = phrases.read_only_reason(gallery, self._gallery.is_opening, self._gallery.problem)
        self.notice.setText(reason)
        self.notice.setVisible(bool(reason))
        count = phrases.people(len(people))
        self.filter.setPlaceholderText(f"Filter {count} by name" if people else "Filter by name")
        self._show_placeholders()
        self._refresh_selection()

    def _sort(self, people: Sequence[Person]) -> None:
        before = self.people.people.all

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> SortedPeople:
            return sort_people(people, before)

        self._tasks.start(DECODE, job, self._on_sorted, key="people")

    def _on_sorted(self, people: SortedPeople) -> None:
        gallery = self._gallery.gallery
        fallback = gallery.find(self._select_next) if gallery is not None and self._select_next else None
        self.people.show_people(people, fallback)
        if not self._gallery.is_saving:
            self._select_next = ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.message.setText(FIRST_MESSAGE if self._gallery.can_edit else "")
        self.filter.setFocus()
        self.refresh()
        self._on_people_selected()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the dialogs of this window, and stop reading. Changes being saved are completed."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._stop_reading()
        self._shown = []
        super().closeEvent(event)

    def _stop_reading(self) -> None:
        for key in ("people", "people faces of person", "people likenesses"):
            self._tasks.drop(key)
        self.people.crops.stop()
        self.faces.crops.stop()

    def _refresh_selection(self) -> None:
        self.people_actions.refresh()
        near = len(self.faces.near_duplicates())
        self.summary.show_people(self.people.selected(), near, len(self.faces.selected()))

    def _show_placeholders(self) -> None:
        sought = self.filter.text().strip()
        if self.people.people.all.source and sought:
            self.people.show_placeholder(
                f"No name contains “{phrases.display_name(sought)}”. Press Escape to show all people."
            )
        else:
            gallery = self._gallery.gallery
            is_empty = gallery is not None and not gallery.people
            self.people.show_placeholder(phrases.EMPTY_GALLERY if is_empty else "")
        count = len(self.people.selected())
        if count > MOST_PEOPLE:
            self.faces.show_placeholder(f"Select up to {MOST_PEOPLE} people to see their faces.")
        else:
            is_nobody_selected = count == 0 and bool(self.people.people.shown)
            self.faces.show_placeholder("Select a person to see the faces." if is_nobody_selected else "")

    def _on_gallery_opened(self) -> None:
        self.people.crops.clear()
        self.faces.crops.clear()
        self.refresh()

    def _on_model_changed(self) -> None:
        """Read the faces again, as near-duplicates depend on the model."""
        self._read_faces(self._shown)

    def _on_failed(self, error: Exception) -> None:
        self.message.setText(phrases.error_text(error))

    def _on_filter_typed(self, text: str) -> None:
        self.people.filter(text)
        self._show_placeholders()

    def _on_selection_wanted(self, name: str) -> None:
        self._select_next = name

    def _on_people_selected(self) -> None:
        people = self.people.selected()
        if [person.folder for person in people] != [person.folder for person in self._shown]:
            self.faces.show_faces([])
            self.summary.show_likeness(None)
        if people != self._shown:
            self._read_faces(people)
        self._show_placeholders()
        self._refresh_selection()

    def _read_faces(self, people: list[Person]) -> None:
        self._shown = people
        self._tasks.drop("people faces of person")
        gallery, model_id = self._gallery.gallery, self._model.id
        if gallery is None or not 1 <= len(people) <= MOST_PEOPLE:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[ShownFace]:
            return [row for person in people for row in _faces_of(gallery, person, model_id)]

        self._tasks.start(GALLERY, job, self._on_faces_read, key="people faces of person", owners=(gallery,))

    def _on_faces_read(self, rows: list[ShownFace]) -> None:
        """Show the faces, then search for the most similar other people, which takes longer."""
        self.faces.show_faces(rows)
        gallery, model_id = self._gallery.gallery, self._model.id
        if gallery is None:
            return
        own: dict[str, tuple[Person, list[FaceRecord]]] = {}
        for row in rows:
            own.setdefault(row.person.folder, (row.person, []))[1].append(row.face)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> dict[str, NearestOtherPerson]:
            from face_match.gallery.health import NearestOtherPerson, nearest_others

            found = dict[str, NearestOtherPerson]()
            for person, faces in own.values():
                if is_cancelled():
                    raise CancelledError
                found |= {one.face_id: one for one in nearest_others(gallery, person, faces, model_id)}
            return found

        self._tasks.start(
            COMPARISONS, job, self._on_likenesses_found, key="people likenesses", owners=(gallery,)
        )

    def _on_likenesses_found(self, found: dict[str, NearestOtherPerson]) -> None:
        self.faces.show_other_people(found)
        closest = max(found.values(), key=lambda likeness: likeness.similarity, default=None)
        self.summary.show_likeness(closest if len(self._shown) == 1 else None)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, or moves the focus from the filter to the people to the faces."""
        focused, key = self.focusWidget(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton):
                focused.click()
            elif focused is self.filter:
                self.people.setFocus()
            elif focused is self.people:
                self.faces.setFocus()
        elif key == Qt.Key.Key_Down and focused is self.filter:
            self.people.setFocus()
        elif key == Qt.Key.Key_Escape and self.filter.text():
            self.filter.clear()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z in the filter undoes typing while there is any, else the last change of the gallery."""
        if watched is self.filter and event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            undoes, redoes = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undoes) and not self.filter.isUndoAvailable():
                return True
            if event.matches(redoes) and not self.filter.isRedoAvailable():
                return True
        return super().eventFilter(watched, event)

    def _on_find(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()


def _faces_of(gallery: Gallery, person: Person, model_id: str) -> list[ShownFace]:
    """The faces of a person, with what their badges show."""
    from face_match.gallery.duplicate_faces import in_same_photo
    from face_match.gallery.health import near_duplicates

    faces = sorted(gallery.faces_of(person), key=lambda face: face.added)
    near = {found.face.id: found for found in near_duplicates(faces, model_id)}
    same = in_same_photo(faces)
    cover = gallery.cover_of(person) if len(faces) > 1 else None
    return [
        ShownFace(
            face,
            person,
            near.get(face.id),
            same.get(face.id),
            is_cover=cover is not None and cover.id == face.id,
        )
        for face in faces
    ]


def _text_line(object_name: str, accessible_name: str) -> QLabel:
    label = PlainLabel()
    label.setObjectName(object_name)
    label.setAccessibleName(accessible_name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    label.setFrameShape(QFrame.Shape.StyledPanel)
    label.setMargin(6)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def _column(top: QWidget, middle: QWidget, buttons: Sequence[QPushButton]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(top)
    layout.addWidget(middle, 1)
    row = QHBoxLayout()
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    layout.addLayout(row)
    return column
