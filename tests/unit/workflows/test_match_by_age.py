"""Dates of photos in matching and in the review: faces of about an age count more, nobody is ruled out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ages import GROWTHS, Family, right_first
from face_match.core.matches import Match
from face_match.core.records import FaceRecord
from face_match.core.types import Box, Crop, Embedding, Landmarks, PhotoFileInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gallery.storage import active_store
from face_match.workflows.face_groups import FaceGroup, GroupKind
from face_match.workflows.match import matches
from face_match.workflows.review import Review

MODEL = "made-up"
"""Of which no rivals were measured."""
CROP = Crop(
    np.full((30, 30, 3), 90, np.uint8),
    Box(5, 5, 20, 20),
    Landmarks.of([[9.0 + n, 12.0] for n in range(5)]),
)
PLACE = Box(100.0, 50.0, 60.0, 70.0)
CHILD, YOUTH, OTHER, *_ = np.eye(64, dtype=np.float32)


def day(year: float) -> str:
    """In the middle of a year, or nearly; "" for NaN."""
    return "" if np.isnan(year) else f"{int(year)}-{1 + int(12 * (year % 1)):02d}-15T12:00:00"


def like(*parts: tuple[Embedding, float]) -> Embedding:
    """A embedding of so much of some others, and of what no other has."""
    like.used += 1
    embedding = np.zeros(64, np.float32)
    for part, weight in parts:
        embedding += np.float32(weight) * part
    embedding[-like.used] = np.sqrt(max(0.0, 1 - float(embedding @ embedding)))
    return embedding / np.linalg.norm(embedding)


like.used = 0


class Album:
    """A gallery of made faces in photos with dates."""

    def __init__(self, gallery: Gallery) -> None:
        self.gallery, self.review, self._photos = gallery, Review(gallery, MODEL), 0

    def photo(self, year: float) -> PhotoFileInfo:
        self._photos += 1
        digest = f"{self._photos:064x}"
        return PhotoFileInfo(digest, digest, 1000, 1, 1, 2000, 1000, day(year))

    def add(self, name: str, embedding: Embedding, year: float = np.nan) -> FaceRecord:
        return self.gallery.add(name, NewFace(CROP, {MODEL: embedding}, PLACE), self.photo(year)).faces[0]

    def scan(self, embedding: Embedding, year: float = np.nan) -> FaceRecord:
        new = NewFace(CROP, {MODEL: embedding}, PLACE, 0.9)
        return self.gallery.record_photo(self.photo(year), scan="made-up", faces=[new]).new_faces[0]

    def born(self, name: str, born: str) -> None:
        self.gallery.set_birth_date(self.gallery.person(name), born)

    def match(self, embedding: Embedding, year: float = np.nan, k: int = 9) -> dict[str, Match]:
        found = matches(self.gallery, embedding, MODEL, k, taken=day(year))
        return {one.person.name: one for one in found}

    def groups(self, threshold: float) -> dict[tuple[str, bool], set[str]]:
        """The faces for whom somebody is proposed, by who that is, and whether it is across childhood."""
        found = [group for group in self.review.groups(threshold) if group.kind is GroupKind.SUGGESTION]
        assert all(group.person is not None for group in found)
        return {(_name(group), group.across_childhood): {*group.ids} for group in found}


def _name(group: FaceGroup) -> str:
    return group.person.name if group.person is not None else ""


@pytest.fixture(params=["file", "database"])
def album(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Album]:
    like.used = 0
    if request.param == "database":
        monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(tmp_path / "gallery", for_writing=True) as opened:
        yield Album(opened)


@pytest.fixture
def grown(album: Album) -> Album:
    """Ada was a child in 2004 and is a youth in 2018; Ida, her sister, was a child in 2018, and looked as Ada
    had. Of each there are as many faces of one age as of the other."""
    for n in range(3):
        album.add("Ada", like((CHILD, 0.8)), 2004 + n / 2)
        album.add("Ada", like((YOUTH, 0.8)), 2018 + n / 2)
        album.add("Ida", like((CHILD, 0.75)), 2018 + n / 2)
        album.add("Ida", like((OTHER, 0.75)), 2004 + n / 2)
    return album


def test_with_its_date_a_face_is_the_sister_s_who_was_that_old_then(grown: Album) -> None:
    face = like((CHILD, 0.85))
    without, dated = grown.match(face), grown.match(face, 2018.2)
    assert [*without] == ["Ada", "Ida"], "who looks more like it, at any time"
    assert [*dated] == ["Ida", "Ada"]
    assert [*grown.match(face, 2004.2)] == ["Ada", "Ida"]
    for name in without:
        assert dated[name].similarity == without[name].similarity
        assert dated[name].face.id == without[name].face.id
    assert dated["Ida"].score > without["Ida"].score


def test_the_review_proposes_by_the_same_score(grown: Album) -> None:
    face = like((CHILD, 0.85))
    dated, undated = grown.scan(face, 2018.2), grown.scan(face)
    for record, year in ((dated, 2018.2), (undated, np.nan)):
        best = next(iter(grown.match(face, year).values()))
        # where the best one is proposed, and nobody where it would not be
        for threshold, is_proposed in ((best.score - 0.002, True), (best.score + 0.002, False)):
            proposed = {name for (name, _), ids in grown.groups(threshold).items() if record.id in ids}
            assert (best.person.name in proposed) is is_proposed, (year, threshold)


@pytest.mark.parametrize("born", ["", "2000", "1950"])
@pytest.mark.parametrize("year", [1975.0, 2004.2, 2011.0, 2018.2, 2025.0])
def test_no_date_takes_anybody_from_the_list_or_changes_a_similarity(
    grown: Album, year: float, born: str
) -> None:
    grown.born("Ada", born)
    for n in range(12):
        grown.add(f"Somebody {n}", like((OTHER, 0.5)), 1990 + n)
    face = like((CHILD, 0.5), (YOUTH, 0.3), (OTHER, 0.3))
    without, dated = grown.match(face, k=14), grown.match(face, year, k=14)
    assert without.keys() == dated.keys()
    assert len(dated) == 14
    assert all(without[name].similarity == dated[name].similarity for name in dated)


def test_dates_that_cannot_be_right_are_none(grown: Album) -> None:
    face = like((CHILD, 0.85))
    expected = {name: one.score for name, one in grown.match(face).items()}
    for taken in ("1980-01-01T00:00:00", "2093-05-05T10:00:00", "1704-05-05T10:00:00", "yesterday"):
        found = matches(grown.gallery, face, MODEL, 9, taken=taken)
        assert {one.person.name: one.score for one in found} == expected
        assert all(one.years_apart is None and not one.across_childhood for one in found)


def test_a_gallery_without_dates_is_compared_as_ever(album: Album) -> None:
    for n in range(4):
        album.add("Ada", like((CHILD, 0.5 + n / 10)))
    face = like((CHILD, 0.9))
    assert album.match(face, 2018.2)["Ada"].score == album.match(face)["Ada"].score
    assert album.match(face, 2018.2)["Ada"].years_apart is None


@pytest.mark.parametrize(
    ("born", "year", "expected"),
    [
        ("2000", 2017.0, (13, True, 3.5)),
        ("2000", 2012.0, (8, False, 3.5)),
        ("1980", 2017.0, (13, False, 23.5)),
        ("", 2017.0, (13, True, None)),
        ("", 1970.5, (33.5, True, None)),
        ("2000", 1990.5, (13.5, True, -10)),
    ],
)
def test_a_match_says_how_far_it_is_in_time(
    album: Album, born: str, year: float, expected: tuple[float, bool, float | None]
) -> None:
    album.add("Ada", like((CHILD, 0.9)), 2004.0)
    album.add("Ada", like((CHILD, 0.5)), 2004.0)
    album.born("Ada", born)
    found = album.match(like((CHILD, 0.9)), year)["Ada"]
    years, across_childhood, age = expected
    assert found.years_apart == pytest.approx(years, abs=0.1)
    assert found.across_childhood is across_childhood
    assert found.age == (None if age is None else pytest.approx(age, abs=0.1))


def test_who_was_in_photos_long_before_was_no_child(album: Album) -> None:
    album.add("Ada", like((CHILD, 0.9)), 2004.0)
    assert album.match(like((CHILD, 0.9)), 2017.0)["Ada"].across_childhood
    album.add("Ada", like((CHILD, 0.3)), 1985.0)
    assert not album.match(like((CHILD, 0.9)), 2017.0)["Ada"].across_childhood


def test_faces_from_far_away_in_childhood_are_a_question_of_their_own(album: Album) -> None:
    for _ in range(3):
        album.add("Ada", like((CHILD, 0.95)), 2004.0)
    album.born("Ada", "2000")
    face = like((CHILD, 0.95))
    close, far, undated = album.scan(face, 2006.0), album.scan(face, 2018.0), album.scan(face)
    assert album.groups(0.8) == {("Ada", False): {close.id, undated.id}, ("Ada", True): {far.id}}
    album.born("Ada", "1970")
    assert album.groups(0.8) == {("Ada", False): {close.id, undated.id, far.id}}


def test_what_is_learned_of_a_photo_later_counts_at_once(album: Album) -> None:
    """As where a photo of version 0.1 is scanned again; for named faces and unnamed ones."""
    photo, face = album.photo(2004.0), like((CHILD, 0.95))
    new = NewFace(CROP, {MODEL: like((CHILD, 0.95))}, PLACE)
    album.gallery.add("Ada", new, photo._replace(taken=""))
    asked = album.photo(2018.0)
    album.gallery.record_photo(
        asked._replace(taken=""), scan="made-up", faces=[NewFace(CROP, {MODEL: face}, PLACE)]
    )
    assert album.match(face, 2018.0)["Ada"].years_apart is None
    assert [*album.groups(0.8)] == [("Ada", False)]
    album.gallery.record_photo(photo)
    assert album.match(face, 2018.0)["Ada"].years_apart == pytest.approx(14, abs=0.1)
    album.gallery.record_photo(asked)
    assert [*album.groups(0.8)] == [("Ada", True)]


# How much it does for people who grow up


def test_among_siblings_who_grow_up_dates_find_the_right_one_more_often() -> None:
    """How often each is first is printed by `python -m benchmarks.ages`; here on some of the families."""
    growths = {growth.name: growth for growth in GROWTHS}
    much = right_first(growths["age changes much"], families=60)
    little = right_first(growths["age changes nothing"], families=60)
    assert much["with"] > much["without"] + 0.02
    assert much["wrong"] > much["without"] - 0.005
    assert little["with"] > little["without"] - 0.02


def test_a_family_in_a_gallery_is_ranked_as_the_measurement_says(tmp_path: Path) -> None:
    """The measurement compares arrays; the program, galleries."""

    def first_of(gallery: Gallery, embedding: Embedding, taken: str) -> str:
        return matches(gallery, embedding, MODEL, 4, taken=taken)[0].person.name

    growth = GROWTHS[0]
    right = {"without": 0, "with": 0}
    for seed in range(6):
        family = Family(growth, np.random.default_rng(seed))
        with Gallery.open(tmp_path / str(seed), for_writing=True) as gallery:
            album = Album(gallery)
            for sibling in range(len(family.births)):
                dates = family.dates(sibling, growth.faces)
                for embedding, year in zip(family.faces(sibling, dates), dates.tolist(), strict=True):
                    album.add(f"{sibling}", embedding, year)
            for sibling in range(len(family.births)):
                when = family.dates(sibling, 10)
                for embedding, year in zip(family.faces(sibling, when), when.tolist(), strict=True):
                    right["without"] += first_of(gallery, embedding, "") == f"{sibling}"
                    right["with"] += first_of(gallery, embedding, day(year)) == f"{sibling}"
    assert right["with"] > right["without"] > 180, right
