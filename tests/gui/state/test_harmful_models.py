"""The window keeps working while an added model does harm: it reports that, and the model can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer

from face_match.core.errors import ModelFailedError
from face_match.vision.models.installation import examine_model
from tests.made_models import trapped


@pytest.fixture
def use(models_folder: Path, driver, yunet_file: Path, tmp_path: Path) -> Callable[[str], None]:
    """The window's detector is a YuNet with a trap."""

    def use(trap: str) -> None:
        file = tmp_path / "Trapped.onnx"
        file.write_bytes(yunet_file.read_bytes())
        trapped(file, trap, above=250)
        model = examine_model(file).keep(title="Trapped", licence="CC0", source="a test")
        driver.window.model.use_detector(model.id, model.title)
        driver.settle()

    return use


@pytest.fixture
def white(tmp_path: Path) -> Path:
    path = tmp_path / "white.png"
    Image.new("RGB", (640, 640), "white").save(path)
    return path


def test_a_model_that_takes_too_much_memory_is_reported_and_the_next_photo_is_shown(
    driver, use: Callable[[str], None], white: Path, astronaut_file: Path
) -> None:
    use("memory by Expand")
    errors: list[Exception] = []
    window = driver.window
    window.messages.failed.connect(errors.append)
    driver.open(white)
    (error,) = errors
    assert isinstance(error, ModelFailedError)
    assert error.model == "Trapped"
    driver.open(astronaut_file)
    assert len(window.photo.faces) == 1
    assert len(errors) == 1


def test_an_endless_model_does_not_block_and_another_photo_can_be_opened(
    driver, use: Callable[[str], None], white: Path, astronaut_file: Path
) -> None:
    use("time")
    window = driver.window
    turns = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start(0)
    driver.window.queue.open([white])
    driver.qtbot.wait(1500)
    assert window.tasks.is_busy("photo")
    driver.open(astronaut_file)
    timer.stop()
    assert len(window.photo.faces) == 1
    assert max(after - before for before, after in pairwise(turns)) < 1


def test_closing_the_window_ends_an_endless_model(driver, use: Callable[[str], None], white: Path) -> None:
    use("time")
    driver.window.queue.open([white])
    driver.qtbot.wait(1500)
    tasks = driver.window.tasks
    assert tasks.is_busy("photo")
    began = time.monotonic()
    assert tasks.close()
    assert time.monotonic() - began < 2
