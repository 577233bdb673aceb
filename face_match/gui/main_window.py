"""The main window: makes the state and the pages, and connects them."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from face_match.core.errors import (
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryLockedError,
    WrongPassphraseError,
)
from face_match.core.messages import error_message
from face_match.core.settings import Settings
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import ask_for_folder, ask_for_photos
from face_match.gui.gallery_menu import GalleryMenu
from face_match.gui.menus import Menus
from face_match.gui.photo.active_threshold import ActiveThresholdPresenter
from face_match.gui.photo.face_drawing import FaceDrawing
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import PhotoPage
from face_match.gui.photo.presenter import PhotoPresenter
from face_match.gui.review.navigation import ReviewNavigation
from face_match.gui.state.added_models import AddedModels
from face_match.gui.state.conflicts import Conflicts
from face_match.gui.state.current_photo import CurrentPhoto
from face_match.gui.state.face_edits import FaceEdits
from face_match.gui.state.maintenance import Maintenance
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState
from face_match.gui.state.transfers import Transfers
from face_match.gui.state.unnamed_faces import UnnamedFaces
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.message_bar import MessageBar
from face_match.gui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from face_match.gallery.health import Health
    from face_match.gui.dialogs.conflicts import ConflictsDialog
    from face_match.gui.dialogs.gallery_check import GalleryCheckDialog
    from face_match.gui.dialogs.history import HistoryDialog
    from face_match.gui.dialogs.keys import KeysDialog
    from face_match.gui.dialogs.match_accuracy import MatchAccuracyDialog
    from face_match.gui.dialogs.models import ModelsDialog
    from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog
    from face_match.gui.people.window import PeopleWindow
    from face_match.gui.review.page import ReviewPage

Dialog = TypeVar("Dialog", bound=QDialog)

FIRST_SIZE = (1180, 760)
SMALLEST_SIZE = (900, 600)


class MainWindow(QMainWindow):
    """The photo, or the unnamed faces in its place; other pages open beside it, imported when first shown."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Face Match")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*FIRST_SIZE)
        self.settings = settings
        self._make_state(folder)
        self._make_pages()
        self._make_menus()
        self._set_tab_order()
        self._connect()
        if self.settings.window:
            self.restoreGeometry(QByteArray.fromHex(self.settings.window.encode()))
        self._refresh()

    def start(self, photos: Sequence[Path] = ()) -> None:
        """Open the gallery and load the model once the window is shown, then open photos."""

        def begin() -> None:
            self.gallery.open()
            self.queue.open(photos)

        QTimer.singleShot(0, self, begin)

    # Making

    def _make_state(self, folder: Path) -> None:
        settings = self.settings
        self.tasks = tasks = Tasks(self)
        self.messages = messages = Messages(self)
        self.gallery = gallery = OpenGallery(folder, settings, tasks, messages)
        self.model = model = ModelInUse(gallery, settings, tasks, messages)
        self.models = AddedModels(gallery, model, tasks, messages)
        self.threshold = threshold = ThresholdState(gallery, model, settings, tasks, messages)
        self.queue = PhotoQueue(tasks, messages)
        self.photo = CurrentPhoto(gallery, model, tasks, messages)
        self.unnamed = UnnamedFaces(gallery, model, threshold, tasks, messages)
        self.conflicts = Conflicts(gallery, tasks, messages)
        self.face_edits = FaceEdits(gallery, self.photo)
        self.people_edits = PeopleEdits(gallery)
        self.maintenance = Maintenance(gallery, threshold)
        self.transfers = Transfers(gallery, model, threshold, self.unnamed)

    def _make_pages(self) -> None:
        self.message_bar = MessageBar(self.tasks)
        self.photo_page = PhotoPage(self.tasks, lambda: self.gallery.gallery, self.message_bar)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.photo_page)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.addWidget(self.pages, 1)
        column.addWidget(self.message_bar)
        self.setCentralWidget(centre)
        self._make_status_bar()
        self.naming = Naming(self.photo_page, self.gallery, self.photo, self.face_edits, self)
        self.drawing = FaceDrawing(self.photo_page.photo_view, self.photo, self)
        self.presenter = PhotoPresenter(
            self.photo_page,
            self.queue,
            self.photo,
            self.gallery,
            naming=self.naming,
            drawing=self.drawing,
            threshold=ActiveThresholdPresenter(self.photo_page, self.threshold),
        )
        self.review = ReviewNavigation(
            self.pages,
            self.message_bar,
            self.review_button,
            self.gallery,
            self.unnamed,
            make_page=self._make_review_page,
            is_photo_shown=lambda: self.photo.photo is not None,
        )

    def _make_status_bar(self) -> None:
        self.status = PlainLabel()
        self.status.setObjectName("statusLabel")
        self.facenet_button = button("Get F&aceNet …", "facenetButton", "Download FaceNet (92 MB) and use it")
        self.facenet_button.hide()
        self.review_button = button("", "reviewButton", "Show the unnamed faces (Ctrl+R)")
        self.review_button.hide()
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self.review_button)
        self.statusBar().addPermanentWidget(self.facenet_button)
        self.statusBar().setSizeGripEnabled(False)

    def _make_review_page(self) -> ReviewPage:
        from face_match.gui.review.page import ReviewPage

        return ReviewPage(self.gallery, self.unnamed, self.threshold, self.tasks)

    def _make_menus(self) -> None:
        photo_view = self.photo_page.photo_view
        self.gallery_menu = GalleryMenu(
            self, self.gallery, self.maintenance, self.transfers, tasks=self.tasks, messages=self.messages
        )
        self.menus = Menus(
            self,
            {
                "open": self._on_open,
                "open folder": lambda: self.queue.open(ask_for_folder(self)),
                "import folder": self.review.import_folder,
                "review": self.review.toggle,
                "show ignored": self.review.show_ignored,
                "paste": self.presenter.paste,
                "quit": self.close,
                "undo": self.naming.undo,
                "redo": self.naming.redo,
                "draw": self.drawing.start,
                "people": self._on_people,
                "history": lambda: _raise(self.history_dialog),
                "conflicts": lambda: _raise(self.conflicts_dialog),
                "calibrate": self._on_match_accuracy,
                "models": self._on_models,
                **self.gallery_menu.actions(),
                "fit": photo_view.fit,
                "zoom in": photo_view.zoom_in,
                "zoom out": photo_view.zoom_out,
                "small faces": self._on_small_faces,
                "keys": lambda: _raise(self.keys_dialog),
                "about": self._on_about,
            },
        )
        self.menus.actions["small faces"].setChecked(self.settings.small_faces)
        self.menus.offer_models(self.models.titles)

    def _set_tab_order(self) -> None:
        order = [*self.photo_page.tab_order(), self.review_button, self.facenet_button]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        gallery, model = self.gallery, self.model
        gallery.opened.connect(self.message_bar.hide_action)
        gallery.refused.connect(self._on_gallery_refused)
        for signal in (
            gallery.opened,
            gallery.closed,
            gallery.changed,
            gallery.availability_changed,
            self.conflicts.changed,
        ):
            signal.connect(self._refresh)
        self.presenter.matches_changed.connect(self._show_status)
        model.changed.connect(self._on_model_changed)
        self.menus.model_chosen.connect(model.use)
        self.models.changed.connect(self._on_models_changed)
        self.messages.posted.connect(self.presenter.show_message)
        self.messages.failed.connect(self._on_failed)
        self.tasks.failed.connect(self.messages.report)
        self.photo_page.open_button.clicked.connect(self._on_open)
        self.photo_page.error_rates.more_wanted.connect(self._on_match_accuracy)
        self.facenet_button.clicked.connect(self._on_get_facenet)
        self.review_button.clicked.connect(self.menus.actions["review"].trigger)
        self.presenter.photo_opened.connect(lambda: self.review.show(False))
        self.queue.folder_dropped.connect(self.review.scan)
        self.review.shown.connect(self.menus.actions["review"].setChecked)
        self.review.dropped.connect(self.queue.drop)
        self.maintenance.checked.connect(self._on_checked)
        self.transfers.photos_skipped.connect(self._on_photos_skipped)
        self.unnamed.photos_skipped.connect(self._on_photos_skipped)

    # Pages beside the window

    @property
    def undo_redo(self) -> list[QAction]:
        """The actions that undo and redo; their keys work on the other pages too."""
        return [self.menus.actions[name] for name in ("undo", "redo")]

    @functools.cached_property
    def people_window(self) -> PeopleWindow:
        from face_match.gui.people.window import PeopleWindow

        window = PeopleWindow(
            self.gallery,
            self.model,
            self.people_edits,
            self.tasks,
            messages=self.messages,
            window=self,
            actions=[*self.undo_redo, self.menus.actions["keys"]],
            delete=self.maintenance.purge,
        )
        window.photo_wanted.connect(lambda path: self.queue.open([path]))
        return window

    @functools.cached_property
    def history_dialog(self) -> HistoryDialog:
        from face_match.gui.dialogs.history import HistoryDialog

        return self._with_undo(HistoryDialog(self.gallery, self.undo_redo, self))

    @functools.cached_property
    def conflicts_dialog(self) -> ConflictsDialog:
        from face_match.gui.dialogs.conflicts import ConflictsDialog

        return self._with_undo(
            ConflictsDialog(self.gallery, self.conflicts, self.tasks, self.undo_redo, self)
        )

    @functools.cached_property
    def check_dialog(self) -> GalleryCheckDialog:
        from face_match.gui.dialogs.gallery_check import GalleryCheckDialog

        return self._with_undo(GalleryCheckDialog(self.people_edits.remove_near_duplicates, self))

    @functools.cached_property
    def accuracy_dialog(self) -> MatchAccuracyDialog:
        from face_match.gui.dialogs.match_accuracy import MatchAccuracyDialog

        dialog = MatchAccuracyDialog(self.tasks, self)
        dialog.threshold_chosen.connect(self.photo_page.threshold.choose)
        dialog.learned.connect(self.threshold.estimate)
        return self._with_undo(dialog)

    @functools.cached_property
    def models_dialog(self) -> ModelsDialog:
        from face_match.gui.dialogs.models import ModelsDialog

        return self._with_undo(ModelsDialog(self.models, self.model, self))

    @functools.cached_property
    def skipped_dialog(self) -> SkippedPhotosDialog:
        from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog

        return self._with_undo(SkippedPhotosDialog(self))

    @functools.cached_property
    def keys_dialog(self) -> KeysDialog:
        from face_match.gui.dialogs.keys import KeysDialog

        return KeysDialog(self, self.undo_redo)

    def _with_undo(self, dialog: Dialog) -> Dialog:
        dialog.addActions(self.undo_redo)
        return dialog

    def _on_people(self) -> None:
        _raise(self.people_window)
        self.people_window.activateWindow()

    def _on_match_accuracy(self) -> None:
        gallery = self.gallery.gallery
        if gallery is not None:
            _raise(self.accuracy_dialog)
            self.accuracy_dialog.learn(gallery, self.model.id, self.threshold.value)

    def _on_models(self) -> None:
        _raise(self.models_dialog)
        self.models_dialog.read()

    def _on_checked(self, health: Health) -> None:
        self.check_dialog.show_result(health, self.models.title_of(health.model_id))
        _raise(self.check_dialog)

    def _on_photos_skipped(self, skipped: SkippedPhotos) -> None:
        self.skipped_dialog.show_photos(skipped)
        self.skipped_dialog.show()

    # Gallery and model

    def _on_gallery_refused(self, error: Exception) -> None:
        self._on_failed(error)
        if isinstance(error, (GalleryEncryptedError, WrongPassphraseError)):
            self.message_bar.show_action(error_message(error), "Enter the &passphrase …", self._on_unlock)
        if isinstance(error, GalleryDamagedError) and error.backup is not None:
            restore = functools.partial(self.maintenance.restore, error.backup)
            self.message_bar.show_action(error_message(error), "Restore the &backup", restore)

    def _on_unlock(self) -> None:
        hidden = QLineEdit.EchoMode.Password
        passphrase, is_given = QInputDialog.getText(
            self, "Unlock the gallery", "This gallery is locked. Passphrase:", hidden
        )
        if is_given:
            self.gallery.open(passphrase)

    def _on_model_changed(self) -> None:
        self.facenet_button.setVisible(self.model.id != "facenet")
        self.presenter.clear_matches()

    def _on_models_changed(self) -> None:
        self.menus.offer_models(self.models.titles)
        self.menus.show_model(self.model.id)

    def _on_get_facenet(self) -> None:
        from face_match.gui.dialogs.models import ask_to_download

        title = self.models.title_of("facenet")
        ask_to_download(self.models, "facenet", title, lambda: self.model.download("facenet", title), self)

    def _on_small_faces(self) -> None:
        wanted = self.menus.actions["small faces"].isChecked()
        self.messages.post(phrases.SMALL_FACES_ON if wanted else phrases.SMALL_FACES_OFF)
        self.model.detect_small_faces(wanted)

    # The rest

    def _refresh(self) -> None:
        """Enable the menu entries that make sense now, and show the status."""
        actions, gallery = self.menus.actions, self.gallery
        actions["undo"].setEnabled(gallery.can_undo)
        actions["redo"].setEnabled(gallery.can_redo)
        count = len(self.conflicts.rows)
        actions["conflicts"].setEnabled(count > 0)
        actions["conflicts"].setText(f"Con&flicts ({count:,}) …" if count else "Con&flicts …")
        self.gallery_menu.refresh(actions)
        self.menus.show_model(self.model.id)
        self._show_status()

    def _show_status(self) -> None:
        gallery = self.gallery
        title, search_s = self.models.title_of(self.model.id), self.presenter.search_s
        self.status.setText(phrases.status_line(gallery.gallery, gallery.is_opening, title, search_s))

    def _on_open(self) -> None:
        self.queue.open(ask_for_photos(self))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, GalleryLockedError):
            self.message_bar.show_action(error_message(error), "Tr&y again", self.gallery.open)
            self.presenter.show_start_hint()
        else:
            self.presenter.show_failure(error)
        self._refresh()

    def _on_about(self) -> None:
        self.message_bar.show_message(phrases.about(self.gallery.folder))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.window = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.save()
        if "people_window" in self.__dict__:
            self.people_window.close()
        self.tasks.close()
        for state in (self.photo, self.unnamed, self.conflicts, self.threshold, self.models, self.model):
            state.close()
        self.gallery.close()
        event.accept()


def _raise(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
