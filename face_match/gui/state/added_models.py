"""The models: listing, testing, adding, downloading and removing them in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import CancelledError, FaceMatchError
from face_match.core.model_families import DETECTOR, EMBEDDER, FAMILIES, Family
from face_match.core.progress import IsCancelled, OnProgress
from face_match.gui import phrases
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import DOWNLOAD_STOPPED, ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import MODELS, NETWORK, Tasks
from face_match.gui.translation import marked, tr, translated
from face_match.vision.models.added import DEFAULT_PIXELS, AddedModel, PixelOptions, added_models

if TYPE_CHECKING:
    from face_match.vision.models.downloadable import DownloadableModel
    from face_match.vision.models.installation import ModelCandidate
    from face_match.vision.models.registry import Download
    from face_match.workflows.models import BuiltInModel

BUILT_IN_TITLES = {"facenet": marked("FaceNet"), "dlib": marked("built-in (dlib)")}
"""Titles of the models that the program comes with."""

NON_COMMERCIAL = marked("not for commercial use")
IN_USE, INSTALLED, AVAILABLE = marked("In use"), marked("Installed"), marked("Available to download")
STOPPED = marked("Stopped. Nothing was added.")


class ModelRow(NamedTuple):
    """A row of the list of models.

    Attributes:
        state: one of `IN_USE`, `INSTALLED` and `AVAILABLE`.
        details: sentences about it.
        download_name: its name among the downloads, where it is not installed.
    """

    id: str
    title: str
    does: str
    licence: str
    size_bytes: int
    state: str
    details: str
    is_here: bool
    is_in_use: bool
    is_added: bool
    kind: str
    download_name: str = ""


class ModelDescription(NamedTuple):
    """What the user enters about a model file."""

    title: str
    licence: str
    source: str
    wanted: PixelOptions = DEFAULT_PIXELS


class AddedModels(QObject):
    """The models of the program and those that were added.

    Signals:
        changed: a model was added or removed.
        reported: gives a sentence that says what happened to a model.

    Attributes:
        titles: of the embedders, by id.
    """

    changed = Signal()
    reported = Signal(str)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(tasks)
        self._gallery = gallery
        self._model = model
        self._tasks = tasks
        self._messages = messages
        self.titles: dict[str, str] = {}
        self._read_titles()
        self.changed.connect(self._read_titles)

    def close(self) -> None:
        """Stop trying, adding and downloading models."""
        self._tasks.end_tasks_of(self)

    def title_of(self, model_id: str) -> str:
        """The title of a model; its id where it has none."""
        return self.titles.get(model_id, model_id)

    def list(self, on_done: Callable[[list[ModelRow]], None]) -> None:
        """List the models that are installed or available to download."""
        model_id, detector = self._model.id, self._model.detector

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[ModelRow]:
            return all_rows(model_id, detector)

        self._tasks.start(MODELS, job, on_done, key="list models", owners=(self,))

    def examine(self, path: Path, on_done: Callable[[ModelCandidate], None]) -> None:
        """Copy a file and test it; call `add` or `discard` with the candidate."""

        gallery = self._gallery.gallery

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ModelCandidate:
            from face_match.vision.models.installation import examine_model
            from face_match.workflows.trial_crops import trial_crops

            people = trial_crops(gallery) if gallery is not None else []
            return examine_model(path, people=people, on_progress=on_progress, is_cancelled=is_cancelled)

        self._start(MODELS, job, on_done, tr("Testing {name}", name=path.name))

    def add(self, candidate: ModelCandidate, description: ModelDescription) -> None:
        """Add a candidate; where other pixels are wanted, it is tested with them first."""

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> AddedModel:
            try:
                chosen = candidate
                if description.wanted != DEFAULT_PIXELS:
                    chosen = candidate.retried_with(description.wanted, is_cancelled)
                return chosen.keep(
                    title=description.title, licence=description.licence, source=description.source
                )
            finally:
                candidate.discard()

        self._start(MODELS, job, self._on_added, tr("Adding {name}", name=candidate.name))

    def discard(self, candidate: ModelCandidate) -> None:
        """Delete a candidate."""

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
            candidate.discard()

        self._start(MODELS, job, lambda _: self._report(translated(STOPPED)))

    def is_to_download(self, model_id: str) -> bool:
        """Whether an embedder is not installed, but can be downloaded."""
        from face_match.vision.models.registry import MODELS

        info = MODELS.get(model_id)
        return info is not None and info.download is not None and not info.is_installed

    def source_of(self, name: str) -> Download | None:
        """The download of a model, by its id or its name among the downloads; None where there is none."""
        from face_match.vision.models.downloadable import downloadable_model
        from face_match.vision.models.registry import model_info

        downloadable = downloadable_model(name)
        if downloadable is not None:
            return downloadable.download
        try:
            download = model_info(name).download
            return download() if download is not None else None
        except FaceMatchError as exc:
            self._messages.report(exc)
            return None

    def download(self, name: str) -> None:
        """Download a model, test it and add it. Opens a connection: call `ask_to_download` first."""
        from face_match.vision.models.downloadable import downloadable_model

        downloadable = downloadable_model(name)
        if downloadable is None:
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> AddedModel:
            from face_match.vision.models.downloadable import download_and_install

            return download_and_install(downloadable, on_progress, is_cancelled)

        self._start(
            NETWORK,
            job,
            self._on_added,
            tr("Downloading {name}", name=name),
            stopped=DOWNLOAD_STOPPED,
        )

    def remove(self, model_id: str) -> None:
        """Delete a model's file, unless it is in use."""
        if self._model.is_needed(model_id):
            self._report(tr("This model is in use. Switch to another one before you remove it."))
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> str:
            from face_match.vision.models.added import added_model, remove

            model = added_model(model_id)
            if model is None:
                return ""
            remove(model)
            return model.title

        def on_done(title: str) -> None:
            self.changed.emit()
            self._report(tr("{title} was removed. Its embeddings stay in the gallery.", title=title))

        self._start(MODELS, job, on_done)

    def _on_added(self, model: AddedModel) -> None:
        self.changed.emit()
        self._report(tr("{title} was added. Choose “Use” to switch to it.", title=model.title))

    def _start(
        self,
        queue: str,
        job: Callable[[OnProgress, IsCancelled], object],
        on_done: Callable[..., None],
        title: str = "",
        *,
        stopped: str = STOPPED,
    ) -> None:
        def on_error(error: Exception) -> None:
            if isinstance(error, CancelledError):
                self._report(translated(stopped))
            else:
                self.reported.emit(phrases.error_text(error))
                self._messages.report(error)

        self._tasks.start(queue, job, on_done, on_error, title=title, owners=(self,))

    def _report(self, text: str) -> None:
        self.reported.emit(text)
        self._messages.post(text)

    def _read_titles(self) -> None:
        """Read a small file for each added model."""
        built_in = {model_id: translated(title) for model_id, title in BUILT_IN_TITLES.items()}
        self.titles = built_in | {model.id: model.title for model in added_models(EMBEDDER)}


