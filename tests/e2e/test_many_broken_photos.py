"""A folder of photos that cannot be read takes no more memory than one of a few."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.hostile.world import png, png_chunk

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the most memory is measured as Linux tells it"
)

FEW, MANY = 4, 12
SIDE = 5_000
"""Of photos that are 25 MB as pixels."""
MOST_BYTES = 150_000_000

PROGRAM = """
import re, sys
from pathlib import Path
from face_match.cli import main

def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

def run(photos):
    gallery, command = sys.argv[1:3]
    given = [*map(str, sorted(photos.rglob("*.png")))] if command == "write-names" else [str(photos)]
    status = main([command, *given, *sys.argv[5:], "--gallery", gallery])
    assert status == 1, status

run(Path(sys.argv[3]))
before = most()
run(Path(sys.argv[4]))
print(most() - before)
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A few and many photos of nobody that break off near their end, in a folder of a person."""
    whole = png(SIDE, SIDE)
    folders = []
    for count in (FEW, MANY):
        folder = tmp_path_factory.mktemp("photos")
        (folder / "Ada").mkdir()
        for number in range(count):
            text = png_chunk(b"tEXt", b"number\0%d" % number)  # so that no two are the same photo
            (folder / "Ada" / f"{number}.png").write_bytes(whole[:33] + text + whole[33:-200])
        folders.append(folder)
    return folders


@pytest.mark.one_in(2, "every second command on a thousand broken photos")
@pytest.mark.parametrize(
    "command",
    [
        ["import"],
        ["import", "--people-from-folders"],
        ["sort", "INTO"],
        ["write-names"],
        ["evaluate"],
    ],
    ids=" ".join,
)
def test_unreadable_photos_are_not_held_in_memory(
    command: list[str], folders: list[Path], tmp_path: Path
) -> None:
    first, *others = (str(tmp_path / "into") if part == "INTO" else part for part in command)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "gallery", first, *folders, *others],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) < MOST_BYTES
