"""Scheduler, workers and program as processes of their own: added models on workers, and Ctrl+C."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import ClusterError, WorkerRefusedError
from face_match.core.messages import error_message
from face_match.gallery.gallery import Gallery
from face_match.vision.models.added import AddedModel
from face_match.vision.models.installation import examine_model
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.cluster.worker import PipelineSpec
from tests.made_models import arcface_like
from tests.portraits import make_photos, portraits

distributed = pytest.importorskip("distributed", reason="the packages dask and distributed are not installed")

if True:  # after the check
    from face_match.workflows.cluster.reader import ClusterReader

ROOT = Path(__file__).parents[4]
START_S = 120
"""A busy computer takes a while to start processes."""

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@contextlib.contextmanager
def process(*arguments: str, folder: Path, **env: str) -> Iterator[None]:
    """A module of Dask in a process of its own, which finds the program."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-m", *arguments]
    with subprocess.Popen(command, cwd=folder, env=variables, stderr=subprocess.DEVNULL) as child:
        try:
            yield
        finally:
            child.kill()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler without workers."""
    file = tmp_path / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    with process("distributed.cli.dask_scheduler", *options, folder=tmp_path):
        wait_until(lambda: file.exists() and '"address"' in file.read_text())
        yield json.loads(file.read_text())["address"]


def worker(
    address: str, folder: Path, threads: int = 1, **env: str
) -> contextlib.AbstractContextManager[None]:
    options = ("--no-nanny", "--nthreads", str(threads), "--no-dashboard", "--local-directory", str(folder))
    return process("distributed.cli.dask_worker", address, *options, folder=folder, **env)


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + START_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def ready(address: str, spec: PipelineSpec) -> ClusterReader | WorkerRefusedError:
    """The reader once there is a worker, or why the worker is refused."""
    end = time.monotonic() + START_S
    while True:
        try:
            return ClusterReader(address, spec)
        except WorkerRefusedError as exc:
            return exc
        except ClusterError:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.fixture
def added(models_folder: Path, tmp_path: Path) -> AddedModel:
    candidate = examine_model(arcface_like(tmp_path / "mine.onnx"))
    return candidate.keep(title="Mine", licence="MIT", source="made for a test")


def test_an_added_model_is_needed_on_each_worker(
    added: AddedModel, models_folder: Path, scheduler: str, tmp_path: Path
) -> None:
    spec = PipelineSpec.of(added.id, "onnx", "mtcnn", small_faces=False)
    nothing, changed, same = (tmp_path / name for name in ("nothing", "changed", "same"))
    nothing.mkdir()
    for copy in (changed, same):
        shutil.copytree(models_folder, copy)
    with (changed / added.id / "model.onnx").open("ab") as file:
        file.write(b"\0")
    for folder, reason in (
        (nothing, "There is no model called"),
        (changed, "its files of the model or detector"),
    ):
        with worker(scheduler, tmp_path, FACE_MATCH_MODELS=str(folder)):
            refused = ready(scheduler, spec)
            assert isinstance(refused, WorkerRefusedError)
            assert reason in error_message(refused)
        wait_until(lambda: isinstance(is_empty(scheduler, spec), ClusterError))
    (photo,) = make_photos(portraits()[0], 1, tmp_path / "photos")
    with worker(scheduler, tmp_path, FACE_MATCH_MODELS=str(same)):
        reader = ready(scheduler, spec)
        assert isinstance(reader, ClusterReader)
        with closing(reader):
            there = reader.find_faces(photo, None).faces
    here = FacePipeline.load(added.id, threads=1)
    (face,) = there
    assert face.model_id == added.id
    assert np.allclose(face.embedding, here.faces(load_photo(photo))[0].embedding, atol=1e-5)


def is_empty(address: str, spec: PipelineSpec) -> ClusterError | None:
    """The error of a cluster without workers."""
    try:
        ClusterReader(address, spec).close()
    except WorkerRefusedError:
        return None
    except ClusterError as exc:
        return exc
    return None


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("names", [[], ["--people-from-folders"]], ids=["scan", "people"])
def test_after_ctrl_c_nothing_runs_there_and_all_that_was_reported_is_recorded(
    names: list[str], scheduler: str, tmp_path: Path
) -> None:
    photos, place = tmp_path / "photos", tmp_path / "gallery"
    make_photos(portraits()[0], 40, photos / "Eileen")
    with worker(scheduler, tmp_path), closing(distributed.Client(scheduler, set_as_default=False)) as client:
        client.wait_for_workers(1, timeout=START_S)
        command = ["app_faces.py", "import", str(photos), *names, "--scheduler", scheduler, "--json"]
        with subprocess.Popen(
            [sys.executable, *command, "--gallery", str(place)],
            cwd=ROOT,
            env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            wait_until(lambda: photo_count(place) >= 3 or child.poll() is not None)
            child.send_signal(signal.SIGINT)
            told, errors = child.communicate(timeout=START_S)
        assert child.returncode == 1, errors
        assert "Traceback" not in errors
        wait_until(lambda: not client.run_on_scheduler(left_there))
    document = json.loads(told)
    assert document["error"]["kind"] == "CancelledError"
    with Gallery.open(place, for_writing=False) as gallery:
        if names:
            assert 1 <= document["added"] == gallery.face_count
        else:
            assert 3 <= document["faces"] == len(gallery.unnamed())


def left_there(dask_scheduler: object) -> list[str]:
    """The tasks of a scheduler, and the clients other than the test's."""
    tasks, clients = dask_scheduler.tasks, dask_scheduler.clients  # type: ignore[attr-defined]
    return [*tasks, *(name for name in clients if name.startswith("face-match"))]


def photo_count(place: Path) -> int:
    with contextlib.suppress(Exception), Gallery.open(place, for_writing=False) as gallery:
        return len(gallery.photos())
    return 0
