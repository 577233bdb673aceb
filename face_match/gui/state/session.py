"""What the window works with: the gallery, the model, the photo; all slow work in the background.

The window calls the methods and hears the signals, both on the GUI thread. What is imported inside
jobs is what takes long to import: the window is up before any of it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryError,
    GalleryLockedError,
    GalleryWriteError,
)
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.settings import Settings
from face_match.core.types import EmbeddedFace, Photo
from face_match.decision.impostor_model import ActiveThreshold, active_threshold
from face_match.gui import phrases
from face_match.gui.images import PREVIEW_PX, image_of, pixels_of, preview_of
from face_match.gui.state.added_models import OwnModels
from face_match.gui.state.drawn_faces import DrawnFaces, with_drawn
from face_match.gui.state.gallery_edits import Changes
from face_match.gui.state.known_faces import KnownFaces, known_at, places_to_show
from face_match.gui.state.results import Found, Ranking, ShownPhoto
from face_match.gui.state.review import Reviewing
from face_match.gui.state.tasks import DECODE, EMBEDDING, GALLERY, INDEX, NETWORK, VISION, Tasks
from face_match.gui.state.threshold_costs import CostsOfGallery

if TYPE_CHECKING:
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.batch import Embedded

log = logging.getLogger(__name__)

TOP_K = 10


class _Opened(NamedTuple):
    gallery: Gallery
    model_id: str
    problem: GalleryError | None
    is_half_encrypted: bool


class Session(QObject):
    """One gallery, one model, one photo at a time."""

    gallery_opened = Signal()
    gallery_refused = Signal(object)
    gallery_changed = Signal()
    model_changed = Signal()
    pipeline_ready = Signal(object)
    detector_changed = Signal(str)
    photo_decoded = Signal(object)
    detail_read = Signal(object)
    faces_found = Signal(list)
    ranked = Signal(object)
    said = Signal(str)
    failed = Signal(object)

    def __init__(self, folder: Path, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.settings = settings
        self.tasks = Tasks(self)
        self.gallery: Gallery | None = None
        self.problem: Exception | None = None  # why it is not open, or for reading only
        self.model_id = ""
        self.photo: Photo | None = None
        self.photo_path: Path | None = None  # None for one that was pasted
        self.faces: list[EmbeddedFace] = []
        self.picked: int | None = None
        self.is_half_encrypted = False
        self._passphrase: str | None = None
        self._pipeline: FacePipeline | None = None
        self.changes = Changes(self)
        self.own_models = OwnModels(self)
        self.costs = CostsOfGallery(self)
        self.reviewing = Reviewing(self)
        self.drawn = DrawnFaces(self)
        self.known = KnownFaces(self)

    # The gallery

    def open_gallery(self, passphrase: str | None = None) -> None:
        """Open it for writing, or for reading where that cannot be; then load the model.

        Args:
            passphrase: of an encrypted one; else the one that was given before.
        """
        if passphrase is not None:
            self._passphrase = passphrase
        passphrase, close = self._passphrase, self.let_go()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> _Opened:
            from face_match.gallery.gallery import Gallery
            from face_match.gallery.storage.vault import ENCRYPTED, state_of
            from face_match.workflows.batch import model_for

            close()
            problem: GalleryError | None = None
            try:
                gallery = Gallery.open(self.folder, for_writing=True, passphrase=passphrase)
            except (GalleryLockedError, GalleryWriteError) as exc:
                problem = exc
                gallery = Gallery.open(self.folder, for_writing=False, passphrase=passphrase)
            model_id = model_for(gallery, self.settings.model)
            return _Opened(gallery, model_id, problem, state_of(self.folder) not in (None, ENCRYPTED))

        self.tasks.start(GALLERY, job, self._on_opened, self._on_refused, key="open gallery")

    @property
    def is_opening(self) -> bool:
        """Whether the gallery is being opened, or will be when something is done that needs it closed."""
        return self.tasks.is_busy("open gallery") or self.tasks.is_busy("keeping closed")

    @property
    def passphrase(self) -> str | None:
        """What opens an encrypted gallery, if it was given."""
        return self._passphrase

    def use_passphrase(self, passphrase: str | None) -> None:
        """When the gallery is next opened."""
        self._passphrase = passphrase

    def let_go(self) -> Callable[[], None]:
        """Do without the gallery; what is returned closes it, for something to be done with its folder."""
        gallery, self.gallery = self.gallery, None
        self.tasks.end_tasks_of(gallery)

        def close() -> None:
            if gallery is not None:
                gallery.close()

        return close

    def _on_opened(self, opened: _Opened) -> None:
        self.gallery, self.problem = opened.gallery, opened.problem
        self.is_half_encrypted = opened.is_half_encrypted
        self.model_id = opened.model_id
        self.model_changed.emit()
        self.gallery_opened.emit()
        if opened.problem is not None:
            self.failed.emit(opened.problem)
        if self._pipeline is not None and self._pipeline.model_id == opened.model_id:
            self._embed(self._pipeline, self.rank)
        else:
            self._load(opened.model_id, self._start_with)

    def _on_refused(self, error: Exception) -> None:
        self.problem = error
        self.gallery_refused.emit(error)

    # The model

    @property
    def threshold(self) -> float:
        """The score from which a match is one, under the model in use."""
        return self.active_threshold(self.model_id).threshold

    def active_threshold(self, model_id: str) -> ActiveThreshold:
        """The same under a model, and what it comes from."""
        strangers = self.costs.strangers(model_id)
        return active_threshold(model_id, strangers, self.settings.thresholds, self.settings.rates)

    def use_model(self, model_id: str) -> None:
        """Switch, once the model is loaded and every named face has an embedding of it; until then, and if
        it fails or is stopped, all stays as it is."""

        def switch() -> None:
            self.settings.model = model_id
            self.settings.save(self.fail)
            self._start_with(pipeline[0])

        def on_loaded(loaded: FacePipeline) -> None:
            pipeline.append(loaded)
            self._embed(loaded, switch)

        if self.gallery is None:
            self.said.emit("Open a gallery before you change the model.")
            return
        self.tasks.drop("embed")
        pipeline: list[FacePipeline] = []
        self._load(model_id, on_loaded)

    def use_detector(self, detector: str, title: str) -> None:
        """Let another model find the faces, first of the open photo; known faces stay as they are."""

        def on_loaded(pipeline: FacePipeline) -> None:
            self.settings.detector = detector
            self.settings.save(self.fail)
            self._start_with(pipeline)
            self.said.emit(f"{title} now detects the faces.")
            self.detector_changed.emit(title)

        self._load(self.model_id, on_loaded, detector)

    def get_model(self, model_id: str, title: str) -> None:
        """Fetch a model's weights where they are not here, and switch to it.

        This and `OwnModels.download` are all in the window that opens a connection.
        """

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Path:
            from face_match.vision.models.download import download_model

            return download_model(model_id, on_progress, is_cancelled)

        def on_done(file: Path) -> None:
            self.said.emit(f"{title} was downloaded.")
            self.use_model(model_id)

        def on_error(error: Exception) -> None:
            if isinstance(error, CancelledError):
                self.said.emit("Stopped. The next download resumes where it stopped.")
            else:
                self.fail(error)

        self.tasks.start(NETWORK, job, on_done, on_error, title=f"Downloading {title}", key="download")

    def look_for_small_faces(self, wanted: bool) -> None:
        """In large photos too, which takes longer; or no more. The open photo is looked at again."""
        self.settings.small_faces = wanted
        self.settings.save(self.fail)
        if self._pipeline is not None:
            self._load(self.model_id, self._start_with)

    @property
    def pipeline(self) -> FacePipeline | None:
        """What faces are found and embedded by; None while it is being loaded."""
        return self._pipeline

    @property
    def smallest_face_px(self) -> float:
        """Of the faces that are looked for in the open photo."""
        if self._pipeline is None or self.photo is None:
            return 0.0
        return self._pipeline.smallest_face_px(self.photo)

    def loader_for_many_photos(self) -> Callable[[], FacePipeline]:
        """Loads the model in use once more, for as many photos at a time as there are cores.

        It takes a while, and is for the job that has the photos.
        """
        return self._loader(self.model_id, threads=1)

    def _loader(
        self, model_id: str, detector: str | None = None, threads: int | None = None
    ) -> Callable[[], FacePipeline]:
        """Of a model, with a detector or with the one that was chosen, as long as it is there."""
        small_faces, chosen = self.settings.small_faces, self.settings.detector

        def load() -> FacePipeline:
            from face_match.vision.models.registry import MTCNN, all_detectors
            from face_match.vision.onnx.sessions import THREADS
            from face_match.vision.pipeline import FacePipeline

            finder = detector or (chosen if chosen in all_detectors() else MTCNN)
            return FacePipeline.load(
                model_id, detector=finder, small_faces=small_faces, threads=threads or THREADS
            )

        return load

    def _load(
        self, model_id: str, on_loaded: Callable[[FacePipeline], None], detector: str | None = None
    ) -> None:
        load = self._loader(model_id, detector)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> FacePipeline:
            return load()

        self.tasks.start(VISION, job, on_loaded, self.fail, title="Loading the model", key="load")

    def _start_with(self, pipeline: FacePipeline) -> None:
        """Use a pipeline from now on, first for the photo that is open."""
        self._pipeline = pipeline
        if self.model_id != pipeline.model_id:
            self.model_id = pipeline.model_id
            self.model_changed.emit()
        self.pipeline_ready.emit(pipeline)
        if self.photo is not None:
            self._find_faces(self.photo)
        self._embed(pipeline, self.rank)

    def bring_up_to_date(self) -> None:
        """Give faces that came from elsewhere an embedding of the model in use."""
        if self._pipeline is not None:
            self._embed(self._pipeline, self.rank)

    def _embed(self, pipeline: FacePipeline, on_done: Callable[[], None]) -> None:
        """Give every named face an embedding of a model, while the window goes on."""
        gallery = self.gallery
        if gallery is None:
            return

        def count(on_progress: OnProgress, is_cancelled: IsCancelled) -> int:
            return len(gallery.without_embedding(pipeline.model_id, named=True))

        def on_counted(missing: int) -> None:
            if missing:
                self.tasks.start(
                    EMBEDDING,
                    job,
                    on_embedded,
                    on_error,
                    title="Embedding faces",
                    key="embed",
                    owner=gallery,
                )
            else:
                on_done()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Embedded:
            from face_match.workflows.batch import embed_faces

            return embed_faces(gallery, pipeline, on_progress, is_cancelled)

        def on_embedded(result: Embedded) -> None:
            self.gallery_changed.emit()
            if result.done:
                self.said.emit(phrases.embedding_result(result))
            on_done()

        def on_error(error: Exception) -> None:
            if isinstance(error, CancelledError):
                self.said.emit("Stopped. The model was not changed.")
            else:
                self.fail(error)

        self.tasks.start(EMBEDDING, count, on_counted, on_error, key="embed", owner=gallery)

    # The photo

    def open_photo(self, path: Path) -> None:
        def load() -> Photo:
            from face_match.vision.photo_loading import load_photo

            return load_photo(path)

        self._open(load, path)

    def open_image(self, image: QImage, name: str) -> None:
        """A photo that has no file, such as one pasted."""

        def load() -> Photo:
            from face_match.vision.photo_loading import photo_from_pixels

            return photo_from_pixels(pixels_of(image), name)

        self._open(load)

    def list_photos(self, paths: Sequence[Path], on_done: Callable[[list[Path]], None]) -> None:
        """Photos of files and folders, found in the background."""

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[Path]:
            from face_match.core.photo_folders import PhotoWalk

            return PhotoWalk(is_cancelled).photos(paths)

        self.tasks.start(DECODE, job, on_done, self.fail, key="list")

    def forget_photo(self) -> None:
        """No photo, no faces; work on the one before is stopped and its outcome dropped."""
        for key in ("photo", "detail", "rank"):
            self.tasks.drop(key)
        self.photo, self.photo_path, self.faces, self.picked = None, None, [], None
        self.drawn.forget()

    def _open(self, load: Callable[[], Photo], path: Path | None = None) -> None:
        self.tasks.drop("list")

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            photo = load()
            if is_cancelled():
                raise CancelledError
            image = image_of(photo.pixels)
            return ShownPhoto(photo, image, preview_of(image, PREVIEW_PX))

        self.forget_photo()
        self.photo_path = path
        self.tasks.start(DECODE, job, self._on_decoded, self.fail, key="photo")

    def _on_decoded(self, shown: ShownPhoto) -> None:
        self.photo = shown.photo
        self.photo_decoded.emit(shown)
        self._find_faces(shown.photo)

    def read_detail(self) -> None:
        """Decode the photo at its full size, to be looked at closely."""
        photo = self.photo
        if photo is None or self.tasks.is_busy("detail"):
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> QImage:
            return image_of(photo.decode_full())

        self.tasks.start(DECODE, job, self.detail_read.emit, self.fail, key="detail")

    def _find_faces(self, photo: Photo) -> None:
        pipeline = self._pipeline
        if pipeline is None:  # it looks for them itself as soon as it is loaded
            return

        drawn, gallery = self.drawn.boxes, self.gallery

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Found:
            found = pipeline.detect(photo)
            known = places_to_show(gallery, photo) if gallery is not None else []
            faces = with_drawn(found, [*drawn, *known], photo, pipeline)
            if is_cancelled():
                raise CancelledError
            return Found(pipeline.embed(photo, faces), len(found))

        self.tasks.start(VISION, job, self._on_faces, self.fail, key="photo")

    def _on_faces(self, found: Found) -> None:
        self.faces, self.drawn.detected_count = found.faces, found.detected_count
        self.picked = 0 if len(found.faces) == 1 else None
        self.faces_found.emit(found.faces)
        self.rank()

    # Matching

    @property
    def face(self) -> EmbeddedFace | None:
        """The face that is matched."""
        return self.faces[self.picked] if self.picked is not None else None

    def pick(self, index: int) -> None:
        """Choose one of several faces."""
        self.picked = index
        self.rank()

    def rank(self) -> None:
        """Who is the face most like? Answers with `ranked`."""
        face, photo, gallery = self.face, self.photo, self.gallery
        if face is None or photo is None or gallery is None or face.model_id != self.model_id:
            return  # a face of another model is being embedded anew

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Ranking:
            from face_match.workflows.match import matches

            began = time.perf_counter()
            (known,) = known_at(gallery, photo, [face.face.box])
            found = matches(gallery, face.embedding, face.model_id, TOP_K, known, taken=photo.taken)
            owner = gallery.person_by_folder(known.person) if known is not None else None
            return Ranking(face, found, time.perf_counter() - began, owner)

        self.tasks.start(GALLERY, job, self._on_ranked, self.fail, key="rank", owner=gallery)

    def _on_ranked(self, ranking: Ranking) -> None:
        self.ranked.emit(ranking)
        self._make_index(ranking.face.model_id)

    def _make_index(self, model_id: str) -> None:
        """Where the gallery is large, make the next search of it faster."""
        gallery = self.gallery
        if gallery is None or self.tasks.is_busy("index"):
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
            if gallery.wants_index(model_id):
                gallery.make_index(model_id, is_cancelled)

        self.tasks.start(INDEX, job, lambda _: None, self.fail, key="index", owner=gallery)

    # The end

    def close(self) -> None:
        """Stop everything; what was reported done is on the disk."""
        self.tasks.close()
        self.let_go()()

    def fail(self, error: Exception) -> None:
        """Tell of what went wrong in the background; what somebody stopped did not."""
        if not isinstance(error, (FaceMatchError, CancelledError)):
            log.error("a task failed", exc_info=error)
        if not isinstance(error, CancelledError):
            self.failed.emit(error)
