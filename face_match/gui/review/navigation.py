"""Switching the main window between the photo and the unnamed faces."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from face_match.core.number_text import plural
from face_match.gui.dialogs.photo_sources import ask_for_folder, may_open
from face_match.gui.keys import REVIEW_KEYS, bind
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from face_match.gui.review.page import ReviewPage


class ReviewNavigation(QObject):
    """Shows and hides the review page, which is made when it is first shown.

    Args:
        pages: the main window's pages; the first one is the photo's.
        button: shows the number of unnamed faces.
        make_page: makes the review page.
        is_photo_shown: whether the user is looking at a photo.

    Signals: `shown` says whether the review page is shown now; `dropped` has the files and folders that were
    dropped on it.
    """

    shown = Signal(bool)
    dropped = Signal(list)

    def __init__(
        self,
        pages: QStackedWidget,
        message_bar: MessageBar,
        button: QPushButton,
        gallery: OpenGallery,
        unnamed: UnnamedFaces,
        *,
        make_page: Callable[[], ReviewPage],
        is_photo_shown: Callable[[], bool],
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        photo_page = pages.widget(0)
        assert photo_page is not None
        self._photo_page = photo_page
        self._message_bar = message_bar
        self._gallery = gallery
        self._unnamed = unnamed
        self._make_page = make_page
        self._is_photo_shown = is_photo_shown
        self._button = button
        self.page: ReviewPage | None = None
        self._was_announced = False
        self._has_action = False
        gallery.availability_changed.connect(self._on_edit_begun)
        unnamed.grouped.connect(self._on_grouped)
        unnamed.scan_interrupted.connect(self._on_scan_interrupted)

    @property
    def is_shown(self) -> bool:
        return self._pages.currentWidget() is not self._photo_page

    def toggle(self) -> None:
        """Switch to the other page."""
        self.show(not self.is_shown)

    def show(self, wanted: bool) -> None:
        """Show the review page, or the photo."""
        if wanted:
            if self.page is None:
                self.page = self._connected(self._make_page())
            self._hide_action()
            self._pages.setCurrentWidget(self.page)
            self._unnamed.group()  # the threshold may have changed
            self.page.grid.setFocus()
        elif self.is_shown:
            self._pages.setCurrentWidget(self._photo_page)
            self._photo_page.setFocus()
        self.shown.emit(wanted)

    def show_ignored(self) -> None:
        """Show the review page with the faces that were ignored."""
        self.show(True)
        self._unnamed.show_ignored()

    def import_folder(self) -> None:
        """Ask for a folder and scan it."""
        self.scan(ask_for_folder(self._pages))

    def scan(self, paths: Sequence[Path]) -> None:
        """Scan files and folders for faces, and show the review page."""
        if paths:
            self.show(True)
            self._unnamed.scan(paths)

    def _connected(self, page: ReviewPage) -> ReviewPage:
        page.folder_wanted.connect(self.import_folder)
        page.dropped.connect(self.dropped)
        self._pages.addWidget(page)
        for before, after in itertools.pairwise([*page.tab_order(), self._button]):
            QWidget.setTabOrder(before, after)
        bind(page, REVIEW_KEYS, page.key_actions())
        return page

    def _on_edit_begun(self) -> None:
        if self._gallery.is_saving:  # its message is more recent than ours
            self._was_announced = True

    def _on_grouped(self) -> None:
        count = self._unnamed.count
        self._button.setVisible(count > 0)
        self._button.setText(plural(count, "unnamed face", "unnamed faces"))
        is_idle = not self._is_photo_shown() and not self.is_shown and not self._unnamed.is_scanning
        if count and is_idle and not self._was_announced:
            self._was_announced = True
            faces = plural(count, "face has", "faces have")
            self._show_action(f"{faces} no name yet.", "Name them", lambda: self.show(True))

    def _on_scan_interrupted(self, paths: list[Path]) -> None:
        names = " and ".join(f"“{path.name}”" for path in paths[:2])
        self._was_announced = True

        def resume() -> None:
            if all(may_open(self._pages, self._gallery, path) for path in paths):
                self.scan(paths)

        self._show_action(f"The import of {names} was interrupted.", "Resume", resume)

    def _show_action(self, text: str, action: str, do: Callable[[], None]) -> None:
        """Show a message with a button, until the button is clicked or the review page is shown."""

        def on_action() -> None:
            self._hide_action()
            do()

        self._has_action = True
        self._message_bar.show_action(text, action, on_action)

    def _hide_action(self) -> None:
        if self._has_action:
            self._has_action = False
            self._message_bar.hide_action()
