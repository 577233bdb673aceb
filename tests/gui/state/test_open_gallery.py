"""A gallery that is in use, damaged, newer, or made with another model."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from face_match.core.records import FaceRecord
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage import active_store
from face_match.gallery.storage.lock import WriterLock
from face_match.gui import phrases
from face_match.vision.models import registry
from face_match.vision.models.registry import Download


@pytest.fixture
def made(driver, astronaut_file: Path) -> Path:
    """The folder of a gallery with one person, closed."""
    driver.add(astronaut_file, "Eileen")
    driver.window.close()
    return driver.window.gallery.folder


def test_a_gallery_in_use_opens_read_only_until_it_is_free(made, open_window, astronaut_file: Path) -> None:
    lock = WriterLock(made)
    lock.acquire()
    driver = open_window(made)
    assert "another Face Match has this gallery open (process " in driver.window.states.banner.label.text()
    assert "read-only" in driver.window.message_bar.status.text()
    driver.open(astronaut_file)
    assert driver.rows == ["✅ Eileen  1.000"]
    assert not driver.window.photo_page.confirm_button.isEnabled()
    assert not driver.window.photo_page.reject_button.isEnabled()
    lock.release()
    driver.window.gallery.open()
    driver.settle()
    assert driver.window.photo_page.reject_button.isEnabled()
    assert "read-only" not in driver.window.message_bar.status.text()


def test_a_gallery_of_a_newer_version_is_refused_and_nothing_can_be_added(
    made, open_window, astronaut_file: Path
) -> None:
    newer = {"format": "face-match gallery", "version": 7, "people": []}
    (made / "embeddings.json").write_text(json.dumps(newer))
    driver = open_window(made)
    assert driver.window.states.damaged.title.text() == "This gallery needs a newer Face Match."
    assert "newer version of Face Match (format 7;" in driver.window.states.damaged.text.text()
    driver.open(astronaut_file)
    assert not driver.window.photo_page.add_button.isEnabled()
    assert not driver.window.photo_page.confirm_button.isEnabled()


def test_without_facenet_the_window_says_which_model_it_uses_and_offers_it(driver) -> None:
    assert driver.window.message_bar.status.toolTip() == "Model: built-in (dlib)"
    assert driver.window.menus.actions["facenet"].isVisible()


def test_a_download_without_a_network_says_so_and_changes_nothing(
    driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Download("http://127.0.0.1:9/weights.h5", "0" * 64, 92_000_000)
    facenet = replace(registry.FACENET, download=lambda: nowhere)
    monkeypatch.setitem(registry.MODELS, "facenet", facenet)
    driver.window.menus.actions["facenet"].trigger()
    driver.window.findChild(QPushButton, "acceptDownloadButton").click()
    assert driver.window.findChild(QPushButton, "cancelButton").isVisible()
    driver.settle()
    assert driver.message.startswith("facenet could not be downloaded: no connection")
    assert driver.window.model.id == "dlib"
    assert not driver.window.findChild(QPushButton, "cancelButton").isVisible()


def test_a_gallery_of_the_original_demo_is_embedded_for_the_model(
    open_window, astronaut_file: Path, astronaut_again: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "seed"
    crops = folder / "faces_db" / "Eileen_Collins"
    crops.mkdir(parents=True)
    (crops / "Eileen_Collins_0.png").write_bytes(astronaut_file.read_bytes())
    entry = {
        "id": "6f1c",
        "name": "Eileen_Collins",
        "image_path": "faces_db/Eileen_Collins/Eileen_Collins_0.png",
        "embedding": [1.0] + [0.0] * 511,
        "model": "keras_facenet",
        "version": "1.0",
    }
    (folder / "embeddings.json").write_text(json.dumps([entry]))
    driver = open_window(folder)
    assert driver.message == "1 face was embedded for this model."
    driver.open(astronaut_again)
    assert driver.rows[0].startswith("✅ Eileen_Collins")


def test_a_gallery_that_grows_too_large_for_json_moves_to_sqlite(
    driver, open_window, astronaut_file: Path, hopper_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 1)
    driver.add(astronaut_file, "Eileen")
    assert phrases.NOW_IN_SQLITE not in driver.message
    driver.add(hopper_file, "Grace")
    assert driver.message.startswith("Added Grace as a new person. Undo: Ctrl+Z. The gallery has grown")
    driver.window.close()
    again = open_window(driver.window.gallery.folder)
    again.open(astronaut_file)
    assert again.rows[0] == "✅ Eileen  1.000"
    assert len(again.rows) == 2


def test_faces_without_an_embedding_are_looked_up_in_the_background(
    made, open_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    real = Gallery.without_embedding

    def noted(self: Gallery, model_id: str, *, named: bool) -> list[FaceRecord]:
        threads.append(threading.current_thread())
        return real(self, model_id, named=named)

    monkeypatch.setattr(Gallery, "without_embedding", noted)
    driver = open_window(made)
    driver.window.menus.choose_model("dlib")
    driver.settle()
    assert threads
    assert threading.main_thread() not in threads
