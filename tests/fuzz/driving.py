"""Runs a target on one input within limits, and on inputs that are made from the corpus."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")
MOST_S, MOST_BYTES = 2.0, 1_000_000_000
"""Of time, and of memory besides, for one input."""
ATTEMPTS = 3
"""So often an input has to take too long: other work may have held it up."""
LONGEST = 1 << 16
"""Bytes of an input."""
PIECES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\0\0\0",
    b"<",
    b"&",
    b"[",
    b"{",
    b"9" * 20,
)
"""What readers stumble over."""


class LimitExceededError(AssertionError):
    """An input takes too long, or too much memory."""


def run(name: str, data: bytes, folder: Path) -> None:
    """Let the target read an input; raises whatever is not one of the program's own errors."""
    before = _peak_bytes()
    for _ in range(ATTEMPTS):
        began = time.monotonic()
        TARGETS[name](data, folder)
        if (took := time.monotonic() - began) <= MOST_S:
            break
    else:
        raise LimitExceededError(f"{took:.1f} s")
    if (grown := _peak_bytes() - before) > MOST_BYTES:
        raise LimitExceededError(f"{grown / 1e6:.0f} MB")


def seeds(name: str) -> list[Path]:
    """The inputs that are kept for a target."""
    return sorted((CORPUS / name).iterdir())


def made(name: str, seed: int) -> Iterator[bytes]:
    """Inputs without end, each one of the corpus with some changes; the same ones for a seed."""
    rng, kept = random.Random(seed), [path.read_bytes() for path in seeds(name)]
    while True:
        data = bytearray(rng.choice(kept))
        for _ in range(rng.choice((1, 1, 2, 4, 16))):
            _change(data, rng, kept)
        yield bytes(data[:LONGEST])


def _change(data: bytearray, rng: random.Random, kept: list[bytes]) -> None:
    at = rng.randrange(len(data) + 1)
    end = min(len(data), at + rng.choice((1, 2, 4, 16, 256)))
    match rng.randrange(6):
        case 0:
            data[at:end] = rng.randbytes(end - at)
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end] * rng.choice((1, 2, 50))
        case 3:
            piece = rng.choice(PIECES)
            data[at : at + len(piece)] = piece
        case 4:
            other = rng.choice(kept)
            start = rng.randrange(len(other) + 1)
            data[at:end] = other[start : start + rng.choice((4, 64, 1024))]
        case 5 if data:
            at %= len(data)
            data[at] ^= 1 << rng.randrange(8)


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
