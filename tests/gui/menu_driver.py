"""Chooses entries of the menus, and answers the dialogs that come of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox


def trigger(driver, name: str) -> None:
    """Choose an entry of the menu, which has to be there to be chosen."""
    action = driver.window.menus.actions[name]
    assert action.isEnabled(), name
    assert action.isVisible(), name
    action.trigger()
    driver.settle()


def answering(kind: type, answer: Callable[..., None]) -> None:
    """Answer the next dialog of a kind."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            try:
                answer(dialog)
            except BaseException:
                dialog.reject()  # or the test would wait for it
                raise
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def pressing(text: str) -> list[str]:
    """Press a button of the next question; returns where its text and its details will be put."""
    asked: list[str] = []

    def press(box: QMessageBox) -> None:
        asked.extend((box.text(), box.informativeText()))
        next(
            button for button in box.buttons() if button.text().replace("&", "") == text.replace("&", "")
        ).click()

    answering(QMessageBox, press)
    return asked


def names(driver) -> list[str]:
    return [person.name for person in driver.window.gallery.gallery.people]
