"""Which detector finds more faces, and at what price in false ones and in time?

On photos of groups all of whose faces were labelled by eye (a point on the nose and the face's width; mtcnn's
own boxes beside the photos would favour MTCNN), as they are and made worse: small, dark, turned in the plane,
covered. A face is found when a box holds its point and is half to twice as wide; a box that finds nobody is a
false face. Each label counts once: a second box on the same face is false too.

    python -m benchmarks.detectors GROUPS FILE.onnx …      GROUPS is the folder of labelled group photos
"""

from __future__ import annotations

import argparse
import functools
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.degraded import NOISE
from face_match.core.model_families import FAMILIES
from face_match.core.types import Face, Pixels
from face_match.vision.detectors.detector import Detector
from face_match.vision.detectors.single_stage import SingleStageDetector
from face_match.vision.models.registry import load_detector
from face_match.vision.models.trial import try_network
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import Network


class Label(NamedTuple):
    """A face, by eye: where its nose is, and how wide it is, in pixels."""

    x: float
    y: float
    width: float


LABELS: Mapping[str, tuple[Label, ...]] = {
    "bbt1.jpg": (
        Label(258, 205, 95),
        Label(521, 210, 95),
        Label(776, 197, 90),
        Label(1045, 158, 105),
    ),
    "bbt2.jpg": (Label(34, 125, 60), Label(158, 180, 85), Label(408, 173, 75)),
    "bbt3.jpg": (
        Label(68, 68, 62),
        Label(183, 126, 58),
        Label(281, 130, 58),
        Label(392, 138, 60),
        Label(516, 140, 65),
    ),
    "bbt4.jpg": (
        Label(128, 84, 85),
        Label(279, 103, 90),
        Label(618, 125, 78),
        Label(103, 328, 105),
        Label(299, 287, 90),
        Label(509, 241, 100),
    ),
    "bbt5.jpg": (
        Label(148, 224, 95),
        Label(257, 88, 75),
        Label(481, 214, 90),
        Label(609, 100, 80),
        Label(762, 163, 95),
    ),
    "multiface.jpg": (
        Label(269, 307, 80),
        Label(470, 200, 88),
        Label(592, 110, 82),
        Label(655, 255, 80),
        Label(763, 523, 82),
        Label(903, 507, 90),
    ),
}

Degrade = Callable[[Pixels, Sequence[Label], float], tuple[Pixels, list[Label]]]


class Kind(NamedTuple):
    """A way to make a photo worse, in steps."""

    degrade: Degrade
    steps: tuple[float, ...]
    unit: str


class Count(NamedTuple):
    """Of faces."""

    there: int = 0
    found: int = 0
    false: int = 0

    def plus(self, other: Count) -> Count:
        return Count(*(a + b for a, b in zip(self, other, strict=True)))


def _as_it_is(pixels: Pixels, labels: Sequence[Label], _: float) -> tuple[Pixels, list[Label]]:
    return pixels, list(labels)


def _small(pixels: Pixels, labels: Sequence[Label], width: float) -> tuple[Pixels, list[Label]]:
    scale = width / float(np.median([label.width for label in labels]))
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    smaller = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
    return smaller, [Label(*(value * scale for value in label)) for label in labels]


def _dark(pixels: Pixels, labels: Sequence[Label], light: float) -> tuple[Pixels, list[Label]]:
    noise = np.random.default_rng(0).normal(0, NOISE, pixels.shape)
    return np.rint(pixels * light + noise).clip(0, 255).astype(np.uint8), list(labels)


def _turned(pixels: Pixels, labels: Sequence[Label], degrees: float) -> tuple[Pixels, list[Label]]:
    turned = Image.fromarray(pixels).rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    before, after = np.array(pixels.shape[1::-1]) / 2, np.array(turned.size) / 2
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    moved = []
    for label in labels:
        x, y = np.array(label[:2]) - before
        moved.append(Label(after[0] + c * x + s * y, after[1] - s * x + c * y, label.width))
    return np.asarray(turned), moved


def _covered(pixels: Pixels, labels: Sequence[Label], share: float) -> tuple[Pixels, list[Label]]:
    """From the chin up, by a grey cloth; a face is about 1.3 times as high as it is wide."""
    image = Image.fromarray(pixels)
    for label in labels:
        half, chin = 0.6 * label.width, label.y + 0.62 * label.width
        top = chin - share * 1.3 * label.width
        ImageDraw.Draw(image).rectangle((label.x - half, top, label.x + half, chin), fill=(120, 120, 120))
    return np.asarray(image), list(labels)


def _eyes_covered(pixels: Pixels, labels: Sequence[Label], height: float) -> tuple[Pixels, list[Label]]:
    image = Image.fromarray(pixels)
    for label in labels:
        half, middle = 0.6 * label.width, label.y - 0.25 * label.width
        box = (label.x - half, middle - height * label.width / 2)
        ImageDraw.Draw(image).rectangle(
            (*box, label.x + half, middle + height * label.width / 2), fill=(10, 10, 10)
        )
    return np.asarray(image), list(labels)


