"""The window keeps working while an added model does harm: it reports that, and the model can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import ModelFailedError
from face_match.vision.models.installation import examine_model
from tests.gui.event_loop import EventLoopTimer
from tests.made_models import trapped
from tests.stopwatch import within


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
    timer = EventLoopTimer()
    driver.window.queue.open([white])
    driver.qtbot.wait(1500)
    assert window.tasks.is_busy("photo")
    driver.open(astronaut_file)
    assert timer.stop() < 1
    assert len(window.photo.faces) == 1


def test_closing_the_window_ends_an_endless_model(driver, use: Callable[[str], None], white: Path) -> None:
    use("time")
    driver.window.queue.open([white])
    driver.qtbot.wait(1500)
    tasks = driver.window.tasks
    assert tasks.is_busy("photo")
    with within(2):
        assert tasks.close()
