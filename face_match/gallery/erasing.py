"""Erasing: of one person, or everybody, nothing is left in a gallery's folder; and that is looked at.

What is to go is first written down. From then on it goes, also after a kill: when the gallery is next opened
for writing. The records are written anew without it, databases too, so that no page keeps what was there.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from face_match.durable import MAX_COPY_BYTES, read_file, remove_leftovers, write_file
from face_match.errors import (
    GalleryDamagedError,
    GalleryNewerError,
    ImageUnreadableError,
    PersonNotFoundError,
    gallery_writes,
)
from face_match.gallery import backups, waiting_file
from face_match.gallery.changes import Change, SampleEdit
from face_match.gallery.contents import SAME_FACE_OVERLAP
from face_match.gallery.history import change_record
from face_match.gallery.json_files import MAX_PLAN_BYTES, load_json
from face_match.gallery.kept_files import (
    Kept,
    crop_files,
    generation_of,
    place_of,
    read_kept,
    record_files,
    write_kept,
)
from face_match.gallery.lock import WriterLock
from face_match.gallery.names import name_key
from face_match.gallery.opening import unlock_for_writing
from face_match.gallery.paths import (
    BACKUPS_FOLDER,
    CALIBRATIONS,
    CROPS_FOLDER,
    DATABASE,
    ERASING,
    RECORDS,
    VAULT,
    WAITING_FOLDER,
    safe_crop,
    safe_folder,
)
from face_match.gallery.records import MISREAD, PersonRecord, each, listed, read_box, text, vector_record
from face_match.gallery.samples import Crops, crop_file
from face_match.gallery.stores import journal_of
from face_match.gallery.vault import Vault, from_disk, remember_generation, to_disk
from face_match.gallery.vault import remove as forget_vault
from face_match.gallery.waiting import waiting_files
from face_match.gallery.waiting_file import SeenPhoto, WaitingFace
from face_match.types import Box, Sample

EVERYBODY_MARK = b'"everybody"'
"""In the place of a plan."""

TELLING_BYTES = 6
"""Shorter names occur in a file by chance; those are looked for in what the records say only."""


@dataclass(frozen=True)
class Plan:
    """What is to go of a person.

    Attributes:
        folder: the person's.
        names: what the person is called, and was.
        ids: of samples, with those that were removed and those that only backups have.
        files: of their crops.
        moved: crops of others that lie in the person's folder, and where they go.
        vectors: base64 of the vectors' bytes.
        places: the digests of photos that samples are of, and the boxes of the faces in them.
        generation: of the records of an encrypted gallery when it was written; None in others.
    """

    folder: str
    names: list[str]
    ids: list[str]
    files: list[str]
    moved: dict[str, str]
    vectors: list[str]
    places: list[tuple[str, Sequence[float]]] = field(default_factory=list)
    generation: int | None = None

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Plan:
        """The plan in a file, which may come from others; raises one of MISREAD."""
        return cls(
            safe_folder(told["folder"]),
            each(told["names"], text),
            each(told["ids"], text),
            each(told["files"], safe_crop),
            {safe_crop(old): safe_crop(new) for old, new in dict(told["moved"]).items()},
            each(told["vectors"], text),
            [(text(photo), read_box(listed(place))) for photo, place in told.get("places", [])],
            None if told.get("generation") is None else int(told["generation"]),
        )

    def is_of(self, record: PersonRecord) -> bool:
        """Whether a record is the person's, then or now."""
        keys = set(map(name_key, self.names))
        return record.person.folder == self.folder or name_key(record.person.name) in keys

    def is_in_folder(self, file: str) -> bool:
        """Whether a crop lies in the person's folder, whosever it is."""
        return PurePosixPath(file).parent == PurePosixPath(CROPS_FOLDER, self.folder)

    def is_face(self, face: WaitingFace) -> bool:
        """Whether a face that waits, or waited, is the person's."""
        return any(vector_record(vector) in self._vectors for vector in face.vectors.values()) or any(
            photo == face.photo_digest and face.place.overlap(Box(*place)) >= SAME_FACE_OVERLAP
            for photo, place in self.places
        )

    @cached_property
    def _vectors(self) -> set[str]:
        return set(self.vectors)

    @property
    def photos(self) -> set[str]:
        """The digests of those that samples are of."""
        return {photo for photo, _ in self.places}

    def is_named_in(self, photo: SeenPhoto) -> bool:
        """Whether where a photo lies says a name of the person, in whatever case and form of accents."""
        path = name_key(str(photo.path))
        return any(name_key(name) in path for name in self.names)

    def concerns(self, change: Change) -> bool:
        """Whether a change says anything of the person."""
        told = json.dumps(change_record(change), ensure_ascii=False)
        return any(said in told for said in (*self.names, *self.ids, json.dumps(self.folder)))


