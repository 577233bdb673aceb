"""A search finds exactly the photos that fit what was asked, whatever store the records are in."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from face_match.core.types import Box, Crop, Landmarks, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage_change import move_records
from face_match.workflows.photo_search import FaceFilter, PhotoQuery, find_photos

CROP = Crop(
    np.zeros((40, 40, 3), np.uint8),
    Box(8.0, 8.0, 24.0, 24.0),
    Landmarks.of([[14.0, 16.0], [26.0, 16.0], [20.0, 21.0], [15.0, 27.0], [25.0, 27.0]]),
)
EMBEDDING = np.eye(1, 16, dtype=np.float32)[0]
PEOPLE = ("Ada", "Grace", "Emmy", "Zed")
UNNAMED, IGNORED = "?", "-"


class Made(NamedTuple):
    """A photo to be made: who has a face in it, and when it was taken."""

    faces: tuple[str, ...]
    taken: str = ""


class Library:
    """A gallery of photos that exist as records only; photo n is at /photos/n.jpg."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery = gallery
        self.photos: list[Made] = []

    def add(self, *faces: str, taken: str = "") -> None:
        number = len(self.photos)
        file = PhotoFileInfo(f"{number:064x}", f"{number:064x}", 9, number, 1, 2000, 1000, taken)
        new = [
            NewFace(CROP, {"made-up": EMBEDDING}, Box(100.0 * n, 0.0, 50.0, 60.0)) for n in range(len(faces))
        ]
        seen = self.gallery.record_photo(file, Path(f"/photos/{number}.jpg"), faces=new)
        for face, who in zip(seen.new_faces, faces, strict=True):
            if who == IGNORED:
                self.gallery.ignore([face.id])
            elif who != UNNAMED:
                self.gallery.name_faces([face.id], who, allow_same_photo=True)
        self.photos.append(Made(faces, taken))

    def find(self, *people: str, without: tuple[str, ...] = (), is_only: bool = False) -> list[str]:
        """The names of the files that a search finds, in its order."""
        query = PhotoQuery(
            tuple(map(self.gallery.person, people)), tuple(map(self.gallery.person, without)), is_only
        )
        return [Path(one.photo.path).name for one in find_photos(self.gallery, query)]


RECORDS = {"json": "embeddings.json", "database": "gallery.sqlite", "server": "on the server"}


@pytest.fixture(params=[*RECORDS])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    if request.param == "database":
        move_records(tmp_path, to_database=True)
    place = request.getfixturevalue("server_address") if request.param == "server" else tmp_path
    with Gallery.open(place, for_writing=True) as gallery:
        assert gallery.records.name == RECORDS[request.param]
        yield Library(gallery)


@pytest.fixture
def family(library: Library) -> Library:
    library.add("Ada", taken="2019-07-04T10:00:00")
    library.add("Ada", "Grace", taken="2018-01-01T00:00:01")
    library.add("Grace", UNNAMED)
    library.add("Ada", UNNAMED, taken="1999-05-05T12:00:00")
    library.add("Ada", IGNORED)
    library.add("Ada", "Grace", "Emmy")
    return library


def test_photos_of_a_person_are_sorted_by_date_the_undated_ones_by_path(family: Library) -> None:
    assert family.find("Ada") == ["3.jpg", "1.jpg", "0.jpg", "4.jpg", "5.jpg"]


def test_a_date_at_which_clocks_start_counts_as_unknown(library: Library) -> None:
    library.add("Ada", taken="1970-01-01T00:00:00")
    library.add("Ada", taken="2020-02-02T00:00:00")
    assert library.find("Ada") == ["1.jpg", "0.jpg"]


def test_photos_of_people_together_without_some_and_with_only_them(family: Library) -> None:
    assert family.find("Ada", "Grace") == ["1.jpg", "5.jpg"]
    assert family.find("Grace", "Ada", without=("Emmy",)) == ["1.jpg"]
    assert family.find("Ada", without=("Grace",)) == ["3.jpg", "0.jpg", "4.jpg"]
    assert family.find("Ada", "Grace", is_only=True) == ["1.jpg"]
    assert family.find(without=("Ada",)) == ["2.jpg"]


def test_photos_are_found_by_whether_their_faces_have_names(family: Library) -> None:
    family.add()
    found = {
        faces: [Path(one.photo.path).name for one in find_photos(family.gallery, PhotoQuery(faces=faces))]
        for faces in FaceFilter
    }
    assert found[FaceFilter.UNNAMED] == ["3.jpg", "2.jpg"]
    assert found[FaceFilter.NONE] == ["6.jpg"]
    assert sorted(found[FaceFilter.ANY]) == [f"{n}.jpg" for n in range(7)]
    (one, other) = find_photos(family.gallery, PhotoQuery(faces=FaceFilter.UNNAMED))
    assert [face.person for face in (*one.faces, *other.faces)] == [None, None], "rings are around these"


def test_photos_of_nobody_have_ignored_faces_at_most(family: Library) -> None:
    family.add()
    family.add(IGNORED, IGNORED)
    assert family.find(is_only=True) == ["6.jpg", "7.jpg"]
    assert family.find(is_only=True, without=("Ada",)) == ["6.jpg", "7.jpg"]


def test_an_unnamed_face_is_somebody_else_and_an_ignored_one_is_nobody(family: Library) -> None:
    assert family.find("Ada", is_only=True) == ["0.jpg", "4.jpg"]


def test_a_search_with_and_without_the_same_person_finds_nothing(family: Library) -> None:
    assert family.find("Ada", without=("Ada",)) == []


def test_found_photos_have_the_faces_that_were_searched_for_and_no_others(family: Library) -> None:
    ada, grace = map(family.gallery.person, ("Ada", "Grace"))
    found = find_photos(family.gallery, PhotoQuery((ada, grace)))
    assert [[face.person for face in one.faces] for one in found] == [[ada.folder, grace.folder]] * 2
    assert all(not face.embeddings and face.place is not None for one in found for face in one.faces)


def test_the_same_photo_found_again_looks_the_same_until_a_face_in_it_changes(family: Library) -> None:
    ada = family.gallery.person("Ada")
    before = find_photos(family.gallery, PhotoQuery((ada,)))
    again = find_photos(family.gallery, PhotoQuery((ada,)))
    assert [a.is_same(b) for a, b in zip(before, again, strict=True)] == [True] * 5
    assert not before[0].is_same(dataclasses.replace(again[0], faces=()))


FACES = st.lists(st.sampled_from([*PEOPLE, UNNAMED, IGNORED]), max_size=4).map(tuple)


@settings(deadline=None)
@given(
    photos=st.lists(FACES, min_size=1, max_size=8),
    people=st.sets(st.sampled_from(PEOPLE), min_size=1),
    without=st.sets(st.sampled_from(PEOPLE)),
    is_only=st.booleans(),
)
def test_a_search_finds_what_looking_at_every_photo_finds(
    photos: list[tuple[str, ...]], people: set[str], without: set[str], is_only: bool
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Gallery.open(Path(folder), for_writing=False, is_dry_run=True) as gallery,
    ):
        library = Library(gallery)
        for faces in (*photos, PEOPLE):
            library.add(*faces)
        fits = [
            f"{number}.jpg"
            for number, made in enumerate(library.photos)
            if people <= set(made.faces)
            and not without & set(made.faces)
            and (not is_only or set(made.faces) <= people | {IGNORED})
        ]
        assert library.find(*people, without=tuple(without), is_only=is_only) == fits
