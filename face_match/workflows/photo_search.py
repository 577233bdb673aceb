"""Search for the photos of a person, or of people together, in the gallery's records alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from face_match.core.dates import photo_year
from face_match.core.photo_folders import natural_key
from face_match.core.records import FaceRecord, Person, PhotoRecord
from face_match.gallery.gallery import Gallery


class FaceFilter(Enum):
    """What faces photos have."""

    ANY = "any, or none"
    UNNAMED = "some without a name that are not ignored"
    NONE = "none that was found"


class PhotoQuery(NamedTuple):
    """Which photos to find.

    Attributes:
        people: everyone who is in them; with nobody here, it is all photos.
        without: nobody of whom is in them.
        is_only: nobody else is in them, named or not. Ignored faces do not count.
        faces: which faces they have; for queries without people.
    """

    people: tuple[Person, ...] = ()
    without: tuple[Person, ...] = ()
    is_only: bool = False
    faces: FaceFilter = FaceFilter.ANY


@dataclass(frozen=True, eq=False)
class FoundPhoto:
    """A photo, and the faces in it of the people who were searched for, without their embeddings."""

    photo: PhotoRecord
    faces: Sequence[FaceRecord]

    def is_same(self, other: FoundPhoto) -> bool:
        """Whether both look the same: the same file with the same faces at the same places."""
        return self.photo == other.photo and _places(self.faces) == _places(other.faces)


def find_photos(gallery: Gallery, query: PhotoQuery) -> list[FoundPhoto]:
    """The photos of a query by the date on which they were taken, the undated ones last, then by path."""
    if query.people:
        found = _photos_of_people(gallery, query)
    elif query.faces is FaceFilter.UNNAMED:
        found = _photos_with_unnamed(gallery)
    elif query.faces is FaceFilter.NONE:
        found = [FoundPhoto(photo, ()) for photo in gallery.photos_without_faces()]
    else:
        found = [FoundPhoto(photo, ()) for photo in _photos_without(gallery, query)]
    return sorted(found, key=lambda one: _order(one.photo))


def is_dated(photo: PhotoRecord) -> bool:
    """Whether it is known when a photo was taken."""
    return photo_year(photo.taken) is not None


def _photos_of_people(gallery: Gallery, query: PhotoQuery) -> list[FoundPhoto]:
    """Looks only at the photos of the person with the fewest faces."""
    wanted = {person.folder for person in query.people}
    unwanted = {person.folder for person in query.without}
    if wanted & unwanted:
        return []
    rarest = min(query.people, key=lambda person: person.face_count)
    found = [FoundPhoto(photo, faces) for photo, faces in gallery.photos_of(rarest)]
    if len(wanted) == 1 and not unwanted and not query.is_only:
        return found
    in_photo: dict[str, set[str]] = {}
    for photo_id, folder in gallery.people_in([one.photo.id for one in found]):
        in_photo.setdefault(photo_id, set()).add(folder)
    found = [
        one
        for one in found
        if (people := in_photo.get(one.photo.id, set())) >= wanted
        and not people & unwanted
        and not (query.is_only and people - wanted)
    ]
    if len(wanted) == 1 and not query.is_only:
        return found
    faces = gallery.faces_in_each([one.photo for one in found], with_embeddings=False)
    with_faces = [(one.photo, faces.get(one.photo.id, [])) for one in found]
    return [
        FoundPhoto(photo, [face for face in own if face.person in wanted])
        for photo, own in with_faces
        if not (query.is_only and _has_others(own, wanted))
    ]


def _photos_with_unnamed(gallery: Gallery) -> list[FoundPhoto]:
    faces: dict[str, list[FaceRecord]] = {}
    unnamed = gallery.unnamed()
    for face in unnamed:
        if face.photo is not None:
            faces.setdefault(face.photo, []).append(face)
    photos = gallery.photos_of_faces(unnamed)
    return [FoundPhoto(photo, faces[photo.id]) for photo in photos]


def _photos_without(gallery: Gallery, query: PhotoQuery) -> Iterable[PhotoRecord]:
    """All photos but those of some people; with `is_only`, those without any face."""
    photos = gallery.photos_without_faces(but_ignored=True) if query.is_only else gallery.photos()
    unwanted = {photo.id for person in query.without for photo, _ in gallery.photos_of(person)}
    return (photo for photo in photos if photo.id not in unwanted)


def _has_others(faces: Iterable[FaceRecord], wanted: set[str]) -> bool:
    return any(face.person not in wanted and not face.is_ignored for face in faces)


def _places(faces: Iterable[FaceRecord]) -> list[tuple[object, ...]]:
    return [(face.id, face.place, face.file) for face in faces]


def _order(photo: PhotoRecord) -> tuple[object, ...]:
    if is_dated(photo):
        return (0, photo.taken, natural_key(photo.path), photo.id)
    return (1, "", natural_key(photo.path), photo.id)
