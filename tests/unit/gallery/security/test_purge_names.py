"""Searching texts for the names of a person, however many there are."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from face_match.core.errors import GalleryDamagedError, PurgePlanUnusableError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.names import name_key
from face_match.gallery.records.paths import PURGE_PLAN
from face_match.gallery.security import purge, purge_names, purge_plan
from face_match.gallery.security.purge_names import FEW_NAMES, MAX_SEARCHED, TELLING_LETTERS, NameSearch
from face_match.gallery.security.purge_plan import MAX_FOLDERS, MAX_NAMES, PurgePlan
from tests.unit.gallery.call_counting import MOST_GROWTH, calls_made

SIGNS = ("a", "b", "A", "é", "e\u0301", " ", "-", "/", "_", "★", "?", "ß", "7", "\n")
FORGED = {"ids": [], "files": [], "moved": {}, "vectors": [], "generation": None}


def said(names: Sequence[str], told: str) -> bool:
    """The same one name after the other."""
    words = purge_names._words(name_key(told))
    for key in map(name_key, names):
        own = purge_names._words(key)
        letters = "".join(own)
        if not letters:
            if key in name_key(told):
                return True
        elif letters in "".join(words) if len(letters) >= TELLING_LETTERS else _in_words(own, words):
            return True
    return False


def _in_words(own: Sequence[str], words: Sequence[str]) -> bool:
    return f" {' '.join(own)} " in f" {' '.join(words)} "


@pytest.mark.parametrize("most", [2, 3 * FEW_NAMES], ids=["few", "many"])
def test_names_are_found_as_by_searching_one_by_one(most: int) -> None:
    drawn = random.Random(most)

    def text(shortest: int, longest: int) -> str:
        return "".join(drawn.choices(SIGNS, k=drawn.randint(shortest, longest)))

    outcomes = []
    for _ in range(300):
        names = [text(3, 12) for _ in range(drawn.randint(1, most))]
        paths = ["", *(text(0, 30) for _ in range(9))]
        plan = PurgePlan(folders=[], names=names)
        expected = [bool(path) and said(names, path) for path in paths]
        assert [plan.mentions(path) for path in paths] == expected, (names, paths)
        assert plan.matching(paths) == [number for number, is_said in enumerate(expected) if is_said]
        outcomes += expected
    assert 0.02 < sum(outcomes) / len(outcomes) < 0.95


def test_a_very_long_name_is_found_by_its_beginning() -> None:
    name = "abcdefghij" * MAX_SEARCHED
    assert NameSearch([name]).found_in(f"x{name[:MAX_SEARCHED]}")
    assert not NameSearch([name]).found_in(f"x{name[: MAX_SEARCHED - 1]}")


@pytest.mark.parametrize("path", ["/photos/{:07}.jpg", "/фото/{:07}.jpg"], ids=["plain", "of all languages"])
def test_twice_as_many_names_and_photos_are_twice_the_work(path: str) -> None:
    def work(count: int) -> int:
        names = NameSearch(f"Person{number:07}" for number in range(count))
        paths = [path.format(number) for number in range(count)]
        return calls_made(lambda: names.matching(paths))

    assert work(400) <= MOST_GROWTH * work(200)


@pytest.mark.parametrize(("field", "most"), [("names", MAX_NAMES), ("folders", MAX_FOLDERS)])
def test_a_plan_with_too_many_names_is_refused(field: str, most: int) -> None:
    told = {"folders": [], "names": [], **FORGED, field: [f"x{number}" for number in range(most)]}
    assert not PurgePlan.read(told).is_too_large
    told[field].append("y")
    with pytest.raises(ValueError, match="exceed the limit"):
        PurgePlan.read(told)


def test_an_oversized_plan_in_a_gallery_is_an_error_that_names_the_file(
    gallery: Gallery, folder: Path
) -> None:
    gallery.close()
    told = {"folders": [], **FORGED, "names": [f"x{number}" for number in range(MAX_NAMES + 1)]}
    (folder / PURGE_PLAN).write_text(json.dumps(told))
    with pytest.raises(PurgePlanUnusableError, match="it is incomplete or was changed") as caught:
        Gallery.open(folder, for_writing=True)
    assert caught.value.path == folder / PURGE_PLAN


@pytest.mark.parametrize(("limit", "most"), [("MAX_NAMES", 1), ("MAX_FOLDERS", 0)])
def test_a_purge_that_could_not_be_resumed_is_not_started(
    odd_people: Path, files_in: Callable[..., object], monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    with Gallery.open(odd_people, for_writing=True) as gallery:
        name = gallery.people[0].name
        gallery.rename(gallery.people[0], "Ada King")
        gallery.rename(gallery.people[0], name)
    before = files_in(odd_people)
    monkeypatch.setattr(purge_plan, limit, most)
    with pytest.raises(GalleryDamagedError, match="too many names"):
        purge.purge(odd_people, name)
    assert files_in(odd_people) == before
