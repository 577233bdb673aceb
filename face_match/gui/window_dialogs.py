"""The dialogs of the main window, each imported and made when it is first opened."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from face_match.gui.state.added_models import AddedModels
from face_match.gui.state.conflicts import Conflicts
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.people_edits import PeopleEdits
from face_match.gui.state.skipped_photos import SkippedPhotos
from face_match.gui.state.tasks import Tasks
from face_match.gui.state.threshold import ThresholdState

if TYPE_CHECKING:
    from face_match.gallery.health import Health
    from face_match.gui.dialogs.about import AboutDialog
    from face_match.gui.dialogs.conflicts import ConflictsDialog
    from face_match.gui.dialogs.gallery_check import GalleryCheckDialog
    from face_match.gui.dialogs.history import HistoryDialog
    from face_match.gui.dialogs.keys import KeysDialog
    from face_match.gui.dialogs.match_accuracy import MatchAccuracyDialog
    from face_match.gui.dialogs.models import ModelsDialog
    from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog
    from face_match.gui.dialogs.user_guide import UserGuideDialog
    from face_match.gui.keys import Key

Dialog = TypeVar("Dialog", bound=QDialog)


class WindowDialogs(QObject):
    """Opens the dialogs. `undo_redo` returns the actions whose keys work in them too."""

    def __init__(
        self,
        window: QWidget,
        gallery: OpenGallery,
        model: ModelInUse,
        models: AddedModels,
        threshold: ThresholdState,
        *,
        choose_threshold: Callable[[float], None],
        conflicts: Conflicts,
        edits: PeopleEdits,
        tasks: Tasks,
        undo_redo: Callable[[], Sequence[QAction]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._gallery = gallery
        self._model = model
        self._models = models
        self._threshold = threshold
        self._choose_threshold = choose_threshold
        self._conflicts = conflicts
        self._edits = edits
        self._tasks = tasks
        self._undo_redo = undo_redo

    @functools.cached_property
    def history(self) -> HistoryDialog:
        from face_match.gui.dialogs.history import HistoryDialog

        return self._with_undo(HistoryDialog(self._gallery, [*self._undo_redo()], self._window))

    @functools.cached_property
    def conflicts(self) -> ConflictsDialog:
        from face_match.gui.dialogs.conflicts import ConflictsDialog

        return self._with_undo(
            ConflictsDialog(self._gallery, self._conflicts, self._tasks, [*self._undo_redo()], self._window)
        )

    @functools.cached_property
    def check(self) -> GalleryCheckDialog:
        from face_match.gui.dialogs.gallery_check import GalleryCheckDialog

        return self._with_undo(GalleryCheckDialog(self._edits.remove_near_duplicates, self._window))

    @functools.cached_property
    def accuracy(self) -> MatchAccuracyDialog:
        from face_match.gui.dialogs.match_accuracy import MatchAccuracyDialog

        dialog = MatchAccuracyDialog(self._tasks, self._window)
        dialog.threshold_chosen.connect(self._choose_threshold)
        dialog.learned.connect(self._threshold.estimate)
        return self._with_undo(dialog)

    @functools.cached_property
    def models(self) -> ModelsDialog:
        from face_match.gui.dialogs.models import ModelsDialog

        return self._with_undo(ModelsDialog(self._models, self._model, self._window))

    @functools.cached_property
    def skipped(self) -> SkippedPhotosDialog:
        from face_match.gui.dialogs.skipped_photos import SkippedPhotosDialog

        return self._with_undo(SkippedPhotosDialog(self._window))

    @functools.cached_property
    def keys(self) -> KeysDialog:
        from face_match.gui.dialogs.keys import KeysDialog

        return KeysDialog(self._window, [*self._undo_redo()])

    @functools.cached_property
    def user_guide(self) -> UserGuideDialog:
        from face_match.gui.dialogs.user_guide import UserGuideDialog

        return self._with_undo(UserGuideDialog(self._window))

    @functools.cached_property
    def about(self) -> AboutDialog:
        from face_match.gui.dialogs.about import AboutDialog

        return AboutDialog(self._window)

    def show_user_guide(self) -> None:
        _raise(self.user_guide)

    def show_about(self) -> None:
        gallery = self._gallery.gallery
        records = gallery.records if gallery is not None else None
        self.about.show_gallery(self._gallery.place, records, self._models.title_of(self._model.id))
        _raise(self.about)

    def show_history(self) -> None:
        _raise(self.history)

    def show_conflicts(self) -> None:
        _raise(self.conflicts)

    def show_keys(self, of_page: Sequence[Key]) -> None:
        _raise(self.keys)
        self.keys.mark(of_page)

    def show_accuracy(self) -> None:
        """Measure the error rates of the open gallery, and show them."""
        gallery = self._gallery.gallery
        if gallery is not None:
            _raise(self.accuracy)
            self.accuracy.learn(gallery, self._model.id, self._threshold.value)

    def show_models(self) -> None:
        _raise(self.models)
        self.models.read()

    def show_health(self, health: Health) -> None:
        self.check.show_result(health, self._models.title_of(health.model_id))
        _raise(self.check)

    def show_skipped(self, skipped: SkippedPhotos) -> None:
        self.skipped.show_photos(skipped)
        self.skipped.show()

    def _with_undo(self, dialog: Dialog) -> Dialog:
        dialog.addActions([*self._undo_redo()])
        return dialog


def _raise(dialog: QWidget) -> None:
    dialog.show()
    dialog.raise_()
