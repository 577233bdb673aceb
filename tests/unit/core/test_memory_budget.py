"""A memory budget shared by threads is never exceeded and never blocks for ever."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

import pytest

from face_match.core.memory_budget import MemoryBudget


def start(job: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    return thread


def test_no_more_than_the_budget_is_in_use_at_once() -> None:
    budget, lock = MemoryBudget(100), threading.Lock()
    in_use, most, done = [0], [0], list[int]()

    def job(amount: int) -> None:
        with budget.use(amount):
            with lock:
                in_use[0] += amount
                most[0] = max(most[0], in_use[0])
            time.sleep(0.001)
            with lock:
                in_use[0] -= amount
                done.append(amount)

    amounts = [random.Random(7).randint(1, 100) for _ in range(60)]
    threads = [start(lambda amount=amount: job(amount)) for amount in amounts]
    for thread in threads:
        thread.join(20)
    assert sorted(done) == sorted(amounts)
    assert 0 < most[0] <= 100


def test_small_requests_are_served_side_by_side() -> None:
    budget, together = MemoryBudget(100), threading.Barrier(5)

    def job() -> None:
        with budget.use(20):
            together.wait(10)

    threads = [start(job) for _ in range(5)]
    for thread in threads:
        thread.join(20)
    assert not together.broken


def test_a_request_over_the_budget_waits_until_nothing_is_in_use_and_those_behind_it_wait_too() -> None:
    budget, order, large_waits = MemoryBudget(100), list[str](), threading.Event()

    def large() -> None:
        large_waits.set()
        with budget.use(1000):
            order.append("large")
            time.sleep(0.05)
            order.append("large is done")

    def small() -> None:
        with budget.use(1):
            order.append("small")

    with budget.use(1):
        first = start(large)
        large_waits.wait(10)
        time.sleep(0.05)
        second = start(small)
        time.sleep(0.05)
        assert order == []
    first.join(10)
    second.join(10)
    assert order == ["large", "large is done", "small"]


def test_an_error_releases_the_reserved_memory() -> None:
    budget = MemoryBudget(100)
    for _ in range(3):
        with pytest.raises(KeyError), budget.use(100):
            raise KeyError
    with budget.use(100):
        pass


def test_a_request_that_is_interrupted_while_it_waits_leaves_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    budget = MemoryBudget(100)

    def interrupted(_ready: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(threading.Condition, "wait_for", lambda _, ready: interrupted(ready))
        with pytest.raises(KeyboardInterrupt), budget.use(1):
            pass
    with budget.use(100):
        pass
