"""The photo that is shown: its pixels, its faces with what the gallery knows of them, and their matches."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from face_match.core.errors import CancelledError
from face_match.core.matches import Match
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Person
from face_match.core.types import Box, EmbeddedFace, Photo
from face_match.gui.images import ShownPhoto, image_of, pixels_of
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.photo_faces import FoundFaces, face_in_box, find_faces, records_in_boxes
from face_match.gui.state.tasks import DECODE, GALLERY, INDEX, VISION, Tasks

TOP_K = 10


class Ranking(NamedTuple):
    """Matches of a face, best first, how long the search took, and the person it is named as."""

    face: EmbeddedFace
    matches: list[Match]
    seconds: float
    owner: Person | None

    def is_of(self, person: Person) -> bool:
        """Whether the face is named as a person."""
        return self.owner is not None and self.owner.folder == person.folder


class CurrentPhoto(QObject):
    """One photo at a time.

    Signals:
        decoded: gives the ShownPhoto.
        detail_decoded: gives an image of full size.
        faces_found: the faces of the photo are in `faces`.
        face_added: a box was drawn around a new face, which is picked; gives its index.
        face_present: a box was drawn around one of `faces`; gives its index.
        records_read: `owner` and `names` are up to date.
        ranked: gives the Ranking of the picked face.

    Attributes:
        photo: None until it is decoded.
        path: of its file; None for a pasted photo.
        faces: first those that were detected, then those in boxes.
        picked: index of the face that is matched.
    """

    decoded = Signal(object)
    detail_decoded = Signal(object)
    faces_found = Signal()
    face_added = Signal(int)
    face_present = Signal(int)
    records_read = Signal()
    ranked = Signal(object)

    def __init__(
        self,
        gallery: OpenGallery,
        model: ModelInUse,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        super().__init__(tasks)
        self.photo: Photo | None = None
        self.path: Path | None = None
        self.faces: Sequence[EmbeddedFace] = ()
        self.picked: int | None = None
        self._detected_count = 0
        self._drawn: list[Box] = []
        self._records: Sequence[FaceRecord | None] = ()
        self._gallery = gallery
        self._model = model
        self._tasks = tasks
        self._messages = messages
        gallery.opened.connect(self.read_records)
        gallery.closed.connect(self._forget_records)
        gallery.changed.connect(self.read_records)
        gallery.changed.connect(self.rank)
        model.changed.connect(self._stop_ranking)
        model.loaded.connect(self._find_faces)
        model.faces_embedded.connect(self.rank)

    # Opening and closing

    def open(self, path: Path) -> None:
        """Decode a file and find its faces."""

        def load() -> Photo:
            from face_match.vision.photo_loading import load_photo

            return load_photo(path)

        self._open(load, path)

    def open_image(self, image: QImage, name: str) -> None:
        """The same with an image that has no file, such as a pasted one."""

        def load() -> Photo:
            from face_match.vision.photo_loading import photo_from_pixels

            return photo_from_pixels(pixels_of(image), name)

        self._open(load)

    def close(self) -> None:
        """Show no photo; ends the tasks that work on it."""
        self._tasks.end_tasks_of(self)
        self.photo, self.path, self.faces, self.picked = None, None, (), None
        self._drawn, self._detected_count, self._records = [], 0, ()

    def _open(self, load: Callable[[], Photo], path: Path | None = None) -> None:
        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            photo = load()
            if is_cancelled():
                raise CancelledError
            return ShownPhoto.of(photo)

        self.close()
        self.path = path
        self._tasks.start(DECODE, job, self._on_decoded, self._messages.report, key="photo", owners=(self,))

    def _on_decoded(self, shown: ShownPhoto) -> None:
        self.photo = shown.photo
        self.decoded.emit(shown)
        self._find_faces()

    def decode_detail(self) -> None:
        """Decode the photo at full size, to be seen magnified."""
        photo = self.photo
        if photo is None or self._tasks.is_busy("detail"):
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> QImage:
            return image_of(photo.decode_full())

        self._tasks.start(
            DECODE, job, self.detail_decoded.emit, self._messages.report, key="detail", owners=(self,)
        )

    # Faces

    @property
    def face(self) -> EmbeddedFace | None:
        """The face that is matched."""
        return self.faces[self.picked] if self.picked is not None else None

    @property
    def smallest_face_px(self) -> float:
        """The size of the smallest face that is detected in this photo."""
        return self._model.smallest_face_px(self.photo) if self.photo is not None else 0.0

    @property
    def is_picked_drawn(self) -> bool:
        """Whether the picked face was not detected, but drawn."""
        return self.picked is not None and self.picked >= self._detected_count

    def pick(self, index: int) -> None:
        """Match one of several faces."""
        self.picked = index
        self.rank()

    def draw_face(self, box: Box) -> None:
        """Add the face in a box and pick it, unless one of `faces` is in the box.

        Raises:
            BoxUnusableError: too little of the photo is in the box.
        """
        from face_match.vision.detectors.drawn_boxes import clip_drawn_box  # loads Pillow

        photo, pipeline = self.photo, self._model.pipeline
        if photo is None:
            return
        box = clip_drawn_box(photo, box)
        present = face_in_box(box, [face.face for face in self.faces])
        if present is not None:
            self.face_present.emit(present)
            return
        self._drawn.append(box)
        if pipeline is None:  # `_find_faces` adds it once the model is loaded
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> EmbeddedFace:
            return pipeline.embed(photo, [pipeline.face_in_box(photo, box)])[0]

        def on_done(face: EmbeddedFace) -> None:
            if self._model.pipeline is pipeline:
                self._add(face)

        self._tasks.start(VISION, job, on_done, self._messages.report, owners=(self,))

    def _add(self, face: EmbeddedFace) -> None:
        present = face_in_box(face.face.box, [other.face for other in self.faces])
        if present is not None:
            self.face_present.emit(present)
            return
        self.faces = [*self.faces, face]
        self.pick(len(self.faces) - 1)
        self.face_added.emit(len(self.faces) - 1)

    def _find_faces(self) -> None:
        photo, pipeline, gallery = self.photo, self._model.pipeline, self._gallery.gallery
        if photo is None or pipeline is None:  # called again once both are there
            return
        drawn = tuple(self._drawn)

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> FoundFaces:
            return find_faces(photo, pipeline, drawn, gallery)

        self._tasks.start(VISION, job, self._on_faces, self._messages.report, key="photo", owners=(self,))

    def _on_faces(self, found: FoundFaces) -> None:
        self.faces, self._detected_count, self._records = found.faces, found.detected_count, ()
        self.picked = 0 if len(found.faces) == 1 else None
        self.faces_found.emit()
        self.read_records()
        self.rank()

    # What the gallery knows of the faces

    @property
    def owner(self) -> Person | None:
        """The person that the picked face is named as, as far as it is read yet."""
        return self._owner_of(self.picked) if self.picked is not None else None

    @property
    def names(self) -> list[str]:
        """A name for each face, "" where it is unnamed."""
        owners = map(self._owner_of, range(len(self.faces)))
        return [owner.name if owner is not None else "" for owner in owners]

    def _owner_of(self, index: int) -> Person | None:
        gallery = self._gallery.gallery
        record = self._records[index] if index < len(self._records) else None
        return gallery.person_by_folder(record.person) if record is not None and gallery is not None else None

    def read_records(self) -> None:
        """Look up the faces in the gallery."""
        gallery, photo = self._gallery.gallery, self.photo
        boxes = [face.face.box for face in self.faces]
        if gallery is None or photo is None or not boxes:
            self._forget_records()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[FaceRecord | None]:
            return records_in_boxes(gallery, photo, boxes)

        def on_done(records: list[FaceRecord | None]) -> None:
            self._records = records
            self.records_read.emit()

        self._tasks.start(
            GALLERY, job, on_done, self._messages.report, key="records of faces", owners=(self, gallery)
        )

    def _forget_records(self) -> None:
        self._tasks.drop("records of faces")
        self._records = ()
        self.records_read.emit()

    # Matches

    def rank(self) -> None:
        """Rank the people of the gallery for the picked face; answers with `ranked`."""
        face, photo, gallery = self.face, self.photo, self._gallery.gallery
        if face is None or photo is None or gallery is None or face.model_id != self._model.id:
            return  # a face of another model is being embedded again

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Ranking:
            from face_match.workflows.match import matches

            began = time.perf_counter()
            (record,) = records_in_boxes(gallery, photo, [face.face.box])
            found = matches(gallery, face.embedding, face.model_id, TOP_K, record, taken=photo.taken)
            owner = gallery.person_by_folder(record.person) if record is not None else None
            return Ranking(face, found, time.perf_counter() - began, owner)

        self._tasks.start(
            GALLERY, job, self._on_ranked, self._messages.report, key="rank", owners=(self, gallery)
        )

    def _stop_ranking(self) -> None:
        """Drop the matches that another model is finding: the threshold is not for them."""
        self._tasks.drop("rank")

    def _on_ranked(self, ranking: Ranking) -> None:
        self.ranked.emit(ranking)
        self._make_index(ranking.face.model_id)

    def _make_index(self, model_id: str) -> None:
        """Index a large gallery, so that the next search is faster."""
        gallery = self._gallery.gallery
        if gallery is None or self._tasks.is_busy("index"):
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> None:
            if gallery.wants_index(model_id):
                gallery.make_index(model_id, is_cancelled)

        self._tasks.start(INDEX, job, lambda _: None, self._messages.report, key="index", owners=(gallery,))
