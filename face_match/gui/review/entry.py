"""The way from the main window into the review, and back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from face_match.core.error_messages import counted
from face_match.gui.dialogs.photo_sources import ask_for_folder, may_look
from face_match.gui.keys import REVIEW_KEYS, bind
from face_match.gui.photo.page import Panel
from face_match.gui.state.session import Session

if TYPE_CHECKING:
    from face_match.gui.review.page import ReviewPage


class ReviewEntry(QObject):
    """`button` counts the unnamed faces. The page is made when it is first wanted: the window is up before.

    `shown` tells whether the review is what the window shows, `dropped` gives files and folders.
    """

    shown = Signal(bool)
    dropped = Signal(list)

    def __init__(self, panel: Panel, session: Session, button: QPushButton) -> None:
        super().__init__(panel)
        self._panel = panel
        self._session = session
        self._button = button
        self.page: ReviewPage | None = None
        self._was_offered = False
        self._is_offering = False
        session.gallery_changed.connect(self._on_gallery_changed)
        session.reviewing.arranged.connect(self._on_arranged)
        session.reviewing.unfinished.connect(self._on_unfinished)

    @property
    def is_shown(self) -> bool:
        return self._panel.pages.currentWidget() is not self._panel.photo_page

    def toggle(self) -> None:
        """The faces to be named, or the photo."""
        self.show(not self.is_shown)

    def show(self, wanted: bool) -> None:
        """The same, as wished."""
        if wanted and self.page is None:
            self.page = self._made()
        if wanted and self.page is not None:
            self._withdraw()
            self._panel.pages.setCurrentWidget(self.page)
            self._session.reviewing.arrange()  # the threshold may be another one
            self.page.grid.setFocus()
        elif self.is_shown:
            self._panel.pages.setCurrentWidget(self._panel.photo_page)
            self._panel.photo_view.setFocus()
        self.shown.emit(wanted)

    def show_ignored(self) -> None:
        """Ask about faces that were ignored."""
        self.show(True)
        self._session.reviewing.show_ignored()

    def import_folder(self) -> None:
        """Ask which, and scan it."""
        self.scan(ask_for_folder(self._panel))

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan files and folders for faces, which are then to be named."""
        if paths:
            self.show(True)
            self._session.reviewing.scan(paths)

    def _made(self) -> ReviewPage:
        from face_match.gui.review.page import ReviewPage

        page = ReviewPage(self._session)
        page.folder_wanted.connect(self.import_folder)
        page.dropped.connect(self.dropped)
        self._panel.pages.addWidget(page)
        for before, after in itertools.pairwise([*page.tab_order(), self._button]):
            QWidget.setTabOrder(before, after)
        bind(page, REVIEW_KEYS, page.key_actions())
        return page

    def _on_gallery_changed(self) -> None:
        if self._session.changes.is_saving:  # what is said of it stays
            self._was_offered = True

    def _on_arranged(self) -> None:
        count = self._session.reviewing.unnamed_count
        self._button.setVisible(count > 0)
        self._button.setText(counted(count, "unnamed face", "unnamed faces"))
        is_idle = (
            self._session.photo is None and not self.is_shown and not self._session.reviewing.is_scanning
        )
        if count and is_idle and not self._was_offered:
            self._was_offered = True
            faces = counted(count, "face has", "faces have")
            self._offer(f"{faces} no name yet.", "Name them", lambda: self.show(True))

    def _on_unfinished(self, paths: list[Path]) -> None:
        names = " and ".join(f"“{path.name}”" for path in paths[:2])
        self._was_offered = True

        def resume() -> None:
            if all(may_look(self._panel, self._session, path) for path in paths):
                self.scan(paths)

        self._offer(f"The import of {names} was interrupted.", "Resume", resume)

    def _offer(self, text: str, action: str, do: Callable[[], None]) -> None:
        """In the message bar, until it is done."""

        def on_action() -> None:
            self._withdraw()
            do()

        self._is_offering = True
        self._panel.message_bar.offer(text, action, on_action)

    def _withdraw(self) -> None:
        if self._is_offering:
            self._is_offering = False
            self._panel.message_bar.withdraw()
