"""What is fuzzed: for each format, the code of the program that reads files from elsewhere.

A target takes the bytes of a file. It raises nothing where the file was read, or was refused by one of the
errors that the program words; anything else is a finding.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from face_match.core import settings
from face_match.core.errors import FaceMatchError
from face_match.gallery import archive as archives
from face_match.gallery.gallery import Gallery
from face_match.metadata.embedded_source import EmbeddedXmpSource
from face_match.metadata.name_writing import PhotoNames
from face_match.metadata.picasa import PicasaSource, read_contacts
from face_match.metadata.sidecar_writer import write_sidecar
from face_match.metadata.xmp_names import Image, names_in_xmp, region_names, stated_extension
from face_match.vision.onnx.file_inspection import RefusedError, inspect_model_file
from face_match.vision.photo_loading import load_photo

Target = Callable[[bytes, Path], None]
"""Reads the bytes of a file; what it writes goes into the folder."""

SIZE = (600, 400)


def image(data: bytes, folder: Path) -> None:
    """A photo, whatever its kind: pixels, orientation, date and digest."""
    path = folder / "a.jpg"
    path.write_bytes(data)
    with contextlib.suppress(FaceMatchError):
        load_photo(path)


def records(data: bytes, folder: Path) -> None:
    """The records of a gallery."""
    _empty(folder / "gallery")
    (folder / "gallery" / "embeddings.json").write_bytes(data)
    with contextlib.suppress(FaceMatchError), Gallery.open(folder / "gallery", for_writing=True) as gallery:
        _read(gallery)
        with contextlib.suppress(FaceMatchError):
            gallery.undo()
        for person in gallery.people:
            gallery.rename(person, f"{person.name} again")


def archive(data: bytes, folder: Path) -> None:
    """An archive of a gallery."""
    (folder / "a.zip").write_bytes(data)
    _empty(folder / "gallery")
    with contextlib.suppress(FaceMatchError), Gallery.open(folder / "gallery", for_writing=True) as gallery:
        archives.import_archive(folder / "a.zip", gallery)
        _read(gallery)


def archived_records(data: bytes, folder: Path) -> None:
    """The records in an archive whose manifest is in order."""
    packed, digest = io.BytesIO(), hashlib.sha256(data).hexdigest()
    written = {archives.RECORDS: {"size": len(data), "sha256": digest}}
    head = {"format": archives.FORMAT, "version": archives.VERSION, "missing": [], "files": written}
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(archives.RECORDS, data)
        file.writestr(archives.MANIFEST, json.dumps(head))
    archive(packed.getvalue(), folder)


def sidecar(data: bytes, folder: Path) -> None:
    """A sidecar: names are read from it, and written into it."""
    for read in (region_names, stated_extension):
        with contextlib.suppress(FaceMatchError):
            read(data, "a.xmp")
    with contextlib.suppress(FaceMatchError):
        names_in_xmp(data, "a.xmp", Image(*SIZE, 1))
    path = folder / "a.xmp"
    path.write_bytes(data)
    with contextlib.suppress(FaceMatchError):
        write_sidecar(path, PhotoNames([], Image(*SIZE, 1), without_place=["Ada Lovelace"]))


def embedded(data: bytes, folder: Path) -> None:
    """XMP inside a photo."""
    path, source = folder / "a.jpg", EmbeddedXmpSource()
    path.write_bytes(data)
    source.may_name(path)
    with contextlib.suppress(FaceMatchError):
        source.names_of(path, *SIZE, 1)


def picasa(data: bytes, folder: Path) -> None:
    """Picasa's file beside photos."""
    (folder / ".picasa.ini").write_bytes(data)
    photo = folder / "a.jpg"
    photo.touch()
    source = PicasaSource([photo])
    with contextlib.suppress(FaceMatchError):
        source.names_of(photo, *SIZE, 1)
    source.unused()


def contacts(data: bytes, folder: Path) -> None:
    """Picasa's list of people."""
    path = folder / "contacts.xml"
    path.write_bytes(data)
    with contextlib.suppress(FaceMatchError):
        read_contacts(path)


def model(data: bytes, folder: Path) -> None:
    """A model that is to be added."""
    path = folder / "model.onnx"
    path.write_bytes(data)
    with contextlib.suppress(FaceMatchError, RefusedError):
        inspect_model_file(path)


def preferences(data: bytes, folder: Path) -> None:
    """The settings, which are read and saved."""
    path = settings.settings_file()
    assert folder in path.parents, "XDG_CONFIG_HOME is the folder"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    found = settings.Settings.load()
    found.gallery_to_open()
    found.note_opened(folder / "gallery")
    found.save(lambda error: None)
    settings.Settings.load()


def _read(gallery: Gallery) -> None:
    for person in gallery.people:
        gallery.faces_of(person)
    for step in gallery.history:
        gallery.edits_of(step)
    gallery.unnamed()
    gallery.ignored()
    gallery.photos()


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


TARGETS: dict[str, Target] = {
    "image": image,
    "records": records,
    "archive": archive,
    "archived-records": archived_records,
    "sidecar": sidecar,
    "embedded": embedded,
    "picasa": picasa,
    "contacts": contacts,
    "model": model,
    "settings": preferences,
}
