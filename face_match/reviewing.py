"""What a person says of faces that wait for a name, and how that is taken back.

A name given is a change of the gallery: a face waits no more because it is a sample, and waits again when
that is taken back. What else is said of a face is kept with it, and taken back here.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from face_match.arranging import FaceGroup, Kind, Labels, arrange, open_faces
from face_match.batch import in_parallel
from face_match.errors import CancelledError, GalleryError, ImageUnreadableError, ModelFailedError
from face_match.gallery.changes import RejectionEdit
from face_match.gallery.gallery import Added, Gallery, NewSample
from face_match.gallery.waiting import Waiting
from face_match.gallery.waiting_file import WaitingFace
from face_match.shares import is_elsewhere
from face_match.types import (
    IsCancelled,
    OnProgress,
    Rejection,
    Vector,
    never_cancelled,
    no_progress,
)
from face_match.vision.pipeline import FacePipeline

_Last = tuple[object, ...] | None


@dataclass(frozen=True, eq=False)
class _Said:
    """Something that was said of faces, beside the gallery's own changes.

    Attributes:
        at: the gallery's last change then.
    """

    description: str
    before: tuple[WaitingFace, ...]
    after: tuple[WaitingFace, ...]
    at: _Last


class Named(NamedTuple):
    """Whose faces they are now; and those that could not be kept, since theirs is in that photo already, or
    their crop is lost."""

    added: Added
    left: list[WaitingFace]


class Review:
    """Of a gallery and its waiting faces, under a model. Its methods are called one at a time."""

    def __init__(self, gallery: Gallery, waiting: Waiting, model_id: str) -> None:
        self.gallery = gallery
        self.waiting = waiting
        self.model_id = model_id
        self._labels = Labels()
        self._said: list[_Said] = []
        self._unsaid: list[_Said] = []

    # Asking

    def groups(self, threshold: float, is_cancelled: IsCancelled = never_cancelled) -> list[FaceGroup]:
        """What there is to be asked; raises CancelledError."""
        faces = open_faces(self.waiting.faces, self.gallery, self.model_id)
        return arrange(faces, self.gallery, self.model_id, threshold, self._labels, is_cancelled=is_cancelled)

    # Saying

    def name(self, faces: Sequence[WaitingFace], name: str, *, twice_in_photo: bool = False) -> Named:
        """Make faces samples of a person, new or known; faces that were taken out of the group are not them.

        Args:
            twice_in_photo: they are all that person, even if several are in one photo.
        Raises:
            InvalidNameError, GalleryWriteError, AlreadyAddedError: none is.
            ImageUnreadableError: the crops of all are lost.
        """
        faces = self._now(faces)
        new: dict[str, NewSample] = {}
        lost = None
        for face in faces:
            try:
                crop = self.waiting.crop(face)
            except ImageUnreadableError as exc:
                lost = exc
            else:
                new[face.id] = NewSample(crop, face.vectors, face.photo_digest, face.place)
        if lost is not None and not new:
            raise lost
        others = [face.key for face in self._apart_from(faces)]
        added = self.gallery.add_all(name, list(new.values()), twice_in_photo=twice_in_photo, not_them=others)
        self._unsaid.clear()
        have = self.gallery.have_faces([face.key for face in faces])
        return Named(added, [face for face, is_sample in zip(faces, have, strict=True) if not is_sample])

    def _apart_from(self, faces: Sequence[WaitingFace]) -> list[WaitingFace]:
        """Those of whom it was said that they are not who some faces are, and who nobody is yet."""
        ids = {face.id for face in faces}
        apart = frozenset[str]().union(*(face.apart for face in faces))
        found = [
            face
            for face in self.waiting.faces
            if face.id not in ids and (face.id in apart or face.apart & ids)
        ]
        have = self.gallery.have_faces([face.key for face in found])
        return [face for face, is_sample in zip(found, have, strict=True) if not is_sample]

    def take_out(self, faces: Sequence[WaitingFace], group: FaceGroup) -> None:
        """Say that faces are not who the group is; raises GalleryWriteError, PersonNotFoundError.

        Of faces that are loose there is nothing to be said.
        """
        if group.kind is Kind.LOOSE:
            return
        faces = self._now(faces)
        rest = group.ids - {face.id for face in faces}
        if group.person is not None:
            with_others = {face.bundle for face in group.faces if face.id in rest} - {None}
            bundled = [face for face in faces if face.bundle in with_others]
            if bundled:
                self._set_apart(bundled, rest)
            similarity = group.similarity_of
            keys = [
                Rejection(
                    face.photo_digest,
                    face.place,
                    {"similarity": {self.model_id: round(similarity[face.id], 4)}},
                )
                for face in faces
            ]
            self.gallery.reject(group.person, *keys)
            self._unsaid.clear()
            return
        self._set_apart(faces, rest)

    def _set_apart(self, faces: Sequence[WaitingFace], rest: frozenset[str]) -> None:
        self._say(
            "took faces out of a group",
            faces,
            lambda face: replace(face, bundle=uuid.uuid4().hex, apart=face.apart | rest),
        )

    def put_together(self, faces: Sequence[WaitingFace]) -> None:
        """Say that faces are of one person, whoever that is; raises GalleryWriteError."""
        bundle = uuid.uuid4().hex
        self._say(
            "merged groups",
            faces,
            lambda face: replace(face, bundle=bundle, apart=face.apart - {one.id for one in faces}),
        )

    def ignore(self, faces: Sequence[WaitingFace]) -> None:
        """Do not ask about faces again; raises GalleryWriteError."""
        self._say("ignored faces", faces, lambda face: replace(face, is_ignored=True))

    def ask_again(self) -> int:
        """About all that are ignored; returns how many. Of some only their places are left, for
        `to_look_through_again`. Raises GalleryWriteError."""
        ignored = [face for photo in self.waiting.photos for face in photo.faces if face.is_ignored]
        if ignored:
            self._say(
                "asked about ignored faces again", ignored, lambda face: replace(face, is_ignored=False)
            )
        return len(ignored)

    # Taking back

    @property
    def last_said(self) -> str | None:
        """What `undo` would take back, when `can_undo`."""
        return self._said[-1].description if self.can_undo else None

    @property
    def can_undo(self) -> bool:
        """Whether the last thing that was said is not one of the gallery's changes."""
        return bool(self._said) and self._said[-1].at == self._last()

    @property
    def can_redo(self) -> bool:
        return bool(self._unsaid) and self._unsaid[-1].at == self._last()

    def undo(self) -> str:
        """Take back what was said last, when `can_undo`; returns what that was."""
        said = self._said[-1]
        self.waiting.change(self._as_told(said.before))
        self._unsaid.append(self._said.pop())
        return said.description

    def redo(self) -> str:
        """Say again what was taken back, when `can_redo`; returns what that was."""
        said = self._unsaid[-1]
        self.waiting.change(self._as_told(said.after))
        self._said.append(self._unsaid.pop())
        return said.description

    def _say(
        self,
        description: str,
        faces: Sequence[WaitingFace],
        change: Callable[[WaitingFace], WaitingFace],
    ) -> None:
        before = tuple(self._now(faces))
        after = tuple(map(change, before))
        try:
            self.waiting.change(after)
        except GalleryError:
            with suppress(GalleryError):
                self.waiting.change(before)
            raise
        self.gallery.forget_undone()
        self._said.append(_Said(description, before, after, self._last()))
        self._unsaid.clear()

    def _now(self, faces: Sequence[WaitingFace]) -> list[WaitingFace]:
        """Faces as they are now, who may have got vectors since, or lost their crops."""
        photos = map(self.waiting.photo, {face.photo_digest for face in faces})
        now = {face.id: face for photo in photos if photo is not None for face in photo.faces}
        return [now[face.id] for face in faces if face.id in now]

    def _as_told(self, faces: Sequence[WaitingFace]) -> list[WaitingFace]:
        """The same, but as to what was said of them."""
        told = {face.id: face for face in faces}
        return [
            replace(
                face,
                is_ignored=told[face.id].is_ignored,
                bundle=told[face.id].bundle,
                apart=told[face.id].apart,
            )
            for face in self._now(faces)
        ]

    def _last(self) -> _Last:
        """By what the gallery's last change can be known again; None where there is none."""
        history = self.gallery.history
        if not history:
            return None
        last = history[-1]
        rejected = (edit.after or edit.before for edit in last.edits if isinstance(edit, RejectionEdit))
        faces = tuple((one.folder, *one.rejection[:2]) for one in rejected if one is not None)
        return last.at, last.description, tuple(sample.id for sample in last.samples), faces


