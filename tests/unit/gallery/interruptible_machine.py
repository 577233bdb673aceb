"""A state machine whose actions on a gallery can be killed at any call that changes the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis.stateful import RuleBasedStateMachine

from face_match.core.errors import FaceMatchError
from face_match.core.gallery_place import GalleryPlace
from face_match.gallery.archive import export_archive, import_archive
from face_match.gallery.gallery import Gallery
from tests.unit.gallery.reference_model import Done, ModelHistory, State
from tests.unit.gallery.synthetic_photos import GalleryFacts, model_facts

PASSPHRASE = "correct horse"

Do = Callable[[Gallery], object]


class InterruptibleMachine(RuleBasedStateMachine):
    """A gallery in `place` beside the history of a reference model."""

    folders: pytest.TempPathFactory
    forked: Callable[..., Any]
    killing_on_disk: Callable[[int], Any]
    place: GalleryPlace
    gallery: Gallery
    history: ModelHistory
    number: int

    def killing(self, at: int) -> Any:
        """A context in which the process is killed before the n-th call."""
        return type(self).killing_on_disk(at)

    def open(self) -> None:
        self.gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)

    def go(self, do: Do, histories: Sequence[ModelHistory], dies_at: int | None) -> None:
        """Do something that comes to the last of some stories; killed, it may have come to each of them."""
        if dies_at is None:
            do(self.gallery)
            self.history = histories[-1]
            return
        has_reported = self.dies(do, dies_at)
        is_now = GalleryFacts(self.gallery).all()
        allowed = histories[-1:] if has_reported else [self.history, *histories]
        found = [history for history in allowed if model_facts(history) == is_now]
        assert found, "it is neither as it was nor as it was to be"
        self.history = found[-1]

    def dies(self, do: Do, at: int) -> bool:
        """Run an action in a fork that may be killed, reopen the gallery, return whether it reported."""
        self.gallery.close()

        def attempt(report: Callable[[], None]) -> None:
            gallery = Gallery.open(self.place, for_writing=True, passphrase=PASSPHRASE)
            with self.killing(at):
                do(gallery)
                report()

        end = type(self).forked(attempt)
        self.open()
        return bool(end.had_reported)

    def step(
        self,
        do: Do,
        model: Callable[[State], object],
        dies_at: int | None,
        *met: Callable[[State], object],
    ) -> None:
        """Run an action that is a step, is refused, or changes nothing.

        Args:
            met: further effects that are not part of the step.
        """
        try:
            history = self.after(model, self.next_step())
        except FaceMatchError as exc:
            with pytest.raises(type(exc)):
                do(self.gallery)
            return
        for one in met:
            history = history.after(one)
        self.go(do, [history], dies_at)

    def after(self, model: Callable[[State], object], step: int) -> ModelHistory:
        history = self.history.after(model, step)
        changed = history.state()
        return history if changed != self.history.state() else self.history

    def next_step(self) -> int:
        self.number += 10
        return self.number

    def move_to(self, place: GalleryPlace) -> None:
        """Go on in another, empty gallery, into which an archive moves everything but the history.

        The import is then forgotten as a step: what is done without a step later may change what its undo
        leaves, which is no matter of moving.
        """
        archive, vault = Path(self.folders.mktemp("moved"), "whole.zip"), self.gallery.vault
        export_archive(self.place, vault, archive, is_whole=True)
        self.gallery.close()
        self.place = place
        self.open()
        assert import_archive(archive, self.gallery).left_out == 0
        self.history = ModelHistory((Done(self.history.state().move_into),))
        moved = model_facts(self.history)
        if self.gallery.history:
            assert self.gallery.undo() is not None
            assert self.gallery.is_empty()
            self.gallery.redo()
            assert GalleryFacts(self.gallery).all() == {**moved, "history": (1, 0)}
            self.gallery._store.commit([], forget=[step.id for step in self.gallery.history])
            self.gallery.close()
            self.open()
        again = archive.with_name("again.zip")
        export_archive(self.place, None, again, is_whole=True)
        assert again.read_bytes() == archive.read_bytes()
