"""The healthy galleries, made once, and what tries damaged copies of them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.unit.gallery.damage.healthy import make_database, make_gallery, make_waiting
from tests.unit.gallery.damage.trials import Room
from tests.unit.gallery.damage.variants import WANTED, Variant


class Galleries(NamedTuple):
    """Where they are."""

    json: Path
    database: Path
    waiting: Path


class TryOut:
    """Tries damaged copies of galleries."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._room = Room(folder / "room")

    @contextlib.contextmanager
    def damaged(self, healthy: Path, variant: Variant) -> Iterator[Path]:
        """A damaged copy of a gallery."""
        folder = self._folder / "damaged"
        shutil.copytree(healthy, folder)
        try:
            variant.damage(folder)
            yield folder
        finally:
            shutil.rmtree(folder)

    def by_chance(self, healthy: Path, variants: Sequence[Variant], examples: int) -> None:
        """Try others at each run; Hypothesis tells which of them failed, and tries them first next time."""
        if os.environ.get(WANTED):  # those were chosen
            return

        @settings(max_examples=examples, deadline=None, phases=(Phase.reuse, Phase.generate))
        @given(st.sampled_from(variants))
        def is_harmless(variant: Variant) -> None:
            self.all(healthy, [variant])

        is_harmless()

    def all(self, healthy: Path, variants: Sequence[Variant]) -> int:
        """Try some variants; returns how many were refused. Fails with all complaints there are."""
        complaints, refused = [], 0
        for number, variant in enumerate(variants):
            part = None if os.environ.get(WANTED) else number
            tried = self._room.try_out(healthy, variant.damage, is_named=variant.is_named, part=part)
            refused += bool(tried.refusals)
            complaints += [f"{variant.id}: {complaint}" for complaint in tried.complaints]
        assert not complaints, "\n".join(complaints)
        return refused


@pytest.fixture(scope="session")
def galleries(tmp_path_factory: pytest.TempPathFactory) -> Galleries:
    folder = tmp_path_factory.mktemp("healthy")
    made = Galleries(*(folder / name for name in Galleries._fields))
    make_gallery(made.json)
    make_database(made.json, made.database)
    make_waiting(made.json, made.waiting)
    return made


@pytest.fixture(scope="session")
def try_out(tmp_path_factory: pytest.TempPathFactory) -> TryOut:
    return TryOut(tmp_path_factory.mktemp("tried") / "here")
