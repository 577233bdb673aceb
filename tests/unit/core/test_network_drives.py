"""Paths on other computers are recognised on every system without being accessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from face_match.core import network_drives
from face_match.core.network_drives import is_on_foreign_share, network_share
from face_match.gallery.records.edits import Draft
from face_match.vision.photo_loading import identify_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.scan import scan

REMOTE = {
    r"\\evil.example\share\photo.jpg": r"\\evil.example\share",
    r"\\Evil\Share": r"\\evil\share",
    "//evil/share/photo.jpg": r"\\evil\share",
    r"\/evil\share\photo.jpg": r"\\evil\share",
    r"/\evil/share/photo.jpg": r"\\evil\share",
    r"\\evil@SSL@443\DavWWWRoot\photo.jpg": r"\\evil@ssl@443\davwwwroot",
    r"\\?\UNC\evil\share\photo.jpg": r"\\evil\share",
    r"\\.\UNC\evil\share\photo.jpg": r"\\evil\share",
    r"\??\UNC\evil\share\photo.jpg": r"\\evil\share",
    "//?/unc/evil/share/photo.jpg": r"\\evil\share",
    r"\\.\pipe\name": r"\\.\pipe",
    r"\\?\C:\photo.jpg": r"\\?\c:",
    r"\\?\GLOBALROOT\Device\Mup\evil\share": r"\\?\globalroot",
    r"\??\C:\photo.jpg": r"\\??\c:",
}
LOCAL = (
    *(
        r"C:\Users\ada\photo.jpg",
        "C:/photo.jpg",
        r"Z:\photo.jpg",
        r"\photo.jpg",
        "photo.jpg",
        r"a\\b\photo.jpg",
    ),
    *("/home/ada/photo.jpg", "/home//ada/photo.jpg", "/", ".", "/??", r"C:\??\a"),
)


@pytest.mark.parametrize("path", REMOTE)
@pytest.mark.parametrize("kind", [PureWindowsPath, PurePosixPath])
def test_shares_and_devices_are_known_by_their_names(path: str, kind: type[PurePath]) -> None:
    assert network_share(kind(path)) == REMOTE[path]
    assert is_on_foreign_share(kind(path), [kind("C:/gallery"), kind("/gallery")])


@pytest.mark.parametrize("path", LOCAL)
@pytest.mark.parametrize("kind", [PureWindowsPath, PurePosixPath])
def test_places_on_this_computer_have_none(path: str, kind: type[PurePath]) -> None:
    assert network_share(kind(path)) == ""
    assert not is_on_foreign_share(kind(path), [])


def test_the_share_that_the_user_is_on_is_not_elsewhere() -> None:
    photo = PureWindowsPath(r"\\NAS\photos\2019\a.jpg")
    assert not is_on_foreign_share(
        photo, [PureWindowsPath(r"C:\x"), PureWindowsPath(r"\\nas\Photos\gallery")]
    )
    assert not is_on_foreign_share(photo, [PureWindowsPath(r"\\?\UNC\nas\photos\gallery")])
    assert is_on_foreign_share(photo, [PureWindowsPath(r"\\nas\other")])
    assert is_on_foreign_share(photo, [PureWindowsPath(r"\\nas2\photos")])


MOUNTS = """\
22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw
39 22 0:37 / /proc rw - proc proc rw
40 22 0:38 / /net rw shared:20 - autofs -hosts rw,fd=5
41 22 0:39 / /media/my\\040disk rw - autofs systemd-1 rw
42 22 0:40 / /home/ada rw - autofs auto.home rw
43 42 0:41 / /home/ada rw - nfs4 server:/home/ada rw
broken line
"""


@pytest.mark.skipif(network_drives.os.name == "nt", reason="there are no automounts")
@pytest.mark.parametrize(
    ("path", "share"),
    [
        *(("/net/evil/export/a.jpg", "/net"), ("/net", "/net"), ("/network/a.jpg", "")),
        *(
            ("/home/../net/evil/a.jpg", "/net"),
            ("/proc/1/root/net/evil/a.jpg", "/proc"),
            ("/process/a.jpg", ""),
        ),
        *(("/media/my disk/a.jpg", "/media/my disk"), ("/home/ada/a.jpg", ""), ("/home/eve/a.jpg", "")),
    ],
)
def test_an_automount_is_foreign_until_it_is_mounted(
    path: str, share: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    monkeypatch.setattr(network_drives, "_MOUNTS", tmp_path / "mountinfo")
    assert network_share(PurePosixPath(path)) == share
    monkeypatch.setattr(network_drives, "_MOUNTS", tmp_path / "none")
    assert network_share(PurePosixPath(path)) == ""


@pytest.mark.parametrize("share", ["//evil/share/a.jpg", r"\\evil\share\a.jpg"])
def test_a_recorded_share_is_not_accessed_when_a_photo_is_found_elsewhere(
    album: Any, share: str, astronaut_file: Path, pipeline: FacePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = album.gallery.record_photo(identify_photo(astronaut_file), scan=pipeline.scan_settings).photo
    draft = Draft()
    draft.photo(before, replace(before, path=share))
    album.gallery._commit(draft.edits())
    looked: list[str] = []
    real = Path.stat

    def stat(path: Path, **options: Any) -> Any:
        looked.append(str(path))
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    result = scan([astronaut_file], album.gallery, pipeline)
    assert (result.seen, result.moved) == (1, 1)
    assert result.records[astronaut_file].path == str(astronaut_file)
    assert looked
    assert not [path for path in looked if "evil" in path]
