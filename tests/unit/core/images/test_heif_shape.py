"""HEIC and AVIF have the shape of a photo, or are refused before a decoder begins."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import ImageUnreadableError
from face_match.core.images import heif_shape
from face_match.core.images.byte_source import UnparsableError
from face_match.core.images.decoding import decode_image, read_header
from face_match.core.images.heif_shape import Shape, shape_of
from tests.made_heif import (
    HVCC,
    PAYLOAD,
    TILE_PX,
    box,
    clean_aperture,
    file_of_items,
    full,
    grid_of,
    made_heif,
    mirroring,
    rotation,
    spatial,
)

MAX_S, MAX_MB = 5.0, 150
"""An ordinary photo of that size takes a tenth of a second and 30 MB."""
CODEC, TILE = box(b"hvcC", HVCC), spatial(TILE_PX, TILE_PX)
ALPHA = full(b"auxC", b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0")
DEPTH = full(b"auxC", b"urn:mpeg:hevc:2015:auxid:2\0")
Items = list[tuple[int, bytes, bytes | Sequence[tuple[int, int]]]]
ONE: Items = [(1, b"hvc1", b"")]


def overlay(width: int, height: int, count: int = 1) -> bytes:
    return struct.pack(">BB4HII", 0, 1, 0, 0, 0, 0, width, height) + bytes(8 * count)


def overlaid(side: int, stated: int = TILE_PX, depth: int = 1) -> bytes:
    """Overlays over each other, with a canvas larger than stated."""
    items = ONE + [(2 + level, b"iovl", overlay(side, side)) for level in range(depth)]
    references = [(b"dimg", 2 + level, [1 + level]) for level in range(depth)]
    uses = {1: [1, 2], **{2 + level: [3] for level in range(depth)}}
    return file_of_items(items, references, [CODEC, TILE, spatial(stated, stated)], uses, depth + 1)


def doubling(levels: int, kind: bytes, data: bytes) -> bytes:
    """Two items a level, each made of both of the level below."""
    items: Items = [(1, b"hvc1", b""), (2, b"hvc1", b"")]
    references, uses = [], {1: [1, 2], 2: [1, 2]}
    for level in range(1, levels + 1):
        for item in (2 * level + 1, 2 * level + 2):
            items.append((item, kind, data))
            references.append((b"dimg", item, [2 * level - 1, 2 * level]))
            uses[item] = [2]
    return file_of_items(items, references, [CODEC, TILE], uses, 2 * levels + 1)


def copied(count: int) -> bytes:
    items = ONE + [(2 + level, b"iden", b"x") for level in range(count)]
    references = [(b"dimg", 2 + level, [1 + level]) for level in range(count)]
    return file_of_items(
        items, references, [CODEC, TILE], {1: [1, 2], **{2 + n: [2] for n in range(count)}}, count + 1
    )


def tiled(
    side: int,
    pieces: Sequence[tuple[int, int]] = (),
    more: bytes = b"",
    *,
    header: tuple[int, int] | None = None,
    stated: tuple[int, int] | None = None,
    tiles: Sequence[int] | None = None,
    codec: bytes = CODEC,
) -> bytes:
    """A square grid, whose tiles have these pieces."""
    grid, size = side * side + 1, (side * TILE_PX, side * TILE_PX)
    items: Items = [(tile, b"hvc1", pieces) for tile in range(1, grid)]
    items.append((grid, b"grid", grid_of(side, side, *(header or size))))
    return file_of_items(
        items,
        [(b"dimg", grid, tiles or range(1, grid))],
        [codec, TILE, spatial(*(stated or size))],
        {**{tile: [1, 2] for tile in range(1, grid)}, grid: [3]},
        grid,
        payload=PAYLOAD + more,
    )


def with_auxiliary(kind: bytes, data: bytes, size: bytes, use: bytes = ALPHA) -> bytes:
    """A tile with an auxiliary image: coded, or made of another tile."""
    items: Items = [(1, b"hvc1", b""), (2, kind, data), (3, b"hvc1", b"")]
    references: list[tuple[bytes, int, Sequence[int]]] = [(b"auxl", 2, [1])]
    references += [(b"dimg", 2, [3])] if data else []
    uses = {1: [1, 2], 2: [*([] if data else [1]), 3, 4], 3: [1, 2]}
    return file_of_items(items, references, [CODEC, TILE, size, use], uses, 1)


def one_of(*properties: bytes) -> bytes:
    """A tile with these properties."""
    return file_of_items(ONE, [], [CODEC, *properties], {1: [1, *range(2, 2 + len(properties))]}, 1)


def transformed(*own: bytes) -> bytes:
    return made_heif(own, columns=2, rows=2)


MB = b"\0\0\0\2\x50\1" * 170_000
AFTER = (len(PAYLOAD), 1_000_000)
FAT_CODEC = box(b"hvcC", HVCC, bytes(2_000_000))
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "overlays that double": (heif_shape.UNUSUAL, lambda: doubling(30, b"iovl", overlay(64, 64, 2))),
    "grids that double": (heif_shape.UNUSUAL, lambda: doubling(20, b"grid", grid_of(2, 1, 64, 64))),
    "a hidden canvas": (heif_shape.UNUSUAL, lambda: overlaid(32767)),
    "canvases on canvases": (heif_shape.UNUSUAL, lambda: overlaid(11_000, 11_000, 10)),
    "a chain of copies": (heif_shape.UNUSUAL, lambda: copied(1000)),
    "one tile in all places": (heif_shape.UNUSUAL, lambda: tiled(30, tiles=[1] * 900)),
    "fewer tiles than places": (heif_shape.UNUSUAL, lambda: tiled(3, tiles=range(1, 9))),
    "a tile that is the grid": (heif_shape.UNUSUAL, lambda: tiled(1, tiles=[2])),
    "100 rotations": (heif_shape.TOO_OFTEN, lambda: transformed(*[rotation(1)] * 100)),
    "two mirrorings": (heif_shape.TOO_OFTEN, lambda: transformed(mirroring(0), mirroring(1))),
    "100 crops": (heif_shape.TOO_OFTEN, lambda: transformed(*[clean_aperture(128, 128, 0, 0)] * 100)),
    "900 tiles of the same megabyte": (
        heif_shape.SHARED,
        lambda: tiled(30, [(0, len(PAYLOAD)), AFTER], MB),
    ),
    "31 pieces of the same megabyte": (
        heif_shape.SHARED,
        lambda: tiled(30, [(0, len(PAYLOAD)), *[AFTER] * 31], MB),
    ),
    "pieces that overlap": (heif_shape.SHARED, lambda: tiled(1, [(0, len(PAYLOAD)), (8, 16)])),
    "900 tiles with a large property": (heif_shape.SHARED, lambda: tiled(30, codec=FAT_CODEC)),
    "a canvas larger than the file states": (
        heif_shape.OTHER_SIZES,
        lambda: tiled(2, header=(16_000, 16_000)),
    ),
    "a grid that its tiles do not fill": (
        heif_shape.OTHER_SIZES,
        lambda: tiled(2, header=(9000, 9000), stated=(9000, 9000)),
    ),
    "many tiles for a small grid": (
        heif_shape.OTHER_SIZES,
        lambda: tiled(30, header=(64, 64), stated=(64, 64)),
    ),
    "a hidden canvas of alpha": (
        heif_shape.OTHER_SIZES,
        lambda: with_auxiliary(b"iovl", overlay(30_000, 30_000), spatial(30_000, 30_000)),
    ),
    "alpha that hides its canvas": (
        heif_shape.UNUSUAL,
        lambda: with_auxiliary(b"iovl", overlay(30_000, 30_000), TILE),
    ),
    "alpha of another size": (heif_shape.OTHER_SIZES, lambda: with_auxiliary(b"hvc1", b"", spatial(8, 8))),
    "no size": (
        heif_shape.OTHER_SIZES,
        lambda: file_of_items(ONE, [], [CODEC, spatial(0, 0)], {1: [1, 2]}, 1),
    ),
    "900 megapixels of which one is shown": (
        "megapixels",
        lambda: one_of(spatial(30_000, 30_000), clean_aperture(8, 8, 0, 0)),
    ),
}

DECODE = r"""
import re, sys
from pathlib import Path
from face_match.core.errors import ImageUnreadableError
from face_match.core.images.decoding import decode_image
for name in sys.argv[1:]:
    try:
        decode_image(Path(name).read_bytes(), "photo")
        print("read")
    except ImageUnreadableError as exc:
        print(exc.reason)
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures as Linux does")
def test_hostile_shapes_take_neither_time_nor_memory(tmp_path: Path) -> None:
    names = []
    for number, (_, made) in enumerate(HOSTILE.values()):
        path = tmp_path / f"{number}.heic"
        path.write_bytes(made())
        names.append(str(path))
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", DECODE, *names], check=False, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    *reasons, peak = run.stdout.splitlines()
    for (name, (expected, _)), reason in zip(HOSTILE.items(), reasons, strict=True):
        assert expected in reason, (name, reason)
    assert int(peak) < MAX_MB
    assert time.monotonic() - started < MAX_S * 2


