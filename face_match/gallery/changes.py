"""What can be done to a gallery, as values that know their inverse: that is how undo works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from face_match.types import Person, Rejection, Sample

People = Mapping[str, Person]
"""People by folder, in the order in which they were added."""


class Change(Protocol):
    """`folder` is the person it touches; `name` what that person is called."""

    @property
    def folder(self) -> str: ...

    @property
    def name(self) -> str: ...

    def apply(self, people: People) -> dict[str, Person]:
        """The people afterwards; the ones given stay as they are."""
        ...

    def inverse(self) -> Change: ...

    def describe(self) -> str:
        """What it does, to go on after "Took back:"."""
        ...


@dataclass(frozen=True, eq=False)
class AddSample:
    """A sample more, of a person who may be new."""

    folder: str
    name: str
    sample: Sample
    is_new_person: bool

    def apply(self, people: People) -> dict[str, Person]:
        person = people.get(self.folder) or Person(self.name, self.folder, self.sample.added)
        return {**people, self.folder: replace(person, samples=(*person.samples, self.sample))}

    def describe(self) -> str:
        return f"added a sample to {self.name}"

    def inverse(self) -> RemoveSample:
        return RemoveSample(self.folder, self.name, self.sample, self.is_new_person)


@dataclass(frozen=True, eq=False)
class RemoveSample:
    """A sample less, and the person too where it is the only one and `is_with_person`."""

    folder: str
    name: str
    sample: Sample
    is_with_person: bool

    def apply(self, people: People) -> dict[str, Person]:
        person = people[self.folder]
        kept = tuple(sample for sample in person.samples if sample.id != self.sample.id)
        changed = {**people, self.folder: replace(person, samples=kept)}
        if self.is_with_person and not kept:
            del changed[self.folder]
        return changed

    def describe(self) -> str:
        return f"removed a sample of {self.name}"

    def inverse(self) -> AddSample:
        return AddSample(self.folder, self.name, self.sample, self.is_with_person)


@dataclass(frozen=True)
class Reject:
    """Remember that a face is not a person's."""

    folder: str
    name: str
    rejection: Rejection

    def apply(self, people: People) -> dict[str, Person]:
        person = people[self.folder]
        rejections = (*person.rejections, self.rejection)
        return {**people, self.folder: replace(person, rejections=rejections)}

    def describe(self) -> str:
        return f"not {self.name}"

    def inverse(self) -> Unreject:
        return Unreject(self.folder, self.name, self.rejection)


@dataclass(frozen=True)
class Unreject:
    """Forget that again."""

    folder: str
    name: str
    rejection: Rejection

    def apply(self, people: People) -> dict[str, Person]:
        person = people[self.folder]
        rejections = list(person.rejections)
        rejections.reverse()  # of several that are equal, the last
        rejections.remove(self.rejection)
        rejections.reverse()
        return {**people, self.folder: replace(person, rejections=tuple(rejections))}

    def describe(self) -> str:
        return f"not {self.name}, no more"

    def inverse(self) -> Reject:
        return Reject(self.folder, self.name, self.rejection)
