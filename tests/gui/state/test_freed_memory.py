"""What was freed goes back to the system once the window rests."""

from __future__ import annotations

import sys
import threading

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from benchmarks.timing import resident_mb
from face_match.gui.state import freed_memory
from face_match.gui.state.freed_memory import FreedMemory
from face_match.gui.state.tasks import GALLERY, RETURN_MEMORY, REVIEW, Tasks

BLOCKS, BLOCK_BYTES = 2_000, 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_that_is_free_between_blocks_in_use_is_returned_once_nothing_is_under_way(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freed_memory, "RESTING_MS", 50)
    tasks, ended = Tasks(), list[str]()
    FreedMemory(tasks)
    tasks.ended.connect(lambda task: ended.append(task.key))
    kept, may_end = list[np.ndarray](), threading.Event()

    def leave_gaps(*_: object) -> None:
        blocks = [np.ones(BLOCK_BYTES, np.uint8) for _ in range(BLOCKS)]
        kept.extend(blocks[::20])

    tasks.start(GALLERY, lambda *_: may_end.wait(60), lambda _: None, key="long work")
    tasks.start(REVIEW, leave_gaps, lambda _: None, key="work")
    qtbot.waitUntil(lambda: "work" in ended)
    before = resident_mb()
    qtbot.wait(200)
    assert ended == ["work"], "while something is under way, nothing is returned"
    may_end.set()
    qtbot.waitUntil(lambda: RETURN_MEMORY in ended)
    assert before - resident_mb() > 0.5 * BLOCKS * BLOCK_BYTES / 1e6
    qtbot.wait(300)
    assert ended == ["work", "long work", RETURN_MEMORY], "once after each piece of work"
    assert tasks.close()
