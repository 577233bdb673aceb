"""HEIC and HEIF as an image of Pillow, decoded in a sandbox."""

from __future__ import annotations

import io
import os
from typing import Any

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from face_match.core.errors import ImageUnreadableError
from face_match.core.images.heif import DECODER_BYTES, primary_alone
from face_match.core.installation import PHOTO_SANDBOX
from face_match.core.sandbox import client
from face_match.core.sandbox.client import Sandbox, SandboxError, SandboxPool
from face_match.core.sandbox.protocol import MEMORY, Frame
from face_match.core.translation import marked

NOT_STARTED = marked("its decoder could not be started")
DIED = marked("its decoder ended unexpectedly")
_MODES = ("L", "LA", "La", "RGB", "RGBA", "RGBa", "I;16", "I;16L")
_MAX_PIXEL_BYTES = 4
_MAX_PADDING_BYTES = 256
"""At the end of each row."""

_decoders = SandboxPool(max(2, min(4, os.cpu_count() or 1)))


class HeifImage(ImageFile.ImageFile):
    """The primary image of a file, turned as it states."""

    format = "HEIF"

    def __init__(self, data: bytes, name: str) -> None:
        """Read the header; `name` is for errors.

        Raises:
            ImageUnreadableError: the sandbox failed.
            CancelledError: the work of this thread was cancelled.
            UnidentifiedImageError, UnparsableError: the file is damaged.
        """
        self._name = name
        self._data = primary_alone(data)
        try:
            super().__init__(io.BytesIO())
        except ValueError as exc:
            raise UnidentifiedImageError from exc

    def _open(self) -> None:
        header = self._ask("header", 2 * len(self._data))
        self._mode, self._size = _mode_and_size(header)
        self.info["exif"], self.info["icc_profile"] = (block.tobytes() for block in header.arrays)
        self.tile = []

    def load(self) -> Any:
        """Decode the pixels; raises ImageUnreadableError, CancelledError, or ValueError for damage."""
        if self._data:
            width, height = self.size
            frame = self._ask("decode", height * (_MAX_PIXEL_BYTES * width + _MAX_PADDING_BYTES))
            if _mode_and_size(frame) != (self.mode, self.size):
                raise ValueError("another image than announced")
            (pixels,) = frame.arrays
            self._data = b""
            stride = int(frame.message["stride"])
            self.im = Image.frombytes(self.mode, self.size, pixels, "raw", self.mode, stride).im
        return Image.Image.load(self)

    def _ask(self, what: str, max_bytes: int) -> Frame:
        seconds = client.CALL_SECONDS
        try:
            with _decoders.use(lambda: Sandbox(PHOTO_SANDBOX)) as sandbox:
                sent = [np.frombuffer(self._data, np.uint8)]
                frame = sandbox.ask({"what": what}, sent, seconds=seconds, max_bytes=max_bytes)
        except OSError as exc:  # TimeoutError is one
            took_long = isinstance(exc, TimeoutError)
            reason = f"its decoder took longer than {seconds:g} seconds" if took_long else NOT_STARTED
            raise ImageUnreadableError(self._name, reason) from exc
        except SandboxError as exc:
            needed = f"its decoder needed more than {DECODER_BYTES / 1e9:g} GB of memory"
            raise ImageUnreadableError(self._name, needed if exc.kind == MEMORY else DIED) from exc
        if (damage := frame.message.get("damage")) is not None:
            raise ValueError(damage)
        return frame


def _mode_and_size(frame: Frame) -> tuple[str, tuple[int, int]]:
    width, height = (int(side) for side in frame.message["size"])
    mode = frame.message["mode"]
    if mode not in _MODES or min(width, height) < 1:
        raise ValueError("unsupported mode")
    return mode, (width, height)
