"""Limits that a sandbox process sets for itself before it is given anything untrusted."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

MEMORY_BYTES = 2_000_000_000
MEMORY_FOR_FILE = 5
"""Memory limit: `MEMORY_BYTES` plus this many times the file's size. YuNet takes 0.4 GB of address space at
1280 × 1280 pixels."""

WATCH_SECONDS = 0.02
"""Interval of memory checks. A process allocates about 0.1 GB in this time."""

OUT_OF_MEMORY = 85
"""Exit status of a process that exceeded its memory limit."""

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38

LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF = 444, 446
"""Numbers of system calls, the same for all processors."""
LANDLOCK_VERSION = 1
"""Asks for the version instead."""
RIGHTS = ((1, (1 << 13) - 1), (4, 3), (6, 3))
"""What Landlock takes away from which version on (Linux 5.13, 6.7, 6.12): reading, writing, running, making
and deleting files; TCP; abstract sockets and signals of other processes. From linux/landlock.h."""


def memory_for(file_bytes: int) -> int:
    """The memory limit, in bytes, of a process that runs a file of that size."""
    return MEMORY_BYTES + MEMORY_FOR_FILE * file_bytes


def limit_memory(max_bytes: int) -> None:
    """Limit this process's memory, by the system where it can, else by a thread that watches it."""
    if sys.platform == "win32":
        limit_job(max_bytes)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold photos
    if sys.platform == "darwin":  # where RLIMIT_AS is not kept
        watch_memory(lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, max_bytes)
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or max_bytes < hard:
        resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))


def watch_memory(used_bytes: Callable[[], int], max_bytes: int) -> None:
    """Start a thread that ends this process soon after it uses more than `max_bytes`."""

    def watch() -> None:
        while used_bytes() <= max_bytes:
            time.sleep(WATCH_SECONDS)
        os._exit(OUT_OF_MEMORY)

    threading.Thread(target=watch, daemon=True).start()


def limit_seconds(seconds: float) -> None:
    """Let the system end this process after that time; 0 removes the limit. Windows has no such timer.

    The program ends the process earlier, if it still runs.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def end_with_parent() -> None:
    """On Linux, end this process when the thread that started it ends, as it does if the program is
    killed."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def confine() -> None:
    """On Linux 5.13 and later, take the rights to all files, and to more on newer ones, from this thread and
    all that it starts. What is open stays open."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None)
        version = libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION)
        taken = (ctypes.c_uint64 * len(RIGHTS))(*(mask if version >= since else 0 for since, mask in RIGHTS))
        rules = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(taken), ctypes.sizeof(taken), 0)
        if rules >= 0:
            libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
            libc.syscall(LANDLOCK_RESTRICT_SELF, rules, 0)
            os.close(rules)


if sys.platform == "win32":
    from ctypes import wintypes

    JOB_OBJECT_LIMIT_PROCESS_MEMORY = 0x100
    EXTENDED_LIMIT_INFORMATION = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def limit_job(max_bytes: int) -> None:
        """Put this process into a job object with a memory limit; raises OSError."""
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel32.CreateJobObjectW.restype = wintypes.HANDLE
        kernel32.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel32.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.ProcessMemoryLimit = max_bytes
        size = wintypes.DWORD(ctypes.sizeof(limits))
        this = wintypes.HANDLE(kernel32.GetCurrentProcess())
        if not (
            kernel32.SetInformationJobObject(job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size)
            and kernel32.AssignProcessToJobObject(job, this)
        ):
            raise ctypes.WinError(ctypes.get_last_error())
