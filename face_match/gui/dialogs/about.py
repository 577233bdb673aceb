"""What the program is: version, the gallery that is open, the model in use, and the licences of its parts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QWidget

from face_match.core.gallery_place import GalleryPlace, place_text
from face_match.core.installation import LICENCES
from face_match.core.version import GALLERY_FORMAT, __version__
from face_match.gui import theme
from face_match.gui.dialogs.sheet import Sheet, text_lines
from face_match.gui.translation import tr
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.icons import icon
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.plain_text import PlainLabel, plain
from face_match.gui.widgets.wrapped_label import WrappedLabel

SIZE_PX, LOGO_PX = (640, 520), 48
LEAST_LICENCE_LINES = 4


class AboutDialog(Sheet):
    """Shows what is open now each time it is opened; see `show_gallery`."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "aboutPage", tr("About Face Match"))
        self._folder: Path | None = None
        self.folder = ElidedLabel()
        self.folder.setObjectName("aboutGallery")
        self.folder.setAccessibleName(tr("Folder of the gallery"))
        self.folder_button = button(
            tr("&Show"), "aboutFolderButton", tr("Show the gallery’s folder in the file manager (Alt+S)")
        )
        self.folder_button.setAutoDefault(False)
        self.folder_button.clicked.connect(self._show_folder)
        self.records = PlainLabel()
        self.model = PlainLabel()
        self.licences = QPlainTextEdit(LICENCES.read_text("utf-8"))
        self.licences.setObjectName("licences")
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setAccessibleName(tr("Licences of everything inside"))
        self.licences.setToolTip(tr("Licences of everything inside (↑ ↓ scroll)"))
        self.licences.setMinimumHeight(text_lines(self.licences, LEAST_LICENCE_LINES))
        self.column.addLayout(_head())
        self.column.addLayout(self._facts())
        title = theme.set_type(PlainLabel(tr("Licences of everything inside")), bold=True)
        self.column.addWidget(title)
        self.column.addWidget(self.licences, 1)
        self.fit(*SIZE_PX)

    def show_gallery(self, place: GalleryPlace, records: Path | None, model: str) -> None:
        """Show the gallery that is open.

        Args:
            records: the file that holds its records; None while it is not open, or is on a server.
            model: title of the model in use.
        """
        self._folder = place if isinstance(place, Path) else None
        self.folder.setText(place_text(place))
        self.folder.setToolTip(plain(place_text(place)))
        self.folder_button.setEnabled(self._folder is not None and self._folder.is_dir())
        name = records.name if records is not None else ""
        told = tr("{file}, format {version}", file=name, version=GALLERY_FORMAT)
        if self._folder is None:
            told = name = tr("In the database of a server")
        self.records.setText(told if name else "–")
        self.model.setText(model)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MARGIN_PX)
        grid.setVerticalSpacing(theme.GRID_PX)
        grid.setColumnStretch(1, 1)
        rows = ((tr("Gallery"), self.folder), (tr("Records"), self.records), (tr("Model"), self.model))
        for row, (title, value) in enumerate(rows):
            label = theme.set_type(PlainLabel(title), faint=True)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        grid.addWidget(self.folder_button, 0, 2)
        return grid

    def _show_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _head() -> QHBoxLayout:
    """The icon, the version, and where the data is."""
    logo = QLabel()
    logo.setPixmap(icon("scan-face", theme.colours().link, LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
    version = theme.set_type(PlainLabel(tr("Version {version}", version=__version__)), bold=True)
    promise = theme.set_type(
        WrappedLabel(tr("All data stays on this computer. The program is free software (MIT licence).")),
        faint=True,
    )
    texts = column_of(version, promise, spacing=2)
    return row_of(logo, (texts, 1), spacing=theme.MARGIN_PX)
