"""The main window: makes the state and the pages, and connects them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QWidget

from face_match.core.gallery_place import GalleryPlace
from face_match.core.records import Person
from face_match.core.settings import Settings
from face_match.gui import phrases, theme
from face_match.gui.dialogs.photo_sources import ask_for_folder, ask_for_photos
from face_match.gui.gallery_menu import GalleryMenu
from face_match.gui.keys import REVIEW_KEYS, bind
from face_match.gui.menus import Menus
from face_match.gui.model_menu import ModelMenu
from face_match.gui.page_modules import load_page_modules
from face_match.gui.shell.folder_import import FolderImport
from face_match.gui.shell.frame import Frame
from face_match.gui.shell.gallery_states import GalleryStates
from face_match.gui.shell.menu_key import MENU_KEYS
from face_match.gui.shell.navigation import Navigation, Page, Pages
from face_match.gui.shell.page_keys import keys_of
from face_match.gui.shell.search import Search
from face_match.gui.shell.start_page import StartPage
from face_match.gui.shell.toolbar import Toolbar
from face_match.gui.shell.window_size import remember_size, restore_size
from face_match.gui.state.added_models import AddedModels
from face_match.gui.state.conflicts import Conflicts
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.freed_memory import FreedMemory
from face_match.gui.state.gallery_places import GalleryPlaces
from face_match.gui.state.maintenance import Maintenance
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.step_traces import StepTrace
from face_match.gui.state.tasks import MODELS, Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.transfers import Transfers
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.translation import number, tr
from face_match.gui.widgets.message_bar import MessageBar
from face_match.gui.widgets.thumbnails import forget_hidden_images
from face_match.gui.window_dialogs import WindowDialogs

if TYPE_CHECKING:
    from face_match.gui.people.ignored_page import IgnoredPage
    from face_match.gui.people.page import PeoplePage
    from face_match.gui.photo.face_drawing import FaceDrawing
    from face_match.gui.photo.naming import Naming
    from face_match.gui.photo.page import PhotoPage
    from face_match.gui.photo.parts import PhotoParts
    from face_match.gui.photo.presenter import PhotoPresenter
    from face_match.gui.review.page import ReviewPage

COMPACT_BELOW_PX = 1080
"""In a narrower window the navigation shows icons only."""


class MainWindow(QMainWindow):
    """Pages between the navigation, the toolbar and the message bar; each is made when it is first shown."""

    def __init__(self, place: GalleryPlace, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Face Match")
        self.settings = settings
        self._before_photo = Page.PEOPLE
        self._make_state(place)
        self._make_pages()
        self._make_menus()
        self._connect()
        restore_size(self, settings)
        self.pages.show_page(Page.PEOPLE)
        self._refresh()

    def start(self, photos: Sequence[Path] = ()) -> None:
        """Open the gallery and load the model once the window is shown, then open photos."""

        def on_loaded(_: None) -> None:
            self.pages.page(Page.PHOTO)
            self.queue.open(photos)

        QTimer.singleShot(0, self, self.gallery.open)
        QTimer.singleShot(0, self, lambda: self.tasks.start(MODELS, load_page_modules, on_loaded))

    # Making

    def _make_state(self, place: GalleryPlace) -> None:
        settings = self.settings
        self.tasks = tasks = Tasks(self)
        FreedMemory(tasks).resting.connect(forget_hidden_images)
        self.messages = messages = Messages(self)
        self.gallery = gallery = OpenGallery(place, settings, tasks, messages)
        self.model = model = ModelInUse(gallery, settings, tasks, messages)
        self.models = AddedModels(gallery, model, tasks, messages)
        self.threshold = threshold = ThresholdState(gallery, model, settings, tasks)
        self.queue = PhotoQueue(tasks, messages)
        self.photo = CurrentPhoto(gallery, model, tasks, messages)
        self.unnamed = UnnamedFaces(gallery, model, threshold, tasks, messages)
        self.conflicts = Conflicts(gallery, tasks)
        self.face_edits = FaceEdits(gallery, self.photo)
        self.people_edits = PeopleEdits(gallery)
        self.maintenance = Maintenance(gallery, threshold)
        self.transfers = Transfers(gallery, model, threshold, self.unnamed)
        self.places = GalleryPlaces(gallery, settings, messages)

    def _make_pages(self) -> None:
        self.message_bar = MessageBar(self.tasks, self.messages)
        self.toolbar = Toolbar()
        self.search = Search(self.toolbar.search, self.gallery, self.tasks)
        self.navigation = Navigation()
        self.start_page = StartPage(self.search, lambda: self.people_page)
        self.pages = Pages(
            {
                Page.PEOPLE: lambda: self.start_page,
                Page.UNNAMED: lambda: self.review_page,
                Page.PHOTO: lambda: self.photo_parts.pages,
                Page.IGNORED: lambda: self.ignored_page,
            }
        )
        self.states = GalleryStates(self.gallery, self.maintenance, self.tasks, self.pages)
        frame = Frame(
            toolbar=self.toolbar,
            navigation=self.navigation,
            banner=self.states.banner,
            pages=self.pages,
            foot=self.message_bar,
        )
        frame.dropped.connect(self.queue.drop)
        self.setCentralWidget(frame)
        self.folder_import = FolderImport(
            self,
            self.gallery,
            self.unnamed,
            self.message_bar,
            show_unnamed=lambda: self.show_page(Page.UNNAMED),
            is_unnamed_shown=lambda: self.pages.is_shown(Page.UNNAMED),
        )
        self.photo.folder_missing.connect(self.folder_import.offer_to_locate)

    @functools.cached_property
    def photo_parts(self) -> PhotoParts:
        """The page of a photo, and what drives it; made once the window is shown, which is sooner without."""
        from face_match.gui.photo.parts import make_photo_parts

        parts = make_photo_parts(
            self,
            self.gallery,
            self.photo,
            self.queue,
            threshold=self.threshold,
            edits=self.face_edits,
            tasks=self.tasks,
            message_bar=self.message_bar,
        )
        parts.pages.photo_wanted.connect(self._open_among)
        parts.pages.all_shown.connect(lambda: setattr(self, "_before_photo", Page.PHOTO))
        parts.page.error_rates.more_wanted.connect(self.dialogs.show_accuracy)
        parts.presenter.photo_opened.connect(lambda: self.show_page(Page.PHOTO))
        parts.presenter.person_wanted.connect(self._on_person_wanted)
        show_all = parts.pages.show_all
        parts.presenter.left.connect(lambda: self._go_back() if self.queue.is_from_page else show_all())
        back = parts.page.bar.all_button
        back.clicked.connect(lambda: self._go_back() if self.queue.sought is not None else show_all())
        return parts

    @property
    def photo_page(self) -> PhotoPage:
        return self.photo_parts.page

    @property
    def naming(self) -> Naming:
        return self.photo_parts.naming

    @property
    def drawing(self) -> FaceDrawing:
        return self.photo_parts.drawing

    @property
    def presenter(self) -> PhotoPresenter:
        return self.photo_parts.presenter

    # What the page of a photo does, which is made later than what is connected with it

    def _paste(self) -> None:
        self.presenter.paste()

    def _undo(self) -> None:
        self.naming.undo()

    def _redo(self) -> None:
        self.naming.redo()

    def _choose_threshold(self, threshold: float) -> None:
        self.photo_page.threshold.choose(threshold)

    def _show_message(self, text: str) -> None:
        self.presenter.show_message(text)

    # The other pages

    @functools.cached_property
    def review_page(self) -> ReviewPage:
        """The page of the unnamed faces."""
        from face_match.gui.review.page import ReviewPage

        page = ReviewPage(self.gallery, self.unnamed, self.threshold, self.tasks)
        done = page.done_view
        done.folder_button.clicked.connect(self.folder_import.ask)
        done.people_button.clicked.connect(lambda: self.show_page(Page.PEOPLE))
        done.faceless_button.clicked.connect(self._show_faceless)
        page.photo_wanted.connect(lambda path: self._open_among(path, [str(path)]))
        page.dropped.connect(self.queue.drop)
        bind(page, REVIEW_KEYS, page.key_actions())
        for before, after in itertools.pairwise(page.tab_order()):
            QWidget.setTabOrder(before, after)
        return page

    @functools.cached_property
    def people_page(self) -> PeoplePage:
        """The page of the people."""
        from face_match.gui.people.page import PeoplePage

        page = PeoplePage(
            *(self.gallery, self.model, self.people_edits, self.unnamed, self.tasks),
            settings=self.settings,
            delete_for_good=self.maintenance.purge,
            say=self.messages.post,
        )
        grid = page.person_page.photos
        page.photo_wanted.connect(lambda path: self._open_among(path, grid.files, page.person))
        page.review_wanted.connect(lambda: self.show_page(Page.UNNAMED))
        self.start_page.addWidget(page)
        return page

    @functools.cached_property
    def ignored_page(self) -> IgnoredPage:
        """The page of the ignored faces."""
        from face_match.gui.people.ignored_page import IgnoredPage

        page = IgnoredPage(self.gallery, self.unnamed, self.tasks)
        page.photo_wanted.connect(lambda path: self._open_among(path, [str(path)]))
        return page

    def show_page(self, page: Page) -> None:
        """Show a page, and move the focus there."""
        if page is Page.PHOTO and self.pages.current is not Page.PHOTO:
            self._before_photo = self.pages.current
        was_shown = self.pages.is_shown(page)  # else Qt has moved the focus to any part of it
        self.pages.show_page(page)
        if page is Page.UNNAMED:
            self.folder_import.end_offer()
            self.unnamed.group()  # the threshold may have changed
        self._show_start_page()
        shown = self.pages.currentWidget()
        is_focused = was_shown and shown is not None and shown.isAncestorOf(self.focusWidget())
        if shown is not None and (page is Page.UNNAMED or not is_focused):
            shown.setFocus()  # of the unnamed faces, the field in which names are typed

    def _show_faceless(self) -> None:
        self.show_page(Page.PHOTO)
        self.photo_parts.pages.show_without_faces()

    def _show_title(self, page: Page) -> None:
        """The title of the window names the photo while it is shown."""
        if page is Page.PHOTO:
            self.presenter.show_title()
        else:
            self.setWindowTitle("Face Match")

    def _go_to(self, page: Page) -> None:
        """Show a page that was chosen, for people all of them; what was searched for goes."""
        self.search.leave()
        self.message_bar.end_message()
        if page is Page.PHOTO and self.pages.is_shown(page):
            self.photo_parts.pages.show_all()
        if page is Page.PEOPLE and "people_page" in self.__dict__:
            self.people_page.show_all()
        if page is Page.UNNAMED:
            self.review_page.start_over()
        self.show_page(page)

    def _go_back(self) -> None:
        """From a photo, to the page before; from a person, to all people; else to what was searched for."""
        if self.pages.is_shown(Page.PHOTO) and self._before_photo is not Page.PHOTO:
            self.show_page(self._before_photo)
        elif self.pages.is_shown(Page.PHOTO) and self.presenter.has_photo:
            self.photo_parts.pages.show_all()
        elif self.pages.is_shown(Page.PEOPLE) and not self.search.is_active and self.people_page.person:
            self.people_page.show_all()
        else:
            self.search.go_back()

    def _make_menus(self) -> None:
        self.gallery_menu = GalleryMenu(
            self,
            self.gallery,
            self.maintenance,
            self.transfers,
            places=self.places,
            tasks=self.tasks,
            messages=self.messages,
        )
        self.model_menu = ModelMenu(self, self.model, self.models, self.messages)
        self.dialogs = WindowDialogs(
            self,
            self.gallery,
            self.model,
            self.models,
            self.threshold,
            choose_threshold=self._choose_threshold,
            conflicts=self.conflicts,
            edits=self.people_edits,
            tasks=self.tasks,
            undo_redo=lambda: self.undo_redo,
        )
        self.menus = Menus(
            self,
            {
                "open": lambda: self.queue.open(ask_for_photos(self)),
                "open folder": lambda: self.queue.open(ask_for_folder(self)),
                "import folder": self.folder_import.ask,
                "people": lambda: self._go_to(Page.PEOPLE),
                "review": lambda: self._go_to(Page.UNNAMED),
                "photo": lambda: self._go_to(Page.PHOTO),
                "ignored": lambda: self._go_to(Page.IGNORED),
                "paste": self._paste,
                "quit": self.close,
                "undo": self._undo,
                "redo": self._redo,
                "draw": self._on_draw,
                "history": self.dialogs.show_history,
                "conflicts": self.dialogs.show_conflicts,
                "calibrate": self.dialogs.show_accuracy,
                "models": self.dialogs.show_models,
                **self.gallery_menu.actions(),
                **self.model_menu.actions(),
                "keys": self._show_keys,
                "user guide": self.dialogs.show_user_guide,
                "about": self.dialogs.show_about,
            },
        )
        self.model_menu.show_in(self.menus, small_faces=self.settings.small_faces)
        for keys, do in (("Ctrl+F", self.toolbar.search.focus), ("Alt+Left", self._go_back), *MENU_KEYS):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def _show_keys(self) -> None:
        page, people = self.pages.current, self.__dict__.get("people_page")
        is_search = self.search.is_active or (people is not None and people.shows_photos)
        is_all = page is Page.PHOTO and not self.presenter.has_photo
        self.dialogs.show_keys(keys_of(page, is_photo_search=is_search, is_all_photos=is_all))

    @property
    def undo_redo(self) -> list[QAction]:
        """The actions that undo and redo; their keys work in dialogs too."""
        return [self.menus.actions[name] for name in ("undo", "redo")]

    def _connect(self) -> None:
        gallery, model = self.gallery, self.model
        gallery.opened.connect(self.message_bar.hide_action)
        gallery.refused.connect(self._on_failed)
        for signal in (
            gallery.opened,
            gallery.refused,
            gallery.closed,
            gallery.changed,
            gallery.availability_changed,
            self.conflicts.changed,
            self.unnamed.grouped,
            self.unnamed.scan_changed,
            self.photo.records_read,
        ):
            signal.connect(self._refresh)
        gallery.stepped.connect(self._on_stepped)
        model.changed.connect(lambda: self.presenter.clear_matches())  # noqa: PLW0108 made when needed
        self.messages.posted.connect(self._show_message)
        self.messages.failed.connect(self._on_failed)
        self.tasks.failed.connect(self.messages.report)
        self.queue.folder_dropped.connect(self.folder_import.scan)
        self.maintenance.checked.connect(self.dialogs.show_health)
        self.transfers.photos_skipped.connect(self.dialogs.show_skipped)
        self.unnamed.photos_skipped.connect(self.dialogs.show_skipped)
        self._connect_shell()

    def _connect_shell(self) -> None:
        toolbar, welcome, actions = self.toolbar, self.start_page.welcome, self.menus.actions
        self.states.backups_wanted.connect(self.gallery_menu.choose_backup)
        self.states.another_wanted.connect(actions["open gallery"].trigger)
        toolbar.trigger(toolbar.open_button, actions["open"])
        toolbar.trigger(toolbar.import_button, actions["import folder"])
        toolbar.trigger(toolbar.undo_button, actions["undo"])
        toolbar.trigger(toolbar.redo_button, actions["redo"])
        toolbar.trigger(self.message_bar.undo_button, actions["undo"])
        welcome.open_wanted.connect(actions["open"].trigger)
        welcome.import_wanted.connect(actions["import folder"].trigger)
        welcome.example_wanted.connect(self.queue.open)
        self.navigation.page_chosen.connect(self._go_to)
        self.pages.page_shown.connect(self.navigation.show_page)
        self.pages.page_shown.connect(self._show_title)
        self.search.changed.connect(self._on_search)
        self.search.photo_wanted.connect(lambda path: self._open_among(path, self.search.page.grid.files))
        self.search.person_wanted.connect(self._on_person_wanted)

    def _on_search(self) -> None:
        """Show what is searched for, or the people again; the focus stays in the field."""
        if self.search.is_active:
            self.pages.show_page(Page.PEOPLE)
        self._show_start_page()

    def _open_among(self, path: Path, files: Sequence[str], person: Person | None = None) -> None:
        """Open a photo of a grid, the others of which come before and after it; pick the face of a person."""
        shares = self.gallery.shares
        self.queue.open_among(path, files, lambda folder: not shares.needs_permission(folder), person)

    def _on_person_wanted(self, person: Person) -> None:
        self.show_page(Page.PEOPLE)
        self.people_page.show_person(person)

    def _on_stepped(self, trace: StepTrace) -> None:
        """Show what was undone or redone: on this page if it can, else where it is."""
        page = self.pages.current
        if (page is Page.PEOPLE and not self.search.is_active and self.people_page.show_trace(trace)) or (
            page is Page.IGNORED and self.ignored_page.show_trace(trace)
        ):
            return
        if page is Page.UNNAMED or (trace.unnamed and page is not Page.PHOTO):  # which picks the face
            self.review_page.show_trace(trace)
            self.show_page(Page.UNNAMED)

    def _on_draw(self) -> None:
        self.show_page(Page.PHOTO)
        self.drawing.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.show_compact(self.width() < COMPACT_BELOW_PX * theme.text_scale(self))

    # The rest

    def _refresh(self) -> None:
        """Enable the menu entries that make sense now, and show the status."""
        actions, gallery = self.menus.actions, self.gallery
        actions["undo"].setEnabled(gallery.can_undo or self.photo.just_drawn is not None)
        actions["redo"].setEnabled(gallery.can_redo)
        count = len(self.conflicts.rows)
        actions["conflicts"].setEnabled(count > 0)
        actions["conflicts"].setText(
            tr("&Conflicts ({count}) …", count=number(count)) if count else tr("&Conflicts …")
        )
        self.gallery_menu.refresh(actions)
        self._show_counts()
        self._show_start_page()

    def _show_counts(self) -> None:
        gallery = self.gallery.gallery
        self.navigation.show_count(Page.PEOPLE, len(gallery.people) if gallery is not None else 0)
        self.navigation.show_count(Page.UNNAMED, self.unnamed.count)
        self.navigation.show_count(Page.IGNORED, self.unnamed.ignored_count)
        status, state = self.message_bar.status, self.gallery
        status.setText(
            phrases.status_line(gallery, self.unnamed.count, state.place, is_opening=state.is_opening)
        )
        status.setToolTip(tr("Model: {model}", model=self.models.title_of(self.model.id)))

    def _show_start_page(self) -> None:
        """The people, or what is searched for; in an empty gallery the welcome page."""
        gallery = self.gallery.gallery
        if gallery is None or not self.pages.is_shown(Page.PEOPLE):
            return
        is_empty = not gallery.people and not self.unnamed.count and not self.unnamed.is_scanning
        self.start_page.show_state(is_empty=is_empty, takes_focus=not self.toolbar.search.hasFocus())

    def _on_failed(self, error: Exception) -> None:
        if self.states.shows(error):
            self.presenter.show_start_hint()
        else:
            self.presenter.show_failure(error)
        self._refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        remember_size(self, self.settings)
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.tasks.close()
        for state in (self.photo, self.unnamed, self.conflicts, self.threshold, self.models, self.model):
            state.close()
        self.gallery.close()
        event.accept()