KINDS: Mapping[str, Kind] = {
    "as they are": Kind(_as_it_is, (0,), ""),
    "small": Kind(_small, (40, 28, 20, 14, 10), "pixels wide"),
    "dark": Kind(_dark, (0.25, 0.1, 0.05), "of the light"),
    "turned": Kind(_turned, (15, 30, 45, 90), "degrees in the plane"),
    "chin covered": Kind(_covered, (0.3, 0.45, 0.6), "of the face"),
    "eyes covered": Kind(_eyes_covered, (0.2, 0.4), "of the width"),
}


def main() -> None:
    """Print the table and what it suggests."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("groups", type=Path)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.onnx")
    parser.add_argument("--confidence", nargs="*", type=float, default=[], help="try these with each FILE")
    options = parser.parse_args()
    detectors = dict(_detectors(options.files, options.confidence))
    photos = {}
    for name, labels in LABELS.items():
        with Image.open(options.groups / name) as image:
            photos[name] = (np.asarray(image.convert("RGB")), labels)
    counts = {name: _counted(detector, photos) for name, detector in detectors.items()}
    print(f"| photos | {' | '.join(detectors)} |\n|{'---|' * (1 + len(detectors))}")
    for what in next(iter(counts.values())):
        cells = (_written(counts[name][what]) for name in detectors)
        print(f"| {what} | {' | '.join(cells)} |")
    totals = {name: _sum(count.values()) for name, count in counts.items()}
    times = _times(detectors, [pixels for pixels, _ in photos.values()])
    print(f"| all | {' | '.join(_written(totals[name]) for name in detectors)} |")
    told = " | ".join(f"{1000 * seconds:.0f} ms" for seconds in times.values())
    print(f"| median time, {os.cpu_count()} cores | {told} |")
    print(_suggestion(totals, times))


def _detectors(files: Sequence[Path], confidences: Sequence[float]) -> Iterator[tuple[str, Detector]]:
    yield "MTCNN", load_detector()
    yield "MTCNN, small faces", load_detector(small_faces=True)
    for file in files:
        verdict = try_network(file)
        family = FAMILIES[verdict.family]
        form = InputFormat(verdict.range, verdict.colour, verdict.is_channels_last)
        size = (verdict.width, verdict.height) if verdict.width else None
        network = Network(file)
        yield file.stem, SingleStageDetector(network, family, form, size)
        if size is None:
            closer = SingleStageDetector(network, family, form, size, small_faces=True)
            yield f"{file.stem}, small faces", closer
        for confidence in confidences:
            other = family._replace(confidence=confidence)
            yield f"{file.stem} from {confidence:g}", SingleStageDetector(network, other, form, size)


def _counted(detector: Detector, photos: Mapping[str, tuple[Pixels, tuple[Label, ...]]]) -> dict[str, Count]:
    counts = {}
    for name, kind in KINDS.items():
        for step in kind.steps:
            what = f"{name} {step:g} {kind.unit}" if kind.unit else name
            counts[what] = _sum(
                count_of(detector.detect(worse), moved)
                for pixels, labels in photos.values()
                for worse, moved in [kind.degrade(pixels, labels, step)]
            )
    return counts


def count_of(faces: Sequence[Face], labels: Sequence[Label]) -> Count:
    """How many of the labels were found, and how many faces are nobody's."""
    left = list(faces)
    found = 0
    for label in labels:
        hit = next((face for face in left if _is_of(face, label)), None)
        if hit is not None:
            left.remove(hit)
            found += 1
    return Count(len(labels), found, len(left))


def _is_of(face: Face, label: Label) -> bool:
    box = face.box
    holds = box.x <= label.x <= box.x + box.width and box.y <= label.y <= box.y + box.height
    return holds and 0.5 <= box.width / label.width <= 2


def _sum(counts: Iterable[Count]) -> Count:
    return functools.reduce(Count.plus, counts, Count())


def _times(detectors: Mapping[str, Detector], photos: Sequence[Pixels]) -> dict[str, float]:
    """Seconds a photo takes, in the median of photos and of five turns, each detector in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in detectors}
    for turn in range(6):
        for pixels in photos:
            for name, detector in detectors.items():
                began = time.perf_counter()
                detector.detect(pixels)
                if turn:
                    seconds[name].append(time.perf_counter() - began)
    return {name: float(np.median(taken)) for name, taken in seconds.items()}


def _written(count: Count) -> str:
    return f"{count.found} of {count.there}, {count.false} false"


def _suggestion(totals: Mapping[str, Count], times: Mapping[str, float]) -> str:
    """The most found for the fewest false; of those about as good the fastest."""
    worth = {name: (count.found - count.false) / count.there for name, count in totals.items()}
    best = max(worth.values())
    about = [name for name, value in worth.items() if value >= best - 0.02]
    chosen = min(about, key=lambda name: times[name])
    return (
        f"Suggested: {chosen}. It finds {totals[chosen].found} of {totals[chosen].there} with "
        f"{totals[chosen].false} false, in {1000 * times[chosen]:.0f} ms; of those within 2 points of the "
        "best (found less false) it is the fastest."
    )


if __name__ == "__main__":
    main()
