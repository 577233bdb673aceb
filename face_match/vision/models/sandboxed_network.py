"""Added networks in a sandbox. With YuNet a photo takes a few milliseconds longer (`python -m
benchmarks.sandbox`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from face_match.core.errors import ModelDamagedError, ModelFailedError
from face_match.core.installation import MODEL_SANDBOX
from face_match.core.sandbox import client
from face_match.core.sandbox.client import Sandbox, SandboxError, SandboxPool
from face_match.core.sandbox.limits import memory_for
from face_match.core.sandbox.protocol import MEMORY, Array, Frame
from face_match.core.translation import marked
from face_match.vision.models.network_server import NOT_LOADED, NOT_RUN, TOO_LARGE
from face_match.vision.onnx.sessions import THREADS

MAX_PROCESSES = 2
"""Processes per network, if many photos are processed at a time. Each may take as much memory as `memory_for`
says."""


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
        self._memory_bytes = memory_for(path.stat().st_size)
        self.output_names: list[str] = []
        self._pool = SandboxPool(count)
        with self._pool.use(self._start):
            pass  # which has loaded the graph

    def __call__(self, *inputs: Array) -> list[Array]:
        """Run the network on its inputs, in the graph's order; returns its outputs.

        Raises:
            ModelFailedError: the network can still be called again.
            CancelledError: the work of this thread was cancelled.
        """
        with self._pool.use(self._start) as sandbox:
            return self._request(sandbox, {"what": "run"}, inputs).arrays

    def _start(self) -> Sandbox:
        """A process that has loaded the graph."""
        try:
            sandbox = Sandbox(MODEL_SANDBOX)
        except OSError as exc:
            raise ModelFailedError(self._title, marked("its process could not be started")) from exc
        request = {"what": "load", "file": str(self._path.absolute()), "threads": self._threads}
        self.output_names = self._request(sandbox, request).message["output_names"]
        return sandbox

    def _request(self, sandbox: Sandbox, message: dict[str, Any], arrays: Sequence[Array] = ()) -> Frame:
        try:
            return sandbox.ask(message, arrays, seconds=client.CALL_SECONDS)
        except TimeoutError as exc:
            raise ModelFailedError(
                self._title, f"it took longer than {client.CALL_SECONDS:g} seconds"
            ) from exc
        except SandboxError as exc:
            if exc.kind == NOT_LOADED:
                raise ModelDamagedError(self._title, marked("ONNX Runtime cannot load it")) from exc
            reasons = {
                MEMORY: f"it needed more than {self._memory_bytes / 1e9:.1f} GB of memory",
                TOO_LARGE: marked("its output is larger than that of a face network"),
                NOT_RUN: marked("ONNX Runtime could not run it"),
            }
            reason = reasons.get(exc.kind, marked("its process ended unexpectedly"))
            raise ModelFailedError(self._title, reason) from exc
