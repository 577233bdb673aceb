"""The main window: photo, Top-K list, threshold, add and confirm. Wiring only; the work is the session's."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QStringListModel, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDesktopServices,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QCompleter,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from face_match import __version__
from face_match.decision.threshold import is_match, threshold_range
from face_match.errors import FaceMatchError, GalleryDamagedError, GalleryLockedError
from face_match.gui.compare_view import CompareView
from face_match.gui.keys import KeysPage
from face_match.gui.match_list import MatchList
from face_match.gui.message_bar import MessageBar
from face_match.gui.photo_view import PhotoView
from face_match.gui.pictures import face_image
from face_match.gui.queue import PhotoQueue
from face_match.gui.session import Ranking, Session, ShownPhoto
from face_match.gui.threshold_slider import ThresholdSlider, threshold_text
from face_match.messages import sentence
from face_match.settings import Settings
from face_match.types import EmbeddedFace

FIRST_SIZE = (1180, 760)
SMALLEST_SIZE = (900, 600)
PASTED = "pasted photo"
PHOTO_FILTER = (
    "Photos (*.jpg *.jpeg *.png *.bmp *.gif *.tif *.tiff *.webp *.avif *.heic *.heif *.pgm *.ppm);;"
    "All files (*)"
)
FACENET_TITLE, BUILT_IN_TITLE = "FaceNet", "built-in (dlib)"
MODEL_TITLES = {"facenet": FACENET_TITLE, "dlib": BUILT_IN_TITLE}
HINT = "Drop a photo here, paste one, or open one with Ctrl+O"
EMPTY_HINT = "The gallery is empty. Open a photo, type who it is, and add the first person."
NO_FACE_HINT = "The people most like the face in the photo appear here."


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
        self._has_news = False
        self._build()
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
        self.photo_view = PhotoView()
        self.photo_view.show_hint(HINT)
        self.compare = CompareView()
        self.open_button = _button("&Open Image …", "openButton", "Open photos (Ctrl+O)")
        self.queue_label = QLabel()
        self.queue_label.setObjectName("queueLabel")
        self.queue_label.setAccessibleName("Place in the queue of photos")
        self.previous_button = _button("◀", "previousButton", "Previous photo (←)")
        self.previous_button.setAccessibleName("Previous photo")
        self.next_button = _button("▶", "nextButton", "Next photo (→ or S)")
        self.next_button.setAccessibleName("Next photo")

        self.threshold = ThresholdSlider()
        self.matches = MatchList()
        self.add_new = QCheckBox("Add &New")
        self.add_new.setObjectName("addNewCheck")
        self.add_new.setToolTip("Add the face as a new person (N)")
        self.name_edit = QLineEdit()
        self.name_edit.setObjectName("nameEdit")
        self.name_edit.setAccessibleName("Name")
        self.name_edit.setPlaceholderText("Name")
        self.name_edit.setToolTip("Who it is (Enter adds)")
        self.name_edit.setMaxLength(1000)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name_edit.setCompleter(completer)
        self.add_button = _button("Add as New", "addButton", "Add the face under this name (Enter)")
        self.reject_button = _button(
            "Not this person", "rejectButton", "Remember that this is not the person chosen (X)"
        )
        self.confirm_button = _button(
            "Confirm match", "confirmButton", "Add the face to the person chosen (Enter)"
        )
        self.message_bar = MessageBar(self.session.tasks)
        self.status = QLabel()
        self.status.setObjectName("statusLabel")
        self.facenet_button = _button(
            "Get FaceNet …", "facenetButton", "Download FaceNet’s weights (92 MB) and use them"
        )
        self.facenet_button.hide()
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().addPermanentWidget(self.facenet_button)
        self.statusBar().setSizeGripEnabled(False)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(self.photo_view, 1)
        left_column.addLayout(
            _row(
                self.open_button,
                None,
                self.queue_label,
                self.previous_button,
                self.next_button,
            )
        )
        left_column.addWidget(self.message_bar)

        ranked = QLabel("Top-&K matches")
        ranked.setBuddy(self.matches)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.addWidget(self.threshold)
        right_column.addWidget(ranked)
        right_column.addWidget(self.matches, 3)
        right_column.addWidget(self.compare, 1)
        right_column.addLayout(_row(self.add_new, self.name_edit, self.add_button))
        right_column.addLayout(_row(self.reject_button, None, self.confirm_button))

        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([690, 470])
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.addWidget(splitter)
        self.setCentralWidget(frame)
        for before, after in zip(self._tab_order(), self._tab_order()[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _tab_order(self) -> list[QWidget]:
        return [
            self.photo_view,
            self.open_button,
            self.previous_button,
            self.next_button,
            self.threshold.slider,
            self.matches,
            self.add_new,
            self.name_edit,
            self.add_button,
            self.reject_button,
            self.confirm_button,
            self.message_bar.button,
            self.facenet_button,
        ]

    def _build_menus(self) -> None:
        standard = QKeySequence.StandardKey
        file_menu = self.menuBar().addMenu("&File")
        self._action(file_menu, "&Open photos …", self._on_open, standard.Open)
        self._action(file_menu, "Open &folder …", self._on_open_folder, "Ctrl+Shift+O")
        self._action(file_menu, "&Paste photo", self._on_paste, standard.Paste)
        file_menu.addSeparator()
        self._action(file_menu, "&Quit", self.close, standard.Quit)

        edit_menu = self.menuBar().addMenu("&Edit")
        self.undo_action = self._action(edit_menu, "&Undo", self._on_undo, "Ctrl+Z")
        self.redo_action = self._action(edit_menu, "&Redo", self._on_redo, "Ctrl+Shift+Z")

        gallery_menu = self.menuBar().addMenu("&Gallery")
        self._model_menu = gallery_menu.addMenu("&Model")
        self._model_group = QActionGroup(self)
        for model_id, title in MODEL_TITLES.items():
            action = self._model_menu.addAction(title)
            action.setCheckable(True)
            action.setData(model_id)
            action.triggered.connect(functools.partial(self._on_model_chosen, model_id))
            self._model_group.addAction(action)
        self._action(gallery_menu, "Show the gallery’s &folder", self._on_show_folder)

        view_menu = self.menuBar().addMenu("&View")
        self._action(view_menu, "&Fit\tF", self.photo_view.fit)
        self._action(view_menu, "Zoom &in\t+", self.photo_view.zoom_in)
        self._action(view_menu, "Zoom &out\t−", self.photo_view.zoom_out)

        help_menu = self.menuBar().addMenu("&Help")
        self._action(help_menu, "&Keys", self._on_keys, "F1")
        self._action(help_menu, "&About Face Match", self._on_about)

    def _action(
        self,
        menu: QMenu,
        text: str,
        slot: Callable[[], object],
        keys: str | QKeySequence.StandardKey | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: slot())  # noqa: PLW0108 - drops "checked"
        return action

    def _build_keys(self) -> None:
        """Keys without a modifier; a text field that has the focus takes them first."""
        keys: dict[str, Callable[[], object]] = {
            "Return": self._on_enter,
            "Enter": self._on_enter,
            "N": self._on_toggle_new,
            "X": self._on_reject,
            "S": self._on_next,
            "Right": self._on_next,
            "PgDown": self._on_next,
            "Left": self._on_previous,
            "PgUp": self._on_previous,
            "Up": lambda: self.matches.choose(self.matches.currentRow() - 1),
            "Down": lambda: self.matches.choose(self.matches.currentRow() + 1),
            "F": self.photo_view.fit,
            "+": self.photo_view.zoom_in,
            "=": self.photo_view.zoom_in,
            "-": self.photo_view.zoom_out,
            "Escape": self.matches.setFocus,
        }
        for number in range(1, 10):
            keys[str(number)] = functools.partial(self.matches.choose, number - 1)
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda slot=slot: slot())

    def _connect(self) -> None:
        self.open_button.clicked.connect(self._on_open)
        self.previous_button.clicked.connect(self._on_previous)
        self.next_button.clicked.connect(self._on_next)
        self.photo_view.face_picked.connect(self._on_face_picked)
        self.photo_view.dropped.connect(self._on_dropped)
        self.threshold.moved.connect(self._on_threshold_moved)
        self.threshold.slider.sliderReleased.connect(self.settings.save)
        self.matches.currentRowChanged.connect(self._on_row_chosen)
        self.matches.itemDoubleClicked.connect(lambda _: self._on_confirm())
        self.add_new.toggled.connect(self._on_add_new_toggled)
        self.name_edit.textEdited.connect(self._on_name_typed)
        self.name_edit.textChanged.connect(self._refresh)
        self.name_edit.returnPressed.connect(self._on_add)
        self.add_button.clicked.connect(self._on_add)
        self.confirm_button.clicked.connect(self._on_confirm)
        self.reject_button.clicked.connect(self._on_reject)
        self.facenet_button.clicked.connect(self._on_get_facenet)
        session = self.session
        session.gallery_opened.connect(self._on_gallery_opened)
        session.gallery_refused.connect(self._on_gallery_refused)
        session.gallery_changed.connect(self._on_gallery_changed)
        session.model_changed.connect(self._on_model_changed)
        session.photo_decoded.connect(self._on_photo_decoded)
        session.faces_found.connect(self._on_faces_found)
        session.ranked.connect(self._on_ranked)
        session.crops_read.connect(self._on_crops_read)
        session.sample_added.connect(self._on_sample_added)
        session.said.connect(self._on_said)
        session.failed.connect(self._on_failed)

    # Photos

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Photos, and folders of photos, as a new queue."""
        self.session.list_photos(paths, self._on_photos_listed)

    def _on_photos_listed(self, photos: list[Path]) -> None:
        if not photos:
            self.message_bar.say("There are no photos in that folder.")
            return
        self.queue.fill(photos)
        self._open_current()

    def _on_open(self) -> None:
        files, _ = QFileDialog.getOpenFileNames(self, "Open photos", "", PHOTO_FILTER)
        if files:
            self.open_paths([Path(file) for file in files])

    def _on_open_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Open a folder of photos")
        if folder:
            self.open_paths([Path(folder)])

    def _on_dropped(self, files: list[str]) -> None:
        self.open_paths([Path(file) for file in files])

    def _on_paste(self) -> None:
        if self.name_edit.hasFocus():
            self.name_edit.paste()
            return
        clipboard = QApplication.clipboard()
        data = clipboard.mimeData()  # None where the clipboard was cleared, whatever the stub says
        urls = data.urls() if data is not None else []
        files = [url.toLocalFile() for url in urls if url.isLocalFile()]
        image = clipboard.image()
        if files:
            self.open_paths([Path(file) for file in files])
        elif not image.isNull():
            self.queue.fill([])
            self._begin_photo(PASTED)
            self.session.open_image(image, PASTED)
        else:
            self.message_bar.say("There is no photo on the clipboard.")

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
        self.session.forget_photo()
        self.photo_view.clear()
        self.photo_view.show_hint(f"Opening {name} …")
        self._clear_matches()
        self.name_edit.clear()
        self.message_bar.say("")
        self._show_queue()

    def _show_queue(self) -> None:
        self.queue_label.setText(self.queue.place)
        self.previous_button.setEnabled(self.queue.can_go(-1))
        self.next_button.setEnabled(self.queue.can_go(1))

    def _on_photo_decoded(self, shown: ShownPhoto) -> None:
        self.photo_view.show_photo(shown.full, shown.preview)
        self.setWindowTitle(f"{shown.photo.name} — Face Match")
        self.message_bar.say("Looking for faces …")

    def _on_faces_found(self, faces: list[EmbeddedFace]) -> None:
        self.photo_view.show_faces([face.face.box for face in faces], self.session.picked)
        photo = self.session.photo
        name = photo.name if photo is not None else ""
        if not faces:
            self.message_bar.say(f"No face was found in {name}.")
        elif len(faces) > 1:
            self.message_bar.say(f"{len(faces)} faces found — click the one to match")
            self.photo_view.setFocus()
        else:
            self.message_bar.say("")
            self.matches.setFocus()
        self._show_face()
        self._refresh()

    def _on_face_picked(self, index: int) -> None:
        self._clear_matches()
        self.session.pick(index)
        self._show_face()
        self._refresh()
        self.message_bar.say(f"Face {index + 1} of {len(self.session.faces)}")

    def _show_face(self) -> None:
        face = self.session.face
        if face is None:
            self.compare.show_face(None)
            return
        remark = ", ".join(face.quality.reasons)
        self.compare.show_face(face_image(face.crop.pixels, face.crop.box), remark)

    # Matches

    def _clear_matches(self) -> None:
        self._ranking = None
        self.matches.clear()
        self.compare.show_face(None)
        self.compare.show_sample(None)
        self._refresh()

    def _on_ranked(self, ranking: Ranking) -> None:
        self._ranking = ranking
        limits = threshold_range(self.session.model_id)
        self.matches.show_matches(ranking.matches, self.threshold.value, limits)
        self._refresh()
        if ranking.matches and not self._has_news:
            self.message_bar.say(self._verdict(ranking))
        self._has_news = False

    def _verdict(self, ranking: Ranking) -> str:
        best, threshold = ranking.matches[0], self.threshold.value
        if is_match(best.similarity, threshold):
            return f"Most like {best.person.name}, {best.similarity:.3f}. Enter confirms."
        return (
            f"Nobody reaches {threshold_text(threshold)}; the nearest is {best.person.name}, "
            f"{best.similarity:.3f}."
        )

    def _on_crops_read(self) -> None:
        self.matches.show_crops(self.session.crops)
        self._show_sample()

    def _on_row_chosen(self) -> None:
        self._show_sample()
        self._refresh()

    def _show_sample(self) -> None:
        chosen = self.matches.chosen()
        if chosen is None:
            self.compare.show_sample(None)
        else:
            image = self.session.crops.get(chosen.sample.id)
            self.compare.show_sample(image, chosen.person.name)

    def _on_threshold_moved(self, value: float) -> None:
        self.session.set_threshold(value)
        self.matches.mark(value)
        if not self.threshold.slider.isSliderDown():
            self.settings.save()

    # Adding, confirming, rejecting

    def _on_enter(self) -> None:
        if self.add_new.isChecked():
            if not self.name_edit.text().strip():
                self.name_edit.setFocus()
            else:
                self._on_add()
        else:
            self._on_confirm()

    def _on_toggle_new(self) -> None:
        if self.add_new.isEnabled():
            self.add_new.toggle()
            if self.add_new.isChecked():
                self.name_edit.setFocus()

    def _on_add_new_toggled(self) -> None:
        self._refresh()
        if not self.add_new.isChecked():
            self.name_edit.clear()

    def _on_name_typed(self, text: str) -> None:
        gallery = self.session.gallery
        known = gallery.find(text) if gallery is not None else None
        if known is not None:
            self.message_bar.say(f"{known.name} is in the gallery: the face becomes a sample of that person.")

    def _on_add(self) -> None:
        if self.add_button.isEnabled():
            self.session.add(self.name_edit.text())

    def _on_sample_added(self) -> None:
        """Back to matching."""
        self.name_edit.clear()
        self.add_new.setChecked(False)
        self.matches.setFocus()

    def _on_confirm(self) -> None:
        chosen = self.matches.chosen()
        if chosen is None or not self.confirm_button.isEnabled():
            return
        threshold = self.threshold.value
        if not is_match(chosen.similarity, threshold):
            answer = QMessageBox.question(
                self,
                "Below the threshold",
                f"{chosen.similarity:.3f} is below {threshold_text(threshold)}. "
                f"Add to {chosen.person.name} anyway?",
            )
            if answer != QMessageBox.StandardButton.Yes:
                self.message_bar.say(f"Nothing was added to {chosen.person.name}.")
                return
        self.session.add(chosen.person.name)

    def _on_reject(self) -> None:
        chosen = self.matches.chosen()
        if chosen is not None and self.reject_button.isEnabled():
            self.session.reject(chosen)

    def _on_undo(self) -> None:
        if self.name_edit.hasFocus() and self.name_edit.isUndoAvailable():
            self.name_edit.undo()
        else:
            self.session.undo()

    def _on_redo(self) -> None:
        if self.name_edit.hasFocus() and self.name_edit.isRedoAvailable():
            self.name_edit.redo()
        else:
            self.session.redo()

    # Gallery and model

    def _on_gallery_opened(self) -> None:
        if self.message_bar.has_action:  # what it offered to do about the gallery is done
            self.message_bar.say("")
        self._on_gallery_changed()

    def _on_gallery_changed(self) -> None:
        gallery = self.session.gallery
        people = gallery.people if gallery is not None else ()
        self._names.setStringList(sorted((p.name for p in people), key=str.casefold))
        self._refresh()

    def _on_gallery_refused(self, error: Exception) -> None:
        self._on_failed(error)
        if isinstance(error, GalleryDamagedError) and error.backup is not None:
            backup = error.backup
            self.message_bar.say(sentence(error), "Restore the backup", lambda: self._on_restore(backup))

    def _on_restore(self, backup: Path) -> None:
        self.message_bar.say("Restoring …")
        self.session.restore(backup)

    def _on_model_changed(self) -> None:
        model_id = self.session.model_id
        self.threshold.configure(threshold_range(model_id), self.session.threshold)
        for action in self._model_group.actions():
            action.setChecked(action.data() == model_id)
        self.facenet_button.setVisible(model_id != "facenet")
        self._clear_matches()

    def _on_model_chosen(self, model_id: str) -> None:
        self.session.use_model(model_id)

    def _on_get_facenet(self) -> None:
        self.session.get_model("facenet", FACENET_TITLE)

    def _on_show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.folder)))

    # What can be done now

    def _refresh(self) -> None:
        """Enable what makes sense, and say where things stand."""
        session, gallery = self.session, self.session.gallery
        can_change = gallery is not None and gallery.is_writable and not session.is_saving
        is_empty = gallery is not None and not gallery.people
        has_face = session.face is not None
        if is_empty:
            self.add_new.setChecked(True)
        self.add_new.setEnabled(gallery is not None and not is_empty)
        is_new = self.add_new.isChecked()
        name = self.name_edit.text().strip()
        self.name_edit.setEnabled(is_new)
        self.add_button.setEnabled(is_new and has_face and can_change and bool(name))
        known = gallery.find(name) if gallery is not None and name else None
        self.add_button.setText("Add as New" if known is None else "Add sample")
        chosen = self.matches.chosen()
        self.confirm_button.setEnabled(not is_new and has_face and can_change and chosen is not None)
        self.reject_button.setEnabled(has_face and can_change and chosen is not None)
        self.undo_action.setEnabled(can_change)
        self.redo_action.setEnabled(can_change)
        self.matches.show_hint(EMPTY_HINT if is_empty else NO_FACE_HINT)
        self.status.setText(self._status())

    def _status(self) -> str:
        gallery = self.session.gallery
        if gallery is None:
            return "opening the gallery …" if self.session.tasks.is_busy() else "no gallery"
        model_id = self.session.model_id
        parts = [
            f"model: {MODEL_TITLES.get(model_id, model_id)}",
            _counted(len(gallery.people), "person", "people"),
            _counted(gallery.sample_count, "sample", "samples"),
        ]
        if not gallery.is_writable:
            parts.append("read-only")
        if self._ranking is not None:
            parts.append(f"matched in {1000 * self._ranking.seconds:.1f} ms")
        return " · ".join(parts)

    # The rest

    def _on_said(self, text: str) -> None:
        self._has_news = True
        self.message_bar.say(text)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, GalleryLockedError):
            self.message_bar.say(sentence(error), "Try again", self.session.open_gallery)
        elif isinstance(error, FaceMatchError):
            self.message_bar.say(sentence(error))
        else:
            self.message_bar.say(
                f"Something went wrong that should not have ({type(error).__name__}). "
                "Nothing that was saved is lost."
            )
        if self.session.photo is None:
            self.photo_view.show_hint(HINT)
        self._refresh()

    def _on_keys(self) -> None:
        if self._keys is None:
            self._keys = KeysPage(self)
        self._keys.show()
        self._keys.raise_()

    def _on_about(self) -> None:
        self.message_bar.say(
            f"Face Match {__version__}. Everything stays on this machine; gallery: {self.session.folder}"
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.window = bytes(self.saveGeometry().toHex().data()).decode()
        self.settings.save()
        self.session.close()
        event.accept()


def _button(text: str, object_name: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(object_name)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    return button


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Side by side; None is a gap that takes what room is left."""
    row = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