@pytest.mark.parametrize("name", HOSTILE)
def test_a_header_is_refused_too(name: str) -> None:
    with pytest.raises(ImageUnreadableError):
        read_header(HOSTILE[name][1](), "a")


ORDINARY: dict[str, Callable[[], bytes]] = {
    "a tile": made_heif,
    "a grid": lambda: made_heif(columns=3, rows=2),
    "a grid with a margin": lambda: made_heif(columns=3, rows=2, width=150, height=100),
    "a thumbnail in a place of its own": lambda: file_of_items(
        [(1, b"hvc1", b""), (2, b"hvc1", b"")], [(b"thmb", 2, [1])], [CODEC, TILE], {1: [1, 2], 2: [1, 2]}, 1
    ),
    "each transformation once": lambda: transformed(rotation(1), mirroring(0), clean_aperture(64, 64, 0, 0)),
    "alpha": lambda: with_auxiliary(b"hvc1", b"", TILE),
    "depth of another size": lambda: with_auxiliary(b"hvc1", b"", spatial(8, 8), DEPTH),
    "a piece after another": lambda: tiled(1, [(0, 200), (200, len(PAYLOAD) - 200)]),
    "tracks beside the image": lambda: file_of_items(
        ONE, [], [CODEC, TILE], {1: [1, 2]}, 1, tracks=box(b"moov", track(64, 64))
    ),
}


