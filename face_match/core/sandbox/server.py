"""The side of a sandbox in its process: it answers requests until the program ends.

It has limits on memory and time, does not see the passphrase, and ends with the program: on Linux by the
system, elsewhere because the thread that reads requests finds the pipe closed.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from face_match.core.sandbox.limits import end_with_parent, limit_seconds
from face_match.core.sandbox.protocol import AnyArray, Frame, FrameReader, write_frame

ALARM_SECONDS = 5
"""Time after the program's own limit at which the system ends the process."""

Answer = tuple[dict[str, Any], Sequence[AnyArray]]
"""A message, and arrays."""


class FailedError(Exception):
    """A request failed, for a reason of one word. The library's own message is not sent, because the file
    could have put text into it."""


def serve(answer: Callable[[Frame], Answer], limit: Callable[[], None] = lambda: None) -> NoReturn:
    """Answer the requests on standard input, one at a time, until it is closed.

    Args:
        limit: called before there is a second thread.
        answer: returns the answer to a request; raises FailedError, after which the program ends this.
    """
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

    limit()
    threading.Thread(target=read, daemon=True).start()
    while True:
        _answer_one(answer, requests.get(), answers)


def _answer_one(answer: Callable[[Frame], Answer], request: Frame, answers: Any) -> None:
    limit_seconds(request.message["seconds"] + ALARM_SECONDS)
    try:
        message, arrays = answer(request)
    except FailedError as exc:
        message, arrays = {"failed": str(exc)}, ()
    finally:
        limit_seconds(0)
    write_frame(answers, message, arrays)
