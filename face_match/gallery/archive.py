"""A gallery as one file that can be carried away: a ZIP of its records and crops, with a manifest.

    embeddings.json            the records, as `json_store` describes them: people, photos and faces, without
                               conflicts, history, and where the photos lie on this computer
    faces_db/<person>/1.png …  the crops
    faces_db/.unnamed/1.png …  those of faces without a name
    manifest.json              {"format": "face-match archive", "version": 2,
                                "missing": [<crops that records name and the gallery has lost>],
                                "files": {"<name>": {"size": <bytes>, "sha256": "<hex>"}}}

Unpacked it is a gallery. The same people, photos and faces give the same bytes: nothing has a date, and
nothing is packed, for which crops are too dense. An archive is not encrypted, whether the gallery is or not.
Version 1 had the records of versions 1 to 3.
"""

from __future__ import annotations

import contextlib
import json
import stat
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from face_match.core.atomic_files import replacement_file
from face_match.core.errors import (
    CancelledError,
    GalleryWriteError,
    ImageUnreadableError,
    gallery_write_errors,
)
from face_match.core.images.decoding import image_suffix
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.gallery.archive_reader import FORMAT, MANIFEST, VERSION, ArchiveFile, measured
from face_match.gallery.gallery import Gallery
from face_match.gallery.import_edits import MissingCrop
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.paths import CROPS_FOLDER, RECORDS, UNNAMED_FOLDER
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.restore_edits import CropRestorer
from face_match.gallery.storage import backups
from face_match.gallery.storage.crops import Crops, crop_file
from face_match.gallery.storage.json_reading import MAX_RECORDS_BYTES
from face_match.gallery.storage.json_store import records_json
from face_match.gallery.storage.vault import Vault


@dataclass(frozen=True)
class ExportSummary:
    """How much is in an archive.

    Attributes:
        faces, unnamed: with a name, and without.
        missing: faces whose crops are lost or damaged; their records are in it.
    """

    people: int
    faces: int
    unnamed: int
    missing: int


@dataclass(frozen=True)
class ImportSummary:
    """What came of an import.

    Attributes:
        people, faces: how many people, and faces with a name, the archive has.
        new_people: how many of the people are new here.
        added: how many faces have a name now that had none here, or are new.
        unnamed: how many faces without a name are new.
        conflicts: how many faces have another name here, or are not to have that one.
        births: how many people who were here get their birth date from it.
    """

    people: int
    faces: int
    new_people: int
    added: int
    unnamed: int = 0
    conflicts: int = 0
    births: int = 0


