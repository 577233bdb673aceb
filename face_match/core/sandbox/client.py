"""The program's side of a sandbox: starting a process, asking it, and ending it.

A library can be asked to end a run, but not kept from an allocation or from a fault in its memory: either
would end the whole program. A process with limits fails alone.
"""

from __future__ import annotations

import subprocess
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYetError
from contextlib import contextmanager
from typing import Any

from face_match.core.errors import CancelledError
from face_match.core.progress import IsCancelled, current_cancellation, raise_if_cancelled
from face_match.core.sandbox.child_process import start_child
from face_match.core.sandbox.limits import OUT_OF_MEMORY
from face_match.core.sandbox.protocol import (
    MAX_ARRAY_BYTES,
    MEMORY,
    AnyArray,
    Frame,
    FrameReader,
    write_frame,
)

CALL_SECONDS = 60.0
"""Time limit for one photo or one batch of crops. ResNet-100 takes some seconds for a batch on two cores."""

POLL_SECONDS = 0.05

DIED = "died"
_starter = ThreadPoolExecutor(1, thread_name_prefix="sandboxes")
"""Starts the processes. Linux ends a process with the thread that started it, and this thread lives as long
as the program."""


class SandboxError(Exception):
    """A sandbox process failed.

    Attributes:
        kind: DIED, or one of the reasons of its server.
        status: exit status of a process that died.
    """

    def __init__(self, kind: str, status: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status


class Sandbox:
    """A process that answers one request at a time."""

    def __init__(self, argument: str) -> None:
        """Start it: the program with that argument; raises OSError."""
        self._process = _starter.submit(start_child, argument).result()
        self._pipes = ThreadPoolExecutor(1)
        self.close = weakref.finalize(self, _end_process, self._process)
        """Ends the process at once, even during a request."""

    @property
    def is_usable(self) -> bool:
        """Whether it was not closed, and has not died by itself."""
        return self.close.alive and self._process.poll() is None

    def ask(
        self,
        message: dict[str, Any],
        arrays: Sequence[AnyArray] = (),
        *,
        seconds: float,
        is_cancelled: IsCancelled | None = None,
        max_bytes: int = MAX_ARRAY_BYTES,
    ) -> Frame:
        """Send a request and return the answer. After any error the process is ended.

        Args:
            is_cancelled: by default, that of the work of this thread.
            max_bytes: the most that the arrays of the answer may have in all.
        Raises:
            TimeoutError, CancelledError, SandboxError.
        """
        request = {**message, "seconds": seconds}
        answer = self._pipes.submit(_exchange, self._process, request, arrays, max_bytes)
        try:
            frame = _wait_for(answer, time.monotonic() + seconds, is_cancelled or current_cancellation())
        except BaseException:  # Ctrl+C too
            self._process.kill()
            wait([answer])  # it fails at once, because its pipe is closed
            self.close()
            raise
        if (kind := frame.message.get("failed")) is not None:
            self.close()
            raise SandboxError(kind)
        return frame


def _end_process(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def _exchange(
    process: subprocess.Popen[bytes], message: dict[str, Any], arrays: Sequence[AnyArray], max_bytes: int
) -> Frame:
    try:
        write_frame(process.stdin, message, arrays)
        return FrameReader(process.stdout, max_bytes)()
    except (OSError, EOFError, ValueError, KeyError, TypeError) as exc:
        process.kill()
        status = process.wait()
        raise SandboxError(MEMORY if status == OUT_OF_MEMORY else DIED, status) from exc


def _wait_for(answer: Future[Frame], deadline: float, is_cancelled: IsCancelled) -> Frame:
    while True:
        try:
            return answer.result(POLL_SECONDS)
        except NotYetError:
            if is_cancelled():
                raise CancelledError from None
            if time.monotonic() > deadline:
                raise TimeoutError from None


class SandboxPool:
    """Sandboxes of one kind, each for one thread at a time. One that died or failed is replaced."""

    def __init__(self, most: int) -> None:
        """At most that many processes."""
        self._free = threading.Semaphore(most)
        self._idle: list[Sandbox] = []

    @contextmanager
    def use(self, start: Callable[[], Sandbox]) -> Iterator[Sandbox]:
        """A sandbox that is idle or, if there is none, started; raises CancelledError, and what `start`
        raises."""
        while not self._free.acquire(timeout=POLL_SECONDS):
            raise_if_cancelled()
        try:
            sandbox = self._idle_one() or start()
            try:
                yield sandbox
            finally:
                if sandbox.is_usable:
                    self._idle.append(sandbox)
        finally:
            self._free.release()

    def _idle_one(self) -> Sandbox | None:
        while True:
            try:
                sandbox = self._idle.pop()
            except IndexError:  # another thread has it, it was ended, or this is the first
                return None
            if sandbox.is_usable:
                return sandbox
            sandbox.close()
