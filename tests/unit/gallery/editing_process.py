"""A process of its own that edits a gallery as it is told, and can be killed."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection

from face_match.core.errors import FaceMatchError
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery

Edit = tuple[str, str | None, bool]
"""A face, its name from now on, None for no name, and whether to take up what others did first."""
KILLED = "killed"


def edit_for_ever(address: ServerAddress, orders: Connection) -> None:
    """What a process does: one edit after the other, each answered with whether it was made."""
    with Gallery.open(address, for_writing=True) as gallery:
        orders.send("ready")
        while True:
            face, name, is_refreshed = orders.recv()
            try:
                if is_refreshed:
                    gallery.refresh()
                if name is None:
                    gallery.remove([face])
                else:
                    gallery.name_faces([face], name, allow_same_photo=True)
            except FaceMatchError as exc:
                orders.send(type(exc).__name__)
            else:
                orders.send("")


class Editor:
    """One of the two processes."""

    def __init__(self, address: ServerAddress) -> None:
        self._address = address
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._orders, theirs = context.Pipe()
        self._process = context.Process(target=edit_for_ever, args=(self._address, theirs), daemon=True)
        self._process.start()
        assert self._orders.poll(60)
        assert self._orders.recv() == "ready"

    def begin(self, edit: Edit) -> None:
        self._orders.send(edit)

    def answer(self) -> str:
        assert self._orders.poll(60)
        return str(self._orders.recv())

    def kill(self, after_s: float) -> str:
        """Kill it, which may be before, during or after its edit, and start it again."""
        time.sleep(after_s)
        self.stop()
        self._start()
        return KILLED

    def stop(self) -> None:
        self._process.kill()
        self._process.join(30)
        self._orders.close()
