"""A photo that is being rewritten is the old one or the new one, whatever happens to program and disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from face_match.core.atomic_files import remove_leftovers
from face_match.metadata.embedded import read_xmp
from face_match.metadata.embedded.writing import rewrite_xmp
from tests.unit.metadata.embedded.photos_with_xmp import made_photo

KINDS = ("jpg", "png", "webp", "tif")
PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Neu</x:xmpmeta>'


def killed_at(photo: Path, number: int) -> int:
    """Rewrite in a copy of this process that is killed before its n-th system call; return the calls made."""
    pid = os.fork()
    if pid == 0:
        calls = 0

        def trace(frame: FrameType, event: str, argument: Any) -> None:
            nonlocal calls
            if event == "c_call" and getattr(argument, "__module__", "") == "posix":
                calls += 1
                if calls == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(trace)
        rewrite_xmp(photo, lambda _: PACKET, lambda new: None)
        sys.setprofile(None)
        os._exit(min(calls, 255))
    status = os.waitpid(pid, 0)[1]
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows ends processes in another way")
@pytest.mark.parametrize("kind", KINDS)
def test_a_program_that_is_killed_leaves_the_old_photo_or_the_new_one(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    old = photo.read_bytes()
    calls = killed_at(photo, 0)
    new = photo.read_bytes()
    assert old != new
    assert read_xmp(photo) == PACKET
    outcomes = []
    for number in range(1, calls):
        photo.write_bytes(old)
        assert killed_at(photo, number) == 0
        outcomes.append(photo.read_bytes())
        remove_leftovers(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [photo.name]
    assert {*outcomes} == {old, new}
    assert outcomes == sorted(outcomes, key=lambda content: content == new)


FULL = """
import resource, signal, sys
from pathlib import Path
from face_match.core.errors import PhotoWriteError
from face_match.metadata.embedded.writing import rewrite_xmp

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    rewrite_xmp(Path(sys.argv[1]), lambda _: b"<x/>", lambda new: None)
except PhotoWriteError as exc:
    print(exc.reason)
"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.skipif(sys.platform != "linux", reason="the limit of a file's size is Linux's")
def test_a_file_that_cannot_grow_leaves_the_old_photo(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    old = photo.read_bytes()
    command = [sys.executable, "-c", FULL, photo, str(len(old))]
    result = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[4]
    )
    assert result.stdout == "File too large\n"
    assert photo.read_bytes() == old
    assert [path.name for path in tmp_path.iterdir()] == [photo.name]
