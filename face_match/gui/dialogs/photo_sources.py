"""Where photos come from: file dialogs, the clipboard, and paths in the gallery."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from face_match.core.network_drives import network_share
from face_match.gui.dialogs.new_folder import offer_new_folders
from face_match.gui.dialogs.questions import is_sure
from face_match.gui.translation import tr

if TYPE_CHECKING:
    from face_match.core.records import FaceRecord
    from face_match.gui.state.open_gallery import OpenGallery

PATTERNS = "*.jpg *.jpeg *.png *.bmp *.gif *.tif *.tiff *.webp *.avif *.heic *.heif *.pgm *.ppm"


def photo_filter() -> str:
    """What dialogs offer to choose from: photos, or all files."""
    return f"{tr('Photos')} ({PATTERNS});;{tr('All files')} (*)"


_PICTURES = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
_last_folder: list[str] = []
"""The folder that was opened last."""
_last_target: list[str] = []
"""The folder that was written to last."""


def first_existing(*folders: str) -> str:
    """Where a dialog begins: the first folder that is there, else the pictures of the user. In a folder that
    is gone, Qt would begin where the program was started."""
    there = (folder for folder in (*folders, _PICTURES) if QFileInfo(folder).isDir())
    return next(there, str(Path.home()))


def ask_for_photos(parent: QWidget) -> list[Path]:
    """The photos that the user chooses; empty if they cancel."""
    begin = first_existing(*_last_folder)
    files, _ = QFileDialog.getOpenFileNames(parent, tr("Open photos"), begin, photo_filter())
    if files:
        _last_folder[:] = [str(Path(files[0]).parent)]
    return [Path(file) for file in files]


def ask_for_photo(parent: QWidget, title: str) -> Path | None:
    """The photo that the user chooses; None if they cancel."""
    file, _ = QFileDialog.getOpenFileName(parent, title, first_existing(*_last_folder), photo_filter())
    return Path(file) if file else None


def ask_for_folder(parent: QWidget, title: str = "", *, is_new: bool = False) -> list[Path]:
    """The folder that the user chooses; empty if they cancel.

    Args:
        is_new: for what is written: it may be made in the dialog.
    """
    begin = first_existing(*_last_folder)
    if is_new:
        offer_new_folders(parent)
        begin = first_existing(*_last_target, *_last_folder)
    folder = QFileDialog.getExistingDirectory(parent, title or tr("Open a folder of photos"), begin)
    if folder:
        (_last_target if is_new else _last_folder)[:] = [folder]
    return [Path(folder)] if folder else []


def clipboard() -> tuple[list[Path], QImage]:
    """The files and the image on the clipboard; either may be empty."""
    data = QApplication.clipboard().mimeData()
    # None where the clipboard was cleared, whatever the stub says
    urls = data.urls() if data is not None else []
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files, QApplication.clipboard().image()


def may_open(parent: QWidget, gallery: OpenGallery, path: Path) -> bool:
    """Whether a path from the gallery may be opened.

    The user is asked once for each network share, except the gallery's own: opening a path on a share
    sends the user name to its server.
    """
    if not gallery.shares.needs_permission(path):
        return True
    share = network_share(path)
    question = tr("Open “{photo}” from {share}?", photo=path.name, share=share)
    if not is_sure(
        parent, tr("Network share"), question, tr("The server learns your user name."), tr("&Open")
    ):
        return False
    gallery.shares.allow(path)
    return True


def find_photo(
    parent: QWidget, gallery: OpenGallery, face: FaceRecord, on_found: Callable[[Path], object]
) -> None:
    """Call back with the path of a face's photo, if the gallery has it and it may be opened."""

    def on_path(path: Path) -> None:
        if may_open(parent, gallery, path):
            on_found(path)

    gallery.find_photo(face, on_path)
