"""FaceNet is downloaded from a real server and used for the gallery."""

from __future__ import annotations

import functools
import hashlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from face_match.vision.models import registry
from face_match.vision.models.registry import Download, facenet_weights


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Counts the connections that are opened to it."""

    connections = 0

    def get_request(self) -> tuple[socket.socket, object]:
        self.connections += 1
        return super().get_request()


class Served(NamedTuple):
    server: Server
    source: Download


@pytest.fixture
def served(random_facenet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Served]:
    """A server that has the weights, and a home without them."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    file = random_facenet.weights_file
    handler = functools.partial(Quiet, directory=str(file.parent))
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    source = Download(
        f"http://127.0.0.1:{server.server_port}/{file.name}",
        hashlib.sha256(file.read_bytes()).hexdigest(),
        file.stat().st_size,
    )
    monkeypatch.setitem(registry.MODELS, "facenet", replace(registry.FACENET, download=lambda: source))
    yield Served(server, source)
    server.shutdown()
    thread.join()
    server.server_close()


def question(driver) -> QMessageBox:
    """Choose “Get FaceNet …”; returns the question that comes before the download."""
    driver.window.menus.actions["facenet"].trigger()
    boxes = driver.window.findChildren(QMessageBox, "downloadQuestion")
    (box,) = [box for box in boxes if box.isVisible()]  # one that was answered may not be deleted yet
    return box


def agree(driver) -> None:
    question(driver).findChild(QPushButton, "acceptDownloadButton").click()


def test_the_size_and_the_address_are_shown_before_a_connection_is_opened(served: Served, driver) -> None:
    box = question(driver)
    assert box.isVisible()
    assert f"{served.source.size_bytes / 1e6:.1f} MB" in box.text()
    assert served.source.url in box.informativeText()
    driver.settle()
    assert served.server.connections == 0
    box.escapeButton().click()
    driver.settle()
    assert served.server.connections == 0
    assert not facenet_weights().exists()
    assert driver.window.menus.actions["facenet"].isVisible()
    agree(driver)
    driver.settle()
    assert served.server.connections == 1
    assert facenet_weights().is_file()


def test_a_model_that_is_chosen_before_it_is_downloaded_is_asked_about_and_then_used(
    served: Served, driver
) -> None:
    menus, model = driver.window.menus, driver.window.model
    driver.settle()

    def ticked() -> list[str]:
        return [one.data() for one in menus._models.actions() if one.isChecked()]

    def choose() -> QMessageBox:
        menus.choose_model("facenet")
        boxes = driver.window.findChildren(QMessageBox, "downloadQuestion")
        (box,) = [box for box in boxes if box.isVisible()]
        return box

    box = choose()
    assert served.source.url in box.informativeText()
    assert ticked() == ["dlib"]
    box.escapeButton().click()
    driver.settle()
    assert (served.server.connections, model.id, ticked()) == (0, "dlib", ["dlib"])
    choose().findChild(QPushButton, "acceptDownloadButton").click()
    driver.settle()
    assert (served.server.connections, model.id, ticked()) == (1, "facenet", ["facenet"])


def test_the_button_downloads_facenet_and_embeds_the_gallery_for_it(
    served: Served, driver, astronaut_file: Path, astronaut_again: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(astronaut_again)
    window, ranked = driver.window, []
    window.photo.ranked.connect(lambda r: ranked.append((r.face.model_id, window.model.id)))
    agree(driver)
    driver.settle()
    assert ranked == [("facenet", "facenet")], "never a vector of one model under the threshold of another"
    assert facenet_weights().is_file()
    assert window.model.id == "facenet"
    assert window.message_bar.status.toolTip() == "Model: FaceNet"
    assert not window.menus.actions["facenet"].isVisible()
    assert window.photo_page.threshold.value == 0.7
    (person,) = window.gallery.gallery.people
    assert set(window.gallery.gallery.faces_of(person)[0].embeddings) == {"dlib", "facenet"}
    assert driver.rows[0].startswith("✅ Eileen")
    window.menus.choose_model("dlib")
    driver.settle()
    assert window.model.id == "dlib"
    assert window.photo_page.threshold.value == 0.94


def test_a_cancelled_download_resumes(served: Served, driver, astronaut_file: Path) -> None:
    driver.open(astronaut_file)
    tasks = driver.window.tasks
    cancel = driver.window.findChild(QPushButton, "cancelButton")
    with driver.qtbot.waitSignal(tasks.progressed):
        agree(driver)
    cancel.click()
    driver.settle()
    assert driver.message.startswith("Stopped.")
    assert driver.window.model.id == "dlib"
    assert not facenet_weights().is_file()
    assert facenet_weights().with_name(facenet_weights().name + ".part").is_file()
    agree(driver)
    driver.settle()
    assert driver.window.model.id == "facenet"
