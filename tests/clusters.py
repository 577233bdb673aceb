"""A Dask cluster of this machine: a scheduler and workers, each a process, on the loopback interface."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import distributed

ACCIDENTS = Path(__file__).with_name("cluster_accidents.py")


@contextlib.contextmanager
def local_cluster(
    folder: Path, workers: int = 2, *, allowed_failures: int = 3
) -> Iterator[distributed.LocalCluster]:
    """A cluster with one thread a worker.

    Args:
        folder: for what workers put on the disk.
        allowed_failures: workers that may die of a task before it is given up, besides one.
    """
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        worker_dashboard_address=None,
        local_directory=str(folder),
        scheduler_kwargs={"allowed_failures": allowed_failures},
        preload=[str(ACCIDENTS)],
        silence_logs=60,
    ) as cluster:
        yield cluster
