"""Crops, waiting faces and photos that are not what they seem."""

from __future__ import annotations

import functools
import io
import json
import os
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PIL import Image

from tests.e2e.hostile.damaging import (
    face,
    put_waiting,
    set_face,
    with_waiting,
    written,
)
from tests.e2e.hostile.world import (
    ALL,
    DATABASE,
    JSON,
    PHOTO,
    WAITING,
    Hostile,
    World,
    png,
    png_chunk,
)

POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 200 200\n%%EndComments\n{} loop\nshowpage\n"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(while(1){})>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)
SIDE = 24_000
"""Of images that are small as files and 72 MB, 576 MB and 1.2 GB as pixels."""


def inputs() -> Iterator[Hostile]:
    yield from _crops()
    yield from _waiting()
    yield from _photos()


# Crops


@functools.cache
def bomb(kind: str) -> bytes:
    """An image that is small as a file."""
    if kind == "1-bit":
        return png(SIDE, SIDE, bits=1)
    if kind == "grey":
        return png(SIDE, SIDE)
    if kind == "16-bit":
        return png(13_000, 13_000, bits=16)
    if kind == "text":
        packed = zlib.compress(bytes(300_000_000), 9)
        return png(8, 8, bytes(72), chunks=png_chunk(b"zTXt", b"Comment\0\0" + packed))
    if kind == "profile":
        packed = zlib.compress(bytes(300_000_000), 9)
        return png(8, 8, bytes(72), chunks=png_chunk(b"iCCP", b"ICC\0\0" + packed))
    return _float_tiff(13_000)


@functools.cache
def long_image(width: int, height: int) -> bytes:
    """A grey PNG of 200 kB at most, of many pixels in one row or column."""
    packer, left = zlib.compressobj(9), width * height + height
    packed = bytearray()
    while left > 0:
        packed += packer.compress(bytes(min(left, 10_000_000)))
        left -= 10_000_000
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    ends = (b"IHDR", head), (b"IDAT", bytes(packed) + packer.flush()), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*one) for one in ends)


def _float_tiff(side: int) -> bytes:
    """Floating-point numbers, one strip packed with Deflate."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(side * 4)) for _ in range(side)) + packer.flush()
    entries = [
        (256, 4, side), (257, 4, side), (258, 3, 32), (259, 3, 8), (262, 3, 1), (273, 4, 8), (277, 3, 1),
        (278, 4, side), (279, 4, len(packed)), (339, 3, 3),
    ]  # fmt: skip
    fields = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    head = b"II*\0" + struct.pack("<I", 8 + len(packed))
    return head + packed + struct.pack("<H", len(entries)) + fields + bytes(4)


def _image(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def _eps() -> bytes:
    """With a preview in DOS's form, which other programs open as TIFF."""
    return struct.pack("<IIIIIIIH", 0xC6D3D0C5, 30, len(POSTSCRIPT), 0, 0, 0, 0, 0xFFFF) + POSTSCRIPT


def images() -> dict[str, Callable[[], bytes]]:
    """What is no photo, or not one that a program should believe."""
    return {
        "postscript": lambda: POSTSCRIPT,
        "eps": _eps,
        "pdf": lambda: PDF,
        "text": lambda: b"this is a text\n" * 50,
        "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>',
        "wmf": lambda: (
            b"\xd7\xcd\xc6\x9a\0\0\0\0\0\0\x64\0\x64\0\x60\0\0\0\0\0\0\0\1\0\x09\0\0\3" + bytes(64)
        ),
        "tiff": lambda: _image("TIFF"),
        "empty": lambda: b"",
        "cut-off": lambda: _image("PNG")[:300],
        "no-pixels": lambda: png(0, 0, b""),
        "claims-too-much": lambda: png(2**31 - 1, 2**31 - 1, b"\0"),
        "too-wide": partial(long_image, 100_000_000, 1),
        "too-tall": partial(long_image, 1, 100_000_000),
        "bomb-1-bit": partial(bomb, "1-bit"),
        "bomb-grey": partial(bomb, "grey"),
        "bomb-16-bit": partial(bomb, "16-bit"),
        "bomb-float": partial(bomb, "float"),
        "bomb-text": partial(bomb, "text"),
        "bomb-profile": partial(bomb, "profile"),
        "animation": _animation,
    }


