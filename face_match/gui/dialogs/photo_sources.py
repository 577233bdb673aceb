"""Where photos come from: file dialogs, the clipboard, and paths in the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from face_match.core.network_drives import is_on_foreign_share, network_share
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.state.tasks import DECODE, GALLERY
from face_match.gui.widgets.plain_text import plain

if TYPE_CHECKING:
    from face_match.core.records import FaceRecord
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session

FIND_PHOTO = "find photo"
"""The key of the task of `find_photo`."""
PHOTO_FILTER = (
    "Photos (*.jpg *.jpeg *.png *.bmp *.gif *.tif *.tiff *.webp *.avif *.heic *.heif *.pgm *.ppm);;"
    "All files (*)"
)


def ask_for_photos(parent: QWidget) -> list[Path]:
    """The photos that the user chooses; empty if they cancel."""
    files, _ = QFileDialog.getOpenFileNames(parent, "Open photos", "", PHOTO_FILTER)
    return [Path(file) for file in files]


def ask_for_folder(parent: QWidget, title: str = "Open a folder of photos") -> list[Path]:
    """The folder that the user chooses; empty if they cancel."""
    folder = QFileDialog.getExistingDirectory(parent, title)
    return [Path(folder)] if folder else []


def clipboard() -> tuple[list[Path], QImage]:
    """The files and the image on the clipboard; either may be empty."""
    data = QApplication.clipboard().mimeData()
    # None where the clipboard was cleared, whatever the stub says
    urls = data.urls() if data is not None else []
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return files, QApplication.clipboard().image()


def may_open(parent: QWidget, session: Session, path: Path) -> bool:
    """Whether a path from the gallery may be opened.

    The user is asked once for each network share, except the gallery's own: opening a path on a share
    sends the user name to its server.
    """
    share, allowed = network_share(path), session.reviewing.shares
    if share in allowed or not is_on_foreign_share(path, [session.folder]):
        return True
    text = f"“{path.name}” is on {share}. If you open it, that server learns your user name. Open it?"
    question = QMessageBox(QMessageBox.Icon.Question, "Network share", plain(text), parent=parent)
    opening = question.addButton("&Open", QMessageBox.ButtonRole.AcceptRole)
    question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
    question.exec()
    if question.clickedButton() is opening:
        allowed.add(share)
    return share in allowed


def find_photo(
    parent: QWidget, session: Session, gallery: Gallery, face: FaceRecord, then: Callable[[Path], object]
) -> None:
    """Call `then` with the path of a face's photo, if the gallery has it and it may be opened."""

    def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path | None:
        photo = gallery.photo(face.photo)
        return Path(photo.path) if photo is not None and photo.path else None

    def on_done(path: Path | None) -> None:
        if path is None:
            session.said.emit(phrases.PHOTO_NOT_FOUND)
        elif may_open(parent, session, path):
            then(path)

    session.tasks.start(GALLERY, job, on_done, session.fail, key=FIND_PHOTO, owner=gallery)


def check_for_folders(session: Session, paths: Sequence[Path], then: Callable[[bool], None]) -> None:
    """Call `then` with whether any of the paths is a folder. Checked in the background: disks may be slow."""

    def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> bool:
        return any(path.is_dir() for path in paths)

    session.tasks.start(DECODE, job, then, session.fail, key="list")
