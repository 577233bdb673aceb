"""What it costs to run a detector in a process of its own: time a photo, as a ratio to this process.

    python -m benchmarks.sandbox MODEL.onnx PHOTO …

Both take turns on each photo, so that whatever else the machine does concerns both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from face_match.core.model_families import FAMILIES
from face_match.vision.detectors.single_stage import SingleStageDetector
from face_match.vision.models.sandboxed_network import SandboxedNetwork
from face_match.vision.models.trial import try_network
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import Network, RunnableNetwork
from face_match.vision.photo_loading import load_photo

ROUNDS = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the medians and their ratio."""
    parser = argparse.ArgumentParser(prog="benchmarks.sandbox")
    parser.add_argument("model", type=Path)
    parser.add_argument("photos", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    verdict = try_network(options.model)
    form = InputFormat(verdict.range, verdict.colour, verdict.is_channels_last)
    size = (verdict.width, verdict.height) if verdict.width else None

    def detector(network: RunnableNetwork) -> SingleStageDetector:
        return SingleStageDetector(network, FAMILIES[verdict.family], form, size)

    detectors = {
        "this process": detector(Network(options.model)),
        "sandbox": detector(SandboxedNetwork("model", options.model)),
    }
    times: dict[str, list[float]] = {name: [] for name in detectors}
    for path in options.photos:
        pixels = load_photo(path).pixels
        for _ in range(ROUNDS):
            found = []
            for name, one in detectors.items():
                began = time.perf_counter()
                found.append(one.detect(pixels))
                times[name].append(time.perf_counter() - began)
            assert found[0] == found[1]
    here, there = (1000 * float(np.median(seconds)) for seconds in times.values())
    print(f"{len(options.photos)} photos, {ROUNDS} times each, the same faces found")
    print(f"this process {here:.1f} ms, sandbox {there:.1f} ms a photo: {there / here:.2f} times")


if __name__ == "__main__":
    main()
