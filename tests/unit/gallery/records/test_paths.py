"""File names in records lead below the gallery or are refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.errors import (
    FaceMatchError,
    GalleryDamagedError,
    GalleryWriteError,
    ImageUnreadableError,
)
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import (
    CROPS_FOLDER,
    UnsafePathError,
    path_below,
    plain_files,
    require_no_links,
    safe_file,
    safe_folder,
)
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage.crops import Crops

Add = Callable[..., NamingResult]

OUTSIDE = (
    *("", ".", "..", "/", "//", "/etc/passwd", "../x", "a/../../x", "a/..", "a/./b", "a//b", "a/", "./a"),
    *(
        "C:",
        "C:x",
        "c:\\x",
        "C:/x",
        "\\\\host\\share",
        "//host/share",
        "\\\\?\\C:\\x",
        "a\\..\\..\\x",
        "a\\b",
    ),
    *("a\0b", "\0", "a/\0", "a\nb", "\x1b[2J", "\x7f", "\ud800", "n" * 300, "/".join(["n" * 200] * 9)),
)
NO_TEXTS: tuple[object, ...] = (None, 5, 1.5, True, [], ["a"], {}, b"faces_db/a.png", Path("a"))


@pytest.mark.parametrize("name", OUTSIDE, ids=lambda name: repr(name)[:30])
@pytest.mark.parametrize("check", [safe_file, safe_folder])
def test_a_path_that_leads_outside_or_is_invalid_is_refused(
    check: Callable[[object], str], name: str
) -> None:
    with pytest.raises(UnsafePathError):
        check(name)


@pytest.mark.parametrize("value", NO_TEXTS, ids=repr)
@pytest.mark.parametrize("check", [safe_file, safe_folder])
def test_a_path_that_is_not_text_is_refused(check: Callable[[object], str], value: object) -> None:
    with pytest.raises(UnsafePathError):
        check(value)


@pytest.mark.parametrize(
    "name", ["Ada Lovelace", "李 小龍", "Zoë _ Çelik", "...a", "a..b", "~", "$HOME", "-rf", "👩"]
)
def test_ordinary_names_are_accepted(name: str) -> None:
    assert safe_folder(name) == name
    assert safe_file(f"{CROPS_FOLDER}/{name}/1.png") == f"{CROPS_FOLDER}/{name}/1.png"


@pytest.mark.parametrize("name", ["CON", "con", "aux.txt", "COM1", "lpt9 .x", "nul"])
def test_a_windows_device_name_is_no_persons_folder(name: str) -> None:
    with pytest.raises(UnsafePathError):
        safe_folder(name)


PIECES = st.sampled_from(
    [
        "..",
        ".",
        "",
        "/",
        "\\",
        "C:",
        "a",
        "faces_db",
        "~",
        "\0",
        "link",
        "é",
        "..\u2215",
        "%2e%2e",
        "\ud8ff",
        " ",
    ]
)


@given(pieces=st.lists(PIECES, max_size=8), joint=st.sampled_from(["/", "\\", ""]))
def test_every_accepted_path_is_below_the_gallery(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], joint: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "gallery of any names"
    folder.mkdir(exist_ok=True)
    outside = tmp_path_factory.getbasetemp() / "outside it"
    outside.mkdir(exist_ok=True)
    if not (folder / "link").is_symlink():
        (folder / "link").symlink_to(outside)
    file = joint.join(pieces)
    try:
        path = path_below(folder, file)
    except UnsafePathError:
        return
    real = Path(os.path.realpath(path))
    assert real.is_relative_to(folder.resolve())
    assert real != folder.resolve()


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is none of the gallery's business, with a file in it."""
    place = tmp_path / "outside"
    (place / "inner").mkdir(parents=True)
    (place / "keep.png").write_bytes(b"keep me")
    (place / "inner" / "keep.png").write_bytes(b"keep me too")
    return place


@pytest.fixture
def with_ada(folder: Path, gallery: Gallery, add: Add) -> Path:
    """A gallery with a person who has two faces."""
    for number in (1, 2):
        add(gallery, "Ada", number)
    gallery.close()
    return folder


def state_of(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in plain_files(place)}


