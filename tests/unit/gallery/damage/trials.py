"""Everything that is done with a damaged gallery, and what must not come of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from face_match.core.errors import (
    FaceMatchError,
    GalleryDamagedError,
    GalleryWriteError,
    ImageUnreadableError,
    InvalidNameError,
)
from face_match.core.records import Decision, Source
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, RECORDS
from face_match.gallery.storage.gallery_files import read_records
from tests.unit.gallery.damage.healthy import MODEL, embedding, new_face, photo, place_of

SECONDS = 60
"""Longer than all of it takes on a machine that is busy."""
SECRET = b"nobody has asked for this"
VAGUE = ("a record is invalid", "it is not a Face Match gallery", "its history is invalid")
"""What does not say where the damage is."""


@dataclass
class Tried:
    """What came of a damaged gallery.

    Attributes:
        refusals: the errors that say what is the matter.
        complaints: what should not have happened.
    """

    refusals: list[FaceMatchError] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def attempt(self, name: str, do: Callable[[], object]) -> bool:
        """Whether it works; it may be refused, and nothing else."""
        try:
            do()
        except FaceMatchError as exc:
            self.refusals.append(exc)
            if isinstance(exc, GalleryWriteError | InvalidNameError):
                self.complaints.append(f"{name}: {type(exc).__name__}: {exc}"[:300])
            return False
        except Exception as exc:  # noqa: BLE001 - whatever it is, it is what the test is about
            steps = traceback.extract_tb(exc.__traceback__)[-3:]
            where = " < ".join(f"{Path(step.filename).name}:{step.lineno}" for step in reversed(steps))
            self.complaints.append(f"{name}: {type(exc).__name__}: {str(exc)[:200]} at {where}")
            return False
        return True


class Room:
    """Where galleries are tried, with files beside them that no gallery may lead to."""

    def __init__(self, folder: Path) -> None:
        self.gallery = folder / "gallery"
        self._folder = folder
        folder.mkdir()
        (folder / "secret.png").write_bytes(SECRET)
        (folder / "faces_db" / "Grace").mkdir(parents=True)
        (folder / "faces_db" / "Grace" / "secret.png").write_bytes(SECRET)
        self._outside = self._tree()

    def try_out(
        self,
        healthy: Path,
        damage: Callable[[Path], object],
        *,
        is_named: bool = True,
        part: int | None = None,
    ) -> Tried:
        """All that is done with a copy of a gallery once it is damaged.

        Args:
            is_named: what refuses it has to say where the damage is.
            part: do only a third of the changes, the n-th one.
        """
        shutil.rmtree(self.gallery, ignore_errors=True)
        shutil.copytree(healthy, self.gallery)
        damage(self.gallery)
        tried = Tried()
        with _time_limit(tried):
            _try(self.gallery, tried, part)
        if self._tree() != self._outside:
            tried.complaints.append("something outside the gallery has changed")
        if is_named:
            vague = [
                e.detail for e in tried.refusals if isinstance(e, GalleryDamagedError) and e.detail in VAGUE
            ]
            tried.complaints += [f"does not say where: {detail}" for detail in dict.fromkeys(vague)]
        return tried

    def _tree(self) -> dict[str, bytes]:
        found = {}
        for at, folders, files in os.walk(self._folder):
            if Path(at) == self._folder:
                folders[:] = [name for name in folders if name != "gallery"]
            found |= {str(Path(at, name)): Path(at, name).read_bytes() for name in files}
        return found


@contextlib.contextmanager
def _time_limit(tried: Tried) -> Iterator[None]:
    """What takes longer is broken off, where the system can do that."""

    def stop(*_: object) -> NoReturn:
        raise TimeoutError

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    except TimeoutError:
        tried.complaints.append(f"takes more than {SECONDS} s")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _try(folder: Path, tried: Tried, part: int | None) -> None:
    before = _files(folder)
    can_be_read = tried.attempt("open", lambda: _closed(Gallery.open(folder, for_writing=False)))
    if can_be_read:
        look(folder, tried)
    crops = _crops(folder) if can_be_read else {}
    is_whole = not tried.refusals and tried.attempt("read all", lambda: _read_all(folder))
    if _files(folder) != before:
        tried.complaints.append("looking has changed the gallery")
    if not tried.attempt("open for writing", lambda: change(folder, tried, part)):
        if _files(folder) != before:
            tried.complaints.append("refusing it has changed the gallery")
        return
    if not can_be_read:
        tried.complaints.append("can be written to, and not read")
    again = Tried()
    if again.attempt("open again", lambda: _closed(Gallery.open(folder, for_writing=False))):
        look(folder, again)
        if is_whole:
            again.attempt("read all again", lambda: _read_all(folder))
            again.attempt("open for writing again", lambda: _closed(Gallery.open(folder, for_writing=True)))
    if is_whole:
        tried.complaints += [f"what was whole is damaged: {exc}"[:300] for exc in again.refusals]
    tried.complaints += again.complaints
    for face_id, pixels in (_crops(folder) if can_be_read else {}).items():
        if crops.get(face_id) and pixels != crops[face_id]:
            tried.complaints.append(f"the crop of {face_id} is lost")


def _closed(gallery: Gallery) -> None:
    gallery.close()


def _read_all(folder: Path) -> None:
    """The records, as a backup or an export reads them."""
    database = folder / DATABASE
    read_records(database if database.exists() else folder / RECORDS, None)


def _files(folder: Path) -> dict[str, bytes]:
    """But for the lock, the backups, and what SQLite has beside a database."""
    found = {}
    for at, folders, files in os.walk(folder):
        if BACKUPS_FOLDER in folders:
            folders.remove(BACKUPS_FOLDER)
        for name in files:
            if "gallery.lock" not in name and not name.endswith(("-wal", "-shm")):
                found[str(Path(at, name))] = Path(at, name).read_bytes()
    return found


def _crops(folder: Path) -> dict[str, bytes]:
    """The pixels of all faces that have any."""
    found: dict[str, bytes] = {}
    with contextlib.suppress(FaceMatchError), Gallery.open(folder, for_writing=False) as gallery:
        for face in _all_faces(gallery):
            try:
                found[face.id] = gallery.pixels_of(face).tobytes()
            except ImageUnreadableError:
                found[face.id] = b""
    return found


def _all_faces(gallery: Gallery) -> list[Any]:
    named = [face for person in gallery.people for face in gallery.faces_of(person)]
    return [*named, *gallery.unnamed(), *gallery.ignored()]


def look(folder: Path, tried: Tried) -> None:
    """All that is asked of a gallery."""
    with Gallery.open(folder, for_writing=False) as gallery:

        def crops() -> None:
            for face in _all_faces(gallery):
                with contextlib.suppress(ImageUnreadableError):
                    gallery.crop_of(face)

        people = gallery.people
        asked: dict[str, Callable[[], object]] = {
            "faces": lambda: [gallery.faces_of(person) for person in people],
            "covers": lambda: [gallery.cover_of(person) for person in people],
            "rejected": lambda: [
                [r for r in gallery.all_rejections() if r.folder == person.folder] for person in people
            ],
            "unnamed": gallery.unnamed,
            "ignored": gallery.ignored,
            "crops": crops,
            "photos": lambda: gallery.faces_in_each(gallery.photos()),
            "photos at": lambda: gallery.photos_at([str(place_of(number)) for number in range(9)]),
            "photo with": lambda: [gallery.photo_of(photo(number)) for number in range(9)],
            "conflicts": lambda: gallery.faces([conflict.face for conflict in gallery.conflicts()]),
            "history": lambda: (gallery.history, gallery.undone),
            "models": gallery.named_count_by_model,
            "without": lambda: [gallery.without_embedding("new", named=named) for named in (True, False)],
            "vectors": lambda: gallery.embeddings(MODEL, len(embedding(1))),
            "nearest": lambda: [
                gallery.nearest(embedding(1), MODEL, 5, face) for face in (None, *_all_faces(gallery)[:3])
            ],
        }
        for name, do in asked.items():
            tried.attempt(name, do)


def change(folder: Path, tried: Tried, part: int | None = None) -> None:
    """What is done to a gallery; raises what opening it raises."""
    with Gallery.open(folder, for_writing=True) as gallery:
        _undo_and_redo(gallery, tried, 3, 2)
        for number, (name, do) in enumerate(_changes(gallery)):
            if part is None or number % 3 == part % 3:
                tried.attempt(name, do)
        _undo_and_redo(gallery, tried, 50 if part is None else 8, 2)
        tried.attempt("add", lambda: gallery.add("Zoë", new_face(77), photo(77), place_of(77)))


def _undo_and_redo(gallery: Gallery, tried: Tried, steps: int, back: int) -> None:
    """As far as it goes."""
    for name, do, most in (("undo", gallery.undo, steps), ("redo", gallery.redo, back)):
        for _ in range(most):
            before = (gallery.history, gallery.undone)
            if not tried.attempt(name, do) or (gallery.history, gallery.undone) == before:
                break


def _changes(gallery: Gallery) -> Iterator[tuple[str, Callable[[], object]]]:
    def some(what: Sequence[Any], number: int = 0) -> Any:
        return what[min(number, len(what) - 1)] if what else None

    def of_people(do: Callable[[Any], object]) -> Callable[[], object]:
        return lambda: [do(person) for person in gallery.people[:3] if gallery.faces_of(person)]

    def of_unnamed(do: Callable[[list[str]], object]) -> Callable[[], object]:
        def all_of_them() -> None:
            ids = [face.id for face in gallery.unnamed()]
            if ids:
                do(ids)

        return all_of_them

    def import_some() -> None:
        step = gallery.begin_step("imported faces")
        for number in (1, 6, 7):
            gallery.import_name(
                *("Ruth", new_face(number), photo(number), place_of(number)),
                source=Source.METADATA,
                step=step,
            )

    def decide(decision: Decision) -> Callable[[], object]:
        return lambda: gallery.resolve_conflicts([one.id for one in gallery.conflicts()][:1], decision)

    scanned = {"scan": "yunet", "faces": [new_face(60, 10.0), new_face(61, 120.0)]}
    yield "import", import_some
    yield "decide", decide(Decision.THEIRS)
    yield "decide mine", decide(Decision.MINE)
    yield "reject", of_unnamed(lambda ids: gallery.reject(gallery.people[0], ids))
    yield "together", of_unnamed(gallery.cluster_faces)
    yield "apart", of_unnamed(lambda ids: gallery.split_from_cluster(ids[:1], ids[1:]))
    yield (
        "see",
        lambda: [gallery.record_photo(photo(number), place_of(number), **scanned) for number in (1, 6, 7)],
    )
    yield "replace", lambda: gallery.add("Kay", new_face(1), photo(1), place_of(1), replaces=True)
    yield "cover", of_people(lambda person: gallery.set_cover(some(gallery.faces_of(person), 1).id))
    yield "name", of_unnamed(lambda ids: gallery.name_faces(ids, "Una"))
    yield "remove", of_people(lambda p: gallery.remove([face.id for face in gallery.faces_of(p)][:1]))
    yield "ignore", of_unnamed(lambda ids: gallery.ignore(ids[-1:]))
    yield "rename", lambda: gallery.rename(gallery.people[-1], "Vera")
    yield "move", of_people(lambda person: gallery.move([some(gallery.faces_of(person)).id], "Wanda"))
    yield "merge", lambda: gallery.merge(gallery.people[:2], gallery.people[-1])
    yield (
        "vectors",
        lambda: gallery.add_embeddings(
            "new",
            {face.id: embedding(1) for face in gallery.without_embedding("new", named=True)},
            store=True,
        ),
    )
