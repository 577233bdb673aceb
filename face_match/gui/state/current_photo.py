"""The photo that is shown: its pixels, its faces with what the gallery knows of them, and their matches."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from face_match.core.box_overlap import face_in_box, left_to_right
from face_match.core.errors import CancelledError, ImageUnreadableError
from face_match.core.matches import Match
from face_match.core.orientation import reorient_box, reorient_faces
from face_match.core.progress import IsCancelled, OnProgress
from face_match.core.records import FaceRecord, Origin, Person
from face_match.core.types import Box, EmbeddedFace, Photo
from face_match.gui.images import ShownPhoto, image_of, pixels_of
from face_match.gui.state.messages import Messages
from face_match.gui.state.model_in_use import ModelInUse
from face_match.gui.state.open_gallery import OpenGallery
from face_match.gui.state.photo_turn import PhotoTurn
from face_match.gui.state.ranking import Ranking
from face_match.gui.state.returned_boxes import box_to_undo, follow_steps
from face_match.gui.state.tasks import DECODE, GALLERY, INDEX, VISION, Tasks

if TYPE_CHECKING:
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.one_photo import FoundFaces

TOP_K = 10


class CurrentPhoto(QObject):
    """One photo at a time.

    Signals:
        decoded: gives the ShownPhoto.
        turned: the same, turned; `faces` are turned with it.
        detail_decoded: gives an image of full size.
        faces_found: the faces of the photo are in `faces`, and the best unnamed one is picked.
        face_added: a box was drawn around a new face, which is picked; gives its index.
        face_returned: the same, of a box that undo or redo has brought back.
        face_present: a box was drawn around one of `faces`; gives its index.
        records_read: `owner`, `names` and `guesses` are up to date.
        ranked: gives the Ranking of the picked face.
        folder_missing: gives the folder of a photo of the gallery, which is gone.

    Attributes:
        photo: None until it is decoded.
        path: of its file; None for a pasted photo.
        faces: from left to right.
        picked: index of the face that is matched.
        guesses: the best match of each face; None where it has a name, or nobody is similar.
        other_detectors: titles of detectors that could look for a face again, by id.
    """

    decoded = Signal(object)
    turned = Signal(object)
    detail_decoded = Signal(object)
    faces_found = Signal()
    face_added = Signal(int)
    face_returned = Signal(int)
    face_present = Signal(int)
    records_read = Signal()
    ranked = Signal(object)
    folder_missing = Signal(Path)

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
        self._turn = PhotoTurn(lambda: (self.photo, self.path), gallery, tasks)
        self._turn.turned.connect(self._on_turned)
        self._forget_photo()
        gallery.opened.connect(self.read_records)
        gallery.closed.connect(self._forget_records)
        gallery.changed.connect(self.read_records)
        gallery.changed.connect(self.rank)
        follow_steps(self, gallery, tasks)
        model.changed.connect(self._stop_ranking)
        model.loaded.connect(lambda _: self._find_faces())
        model.faces_embedded.connect(self.rank)

    # Opening and closing

    def open(self, path: Path, sought: Person | None = None) -> None:
        """Decode a file and find its faces; pick that of the person sought, where there is one."""
        gallery = self._gallery.gallery

        def load() -> Photo:
            from face_match.workflows.one_photo import load_upright

            return load_upright(path, gallery)

        self._open(load, path)
        self._sought = sought.folder if sought is not None else ""

    def open_image(self, image: QImage, name: str) -> None:
        """The same with an image that has no file, such as a pasted one."""

        def load() -> Photo:
            from face_match.vision.photo_loading import photo_from_pixels

            return photo_from_pixels(pixels_of(image), name)

        self._open(load)

    def close(self) -> None:
        """Show no photo; ends the tasks that work on it."""
        self._tasks.end_tasks_of(self)
        self._forget_photo()

    def _forget_photo(self) -> None:
        self.photo: Photo | None = None
        self.path: Path | None = None
        self.faces: Sequence[EmbeddedFace] = ()
        self.picked: int | None = None
        self._sought = ""  # folder of the person whose face is picked first
        self.guesses: Sequence[Match | None] = ()
        self.other_detectors: Mapping[str, str] = {}
        self._turn.forget()
        self._are_drawn: list[bool] = []
        self._drawn: list[Box] = []
        self._just_drawn: EmbeddedFace | None = None
        self._records: Sequence[FaceRecord | None] = ()

    def _open(self, load: Callable[[], Photo], path: Path | None = None) -> None:
        gallery, gone = self._gallery.gallery, list[Path]()

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> ShownPhoto:
            try:
                photo = load()
            except ImageUnreadableError:
                if path is not None and gallery is not None and not path.parent.exists():
                    gone.extend([path.parent] if gallery.photos_at([str(path)]) else [])
                raise
            if is_cancelled():
                raise CancelledError
            return ShownPhoto.of(photo)

        def on_error(error: Exception) -> None:
            self._messages.report(error)
            for folder in gone:
                self.folder_missing.emit(folder)

        self.close()
        self.path = path
        self._tasks.start(DECODE, job, self._on_decoded, on_error, key="photo", owners=(self,))

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

        self._tasks.start(DECODE, job, self.detail_decoded.emit, key="detail", owners=(self,))

    # Turning

    def turn(self, quarters: int) -> None:
        """Turn the photo to the right, by a negative number to the left, and record that in the gallery. Look
        again where it has no face."""
        self._turn.turn(quarters)

    def _on_turned(self, shown: ShownPhoto) -> None:
        before, now = self.photo, shown.photo
        if before is None:
            return
        size = now.width, now.height
        self.photo = now
        self._tasks.drop("detail")
        self.faces = reorient_faces(self.faces, before, now)
        self._drawn = [reorient_box(box, *size, before.orientation, now.orientation) for box in self._drawn]
        self.turned.emit(shown)
        if self.faces:
            self.read_records()
        else:
            self._find_faces()

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
        return self.picked is not None and self._are_drawn[self.picked]

    @property
    def has_picked_box(self) -> bool:
        """Whether the picked face was drawn, so that its box can be removed."""
        record = self.record_of(self.picked or 0)
        is_own = record is None or record.origin is Origin.DRAWN or not (record.file or record.person)
        return self.is_picked_drawn and is_own

    @property
    def delete_removes_box(self) -> bool:
        return self.has_picked_box and self.owner is None

    @property
    def just_drawn(self) -> EmbeddedFace | None:
        """The face whose drawing is the last thing that was done, and the next to be undone."""
        known = enumerate(self.faces)
        return next((one for i, one in known if one is self._just_drawn and self.record_of(i) is None), None)

    def note_edit(self) -> None:
        """Something is done with a face."""
        self._just_drawn = None

    def pick(self, index: int) -> None:
        """Match one of several faces."""
        self.picked = index
        self.rank()

    def next_unnamed(self) -> int | None:
        """The next face after the picked one without a name that is not ignored; None where there is none."""
        count, start = len(self.faces), self.picked if self.picked is not None else -1
        following = ((start + step) % count for step in range(1, count))
        return next((index for index in following if self._is_open(index)), None)

    def _person_of(self, index: int) -> str | None:
        record = self.record_of(index)
        return record.person if record is not None else None

    def _is_ignored(self, index: int) -> bool:
        record = self.record_of(index)
        return record is not None and record.is_ignored

    def _is_open(self, index: int) -> bool:
        record = self.record_of(index)
        return record is None or (record.person is None and not record.is_ignored)

    def draw_face(self, box: Box) -> None:
        """Add the face in a box of the photo and pick it, unless one of `faces` is in the box.

        Raises:
            BoxUnusableError: too little of the photo is in the box.
        """
        from face_match.vision.detectors.drawn_boxes import clip_drawn_box  # loads Pillow

        photo = self.photo
        if photo is None:
            return
        box = clip_drawn_box(photo, box)
        present = face_in_box(box, [face.face for face in self.faces])
        if present is not None:
            self.face_present.emit(present)
            return
        self._add_drawn(box, None)

    def return_drawn(self, record: FaceRecord) -> None:
        """Add a drawn face that is in the gallery again, as it is there, and pick it."""
        if record.place is not None:
            self._add_drawn(record.place, record)

    def _add_drawn(self, box: Box, record: FaceRecord | None) -> None:
        photo, pipeline, gallery = self.photo, self._model.pipeline, self._gallery.gallery
        self._drawn.append(box)
        if photo is None or pipeline is None:  # `_find_faces` adds it once the model is loaded
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> EmbeddedFace:
            from face_match.workflows.one_photo import face_of_record

            if record is not None and gallery is not None:
                face = face_of_record(record, box, photo, gallery, pipeline)
            else:
                face = pipeline.face_in_box(photo, box)
            return pipeline.embed(photo, [face])[0]

        def on_done(face: EmbeddedFace) -> None:
            if self._model.pipeline is pipeline and self.photo is not None:
                self._add(*reorient_faces([face], photo, self.photo), is_new=record is None)

        self._tasks.start(VISION, job, on_done, owners=(self,))

    def _add(self, face: EmbeddedFace, *, is_new: bool) -> None:
        present = face_in_box(face.face.box, [other.face for other in self.faces])
        if present is not None:
            self.face_present.emit(present)
            return
        index = sum(left_to_right(one.face.box) <= left_to_right(face.face.box) for one in self.faces)
        self.faces = [*self.faces[:index], face, *self.faces[index:]]
        self._are_drawn.insert(index, True)
        self._records = [*self._records[:index], None, *self._records[index:]]
        self.guesses, self._just_drawn = (), face if is_new else None
        self.pick(index)
        (self.face_added if is_new else self.face_returned).emit(index)
        self.read_records()

    def remove_drawn(self, gone: EmbeddedFace) -> None:
        """Remove the box of a face, and pick another face."""
        index = next((index for index, face in enumerate(self.faces) if face is gone), None)
        if index is None:  # another photo is shown by now
            return
        self._drawn = [box for box in self._drawn if face_in_box(box, [gone.face]) is None]
        self.faces = [*self.faces[:index], *self.faces[index + 1 :]]
        self._records = [*self._records[:index], *self._records[index + 1 :]]
        del self._are_drawn[index]
        self.guesses, self._just_drawn = (), None
        self._stop_ranking()
        self._pick_best()

    def look_again(self, detector: str = "", *, small_faces: bool = False) -> None:
        """Find the faces of this photo once with another detector, or smaller ones.

        Args:
            detector: its id; "" for the one in use, which stays the one in use.
        """
        load = self._model.loader_for_another_look(detector, small_faces=small_faces)
        self._find_faces(load)

    def _find_faces(self, load: Callable[[], FacePipeline] | None = None) -> None:
        """Find the faces, by default with the pipeline in use."""
        photo, pipeline, gallery = self.photo, self._model.pipeline, self._gallery.gallery
        if photo is None or pipeline is None:  # called again once both are there
            return
        drawn, may_turn = tuple(self._drawn), not self._turn.is_by_user

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> tuple[FoundFaces, ShownPhoto | None]:
            from face_match.workflows.one_photo import find_faces

            used = load() if load is not None else pipeline
            found = find_faces(photo, used, drawn, gallery, may_turn=may_turn)
            return found, None if found.photo is photo else ShownPhoto.of(found.photo)

        self._tasks.start(VISION, job, self._on_faces, key="photo", owners=(self,))

    def _on_faces(self, result: tuple[FoundFaces, ShownPhoto | None]) -> None:
        found, turned = result
        if turned is not None and not self._turn.is_by_user:
            self.photo = turned.photo
            self.turned.emit(turned)
        if self.photo is None:
            return
        self.faces = reorient_faces(found.faces, found.photo, self.photo)  # it may have been turned since
        self._are_drawn, self._records = found.drawn, found.records
        self.guesses, self.other_detectors = (), found.other_detectors
        self._pick_best()

    def _pick_best(self) -> None:
        """Pick the face to begin with: that of the person sought, else the best unnamed one."""
        everyone = range(len(self.faces))
        named = [index for index in everyone if self.record_of(index) and not self._is_ignored(index)]
        sought = [index for index in named if self._person_of(index) == self._sought]
        candidates = sought or [index for index in everyone if self._is_open(index)] or named or everyone
        self.picked = max(candidates, key=lambda index: self.faces[index].quality.score, default=None)
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

    @property
    def is_picked_ignored(self) -> bool:
        """Whether the picked face is ignored, as far as it is read yet."""
        return self.picked is not None and self._is_ignored(self.picked)

    def record_of(self, index: int) -> FaceRecord | None:
        """What the gallery has of a face, as far as it is read yet."""
        return self._records[index] if index < len(self._records) else None

    def _owner_of(self, index: int) -> Person | None:
        gallery, record = self._gallery.gallery, self.record_of(index)
        return gallery.person_by_folder(record.person) if record is not None and gallery is not None else None

    def read_records(self) -> None:
        """Look up the faces in the gallery, and then who the unnamed ones look most like."""
        gallery, photo, faces = self._gallery.gallery, self.photo, self.faces
        if gallery is None or photo is None or not faces:
            self._forget_records()
            return

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[FaceRecord | None]:
            return gallery.faces_at(photo, [face.face.box for face in faces])

        def on_done(records: list[FaceRecord | None]) -> None:
            if self.faces is faces:
                gone = box_to_undo(faces, self._are_drawn, self._records, records)
                self._just_drawn = gone or self._just_drawn
                self._records = records
                self.records_read.emit()
                self._guess()

        self._tasks.start(GALLERY, job, on_done, key="records of faces", owners=(self, gallery))

    def _guess(self) -> None:
        """Find the best match of each unnamed face; a single face has its ranking."""
        gallery, photo, faces, records = self._gallery.gallery, self.photo, self.faces, self._records
        if gallery is None or photo is None or len(faces) < 2:
            return
        model_id, path = self._model.id, self.path

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> list[Match | None]:
            from face_match.workflows.one_photo import best_matches

            known = [*zip(faces, records, strict=True)]
            return best_matches(gallery, photo, path, known, model_id=model_id, is_cancelled=is_cancelled)

        def on_done(guesses: list[Match | None]) -> None:
            if self.faces is faces:
                self.guesses = guesses
                self.records_read.emit()

        self._tasks.start(VISION, job, on_done, key="guesses of faces", owners=(self, gallery))

    def _forget_records(self) -> None:
        for key in ("records of faces", "guesses of faces"):
            self._tasks.drop(key)
        self._records, self.guesses = (), ()
        self.records_read.emit()

    # Matches

    def rank(self) -> None:
        """Rank the people of the gallery for the picked face; answers with `ranked`."""
        face, photo, gallery = self.face, self.photo, self._gallery.gallery
        if face is None or photo is None or gallery is None or face.model_id != self._model.id:
            return  # a face of another model is being embedded again
        path = self.path

        def job(on_progress: OnProgress, is_cancelled: IsCancelled) -> Ranking:
            from face_match.workflows.match import matches
            from face_match.workflows.one_photo import free_hints

            began = time.perf_counter()
            (record,) = gallery.faces_at(photo, [face.face.box])
            hints = free_hints(gallery, photo, path)
            found = matches(
                gallery, face.embedding, face.model_id, TOP_K, record, taken=photo.taken, hints=hints
            )
            owner = gallery.person_by_folder(record.person) if record is not None else None
            face_id = record.id if record is not None else ""
            return Ranking(face, found, time.perf_counter() - began, owner, face_id, hints)

        self._tasks.start(GALLERY, job, self._on_ranked, key="rank", owners=(self, gallery))

    def _stop_ranking(self) -> None:
        """Drop the matches that are being found for a face that is gone, or by a model that is."""
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

        self._tasks.start(INDEX, job, lambda _: None, key="index", owners=(gallery,))
