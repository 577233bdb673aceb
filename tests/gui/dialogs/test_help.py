"""What the Help menu opens: the user guide and what the program is; nothing of it needs the network."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QTextBrowser

from face_match.core.version import __version__


def test_about_says_what_is_open_and_lists_the_licences(driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window = driver.window
    window.menus.actions["about"].trigger()
    page = window.dialogs.about
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert f"Version {__version__}" in texts
    assert page.folder.toolTip() == str(window.gallery.folder)
    assert page.records.text() == f"{window.gallery.gallery.records.name}, format 5"
    assert page.model.text() == window.models.title_of(window.model.id)
    for work in ("PySide6", "numpy", "Lucide", "dlib"):
        assert work.lower() in page.licences.toPlainText().lower()
    page.folder_button.click()
    assert opened == [QUrl.fromLocalFile(str(window.gallery.folder))]
    driver.qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_user_guide_is_read_in_the_window_and_its_links_lead_to_sections(driver) -> None:
    window = driver.window
    window.menus.actions["user guide"].trigger()
    text: QTextBrowser = window.dialogs.user_guide.text
    assert "One photo" in text.toPlainText()
    assert "![" not in text.toPlainText()
    assert text.document().size().width() <= text.viewport().width(), "it never scrolls sideways"
    text.anchorClicked.emit(QUrl("#matches-and-the-threshold"))
    assert text.textCursor().block().text() == "Matches and the threshold"
    assert text.verticalScrollBar().value() > 0
    before = text.textCursor().position()
    text.anchorClicked.emit(QUrl("https://example.org/"))
    assert text.textCursor().position() == before