@dataclass(frozen=True)
class Erased:
    """What is gone: how many samples and crops, from which files of records; and where anything is left."""

    samples: int
    crops: int
    records: list[str]
    left: list[str]


def purge(folder: Path, name: str, passphrase: str | None = None) -> Erased:
    """Erase a person from a gallery and its backups. It cannot be undone, nor can any change up to the last
    one that concerned the person; later ones can.

    Raises:
        PersonNotFoundError, GalleryDamagedError, GalleryLockedError: nothing is changed.
        GalleryWriteError: the rest goes when the gallery is next opened for writing.
    """
    with WriterLock(folder):
        vault = unlock_for_writing(folder, passphrase)
        backups.open_store(folder, for_writing=True, vault=vault).close()
        plan = _plan(folder, name, vault)
        if vault is not None:
            plan = replace(plan, generation=generation_of(folder, vault))
        with gallery_writes(folder / ERASING):
            write_file(folder / ERASING, to_disk(json.dumps(asdict(plan)).encode(), vault, ERASING))
        erased = finish(folder, vault)
        if vault is not None:  # so that the records from before are not taken for the newest
            remember_generation(folder, vault, generation_of(folder, vault))
        if erased is None:
            raise GalleryDamagedError(folder / ERASING, "it is missing")
        return erased


def clear(folder: Path) -> list[str]:
    """Erase everybody, with the backups and the vault; returns what is left. It cannot be undone.

    Raises:
        GalleryLockedError.
        GalleryWriteError: the rest goes when the gallery is next opened for writing.
    """
    own = (RECORDS, f"{RECORDS}.bak", f"{RECORDS}.outgrown", DATABASE, VAULT, CROPS_FOLDER, ERASING)
    if not any((folder / name).exists() for name in own) and not waiting_files(folder):
        return []  # a folder that is no gallery may have a “backups” of its own
    with WriterLock(folder):
        with gallery_writes(folder / ERASING):
            write_file(folder / ERASING, EVERYBODY_MARK)
        finish(folder, None)
        left = [*record_files(folder), *crop_files(folder), *waiting_files(folder)]
        left += folder.glob(f"{DATABASE}*")
        return [path.relative_to(folder).as_posix() for path in left]


def finish(folder: Path, vault: Vault | None) -> Erased | None:
    """Do what was begun, if something was. The caller holds the writer's lock.

    Raises:
        GalleryWriteError, GalleryDamagedError.
    """
    path = folder / ERASING
    try:
        content = read_file(path, MAX_PLAN_BYTES)
        if content == EVERYBODY_MARK:  # which is written without the passphrase
            plan = None
        else:
            plan = Plan.read(load_json(from_disk(content, vault, ERASING, path)))
    except FileNotFoundError:
        return None
    except (*MISREAD, OSError) as exc:
        raise GalleryDamagedError(path, "it does not say what was to be erased") from exc
    erased = None
    if plan is None:
        _erase_all(folder)
    else:
        _require_of_now(plan, folder, vault)
        erased = _erase(folder, plan, vault)
    with gallery_writes(path):
        path.unlink()
    return erased


def _require_of_now(plan: Plan, folder: Path, vault: Vault | None) -> None:
    """Refuse a plan that was carried out before, and was put back: who was erased may be there again since.

    Carrying it out makes one generation of the records more. Version 0.1 wrote none down.

    Raises:
        GalleryDamagedError.
    """
    if vault is None or (plan.generation is None and not vault.is_strict):
        return
    if plan.generation is None or generation_of(folder, vault) > plan.generation + 1:
        raise GalleryDamagedError(folder / ERASING, "it is older than the records: delete that file")


def _erase_all(folder: Path) -> None:
    for path in [*record_files(folder), *journal_of(folder / DATABASE)]:
        with gallery_writes(path):
            path.unlink(missing_ok=True)
    for path in (folder / BACKUPS_FOLDER, folder / CROPS_FOLDER, folder / WAITING_FOLDER):
        with gallery_writes(path), contextlib.suppress(FileNotFoundError):
            shutil.rmtree(path)
    remove_leftovers(folder)
    with contextlib.suppress(GalleryDamagedError, GalleryNewerError):  # no matter: it goes
        forget_vault(folder)
    with gallery_writes(folder / VAULT):
        (folder / VAULT).unlink(missing_ok=True)


