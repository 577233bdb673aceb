"""The page for unnamed faces: one group at a time, best suggestions and largest groups first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from face_match.core.number_text import plural
from face_match.core.records import FaceRecord
from face_match.gui.dialogs.photo_sources import find_photo
from face_match.gui.images import ShownPhoto
from face_match.gui.review import group_phrases
from face_match.gui.review.explanation import ExplanationView
from face_match.gui.review.faces_grid import FacesGrid
from face_match.gui.review.group_order import keep_position
from face_match.gui.review.groups_list import GroupsList
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.elided_label import elided
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.photo_view import PhotoView
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.suggest import FaceGroup

QUESTION_LINES = 2
"""The height reserved for the question, so that the faces below do not move."""
NO_FACES = "No unnamed faces.\n\nImport a folder of photos (Ctrl+Shift+O), or drop one here."
ALL_NAMED = (
    "All faces are named.\n\nPress Ctrl+P to see the people, or Ctrl+Shift+O to import another folder."
)
MERGING = "Which group is the same person? Go to it (Page Up, Page Down) and press M. Escape cancels."
SCANNING = "Scanning photos.\n\nFaces appear here as they are found."


class _Label(NamedTuple):
    """The text of a button for one face, for all faces of a group, and for several of them."""

    one: str
    all: str
    several: str

    def text(self, faces: Sequence[FaceRecord], group: FaceGroup | None) -> str:
        if len(faces) <= 1:
            return self.one
        is_all = group is not None and len(faces) == len(group.faces)
        return (self.all if is_all else self.several).format(f"{len(faces):,}")


NAME_KEY = _Label("Name this face (N)", "Name all {} (N)", "Name {} faces (N)")
NAME_ENTER = _Label("Name this face (Enter)", "Name all {} (Enter)", "Name {} faces (Enter)")
IGNORE = _Label("Ignore this face (I)", "Ignore all {} (I)", "Ignore {} faces (I)")
CONFIRM = _Label("Confirm this face", "Confirm all {}", "Confirm {} faces")
CONFIRM_ENTER = _Label("Confirm this face (Enter)", "Confirm all {} (Enter)", "Confirm {} faces (Enter)")
REMOVE = _Label("Remove (X)", "Remove {} (X)", "Remove {} (X)")
NOT_THIS_PERSON = _Label("Not this person (X)", "Not this person: {} (X)", "Not this person: {} (X)")


class ReviewPage(QWidget):
    """Shows a group of unnamed faces, to confirm a suggestion, name, ignore, merge or split it.

    Signals: `folder_wanted` asks for a folder to scan, `dropped` has files and folders.
    """

    folder_wanted = Signal()
    dropped = Signal(list)

    def __init__(
        self, gallery: OpenGallery, unnamed: UnnamedFaces, threshold: ThresholdState, tasks: Tasks
    ) -> None:
        super().__init__()
        self.setObjectName("reviewPage")
        self.setAcceptDrops(True)
        self._gallery = gallery
        self._unnamed = unnamed
        self._answered: set[str] = set()  # faces whose change is still being saved
        self._skipped: set[str] = set()
        self._merge_source: frozenset[str] = frozenset()
        self._shown: frozenset[str] = frozenset()
        self.groups_list = GroupsList(tasks, self._reviewed_gallery)
        self.grid = FacesGrid(tasks, self._reviewed_gallery)
        self.photo_view = PhotoView()
        self.photo_view.setObjectName("reviewPhoto")
        self.question = WrappedLabel("", "questionLabel", "Question")
        font = self.question.font()
        font.setPointSizeF(1.25 * font.pointSizeF())
        self.question.setFont(font)
        self.question.setMinimumHeight(QUESTION_LINES * QFontMetrics(font).lineSpacing())
        self.explanation = ExplanationView(unnamed, threshold, tasks)
        self.name_edit = NameEdit(
            "reviewNameEdit", "Name of the person (N; Enter names the faces, Escape cancels)"
        )
        self.count = PlainLabel()
        self.count.setObjectName("unnamedCount")
        self.count.setAccessibleName("Unnamed faces")
        self.folder_button = button(
            "&Import a folder …", "importFolderButton", "Scan a folder of photos for faces (Ctrl+Shift+O)"
        )
        self.name_button = button("Name", "nameButton", "Name the group, or the selected faces (N)")
        self.remove_button = button("Remove", "outButton", "Remove the selected faces from the group (X)")
        self.merge_button = button(
            "Merge", "mergeButton", "Merge with another group of the same person (M, then M there)"
        )
        self.skip_button = button("Skip (S)", "skipButton", "Go to the next group (S)")
        self.ignore_button = button("Ignore", "ignoreButton", "Ignore these faces from now on (I)")
        self.photo_button = button(
            "Photo (Space)",
            "photoButton",
            "Show the whole photo, or the group again (Space). O opens the photo",
        )
        self.confirm_button = button("Confirm", "confirmGroupButton", "Confirm the suggestion (Enter)")
        self._lay_out()
        self._connect()
        self._on_gallery_changed()
        self._show(self._unnamed.groups)

    def _lay_out(self) -> None:
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.photo_view)
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(self.count)
        left_column.addWidget(self.groups_list, 1)
        left_column.addWidget(self.folder_button)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.question, 1)
        top.addWidget(self.photo_button)
        right_column.addLayout(top)
        right_column.addWidget(self.middle, 1)
        right_column.addWidget(self.explanation)
        naming, rest = QHBoxLayout(), QHBoxLayout()
        naming.addWidget(self.name_edit, 1)
        naming.addWidget(self.name_button)
        naming.addWidget(self.confirm_button)
        for one in (self.remove_button, self.merge_button, self.skip_button, self.ignore_button):
            rest.addWidget(one)
        rest.addStretch(1)
        right_column.addLayout(naming)
        right_column.addLayout(rest)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([250, 900])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    def _connect(self) -> None:
        self._unnamed.grouped.connect(lambda: self._show(self._unnamed.groups))
        self._unnamed.scan_changed.connect(self._refresh)
        self.groups_list.group_changed.connect(self._on_group_changed)
        self.grid.selection_changed.connect(self._on_selection_changed)
        self.grid.doubleClicked.connect(lambda _: self.toggle_photo())
        self.name_edit.textChanged.connect(lambda _: self._refresh())
        self.name_edit.accepted.connect(self._name_faces)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.photo_view.dropped.connect(self.dropped)
        for one, action in (
            (self.name_button, self.name),
            (self.confirm_button, self.confirm),
            (self.remove_button, self.remove_faces),
            (self.merge_button, self.merge),
            (self.skip_button, self.skip),
            (self.ignore_button, self.ignore),
            (self.photo_button, self.toggle_photo),
        ):
            one.clicked.connect(action)
        gallery = self._gallery
        for signal in (gallery.opened, gallery.closed, gallery.changed):
            signal.connect(self._on_gallery_changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def key_actions(self) -> Mapping[str, Callable[[], object]]:
        """The actions of `REVIEW_KEYS`, by name."""
        return {
            "enter": self.enter,
            "name": self.name,
            "remove": self.remove_faces,
            "merge": self.merge,
            "skip": self.skip,
            "ignore": self.ignore,
            "photo": self.toggle_photo,
            "open": self.open_photo,
            "next group": lambda: self._go(1),
            "previous group": lambda: self._go(-1),
            "cancel": self.cancel,
        }

    def tab_order(self) -> list[QWidget]:
        """The widgets that can have the focus, in reading order."""
        return [
            self.groups_list,
            self.folder_button,
            self.photo_button,
            self.grid,
            self.photo_view,
            self.name_edit,
            self.name_button,
            self.confirm_button,
            self.remove_button,
            self.merge_button,
            self.skip_button,
            self.ignore_button,
        ]

    def _reviewed_gallery(self) -> Gallery | None:
        review = self._unnamed.review
        return review.gallery if review is not None else None

    # The current group

    @property
    def group(self) -> FaceGroup | None:
        """The current group."""
        return self.groups_list.current_group

    def affected_faces(self) -> Sequence[FaceRecord]:
        """The faces that a name or Ignore applies to.

        The selected faces if several are selected or if they are single faces; otherwise the whole group.
        """
        group, selected = self.group, self.grid.selected()
        if group is None:
            return ()
        if group.is_singles or 1 < len(selected) < len(group.faces):
            return selected
        return self.grid.faces

    def _show(self, groups: Sequence[FaceGroup]) -> None:
        """Show groups without moving the current one."""
        present = {face.id for group in groups for face in group.faces}
        self._answered &= present
        self._skipped &= present
        groups = [group for group in map(self._without_answered, groups) if group is not None]
        is_idle = not self._unnamed.is_scanning
        order = keep_position(
            self.groups_list.groups,
            self.groups_list.currentIndex().row(),
            groups,
            skipped=self._skipped,
            follow_new=is_idle,
        )
        self.groups_list.show_groups(order.groups, order.row)
        self._refresh()

    def _without_answered(self, group: FaceGroup) -> FaceGroup | None:
        """The group without faces whose change is still being saved; None if no others are left."""
        return group.without(self._answered) if group.ids & self._answered else group

    def _on_group_changed(self) -> None:
        group = self.group
        is_same = group is not None and bool(group.ids & self._shown)
        self._shown = group.ids if group is not None else frozenset()
        if not is_same:
            self.name_edit.clear()
            self._leave_photo()
        self.grid.show_group(group, is_new=not is_same)
        self._refresh()

    def _on_selection_changed(self) -> None:
        group, face = self.group, self.grid.current_face
        self.explanation.show_face(face, group.person if group is not None else None)
        self._refresh()

    def _on_gallery_changed(self) -> None:
        gallery = self._gallery.gallery
        self.name_edit.show_people(gallery.people if gallery is not None else ())
        self._refresh()

    def _refresh(self) -> None:
        """Enable the buttons that can be used, and update their texts."""
        group, faces = self.group, self.affected_faces()
        gallery = self._gallery.gallery
        can = group is not None and bool(faces) and gallery is not None and gallery.is_writable
        count = self._unnamed.count - len(self._answered)
        self.count.setText(
            plural(count, "unnamed face", "unnamed faces") if count > 0 else "No unnamed faces"
        )
        is_done = gallery is not None and bool(gallery.people)
        self.grid.show_placeholder(
            SCANNING if self._unnamed.is_scanning else ALL_NAMED if is_done else NO_FACES
        )
        if self.middle.currentWidget() is not self.photo_view:  # where the question is the name of the photo
            question = group_phrases.group_question(group) if group is not None else ""
            self.question.setText(MERGING if self._merge_source and group is not None else question)
        is_typed = bool(self.name_edit.text().strip())
        self.name_button.setText((NAME_ENTER if is_typed else NAME_KEY).text(faces, group))
        self.ignore_button.setText(IGNORE.text(faces, group))
        is_maybe = group is not None and group.across_childhood
        self.confirm_button.setText((CONFIRM if is_maybe else CONFIRM_ENTER).text(faces, group))
        self.merge_button.setText("Merge here (M)" if self._merge_source else "Merge … (M)")
        for one in (self.name_edit, self.name_button, self.merge_button, self.ignore_button):
            one.setEnabled(can)
        is_suggestion = group is not None and group.person is not None
        self.confirm_button.setVisible(is_suggestion)
        self.confirm_button.setEnabled(can and is_suggestion)
        self.remove_button.setEnabled(can and group is not None and not group.is_singles)
        remove = NOT_THIS_PERSON if is_suggestion else REMOVE
        self.remove_button.setText(remove.text(self.grid.selected(), None))
        self.skip_button.setEnabled(len(self.groups_list.groups) > 1)
        self.photo_button.setEnabled(self.grid.current_face is not None)

    # Actions

    def enter(self) -> None:
        """Press the focused button; else use the name typed, or confirm the suggestion."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif self.name_edit.hasFocus() or (self.group is not None and self.group.person is None):
            self.name()
        elif self.group is not None and self.group.across_childhood:
            self.confirm_button.setFocus()  # a maybe takes a second Enter
        else:
            self.confirm()

    def confirm(self) -> None:
        """Give the faces the name of the person suggested."""
        group = self.group
        if group is not None and group.person is not None and self.confirm_button.isEnabled():
            self._name_faces(group.person.name)

    def name(self) -> None:
        """Give the faces the name typed; if there is none, focus the name field."""
        name = self.name_edit.text().strip()
        if not self.name_button.isEnabled():
            return
        if not name:
            self.name_edit.setFocus()
        else:
            self._name_faces(name)

    def _name_faces(self, name: str) -> None:
        group, faces = self.group, self.affected_faces()
        if group is None:
            return
        is_selection = len(faces) < len(group.faces)
        is_meant = is_selection or group.is_singles or group.is_merged_by_user
        self._unnamed.name(faces, name, twice_in_photo=is_meant, on_ended=self._hide_answered(faces))

    def remove_faces(self) -> None:
        """Remove the selected faces from the group."""
        group, faces = self.group, self.grid.selected()
        if group is None or not faces or not self.remove_button.isEnabled():
            return
        self._unnamed.remove_from_group(faces, group, on_ended=self._hide_answered(faces))

    def ignore(self) -> None:
        """Ignore the faces from now on."""
        faces = self.affected_faces()
        if faces and self.ignore_button.isEnabled():
            self._unnamed.ignore(faces, on_ended=self._hide_answered(faces))

    def merge(self) -> None:
        """Choose this group for a merge; or merge it with the group chosen before."""
        if not self.merge_button.isEnabled():
            return
        faces = self.affected_faces()
        others = self._merge_faces()
        if not others or {face.id for face in faces} & self._merge_source:
            self._merge_source = frozenset(face.id for face in faces)
            self._refresh()
            return
        self._merge_source = frozenset()
        self._unnamed.merge([*faces, *others])

    def _merge_faces(self) -> list[FaceRecord]:
        groups = self.groups_list.groups
        return [face for group in groups for face in group.faces if face.id in self._merge_source]

    def skip(self) -> None:
        """Go to the next group, and move this one to the end."""
        group = self.group
        if group is not None:
            self._skipped |= group.ids
            self._go(1, around=True)

    def cancel(self) -> None:
        """Cancel the name being typed; else the whole photo; else a merge."""
        if self.name_edit.hasFocus():
            self.name_edit.clear()
        elif self.middle.currentWidget() is self.photo_view:
            self._leave_photo()
        else:
            self._merge_source = frozenset()
            self._refresh()
        self.grid.setFocus()

    def _go(self, step: int, *, around: bool = False) -> None:
        row, count = self.groups_list.currentIndex().row() + step, len(self.groups_list.groups)
        self.groups_list.select_group(row % count if around and count else row)
        self.grid.setFocus()

    def _hide_answered(self, faces: Sequence[FaceRecord]) -> Callable[[], None]:
        """Hide faces while their change is saved; returns what to call when it was saved, or failed."""
        ids = {face.id for face in faces}
        self._answered |= ids
        self._show(self._unnamed.groups)
        self.name_edit.clear()
        self.grid.setFocus()

        def then() -> None:
            self._answered -= ids

        return then

    # The whole photo

    def toggle_photo(self) -> None:
        """Show the photo of the current face, or the group again."""
        if self.middle.currentWidget() is self.photo_view:
            self._leave_photo()
            self.grid.setFocus()
            return
        face = self.grid.current_face
        if face is not None:
            find_photo(self, self._gallery, face, lambda path: self._show_photo(face, path))

    def _show_photo(self, face: FaceRecord, path: Path) -> None:
        def on_done(decoded: ShownPhoto) -> None:
            self.photo_view.show_photo(decoded.size, decoded.image, decoded.preview)
            self.photo_view.show_faces([face.place] if face.place is not None else [], 0)

        self.photo_view.clear()
        self.photo_view.show_placeholder(f"Opening {path.name} …")
        self.photo_view.setToolTip(plain(str(path)))
        title = shown(f"{path.name} — in {path.parent}")
        self.question.setText(elided(self.question, title, self.question.width()))
        self.question.setToolTip(plain(str(path)))
        self.photo_button.setText("Back (Space)")
        self.middle.setCurrentWidget(self.photo_view)
        self.photo_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._unnamed.decode_photo(path, on_done, self._leave_photo)

    def open_photo(self) -> None:
        """Open the photo of the current face on the photo page, for example to draw a box there."""
        face = self.grid.current_face
        if face is not None:
            find_photo(self, self._gallery, face, lambda path: self.dropped.emit([path]))

    def _leave_photo(self) -> None:
        self._unnamed.close_photo()
        if self.middle.currentWidget() is self.photo_view:
            self.middle.setCurrentWidget(self.grid)
            self.photo_button.setText("Photo (Space)")
            self.question.setToolTip("")
            self._refresh()
