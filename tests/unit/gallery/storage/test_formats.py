"""A gallery of every format that was ever written is kept for the tests; newer ones are refused."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from face_match.core.errors import GalleryNewerError
from face_match.core.messages import error_message
from face_match.core.version import GALLERY_FORMAT
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import BACKUPS_FOLDER, DATABASE, RECORDS, plain_files

STORED = Path(__file__).parents[1] / "stored"


def format_of(path: Path) -> int:
    """The format of a file of records, read without the program."""
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    content = json.loads(path.read_text("utf-8"))
    return 0 if isinstance(content, list) else int(content["version"])  # the demo's


def unpacked(name: str, folder: Path) -> Path:
    with zipfile.ZipFile(STORED / name) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize("file", [RECORDS, DATABASE])
def test_a_gallery_of_every_earlier_format_is_kept(file: str, tmp_path: Path) -> None:
    found = {format_of(path) for path in STORED.glob(f"version_*{Path(file).suffix}")}
    for archive in STORED.glob("*.zip"):
        folder = unpacked(archive.name, tmp_path / archive.stem)
        if (folder / file).exists() and "encrypted" not in archive.stem and "half" not in archive.stem:
            found.add(format_of(folder / file))
    earliest = 0 if file == RECORDS else 1  # the demo had no database
    assert found == set(range(earliest, GALLERY_FORMAT))


@pytest.mark.parametrize(("name", "file"), [("v4 json", RECORDS), ("v4 database", DATABASE)])
def test_the_backup_before_an_upgrade_is_in_the_old_format_for_whoever_goes_back(
    name: str, file: str, tmp_path: Path
) -> None:
    folder = unpacked(f"{name}.zip", tmp_path / "gallery")
    with Gallery.open(folder, for_writing=True) as gallery:
        gallery.rename(gallery.person("Ada"), "Ada Lovelace")
    assert format_of(folder / file) == GALLERY_FORMAT
    kept = {format_of(path) for path in (folder / BACKUPS_FOLDER).glob(f"*migration{Path(file).suffix}")}
    assert kept == {4}


@pytest.mark.parametrize("for_writing", [False, True])
@pytest.mark.parametrize(("name", "file"), [("v4 json", RECORDS), ("v4 database", DATABASE)])
def test_a_gallery_of_a_newer_format_is_refused_with_both_named_and_not_changed(
    name: str, file: str, for_writing: bool, tmp_path: Path
) -> None:
    folder = unpacked(f"{name}.zip", tmp_path / "gallery")
    newer = GALLERY_FORMAT + 1
    if file == RECORDS:
        text = (folder / file).read_text("utf-8")
        (folder / file).write_text(text.replace('"version": 4', f'"version": {newer}', 1), "utf-8")
    else:
        with closing(sqlite3.connect(folder / file)) as database:
            database.execute(f"PRAGMA user_version = {newer}")
    before = (folder / file).read_bytes()
    with pytest.raises(GalleryNewerError) as caught:
        Gallery.open(folder, for_writing=for_writing)
    told = error_message(caught.value)
    assert f"format {newer}" in told
    assert f"up to {GALLERY_FORMAT}" in told
    assert (folder / file).read_bytes() == before
    assert {path.name for path in plain_files(folder)} >= {file}