def export_archive(
    folder: Path,
    vault: Vault | None,
    path: Path,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ExportSummary:
    """Write a gallery, as it is now, into an archive; others may go on changing it.

    Raises:
        CancelledError, GalleryWriteError: there is no archive, or the one that was there.
        GalleryDamagedError, GalleryNewerError.
    """
    with contextlib.closing(backups.open_store(folder, for_writing=False, vault=vault)) as store:
        contents, counts = store.contents(), store.counts()
    crops = CropRestorer(Crops(folder, vault), contents, set())
    with gallery_write_errors(path), replacement_file(path) as new, zipfile.ZipFile(new, "w") as archive:
        written, missing = dict[str, object](), list[str]()
        arranged, files = _arranged(contents)
        with contextlib.closing(records_json(arranged, [], {})) as records:
            written[RECORDS] = _put(archive, RECORDS, records)
        if archive.getinfo(RECORDS).file_size > MAX_RECORDS_BYTES:
            raise GalleryWriteError(path, "its records would be too large to be read again")
        for done, (name, face) in enumerate(files.items()):
            if is_cancelled():
                raise CancelledError
            on_progress(done, len(files))
            crop = _crop(crops, face)
            if crop is None:
                missing.append(name)
            else:
                written[name] = _put(archive, name, [crop])
        head = {"format": FORMAT, "version": VERSION, "missing": missing, "files": written}
        _put(archive, MANIFEST, [json.dumps(head, ensure_ascii=False, indent=1).encode()])
    on_progress(len(files), len(files))
    return ExportSummary(counts.people, counts.named, counts.faces - counts.named, len(missing))


def import_archive(
    path: Path,
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportSummary:
    """Make what an archive has a gallery's too, as one step that can be undone; a backup comes first.

    What the gallery has already stays as it is, so that an archive can be taken in again.

    Raises:
        ArchiveUnusableError, GalleryNewerError, CancelledError, GalleryWriteError: the gallery is as it was.
    """
    gallery.require_writable()
    with ArchiveFile(path) as archive, contextlib.ExitStack() as on_failure:
        contents = archive.verified_contents(on_progress, is_cancelled)
        missing_crops = gallery.missing_crops(contents, path, is_cancelled)
        files = dict[str, str]()
        for done, one in enumerate(missing_crops):
            if is_cancelled():
                raise CancelledError
            on_progress(done, len(missing_crops))
            files[one.face.id] = _written(archive, gallery.crops, one, on_failure)
        import_edits = gallery.import_contents(contents, path, files, is_cancelled)
        on_failure.pop_all()
    on_progress(len(missing_crops), len(missing_crops))
    for face_id in files.keys() - {one.face.id for one in import_edits.missing_crops}:  # got in the meantime
        gallery.crops.delete(files[face_id])
    named = sum(row["person"] is not None for row in contents.rows[Table.FACES])
    people = len(contents.rows[Table.PEOPLE])
    return ImportSummary(
        people,
        named,
        import_edits.new_people,
        import_edits.named,
        import_edits.unnamed,
        import_edits.conflicts,
        import_edits.birth_dates,
    )


def _written(archive: ArchiveFile, crops: Crops, one: MissingCrop, on_failure: contextlib.ExitStack) -> str:
    """Where the crop of a face is now; where it would be, if the archive has none."""
    crop = archive.crop_of(one.face.file)
    suffix = ".png" if crop is None else image_suffix(crop, PurePosixPath(one.face.file).name)
    file = crop_file(one.folder, one.face.id, suffix)
    if crops.has(file):  # of the same face, which undoing could bring back
        file = crop_file(one.folder, uuid.uuid4().hex, suffix)
    if crop is not None:
        on_failure.callback(crops.delete, file)
        crops.write_bytes(file, crop)
    return file


def _arranged(contents: Contents) -> tuple[Contents, dict[str, Row]]:
    """The same with crops in folders that are called as people are now, and with nothing of this computer.

    Returns with it the rows of the faces as they were, by the names of their crops in the archive.
    """
    folders, numbers = FolderNames(), Counter[str]()
    of_person = {row["folder"]: folders.assign(row["name"]) for row in contents.rows[Table.PEOPLE]}
    of_name = {name_key(row["name"]): of_person[row["folder"]] for row in contents.rows[Table.PEOPLE]}
    people = [{**row, "folder": of_person[row["folder"]]} for row in contents.rows[Table.PEOPLE]]
    photos = [{**row, "path": "", "size": 0, "modified_ns": 0} for row in contents.rows[Table.PHOTOS]]
    faces: list[Row] = []
    files: dict[str, Row] = {}

    def rejection(told: Row) -> Row:
        if told["folder"] in of_person:
            return {**told, "folder": of_person[told["folder"]]}
        key = name_key(told["name"])  # of somebody who is gone
        if key not in of_name:
            of_name[key] = folders.assign(told["name"])
        return {**told, "folder": of_name[key]}

    for row in contents.rows[Table.FACES]:
        folder = UNNAMED_FOLDER if row["person"] is None else of_person[row["person"]]
        name = ""
        if row["file"]:
            numbers[folder] += 1
            suffix = PurePosixPath(row["file"]).suffix.lower()
            suffix = suffix if suffix[1:].isalnum() else ".png"
            name = f"{CROPS_FOLDER}/{folder}/{numbers[folder]}{suffix}"
            files[name] = row
        person = None if row["person"] is None else of_person[row["person"]]
        rejections = [rejection(told) for told in row["rejections"]]
        faces.append({**row, "person": person, "file": name, "rejections": rejections})
    rows: dict[Table, list[Row]] = {
        Table.PEOPLE: [*people],
        Table.PHOTOS: [*photos],
        Table.FACES: faces,
        Table.CONFLICTS: [],
    }
    return Contents(rows, contents.embeddings), files


def _crop(crops: CropRestorer, face: Row) -> bytes | None:
    """The crop of a face, which may have got a name meanwhile; None where it is lost or damaged."""
    with contextlib.suppress(ImageUnreadableError):
        file = crops.find(face["id"], face["file"])
        if file is not None:
            crop = crops.crops.read_bytes(file)
            image_suffix(crop, file)
            return crop
    return None


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
