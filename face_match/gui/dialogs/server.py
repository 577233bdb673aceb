"""The dialog that asks for a gallery on a server, and tries the connection before it closes."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from face_match.core.gallery_place import DEFAULT_PORT, DEFAULT_SCHEMA, ServerAddress, is_server_address
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.server_errors import ServerAddressError, ServerPasswordError
from face_match.gui import phrases, theme
from face_match.gui.dialogs.sheet import Sheet, form, text_lines
from face_match.gui.state.server_password import NOT_KEPT, keep_password
from face_match.gui.state.tasks import NETWORK, TRY_SERVER, Tasks
from face_match.gui.translation import marked, tr, translated
from face_match.gui.widgets.wrapped_label import WrappedLabel

WIDTH_PX = 520
REMARK_LINES = 3

TLS_MODES = (
    ("verify-full", marked("Encrypted, and the server is checked")),
    ("require", marked("Encrypted")),
    ("prefer", marked("Encrypted where the server can")),
)
"""The kinds of protection of a connection over a network, the safest first. Sockets need none."""

ABOUT = marked("Ask the administrator of the server for these. You can also paste an address: postgresql://…")
UNPROTECTED = marked(
    "The connection is not encrypted: others on the network can read names and see faces. Choose "
    "“Encrypted”, or open the gallery all the same."
)


class _Tried(NamedTuple):
    is_unprotected: bool
    was_kept: bool


class ServerDialog(Sheet):
    """Host, database, schema, user and password; `address` is that of the gallery once it was accepted."""

    def __init__(self, tasks: Tasks, parent: QWidget | None) -> None:
        super().__init__(parent, "serverDialog", tr("Open a gallery on a server"), close_text=tr("Cancel"))
        self.address: ServerAddress | None = None
        self._tasks = tasks
        self._unprotected: ServerAddress | None = None
        self.host = _field("serverHostEdit", tr("Server"), tr("Name of the computer, or a whole address"))
        self.database = _field("serverDatabaseEdit", tr("Database"), tr("Name of the database"))
        self.schema = _field("serverSchemaEdit", tr("Gallery"), tr("Name of the gallery: a schema"))
        self.user = _field("serverUserEdit", tr("User"), tr("Name of your user on the server"))
        self.password = _field("serverPasswordEdit", tr("Password"), tr("Leave it empty if none is needed"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.schema.setText(DEFAULT_SCHEMA)
        self.keep = QCheckBox(tr("&Remember the password in the system’s keyring"))
        self.keep.setToolTip(tr("It is stored nowhere else (Alt+R)"))
        self.tls = QComboBox()
        self.tls.setAccessibleName(tr("Protection of the connection"))
        self.tls.setToolTip(tr("How the connection over the network is protected"))
        for mode, text in TLS_MODES:
            self.tls.addItem(translated(text), mode)
        self.tls.setCurrentIndex(1)
        self.remark = WrappedLabel(translated(ABOUT))
        self.remark.setObjectName("serverRemark")
        self.remark.setAccessibleName(tr("About the connection"))
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.remark.setMinimumHeight(text_lines(self, REMARK_LINES))
        self._make_form()
        self.open_button = self.add_main(tr("&Open"), "openServerButton", tr("Connect and open it (Enter)"))
        self.open_button.clicked.connect(self._on_open)
        self.host.textEdited.connect(self._on_host)
        for edited in (self.host, self.database, self.schema, self.user, self.password):
            edited.textChanged.connect(self._refresh)
        self.tls.currentIndexChanged.connect(self._refresh)
        self.fit(WIDTH_PX)
        self.host.setFocus()
        self._refresh()

    def _make_form(self) -> None:
        fields = form()
        fields.addRow(tr("&Server:"), self.host)
        fields.addRow(tr("&Database:"), self.database)
        fields.addRow(tr("&Gallery:"), self.schema)
        fields.addRow(tr("&User:"), self.user)
        fields.addRow(tr("&Password:"), self.password)
        fields.addRow("", self.keep)
        fields.addRow(tr("Co&nnection:"), self.tls)
        self.column.addLayout(fields)
        self.column.addWidget(self.remark)

    def ask(self) -> ServerAddress | None:
        """Show the dialog; returns the address of the gallery to open, with the password, or None."""
        return self.address if self.exec() else None

    def reject(self) -> None:
        self._tasks.end_tasks_of(self)
        super().reject()

    def show_address(self, address: ServerAddress) -> None:
        """Fill the fields."""
        port = f":{address.port}" if address.port != DEFAULT_PORT else ""
        self.host.setText(f"{address.host}{port}")
        self.database.setText(address.database)
        self.schema.setText(address.schema)
        self.user.setText(address.user)
        self.password.setText(address.password or "")
        self.tls.setCurrentIndex(max(self.tls.findData(address.sslmode), 0))

    def typed_address(self) -> ServerAddress:
        """What is in the fields; raises ServerAddressError."""
        host, _, port = self.host.text().strip().partition(":")
        if self.host.text().count(":") > 1:  # a number of IPv6
            host, port = self.host.text().strip().strip("[]"), ""
        if port and not (port.isascii() and port.isdigit()):
            raise ServerAddressError(marked("its port is not a number from 1 to 65535"))
        address = ServerAddress(
            host=host,
            port=int(port or DEFAULT_PORT),
            database=self.database.text().strip(),
            user=self.user.text().strip(),
            schema=self.schema.text().strip() or DEFAULT_SCHEMA,
            password=self.password.text() or None,
        )
        if not address.is_local:
            address = address.with_sslmode(self.tls.currentData())
        address.require_usable()
        return address

    def _on_host(self, text: str) -> None:
        """Take a pasted address apart, once it is whole."""
        if is_server_address(text):
            try:
                self.show_address(ServerAddress.parse(text.strip()))
            except ServerAddressError as exc:
                self._show(phrases.error_text(exc), is_warning=True)

    def _refresh(self) -> None:
        self._unprotected = None
        is_whole = bool(self.host.text().strip() and self.database.text().strip())
        self.open_button.setText(tr("&Open"))
        self.open_button.setEnabled(is_whole and not self._tasks.is_busy(TRY_SERVER))
        self.keep.setEnabled(bool(self.password.text()))
        self._show(translated(ABOUT))

    def _on_open(self) -> None:
        try:
            address = self.typed_address()
        except ServerAddressError as exc:
            self._show(phrases.error_text(exc), is_warning=True)
            return
        if address == self._unprotected:
            self._accept(address)
            return
        keeps = self.keep.isEnabled() and self.keep.isChecked()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Tried:
            return _try(address, keeps=keeps)

        def on_done(tried: _Tried) -> None:
            self._on_tried(address, tried)

        self._tasks.start(NETWORK, job, on_done, self._on_failed, key=TRY_SERVER, owners=(self,))
        self.open_button.setEnabled(False)
        self._show(tr("Connecting …"))

    def _on_tried(self, address: ServerAddress, tried: _Tried) -> None:
        self._refresh()
        if tried.is_unprotected:
            self._unprotected = address
            self.open_button.setText(tr("&Open anyway"))
            self._show(translated(UNPROTECTED), is_warning=True)
        elif not tried.was_kept:
            self._show(translated(NOT_KEPT), is_warning=True)
            self.keep.setChecked(False)
        else:
            self._accept(address)

    def _on_failed(self, error: Exception) -> None:
        self._refresh()
        self._show(phrases.server_error_text(error), is_warning=True)
        if isinstance(error, ServerPasswordError):
            self.password.setFocus()
            self.password.selectAll()

    def _accept(self, address: ServerAddress) -> None:
        self.address = address
        self.password.clear()
        self.accept()

    def _show(self, text: str, *, is_warning: bool = False) -> None:
        self.remark.setText(text)
        palette = self.remark.palette()
        colours = theme.colours()
        palette.setColor(self.remark.foregroundRole(), colours.maybe if is_warning else colours.faint)
        self.remark.setPalette(palette)


def _field(name: str, title: str, tip: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setToolTip(tip)
    return field


def _try(address: ServerAddress, *, keeps: bool) -> _Tried:
    """Connect once, and keep the password where it was right and that was asked for."""
    from face_match.gallery.storage.server.connecting import connect, is_unprotected

    with connect(address) as connection:
        unprotected = is_unprotected(connection, address)
    return _Tried(unprotected, was_kept=not keeps or keep_password(address))
