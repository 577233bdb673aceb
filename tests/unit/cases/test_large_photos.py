"""Photos of phones with 108 megapixels are read in the memory that small computers have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.extent import is_all

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells it of one program alone")

ROOT = Path(__file__).parents[3]
MOST_MEMORY_KB = 2_500_000
SCAN = """
import os, sys
os.cpu_count = lambda: 8  # whatever the cores
from pathlib import Path
from face_match.gallery.gallery import Gallery
from face_match.workflows.scan import scan
from face_match.vision.pipeline import FacePipeline
folder = Path(sys.argv[1])
photos = sorted(folder.glob("*.jpg"))[:int(sys.argv[3])]
with Gallery.open(folder / "gallery", for_writing=True) as gallery:
    result = scan(photos, gallery, FacePipeline.load("dlib", threads=1, small_faces=sys.argv[2] == "small"))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
most_kb = status["VmHWM"].split()[0]  # getrusage counts what this process was before, a copy of the tests'
print(result.done, len(result.failed), result.faces, most_kb)
"""


@pytest.fixture(scope="module")
def photos(cases: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    script = cases / "scripts" / "photos_of_108_megapixels.py"
    subprocess.run([sys.executable, str(script), str(hopper_file), str(folder)], check=True, timeout=300)
    return folder


@pytest.mark.parametrize(("faces", "count"), [("usual", 4), ("small", 4 if is_all() else 2)])
def test_they_are_all_read_within_the_memory_of_one(faces: str, count: int, photos: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", SCAN, str(photos), faces, str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    done, failed, _, memory_kb = map(int, result.stdout.split())
    assert (done, failed) == (count, 0)
    assert memory_kb < MOST_MEMORY_KB
