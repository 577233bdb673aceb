"""HEIC is decoded in a process that holds no secrets, and whose end is an error for one photo."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from face_match.core.errors import CancelledError, ImageUnreadableError
from face_match.core.images import heif_image
from face_match.core.images.decoding import DecodedImage, decode_crop, decode_image, read_header
from face_match.core.installation import PHOTO_SANDBOX
from face_match.core.progress import cancellable
from face_match.core.sandbox import client
from face_match.core.sandbox.client import SandboxPool
from face_match.vision.photo_loading import load_photo
from face_match.workflows.batch import run_batch
from tests.heif_decoders import use_decoders
from tests.made_heif import TILE_PX, made_heif, rotation
from tests.packed_program import pack

ROOT = Path(__file__).parents[4]
PHOTO = made_heif(columns=3, rows=2)
LARGE = made_heif(columns=31, rows=31)
"""4 megapixels."""
SOON_S = 30

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[SandboxPool]:
    """The decoders of this test: one process at most."""
    monkeypatch.setattr(heif_image, "_decoders", SandboxPool(1))
    yield heif_image._decoders
    for sandbox in heif_image._decoders._idle:
        sandbox.close()


@pytest.fixture
def decoder(pool: SandboxPool) -> int:
    """The process number of a decoder that has read a photo."""
    assert decode_image(PHOTO, "first").width == 3 * TILE_PX
    return number_in(pool)


def number_in(pool: SandboxPool) -> int:
    (idle,) = pool._idle
    return idle._process.pid


def is_there(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(number: int) -> bool:
    deadline = time.monotonic() + SOON_S
    while is_there(number) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_there(number)


def reason(read: Callable[[], object]) -> str:
    with pytest.raises(ImageUnreadableError) as caught:
        read()
    assert caught.value.name == "photo"
    return caught.value.reason


def read_photo() -> DecodedImage:
    return decode_image(PHOTO, "photo")


# What it answers


IN_THIS_PROCESS = """
import io, sys
import numpy as np, pi_heif
from PIL import Image
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
with Image.open(sys.argv[1]) as image:
    np.save(sys.argv[2], np.asarray(image))
