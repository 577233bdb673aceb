"""Which person? A name is typed, those known are offered, and what will be done is said before it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from face_match.gui.widgets.buttons import add_button, button_box
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.plain_text import without_mnemonic
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 440
SENTENCE_LINES = 3


class Preview(NamedTuple):
    """What would be done with a name, and whether that can be."""

    sentence: str
    is_possible: bool


class PersonPicker(QDialog):
    """`picked` gives the name; the person may be gone by the time it comes."""

    picked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        prompt: str,
        action: str,
        names: Iterable[str],
        preview: Callable[[str], Preview],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("personPicker")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._outlook = preview
        self.name_edit = NameEdit(
            "personEdit", "Any part of a name that is known brings it up (Enter takes it)"
        )
        self.name_edit.show_names(names)
        label = WrappedLabel(without_mnemonic(prompt))
        label.setBuddy(self.name_edit)
        self.sentence = WrappedLabel("")
        self.sentence.setAccessibleName("What will be done")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setMinimumHeight(SENTENCE_LINES * self.fontMetrics().lineSpacing())
        buttons = button_box("Cancel", by_enter=False)
        self.accept_button = add_button(buttons, action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setObjectName("pickButton")
        self.accept_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
        layout.addWidget(self.name_edit)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, self.sizeHint().height())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.name_edit.textChanged.connect(self._on_typed)
        self.accepted.connect(self._on_accepted)
        self._on_typed("")

    def _on_typed(self, name: str) -> None:
        preview = self._outlook(name)
        self.sentence.setText(preview.sentence)
        self.accept_button.setEnabled(preview.is_possible)

    def _on_accepted(self) -> None:
        self.picked.emit(self.name_edit.text())
