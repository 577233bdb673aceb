"""Names for faces from hints: names in a photo's metadata that say who is in it, but not where.

A hint is never a fact. Names that a face of the photo has, or is suggested for, are used up: the others of
the photo are the ones left for its other faces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.records import FaceRecord, PhotoRecord
from face_match.core.types import Photo
from face_match.decision.hints import hint_allowance
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.names import clean_hints, name_key
from face_match.metadata.name_sources import NameSource
from face_match.workflows.read_names import read_photo_metadata

NEARLY_ALL = 0.8
"""The share of a cluster's photos that must have the hint that becomes its name."""

MUCH_RARER = 0.5
"""Another name in these photos, or another cluster in the photos with that name, is no rival if it occurs in
at most this share of as many."""

FEWEST_PHOTOS = 2
"""With the hint, to name a cluster: in one photo of several people, any of them may be meant."""


class HintedName(NamedTuple):
    """A name proposed from hints, which `named` of `photos` photos have."""

    name: str
    named: int
    photos: int


class FreeHints:
    """The hints of photos that are not used up, by the ids of the photos."""

    def __init__(self, gallery: Gallery, faces: Iterable[FaceRecord]) -> None:
        """Read the hints of the photos of some faces; those of people named in the photo are used up."""
        self._of: dict[str, dict[str, str]] = {}
        for face in faces:
            if face.photo is not None and face.hints and face.photo not in self._of:
                self._of[face.photo] = {name_key(name): name for name in face.hints}
        if self._of:
            for photo, folder in gallery.people_in(self._of.keys()):
                person = gallery.person_by_folder(folder)
                if person is not None:
                    self.use_up(photo, person.name)

    def __bool__(self) -> bool:
        return any(self._of.values())

    def of(self, photo: str | None) -> Collection[str]:
        """The free names in a photo's metadata."""
        return self._of.get(photo or "", {}).values()

    def keys_of(self, photo: str | None) -> Collection[str]:
        """The `name_key` of each of the free names."""
        return self._of.get(photo or "", {}).keys()

    def use_up(self, photo: str | None, name: str) -> None:
        """Take a name from a photo's free ones, because a face has it."""
        self._of.get(photo or "", {}).pop(name_key(name), None)


class PhotoHints(NamedTuple):
    """The names in a photo's metadata that have no place, and those that no face of the photo has."""

    names: tuple[str, ...] = ()
    free: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, gallery: Gallery, photo: Photo, path: Path | None, sources: Sequence[NameSource]
    ) -> PhotoHints:
        """Those that the gallery has; those of the photo's files where no scan has read them.

        Args:
            path: of the photo's file; None for a photo without one.
            sources: those of `read_names.name_sources`.
        """
        record = gallery.photo_of(photo)
        names = record.hints if record is not None else ()
        is_read = record is not None and bool(names or record.scans)
        if not is_read and path is not None:
            names = clean_hints(read_photo_metadata(path, photo, sources, gallery).hints or ())
        if not names or record is None:
            return cls(names, names)
        folders = {folder for _, folder in gallery.people_in([record.id])}
        people = filter(None, map(gallery.person_by_folder, folders))
        used = {name_key(person.name) for person in people}
        return cls(names, tuple(name for name in names if name_key(name) not in used))


def hint_allowances(gallery: Gallery, names: Collection[str], model_id: str) -> dict[str, float]:
    """What hints add to the scores of people, by folder.

    Args:
        names: the free names in the metadata of a photo, also those of nobody in the gallery.
    """
    allowance = hint_allowance(model_id, len(names))
    people = [person for name in names if (person := gallery.find(name)) is not None]
    return {person.folder: allowance for person in people} if allowance else {}


