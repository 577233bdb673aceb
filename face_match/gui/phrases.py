"""Sentences that the window shows about results and states. Errors: see `face_match.core.messages`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from face_match.core.errors import (
    FaceMatchError,
    FaceNotFoundError,
    ModelDamagedError,
    ModelMissingError,
)
from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.installation import install_command
from face_match.core.messages import error_message
from face_match.core.notes import too_close_note
from face_match.core.number_text import probability_text
from face_match.core.reasons import reason_text
from face_match.core.visible_text import escape_invisible, isolate
from face_match.decision.probability import MAYBE, WORDS, probability_word
from face_match.decision.threshold import is_match
from face_match.gui.translation import marked, moment_text, number, tr, tr_count, translated

if TYPE_CHECKING:
    from face_match.core.matches import Match
    from face_match.core.records import Person
    from face_match.core.types import FaceQuality
    from face_match.gallery.gallery import Gallery, NamingResult


UNDO = marked("Undo: Ctrl+Z.")
NOW_IN_SQLITE = marked(
    "The gallery has grown, so it now uses SQLite storage (gallery.sqlite). The file "
    "embeddings.json is kept as a backup."
)
SMALL_FACES_ON = marked("Small faces in large photos are detected too. This takes longer.")
SMALL_FACES_OFF = marked("In large photos, only larger faces are detected. This is faster.")
DRAWING_HELP = marked(
    "Drag a box around the face, or move this one with the arrow keys (Shift resizes) and "
    "press Enter. Escape cancels."
)
SMALLEST_FACE_PX = 20
"""The smallest face that MTCNN can detect."""

EMPTY_GALLERY = marked("The gallery is empty. Open a photo and name the face in it, or import a folder.")
NO_PHOTOS = marked("No photos have been imported yet. Choose Import → Import a folder.")
EXPORT_INTO_PHOTOS = marked(
    "This folder is the folder of the photos, or contains it. Choose another one for the copies."
)
NOT_ON_SERVER = marked("This is not done to a gallery on a server.")
KEPT_BY_SERVER = marked(
    "The server’s backups and logs may keep the data until they are deleted: ask its administrators."
)
PHOTO_NOT_FOUND = marked("The photo was not found. Import its folder to find it again.")
NO_WRITABLE_GALLERY = marked("Faces cannot be saved, because no gallery is open for writing.")
LONGEST_NAME = 48
"""Characters of a name in a sentence; longer names are shortened."""
MOST_NAMED = 3
"""People or photos that a message names. It counts the others."""


def join(*sentences: str) -> str:
    """Sentences as one text; empty ones are skipped."""
    return " ".join(filter(None, sentences))


def undoable(*sentences: str) -> str:
    """Sentences about a change, and how to undo it."""
    return join(*sentences, translated(UNDO))


def threshold_text(value: float) -> str:
    """ "0.94", "0.945": a threshold with two decimals, or three where it has them."""
    return number(value, 2 if f"{value:.3f}".endswith("0") else 3)


def score_text(similarity: float) -> str:
    """ "0.940": a similarity or a score."""
    return number(similarity, 3)


def score_label(score: float) -> str:
    """ "score 0.940": a score where it stands by itself."""
    return tr("score {score}", score=score_text(score))


# Naming a face


def face_named(result: NamingResult, *, is_unlike: bool = False) -> str:
    """A face was given a name.

    Args:
        is_unlike: it does not look like the person.
    """
    name = display_name(result.person.name)
    doubt = _unlike(name, 1) if is_unlike else ""
    if result.replaced is not None:
        before = display_name(result.replaced.name)
        return undoable(tr("This face is now {name} (was {before}).", name=name, before=before), doubt)
    if result.is_new:
        return undoable(tr("Added {name} as a new person.", name=name))
    return undoable(
        tr_count(
            "Added this face to {name}, who now has {n} face.",
            "Added this face to {name}, who now has {n} faces.",
            result.person.face_count,
            name=name,
        ),
        doubt,
    )


def _unlike(name: str, count: int) -> str:
    """Faces were named, but do not look like the person."""
    return tr_count("It does not look like {name}.", "They do not look like {name}.", count, name=name)


def faces_named(result: NamingResult, *, is_unlike: bool = False) -> str:
    """Faces of a group were given a name.

    Args:
        is_unlike: they do not look like the person.
    """
    name, count = display_name(result.person.name), len(result.faces)
    if result.is_new:
        done = tr_count(
            "Added {name} as a new person with {n} face.",
            "Added {name} as a new person with {n} faces.",
            count,
            name=name,
        )
    else:
        total = faces(result.person.face_count)
        done = tr_count(
            "Added {n} face to {name}, who now has {total}.",
            "Added {n} faces to {name}, who now has {total}.",
            count,
            name=name,
            total=total,
        )
    if is_unlike:
        done = join(done, _unlike(name, count))
    if not result.skipped:
        return undoable(done)
    skipped = tr_count(
        "{n} face was not named: {name} is already in the same photo.",
        "{n} faces were not named: {name} is already in the same photo.",
        len(result.skipped),
        name=name,
    )
    return undoable(done, skipped)


def name_removed(person: Person, *, is_gone: bool) -> str:
    """The name of a face was removed.

    Args:
        is_gone: it was the person's last face.
    """
    name = display_name(person.name)
    removed = tr(
        "This face is no longer {name}, and that name will not be suggested for it again.", name=name
    )
    return undoable(removed, people_removed([person]) if is_gone else "")


def is_maybe(probability: float | None) -> bool:
    """Whether a match is a “maybe” at least, where that is known."""
    return probability is not None and probability >= MAYBE


def below_threshold(name: str, score: float) -> str:
    """The best match is a “maybe”, but below the threshold."""
    return tr(
        "Maybe {name} (score {score}), but below the threshold.",
        name=display_name(name),
        score=score_text(score),
    )


def nobody_close(name: str) -> str:
    """The best match is unlikely: the face is probably of someone new."""
    return tr("Nobody in the gallery is close. Nearest: {name}.", name=display_name(name))


def match_doubt(match: Match, threshold: float) -> str:
    """Why a match should not be confirmed without a second look."""
    name, limit = display_name(match.person.name), threshold_text(threshold)
    if match.undecided is not None and is_match(match.similarity, threshold):
        return undecided(match.undecided)
    if match.rival is not None and is_match(match.similarity, threshold):
        return tr(
            "This face looks like {name}, but also like {rival}.",
            name=name,
            rival=display_name(match.rival.name),
        )
    return tr(
        "This face does not look like {name} (score {score}, threshold {limit}).",
        name=name,
        score=score_text(match.score),
        limit=limit,
    )


def rival_note(match: Match, threshold: float) -> str:
    """Why the score of a match is lower than its similarity; empty where it is not."""
    if not is_match(match.similarity, threshold):
        return ""
    if match.undecided is not None:
        return undecided(match.undecided)
    if match.rival is None:
        return ""
    return tr(
        "The score is lower because this face also looks like {name}.", name=display_name(match.rival.name)
    )


def hinted(name: str) -> str:
    """Why a person is suggested from a lower score on."""
    return tr("The photo’s metadata name {name}.", name=display_name(name))


def match_word(match: Match, probability: float | None, *, is_match: bool) -> str:
    """ "Very likely", "Maybe" or "Unlikely" (`WORDS`).

    Args:
        is_match: whether the match reaches the model's threshold, which decides where the probability is
            unknown.
    """
    if probability is not None:
        return probability_word(probability)
    if match.is_too_close or (is_match and match.across_childhood):
        return WORDS[1]
    return WORDS[0 if is_match else 2]


def probability_note(probability: float, word: str) -> str:
    """How many matches like this one are correct, after the word that is shown for it."""
    share = probability_text(probability)
    if word != probability_word(probability):
        return tr("Below the threshold, though {share} of such matches are correct.", share=share)
    return tr("{word}: {share} of such matches are correct.", word=translated(word), share=share)


def undecided(pair: tuple[Person, Person]) -> str:
    """Why neither of two people is suggested."""
    return too_close_note(*(display_name(person.name) for person in pair))


def suggestion(name: str, score: float, probability: float | None, *, is_in_photo: bool) -> str:
    """A person that a face looks like.

    Args:
        is_in_photo: the person is not suggested, having another face in the same photo.
    """
    name = display_name(name)
    likeness = score_label(score)
    if probability is not None:
        word = translated(probability_word(probability)).lower()
        likeness = tr("{word}, score {score}", word=word, score=score_text(score))
    if is_in_photo:
        return tr(
            "Looks like {name} ({likeness}), who is already in this photo.", name=name, likeness=likeness
        )
    return f"{name}: {likeness}."


def other_name_doubt(name: str, suggested: Person, count: int) -> str:
    """Faces get another name than that of the person they very likely are."""
    return tr_count(
        "Name this face {name}? It looks like {suggested} (very likely).",
        "Name these {n} faces {name}? They look like {suggested} (very likely).",
        count,
        name=display_name(name),
        suggested=display_name(suggested.name),
    )


def runner_up(name: str, score: float) -> str:
    """The second match."""
    return tr("Next: {name} (score {score}).", name=display_name(name), score=score_text(score))


def no_matches(gallery: Gallery | None, face_count: int, *, is_ranked: bool) -> str:
    """What an empty list of matches shows.

    Args:
        face_count: faces in the open photo.
        is_ranked: the gallery was searched for the selected face.
    """
    if gallery is not None and not gallery.people:
        return translated(EMPTY_GALLERY)
    if is_ranked:
        return tr("No matches: everyone in the gallery was rejected for this face.")
    if face_count > 1:
        return tr("Choose a face in the photo to see its matches.")
    return tr("Matches for the face in the photo appear here.")


def status_line(gallery: Gallery | None, unnamed: int, place: GalleryPlace, *, is_opening: bool) -> str:
    """How much there is in the gallery, and where that is, at the foot of the window."""
    if gallery is None:
        return tr("Opening the gallery …") if is_opening else tr("No gallery is open")
    named = gallery.face_count
    counts = {"people": people(len(gallery.people)), "faces": faces(named)}
    if unnamed:
        total = named + unnamed
        counts["faces"] = tr_count(
            "{named} of {n} face named", "{named} of {n} faces named", total, named=number(named)
        )
    if not gallery.is_writable:
        return tr("{people} · {faces} · read-only", **counts)
    if isinstance(place, ServerAddress):
        return tr("{people} · {faces} · shared on {server}", **counts, server=place.name)
    return tr("{people} · {faces} · everything stays on this computer", **counts)


def error_text(error: Exception) -> str:
    """A sentence for any error, expected or not."""
    if isinstance(error, FaceMatchError):
        return _window_text(error) or error_message(error)
    return tr("Unexpected error ({error}). Saved data is not affected.", error=type(error).__name__)


def _window_text(error: FaceMatchError) -> str:
    """Names the entry of a menu where `error_message` names a command; "" for other errors."""
    match error:
        case ModelMissingError(model="facenet", detail=""):
            return tr("FaceNet’s weights are not installed. Choose Settings → Get FaceNet to download them.")
        case ModelMissingError(detail="added" | "unknown"):
            return tr(
                "The model {model} is not there. Choose Settings → Models to add it again or to use another "
                "one.",
                model=error.model,
            )
        case ModelDamagedError():
            return tr(
                "The weights of {model} are damaged ({detail}). Choose Settings → Models to use another "
                "model.",
                model=error.model,
                detail=reason_text(error.detail),
            )
        case FaceNotFoundError():
            return tr("This face is no longer in the gallery.")
        case _:
            return ""


def server_error_text(error: Exception) -> str:
    """A sentence for what prevents opening a gallery on a server: a missing package too."""
    if isinstance(error, ModuleNotFoundError):
        command = install_command("shared")
        return tr("Galleries on servers need more packages. Install them with “{command}”.", command=command)
    return error_text(error)


# People


def merge_preview(people: Sequence[Person], into: Person) -> str:
    """What merging people into another person will do."""
    count = sum(person.face_count for person in people)
    whom, name = list_people(people, with_counts=True), display_name(into.name)
    return tr_count(
        "The face of {whom} will be moved to {name}, who will have {total}.",
        "All {n} faces of {whom} will be moved to {name}, who will have {total}.",
        count,
        whom=whom,
        name=name,
        total=faces(count + into.face_count),
    )


def people_removed(people: Sequence[Person]) -> str:
    """People lost their last face; empty if there are none."""
    if not people:
        return ""
    return tr_count(
        "{people} had no other faces and was removed from the gallery.",
        "{people} had no other faces and were removed from the gallery.",
        len(people),
        people=list_people(people),
    )


def list_people(people: Sequence[Person], *, with_counts: bool = False) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"; with counts, "Ada (3) and Grace (1)"."""
    with_counts = with_counts and len(people) > 1
    names = [
        f"{display_name(person.name)} ({number(person.face_count)})"
        if with_counts
        else display_name(person.name)
        for person in people[:MOST_NAMED]
    ]
    return _list(names, len(people) - MOST_NAMED)


