"""The Gallery menu: asks what has to be asked, and says what cannot be taken back before it is done.

Pages and dialogs are imported when they are first opened: the window is up before any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from face_match.core.errors import GalleryError
from face_match.core.number_text import plural
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import ask_for_folder
from face_match.gui.state.conflicts import Conflicts
from face_match.gui.state.maintenance import Keeping
from face_match.gui.state.session import Session
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.transfers import Carrying
from face_match.gui.widgets.plain_text import plain

if TYPE_CHECKING:
    from face_match.gallery.health import Health
    from face_match.gui.dialogs.conflicts import ConflictsPage
    from face_match.gui.dialogs.gallery_check import GalleryCheckPage
    from face_match.gui.dialogs.history import HistoryPage
    from face_match.gui.dialogs.match_accuracy import MatchAccuracyPage
    from face_match.gui.dialogs.models import ModelsPage
    from face_match.gui.dialogs.skipped_photos import SkippedPhotosPage

ARCHIVES = "Archives of Face Match (*.zip)"
TABLES = "Tables (*.csv)"
PHOTOS_ARE_COPIED = "Photos are copied into one folder for each person in them."
NOTHING_IS_OVERWRITTEN = "Each person gets a folder there. Existing files are not overwritten."
ORIGINALS_STAY = "Names are written to XMP sidecars beside the photos. The photos are not changed."
NAMES_ARE_READ = "Names are read from XMP sidecars, such as those of digiKam and Lightroom."
FOLDERS_ARE_PEOPLE = "Each subfolder of the folder you choose is one person, with the name of the subfolder."
TABLE_IS_READABLE = (
    "The gallery is encrypted, but the table will not be. Anyone who has it can read the names."
)
COPIES_ARE_READABLE = (
    "The gallery is encrypted, but the folders will not be. Anyone who has them can read the names."
)
WRITING = (
    "import archive",
    "import people",
    "import named",
    "check",
    "back up",
    "restore",
    "encrypt",
    "change passphrase",
    "decrypt",
    "move records",
    "purge",
    "clear",
)
"""What needs a gallery that can be written to, and nothing else under way with it."""


class GalleryMenu(QObject):
    """Its actions, for a window. Pages that were opened stay open beside it.

    `undo_redo` has the window's actions that undo and redo, whose keys are those of each page too.
    """

    threshold_chosen = Signal(float)

    def __init__(
        self,
        window: QWidget,
        session: Session,
        keeping: Keeping,
        carrying: Carrying,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._keeping = keeping
        self._carrying = carrying
        self.undo_redo: Sequence[QAction] = ()
        self._history: HistoryPage | None = None
        self._conflicts: ConflictsPage | None = None
        self.conflicts = Conflicts(session)
        self._health: GalleryCheckPage | None = None
        self._calibration: MatchAccuracyPage | None = None
        self._left_out: SkippedPhotosPage | None = None
        self._models: ModelsPage | None = None
        keeping.checked.connect(self._on_checked)
        carrying.left_out.connect(self._on_left_out)
        session.reviewing.left_out.connect(self._on_left_out)
        session.gallery_changed.connect(self._on_gallery_changed)
        session.gallery_opened.connect(self._on_gallery_changed)

    def show_calibration(self) -> None:
        """Show what thresholds cost, by the gallery's own faces."""
        session, gallery = self._session, self._session.gallery
        if gallery is None:
            return
        if self._calibration is None:
            from face_match.gui.dialogs.match_accuracy import MatchAccuracyPage

            self._calibration = MatchAccuracyPage(session.tasks, self._window)
            self._calibration.addActions(self.undo_redo)
            self._calibration.threshold_chosen.connect(self.threshold_chosen)
            self._calibration.learned.connect(session.costs.learn)
        self._calibration.show()
        self._calibration.raise_()
        self._calibration.learn(gallery, session.model_id, session.threshold)

    def show_models(self) -> None:
        """All models, to use, add, get and remove."""
        if self._models is None:
            from face_match.gui.dialogs.models import ModelsPage

            self._models = ModelsPage(self._session, self._window)
            self._models.addActions(self.undo_redo)
        self._models.show()
        self._models.raise_()
        self._models.read()

    def actions(self) -> dict[str, Callable[[], object]]:
        """By the names that menus have for them."""
        return {
            "history": self._on_history,
            "conflicts": self._on_conflicts,
            "check": self._keeping.check,
            "calibrate": self.show_calibration,
            "models": self.show_models,
            "back up": self._keeping.back_up,
            "restore": self._on_restore,
            "export": self._on_export,
            "import archive": self._on_import,
            "import people": self._on_import_people,
            "import named": self._on_import_named,
            "write names": self._on_write_names,
            "export results": self._on_export_results,
            "sort photos": self._on_sort_photos,
            "encrypt": self._on_encrypt,
            "change passphrase": self._on_change_passphrase,
            "decrypt": self._on_decrypt,
            "move records": self._on_move_records,
            "purge": self._on_purge,
            "clear": self._on_clear,
            "show folder": self._on_show_folder,
        }

    def refresh(self, actions: Mapping[str, QAction]) -> None:
        """Enable what can be done with the gallery as it is, and call it by what it would do."""
        session, gallery = self._session, self._session.gallery
        is_busy = self._keeping.is_busy or session.is_opening
        is_writable = gallery is not None and gallery.is_writable and not is_busy
        for name in WRITING:
            actions[name].setEnabled(is_writable)
        for name in ("check", "calibrate", "export", "export results"):
            actions[name].setEnabled(gallery is not None and not is_busy)
        actions["history"].setEnabled(gallery is not None)
        count = len(self.conflicts.rows)
        actions["conflicts"].setEnabled(count > 0)
        actions["conflicts"].setText(f"Con&flicts ({count:,}) …" if count else "Con&flicts …")
        has_people = gallery is not None and bool(gallery.people)
        for name in ("write names", "sort photos"):
            actions[name].setEnabled(has_people and not is_busy)
        for name in ("purge", "clear"):
            actions[name].setEnabled(is_writable and has_people)
        is_encrypted = gallery is not None and gallery.vault is not None
        actions["encrypt"].setVisible(not is_encrypted or self._session.is_half_encrypted)
        actions["encrypt"].setText("Finish e&ncrypting" if self._session.is_half_encrypted else "E&ncrypt …")
        actions["decrypt"].setVisible(is_encrypted)
        can_change = is_writable and is_encrypted and not session.is_half_encrypted
        actions["change passphrase"].setEnabled(can_change)
        is_in_database = gallery is not None and gallery.records.suffix != ".json"
        actions["move records"].setText("Use &JSON storage" if is_in_database else "Use S&QLite storage")

    # Looking

    def _on_history(self) -> None:
        if self._history is None:
            from face_match.gui.dialogs.history import HistoryPage

            self._history = HistoryPage(self.undo_redo, self._window)
            self._history.addActions(self.undo_redo)
        self._history.show()
        self._history.raise_()
        self._on_gallery_changed()

    def _on_gallery_changed(self) -> None:
        if self._history is not None and self._history.isVisible():
            self._history.show_history(self._session.gallery)

    def _on_conflicts(self) -> None:
        if self._conflicts is None:
            from face_match.gui.dialogs.conflicts import ConflictsPage

            self._conflicts = ConflictsPage(self._session, self.conflicts, self.undo_redo, self._window)
            self._conflicts.addActions(self.undo_redo)
        self._conflicts.show()
        self._conflicts.raise_()

    def _on_checked(self, health: Health) -> None:
        if self._health is None:
            from face_match.gui.dialogs.gallery_check import GalleryCheckPage

            self._health = GalleryCheckPage(self._session.changes.thin, self._window)
            self._health.addActions(self.undo_redo)
        self._health.show_result(health, self._session.own_models.title_of(health.model_id))
        self._health.show()
        self._health.raise_()

    def _on_left_out(self, left_out: SkippedPhotos) -> None:
        if self._left_out is None:
            from face_match.gui.dialogs.skipped_photos import SkippedPhotosPage

            self._left_out = SkippedPhotosPage(self._window)
            self._left_out.addActions(self.undo_redo)
        self._left_out.show_photos(left_out)
        self._left_out.show()

    def _on_show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.folder)))

    # Carrying in and out

    def _on_export(self) -> None:
        gallery = self._session.gallery
        if gallery is None:
            return
        if gallery.vault is not None and not self._is_sure(
            "The gallery is encrypted, but the archive will not be. Anyone who has it can see all faces and "
            "names.",
            "Export unencrypted",
        ):
            return
        proposed = Path.home() / f"Face Match {date.today():%Y-%m-%d}.zip"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export the gallery", str(proposed), ARCHIVES)
        if chosen:
            path = Path(chosen)
            self._carrying.export(
                path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
            )

    def _on_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Import an archive", str(Path.home()), ARCHIVES)
        if chosen:
            self._carrying.import_archive(Path(chosen))

    def _on_import_people(self) -> None:
        self._with_folder("Import people from folders", FOLDERS_ARE_PEOPLE, self._carrying.import_people)

    def _on_import_named(self) -> None:
        self._with_folder("Import names", NAMES_ARE_READ, self._carrying.import_names_from_metadata)

    def _on_write_names(self) -> None:
        gallery = self._session.gallery
        if gallery is None:
            return
        if gallery.vault is not None and not self._is_sure(
            "The gallery is encrypted, but the sidecars will not be. Anyone who has the photos can read the "
            "names.",
            "Write unencrypted",
        ):
            return
        self._with_folder("Write names to XMP sidecars", ORIGINALS_STAY, self._carrying.write_names)

    def _on_export_results(self) -> None:
        if not self._may_be_readable(TABLE_IS_READABLE, "Export unencrypted"):
            return
        proposed = Path.home() / f"Face Match {date.today():%Y-%m-%d}.csv"
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export face list", str(proposed), TABLES)
        if chosen:
            path = Path(chosen)
            self._carrying.export_results(path if path.suffix else path.with_name(f"{path.name}.csv"))

    def _on_sort_photos(self) -> None:
        if not self._may_be_readable(COPIES_ARE_READABLE, "Copy"):
            return

        def into(folder: Path) -> None:
            def copy(target: Path) -> None:
                self._carrying.export_photos(folder, target)

            self._with_folder("Folder for the copies", NOTHING_IS_OVERWRITTEN, copy)

        self._with_folder("Folder of the photos to export", PHOTOS_ARE_COPIED, into)

    def _may_be_readable(self, warning: str, action: str) -> bool:
        """Whether names may be written unencrypted; the user is asked if the gallery is encrypted."""
        gallery = self._session.gallery
        if gallery is None or gallery.vault is None:
            return gallery is not None
        return self._is_sure(warning, action)

    def _with_folder(self, title: str, what: str, job: Callable[[Path], None]) -> None:
        """Say what will be done, also where dialogs have no title, and do it with a folder that is chosen."""
        self._session.said.emit(what)
        folders = ask_for_folder(self._window, f"{title}: {what}")
        if folders:
            job(folders[0])
        else:
            self._session.said.emit("")

    def _on_restore(self) -> None:
        from face_match.gui.dialogs.backups import BackupsDialog

        chosen = BackupsDialog(self._session, self._window).ask()
        if chosen is not None:
            self._keeping.restore(chosen)

    def _on_move_records(self) -> None:
        gallery = self._session.gallery
        if gallery is not None:
            self._keeping.move_records(to_database=gallery.records.suffix == ".json")

    # Locking

    def _on_encrypt(self) -> None:
        if self._session.is_half_encrypted:
            self._keeping.encrypt(self._session.passphrase)
            return
        from face_match.gui.dialogs.passphrase import EncryptionDialog

        dialog = EncryptionDialog(self._window)
        if dialog.exec():
            self._keeping.encrypt(dialog.passphrase)

    def _on_change_passphrase(self) -> None:
        from face_match.gallery.storage.vault import needs_passphrase
        from face_match.gui.dialogs.passphrase import ChangePassphraseDialog

        try:
            has_passphrase = needs_passphrase(self._session.folder)
        except GalleryError as exc:
            self._session.fail(exc)
            return
        dialog = ChangePassphraseDialog(self._window, has_passphrase=has_passphrase)
        if dialog.exec():
            self._keeping.change_passphrase(dialog.old, dialog.new)

    def _on_decrypt(self) -> None:
        if self._is_sure(
            "Anyone who can read the gallery’s folder will be able to see all faces and names.", "Decrypt"
        ):
            self._keeping.decrypt()

    # Erasing

    def _on_purge(self) -> None:
        from face_match.gui.dialogs.person_picker import PersonPicker, Preview

        gallery = self._session.gallery
        if gallery is None:
            return

        def preview(name: str) -> Preview:
            person = gallery.find(name)
            if person is None:
                return Preview("There is no person with this name." if name.strip() else "", False)
            faces = phrases.faces(person.face_count)
            name = phrases.display_name(person.name)
            return Preview(f"{name} has {faces}. You will be asked to confirm.", True)

        def on_picked(name: str) -> None:
            if self._is_sure(phrases.deletion_warning(name), "Delete for good"):
                self._keeping.purge(name)

        picker = PersonPicker(
            self._window,
            title="Delete a person for good",
            prompt="Person to delete:",
            action="Delete …",
            names=[person.name for person in gallery.people],
            preview=preview,
        )
        picker.picked.connect(on_picked)
        picker.open()

    def _on_clear(self) -> None:
        gallery = self._session.gallery
        if gallery is None:
            return
        people = plural(len(gallery.people), "person", "people")
        faces = phrases.faces(gallery.face_count)
        if self._is_sure(
            f"{people} with {faces} and all backups will be deleted. This cannot be undone. "
            "Archives that you exported are not deleted.",
            "Delete all people",
        ):
            self._keeping.clear()

    def _is_sure(self, what: str, action: str) -> bool:
        """Whether a person wants it, who is offered not to first."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Face Match", plain(what), parent=self._window)
        wanted = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.exec()
        return box.clickedButton() is wanted
