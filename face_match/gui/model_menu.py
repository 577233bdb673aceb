"""The entries of the menus that concern the model in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from face_match.gui import phrases
from face_match.gui.menus import Menus
from face_match.gui.state.added_models import AddedModels
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.translation import translated


class ModelMenu(QObject):
    """Lists the models, ticks the one in use, and asks before one is downloaded."""

    def __init__(self, window: QWidget, model: ModelInUse, models: AddedModels, messages: Messages) -> None:
        super().__init__(window)
        self._window = window
        self._model = model
        self._models = models
        self._messages = messages
        self._menus: Menus | None = None
        model.changed.connect(self._refresh)
        models.changed.connect(self._on_models_changed)

    def actions(self) -> Mapping[str, Callable[[], object]]:
        """The actions of the entries, by name."""
        return {"small faces": self._on_small_faces, "facenet": self._on_get_facenet}

    def show_in(self, menus: Menus, *, small_faces: bool) -> None:
        """Show the models in the menus, and whether small faces are detected."""
        self._menus = menus
        menus.model_chosen.connect(self._on_chosen)
        menus.actions["small faces"].setChecked(small_faces)
        self._on_models_changed()

    def _on_models_changed(self) -> None:
        if self._menus is not None:
            self._menus.offer_models(self._models.titles)
            self._menus.show_model(self._model.id)

    def _refresh(self) -> None:
        if self._menus is not None:
            self._menus.actions["facenet"].setVisible(self._model.id != "facenet")
            self._menus.show_model(self._model.id)

    def _on_chosen(self, model_id: str) -> None:
        """Use a model, once it is downloaded. The tick stays at the model in use until another one is."""
        if self._menus is not None:
            self._menus.show_model(self._model.id)
        if self._models.is_to_download(model_id):
            self._ask_to_download(model_id)
        else:
            self._model.use(model_id)

    def _on_get_facenet(self) -> None:
        self._ask_to_download("facenet")

    def _ask_to_download(self, model_id: str) -> None:
        from face_match.gui.dialogs.models import ask_to_download

        title = self._models.title_of(model_id)
        ask_to_download(
            self._models, model_id, title, lambda: self._model.download(model_id, title), self._window
        )

    def _on_small_faces(self) -> None:
        wanted = self._menus is not None and self._menus.actions["small faces"].isChecked()
        self._messages.post(translated(phrases.SMALL_FACES_ON if wanted else phrases.SMALL_FACES_OFF))
        self._model.detect_small_faces(wanted)
