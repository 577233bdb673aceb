"""What another gallery has of people, and this one has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from face_match.gallery.changes import (
    Edit,
    FiledRejection,
    FiledSample,
    PersonEdit,
    RejectionEdit,
    SampleEdit,
)
from face_match.gallery.names import Folders, name_key
from face_match.gallery.people import People
from face_match.gallery.records import PersonRecord
from face_match.gallery.store import Store
from face_match.types import Person, Rejection, Sample


def edits_to_take_in(records: Iterable[PersonRecord], people: People, store: Store) -> list[Edit]:
    """Makes what is there of everybody this gallery's too, by their names.

    A sample that this gallery has stays whose it is; nor is a photo taken in that the person has a sample of.
    """
    known = store.sample_ids()
    folders = Folders(people.folders)
    met: dict[str, Person] = {}
    edits: list[Edit] = []
    for record in records:
        key = name_key(record.person.name)
        person = met.get(key) or people.named(record.person.name)
        is_known = person is not None and person.folder in people
        samples = [sample for sample in record.samples if sample.id not in known]
        rejections = list(record.rejections)
        if person is not None and is_known:
            own = store.rejections_of(person.folder)
            rejections = [rejection for rejection in rejections if not _is_among(rejection, own)]
            samples = [s for s in samples if not _has_photo(store, person, s)]
        if person is None:
            if not samples and record.samples:  # all of them are others' here
                continue
            folder = folders.take(record.person.name)
            person = replace(record.person, folder=folder, sample_count=0)
            edits.append(PersonEdit(None, person))
        met[key] = person
        known.update(sample.id for sample in samples)
        edits += [SampleEdit(None, FiledSample(person.folder, sample)) for sample in samples]
        edits += [RejectionEdit(None, FiledRejection(person.folder, rejection)) for rejection in rejections]
    return edits


def added_by(edits: Iterable[Edit]) -> Iterator[FiledSample]:
    """The samples that are new with some edits."""
    for edit in edits:
        if isinstance(edit, SampleEdit) and edit.before is None and edit.after is not None:
            yield edit.after


def _has_photo(store: Store, person: Person, sample: Sample) -> bool:
    return bool(sample.photo_digest) and store.has_photo(person.folder, sample.photo_digest)


def _is_among(rejection: Rejection, own: Iterable[Rejection]) -> bool:
    return any((r.photo_digest, r.box) == (rejection.photo_digest, rejection.box) for r in own)
