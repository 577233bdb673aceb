"""Unsafe or damaged archives are refused, and the gallery is unchanged."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import shutil
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from face_match.core.errors import (
    ArchiveUnusableError,
    FaceMatchError,
    GalleryNewerError,
)
from face_match.gallery import archive
from face_match.gallery.gallery import Gallery, NamingResult
from tests.extent import examples

Add = Callable[..., NamingResult]
FilesIn = Callable[[Path], dict[str, bytes]]
PeopleIn = Callable[..., dict[str, object]]
Files = dict[str, bytes]


def exported(folder: Path, path: Path) -> Path:
    archive.export_archive(folder, None, path)
    return path


def taken_in(path: Path, folder: Path) -> archive.ImportSummary:
    with Gallery.open(folder, for_writing=True) as gallery:
        return archive.import_archive(path, gallery)


def files_of(path: Path) -> Files:
    with zipfile.ZipFile(path) as file:
        return {entry.filename: file.read(entry) for entry in file.infolist()}


def packed(files: Files, path: Path, *, manifest: bool = True, **changes: Any) -> Path:
    """An archive of files, with a manifest that fits them."""
    files = dict(files)
    if manifest:
        told = json.loads(files.pop("manifest.json"))
        told["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        }
        files["manifest.json"] = json.dumps({**told, **changes}).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data)
    return path


def renamed(files: Files, name: str) -> Files:
    """The same with another name of a crop, in the records too."""
    old = next(name for name in files if name.endswith(".png"))
    records = files["embeddings.json"].replace(json.dumps(old).encode(), json.dumps(name).encode())
    return {(name if n == old else n): (records if n == "embeddings.json" else d) for n, d in files.items()}


def with_records(files: Files, change: Callable[[Any], object]) -> Files:
    records = json.loads(files["embeddings.json"])
    change(records)
    return {**files, "embeddings.json": json.dumps(records).encode()}


def first_face(records: Any) -> Any:
    return records["faces"][0]


PLACES = (
    *("/etc/passwd", "../outside.png", "faces_db/../../outside.png", "faces_db/./x.png", "faces_db//x.png"),
    *("C:/x.png", "C:x.png", "faces_db\\..\\x.png", "\\\\server\\x.png", "faces_db/x\n.png", "faces_db/Al/"),
)
CHANGES: dict[str, Callable[[Files], Files]] = {
    "no records": lambda files: {n: d for n, d in files.items() if n != "embeddings.json"},
    "a crop less": lambda files: {n: d for n, d in files.items() if not n.endswith("con/1.png")},
    "a file more": lambda files: {**files, "setup.exe": b"MZ"},
    "records that are none": lambda files: {**files, "embeddings.json": b"{"},
    "records of another program": lambda files: with_records(files, lambda r: r.update(format="other")),
    "an empty name": lambda files: with_records(files, lambda r: r["people"][0].update(name=" ")),
    "a folder that leads elsewhere": lambda files: with_records(
        files, lambda r: r["people"][0].update(folder="../x")
    ),
    "the same id twice": lambda files: with_records(
        files, lambda r: first_face(r).update(id=r["faces"][1]["id"])
    ),
    "two faces of one crop": lambda files: with_records(
        files, lambda r: first_face(r).update(file=r["faces"][1]["file"])
    ),
    "a face of nobody": lambda files: with_records(files, lambda r: first_face(r).update(person="nobody")),
    "a face in no photo": lambda files: with_records(files, lambda r: first_face(r).update(photo="none")),
    "a photo twice": lambda files: with_records(files, lambda r: r["photos"].append(r["photos"][0])),
    "a place beyond reason": lambda files: with_records(
        files, lambda r: first_face(r).update(place=[0, 0, 1e300, 1])
    ),
    "a rejection that leads elsewhere": lambda files: with_records(
        files, lambda r: first_face(r).update(rejections=[{"folder": "../x", "name": "x"}])
    ),
    "a conflict about no face": lambda files: with_records(
        files,
        lambda r: r["conflicts"].append(
            {"id": "c", "face": "none", "name": "x", "source": "folder", "path": "", "at": ""}
        ),
    ),
    "a vector that is none": lambda files: with_records(
        files, lambda r: first_face(r).update(vectors={"made-up": "AAAA"})
    ),
    "a crop that is a program": lambda files: {
        n: (b"MZ" + bytes(99) if n.endswith("con/1.png") else d) for n, d in files.items()
    },
    **{f"a crop at {place!r}": lambda files, p=place: renamed(files, p) for place in PLACES},
}


@pytest.fixture
def target(tmp_path: Path, add: Add) -> Path:
    """A gallery of one person to take archives in."""
    with Gallery.open(tmp_path / "target", for_writing=True) as gallery:
        add(gallery, "Grace", 90)
        gallery.back_up()
    return tmp_path / "target"


def refused(path: Path, target: Path, files_in: FilesIn) -> FaceMatchError:
    """The error with which an archive is refused, as a whole."""
    before = {name: data for name, data in files_in(target).items() if "backups" not in name}
    with pytest.raises((ArchiveUnusableError, GalleryNewerError)) as caught:
        taken_in(path, target)
    after = {name: data for name, data in files_in(target).items() if "backups" not in name}
    assert after == before
    assert sorted(p.name for p in path.parent.iterdir() if p.is_file()) == ["a.zip", "bad.zip"]
    return caught.value


@pytest.mark.parametrize("change", CHANGES)
def test_an_unsafe_archive_is_refused_as_a_whole(
    change: str, odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = CHANGES[change](files_of(exported(odd_people, tmp_path / "a.zip")))
    error = refused(packed(files, tmp_path / "bad.zip"), target, files_in)
    assert isinstance(error, ArchiveUnusableError)


def test_a_long_name_in_an_archive_is_shortened_in_the_refusal(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = {**files_of(exported(odd_people, tmp_path / "a.zip")), f"../{'x' * 60_000}": b""}
    error = refused(packed(files, tmp_path / "bad.zip", manifest=False), target, files_in)
    assert isinstance(error, ArchiveUnusableError)
    assert "…” in it has an unsafe path" in error.detail
    assert len(error.detail) < 200


def test_a_crop_that_is_too_long_is_refused_with_its_size(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    name = next(name for name in files if name.endswith(".png"))
    image = io.BytesIO()
    Image.new("L", (65_536, 1)).save(image, "PNG")
    changed = packed({**files, name: image.getvalue()}, tmp_path / "bad.zip")
    assert isinstance(error := refused(changed, target, files_in), ArchiveUnusableError)
    assert (
        error.detail == f"“{name}” in it is not a readable image (65,536 × 1 pixels, over 65,535 on one side)"
    )


def test_files_missing_from_the_manifest_are_refused(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    name = next(name for name in files if name.endswith(".png"))
    other = dict(files)
    other[name] = next(d for n, d in files.items() if n.endswith(".png") and n != name)
    longer = {**files, name: files[name] + b"x"}
    without = {n: d for n, d in files.items() if n != "manifest.json"}
    broken = {**files, "manifest.json": b"[]"}
    foreign = {**files, "manifest.json": files["manifest.json"].replace(b"face-match archive", b"other")}
    for changed in (other, longer, without, broken, foreign):
        path = packed(changed, tmp_path / "bad.zip", manifest=False)
        assert isinstance(refused(path, target, files_in), ArchiveUnusableError)


def test_a_newer_version_is_refused_with_its_number(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    newer = packed(files, tmp_path / "bad.zip", version=9)
    assert isinstance(error := refused(newer, target, files_in), GalleryNewerError)
    assert error.detail == "9"
    packed(with_records(files, lambda r: r.update(version=8)), tmp_path / "bad.zip")
    assert isinstance(error := refused(tmp_path / "bad.zip", target, files_in), GalleryNewerError)
    assert error.detail == "8"


def test_links_duplicates_and_bombs_are_refused(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    name = next(name for name in files if name.endswith(".png"))
    bad = tmp_path / "bad.zip"
    link = zipfile.ZipInfo(name)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    def write(entries: list[tuple[zipfile.ZipInfo | str, bytes]], packing: int = zipfile.ZIP_STORED) -> None:
        with zipfile.ZipFile(bad, "w", packing) as file:
            for entry, data in entries:
                file.writestr(entry, data)

    plain: list[tuple[zipfile.ZipInfo | str, bytes]] = [(n, d) for n, d in files.items() if n != name]
    write([*plain, (link, b"/etc/passwd")])
    assert "link" in str(refused(bad, target, files_in))
    with pytest.warns(UserWarning, match="Duplicate"):
        write([*plain, (name, files[name]), (name, files[name])])
    assert "twice" in str(refused(bad, target, files_in))
    write([*plain, (name, bytes(10_000_000))], zipfile.ZIP_DEFLATED)
    assert "bomb" in str(refused(bad, target, files_in))
    write([*plain, (name, files[name])], zipfile.ZIP_BZIP2)
    assert "compression" in str(refused(bad, target, files_in))


def test_files_that_overlap_are_a_bomb(
    odd_people: Path, target: Path, tmp_path: Path, files_in: FilesIn
) -> None:
    """As in D. Fifield, A better zip bomb (2019): many entries of a directory share the same bytes."""
    files = files_of(exported(odd_people, tmp_path / "a.zip"))
    bad, big = tmp_path / "bad.zip", bytes(2_000_000)
    with zipfile.ZipFile(bad, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)
        file.writestr("faces_db/Al/big.png", big)
        offset = file.getinfo("faces_db/Al/big.png").header_offset
        for number in range(20):
            copy = zipfile.ZipInfo(f"faces_db/Al/big{number:03d}.png")
            whole = file.getinfo("faces_db/Al/big.png")
            copy.file_size, copy.compress_size, copy.CRC = len(big), len(big), whole.CRC
            copy.header_offset = offset
            file.filelist.append(copy)
            file.NameToInfo[copy.filename] = copy
    assert "bomb" in str(refused(bad, target, files_in))


@pytest.mark.parametrize("stated", [500_000 & 0xFFFF, 0, 5])
def test_an_archive_of_very_many_files_is_refused_before_they_are_listed(
    target: Path, tmp_path: Path, stated: int
) -> None:
    entry = b"PK\1\2" + bytes(24) + struct.pack("<H", 7) + bytes(16)
    listed = b"".join(entry + b"%07d" % number for number in range(500_000))
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, stated, stated, len(listed), 0, 0)
    path = tmp_path / "bad.zip"
    path.write_bytes(listed + end)
    tracemalloc.start()
    with pytest.raises(ArchiveUnusableError, match="too many files"):
        taken_in(path, target)
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < 4 * len(listed)  # the entries of the list would take ten times as much


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive" * 100, None])
def test_a_file_that_is_no_archive_is_refused(content: bytes | None, target: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ArchiveUnusableError), Gallery.open(target, for_writing=True) as gallery:
        archive.import_archive(path, gallery)


@pytest.fixture(scope="module")
def small_archive(tmp_path_factory: pytest.TempPathFactory, add: Add) -> bytes:
    folder = tmp_path_factory.mktemp("small")
    with Gallery.open(folder / "gallery", for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Grace", 2)
    return exported(folder / "gallery", folder / "a.zip").read_bytes()


@settings(
    max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), max_size=3),
    cut=st.none() | st.integers(0, 10**6),
)
def test_a_corrupted_archive_is_refused_or_imported_intact(
    people_in: PeopleIn, flips: list[tuple[int, int]], cut: int | None, small_archive: bytes, tmp_path: Path
) -> None:
    data = bytearray(small_archive)
    for at, mask in flips:
        data[at % len(data)] ^= mask
    data = data[: len(data) if cut is None else cut % len(data)]
    (tmp_path / "a.zip").write_bytes(data)
    shutil.rmtree(tmp_path / "gallery", ignore_errors=True)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as gallery:
        try:
            archive.import_archive(tmp_path / "a.zip", gallery)
        except (ArchiveUnusableError, GalleryNewerError):
            assert gallery.people == ()
            return
    (tmp_path / "b.zip").write_bytes(small_archive)
    shutil.rmtree(tmp_path / "other", ignore_errors=True)
    taken_in(tmp_path / "b.zip", tmp_path / "other")
    assert people_in(tmp_path / "gallery") == people_in(tmp_path / "other")


def with_entry_changed(data: bytes, number: int, size: int, packed_size: int, at: int) -> bytes:
    """An archive in which an entry of its directory states sizes and a position of eight bytes (ZIP64)."""
    end = data.rindex(b"PK\5\6")
    count, length, start = struct.unpack_from("<HII", data, end + 10)
    entries, place = list[bytes](), start
    for _ in range(count):
        stop = place + 46 + sum(struct.unpack_from("<3H", data, place + 28))
        entries.append(data[place:stop])
        place = stop
    old = entries[number]
    more = struct.pack("<HHQQQ", 1, 24, size, packed_size, at)
    lengths = struct.pack("<HH", len(old) - 46, len(more))
    name = old[46:]
    entries[number] = old[:20] + b"\xff" * 8 + lengths + old[32:42] + b"\xff" * 4 + name + more
    directory = b"".join(entries)
    assert place == start + length
    closing = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return data[:start] + directory + closing


@pytest.mark.parametrize("number", [0, -1])
@pytest.mark.parametrize("value", [2**62, 2**63, 2**64 - 1])
@pytest.mark.parametrize("field", ["size", "packed_size", "at"])
def test_numbers_of_eight_bytes_are_refused(
    number: int, value: int, field: str, odd_people: Path, tmp_path: Path
) -> None:
    data = exported(odd_people, tmp_path / "a.zip").read_bytes()
    numbers = {"size": 500, "packed_size": 400, "at": 0, field: value}
    (tmp_path / "bad.zip").write_bytes(with_entry_changed(data, number, **numbers))
    with pytest.raises(ArchiveUnusableError):
        taken_in(tmp_path / "bad.zip", tmp_path / "target")


@pytest.mark.parametrize(
    "error",
    [
        *(ValueError, OverflowError, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError, EOFError),
        *(struct.error, zipfile.BadZipFile, KeyError, UnicodeDecodeError("utf-8", b"", 0, 1, ""), OSError),
    ],
    ids=str,
)
def test_whatever_the_reader_of_zips_raises_is_one_error(
    error: Any, odd_people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(odd_people, tmp_path / "a.zip")

    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(zipfile.ZipFile, "read", fail)
    with pytest.raises(ArchiveUnusableError):
        taken_in(path, tmp_path / "target")


def test_rejections_of_the_faces_own_person_and_twice_of_another_are_not_taken(
    gallery: Gallery, folder: Path, tmp_path: Path, add: Add
) -> None:
    add(gallery, "Ada", 1)
    gallery.close()
    files = files_of(exported(folder, tmp_path / "whole.zip"))
    rejections = [{"folder": name, "name": name} for name in ("Ada", "Eve", "Eve")]
    changed = with_records(files, lambda records: first_face(records).update(rejections=rejections))
    taken_in(packed(changed, tmp_path / "changed.zip"), tmp_path / "new")
    with Gallery.open(tmp_path / "new", for_writing=False) as new:
        (face,) = new.faces_of(new.person("Ada"))
        assert [rejection.name for rejection in face.rejections] == ["Eve"]
