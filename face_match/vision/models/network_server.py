"""The process in which an untrusted network is tried and run. `sandboxed_network` and `installation` ask
it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from face_match.core.sandbox.limits import limit_memory, memory_for
from face_match.core.sandbox.protocol import MEMORY, Array, Frame, fits
from face_match.core.sandbox.server import Answer, FailedError

if TYPE_CHECKING:
    from face_match.vision.onnx.sessions import Network

TOO_LARGE, NOT_LOADED, NOT_RUN = "too large", "not loaded", "not run"
"""Reasons of a failed request, besides MEMORY."""


class NetworkServer:
    """Tries a network, or loads one and runs it."""

    def __init__(self) -> None:
        self._network: Network | None = None

    def answer(self, request: Frame) -> Answer:
        """The answer to a request; raises FailedError."""
        message = request.message
        match message["what"]:
            case "try":
                return self._try(request), ()
            case "load":
                return self._load(Path(message["file"]), message["threads"]), ()
        return {}, self._run(request.arrays)

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
