"""What is done to a gallery, as values that know their inverse: that is how undo works.

A change is a few edits. An edit is one thing before and after; None where it was not there, or is no
more. So stores need to know three kinds of edits, whatever the changes are that people make of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

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


@dataclass(frozen=True, eq=False)
class Change:
    """What is done, or not done, as one.

    Attributes:
        description: what it does, to go on after "Took back:".
    """

    description: str
    edits: tuple[Edit, ...]

    def inverse(self) -> Change:
        return Change(self.description, tuple(edit.inverse() for edit in reversed(self.edits)))


def adding(person: Person, sample: Sample, *, is_new: bool) -> Change:
    """A sample more, of a person who may be new."""
    edits: tuple[Edit, ...] = (SampleEdit(None, FiledSample(person.folder, sample)),)
    if is_new:
        edits = (PersonEdit(None, person), *edits)
    return Change(f"added a sample to {person.name}", edits)


def rejecting(person: Person, rejection: Rejection) -> Change:
    """Remember that a face is not a person's."""
    return Change(f"not {person.name}", (RejectionEdit(None, FiledRejection(person.folder, rejection)),))
