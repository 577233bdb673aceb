"""Settings are stored, and the program starts whatever is wrong with their file."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

import pytest

from face_match.core.settings import Settings, default_gallery, settings_file


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings' file of this test; it is not there yet."""
    for variable in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    path = settings_file()
    if tmp_path not in path.parents:
        monkeypatch.setattr("face_match.core.settings.settings_file", lambda: tmp_path / "settings.json")
        path = tmp_path / "settings.json"
    return path


def write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_settings_come_back_as_they_were_saved() -> None:
    settings = Settings(model="dlib", thresholds={"dlib": 0.925, "facenet": -0.5}, window="00ff")
    settings.people_order = "added"
    settings.save()
    assert Settings.load() == settings


def test_there_are_defaults_where_nothing_was_saved(file: Path) -> None:
    assert Settings.load() == Settings(model="", thresholds={}, window="")
    assert not file.exists()


def test_a_gallery_that_was_located_is_found_while_there_is_none_in_its_old_folder(tmp_path: Path) -> None:
    settings, old, new = Settings(), tmp_path / "old", tmp_path / "new"
    settings.set_located(old, new)
    settings.write()
    assert Settings.load().located_gallery(old) == new
    assert Settings.load().located_gallery(new) == new
    old.mkdir()  # of the program, as a checkout is
    assert Settings.load().located_gallery(old) == new
    (old / "embeddings.json").touch()
    assert Settings.load().located_gallery(old) == old
    settings.set_located(old, old)
    assert settings.located == {}


def test_a_gallery_that_was_moved_is_the_one_of_window_and_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, new = default_gallery(), tmp_path / "new"
    settings = Settings()
    settings.note_moved(usual, usual, new)
    assert default_gallery() == new
    assert Settings.load().gallery_to_open() == new
    assert Settings.load().recent == [str(new)]
    monkeypatch.setenv("FACE_MATCH_GALLERY", str(tmp_path / "chosen"))
    assert default_gallery() == Settings.load().gallery_to_open() == tmp_path / "chosen"


def test_a_gallery_that_was_chosen_is_opened_by_the_window_and_not_by_commands(tmp_path: Path) -> None:
    settings, usual = Settings(opened=str(tmp_path / "a")), default_gallery()
    settings.write()
    assert Settings.load().gallery_to_open() == tmp_path / "a"
    assert default_gallery() == usual
    settings.note_moved(tmp_path / "a", tmp_path / "a", tmp_path / "b")
    assert Settings.load().gallery_to_open() == tmp_path / "b"
    assert default_gallery() == usual


def test_recent_galleries_are_those_that_were_open_the_last_one_first(tmp_path: Path) -> None:
    settings = Settings()
    for name in "abcdefghija":
        settings.note_opened(tmp_path / name)
    assert settings.recent == [str(tmp_path / name) for name in "ajihgfed"]


@pytest.mark.parametrize("recent", ['"x"', "[5, null]", "{}", "null"])
def test_recent_galleries_that_are_no_texts_are_not_taken(file: Path, recent: str) -> None:
    write(file, f'{{"recent": {recent}, "opened": 7, "model": "dlib"}}'.encode())
    assert (Settings.load().recent, Settings.load().opened, Settings.load().model) == ([], "", "dlib")


@pytest.mark.parametrize("located", ['"x"', "5", '{"a": 5}', "[]", "null"])
def test_places_of_galleries_that_are_no_texts_are_not_taken(file: Path, located: str) -> None:
    write(file, f'{{"located": {located}, "model": "dlib"}}'.encode())
    assert Settings.load() == Settings(model="dlib")


IMPOSSIBLE = [
    "a\0b",
    "/tmp/\ud800x",
    "/" + "a" * 5_000,
    "/a" * 3_000,
    "",
    -5,
    None,
    True,
    [],
    {"a": "b"},
    1e999,
]