@pytest.mark.parametrize("kind", [b"iden", b"iovl", b"tmap", b"tili", b"mski", b"unci"])
def test_images_that_photos_do_not_have_are_refused_before_libheif_decodes(kind: bytes) -> None:
    with pytest.raises((heif_shape.UnusualShapeError, UnparsableError)):
        heif_shape.shape_of(made_heif().replace(b"hvc1", kind))


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_shapes_are_read(name: str) -> None:
    data = ORDINARY[name]()
    found, header = decode_image(data, "a"), read_header(data, "a")
    assert (found.width, found.height) == (header.width, header.height)


def test_memory_is_reckoned_for_all_that_is_decoded() -> None:
    area = TILE_PX**2
    assert shape_of(made_heif()) == Shape(TILE_PX, TILE_PX, area)
    assert shape_of(made_heif(columns=3, rows=2)) == Shape(3 * TILE_PX, 2 * TILE_PX, 6 * area + area)
    assert shape_of(with_auxiliary(b"hvc1", b"", TILE)) == Shape(TILE_PX, TILE_PX, area + int(0.4 * area))
    cropped = one_of(spatial(4000, 3000), clean_aperture(8, 8, 0, 0))
    assert shape_of(cropped) == Shape(4000, 3000, 12_000_000)


def avif_parts() -> tuple[bytes, bytes]:
    """The configuration of a decoder, and a coded image of 64 × 64 pixels."""
    stream = io.BytesIO()
    Image.fromarray(np.full((TILE_PX, TILE_PX, 3), 90, np.uint8)).save(stream, "AVIF")
    data = stream.getvalue()
    found = re.search(rb"\x00\x00\x00.av1C", data, re.DOTALL)
    assert found is not None
    size = int.from_bytes(found[0][:4], "big")
    return data[found.start() : found.start() + size], data[data.index(b"mdat") + 4 :]


def avif(
    kind: bytes = b"",
    data: bytes = b"",
    alpha: tuple[int, int] | None = None,
    tiles: Sequence[int] = (1, 3),
    *more: bytes,
) -> bytes:
    """An AVIF of one image, or one that is made of two, with alpha of a size."""
    codec, payload = avif_parts()
    items: Items = [(1, b"av01", b""), (3, b"av01", b"")]
    references: list[tuple[bytes, int, Sequence[int]]] = []
    if kind:
        items.append((2, kind, data))
        references.append((b"dimg", 2, tiles))
    if alpha:
        items.append((4, b"av01", b""))
        references.append((b"auxl", 4, [2 if kind else 1]))
    properties = [codec, TILE, spatial(2 * TILE_PX, TILE_PX), spatial(*(alpha or (1, 1))), ALPHA, *more]
    uses = {1: [1, 2, *range(6, 6 + len(more))], 3: [1, 2], 2: [3], 4: [1, 4, 5]}
    uses = {item: uses[item] for item in sorted(item for item, *_ in items)}
    return file_of_items(
        items, references, properties, uses, 2 if kind else 1, payload=payload, brand=b"avif"
    )


