"""Who the face is: adding, confirming and rejecting, with the controls for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget

from face_match.core.error_messages import unusable_face_warning
from face_match.core.types import Verdict
from face_match.decision.threshold import is_accepted
from face_match.gui import phrases
from face_match.gui.photo.page import Panel
from face_match.gui.state.session import Session
from face_match.gui.widgets.plain_text import plain


class Naming(QObject):
    """`changed` tells that other things make sense now."""

    changed = Signal()

    def __init__(self, panel: Panel, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._panel = panel
        self._session = session
        self._window = window
        self._was_empty = False
        panel.matches.itemDoubleClicked.connect(lambda _: self.confirm())
        panel.add_new.toggled.connect(self._on_add_new_toggled)
        panel.name_edit.textChanged.connect(self._on_name_typed)
        panel.name_edit.returnPressed.connect(self.add)
        panel.add_button.clicked.connect(self.add)
        panel.confirm_button.clicked.connect(self.confirm)
        panel.reject_button.clicked.connect(self.reject)
        session.changes.face_added.connect(self._on_face_added)

    def refresh(self) -> None:
        """Enable what makes sense."""
        panel, session, gallery = self._panel, self._session, self._session.gallery
        can_change = session.changes.are_possible
        is_empty = gallery is not None and not gallery.people
        has_face = session.face is not None
        was_empty, self._was_empty = self._was_empty, is_empty
        if is_empty:
            panel.add_new.setChecked(True)
        elif was_empty and not panel.name_edit.text():  # somebody came from elsewhere
            panel.add_new.setChecked(False)
        panel.add_new.setEnabled(gallery is not None and not is_empty)
        is_new = panel.add_new.isChecked()
        name = panel.name_edit.text().strip()
        panel.name_edit.setEnabled(is_new)
        known = gallery.find(name) if gallery is not None and name else None
        owner = session.known.person(session.picked)
        is_owner = known is not None and owner is not None and known.folder == owner.folder
        panel.add_button.setEnabled(is_new and has_face and can_change and bool(name) and not is_owner)
        panel.show_owner(owner, is_new=known is None)
        chosen = panel.matches.selected()
        can_choose = has_face and can_change and chosen is not None
        is_other = chosen is not None and (owner is None or chosen.person.folder != owner.folder)
        panel.confirm_button.setEnabled(not is_new and can_choose and is_other)
        panel.reject_button.setEnabled(can_choose or (has_face and can_change and owner is not None))

    def enter(self) -> None:
        """Do what Enter does where the focus is."""
        focused = self._window.focusWidget()
        if isinstance(focused, QPushButton):  # what the person is at, not what is usual
            focused.click()
        elif self._panel.add_new.isChecked():
            if not self._panel.name_edit.text().strip():
                self._panel.name_edit.setFocus()
            else:
                self.add()
        else:
            self.confirm()

    def toggle_new(self) -> None:
        """Name somebody new, or not after all."""
        if self._panel.add_new.isEnabled():
            self._panel.add_new.toggle()
            if self._panel.add_new.isChecked():
                self._panel.name_edit.setFocus()

    def choose(self, row: int) -> None:
        """Choosing a person means that it is not a new one."""
        if self._panel.name_edit.hasFocus():
            return
        self._panel.matches.choose(row)
        if self._panel.add_new.isEnabled():
            self._panel.add_new.setChecked(False)

    def add(self) -> None:
        """Add the face under the name typed; asks where the face is unusable."""
        name = self._panel.name_edit.text()
        if self._panel.add_button.isEnabled() and self._is_meant(
            self._doubts(), "Use this name anyway?", "Nothing was added."
        ):
            self._session.changes.add(name)

    def confirm(self) -> None:
        """Add the face to the person chosen; asks where it is unusable or the similarity is low."""
        panel = self._panel
        chosen = panel.matches.selected()
        if chosen is None or not panel.confirm_button.isEnabled():
            return
        doubts, threshold, name = self._doubts(), panel.threshold.value, chosen.person.name
        if not is_accepted(chosen, threshold):
            doubts.append(phrases.match_doubt(chosen, threshold))
        whom = phrases.display_name(name)
        if self._is_meant(doubts, "Use this name anyway?", f"Nothing was added to {whom}."):
            self._session.changes.add(name)

    def _doubts(self) -> list[str]:
        """What speaks against adding the face to anybody; what is merely poor is shown below its crop."""
        face = self._session.face
        if face is None or face.quality.verdict is not Verdict.UNUSABLE:
            return []
        return [unusable_face_warning(face.quality)]

    def _is_meant(self, doubts: list[str], question: str, if_not: str) -> bool:
        """Asks where there are doubts, all in one question."""
        if not doubts:
            return True
        face = self._session.face
        answer = QMessageBox.question(self._window, "Face Match", plain(" ".join([*doubts, question])))
        if answer != QMessageBox.StandardButton.Yes:
            self._panel.message_bar.show_message(if_not)
            return False
        if self._session.face is not face:  # another photo came while the question was open
            self._panel.message_bar.show_message(
                "Nothing was added, because another photo was opened meanwhile."
            )
            return False
        return True

    def reject(self) -> None:
        """The face is not whose name it has, or else not the person chosen."""
        if self._panel.reject_button.isEnabled():
            self._session.changes.not_them(self._panel.matches.selected())

    def undo(self) -> None:
        """In a name that is being typed, else in the gallery."""
        typed = self._typed()
        if typed is not None and typed.isUndoAvailable():
            typed.undo()
        else:
            self._session.changes.undo()

    def redo(self) -> None:
        """Redo, in the same way."""
        typed = self._typed()
        if typed is not None and typed.isRedoAvailable():
            typed.redo()
        else:
            self._session.changes.redo()

    def _typed(self) -> QLineEdit | None:
        """The field of this window that is typed in, if one is."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and focused.isEnabled() and focused.window() is self._window:
            return focused
        return None

    def _on_add_new_toggled(self) -> None:
        self.changed.emit()
        if not self._panel.add_new.isChecked():
            self._panel.name_edit.clear()

    def _on_name_typed(self, text: str) -> None:
        gallery = self._session.gallery
        known = gallery.find(text) if gallery is not None and text else None
        if known is not None:
            self._panel.message_bar.show_message(
                f"{phrases.display_name(known.name)} is already in the gallery. This face will be added to "
                "that person."
            )
        self.changed.emit()

    def _on_face_added(self) -> None:
        self._panel.add_new.setChecked(False)  # which clears the name
        self._panel.matches.setFocus()
