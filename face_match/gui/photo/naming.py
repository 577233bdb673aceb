"""Naming the face: the name field, and the buttons that add, confirm and reject."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget

from face_match.core.notes import unusable_face_warning
from face_match.core.records import Person
from face_match.core.types import Verdict
from face_match.decision.threshold import is_accepted
from face_match.gui import phrases
from face_match.gui.photo.page import ADD, NOT_CHOSEN, PhotoPage
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.widgets.plain_text import plain


class Naming(QObject):
    """Handles the name field and its buttons.

    Signals:
        changed: the typed name or the choice is different.
    """

    changed = Signal()

    def __init__(
        self, page: PhotoPage, gallery: OpenGallery, photo: CurrentPhoto, edits: FaceEdits, window: QWidget
    ) -> None:
        super().__init__(window)
        self._page = page
        self._gallery = gallery
        self._photo = photo
        self._edits = edits
        self._window = window
        self._was_empty = False
        page.matches.itemDoubleClicked.connect(lambda _: self.confirm())
        page.add_new.toggled.connect(self._on_add_new_toggled)
        page.name_edit.textChanged.connect(self._on_name_typed)
        page.name_edit.accepted.connect(lambda _: self.add())
        page.add_button.clicked.connect(self.add)
        page.confirm_button.clicked.connect(self.confirm)
        page.reject_button.clicked.connect(self.reject)
        edits.named.connect(self._on_face_named)
        for signal in (gallery.opened, gallery.closed, gallery.changed):
            signal.connect(self._show_names)

    def refresh(self) -> None:
        """Enable the controls that make sense now."""
        page, gallery = self._page, self._gallery.gallery
        can_edit = self._gallery.can_edit
        is_empty = gallery is not None and not gallery.people
        has_face = self._photo.face is not None
        was_empty, self._was_empty = self._was_empty, is_empty
        if is_empty:
            page.add_new.setChecked(True)
        elif was_empty and not page.name_edit.text():  # a person was added elsewhere
            page.add_new.setChecked(False)
        page.add_new.setEnabled(gallery is not None and not is_empty)
        is_new = page.add_new.isChecked()
        name = page.name_edit.text().strip()
        page.name_edit.setEnabled(is_new)
        person = gallery.find(name) if gallery is not None and name else None
        owner = self._photo.owner
        is_owner = person is not None and owner is not None and person.folder == owner.folder
        page.add_button.setEnabled(is_new and has_face and can_edit and bool(name) and not is_owner)
        self._label_buttons(owner, is_new=person is None)
        chosen = page.matches.selected()
        can_choose = has_face and can_edit and chosen is not None
        is_other = chosen is not None and (owner is None or chosen.person.folder != owner.folder)
        page.confirm_button.setEnabled(not is_new and can_choose and is_other)
        page.reject_button.setEnabled(can_choose or (has_face and can_edit and owner is not None))

    def _label_buttons(self, owner: Person | None, *, is_new: bool) -> None:
        """Label the buttons for a face that is named as a person, or unnamed.

        Args:
            is_new: nobody has the typed name.
        """
        page = self._page
        if owner is None:
            page.add_new.setText("Add &New")
            page.add_button.setText("Add as New" if is_new else "Add face")
            page.add_button.setToolTip(ADD)
            page.reject_button.setToolTip(NOT_CHOSEN)
            return
        name = phrases.display_name(owner.name)
        page.add_new.setText("&New name")
        page.add_button.setText("Change name")
        page.add_button.setToolTip(plain(f"Use this name instead of {name} (Enter)"))
        page.reject_button.setToolTip(plain(f"Remove the name {name} from this face (X)"))

    def enter(self) -> None:
        """Press the button that has the focus; else add the typed name, or confirm."""
        focused = self._window.focusWidget()
        if isinstance(focused, QPushButton):  # not the usual one
            focused.click()
        elif self._page.add_new.isChecked():
            if not self._page.name_edit.text().strip():
                self._page.name_edit.setFocus()
            else:
                self.add()
        else:
            self.confirm()

    def toggle_new(self) -> None:
        """Begin to type a name, or stop."""
        if self._page.add_new.isEnabled():
            self._page.add_new.toggle()
            if self._page.add_new.isChecked():
                self._page.name_edit.setFocus()

    def choose(self, row: int) -> None:
        """Choose a person in the list, instead of typing a name."""
        if self._page.name_edit.hasFocus():
            return
        self._page.matches.choose(row)
        if self._page.add_new.isEnabled():
            self._page.add_new.setChecked(False)

    def add(self) -> None:
        """Name the face as typed; asks where the face is unusable."""
        name = self._page.name_edit.text()
        if self._page.add_button.isEnabled() and self._user_confirms(
            self._doubts(), "Use this name anyway?", "Nothing was added."
        ):
            self._edits.name(name)

    def confirm(self) -> None:
        """Name the face as the chosen person; asks where it is unusable or the similarity is low."""
        page = self._page
        chosen = page.matches.selected()
        if chosen is None or not page.confirm_button.isEnabled():
            return
        doubts, threshold, name = self._doubts(), page.threshold.value, chosen.person.name
        if not is_accepted(chosen, threshold):
            doubts.append(phrases.match_doubt(chosen, threshold))
        whom = phrases.display_name(name)
        if self._user_confirms(doubts, "Use this name anyway?", f"Nothing was added to {whom}."):
            self._edits.name(name)

    def _doubts(self) -> list[str]:
        """Reasons not to name the face; a poor quality is only shown below its crop."""
        face = self._photo.face
        if face is None or face.quality.verdict is not Verdict.UNUSABLE:
            return []
        return [unusable_face_warning(face.quality)]

    def _user_confirms(self, doubts: list[str], question: str, if_not: str) -> bool:
        """Ask once about all doubts; return whether the user confirms."""
        if not doubts:
            return True
        face = self._photo.face
        answer = QMessageBox.question(self._window, "Face Match", plain(" ".join([*doubts, question])))
        if answer != QMessageBox.StandardButton.Yes:
            self._page.message_bar.show_message(if_not)
            return False
        if self._photo.face is not face:  # another photo came while the question was open
            self._page.message_bar.show_message(
                "Nothing was added, because another photo was opened meanwhile."
            )
            return False
        return True

    def reject(self) -> None:
        """Remove the name of the face; of an unnamed face, reject the chosen person."""
        if self._page.reject_button.isEnabled():
            self._edits.reject(self._page.matches.selected())

    def undo(self) -> None:
        """Undo in the name that is being typed, else in the gallery."""
        field = self._field()
        if field is not None and field.isUndoAvailable():
            field.undo()
        else:
            self._gallery.undo()

    def redo(self) -> None:
        """Redo in the name that is being typed, else in the gallery."""
        field = self._field()
        if field is not None and field.isRedoAvailable():
            field.redo()
        else:
            self._gallery.redo()

    def _field(self) -> QLineEdit | None:
        """The field of this window that has the focus; None where there is none."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and focused.isEnabled() and focused.window() is self._window:
            return focused
        return None

    def _show_names(self) -> None:
        """Complete what is typed to the names of the gallery."""
        gallery = self._gallery.gallery
        people = gallery.people if gallery is not None else ()
        self._page.name_edit.show_people(people)

    def _on_add_new_toggled(self) -> None:
        self.changed.emit()
        if not self._page.add_new.isChecked():
            self._page.name_edit.clear()

    def _on_name_typed(self, text: str) -> None:
        gallery = self._gallery.gallery
        person = gallery.find(text) if gallery is not None and text else None
        if person is not None:
            self._page.message_bar.show_message(
                f"{phrases.display_name(person.name)} is already in the gallery. This face will be added to "
                "that person."
            )
        self.changed.emit()

    def _on_face_named(self) -> None:
        self._page.add_new.setChecked(False)  # which clears the name
        self._page.matches.setFocus()
