"""A gallery killed, or failing, at any call that changes the disk is as before or after the edit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from face_match.core.records import Decision, Source
from face_match.gallery import archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER
from face_match.gallery.storage.gallery_files import read_records
from tests.extent import is_all

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

KINDS = ("file", "database", "sealed file", "sealed database")
GROUP, NOWHERE = 10, 11
"""The photos of unnamed faces, and of a face without a crop, in a gallery that was lived in."""


@dataclass(frozen=True)
class Work:
    """Something done to an open gallery, after something else; at how many points it can stop at least.

    Attributes:
        rarer: how many times as far apart the points are that are tried without --all.
    """

    do: Callable[[Gallery, Any], object]
    points: int = 8
    ready: Callable[[Gallery, Any], object] = lambda gallery, faces: None
    rarer: int = 1


def ids(gallery: Gallery, *names: str) -> list[str]:
    """The first face of each person, in order."""
    return [gallery.faces_of(gallery.person(name))[0].id for name in names]


def unnamed(gallery: Gallery, count: int) -> list[str]:
    return [face.id for face in gallery.unnamed()][:count]


def group(gallery: Gallery, faces: Any) -> list[str]:
    """The faces of the photo of a group."""
    record = gallery.photo_of(faces.photo(GROUP))
    assert record is not None
    return [face.id for face in gallery.faces_in(record)]


def name_group(gallery: Gallery, faces: Any) -> object:
    """Two in one photo, one of them rejected for her before, and who another one is not."""
    first, second, *rest = group(gallery, faces)
    return gallery.name_faces([first, second], "Ada", allow_same_photo=True, not_this_person=rest[:1])


def merge(gallery: Gallery, _: object = None) -> object:
    return gallery.merge([gallery.person(name) for name in ("Ada", "Joan")], gallery.person("Grace"))


def undo(gallery: Gallery, _: object = None) -> None:
    assert gallery.undo() is not None


def redo(gallery: Gallery, _: object = None) -> None:
    assert gallery.redo() is not None


def and_undo(do: Callable[[Gallery, Any], object]) -> Callable[[Gallery, Any], None]:
    def both(gallery: Gallery, faces: Any) -> None:
        do(gallery, faces)
        undo(gallery)

    return both


def add_newcomer(gallery: Gallery, faces: Any) -> None:
    faces.add(gallery, "Newcomer", 20)


def add_and_scan(gallery: Gallery, faces: Any) -> None:
    """A face that a scan meets after it was named."""
    faces.add(gallery, "Newcomer", 20)
    faces.scan(gallery, 20, 1)


def add_where_there_is_no_crop(gallery: Gallery, faces: Any) -> None:
    faces.add(gallery, "Newcomer", NOWHERE)


def import_all(gallery: Gallery, faces: Any) -> object:
    """A conflict, somebody new, a face without a crop that is not Ada, somebody known, and the same again."""
    names = {1: "Bob", 20: "Newcomer", NOWHERE: "Joan", GROUP: "Grace", 4: "Grace", 21: "Newcomer"}
    return faces.import_names(gallery, names, Source.FOLDER)


def import_whole(gallery: Gallery, faces: Any) -> None:
    assert [*import_all(gallery, faces)]


def decide(decision: Decision) -> Callable[[Gallery, Any], object]:
    return lambda gallery, _: gallery.resolve_conflicts([one.id for one in gallery.conflicts()], decision)


def undo_all(gallery: Gallery, _: object) -> object:
    """One step after the other, to the beginning, and all of them again."""
    while gallery.undo() is not None:
        yield
    while gallery.redo() is not None:
        yield


def archive_of_others(gallery: Gallery, faces: Any) -> None:
    """Beside the gallery: somebody new, somebody known, and unnamed faces."""
    folder, path = (gallery.folder.with_name(name) for name in ("theirs", "theirs.zip"))
    if not path.exists():
        with Gallery.open(folder, for_writing=True) as theirs:
            faces.add(theirs, "Newcomer", 20)
            faces.add(theirs, "Ada", 21)
            faces.scan(theirs, 22, 2)
        archive.export_archive(folder, None, path)


def import_archive(gallery: Gallery, _: Any) -> object:
    return archive.import_archive(gallery.folder.with_name("theirs.zip"), gallery)


def restore_backup(gallery: Gallery, pattern: str) -> None:
    backup = max((gallery.folder / BACKUPS_FOLDER).glob(pattern))
    gallery.restore(read_records(backup, gallery.vault).contents, backup.stem)


def back_up_and_restore_older(gallery: Gallery, _: Any) -> None:
    """The older backup lacks faces, which an undo would bring back too."""
    gallery.back_up()
    restore_backup(gallery, "2020*")


WORK = {
    "scan a new photo": Work(lambda g, f: f.scan(g, 20, 3), 20),
    "scan a photo in which a face has no crop": Work(lambda g, f: f.scan(g, NOWHERE, 2), 16),
    "scan a photo that was turned and moved": Work(
        lambda g, f: g.record_photo(f.photo(1, 6), f.path(2), scan="yunet"),
    ),
    "scan after something was undone": Work(lambda g, f: f.scan(g, 21, 1), 15, and_undo(add_newcomer)),
    "add somebody new": Work(add_newcomer, 16),
    "add to somebody known": Work(lambda g, f: f.add(g, "Ada", 20), 15),
    "add in the place of another name": Work(lambda g, f: f.add(g, "Ada", 6, replaces=True)),
    "add a face of which there was no crop": Work(add_where_there_is_no_crop, 15),
    "add as the first of a day": Work(
        lambda g, f: f.add(g, "Ada", 20), 20, lambda g, f: shutil.rmtree(g.folder / BACKUPS_FOLDER)
    ),
    "add after something was undone": Work(lambda g, f: f.add(g, "Ada", 21), 15, and_undo(add_newcomer)),
    "import names": Work(import_all, 40),
    "name faces": Work(name_group, 12),
    "reject": Work(lambda g, f: g.reject(g.person("Joan"), unnamed(g, 2))),
    "reject in a photo that is not known": Work(
        lambda g, f: g.reject_at(f.photo(20), f.path(20), f.box(1), g.person("Ada"))
    ),
    "rename": Work(lambda g, f: g.rename(g.person("Ada"), "Augusta")),
    "merge": Work(merge),
    "move": Work(lambda g, f: g.move(ids(g, "Ada", "Grace"), "Joan")),
    "move all of somebody's": Work(lambda g, f: g.move(ids(g, "Joan", "Grace"), "Newcomer")),
    "remove": Work(lambda g, f: g.remove(ids(g, "Ada", "Grace")), 12),
    "remove somebody's last": Work(lambda g, f: g.remove(ids(g, "Joan")), 10),
    "remove and ignore": Work(lambda g, f: g.remove(ids(g, "Ada"), is_ignored=True), 10),
    "set a cover": Work(lambda g, f: g.set_cover(*ids(g, "Ada"))),
    "ignore": Work(lambda g, f: g.ignore(unnamed(g, 2))),
    "show what is ignored": Work(lambda g, f: g.ignore([g.ignored()[0].id], is_ignored=False)),
    "put together": Work(lambda g, f: g.cluster_faces(unnamed(g, 3))),
    "set apart": Work(lambda g, f: g.split_from_cluster(unnamed(g, 2), group(g, f)[3:])),
    "take the names of files": Work(decide(Decision.THEIRS)),
    "keep the names": Work(decide(Decision.MINE)),
    "undo an addition": Work(undo, 8, add_newcomer),
    "undo an addition that a scan has met": Work(undo, 10, add_and_scan),
    "undo the name of a face of which there was no crop": Work(undo, 8, add_where_there_is_no_crop),
    "undo an import": Work(undo, 8, import_whole),
    "undo a merge": Work(undo, 8, merge),
    "undo a removal": Work(undo, 10, lambda g, f: g.remove(ids(g, "Joan", "Ada"))),
    "undo a decision": Work(undo, 8, decide(Decision.THEIRS)),
    "undo everything and redo it": Work(undo_all, 60, rarer=5),
    "redo an addition": Work(redo, 8, and_undo(add_newcomer)),
    "redo an import": Work(redo, 8, and_undo(import_whole)),
    "redo a merge": Work(redo, 8, and_undo(merge)),
    "redo a removal": Work(redo, 10, and_undo(lambda g, f: g.remove(ids(g, "Joan", "Ada")))),
    "import an archive": Work(import_archive, 30, archive_of_others),
    "back up": Work(lambda g, f: g.back_up(), 5),
    "keep vectors of another model": Work(
        lambda g, f: g.add_embeddings(
            "other",
            {face.id: f.embedding(50) for face in g.without_embedding("other", named=True)},
            store=True,
        ),
    ),
}
SEALED_WORK = (
    "add somebody new",
    "name faces",
    "remove somebody's last",
    "import names",
    "import an archive",
    "restore a backup",
    "back up",
)


def turn(of: int) -> list[tuple[str, str]]:
    """Kinds of galleries and works on them. Without --all every other one: a work that is killed in one kind
    fails in the other."""
    return [
        (kind, work)
        for number, work in enumerate(WORK)
        for at, kind in enumerate(KINDS)
        if "sealed" not in kind or work in SEALED_WORK
        if is_all() or (number + at) % 2 == of
    ]


@pytest.mark.parametrize(("kind", "work"), turn(0))
def test_an_edit_killed_at_any_point_is_complete_or_absent(
    kind: str, work: str, trial: Callable[[str], Any]
) -> None:
    tried = trial(kind)
    assert (
        tried.kills_of(tried.points(work, WORK[work].rarer), WORK[work].do, WORK[work].ready)
        >= WORK[work].points
    )


@pytest.mark.parametrize(("kind", "work"), [(k, w) for k, w in turn(1) if "sealed" not in k])
def test_an_edit_that_fails_at_any_point_changes_neither_disk_nor_memory(
    kind: str, work: str, trial: Callable[[str], Any]
) -> None:
    tried = trial(kind)
    assert (
        tried.failures(tried.points(work, WORK[work].rarer), WORK[work].do, WORK[work].ready)
        >= WORK[work].points / 2
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_killed_at_any_point_leaves_no_crop_that_nothing_needs(
    kind: str, trial: Callable[[str], Any], has_no_crop_too_many: Callable[..., None]
) -> None:
    """An undo needs the crops of faces that the older backup lacks, so that new copies of them are made."""
    tried = trial(kind)

    def attempt(at: int, report: Callable[[], None]) -> None:
        with Gallery.open(tried.place, for_writing=True, passphrase=tried.word) as gallery:
            back_up_and_restore_older(gallery, None)
            with tried.disk.killing(at):
                restore_backup(gallery, "0*by hand*")
                report()

    counts = set()
    for at in tried.points("restore a backup"):
        tried.begin_anew()
        end = tried.disk.forked(lambda report, at=at: attempt(at, report))
        with Gallery.open(tried.place, for_writing=True, passphrase=tried.word) as gallery:
            has_no_crop_too_many(gallery, gallery.files_in_history(of_undone=False))
            files = [face.file for person in gallery.people for face in gallery.faces_of(person)]
            assert all(map(gallery.crops.has, filter(None, files)))
            counts.add(len(files))
        if not end.was_killed:
            break
    assert at > 12
    assert len(counts) == 2
