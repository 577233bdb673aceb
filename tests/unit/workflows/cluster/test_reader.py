"""A scan on a real Dask cluster records what a scan here does, whatever happens to workers."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from face_match.core.errors import (
    CancelledError,
    ClusterError,
    FaceMatchError,
    ImageUnreadableError,
    WorkerRefusedError,
)
from face_match.core.messages import error_message
from face_match.core.photo_folders import photo_files
from face_match.gallery.gallery import Gallery
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.cluster.worker import PipelineSpec
from face_match.workflows.import_people import ImportResult, import_people, photos_by_person
from face_match.workflows.scan import ScanResult, scan
from tests.portraits import make_group, make_photos, portraits

pytest.importorskip("distributed", reason="the packages dask and distributed are not installed")

if True:  # after the check
    from face_match.workflows.cluster.reader import ClusterReader
    from tests.clusters import local_cluster

ROOT = Path(__file__).parents[4]

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers, which die of two photos before one is given up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with local_cluster(tmp_path_factory.mktemp("workers"), allowed_failures=1) as made:
            yield made
        gc.collect()  # what Dask leaves open is closed here, where it may


@pytest.fixture(scope="session")
def spec() -> PipelineSpec:
    return PipelineSpec.of("dlib", "onnx", "mtcnn", small_faces=False)


@pytest.fixture
def reader(cluster: Any, spec: PipelineSpec) -> Iterator[ClusterReader]:
    with closing(ClusterReader(cluster.scheduler_address, spec)) as made:
        yield made


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Photos of two people, one of both, copies, a turned one, and two that cannot be read."""
    folder = tmp_path_factory.mktemp("photos")
    eileen, grace = portraits()
    found = make_photos(eileen, 6, folder / "Eileen") + make_photos(grace, 6, folder / "Grace")
    make_group(found[:3] + found[6:8], folder / "group.jpg")
    (folder / "copy.jpg").write_bytes(found[0].read_bytes())
    (folder / "broken.jpg").write_bytes(b"\xff\xd8 not much")
    (folder / "cut.jpg").write_bytes(found[1].read_bytes()[:3000])
    if sys.platform == "linux":
        (folder / os.fsdecode(b"\xff\xe9.jpg")).write_bytes(found[2].read_bytes() + b" ")
    return photo_files([folder])


def digest(place: Path) -> str:
    """Everything that a gallery has, but for ids and moments, in an order of its own."""
    with Gallery.open(place, for_writing=False) as gallery:
        lines = []
        for photo in gallery.photos():
            known = (photo.digest, photo.file_digest, photo.width, photo.height, photo.orientation)
            lines.append(f"{known} {photo.taken} {photo.scans} {photo.turned_by_scan} {photo.hints}")
            for face in gallery.faces_in(photo):
                (embedding,) = face.embeddings.values()
                pixels = hashlib.sha256(gallery.pixels_of(face).tobytes()).hexdigest()
                seen = (face.place, face.box, face.landmarks, face.confidence, face.quality, face.origin)
                lines.append(f"{known} {seen} {pixels} {embedding.tobytes().hex()}")
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def failures(result: ScanResult | ImportResult) -> list[tuple[str, str]]:
    return [(path.name, error_message(error)) for path, error in result.failed]


@pytest.fixture(scope="module")
def here(
    photos: list[Path], pipeline: FacePipeline, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[tuple[str, str]]]:
    """The digest of a gallery that was scanned in this process, and the failures."""
    place = tmp_path_factory.mktemp("here") / "gallery"
    with Gallery.open(place, for_writing=True) as gallery:
        result = scan(photos, gallery, FacePipeline.load("dlib", threads=1))
    return digest(place), failures(result)


@pytest.fixture
def scan_there(
    photos: list[Path], pipeline: FacePipeline, reader: ClusterReader, tmp_path: Path
) -> Callable[..., ScanResult]:
    def run(some: list[Path] = photos, **options: Any) -> ScanResult:
        with Gallery.open(tmp_path / "there", for_writing=True) as gallery:
            return scan(some, gallery, pipeline, reader=reader, **options)

    return run


