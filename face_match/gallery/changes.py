"""What is done to a gallery, as values that know their inverse: that is how undo works.

A change is a few edits. An edit is one thing before and after; None where it was not there, or is no
more. So stores need to know three kinds of edits, whatever the changes are that people make of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

from face_match.gallery.records import now
from face_match.types import Person, Rejection, Sample


class FiledSample(NamedTuple):
    """A sample and whose it is, by folder."""

    folder: str
    sample: Sample


class FiledRejection(NamedTuple):
    """A rejection and who was rejected, by folder."""

    folder: str
    rejection: Rejection


Thing = TypeVar("Thing", Person, FiledSample, FiledRejection)


@dataclass(frozen=True, eq=False)
class _Edit(Generic[Thing]):
    before: Thing | None
    after: Thing | None


class PersonEdit(_Edit[Person]):
    """Somebody is new, gone, or called otherwise; gone only once they have no samples and rejections."""

    def inverse(self) -> PersonEdit:
        return PersonEdit(self.after, self.before)


class SampleEdit(_Edit[FiledSample]):
    """A sample is new, gone, or somebody else's."""

    def inverse(self) -> SampleEdit:
        return SampleEdit(self.after, self.before)


class RejectionEdit(_Edit[FiledRejection]):
    """A rejection is made or taken back."""

    def inverse(self) -> RejectionEdit:
        return RejectionEdit(self.after, self.before)


Edit = PersonEdit | SampleEdit | RejectionEdit


class Kept(NamedTuple):
    """All that is kept of a person."""

    samples: Sequence[Sample]
    rejections: Sequence[Rejection]


@dataclass(frozen=True, eq=False)
class Change:
    """What is done, or not done, as one.

    Attributes:
        description: what it does, to go on after "Took back:".
        at: when it was done; ISO 8601, UTC.
    """

    description: str
    edits: tuple[Edit, ...]
    at: str = field(default_factory=now)

    def inverse(self) -> Change:
        return replace(self, edits=tuple(edit.inverse() for edit in reversed(self.edits)))


def adding(person: Person, sample: Sample, *, is_new: bool) -> Change:
    """A sample more, of a person who may be new."""
    return Change(
        f"added a sample to {person.name}",
        (*_appearing(person, is_new), SampleEdit(None, FiledSample(person.folder, sample))),
    )


def renaming(person: Person, name: str) -> Change:
    """Another name; the folder of the crops keeps the old one."""
    return Change(f"renamed {person.name} to {name}", (PersonEdit(person, replace(person, name=name)),))


def merging(person: Person, kept: Kept, into: Person) -> Change:
    """All that is a person's becomes another's."""
    edits: list[Edit] = [
        SampleEdit(FiledSample(person.folder, sample), FiledSample(into.folder, sample))
        for sample in kept.samples
    ]
    edits += [
        RejectionEdit(FiledRejection(person.folder, rejection), FiledRejection(into.folder, rejection))
        for rejection in kept.rejections
    ]
    return Change(f"merged {person.name} into {into.name}", (*edits, PersonEdit(person, None)))


def moving(sample: Sample, person: Person, kept: Kept, to: Person, *, is_new: bool) -> Change:
    """A sample becomes another's, who may be new; a person who has no other is gone."""
    edit = SampleEdit(FiledSample(person.folder, sample), FiledSample(to.folder, sample))
    return Change(
        f"moved a sample from {person.name} to {to.name}",
        (*_appearing(to, is_new), edit, *_vanishing(person, kept)),
    )


def removing(sample: Sample, person: Person, kept: Kept) -> Change:
    """A sample less; a person who has no other is gone."""
    edit = SampleEdit(FiledSample(person.folder, sample), None)
    return Change(f"removed a sample of {person.name}", (edit, *_vanishing(person, kept)))


def rejecting(person: Person, rejection: Rejection) -> Change:
    """Remember that a face is not a person's."""
    return Change(f"not {person.name}", (RejectionEdit(None, FiledRejection(person.folder, rejection)),))


def _appearing(person: Person, is_new: bool) -> tuple[Edit, ...]:
    return (PersonEdit(None, person),) if is_new else ()


def _vanishing(person: Person, kept: Kept) -> tuple[Edit, ...]:
    """With the last sample goes all that is left of a person."""
    if len(kept.samples) > 1:
        return ()
    rejections = (RejectionEdit(FiledRejection(person.folder, r), None) for r in kept.rejections)
    return (*rejections, PersonEdit(person, None))
