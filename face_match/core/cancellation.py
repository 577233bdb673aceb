"""Whether the work of this thread is still wanted, for what lies too deep to be handed `is_cancelled`.

A loop over photos asks between two of them. What can take a minute for a single one asks here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from face_match.core.types import IsCancelled, never_cancelled

_asked: ContextVar[IsCancelled] = ContextVar("is_cancelled", default=never_cancelled)


def asked_here() -> IsCancelled:
    """What tells whether the work that calls this is cancelled; any thread may ask it."""
    return _asked.get()


@contextmanager
def cancelled_by(is_cancelled: IsCancelled) -> Iterator[None]:
    """The work inside, in this thread, is cancelled when this says so, or what told of it before."""
    before = _asked.get()
    token = _asked.set(lambda: is_cancelled() or before())
    try:
        yield
    finally:
        _asked.reset(token)
