"""What the window says of how things stand. (What went wrong is worded in face_match.core.error_messages.)"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from face_match import __version__
from face_match.core.error_messages import chance_in_words, counted, sentence, too_close
from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryEncryptedError,
    GalleryLockedError,
    WrongPassphraseError,
)
from face_match.core.visible_text import isolate, visible
from face_match.decision.probability import MAYBE, WORDS, in_words
from face_match.decision.threshold import is_accepted, is_match

if TYPE_CHECKING:
    from face_match.core.types import Match, Person
    from face_match.gallery.archive import ImportSummary
    from face_match.gallery.gallery import Gallery, NamingResult
    from face_match.workflows.batch import Embedded
    from face_match.workflows.export_photos import ExportResult
    from face_match.workflows.import_people import ImportResult
    from face_match.workflows.scan import ScanResult
    from face_match.workflows.suggest import FaceGroup
    from face_match.workflows.sync_metadata import WriteResult


OUTGROWN = (
    "The gallery has outgrown embeddings.json: its records are in gallery.sqlite now, and the file is kept."
)


SMALL_FACES = "Small faces are looked for in large photos too, which takes longer."
LARGE_FACES = "In large photos only the larger faces are looked for, which is faster."

DRAW = "Drag a box around the face, or move this one (arrows, Shift resizes) and press Enter. Escape leaves."

SMALLEST_FACE_PX = 20
"""What MTCNN looks for at most."""

EMPTY_GALLERY = (
    "The gallery is empty. Open a photo, type who it is, and add the first person; or import a folder."
)
READ_ONLY = "The gallery is open for reading only: it can be looked at, not changed."
NO_PHOTOS = "No photos have been imported yet. File → Import a folder does that."
WOULD_MIX = "That folder is, or contains, the one with the photos. Choose another one for the copies."
CANNOT_KEEP = "There is no gallery open that faces could be kept in."
LONGEST_NAME_IN_A_SENTENCE = 48
NAMED_AT_MOST = 3
"""People, or photos that failed, in one message; the others are counted."""


def threshold_text(value: float) -> str:
    """ "0.94", "0.945": a threshold with two decimals, or three where it has them."""
    text = f"{value:.3f}"
    return text[:-1] if text.endswith("0") else text


def about(folder: Path) -> str:
    """Which version it is, and where all of it stays."""
    return f"Face Match {__version__}. Everything stays on this machine; gallery: {folder}"


def no_face(name: str, smallest_px: float) -> str:
    """Of a photo without any; says where smaller ones could be."""
    if round(smallest_px) <= SMALLEST_FACE_PX:
        return f"No face was found in {name}. Press B to draw a box around one."
    return (
        f"No face of {smallest_px:.0f} pixels or more was found in {name}. Ctrl+L looks for smaller ones; "
        "press B to draw a box around one."
    )


def added(done: NamingResult) -> str:
    """Whose a face is now, and whose it was."""
    who = named(done.person.name)
    if done.before is not None:
        return f"This face is now {who} (was {named(done.before.name)}). Undo: Ctrl+Z."
    if done.is_new:
        return f"Added {who} as a new person. Undo: Ctrl+Z."
    return f"Added a face to {who}, who has {done.person.face_count:,} now. Undo: Ctrl+Z."


def unnamed(person: Person, *, is_gone: bool) -> str:
    """Of a face whose name was taken away."""
    told = f"This face is not {named(person.name)} any more, and will not be suggested as such."
    return f"{told}{gone([person]) if is_gone else ''} Undo: Ctrl+Z."


def verdict(
    matches: Sequence[Match], owner: Person | None, threshold: float, probability: float | None
) -> str:
    """Who it is; or who it is most like, and whether that is enough.

    Args:
        probability: that the best match is right; None where that is not known.
    """
    if owner is not None:
        return f"This face is {named(owner.name)}. N changes the name, X removes it."
    best = matches[0]
    if is_accepted(best, threshold) and best.across_childhood:
        return f"Maybe {named(best.person.name)}, {best.similarity:.3f}. Enter confirms."
    if is_accepted(best, threshold):
        return f"Most like {named(best.person.name)}, {best.similarity:.3f}. Enter confirms."
    if best.undecided is not None and is_match(best.similarity, threshold):
        return undecided(best.undecided)
    return below(best.person.name, best.similarity, probability)


def below(name: str, similarity: float, probability: float | None) -> str:
    """Of the most alike person, who is no match."""
    if probability is not None and probability >= MAYBE:
        return f"Maybe {named(name)} ({similarity:.3f}), but below the threshold."
    return f"Probably someone new. Closest: {named(name)} ({similarity:.3f})."


def unlike(match: Match, threshold: float) -> str:
    """The doubt before a face is given the name of somebody it is not much like, or not alone."""
    name, limit = named(match.person.name), threshold_text(threshold)
    if match.undecided is not None and is_match(match.similarity, threshold):
        return undecided(match.undecided)
    if match.rival is not None and is_match(match.similarity, threshold):
        return f"This face is like {name}, but like {named(match.rival.name)} too."
    return f"This face does not look like {name} ({match.similarity:.3f}, threshold {limit})."


def scored(match: Match, threshold: float) -> str:
    """Why less than a similarity that is high enough decides; empty where nobody else is like the face."""
    if not is_match(match.similarity, threshold):
        return ""
    if match.undecided is not None:
        return undecided(match.undecided)
    if match.rival is None:
        return ""
    return f"Score {match.score:.3f}, as {named(match.rival.name)} is like this face too."


def surety(match: Match, probability: float | None, *, is_match: bool) -> str:
    """One of `WORDS`; empty where nothing is known."""
    if probability is None and (match.is_too_close or (is_match and match.across_childhood)):
        return WORDS[1]
    return in_words(probability) if probability is not None else ""


def chance(probability: float) -> str:
    """How likely a match is right."""
    return f"{in_words(probability)}: {chance_in_words(probability)} of such matches are right."


def undecided(pair: tuple[Person, Person]) -> str:
    """Why neither of two people is suggested."""
    return too_close(*(named(person.name) for person in pair))


def runner_up(name: str, similarity: float, best: float) -> str:
    """Who comes next, and by how much: the difference of the figures that are shown."""
    margin = round(best, 3) - round(similarity, 3)
    if abs(margin) < 0.0005:
        return f"Next is {named(name)}, {similarity:.3f} too."
    far = f"{abs(margin):.3f} {'less' if margin >= 0 else 'more'}"
    return f"Next is {named(name)}, {similarity:.3f}: {far}."


def hint(gallery: Gallery | None, face_count: int, *, is_ranked: bool) -> str:
    """What the list of matches says while it has no rows."""
    if gallery is not None and not gallery.people:
        return EMPTY_GALLERY
    if is_ranked:
        return "Nobody is left to match: everybody was rejected for this face."
    if face_count > 1:
        return "Pick a face in the photo to see who it is most like."
    return "The people most like the face in the photo appear here."


def status(gallery: Gallery | None, is_opening: bool, model_title: str, search_s: float | None) -> str:
    """The line at the foot: model, people, faces, speed."""
    if gallery is None:
        return "opening the gallery …" if is_opening else "no gallery"
    parts = [
        f"model: {model_title}",
        counted(len(gallery.people), "person", "people"),
        faces(gallery.face_count),
    ]
    if not gallery.is_writable:
        parts.append("read-only")
    if search_s is not None:
        parts.append(f"matched in {1000 * search_s:.1f} ms")
    return " · ".join(parts)


def embedded(result: Embedded) -> str:
    """How embedding the faces for another model went."""
    text = f"{_were(result.done, 'face')} embedded for this model."
    if result.failed:
        text += f" {len(result.failed)} could not be, and are not matched under it. They are kept."
    return text


def imported(result: ImportResult) -> str:
    """How an import of names went: what was done, what was not, and how it is undone."""
    parts = []
    if result.added:
        people = counted(len(result.people), "person", "people")
        parts.append(f"Added {faces(result.added)} of {people}.")
    elif not result.known:
        parts.append("No face was added.")
    if result.known:
        parts.append(f"{_were(result.known, 'face')} in the gallery already.")
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    parts += [_ended(result), failures("Not added", result.failed)]
    if result.added:
        parts.append("Undo: Ctrl+Z.")
    return " ".join(filter(None, parts))


def archive_imported(name: str, result: ImportSummary) -> str:
    """What came of importing an archive."""
    parts = [f"{name} has {people_and_faces(result.people, result.faces)}."]
    if result.added:
        parts.append(f"New: {people_and_faces(result.new_people, result.added)}.")
    if result.unnamed:
        parts.append(f"New without a name: {faces(result.unnamed)}.")
    if result.births:
        parts.append(f"Birth dates added: {result.births:,}.")
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    if result.added or result.unnamed or result.births:
        parts.append("Undo: Ctrl+Z.")
    elif not result.conflicts:
        parts.append("All of them were in the gallery already.")
    return " ".join(parts)


def _conflicts(count: int) -> str:
    return f"{counted(count, 'conflict', 'conflicts')} with the names in the gallery: Gallery → Conflicts."


def written(result: WriteResult, folder: str) -> str:
    """How writing names to XMP sidecars went."""
    parts = []
    if result.names:
        names = counted(result.names, "name", "names")
        parts.append(f"Wrote {names} to XMP sidecars. The photos were not changed.")
    if result.removed:
        parts.append(f"Removed {counted(result.removed, 'name', 'names')} that you took away here.")
    if result.known:
        parts.append(f"{_were(result.known, 'name')} there already.")
    nothing = not (result.names or result.removed or result.known or result.unplaced)
    if nothing and not (result.failed or result.stopped_by):
        parts.append(f"Nothing was written: no photo in {folder} has a named face.")
    if result.unplaced:
        parts.append(
            f"For {faces(result.unplaced)}, added by an earlier version, the place in the photo is not known."
        )
    parts += [_ended(result), failures("Not written", result.failed)]
    return " ".join(filter(None, parts))


def copied(result: ExportResult, into: str) -> str:
    """How exporting photos by person went."""
    count = sum(result.made.values())
    parts = []
    if count:
        people = counted(len(result.people), "person", "people")
        parts.append(f"Copied {counted(count, 'photo', 'photos')} into the folders of {people} in {into}.")
    if result.known:
        parts.append(f"{_were(result.known, 'photo')} there already.")
    if not (count or result.known or result.failed or result.stopped_by):
        parts.append("Nothing was copied: no photo has a named face.")
    if result.stopped_by is not None:
        parts.append(
            "Stopped. Export again to resume."
            if isinstance(result.stopped_by, CancelledError)
            else sentence(result.stopped_by)
        )
    return " ".join([*parts, failures("Not copied", result.failed)]).strip()


def failures(what: str, failed: Sequence[tuple[Path, FaceMatchError]]) -> str:
    """ "Not added: 15. No face was found in a.jpg. … And 12 more."; empty where there are none."""
    if not failed:
        return ""
    parts = [f"{what}: {len(failed):,}.", *(reason(*each) for each in failed[:NAMED_AT_MOST])]
    if len(failed) > NAMED_AT_MOST:
        parts.append(f"And {len(failed) - NAMED_AT_MOST:,} more.")
    return " ".join(parts)


def reason(path: Path, error: FaceMatchError) -> str:
    """Why something could not be done with a photo, which is named."""
    told = sentence(error)
    return told if path.name in told else f"{path.name}: {told}"


def _ended(result: ImportResult | WriteResult) -> str:
    """Whether it ended before the last photo, and why; what to do about it."""
    if result.stopped_by is None:
        return ""
    why = "Stopped." if isinstance(result.stopped_by, CancelledError) else sentence(result.stopped_by)
    left = counted(result.left, "photo is", "photos are")
    return f"{why} {left} left; do it again to resume."


def _were(count: int, what: str) -> str:
    return counted(count, f"{what} was", f"{what}s were")


def failure(error: Exception) -> str:
    """What the window says of whatever went wrong in the background."""
    if isinstance(error, FaceMatchError):
        return sentence(error)
    return (
        f"Something went wrong that should not have ({type(error).__name__}). Nothing that was saved is lost."
    )


def standing(gallery: Gallery | None, is_opening: bool, problem: Exception | None) -> str:
    """Why nothing can be changed, if nothing can."""
    if gallery is None:
        if is_opening:
            return "The gallery is being opened …"
        if isinstance(problem, (GalleryEncryptedError, WrongPassphraseError)):
            return f"{failure(problem)} The main window asks for it."
        return failure(problem) if problem is not None else "No gallery is open."
    if gallery.is_writable:
        return ""
    if isinstance(problem, GalleryLockedError):
        return failure(problem)
    return f"{READ_ONLY} {failure(problem)}" if problem is not None else READ_ONLY


def merging(people: Sequence[Person], into: Person) -> str:
    """What merging would do: how many faces of whom go where."""
    count = sum(person.face_count for person in people)
    which = "The face" if count == 1 else f"All {count:,} faces"
    become = "becomes one" if count == 1 else "become faces"
    return (
        f"{which} of {listed(people, with_counts=True)} {become} of {named(into.name)}, "
        f"who will have {count + into.face_count:,}."
    )


def gone(people: Sequence[Person]) -> str:
    """A sentence to go on with, of those who have no face any more; empty if there are none."""
    if not people:
        return ""
    return f" {listed(people)} had no other, and {'is' if len(people) == 1 else 'are'} gone from the gallery."


def listed(people: Sequence[Person], *, with_counts: bool = False) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"; where wanted, "Ada (3) and Grace (1)"."""
    with_counts = with_counts and len(people) > 1
    parts = [
        f"{named(person.name)} ({person.face_count:,})" if with_counts else named(person.name)
        for person in people[:NAMED_AT_MOST]
    ]
    others = len(people) - NAMED_AT_MOST
    if others > 0:
        parts.append(counted(others, "other", "others"))
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def listed_names(names: Sequence[str]) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"."""
    parts = [named(name) for name in names[:NAMED_AT_MOST]]
    others = len(names) - NAMED_AT_MOST
    if others > 0:
        parts.append(counted(others, "other", "others"))
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def named(name: str) -> str:
    """A name as it stands in a sentence: not too long, and not turning the sentence's direction."""
    if len(name) > LONGEST_NAME_IN_A_SENTENCE:
        name = f"{name[: LONGEST_NAME_IN_A_SENTENCE - 1].rstrip()}…"
    turns = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in name)
    return isolate(name) if turns else visible(name)


