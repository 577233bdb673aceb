"""The weights of the `mtcnn` package, read without unpickling the files that joblib has pickled.

A pickle can run any program. These files are known by their SHA-256, so the positions of the numbers, float32
and little-endian, are known too.
"""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import NamedTuple

import lz4.frame
import numpy as np

from face_match.vision.graphs.builder import FloatArray


class _Known(NamedTuple):
    """SHA-256 of a file, and the offset and shape of each array in it once it is decompressed."""

    sha256: str
    arrays: tuple[tuple[int, tuple[int, ...]], ...]


_FILES = {
    "pnet.lz4": _Known(
        "ea6b0c3e685ebee3165326ad6484acc95f2ef78f1c94fbf40a55704fa989f7b5",
        (
            (240, (3, 3, 3, 10)),
            (1376, (10,)),
            (1472, (1, 1, 10)),
            (1568, (3, 3, 10, 16)),
            (7376, (16,)),
            (7504, (1, 1, 16)),
            (7632, (3, 3, 16, 32)),
            (26112, (32,)),
            (26304, (1, 1, 32)),
            (26496, (1, 1, 32, 4)),
            (27056, (4,)),
            (27136, (1, 1, 32, 2)),
            (27440, (2,)),
        ),
    ),
    "rnet.lz4": _Known(
        "cb00e6460f3c98b0bfafaba3c0a0ded4bdf6e62cee7174d969e8670d7e757fee",
        (
            (240, (3, 3, 3, 28)),
            (3312, (28,)),
            (3488, (1, 1, 28)),
            (3664, (3, 3, 28, 48)),
            (52096, (48,)),
            (52352, (1, 1, 48)),
            (52608, (2, 2, 48, 64)),
            (101808, (64,)),
            (102128, (1, 1, 64)),
            (102448, (576, 128)),
            (397408, (128,)),
            (397968, (128,)),
            (398528, (128, 4)),
            (400624, (4,)),
            (400688, (128, 2)),
            (401760, (2,)),
        ),
    ),
    "onet.lz4": _Known(
        "94f6ea2f4cf985275ee958cdd762d17b6009348a4fb9d8c6be39ba73ffd22ca3",
        (
            (240, (3, 3, 3, 32)),
            (3744, (32,)),
            (3936, (1, 1, 32)),
            (4128, (3, 3, 32, 64)),
            (77904, (64,)),
            (78224, (1, 1, 64)),
            (78544, (3, 3, 64, 64)),
            (226048, (64,)),
            (226368, (1, 1, 64)),
            (226688, (2, 2, 64, 128)),
            (357808, (128,)),
            (358384, (1, 1, 128)),
            (358960, (1152, 256)),
            (1538656, (256,)),
            (1539728, (256,)),
            (1540816, (256, 4)),
            (1544960, (4,)),
            (1545040, (256, 10)),
            (1555328, (10,)),
            (1555424, (256, 2)),
            (1557520, (2,)),
        ),
    ),
}
"""The files of mtcnn 1.0.0."""


def read(weights_file: Path) -> list[FloatArray]:
    """The arrays of a weights file, in order.

    Raises:
        ValueError: the file is not one of mtcnn 1.0.0.
        OSError.
    """
    data = weights_file.read_bytes()
    known = _FILES[weights_file.name]
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise ValueError("the file is not the one of mtcnn 1.0.0")
    unpacked = lz4.frame.decompress(data)
    return [
        np.frombuffer(unpacked, "<f4", math.prod(shape), offset).reshape(shape).astype(np.float32)
        for offset, shape in known.arrays
    ]
