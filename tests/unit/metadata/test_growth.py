"""Small files of other programs that would take much memory or time together."""

from __future__ import annotations

import itertools
import sqlite3
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from face_match.core.types import Box
from face_match.metadata import catalog_photos, google_takeout, picasa
from face_match.metadata.catalog_photos import CatalogSource
from face_match.metadata.digikam import DigikamSource
from face_match.metadata.google_takeout import TakeoutSource
from face_match.metadata.lightroom import LightroomSource
from face_match.metadata.picasa import PicasaSource
from face_match.metadata.sidecars import SidecarSource
from tests.unit.gallery.call_counting import MOST_GROWTH, calls_made
from tests.unit.metadata.catalog_inputs import (
    MarkedPhoto,
    make_digikam,
    make_lightroom,
    make_picasa,
    make_takeout,
)

SIZE = (600, 400)
FACE = Box(60, 40, 120, 150)
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><I:PersonInImage><rdf:Bag>'
    "<rdf:li>{}</rdf:li></rdf:Bag></I:PersonInImage></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def spelled(stem: str) -> list[str]:
    """A word in all cases of its letters."""
    return ["".join(letters) for letters in itertools.product(*zip(stem, stem.upper(), strict=True))]


def hints(source: SidecarSource, photo: Path) -> list[str]:
    return [hint for _, found in source.names_of(photo, *SIZE, 1) for hint in found.hints]


@pytest.mark.parametrize("suffix", ["JPG", ""])
def test_photos_whose_names_differ_in_case_alone_are_not_compared_each_with_each(
    tmp_path: Path, suffix: str
) -> None:
    calls = []
    for stem in ("abcde", "abcdefg"):
        folder = tmp_path / stem
        folder.mkdir()
        names = spelled(stem)
        for name in names:
            (folder / f"{name}.jpg").touch()
            if suffix:
                (folder / f"{name}.{suffix}.xmp").write_text(XMP.format("Ann"))
        (folder / f"{names[-1]}.XMP").write_text(XMP.format("Ann"))
        photos = [folder / f"{name}.jpg" for name in names]

        def ask(photos: Sequence[Path] = photos) -> None:
            source = SidecarSource()
            for photo in photos:
                source.names_of(photo, *SIZE, 1)

        calls.append(calls_made(ask))
    assert calls[1] < MOST_GROWTH**2 * calls[0]


def test_a_photo_with_many_other_spellings_has_its_own_sidecar(tmp_path: Path) -> None:
    names = spelled("abcde")
    for name in names:
        (tmp_path / f"{name}.jpg").touch()
        (tmp_path / f"{name}.jpg.xmp").write_text(XMP.format(f"Of {name}"))
    source = SidecarSource()
    assert [hints(source, tmp_path / f"{name}.jpg") for name in names] == [[f"Of {name}"] for name in names]


def catalog(tmp_path: Path, make: Callable[..., Path], folder: str, count: int) -> Path:
    photos = [MarkedPhoto(Path(f"/pictures/x/{i}.jpg"), SIZE, [("Ann", FACE)]) for i in range(count)]
    path = make(tmp_path / ("digikam4.db" if make is make_digikam else "a.lrcat"), Path("/pictures"), photos)
    database = sqlite3.connect(path)
    if make is make_digikam:
        database.execute("UPDATE Albums SET relativePath = ?", (f"/{folder}",))
    else:
        database.execute("UPDATE AgLibraryFolder SET pathFromRoot = ?", (f"{folder}/",))
    database.commit()
    database.close()
    return path


CATALOGS = pytest.mark.parametrize(
    ("make", "source"), [(make_digikam, DigikamSource), (make_lightroom, LightroomSource)]
)


@CATALOGS
def test_a_long_folder_is_not_repeated_for_each_photo(
    tmp_path: Path, make: Callable[..., Path], source: type[CatalogSource]
) -> None:
    path = catalog(tmp_path, make, "a" * 900_000, 300)
    tracemalloc.start()
    try:
        left = source(path, [tmp_path / "1.jpg"]).unused()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert {one.kind.value: one.count for one in left.skipped} == {"damaged": 300}
    assert peak < 30_000_000


