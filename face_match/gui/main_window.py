"""The main window: photo, matches, threshold, add and confirm. Wiring only; the work is the session's."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMainWindow, QWidget

from face_match.core.error_messages import error_message
from face_match.core.errors import (
    GalleryDamagedError,
    GalleryEncryptedError,
    GalleryLockedError,
    WrongPassphraseError,
)
from face_match.core.settings import Settings
from face_match.core.types import EmbeddedFace
from face_match.decision.threshold import threshold_range
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import ask_for_folder, ask_for_photos, check_for_folders, clipboard
from face_match.gui.gallery_menu import GalleryMenu
from face_match.gui.images import face_image
from face_match.gui.keys import KEYS, KeysPage, bind
from face_match.gui.menus import Menus
from face_match.gui.photo.draw_face import Drawing
from face_match.gui.photo.naming import Naming
from face_match.gui.photo.page import HINT, Panel
from face_match.gui.photo.threshold_in_use import ThresholdInUse
from face_match.gui.review.navigation import ReviewNavigation
from face_match.gui.state.maintenance import Keeping
from face_match.gui.state.photo_queue import PhotoQueue
from face_match.gui.state.results import Ranking, ShownPhoto
from face_match.gui.state.session import Session
from face_match.gui.state.transfers import Carrying
from face_match.gui.widgets.buttons import button
from face_match.gui.widgets.plain_text import PlainLabel, shown

if TYPE_CHECKING:
    from face_match.gui.people.window import PeopleWindow

FIRST_SIZE = (1180, 760)
SMALLEST_SIZE = (900, 600)
PASTED = "pasted photo"


class MainWindow(QMainWindow):
    """One photo at a time: who is it, and is that right?"""

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Face Match")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*FIRST_SIZE)
        self.settings = settings
        self.session = Session(folder, settings, self)
        self.queue = PhotoQueue()
        self._ranking: Ranking | None = None
        self._keys: KeysPage | None = None
        self._people: PeopleWindow | None = None
        self._has_news = False
        self._build()
        self.naming = Naming(self.panel, self.session, self)
        self.review = ReviewNavigation(
            self.panel.pages, self.panel.message_bar, self.session, self.review_button
        )
        self.drawing = Drawing(self.panel, self.session, self)
        self.keeping = Keeping(self.session)
        self.carrying = Carrying(self.session, self.keeping)
        self.gallery_menu = GalleryMenu(self, self.session, self.keeping, self.carrying)
        self._build_menus()
        self._build_keys()
        self._connect()
        if settings.window:
            self.restoreGeometry(QByteArray.fromHex(settings.window.encode()))
        self._show_queue()
        self._refresh()

    def start(self, photos: Sequence[Path] = ()) -> None:
        """Open the gallery and load the model behind the window, then the photos."""

        def begin() -> None:
            self.session.open_gallery()
            if photos:
                self.open_paths(photos)

        QTimer.singleShot(0, self, begin)

    # Building

    def _build(self) -> None:
        self.panel = Panel(self.session.tasks, lambda: self.session.gallery)
        self.setCentralWidget(self.panel)
        self.threshold = ThresholdInUse(self.session, self.panel)
        self.status = PlainLabel()
        self.status.setObjectName("statusLabel")
        self.facenet_button = button("Get F&aceNet …", "facenetButton", "Download FaceNet (92 MB) and use it")
        self.facenet_button.hide()
        self.statusBar().addWidget(self.status, 1)
        self.review_button = button("", "reviewButton", "Show the unnamed faces (Ctrl+R)")
        self.review_button.hide()
        self.statusBar().addPermanentWidget(self.review_button)
        self.statusBar().addPermanentWidget(self.facenet_button)
        self.statusBar().setSizeGripEnabled(False)
        order = [*self.panel.tab_order(), self.review_button, self.facenet_button]
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _build_menus(self) -> None:
        photo_view = self.panel.photo_view
        self.menus = Menus(
            self,
            {
                "open": self._on_open,
                "open folder": lambda: self.open_paths(ask_for_folder(self)),
                "import folder": self.review.import_folder,
                "review": self.review.toggle,
                "show ignored": self.review.show_ignored,
                "paste": self._on_paste,
                "quit": self.close,
                "undo": self.naming.undo,
                "redo": self.naming.redo,
                "draw": self.drawing.start,
                "people": self._on_people,
                **self.gallery_menu.actions(),
                "fit": photo_view.fit,
                "zoom in": photo_view.zoom_in,
                "zoom out": photo_view.zoom_out,
                "small faces": self._on_small_faces,
                "keys": self._on_keys,
                "about": self._on_about,
            },
        )
        self.gallery_menu.undo_redo = [self.menus.actions[name] for name in ("undo", "redo")]
        self.menus.actions["small faces"].setChecked(self.settings.small_faces)
        self.menus.model_chosen.connect(self.session.use_model)
        self.menus.offer_models(self.session.own_models.titles)

    def _build_keys(self) -> None:
        panel = self.panel
        actions: dict[str, Callable[[], object]] = {
            "enter": self.naming.enter,
            "new": self.naming.toggle_new,
            "reject": self.naming.reject,
            "draw": self.drawing.start,
            "next": self._on_next,
            "previous": self._on_previous,
            "up": lambda: self.naming.choose(panel.matches.currentRow() - 1),
            "down": lambda: self.naming.choose(panel.matches.currentRow() + 1),
            "fit": panel.photo_view.fit,
            "zoom in": panel.photo_view.zoom_in,
            "zoom out": panel.photo_view.zoom_out,
            "list": panel.matches.setFocus,
        }
        actions |= {str(k): functools.partial(self.naming.choose, k - 1) for k in range(1, 10)}
        bind(panel.photo_page, KEYS, actions)

    def _connect(self) -> None:
        self.panel.open_button.clicked.connect(self._on_open)
        self.panel.previous_button.clicked.connect(self._on_previous)
        self.panel.next_button.clicked.connect(self._on_next)
        self.panel.photo_view.face_picked.connect(self._on_face_picked)
        self.panel.photo_view.detail_wanted.connect(self.session.read_detail)
        self.panel.photo_view.dropped.connect(self._on_dropped)
        self.panel.photo_view.image_dropped.connect(self.open_image)
        self.panel.matches.currentRowChanged.connect(self._on_row_chosen)
        self.facenet_button.clicked.connect(self._on_get_facenet)
        self.review_button.clicked.connect(self.menus.actions["review"].trigger)
        self.review.shown.connect(self.menus.actions["review"].setChecked)
        self.review.dropped.connect(self._on_dropped)
        session = self.session
        session.gallery_opened.connect(self._on_gallery_opened)
        session.gallery_refused.connect(self._on_gallery_refused)
        session.gallery_changed.connect(self._on_gallery_changed)
        session.model_changed.connect(self._on_model_changed)
        session.own_models.changed.connect(self._on_models_changed)
        session.photo_decoded.connect(self._on_photo_decoded)
        session.detail_read.connect(self.panel.photo_view.show_detail)
        session.faces_found.connect(self._on_faces_found)
        session.drawn.added.connect(self._on_face_drawn)
        session.drawn.known.connect(self._on_face_known)
        session.known.changed.connect(self._on_faces_known)
        session.ranked.connect(self._on_ranked)
        self.panel.matches.crops.images_read.connect(self._show_sample)
        self.naming.changed.connect(self._refresh)
        self.gallery_menu.conflicts.changed.connect(self._refresh)
        self.drawing.said.connect(self._on_said)
        self.threshold.said.connect(self._on_caveat)
        self.panel.costs.more_wanted.connect(self.gallery_menu.show_calibration)
        self.gallery_menu.threshold_chosen.connect(self.panel.threshold.choose)
        session.said.connect(self._on_said)
        session.failed.connect(self._on_failed)

    # Photos

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Photos, and folders of photos, as a new queue."""
        if paths:
            self.session.list_photos(paths, self._on_photos_listed)

    def open_image(self, image: QImage) -> None:
        """A picture that has no file, in place of the queue."""
        self.queue.fill([])
        self._begin_photo(PASTED)
        self.session.open_image(image, PASTED)

    def _on_photos_listed(self, photos: list[Path]) -> None:
        if not photos:
            self.panel.message_bar.show_message("There are no photos in that folder.")
            return
        self.queue.fill(photos)
        self._open_current()

    def _on_open(self) -> None:
        self.open_paths(ask_for_photos(self))

    def _on_paste(self) -> None:
        if self.panel.name_edit.hasFocus():
            self.panel.name_edit.paste()
            return
        files, image = clipboard()
        if files:
            self.open_paths(files)
        elif not image.isNull():
            self.open_image(image)
        else:
            self.panel.message_bar.show_message("There is no photo on the clipboard.")

    def _on_next(self) -> None:
        if self.queue.go(1):
            self._open_current()

    def _on_previous(self) -> None:
        if self.queue.go(-1):
            self._open_current()

    def _open_current(self) -> None:
        path = self.queue.current
        if path is not None:
            self._begin_photo(path.name)
            self.session.open_photo(path)

    def _begin_photo(self, name: str) -> None:
        self.review.show(False)
        self.session.forget_photo()
        self.drawing.stop()
        self.panel.photo_view.clear()
        self.panel.photo_view.show_placeholder(f"Opening {name} …")
        self.setWindowTitle(f"{shown(name)} — Face Match")
        self._has_news = False
        self._clear_matches()
        self.panel.name_edit.clear()
        self.panel.message_bar.show_message("")
        self._show_queue()

    def _show_queue(self) -> None:
        self.panel.queue_label.setText(self.queue.place)
        self.panel.previous_button.setEnabled(self.queue.can_go(-1))
        self.panel.next_button.setEnabled(self.queue.can_go(1))

    def _on_photo_decoded(self, shown: ShownPhoto) -> None:
        self.panel.photo_view.show_photo(shown.size, shown.image, shown.preview)
        has_gallery = self.session.gallery is not None or self.session.is_opening
        self.panel.message_bar.show_message("Detecting faces …" if has_gallery else "")

    def _on_faces_found(self, faces: list[EmbeddedFace]) -> None:
        self._show_boxes()
        photo = self.session.photo
        name = photo.name if photo is not None else ""
        if not faces:
            self.panel.message_bar.show_message(phrases.no_face(name, self.session.smallest_face_px))
        elif len(faces) > 1:
            self.panel.message_bar.show_message(f"{len(faces)} faces found. Click one to see its matches.")
            self._focus(self.panel.photo_view)
        else:
            self.panel.message_bar.show_message("")
            self._focus(self.panel.matches)
        self._show_face()
        self._refresh()
        self.drawing.remind()

    def _on_small_faces(self) -> None:
        wanted = self.menus.actions["small faces"].isChecked()
        self._on_said(phrases.SMALL_FACES_ON if wanted else phrases.SMALL_FACES_OFF)
        self.session.look_for_small_faces(wanted)

    def _focus(self, widget: QWidget) -> None:
        """Go there, but not from a name that is being typed: its next letters would be commands."""
        if not self.panel.name_edit.hasFocus() and not self.drawing.is_on:
            widget.setFocus()

    def _on_face_picked(self, index: int) -> None:
        self.session.pick(index)
        self._on_face_chosen(f"Face {index + 1} of {len(self.session.faces)}")

    def _on_face_drawn(self, index: int) -> None:
        count = len(self.session.faces)
        self._show_boxes()
        self._on_face_chosen(f"Face {index + 1} of {count} is the one you drew." if count > 1 else "")
        self._focus(self.panel.matches)

    def _on_face_known(self, index: int) -> None:
        self.panel.photo_view.pick(index)
        self._on_said(f"This is face {index + 1} of {len(self.session.faces)}, which had been found already.")
        self._focus(self.panel.matches)

    def _on_face_chosen(self, text: str) -> None:
        self._has_news = False
        self._clear_matches()
        self._show_face()
        self._refresh()
        self.panel.message_bar.show_message(text)

    def _show_boxes(self) -> None:
        boxes = [face.face.box for face in self.session.faces]
        self.panel.photo_view.show_faces(boxes, self.session.picked)

    def _show_face(self) -> None:
        face = self.session.face
        if face is None:
            self.panel.compare.show_face(None)
            return
        owner = self.session.known.person(self.session.picked)
        name = [phrases.display_name(owner.name)] if owner is not None else []
        remark = " · ".join([*name, *face.quality.reasons])
        self.panel.compare.show_face(face_image(face.crop.pixels, face.crop.box), remark)

    def _on_faces_known(self) -> None:
        self.panel.photo_view.show_names(self.session.known.names)
        self._show_face()
        self._refresh()

    # Matches

    def _clear_matches(self) -> None:
        self._ranking = None
        self.panel.matches.clear()
        self.panel.compare.show_face(None)
        self.panel.compare.show_sample(None)
        self._refresh()

    def _on_ranked(self, ranking: Ranking) -> None:
        before, self._ranking = self._ranking, ranking
        chosen, owner = self.panel.matches.selected(), ranking.owner
        stays = before is not None and before.face is ranking.face
        if owner is not None and (before is None or not before.is_of(owner)):
            stays = False  # else Enter would give the face the name of who was chosen before
        person = chosen.person if stays and chosen is not None else owner
        limits = threshold_range(self.session.model_id)
        self.threshold.apply()
        self.panel.matches.show_matches(ranking.matches, self.panel.threshold.value, limits, person)
        self.threshold.show_chances()
        self._refresh()
        if ranking.matches and not self._has_news:
            self.panel.message_bar.show_message(
                phrases.best_match(
                    ranking.matches,
                    ranking.owner,
                    self.panel.threshold.value,
                    self.panel.matches.best_chance,
                )
            )

    def _on_row_chosen(self) -> None:
        self._show_sample()
        self._refresh()

    def _show_sample(self) -> None:
        chosen = self.panel.matches.selected()
        if chosen is None:
            self.panel.compare.show_sample(None)
        else:
            image = self.panel.matches.crops.image(chosen.face.id, chosen.face)
            self.panel.compare.show_sample(image, chosen.person.name)

    def _on_dropped(self, paths: Sequence[Path]) -> None:
        """Photos are opened; where a folder is among them, all are scanned."""
        check_for_folders(
            self.session, paths, lambda found: (self.review.scan if found else self.open_paths)(paths)
        )

    # Gallery and model

    def _on_gallery_opened(self) -> None:
        self.panel.message_bar.hide_action()
        self._on_gallery_changed()

    def _on_gallery_changed(self) -> None:
        gallery = self.session.gallery
        people = gallery.people if gallery is not None else ()
        self.panel.name_edit.show_names([person.name for person in people])
        self._refresh()

    def _on_gallery_refused(self, error: Exception) -> None:
        self._on_failed(error)
        if isinstance(error, (GalleryEncryptedError, WrongPassphraseError)):
            self.panel.message_bar.show_action(
                error_message(error), "Enter the &passphrase …", self._on_unlock
            )
        if isinstance(error, GalleryDamagedError) and error.backup is not None:
            restore = functools.partial(self.keeping.restore, error.backup)
            self.panel.message_bar.show_action(error_message(error), "Restore the &backup", restore)

    def _on_unlock(self) -> None:
        hidden = QLineEdit.EchoMode.Password
        passphrase, is_given = QInputDialog.getText(
            self, "Unlock the gallery", "This gallery is locked. Passphrase:", hidden
        )
        if is_given:
            self.session.open_gallery(passphrase)

    def _on_model_changed(self) -> None:
        model_id = self.session.model_id
        self.facenet_button.setVisible(model_id != "facenet")
        self._clear_matches()

    def _on_models_changed(self) -> None:
        self.menus.offer_models(self.session.own_models.titles)
        self.menus.show_model(self.session.model_id)

    def _on_get_facenet(self) -> None:
        from face_match.gui.dialogs.models import ask_to_download

        title = self.session.own_models.title_of("facenet")
        ask_to_download(
            self.session, "facenet", title, lambda: self.session.get_model("facenet", title), self
        )

    # What can be done now

    def _refresh(self) -> None:
        """Enable what makes sense, and say where things stand."""
        session, gallery = self.session, self.session.gallery
        self.naming.refresh()
        self.menus.actions["undo"].setEnabled(session.changes.can_undo)
        self.menus.actions["redo"].setEnabled(session.changes.can_redo)
        self.gallery_menu.refresh(self.menus.actions)
        self.menus.show_model(session.model_id)
        self.panel.matches.show_placeholder(
            phrases.no_matches(gallery, len(session.faces), is_ranked=self._ranking is not None)
        )
        title = session.own_models.title_of(session.model_id)
        search_s = self._ranking.seconds if self._ranking is not None else None
        self.status.setText(phrases.status_line(gallery, session.is_opening, title, search_s))

    # The rest

    def _on_said(self, text: str) -> None:
        self._has_news = True
        self.panel.message_bar.show_message(text)

    def _on_caveat(self, text: str) -> None:
        """What has just been done is still there to be read."""
        news = f"{self.panel.message_bar.text()} " if self._has_news else ""
        self._on_said(f"{news}{text}")

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, GalleryLockedError):
            self.panel.message_bar.show_action(error_message(error), "Tr&y again", self.session.open_gallery)
        else:
            self.panel.message_bar.show_message(phrases.error_text(error))
        if self.session.photo is None:
            self.panel.photo_view.show_placeholder(HINT)
        self._refresh()

    def _on_people(self) -> None:
        if self._people is None:
            from face_match.gui.people.window import PeopleWindow  # the window is up before it

            actions = [*self.gallery_menu.undo_redo, self.menus.actions["keys"]]
            self._people = PeopleWindow(self.session, self, actions, self.keeping.purge)
            self._people.photo_wanted.connect(lambda path: self.open_paths([path]))
        self._people.show()
        self._people.raise_()
        self._people.activateWindow()

    def _on_keys(self) -> None:
        if self._keys is None:
            self._keys = KeysPage(self, self.gallery_menu.undo_redo)
        self._keys.show()
        self._keys.raise_()

    def _on_about(self) -> None:
        self.panel.message_bar.show_message(phrases.about(self.session.folder))

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.window = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.save()
        if self._people is not None:
            self._people.close()
        self.session.close()
        event.accept()
