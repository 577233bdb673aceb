"""The pages that ask for a passphrase or a password are alike, and nothing on them moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from face_match.core.server_errors import ServerAwayError, ServerPasswordError
from face_match.gui.shell.locked import LockedPage
from face_match.gui.shell.secret_page import SecretPage
from face_match.gui.shell.server_page import ServerPage
from tests.gui import audit

NAME = "family on db.example.org"


def locked(page: LockedPage) -> tuple[Callable[[], None], Callable[[], None]]:
    """How it asks, is wrong, and has nothing to ask for."""
    return page.show_wrong, lambda: page.show_keyring_problem("The keyring is locked.")


def on_server(page: ServerPage) -> tuple[Callable[[], None], Callable[[], None]]:
    page.show_error(ServerPasswordError(NAME, was_given=False))
    return (
        lambda: page.show_error(ServerPasswordError(NAME, was_given=True)),
        lambda: page.show_error(ServerAwayError(NAME, "connection refused")),
    )


def places(page: SecretPage) -> list[QRect]:
    for _ in range(3):
        QApplication.processEvents()
    shown: list[QWidget] = [page.title, page.text, page.edit, page.show_button, page.open_button]
    return [QRect(one.mapTo(page, one.rect().topLeft()), one.size()) for one in shown if one.isVisible()]


@pytest.mark.parametrize(("kind", "turns"), [(LockedPage, locked), (ServerPage, on_server)])
@pytest.mark.parametrize("size", [(900, 600), (500, 420)])
def test_an_error_moves_nothing_and_the_button_keeps_its_size(qtbot, kind, turns, size) -> None:
    page: SecretPage = kind()
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    wrong, without_field = turns(page)
    before = places(page)
    page.edit.setText("four words")
    wrong()
    assert places(page) == before
    assert page.remark.text()
    assert audit.cut_off(page) == []
    without_field()
    places(page)
    assert not page.show_button.isVisible()
    assert page.open_button.width() == page.open_button.sizeHint().width()


@pytest.mark.parametrize("kind", [LockedPage, ServerPage])
def test_what_is_typed_can_be_shown(qtbot, kind) -> None:
    page: SecretPage = kind()
    qtbot.addWidget(page)
    page.ask(True)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    assert page.edit.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClick(page.edit, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.edit.echoMode() is QLineEdit.EchoMode.Normal)
    assert page.edit.hasFocus()
