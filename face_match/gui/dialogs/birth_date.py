"""Setting the birth date of a person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from face_match.core.dates import birth_date
from face_match.core.errors import InvalidBirthDateError
from face_match.core.messages import error_message
from face_match.core.records import Person
from face_match.gui import phrases, theme
from face_match.gui.dialogs.sheet import Sheet, text_lines
from face_match.gui.translation import marked, tr, translated
from face_match.gui.widgets.plain_text import without_mnemonic
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 440
HINT_LINES = 3
FORMATS = marked(
    "Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. In dated photos, faces "
    "are then compared with faces of a similar age first."
)
EMPTY = marked(
    "Enter a year, a month or a day: 2014, 2014-05 or 2014-05-17. Leave this empty if the "
    "birth date is not known."
)


class BirthDateDialog(Sheet):
    """`date_entered` has the date in the format of `Person.born`, "" to remove it."""

    date_entered = Signal(str)

    def __init__(self, parent: QWidget, person: Person) -> None:
        super().__init__(parent, "birthDialog", tr("Birth date"), close_text=tr("Cancel"), by_enter=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.born_edit = QLineEdit(person.born)
        self.born_edit.setObjectName("bornEdit")
        self.born_edit.setAccessibleName(tr("Birth date"))
        self.born_edit.setToolTip(
            tr("A year, a month or a day: 2014, 2014-05 or 2014-05-17 (Enter saves it)")
        )
        self.born_edit.selectAll()
        label = WrappedLabel(
            without_mnemonic(tr("When was {name} born?", name=phrases.display_name(person.name)))
        )
        label.setBuddy(self.born_edit)
        self.hint = theme.set_type(WrappedLabel("", "", tr("Allowed dates")), faint=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setMinimumHeight(text_lines(self, HINT_LINES))
        self.accept_button = self.add_main(tr("&Set"), "setBornButton", tr("Set the birth date (Enter)"))
        self.column.addWidget(label)
        self.column.addWidget(self.born_edit)
        self.column.addWidget(self.hint, 1)
        self.fit(WIDTH_PX)
        self.buttons.accepted.connect(self.accept)
        self.born_edit.textChanged.connect(self._on_typed)
        self.accepted.connect(self._on_accepted)
        self._on_typed(person.born)

    def _on_typed(self, typed: str) -> None:
        try:
            hint = translated(FORMATS) if birth_date(typed) else translated(EMPTY)
            self.accept_button.setEnabled(True)
        except InvalidBirthDateError as exc:
            hint = error_message(exc) if len(typed.strip()) >= len("2014") else translated(FORMATS)
            self.accept_button.setEnabled(False)
        self.hint.setText(hint)

    def _on_accepted(self) -> None:
        self.date_entered.emit(birth_date(self.born_edit.text()))
