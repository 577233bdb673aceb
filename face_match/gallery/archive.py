"""A gallery as one file that can be carried away: a ZIP of its records and crops, with a manifest.

    embeddings.json            the records, as `json_store` describes them, without history
    faces_db/<person>/1.png …  the crops
    manifest.json              {"format": "face-match archive", "version": 1,
                                "missing": [<crops that records name and the gallery has lost>],
                                "files": {"<name>": {"size": <bytes>, "sha256": "<hex>"}}}

Unpacked it is a gallery. The same people, samples and rejections give the same bytes: nothing has a date, and
nothing is packed, for which crops are too dense. An archive is not encrypted, whether the gallery is or not.
"""

from __future__ import annotations

import contextlib
import json
import stat
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from face_match.durable import file_to_be
from face_match.errors import CancelledError, GalleryWriteError, ImageUnreadableError, gallery_writes
from face_match.gallery import backups, json_store
from face_match.gallery.archive_file import FORMAT, MANIFEST, VERSION, ArchiveFile, measured
from face_match.gallery.gallery import Gallery
from face_match.gallery.intake import added_by
from face_match.gallery.json_files import MAX_RECORDS_BYTES
from face_match.gallery.names import Folders
from face_match.gallery.paths import CROPS_FOLDER, RECORDS
from face_match.gallery.records import PersonRecord, document
from face_match.gallery.samples import Crops, crop_file
from face_match.gallery.vault import Vault
from face_match.image_files import image_suffix
from face_match.types import IsCancelled, OnProgress, never_cancelled, no_progress


@dataclass(frozen=True)
class Exported:
    """How much is in an archive.

    Attributes:
        missing: samples whose crops are lost or damaged; their records are in it.
    """

    people: int
    samples: int
    missing: int


@dataclass(frozen=True)
class TakenIn:
    """What came of an import: of how many people and samples in the archive how many are new."""

    people: int
    samples: int
    new_people: int
    added: int


def export(
    folder: Path,
    vault: Vault | None,
    path: Path,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Exported:
    """Write a gallery, as it is now, into an archive; others may go on changing it.

    Raises:
        CancelledError, GalleryWriteError: there is no archive, or the one that was there.
        GalleryDamagedError, GalleryNewerError.
    """
    crops = Crops(folder, vault)
    store = backups.open_store(folder, for_writing=False, vault=vault)
    try:
        people = len(store.people())
        with gallery_writes(path), file_to_be(path) as new, zipfile.ZipFile(new, "w") as archive:
            written, missing, files = dict[str, object](), list[str](), dict[str, str]()
            records = document(_arranged(store.records(), files), [], json_store.HEAD)
            with contextlib.closing(records):
                written[RECORDS] = _put(archive, RECORDS, records)
            if archive.getinfo(RECORDS).file_size > MAX_RECORDS_BYTES:
                raise GalleryWriteError(path, "its records would be too large to be read again")
            for done, (name, file) in enumerate(files.items()):
                if is_cancelled():
                    raise CancelledError
                on_progress(done, len(files))
                try:
                    crop = crops.read_bytes(file)
                    image_suffix(crop, file)
                except ImageUnreadableError:
                    missing.append(name)
                else:
                    written[name] = _put(archive, name, [crop])
            head = {"format": FORMAT, "version": VERSION, "missing": missing, "files": written}
            _put(archive, MANIFEST, [json.dumps(head, ensure_ascii=False, indent=1).encode()])
    finally:
        store.close()
    on_progress(len(files), len(files))
    return Exported(people, len(files), len(missing))


def take_in(
    path: Path,
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> TakenIn:
    """Make an archive's people a gallery's too, as one change that can be taken back; a backup comes first.

    What the gallery has already is passed over, so that an archive can be taken in again.

    Raises:
        ArchiveUnusableError, GalleryNewerError, CancelledError, GalleryWriteError: the gallery is as it was.
    """
    people = len(gallery.people)
    crops = gallery.crops
    with ArchiveFile(path) as archive, contextlib.ExitStack() as on_failure:
        records = archive.look_through(on_progress, is_cancelled)
        lacking = gallery.lacking(records)
        if people:
            gallery.back_up(backups.BEFORE_IMPORT)
        files = dict[str, str]()
        for done, (folder, sample) in enumerate(lacking):
            if is_cancelled():
                raise CancelledError
            on_progress(done, len(lacking))
            crop = archive.crop_of(sample)
            suffix = ".png" if crop is None else image_suffix(crop, path.name)
            files[sample.id] = file = crop_file(folder, uuid.uuid4().hex, suffix)
            on_failure.callback(crops.delete, file)
            if crop is not None:
                crops.write_bytes(file, crop)
        change = gallery.take_in([_with_files(record, files) for record in records])
        on_failure.pop_all()
    on_progress(len(lacking), len(lacking))
    added = {sample.id for _, sample in added_by(change.edits)} if change is not None else set()
    for sample_id in files.keys() - added:  # which the gallery has got in the meantime
        crops.delete(files[sample_id])
    samples = sum(len(record.samples) for record in records)
    return TakenIn(len(records), samples, len(gallery.people) - people, len(added))


def _arranged(records: Iterable[PersonRecord], files: dict[str, str]) -> Iterator[PersonRecord]:
    """The same with crops in folders that are called as people are now.

    Args:
        files: gets where each crop lies in the gallery, by its name in the archive.
    """
    folders = Folders()
    for record in records:
        folder = folders.take(record.person.name)
        samples = []
        for number, sample in enumerate(record.samples, start=1):
            suffix = PurePosixPath(sample.file).suffix.lower()
            name = f"{CROPS_FOLDER}/{folder}/{number}{suffix if suffix[1:].isalnum() else '.png'}"
            files[name] = sample.file
            samples.append(replace(sample, file=name))
        yield replace(record, person=replace(record.person, folder=folder), samples=tuple(samples))


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, object]:
    """Write a file into an archive; returns what the manifest says of it."""
    entry = zipfile.ZipInfo(name)  # of 1980, as all of them
    entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o600) << 16
    with archive.open(entry, "w", force_zip64=True) as file:

        def written() -> Iterator[bytes]:
            for piece in pieces:
                file.write(piece)
                yield piece

        size, digest = measured(written())
    return {"size": size, "sha256": digest}


def _with_files(record: PersonRecord, files: Mapping[str, str]) -> PersonRecord:
    samples = (replace(sample, file=files.get(sample.id, sample.file)) for sample in record.samples)
    return replace(record, samples=tuple(samples))
