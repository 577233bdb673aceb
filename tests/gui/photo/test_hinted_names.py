"""On the page of a photo, the people whom its metadata name are said, ranked higher, and offered first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

NAMES = ("Grace Hopper", "Ann {Lee}")


@pytest.fixture
def named_photo(tmp_path: Path, hopper_file: Path) -> Path:
    """With what Google Takeout writes beside it."""
    photo = Path(shutil.copy(hopper_file, tmp_path / "b.jpg"))
    people = [{"name": name} for name in NAMES]
    photo.with_name("b.jpg.json").write_text(json.dumps({"title": "b.jpg", "people": people}))
    return photo


def rows(driver) -> list[tuple[str, bool]]:
    return [(row.name, row.is_hinted) for row in driver.window.photo_page.name_edit.suggestions.rows]


def test_a_photo_that_names_nobody_known_says_whom_it_names_and_offers_them(
    driver, named_photo: Path, astronaut_file: Path
) -> None:
    driver.add(astronaut_file, "Ann Eileen")
    driver.open(named_photo)
    page = driver.window.photo_page
    assert driver.question == "Probably someone new"
    assert page.panel.note.toolTip().endswith("The photo’s metadata name Grace Hopper, Ann {Lee}")
    driver.type_name("Ann")
    assert rows(driver)[:2] == [("Ann {Lee}", True), ("Ann Eileen", False)]


def test_a_name_that_the_face_has_is_used_up_and_another_photo_has_its_own(
    driver, named_photo: Path, astronaut_file: Path
) -> None:
    driver.add(named_photo, "Grace Hopper")
    driver.open(named_photo)
    field = driver.window.photo_page.name_edit
    driver.type_name("a")
    assert ("Ann {Lee}", True) in rows(driver)
    assert ("Grace Hopper", True) not in rows(driver)
    field.clear()
    driver.open(astronaut_file)
    driver.type_name("a")
    assert not any(is_hinted for _, is_hinted in rows(driver))
