"""Photos of a face made worse in steps: blurred, dark, bright, flat, small, turned, covered.

All sizes are parts of the distance between the eyes, so that a step means the same in every photo. The turned
ones are no photos of turned heads: a still has no depth, so it is laid over an ellipsoid with a nose and seen
from aside. What the camera did not see stays unseen, and the lighting does not change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from face_match.core.types import Face, Photo, Pixels, Point

Floats = npt.NDArray[np.float32]

AROUND = 1.0
"""Of the longer side of the box, on each side of it: what of a photo is kept around a face."""

NOISE = 2.0
"""Standard deviation, in levels of 8 bits, of what a sensor adds to a dark or a flat photo."""


class Portrait(NamedTuple):
    """A face with what is around it: uint8 RGB, and the face in its pixels."""

    pixels: Pixels
    face: Face

    @property
    def eyes_px(self) -> float:
        marks = self.face.landmarks
        return math.dist(marks.left_eye, marks.right_eye)


class Kind(NamedTuple):
    """A way to make a face worse; `degrade` gives the photo and how many times as large it is.

    Attributes:
        steps: from a little to very much.
        unit: of the steps, in words.
    """

    steps: tuple[float, ...]
    unit: str
    degrade: Callable[[Portrait, float, np.random.Generator], tuple[Pixels, float]]


def portrait(photo: Photo, face: Face) -> Portrait:
    """A face of a photo with as much again around it, as far as the photo reaches."""
    pixels = photo.decode_full()
    box, margin = face.box, AROUND * face.box.longer_side
    left, top = max(0, round(box.x - margin)), max(0, round(box.y - margin))
    right, bottom = round(box.x + box.width + margin), round(box.y + box.height + margin)
    moved = Face(
        box._replace(x=box.x - left, y=box.y - top),
        type(face.landmarks)(*(Point(x - left, y - top) for x, y in face.landmarks)),
        face.confidence,
    )
    return Portrait(np.ascontiguousarray(pixels[top:bottom, left:right]), moved)


def degraded(one: Portrait, seed: int, kinds: Sequence[str]) -> Iterator[tuple[str, int, Pixels, float]]:
    """All steps of some kinds: kind, number of the step from 0 on, photo, and how many times as large."""
    for name in kinds:
        kind = KINDS[name]
        for step, amount in enumerate(kind.steps):
            generator = np.random.default_rng(seed)  # the same side and cover at every step
            yield name, step, *kind.degrade(one, amount, generator)


def _blurred(one: Portrait, amount: float, _: np.random.Generator) -> tuple[Pixels, float]:
    image = Image.fromarray(one.pixels)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(amount * one.eyes_px))), 1.0


def _small(one: Portrait, amount: float, _: np.random.Generator) -> tuple[Pixels, float]:
    scale = min(1.0, amount / one.eyes_px)
    height, width = one.pixels.shape[:2]
    size = (max(1, round(scale * width)), max(1, round(scale * height)))
    return np.asarray(Image.fromarray(one.pixels).resize(size, Image.Resampling.LANCZOS)), scale


def _dark(one: Portrait, amount: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    return _rounded(_noisy(one.pixels * np.float32(amount), generator)), 1.0


def _bright(one: Portrait, amount: float, _: np.random.Generator) -> tuple[Pixels, float]:
    return _rounded(one.pixels * np.float32(amount)), 1.0


def _flat(one: Portrait, amount: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    mean = one.pixels.mean()
    return _rounded(_noisy(mean + amount * (one.pixels - mean), generator)), 1.0


def _noisy(pixels: Floats, generator: np.random.Generator) -> Floats:
    return pixels + generator.normal(0.0, NOISE, pixels.shape).astype(np.float32)


def _rounded(pixels: Floats) -> Pixels:
    return np.rint(pixels).clip(0, 255).astype(np.uint8)


# Turned. Coordinates of the head: eyes level at (±0.5, 0), in distances between the eyes.

HEAD_CENTRE = (0.0, 0.45)
HEAD_RADII = (1.25, 1.75, 1.1)
"""Across, down, and towards the camera."""

NOSE = (0.0, 0.5, 0.38, 0.22)
"""Where its tip is, how far it stands out, and its width as a Gaussian's sigma."""


