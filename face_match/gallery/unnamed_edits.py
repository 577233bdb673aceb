"""Edits of unnamed faces: whom they do not show, which belong together, which are ignored, and who is in
their photos according to a file."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from face_match.core.records import FaceRecord, Person
from face_match.core.types import PhotoInfo
from face_match.gallery.editing import drafted_again_when_changed
from face_match.gallery.photo_faces import PhotoFaces
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.faces import faces_counted, with_rejection
from face_match.gallery.records.history import REJECTED_PREFIX, Step
from face_match.gallery.records.names import FolderNames, clean_hints, clean_name
from face_match.gallery.records.rows import utc_now

HINTS_IMPORTED = "imported names of people in photos"
"""The description of a step that has named no face."""


class UnnamedFaceEdits(PhotoFaces):
    """Edits of unnamed faces, each a step of the history."""

    @drafted_again_when_changed
    def import_hints(self, photo: PhotoInfo, path: Path, names: Iterable[str], step: Step) -> bool:
        """Replace the hints of a photo by those that its files have now; return whether they differ.

        Args:
            step: of the whole import.
        Raises:
            GalleryWriteError.
        """
        with self._lock:
            found = Draft()
            record = self._photo_record(found, photo, path)
            hints = clean_hints(names)
            if hints == record.hints:
                return False
            if edits := found.edits():  # which undoing the import leaves as they are
                self._commit(edits)
            draft = Draft()
            draft.photo(record, replace(record, hints=hints))
            begun = (known.description for known in self._steps if known.id == step.id)
            self._apply(draft, next(begun, HINTS_IMPORTED), step)
            return True

    def reject(
        self,
        person: Person,
        face_ids: Sequence[str],
        similarity: Mapping[str, Mapping[str, float]] = {},
        *,
        split_from_cluster: Collection[str] = (),
        cluster_rest: Collection[str] = (),
    ) -> None:
        """Record that unnamed faces do not show a person.

        Args:
            similarity: of each face to the person, by face id and model id, where known.
            split_from_cluster: ids of the faces that also leave their cluster.
            cluster_rest: ids of the faces that stay in that cluster.
        Raises:
            PersonNotFoundError, GalleryWriteError.
        """
        with self._lock:
            self._reject(self.current(person), face_ids, similarity, split_from_cluster, cluster_rest)

    def reject_name(
        self,
        name: str,
        face_ids: Sequence[str],
        *,
        split_from_cluster: Collection[str] = (),
        cluster_rest: Collection[str] = (),
    ) -> None:
        """Record that unnamed faces do not show the person whose name was proposed, perhaps somebody new.

        Args:
            split_from_cluster, cluster_rest: as for `reject`.
        Raises:
            InvalidNameError, GalleryWriteError.
        """
        name = clean_name(name)
        with self._lock:
            person = self.find(name)
            if person is None:  # the person who gets this name later will have this folder
                person = Person(name, FolderNames(self._people.folders).assign(name), utc_now())
            self._reject(person, face_ids, {}, split_from_cluster, cluster_rest)

    def _reject(
        self,
        person: Person,
        face_ids: Sequence[str],
        similarity: Mapping[str, Mapping[str, float]],
        split_from_cluster: Collection[str],
        cluster_rest: Collection[str],
    ) -> None:
        draft = Draft()
        for face in self.faces_to_edit(face_ids):
            after = with_rejection(face, person, similarity.get(face.id, {}))
            if face.id in split_from_cluster:
                after = _split_off(after, cluster_rest)
            draft.face(face, after)
        self._apply(draft, f"{REJECTED_PREFIX}{person.name} for {faces_counted(len(face_ids))}")

    def ignore(self, face_ids: Sequence[str], *, is_ignored: bool = True) -> None:
        """Ignore unnamed faces, or stop ignoring them; raises FaceNotFoundError, GalleryWriteError."""
        with self._lock:
            draft = Draft()
            for face in self.faces_to_edit(face_ids):
                draft.face(face, replace(face, is_ignored=is_ignored))
            verb = "ignored" if is_ignored else "stopped ignoring"
            self._apply(draft, f"{verb} {faces_counted(len(face_ids))}")

    def cluster_faces(self, face_ids: Sequence[str]) -> None:
        """Record that unnamed faces show the same person; raises as `ignore` does."""
        with self._lock:
            cluster, ids = uuid.uuid4().hex, {*face_ids}
            draft = Draft()
            for face in self.faces_to_edit(face_ids):
                draft.face(face, replace(face, cluster=cluster, different_from=face.different_from - ids))
            self._apply(draft, f"grouped {faces_counted(len(face_ids))}")

    def split_from_cluster(self, face_ids: Sequence[str], cluster_rest: Collection[str]) -> None:
        """Record that unnamed faces do not show the person of the rest of their cluster; where there is no
        rest, that each shows another person. Raises as `ignore` does."""
        with self._lock:
            draft = Draft()
            for face in self.faces_to_edit(face_ids):
                draft.face(face, _split_off(face, {*(cluster_rest or face_ids)} - {face.id}))
            self._apply(draft, f"removed {faces_counted(len(face_ids))} from a group")


def _split_off(face: FaceRecord, cluster_rest: Collection[str]) -> FaceRecord:
    """The face moved to a cluster of its own and marked as different from the other faces."""
    return replace(face, cluster=uuid.uuid4().hex, different_from=face.different_from | {*cluster_rest})