def tidy(waiting: Waiting, gallery: Gallery, is_cancelled: IsCancelled = never_cancelled) -> None:
    """Keep nothing but their places of faces that were named or are ignored.

    Raises:
        CancelledError, GalleryWriteError: of some there is nothing else kept now.
    """
    kept = [face for photo in waiting.photos for face in photo.faces if face.is_kept]
    named = gallery.have_faces([face.key for face in kept])
    done = [face for face, is_named in zip(kept, named, strict=True) if is_named or face.is_ignored]
    for _, faces in groupby(done, key=lambda face: face.photo_digest):
        if is_cancelled():
            raise CancelledError
        waiting.strip(faces)


def to_look_through_again(waiting: Waiting, gallery: Gallery) -> list[Path]:
    """Photos of which a face is no sample any more, and nothing is kept.

    Not those on a share that the gallery itself is not on: nobody has asked for one to be looked at.
    """
    gone = [
        (photo.path, face.key)
        for photo in waiting.photos
        for face in photo.faces
        if not (face.is_kept or face.is_ignored)
    ]
    named = gallery.have_faces([key for _, key in gone])
    paths = dict.fromkeys(path for (path, _), is_named in zip(gone, named, strict=True) if not is_named)
    return [path for path in paths if not is_elsewhere(path, [gallery.folder]) and path.is_file()]


def embed_waiting(
    waiting: Waiting,
    pipeline: FacePipeline,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> None:
    """Give waiting faces a vector of the pipeline's model; those whose crop is lost, or on
    which the model fails, go without.

    Raises:
        CancelledError, GalleryWriteError: some have it.
    """
    model_id = pipeline.model_id

    def embedded(faces: Sequence[WaitingFace]) -> list[WaitingFace]:
        done = []
        for face in faces:
            with suppress(ImageUnreadableError, ModelFailedError):
                vector: Vector = pipeline.vector_of_crop(waiting.crop(face))
                done.append(replace(face, vectors={**face.vectors, model_id: vector}))
        return done

    by_photo: dict[str, list[WaitingFace]] = {}
    for face in waiting.faces:
        if model_id not in face.vectors:
            by_photo.setdefault(face.photo_digest, []).append(face)
    with closing(in_parallel(embedded, by_photo.values(), is_cancelled)) as photos:
        for done, (_, faces) in enumerate(photos):
            on_progress(done, len(by_photo))
            waiting.change(faces)
    on_progress(len(by_photo), len(by_photo))
