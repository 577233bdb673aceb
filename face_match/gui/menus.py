"""The menu bar: People, Import, Export, Backup & privacy, Settings, Help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from face_match.gui.translation import marked, translated
from face_match.gui.widgets.plain_text import without_mnemonic


class Entry(NamedTuple):
    """A text, the action of the window that it triggers, and its key. No key is a letter alone, which would
    be part of a name."""

    text: str
    action: str
    key: str | QKeySequence.StandardKey | None = None


class Submenu(NamedTuple):
    """A menu within a menu."""

    title: str
    entries: tuple[Entry | None, ...]


MODELS = "models in use"
"""The place of the menu that lists the models."""
MORE_KEYS = {"redo": ("Ctrl+Y",)}
"""Keys that other programs have for the same."""
_STANDARD = QKeySequence.StandardKey

# None is a line between.
MENUS: tuple[tuple[str, tuple[Entry | Submenu | str | None, ...]], ...] = (
    (
        marked("&People"),
        (
            Entry(marked("&Undo"), "undo", "Ctrl+Z"),  # first in the first menu: there is none called Edit
            Entry(marked("&Redo"), "redo", "Ctrl+Shift+Z"),
            Entry(marked("Hi&story …"), "history", "Ctrl+H"),
            None,
            Entry(marked("&People"), "people", "Ctrl+P"),
            Entry(marked("Unnamed &faces"), "review", "Ctrl+R"),
            Entry(marked("P&hoto"), "photo"),
            Entry(marked("&Ignored faces"), "ignored"),
            None,
            Entry(marked("&Conflicts …"), "conflicts"),
            Entry(marked("&Draw a box around a face\tCtrl+B"), "draw"),
            None,
            Entry(marked("&Quit"), "quit", _STANDARD.Quit),  # at the end of the first menu, as everywhere
        ),
    ),
    (
        marked("&Import"),
        (
            Entry(marked("&Open photos …"), "open", _STANDARD.Open),
            Entry(marked("Open a folder &photo by photo …"), "open folder"),
            Entry(marked("Paste a p&hoto"), "paste", _STANDARD.Paste),
            None,
            Entry(marked("Import a &folder …"), "import folder", "Ctrl+Shift+O"),
            None,
            Entry(marked("&Names from photos and sidecars …"), "import named"),
            Entry(marked("Names from other p&rograms …"), "import catalogue"),
            Entry(marked("People from fol&ders …"), "import people"),
            Entry(marked("An &archive of another gallery …"), "import archive"),
        ),
    ),
    (
        marked("&Export"),
        (
            Entry(marked("Photos by &person …"), "sort photos"),
            Entry(marked("Face &list (CSV) …"), "export results"),
            Entry(marked("Names to photos and &sidecars …"), "write names"),
            None,
            Entry(marked("The gallery as an &archive …"), "export"),
            Entry(marked("The &whole gallery, to move it …"), "export whole"),
        ),
    ),
    (
        marked("&Backup && privacy"),
        (
            Entry(marked("&Back up now"), "back up"),
            Entry(marked("&Restore a backup …"), "restore"),
            Entry(marked("&Check the gallery …"), "check"),
            None,
            Entry(marked("E&ncrypt …"), "encrypt"),
            Entry(marked("Chan&ge the passphrase …"), "change passphrase"),
            Entry(marked("Decr&ypt …"), "decrypt"),
            None,
            Entry(marked("Delete a &person for good …"), "purge"),
            Entry(marked("Delete &all people …"), "clear"),
        ),
    ),
    (
        marked("&Settings"),
        (
            Entry(marked("&Match accuracy …"), "calibrate"),
            MODELS,
            Entry(marked("Mode&ls …"), "models"),
            Entry(marked("&Get FaceNet …"), "facenet"),
            Entry(marked("Find &small faces"), "small faces", "Ctrl+L"),
            None,
            Submenu(
                marked("Galler&y"),
                (
                    Entry(marked("&Open another gallery …"), "open gallery"),
                    Entry(marked("&Move the gallery …"), "move gallery"),
                    Entry(marked("Show the gallery’s &folder"), "show folder"),
                ),
            ),
            Submenu(marked("Ad&vanced"), (Entry(marked("Use S&QLite storage"), "move records"),)),
        ),
    ),
    (
        marked("&Help"),
        (
            Entry(marked("&Keyboard"), "keys", "F1"),
            Entry(marked("&User guide"), "user guide"),
            None,
            Entry(marked("&About Face Match"), "about"),
        ),
    ),
)
CHECKABLE = {"small faces"}
"""Actions that can be switched on and off."""
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
}
"""Actions that macOS puts into the menu of the program; it would move others by their English texts."""


class Menus(QObject):
    """The menus of a window. `model_chosen` gives the id of the chosen model."""

    model_chosen = Signal(str)

    def __init__(self, window: QMainWindow, actions: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        self._do = actions
        self._models = QActionGroup(self)
        self._models.triggered.connect(lambda chosen: self.model_chosen.emit(chosen.data()))
        for title, entries in MENUS:
            menu = window.menuBar().addMenu(translated(title))
            menu.setToolTipsVisible(True)  # entries that are disabled say why
            for entry in entries:
                if isinstance(entry, Submenu):
                    below = menu.addMenu(translated(entry.title))
                    below.setToolTipsVisible(True)
                    for one in entry.entries:
                        self._add(below, one)
                elif isinstance(entry, str):
                    self._model_menu = menu.addMenu(translated(marked("Model in &use")))
                else:
                    self._add(menu, entry)

    def _add(self, menu: QMenu, entry: Entry | None) -> None:
        """Add an entry to a menu, or a line."""
        if entry is None:
            menu.addSeparator()
            return
        action = menu.addAction(translated(entry.text))
        if entry.key is not None:
            keys = (entry.key, *MORE_KEYS.get(entry.action, ()))
            action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(entry.action in CHECKABLE)
        action.setMenuRole(_ROLES.get(entry.action, QAction.MenuRole.NoRole))
        action.triggered.connect(lambda _=False, name=entry.action: self._do[name]())
        self.actions[entry.action] = action

    def offer_models(self, titles: Mapping[str, str]) -> None:
        """List models in the menu, by id."""
        for action in self._models.actions():
            self._models.removeAction(action)
        self._model_menu.clear()
        for model_id, title in titles.items():
            action = self._model_menu.addAction(without_mnemonic(title))
            action.setCheckable(True)
            action.setData(model_id)
            self._models.addAction(action)

    def show_model(self, model_id: str) -> None:
        """Tick the model in use."""
        for action in self._models.actions():
            action.setChecked(action.data() == model_id)

    def choose_model(self, model_id: str) -> None:
        """Choose a model as a click in the menu does."""
        for action in self._models.actions():
            if action.data() == model_id:
                action.trigger()
