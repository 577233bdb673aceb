"""The sandbox process, in which an untrusted network is tried and run. `sandbox` starts it and sends it
requests.

It has limits on memory and time, does not see the passphrase, and ends with the program: on Linux by the
system, elsewhere because the thread that reads requests finds the pipe closed.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from face_match.vision.models.process_limits import end_with_parent, limit_memory, limit_seconds, memory_for
from face_match.vision.models.sandbox_protocol import Array, Frame, FrameReader, fits, write_frame

if TYPE_CHECKING:
    from face_match.vision.onnx.sessions import Network

ALARM_SECONDS = 5
"""Time after the program's own limit at which the system ends the process."""

MEMORY, TOO_LARGE, NOT_LOADED, NOT_RUN = "memory", "too large", "not loaded", "not run"
"""Reasons of a failed request. The library's own message is not sent, because the file could have put text
into it."""


class FailedError(Exception):
    """A request failed, for one of the reasons above."""


class Server:
    """Answers requests, one at a time."""

    def __init__(self) -> None:
        self._network: Network | None = None

    def answer(self, request: Frame) -> tuple[dict[str, Any], Sequence[Array]]:
        """The answer to a request: a message and arrays; raises FailedError."""
        message = request.message
        limit_seconds(message["seconds"] + ALARM_SECONDS)
        try:
            match message["what"]:
                case "try":
                    return self._try(request), ()
                case "load":
                    return self._load(Path(message["file"]), message["threads"]), ()
            return {}, self._run(request.arrays)
        finally:
            limit_seconds(0)

    def _try(self, request: Frame) -> dict[str, Any]:
        message = request.message
        file = Path(message["file"])
        limit_memory(memory_for(file.stat().st_size))
        from face_match.vision.models.added import PixelOptions
        from face_match.vision.models.trial import try_network
        from face_match.vision.models.trial_faces import TrialFaces
        from face_match.vision.onnx.file_inspection import RefusedError

        gallery_faces = TrialFaces.from_arrays(message["people"], request.arrays)
        try:
            return {
                "verdict": asdict(
                    try_network(file, PixelOptions(message["range"], message["colour"]), gallery_faces)
                )
            }
        except RefusedError as exc:
            return {"refused": str(exc)}
        except MemoryError as exc:
            raise FailedError(MEMORY) from exc

    def _load(self, file: Path, threads: int) -> dict[str, Any]:
        from face_match.vision.onnx.sessions import Network, is_out_of_memory

        limit_memory(memory_for(file.stat().st_size))
        try:
            self._network = Network(file, threads)
        except Exception as exc:
            raise FailedError(MEMORY if is_out_of_memory(exc) else NOT_LOADED) from exc
        return {"output_names": self._network.output_names}

    def _run(self, inputs: Sequence[Array]) -> list[Array]:
        assert self._network is not None
        try:
            outputs = self._network(*inputs)
            if not fits([output.shape for output in outputs]):
                raise FailedError(TOO_LARGE)
            return [np.asarray(output, np.float32) for output in outputs]
        except FailedError:
            raise
        except MemoryError as exc:
            raise FailedError(MEMORY) from exc
        except Exception as exc:
            raise FailedError(NOT_RUN) from exc


def main() -> NoReturn:
    """Answer the requests on standard input until it is closed."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program says when to stop
    requests_file = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 - a descriptor, for good
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    requests: queue.SimpleQueue[Frame] = queue.SimpleQueue()

    def read() -> None:
        next_frame = FrameReader(requests_file)
        try:
            while True:
                requests.put(next_frame())
        finally:
            os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    server = Server()
    while True:
        _answer(server, requests.get(), answers)


def _answer(server: Server, request: Frame, answers: Any) -> None:
    try:
        message, arrays = server.answer(request)
    except FailedError as exc:
        write_frame(answers, {"failed": str(exc)})
    else:
        write_frame(answers, message, arrays)