def hinted_clusters(clusters: Sequence[Sequence[FaceRecord]], hints: FreeHints) -> dict[int, HintedName]:
    """The names of clusters, by index: hints that nearly all photos of one cluster have, and few others.

    A name goes to one cluster, and is used up in its photos. So of two people who are often photographed
    together, the name of one that is sure makes the other one sure too. Where two names, or two clusters,
    are always together, neither is named.
    """
    photos = [{face.photo or face.id for face in cluster} for cluster in clusters]
    rejected = [{key for face in cluster for key in _rejected_names(face)} for cluster in clusters]
    found: dict[int, HintedName] = {}
    given: set[str] = set()
    is_changed = True
    while is_changed:
        counts = {number: _counts(own, hints) for number, own in enumerate(photos) if number not in found}
        most = _most_by_name(counts, photos)
        is_changed = False
        for number, by_name in counts.items():
            key = _only_name(by_name, len(photos[number]))
            if key is None or key in given or key in rejected[number]:
                continue
            rivals = [count for count, other in most[key] if other != number]
            if max(rivals, default=0) > MUCH_RARER * by_name[key]:
                continue
            found[number] = HintedName(_use_up(photos[number], key, hints), by_name[key], len(photos[number]))
            given.add(key)
            is_changed = True
    return found


def _rejected_names(face: FaceRecord) -> set[str]:
    """The `name_key` of each name that the user said the face does not have."""
    return {name_key(rejection.name) for rejection in face.rejections}


def _counts(photos: Iterable[str], hints: FreeHints) -> dict[str, int]:
    """How many of the photos have each hint."""
    counts: dict[str, int] = {}
    for photo in photos:
        for key in hints.keys_of(photo):
            counts[key] = counts.get(key, 0) + 1
    return counts


def _most_by_name(
    counts: dict[int, dict[str, int]], photos: Sequence[Collection[str]]
) -> dict[str, list[tuple[int, int]]]:
    """The two clusters with most photos that have each hint, as pairs of count and cluster, without
    clusters that are seldom in such photos."""
    most: dict[str, list[tuple[int, int]]] = {}
    for number, by_name in counts.items():
        for key, count in by_name.items():
            top = most.setdefault(key, [])
            if count > MUCH_RARER * len(photos[number]):
                most[key] = sorted([*top, (count, number)], reverse=True)[:2]
    return most


def _only_name(counts: dict[str, int], photos: int) -> str | None:
    """The hint that nearly all photos have, and no other is nearly as frequent; None if there is none."""
    first, *others = sorted(counts, key=lambda key: -counts[key])[:2] or [""]
    if counts.get(first, 0) < max(FEWEST_PHOTOS, NEARLY_ALL * photos):
        return None
    return first if all(counts[other] <= MUCH_RARER * counts[first] for other in others) else None


def _use_up(photos: Iterable[str], key: str, hints: FreeHints) -> str:
    """Use a name up in photos; returns it as most of them write it."""
    spellings = [name for photo in photos for name in hints.of(photo) if name_key(name) == key]
    for photo in photos:
        hints.use_up(photo, key)
    return max(sorted({*spellings}), key=spellings.count)


def faces_named_alone(
    faces: Iterable[FaceRecord], hints: FreeHints, gallery: Gallery
) -> dict[str, list[FaceRecord]]:
    """Faces that are alone in photos whose metadata have one name, of nobody in the gallery; by that name.

    A face that is compared with a person of the gallery, and does not match, is more often not that person
    than unlike them; so names of the gallery's people are left out.
    """
    asked = [
        (name, face)
        for face in faces
        if len(face.hints) == 1
        for name in hints.of(face.photo)
        if gallery.find(name) is None and name_key(name) not in _rejected_names(face)
    ]
    photos = [PhotoRecord(str(face.photo)) for _, face in asked]
    in_photo = gallery.faces_in_each(photos, with_embeddings=False)
    found: dict[str, tuple[str, list[FaceRecord]]] = {}
    for name, face in asked:
        if len(in_photo[str(face.photo)]) == 1:
            found.setdefault(name_key(name), (name, []))[1].append(face)
    return dict(found.values())
