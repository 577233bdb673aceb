"""The one loop of every workflow over many photos or faces."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from face_match.core.errors import CancelledError, FaceMatchError, without_frames
from face_match.core.progress import (
    IsCancelled,
    OnProgress,
    cancellable,
    current_cancellation,
    never_cancelled,
    no_progress,
)
from face_match.core.types import EmbeddedFace

WORKERS = max(2, min(8, os.cpu_count() or 1))
BEGUN_PER_WORKER = 3
"""The most items that are begun and not handled, for each that is worked on at a time."""
WAITING_BYTES = 1 << 28
"""No step starts while the results that wait to be handled take more memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(kw_only=True)
class BatchResult:
    """What the results of all jobs over photos have.

    Attributes:
        failed: the photos that could not be read, with the error.
        stopped_by: why the job ended before the last photo; None if it did not.
    """

    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    stopped_by: FaceMatchError | None = None


def no_bytes(result: object) -> int:
    """The size of results that are small, such as an embedding."""
    return 0


def crop_bytes(faces: Iterable[EmbeddedFace] | None) -> int:
    """The memory that the crops of faces take, in bytes."""
    return sum(face.crop.pixels.nbytes for face in faces or ())


def run_batch(
    items: Sequence[Item],
    step: Callable[[Item], Result],
    handle: Callable[[Item, Result | FaceMatchError], None],
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
    in_order: bool = False,
    bytes_of: Callable[[Result], int] = no_bytes,
    at_once: int = WORKERS,
) -> FaceMatchError | None:
    """Run a step on each item on all cores, and handle each result in this thread as soon as it is there.

    A FaceMatchError of a step is the result of its item: one bad photo ends nothing. A batch that ended early
    is resumed by running it again: steps recognise what was done before.

    Args:
        in_order: handle results in the order of the items, where the outcome depends on it.
        bytes_of: the memory that a result takes while it waits, in bytes.
        at_once: the number of steps at a time: more than there are cores, if steps wait for other computers.
    Returns:
        Why the batch ended before the last item: CancelledError, or what `handle` raised; else None.
    """
    batch = _Batch(step, is_cancelled, bytes_of, at_once)
    try:
        with closing(batch.results(items, in_order=in_order)) as results:
            for done, (item, result) in enumerate(results):
                on_progress(done, len(items))
                handle(item, result)
    except FaceMatchError as exc:
        return without_frames(exc)
    on_progress(len(items), len(items))
    return None


@dataclass(frozen=True)
class _Done(Generic[Item, Result]):
    """An item after its step. `was_cancelled`: the step learned that it was cancelled, which may have made it
    fail."""

    item: Item
    result: Result | FaceMatchError
    was_cancelled: bool
    size_bytes: int


class _Batch(Generic[Item, Result]):
    """The steps of a batch in a pool of threads, and the memory of the results that wait to be handled."""

    def __init__(
        self,
        step: Callable[[Item], Result],
        is_cancelled: IsCancelled,
        bytes_of: Callable[[Result], int],
        at_once: int,
    ) -> None:
        self._step = step
        self._at_once = at_once
        self._bytes_of = bytes_of
        self._is_cancelled = is_cancelled
        self._outer_is_cancelled = current_cancellation()
        self._is_over = False
        self._waiting_bytes = 0
        self._wanted = -1  # the number of the item whose result is awaited, where they are handled in order
        self._changed = threading.Condition()

    def results(
        self, items: Iterable[Item], *, in_order: bool
    ) -> Generator[tuple[Item, Result | FaceMatchError], None, None]:
        """Yield each item with its result; raises CancelledError.

        Close it unless it is exhausted: the garbage collector could close it in a thread of the pool, which
        would wait for itself.
        """
        rest = enumerate(items)
        begun: list[Future[_Done[Item, Result]]] = []
        most = BEGUN_PER_WORKER * self._at_once
        with ThreadPoolExecutor(self._at_once) as pool:
            try:
                while True:
                    if self._is_stopped():
                        raise CancelledError
                    begun += [pool.submit(self._run, *pair) for pair in islice(rest, most - len(begun))]
                    if not begun:
                        return
                    if in_order:
                        self._want_next()
                        first = 0
                    else:
                        wait(begun, return_when=FIRST_COMPLETED)
                        first = next(n for n, future in enumerate(begun) if future.done())
                    done = begun.pop(first).result()
                    if done.was_cancelled:
                        raise CancelledError
                    yield done.item, done.result
                    self._add_waiting(-done.size_bytes)
            finally:
                with self._changed:
                    self._is_over = True
                    self._changed.notify_all()
                pool.shutdown(cancel_futures=True)

    def _is_stopped(self) -> bool:
        return self._is_cancelled() or self._outer_is_cancelled()

    def _want_next(self) -> None:
        with self._changed:
            self._wanted += 1
            self._changed.notify_all()

    def _add_waiting(self, size_bytes: int) -> None:
        with self._changed:
            self._waiting_bytes += size_bytes
            self._changed.notify_all()

    def _run(self, number: int, item: Item) -> _Done[Item, Result]:
        """Run the step once there is room for its result. The item that is awaited never waits for room: the
        results that take it could be handled only after its own."""
        was_cancelled = threading.Event()

        def is_unwanted() -> bool:
            if self._is_over or self._is_stopped():
                was_cancelled.set()
            return was_cancelled.is_set()

        with self._changed:
            self._changed.wait_for(
                lambda: self._waiting_bytes < WAITING_BYTES or number == self._wanted or self._is_over
            )
        with cancellable(is_unwanted):
            try:
                result = self._step(item)
            except FaceMatchError as exc:
                return _Done(item, without_frames(exc), was_cancelled.is_set(), 0)
        size_bytes = self._bytes_of(result)
        self._add_waiting(size_bytes)
        return _Done(item, result, was_cancelled.is_set(), size_bytes)
