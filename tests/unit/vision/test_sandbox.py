"""A network that passed its trial and then does harm causes a typed error, and the program continues."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.core.errors import CancelledError, ModelDamagedError, ModelFailedError, ModelRefusedError
from face_match.core.installation import MODEL_SANDBOX
from face_match.core.messages import error_message
from face_match.core.progress import cancellable
from face_match.core.sandbox import client
from face_match.core.sandbox.child_process import start_child
from face_match.core.sandbox.limits import OUT_OF_MEMORY
from face_match.core.types import Box, Crop, Landmarks, Photo, Pixels
from face_match.vision.models.added import AddedModel
from face_match.vision.models.installation import examine_model, try_model
from face_match.vision.models.registry import load_detector, load_embedder
from face_match.vision.models.sandboxed_network import MAX_PROCESSES, SandboxedNetwork
from face_match.vision.onnx.sessions import THREADS, Network
from face_match.workflows.batch import run_batch
from tests.made_models import TRAPS, arcface_like, trapped
from tests.packed_program import pack

ROOT = Path(__file__).parents[3]
WHITE = np.full((256, 256, 3), 255, np.uint8)
KINDS = ("embedder", "detector")
SOON_S = 30
"""Half of what a run may take before it is ended; a busy machine may need most of it."""
ABOVE = 250.0
"""The mean of an input that only something white has, where pixels are from 0 to 255, as both take them. The
trial of an embedder gives them in other ranges too, which are all lower."""

MEMORY = [name for name in TRAPS if name.startswith("memory")]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")

Add = Callable[..., AddedModel]


@pytest.fixture
def add(models_folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Add:
    """Adds a network with a trap, by way of its trial, as anybody would."""

    def add(kind: str, trap: str) -> AddedModel:
        file = tmp_path / "mine.onnx"
        if kind == "embedder":
            arcface_like(file, scales_pixels=True)
        else:
            file.write_bytes(request.getfixturevalue("yunet_file").read_bytes())
        trapped(file, trap, above=ABOVE)
        return examine_model(file).keep(title="Trapped", licence="CC0", source="made for a test")

    return add


def crop_of(pixels: Pixels) -> Crop:
    points = ((90, 100), (160, 100), (125, 140), (100, 180), (150, 180))
    return Crop(pixels, Box(64, 64, 128, 128), Landmarks.of(points))


def user(model: AddedModel) -> Callable[[Pixels], object]:
    """Uses a model, as the program does, on an image."""
    if model.kind == "embedder":
        embedder = load_embedder(model.id)
        return lambda pixels: embedder.embed([crop_of(pixels)]).tolist()
    return load_detector(model.id).detect


def children() -> set[Path]:
    """Processes that this one has started."""
    numbers: list[str] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has ended
            numbers += (task / "children").read_text().split()
    return {path for number in numbers if is_there(path := Path("/proc") / number)}


@contextmanager
def watched_children() -> Iterator[list[int]]:
    """The most memory that processes of this one have taken, in kB, as seen every few milliseconds."""
    peaks, is_over = [0], threading.Event()

    def look() -> None:
        while not is_over.wait(0.003):
            for child in children() if sys.platform == "linux" else ():
                with suppress(OSError, ValueError):  # one that has just ended
                    told = (child / "status").read_text()
                    if MODEL_SANDBOX in (child / "cmdline").read_text():  # no fork of this one
                        peaks.append(int(told.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in told else 0)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peaks
    finally:
        is_over.set()
        thread.join()


def is_there(process: Path) -> bool:
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(process: Path) -> bool:
    deadline = time.monotonic() + SOON_S
    while is_there(process) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_there(process)


def each_in_one_kind() -> Iterator[Any]:
    """All traps that ask for memory, with each kind of network; without --all each with one of the two."""
    for at, trap in enumerate([*MEMORY, "a huge answer"]):
        for number, kind in enumerate(KINDS):
            other = pytest.mark.only_with_all("one of two kinds of network for each trap")
            yield pytest.param(kind, trap, marks=() if number == at % 2 else other)


@pytest.mark.parametrize(("kind", "trap"), [*each_in_one_kind()])
def test_memory_that_an_image_asks_for_is_refused(kind: str, trap: str, add: Add, astronaut: Photo) -> None:
    import resource

    model = add(kind, trap)
    use = user(model)
    before = use(astronaut.pixels)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with watched_children() as peaks:
        for _ in range(2):
            with pytest.raises(ModelFailedError) as raised:
                use(WHITE)
            assert raised.value.model == "Trapped"
            assert error_message(raised.value).startswith("The model Trapped failed: ")
            assert use(astronaut.pixels) == before, "it goes on, in another process where that is needed"
    if sys.platform == "linux":
        assert 0 < max(peaks) < 2.2e6, "kB of the largest child"
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - own < 3e5


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_without_end_is_ended(
    kind: str, add: Add, astronaut: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = user(add(kind, "time"))
    before = use(astronaut.pixels)
    began = time.monotonic()
    with monkeypatch.context() as fewer, pytest.raises(ModelFailedError, match="longer than 2 seconds"):
        fewer.setattr(client, "CALL_SECONDS", 2.0)
        use(WHITE)
    assert time.monotonic() - began < SOON_S
    assert use(astronaut.pixels) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_ended_when_the_work_is_cancelled(kind: str, add: Add, astronaut: Photo) -> None:
    use = user(add(kind, "time"))
    before = use(astronaut.pixels)
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    with cancellable(stop.is_set), pytest.raises(CancelledError):
        use(WHITE)
    assert time.monotonic() - began < SOON_S
    assert use(astronaut.pixels) == before


def test_jobs_in_parallel_end_at_once_when_they_are_cancelled_or_left(add: Add) -> None:
    use = user(add("detector", "time"))
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    stopped_by = run_batch([WHITE] * 5, use, lambda item, result: None, is_cancelled=stop.is_set)
    assert isinstance(stopped_by, CancelledError)

    def leave(item: object, result: object) -> None:
        assert (item, result) == (None, 1)
        raise LookupError

    with pytest.raises(LookupError):
        run_batch([None, WHITE, WHITE], lambda item: use(item) if item is WHITE else 1, leave)
    assert time.monotonic() - began < SOON_S


@pytest.mark.parametrize(
    ("kind", "trap"),
    [
        ("embedder", "another shape"),
        ("embedder", "not finite"),
        ("embedder", "far away"),
        ("detector", "another shape"),
    ],
)
def test_an_answer_that_is_none_is_a_typed_error(kind: str, trap: str, add: Add, astronaut: Photo) -> None:
    use = user(add(kind, trap))
    before = use(astronaut.pixels)
    with pytest.raises(ModelFailedError):
        use(WHITE)
    assert use(astronaut.pixels) == before


@pytest.mark.parametrize("trap", ["not finite", "far away", "landmarks far apart"])
@pytest.mark.filterwarnings("error")
def test_faces_that_cannot_be_are_none(trap: str, add: Add, astronaut: Photo) -> None:
    use = user(add("detector", trap))
    assert len(use(astronaut.pixels)) == 1  # type: ignore[arg-type]
    assert use(WHITE) == []


def test_a_file_that_is_another_since_its_trial_is_not_run(add: Add, tmp_path: Path) -> None:
    model = add("embedder", "time")
    model.file.write_bytes(arcface_like(tmp_path / "other.onnx", seed=5).read_bytes())
    with pytest.raises(ModelDamagedError):
        load_embedder(model.id)


# As without a sandbox


def test_yunet_answers_as_in_this_process(yunet_file: Path) -> None:
    inside, outside = SandboxedNetwork("YuNet", yunet_file), Network(yunet_file)
    noise = np.random.default_rng(0)
    for height, width in ((32, 32), (320, 640), (640, 640), (1280, 960)):
        pixels = noise.uniform(0, 255, (1, 3, height, width)).astype(np.float32)
        ours, theirs = inside(pixels), outside(pixels)
        assert len(ours) == len(theirs) == 12
        assert all(np.array_equal(one, other) for one, other in zip(ours, theirs, strict=True))
    assert inside.output_names == outside.output_names


@on_linux
@pytest.mark.parametrize("threads", [1, THREADS])
def test_many_threads_share_a_few_processes(threads: int, yunet_file: Path) -> None:
    before = children()
    network, outside = SandboxedNetwork("YuNet", yunet_file, threads), Network(yunet_file)
    noise = np.random.default_rng(0)
    images = [noise.uniform(0, 255, (1, 3, 320, 320)).astype(np.float32) for _ in range(30)]
    most = 0

    def run(image: np.ndarray) -> list[np.ndarray]:
        nonlocal most
        answer = network(image)
        most = max(most, len(children() - before))
        return answer

    answers = []
    assert run_batch(images, run, lambda image, answer: answers.append((image, answer))) is None
    assert len(answers) == 30
    for image, answer in answers:
        assert len(answer) == 12
        assert all(np.array_equal(a, b) for a, b in zip(answer, outside(image), strict=True))
    assert most <= (MAX_PROCESSES if threads < THREADS else 1)


# Its life


@pytest.fixture
def network(yunet_file: Path) -> SandboxedNetwork:
    return SandboxedNetwork("YuNet", yunet_file)


def process_of(network: SandboxedNetwork) -> Path:
    (idle,) = network._pool._idle
    return Path("/proc") / str(idle._process.pid)


IMAGE = np.zeros((1, 3, 64, 64), np.float32)


@on_linux
def test_it_ends_with_its_network(yunet_file: Path) -> None:
    network = SandboxedNetwork("YuNet", yunet_file)
    process = process_of(network)
    assert is_there(process)
    del network
    gc.collect()
    assert gone(process)


@on_linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_process_that_dies_between_two_runs_is_replaced(
    network: SandboxedNetwork, how: signal.Signals
) -> None:
    (idle,) = network._pool._idle
    os.kill(idle._process.pid, how)
    idle._process.wait(SOON_S)
    assert len(network(IMAGE)) == 12


@on_linux
def test_a_process_that_dies_during_a_run_is_an_error_once(network: SandboxedNetwork) -> None:
    number = int(process_of(network).name)
    os.kill(number, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (number, signal.SIGKILL)).start()
    with pytest.raises(ModelFailedError, match="ended unexpectedly"):
        network(IMAGE)
    assert len(network(IMAGE)) == 12


@on_linux
def test_ctrl_c_is_not_for_it(network: SandboxedNetwork) -> None:
    process = process_of(network)
    assert os.getpgid(int(process.name)) != os.getpgid(0)
    os.kill(int(process.name), signal.SIGINT)
    assert len(network(IMAGE)) == 12


@on_linux
@pytest.mark.parametrize("variable", ["FACE_MATCH_PASSPHRASE", "PGPASSWORD"])
def test_it_does_not_get_what_is_secret(
    variable: str, monkeypatch: pytest.MonkeyPatch, yunet_file: Path
) -> None:
    monkeypatch.setenv(variable, "the secret")
    network = SandboxedNetwork("YuNet", yunet_file)
    process = process_of(network)
    said = (process / "environ").read_bytes()
    assert b"PATH=" in said
    assert b"the secret" not in said
    assert len(network(IMAGE)) == 12


PARENT = """
import sys, threading
from pathlib import Path
import numpy as np
from face_match.vision.models.sandboxed_network import SandboxedNetwork

