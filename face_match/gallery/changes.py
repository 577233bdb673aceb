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
    """Somebody is new, gone, called otherwise, or has another cover; gone only once they have no samples and
    rejections."""

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


class Loss(NamedTuple):
    """Samples that a person is to lose, each once, and all that is kept of them before."""

    person: Person
    samples: Sequence[Sample]
    kept: Kept


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

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Those that it adds, removes or gives to somebody else."""
        filed = (edit.after or edit.before for edit in self.edits if isinstance(edit, SampleEdit))
        return tuple(one.sample for one in filed if one is not None)

    def inverse(self) -> Change:
        return replace(self, edits=tuple(edit.inverse() for edit in reversed(self.edits)))


def adding(
    person: Person, samples: Sequence[Sample], *, is_new: bool, not_them: Sequence[Rejection] = ()
) -> Change:
    """Samples more, of a person who may be new; and faces that are not that person."""
    return Change(
        f"added {_samples(len(samples))} to {person.name}",
        (
            *_appearing(person, is_new),
            *(SampleEdit(None, FiledSample(person.folder, sample)) for sample in samples),
            *_rejected(person, not_them),
        ),
    )


def renaming(person: Person, name: str) -> Change:
    """Another name; the folder of the crops keeps the old one."""
    return Change(f"renamed {person.name} to {name}", (PersonEdit(person, replace(person, name=name)),))


def covering(person: Person, sample: Sample) -> Change:
    """Another sample stands for the person."""
    return Change(
        f"made another face the cover of {person.name}", (PersonEdit(person, person.with_cover(sample.id)),)
    )


def merging(people: Sequence[tuple[Person, Kept]], into: Person) -> Change:
    """All that is some people's becomes another's."""
    edits: list[Edit] = []
    for person, kept in people:
        edits += _handing_over(person, kept.samples, into)
        edits += [
            RejectionEdit(FiledRejection(person.folder, rejection), FiledRejection(into.folder, rejection))
            for rejection in kept.rejections
        ]
        edits.append(PersonEdit(person, None))
    return Change(f"merged {_listed([person for person, _ in people])} into {into.name}", tuple(edits))


def moving(losses: Sequence[Loss], to: Person, *, is_new: bool) -> Change:
    """Samples become another's, who may be new; whoever has no other is gone."""
    edits = [*_appearing(to, is_new)]
    for loss in losses:
        edits += _handing_over(loss.person, loss.samples, to)
        edits += _vanishing(loss)
    losers = _listed([loss.person for loss in losses])
    return Change(f"moved {_counted(losses)} from {losers} to {to.name}", tuple(edits))


def removing(losses: Sequence[Loss]) -> Change:
    """Samples less; whoever has no other is gone."""
    edits: list[Edit] = []
    for loss in losses:
        edits += [SampleEdit(FiledSample(loss.person.folder, sample), None) for sample in loss.samples]
        edits += _vanishing(loss)
    losers = _listed([loss.person for loss in losses])
    return Change(f"removed {_counted(losses)} of {losers}", tuple(edits))


def taking_in(edits: Sequence[Edit]) -> Change:
    """What another gallery has and this one has not."""
    count = sum(isinstance(edit, SampleEdit) for edit in edits)
    return Change(f"imported {_samples(count)} of another gallery", tuple(edits))


def rejecting(person: Person, faces: Sequence[Rejection]) -> Change:
    """Remember that faces are not a person's."""
    return Change(f"not {person.name}", _rejected(person, faces))


def _rejected(person: Person, faces: Sequence[Rejection]) -> tuple[Edit, ...]:
    return tuple(RejectionEdit(None, FiledRejection(person.folder, face)) for face in faces)


def _appearing(person: Person, is_new: bool) -> tuple[Edit, ...]:
    return (PersonEdit(None, person),) if is_new else ()


def _handing_over(person: Person, samples: Sequence[Sample], to: Person) -> list[Edit]:
    return [SampleEdit(FiledSample(person.folder, s), FiledSample(to.folder, s)) for s in samples]


def _vanishing(loss: Loss) -> tuple[Edit, ...]:
    """With the last sample goes all that is left of a person; with the cover, that it was chosen."""
    if len(loss.kept.samples) > len(loss.samples):
        is_cover_lost = any(sample.id == loss.person.cover for sample in loss.samples)
        return (PersonEdit(loss.person, loss.person.with_cover(None)),) if is_cover_lost else ()
    folder = loss.person.folder
    rejections = (RejectionEdit(FiledRejection(folder, r), None) for r in loss.kept.rejections)
    return (*rejections, PersonEdit(loss.person, None))


def _listed(people: Sequence[Person]) -> str:
    """ "Ada", "Ada and Grace", "3 people"."""
    return f"{len(people)} people" if len(people) > 2 else " and ".join(person.name for person in people)


def _counted(losses: Sequence[Loss]) -> str:
    return _samples(sum(len(loss.samples) for loss in losses))


def _samples(count: int) -> str:
    """ "a sample", "3 samples"."""
    return "a sample" if count == 1 else f"{count:,} samples"
