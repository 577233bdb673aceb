"""Where photos come from: dialogs and the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

PHOTO_FILTER = (
    "Photos (*.jpg *.jpeg *.png *.bmp *.gif *.tif *.tiff *.webp *.avif *.heic *.heif *.pgm *.ppm);;"
    "All files (*)"
)


def ask_for_photos(parent: QWidget) -> list[Path]:
    """Photos that a person picks; none where they cancel."""
    files, _ = QFileDialog.getOpenFileNames(parent, "Open photos", "", PHOTO_FILTER)
    return [Path(file) for file in files]


def ask_for_folder(parent: QWidget, title: str = "Open a folder of photos") -> list[Path]:
    """The folder that a person picks; none where they cancel."""
    folder = QFileDialog.getExistingDirectory(parent, title)
    return [Path(folder)] if folder else []


def clipboard() -> tuple[list[Path], QImage]:
    """Files that were copied, and a picture that was; either may be empty."""
    data = QApplication.clipboard().mimeData()
    # None where the clipboard was cleared, whatever the stub says
    urls = data.urls() if data is not None else []
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files, QApplication.clipboard().image()
