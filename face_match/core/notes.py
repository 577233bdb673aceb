"""Notes and warnings about results, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from face_match.core.number_text import one_in, strangers
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.translation import number, tr, tr_count, translated
from face_match.core.types import FaceQuality

MAX_LISTED = 10


def too_close_note(one: str, other: str) -> str:
    """Why a face matches neither of two people."""
    return tr("{one} and {other} are easily mixed up: too close to decide.", one=one, other=other)


def newer_metadata_note(photo: str, newer: str) -> str:
    """A photo and its sidecar have metadata of different dates."""
    if photo == newer:
        return tr(
            "The metadata in {photo} is newer than that of its sidecar. Both got the names.", photo=photo
        )
    return tr("The metadata in {sidecar} is newer than that in the photo. Both got the names.", sidecar=newer)


def across_childhood(name: str, years_apart: float, age: float | None) -> str:
    """Why a suggestion is at most a "maybe".

    Args:
        age: the person's age in the earlier photo, in years; None if unknown.
    """
    years = number(years_apart)
    if age is None:
        return tr(
            "The photos are {years} years apart, and {name} may have been a child: the birth "
            "date is not known.",
            years=years,
            name=name,
        )
    if age < -1:
        return tr(
            "The photos are {years} years apart, and {name} was not born yet when the earlier one was taken.",
            years=years,
            name=name,
        )
    return tr("The photos are {years} years apart, and {name} was a child.", years=years, name=name)


def risky_threshold_warning(threshold: float, fpir: float, safer: float, rate: float) -> str:
    """Warning for a threshold set by the user.

    Args:
        threshold: the similarity score that the user set.
        fpir: false positive identification rate at that threshold, 0..1.
        safer: the threshold for the FPIR `rate`.
    """
    return tr(
        "At threshold {threshold}, {strangers} would get a wrong suggestion in this "
        "gallery. At {safer} it is {rate}.",
        threshold=number(threshold, 3),
        strangers=strangers(fpir),
        safer=number(safer, 3),
        rate=one_in(rate),
    )


def raised_threshold_note(threshold: float, default: float) -> str:
    """Why the threshold of a gallery is higher than the model's default."""
    return tr(
        "This gallery has many people, or people who look alike to the model, so the threshold was raised "
        "from {default} to {threshold}. “Check” lists who looks alike.",
        default=number(default, 3),
        threshold=number(threshold, 3),
    )


def many_children_note(count: int) -> str:
    """Warning for a gallery with many people whose birth dates make them children."""
    return tr(
        "{count} people in this gallery are children. The model distinguishes children less "
        "well, so suggestions are less reliable here.",
        count=number(count),
    )


def gallery_threshold_note(threshold: float, people: int) -> str:
    """How the threshold of an added model was chosen; `people`: number of people that it was learned from."""
    return tr_count(
        "Threshold {threshold}, learned from {n} person in this gallery.",
        "Threshold {threshold}, learned from {n} people in this gallery.",
        people,
        threshold=number(threshold, 3),
    )


def unusable_face_warning(quality: FaceQuality) -> str:
    """Warning before and after an unusable face is added."""
    *others, last = map(translated, quality.reasons)
    reasons = tr("{several} and {last}", several=", ".join(others), last=last) if others else last
    return tr("This face is {reasons}; matches against it will be unreliable.", reasons=reasons)


def unencrypted_files_warning(names: Sequence[str]) -> str:
    """Warning about files and folders in an encrypted gallery that are not encrypted."""
    named = ", ".join(names[:MAX_LISTED])
    if len(names) <= MAX_LISTED:
        return tr(
            "Not encrypted, because Face Match did not create them: {named}. Anyone can still read them.",
            named=named,
        )
    return tr(
        "Not encrypted, because Face Match did not create them: {named} and {others} more. Anyone can still "
        "read them.",
        named=named,
        others=number(len(names) - MAX_LISTED),
    )


def skipped_names_note(left: SkippedNames) -> str:
    """What was found in a file and not used, with examples."""
    said = _skipped(left, left.file.name)
    if not left.examples:
        return said
    named = ", ".join(left.examples)
    if left.count > len(left.examples):
        return tr("{said} For example: {named}.", said=said, named=named)
    return tr("{said} These are: {named}.", said=said, named=named)


def _skipped(left: SkippedNames, file: str) -> str:
    match left.kind:
        case SkipReason.UNNAMED:
            return tr_count(
                "{file} marks {n} face without a name.",
                "{file} marks {n} faces without a name.",
                left.count,
                file=file,
            )
        case SkipReason.UNCONFIRMED:
            return tr_count(
                "{file} suggests a name for {n} face, which nobody has confirmed.",
                "{file} suggests names for {n} faces, which nobody has confirmed.",
                left.count,
                file=file,
            )
        case SkipReason.UNKNOWN_PERSON:
            return tr_count(
                "{file} marks {n} face of a person whose name it does not give.",
                "{file} marks {n} faces of people whose names it does not give.",
                left.count,
                file=file,
            )
        case SkipReason.NOT_A_FACE:
            return tr_count(
                "{file} gives {n} place or name that is not of a person’s face.",
                "{file} gives {n} places or names that are not of people’s faces.",
                left.count,
                file=file,
            )
        case SkipReason.DAMAGED:
            return tr_count(
                "{n} entry in {file} is damaged.", "{n} entries in {file} are damaged.", left.count, file=file
            )
        case SkipReason.PHOTO_NOT_FOUND:
            return tr_count(
                "{file} names people in {n} photo that was not found here.",
                "{file} names people in {n} photos that were not found here.",
                left.count,
                file=file,
            )
        case SkipReason.AMBIGUOUS:
            return tr_count(
                "{file} names people in {n} photo, but several files here may be that photo.",
                "{file} names people in {n} photos, but several files here may be each of them.",
                left.count,
                file=file,
            )
