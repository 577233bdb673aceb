"""Samples of one photo: a face that is kept twice, and two faces of a photo under one name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from face_match.gallery.contents import SAME_FACE_OVERLAP, GalleryContents
from face_match.types import Box, Person, Sample


class SamePhoto(NamedTuple):
    """There is another sample of a sample's photo, and whose it is.

    Attributes:
        is_same_face: as the sample; else it is another face under the same name.
    """

    person: Person
    is_same_face: bool


def in_same_photo(
    gallery: GalleryContents, person: Person, samples: Sequence[Sample]
) -> Mapping[str, SamePhoto]:
    """For which of a person's samples, by id, there is such another one.

    Args:
        samples: all of the person's.
    """
    by_photo: dict[str, list[Sample]] = {}
    for sample in samples:
        if sample.photo_digest:
            by_photo.setdefault(sample.photo_digest, []).append(sample)
    found = dict[str, SamePhoto]()
    for of_photo in by_photo.values():
        for sample in of_photo:
            others = [other for other in of_photo if other.id != sample.id]
            if others:
                found[sample.id] = SamePhoto(person, any(_is_same(sample, other.place) for other in others))
    for other, photo, place in gallery.faces_in(by_photo):
        if other.folder != person.folder:
            same = (sample for sample in by_photo[photo] if _is_same(sample, place))
            found |= {sample.id: SamePhoto(other, True) for sample in same}
    return found


def _is_same(sample: Sample, place: Box | None) -> bool:
    return sample.place is not None and place is not None and sample.place.overlap(place) >= SAME_FACE_OVERLAP
