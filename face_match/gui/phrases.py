"""Sentences that the window shows about results and states. Errors: see `face_match.core.messages`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryEncryptedError,
    GalleryLockedError,
    WrongPassphraseError,
)
from face_match.core.messages import error_message, too_close_note
from face_match.core.number_text import plural, probability_text
from face_match.core.version import __version__
from face_match.core.visible_text import escape_invisible, isolate
from face_match.decision.probability import MAYBE, WORDS, probability_word
from face_match.decision.threshold import is_accepted, is_match
from face_match.gui.translation import tr

if TYPE_CHECKING:
    from face_match.core.matches import Match
    from face_match.core.records import Person
    from face_match.gallery.archive import ImportSummary
    from face_match.gallery.gallery import Gallery, NamingResult
    from face_match.workflows.embed import EmbedResult
    from face_match.workflows.export_photos import ExportResult
    from face_match.workflows.import_people import ImportResult
    from face_match.workflows.scan import ScanResult
    from face_match.workflows.sync_metadata import WriteResult


UNDO = "Undo: Ctrl+Z."
NOW_IN_SQLITE = (
    "The gallery has grown, so it now uses SQLite storage (gallery.sqlite). The file embeddings.json is "
    "kept as a backup."
)
SMALL_FACES_ON = "Small faces in large photos are detected too. This takes longer."
SMALL_FACES_OFF = "In large photos, only larger faces are detected. This is faster."
DRAWING_HELP = (
    "Drag a box around the face, or move this one with the arrow keys (Shift resizes) and press Enter. "
    "Escape cancels."
)
SMALLEST_FACE_PX = 20
"""The smallest face that MTCNN can detect."""

EMPTY_GALLERY = "The gallery is empty. Open a photo and name the face in it, or import a folder."
READ_ONLY = "The gallery is open read-only. You can view it, but not change it."
NO_PHOTOS = "No photos have been imported yet. Choose File → Import a folder."
EXPORT_INTO_PHOTOS = (
    "This folder is the folder of the photos, or contains it. Choose another one for the copies."
)
PHOTO_NOT_FOUND = "The photo was not found. Import its folder to find it again."
NO_WRITABLE_GALLERY = "Faces cannot be saved, because no gallery is open for writing."
LONGEST_NAME = 48
"""Characters of a name in a sentence; longer names are shortened."""
MOST_NAMED = 3
"""People or photos that a message names. It counts the others."""


def join(*sentences: str) -> str:
    """Sentences as one text; empty ones are skipped."""
    return " ".join(filter(None, sentences))


def threshold_text(value: float) -> str:
    """ "0.94", "0.945": a threshold with two decimals, or three where it has them."""
    text = f"{value:.3f}"
    return text[:-1] if text.endswith("0") else text


def about(folder: Path) -> str:
    """The version, and where the data is."""
    return f"Face Match {__version__}. All data stays on this computer. Gallery: {folder}"


# Naming a face


def no_face(name: str, smallest_px: float) -> str:
    """No face was found in a photo; how to find one."""
    if round(smallest_px) <= SMALLEST_FACE_PX:
        return f"No face was found in {name}. Press B to draw a box around one."
    return (
        f"No face of {smallest_px:.0f} pixels or more was found in {name}. Press Ctrl+L to find smaller "
        "faces, or B to draw a box around one."
    )


def face_named(result: NamingResult) -> str:
    """A face was given a name."""
    name = display_name(result.person.name)
    if result.replaced is not None:
        return f"This face is now {name} (was {display_name(result.replaced.name)}). {UNDO}"
    if result.is_new:
        return f"Added {name} as a new person. {UNDO}"
    return f"Added this face to {name}, who now has {faces(result.person.face_count)}. {UNDO}"


def name_removed(person: Person, *, is_gone: bool) -> str:
    """The name of a face was removed.

    Args:
        is_gone: it was the person's last face.
    """
    name = display_name(person.name)
    removed = f"This face is no longer {name}, and that name will not be suggested for it again."
    return join(removed, people_removed([person]) if is_gone else "", UNDO)


def best_match(
    matches: Sequence[Match], owner: Person | None, threshold: float, probability: float | None
) -> str:
    """Whose face it is, or who it looks most like.

    Args:
        owner: the person whose face it is, if it has a name.
        probability: that the best match is correct; None where unknown.
    """
    if owner is not None:
        return f"This face is {display_name(owner.name)}. Press N to change the name, X to remove it."
    best = matches[0]
    if is_accepted(best, threshold) and best.across_childhood:
        return f"Maybe {display_name(best.person.name)} ({best.similarity:.3f}). Press Enter to confirm."
    if is_accepted(best, threshold):
        return f"Most like {display_name(best.person.name)} ({best.similarity:.3f}). Press Enter to confirm."
    if best.undecided is not None and is_match(best.similarity, threshold):
        return undecided(best.undecided)
    return below_threshold(best.person.name, best.similarity, probability)


def below_threshold(name: str, similarity: float, probability: float | None) -> str:
    """The most similar person is below the threshold."""
    if probability is not None and probability >= MAYBE:
        return f"Maybe {display_name(name)} ({similarity:.3f}), but below the threshold."
    return f"Probably someone new. Closest: {display_name(name)} ({similarity:.3f})."


def match_doubt(match: Match, threshold: float) -> str:
    """Why a match should not be confirmed without a second look."""
    name, limit = display_name(match.person.name), threshold_text(threshold)
    if match.undecided is not None and is_match(match.similarity, threshold):
        return undecided(match.undecided)
    if match.rival is not None and is_match(match.similarity, threshold):
        return f"This face looks like {name}, but also like {display_name(match.rival.name)}."
    return f"This face does not look like {name} ({match.similarity:.3f}, threshold {limit})."


def rival_note(match: Match, threshold: float) -> str:
    """Why the score of a match is lower than its similarity; empty where it is not."""
    if not is_match(match.similarity, threshold):
        return ""
    if match.undecided is not None:
        return undecided(match.undecided)
    if match.rival is None:
        return ""
    return f"Score {match.score:.3f}, because this face also looks like {display_name(match.rival.name)}."


def match_word(match: Match, probability: float | None, *, is_match: bool) -> str:
    """ "Very likely", "Maybe" or "Unlikely" (`WORDS`); empty where the probability is unknown."""
    if probability is None and (match.is_too_close or (is_match and match.across_childhood)):
        return WORDS[1]
    return probability_word(probability) if probability is not None else ""


def probability_note(probability: float) -> str:
    """How many matches like this one are correct."""
    return f"{probability_word(probability)}: {probability_text(probability)} of such matches are correct."


def undecided(pair: tuple[Person, Person]) -> str:
    """Why neither of two people is suggested."""
    return too_close_note(*(display_name(person.name) for person in pair))


def suggestion(name: str, similarity: float, probability: float | None, *, is_in_photo: bool) -> str:
    """A person that a face looks like.

    Args:
        is_in_photo: the person is not suggested, having another face in the same photo.
    """
    name = display_name(name)
    likeness = f"{similarity:.3f}"
    if probability is not None:
        likeness = f"{similarity:.3f}, {probability_word(probability).lower()}"
    if is_in_photo:
        return f"Looks like {name} ({likeness}), who is already in this photo."
    return f"{name}: {likeness}."


def runner_up(name: str, similarity: float, best: float) -> str:
    """The second match, and how far it is behind. The difference is that of the rounded similarities."""
    margin = round(best, 3) - round(similarity, 3)
    if abs(margin) < 0.0005:
        return f"Next: {display_name(name)} ({similarity:.3f}, the same)."
    if margin > 0:
        return f"Next: {display_name(name)} ({similarity:.3f}, {margin:.3f} lower)."
    return f"Next: {display_name(name)} ({similarity:.3f}, {-margin:.3f} higher)."


def no_matches(gallery: Gallery | None, face_count: int, *, is_ranked: bool) -> str:
    """What an empty list of matches shows.

    Args:
        face_count: faces in the open photo.
        is_ranked: the gallery was searched for the selected face.
    """
    if gallery is not None and not gallery.people:
        return EMPTY_GALLERY
    if is_ranked:
        return "No matches: everyone in the gallery was rejected for this face."
    if face_count > 1:
        return "Choose a face in the photo to see its matches."
    return "Matches for the face in the photo appear here."


def status_line(gallery: Gallery | None, is_opening: bool) -> str:
    """How much there is in the gallery, at the foot of the window."""
    if gallery is None:
        return tr("Opening the gallery …") if is_opening else tr("No gallery")
    counts = {"people": people(len(gallery.people)), "faces": faces(gallery.face_count)}
    if not gallery.is_writable:
        return tr("{people} · {faces} · read-only", **counts)
    return tr("{people} · {faces} · everything stays on this computer", **counts)


# Long work


def embedding_result(result: EmbedResult) -> str:
    """Faces were embedded for another model."""
    done = plural(result.done, "face was", "faces were")
    if not result.failed:
        return f"{done} embedded for this model."
    failed = faces(len(result.failed))
    return (
        f"{done} embedded for this model. {failed} could not be embedded: they stay in the gallery, but are "
        "not matched under this model."
    )


def import_result(result: ImportResult) -> str:
    """Names were imported."""
    parts = []
    if result.added:
        parts.append(f"Added {faces(result.added)} of {people(len(result.people))}.")
    elif not result.known:
        parts.append("No faces were added.")
    if result.known:
        parts.append(f"{plural(result.known, 'face was', 'faces were')} already in the gallery.")
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    parts += [_interruption(result), failed_photos("Not added", result.failed)]
    if result.added:
        parts.append(UNDO)
    return join(*parts)


def archive_result(name: str, result: ImportSummary) -> str:
    """An archive was imported."""
    parts = [f"{name} contains {people_and_faces(result.people, result.faces)}."]
    if result.added:
        parts.append(f"New: {people_and_faces(result.new_people, result.added)}.")
    if result.unnamed:
        parts.append(f"New unnamed faces: {result.unnamed:,}.")
    if result.births:
        parts.append(f"Birth dates added: {result.births:,}.")
    if result.conflicts:
        parts.append(_conflicts(result.conflicts))
    if result.added or result.unnamed or result.births:
        parts.append(UNDO)
    elif not result.conflicts:
        parts.append("All of them were already in the gallery.")
    return join(*parts)


def _conflicts(count: int) -> str:
    conflicts = plural(count, "name conflicts", "names conflict")
    return f"{conflicts} with the gallery. Choose Gallery → Conflicts to decide."


def sidecar_result(result: WriteResult, folder: str) -> str:
    """Names were written to XMP sidecars."""
    parts = []
    if result.names:
        names = plural(result.names, "name", "names")
        parts.append(f"Wrote {names} to XMP sidecars. The photos were not changed.")
    if result.removed:
        names = plural(result.removed, "name", "names")
        parts.append(f"Removed {names} from XMP sidecars, as in the gallery.")
    if result.known:
        parts.append(f"{plural(result.known, 'name was', 'names were')} already there.")
    nothing = not (result.names or result.removed or result.known or result.unplaced)
    if nothing and not (result.failed or result.stopped_by):
        parts.append(f"Nothing was written: no photo in {folder} has a named face.")
    if result.unplaced:
        parts.append(
            f"Skipped {faces(result.unplaced)} from an earlier version, whose place in the photo is unknown."
        )
    parts += [_interruption(result), failed_photos("Not written", result.failed)]
    return join(*parts)


def export_result(result: ExportResult, into: str) -> str:
    """Photos were copied into a folder for each person."""
    count = sum(result.made.values())
    parts = []
    if count:
        photos = plural(count, "photo", "photos")
        folders = plural(len(result.people), "folder", "folders")
        parts.append(f"Copied {photos} into {folders} in {into}.")
    if result.known:
        parts.append(f"{plural(result.known, 'photo was', 'photos were')} already there.")
    if not (count or result.known or result.failed or result.stopped_by):
        parts.append("Nothing was copied: no photo has a named face.")
    if isinstance(result.stopped_by, CancelledError):
        parts.append("Stopped. Export again to resume.")
    elif result.stopped_by is not None:
        parts.append(error_message(result.stopped_by))
    return join(*parts, failed_photos("Not copied", result.failed))


def scan_result(result: ScanResult) -> str:
    """Photos were scanned for faces."""
    photos = plural(result.photos, "photo", "photos")
    done = f"{result.done:,} of {photos}" if result.done < result.photos else photos
    parts = [f"Scanned {done}: {plural(result.faces, 'new unnamed face', 'new unnamed faces')}."]
    if result.seen:
        parts.append(f"Scanned before: {plural(result.seen, 'photo', 'photos')}.")
    if result.empty:
        names = ", ".join(path.name for path in result.empty[:MOST_NAMED])
        more = ", …" if len(result.empty) > MOST_NAMED else ""
        parts.append(f"No face found in {plural(len(result.empty), 'photo', 'photos')}: {names}{more}.")
    parts.append(failed_photos("Not read", result.failed))
    if isinstance(result.stopped_by, CancelledError):
        parts.insert(0, "Stopped. The faces found so far are kept.")
    elif result.stopped_by is not None:
        parts.insert(0, error_text(result.stopped_by))
    return join(*parts)


def failed_photos(heading: str, failed: Sequence[tuple[Path, FaceMatchError]]) -> str:
    """ "Not added: 15. No face was found in a.jpg. … And 12 more."; empty where none failed."""
    if not failed:
        return ""
    parts = [f"{heading}: {len(failed):,}.", *(_failed_photo(*each) for each in failed[:MOST_NAMED])]
    if len(failed) > MOST_NAMED:
        parts.append(f"And {len(failed) - MOST_NAMED:,} more.")
    return join(*parts)


def _failed_photo(path: Path, error: FaceMatchError) -> str:
    text = error_message(error)
    return text if path.name in text else f"{path.name}: {text}"


def _interruption(result: ImportResult | WriteResult) -> str:
    """Why the work ended early, and how to resume it; empty where it is complete."""
    if result.stopped_by is None:
        return ""
    reason = "Stopped." if isinstance(result.stopped_by, CancelledError) else error_message(result.stopped_by)
    return f"{reason} {plural(result.left, 'photo is', 'photos are')} left. Start again to resume."


def error_text(error: Exception) -> str:
    """A sentence for any error, expected or not."""
    if isinstance(error, FaceMatchError):
        return error_message(error)
    return f"Unexpected error ({type(error).__name__}). Saved data is not affected."


def read_only_reason(gallery: Gallery | None, is_opening: bool, problem: Exception | None) -> str:
    """Why the gallery cannot be changed; empty where it can.

    Args:
        problem: why it is not open, or not for writing.
    """
    if gallery is None:
        if is_opening:
            return "Opening the gallery …"
        if isinstance(problem, (GalleryEncryptedError, WrongPassphraseError)):
            return f"{error_text(problem)} Enter it in the main window."
        return error_text(problem) if problem is not None else "No gallery is open."
    if gallery.is_writable:
        return ""
    if isinstance(problem, GalleryLockedError):
        return error_text(problem)
    return join(READ_ONLY, error_text(problem) if problem is not None else "")


# People


def merge_preview(people: Sequence[Person], into: Person) -> str:
    """What merging people into another person will do."""
    count = sum(person.face_count for person in people)
    whom, name = list_people(people, with_counts=True), display_name(into.name)
    total = faces(count + into.face_count)
    if count == 1:
        return f"The face of {whom} will be moved to {name}, who will have {total}."
    return f"All {count:,} faces of {whom} will be moved to {name}, who will have {total}."


def people_removed(people: Sequence[Person]) -> str:
    """People lost their last face; empty if there are none."""
    if not people:
        return ""
    if len(people) == 1:
        return f"{list_people(people)} had no other faces and was removed from the gallery."
    return f"{list_people(people)} had no other faces and were removed from the gallery."


def list_people(people: Sequence[Person], *, with_counts: bool = False) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"; with counts, "Ada (3) and Grace (1)"."""
    with_counts = with_counts and len(people) > 1
    names = [
        f"{display_name(person.name)} ({person.face_count:,})" if with_counts else display_name(person.name)
        for person in people[:MOST_NAMED]
    ]
    return _list(names, len(people) - MOST_NAMED)


