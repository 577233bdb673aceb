"""A second Ctrl+C ends a command, whatever a library does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from face_match.cli.interrupts import EXIT_INTERRUPTED, GRACE_S

ROOT = Path(__file__).parents[3]
ENDLESS = 'hashlib.pbkdf2_hmac("sha512", b"", b"", 2_000_000_000)'
"""Work in a library that does not return for minutes."""
HEAD = "import hashlib, time\nfrom face_match.cli.interrupts import interruptible\n"
IN_A_THREAD = f"""
from concurrent.futures import ThreadPoolExecutor
with interruptible(), ThreadPoolExecutor(1) as pool:
    print("begun", flush=True)
    pool.submit(lambda: {ENDLESS}).result()
"""
IN_A_JOB = f"""
from concurrent.futures import ThreadPoolExecutor
from face_match.cli.output import stoppable
with interruptible(), stoppable(), ThreadPoolExecutor(1) as pool:
    print("begun", flush=True)
    pool.submit(lambda: {ENDLESS}).result()
"""
IN_THE_MAIN_THREAD = f"""
with interruptible():
    print("begun", flush=True)
    {ENDLESS}
"""
WITH_THE_LOCK = """
import ctypes
lock = ctypes.PyDLL(None).pthread_mutex_lock  # which keeps Python's lock, as some libraries do
mutex = ctypes.create_string_buffer(128)
with interruptible():
    print("begun", flush=True)
    lock(mutex)
    lock(mutex)  # never returns
"""
ENDS_IN_TIME = """
try:
    with interruptible():
        print("begun", flush=True)
        try:
            time.sleep(60)
        finally:
            time.sleep(0.4)
except KeyboardInterrupt:
    print("in good order", flush=True)
"""


def begun(code: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HEAD + code],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    time.sleep(0.2)
    return child


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("code", [IN_A_THREAD, IN_A_JOB, IN_THE_MAIN_THREAD, WITH_THE_LOCK])
def test_a_second_ctrl_c_ends_what_a_library_does_not_end(code: str) -> None:
    if code == WITH_THE_LOCK and sys.platform != "linux":
        pytest.skip("nothing else ends it")
    with begun(code) as child:
        try:
            child.send_signal(signal.SIGINT)
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(GRACE_S + 0.5)
            child.send_signal(signal.SIGINT)
            assert child.wait(GRACE_S + 40) in (EXIT_INTERRUPTED, -signal.SIGINT)
        finally:
            child.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_one_ctrl_c_leaves_time_to_end_in_good_order() -> None:
    with begun(ENDS_IN_TIME) as child:
        child.send_signal(signal.SIGINT)
        told, _ = child.communicate(timeout=50)
        assert told == "in good order\n"