def erasing(name: str) -> str:
    """What deleting somebody for good does."""
    return (
        f"{named(name)} will be deleted from the gallery and all of its backups, for good. "
        "That cannot be undone, nor can any earlier change that concerned this person."
    )


def in_same_photo(name: str, *, is_same_face: bool) -> str:
    """Of a face of whoever is called by a name."""
    if is_same_face:
        return f"{named(name)} has the same face of the same photo twice."
    return f"{named(name)} has another face in the same photo: a mirror, a collage, or somebody else."


def day(moment: str) -> str:
    """ "3 May 2026"; what is not a time, as it is."""
    try:
        return f"{datetime.fromisoformat(moment.replace('Z', '+00:00')).astimezone():%d %B %Y}".lstrip("0")
    except ValueError:
        return moment


def people(count: int) -> str:
    """ "1 person", "1,204 people"."""
    return counted(count, "person", "people")


def faces(count: int) -> str:
    """ "1 face", "1,204 faces"."""
    return counted(count, "face", "faces")


def people_and_faces(person_count: int, face_count: int) -> str:
    """ "1 person, 12 faces"."""
    return f"{people(person_count)}, {faces(face_count)}"


def question(group: FaceGroup) -> str:
    """What is asked of a group of faces."""
    count = len(group.faces)
    if group.person is not None and group.across_childhood:
        those = "is this" if len(group.faces) == 1 else f"are these {len(group.faces):,} faces"
        name = named(group.person.name)
        return (
            f"Maybe: {those} {name}? The photos are more than ten years apart, and {name} was a child, or "
            "may have been."
        )
    if group.person is not None:
        those = "Is this" if count == 1 else f"Are these {count:,} faces"
        return f"{those} {named(group.person.name)}?"
    if group.is_loose:
        return "Do you know any of these? They are like no other." if count > 1 else "Do you know this face?"
    return f"Who is this? {count:,} faces that are alike."


