"""Review unnamed faces: name them, reject suggestions, and put faces of one person together."""

from __future__ import annotations

from collections.abc import Sequence

from face_match.core.progress import IsCancelled, never_cancelled
from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.faces import comparable, pack_embeddings
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.suggest import ClusterLabels, group_faces


class Review:
    """The review of a gallery's unnamed faces under a model. Call its methods from one thread at a time.

    Methods that change the gallery raise GalleryWriteError, and FaceNotFoundError for a face that is gone.
    """

    def __init__(self, gallery: Gallery, model_id: str) -> None:
        self.gallery = gallery
        self.model_id = model_id
        self._labels = ClusterLabels()

    def groups(self, threshold: float, is_cancelled: IsCancelled = never_cancelled) -> list[FaceGroup]:
        """The groups of unnamed faces; raises CancelledError."""
        faces = comparable(self.gallery.unnamed(self.model_id), self.model_id)
        pack_embeddings(faces, self.model_id)
        return group_faces(
            faces, self.gallery, self.model_id, threshold, self._labels, is_cancelled=is_cancelled
        )

    def name(
        self,
        faces: Sequence[FaceRecord],
        name: str,
        *,
        twice_in_photo: bool = False,
        left_out: Sequence[FaceRecord] = (),
    ) -> NamingResult:
        """Give faces the name of a new or known person. Faces removed from their group are rejected for that
        person.

        Args:
            twice_in_photo: name all of them even if several are in one photo.
            left_out: faces of the group that are rejected for that person too.
        Raises:
            InvalidNameError, AlreadyAddedError: no face is named.
        """
        ids = [face.id for face in faces]
        others = self._apart_from(self.gallery.faces(ids))  # the current records: the caller's may be older
        others = list(dict.fromkeys([*others, *(face.id for face in left_out)]))
        return self.gallery.name_faces(ids, name, allow_same_photo=twice_in_photo, not_this_person=others)

    def _apart_from(self, faces: Sequence[FaceRecord]) -> list[str]:
        """Unnamed faces that the user has set apart from some faces."""
        ids = {face.id for face in faces}
        apart = frozenset[str]().union(*(face.different_from for face in faces))
        return [
            face.id
            for face in self.gallery.unnamed()
            if face.id not in ids and (face.id in apart or face.different_from & ids)
        ]

    def remove_from_group(self, faces: Sequence[FaceRecord], group: FaceGroup) -> None:
        """Record that faces do not belong to a group; for single faces there is nothing to record.

        Raises:
            PersonNotFoundError.
        """
        if group.kind is GroupKind.SINGLES:
            return
        ids = [face.id for face in faces]
        rest = group.ids - {*ids}
        if group.proposed_name is None:
            self.gallery.split_from_cluster(ids, rest)
            return
        cluster_of = {face.id: face.cluster for face in self.gallery.unnamed()}
        with_others = {cluster_of.get(one) for one in rest} - {None}
        clustered = [one for one in ids if cluster_of.get(one) in with_others]
        if group.person is None or group.hinted_name is not None:
            self.gallery.reject_name(
                group.proposed_name, ids, split_from_cluster=clustered, cluster_rest=rest
            )
            return
        similarity = group.similarity_of
        known = {one: {self.model_id: round(similarity[one], 4)} for one in ids if one in similarity}
        self.gallery.reject(group.person, ids, known, split_from_cluster=clustered, cluster_rest=rest)

    def mark_same_person(self, faces: Sequence[FaceRecord]) -> None:
        """Record that faces are of one person, who may be unknown."""
        self.gallery.cluster_faces([face.id for face in faces])

    def ignore(self, faces: Sequence[FaceRecord]) -> None:
        """Ignore faces: they are not reviewed again."""
        self.gallery.ignore([face.id for face in faces])

    def show_again(self, faces: Sequence[FaceRecord]) -> None:
        """Return ignored faces to the review."""
        self.gallery.ignore([face.id for face in faces], is_ignored=False)