def _turned(one: Portrait, degrees: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    return _seen_from(one, degrees * generator.choice([-1, 1]), is_sideways=True), 1.0


def _tilted(one: Portrait, degrees: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    return _seen_from(one, degrees * generator.choice([-1, 1]), is_sideways=False), 1.0


def _seen_from(one: Portrait, degrees: float, *, is_sideways: bool) -> Pixels:
    """The head turned about its own upright axis, or nodding about that from ear to ear."""
    marks = one.face.landmarks
    left, right = complex(*marks.left_eye), complex(*marks.right_eye)
    across = right - left
    fine, reach = 0.035, 2.8
    grid = np.arange(-reach, reach + fine, fine)
    x, y = np.meshgrid(grid, grid)
    # What of the photo is at each point of the head's grid, once seen from aside.
    along, depth = (x, _depth(x, y)) if is_sideways else (y, _depth(x, y))
    angle = math.radians(degrees)
    seen_at = along * math.cos(angle) + depth * math.sin(angle)
    lines = seen_at if is_sideways else seen_at.T
    # A point that another hides gives way to it.
    sources = np.stack([np.interp(grid, np.maximum.accumulate(line), grid) for line in lines])
    from_x, from_y = (sources, y) if is_sideways else (x, sources.T)
    places = left + across * (0.5 + from_x + 1j * from_y)
    warped = _sampled(one.pixels, places.real, places.imag)
    rows, columns = np.mgrid[: one.pixels.shape[0], : one.pixels.shape[1]]
    head = (columns + 1j * rows - left) / across - 0.5
    at = (head + reach * (1 + 1j)) / fine
    return _rounded(_sampled(_rounded(warped), at.real, at.imag))


def _depth(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    inside = 1.0 - ((x - HEAD_CENTRE[0]) / HEAD_RADII[0]) ** 2 - ((y - HEAD_CENTRE[1]) / HEAD_RADII[1]) ** 2
    nose_x, nose_y, out, width = NOSE
    nose = out * np.exp(-((x - nose_x) ** 2 + (y - nose_y) ** 2) / (2 * width**2))
    depth: npt.NDArray[np.float64] = HEAD_RADII[2] * np.sqrt(np.maximum(inside, 0.0)) + nose
    return depth


def _sampled(pixels: Pixels, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Floats:
    """Bilinear, the nearest pixel beyond the edges: float32, shape x.shape + (3,)."""
    height, width = pixels.shape[:2]
    x, y = x.clip(0, width - 1.001), y.clip(0, height - 1.001)
    column, row = x.astype(int), y.astype(int)
    right, down = (x - column)[..., None].astype(np.float32), (y - row)[..., None].astype(np.float32)
    upper = pixels[row, column] * (1 - right) + pixels[row, column + 1] * right
    lower = pixels[row + 1, column] * (1 - right) + pixels[row + 1, column + 1] * right
    sampled: Floats = upper * (1 - down) + lower * down
    return sampled


# Covered, by turns with black, grey, and a cloth of blotches.


def _eyes(one: Portrait, height: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    return _covered(one, (-1.0, -height / 2, 1.0, height / 2), generator), 1.0


def _mouth(one: Portrait, height: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    """From the chin up, as a scarf or a mask would."""
    return _covered(one, (-1.1, 1.7 - height, 1.1, 2.4), generator, is_round=True), 1.0


def _half(one: Portrait, share: float, generator: np.random.Generator) -> tuple[Pixels, float]:
    left, right = (-1.1, -1.1 + 2.2 * share) if generator.random() < 0.5 else (1.1 - 2.2 * share, 1.1)
    return _covered(one, (left, -1.2, right, 2.0), generator), 1.0


def _covered(
    one: Portrait,
    shape: tuple[float, float, float, float],
    generator: np.random.Generator,
    *,
    is_round: bool = False,
) -> Pixels:
    """By a shape given as left, top, right, bottom in the head's coordinates."""
    marks = one.face.landmarks
    left, right = complex(*marks.left_eye), complex(*marks.right_eye)
    mask = Image.new("L", one.pixels.shape[1::-1])
    x0, y0, x1, y1 = shape
    if is_round:
        angles = np.linspace(0, 2 * np.pi, 48)
        points = (x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(angles) + 0j
        points += 1j * ((y0 + y1) / 2 + (y1 - y0) / 2 * np.sin(angles))
    else:
        points = np.array([x0 + 1j * y0, x1 + 1j * y0, x1 + 1j * y1, x0 + 1j * y1])
    places = left + (right - left) * (0.5 + points)
    ImageDraw.Draw(mask).polygon([(place.real, place.imag) for place in places], fill=255)
    covered = np.where(np.asarray(mask)[..., None] > 0, _cover(one, generator), one.pixels)
    return np.ascontiguousarray(covered)


def _cover(one: Portrait, generator: np.random.Generator) -> Pixels:
    height, width = one.pixels.shape[:2]
    kind = generator.integers(3)
    if kind < 2:
        return np.full((height, width, 3), (10, 128)[kind], np.uint8)
    blotch = max(1, round(one.eyes_px / 5))
    coarse = generator.integers(40, 200, (height // blotch + 1, width // blotch + 1, 1), dtype=np.uint8)
    image = Image.fromarray(np.repeat(coarse, 3, axis=2))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


KINDS: Mapping[str, Kind] = {
    "blurred": Kind((0.03, 0.06, 0.09, 0.12, 0.16, 0.22), "sigma, in distances between the eyes", _blurred),
    "small": Kind((24, 18, 14, 11, 9, 7), "pixels between the eyes", _small),
    "dark": Kind((0.4, 0.25, 0.16, 0.1, 0.07, 0.05), "of the light", _dark),
    "bright": Kind((1.4, 1.8, 2.3, 3.0, 4.0), "times the light, clipped", _bright),
    "flat": Kind((0.4, 0.25, 0.16, 0.1, 0.06), "of the contrast", _flat),
    "turned": Kind((15, 25, 35, 45, 55), "degrees aside", _turned),
    "tilted": Kind((10, 20, 30, 40), "degrees up or down", _tilted),
    "eyes covered": Kind((0.15, 0.3, 0.5, 0.8), "height, in distances between the eyes", _eyes),
    "mouth covered": Kind((0.4, 0.8, 1.2, 1.6), "from the chin up, in distances between the eyes", _mouth),
    "half covered": Kind((0.2, 0.35, 0.5, 0.65), "of the width", _half),
}
