"""The loop over many photos: order, memory, errors and cancellation."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from face_match.core.errors import CancelledError, FaceMatchError, GalleryWriteError, NoFaceError
from face_match.core.progress import cancellable, current_cancellation
from face_match.workflows import batch
from face_match.workflows.batch import BEGUN_PER_WORKER, WORKERS, run_batch

AHEAD = BEGUN_PER_WORKER * WORKERS


class Handled(list[tuple[Any, Any]]):
    """Items with their results, as they come."""

    def __call__(self, item: object, result: object) -> None:
        self.append((item, result))


class Items(Sequence[int]):
    """Numbers that note how many were taken."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.taken = 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return range(self._count)[index]

    def __iter__(self) -> Iterator[int]:
        for number in range(self._count):
            self.taken += 1
            yield number


def test_results_in_order_are_those_of_the_items_and_few_items_are_begun_at_a_time() -> None:
    items, running, most = Items(200), set[int](), 0
    lock = threading.Lock()
    handled = []

    def square(item: int) -> int:
        nonlocal most
        with lock:
            running.add(item)
            most = max(most, len(running))
        with lock:
            running.discard(item)
        return item * item

    def handle(item: int, result: int | FaceMatchError) -> None:
        assert items.taken <= len(handled) + AHEAD
        handled.append((item, result))

    assert run_batch(items, square, handle, in_order=True) is None
    assert handled == [(number, number * number) for number in range(200)]
    assert most <= WORKERS


def test_a_slow_item_does_not_keep_the_results_of_others_unless_they_are_wanted_in_order() -> None:
    handled = Handled()
    others_are_handled = threading.Event()

    def step(item: int) -> int:
        if item == 0:
            assert others_are_handled.wait(10)
        return item

    def handle(item: int, result: object) -> None:
        handled(item, result)
        if len(handled) == AHEAD - 1:
            others_are_handled.set()

    assert run_batch(range(AHEAD), step, handle) is None
    assert handled[-1] == (0, 0)
    assert sorted(handled) == [(number, number) for number in range(AHEAD)]


def test_an_error_of_the_program_about_one_item_is_its_result() -> None:
    handled, progress = Handled(), []

    def step(item: int) -> int:
        if item == 3:
            raise NoFaceError("3.jpg")
        return item

    stopped_by = run_batch(
        range(6), step, handled, in_order=True, on_progress=lambda *done: progress.append(done)
    )
    assert stopped_by is None
    assert [type(result) for _, result in handled] == [int, int, int, NoFaceError, int, int]
    assert progress == [(number, 6) for number in range(7)]


class Pixels:
    """What a step holds when it fails."""


def test_an_error_that_is_kept_holds_nothing_of_its_step() -> None:
    seen, handled = [], Handled()

    def step(item: int) -> None:
        pixels = Pixels()
        seen.append(weakref.ref(pixels))
        try:
            raise OSError(item)
        except OSError as exc:
            raise NoFaceError(f"{item}.jpg") from exc

    assert run_batch(range(3), step, handled) is None
    gc.collect()
    assert [pixels() for pixels in seen] == [None, None, None]
    assert [type(error) for _, error in handled] == [NoFaceError] * 3


def test_any_other_error_of_a_step_is_raised_where_its_item_is_and_ends_the_rest() -> None:
    handled, begun = Handled(), []

    def step(item: int) -> float:
        begun.append(item)
        return 1 / (item - 5)

    with pytest.raises(ZeroDivisionError):
        run_batch(range(1000), step, handled, in_order=True)
    assert [item for item, _ in handled] == [0, 1, 2, 3, 4]
    assert max(begun) <= 5 + AHEAD


def test_what_the_handler_raises_ends_the_batch_and_is_returned() -> None:
    handled = Handled()

    def handle(item: int, result: object) -> None:
        if item == 4:
            raise GalleryWriteError("the disk is full")  # type: ignore[arg-type]
        handled(item, result)

    assert isinstance(run_batch(range(100), abs, handle, in_order=True), GalleryWriteError)
    assert [item for item, _ in handled] == [0, 1, 2, 3]


@pytest.mark.parametrize("in_order", [True, False])
def test_a_cancelled_batch_handles_nothing_more_and_tells_its_steps(in_order: bool) -> None:
    handled = Handled()
    stop = threading.Event()

    def step(item: int) -> int:
        is_cancelled = current_cancellation()
        while item >= 5 and not is_cancelled():
            time.sleep(0.01)
        if is_cancelled():
            raise NoFaceError("a failure that the cancellation caused")
        return item

    def handle(item: int, result: object) -> None:
        handled(item, result)
        if len(handled) == 5:
            stop.set()

    stopped_by = run_batch(range(100), step, handle, is_cancelled=stop.is_set, in_order=in_order)
    assert isinstance(stopped_by, CancelledError)
    assert sorted(handled) == [(number, number) for number in range(5)]


def test_a_batch_within_cancelled_work_is_cancelled() -> None:
    with cancellable(lambda: True):
        assert isinstance(run_batch(range(3), abs, Handled()), CancelledError)


@pytest.mark.parametrize("in_order", [True, False])
def test_no_step_starts_while_the_results_that_wait_are_large(
    monkeypatch: pytest.MonkeyPatch, in_order: bool
) -> None:
    monkeypatch.setattr(batch, "WAITING_BYTES", 1000)
    monkeypatch.setattr(batch, "BEGUN_PER_WORKER", 100)
    made = 0
    waiting = []
    lock = threading.Lock()

    def step(item: int) -> bytes:
        nonlocal made
        time.sleep(0.002)
        with lock:
            made += 1
        return bytes(600)

    def handle(item: int, result: object) -> None:
        time.sleep(0.01)
        waiting.append(made - len(waiting))

    assert run_batch(range(60), step, handle, in_order=in_order, bytes_of=len) is None
    assert len(waiting) == 60
    assert max(waiting) <= 2 + WORKERS, "two fit; each worker may have been at work when the second came"


def test_the_item_that_is_awaited_never_waits_for_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever worker is slow to begin: results after it may take all the room before it does."""
    monkeypatch.setattr(batch, "WAITING_BYTES", 1)
    for _ in range(300):
        handled = Handled()
        assert run_batch(range(2 * WORKERS), bytes, handled, in_order=True, bytes_of=lambda _: 1) is None
        assert len(handled) == 2 * WORKERS
