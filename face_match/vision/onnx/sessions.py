"""Networks ready to run: ONNX graphs, built once, cached, and loaded into ONNX Runtime."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
import platformdirs

from face_match.core.atomic_files import make_folder, write_file

# The variable that `face_match/__init__.py` sets keeps the uploader from being made. On Windows the library
# writes events for the system to collect instead, which this call stops; elsewhere it is a second lock.
onnxruntime.disable_telemetry_events()

log = logging.getLogger(__name__)

GRAPHS_VERSION = 6
"""Raise it when a builder in `graphs` gives another graph from the same weights."""

LARGE_BYTES = 100_000

THREADS = min(4, os.cpu_count() or 1)


def cache_dir() -> Path:
    """This user's cache folder of the program; it may be deleted at any time."""
    return Path(platformdirs.user_cache_dir("face-match", appauthor=False))


class RunnableNetwork(Protocol):
    """A network that is ready to run, wherever it does."""

    output_names: list[str]

    def __call__(self, *inputs: npt.NDArray[Any]) -> list[npt.NDArray[np.float32]]: ...


class Network:
    """A graph in ONNX Runtime. Safe to call from several threads."""

    def __init__(self, graph: bytes | Path, threads: int = THREADS) -> None:
        """Load a graph; each call of it uses so many threads."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin between calls take the cores from whoever decodes the next photo.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        source = graph if isinstance(graph, bytes) else str(graph)
        self._session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self._inputs = [value.name for value in self._session.get_inputs()]
        self.input_shapes = [tuple(value.shape) for value in self._session.get_inputs()]
        self.input_types = [str(value.type) for value in self._session.get_inputs()]
        self.output_names = [value.name for value in self._session.get_outputs()]
        _release_freed_memory()

    def __call__(self, *inputs: npt.NDArray[Any]) -> list[npt.NDArray[np.float32]]:
        """Run on the graph's inputs, in its order; returns its outputs."""
        results: list[Any] = self._session.run(None, dict(zip(self._inputs, inputs, strict=True)))
        return results


def cached_network(
    name: str, weights_file: Path, build: Callable[[Path], bytes], threads: int = THREADS
) -> Network:
    """The network that `build` makes of a weights file, from the cache where it is there.

    Args:
        name: the graph's name in the cache, without versions.
        build: weights file to serialised ONNX; called on a miss or when the cached file is bad.
        threads: as Network takes it.
    """
    stat_of_weights = weights_file.stat()
    path = (
        cache_dir()
        / f"{name}-{GRAPHS_VERSION}-{stat_of_weights.st_size:x}-{stat_of_weights.st_mtime_ns:x}.onnx"
    )
    if not _is_private(path.parent):
        log.warning("others may write to the cache folder; it is not used")
        return Network(build(weights_file), threads)
    if path.is_file() and _is_private(path) and _is_private(path.with_suffix(".weights")):
        try:
            return Network(path, threads)
        except Exception:  # noqa: BLE001 - onnxruntime's own kinds share no public base
            log.warning("a cached graph cannot be read and is built again: %s", name)
    graph = build(weights_file)
    try:
        _save(graph, path)
    except OSError as exc:
        log.warning("the cache cannot be written (%s); the graph stays in memory", exc.strerror)
        return Network(graph, threads)
    for other in path.parent.glob(f"{name}-*"):
        if other.stem != path.stem:
            other.unlink(missing_ok=True)
    return Network(path, threads)


def _save(graph: bytes, path: Path) -> None:
    """Write a graph with large tensors beside it, from where ONNX Runtime maps them: that takes half the
    time to load and 23 MB less (the built-in model) than parsing them out of one file."""
    import onnx
    from onnx.external_data_helper import set_external_data

    make_folder(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name
        beside = path.with_suffix(".weights").name
        model = onnx.load_model_from_string(graph)
        # not save_as_external_data: it calls uuid1(), which opens a socket to read the network card’s address
        for tensor in model.graph.initializer:
            if len(tensor.raw_data) >= LARGE_BYTES:
                set_external_data(tensor, beside)
        onnx.save_model(model, new)
        if (weights := new.with_name(beside)).exists():
            write_file(path.with_name(beside), weights.read_bytes())
        write_file(path, new.read_bytes())


def _is_private(path: Path) -> bool:
    """Whether only this user, whom the program trusts, can have written a file or folder, if it is there.

    Windows keeps the cache where other users may not write; there this is not asked.
    """
    try:
        found = path.lstat()
    except OSError:
        return True
    if sys.platform == "win32":
        return True
    is_link = stat.S_ISLNK(found.st_mode)
    return not is_link and found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _release_freed_memory() -> None:
    """glibc keeps what loading a graph has freed, 30 MB for the built-in model, unless asked."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # musl, which keeps nothing
            ctypes.CDLL(None).malloc_trim(0)
