"""Choosing a person by name, with a preview of what will be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from face_match.core.records import Person
from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet, text_lines
from face_match.gui.state.tasks import Tasks
from face_match.gui.translation import tr
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.name_suggestions import ROW_PX
from face_match.gui.widgets.plain_text import without_mnemonic
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

WIDTH_PX = 440
PREVIEW_LINES = 3
ROWS = 5
"""Names that drop down over the preview; the buttons below stay in sight."""


class Preview(NamedTuple):
    """What will be done with the person of a name, and whether it is possible."""

    text: str
    is_possible: bool


class PersonPicker(Sheet):
    """`picked` has the name, whose person may be gone by then.

    Args:
        names: to suggest. people: to suggest with their covers, in place of names.
        covers: the tasks and the gallery to read the covers with.
    """

    picked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        prompt: str,
        action: str,
        names: Iterable[str] = (),
        people: Sequence[Person] = (),
        covers: tuple[Tasks, Callable[[], Gallery | None]] | None = None,
        preview: Callable[[str], Preview],
    ) -> None:
        super().__init__(parent, "personPicker", title, close_text=tr("Cancel"), by_enter=False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name_edit = NameEdit("personEdit", tr("Type any part of a name (Enter accepts it)"), covers)
        self._preview = preview
        self.name_edit.may_be_new = lambda name: preview(name).is_possible
        if people:
            self.name_edit.show_people(people)
        else:
            self.name_edit.show_names(names)
        label = WrappedLabel(without_mnemonic(prompt))
        label.setBuddy(self.name_edit)
        self.preview_label = theme.set_type(WrappedLabel("", "", tr("What will be done")), faint=True)
        self.preview_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.preview_label.setMinimumHeight(max(text_lines(self, PREVIEW_LINES), ROWS * ROW_PX))
        self.accept_button = self.add_main(action, "pickButton", tr("Use this person (Enter)"))
        self.column.addWidget(label)
        self.column.addWidget(self.name_edit)
        self.column.addWidget(self.preview_label, 1)
        self.fit(WIDTH_PX)
        self.name_edit.keep_clear_of = self.buttons
        self.buttons.accepted.connect(self.accept)
        self.name_edit.textChanged.connect(self._on_typed)
        self.name_edit.accepted.connect(lambda _: self.accept_button.click())
        self.accepted.connect(self._on_accepted)
        self._on_typed("")

    def _on_typed(self, name: str) -> None:
        preview = self._preview(name)
        self.preview_label.setText(preview.text)
        self.accept_button.setEnabled(preview.is_possible)

    def _on_accepted(self) -> None:
        self.picked.emit(self.name_edit.text())
