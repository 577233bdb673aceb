"""A database that another program reads meanwhile: nothing is lost, and it does not count as damaged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from face_match.core.errors import GalleryDamagedError, GalleryWriteError
from face_match.core.messages import error_message
from face_match.gallery import restore
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.paths import DATABASE
from face_match.gallery.security import encryption, purge
from face_match.gallery.storage import active_store, vault
from face_match.gallery.storage.sqlite.store import SqlStore

Add = Callable[..., NamingResult]
NamesIn = Callable[[Path], list[str]]
PASSPHRASE = "a long passphrase"


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


@pytest.fixture
def in_database(
    folder: Path,
    add: Add,
    passphrase: str | None,
    quick_scrypt: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A gallery of Ada and Bob in a database, without a journal."""
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Ada", 1)
        add(gallery, "Bob", 2)
        gallery.back_up()
    if passphrase is not None:
        encryption.encrypt(folder, passphrase)
    return folder


@contextlib.contextmanager
def reading(folder: Path, passphrase: str | None) -> Iterator[None]:
    """Another program is in the midst of reading, as an export is."""
    key = None if passphrase is None else vault.unlock(folder, passphrase)
    store = SqlStore(folder / DATABASE, for_writing=False, vault=key)
    with contextlib.closing(store), store.reading() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT count(*) FROM faces").all()
        yield


def names(folder: Path, passphrase: str | None) -> list[str]:
    with Gallery.open(folder, for_writing=False, passphrase=passphrase) as gallery:
        return sorted(person.name for person in gallery.people)


def test_a_purge_loses_no_change_that_is_in_the_journal_alone(
    in_database: Path, passphrase: str | None
) -> None:
    with Gallery.open(in_database, for_writing=True, passphrase=passphrase) as gallery:
        gallery.rename(gallery.person("Ada"), "Ada B.")
    with reading(in_database, passphrase):
        with Gallery.open(in_database, for_writing=True, passphrase=passphrase) as gallery:
            gallery.rename(gallery.person("Ada B."), "Ada C.")
        with pytest.raises(GalleryWriteError, match="another program is using it"):
            purge.purge(in_database, "Bob", passphrase=passphrase)
        assert "Ada C." in names(in_database, passphrase)
    Gallery.open(in_database, for_writing=True, passphrase=passphrase).close()  # which completes the purge
    assert names(in_database, passphrase) == ["Ada C."]


def test_a_database_that_is_read_is_not_damaged(in_database: Path, passphrase: str | None) -> None:
    purge.purge(in_database, "Bob", passphrase=passphrase)  # which leaves it without a journal
    with reading(in_database, passphrase):
        with pytest.raises(GalleryWriteError) as caught:
            Gallery.open(in_database, for_writing=True, passphrase=passphrase)
        assert not isinstance(caught.value, GalleryDamagedError)
        assert "estore" not in error_message(caught.value)
        assert names(in_database, passphrase) == ["Ada"]
        backup = max((in_database / "backups").iterdir())
        with pytest.raises(GalleryWriteError):
            restore.restore(in_database, backup, passphrase=passphrase)
    assert names(in_database, passphrase) == ["Ada"]