def who(group: FaceGroup) -> str:
    """The same in a word or two."""
    if group.person is not None:
        return f"{named(group.person.name)}?"
    return "Like no other" if group.is_loose else "Who is this?"


def how_many(group: FaceGroup) -> str:
    """Faces, and how sure it is."""
    count = counted(len(group.faces), "face", "faces")
    if group.across_childhood:
        return f"{count}, maybe"
    return f"{count}, {group.mean_similarity:.2f}" if group.person is not None else count


def scanned(result: ScanResult) -> str:
    """What came of scanning photos."""
    of = f"{result.done:,} of " if result.done < result.photos else ""
    told = [f"Scanned {of}{counted(result.photos, 'photo', 'photos')}"]
    if result.seen:
        told.append(f"{result.seen:,} known already")
    told.append(f"{counted(result.faces, 'new face', 'new faces')} without a name")
    if result.empty:
        named_ = ", ".join(path.name for path in result.empty[:NAMED_AT_MOST])
        more = " and others" if len(result.empty) > NAMED_AT_MOST else ""
        told.append(f"{len(result.empty):,} without a face ({named_}{more})")
    text = f"{', '.join(told)}."
    if result.failed:
        text += f" {failures('Not read', result.failed)}"
    if isinstance(result.stopped_by, CancelledError):
        return f"Stopped; what was found is kept. {text}"
    return f"{failure(result.stopped_by)} {text}" if result.stopped_by is not None else text
