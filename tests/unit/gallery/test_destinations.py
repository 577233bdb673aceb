"""No export replaces a file of the gallery, or puts files among its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from face_match.core.errors import GalleryDestinationError
from face_match.gallery.destinations import require_outside_gallery

OWN_FILES = (
    *("embeddings.json", "embeddings.json.bak", "embeddings.json.outgrown"),
    *("gallery.sqlite", "gallery.sqlite-wal", "gallery.sqlite-shm", "gallery.sqlite-journal"),
    *("calibrations.json", "unfinished.json", "vault.json", "erasing.json", "crops.pending"),
    *("gallery.lock", "gallery.lock.json", "waiting/faces.json"),
    *("backups/2026-11-28 by hand.json", "faces_db/Ada/1.png", "faces_db/new.zip"),
)
OTHER_FILES = ("faces.csv", "results/vault.json", "my faces_db/1.zip", "vault.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gallery's folder with each of its files."""
    for name in OWN_FILES:
        path = tmp_path / "gallery" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "gallery" / "vault.json").unlink()
    return tmp_path / "gallery"


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def gallery(request: pytest.FixtureRequest, folder: Path) -> Path:
    if request.param:
        (folder / "vault.json").write_text("vault.json")
    return folder


def linked_folder(folder: Path, name: str) -> Path:
    link = folder.parent / "link"
    link.symlink_to(folder)
    return link / name


def linked_file(folder: Path, name: str) -> Path:
    link = folder.parent / "link.csv"
    link.symlink_to(folder / name)
    return link


def around(folder: Path, name: str) -> Path:
    return folder.parent / "no such folder" / ".." / folder.name / name


def relative(folder: Path, name: str) -> Path:
    return Path(os.path.relpath(folder / name))


WAYS: dict[str, Callable[[Path, str], Path]] = {
    "as it is": lambda folder, name: folder / name,
    "in capitals": lambda folder, name: folder / name.upper(),
    "with a dot that Windows ignores": lambda folder, name: folder / f"{name.partition('/')[0]}.",
    "a stream of Windows": lambda folder, name: folder / f"{name.partition('/')[0]}::$DATA",
    "by ..": around,
    "relative": relative,
    "by a link to the folder": linked_folder,
    "by a link to the file": linked_file,
}


def is_allowed(path: Path, gallery: Path, *, is_folder: bool = False) -> bool:
    try:
        require_outside_gallery(path, gallery, is_folder=is_folder)
    except GalleryDestinationError:
        return False
    return True


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", OWN_FILES)
def test_each_file_of_a_gallery_is_refused_whatever_way_leads_to_it(
    name: str, way: str, gallery: Path
) -> None:
    with pytest.raises(GalleryDestinationError):
        require_outside_gallery(WAYS[way](gallery, name), gallery)


def test_a_hard_link_to_a_file_of_a_gallery_is_refused_and_other_hard_links_are_not(gallery: Path) -> None:
    for name in ("embeddings.json", "faces_db/Ada/1.png"):
        link = gallery.parent / "second name.csv"
        link.unlink(missing_ok=True)
        os.link(gallery / name, link)
        with pytest.raises(GalleryDestinationError):
            require_outside_gallery(link, gallery)
    (gallery.parent / "a.csv").touch()
    os.link(gallery.parent / "a.csv", gallery.parent / "b.csv")
    assert is_allowed(gallery.parent / "b.csv", gallery)


def test_a_link_in_the_place_of_a_file_is_refused_wherever_it_leads(gallery: Path) -> None:
    (gallery / "calibrations.json").unlink()
    (gallery / "calibrations.json").symlink_to(gallery.parent / "elsewhere.csv")
    with pytest.raises(GalleryDestinationError):
        require_outside_gallery(gallery / "calibrations.json", gallery)


@pytest.mark.parametrize("name", OTHER_FILES)
def test_other_files_may_be_in_the_folder_of_a_gallery_which_may_be_the_programs(
    name: str, gallery: Path
) -> None:
    assert is_allowed(gallery / name, gallery)
    assert is_allowed(gallery.parent / name, gallery)
    assert is_allowed(gallery.parent / "vault.json", gallery)


@pytest.mark.parametrize("name", ["", "faces_db", "faces_db/Ada", "backups", "Faces_DB", "waiting/new"])
def test_no_files_are_put_into_a_gallery_or_its_folders(name: str, gallery: Path) -> None:
    with pytest.raises(GalleryDestinationError):
        require_outside_gallery(gallery / name, gallery, is_folder=True)


def test_files_are_put_into_another_folder_of_a_plain_gallery_and_of_no_encrypted_one(folder: Path) -> None:
    assert is_allowed(folder / "by person", folder, is_folder=True)
    assert is_allowed(folder.parent, folder, is_folder=True)
    (folder / "vault.json").touch()
    assert is_allowed(folder.parent / "by person", folder, is_folder=True)
    assert not is_allowed(folder / "by person", folder, is_folder=True)


def test_a_folder_that_is_no_gallery_yet_has_names_that_are_refused_too(folder: Path) -> None:
    shutil.rmtree(folder)
    assert is_allowed(folder / "vault.json", folder)
    folder.mkdir()
    assert not is_allowed(folder / "vault.json", folder)


def test_a_loop_of_links_is_left_to_the_system(gallery: Path) -> None:
    loop = gallery.parent / "loop"
    loop.symlink_to(loop)
    assert is_allowed(loop / "faces.csv", gallery)
