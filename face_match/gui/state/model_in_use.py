"""The model in use: loading it with its detector, switching, downloading, and embedding the named faces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.settings import Settings
from face_match.core.types import Photo
from face_match.gui import result_phrases
from face_match.gui.state.messages import Messages
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.tasks import EMBEDDING, NETWORK, VISION, Tasks
from face_match.gui.translation import marked, tr, translated

if TYPE_CHECKING:
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.embed import EmbedResult

DOWNLOAD_STOPPED = marked("Stopped. The next download resumes where it stopped.")


class ModelInUse(QObject):
    """The embedder and the detector. It follows the gallery: another one may prefer another model.

    Signals:
        changed: `id` is another model; its pipeline may still be loading.
        loaded: gives the FacePipeline that is used from now on.
        faces_embedded: all named faces have an embedding of the model, or could not be embedded.
        detector_changed: gives the title of the detector.

    Attributes:
        id: of the model; "" until a gallery is open.
        pipeline: detects and embeds faces; None while it is being loaded.
    """

    changed = Signal()
    loaded = Signal(object)
    faces_embedded = Signal()
    detector_changed = Signal(str)

    def __init__(
        self,
        gallery: OpenGallery,
        settings: Settings,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(tasks)
        self.id = ""
        self.pipeline: FacePipeline | None = None
        self._gallery = gallery
        self._settings = settings
        self._tasks = tasks
        self._messages = messages
        gallery.opened.connect(self._on_gallery_opened)

    @property
    def detector(self) -> str:
        """The id of the detector that was chosen; "" for the program's own."""
        return self._settings.detector

    def is_needed(self, model_id: str) -> bool:
        """Whether a model, or a detector, is in use or was chosen for the next start."""
        return model_id in (self.id, self._settings.model, self._settings.detector)

    def close(self) -> None:
        """Stop loading, downloading and embedding."""
        self._tasks.end_tasks_of(self)
        self.pipeline = None

    # Switching

    def use(self, model_id: str) -> None:
        """Switch to a model once it is loaded and every named face has an embedding of it.

        Until then, and where that fails or is cancelled, the model in use stays.
        """

        def on_loaded(pipeline: FacePipeline) -> None:
            def switch() -> None:
                self._settings.model = model_id
                self._settings.save(self._messages.report)
                self._start_with(pipeline)

            self._embed(pipeline, switch)

        if self._gallery.gallery is None:
            self._messages.post(tr("Open a gallery before you change the model."))
            return
        self._tasks.drop("embed")
        self._load(model_id, on_loaded)

    def use_detector(self, detector: str, title: str) -> None:
        """Switch to a detector, first for the open photo; faces of the gallery stay as they are."""

        def on_loaded(pipeline: FacePipeline) -> None:
            self._settings.detector = detector
            self._settings.save(self._messages.report)
            self._start_with(pipeline)
            self._messages.post(tr("{title} now detects the faces.", title=title))
            self.detector_changed.emit(title)

        self._load(self.id, on_loaded, detector)

    def detect_small_faces(self, wanted: bool) -> None:
        """Detect small faces in large photos too, which takes longer, or no longer do so."""
        self._settings.small_faces = wanted
        self._settings.save(self._messages.report)
        if self.pipeline is not None:
            self._load(self.id, self._start_with)

    def download(self, model_id: str, title: str) -> None:
        """Download a model's weights where they are missing, and switch to it.

        Only this and `AddedModels.download` open a connection.
        """

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path:
            from face_match.vision.models.download import download_model

            return download_model(model_id, on_progress, is_cancelled)

        def on_done(file: Path) -> None:
            self._messages.post(tr("{title} was downloaded.", title=title))
            self.use(model_id)

        def on_error(error: Exception) -> None:
            if isinstance(error, CancelledError):
                self._messages.post(translated(DOWNLOAD_STOPPED))
            else:
                self._messages.report(error)

        self._tasks.start(
            NETWORK,
            job,
            on_done,
            on_error,
            title=tr("Downloading {title}", title=title),
            key="download",
            owners=(self,),
        )

    # Loading

    def smallest_face_px(self, photo: Photo) -> float:
        """The shorter side of the smallest face that the detector finds in a photo; 0 while it is loading."""
        return self.pipeline.smallest_face_px(photo) if self.pipeline is not None else 0.0

    def loader_for_many_photos(self) -> Callable[[], FacePipeline]:
        """A function that loads the model once more, single-threaded, for a job that runs as many photos as
        cores.

        Call it in that job: it is slow.
        """
        return self._loader(self.id, threads=1)

    def loader_for_another_look(self, detector: str, *, small_faces: bool) -> Callable[[], FacePipeline]:
        """A function that loads the model with another detector, or for small faces, for one photo.

        Args:
            detector: its id; "" for the one in use.
        """
        return self._loader(self.id, detector or None, small_faces=small_faces)

    def _loader(
        self,
        model_id: str,
        detector: str | None = None,
        threads: int | None = None,
        *,
        small_faces: bool = False,
    ) -> Callable[[], FacePipeline]:
        """Loads a model with a detector; by default the chosen one, where it is still installed."""
        small_faces, chosen = small_faces or self._settings.small_faces, self._settings.detector

        def load() -> FacePipeline:
            from face_match.vision.models.registry import MTCNN, all_detectors
            from face_match.vision.onnx.sessions import THREADS
            from face_match.vision.pipeline import FacePipeline

            detector_id = detector or (chosen if chosen in all_detectors() else MTCNN)
            return FacePipeline.load(
                model_id, detector=detector_id, small_faces=small_faces, threads=threads or THREADS
            )

        return load

    def _load(
        self, model_id: str, on_loaded: Callable[[FacePipeline], None], detector: str | None = None
    ) -> None:
        load = self._loader(model_id, detector)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> FacePipeline:
            return load()

        self._tasks.start(VISION, job, on_loaded, title=tr("Loading the model"), key="load", owners=(self,))

    def _on_gallery_opened(self) -> None:
        self.id = self._gallery.preferred_model
        self.changed.emit()
        if self.pipeline is not None and self.pipeline.model_id == self.id:
            self.embed_named_faces()
        else:
            self._load(self.id, self._start_with)

    def _start_with(self, pipeline: FacePipeline) -> None:
        self.pipeline = pipeline
        if self.id != pipeline.model_id:
            self.id = pipeline.model_id
            self.changed.emit()
        self.loaded.emit(pipeline)
        self.embed_named_faces()

    # Embedding

    def embed_named_faces(self) -> None:
        """Embed the named faces that have no embedding of the model in use, such as imported ones."""
        if self.pipeline is not None:
            self._embed(self.pipeline, self.faces_embedded.emit)

    def _embed(self, pipeline: FacePipeline, on_done: Callable[[], object]) -> None:
        gallery = self._gallery.gallery
        if gallery is None:
            return
        owners = (self, gallery)

        def count(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            return len(gallery.without_embedding(pipeline.model_id, named=True))

        def on_counted(missing: int) -> None:
            if missing:
                self._tasks.start(
                    EMBEDDING,
                    job,
                    on_embedded,
                    on_error,
                    title=tr("Embedding faces"),
                    key="embed",
                    owners=owners,
                )
            else:
                on_done()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> EmbedResult:
            from face_match.workflows.embed import embed_faces

            return embed_faces(gallery, pipeline, on_progress, is_cancelled)

        def on_embedded(result: EmbedResult) -> None:
            self._gallery.announce_change()
            if result.done:
                self._messages.post(result_phrases.embedding_result(result))
            on_done()

        def on_error(error: Exception) -> None:
            if isinstance(error, CancelledError):
                self._messages.post(tr("Stopped. The model was not changed."))
            else:
                self._messages.report(error)

        self._tasks.start(EMBEDDING, count, on_counted, on_error, key="embed", owners=owners)
