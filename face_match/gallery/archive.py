"""Archives: a gallery as one ZIP file with its records, its crops and a manifest.

embeddings.json            the records as in `json_store`: people, photos and faces, without history;
                           conflicts and the paths of photos only in a whole archive
faces_db/<person>/1.png …  the crops of named faces
faces_db/.unnamed/1.png …  the crops of unnamed faces
manifest.json              {"format": "face-match archive", "version": 2,
                            "missing": [<crops that the records name and the gallery has lost>],
                            "files": {"<name>": {"size": <bytes>, "sha256": "<hex>"}}}

An unpacked archive is a gallery. The same contents always give the same bytes: files carry no dates and are
not compressed, since crops are compressed already. An archive is never encrypted. Version 1 held records of
versions 1 to 3.
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
    GalleryWriteError,
    ImageUnreadableError,
    gallery_write_errors,
)
from face_match.core.gallery_place import GalleryPlace
from face_match.core.images.decoding import image_suffix
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress, with_progress
from face_match.core.translation import marked
from face_match.gallery.archive_reader import (
    FORMAT,
    MANIFEST,
    MAX_FACES,
    VERSION,
    ArchiveFile,
    measured,
)
from face_match.gallery.destinations import require_outside_gallery
from face_match.gallery.gallery import Gallery
from face_match.gallery.import_edits import MissingCrop
from face_match.gallery.records.names import FolderNames, name_key
from face_match.gallery.records.paths import CROPS_FOLDER, RECORDS, UNNAMED_FOLDER
from face_match.gallery.records.rows import Contents, Row, Table
from face_match.gallery.restore_edits import CropRestorer, NoteCrop
from face_match.gallery.storage import backups
from face_match.gallery.storage.crops import Crops, crop_file
from face_match.gallery.storage.json_reading import MAX_RECORDS_BYTES, MOST_VALUES, most_values_in
from face_match.gallery.storage.json_store import records_json
from face_match.gallery.storage.store import Store
from face_match.gallery.storage.vault import Vault

TOO_LARGE = marked("its records would exceed the size limit")


@dataclass(frozen=True)
class ExportSummary:
    """The contents of a written archive.

    Attributes:
        faces, unnamed: the number of faces with and without a name.
        missing: the number of faces without a readable crop; their records are included.
    """

    people: int
    faces: int
    unnamed: int
    missing: int


@dataclass(frozen=True)
class ImportSummary:
    """The result of an import.

    Attributes:
        people, faces: the number of people and named faces in the archive.
        new_people: how many of the people are new in the gallery.
        added: how many faces are new, or got their name.
        unnamed: how many unnamed faces are new.
        conflicts: how many names contradict the user's decisions.
        births: how many known people got their birth date.
        rejections: for how many known faces more people were rejected.
        left_out: how many paths of photos and conflicts the archive has, which only an empty gallery takes.
    """

    people: int
    faces: int
    new_people: int
    added: int
    unnamed: int = 0
    conflicts: int = 0
    births: int = 0
    left_out: int = 0
    rejections: int = 0


def export_archive(
    place: GalleryPlace,
    vault: Vault | None,
    path: Path,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    *,
    is_whole: bool = False,
) -> ExportSummary:
    """Write a snapshot of a gallery to an archive. The gallery may be changed meanwhile.

    Args:
        is_whole: with what is for nobody else: conflicts, paths of photos, and names in their metadata.
    Raises:
        CancelledError, GalleryDestinationError, GalleryWriteError: an existing archive is unchanged.
        GalleryDamagedError, GalleryNewerError.
    """
    require_outside_gallery(path, place)
    with (
        _opened(place, vault) as (store, stored_crops),
        gallery_write_errors(path),
        replacement_file(path) as new,
        zipfile.ZipFile(new, "w") as archive,
    ):
        counts = store.counts()
        if counts.faces > MAX_FACES:  # before they are read
            raise GalleryWriteError(path, TOO_LARGE)
        contents = store.contents()
        crops = CropRestorer(stored_crops, contents, set())
        written, missing = dict[str, object](), list[str]()
        arranged, files = _arranged(contents, is_whole=is_whole)
        values = 0
        with contextlib.closing(records_json(arranged, [], {})) as records:

            def counted() -> Iterator[bytes]:
                nonlocal values
                for piece in records:
                    values += most_values_in(piece)
                    yield piece

            written[RECORDS] = _put(archive, RECORDS, counted())
        if archive.getinfo(RECORDS).file_size > MAX_RECORDS_BYTES or values > MOST_VALUES:
            raise GalleryWriteError(path, TOO_LARGE)
        for name, face in with_progress(files.items(), on_progress, is_cancelled):
            crop = _crop(crops, face)
            if crop is None:
                missing.append(name)
            else:
                written[name] = _put(archive, name, [crop])
        head = {"format": FORMAT, "version": VERSION, "missing": missing, "files": written}
        _put(archive, MANIFEST, [json.dumps(head, ensure_ascii=False, indent=1).encode()])
    return ExportSummary(counts.people, counts.named, counts.faces - counts.named, len(missing))


@contextlib.contextmanager
def _opened(place: GalleryPlace, vault: Vault | None) -> Iterator[tuple[Store, Crops]]:
    """The records and crops of a gallery."""
    if isinstance(place, Path):
        with contextlib.closing(backups.open_store(place, for_writing=False, vault=vault)) as store:
            yield store, Crops(place, vault)
        return
    from face_match.gallery.storage.server.opening import open_server_store

    with contextlib.closing(open_server_store(place, for_writing=False)) as on_server:
        yield on_server, on_server.crops


def import_archive(
    path: Path,
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportSummary:
    """Add an archive's contents to a gallery, as one step and after a backup.

    Existing data is unchanged, so importing an archive twice adds nothing.

    Raises:
        ArchiveUnusableError, GalleryNewerError, CancelledError, GalleryWriteError: the gallery is unchanged.
    """
    gallery.require_writable()
    with ArchiveFile(path) as archive, gallery.new_crops() as note:
        contents = archive.verified_contents(on_progress, is_cancelled)
        missing_crops = gallery.missing_crops(contents, path, is_cancelled)
        files = dict[str, str]()
        for one in with_progress(missing_crops, on_progress, is_cancelled):
            files[one.face.id] = _written(archive, gallery.crops, one, note)
        import_edits = gallery.import_contents(contents, path, files, is_cancelled)
        for face_id in files.keys() - {
            one.face.id for one in import_edits.missing_crops
        }:  # added by somebody else meanwhile
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
        import_edits.left_out,
        import_edits.rejections,
    )


def _written(archive: ArchiveFile, crops: Crops, one: MissingCrop, note: NoteCrop) -> str:
    """Copy a face's crop from the archive, if it has one; return the crop's name in the gallery."""
    crop = archive.crop_of(one.face.file)
    suffix = ".png" if crop is None else image_suffix(crop, PurePosixPath(one.face.file).name)
    name = one.face.id
    if crops.has(crop_file(one.folder, name, suffix)):  # of the same face, which an undo could bring back
        name = uuid.uuid4().hex
    file = crop_file(one.folder, name, suffix)
    if crop is not None:
        note(name, file)
        crops.write_bytes(file, crop)
    return file


def _arranged(contents: Contents, *, is_whole: bool) -> tuple[Contents, dict[str, Row]]:
    """The records for an archive: folders named after the current names; nothing about this computer, unless
    the archive is whole.

    Also returns the original face rows by the names of their crops in the archive.
    """
    folders, numbers = FolderNames(), Counter[str]()
    of_person = {row["folder"]: folders.assign(row["name"]) for row in contents.rows[Table.PEOPLE]}
    of_name = {name_key(row["name"]): of_person[row["folder"]] for row in contents.rows[Table.PEOPLE]}
    people = [{**row, "folder": of_person[row["folder"]]} for row in contents.rows[Table.PEOPLE]]
    private = {} if is_whole else {"path": "", "size": 0, "modified_ns": 0, "hints": []}
    photos = [{**row, **private} for row in contents.rows[Table.PHOTOS]]
    faces: list[Row] = []
    files: dict[str, Row] = {}

    names = {row["folder"]: row["name"] for row in contents.rows[Table.PEOPLE]}

    def rejection(record: Row) -> Row:
        if record["folder"] in names:
            return {**record, "folder": of_person[record["folder"]], "name": names[record["folder"]]}
        key = name_key(record["name"])  # a person who was removed
        if key not in of_name:
            of_name[key] = folders.assign(record["name"])
        return {**record, "folder": of_name[key]}

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
        rejected = {record["folder"]: record for record in map(rejection, row["rejections"])}
        rejected.pop(person, None)  # someone else who was called so, and was removed
        faces.append({**row, "person": person, "file": name, "rejections": [*rejected.values()]})
    rows: dict[Table, list[Row]] = {
        Table.PEOPLE: [*people],
        Table.PHOTOS: [*photos],
        Table.FACES: faces,
        Table.CONFLICTS: [*contents.rows[Table.CONFLICTS]] if is_whole else [],
    }
    return Contents(rows, contents.embeddings), files


def _crop(crops: CropRestorer, face: Row) -> bytes | None:
    """A face's crop, even if the face was named meanwhile; None if it is lost or damaged."""
    with contextlib.suppress(ImageUnreadableError):
        file = crops.find(face["id"], face["file"])
        if file is not None:
            crop = crops.crops.read_bytes(file)
            image_suffix(crop, file)
            return crop
    return None


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, object]:
    """Write a file into the archive; return its entry for the manifest."""
    entry = zipfile.ZipInfo(name)  # dated 1980, as every entry is
    entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o600) << 16
    with archive.open(entry, "w", force_zip64=True) as file:

        def written() -> Iterator[bytes]:
            for piece in pieces:
                file.write(piece)
                yield piece

        size, digest = measured(written())
    return {"size": size, "sha256": digest}
