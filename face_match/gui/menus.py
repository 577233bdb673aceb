"""The menu bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from face_match.gui.widgets.plain_text import without_mnemonic

_Keys = str | QKeySequence.StandardKey | None

# Menu → entries: text, action of the window, key; None is a line between.
MENUS: Mapping[str, tuple[tuple[str, str, _Keys] | None, ...]] = {
    "&File": (
        ("&Open photos …", "open", QKeySequence.StandardKey.Open),
        ("Open a &folder photo by photo …", "open folder", None),
        ("&Import a folder …", "import folder", "Ctrl+Shift+O"),
        ("&Paste photo", "paste", QKeySequence.StandardKey.Paste),
        None,
        ("&Quit", "quit", QKeySequence.StandardKey.Quit),
    ),
    "&Edit": (
        ("&Undo", "undo", "Ctrl+Z"),
        ("&Redo", "redo", "Ctrl+Shift+Z"),
        None,
        ("&Draw a box around a face\tB", "draw", None),
    ),
    "&Gallery": (
        ("&People …", "people", "Ctrl+P"),
        ("&History …", "history", "Ctrl+H"),
        ("Con&flicts …", "conflicts", None),
        ("&Check …", "check", None),
        ("&Match accuracy …", "calibrate", None),
        ("Mode&ls …", "models", None),
        None,
        ("&Back up now", "back up", None),
        ("&Restore a backup …", "restore", None),
        ("E&xport an archive …", "export", None),
        ("&Import an archive …", "import archive", None),
        None,
        ("Import people from fol&ders …", "import people", None),
        ("Import names from photos and &sidecars …", "import named", None),
        ("&Write names to XMP sidecars …", "write names", None),
        None,
        ("Export f&ace list (CSV) …", "export results", None),
        ("Export pho&tos by person …", "sort photos", None),
        None,
        ("E&ncrypt …", "encrypt", None),
        ("Chan&ge the passphrase …", "change passphrase", None),
        ("Decr&ypt …", "decrypt", None),
        ("Use S&QLite storage", "move records", None),
        None,
        ("Delete a pers&on for good …", "purge", None),
        ("Delete all p&eople …", "clear", None),
        None,
        ("Show the gallery’s folder", "show folder", None),
    ),
    "&View": (
        ("Un&named faces", "review", "Ctrl+R"),
        ("Show i&gnored faces", "show ignored", None),
        None,
        ("&Fit\tF", "fit", None),
        ("Zoom &in\t+", "zoom in", None),
        ("Zoom &out\t−", "zoom out", None),
        None,
        ("Find &small faces", "small faces", "Ctrl+L"),
    ),
    "&Help": (("&Keys", "keys", "F1"), ("&About Face Match", "about", None)),
}
CHECKABLE = {"small faces", "review"}
"""Actions that can be switched on and off."""


class Menus(QObject):
    """The menus of a window. `model_chosen` gives the id of the chosen model."""

    model_chosen = Signal(str)

    def __init__(self, window: QMainWindow, actions: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self.actions = {}
        for title, entries in MENUS.items():
            menu = window.menuBar().addMenu(title)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                    continue
                text, name, key = entry
                action = menu.addAction(text)
                if key is not None:
                    action.setShortcut(QKeySequence(key))
                action.setCheckable(name in CHECKABLE)
                action.triggered.connect(lambda _, name=name: actions[name]())
                self.actions[name] = action
            if title == "&Gallery":
                self._models = QActionGroup(self)
                self._model_menu = menu.addMenu("Model in &use")
                self._models.triggered.connect(lambda chosen: self.model_chosen.emit(chosen.data()))

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
