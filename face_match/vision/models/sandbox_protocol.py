"""The protocol between the program and its sandbox processes: frames of a JSON object and arrays.

It does not use pickle: a network's output is never more than numbers.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

MAX_ARRAY_BYTES = 64_000_000
"""Largest total size of a frame's arrays. A detector's input of 1280 × 1280 pixels takes 20 MB, its output 4
MB."""

MAX_HEAD_BYTES = 1 << 20
_LENGTH = struct.Struct("<I")


class Frame(NamedTuple):
    """One message with its arrays, float32."""

    message: dict[str, Any]
    arrays: list[Array]


class FrameReader:
    """Reads frames from a pipe, in any thread."""

    def __init__(self, file: Any) -> None:
        """Read from a raw binary file."""
        self._file = file

    def __call__(self) -> Frame:
        """The next frame.

        Raises:
            EOFError: the writer has ended.
            ValueError: the data is not a frame, or is too large.
        """
        (length,) = _LENGTH.unpack(self._read_bytes(_LENGTH.size))
        if length > MAX_HEAD_BYTES:
            raise ValueError("a frame’s head is too large")
        message = json.loads(self._read_bytes(length))
        shapes = [tuple(int(side) for side in shape) for shape in message.pop("shapes")]
        if any(side < 0 for shape in shapes for side in shape) or not fits(shapes):
            raise ValueError("a frame’s arrays are too large")
        return Frame(message, [self._array(shape) for shape in shapes])

    def _array(self, shape: tuple[int, ...]) -> Array:
        array = np.empty(math.prod(shape), np.float32)
        self._fill(array.view(np.uint8).data)
        return array.reshape(shape)

    def _read_bytes(self, count: int) -> bytes:
        data = bytearray(count)
        self._fill(memoryview(data))
        return bytes(data)

    def _fill(self, view: memoryview) -> None:
        while len(view):
            count = self._file.readinto(view)
            if not count:
                raise EOFError
            view = view[count:]


def fits(shapes: Sequence[Sequence[int]]) -> bool:
    """Whether float32 arrays of these shapes fit into one frame."""
    return sum(4 * math.prod(shape) for shape in shapes) <= MAX_ARRAY_BYTES


def write_frame(file: Any, message: dict[str, Any], arrays: Sequence[Array] = ()) -> None:
    """Write a frame to a raw binary file; raises OSError if nothing reads it."""
    head = json.dumps({**message, "shapes": [array.shape for array in arrays]}).encode()
    _write(file, memoryview(_LENGTH.pack(len(head)) + head))
    for array in arrays:
        _write(file, np.ascontiguousarray(array, np.float32).reshape(-1).view(np.uint8).data)


def _write(file: Any, view: memoryview) -> None:
    while len(view):
        view = view[file.write(view) :]
