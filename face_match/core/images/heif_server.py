"""The process in which HEIC is decoded by libheif. `heif_image` asks it.

Photos are from anywhere, and faults in the memory of libheif and libde265 become known every few months. Here
they meet no gallery: no names, no key and, on Linux, no file.
"""

from __future__ import annotations

import io
from typing import Any, NoReturn

import numpy as np
import pi_heif

from face_match.core.heap import return_freed_memory
from face_match.core.images.heif import DECODER_BYTES
from face_match.core.sandbox.limits import confine, limit_memory
from face_match.core.sandbox.protocol import MEMORY, Frame
from face_match.core.sandbox.server import Answer, FailedError, serve


def decode_photos() -> NoReturn:
    """Answer requests until the program ends."""
    for option in ("THUMBNAILS", "DEPTH_IMAGES", "AUX_IMAGES"):
        setattr(pi_heif.options, option, False)
    pi_heif.options.DECODE_THREADS = 1
    serve(answer, _limit)


def _limit() -> None:
    return_freed_memory()
    limit_memory(DECODER_BYTES)
    confine()


def answer(request: Frame) -> Answer:
    """The header of the primary image, its EXIF and its profile; or its pixels, as libheif has turned them.

    Raises:
        FailedError: it needed too much memory.
    """
    (data,) = request.arrays
    try:
        # as the plugin for Pillow does
        file = pi_heif.HeifFile(
            io.BytesIO(data), convert_hdr_to_8bit=True, hdr_to_16bit=True, remove_stride=False
        )
        image = file[file.primary_index]
        if request.message["what"] == "decode":
            pixels = np.frombuffer(image.data, np.uint8).copy()  # the memory is freed with `image`
            return {**_shape(image), "stride": image.stride}, [pixels]
        blocks = [image.info.get(name) or b"" for name in ("exif", "icc_profile")]
        return _shape(image), [np.frombuffer(block, np.uint8) for block in blocks]
    except Exception as exc:  # the library raises any kind
        if isinstance(exc, MemoryError) or ("Memory allocation" in str(exc) and "limit" not in str(exc)):
            raise FailedError(MEMORY) from exc  # the library's own limits are others
        return {"damage": _damage(exc)}, ()


def _shape(image: Any) -> dict[str, Any]:
    return {"mode": image.mode, "size": image.size}


def _damage(exc: Exception) -> str:
    if "nsupported" in str(exc):
        return "unsupported"
    return "truncated" if isinstance(exc, EOFError) or "truncated" in str(exc) else "damaged"
