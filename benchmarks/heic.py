"""What it costs to decode HEIC in processes of their own: processor time a photo, as a ratio to this process
and as a share of the way to its faces, and the time of two photos at once.

    python -m benchmarks.heic PHOTO.heic …

Both take turns on each photo, so that whatever else the machine does concerns both. On Linux.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from face_match.core.images import heif_image, heif_server
from face_match.core.images.heif_image import HeifImage
from face_match.core.sandbox.protocol import Frame
from face_match.vision.models.registry import load_detector, load_embedder, preferred_model
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline

ROUNDS = 5


class DecodedHere(HeifImage):
    """The same in this process."""

    def _ask(self, what: str, max_bytes: int) -> Frame:
        message, arrays = heif_server.answer(Frame({"what": what}, [np.frombuffer(self._data, np.uint8)]))
        return Frame(message, [*arrays])


def processor_seconds() -> float:
    """The processor time that this process and the decoders have taken."""
    ticks = 0
    for sandbox in heif_image._decoders._idle:
        fields = Path(f"/proc/{sandbox._process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def taken(clock: Callable[[], float], work: Callable[[], object]) -> float:
    """The seconds that work takes on a clock."""
    began = clock()
    work()
    return clock() - began


def decode(kind: type[HeifImage], data: bytes, at_once: int) -> None:
    """Decode a photo as many times at once."""
    with ThreadPoolExecutor(at_once) as pool:
        [*pool.map(lambda _: kind(data, "photo").load(), range(at_once))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each photo."""
    parser = argparse.ArgumentParser(prog="benchmarks.heic")
    parser.add_argument("photos", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    pipeline = FacePipeline(load_detector(), load_embedder(preferred_model()))
    for path in options.photos:
        measure(path, pipeline)


def measure(path: Path, pipeline: FacePipeline) -> None:
    """Print the medians of one photo."""
    data = path.read_bytes()
    for kind in (HeifImage, DecodedHere):
        decode(kind, data, 2)  # which starts the processes
    for clock, at_once, what in (
        (processor_seconds, 1, "processor time"),
        (time.perf_counter, 2, "two at once"),
    ):
        here, there = [], []
        for _ in range(ROUNDS):
            here.append(taken(clock, lambda: decode(DecodedHere, data, at_once)))  # noqa: B023
            there.append(taken(clock, lambda: decode(HeifImage, data, at_once)))  # noqa: B023
        print(
            f"{path.name}, {what}: here {np.median(here):.3f} s, sandbox {np.median(there):.3f} s, "
            f"{np.median(np.divide(there, here)):.2f} times"
        )
    ways = [taken(processor_seconds, lambda: pipeline.faces_upright(load_photo(path))) for _ in range(ROUNDS)]
    print(f"{path.name}, way to its faces: processor time {np.median(ways):.3f} s")


if __name__ == "__main__":
    main()
