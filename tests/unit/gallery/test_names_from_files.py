"""A name in a file never overrules the user: it becomes a conflict to resolve."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import AlreadyAddedError, FaceNamedError, InvalidNameError
from face_match.core.records import Conflict, Decision, FaceRecord, Source
from face_match.core.types import Box, Photo
from face_match.gallery.gallery import Gallery, ImportOutcome, NamingResult, NewFace

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
PhotoOf = Callable[..., Photo]
MakeFace = Callable[..., NewFace]
Import = Callable[..., ImportOutcome]

PLACE = Box(100.0, 80.0, 60.0, 75.0)
FOUND = PLACE._replace(x=104.0)


@pytest.fixture
def import_one(new_face: MakeFace, photo_of: PhotoOf) -> Import:
    """Imports face number n of photo number n under a name, as an import of its own; found a little off."""

    def do(gallery: Gallery, name: str, number: int, place: Box | None = FOUND) -> ImportOutcome:
        return gallery.import_name(
            name,
            new_face(number, place),
            photo_of(number),
            Path(f"/photos/{number}.jpg"),
            source=Source.FOLDER,
            step=gallery.begin_step("imported"),
        )

    return do


def names_in(gallery: Gallery) -> dict[str, int]:
    return {person.name: person.face_count for person in gallery.people}


@pytest.fixture
def imported(gallery: Gallery, import_one: Import) -> FaceRecord:
    """Ada's one face, of photo 1, as an import has named it."""
    assert import_one(gallery, "Ada", 1) is ImportOutcome.ADDED
    (face,) = gallery.faces_of(gallery.person("Ada"))
    return face


def test_the_same_import_again_changes_nothing(
    gallery: Gallery, imported: FaceRecord, import_one: Import, files_in: Callable[[Path], dict[str, bytes]]
) -> None:
    before = files_in(gallery.folder)
    for name in ("Ada", " ADA"):
        assert import_one(gallery, name, 1) is ImportOutcome.KNOWN
    assert files_in(gallery.folder) == before
    assert len(gallery.history) == 1
    assert gallery.conflicts() == []


SAID: dict[str, Callable[[Gallery, FaceRecord], object]] = {
    "renamed": lambda g, face: g.rename(g.person("Ada"), "Augusta"),
    "merged": lambda g, face: g.merge([g.person("Ada")], g.person("Grace")),
    "moved": lambda g, face: g.move([face.id], "Grace"),
    "moved to somebody new": lambda g, face: g.move([face.id], "Joan"),
    "removed": lambda g, face: g.remove([face.id]),
    "removed and ignored": lambda g, face: g.remove([face.id], is_ignored=True),
}
"""What a person can say of an imported face, so that it is not who the file says."""


@pytest.mark.parametrize("said", SAID)
def test_a_second_import_does_not_restore_a_corrected_name(
    gallery: Gallery, imported: FaceRecord, add: Add, import_one: Import, said: str
) -> None:
    add(gallery, "Grace", 2)
    SAID[said](gallery, imported)
    before, steps = names_in(gallery), len(gallery.history)
    assert "Ada" not in before
    for _ in range(2):
        assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT
    assert (names_in(gallery), len(gallery.history)) == (before, steps)
    with contextlib.closing(Gallery.open(gallery.folder, for_writing=False)) as reading:
        (conflict,) = reading.conflicts()
    assert conflict == gallery.conflicts()[0]
    assert (conflict.face, conflict.name, conflict.source) == (imported.id, "Ada", Source.FOLDER)
    assert conflict.path == "/photos/1.jpg"


@pytest.fixture(params=SAID)
def corrected(
    gallery: Gallery, imported: FaceRecord, add: Add, import_one: Import, request: pytest.FixtureRequest
) -> FaceRecord:
    """Ada's face, of which a person has said something else, and then the import was done again."""
    add(gallery, "Grace", 2)
    SAID[request.param](gallery, imported)
    import_one(gallery, "Ada", 1)
    return imported


@pytest.mark.parametrize("decision", [Decision.MINE, Decision.THEIRS])
def test_resolving_a_conflict_is_one_undoable_step(
    gallery: Gallery, corrected: FaceRecord, import_one: Import, decision: Decision
) -> None:
    imported = corrected
    before = names_in(gallery), gallery.conflicts(), gallery.face(imported.id).person
    assert gallery.resolve_conflicts([before[1][0].id], decision) == 1
    assert gallery.conflicts() == []
    after = names_in(gallery)
    face = gallery.face(imported.id)
    if decision is Decision.MINE:
        assert after == before[0]
        assert import_one(gallery, "Ada", 1) is ImportOutcome.KNOWN, "it is not asked again"
        assert gallery.conflicts() == []
    else:
        assert gallery.person("Ada").face_count == 1
        assert (face.person, face.is_ignored, face.rejections) == (gallery.person("Ada").folder, False, ())
        assert import_one(gallery, "Ada", 1) is ImportOutcome.KNOWN
    assert gallery.resolve_conflicts([before[1][0].id], decision) == 0
    assert gallery.undo() is not None
    assert (names_in(gallery), gallery.conflicts(), gallery.face(imported.id).person) == before
    assert gallery.redo() is not None
    assert (names_in(gallery), gallery.conflicts()) == (after, [])
    assert gallery.undo() is not None
    assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT


