"""Networks from elsewhere run in processes of their own, which can be stopped at any moment.

ONNX Runtime can be asked to end a run, but not kept from an allocation: one step of a small graph takes as
much memory as the values in a photo tell it to, and the whole program dies of that. A process with a limit
dies alone. Measured with YuNet, a photo takes a few milliseconds longer (`python -m benchmarks.sandbox`).
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
from face_match.vision.models.process_limits import OUT_OF_MEMORY, memory_for
from face_match.vision.models.sandbox_process import MEMORY, NOT_LOADED, NOT_RUN, TOO_LARGE
from face_match.vision.models.sandbox_protocol import Array, Frame, FrameReader, write_frame
from face_match.vision.onnx.sessions import THREADS

CALL_SECONDS = 60.0
"""For one photo, or for one batch of crops, of which ResNet-100 takes some seconds on two cores."""

POLL_SECONDS = 0.05
MAX_PROCESSES = 2
"""Of one network, for many photos at a time; each may take as much memory as `memory_for` says."""

DIED = "died"
_starter = ThreadPoolExecutor(1, thread_name_prefix="sandboxes")
"""Linux ends a process with the thread that started it. This one lives as long as the program."""


class SandboxError(Exception):
    """A process that failed: `kind` is DIED, or what `sandboxed` says; `status` is that of one that died."""

    def __init__(self, kind: str, status: int | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status


class Sandbox:
    """One process, which answers one request at a time."""

    def __init__(self) -> None:
        """Start it; raises OSError."""
        self._process = _starter.submit(start_child, SANDBOX_ARGUMENT).result()
        self._pipes = ThreadPoolExecutor(1)
        self.close = weakref.finalize(self, _end_process, self._process)
        """End the process at once, also one that is answering."""

    def ask(
        self,
        message: dict[str, Any],
        arrays: Sequence[Array] = (),
        *,
        seconds: float,
        is_cancelled: IsCancelled,
    ) -> Frame:
        """What it answers. After any error the process, with all that it took, is gone.

        Raises:
            TimeoutError, CancelledError, SandboxError.
        """
        answer = self._pipes.submit(_exchange, self._process, {**message, "seconds": seconds}, arrays)
        try:
            frame = _wait_for(answer, time.monotonic() + seconds, is_cancelled)
        except BaseException:  # Ctrl+C too
            self._process.kill()
            wait([answer])  # which reads what is closed now
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
    """A network that was added, as a `Network` is. Safe to call from several threads."""

    def __init__(self, title: str, path: Path, threads: int = THREADS) -> None:
        """Load a graph.

        Args:
            title: what to call it in an error.
            threads: that a call may use; fewer than THREADS where several calls at a time are to be expected.
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
        """Run on the graph's inputs, in its order; returns its outputs.

        Raises:
            ModelFailedError: it can be called again all the same.
            CancelledError: by `cancelling`.
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
            raise ModelFailedError(self._title, "its process could not be started") from exc
        request = {"what": "load", "file": str(self._path.absolute()), "threads": self._threads}
        return sandbox, self._request(sandbox, request).message

    def _request(self, sandbox: Sandbox, message: dict[str, Any], arrays: Sequence[Array] = ()) -> Frame:
        try:
            return sandbox.ask(message, arrays, seconds=CALL_SECONDS, is_cancelled=current_cancellation())
        except TimeoutError as exc:
            raise ModelFailedError(self._title, f"it took longer than {CALL_SECONDS:g} seconds") from exc
        except SandboxError as exc:
            if exc.kind == NOT_LOADED:
                raise ModelDamagedError(self._title, "ONNX Runtime cannot load it") from exc
            reasons = {
                MEMORY: f"it needed more than {self._memory_bytes / 1e9:.1f} GB of memory",
                TOO_LARGE: "its answer is larger than that of a face network",
                NOT_RUN: "ONNX Runtime could not run it",
            }
            reason = reasons.get(exc.kind, "its process ended unexpectedly")
            raise ModelFailedError(self._title, reason) from exc
