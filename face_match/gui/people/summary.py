"""The line above the faces: whose they are, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from face_match.core.dates import birth_year
from face_match.core.number_text import plural
from face_match.core.records import Person
from face_match.gui import phrases
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown

if TYPE_CHECKING:
    from face_match.gallery.health import NearestOtherPerson


MAX_OTHER_NAME_EMS = 14


class PeopleSummary(QWidget):
    """Names, the most similar other person, and numbers. Only the names are shortened."""

    def __init__(self) -> None:
        super().__init__()
        self.names = PlainLabel()
        self.names.setObjectName("chosenPeople")
        self.names.setAccessibleName("Selected people")
        self.names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        font = self.names.font()
        font.setBold(True)
        self.names.setFont(font)
        self.likeness = PlainLabel()
        self.likeness.setObjectName("mostLike")
        self.likeness.setAccessibleName("Most similar other person")
        self.likeness.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.numbers = QLabel()
        self.numbers.setObjectName("chosenSamples")
        self.numbers.setAccessibleName("Birth date and number of faces")
        self.numbers.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._names_text = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.addWidget(self.names, 1)
        layout.addWidget(self.likeness)
        layout.addSpacing(12)
        layout.addWidget(self.numbers)

    def show_people(self, people: Sequence[Person], near_duplicates: int, selected: int) -> None:
        """Show people, with the numbers of their near-duplicates and selected faces."""
        self._names_text = (
            shown(people[0].name) if len(people) == 1 else phrases.list_people(people) if people else ""
        )
        born = people[0].born if len(people) == 1 and birth_year(people[0].born) is not None else ""
        numbers = [f"born {born}"] if born else []
        numbers += [phrases.faces(sum(person.face_count for person in people))] if people else []
        if near_duplicates:
            numbers.append(plural(near_duplicates, "near-duplicate", "near-duplicates"))
        if selected:
            numbers.append(f"{selected:,} selected")
        self.numbers.setText(", ".join(numbers))
        self.names.setToolTip(plain(", ".join(person.name for person in people[: phrases.MOST_NAMED])))
        self._draw()

    def show_likeness(self, likeness: NearestOtherPerson | None) -> None:
        """Show the most similar other person."""
        text = ""
        if likeness is not None:
            width = MAX_OTHER_NAME_EMS * self.fontMetrics().horizontalAdvance("m")
            name = phrases.display_name(likeness.other.name)
            name = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width)
            text = f"most like {name}, {likeness.similarity:.3f}"
        self.likeness.setText(text)
        self.likeness.setToolTip(plain(likeness.other.name) if likeness is not None else "")
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()  # the width left for the names may have changed
        width = self.names.width()
        elided = self.names.fontMetrics().elidedText(self._names_text, Qt.TextElideMode.ElideMiddle, width)
        self.names.setText(elided)
