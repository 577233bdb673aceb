"""The sentences of the window, word for word. Tests of its pages compare with what makes a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    FaceNotFoundError,
    ImageUnreadableError,
    ModelDamagedError,
    ModelMissingError,
    NoFaceError,
)
from face_match.core.matches import Match
from face_match.core.records import FaceRecord, Person
from face_match.gallery.archive import ImportSummary
from face_match.gallery.photo_faces import NamingResult
from face_match.gui import phrases
from face_match.gui import result_phrases as results
from face_match.gui.menus import MENUS, Entry
from face_match.workflows.embed import EmbedResult
from face_match.workflows.export_photos import ExportResult, TransferMethod
from face_match.workflows.import_people import ImportResult
from face_match.workflows.scan import ScanResult
from face_match.workflows.write_names import WriteResult

ADA, GRACE, MARY, JOAN = (
    Person(name, name, "2026-01-01T00:00:00+00:00", count)
    for name, count in (("Ada", 3), ("Grace", 1), ("Mary", 2), ("Joan", 4))
)
FACE = FaceRecord("1", "")
BROKEN = (Path("/photos/a.jpg"), ImageUnreadableError("a.jpg", "empty file"))


def match(similarity: float = 0.96, **others: object) -> Match:
    return Match(ADA, FACE, similarity, similarity, **others)  # type: ignore[arg-type]


def naming(*, is_new: bool = False, replaced: Person | None = None) -> NamingResult:
    return NamingResult(ADA, [FACE], is_new, replaced=replaced)


NAMING: dict[str, Callable[[], str]] = {
    "Added Ada as a new person. Undo: Ctrl+Z.": lambda: phrases.face_named(naming(is_new=True)),
    "Added this face to Ada, who now has 3 faces. Undo: Ctrl+Z.": lambda: phrases.face_named(naming()),
    "This face is now Ada (was Grace). Undo: Ctrl+Z.": lambda: phrases.face_named(naming(replaced=GRACE)),
    "This face is no longer Grace, and that name will not be suggested for it again. "
    "Grace had no other faces and was removed from the gallery. Undo: Ctrl+Z.": lambda: phrases.name_removed(
        GRACE, is_gone=True
    ),
    "Ada and Grace had no other faces and were removed from the gallery.": lambda: phrases.people_removed(
        [ADA, GRACE]
    ),
}
MATCHING: dict[str, Callable[[], str]] = {
    "Nobody in the gallery is close. Nearest: Ada.": lambda: phrases.nobody_close("Ada"),
    "Maybe Ada (score 0.930), but below the threshold.": lambda: phrases.below_threshold("Ada", 0.93),
    "This face does not look like Ada (score 0.832, threshold 0.94).": lambda: phrases.match_doubt(
        match(0.832), 0.94
    ),
    "This face looks like Ada, but also like Grace.": lambda: phrases.match_doubt(match(rival=GRACE), 0.94),
    "Looks like Ada (score 0.960), who is already in this photo.": lambda: phrases.suggestion(
        "Ada", 0.96, None, is_in_photo=True
    ),
    "Ada: score 0.960.": lambda: phrases.suggestion("Ada", 0.96, None, is_in_photo=False),
    "Ada: very likely, score 0.960.": lambda: phrases.suggestion("Ada", 0.96, 0.95, is_in_photo=False),
    "Next: Amy (score 0.865).": lambda: phrases.runner_up("Amy", 0.8653),
    "Matches for the face in the photo appear here.": lambda: phrases.no_matches(None, 1, is_ranked=False),
    "Choose a face in the photo to see its matches.": lambda: phrases.no_matches(None, 2, is_ranked=False),
    "No matches: everyone in the gallery was rejected for this face.": lambda: phrases.no_matches(
        None, 1, is_ranked=True
    ),
}
STOPPED = CancelledError()
RESULTS: dict[str, Callable[[], str]] = {
    "Added 24 faces of 2 people. Undo: Ctrl+Z.": lambda: results.import_result(
        ImportResult(24, added=24, people={"Ada", "Grace"})
    ),
    "No faces were added.": lambda: results.import_result(ImportResult(0)),
    "2 faces were already in the gallery.": lambda: results.import_result(ImportResult(2, known=2)),
    (
        "No faces were added. 2 names have no place in their photos and are kept as suggestions: "
        "Ada, <b>Grace</b>."
    ): lambda: results.import_result(ImportResult(2, without_place=Counter({"Ada": 2, "<b>Grace</b>": 1}))),
    "No faces were added. 2 names conflict with the gallery. Choose People → Conflicts to decide.": (
        lambda: results.import_result(ImportResult(2, conflicts=2))
    ),
    "Added 1 face of 1 person. Stopped. 3 photos are left. Start again to resume. Undo: Ctrl+Z.": (
        lambda: results.import_result(ImportResult(4, added=1, people={"Ada"}, left=3, stopped_by=STOPPED))
    ),
    "Wrote 2 names to XMP sidecars. The photos were not changed.": lambda: results.names_result(
        WriteResult(names=2), "photos"
    ),
    "1 name was already there.": lambda: results.names_result(WriteResult(known=1), "photos"),
    "Nothing was written: no photo in photos has a named face.": lambda: results.names_result(
        WriteResult(), "photos"
    ),
    "Copied 2 photos into 2 folders in by person.": lambda: results.export_result(
        ExportResult(2, made={TransferMethod.COPY: 2}, people={"Ada": "Ada", "Grace": "Grace"}), "by person"
    ),
    "2 photos were already there.": lambda: results.export_result(ExportResult(2, known=2), "by person"),
    "Nothing was copied: no photo has a named face.": lambda: results.export_result(ExportResult(2), "x"),
    "Scanned 8 photos: 7 new unnamed faces.": lambda: results.scan_result(ScanResult(8, done=8, faces=7)),
    "Scanned 8 photos: 0 new unnamed faces. Scanned before: 7 photos.": lambda: results.scan_result(
        ScanResult(8, done=8, seen=7)
    ),
    "Stopped. The faces found so far are kept. Scanned 3 of 8 photos: 1 new unnamed face.": (
        lambda: results.scan_result(ScanResult(8, done=3, faces=1, stopped_by=STOPPED))
    ),
    "Scanned 1 photo: 0 new unnamed faces. No face found in 1 photo: a.jpg.": lambda: results.scan_result(
        ScanResult(1, done=1, empty=[Path("/photos/a.jpg")])
    ),
    "Not added: 1. No face was found in sky.png.": lambda: results.failed_photos(
        "Not added", [(Path("/photos/sky.png"), NoFaceError("sky.png"))]
    ),
    "2 faces were embedded for this model.": lambda: results.embedding_result(EmbedResult(2, [])),
    "a.zip contains 1 person, 2 faces. All of them were already in the gallery.": (
        lambda: results.archive_result("a.zip", ImportSummary(1, 2, 0, 0))
    ),
}
PEOPLE: dict[str, Callable[[], str]] = {
    "The face of Grace will be moved to Ada, who will have 4 faces.": lambda: phrases.merge_preview(
        [GRACE], ADA
    ),
    "All 3 faces of Mary (2) and Grace (1) will be moved to Ada, who will have 6 faces.": (
        lambda: phrases.merge_preview([MARY, GRACE], ADA)
    ),
    "Ada, Grace, Mary and 1 other": lambda: phrases.list_people([ADA, GRACE, MARY, JOAN]),
    "Ada and Grace": lambda: phrases.list_names(["Ada", "Grace"]),
    "1 person, 1,204 faces": lambda: phrases.people_and_faces(1, 1204),
    "Ada has this face of this photo twice.": lambda: phrases.same_photo_note("Ada", is_same_face=True),
}


@pytest.mark.parametrize("sentence", [*NAMING, *MATCHING, *RESULTS, *PEOPLE])
def test_a_sentence_reads(sentence: str) -> None:
    assert (NAMING | MATCHING | RESULTS | PEOPLE)[sentence]() == sentence


def test_a_photo_that_cannot_be_read_is_named_once() -> None:
    told = results.failed_photos("Not read", [BROKEN] * 5)
    assert told.startswith("Not read: 5. a.jpg is not a readable image (empty file).")
    assert told.count("a.jpg") == 3
    assert told.endswith("And 2 more.")


@pytest.mark.parametrize(
    ("error", "entries"),
    [
        (ModelMissingError("facenet"), ("Settings", "Get FaceNet …")),
        (ModelMissingError("added-1", "added"), ("Settings", "Models …")),
        (ModelMissingError("arcface", "unknown"), ("Settings", "Models …")),
        (ModelDamagedError("dlib", "too short"), ("Settings", "Models …")),
        (FaceNotFoundError("f1"), ()),
    ],
    ids=str,
)
def test_the_window_names_the_entry_of_a_menu_and_no_command(
    error: FaceMatchError, entries: tuple[str, ...]
) -> None:
    text = phrases.error_text(error)
    assert "“" not in text, "commands are quoted"
    if entries:
        menu, entry = entries
        assert f"{menu} → {entry.removesuffix(' …')}" in text
        entries_of = {title.replace("&", ""): of_menu for title, of_menu in MENUS}[menu]
        assert entry in [one.text.replace("&", "") for one in entries_of if isinstance(one, Entry)]