@pytest.mark.parametrize("value", IMPOSSIBLE, ids=lambda value: repr(value)[:12])
def test_values_that_cannot_be_are_ignored_wherever_they_are_and_the_others_used(
    file: Path, value: object, tmp_path: Path
) -> None:
    here, fine = str(tmp_path), {"dlib": 0.5}
    keys = {value: 0.25} if isinstance(value, str) and value else {}
    for name in ("model", "detector", "window", "opened", "people_order", "photo_px", "face_px", "recent"):
        write(file, json.dumps({"written_forms": ["mwg"], name: value}).encode())
        found = Settings.load()
        default = Settings(written_forms=["mwg"])
        assert found == default
    for name in ("small_faces", "names_into_files"):
        write(file, json.dumps({"model": "dlib", name: value}).encode())
        assert Settings.load() == Settings(model="dlib", **{name: value is True})
    lists = {
        "recent": [value, here],
        "written_forms": [value, "mwg"],
        "thresholds": {**fine, **keys, "x": value},
    }
    tables = {
        "rates": {**fine, **keys, "x": value},
        "located": {here: value, "/a": "/b", **dict.fromkeys(keys, "/c")},
    }
    write(file, json.dumps({**lists, **tables}).encode())
    found = Settings.load()
    assert (found.recent, [form for form in found.written_forms if form]) == ([here], ["mwg"])
    assert (found.thresholds, found.rates, found.located) == (fine, fine, {"/a": "/b"})
    assert found.located_gallery(tmp_path) == tmp_path
    found.write()
    assert Settings.load() == found


def test_a_number_without_end_costs_only_its_own_setting(file: Path) -> None:
    write(file, b'{"model": "dlib", "photo_px": ' + b"9" * 100_000 + b"}")
    assert Settings.load() == Settings(model="dlib")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_no_utf_8_is_remembered(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"M\xfcller")
    settings = Settings(opened=str(folder))
    settings.note_opened(folder)
    settings.save()
    assert Settings.load() == settings


@pytest.mark.parametrize("order", ['"age"', "5", "null", '["name"]', "{}"])
def test_an_order_of_people_that_does_not_exist_means_the_default(file: Path, order: str) -> None:
    write(file, f'{{"people_order": {order}, "model": "dlib"}}'.encode())
    assert Settings.load() == Settings(model="dlib", people_order="faces")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"5",
        b'"x"',
        b"\xff\xfe",
        b"\0" * 100,
        b"[" * (20 * sys.getrecursionlimit()),
    ],
    ids=lambda content: repr(content[:8]),
)
def test_a_file_that_makes_no_sense_means_defaults(file: Path, content: bytes) -> None:
    write(file, content)
    assert Settings.load() == Settings()
    Settings(model="dlib").save()
    assert Settings.load().model == "dlib"


def test_invalid_values_are_ignored_and_the_others_used(file: Path) -> None:
    write(
        file,
        b'{"model": 5, "window": "ab", "later": [1], "thresholds": {"dlib": 0.9, "a": 1.5, "b": "0.5",'
        b' "c": NaN, "d": null, "e": -Infinity, "f": 1' + b"0" * 400 + b', "g": 1}}',
    )
    assert Settings.load() == Settings(model="", thresholds={"dlib": 0.9, "g": 1.0}, window="ab")
    write(file, b'{"model": "dlib", "thresholds": [0.5]}')
    assert Settings.load() == Settings(model="dlib")


def test_a_file_that_cannot_be_read_or_written_costs_only_the_memory(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir(parents=True)
    with caplog.at_level(logging.WARNING):
        assert Settings.load() == Settings()
        Settings(model="dlib").save()
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_two_settings_do_not_share_their_thresholds() -> None:
    one = Settings()
    one.thresholds["dlib"] = 0.9
    assert Settings().thresholds == {}


def test_a_window_that_saves_later_keeps_what_another_one_has_saved(tmp_path: Path) -> None:
    """It forgot where the other one had moved the gallery, and the next start showed an empty one."""
    old, new, mine, elsewhere = (tmp_path / name for name in ("old", "new", "mine", "elsewhere"))
    Settings(opened=str(old), thresholds={"dlib": 0.9, "facenet": 0.5}).write()
    one, other = Settings.load(), Settings.load()
    one.note_move(old, new, "digest")
    one.note_moved(old, old, new)
    one.moving = {}
    one.follow("facenet")
    one.write()
    other.set_located(mine, elsewhere)
    other.set_threshold("dlib", 0.8)
    other.window = "ab"
    other.write()
    saved = Settings.load()
    assert (saved.opened, saved.recent[0], saved.moving, saved.window) == (str(new), str(new), {}, "ab")
    assert saved.located == {str(old): str(new), str(mine): str(elsewhere)}
    assert saved.thresholds == {"dlib": 0.8}
    other.window = ""
    other.write()
    assert Settings.load().window == "", "it is as it was at the start, but not as it was saved"


def test_settings_whose_file_has_gone_are_saved_whole(file: Path) -> None:
    Settings(model="dlib").write()
    settings = Settings.load()
    file.unlink()
    settings.window = "ab"
    settings.write()
    assert Settings.load() == Settings(model="dlib", window="ab")