"""


@pytest.mark.parametrize("transforms", [(), (rotation(1),)])
def test_pixels_are_those_of_the_library(transforms: tuple[bytes, ...], tmp_path: Path) -> None:
    data = made_heif(transforms, columns=3, rows=2)
    (tmp_path / "a.heic").write_bytes(data)
    words = [str(tmp_path / "a.heic"), str(tmp_path / "a.npy")]
    subprocess.run([sys.executable, "-c", IN_THIS_PROCESS, *words], check=True)
    expected = np.load(tmp_path / "a.npy")
    np.testing.assert_array_equal(decode_image(data, "a").pixels, expected)
    np.testing.assert_array_equal(decode_crop(data, "a"), expected)


def test_exif_and_the_profile_come_through() -> None:
    exif = Image.Exif()
    exif[0x0132] = "2021:07:04 12:30:05"
    block = b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = heif_image.HeifImage(made_heif(exif=block, icc=profile), "a")
    assert (image.info["icc_profile"], image.mode) == (profile, "RGB")
    assert image.info["exif"].removeprefix(b"Exif\0\0") == block.removeprefix(b"Exif\0\0")
    assert decode_image(made_heif(exif=block), "a").taken == "2021-07-04T12:30:05"


NOT_LOADED = """
import sys
from pathlib import Path
from face_match.core.images.decoding import decode_crop, image_suffix
from face_match.vision.photo_loading import identify_photo, load_photo, load_small
path = Path(sys.argv[1])
photo = load_photo(path)
assert photo.decode_full().shape == load_small(path, 1).shape == decode_crop(path.read_bytes(), "a").shape
assert (identify_photo(path).digest, image_suffix(path.read_bytes(), "a")) == (photo.digest, ".heif")
print(sorted(name for name in sys.modules if "pi_heif" in name))
"""


def test_no_way_to_a_photo_loads_the_library_here(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(PHOTO)
    words = [sys.executable, "-c", NOT_LOADED, str(tmp_path / "a.heic")]
    result = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (result.returncode, result.stdout.strip()) == (0, "[]"), result.stderr


def test_damaged_photos_are_answers_and_leave_the_process_alone(pool: SandboxPool) -> None:
    read_photo()
    before = number_in(pool)
    assert "HEIF" in reason(lambda: decode_image(made_heif().replace(b"hvcC", b"vvcC"), "photo"))
    assert "HEIF" in reason(lambda: decode_image(PHOTO[:-60], "photo"))
    assert number_in(pool) == before


LIES = {
    "no image": "message.pop('size')",
    "no side": "message['size'] = [0, 8]",
    "300 megapixels": "message['size'] = [30_000, 10_000]",
    "an unknown mode": "message['mode'] = 'P;4'",
    "another size than announced": "message['size'] = [8, 8] if what == 'decode' else message['size']",
    "too few bytes": "arrays = [arrays[0][:9]] if what == 'decode' else arrays",
    "too many bytes": "arrays = [server.np.zeros(10_000_000, 'u1')]",
    "a step to the left": "message['stride'] = -30",
    "no arrays": "arrays = []",
    "texts": "message = {'size': 'ab', 'mode': 3, 'stride': []}",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_process_that_was_taken_over_can_only_make_a_photo_unreadable(
    lie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_decoders(monkeypatch, LIES[lie])
    assert reason(read_photo)


# Its life


@on_linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_crash_during_a_photo_is_one_unreadable_photo(decoder: int, how: signal.Signals) -> None:
    os.kill(decoder, signal.SIGSTOP)
    threading.Timer(0.3, lambda: (os.kill(decoder, how), os.kill(decoder, signal.SIGCONT))).start()
    assert reason(read_photo) == heif_image.DIED
    assert read_photo().width == 3 * TILE_PX


@on_linux
def test_a_crash_between_two_photos_is_not_noticed(decoder: int, pool: SandboxPool) -> None:
    os.kill(decoder, signal.SIGKILL)
    pool._idle[0]._process.wait(SOON_S)
    assert read_photo().width == 3 * TILE_PX


@on_linux
def test_a_photo_without_end_is_ended(decoder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    os.kill(decoder, signal.SIGSTOP)
    with monkeypatch.context() as shorter:
        shorter.setattr(client, "CALL_SECONDS", 0.3)
        assert reason(read_photo) == "its decoder took longer than 0.3 seconds"
    assert gone(decoder)
    assert read_photo().width == 3 * TILE_PX


@on_linux
def test_a_job_that_is_cancelled_ends_it(decoder: int) -> None:
    os.kill(decoder, signal.SIGSTOP)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with cancellable(stop.is_set), pytest.raises(CancelledError):
        read_photo()
    assert gone(decoder)


@on_linux
def test_memory_over_the_limit_is_one_unreadable_photo(decoder: int) -> None:
    import resource

    pages = int(Path(f"/proc/{decoder}/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + 4_000_000
    resource.prlimit(decoder, resource.RLIMIT_AS, (most, most))
    assert read_photo().width == 3 * TILE_PX
    found = reason(lambda: decode_image(LARGE, "photo"))
    assert found in ("its decoder needed more than 3 GB of memory", heif_image.DIED)
    assert decode_image(LARGE, "photo").width == 31 * TILE_PX, "another process has the usual limit"


@on_linux
def test_the_process_has_its_limits(decoder: int) -> None:
    process = Path("/proc") / str(decoder)
    limits = (process / "limits").read_text()
    assert "3000000000" in limits.partition("Max address space")[2].splitlines()[0]
    assert limits.partition("Max core file size")[2].split()[0] == "0"
    for thread in (process / "task").iterdir():
        assert "NoNewPrivs:\t1" in (thread / "status").read_text(), "each thread came after `confine`"


@on_linux
@pytest.mark.parametrize("variable", ["FACE_MATCH_PASSPHRASE", "PGPASSWORD"])
def test_it_does_not_get_what_is_secret(
    variable: str, monkeypatch: pytest.MonkeyPatch, pool: SandboxPool
) -> None:
    monkeypatch.setenv(variable, "the secret")
    read_photo()
    told = Path(f"/proc/{number_in(pool)}/environ").read_bytes()
    assert b"PATH=" in told
    assert b"the secret" not in told


CONFINED = """
import os, socket, subprocess, sys
from pathlib import Path
from face_match.core.sandbox.limits import confine
own = open(sys.argv[1])
confine()
def tried(what):
    try:
        what()
    except PermissionError:
        return "refused"
    return "done"
