"""Killed, or failing, at any call that changes the disk, a gallery is as before a change or as after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from face_match.gallery import archive
from face_match.gallery.gallery import Gallery
from face_match.gallery.paths import BACKUPS_FOLDER

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")

KINDS = ("file", "database", "sealed file", "sealed database")


@dataclass(frozen=True)
class Work:
    """Something done to an open gallery, after something else; at how many points it can stop at least."""

    do: Callable[[Gallery, Any], object]
    points: int
    ready: Callable[[Gallery, Any], object] = lambda gallery, faces: None


def ids(gallery: Gallery, *names: str) -> list[str]:
    """The first sample of each person, in order."""
    return [gallery.samples_of(gallery.person(name))[0].id for name in names]


def merge(gallery: Gallery, _: object = None) -> object:
    return gallery.merge([gallery.person(name) for name in ("Ada", "Joan")], gallery.person("Grace"))


def undo(gallery: Gallery, _: object = None) -> None:
    assert gallery.undo() is not None


def redo(gallery: Gallery, _: object = None) -> None:
    assert gallery.redo() is not None


def add_and_undo(gallery: Gallery, faces: Any) -> None:
    faces.add(gallery, "Newcomer", 20)
    undo(gallery)


def merge_and_undo(gallery: Gallery, _: object) -> None:
    merge(gallery)
    undo(gallery)


def pack_others(gallery: Gallery, faces: Any) -> None:
    """An archive beside the gallery: a sample more of Ada, one that is there, and somebody new."""
    place = gallery.folder.with_name("others")
    with Gallery.open(place, for_writing=True) as others:
        for name, number in (("Ada", 40), ("Ada", 1), ("Newcomer", 41)):
            faces.add(others, name, number)
    archive.export(place, None, place.with_suffix(".zip"))
    shutil.rmtree(place)


def take_others_in(gallery: Gallery, _: object) -> object:
    return archive.take_in(gallery.folder.with_name("others.zip"), gallery)


WORK = {
    "add somebody new": Work(lambda g, f: f.add(g, "Newcomer", 20), 16),
    "add to somebody known": Work(lambda g, f: f.add(g, "Ada", 20), 15),
    "add as the first of a day": Work(
        lambda g, f: f.add(g, "Ada", 20), 20, lambda g, f: shutil.rmtree(g.folder / BACKUPS_FOLDER)
    ),
    "add after something was taken back": Work(lambda g, f: f.add(g, "Ada", 21), 15, add_and_undo),
    "reject": Work(lambda g, f: g.reject(g.person("Ada"), f.key(30)), 8),
    "rename": Work(lambda g, f: g.rename(g.person("Ada"), "Augusta"), 8),
    "merge": Work(merge, 8),
    "move": Work(lambda g, f: g.move(ids(g, "Ada", "Grace"), "Joan"), 8),
    "move all of somebody's": Work(lambda g, f: g.move(ids(g, "Joan", "Grace"), "Newcomer"), 8),
    "remove": Work(lambda g, f: g.remove(ids(g, "Ada", "Grace")), 8),
    "remove somebody's last": Work(lambda g, f: g.remove(ids(g, "Joan")), 8),
    "undo of an addition": Work(undo, 8, lambda g, f: f.add(g, "Newcomer", 20)),
    "undo of a merge": Work(undo, 8, merge),
    "undo of a removal": Work(undo, 8, lambda g, f: g.remove(ids(g, "Joan", "Ada"))),
    "redo of an addition": Work(redo, 8, add_and_undo),
    "redo of a merge": Work(redo, 8, merge_and_undo),
    "take an archive in": Work(take_others_in, 25, pack_others),
    "back up": Work(lambda g, f: g.back_up(), 5),
    "keep vectors of another model": Work(
        lambda g, f: g.add_vectors(
            "other", {s.id: f.vector(50) for s in g.samples_without("other")}, keep=True
        ),
        8,
    ),
}
SEALED_WORK = ("add somebody new", "remove somebody's last", "take an archive in", "back up")


@pytest.mark.parametrize(
    ("kind", "work"), [(k, w) for w in WORK for k in KINDS if "sealed" not in k or w in SEALED_WORK]
)
def test_a_change_that_is_killed_anywhere_was_made_or_was_not(
    kind: str, work: str, trial: Callable[[str], Any]
) -> None:
    tried = trial(kind)
    assert tried.kills_of(tried.points(work), WORK[work].do, WORK[work].ready) >= WORK[work].points


@pytest.mark.parametrize("kind", KINDS[:2])
@pytest.mark.parametrize("work", WORK)
def test_a_change_that_fails_anywhere_was_not_made_and_memory_is_as_the_disk(
    kind: str, work: str, trial: Callable[[str], Any]
) -> None:
    tried = trial(kind)
    assert tried.failures(tried.points(work), WORK[work].do, WORK[work].ready) >= WORK[work].points / 2