def test_a_scan_there_records_what_a_scan_here_does(
    scan_there: Callable[..., ScanResult], here: tuple[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    first = scan_there()
    assert (digest(tmp_path / "there"), failures(first)) == here
    again = scan_there()
    assert (again.faces, again.seen) == (0, first.photos - len(first.failed))
    assert digest(tmp_path / "there") == here[0]


def test_an_import_of_people_from_folders_there_names_whom_one_here_does(
    photos: list[Path], reader: ClusterReader, tmp_path: Path
) -> None:
    own = FacePipeline.load("dlib", threads=1)
    folder = next(path.parent for path in photos if path.name == "group.jpg")
    found = []
    for name, other in (("here", None), ("there", reader)):
        with Gallery.open(tmp_path / name, for_writing=True) as gallery:
            for added in (True, False):  # the second time all are known
                result = import_people(photos_by_person(folder), gallery, own, 0.94, reader=other)
                assert bool(result.added) is added
            people = [(person.name, person.face_count) for person in gallery.people]
        found.append((digest(tmp_path / name), people, result.known, failures(result)))
    assert found[1] == found[0]
    assert [name for name, _ in found[0][1]] == ["Eileen", "Grace"]


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(
    scan_there: Callable[..., ScanResult],
    here: tuple[str, list[tuple[str, str]]],
    cluster: Any,
    tmp_path: Path,
) -> None:
    killed = []

    def kill(done: int, total: int) -> None:
        if done == 3 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    result = scan_there(on_progress=kill)
    assert killed
    assert result.stopped_by is None
    assert (digest(tmp_path / "there"), failures(result)) == here


@pytest.mark.only_with_all("photos that end or hold a worker")
def test_photos_that_end_or_hold_a_worker_fail_alone(
    scan_there: Callable[..., ScanResult], photos: list[Path], tmp_path: Path
) -> None:
    """One kills its worker, one never ends, one meets an error in the program."""
    good = [path for path in photos if path.parent.name == "Eileen"]
    bad = [tmp_path / f"{name}.jpg" for name in ("deadly", "endless", "odd")]
    for number, path in enumerate(bad):
        path.write_bytes(good[number].read_bytes() + bytes([number]))
    result = scan_there([good[0], *bad, *good[1:]])
    assert result.stopped_by is None
    assert failures(result) == [
        ("deadly.jpg", "deadly.jpg is not a readable image (workers ended while they read it)."),
        ("endless.jpg", "endless.jpg is not a readable image (it took longer than 20 seconds)."),
        ("odd.jpg", "odd.jpg is not a readable image (unexpected ZeroDivisionError)."),
    ]
    assert (result.done, result.faces) == (len(good) + 3, len(good))


def test_after_cancelling_no_task_is_left_there(
    scan_there: Callable[..., ScanResult], cluster: Any, photos: list[Path], tmp_path: Path
) -> None:
    done_so_far = []
    result = scan_there(
        on_progress=lambda done, total: done_so_far.append(done), is_cancelled=lambda: done_so_far[-1:] >= [3]
    )
    assert isinstance(result.stopped_by, CancelledError)
    assert 3 <= result.done < len(photos)
    ends = time.monotonic() + 60
    while cluster.scheduler.tasks and time.monotonic() < ends:
        time.sleep(0.05)
    assert not cluster.scheduler.tasks
    rest = scan_there()
    assert rest.seen >= 1, "what was scanned is recorded"
    assert rest.seen + rest.done >= len(photos)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"version": "9.9"}, "it has version"),
        ({"weights": ("0" * 64,) * 4}, "its files of the model or detector are not those"),
        ({"model": "nobody's"}, "There is no model called"),
    ],
)
def test_workers_with_another_version_or_model_are_refused_first(
    cluster: Any, spec: PipelineSpec, change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(WorkerRefusedError, match="tcp://127") as caught:
        ClusterReader(cluster.scheduler_address, spec._replace(**change))
    assert reason in error_message(caught.value)


def test_photos_are_read_where_workers_see_them(
    cluster: Any, spec: PipelineSpec, photos: list[Path], tmp_path: Path
) -> None:
    photo = next(path for path in photos if path.name == "group.jpg")
    there = tmp_path / "there"
    there.symlink_to(photo.parent, target_is_directory=True)
    moved = [("/", "/nowhere"), ("/photos", f"{there}/")]
    with closing(ClusterReader(cluster.scheduler_address, spec, moved)) as reader:
        assert reader.identify(Path("/photos") / photo.name).size == photo.stat().st_size
        with pytest.raises(ImageUnreadableError, match="no such file"):
            reader.identify(photo)


def process(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": ""}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], cwd=folder, env=env, stderr=subprocess.DEVNULL
    )


@contextlib.contextmanager
def started_scheduler(folder: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler in a process of its own, without workers: its address and the process."""
    file = folder / "scheduler.json"
    command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    scheduler = process(*command, "--scheduler-file", str(file), *options, folder=folder)
    try:
        while not file.exists() or '"address"' not in file.read_text():
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"], scheduler
    finally:
        scheduler.kill()
        scheduler.wait()


@contextlib.contextmanager
def started_worker(address: str, folder: Path, *options: str) -> Iterator[None]:
    command = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
    worker = process(*command, "--local-directory", str(folder), *options, folder=folder)
    try:
        yield
    finally:
        worker.kill()
        worker.wait()


def why_not(address: str, spec: PipelineSpec) -> FaceMatchError:
    with pytest.raises(ClusterError) as caught:
        ClusterReader(address, spec)
    return caught.value


def test_a_cluster_that_cannot_scan_is_refused(spec: PipelineSpec, tmp_path: Path) -> None:
    with started_scheduler(tmp_path) as (address, _):  # the program is in nobody's path
        assert "it has no workers" in error_message(why_not(address, spec))
        with started_worker(address, tmp_path):
            ends = time.monotonic() + 60
            while not isinstance(refused := why_not(address, spec), WorkerRefusedError):
                assert time.monotonic() < ends
                time.sleep(0.1)
            assert "it does not have Face Match, or cannot run it" in error_message(refused)
    assert isinstance(why_not("nonsense://x", spec), ClusterError)
    assert isinstance(why_not("tls://127.0.0.1:9", spec), ClusterError)


@pytest.mark.only_with_all("a scheduler that goes away")
def test_a_scheduler_that_goes_away_ends_the_scan_and_loses_nothing(
    spec: PipelineSpec, photos: list[Path], here: tuple[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    place, own = tmp_path / "gallery", FacePipeline.load("dlib", threads=1)
    with contextlib.ExitStack() as stack:
        preload = ("--preload", str(preload_path(tmp_path)))
        address, scheduler = stack.enter_context(started_scheduler(tmp_path, *preload))
        stack.enter_context(started_worker(address, tmp_path, *preload))
        ends, reader = time.monotonic() + 60, None
        while reader is None:
            assert time.monotonic() < ends
            with contextlib.suppress(ClusterError):
                reader = ClusterReader(address, spec)

        def end(done: int, total: int) -> None:
            if done == 3:
                scheduler.kill()

        with closing(reader), Gallery.open(place, for_writing=True) as gallery:
            result = scan(photos, gallery, own, reader=reader, on_progress=end)
        assert "connection was lost" in error_message(result.stopped_by or CancelledError())
        assert 3 <= result.done < len(photos)
        with pytest.raises(ClusterError, match="it does not answer"):
            ClusterReader(address, spec)
    with Gallery.open(place, for_writing=True) as gallery:
        rest = scan(photos, gallery, own)
    assert rest.seen >= 1
    assert (digest(place), failures(rest)) == here


def preload_path(folder: Path) -> Path:
    """A file that makes a worker find the program."""
    path = folder / "find_program.py"
    path.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})")
    return path