def list_names(names: Sequence[str]) -> str:
    """ "Ada", "Ada and Grace", "Ada, Grace, Mary and 9 others"."""
    return _list([display_name(name) for name in names[:MOST_NAMED]], len(names) - MOST_NAMED)


def _list(parts: list[str], others: int) -> str:
    if others > 0:
        parts = [*parts, tr_count("{n} other", "{n} others", others)]
    if len(parts) == 1:
        return parts[0]
    return tr("{several} and {last}", several=", ".join(parts[:-1]), last=parts[-1])


def display_name(name: str) -> str:
    """A name for use in a sentence: shortened, and isolated where its writing direction differs."""
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
    turns = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in name)
    return isolate(name) if turns else escape_invisible(name)


def same_photo_note(name: str, *, is_same_face: bool) -> str:
    """Another face of a person is in the same photo."""
    if is_same_face:
        return tr("{name} has this face of this photo twice.", name=display_name(name))
    return tr(
        "{name} has another face in this photo: a mirror, a collage or someone else.", name=display_name(name)
    )


def date_text(moment: str) -> str:
    """ "3 May 2026", from an ISO 8601 time; any other text unchanged."""
    try:
        return moment_text(datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone())
    except ValueError:
        return moment


def people(count: int) -> str:
    """ "1 person", "1,204 people"."""
    return tr_count("{n} person", "{n} people", count)


def faces(count: int) -> str:
    """ "1 face", "1,204 faces"."""
    return tr_count("{n} face", "{n} faces", count)


def conflicts(count: int) -> str:
    """ "1 conflict", "1,204 conflicts"."""
    return tr_count("{n} conflict", "{n} conflicts", count)


def quality_reasons(quality: FaceQuality | None) -> str:
    """ "blurred, too dark": why a face is of poor quality; "" where it is not."""
    return ", ".join(map(translated, quality.reasons)) if quality is not None else ""


def photos(count: int) -> str:
    """ "1 photo", "1,204 photos"."""
    return tr_count("{n} photo", "{n} photos", count)


def people_and_faces(person_count: int, face_count: int) -> str:
    """ "1 person, 12 faces"."""
    return f"{people(person_count)}, {faces(face_count)}"
