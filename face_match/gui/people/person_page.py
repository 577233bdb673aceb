"""A person: the photos and the faces. The actions on faces are in `face_actions`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Person
from face_match.gui import theme
from face_match.gui.people.action_buttons import button_of, press_by_key
from face_match.gui.people.face_actions import FaceActions
from face_match.gui.people.people_actions import PeopleActions
from face_match.gui.people.people_strip import PeopleStrip
from face_match.gui.people.person_faces import Likenesses, PersonFaces, ShownFace
from face_match.gui.people.person_header import PersonHeader
from face_match.gui.photo_grid.export_button import export_button
from face_match.gui.photo_grid.grid import PhotoGrid
from face_match.gui.photo_grid.size_slider import size_slider
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.tasks import COMPARISONS, GALLERY, Tasks
from face_match.gui.translation import tr, tr_count
from face_match.gui.widgets.buttons import Kind, button
from face_match.gui.widgets.elided_label import ElidedLabel
from face_match.gui.widgets.focus_page import FocusPage
from face_match.gui.widgets.layouts import column_of, row_of
from face_match.gui.widgets.people_model import PeopleOrder, SortedPeople, sort_people
from face_match.gui.widgets.plain_text import PlainLabel, plain
from face_match.gui.widgets.tabs import Tab
from face_match.gui.widgets.wrapping_row import WrappingRow
from face_match.workflows.photo_search import PhotoQuery

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery

SIDE_PX = theme.WIDE_MARGIN_PX
LEAST_FOR_STRIP_PX = 560
"""Below, the other people would leave less than a row of faces."""


class PersonPage(FocusPage):
    """Signals: `back_wanted` asks for all people; `gone` says that the person is no longer in the gallery;
    `photo_wanted` has a photo to open."""

    back_wanted = Signal()
    gone = Signal()
    photo_wanted = Signal(Path)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        edits: PeopleEdits,
        tasks: Tasks,
        *,
        delete_for_good: Callable[[str], None],
        say: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.person: Person | None = None
        self._gallery = gallery
        self._model = model
        self._tasks = tasks
        self._go_to = ""
        self._wanted: frozenset[str] = frozenset()
        self.header = PersonHeader(tasks, lambda: gallery.gallery)
        self.faces = PersonFaces(tasks, lambda: gallery.gallery)
        self.photos = PhotoGrid(gallery, tasks, key="person-photos")
        self.strip = PeopleStrip(tasks, lambda: gallery.gallery)
        self.people_actions = PeopleActions(
            gallery,
            edits,
            tasks,
            self,
            chosen=lambda: [self.person] if self.person is not None else [],
            rename=self.header.rename,
            delete_for_good=delete_for_good,
        )
        self.face_actions = FaceActions(gallery, edits, self.faces, tasks, self, say=say)
        self._build_tools()
        self._build_views()
        self._lay_out()
        self._connect()
        self.select_all_in(lambda: self.faces if self.views.currentIndex() == 1 else self.photos)

    # Building

    def _build_tools(self) -> None:
        actions = self.people_actions
        actions.delete.setShortcut(QKeySequence())  # Delete is for faces here
        for action in (actions.rename, actions.birth_date, actions.merge, actions.delete_for_good):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        self.rename_button = button_of(actions.rename, "renamePersonButton", Kind.QUIET, icon="pencil")
        self.more_button = button(
            "", "moreButton", tr("More actions (Ctrl+Shift+M)"), Kind.QUIET, icon="ellipsis"
        )
        press_by_key("Ctrl+Shift+M", self.more_button, self)
        menu = QMenu(self)
        menu.addActions([actions.rename, actions.birth_date, actions.merge])
        menu.addSeparator()
        menu.addActions([actions.delete, actions.delete_for_good])
        self.more_button.clicked.connect(
            lambda: menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        )
        for made in (self.rename_button, self.more_button):
            self.header.tools.addWidget(made)

    def _build_views(self) -> None:
        self.photos_tab = Tab(tr("Photos"), "photosTab", tr("All photos of this person (Ctrl+1)"))
        self.faces_tab = Tab(tr("Faces"), "facesTab", tr("The faces of this person (Ctrl+2)"))
        self._tabs = (self.photos_tab, self.faces_tab)
        for number, tab in enumerate(self._tabs):
            tab.clicked.connect(lambda _, number=number: self._show_view(number))
            press_by_key(f"Ctrl+{number + 1}", tab, self)
        self.size_slider = size_slider(self.photos)
        self.slider = self.size_slider.slider
        self.export_button = export_button(self.photos)
        press_by_key("Ctrl+Shift+E", self.export_button, self)
        self.selected = theme.set_type(PlainLabel("", "selectedFaces"), faint=True)
        self.selected.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self.legend = theme.set_type(
            ElidedLabel("", "badgeLegend", tr("What the signs on the faces mean")), theme.CAPTION, faint=True
        )
        self.legend.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        actions = self.face_actions
        self.move_button = button_of(actions.move, "moveButton")
        self.cover_button = button_of(actions.set_cover, "coverButton")
        self.remove_button = button_of(actions.remove, "removeButton")
        self.near_duplicates_button = button_of(actions.remove_near_duplicates, "thinButton", Kind.QUIET)
        hint = tr("Drag faces onto a person to move them there")
        self.strip_title = theme.set_type(ElidedLabel(hint), theme.CAPTION, faint=True)
        self.strip_title.setToolTip(hint)

    def face_buttons(self) -> list[QPushButton]:
        """The buttons below the faces."""
        return [self.move_button, self.cover_button, self.remove_button, self.near_duplicates_button]

    def _lay_out(self) -> None:
        row = WrappingRow()
        row.add(self.photos_tab)
        row.add(self.faces_tab)
        row.add(self.selected, is_wide=True)
        row.add(self.export_button)
        row.add(self.size_slider)
        tabs = row_of(row, margins=(SIDE_PX, 0, SIDE_PX, 0))
        head = row_of(self.header, margins=(SIDE_PX - theme.GRID_PX, theme.MARGIN_PX, SIDE_PX, 0))
        photos = QWidget()
        row_of(self.photos, on=photos, margins=(SIDE_PX - theme.GRID_PX, 0, 0, 0))
        self.views = QStackedWidget()
        self.views.addWidget(photos)
        self.views.addWidget(self._faces_view())
        column_of(head, tabs, (self.views, 1), on=self, margins=0, spacing=theme.GRID_PX)

    def _faces_view(self) -> QWidget:
        view = QWidget()
        row = WrappingRow()
        for made in self.face_buttons():
            row.add(made)
        buttons = row_of(row, margins=(SIDE_PX, theme.GRID_PX, SIDE_PX, theme.MARGIN_PX))
        grid = row_of(self.faces, margins=(SIDE_PX - theme.GRID_PX, 0, 0, 0))
        below = column_of(self.strip_title, self.strip, margins=(SIDE_PX, 0, SIDE_PX, 0), spacing=0)
        column_of(self.legend, (grid, 1), below, buttons, on=view, margins=0, spacing=theme.GRID_PX)
        return view

    def _connect(self) -> None:
        for refresh in (self._read_faces, self._sort_others):
            self._model.changed.connect(refresh)
        self.header.back_wanted.connect(self.back_wanted)
        self.header.renamed.connect(self._on_renamed)
        self.photos.photo_wanted.connect(self.photo_wanted)
        self.faces.selection_changed.connect(self.refresh_actions)
        self.face_actions.photo_wanted.connect(self.photo_wanted)
        self.face_actions.moved_to.connect(self._on_moved)
        self.people_actions.merged_into.connect(self._on_merged)
        self.strip.takes_faces = self.face_actions.can_move_to
        self.strip.faces_dropped.connect(self.face_actions.move_to)

    # What is shown

    def show_person(self, person: Person) -> None:
        """Show a person, whose photos come first."""
        is_other = self.person is None or self.person.folder != person.folder
        self.person = person
        if is_other:
            self._go_to = ""
            self._wanted = frozenset()
            self.faces.show_faces([])
            self.strip.show_people(SortedPeople(()))  # whoever is scrolled to was near someone else
            self._show_view(0)
        self.header.show_person(person)
        self.photos.search(PhotoQuery((person,)))
        self._read_faces()
        self._sort_others()
        self.refresh_actions()

    def refresh(self) -> None:
        """Show the person as the gallery has them now, else the one to whom the last face went, else all."""
        gallery = self._gallery.gallery
        if self.person is None or gallery is None:
            self.refresh_actions()
            return
        now = gallery.person_by_folder(self.person.folder)
        if now is None and self._go_to:
            now = gallery.find(self._go_to)
        elif not self._gallery.is_saving:
            self._go_to = ""
        if now is None and not self._gallery.is_saving:
            self.gone.emit()
        elif now is not None and now is not self.person:
            self.show_person(now)
        else:
            self.refresh_actions()

    def refresh_actions(self) -> None:
        """Enable the actions that can be used now."""
        self.people_actions.refresh()
        self.face_actions.refresh()
        count = len(self.faces.selected()) if self.views.currentIndex() == 1 else 0
        self.selected.setText(tr_count("{n} selected", "{n} selected", count) if count else "")
        legend = self.faces.legend()
        self.legend.setText(legend)
        self.legend.setToolTip(plain(legend))

    def leave(self) -> None:
        """Show nobody, and stop reading."""
        self.person = None
        self._go_to = ""
        self.header.end_rename()
        self.photos.search(None)
        self.faces.show_faces([])
        self.stop_reading()

    def stop_reading(self) -> None:
        """End what is read in the background for what is shown."""
        for key in ("person-faces", "person-likenesses", "person-others"):
            self._tasks.drop(key)
        for view in (self.faces, self.strip):
            view.crops.stop()

    def forget_crops(self) -> None:
        """Another gallery was opened."""
        for cache in (self.faces.crops, self.strip.crops, self.header.cover.images):
            cache.clear()

    def _show_view(self, number: int) -> None:
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)
        self.views.setCurrentIndex(number)
        for control in (self.export_button, self.size_slider):
            control.setVisible(number == 0)
        shown: QWidget = self.faces if number else self.photos
        self.pass_focus_to(shown)
        shown.setFocus()
        self.refresh_actions()

    # Faces

    def _read_faces(self) -> None:
        gallery, person = self._gallery.gallery, self.person
        self._tasks.drop("person-faces")
        if gallery is None or person is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[ShownFace]:
            return _faces_of(gallery, person)

        self._tasks.start(GALLERY, job, self._on_faces_read, key="person-faces", owners=(gallery,))

    def show_faces(self, ids: frozenset[str]) -> None:
        """Show some of the person's faces and select them."""
        self._wanted = ids
        if ids:
            self._show_view(1)
        self._read_faces()

    def _on_faces_read(self, rows: list[ShownFace]) -> None:
        """Show the faces, then compare their pictures and other people, which takes longer."""
        self.faces.show_faces(rows)
        self.header.show_photo_count(len({row.face.photo for row in rows}))
        wanted, self._wanted = self._wanted, frozenset()
        self.faces.choose(wanted)
        gallery, model_id, person = self._gallery.gallery, self._model.id, self.person
        if gallery is None or person is None:
            return
        faces: list[FaceRecord] = [row.face for row in rows]

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Likenesses:
            from face_match.gallery.health import nearest_others
            from face_match.gallery.near_duplicates import near_duplicates

            near = near_duplicates(faces, model_id, gallery.pixels_of, is_cancelled)
            if is_cancelled():
                raise CancelledError
            others = nearest_others(gallery, person, faces, model_id, is_cancelled)
            return Likenesses({one.face.id: one for one in near}, {one.face_id: one for one in others})

        self._tasks.start(
            COMPARISONS, job, self._on_likenesses_found, key="person-likenesses", owners=(gallery,)
        )

    def _on_likenesses_found(self, found: Likenesses) -> None:
        self.faces.show_likenesses(found)
        self.header.show_likeness(max(found.others.values(), key=lambda one: one.similarity, default=None))

    # The other people

    def _sort_others(self) -> None:
        """The most similar people come first: whom faces are most often moved to."""
        gallery, person, before = self._gallery.gallery, self.person, self.strip.people.all
        model_id = self._model.id
        if gallery is None or person is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> SortedPeople:
            from face_match.gallery.health import most_similar_people

            others = [one for one in gallery.people if one.folder != person.folder]
            found = most_similar_people(gallery, gallery.faces_of(person), model_id, is_cancelled)
            return sort_people(others, before, PeopleOrder.FACES).with_first(found)

        self._tasks.start(COMPARISONS, job, self._on_others_sorted, key="person-others", owners=(gallery,))

    def _on_others_sorted(self, others: SortedPeople) -> None:
        self.strip.show_people(others)
        self._fit_strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_strip()

    def _fit_strip(self) -> None:
        """A low window is for the faces: *Move to …* moves them, too."""
        is_shown = bool(self.strip.people.people) and self.height() >= LEAST_FOR_STRIP_PX
        for widget in (self.strip, self.strip_title):
            widget.setVisible(is_shown)

    # Edits

    def _on_renamed(self, person: Person, name: str) -> None:
        self.people_actions.rename_to(person, name)

    def _on_moved(self, name: str) -> None:
        self._go_to = name

    def _on_merged(self, into: Person) -> None:
        self._go_to = into.name

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Back):
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)


def _faces_of(gallery: Gallery, person: Person) -> list[ShownFace]:
    """The faces of a person, with what their badges show."""
    from face_match.gallery.duplicate_faces import in_same_photo

    faces = sorted(gallery.faces_of(person), key=lambda face: face.added)
    same = in_same_photo(faces)
    cover = gallery.cover_of(person) if len(faces) > 1 else None
    return [
        ShownFace(
            face,
            person,
            same.get(face.id),
            is_cover=cover is not None and cover.id == face.id,
        )
        for face in faces
    ]
