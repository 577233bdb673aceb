"""The card above the people: how many unnamed faces wait, where they are from, and the way to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.gui import phrases, theme
from face_match.gui.state.tasks import GALLERY, Tasks
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.covers import paint_rounded
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.layouts import Stretch, column_of, row_of
from face_match.gui.widgets.plain_text import plain
from face_match.gui.widgets.thumbnails import ThumbnailCache, read_face

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.face_groups import FaceGroup

CROP_PX = 48
STEP_PX = 34
"""From one crop to the next, which covers a part of it."""
MOST_CROPS = 4


class UnnamedCard(QFrame):
    """Shown while unnamed faces wait. `name_them` is emitted by its button."""

    name_them = Signal()

    def __init__(self, unnamed: UnnamedFaces, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.setObjectName("unnamedCard")
        self._unnamed = unnamed
        self._tasks = tasks
        self._gallery = gallery
        self.crops = _Crops(tasks, gallery)
        self.title = theme.set_type(ElidedLabel("", "unnamedTitle"), bold=True)
        self.folders = theme.set_type(ElidedLabel("", "unnamedFolders"), faint=True)
        self.name_button = button(
            tr("Name them"), "nameThemButton", tr("Show the unnamed faces (Ctrl+R)"), Kind.MAIN, keys="Ctrl R"
        )
        self.name_button.clicked.connect(self.name_them)
        lines = column_of(Stretch(), self.title, self.folders, Stretch(), spacing=2)
        row_of(
            self.crops,
            (lines, 1),
            self.name_button,
            on=self,
            margins=(theme.MARGIN_PX, 14, theme.MARGIN_PX, 14),
            spacing=theme.MARGIN_PX,
        )
        unnamed.grouped.connect(self.refresh)

    def expect(self, count: int) -> None:
        """Show that so many faces wait, before they are grouped."""
        if count and not self._unnamed.groups:
            self._show_title(tr_count("{n} unnamed face", "{n} unnamed faces", count))
            self.folders.setText("")
            self.show()
        elif not count:
            self.hide()

    def refresh(self) -> None:
        """Show the groups as they are now."""
        groups = self._unnamed.groups
        if not groups:
            return  # they are being grouped, or `expect` hides the card
        self._show_title(_title(groups))
        self.crops.show_faces([group.faces[0] for group in groups[:MOST_CROPS]])
        self.show()
        self._read_folders([face for group in groups for face in group.faces])

    def _show_title(self, text: str) -> None:
        self.title.setText(text)
        self.title.setToolTip(plain(text))

    def _read_folders(self, faces: Sequence[FaceRecord]) -> None:
        gallery = self._gallery()
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[str]:
            paths = {photo.id: photo.path for photo in gallery.photos_of_faces(faces)}
            return _folders([paths.get(face.photo or "", "") for face in faces])

        self._tasks.start(GALLERY, job, self._on_folders_read, key="unnamed-folders", owners=(gallery,))

    def _on_folders_read(self, folders: list[str]) -> None:
        text = _from_folders(folders)
        self.folders.setText(text)
        self.folders.setToolTip(plain(phrases.list_names(folders)) if len(folders) > 1 else plain(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(c.selection)
        painter.setBrush(theme.mixed(c.page, c.accent, 0.14 if c.is_dark else 0.08))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.CARD_RADIUS_PX, theme.CARD_RADIUS_PX)
        painter.end()


class _Crops(QWidget):
    """The first faces of the first groups, each over the one before."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._faces: list[FaceRecord] = []
        self.images = ThumbnailCache(
            tasks,
            key="unnamed-crops",
            source=gallery,
            read=read_face,
            longest_px=2 * CROP_PX,
            parent=self,
        )
        self.images.images_read.connect(self.update)

    def show_faces(self, faces: list[FaceRecord]) -> None:
        if [face.id for face in faces] != [face.id for face in self._faces]:
            self._faces = faces
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(CROP_PX + STEP_PX * (max(1, len(self._faces)) - 1), CROP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, face in enumerate(self._faces):
            place = QRectF(number * STEP_PX, 0, CROP_PX, CROP_PX)
            image = self.images.image(face.id, face)
            if image is not None:
                paint_rounded(painter, place, image, theme.RADIUS_PX)
            else:
                painter.setPen(theme.colours().page)
                painter.setBrush(theme.colours().raised)
                painter.drawRoundedRect(place, theme.RADIUS_PX, theme.RADIUS_PX)
        painter.end()


def _title(groups: Sequence[FaceGroup]) -> str:
    faces = tr_count("{n} unnamed face", "{n} unnamed faces", sum(len(group.faces) for group in groups))
    alike = sum(not group.is_singles for group in groups)
    if not alike:
        return faces
    return tr_count("{faces} in {n} group", "{faces} in {n} groups", len(groups), faces=faces)


def _folders(paths: Sequence[str]) -> list[str]:
    """The names of the folders of photos, the one with most of them first."""
    kinds = (PureWindowsPath(path) if "\\" in path else PurePath(path) for path in paths if path)
    return [name for name, _ in Counter(path.parent.name for path in kinds if path.parent.name).most_common()]


def _from_folders(folders: Sequence[str]) -> str:
    if not folders:
        return ""
    first = phrases.display_name(folders[0])
    if len(folders) == 1:
        return tr("from “{folder}”", folder=first)
    return tr_count(
        "from “{folder}” and {n} other folder",
        "from “{folder}” and {n} other folders",
        len(folders) - 1,
        folder=first,
    )