def test_taking_the_files_name_again_after_it_was_corrected_again_is_a_conflict_again(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    gallery.move([imported.id], "Grace")
    import_one(gallery, "Ada", 1)
    gallery.resolve_conflicts([gallery.conflicts()[0].id], Decision.THEIRS)
    gallery.move([imported.id], "Grace")
    assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT
    assert len(gallery.conflicts()) == 1


@pytest.mark.parametrize("said", ["rejected", "ignored"])
def test_decisions_about_unnamed_faces_outrank_files(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto, import_one: Import, said: str
) -> None:
    add(gallery, "Ada", 2)
    (face,) = scan_photo(gallery, 1)
    if said == "rejected":
        gallery.reject(gallery.person("Ada"), [face.id])
    else:
        gallery.ignore([face.id])
    assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT
    assert gallery.face(face.id).person is None
    if said == "rejected":
        assert import_one(gallery, "Grace", 1) is ImportOutcome.ADDED, "only of Ada it was said"
        assert gallery.face(face.id).person == "Grace"


def test_an_undecided_face_gets_the_name_from_the_file(
    gallery: Gallery, scan_photo: ScanPhoto, import_one: Import
) -> None:
    (face,) = scan_photo(gallery, 1)
    assert import_one(gallery, "Ada", 1) is ImportOutcome.ADDED
    (named,) = gallery.faces_of(gallery.person("Ada"))
    assert named.id == face.id
    assert gallery.unnamed() == []
    gallery.undo()
    assert [one.id for one in gallery.unnamed()] == [face.id]


def test_each_name_for_a_face_is_one_conflict(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    gallery.move([imported.id], "Grace")
    for name in ("Ada", "Joan", " ada ", "JOAN"):
        assert import_one(gallery, name, 1) is ImportOutcome.CONFLICT
    assert sorted(one.name for one in gallery.conflicts()) == ["Ada", "Joan"]
    ids = [one.id for one in gallery.conflicts()]
    assert gallery.resolve_conflicts([*ids, *ids, "no such"], Decision.MINE) == 2


def test_a_person_who_loses_the_last_face_to_a_file_returns_with_undo(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    gallery.move([imported.id], "Grace")
    gallery.set_cover(imported.id)
    import_one(gallery, "Ada", 1)
    gallery.resolve_conflicts([gallery.conflicts()[0].id], Decision.THEIRS)
    assert names_in(gallery) == {"Ada": 1}
    gallery.undo()
    assert names_in(gallery) == {"Grace": 1}
    assert gallery.person("Grace").cover == imported.id


def test_conflicts_of_several_faces_are_resolved_at_once(
    gallery: Gallery, import_one: Import, folder: Path
) -> None:
    ids = []
    for number in range(1, 4):
        import_one(gallery, "Ada", number)
    faces = gallery.faces_of(gallery.person("Ada"))
    gallery.move([face.id for face in faces], "Grace")
    for number in range(1, 4):
        import_one(gallery, "Ada", number)
    ids = [one.id for one in gallery.conflicts()]
    assert gallery.resolve_conflicts(ids[:2], Decision.THEIRS) == 2
    assert names_in(gallery) == {"Grace": 1, "Ada": 2}
    assert [one.face for one in gallery.conflicts()] == [faces[2].id]
    with contextlib.closing(Gallery.open(folder, for_writing=False)) as reading:
        assert names_in(reading) == {"Grace": 1, "Ada": 2}


def test_a_face_has_one_person_whatever_is_added(
    gallery: Gallery, add: Add, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    with pytest.raises(AlreadyAddedError):
        gallery.add("Ada", new_face(1, PLACE._replace(x=105.0)), photo_of(1))
    with pytest.raises(FaceNamedError) as caught:
        gallery.add("Grace", new_face(1, PLACE._replace(y=84.0)), photo_of(1))
    assert caught.value.person == "Ada"
    assert names_in(gallery) == {"Ada": 1}
    named = gallery.add("Grace", new_face(1, PLACE._replace(y=84.0)), photo_of(1), replaces=True)
    assert (named.faces[0].id, named.replaced and named.replaced.name) == (face.id, "Ada")
    assert names_in(gallery) == {"Grace": 1}
    assert gallery.history[-1].description == "moved a face from Ada to Grace"
    gallery.undo()
    assert names_in(gallery) == {"Ada": 1}
    gallery.redo()
    assert names_in(gallery) == {"Grace": 1}


def test_the_face_with_the_best_overlap_is_matched(
    gallery: Gallery, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    near, far = PLACE._replace(x=PLACE.x + 12), PLACE._replace(x=PLACE.x - 15)
    seen = gallery.record_photo(photo_of(1), faces=[new_face(1, far), new_face(2, near)])
    assert len(seen.new_faces) == 2
    named = gallery.add("Ada", new_face(3), photo_of(1))
    assert [face.place for face in named.faces] == [near]


@pytest.mark.parametrize("name", ["", "\u200b"], ids=ascii)
def test_an_invalid_name_is_refused_and_nothing_is_stored(
    gallery: Gallery, import_one: Import, name: str
) -> None:
    with pytest.raises(InvalidNameError):
        import_one(gallery, name, 1)
    assert gallery.photos() == []


def test_a_whole_photo_of_a_folder_is_known_once_the_person_has_a_face_in_it(
    gallery: Gallery, import_one: Import
) -> None:
    """Of pictures in which no face is found, the place of the face is unknown."""
    assert import_one(gallery, "Ada", 1, None) is ImportOutcome.ADDED
    assert import_one(gallery, "Ada", 1, None) is ImportOutcome.KNOWN
    assert import_one(gallery, "Ada", 1) is ImportOutcome.KNOWN
    assert names_in(gallery) == {"Ada": 1}


def test_a_conflict_goes_with_its_face_and_comes_back_with_it(
    gallery: Gallery, add: Add, import_one: Import
) -> None:
    add(gallery, "Grace", 1)
    import_one(gallery, "Ada", 1)
    conflicts: list[Conflict] = gallery.conflicts()
    assert len(conflicts) == 1
    for _ in range(2):
        gallery.undo()
        assert gallery.conflicts() == []
        gallery.redo()
        assert gallery.conflicts() == conflicts


def test_a_name_no_longer_in_the_file_is_no_conflict(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    """Its other names stay, and so do those of other files and kinds of files."""
    gallery.rename(gallery.person("Ada"), "Countess")
    path, other = Path("/photos/1.jpg"), Path("/photos/2.jpg")
    for name in ("Ada", "Grace"):
        assert import_one(gallery, name, 1) is ImportOutcome.CONFLICT
    gallery.drop_stale_conflicts(Source.METADATA, path, [])
    gallery.drop_stale_conflicts(Source.FOLDER, other, [])
    assert conflicts_in(gallery) == {"Ada", "Grace"}
    steps = gallery.history
    gallery.drop_stale_conflicts(Source.FOLDER, path, [" grace"])
    assert conflicts_in(gallery) == {"Grace"}
    gallery.drop_stale_conflicts(Source.FOLDER, path, ["Countess"])
    assert conflicts_in(gallery) == set()
    assert gallery.history == steps, "it is no step"


def test_a_resolved_conflict_is_not_asked_again(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    gallery.rename(gallery.person("Ada"), "Countess")
    import_one(gallery, "Ada", 1)
    gallery.resolve_conflicts([one.id for one in gallery.conflicts()], Decision.MINE)
    gallery.drop_stale_conflicts(Source.FOLDER, Path("/photos/1.jpg"), [])
    assert import_one(gallery, "Ada", 1) is ImportOutcome.KNOWN
    gallery.undo()
    assert conflicts_in(gallery) == {"Ada"}


def test_resolving_a_stale_conflict_can_be_redone(
    gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    gallery.rename(gallery.person("Ada"), "Countess")
    import_one(gallery, "Ada", 1)
    gallery.resolve_conflicts([one.id for one in gallery.conflicts()], Decision.THEIRS)
    gallery.undo()
    gallery.drop_stale_conflicts(Source.FOLDER, Path("/photos/1.jpg"), [])
    assert gallery.redo() is not None
    assert names_in(gallery) == {"Ada": 1}


@pytest.mark.parametrize("correct", ["rename", "remove", "ignore"])
def test_an_undone_correction_is_no_user_decision(
    correct: str, gallery: Gallery, imported: FaceRecord, import_one: Import
) -> None:
    """So it is in conflict with nothing; it is again once it is redone."""
    if correct == "rename":
        gallery.rename(gallery.person("Ada"), "Countess")
    else:
        gallery.remove([imported.id], is_ignored=correct == "ignore")
    assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT
    gallery.undo()
    assert conflicts_in(gallery) == set()
    gallery.redo()
    assert conflicts_in(gallery) == {"Ada"}


def test_when_all_is_undone_there_are_no_conflicts_and_the_same_import_adds_again(
    gallery: Gallery, scan_photo: ScanPhoto, import_one: Import
) -> None:
    (face,) = scan_photo(gallery, 1)
    import_one(gallery, "Ada", 1)
    gallery.move([face.id], "Grace")
    assert import_one(gallery, "Ada", 1) is ImportOutcome.CONFLICT
    while gallery.undo() is not None:
        pass
    assert (names_in(gallery), conflicts_in(gallery)) == ({}, set())
    assert import_one(gallery, "Ada", 1) is ImportOutcome.ADDED


def conflicts_in(gallery: Gallery) -> set[str]:
    return {conflict.name for conflict in gallery.conflicts()}
