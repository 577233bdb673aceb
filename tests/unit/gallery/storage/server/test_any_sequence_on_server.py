"""Any actions on a server, killed between any two statements, come to what the reference model predicts."""

from __future__ import annotations

import os
import signal
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, rule

from face_match.core.server_errors import ServerGalleryMissingError
from face_match.gallery.gallery import Gallery
from tests.extent import examples
from tests.postgres import Postgres
from tests.unit.gallery.reference_model import ModelHistory
from tests.unit.gallery.storage.server.accidents import Calls, before_statement
from tests.unit.gallery.test_any_sequence import GalleryMachine


def killing_at(statement: int) -> AbstractContextManager[Calls]:
    """A context in which the process is killed before the n-th statement or commit."""
    return before_statement(statement, lambda _: os.kill(os.getpid(), signal.SIGKILL))


class ServerMachine(GalleryMachine):
    """The machine of galleries in folders on a server, which has one way to keep records."""

    postgres: Postgres

    @initialize()
    def begin(self) -> None:  # type: ignore[override]
        self.patch = pytest.MonkeyPatch()
        self.place = type(self).postgres.address()  # type: ignore[assignment]
        with pytest.raises(ServerGalleryMissingError):
            Gallery.open(self.place, for_writing=False)
        self.history = ModelHistory()
        self.number = 0
        self.open()
        self.scan(0, 3, (0, 1), "mtcnn", None)
        self.name_some([(0, 0)], "Ada", False, [], None)

    @rule()
    def keep_otherwise(self) -> None:  # type: ignore[override]
        """It is opened again, as at each kill."""
        self.gallery.close()
        self.open()


@pytest.fixture(autouse=True, scope="module")
def means(tmp_path_factory: pytest.TempPathFactory, forked: Any, postgres: Postgres) -> None:
    ServerMachine.folders = tmp_path_factory
    ServerMachine.forked = staticmethod(forked)
    ServerMachine.killing = staticmethod(killing_at)
    ServerMachine.postgres = postgres


ServerMachine.TestCase.settings = settings(ServerMachine.TestCase.settings, max_examples=examples(15))
TestGalleryOnServer = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")(
    ServerMachine.TestCase
)