@CATALOGS
def test_paths_are_bounded_altogether(
    tmp_path: Path, make: Callable[..., Path], source: type[CatalogSource], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = catalog(tmp_path, make, "a" * 100, 50)
    assert not source(path, []).unused().problems
    monkeypatch.setattr(catalog_photos, "_MAX_CHARS", 50 * 100)
    ((file, problem),) = source(path, []).unused().problems
    assert (file, "too many entries" in str(problem)) == (path, True)


def test_picasas_files_of_all_folders_are_bounded_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = []
    for folder in "abc":
        photos.append(MarkedPhoto(tmp_path / folder / "p.jpg", SIZE, [(f"Ann {folder}", FACE)]))
        photos[-1].path.parent.mkdir()
        photos[-1].path.touch()
        make_picasa(photos[-1].path.parent, photos[-1:])
    monkeypatch.setattr(picasa, "MAX_ENTRIES", 2 * 3 + 1)
    source = PicasaSource([photo.path for photo in photos])
    found = [
        [one.name for _, names in source.names_of(p.path, *SIZE, 1) for one in names.named] for p in photos
    ]
    assert found == [["Ann a"], ["Ann b"], []]
    ((file, problem),) = source.unused().problems
    assert (file.parent.name, "too many entries" in str(problem)) == ("c", True)


def test_long_texts_count_as_several_of_picasas_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"{i:x}={'n' * 3_900};;\n" for i in range(20))
    (tmp_path / ".picasa.ini").write_text(f"[Contacts2]\n{lines}[p.jpg]\nfaces=rect64(3f845bcb59418507),1\n")
    monkeypatch.setattr(picasa, "MAX_ENTRIES", 100)
    assert len(PicasaSource([tmp_path / "p.jpg"]).unused().problems) == 0, "no photo was asked for"
    source = PicasaSource([tmp_path / "p.jpg"])
    assert not source.may_name(tmp_path / "p.jpg")
    assert len(source.unused().problems) == 1


def test_folders_in_each_other_are_not_compared_each_with_each(tmp_path: Path) -> None:
    def nested(depth: int) -> list[Path]:
        folders = [tmp_path]
        for _ in range(depth):
            folders.append(folders[-1] / "d")
        return [folder / "a.jpg" for folder in folders]

    few, many = (calls_made(lambda depth=depth: PicasaSource(nested(depth))) for depth in (20, 80))
    assert many < MOST_GROWTH**4 * few, "with the square of the depth, as the length of their paths"


@pytest.mark.parametrize("number", ["", "(1)"])
def test_files_of_google_with_one_stem_are_not_all_read_for_each_photo(tmp_path: Path, number: str) -> None:
    calls = []
    for count in (20, 80):
        folder = tmp_path / str(count)
        folder.mkdir()
        for i in range(count):
            make_takeout(folder / f"a.x{i}.json", f"a.x{i}", ["Ann"])
        photos = [folder / f"a-edited{number}.p{i}" for i in range(count)]

        def ask(photos: Sequence[Path] = photos) -> None:
            source = TakeoutSource()
            for photo in photos:
                assert source.names_of(photo, *SIZE, 1) == []

        calls.append(calls_made(ask))
    assert calls[1] < MOST_GROWTH**2 * calls[0]


def test_what_was_unclear_is_told_also_of_folders_that_are_no_longer_kept(tmp_path: Path) -> None:
    folders = [tmp_path / str(i) for i in range(google_takeout.MAX_FOLDERS + 4)]
    source = TakeoutSource()
    for folder in folders:
        folder.mkdir()
        make_takeout(folder / "a.json", "a", ["Ann"])
        for suffix in ("jpg", "png"):
            (folder / f"a.{suffix}").touch()
        assert source.names_of(folder / "a.jpg", *SIZE, 1) == []
    assert [one.file for one in source.unused().skipped] == sorted(folder / "a.json" for folder in folders)
