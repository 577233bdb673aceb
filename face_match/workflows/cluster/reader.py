"""Reads the photos of a scan on the workers of a Dask cluster."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import distributed

from face_match.core.errors import ClusterError, FaceMatchError, ImageUnreadableError, WorkerRefusedError
from face_match.core.progress import raise_if_cancelled
from face_match.core.translation import marked
from face_match.core.types import PhotoFileInfo
from face_match.workflows.cluster import worker
from face_match.workflows.cluster.replies import photo_in, photo_with_faces_in
from face_match.workflows.cluster.worker import PipelineSpec
from face_match.workflows.photo_reading import PhotoWithFaces

log = logging.getLogger(__name__)

CONNECT_S = 10
POLL_S = 0.25
ALONE_S = 60
"""Seconds without any worker after which a scan ends."""

PER_THREAD, MOST_AT_ONCE = 2, 256
"""Photos in flight for each thread of the cluster, so that none waits for the network; and in all. Each takes
a thread here."""

Found = TypeVar("Found")


class ClusterReader:
    """Reads photos on the workers of a cluster. Close it, so that no task stays there."""

    def __init__(self, address: str, spec: PipelineSpec, moved: Sequence[tuple[str, str]] = ()) -> None:
        """Connect to a scheduler and check all its workers.

        Args:
            address: as Dask writes it: tcp://host:port, or tls://host:port.
            moved: folders here, and where workers see them.
        Raises:
            ClusterError: it does not answer, or has no workers.
            WorkerRefusedError: a worker lacks the program, or has another version or model.
        """
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # the errors below say it
        self._address, self._spec, self._moved = address, spec, moved
        try:
            self._client = distributed.Client(
                address, timeout=CONNECT_S, set_as_default=False, name="face-match"
            )
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as exc:
            reason = marked("it does not answer") if isinstance(exc, OSError | TimeoutError) else str(exc)
            raise ClusterError(address, reason) from exc
        self._one_suspect = threading.Lock()
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(self.close)
            self.at_once = self._checked_threads()
            on_failure.pop_all()

    def close(self) -> None:
        """Leave the cluster, and cancel what is left there."""
        self._client.close(timeout=CONNECT_S)

    def identify(self, path: Path) -> PhotoFileInfo:
        return self._ask(path, worker.identify, (), photo_in)

    def find_faces(self, path: Path, turn: int | None) -> PhotoWithFaces:
        def parse(reply: Any, path: Path) -> PhotoWithFaces:
            return photo_with_faces_in(reply, path, self._spec.model)

        return self._ask(path, worker.faces_of, (turn,), parse)

    def _checked_threads(self) -> int:
        """The number of photos at once on the workers, all of which fit; raises ClusterError."""
        with self._lost():
            workers = self._client.scheduler_info()["workers"]
            if not workers:
                raise ClusterError(self._address, marked("it has no workers"))
            # Dask's scheduler loads what it passes on
            refusals = {self._address: self._on_scheduler()}
            refusals |= self._client.run(worker.refusal, self._spec, on_error="return")
        for place, refusal in refusals.items():
            self._require_fit(place, refusal)
        threads = sum(int(one["nthreads"]) for one in workers.values())
        return max(2, min(MOST_AT_ONCE, PER_THREAD * threads))

    def _on_scheduler(self) -> object:
        """Why the scheduler cannot pass tasks on; "" if it can."""
        try:
            return self._client.run_on_scheduler(worker.other_version, self._spec.version)
        except Exception as exc:  # noqa: BLE001 - whatever loading the program there raises
            return exc

    def _require_fit(self, place: str, refusal: object) -> None:
        if isinstance(refusal, Exception):
            raise WorkerRefusedError(self._address, place, _cannot_run(refusal))
        if refusal != "":
            raise WorkerRefusedError(self._address, place, str(refusal))

    def _ask(
        self,
        path: Path,
        function: Callable[..., worker.Reply],
        arguments: tuple[Any, ...],
        parse: Callable[[Any, Path], Found],
    ) -> Found:
        """A worker's answer about a photo. Dask asks another worker when one dies, and gives up after four.

        Photos that were in work beside one of which workers die are suspected, too. So each is asked about
        once more, one after the other.
        """
        arguments = (self._spec, self._place_there(path), *arguments)
        try:
            reply = self._answer(function, arguments)
        except distributed.KilledWorker:
            while not self._one_suspect.acquire(timeout=POLL_S):
                raise_if_cancelled()
            try:
                reply = self._answer(function, arguments)
            except distributed.KilledWorker:
                raise ImageUnreadableError(path.name, marked("workers ended while they read it")) from None
            finally:
                self._one_suspect.release()
        if isinstance(reply, dict) and "refused" in reply:
            raise WorkerRefusedError(self._address, marked("A new worker"), str(reply["refused"]))
        return parse(reply, path)

    def _answer(self, function: Callable[..., worker.Reply], arguments: tuple[Any, ...]) -> object:
        """The result of a task; raises KilledWorker, ClusterError, CancelledError."""
        is_there = threading.Event()
        with self._lost():
            # a key without the path: schedulers log keys
            key = f"face-match-{uuid.uuid4().hex}"
            future = self._client.submit(function, *arguments, key=key, pure=False)
            future.add_done_callback(lambda _: is_there.set())
        try:
            alone_since = time.monotonic()
            while not is_there.wait(POLL_S):
                raise_if_cancelled()
                if time.monotonic() - alone_since > ALONE_S:
                    self._require_workers()
                    alone_since = time.monotonic()
            with self._lost():
                return future.result()
        except (ImportError, AttributeError) as exc:
            raise WorkerRefusedError(self._address, marked("A new worker"), _cannot_run(exc)) from exc
        finally:
            if not is_there.is_set():
                future.cancel()
            future.release()

    @contextlib.contextmanager
    def _lost(self) -> Iterator[None]:
        """Raise what Dask raises, but for a photo's workers that died, as a ClusterError."""
        try:
            yield
        except (FaceMatchError, distributed.KilledWorker, ImportError, AttributeError):
            raise
        except (OSError, TimeoutError, distributed.CancelledError) as exc:
            raise ClusterError(self._address, marked("the connection was lost")) from exc
        except Exception as exc:
            log.warning("the cluster failed: %s", type(exc).__name__)
            raise ClusterError(self._address, marked("Dask failed; the log says with which error")) from exc

    def _require_workers(self) -> None:
        with self._lost():
            if not self._client.scheduler_info()["workers"]:
                raise ClusterError(self._address, marked("it has no workers any more"))

    def _place_there(self, path: Path) -> str:
        """The path under which workers see a photo: the longest folder that was moved counts."""
        text = str(path)
        fitting = [(here, there) for here, there in self._moved if path.is_relative_to(here)]
        if not fitting:
            return text
        here, there = max(fitting, key=lambda pair: len(pair[0]))
        below = path.relative_to(here).as_posix()
        return f"{there.rstrip('/')}/{below}"


def _cannot_run(error: Exception) -> str:
    """Why a worker failed before it came to the program's own code."""
    return f"it does not have Face Match, or cannot run it ({str(error)[:200]})"
