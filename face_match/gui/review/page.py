"""The review: one group of faces at a time, largest and surest first, named with a key or two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
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
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import may_open
from face_match.gui.images import PREVIEW_PX, image_of, preview_of
from face_match.gui.review.explanation import ExplanationView
from face_match.gui.review.faces_grid import FacesGrid
from face_match.gui.review.group_order import keep_position
from face_match.gui.review.groups_list import GroupsList
from face_match.gui.state.results import ShownPhoto
from face_match.gui.state.tasks import DECODE, GALLERY
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.elided_label import elided
from face_match.gui.widgets.name_edit import NameEdit
from face_match.gui.widgets.photo_view import PhotoView
from face_match.gui.widgets.plain_text import PlainLabel, plain, shown
from face_match.gui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.gui.state.session import Session
    from face_match.workflows.suggest import FaceGroup

QUESTION_LINES = 2
"""Whatever is asked, or shown, the faces below stay where they are."""
NO_FACES = "No unnamed faces.\n\nImport a folder of photos (Ctrl+Shift+O), or drop one here."
ALL_NAMED = "All faces are named.\n\nCtrl+P shows the people. Ctrl+Shift+O imports another folder."
MERGING = "Which group is the same person? Go there (Page Up, Page Down), press M; Escape leaves it."
LOOKING = "Photos are being scanned.\n\nThe faces found appear here."


class ReviewPage(QWidget):
    """Asks; what is answered is the session's `reviewing`.

    `folder_wanted` asks for a folder to scan, `dropped` gives files and folders.
    """

    folder_wanted = Signal()
    dropped = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("reviewPage")
        self.setAcceptDrops(True)
        self._session = session
        self._reviewing = session.reviewing
        self._gone: set[str] = set()
        self._skipped: set[str] = set()
        self._marked: frozenset[str] = frozenset()
        self._shown: frozenset[str] = frozenset()
        self.groups_list = GroupsList(session.tasks, self._gallery)
        self.grid = FacesGrid(session.tasks, self._gallery)
        self.photo_view = PhotoView()
        self.photo_view.setObjectName("reviewPhoto")
        self.question = WrappedLabel("", "questionLabel", "What is asked")
        font = self.question.font()
        font.setPointSizeF(1.25 * font.pointSizeF())
        self.question.setFont(font)
        self.question.setMinimumHeight(QUESTION_LINES * QFontMetrics(font).lineSpacing())
        self.why = ExplanationView(session)
        self.name_edit = NameEdit("reviewNameEdit", "Who they are (N; Enter names them, Escape leaves it)")
        self.count = PlainLabel()
        self.count.setObjectName("unnamedCount")
        self.count.setAccessibleName("Unnamed faces")
        self.folder_button = button(
            "&Import a folder …", "importFolderButton", "Scan a folder of photos for faces (Ctrl+Shift+O)"
        )
        self.name_button = button("Name", "nameButton", "Name the group, or the faces chosen (N)")
        self.out_button = button("Not this person", "outButton", "Take the faces chosen out (X)")
        self.merge_button = button(
            "Merge", "mergeButton", "The same person as another group (M, there M again)"
        )
        self.skip_button = button("Skip (S)", "skipButton", "Go on to the next group (S)")
        self.ignore_button = button("Ignore", "ignoreButton", "Never ask about these faces again (I)")
        self.photo_button = button(
            "Photo (Space)", "photoButton", "The whole photo, and back (Space); O opens it"
        )
        self.confirm_button = button("Confirm", "confirmGroupButton", "Yes, that is who they are (Enter)")
        self._lay_out()
        self._connect()
        self._on_gallery_changed()
        self._show(self._reviewing.groups)

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
        asked = QHBoxLayout()
        asked.addWidget(self.question, 1)
        asked.addWidget(self.photo_button)
        right_column.addLayout(asked)
        right_column.addWidget(self.middle, 1)
        right_column.addWidget(self.why)
        naming, rest = QHBoxLayout(), QHBoxLayout()
        naming.addWidget(self.name_edit, 1)
        naming.addWidget(self.name_button)
        naming.addWidget(self.confirm_button)
        for one in (self.out_button, self.merge_button, self.skip_button, self.ignore_button):
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
        self._reviewing.arranged.connect(self._show)
        self._reviewing.scanned.connect(self._refresh)
        self.groups_list.asked.connect(self._on_asked)
        self.grid.selection_changed.connect(self._on_face_chosen)
        self.grid.doubleClicked.connect(lambda _: self.toggle_photo())
        self.name_edit.textChanged.connect(lambda _: self._refresh())
        self.folder_button.clicked.connect(self.folder_wanted)
        self.photo_view.dropped.connect(self.dropped)
        for one, action in (
            (self.name_button, self.name),
            (self.confirm_button, self.confirm),
            (self.out_button, self.take_out),
            (self.merge_button, self.merge),
            (self.skip_button, self.skip),
            (self.ignore_button, self.ignore),
            (self.photo_button, self.toggle_photo),
        ):
            one.clicked.connect(action)
        self._session.gallery_changed.connect(self._on_gallery_changed)
        self._session.gallery_opened.connect(self._on_gallery_changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def key_actions(self) -> Mapping[str, Callable[[], object]]:
        """By the names that keys have for them."""
        return {
            "enter": self.enter,
            "name": self.name,
            "take out": self.take_out,
            "merge": self.merge,
            "skip": self.skip,
            "ignore": self.ignore,
            "photo": self.toggle_photo,
            "open": self.open_photo,
            "next group": lambda: self._go(1),
            "previous group": lambda: self._go(-1),
            "leave": self.leave,
        }

    def tab_order(self) -> list[QWidget]:
        """All that can have the focus, in reading order."""
        return [
            self.groups_list,
            self.folder_button,
            self.photo_button,
            self.grid,
            self.photo_view,
            self.name_edit,
            self.name_button,
            self.confirm_button,
            self.out_button,
            self.merge_button,
            self.skip_button,
            self.ignore_button,
        ]

    def _gallery(self) -> Gallery | None:
        review = self._reviewing.review
        return review.gallery if review is not None else None

    # What is asked

    @property
    def group(self) -> FaceGroup | None:
        """The one that is asked about."""
        return self.groups_list.group

    def scope(self) -> Sequence[FaceRecord]:
        """The faces that an answer is about: those chosen where several are, but not all; else the group. Of
        loose faces those chosen, always."""
        group, chosen = self.group, self.grid.selected()
        if group is None:
            return ()
        if group.is_singles or 1 < len(chosen) < len(group.faces):
            return chosen
        return self.grid.faces

    def _show(self, groups: Sequence[FaceGroup]) -> None:
        """Ask these, without moving what is being looked at."""
        present = {face.id for group in groups for face in group.faces}
        self._gone &= present
        self._skipped &= present
        groups = [group for group in map(self._without_gone, groups) if group is not None]
        is_quiet = not self._reviewing.is_scanning
        order = keep_position(
            self.groups_list.groups,
            self.groups_list.currentIndex().row(),
            groups,
            skipped=self._skipped,
            follow_new=is_quiet,
        )
        self.groups_list.show_groups(order.groups, order.row)
        self._refresh()

    def _without_gone(self, group: FaceGroup) -> FaceGroup | None:
        """The same without faces that were answered a moment ago."""
        return group.without(self._gone) if group.ids & self._gone else group

    def _on_asked(self) -> None:
        group = self.group
        is_same = group is not None and bool(group.ids & self._shown)
        self._shown = group.ids if group is not None else frozenset()
        if not is_same:
            self.name_edit.clear()
            self._leave_photo()
        self.grid.show_group(group, anew=not is_same)
        self._refresh()

    def _on_face_chosen(self) -> None:
        group, face = self.group, self.grid.face
        self.why.show_face(face, group.person if group is not None else None)
        self._refresh()

    def _on_gallery_changed(self) -> None:
        gallery = self._session.gallery
        self.name_edit.show_names([person.name for person in gallery.people] if gallery is not None else [])
        self._refresh()

    def _refresh(self) -> None:
        """Enable what makes sense, and say what it would do."""
        group, scope = self.group, self.scope()
        gallery = self._session.gallery
        can = group is not None and bool(scope) and gallery is not None and gallery.is_writable
        count = self._reviewing.unnamed_count - len(self._gone)
        self.count.setText(
            plural(count, "unnamed face", "unnamed faces") if count > 0 else "No unnamed faces"
        )
        is_done = gallery is not None and bool(gallery.people)
        self.grid.show_placeholder(
            LOOKING if self._reviewing.is_scanning else ALL_NAMED if is_done else NO_FACES
        )
        if self.middle.currentWidget() is not self.photo_view:  # which says what photo that is
            asked = phrases.group_question(group) if group is not None else ""
            self.question.setText(MERGING if self._marked and group is not None else asked)
        is_typed = bool(self.name_edit.text().strip())
        self.name_button.setText(f"Name {_all_of(scope, group)} ({'Enter' if is_typed else 'N'})")
        self.ignore_button.setText(f"Ignore {_all_of(scope, group)} (I)")
        is_maybe = group is not None and group.across_childhood
        self.confirm_button.setText(f"Confirm {_all_of(scope, group)}{'' if is_maybe else ' (Enter)'}")
        self.merge_button.setText("Merge here (M)" if self._marked else "Merge … (M)")
        for one in (self.name_edit, self.name_button, self.merge_button, self.ignore_button):
            one.setEnabled(can)
        is_somebody = group is not None and group.person is not None
        self.confirm_button.setVisible(is_somebody)
        self.confirm_button.setEnabled(can and is_somebody)
        self.out_button.setEnabled(can and group is not None and not group.is_singles)
        self.out_button.setText(
            f"{'Not this person' if is_somebody else 'Take out'}{_several(self.grid.selected())} (X)"
        )
        self.skip_button.setEnabled(len(self.groups_list.groups) > 1)
        self.photo_button.setEnabled(self.grid.face is not None)

    # What is answered

    def enter(self) -> None:
        """Do what Enter does where the focus is."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):  # what the person is at, not what is usual
            focused.click()
        elif self.name_edit.hasFocus() or (self.group is not None and self.group.person is None):
            self.name()
        elif self.group is not None and self.group.across_childhood:
            self.confirm_button.setFocus()  # so that it takes another Enter, and a look
        else:
            self.confirm()

    def confirm(self) -> None:
        """They are who is proposed."""
        group = self.group
        if group is not None and group.person is not None and self.confirm_button.isEnabled():
            self._answer_name(group.person.name)

    def name(self) -> None:
        """Give them the name that was typed, or go and type it."""
        name = self.name_edit.text().strip()
        if not self.name_button.isEnabled():
            return
        if not name:
            self.name_edit.setFocus()
        else:
            self._answer_name(name)

    def _answer_name(self, name: str) -> None:
        group, faces = self.group, self.scope()
        if group is None:
            return
        is_chosen = len(faces) < len(group.faces)
        is_meant = is_chosen or group.is_singles or group.is_merged_by_user
        self._reviewing.name(faces, name, twice_in_photo=is_meant, then=self._take_away(faces))

    def take_out(self) -> None:
        """The faces chosen are not the group's."""
        group, faces = self.group, self.grid.selected()
        if group is None or not faces or not self.out_button.isEnabled():
            return
        self._reviewing.take_out(faces, group, then=self._take_away(faces))

    def ignore(self) -> None:
        """Nobody is to be asked about them again."""
        faces = self.scope()
        if faces and self.ignore_button.isEnabled():
            self._reviewing.ignore(faces, then=self._take_away(faces))

    def merge(self) -> None:
        """They are the same person as another group: the one that was marked, or one to be gone to."""
        if not self.merge_button.isEnabled():
            return
        faces = self.scope()
        marked = self._faces_marked()
        if not marked or {face.id for face in faces} & self._marked:
            self._marked = frozenset(face.id for face in faces)
            self._refresh()
            return
        self._marked = frozenset()
        self._reviewing.put_together([*faces, *marked], then=lambda: None)

    def _faces_marked(self) -> list[FaceRecord]:
        groups = self.groups_list.groups
        return [face for group in groups for face in group.faces if face.id in self._marked]

    def skip(self) -> None:
        """Go on; this group comes last."""
        group = self.group
        if group is not None:
            self._skipped |= group.ids
            self._go(1, around=True)

    def leave(self) -> None:
        """Of what was begun, the last: a name, the photo, a merge."""
        if self.name_edit.hasFocus():
            self.name_edit.clear()
        elif self.middle.currentWidget() is self.photo_view:
            self._leave_photo()
        else:
            self._marked = frozenset()
            self._refresh()
        self.grid.setFocus()

    def _go(self, step: int, *, around: bool = False) -> None:
        row, count = self.groups_list.currentIndex().row() + step, len(self.groups_list.groups)
        self.groups_list.ask(row % count if around and count else row)
        self.grid.setFocus()

    def _take_away(self, faces: Sequence[FaceRecord]) -> Callable[[], None]:
        """Ask about others at once; returns what is to be called when the answer is kept, or could not be."""
        ids = {face.id for face in faces}
        self._gone |= ids
        self._show(self._reviewing.groups)
        self.name_edit.clear()
        self.grid.setFocus()

        def then() -> None:
            self._gone -= ids

        return then

    # The whole photo

    def toggle_photo(self) -> None:
        """Show the photo of the face that the keys are at, or the group again."""
        if self.middle.currentWidget() is self.photo_view:
            self._leave_photo()
            self.grid.setFocus()
            return
        face = self.grid.face
        if face is not None:
            self._find_photo(face, lambda path: self._show_photo(face, path))

    def _show_photo(self, face: FaceRecord, path: Path) -> None:
        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            from face_match.vision.photo_loading import load_photo

            photo = load_photo(path)
            image = image_of(photo.pixels)
            return ShownPhoto(photo, image, preview_of(image, PREVIEW_PX))

        def on_done(found: ShownPhoto) -> None:
            photo = found.photo
            self.photo_view.show_photo(QSize(photo.width, photo.height), found.image, found.preview)
            self.photo_view.show_faces([face.place] if face.place is not None else [], 0)

        self.photo_view.clear()
        self.photo_view.show_placeholder(f"Opening {path.name} …")
        self.photo_view.setToolTip(plain(str(path)))
        heading = shown(f"{path.name} — in {path.parent}")
        self.question.setText(elided(self.question, heading, self.question.width()))
        self.question.setToolTip(plain(str(path)))
        self.photo_button.setText("Back (Space)")
        self.middle.setCurrentWidget(self.photo_view)
        self.photo_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.tasks.start(DECODE, job, on_done, self._on_no_photo, key="whole photo")

    def open_photo(self) -> None:
        """Leave the review for the photo of the face that the keys are at: more can be drawn there."""
        face = self.grid.face
        if face is not None:
            self._find_photo(face, lambda path: self.dropped.emit([path]))

    def _find_photo(self, face: FaceRecord, then: Callable[[Path], object]) -> None:
        """Where the photo of a face is, if that is known and may be looked at."""
        gallery = self._gallery()
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path | None:
            photo = gallery.photo(face.photo)
            return Path(photo.path) if photo is not None and photo.path else None

        def on_done(path: Path | None) -> None:
            if path is None:
                self._session.said.emit("That photo was not found. Import its folder to find it again.")
            elif may_open(self, self._session, path):
                then(path)

        self._session.tasks.start(GALLERY, job, on_done, self._session.fail, key="whole photo")

    def _on_no_photo(self, error: Exception) -> None:
        self._leave_photo()
        self._session.fail(error)

    def _leave_photo(self) -> None:
        self._session.tasks.drop("whole photo")
        if self.middle.currentWidget() is self.photo_view:
            self.middle.setCurrentWidget(self.grid)
            self.photo_button.setText("Photo (Space)")
            self.question.setToolTip("")
            self._refresh()


def _all_of(scope: Sequence[FaceRecord], group: FaceGroup | None) -> str:
    """ "this face", "3 faces", "all 12"."""
    if len(scope) <= 1:
        return "this face"
    return (
        f"all {len(scope):,}"
        if group is not None and len(scope) == len(group.faces)
        else f"{len(scope):,} faces"
    )


def _several(faces: Sequence[FaceRecord]) -> str:
    return f" {len(faces):,}" if len(faces) > 1 else ""
