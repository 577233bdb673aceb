"""Progress and cancellation of long work.

A loop over photos is given `is_cancelled` and calls it before each photo. Code below such a loop that may
need a minute for one photo, and has no such parameter, calls `current_cancellation` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from face_match.core.errors import CancelledError

T = TypeVar("T")

OnProgress = Callable[[int, int], None]
"""Called with the amounts done and in all."""

IsCancelled = Callable[[], bool]
"""Returns whether the user has cancelled the work. Any thread may call it."""


def no_progress(done: int, total: int) -> None:
    """The default `OnProgress`: does nothing."""


def never_cancelled() -> bool:
    """The default `IsCancelled`: False."""
    return False


def with_progress(items: Collection[T], on_progress: OnProgress, is_cancelled: IsCancelled) -> Iterator[T]:
    """The items, each after a note of how many are done; raises CancelledError."""
    for done, item in enumerate(items):
        if is_cancelled():
            raise CancelledError
        on_progress(done, len(items))
        yield item
    on_progress(len(items), len(items))


_is_cancelled: ContextVar[IsCancelled] = ContextVar("is_cancelled", default=never_cancelled)


def current_cancellation() -> IsCancelled:
    """The `is_cancelled` of the work that this thread is doing."""
    return _is_cancelled.get()


def raise_if_cancelled() -> None:
    """Raise CancelledError if the work that this thread is doing is cancelled."""
    if current_cancellation()():
        raise CancelledError


@contextmanager
def cancellable(is_cancelled: IsCancelled) -> Iterator[None]:
    """Make `is_cancelled` cancel the work inside the block in this thread, besides what could cancel it
    before."""
    outer = _is_cancelled.get()
    token = _is_cancelled.set(lambda: is_cancelled() or outer())
    try:
        yield
    finally:
        _is_cancelled.reset(token)
