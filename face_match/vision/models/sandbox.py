"""Sandbox: untrusted networks run in processes of their own, which can be ended at any moment.

ONNX Runtime can be asked to end a run, but not kept from an allocation: one step of a small graph can take as
much memory as the values in a photo tell it to, and that would end the whole program. A process with a memory
limit fails alone. With YuNet a photo takes a few milliseconds longer (`python -m benchmarks.sandbox`).
"""

from __future__ import annotations

import subprocess
import threading
import time
import weakref
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYetError
from pathlib import Path
from typing import Any

from face_match.core.child_process import start_child
from face_match.core.errors import CancelledError, ModelDamagedError, ModelFailedError
from face_match.core.installation import SANDBOX_ARGUMENT
from face_match.core.progress import IsCancelled, current_cancellation
from face_match.core.translation import marked
from face_match.vision.models.process_limits import OUT_OF_MEMORY, memory_for
from face_match.vision.models.sandbox_process import MEMORY, NOT_LOADED, NOT_RUN, TOO_LARGE
from face_match.vision.models.sandbox_protocol import Array, Frame, FrameReader, write_frame
from face_match.vision.onnx.sessions import THREADS

CALL_SECONDS = 60.0
"""Time limit for one photo or one batch of crops. ResNet-100 takes some seconds for a batch on two cores."""

POLL_SECONDS = 0.05
MAX_PROCESSES = 2
"""Processes per network, if many photos are processed at a time. Each may take as much memory as `memory_for`
says."""

DIED = "died"
_starter = ThreadPoolExecutor(1, thread_name_prefix="sandboxes")
"""Starts the processes. Linux ends a process with the thread that started it, and this thread lives as long
as the program."""


class SandboxError(Exception):
    """A sandbox process failed.

    Attributes:
        kind: DIED, or one of the reasons of `sandbox_process`.
        status: exit status of a process that died.
    """

    def __init__(self, kind: str, status: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status


class Sandbox:
    """A process that answers one request at a time."""

    def __init__(self) -> None:
        """Start it; raises OSError."""
        self._process = _starter.submit(start_child, SANDBOX_ARGUMENT).result()
        self._pipes = ThreadPoolExecutor(1)
        self.close = weakref.finalize(self, _end_process, self._process)
        """Ends the process at once, even during a request."""

    def ask(
        self,
        message: dict[str, Any],
        arrays: Sequence[Array] = (),
        *,
        seconds: float,
        is_cancelled: IsCancelled,
    ) -> Frame:
        """Send a request and return the answer. After any error the process is ended.

        Raises:
            TimeoutError, CancelledError, SandboxError.
        """
        answer = self._pipes.submit(_exchange, self._process, {**message, "seconds": seconds}, arrays)
        try:
            frame = _wait_for(answer, time.monotonic() + seconds, is_cancelled)
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


def _exchange(process: subprocess.Popen[bytes], message: dict[str, Any], arrays: Sequence[Array]) -> Frame:
    try:
        write_frame(process.stdin, message, arrays)
        return FrameReader(process.stdout)()
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


class SandboxedNetwork:
    """An added network in a sandbox, with the interface of `Network`. Safe to call from several threads."""

    def __init__(self, title: str, path: Path, threads: int = THREADS) -> None:
        """Start a process and load the graph.

        Args:
            title: the model's title in errors.
            threads: threads per call; fewer than THREADS if several calls at a time are to be expected.
        Raises:
            ModelDamagedError, ModelFailedError, CancelledError.
        """
        self._title = title
        self._path = path
        count = MAX_PROCESSES if threads < THREADS else 1
        self._threads = max(threads, THREADS // count)
        self._free = threading.Semaphore(count)
        self._idle: list[Sandbox] = []
        self._memory_bytes = memory_for(path.stat().st_size)
        sandbox, message = self._start_and_load()
        self._idle.append(sandbox)
        self.output_names: list[str] = message["output_names"]

    def __call__(self, *inputs: Array) -> list[Array]:
        """Run the network on its inputs, in the graph's order; returns its outputs.

        Raises:
            ModelFailedError: the network can still be called again.
            CancelledError: the work of this thread was cancelled.
        """
        while not self._free.acquire(timeout=POLL_SECONDS):
            if current_cancellation()():
                raise CancelledError
        try:
            try:
                sandbox = self._idle.pop()
            except IndexError:  # the first call of this process, or it was ended
                sandbox, _ = self._start_and_load()
            try:
                return self._request(sandbox, {"what": "run"}, inputs).arrays
            finally:
                if sandbox.close.alive:
                    self._idle.append(sandbox)
        finally:
            self._free.release()

    def _start_and_load(self) -> tuple[Sandbox, dict[str, Any]]:
        try:
            sandbox = Sandbox()
        except OSError as exc:
            raise ModelFailedError(self._title, marked("its process could not be started")) from exc
        request = {"what": "load", "file": str(self._path.absolute()), "threads": self._threads}
        return sandbox, self._request(sandbox, request).message

    def _request(self, sandbox: Sandbox, message: dict[str, Any], arrays: Sequence[Array] = ()) -> Frame:
        try:
            return sandbox.ask(message, arrays, seconds=CALL_SECONDS, is_cancelled=current_cancellation())
        except TimeoutError as exc:
            raise ModelFailedError(self._title, f"it took longer than {CALL_SECONDS:g} seconds") from exc
        except SandboxError as exc:
            if exc.kind == NOT_LOADED:
                raise ModelDamagedError(self._title, marked("ONNX Runtime cannot load it")) from exc
            reasons = {
                MEMORY: f"it needed more than {self._memory_bytes / 1e9:.1f} GB of memory",
                TOO_LARGE: "its output is larger than that of a face network",
                NOT_RUN: "ONNX Runtime could not run it",
            }
            reason = reasons.get(exc.kind, "its process ended unexpectedly")
            raise ModelFailedError(self._title, reason) from exc
