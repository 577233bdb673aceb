"""ONNX Runtime sessions, and the cache of the graphs that are built from weights."""

from __future__ import annotations

import contextlib
import ctypes
import functools
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

# One arena of working memory serves all networks: they take turns, and with one each it took twice as much.
onnxruntime.create_and_register_allocator(
    onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    ),
    None,
)

log = logging.getLogger(__name__)

GRAPHS_VERSION = 6
"""Raise this when a builder in `graphs` makes another graph from the same weights."""

LARGE_BYTES = 100_000

IDLE_GRAPH = (
    b'\x08\x08:6\n\x10\n\x01x\x12\x01y"\x08Identity\x12\x00Z\x0f\n\x01x\x12\n\n\x08\x08\x01\x12\x04\n\x02\x08\x00'
    b"b\x0f\n\x01y\x12\n\n\x08\x08\x01\x12\x04\n\x02\x08\x00B\x04\n\x00\x10\r"
)
"""y = x, of no elements, as an ONNX graph; written out, since the package `onnx` takes long to import."""

THREADS = min(4, os.cpu_count() or 1)


def cache_dir() -> Path:
    """The program's cache folder of this user. It may be deleted at any time."""
    return Path(platformdirs.user_cache_dir("face-match", appauthor=False))


class RunnableNetwork(Protocol):
    """A network that can be run, in this process or in another one."""

    output_names: list[str]

    def __call__(self, *inputs: npt.NDArray[Any]) -> list[npt.NDArray[np.float32]]: ...


class Network:
    """An ONNX graph loaded into ONNX Runtime. Safe to call from several threads."""

    def __init__(self, graph: bytes | Path, threads: int = THREADS) -> None:
        """Load a graph; each run uses that many threads."""
        self._session = _session(graph, threads)
        self._inputs = [value.name for value in self._session.get_inputs()]
        self.input_shapes = [tuple(value.shape) for value in self._session.get_inputs()]
        self.input_types = [str(value.type) for value in self._session.get_inputs()]
        self.output_names = [value.name for value in self._session.get_outputs()]
        return_working_memory()

    def __call__(self, *inputs: npt.NDArray[Any]) -> list[npt.NDArray[np.float32]]:
        """Run the graph on its inputs, in its order; returns its outputs. Raises MemoryError."""
        try:
            results: list[Any] = self._session.run(None, dict(zip(self._inputs, inputs, strict=True)))
        except Exception as exc:
            if is_out_of_memory(exc):
                raise MemoryError from exc
            raise
        return results


def return_working_memory() -> None:
    """Return what no network needs now to the system: after many photos, or where a model was loaded.

    The arena keeps what its busiest moment took, 30 to 100 MB, and glibc what was freed: 30 MB after loading
    the built-in model.
    """
    idle, shrinking = _idle_session(), onnxruntime.RunOptions()
    shrinking.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    idle.run(None, {"x": np.zeros(0, np.float32)}, shrinking)
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # musl, which keeps nothing
            ctypes.CDLL(None).malloc_trim(0)


@functools.cache
def _idle_session() -> onnxruntime.InferenceSession:
    """A session that does nothing: the arena can be made smaller only at the end of a run."""
    return _session(IDLE_GRAPH, threads=1)


def _session(graph: bytes | Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # It would keep a plan of the working memory for each shape of input, and photos have ever new ones. In
    # the arena, runs without a plan take as long.
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    # Threads that spin between runs would take the cores from the decoding of the next photo.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    source = graph if isinstance(graph, bytes) else str(graph)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def is_out_of_memory(exc: Exception) -> bool:
    """Whether an error means that memory ran out. ONNX Runtime's errors share no base class and say so only
    in their text."""
    return isinstance(exc, MemoryError) or any(word in str(exc) for word in ("bad_alloc", "allocate memory"))


def cached_network(
    name: str, weights_file: Path, build: Callable[[Path], bytes], threads: int = THREADS
) -> Network:
    """The network that `build` makes of a weights file, from the cache if it is there.

    Args:
        name: the graph's name in the cache, without versions.
        build: makes a serialised ONNX graph of the weights file, if the cache has none or a damaged one.
        threads: as for `Network`.
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
    """Write a graph with its large tensors in a file beside it, which ONNX Runtime maps into memory. Loading
    then takes half the time and 23 MB less for the built-in model."""
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
    """Whether nobody but this user can have written a file or folder, or there is none.

    On Windows the answer is always True, because the cache is where other users may not write.
    """
    try:
        found = path.lstat()
    except OSError:
        return True
    if sys.platform == "win32":
        return True
    is_link = stat.S_ISLNK(found.st_mode)
    return not is_link and found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
