"""The process in which a network from elsewhere is tried and used; `sandbox` starts it and asks it.

It has limits of memory and time, sees no passphrase, and ends with the program: Linux ends it at once, and
elsewhere the thread that reads what is asked does, when nobody can ask any more.
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
"""After the program's own limit."""

MEMORY, TOO_LARGE, NOT_LOADED, NOT_RUN = "memory", "too large", "not loaded", "not run"
"""Why a request failed. What the library says of it is not told: the file could have put words into it."""


class FailedError(Exception):
    """Why, as one of the words above."""


class Server:
    """Answers one request after the other."""

    def __init__(self) -> None:
        self._network: Network | None = None

    def answer(self, request: Frame) -> tuple[dict[str, Any], Sequence[Array]]:
        """What is told, and arrays; raises FailedError."""
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

        others = TrialFaces.from_arrays(message["people"], request.arrays)
        try:
            return {
                "verdict": asdict(
                    try_network(file, PixelOptions(message["range"], message["colour"]), others)
                )
            }
        except RefusedError as exc:
            return {"refused": str(exc)}
        except MemoryError as exc:
            raise FailedError(MEMORY) from exc

    def _load(self, file: Path, threads: int) -> dict[str, Any]:
        from face_match.vision.onnx.sessions import Network

        limit_memory(memory_for(file.stat().st_size))
        try:
            self._network = Network(file, threads)
        except Exception as exc:
            raise FailedError(MEMORY if _is_out_of_memory(exc) else NOT_LOADED) from exc
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
        except Exception as exc:
            raise FailedError(MEMORY if _is_out_of_memory(exc) else NOT_RUN) from exc


def _is_out_of_memory(exc: Exception) -> bool:
    """ONNX Runtime's kinds of error share no base, and say this only in words."""
    return isinstance(exc, MemoryError) or any(word in str(exc) for word in ("bad_alloc", "allocate memory"))


def main() -> NoReturn:
    """Answer what comes on standard input, until that ends."""
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