network = SandboxedNetwork("mine", Path(sys.argv[1]))
print(network._pool._idle[0]._process.pid, flush=True)
if sys.argv[2] == "busy":
    network(np.ones((1, 3, 112, 112), np.float32))
sys.stdin.read()
"""


@on_linux
@pytest.mark.parametrize("state", ["idle", "busy"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_the_program_is_killed(how: signal.Signals, state: str, tmp_path: Path) -> None:
    file = trapped(arcface_like(tmp_path / "mine.onnx"), "time", above=0.9)
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(file), state],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().decode().strip()
        time.sleep(0.5)
        assert is_there(child)
        parent.send_signal(how)
        assert gone(child)
        assert parent.wait(5) != 0


@on_linux
def test_it_ends_when_it_can_be_asked_nothing_more(yunet_file: Path) -> None:
    """What ends it on systems that do not end a child with its parent."""
    process = start_child(MODEL_SANDBOX)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(SOON_S) == 0
    assert process.stdout is not None
    process.stdout.close()


def test_the_process_ends_itself_after_its_time_limit(tmp_path: Path) -> None:
    """What ends it where the program is stopped and cannot."""
    pytest.importorskip("resource")
    limits = "face_match.core.sandbox.limits"
    code = f"from {limits} import limit_seconds; limit_seconds(0.3)\nwhile True: pass"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False).returncode
        == -signal.SIGALRM
    )


@on_linux
def test_where_the_system_does_not_limit_memory_a_process_watches_itself() -> None:
    code = """
import time
from pathlib import Path
import numpy as np
from face_match.core.sandbox.limits import watch_memory

watch_memory(lambda: int(Path("/proc/self/statm").read_text().split()[1]) * 4096, 300_000_000)
much = [np.ones(5_000_000) for _ in range(100)]
time.sleep(5)
"""
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False).returncode
        == OUT_OF_MEMORY
    )


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for the program here")
def test_a_program_packed_as_one_file_starts_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, yunet_file: Path
) -> None:
    said = pack(tmp_path, monkeypatch)
    assert len(SandboxedNetwork("YuNet", yunet_file)(IMAGE)) == 12
    assert said.read_text().strip() == MODEL_SANDBOX


# The trial is done in the same


@on_linux
def test_a_trial_leaves_no_process(yunet_file: Path, tmp_path: Path) -> None:
    before = children()
    assert try_model(yunet_file, "YuNet").family == "yunet"
    (tmp_path / "bad.onnx").write_bytes(b"rubbish")
    with pytest.raises(ModelRefusedError):
        try_model(tmp_path / "bad.onnx", "bad.onnx")
    assert children() <= before