def _animation() -> bytes:
    """A GIF that says it has 65,535 × 65,535 pixels."""
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0)
        + bytes(6)
        + (b"\x2c" + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x44\x01\x00\x3b")
    )


def _crops() -> Iterator[Hostile]:
    for name, data in images().items():
        yield Hostile(f"crop-{name}", partial(_put_image, data), ALL)
    for name in ("postscript", "bomb-grey"):
        yield Hostile(f"database-crop-{name}", partial(_put_image, images()[name]), ALL, DATABASE)


def _put_image(data: Callable[[], bytes], world: World) -> None:
    set_face(world, "vectors", {})
    file = face(json.loads(world.records.read_bytes()))["file"] if world.store == JSON else None
    path = world.gallery / file if file else world.crops[0]
    path.write_bytes(data())


# Waiting faces


def _waiting() -> Iterator[Hostile]:
    def of_face(**fields: object) -> Callable[[World], None]:
        return partial(_edit_waiting, lambda head: head["faces"][0].update(fields))

    def of_photo(**fields: object) -> Callable[[World], None]:
        return partial(_edit_waiting, lambda head: head.update(fields))

    made: dict[str, Callable[[World], None]] = {
        "no-line": partial(_write_waiting, b"x" * 1000),
        "empty": partial(_write_waiting, b""),
        "null": partial(_write_waiting, b"null\n"),
        "nested": partial(_write_waiting, b"[" * 1_000_000 + b"\n"),
        "endless-line": partial(_write_waiting, b'{"version": "' + b" " * 50_000_000),
        "crop_bytes-huge": of_face(crop_bytes=2**62),
        "crop_bytes-negative": of_face(crop_bytes=-1),
        "crop_bytes-text": of_face(crop_bytes="7"),
        "crop_bytes-infinite": of_face(crop_bytes=float("inf")),
        "crop_bytes-offset": partial(_edit_waiting, _shift_crops),
        "path-nul": of_photo(path="a\0b"),
        "path-unc": of_photo(path="\\\\host\\share\\photo.jpg"),
        "path-empty": of_photo(path=""),
        "path-surrogate": of_photo(path="\ud800"),
        "path-long": of_photo(path="/" + "a" * 5000),
        "path-number": of_photo(path=7),
        "size-negative": of_photo(size=-5),
        "digest-empty": of_photo(photo=""),
        "size-huge": of_photo(size=10**30, modified_ns=-(10**30)),
        "digest-odd": of_photo(photo="../\0\ud800"),
        "faces-null": of_photo(faces=None),
        "faces-empty": of_photo(faces=[]),
        "version-odd": of_photo(version="1"),
        "place-nan": of_face(place=[float("nan")] * 4),
        "box-huge": of_face(box=[1e300] * 4, vectors={}),
        "landmarks-of-three": of_face(landmarks=[[1, 2]] * 3, vectors={}),
        "landmarks-huge": of_face(landmarks=[[1e300, 1]] * 5, vectors={}),
        "vector-of-64": of_face(vectors={"dlib": "AACAPw==" + ""}),
        "vectors-list": of_face(vectors=[]),
        "quality-odd": of_face(quality={"verdict": "splendid", "score": "x", "reasons": 7}),
        "confidence-nan": of_face(confidence=float("nan")),
        "id-odd": of_face(id="../out/\ud800"),
        "id-twice": partial(_edit_waiting, _same_ids),
        "bundle-odd": of_face(bundle=["x"], apart=7),
        "apart-of-100000": of_face(apart=[str(n) for n in range(100_000)]),
        "crop-postscript": partial(_put_waiting_crop, lambda: POSTSCRIPT),
        "crop-bomb": partial(_put_waiting_crop, partial(bomb, "grey")),
        "crop-text": partial(_put_waiting_crop, lambda: b"text"),
    }  # fmt: skip
    for name, make in made.items():
        yield Hostile(f"waiting-{name}", make, WAITING)
    unfinished: dict[str, object] = {
        "null": None,
        "object": {"a": 1},
        "numbers": [1, None],
        "paths": ["\0", "\\\\host\\share", "", "../out", "\ud800", "a" * 5000],
    }
    for name, value in unfinished.items():
        yield Hostile(
            f"unfinished-{name}",
            with_waiting(written("waiting/unfinished.json", json.dumps(value))),
            WAITING,
        )


