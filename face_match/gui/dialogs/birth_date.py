"""When was a person born? A year is enough."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from face_match.core.dates import birth_date
from face_match.core.error_messages import error_message
from face_match.core.errors import InvalidBirthDateError
from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.buttons import add_button, button_box
from face_match.gui.widgets.plain_text import without_mnemonic
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 440
SENTENCE_LINES = 3
WHY = (
    "A year is enough: 2014, 2014-05 or 2014-05-17. Where photos have dates, a face is compared first with "
    "faces of about the same age."
)
REMOVED = "Empty: the birth date is not known."


class BirthDateDialog(QDialog):
    """`given` gives the date as `Person.born` has it, "" to remove it; the person may be gone by then."""

    given = Signal(str)

    def __init__(self, parent: QWidget, person: Person) -> None:
        super().__init__(parent)
        self.setObjectName("birthDialog")
        self.setWindowTitle("Birth date")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.born_edit = QLineEdit(person.born)
        self.born_edit.setObjectName("bornEdit")
        self.born_edit.setAccessibleName("Birth date")
        self.born_edit.setToolTip("A year, a month or a day: 2014, 2014-05 or 2014-05-17 (Enter takes it)")
        self.born_edit.selectAll()
        label = WrappedLabel(without_mnemonic(f"When was {phrases.display_name(person.name)} born?"))
        label.setBuddy(self.born_edit)
        self.sentence = WrappedLabel("")
        self.sentence.setAccessibleName("What can be typed")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setMinimumHeight(SENTENCE_LINES * self.fontMetrics().lineSpacing())
        buttons = button_box("Cancel", by_enter=False)
        self.accept_button = add_button(buttons, "&Set", QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setObjectName("setBornButton")
        self.accept_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.born_edit)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, self.sizeHint().height())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.born_edit.textChanged.connect(self._on_typed)
        self.accepted.connect(self._on_accepted)
        self._on_typed(person.born)

    def _on_typed(self, text: str) -> None:
        try:
            said = WHY if birth_date(text) else REMOVED
            self.accept_button.setEnabled(True)
        except InvalidBirthDateError as exc:
            said = error_message(exc) if len(text.strip()) >= len("2014") else WHY
            self.accept_button.setEnabled(False)
        self.sentence.setText(said)

    def _on_accepted(self) -> None:
        self.given.emit(birth_date(self.born_edit.text()))
