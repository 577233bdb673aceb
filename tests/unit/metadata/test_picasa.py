"""Picasa's files: names by number, old and damaged files, and what is counted."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from face_match.core.errors import NamesUnreadableError
from face_match.core.types import Box
from face_match.metadata.picasa import MAX_FACES, PicasaSource, read_contacts
from tests.unit.metadata.catalog_inputs import (
    MarkedPhoto,
    make_contacts,
    make_picasa,
    picasa_id,
    picasa_section,
)

ANN, BEN = Box(60, 40, 120, 150), Box(300, 100, 90, 100)
SIZE = (600, 400)


@pytest.fixture
def photo(tmp_path: Path) -> MarkedPhoto:
    path = tmp_path / "photos" / "a.jpg"
    path.parent.mkdir()
    path.touch()
    return MarkedPhoto(path, SIZE, [("Ann Lee", ANN), ("Ben", BEN)])


def names(source: PicasaSource, photo: Path) -> list[str]:
    return [region.name for _, found in source.names_of(photo, *SIZE, 1) for region in found.named]


def left(source: PicasaSource) -> dict[str, int]:
    return {one.kind.value: one.count for one in source.unused().skipped}


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("rect64(3f845bcb59418507)", (0.24810791, 0.35856628, 0.34864807, 0.51963806)),
        ("rect64(4a8e8e6b)", (0.0, 0.0, 0.29122925, 0.55632019)),
        ("RECT64(3F845BCB59418507)", (0.24810791, 0.35856628, 0.34864807, 0.51963806)),
    ],
)
def test_rectangles_of_real_files_are_read(tmp_path: Path, text: str, box: tuple[float, ...]) -> None:
    (tmp_path / ".picasa.ini").write_text(f"[Contacts2]\n1=Ann;;\n[a.jpg]\nfaces={text},1\n")
    photo = tmp_path / "a.jpg"
    ((_, found),) = PicasaSource([photo]).names_of(photo, 10_000, 10_000, 1)
    (region,) = found.named
    left_edge, top, right, bottom = (side * 10_000 for side in box)
    assert [*region.box] == pytest.approx([left_edge, top, right - left_edge, bottom - top], abs=0.01)


@pytest.mark.parametrize("name", [".picasa.ini", "Picasa.ini", ".Picasa.INI"])
@pytest.mark.parametrize("section", ["a.jpg", "A.JPG"])
def test_files_and_sections_in_any_case_are_found(photo: MarkedPhoto, name: str, section: str) -> None:
    ini = make_picasa(photo.path.parent, [photo])
    ini.write_bytes(ini.read_bytes().replace(b"[a.jpg]", f"[{section}]".encode()))
    ini.rename(ini.with_name(name))
    source = PicasaSource([photo.path])
    assert names(source, photo.path) == ["Ann Lee", "Ben"]
    assert left(source) == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_files_in_any_encoding_are_read(photo: MarkedPhoto, encoding: str, ending: str) -> None:
    photo.faces = [("Jürgen Größe", ANN)]
    ini = make_picasa(photo.path.parent, [photo])
    ini.write_bytes(ini.read_bytes().decode().replace("\r\n", ending).encode(encoding))
    assert names(PicasaSource([photo.path]), photo.path) == ["Jürgen Größe"]


def test_a_stray_byte_spoils_its_line_only(photo: MarkedPhoto) -> None:
    ini = make_picasa(photo.path.parent, [photo])
    ini.write_bytes(ini.read_bytes().replace(b"name=Party", b"name=P\xd8rty\r\n\xff\xfe\xfd"))
    source = PicasaSource([photo.path])
    assert names(source, photo.path) == ["Ann Lee", "Ben"]
    assert left(source) == {"damaged": 1}


def test_damaged_lines_are_counted_and_the_rest_is_read(photo: MarkedPhoto) -> None:
    ini = make_picasa(photo.path.parent, [photo])
    ini.write_text(
        ini.read_text()
        + "[(null)]\nline without a sign\n05292=hsahpukcab\n[b.jpg]\n"
        + f"faces=rect64(zz),1;rect64(9000900010001000),2;rect64(1000100090009000);;rect64(),3;"
        f"rect64(1000100090009000),{picasa_id('Ben')}\n"
    )
    other = photo.path.with_name("b.jpg")
    other.touch()
    source = PicasaSource([photo.path, other])
    assert names(source, other) == ["Ben"]
    assert names(source, photo.path) == ["Ann Lee", "Ben"]
    assert left(source) == {"damaged": 5}


def test_sections_and_faces_that_are_there_twice_are_one(photo: MarkedPhoto) -> None:
    ini = make_picasa(photo.path.parent, [photo])
    ini.write_bytes(ini.read_bytes() + picasa_section(photo).encode())
    assert names(PicasaSource([photo.path]), photo.path) == ["Ann Lee", "Ben"]


def test_the_older_file_of_a_folder_counts_only_for_photos_that_the_newer_one_lacks(
    photo: MarkedPhoto,
) -> None:
    folder, other = photo.path.parent, photo.path.with_name("b.jpg")
    other.touch()
    make_picasa(
        folder, [MarkedPhoto(photo.path, SIZE, [("Wrong", ANN)]), MarkedPhoto(other, SIZE, [("Old", ANN)])]
    )
    (folder / ".picasa.ini").rename(folder / "Picasa.ini")
    make_picasa(folder, [photo])
    source = PicasaSource([photo.path, other])
    assert (names(source, photo.path), names(source, other)) == (["Ann Lee", "Ben"], ["Old"])


def test_faces_without_a_name_of_unknown_people_and_of_lost_photos_are_counted(photo: MarkedPhoto) -> None:
    photo.faces = [("Ann Lee", ANN), ("", BEN)]
    lost = MarkedPhoto(photo.path.with_name("lost.jpg"), SIZE, [("Ann Lee", ANN)])
    ini = make_picasa(photo.path.parent, [photo, lost])
    ini.write_text(ini.read_text().replace("faces=", "faces=rect64(1000100090009000),abc123;", 1))
    source = PicasaSource([photo.path])
    assert names(source, photo.path) == ["Ann Lee"]
    assert left(source) == {"unnamed": 1, "unknown person": 1, "photo not found": 1}
    (missing,) = [one for one in source.unused().skipped if one.kind.value == "photo not found"]
    assert missing.examples == ["lost.jpg"]


def test_people_are_named_in_contacts_beside_the_photos_or_given_before_the_folders(
    photo: MarkedPhoto, tmp_path: Path
) -> None:
    folder = photo.path.parent
    make_picasa(folder, [photo], with_names=False)
    assert names(PicasaSource([photo.path]), photo.path) == []
    contacts = make_contacts(tmp_path / "elsewhere.xml", ["Ann Lee"])
    assert names(PicasaSource([photo.path], contacts=[contacts]), photo.path) == ["Ann Lee"]
    contacts.rename(folder / "Contacts.XML")
    assert names(PicasaSource([photo.path]), photo.path) == ["Ann Lee"]
    make_contacts(tmp_path / "backup.xml", ["Ben"])
    assert names(PicasaSource([photo.path], [tmp_path]), photo.path) == ["Ann Lee", "Ben"]
    ini = make_picasa(folder, [photo])
    ini.write_text(ini.read_text().replace("Ann Lee;;", "Ann before she married;;"))
    assert names(PicasaSource([photo.path]), photo.path) == ["Ann Lee", "Ben"]


def test_people_named_in_a_folder_above_or_in_one_other_folder_are_known(
    photo: MarkedPhoto, tmp_path: Path
) -> None:
    make_picasa(photo.path.parent, [photo], with_names=False)
    (tmp_path / ".picasa.ini").write_text(f"[contacts2]\n{picasa_id('Ann Lee')}=Ann Lee;ann@example.com;\n")
    for number, name in enumerate(["Ben", "Ben", "Benjamin"]):
        other = tmp_path / f"other {number}"
        other.mkdir()
        (other / ".picasa.ini").write_text(f"[Contacts2]\n{picasa_id('Ben')}={name};;\n")
    others = [tmp_path / f"other {number}" / "x.jpg" for number in range(3)]
    assert names(PicasaSource([photo.path, *others[:2]], [tmp_path]), photo.path) == ["Ann Lee", "Ben"]
    assert names(PicasaSource([photo.path, *others], [tmp_path]), photo.path) == ["Ann Lee"], "two names"


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><contacts><contact id="1" name="&a;"/></contacts>',
        b'<contacts><contact id="1" name="Ann"',
        b"\x00\x01\x02",
        b"",
        b'<?xml version="1.0" encoding="no-such"?><contacts/>',
    ],
)
def test_contacts_that_are_damaged_or_have_entities_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "contacts.xml"
    path.write_bytes(content)
    with pytest.raises(NamesUnreadableError):
        read_contacts(path)


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_used(
    photo: MarkedPhoto, tmp_path: Path
) -> None:
    make_picasa(photo.path.parent, [photo])
    broken = tmp_path / "contacts.xml"
    broken.write_text("<contacts>")
    huge = tmp_path / "huge" / ".picasa.ini"
    huge.parent.mkdir()
    with huge.open("wb") as file:
        file.truncate(17 << 20)
    source = PicasaSource([photo.path, huge.with_name("x.jpg")], contacts=[broken])
    assert names(source, photo.path) == ["Ann Lee", "Ben"]
    assert not source.may_name(huge.with_name("x.jpg"))
    problems = {path.name: error for path, error in source.unused().problems}
    assert {*problems} == {"contacts.xml", ".picasa.ini"}
    assert all(isinstance(error, NamesUnreadableError) for error in problems.values())


def test_a_photo_with_very_many_faces_is_bounded(photo: MarkedPhoto) -> None:
    faces = ";".join(f"rect64({number:04x}0000ffffffff),1" for number in range(20_000))
    (photo.path.parent / ".picasa.ini").write_text(f"[Contacts2]\n1=Ann;;\n[a.jpg]\nfaces={faces}\n")
    source = PicasaSource([photo.path])
    assert len(names(source, photo.path)) == 1_000
    assert left(source) == {"damaged": 19_000}


LINES = st.lists(
    st.one_of(
        st.sampled_from(["[a.jpg]", "[Contacts2]", "rotate=rotate(1)", "[", "=", "faces=", "[.album:0]"]),
        st.from_regex(r"faces=(rect64\([0-9a-f]{0,18}\),[0-9a-f]{0,18};?){0,4}", fullmatch=True),
        st.from_regex(r"[0-9a-f]{0,18}=[^\n]{0,9};;", fullmatch=True),
        st.text(max_size=30),
    ).map(lambda line: line.encode(errors="replace"))
    | st.binary(max_size=20)
)


@given(LINES, st.integers(1, 8))
def test_whatever_a_file_says_the_places_are_of_the_photo(lines: list[bytes], orientation: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "a.jpg"
        (Path(folder) / ".picasa.ini").write_bytes(b"\n".join(lines))
        source = PicasaSource([photo])
        found = source.names_of(photo, 640, 480, orientation)
        assert not source.unused().problems
        for region in (region for _, one in found for region in one.named):
            x, y, width, height = region.box
            assert region.name
            assert -0.01 <= x < x + width <= 640.01
            assert -0.01 <= y < y + height <= 480.01


def test_a_folder_is_read_when_its_first_photo_is_asked_for(
    photo: MarkedPhoto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [tmp_path / f"{number}" / "x.jpg" for number in range(3)]
    for other in others:
        other.parent.mkdir()
        make_picasa(other.parent, [])
    make_picasa(photo.path.parent, [photo])
    listed, real = list[str](), os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: (listed.append(Path(folder).name), real(folder))[1])
    source = PicasaSource([photo.path, *others])
    assert listed == []
    assert names(source, photo.path) == ["Ann Lee", "Ben"]
    assert listed == ["photos"]
    assert not source.may_name(others[1])
    assert listed == ["photos", "1"]


@pytest.mark.parametrize(
    "section",
    [
        *("//evil.example/share/x.jpg", r"\\evil.example\share\x.jpg", r"\\?\UNC\evil\share\x.jpg"),
        *("/proc/1/root/net/evil/x.jpg", "../evil/x.jpg", "sub/evil.jpg"),
        *("C:/evil.jpg", "C:evil.jpg", "file://evil/x.jpg"),
    ],
)
def test_no_place_that_a_section_names_is_looked_at(
    photo: MarkedPhoto, section: str, stat_calls: list[str]
) -> None:
    lines = f"[{section}]\nfaces=rect64(3f845bcb59418507),8e62398ebda8c1a5\n"
    (photo.path.parent / ".picasa.ini").write_text(lines)
    source = PicasaSource([photo.path])
    assert not source.may_name(photo.path)
    assert left(source) == {"photo not found": 1}
    assert not [path for path in stat_calls if "evil" in path]


def test_a_file_of_more_faces_than_a_folder_has_is_refused(photo: MarkedPhoto) -> None:
    line = "faces=rect64(3f845bcb59418507),8e62398ebda8c1a5\n"
    ini = photo.path.parent / ".picasa.ini"
    ini.write_text("".join(f"[f{number}.jpg]\n{line}" for number in range(MAX_FACES + 1)))
    source = PicasaSource([photo.path])
    assert not source.may_name(photo.path)
    ((path, error),) = source.unused().problems
    assert path == ini
    assert isinstance(error, NamesUnreadableError)
    assert "too many faces" in error.reason