def list_names(names: Sequence[str]) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"."""
    return _list([display_name(name) for name in names[:MOST_NAMED]], len(names) - MOST_NAMED)


def _list(parts: list[str], others: int) -> str:
    if others > 0:
        parts = [*parts, plural(others, "other", "others")]
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def display_name(name: str) -> str:
    """A name for use in a sentence: shortened, and isolated where its writing direction differs."""
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
    turns = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in name)
    return isolate(name) if turns else escape_invisible(name)


def deletion_warning(name: str) -> str:
    """What deleting a person for good does."""
    return (
        f"{display_name(name)} will be deleted from the gallery and from all of its backups. This cannot be "
        "undone, and earlier changes to this person can no longer be undone either."
    )


def same_photo_note(name: str, *, is_same_face: bool) -> str:
    """Another face of a person is in the same photo."""
    if is_same_face:
        return f"{display_name(name)} has this face of this photo twice."
    return f"{display_name(name)} has another face in this photo: a mirror, a collage or someone else."


def date_text(moment: str) -> str:
    """ "3 May 2026", from an ISO 8601 time; any other text unchanged."""
    try:
        return f"{datetime.fromisoformat(moment.replace('Z', '+00:00')).astimezone():%d %B %Y}".lstrip("0")
    except ValueError:
        return moment


def people(count: int) -> str:
    """ "1 person", "1,204 people"."""
    return plural(count, "person", "people")


def faces(count: int) -> str:
    """ "1 face", "1,204 faces"."""
    return plural(count, "face", "faces")


def people_and_faces(person_count: int, face_count: int) -> str:
    """ "1 person, 12 faces"."""
    return f"{people(person_count)}, {faces(face_count)}"
