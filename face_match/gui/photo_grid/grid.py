"""The photos of a search as a grid: thumbnails by month or year, with rings around the faces searched for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QListView

from face_match.core.photo_folders import is_file
from face_match.gui import phrases, theme
from face_match.gui.images import image_of
from face_match.gui.photo_grid.actions import PhotoActions
from face_match.gui.photo_grid.cell import PhotoCell
from face_match.gui.photo_grid.rows import (
    Arranged,
    Heading,
    PhotoRow,
    arrange,
    date_text,
)
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import SEARCH, Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.crop_list import CropList
from face_match.gui.widgets.face_list import FaceListModel
from face_match.gui.widgets.item_painting import AnyIndex
from face_match.gui.widgets.thumbnails import read_face
from face_match.workflows.photo_search import FoundPhoto, PhotoQuery, find_photos

if TYPE_CHECKING:
    from face_match.core.progress import IsCancelled, OnProgress
    from face_match.gallery.gallery import Gallery

MIN_PX, MAX_PX = 96, 320
STEP_PX = 16
THUMBNAIL_PX = 480
"""The longer side of a thumbnail: sharp at the first size on a screen of twice the resolution."""
PHOTOS_AT_ONCE = 4
"""Photos that one task reads, so that those in view appear little by little."""


class PhotoGrid(CropList):
    """Shows the photos of a query, which it searches for in the background.

    Signals:
        photo_wanted: the path of a photo to be opened.
        searched: the photos of the query are shown; gives their number.
        size_changed: the photos are shown in another size, in pixels.

    Args:
        key: of its tasks; each grid of a window has one of its own.
    """

    photo_wanted = Signal(Path)
    searched = Signal(int)
    size_changed = Signal(int)

    def __init__(self, gallery: OpenGallery, tasks: Tasks, *, key: str = "photo grid") -> None:
        super().__init__(tasks, f"{key} thumbnails", lambda: gallery.gallery, self._read, THUMBNAIL_PX // 2)
        self.setObjectName("photoGrid")
        self.setAccessibleName(tr("Photos"))
        self.setToolTip(tr("Photos (arrow keys, Enter opens; Shift or Ctrl for several, Ctrl+A for all)"))
        self.crops.batch_size = PHOTOS_AT_ONCE
        self._gallery = gallery
        self._tasks = tasks
        self._key = key
        self._query: PhotoQuery | None = None
        self._is_stale = False
        self._model = _PhotoModel(self._describe, self)
        self.setModel(self._model)
        self._cell = PhotoCell(self)
        self._take_size()
        self.setItemDelegate(self._cell)
        self.setUniformItemSizes(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(3 * theme.GRID_PX)
        self.photo_actions = PhotoActions(
            self,
            gallery,
            selected=self.selected,
            shown=lambda: self.photos,
            is_missing=lambda row: row.photo.id in self._cell.missing,
        )
        self.photo_actions.photo_wanted.connect(self.photo_wanted)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self.doubleClicked.connect(self._on_double_clicked)
        gallery.changed.connect(self.refresh)
        gallery.opened.connect(self._on_opened)
        gallery.closed.connect(lambda: self.search(None))

    # What is shown

    @property
    def query(self) -> PhotoQuery | None:
        """The query whose photos are shown; None for none."""
        return self._query

    @property
    def rows(self) -> Sequence[PhotoRow]:
        """All rows, headings included."""
        return self._model.rows

    @property
    def photos(self) -> list[FoundPhoto]:
        """All photos, in the order of the grid."""
        return [row for row in self.rows if isinstance(row, FoundPhoto)]

    @property
    def files(self) -> list[str]:
        """The paths of all photos, where known, in the order of the grid."""
        return [row.photo.path for row in self.photos if row.photo.path]

    def selected(self) -> list[FoundPhoto]:
        """The selected photos, in the order of the grid."""
        rows = self.rows
        return [row for n in self.selected_rows() if isinstance(row := rows[n], FoundPhoto)]

    def search(self, query: PhotoQuery | None) -> None:
        """Show the photos of a query; of none, nothing."""
        if query != self._query:
            self.show_photos([])
        self._query = query
        self.refresh()

    def refresh(self) -> None:
        """Search again, as the gallery has changed; while the grid is hidden, when it is shown next. The
        selection is kept."""
        gallery, query = self._gallery.gallery, self._query
        if gallery is None or query is None:
            self._tasks.drop(self._key)
            self.show_photos([])
            return

        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        before = self.rows

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Arranged:
            people = _now(gallery, query)
            return arrange(find_photos(gallery, people) if people is not None else [], before)

        self._tasks.start(SEARCH, job, self._on_found, key=self._key, owners=(gallery,))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_size()
        if self._cell.missing:  # the disk they are on may be there again
            self.crops.clear()
        if self._is_stale:
            self.refresh()

    def show_photos(self, photos: Sequence[FoundPhoto]) -> None:
        """Show photos, sorted as a search finds them. Those shown before keep their thumbnails and the
        selection."""
        self._show(arrange(photos, self.rows))

    def _show(self, arranged: Arranged) -> None:
        rows = arranged.rows
        if len(rows) == len(self.rows) and all(a is b for a, b in zip(rows, self.rows, strict=True)):
            return
        selected = {row.photo.id for row in self.selected()}
        current, scrolled = self.current_photo(), self.verticalScrollBar().value()
        self._cell.headings = arranged.headings
        self._model.set_rows(rows, arranged.texts)
        if selected:
            self.select_rows(
                n for n, row in enumerate(rows) if isinstance(row, FoundPhoto) and row.photo.id in selected
            )
        if rows:
            kept = (n for n, row in enumerate(rows) if row is current)
            self.set_current_row(next(kept, 1 if 0 in arranged.headings else 0))
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        self.selection_changed.emit()

    def show_photo(self, path: str) -> bool:
        """Move the keyboard focus to a photo, and bring it into sight; returns whether it is there."""
        found = (
            n for n, row in enumerate(self.rows) if isinstance(row, FoundPhoto) and row.photo.path == path
        )
        row = next(found, None)
        if row is not None:
            self.set_current_row(row)
            self.select_rows([row])
            self.scrollTo(self.currentIndex())
        return row is not None

    def current_photo(self) -> FoundPhoto | None:
        """The photo that has the keyboard focus."""
        index = self.currentIndex()
        row = self.rows[index.row()] if index.isValid() else None
        return row if isinstance(row, FoundPhoto) else None

    def _on_found(self, arranged: Arranged) -> None:
        self._show(arranged)
        self.searched.emit(len(arranged.rows) - len(arranged.headings))

    def _on_opened(self) -> None:
        self.crops.clear()
        self.refresh()

    def _read(self, gallery: Gallery, row: FoundPhoto) -> QImage | None:
        """A thumbnail; the crop of a face where the photo is missing. Runs in the background."""
        from face_match.vision.photo_loading import load_small

        path = Path(row.photo.path)
        is_foreign = bool(row.photo.path) and self._gallery.shares.needs_permission(path)
        is_there = bool(row.photo.path) and not is_foreign and is_file(path)
        (self._cell.missing.discard if is_there or is_foreign else self._cell.missing.add)(row.photo.id)
        (self._cell.as_crop.discard if is_there else self._cell.as_crop.add)(row.photo.id)
        if is_there:
            return image_of(load_small(path, THUMBNAIL_PX * THUMBNAIL_PX, row.photo.turn))
        face = next((face for face in row.faces if face.file), None)
        return read_face(gallery, face) if face is not None else None

    def _describe(self, number: int) -> str:
        row = self.rows[number]
        if isinstance(row, Heading):
            return tr_count("{text}: {n} photo", "{text}: {n} photos", row.photo_count, text=row.text)
        return phrases.join(
            f"{row.photo.path}." if row.photo.path else tr("Unknown file."),
            f"{date}." if (date := date_text(row)) else tr("Undated."),
            tr("File not found.") if row.photo.id in self._cell.missing else "",
            self.crops.problem(row.photo.id),
        )

    # Size

    @property
    def photo_px(self) -> int:
        """Width and height of a photo on screen."""
        return self._cell.photo_px

    def _take_size(self) -> None:
        """Show the photos in the size that was chosen last, in whatever grid."""
        if self._gallery.settings.photo_px:
            self.set_photo_px(self._gallery.settings.photo_px)

    def set_photo_px(self, side_px: int) -> None:
        """Show the photos in another size, with the current photo staying in view."""
        side_px = min(MAX_PX, max(MIN_PX, side_px))
        if side_px == self.photo_px:
            return
        self._gallery.settings.photo_px = side_px
        index = self.currentIndex()
        is_in_view = index.isValid() and self.viewport().rect().intersects(self.visualRect(index))
        self._cell.photo_px = side_px
        self._cell.forget_sizes()
        self.scheduleDelayedItemsLayout()
        if is_in_view:
            self.scrollTo(index)
        self.size_changed.emit(side_px)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._cell.forget_sizes()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._cell.forget_sizes()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.set_photo_px(round(self.photo_px + steps * STEP_PX))
            event.accept()
        else:
            super().wheelEvent(event)

    # Opening

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current photo; + and − change the size."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.text() in ("+", "-", "−"):
            self.set_photo_px(self.photo_px + (STEP_PX if event.text() == "+" else -STEP_PX))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A right click selects what it is on, unless that is selected."""
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if is_by_key:
            self._select_current()
        if not self.selected():
            return
        if is_by_key:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.photo_actions.show_menu(place)

    def _select_current(self) -> None:
        """Select the photo that has the keyboard focus, unless some are selected."""
        if not self.selected() and self.current_photo() is not None:
            self.select_rows([self.currentIndex().row()])

    def _on_double_clicked(self, index: AnyIndex) -> None:
        if isinstance(self.rows[index.row()], FoundPhoto):
            self._open()

    def _open(self) -> None:
        """Open the selected photo, else the current one; of a missing one, ask where it is."""
        self._select_current()
        self.photo_actions.refresh()
        actions = self.photo_actions
        (actions.open if actions.open.isEnabled() else actions.locate_file).trigger()


_OF_HEADING = Qt.ItemFlag.NoItemFlags
_OF_PHOTO = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class _PhotoModel(FaceListModel[PhotoRow]):
    """Headings can be neither selected nor focused."""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return _OF_HEADING if isinstance(self.rows[index.row()], Heading) else _OF_PHOTO


def _now(gallery: Gallery, query: PhotoQuery) -> PhotoQuery | None:
    """The query with its people as they are now; None where one of those who are wanted is gone."""
    people = [gallery.person_by_folder(person.folder) for person in query.people]
    without = [gallery.person_by_folder(person.folder) for person in query.without]
    if None in people:
        return None
    return query._replace(
        people=tuple(one for one in people if one is not None),
        without=tuple(one for one in without if one is not None),
    )
