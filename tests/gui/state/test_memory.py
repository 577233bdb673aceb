"""The memory of photos and models is freed when they are closed."""

from __future__ import annotations

import gc
import itertools
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PIL import Image

from face_match.core.errors import CancelledError, NoFaceError
from face_match.core.types import Photo
from face_match.gui.state.tasks import DECODE, Task, Tasks
from face_match.vision.pipeline import FacePipeline
from tests.extent import is_all

PHOTOS, MODEL_CHANGES = (400, 30) if is_all() else (48, 6)
EARLY, LATE = slice(PHOTOS // 4, PHOTOS // 2), slice(3 * PHOTOS // 4, PHOTOS)
LIVE_PHOTOS, LIVE_PIPELINES = 3, 3
GROWTH_MB = 30 if is_all() else 60
"""Twelve photos are too few for the networks' memory to settle; what leaked 0.1's way would be over 100."""


@pytest.fixture(scope="module", autouse=True)
def shared_networks() -> None:
    """Each window loads its own here."""


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def live(kind: type) -> int:
    gc.unfreeze()
    gc.collect()
    return sum(isinstance(thing, kind) for thing in gc.get_objects())


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_photos_and_models_are_freed(driver, astronaut_file: Path, hopper_file: Path, tmp_path: Path) -> None:
    files = []
    for number, source in enumerate((astronaut_file, hopper_file)):
        files.append(tmp_path / f"{number}.jpg")
        with Image.open(source) as image:
            image.convert("RGB").resize((1200, 1200)).save(files[-1])
    photos_before, pipelines_before = live(Photo), live(FacePipeline)
    window, resident = driver.window, list[float]()
    for number, file in zip(range(PHOTOS), itertools.cycle(files)):
        driver.open(file)
        if number % (PHOTOS // MODEL_CHANGES) == 0:
            window.model.detect_small_faces(not window.settings.small_faces)
            driver.settle()
        resident.append(resident_mb())
    threads = threading.active_count()
    assert live(Photo) - photos_before <= LIVE_PHOTOS
    assert live(FacePipeline) - pipelines_before <= LIVE_PIPELINES
    assert live(Task) <= 3
    assert threads < 30
    for level in (min, max):  # they lie apart: looking for small faces takes more
        assert level(resident[LATE]) - level(resident[EARLY]) < GROWTH_MB


class Held:
    """What a job, a callback or a result refers to."""


@pytest.mark.parametrize("end", ["done", "failed", "cancelled", "superseded", "owner ended", "closed"])
def test_a_task_holds_nothing_when_it_has_ended(qtbot, end: str) -> None:
    tasks = Tasks()
    held = {name: Held() for name in ("job", "result", "on_done", "on_error", "owner")}
    seen = {name: weakref.ref(thing) for name, thing in held.items()}
    began, may_end = threading.Event(), threading.Event()

    def start() -> Task[Held]:
        in_job, result, in_done, in_error = (held[name] for name in ("job", "result", "on_done", "on_error"))

        def job(on_progress: object, is_cancelled: object) -> Held:
            assert in_job is not None
            began.set()
            may_end.wait(10)
            if end == "failed":
                raise ValueError
            if end == "cancelled":
                raise CancelledError
            return result

        def on_done(_: Held) -> None:
            assert in_done is not None

        def on_error(_: Exception) -> None:
            assert in_error is not None

        return tasks.start(DECODE, job, on_done, on_error, key="one", owners=(held["owner"],))

    task = start()
    assert began.wait(10)
    if end == "superseded":
        tasks.start(DECODE, lambda *_: None, lambda _: None, lambda _: None, key="one")
    elif end == "owner ended":
        tasks.end_tasks_of(held["owner"])
    elif end == "cancelled":
        task.cancel()
    held.clear()
    may_end.set()
    if end == "closed":
        assert tasks.close()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert tasks.close()
    gc.collect()
    assert {name for name, thing in seen.items() if thing() is not None} == set()


def test_an_expected_error_that_is_kept_holds_nothing_of_its_task(qtbot) -> None:
    tasks, seen, errors = Tasks(), list[weakref.ref[Held]](), list[Exception]()

    def job(on_progress: object, is_cancelled: object) -> None:
        pixels = Held()
        seen.append(weakref.ref(pixels))
        raise NoFaceError("a.jpg")

    tasks.start(DECODE, job, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert tasks.close()
    gc.collect()
    assert seen[0]() is None
    assert isinstance(errors[0], NoFaceError)


def test_a_task_that_never_began_holds_nothing_once_dropped(qtbot) -> None:
    tasks, may_end, thing = Tasks(), threading.Event(), Held()
    seen = weakref.ref(thing)
    ran: list[object] = []

    def start(in_job: Held) -> None:
        tasks.start(DECODE, lambda *_: ran.append(in_job), ran.append, ran.append, key="queued")

    tasks.start(DECODE, lambda *_: may_end.wait(10), lambda _: None, lambda _: None)
    start(thing)
    del thing
    tasks.drop("queued")
    gc.collect()
    assert seen() is None
    may_end.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert tasks.close()
    assert ran == []


def test_tasks_without_an_owner_are_not_ended_by_one_that_closes(qtbot) -> None:
    tasks, done = Tasks(), list[str]()
    tasks.start(DECODE, lambda *_: "kept", done.append, lambda _: None)
    tasks.end_tasks_of(None)
    tasks.end_tasks_of(object())
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert done == ["kept"]
    assert tasks.close()


def test_a_closed_window_starts_no_task(qtbot) -> None:
    tasks = Tasks()
    assert tasks.close()
    task = tasks.start(DECODE, lambda *_: pytest.fail("ran"), lambda _: None, lambda _: None)
    assert task.is_cancelled()
    assert not tasks.is_busy()