def all_rows(model_id: str, detector: str) -> list[ModelRow]:
    """All rows of the list; reads files, so not on the GUI thread.

    Args:
        model_id, detector: those in use; "" is the program's own detector.
    """
    from face_match.workflows.models import list_models

    table = list_models(model_id, detector)
    return [
        *(_built_in_row(model, model.id in table.in_use) for model in table.built_in),
        *(_added_row(model, model.id in table.in_use) for model in table.added),
        *map(_downloadable_row, table.downloadable),
    ]


def _built_in_row(model: BuiltInModel, is_in_use: bool) -> ModelRow:
    return ModelRow(
        model.id,
        translated(BUILT_IN_TITLES.get(model.id, model.title)),
        tr("embeds faces in {dimensions} dimensions", dimensions=model.dimensions)
        if model.dimensions
        else tr("detects faces"),
        model.licence,
        model.size_bytes,
        _state(model.is_installed, is_in_use),
        tr("Available to download.") if model.is_downloadable else tr("Included with the program."),
        model.is_installed,
        is_in_use,
        is_added=False,
        kind=model.kind,
    )


def _added_row(model: AddedModel, is_in_use: bool) -> ModelRow:
    verdict = model.verdict
    pixels = tr("Pixels: {range}, {colour}.", range=verdict.range, colour=verdict.colour)
    tried = tr("Tested: {checks}.", checks="; ".join(verdict.checks))
    return ModelRow(
        model.id,
        model.title,
        _does(model.family, verdict.dimensions),
        model.licence,
        model.size_bytes,
        _state(True, is_in_use),
        " ".join([tr("Source: {source}.", source=model.source), tried, pixels, *verdict.notes]),
        True,
        is_in_use,
        is_added=True,
        kind=model.kind,
    )


def _downloadable_row(downloadable: DownloadableModel) -> ModelRow:
    family = FAMILIES[downloadable.family]
    licence = (
        downloadable.licence
        if downloadable.is_commercial
        else f"{downloadable.licence} ({translated(NON_COMMERCIAL)})"
    )
    return ModelRow(
        "",
        downloadable.name,
        _does(family, 0),
        licence,
        downloadable.download.size_bytes,
        translated(AVAILABLE),
        tr(
            "By {by}. “Download” gets it from {url} (an address that we have not tested), checks "
            "its SHA-256 and tests it on a face.",
            by=downloadable.by,
            url=downloadable.download.url,
        ),
        False,
        False,
        is_added=False,
        kind=family.kind,
        download_name=downloadable.name,
    )


def _does(family: Family, dimensions: int) -> str:
    if family.kind == DETECTOR:
        return tr("detects faces ({title})", title=family.title)
    if not dimensions:
        return tr("embeds faces ({title})", title=family.title)
    return tr("embeds faces in {dimensions} dimensions ({title})", dimensions=dimensions, title=family.title)


def _state(is_here: bool, is_in_use: bool) -> str:
    return translated(IN_USE if is_in_use else INSTALLED if is_here else AVAILABLE)
