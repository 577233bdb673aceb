"""The ignored faces, which can be shown among the unnamed ones again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.gui import phrases, theme
from face_match.gui.dialogs.photo_sources import find_photo
from face_match.gui.people.action_buttons import action_with_key, button_of
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import GALLERY, Tasks
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Kind
from face_match.gui.widgets.filled_grid import FaceGrid
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.plain_text import PlainLabel
from face_match.gui.widgets.wrapped_label import WrappedLabel
from face_match.gui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

CROP_PX = 120
SIDE_PX = theme.WIDE_MARGIN_PX


class IgnoredPage(FocusPage):
    """`photo_wanted` has the photo of a face, to be opened."""

    photo_wanted = Signal(Path)

    def __init__(self, gallery: OpenGallery, unnamed: UnnamedFaces, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("ignoredPage")
        self._gallery = gallery
        self._unnamed = unnamed
        self._tasks = tasks
        self._wanted: frozenset[str] = frozenset()
        self.grid = IgnoredGrid(tasks, lambda: gallery.gallery)
        self._make_actions()
        self._lay_out()
        self.grid.selection_changed.connect(self._refresh_actions)
        self.grid.doubleClicked.connect(lambda _: self.open_photo.trigger())
        gallery.opened.connect(self._on_gallery_opened)
        for signal in (gallery.refused, gallery.closed, gallery.changed, gallery.availability_changed):
            signal.connect(self.refresh)

    def _make_actions(self) -> None:
        self.show_again = action_with_key(
            self,
            tr("&Show again"),
            "Enter",
            tr("Show the selected faces among the unnamed ones again"),
            self._on_show_again,
        )
        self.open_photo = action_with_key(
            self, tr("Open &photo"), "O", tr("Open the photo of the selected face"), self._on_open_photo
        )
        for action in (self.show_again, self.open_photo):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.grid.addActions([self.show_again, self.open_photo])
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _lay_out(self) -> None:
        self.title = theme.set_type(PlainLabel(tr("Ignored faces")), theme.TITLE, bold=True)
        self.selected = theme.set_type(PlainLabel(), faint=True)
        self.hint = WrappedLabel(
            tr("Nobody is asked who these are. Faces that are shown again wait under Unnamed faces."),
            "ignoredHint",
            tr("What ignored faces are"),
        )
        theme.set_type(self.hint, faint=True)
        self.show_button = button_of(self.show_again, "showAgainButton", Kind.MAIN)
        top = WrappingRow(theme.MARGIN_PX)
        top.add(self.title)
        top.add(self.selected, is_wide=True)
        top.add(self.show_button)
        head = column_of(top, self.hint, margins=(SIDE_PX, SIDE_PX, SIDE_PX, 0))
        grid = row_of(self.grid, margins=(SIDE_PX - theme.GRID_PX, 0, 0, 0))
        column_of(head, (grid, 1), on=self, margins=0, spacing=theme.GRID_PX)
        self.pass_focus_to(self.grid)
        self.select_all_in(lambda: self.grid)

    # What is shown

    def refresh(self) -> None:
        """Show the ignored faces of the gallery as they are now. The selection is kept."""
        if not self.isVisible():
            return
        gallery = self._gallery.gallery
        self._refresh_actions()
        if gallery is None:
            self._stop_reading()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[FaceRecord]:
            return gallery.ignored()

        self._tasks.start(GALLERY, job, self._on_read, key="ignored-faces", owners=(gallery,))

    def show_trace(self, trace: StepTrace) -> bool:
        """Select the ignored faces of a step that was undone or redone; returns whether there are any."""
        self._wanted = trace.ignored
        self.refresh()
        return bool(trace.ignored)

    def _on_read(self, faces: list[FaceRecord]) -> None:
        self.grid.show_faces(faces)
        wanted, self._wanted = self._wanted, frozenset()
        self.grid.choose(wanted)
        self.grid.show_placeholder("" if faces else tr("No faces are ignored."))
        self.show_button.setVisible(bool(faces))
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        count = len(self.grid.selected())
        self.selected.setText(tr_count("{n} selected", "{n} selected", count) if count else "")
        self.show_again.setEnabled(self._gallery.can_edit and count > 0)
        self.open_photo.setEnabled(count == 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stop_reading()

    def _stop_reading(self) -> None:
        self._tasks.drop("ignored-faces")
        self.grid.crops.stop()

    def _on_gallery_opened(self) -> None:
        self.grid.crops.clear()
        self.refresh()

    # Actions

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Enter of the digits does what the other one does."""
        if event.key() in (Qt.Key.Key_Enter, Qt.Key.Key_Return):
            self.show_again.trigger()
        else:
            super().keyPressEvent(event)

    def _on_show_again(self) -> None:
        self._unnamed.show_again(self.grid.selected())
        self.grid.setFocus()

    def _on_open_photo(self) -> None:
        (face,) = self.grid.selected()
        find_photo(self, self._gallery, face, self.photo_wanted.emit)


class IgnoredGrid(FaceGrid[FaceRecord]):
    """The ignored faces."""

    def __init__(self, tasks: Tasks, gallery: Callable[[], Gallery | None]) -> None:
        super().__init__(
            *(tasks, "ignored-crops", gallery, CROP_PX), face_of=lambda face: face, describe=self._describe
        )
        self.setObjectName("ignoredFaces")
        self.setAccessibleName(tr("Ignored faces"))
        self.setToolTip(
            tr("Arrow keys choose a face, with Shift or Ctrl several (Ctrl+A: all). Enter shows them again.")
        )

    def show_faces(self, rows: Sequence[FaceRecord]) -> None:
        if rows != self.rows:
            super().show_faces(rows)

    def _describe(self, row: int) -> str:
        face = self.rows[row]
        return phrases.join(
            tr("Ignored face {number} of {count}.", number=row + 1, count=len(self.rows)),
            tr("Found on {date}.", date=phrases.date_text(face.added)) if face.added else "",
            self.crops.problem(face.id),
        )