HOSTILE_AVIF: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an overlay": (heif_shape.UNUSUAL, lambda: avif(b"iovl", overlay(128, 64, 2))),
    "one tile twice": (heif_shape.UNUSUAL, lambda: avif(b"grid", grid_of(2, 1, 128, 64), None, (1, 1))),
    "a larger canvas": (heif_shape.OTHER_SIZES, lambda: avif(b"grid", grid_of(2, 1, 9000, 9000))),
    "larger alpha": (heif_shape.OTHER_SIZES, lambda: avif(alpha=(14_000, 14_000))),
    "100 rotations": (heif_shape.TOO_OFTEN, lambda: avif(b"", b"", None, (), *[rotation(1)] * 100)),
}


@pytest.mark.parametrize("name", HOSTILE_AVIF)
def test_avif_is_refused_as_well(name: str) -> None:
    reason, made = HOSTILE_AVIF[name]
    with pytest.raises(ImageUnreadableError, match=reason):
        decode_image(made(), "a")


def test_avif_of_an_ordinary_shape_is_read() -> None:
    assert decode_image(avif(), "a").pixels.shape == (TILE_PX, TILE_PX, 3)
    assert decode_image(avif(b"grid", grid_of(2, 1, 128, 64)), "a").width == 2 * TILE_PX
    assert decode_image(avif(alpha=(TILE_PX, TILE_PX)), "a").width == TILE_PX


def test_an_animation_has_tracks_of_one_size() -> None:
    stream = io.BytesIO()
    frames = [Image.new("RGBA", (48, 32), (90 * n, 9, 9, 128)) for n in range(3)]
    frames[0].save(stream, "AVIF", save_all=True, append_images=frames[1:])
    data = stream.getvalue()
    assert decode_image(data, "a").pixels.shape == (32, 48, 3)
    at = data.rindex(struct.pack(">II", 48 << 16, 32 << 16))
    larger = data[:at] + struct.pack(">II", 16_000 << 16, 16_000 << 16) + data[at + 8 :]
    with pytest.raises(ImageUnreadableError, match=heif_shape.OTHER_SIZES):
        decode_image(larger, "a")


def test_any_bytes_have_a_shape_or_are_refused() -> None:
    data, rng, shapes = transformed(rotation(1)), np.random.default_rng(7), []
    for _ in range(300):
        changed = bytearray(data[:1200])
        for at in rng.integers(0, len(changed), 3):
            changed[at] = rng.integers(0, 256)
        with contextlib.suppress(ValueError):
            shapes.append(shape_of(bytes(changed)))
    assert 0 < len(shapes) < 300
    assert all(shape is None or shape.pixels >= shape.width * shape.height > 0 for shape in shapes)


def track(width: int, height: int, version: int = 0) -> bytes:
    head = bytes(84 if version else 72) + struct.pack(">II", width << 16, height << 16)
    return box(b"trak", full(b"tkhd", head, version=version))


@pytest.mark.parametrize("has_items", [True, False])
def test_frames_of_a_sequence_count_as_large_as_they_are(has_items: bool) -> None:
    """Its track states 64 × 64 pixels; libavif would decode a frame of 1,000 × 1,000 and scale it."""
    buffer = io.BytesIO()
    first, second = (Image.new("RGB", (1000, 1000), (blue, blue, blue)) for blue in (10, 200))
    first.save(buffer, "AVIF", save_all=True, append_images=[second], speed=10)
    data = buffer.getvalue()
    assert shape_of(data) == Shape(1000, 1000, 1_000_000)
    for before, form, scale in ((b"ispe" + bytes(4), ">II", 1), (b"", ">II", 1 << 16), (b"", ">HH", 1)):
        real, stated = (before + struct.pack(form, side * scale, side * scale) for side in (1000, 64))
        assert real in data
        data = data.replace(real, stated)
    if not has_items:
        data = data.replace(b"avif", b"avis").replace(b"mif1", b"avis").replace(b"meta", b"free", 1)
        assert decode_image(data, "small").pixels.shape == (64, 64, 3)
    assert shape_of(data) == Shape(64, 64, 1_000_000)
