"""Any actions on a server, killed between any two statements, come to what the reference model predicts; also
after the gallery was moved to a folder and back."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, rule

from face_match.core.gallery_place import GalleryPlace
from face_match.core.server_errors import ServerGalleryMissingError
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage import vault
from tests.extent import examples
from tests.postgres import Postgres
from tests.unit.gallery.reference_model import ModelHistory
from tests.unit.gallery.storage.server.accidents import before_statement
from tests.unit.gallery.strategies import DEATHS, KEPT
from tests.unit.gallery.test_any_sequence import GalleryMachine


class ServerMachine(GalleryMachine):
    """The machine of galleries in folders, whose gallery begins on a server and moves between both."""

    postgres: Postgres

    @initialize()
    def begin(self) -> None:  # type: ignore[override]
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(vault, "SCRYPT_N", 2**4)
        self.place = type(self).postgres.address()
        with pytest.raises(ServerGalleryMissingError):
            Gallery.open(self.place, for_writing=False)
        self.history = ModelHistory()
        self.number = 0
        self.open()
        self.scan(0, 3, (0, 1), "mtcnn", None)
        self.name_some([(0, 0)], "Ada", False, [], None)

    def killing(self, at: int) -> AbstractContextManager[object]:
        """The process is killed before the n-th statement or commit, or call that changes the disk."""
        if isinstance(self.place, Path):
            return super().killing(at)
        return before_statement(at, lambda _: os.kill(os.getpid(), signal.SIGKILL))

    def next_place(self) -> GalleryPlace:
        return type(self).postgres.address() if isinstance(self.place, Path) else super().next_place()

    @rule(what=KEPT, dies_at=DEATHS)
    def keep_otherwise(self, what: str, dies_at: int | None) -> None:
        """A gallery on a server has one way to keep records: it is opened again, as at each kill."""
        if isinstance(self.place, Path):
            super().keep_otherwise(what, dies_at)
        else:
            self.gallery.close()
            self.open()


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, forked: Any, killing: Any, postgres: Postgres) -> None:
    ServerMachine.folders = tmp_path_factory
    ServerMachine.forked = staticmethod(forked)
    ServerMachine.killing_on_disk = staticmethod(killing)
    ServerMachine.postgres = postgres


ServerMachine.TestCase.settings = settings(ServerMachine.TestCase.settings, max_examples=examples(15))
TestGalleryOnServer = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(
    ServerMachine.TestCase
)
