"""The protocol between the program and its sandbox processes: frames of a JSON object and arrays.

It does not use pickle: an answer is never more than numbers and texts.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
AnyArray = Array | npt.NDArray[np.uint8]

MAX_ARRAY_BYTES = 64_000_000
"""Largest total size of the arrays that a network answers. A detector's input of 1280 × 1280 pixels takes 20
MB, its output 4 MB."""

MEMORY = "memory"
"""The reason of a request that failed because it needed too much memory."""

MAX_HEAD_BYTES = 1 << 20
_LENGTH = struct.Struct("<I")
_BYTES, _NUMBERS = "bytes", "numbers"


class Frame(NamedTuple):
    """One message with its arrays, float32 or uint8."""

    message: dict[str, Any]
    arrays: list[Any]


class FrameReader:
    """Reads frames from a pipe, in any thread."""

    def __init__(self, file: Any, max_bytes: int = sys.maxsize) -> None:
        """Read from a raw binary file; the arrays of a frame have at most that many bytes in all."""
        self._file = file
        self._max_bytes = max_bytes

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
        kinds = [np.uint8 if kind == _BYTES else np.float32 for kind in message.pop("kinds")]
        shapes = [tuple(int(side) for side in shape) for shape in message.pop("shapes")]
        if any(side < 0 for shape in shapes for side in shape):
            raise ValueError("a frame’s arrays have no size")
        made = [np.dtype(kind).itemsize * math.prod(shape) for kind, shape in zip(kinds, shapes, strict=True)]
        if sum(made) > self._max_bytes:
            raise ValueError("a frame’s arrays are too large")
        return Frame(message, [self._array(*one) for one in zip(kinds, shapes, strict=True)])

    def _array(self, kind: type[np.generic], shape: tuple[int, ...]) -> npt.NDArray[Any]:
        array = np.empty(math.prod(shape), kind)
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


def write_frame(file: Any, message: dict[str, Any], arrays: Sequence[AnyArray] = ()) -> None:
    """Write a frame to a raw binary file; raises OSError if nothing reads it."""
    sent = [np.ascontiguousarray(one, one.dtype if one.dtype == np.uint8 else np.float32) for one in arrays]
    kinds = [_BYTES if one.dtype == np.uint8 else _NUMBERS for one in sent]
    head = json.dumps({**message, "kinds": kinds, "shapes": [one.shape for one in sent]}).encode()
    _write(file, memoryview(_LENGTH.pack(len(head)) + head))
    for one in sent:
        _write(file, one.reshape(-1).view(np.uint8).data)


def _write(file: Any, view: memoryview) -> None:
    while len(view):
        view = view[file.write(view) :]