def _erase(folder: Path, plan: Plan, vault: Vault | None) -> Erased:
    crops = Crops(folder, vault)
    for old, new in plan.moved.items():
        with contextlib.suppress(ImageUnreadableError):  # nothing is there, or nothing that can be read
            crops.write_bytes(new, crops.read_bytes(old))
    live = [folder / DATABASE, folder / RECORDS]
    changed = [file for file in live if file.exists() and _erase_from(file, plan, vault)]
    changed += [file for file in record_files(folder) if file not in live and _erased(file, plan, vault)]
    of_person = {*plan.files, *filter(plan.is_in_folder, crops.files())}
    gone = [file for file in of_person if crops.has(file)]
    for file in gone:
        crops.delete(file)
    crops.remove_empty_folders()
    _strip_waiting(folder, plan, vault)
    with gallery_writes(folder / CALIBRATIONS):
        (folder / CALIBRATIONS).unlink(missing_ok=True)
    for place in (folder, folder / BACKUPS_FOLDER, folder / WAITING_FOLDER):
        remove_leftovers(place)
    return Erased(
        samples=len(plan.ids),
        crops=len({*gone} - plan.moved.keys()),
        records=[file.relative_to(folder).as_posix() for file in changed],
        left=_traces(folder, plan, vault),
    )


def _strip_waiting(folder: Path, plan: Plan, vault: Vault | None) -> None:
    """Of the person's faces, places in photos stay, so that they are not asked about again; where photos lie
    is forgotten if the name is said there. What cannot be read goes, if it could tell of the person."""
    for file in waiting_files(folder):
        with gallery_writes(file):
            try:
                photo = waiting_file.read(file, vault)
                crops = waiting_file.read_crops(photo, vault)
            except (*MISREAD, GalleryDamagedError):
                told = _opened(file, vault)
                escaped = [json.dumps(name)[1:-1] for name in plan.names]
                if any(
                    said.encode() in told for said in (*plan.names, *escaped, *plan.vectors, *plan.photos)
                ):
                    file.unlink()
                continue
            faces = tuple(
                replace(face.stripped(), is_ignored=True) if plan.is_face(face) else face
                for face in photo.faces
            )
            if faces != photo.faces or plan.is_named_in(photo):
                photo = replace(photo, faces=faces)
                waiting_file.write(photo.somewhere() if plan.is_named_in(photo) else photo, crops, vault)


def _plan(folder: Path, name: str, vault: Vault | None) -> Plan:
    live = next(file for file in (folder / DATABASE, folder / RECORDS, folder) if file.exists())
    if live == folder:
        raise PersonNotFoundError(name)
    kept = [_readable(file, vault) for file in [live, *(f for f in record_files(folder) if f != live)]]
    now = kept[0]
    person = next((r.person for r in now.records if name_key(r.person.name) == name_key(name)), None)
    if person is None:
        raise PersonNotFoundError(name)
    others = [record for record in now.records if record.person.folder != person.folder]
    owner = {sample.id: (record.person.folder, sample) for record in others for sample in record.samples}
    called = {name_key(record.person.name) for record in others}
    first = Plan(person.folder, [person.name], [], [], {}, [])
    names, told = {person.name}, list[Sample]()
    for then in kept:
        for record in filter(first.is_of, then.records):
            names.add(record.person.name)
            told += record.samples
        told += [sample for whose, sample in _samples_in(then.history) if whose == person.folder]
    told = [sample for sample in told if sample.id not in owner]  # several times, and not always with vectors
    plan = replace(
        first,
        names=sorted(n for n in names if name_key(n) not in called),
        ids=sorted({sample.id for sample in told}),
        moved={
            sample.file: crop_file(whose, uuid.uuid4().hex)
            for whose, sample in owner.values()
            if first.is_in_folder(sample.file)
        },
        vectors=sorted({vector_record(vector) for sample in told for vector in sample.vectors.values()}),
        places=sorted({(sample.photo_digest, sample.place) for sample in told if sample.place is not None}),
    )
    stays = {sample.id for _, sample in _samples_in(_later(now.history, plan))}
    removed = [s for _, s in _samples_in(now.history) if s.id not in stays and s.id not in owner]
    of_others = {sample.file for _, sample in owner.values()}  # records edited by hand may share a crop
    return replace(plan, files=sorted({sample.file for sample in (*removed, *told)} - of_others))


def _readable(file: Path, vault: Vault | None) -> Kept:
    try:
        return read_kept(file, vault)
    except (GalleryDamagedError, GalleryNewerError):
        return Kept([], [])


def _samples_in(history: Iterable[Change]) -> Iterator[tuple[str, Sample]]:
    """The samples that changes were about, and whose they were before and after."""
    for change in history:
        for edit in change.edits:
            if isinstance(edit, SampleEdit):
                yield from (filed for filed in (edit.before, edit.after) if filed is not None)


