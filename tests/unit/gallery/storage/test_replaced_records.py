"""Records that another program, such as one that syncs folders, replaces while the gallery is open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import GalleryLockLostError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.security import encryption
from tests.unit.gallery.security.sealed_galleries import PASSPHRASE, opened, records_of

pytestmark = pytest.mark.usefixtures("quick_scrypt")


@pytest.fixture(params=["plain", "encrypted"])
def people(gallery: Gallery, folder: Path, add: Any, request: pytest.FixtureRequest) -> Path:
    for number, name in enumerate(("Ada", "Grace")):
        add(gallery, name, number)
    gallery.close()
    if request.param == "encrypted":
        encryption.encrypt(folder, PASSPHRASE)
    return folder


@pytest.fixture
def other(people: Path, tmp_path: Path) -> Path:
    """Records of the same gallery that were changed on another computer."""
    copy = Path(shutil.copytree(people, tmp_path / "other"))
    with opened(copy) as gallery:
        for number in range(30):
            gallery.rename(gallery.people[number % 2], f"Elsewhere {number} " + "x" * 300)
    return records_of(copy)


@pytest.fixture
def changed(people: Path) -> Iterator[Gallery]:
    """A gallery that is open, with a change that is not in its records' first version."""
    with opened(people) as gallery:
        gallery.rename(gallery.people[0], "Ada Lovelace")
        yield gallery


def names(folder: Path) -> list[str]:
    with Gallery.open(folder, for_writing=False, passphrase=PASSPHRASE) as gallery:
        return sorted(person.name for person in gallery.people)


def test_nothing_is_changed_after_another_version_has_replaced_them(
    changed: Gallery, people: Path, other: Path, tmp_path: Path
) -> None:
    records = records_of(people)
    shutil.copy(other, tmp_path / "new")
    (tmp_path / "new").replace(records)
    content = records.read_bytes()
    for _ in range(2):
        with pytest.raises(GalleryLockLostError, match="records were deleted or replaced"):
            changed.rename(changed.people[0], "Lost")
    assert "Lost" not in [person.name for person in changed.people]
    changed.close()
    assert records.read_bytes() == content
    assert not list(people.glob("*-wal")), "it is of the other file, which it would damage"


def test_the_version_that_has_replaced_them_can_be_opened(
    changed: Gallery, people: Path, other: Path
) -> None:
    if (people / "vault.json").exists():
        pytest.skip("an encrypted gallery takes another version of its records for an older one")
    other.replace(records_of(people))
    changed.close()
    assert all(name.startswith("Elsewhere") for name in names(people))


def test_a_deleted_database_takes_no_more_changes(changed: Gallery, people: Path) -> None:
    records = records_of(people)
    records.unlink()
    if records.name == DATABASE:
        with pytest.raises(GalleryLockLostError):
            changed.rename(changed.people[1], "Lost")
    else:  # which is written as a whole
        changed.rename(changed.people[1], "Grace Hopper")
        changed.close()
        assert names(people) == ["Ada Lovelace", "Grace Hopper"]
