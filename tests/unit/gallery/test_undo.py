"""Undo and redo, on disk and in memory, also after a restart."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryWriteError, UndoImpossibleError
from face_match.core.records import Decision, FaceRecord, Source
from face_match.core.types import Box, Embedding, Photo
from face_match.gallery.gallery import Gallery, ImportOutcome, NamingResult, NewFace
from face_match.gallery.records import history
from face_match.gallery.storage import active_store
from tests.unit.gallery.conftest import values_of

Add = Callable[..., NamingResult]
ScanPhoto = Callable[..., list[FaceRecord]]
Reject = Callable[[Gallery, str, int], None]
AllIn = Callable[[Path], dict[str, Any]]
MakeFace = Callable[..., NewFace]
PhotoOf = Callable[..., Photo]
FaceEmbedding = Callable[[int], Embedding]
FullDisk = Callable[..., contextlib.AbstractContextManager[None]]


def state(gallery: Gallery) -> list[object]:
    """All that is known but where crops are; what the disk holds is the same."""

    def of(one: Gallery) -> list[object]:
        def told(face: FaceRecord) -> tuple[object, ...]:
            models = {model: embedding.tobytes() for model, embedding in face.embeddings.items()}
            has_crop = bool(face.file) and one.crops.has(face.file)
            return *(values_of(face) | {"embeddings": models, "file": ""}).items(), has_crop

        people = sorted(one.people, key=lambda person: person.folder)
        faces = [*(face for p in people for face in one.faces_of(p)), *one.unnamed(), *one.ignored()]
        faces += [face for p in people for face in one.faces_rejected_for(p)]
        everything = sorted({face.id: str(told(face)) for face in faces}.items())
        return [[vars(p) for p in people], everything, one.conflicts(), sorted(map(str, one.photos()))]

    for person in gallery.people:
        assert person.face_count == len(gallery.faces_of(person))
    assert of(Gallery.open(gallery.folder, for_writing=False)) == of(gallery)
    return of(gallery)


def crops(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}


def reopened(gallery: Gallery) -> Gallery:
    gallery.close()
    return Gallery.open(gallery.folder, for_writing=True)


@pytest.fixture
def life(
    add: Add, scan_photo: ScanPhoto, reject: Reject, new_face: MakeFace, photo_of: PhotoOf
) -> list[Callable[[Gallery], object]]:
    """A step of each kind, to be made in this order; before the fifth, photo 2 is scanned."""

    def ids(gallery: Gallery, name: str) -> list[str]:
        return [face.id for face in gallery.faces_of(gallery.person(name))]

    def unnamed(gallery: Gallery) -> list[str]:
        return [face.id for face in gallery.unnamed()]

    def import_photo(gallery: Gallery) -> None:
        step = gallery.begin_step("imported faces")
        for number, name in ((20, "Mary"), (21, "Mary"), (22, "Rosa")):
            done = gallery.import_name(
                name,
                new_face(number),
                photo_of(number),
                Path(f"{number}.jpg"),
                source=Source.FOLDER,
                step=step,
                added=number - 20,
            )
            assert done is ImportOutcome.ADDED

    def decide(gallery: Gallery) -> None:
        step = gallery.begin_step("nothing")
        gallery.import_name(
            "Rosa", new_face(1), photo_of(1), Path("1.jpg"), source=Source.METADATA, step=step
        )
        gallery.resolve_conflicts([one.id for one in gallery.conflicts()], Decision.THEIRS)

    return [
        lambda g: add(g, "Ada", 1),
        lambda g: add(g, "Grace", 2),
        lambda g: add(g, "ada", 3),
        lambda g: reject(g, "Ada", 2),
        lambda g: reject(g, "Ada", 30),
        lambda g: g.name_faces([scan_photo(g, 4, 4, 5)[0].id], "Ada"),
        lambda g: g.set_cover(ids(g, "Ada")[1]),
        lambda g: g.rename(g.person("Ada"), "Ada King"),
        lambda g: g.move(ids(g, "Ada King")[:1], "Grace"),
        lambda g: g.remove(ids(g, "Ada King")[:1]),
        lambda g: g.remove(ids(g, "Grace")[:1], is_ignored=True),
        lambda g: add(g, "Joan", 6),
        lambda g: g.cluster_faces(unnamed(g)),
        lambda g: g.split_from_cluster(unnamed(g)[:1], unnamed(g)[1:]),
        lambda g: g.ignore(unnamed(g)[1:]),
        import_photo,
        decide,
        lambda g: g.merge([g.person("Mary"), g.person("Joan")], g.person("Grace")),
    ]


def test_there_is_nothing_to_undo_or_redo_in_a_new_gallery(gallery: Gallery) -> None:
    assert gallery.undo() is None
    assert gallery.redo() is None


@pytest.mark.parametrize("restarts", [False, True])
def test_undo_and_redo_restore_every_state(
    gallery: Gallery, life: list[Callable[[Gallery], object]], restarts: bool
) -> None:
    states = [state(gallery)]
    for number, do in enumerate(life, start=1):
        do(gallery)
        states.append(state(gallery))
        assert len(gallery.history) == number
    # what a scan has seen, and a conflict that was found, is there without any step
    scans = states[6][3]
    for _ in range(2):
        for expected in reversed(states[:-1]):
            if restarts:
                gallery = reopened(gallery)
            step = gallery.undo()
            assert step is not None
            assert not step.is_undone
            found = state(gallery)
            assert found[0] == expected[0]
            assert {*expected[1]} <= {*found[1]}
        assert gallery.undo() is None
        assert gallery.people == ()
        assert state(gallery)[3] == [photo for photo in scans if "made-up" in photo]
        for expected in states[1:]:
            if restarts:
                gallery = reopened(gallery)
            assert gallery.redo() is not None
            found = state(gallery)
            assert found[0] == expected[0]
            assert {*expected[1]} <= {*found[1]}
        assert gallery.redo() is None
    assert state(gallery) == states[-1]
    gallery.close()


def test_what_was_done_before_a_restart_can_be_undone_after_it(
    gallery: Gallery, folder: Path, add: Add, reject: Reject
) -> None:
    add(gallery, "Ada", 1)
    (face,) = add(gallery, "Grace", 2).faces
    reject(gallery, "Ada", 2)
    gallery.remove([face.id])
    done = [(step.description, step.at) for step in gallery.history]
    gallery.close()
    with Gallery.open(folder, for_writing=True) as opened:
        assert [(step.description, step.at) for step in opened.history] == done
        for description, _ in reversed(done):
            step = opened.undo()
            assert step is not None
            assert step.description == description
            assert state(opened) is not None
        assert opened.undo() is None
        assert opened.people == ()
        assert opened.history == ()
    with Gallery.open(folder, for_writing=True) as emptied:
        assert [(step.description, step.at) for step in emptied.undone] == done
        assert emptied.redo() is not None
        assert [person.name for person in emptied.people] == ["Ada"]


def test_undoing_the_first_face_removes_the_person_and_the_name_is_free(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    add(gallery, "Ada", 1)
    add(gallery, "Grace", 2)
    gallery.undo()
    assert gallery.find("Grace") is None
    assert [m.person.name for m in gallery.nearest(face_embedding(2), "made-up", 9)] == ["Ada"]
    named = add(gallery, "GRACE", 2)
    assert named.is_new
    assert named.person.name == "GRACE"


def test_undoing_a_later_face_leaves_the_person_and_lets_the_photo_be_added_again(
    gallery: Gallery, add: Add
) -> None:
    (first,) = add(gallery, "Ada", 1).faces
    add(gallery, "Ada", 2)
    step = gallery.undo()
    assert step is not None
    assert step.description == "added a face to Ada"
    assert [face.id for face in gallery.faces_of(gallery.person("Ada"))] == [first.id]
    assert not add(gallery, "Ada", 2).is_new


def test_undo_and_redo_return_the_step(gallery: Gallery, add: Add, reject: Reject) -> None:
    add(gallery, "Ada", 1)
    reject(gallery, "Ada", 2)
    words = [step.description for step in (gallery.undo(), gallery.undo()) if step]
    assert words == ["rejected Ada for a face", "added a face to Ada"]
    assert [step.description for step in gallery.undone] == words[::-1]


@pytest.mark.parametrize("restarts", [False, True])
def test_a_new_step_drops_undone_steps_with_their_crops(
    gallery: Gallery, folder: Path, add: Add, reject: Reject, restarts: bool
) -> None:
    (kept,) = add(gallery, "Ada", 1).faces
    (undone,) = add(gallery, "Grace", 2).faces
    gallery.undo()
    assert crops(folder) == {kept.file, undone.file}, "it may be redone"
    if restarts:
        gallery = reopened(gallery)
        assert crops(folder) == {kept.file, undone.file}
    reject(gallery, "Ada", 3)
    assert gallery.redo() is None
    assert gallery.undone == ()
    assert crops(folder) == {kept.file}
    assert not (folder / undone.file).parent.exists()
    gallery.close()


def test_what_is_redone_has_its_crop_and_is_found(
    gallery: Gallery, folder: Path, add: Add, face_embedding: FaceEmbedding
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    gallery.undo()
    gallery = reopened(gallery)
    gallery.redo()
    gallery.close()
    reading = Gallery.open(folder, for_writing=False)
    (match,) = reading.nearest(face_embedding(1), "made-up", 3)
    assert match.face.id == face.id
    assert match.similarity == pytest.approx(1.0, abs=1e-5)
    assert reading.pixels_of(match.face).shape == (24, 20, 3)


def test_undoing_after_embeddings_of_another_model_came_leaves_none_behind_and_redoing_brings_them_back(
    gallery: Gallery, add: Add, face_embedding: FaceEmbedding
) -> None:
    faces = [add(gallery, "Ada", number).faces[0] for number in range(2)]
    gallery.add_embeddings("second", {f.id: face_embedding(50 + n) for n, f in enumerate(faces)}, store=True)
    gallery.undo()
    (match,) = gallery.nearest(face_embedding(51), "second", 9)
    assert match.face.id == faces[0].id
    gallery.undo()
    assert gallery.nearest(face_embedding(50), "second", 9) == []
    assert gallery.people == ()
    gallery = reopened(gallery)
    gallery.redo()
    gallery.redo()
    (match,) = gallery.nearest(face_embedding(51), "second", 1)
    assert (match.face.id, match.similarity) == (faces[1].id, pytest.approx(1, abs=1e-5))
    gallery.close()


def test_rejecting_a_person_twice_is_one_step(
    gallery: Gallery, add: Add, reject: Reject, face_embedding: FaceEmbedding
) -> None:
    add(gallery, "Ada", 1)
    (face,) = add(gallery, "Grace", 2).faces
    for _ in range(2):
        reject(gallery, "Ada", 2)
    assert len(gallery.history) == 3

    def names() -> list[str]:
        now = gallery.face(face.id)
        return [match.person.name for match in gallery.nearest(face_embedding(2), "made-up", 9, now)]

    assert names() == ["Grace"]
    gallery.undo()
    assert names() == ["Grace", "Ada"]


@pytest.mark.parametrize("kind", ["add", "reject", "move", "remove"])
def test_a_step_that_cannot_be_written_leaves_everything_as_it_was_and_can_be_tried_again(
    gallery: Gallery, add: Add, reject: Reject, full_disk: FullDisk, kind: str
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    before = state(gallery)
    if kind == "add":
        add(gallery, "Grace", 2)
    elif kind == "reject":
        reject(gallery, "Ada", 2)
    elif kind == "move":
        gallery.move([face.id], "Joan")
    else:
        gallery.remove([face.id])
    after = state(gallery)
    held = crops(gallery.folder)
    for step, now, then in ((gallery.undo, after, before), (gallery.redo, before, after)):
        with full_disk(), pytest.raises(GalleryWriteError):
            step()
        assert state(gallery) == now
        assert step() is not None
        assert state(gallery) == then
    assert crops(gallery.folder) == held


def test_a_step_of_several_commits_is_undone_and_redone_as_one(
    gallery: Gallery, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    step = gallery.begin_step("imported faces")
    assert gallery.history == ()
    for number, name in enumerate(("Ada", "Grace", "Ada", "Joan")):
        gallery.import_name(
            name,
            new_face(number),
            photo_of(number),
            Path(f"{number}.jpg"),
            source=Source.FOLDER,
            step=step,
            description=lambda added: f"imported {added} from a folder",
            added=number,
        )
        assert [one.description for one in gallery.history] == [f"imported {number + 1} from a folder"]
    after = state(gallery)
    gallery = reopened(gallery)
    undone = gallery.undo()
    assert undone is not None
    assert undone.description == "imported 4 from a folder"
    assert gallery.people == ()
    assert gallery.photos() == []
    gallery = reopened(gallery)
    assert gallery.redo() is not None
    assert state(gallery) == after
    assert gallery.redo() is None
    gallery.close()


def test_a_step_may_begin_before_another_and_be_committed_after_it(
    gallery: Gallery, add: Add, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    """As an import whose first name comes when its user has named somebody else meanwhile."""
    step = gallery.begin_step("imported faces")
    add(gallery, "Grace", 1)
    gallery.import_name("Ada", new_face(2), photo_of(2), Path("a.jpg"), source=Source.FOLDER, step=step)
    after = state(gallery)
    gallery = reopened(gallery)
    assert state(gallery) == after
    for _ in range(2):
        gallery.undo()
    assert gallery.people == ()
    gallery = reopened(gallery)
    for _ in range(2):
        gallery.redo()
    assert state(gallery) == after
    gallery.close()


def test_a_step_undone_while_in_progress_starts_again(
    gallery: Gallery, new_face: MakeFace, photo_of: PhotoOf
) -> None:
    step = gallery.begin_step("imported faces")

    def import_one(number: int) -> None:
        gallery.import_name(
            "Ada", new_face(number), photo_of(number), Path("a.jpg"), source=Source.FOLDER, step=step
        )

    import_one(1)
    gallery.undo()
    import_one(2)
    assert [one.is_undone for one in gallery.history] == [False]
    assert gallery.undone == ()
    assert gallery.person("Ada").face_count == 1
    assert state(gallery) is not None
    gallery.undo()
    assert gallery.people == ()
    assert state(gallery) is not None


def test_steps_beyond_the_history_are_dropped_and_their_additions_kept(
    gallery: Gallery, folder: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    from face_match.gallery import editing

    monkeypatch.setattr(editing, "MAX_STEPS", 3)
    assert history.MAX_STEPS == 1000
    files = [add(gallery, "Ada", number).faces[0].file for number in range(5)]
    assert len(gallery.history) == 3
    gallery = reopened(gallery)
    assert len(gallery.history) == 3
    while gallery.undo() is not None:
        pass
    assert gallery.person("Ada").face_count == 2
    assert crops(folder) == {*files}
    add(gallery, "Ada", 7)
    assert {*files[:2]} < crops(folder)
    assert len(crops(folder)) == 3
    gallery.close()


def test_undoing_an_addition_keeps_a_face_that_a_scan_has_found_since(
    gallery: Gallery, folder: Path, add: Add, scan_photo: ScanPhoto
) -> None:
    (face,) = add(gallery, "Ada", 1).faces
    (met,) = scan_photo(gallery, 1)
    assert met.id == face.id
    gallery.undo()
    assert gallery.people == ()
    (left,) = gallery.unnamed()
    assert (left.id, left.person, left.rejections) == (face.id, None, ())
    assert crops(folder) == {left.file}
    assert left.file.startswith("faces_db/.unnamed/")
    gallery = reopened(gallery)
    gallery.redo()
    (again,) = gallery.faces_of(gallery.person("Ada"))
    assert again.id == face.id
    assert crops(folder) == {again.file}
    assert again.file.startswith("faces_db/Ada/")
    gallery.close()


def test_a_scan_is_no_step_and_earlier_steps_can_be_undone(
    gallery: Gallery, add: Add, scan_photo: ScanPhoto
) -> None:
    add(gallery, "Ada", 1)
    scan_photo(gallery, 2, 2, 3)
    assert len(gallery.history) == 1
    gallery.undo()
    assert gallery.people == ()
    assert len(gallery.unnamed()) == 2
    scan_photo(gallery, 2, 2, 3)
    assert len(gallery.undone) == 1, "it has found nothing new"
    gallery.redo()
    assert gallery.person("Ada").face_count == 1


def test_undo_keeps_a_person_with_newer_faces(
    gallery: Gallery, add: Add, folder: Path, all_in: AllIn
) -> None:
    """Nothing but the last step is ever undone; so only another program can have added them."""
    add(gallery, "Ada", 1)
    gallery.close()
    store = active_store.open_store(folder, for_writing=True, vault=None)
    from face_match.gallery.records.edits import Draft
    from face_match.gallery.records.rows import Table, face_from_row

    (row,) = store.all_rows(Table.FACES)
    draft = Draft()
    draft.face(None, face_from_row({**row, "id": "theirs", "file": "", "place": None}, {}))
    store.commit(draft.edits())
    store.close()
    with Gallery.open(folder, for_writing=True) as opened:
        opened.undo()
        assert [face.id for face in opened.faces_of(opened.person("Ada"))] == ["theirs"]
        assert state(opened) is not None


def test_changes_by_another_program_prevent_undo(gallery: Gallery, add: Add, folder: Path) -> None:
    add(gallery, "Ada", 1)
    gallery.rename(gallery.person("Ada"), "Ada King")
    gallery.close()
    store = active_store.open_store(folder, for_writing=True, vault=None)
    from dataclasses import replace

    from face_match.gallery.records.edits import Draft

    (ada,) = store.people()
    draft = Draft()
    draft.person(ada, replace(ada, name="Countess"))
    store.commit(draft.edits())
    store.close()
    with Gallery.open(folder, for_writing=True) as opened:
        before = state(opened)
        with pytest.raises(UndoImpossibleError):
            opened.undo()
        assert state(opened) == before
        assert len(opened.history) == 2


def test_undo_restores_photos_and_paths(
    gallery: Gallery, new_face: MakeFace, photo_of: PhotoOf, tmp_path: Path
) -> None:
    path = tmp_path / "1.jpg"
    gallery.add("Ada", new_face(1, Box(1, 2, 30, 40)), photo_of(1), path)
    (photo,) = gallery.photos()
    assert photo.path == str(path)
    gallery.undo()
    assert gallery.photos() == []
    gallery = reopened(gallery)
    gallery.redo()
    assert gallery.photos() == [photo]
    assert gallery.faces_in(photo)[0].place == Box(1, 2, 30, 40)
    gallery.close()