folder = Path(sys.argv[1]).parent
print(len(own.read(5)), *map(tried, (
    lambda: open(sys.argv[1]).read(), lambda: (folder / "new").write_text("x"), lambda: os.listdir(folder),
    lambda: os.unlink(sys.argv[1]), lambda: os.rename(sys.argv[1], folder / "b"),
    lambda: os.mkdir(folder / "d"), lambda: socket.create_connection(("127.0.0.1", int(sys.argv[2]))),
    lambda: os.kill(os.getppid(), 0), lambda: os.execv("/bin/true", ["true"]))))
"""


def landlock() -> int:
    """The version of Landlock that this system has."""
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, 0, 1) if sys.platform == "linux" else 0


@pytest.mark.skipif(landlock() < 1, reason="this system has no Landlock")
def test_it_can_open_and_change_no_file_and_reach_nobody(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Ada, Grace")
    with socket.create_server(("127.0.0.1", 0)) as server:
        words = [sys.executable, "-c", CONFINED, str(tmp_path / "names.txt"), str(server.getsockname()[1])]
        result = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    version = landlock()
    expected = ["refused"] * 6 + ["refused" if version >= since else "done" for since in (4, 6)] + ["refused"]
    assert result.stdout.split() == ["5", *expected], result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["names.txt"]


PARENT = """
import sys
from pathlib import Path
from face_match.core.images import heif_image
from face_match.core.images.decoding import decode_image
decode_image(Path(sys.argv[1]).read_bytes(), "a")
print(heif_image._decoders._idle[0]._process.pid, flush=True)
sys.stdin.read()
"""


@on_linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_it_ends_with_the_program(how: signal.Signals | None, tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(PHOTO)
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "a.heic")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        number = int(parent.stdout.readline())
        assert is_there(number)
        if how is None:
            parent.stdin.close()
        else:
            parent.send_signal(how)
        assert gone(number)


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for the program here")
def test_a_program_packed_as_one_file_starts_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: SandboxPool
) -> None:
    said = pack(tmp_path, monkeypatch)
    assert read_photo().width == 3 * TILE_PX
    assert said.read_text().strip() == PHOTO_SANDBOX


def test_a_process_that_cannot_be_started_is_one_unreadable_photo(
    pool: SandboxPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as missing:
        missing.setattr(sys, "executable", "/nowhere/python")
        assert reason(read_photo) == heif_image.NOT_STARTED
    assert read_photo().width == 3 * TILE_PX


# Many photos


def test_many_threads_share_a_few_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = SandboxPool(2)
    monkeypatch.setattr(heif_image, "_decoders", pool)
    expected = {}
    for number in range(12):
        path = tmp_path / f"{number}.heic"
        path.write_bytes(made_heif(columns=1 + number % 3, rows=2))
        expected[path] = (2 * TILE_PX, (1 + number % 3) * TILE_PX, 3)
    found: dict[Path, object] = {}
    assert run_batch([*expected], lambda path: load_photo(path).pixels.shape, found.__setitem__) is None
    assert found == expected
    assert 0 < len(pool._idle) <= 2


def test_headers_need_no_decoding(pool: SandboxPool) -> None:
    assert read_header(LARGE, "a")[:2] == (31 * TILE_PX, 31 * TILE_PX)
