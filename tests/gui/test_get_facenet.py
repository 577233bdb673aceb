"""FaceNet fetched from a real server at the press of the button, and used for what is in the gallery."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from face_match.vision import models
from face_match.vision.models import Download, facenet_weights


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(random_facenet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A server that has the weights, and a home without them."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    file = random_facenet.weights_file
    handler = functools.partial(Quiet, directory=str(file.parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    source = Download(
        f"http://127.0.0.1:{server.server_port}/{file.name}",
        hashlib.sha256(file.read_bytes()).hexdigest(),
        file.stat().st_size,
    )
    monkeypatch.setitem(models.MODELS, "facenet", replace(models.FACENET, download=lambda: source))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_button_fetches_facenet_and_the_gallery_goes_with_it(
    served: None, driver, astronaut_file: Path, astronaut_again: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    window, ranked = driver.window, []
    window.session.ranked.connect(lambda r: ranked.append((r.face.model_id, window.session.model_id)))
    window.facenet_button.click()
    driver.settle()
    assert ranked == [("facenet", "facenet")], "never a vector of one model under the threshold of another"
    assert facenet_weights().is_file()
    assert window.session.model_id == "facenet"
    assert window.status.text().startswith("model: FaceNet")
    assert not window.facenet_button.isVisible()
    assert window.panel.threshold.value == 0.7
    (person,) = window.session.gallery.people
    assert set(window.session.gallery.samples_of(person)[0].vectors) == {"dlib", "facenet"}
    assert driver.rows[0].startswith("✅ Eileen")
    window.menus.choose_model("dlib")
    driver.settle()
    assert window.session.model_id == "dlib"
    assert window.panel.threshold.value == 0.94


def test_a_download_is_stopped_and_goes_on_later(served: None, driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    tasks = driver.window.session.tasks
    cancel = driver.window.findChild(QPushButton, "cancelButton")
    with driver.qtbot.waitSignal(tasks.progressed, timeout=30_000):
        driver.window.facenet_button.click()
    cancel.click()
    driver.settle()
    assert driver.message.startswith("Stopped.")
    assert driver.window.session.model_id == "dlib"
    assert not facenet_weights().is_file()
    assert facenet_weights().with_name(facenet_weights().name + ".part").is_file()
    driver.window.facenet_button.click()
    driver.settle()
    assert driver.window.session.model_id == "facenet"
