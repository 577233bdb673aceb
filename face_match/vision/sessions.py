"""Networks ready to run: ONNX graphs, built once, cached, and loaded into ONNX Runtime."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import platformdirs

from face_match.durable import write_file

log = logging.getLogger(__name__)

GRAPHS_VERSION = 5
"""Raise it when a builder in `graphs` gives another graph from the same weights."""

THREADS = min(4, os.cpu_count() or 1)


def cache_dir() -> Path:
    """This user's cache folder of the program; it may be deleted at any time."""
    return Path(platformdirs.user_cache_dir("face-match", appauthor=False))


class Network:
    """A graph in ONNX Runtime. Safe to call from several threads."""

    def __init__(self, graph: bytes | Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin between calls take the cores from whoever decodes the next photo.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        source = graph if isinstance(graph, bytes) else str(graph)
        self._session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self._inputs = [value.name for value in self._session.get_inputs()]

    def __call__(self, *inputs: npt.NDArray[Any]) -> list[npt.NDArray[np.float32]]:
        """Run on the graph's inputs, in its order; returns its outputs."""
        results: list[Any] = self._session.run(None, dict(zip(self._inputs, inputs, strict=True)))
        return results


def cached_network(name: str, weights_file: Path, build: Callable[[Path], bytes]) -> Network:
    """The network that `build` makes of a weights file, from the cache where it is there.

    Args:
        name: the graph's name in the cache, without versions.
        build: weights file to serialised ONNX; called on a miss or when the cached file is bad.
    """
    stat = weights_file.stat()
    path = cache_dir() / f"{name}-{GRAPHS_VERSION}-{stat.st_size:x}-{stat.st_mtime_ns:x}.onnx"
    if path.is_file():
        try:
            return Network(path)
        except Exception:  # noqa: BLE001 - onnxruntime's own kinds share no public base
            log.warning("a cached graph cannot be read and is built again: %s", name)
    graph = build(weights_file)
    try:
        write_file(path, graph)
    except OSError as exc:
        log.warning("the cache cannot be written (%s); the graph stays in memory", exc.strerror)
        return Network(graph)
    for older in path.parent.glob(f"{name}-*.onnx"):
        if older != path:
            older.unlink(missing_ok=True)
    return Network(path)
