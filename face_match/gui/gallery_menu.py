"""The entries of the menus that concern the gallery as a whole.

They ask for files, folders and passphrases, and warn before what cannot be undone. Dialogs are imported when
they are first opened, after the window is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from face_match.core.errors import GalleryError
from face_match.core.gallery_place import ServerAddress
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.dialogs.photo_sources import ask_for_folder
from face_match.gui.dialogs.questions import ask_to_delete_for_good, ask_to_delete_the_rest, is_sure
from face_match.gui.state.gallery_places import GalleryPlaces
from face_match.gui.state.maintenance import Maintenance
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import GALLERY, Tasks
from face_match.gui.state.transfers import Transfers
from face_match.gui.translation import marked, tr, translated

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.metadata.written_forms import Form

ARCHIVES = marked("Archives of Face Match (*.zip)")
TABLES = marked("Tables (*.csv)")
PHOTOS_ARE_COPIED = marked("Photos are copied into one folder for each person in them.")
NOTHING_IS_OVERWRITTEN = marked("Each person gets a folder there. Existing files are not overwritten.")
CATALOGUES = marked("Catalogues (digikam4.db *.lrcat contacts.xml backup.xml)")
NAMES_ARE_READ = marked(
    "Names are read from the photos, from XMP sidecars, and from the files of Picasa, digiKam, Lightroom and "
    "Google Takeout in the folder."
)
CATALOGUES_ARE_READ = marked(
    "Choose the catalogue: digikam4.db of digiKam, a .lrcat file of Lightroom, or contacts.xml of Picasa. "
    "Close the program first. The catalogue is not changed."
)
CATALOGUED_PHOTOS = marked("Now choose the folder with the photos of the catalogue.")
FOLDERS_ARE_PEOPLE = marked(
    "Each subfolder of the folder you choose is one person, with the name of the subfolder."
)
EVERYTHING_MOVES = marked(
    "Every file of the gallery is copied and compared. Then the files in the old folder are deleted."
)
ARCHIVE_IS_READABLE = marked(
    "The gallery is encrypted, but the archive will not be. Anyone who has it can see all faces and names."
)
SIDECARS_ARE_READABLE = marked(
    "The gallery is encrypted, but the sidecars will not be. Anyone who has the photos can read the names."
)
TABLE_IS_READABLE = marked(
    "The gallery is encrypted, but the table will not be. Anyone who has it can read the names."
)
COPIES_ARE_READABLE = marked(
    "The gallery is encrypted, but the folders will not be. Anyone who has them can read the names."
)
WRITING = (
    "import archive",
    "import people",
    "import named",
    "import catalogue",
    "check",
    "back up",
    "restore",
    "encrypt",
    "change passphrase",
    "decrypt",
    "move records",
    "move gallery",
    "purge",
    "clear",
)
"""Actions that need a writable gallery without other long work."""


_BACKED_UP_THERE = marked(
    "A gallery on a server is backed up by its administrators. An archive (Export) is a copy of it."
)
_KEPT_THERE = marked("This gallery is in the database of a server.")
NOT_ON_SERVER = {
    "back up": _BACKED_UP_THERE,
    "restore": _BACKED_UP_THERE,
    "encrypt": marked("The administrators of the server encrypt its disks."),
    "move records": _KEPT_THERE,
    "move gallery": marked(
        "To move a gallery to or from a server, choose Export → The whole gallery, open the other gallery, "
        "and choose Import → An archive of another gallery."
    ),
    "show folder": _KEPT_THERE,
}
"""Actions that need a gallery in a folder, and what is so instead where it is on a server."""


class GalleryMenu(QObject):
    """The entries of the menu that work on the gallery as a whole."""

    def __init__(
        self,
        window: QWidget,
        gallery: OpenGallery,
        maintenance: Maintenance,
        transfers: Transfers,
        *,
        places: GalleryPlaces,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._gallery = gallery
        self._maintenance = maintenance
        self._transfers = transfers
        self._places = places
        self._tasks = tasks
        self._messages = messages

    def actions(self) -> dict[str, Callable[[], object]]:
        """The actions by their names in `menus.MENUS`."""
        return {
            "check": self._maintenance.check,
            "back up": self._maintenance.back_up,
            "restore": self.choose_backup,
            "export": self._on_export,
            "export whole": lambda: self._on_export(is_whole=True),
            "import archive": self._on_import,
            "import people": self._on_import_people,
            "import named": self._on_import_named,
            "import catalogue": self._on_import_catalogue,
            "write names": self._on_write_names,
            "export results": self._on_export_results,
            "sort photos": self._on_sort_photos,
            "encrypt": self._on_encrypt,
            "change passphrase": self._on_change_passphrase,
            "decrypt": self._on_decrypt,
            "move records": self._on_move_records,
            "purge": self._on_purge,
            "clear": self._on_clear,
            "open gallery": self._on_open_gallery,
            "move gallery": self._on_move_gallery,
            "show folder": self._on_show_folder,
        }

    def refresh(self, actions: Mapping[str, QAction]) -> None:
        """Enable the actions that the gallery allows now, and label those whose effect depends on it."""
        gallery, is_half_encrypted = self._gallery.gallery, self._gallery.is_half_encrypted
        is_busy = self._gallery.is_in_maintenance or self._gallery.is_opening
        is_writable = gallery is not None and gallery.is_writable and not is_busy
        for name in WRITING:
            actions[name].setEnabled(is_writable)
        for name in ("check", "calibrate", "export", "export whole", "export results"):
            actions[name].setEnabled(gallery is not None and not is_busy)
        actions["history"].setEnabled(gallery is not None)
        has_people = gallery is not None and bool(gallery.people)
        for name in ("write names", "sort photos"):
            actions[name].setEnabled(has_people and not is_busy)
        has_somebody = has_people or (gallery is not None and gallery.has_deleted_people)
        for name in ("purge", "clear"):
            actions[name].setEnabled(is_writable and has_somebody)
        is_encrypted = gallery is not None and gallery.vault is not None
        actions["encrypt"].setVisible(not is_encrypted or is_half_encrypted)
        actions["encrypt"].setText(tr("Finish e&ncrypting") if is_half_encrypted else tr("E&ncrypt …"))
        actions["decrypt"].setVisible(is_encrypted)
        can_change = is_writable and is_encrypted and not is_half_encrypted
        actions["change passphrase"].setEnabled(can_change)
        is_in_database = gallery is not None and gallery.records.suffix != ".json"
        actions["move records"].setText(
            tr("Use &JSON storage") if is_in_database else tr("Use S&QLite storage")
        )

        self._refresh_for_place(actions)

    def _refresh_for_place(self, actions: Mapping[str, QAction]) -> None:
        """Disable what is not done to a gallery on a server, and say why."""
        is_on_server = isinstance(self._gallery.place, ServerAddress)
        for name, reason in NOT_ON_SERVER.items():
            if is_on_server:
                actions[name].setEnabled(False)
            elif name == "show folder":
                actions[name].setEnabled(True)  # the others depend on more, above
            actions[name].setToolTip(translated(reason) if is_on_server else "")
            actions[name].setStatusTip(translated(reason) if is_on_server else "")

    def _on_open_gallery(self) -> None:
        from face_match.gui.dialogs.galleries import GalleriesDialog

        places = self._places
        chosen = GalleriesDialog(self._gallery.place, places.recent, self._tasks, self._window).ask()
        if chosen is None:
            return
        if isinstance(chosen, ServerAddress) or chosen in places.recent or self._may_begin_in(chosen):
            self._places.open(chosen)

    def _may_begin_in(self, folder: Path) -> bool:
        """Whether a folder has a gallery, or the user wants a new one there."""
        from face_match.gallery.storage.gallery_files import current_records

        return current_records(folder) is not None or is_sure(
            self._window,
            tr("Open another gallery"),
            tr("Begin a new gallery here?"),
            tr("There is no gallery in {folder}.", folder=folder),
            tr("&Begin a new gallery"),
        )

    def _on_move_gallery(self) -> None:
        self._with_folder(
            tr("Folder to move the gallery to"), translated(EVERYTHING_MOVES), self._places.move
        )

    def _on_show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._gallery.folder)))

    # Imports and exports

    def _on_export(self, *, is_whole: bool = False) -> None:
        gallery = self._gallery.gallery
        if gallery is None:
            return
        if not self._may_be_readable(translated(ARCHIVE_IS_READABLE), tr("&Export unencrypted")):
            return
        proposed = Path.home() / f"Face Match {date.today():%Y-%m-%d}.zip"
        title = tr("Export the whole gallery") if is_whole else tr("Export the gallery")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), translated(ARCHIVES))
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
            self._transfers.export(path, is_whole=is_whole)

    def _on_import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, tr("Import an archive"), str(Path.home()), translated(ARCHIVES)
        )
        if chosen:
            self._transfers.import_archive(Path(chosen))

    def _on_import_people(self) -> None:
        self._with_folder(
            tr("Import people from folders"), translated(FOLDERS_ARE_PEOPLE), self._transfers.import_people
        )

    def _on_import_named(self) -> None:
        self._with_folder(tr("Import names"), translated(NAMES_ARE_READ), self._transfers.import_names)

    def _on_import_catalogue(self) -> None:
        self._messages.post(translated(CATALOGUES_ARE_READ))
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Import names from a catalogue"),
            str(Path.home()),
            translated(CATALOGUES),
        )
        if not chosen:
            self._messages.post("")
            return

        def work(folder: Path) -> None:
            self._transfers.import_names(folder, Path(chosen))

        self._with_folder(tr("Folder of the photos"), translated(CATALOGUED_PHOTOS), work)

    def _on_write_names(self) -> None:
        gallery = self._gallery.gallery
        if gallery is None or not self._may_be_readable(
            translated(SIDECARS_ARE_READABLE), tr("&Write unencrypted")
        ):
            return
        from face_match.gui.dialogs.write_names import WriteNamesDialog

        dialog = WriteNamesDialog(self._window, self._gallery.settings)
        dialog.chosen.connect(self._on_forms_chosen)
        dialog.open()

    def _on_forms_chosen(self, forms: tuple[Form, ...], into_files: bool) -> None:
        from face_match.gui.dialogs.write_names import BESIDE, INSIDE

        def write(folder: Path) -> None:
            self._transfers.write_names(folder, forms, into_files=into_files)

        what = translated((INSIDE if into_files else BESIDE)[1])
        self._with_folder(tr("Write names to photos and sidecars"), what, write)

    def _on_export_results(self) -> None:
        if not self._may_be_readable(translated(TABLE_IS_READABLE), tr("&Export unencrypted")):
            return
        proposed = Path.home() / f"Face Match {date.today():%Y-%m-%d}.csv"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export face list"), str(proposed), translated(TABLES)
        )
        if chosen:
            path = Path(chosen)
            self._transfers.export_face_list(path if path.suffix else path.with_name(f"{path.name}.csv"))

    def _on_sort_photos(self) -> None:
        if not self._may_be_readable(translated(COPIES_ARE_READABLE), tr("&Copy")):
            return

        def into(folder: Path) -> None:
            def copy(target: Path) -> None:
                self._transfers.export_photos(folder, target)

            title = tr("Folder for the copies")
            self._with_folder(title, translated(NOTHING_IS_OVERWRITTEN), copy, is_new=True)

        self._with_folder(tr("Folder of the photos to export"), translated(PHOTOS_ARE_COPIED), into)

    def _may_be_readable(self, warning: str, action: str) -> bool:
        """Whether names may be written unencrypted; asks where the gallery is encrypted."""
        gallery = self._gallery.gallery
        if gallery is None or gallery.vault is None:
            return gallery is not None
        return self._is_sure(tr("Write names without encryption?"), warning, action)

    def _with_folder(
        self, title: str, what: str, job: Callable[[Path], None], *, is_new: bool = False
    ) -> None:
        """Ask for a folder and run a job with it; a message says what it does, as titles are cut."""
        self._messages.post(what)
        folders = ask_for_folder(self._window, title, is_new=is_new)
        if folders:
            job(folders[0])
        else:
            self._messages.post("")

    def choose_backup(self) -> None:
        """Ask which backup to restore, and restore it."""
        from face_match.gui.dialogs.backups import BackupsDialog

        chosen = BackupsDialog(self._gallery, self._tasks, self._window).ask()
        if chosen is not None:
            self._maintenance.restore(chosen)

    def _on_move_records(self) -> None:
        gallery = self._gallery.gallery
        if gallery is not None:
            self._maintenance.move_records(to_database=gallery.records.suffix == ".json")

    # Encryption

    def _on_encrypt(self) -> None:
        if self._gallery.is_half_encrypted:
            self._maintenance.encrypt(self._gallery.passphrase)
            return
        from face_match.gui.dialogs.passphrase import EncryptionDialog

        dialog = EncryptionDialog(self._window)
        if dialog.exec():
            self._maintenance.encrypt(dialog.passphrase)

    def _on_change_passphrase(self) -> None:
        from face_match.gallery.storage.vault import needs_passphrase
        from face_match.gui.dialogs.passphrase import ChangePassphraseDialog

        try:
            has_passphrase = needs_passphrase(self._gallery.folder)
        except GalleryError as exc:
            self._messages.report(exc)
            return
        dialog = ChangePassphraseDialog(self._window, has_passphrase=has_passphrase)
        if dialog.exec():
            self._maintenance.change_passphrase(dialog.old, dialog.new)

    def _on_decrypt(self) -> None:
        if self._is_sure(
            tr("Decrypt this gallery?"),
            tr("Anyone who can read the gallery’s folder will be able to see all faces and names."),
            tr("&Decrypt"),
        ):
            self._maintenance.decrypt()

    # Deleting for good

    def _on_purge(self) -> None:
        gallery = self._gallery.gallery
        if gallery is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[str]:
            return gallery.deleted_names()

        def on_read(deleted: list[str]) -> None:
            self._pick_to_purge(gallery, deleted)

        self._tasks.start(GALLERY, job, on_read, key="deleted people", owners=(gallery,))

    def _pick_to_purge(self, gallery: Gallery, deleted: Sequence[str]) -> None:
        """Ask whom to delete for good: somebody of the gallery, or somebody who can be brought back."""
        from face_match.gallery.records.names import name_key
        from face_match.gui.dialogs.person_picker import PersonPicker, Preview

        gone = {name_key(name): name for name in deleted}

        def preview(typed: str) -> Preview:
            person = gallery.find(typed)
            if person is not None:
                faces, name = phrases.faces(person.face_count), phrases.display_name(person.name)
                text = tr("{name} has {faces}. You will be asked to confirm.", name=name, faces=faces)
                return Preview(text, True)
            if name_key(typed) in gone:
                name = phrases.display_name(gone[name_key(typed)])
                text = tr("{name} was deleted and can be brought back. This ends that.", name=name)
                return Preview(text, True)
            return Preview(tr("There is no person with this name.") if typed.strip() else "", False)

        def on_picked(name: str) -> None:
            person = gallery.find(name)
            if person is not None:
                ask_to_delete_for_good(self._window, person, self._maintenance.purge)
            elif name_key(name) in gone:
                ask_to_delete_the_rest(self._window, gone[name_key(name)], self._maintenance.purge)

        picker = PersonPicker(
            self._window,
            title=tr("Delete a person for good"),
            prompt=tr("Person to delete:"),
            action=tr("Delete …"),
            names=[*(person.name for person in gallery.people), *deleted],
            preview=preview,
        )
        picker.picked.connect(on_picked)
        picker.open()

    def _on_clear(self) -> None:
        gallery = self._gallery.gallery
        if gallery is None:
            return
        if self._is_sure(
            tr("Delete all people for good?"),
            tr(
                "{people} with {faces}, and all backups will be deleted. This cannot be undone. Archives "
                "that you exported are not deleted.",
                people=phrases.people(len(gallery.people)),
                faces=phrases.faces(gallery.face_count),
            ),
            tr("&Delete all people"),
        ):
            self._maintenance.clear()

    def _is_sure(self, question: str, what: str, action: str) -> bool:
        """Whether the user agrees; Enter cancels."""
        return is_sure(self._window, "Face Match", question, what, action)
