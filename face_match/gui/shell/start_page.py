"""The start page: the people, or what is searched for; in an empty gallery the two ways to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from face_match.gui.shell.search import Search
from face_match.gui.shell.welcome import WelcomePage


class StartPage(QStackedWidget):
    """Each of its pages is made when it is first shown."""

    def __init__(self, search: Search, people: Callable[[], QWidget]) -> None:
        super().__init__()
        self.welcome = WelcomePage()
        self._search = search
        self._people = people
        self.addWidget(QWidget())
        self.addWidget(self.welcome)

    def show_state(self, *, is_empty: bool, takes_focus: bool) -> None:
        """Show the page for a gallery that has nothing yet, or the people, or what is searched for."""
        full = self._search.page if self._search.is_active else self._people()
        shown = self.welcome if is_empty else full
        if shown is self.currentWidget():
            return
        if self.indexOf(shown) < 0:
            self.addWidget(shown)
        self.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if takes_focus:
            shown.setFocus()