def _later(history: Sequence[Change], plan: Plan) -> list[Change]:
    """The changes after the last one that concerns the person: only those still make sense."""
    last = max((number for number, change in enumerate(history) if plan.concerns(change)), default=-1)
    return list(history[last + 1 :])


def _without(records: Iterable[PersonRecord], plan: Plan) -> Iterator[PersonRecord]:
    gone = set(plan.ids)
    for record in records:
        if plan.is_of(record):
            continue
        own = [sample for sample in record.samples if sample.id not in gone]
        if own or not record.samples:
            samples = tuple(replace(s, file=plan.moved.get(s.file, s.file)) for s in own)
            person = replace(record.person, sample_count=len(samples))
            person = person.with_cover(None) if person.cover in gone else person
            yield replace(record, person=person, samples=samples)


def _erase_from(file: Path, plan: Plan, vault: Vault | None) -> bool:
    """Whether there was something in it."""
    kept = read_kept(file, vault)
    records, history = list(_without(kept.records, plan)), _later(kept.history, plan)
    if len(history) == len(kept.history) and _told_of(records) == _told_of(kept.records):
        return False
    write_kept(file, Kept(records, history, kept.generation + 1), vault)
    return True


def _told_of(records: Iterable[PersonRecord]) -> list[tuple[str, str | None, list[str]]]:
    """What erasing somebody changes of everybody."""
    return [
        (record.person.folder, record.person.cover, [sample.file for sample in record.samples])
        for record in records
    ]


def _erased(file: Path, plan: Plan, vault: Vault | None) -> bool:
    """The same of records before: those that cannot be read go, if they could tell of the person."""
    try:
        return _erase_from(file, plan, vault)
    except (GalleryDamagedError, GalleryNewerError):
        with gallery_writes(file):
            told = _opened(file, vault)
            is_telling = any(said.encode() in told for said in (*plan.names, *plan.ids))
            if is_telling:
                file.unlink()
            return is_telling


def _opened(file: Path, vault: Vault | None) -> bytes:
    content = read_file(file, MAX_COPY_BYTES, follows_links=False)
    with contextlib.suppress(GalleryDamagedError):
        content = from_disk(content, vault, place_of(file), file)
    return content


def _says(path: Path, said: Sequence[bytes], vault: Vault | None) -> bool:
    """Whether a file has any of some bytes in it, sealed or not; what a link leads to is not of the gallery.

    Raises:
        OSError: it cannot be read, or is too large to be one that the program made.
    """
    if path.is_symlink() or not path.is_file():
        return False
    content = read_file(path, MAX_COPY_BYTES, follows_links=False)
    with contextlib.suppress(GalleryDamagedError):
        content = from_disk(content, vault, place_of(path), path)
    return any(one in content for one in said)


def _traces(folder: Path, plan: Plan, vault: Vault | None) -> list[str]:
    """Where the person's names, ids or vectors are found all the same.

    Crops are of pixels alone: of them only what they are called is looked at.
    """
    records = {file: _readable(file, vault) for file in record_files(folder)}
    told = {
        said for kept in records.values() for r in kept.records for said in (r.person.name, r.person.folder)
    }
    telling = [n for n in plan.names if len(n.encode()) >= TELLING_BYTES and not any(n in t for t in told)]
    called = (*telling, *plan.ids)
    written = [said.encode() for said in (*called, *plan.vectors)]
    written += [base64.b64decode(vector) for vector in plan.vectors]
    crops = crop_files(folder)
    found = {file for file in Crops(folder, vault).files() if any(said in file for said in called)}
    for path in sorted({*folder.rglob("*")} - {*crops, folder / ERASING}):
        name = path.relative_to(folder).as_posix()
        try:
            is_said = any(said in name for said in called) or _says(path, written, vault)
        except OSError as exc:  # which must not keep the rest from being completed
            found.add(f"{name} (not searched: {exc.strerror})")
            continue
        if is_said:
            found.add(name)
    for file, kept in records.items():
        is_there = any(plan.is_of(r) or any(s.id in plan.ids for s in r.samples) for r in kept.records)
        if is_there or any(map(plan.concerns, kept.history)):
            found.add(file.relative_to(folder).as_posix())
    for file in waiting_files(folder):
        with contextlib.suppress(*MISREAD, OSError, GalleryDamagedError):
            photo = waiting_file.read(file, vault)
            if plan.is_named_in(photo) or any(face.is_kept and plan.is_face(face) for face in photo.faces):
                found.add(file.relative_to(folder).as_posix())
    return sorted(found)
