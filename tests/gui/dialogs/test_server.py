"""The dialog for a gallery on a server tries the connection, says what is wrong, and shows no password."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from face_match.core.gallery_place import ServerAddress
from face_match.gui.dialogs.server import ServerDialog
from face_match.gui.state.tasks import Tasks
from tests.memory_keyring import MemoryKeyring
from tests.postgres import Postgres

SECRET = "sesame-4711"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(window: QWidget) -> Iterator[ServerDialog]:
    tasks = Tasks(window)
    shown = ServerDialog(tasks, window)
    shown.show()
    yield shown
    shown.close()
    tasks.close()


def paste(dialog: ServerDialog, text: str) -> None:
    dialog.host.setText(text)
    dialog.host.textEdited.emit(text)


def open_it(dialog: ServerDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.host, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: dialog.result() == QDialog.DialogCode.Accepted or dialog.open_button.isEnabled(),
    )


def test_a_pasted_address_fills_the_fields_and_the_gallery_is_opened(
    dialog: ServerDialog, qtbot: QtBot, server_address: ServerAddress
) -> None:
    assert not dialog.open_button.isEnabled()
    paste(dialog, str(server_address))
    assert dialog.database.text() == "postgres"
    assert dialog.schema.text() == server_address.schema
    open_it(dialog, qtbot)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.address == server_address


def test_the_password_is_kept_in_the_keyring_where_that_is_wanted_and_nowhere_else(
    dialog: ServerDialog, qtbot: QtBot, server_address: ServerAddress, own_keyring: MemoryKeyring
) -> None:
    paste(dialog, str(server_address))
    dialog.password.setText(SECRET)
    dialog.keep.setChecked(True)
    open_it(dialog, qtbot)
    assert dialog.address is not None
    assert dialog.address.password == SECRET
    assert [*own_keyring.entries.values()] == [SECRET]
    assert all(SECRET not in field.text() for field in dialog.findChildren(QLineEdit))
    assert SECRET not in str(dialog.address)


def test_a_password_is_not_kept_unasked(
    dialog: ServerDialog, qtbot: QtBot, server_address: ServerAddress, own_keyring: MemoryKeyring
) -> None:
    paste(dialog, str(server_address))
    dialog.password.setText(SECRET)
    open_it(dialog, qtbot)
    assert dialog.address is not None
    assert not own_keyring.entries


def test_a_server_that_does_not_answer_is_named_and_the_fields_stay(
    dialog: ServerDialog, qtbot: QtBot
) -> None:
    dialog.host.setText("127.0.0.1:1")
    dialog.database.setText("photos")
    open_it(dialog, qtbot)
    assert "no server answers there" in dialog.remark.text()
    assert dialog.host.text() == "127.0.0.1:1"
    assert dialog.isVisible()


def test_a_wrong_password_leads_back_to_its_field(
    dialog: ServerDialog, qtbot: QtBot, postgres: Postgres, server_address: ServerAddress
) -> None:
    paste(dialog, str(server_address))
    dialog.user.setText("nobody")
    open_it(dialog, qtbot)
    assert dialog.remark.text().startswith("The server does not accept the password, or this user")
    dialog.user.setText("postgres")
    open_it(dialog, qtbot)
    assert dialog.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    "text", ["postgresql://ada:sesame-4711@host/photos?service=x", "postgresql://ada:sesame-4711@host"]
)
def test_an_address_that_cannot_be_used_says_why(text: str, dialog: ServerDialog) -> None:
    paste(dialog, text)
    assert dialog.remark.text().startswith("This is not the address of a gallery on a server")
    assert SECRET not in dialog.remark.text()


def test_a_connection_over_a_network_is_encrypted_unless_that_is_changed(dialog: ServerDialog) -> None:
    dialog.host.setText("archive.example")
    dialog.database.setText("photos")
    assert dialog.typed_address().sslmode == "require"
    dialog.tls.setCurrentIndex(0)
    assert dialog.typed_address().sslmode == "verify-full"
    dialog.host.setText("localhost")
    assert dialog.typed_address().options == ()