def _edit_waiting(edit: Callable[[dict[str, Any]], object], world: World) -> None:
    file = put_waiting(world)
    line, _, crops = file.read_bytes().partition(b"\n")
    head = json.loads(line)
    edit(head)
    file.write_bytes(json.dumps(head).encode() + b"\n" + crops)


def _shift_crops(head: dict[str, Any]) -> None:
    """More than there is of one, so much less of the other."""
    head["faces"][0]["crop_bytes"] += 10**9
    head["faces"][1]["crop_bytes"] -= 10**9


def _same_ids(head: dict[str, Any]) -> None:
    for one in head["faces"]:
        one["id"] = "0" * 32


def _write_waiting(data: bytes, world: World) -> None:
    put_waiting(world).write_bytes(data)


def _put_waiting_crop(data: Callable[[], bytes], world: World) -> None:
    """In the place of all crops, of faces that have lost their embeddings."""
    file = put_waiting(world)
    head = json.loads(file.read_bytes().partition(b"\n")[0])
    content = data()
    for number, one in enumerate(head["faces"]):
        one.update(crop_bytes=0 if number else len(content), vectors={})
    file.write_bytes(json.dumps(head).encode() + b"\n" + content)


# Photos


def _photos() -> Iterator[Hostile]:
    for name, data in images().items():
        yield Hostile(f"photo-{name}", partial(_put_photo, data), PHOTO)
    yield Hostile("photo-exif-garbage", partial(_put_photo, _with_exif_garbage), PHOTO)
    yield Hostile(
        "photo-profile-garbage",
        partial(_put_photo, lambda: _image("JPEG", icc_profile=b"\xff" * 70_000)),
        PHOTO,
    )
    yield Hostile("photo-name-long", partial(_name_photo, "n" * 251 + ".jpg"), PHOTO)
    yield Hostile("photo-name-escapes", partial(_name_photo, "\x1b[2J\n<img src=x>.jpg"), PHOTO)
    yield Hostile("photo-name-bytes", _name_photo_in_bytes, PHOTO)
    yield Hostile("photo-link", _link_photo, PHOTO)
    yield Hostile("photo-loop", _loop_photos, PHOTO)
    yield Hostile("photo-pipe", _pipe_photo, PHOTO)
    yield Hostile("photo-zero-device", _device_photo, PHOTO)


def _put_photo(data: Callable[[], bytes], world: World) -> None:
    world.photo = world.sources / "hostile.jpg"
    world.photo.write_bytes(data())


def _with_exif_garbage() -> bytes:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12\0\x03\xff\xff\xff\xff" * 500
    data = _image("JPEG")
    return data[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + data[2:]


def _name_photo(name: str, world: World) -> None:
    world.photo = world.sources / name
    shutil.copy(world.given / "hopper.jpg", world.photo)


def _name_photo_in_bytes(world: World) -> None:
    _name_photo(os.fsdecode(b"caf\xe9.jpg"), world)


def _link_photo(world: World) -> None:
    """A photo that is a link may be read: it was given. Nothing is to be written where it leads."""
    world.photo = world.sources / "linked.jpg"
    shutil.copy(world.given / "hopper.jpg", world.target / "photo.jpg")
    world.photo.symlink_to(world.target / "photo.jpg")
    world.photo.with_name("linked.jpg.xmp").symlink_to(world.out / "keep.txt")


def _loop_photos(world: World) -> None:
    (world.sources / "loop").symlink_to("..")
    (world.sources / "loop.jpg").symlink_to("loop.jpg")


def _pipe_photo(world: World) -> None:
    world.photo = world.sources / "pipe.jpg"
    os.mkfifo(world.photo)


def _device_photo(world: World) -> None:
    world.photo = world.sources / "zero.jpg"
    world.photo.symlink_to("/dev/zero")
