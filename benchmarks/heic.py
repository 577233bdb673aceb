"""What it costs to decode HEIC in a process of its own: time a photo, as a ratio to this process, and as a
share of the way to its faces.

    python -m benchmarks.heic PHOTO.heic …

Both take turns on each photo, so that whatever else the machine does concerns both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from face_match.core.images import heif_server
from face_match.core.images.heif_image import HeifImage
from face_match.core.sandbox.protocol import Frame
from face_match.vision.models.registry import load_detector, load_embedder, preferred_model
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline

ROUNDS = 7


class DecodedHere(HeifImage):
    """The same in this process."""

    def _ask(self, what: str, max_bytes: int) -> Frame:
        message, arrays = heif_server.answer(Frame({"what": what}, [np.frombuffer(self._data, np.uint8)]))
        return Frame(message, [*arrays])


def seconds(work: Callable[[], object]) -> float:
    """The time that work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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
    """Print the medians of one photo, and their ratios."""
    data = path.read_bytes()
    print(f"{path.name}: {seconds(lambda: decode(HeifImage, data, 1)):.2f} s with the start of the process")
    for at_once in (1, 2):
        here, there = [], []
        for _ in range(ROUNDS):
            here.append(seconds(lambda: decode(DecodedHere, data, at_once)))  # noqa: B023
            there.append(seconds(lambda: decode(HeifImage, data, at_once)))  # noqa: B023
        ratio = float(np.median(np.divide(there, here)))
        print(
            f"  {at_once} at once: here {np.median(here):.3f} s, sandbox {np.median(there):.3f} s, "
            f"{ratio:.2f} times"
        )
    ways = [seconds(lambda: pipeline.faces_upright(load_photo(path))) for _ in range(ROUNDS)]
    print(f"  way to its faces {np.median(ways):.2f} s")


if __name__ == "__main__":
    main()