@pytest.mark.parametrize(
    "part",
    [CROPS_FOLDER, f"{CROPS_FOLDER}/Ada", "backups", "waiting", "embeddings.json", "gallery.lock.json"],
)
def test_a_gallery_with_a_link_is_refused_and_the_link_named(
    with_ada: Path, outside: Path, part: str
) -> None:
    place = with_ada / part
    if place.exists():
        place.rename(with_ada.parent / "moved away")
    place.symlink_to(outside if "." not in part else outside / "keep.png")
    before = state_of(outside), state_of(with_ada)
    for do in (
        lambda: Gallery.open(with_ada, for_writing=False),
        lambda: Gallery.open(with_ada, for_writing=True),
        lambda: encryption.encrypt(with_ada, "secret"),
        lambda: purge.purge(with_ada, "Ada"),
        lambda: purge.clear(with_ada),
    ):
        with pytest.raises(GalleryDamagedError) as caught:
            do()
        assert caught.value.path == place
        assert "link" in caught.value.detail
    assert (state_of(outside), state_of(with_ada)) == before


def test_a_crop_that_is_a_link_counts_as_lost_and_is_never_encrypted(with_ada: Path, outside: Path) -> None:
    gallery = Gallery.open(with_ada, for_writing=False)
    lost, fine = gallery.faces_of(gallery.person("Ada"))
    (with_ada / lost.file).unlink()
    (with_ada / lost.file).symlink_to(outside / "keep.png")
    with pytest.raises(ImageUnreadableError, match="link"):
        gallery.pixels_of(lost)
    gallery.pixels_of(fine)
    gallery.close()
    with pytest.raises(GalleryDamagedError) as caught:
        encryption.encrypt(with_ada, "secret")
    assert caught.value.path == with_ada / lost.file
    purge.purge(with_ada, "Ada")
    assert state_of(outside) == {"keep.png": b"keep me", "inner/keep.png": b"keep me too"}


@pytest.mark.parametrize(
    "file", ["faces_db/../../outside/new.png", "../outside/new.png", "vault.json", "new.png"]
)
def test_crops_are_written_and_deleted_in_their_folder_only(with_ada: Path, outside: Path, file: str) -> None:
    crops = Crops(with_ada)
    before = state_of(outside), state_of(with_ada)
    with pytest.raises(GalleryWriteError):
        crops.write_bytes(file, b"new")
    crops.delete(file)
    crops.delete(file.replace("new.png", "keep.png"))
    assert (state_of(outside), state_of(with_ada)) == before


def test_a_pipe_among_the_files_is_refused_without_waiting(with_ada: Path) -> None:
    (with_ada / "calibrations.json").unlink(missing_ok=True)
    os.mkfifo(with_ada / "calibrations.json")
    with pytest.raises(GalleryDamagedError, match="neither a file nor a folder"):
        require_no_links(with_ada)
    with pytest.raises(FaceMatchError):
        Gallery.open(with_ada, for_writing=True)


@pytest.mark.parametrize(
    "name", ["gallery.lock", "gallery.lock.json", "gallery.sqlite-wal", "gallery.sqlite-shm"]
)
def test_a_hard_link_in_place_of_a_file_changes_no_other_file(
    with_ada: Path, outside: Path, name: str
) -> None:
    (with_ada / name).unlink(missing_ok=True)
    os.link(outside / "keep.png", with_ada / name)
    for for_writing in (False, True):
        try:
            Gallery.open(with_ada, for_writing=for_writing).close()
        except GalleryDamagedError as exc:
            assert exc.path == with_ada / name
    assert state_of(outside) == {"keep.png": b"keep me", "inner/keep.png": b"keep me too"}


def test_a_database_that_is_a_hard_link_is_written_to_as_a_copy(
    with_ada: Path, outside: Path, store_kind: str, add: Add
) -> None:
    if store_kind != "database":
        pytest.skip("a file of JSON is replaced as a whole")
    os.link(with_ada / "gallery.sqlite", outside / "theirs.sqlite")
    (outside / "theirs.sqlite").chmod(0o666)
    before = state_of(outside)
    with Gallery.open(with_ada, for_writing=True) as gallery:
        add(gallery, "Joan", 5)
    assert state_of(outside) == before
    assert (with_ada / "gallery.sqlite").stat().st_mode & 0o077 == 0


def test_clear_leaves_a_folder_without_a_gallery_alone(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "taxes.txt").write_text("mine")
    assert purge.clear(tmp_path) == []
    assert (tmp_path / "backups" / "taxes.txt").read_text() == "mine"
