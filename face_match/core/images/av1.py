"""The size of the frames that an AV1 stream announces, which may be another one than that of its container.

The layout is that of the AV1 Bitstream and Decoding Process Specification, 5.3 and 5.5.
"""

from __future__ import annotations

from collections.abc import Iterator

MAX_UNITS = 10_000
"""Units (OBUs) of a stream that are visited; an image has a handful, or one for each group of tiles."""
_SEQUENCE_HEADER = 1
_MAX_HEADER_BYTES = 600
"""Size of a sequence header, with all 32 operating points."""


def largest_frame(stream: bytes) -> tuple[int, int]:
    """Width and height of the largest frame, each side by itself; 0 if none is announced.

    Raises:
        ValueError: too many units.
    """
    sizes = [(0, 0), *(_frame_size(_Bits(header)) for header in _sequence_headers(memoryview(stream)))]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def _sequence_headers(stream: memoryview) -> Iterator[bytes]:
    at = 0
    for _ in range(MAX_UNITS):
        if at >= len(stream):
            return
        head = stream[at]
        at += 2 if head & 4 else 1
        size = len(stream) - at
        if head & 2:
            size = 0
            for place in range(8):
                byte = stream[at] if at < len(stream) else 0
                size |= (byte & 127) << 7 * place
                at += 1
                if not byte & 128:
                    break
        if head >> 3 & 15 == _SEQUENCE_HEADER:
            yield bytes(stream[at : at + min(size, _MAX_HEADER_BYTES)])
        at += size
    if at < len(stream):
        raise ValueError("too many units")


class _Bits:
    """Consecutive bits; zeros behind the end."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "big") << 64
        self._left = 8 * len(data) + 64

    def take(self, count: int) -> int:
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1) if self._left >= 0 else 0


def _frame_size(bits: _Bits) -> tuple[int, int]:
    """The largest width and height of a sequence header."""
    bits.take(4)  # profile, still picture
    if bits.take(1):  # a reduced header
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(width_bits) + 1, bits.take(height_bits) + 1


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.take(1):  # timing
        bits.take(64)
        if bits.take(1):  # a number with as many zeros before it as it has bits
            zeros = next((count for count in range(32) if bits.take(1)), 0)
            bits.take(zeros)
        if bits.take(1):  # a model of the decoder
            delay_bits = bits.take(5) + 1
            bits.take(42)
    has_display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if has_display_delay and bits.take(1):
            bits.take(4)
