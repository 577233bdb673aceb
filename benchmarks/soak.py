"""A week of use in one window, which must not grow: photos, imports, reviews, undo and changes of the model.

    python -m benchmarks.soak [--share 0.02] [--photos FOLDER] [--json FILE]

It opens 10,000 photos, imports 200 folders of 50, reviews 5,000 faces, undoes and redoes 1,000 times and
changes the model 20 times, a tenth at a time, and measures what the window takes when it rests. It fails
where more than 50 MB are taken besides after the first tenth, where there are more threads or open files at
the end than then, or where anything failed in a slot. Linux only.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from benchmarks.timing import resident_mb

if TYPE_CHECKING:
    from face_match.gui.main_window import MainWindow
    from tests.gui.review_driver import ReviewDriver

SHARED = Path(__file__).parents[2] / "shared" / "faces"
TENTHS = 10
ROUNDS, PHOTOS, REVIEWED, UNDONE = 20, 50, 25, 5
"""Of a tenth, its rounds; of a round, photos that are imported and opened, faces reviewed, steps undone or
redone."""
MOST_GROWTH_MB = 50.0
PATIENCE_S = 600.0


@dataclass
class Measure:
    """What was done until now, and what the process takes. Threads are those of the system."""

    minutes: float = 0.0
    photos: int = 0
    imports: int = 0
    reviewed: int = 0
    undone: int = 0
    models: int = 0
    resident_mb: float = 0.0
    threads: int = 0
    handles: int = 0
    errors: int = 0

    def __str__(self) -> str:
        values = (getattr(self, field.name) for field in fields(self))
        return "| " + " | ".join(f"{value:,.0f}" for value in values) + " |"


HEAD = (
    "| minutes | photos opened | imports of 50 | faces reviewed | undone, redone | model changes "
    "| MB | threads | open files | errors |\n|---|---|---|---|---|---|---|---|---|---|"
)


def main() -> int:
    """Exit with 0 where the window is steady."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of all that is done")
    parser.add_argument(
        "--photos", type=Path, default=SHARED, help="photos of faces, of which copies are made"
    )
    parser.add_argument("--json", type=Path, help="where the figures go")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="soak-") as temporary:
        _live_in(Path(temporary) / "home")
        measures = _measures(Path(temporary), options.photos, options.share, options.json)
    wrong = judged(measures)
    print("\n".join(wrong) or "Steady.")
    return 1 if wrong else 0


def table(measures: Sequence[Measure]) -> str:
    """The measures as a table."""
    return "\n".join([HEAD, *map(str, measures)])


def judged(measures: Sequence[Measure]) -> list[str]:
    """What is not steady, a sentence each."""
    first, last, wrong = measures[0], measures[-1], []
    growth = max(one.resident_mb for one in measures) - first.resident_mb
    if growth > MOST_GROWTH_MB:
        wrong.append(f"Memory grew by {growth:.0f} MB after the first tenth.")
    for what in ("threads", "handles"):
        if getattr(last, what) > getattr(first, what):
            wrong.append(f"There are more {what}: {getattr(last, what)}, after {getattr(first, what)}.")
    if last.errors:
        wrong.append(f"{last.errors} errors in slots or threads.")
    return wrong


def _live_in(home: Path) -> None:
    """Take a folder for the user's own."""
    os.environ["HOME"] = str(home)
    for variable, below in (("CACHE", ".cache"), ("CONFIG", ".config"), ("DATA", ".local/share")):
        os.environ[f"XDG_{variable}_HOME"] = str(home / below)
    os.environ["FACE_MATCH_MODELS"] = str(home / "models")


def _measures(folder: Path, photos: Path, share: float, file: Path | None) -> list[Measure]:
    """Print each measure as it is made, and write those made so far into the file."""
    print(HEAD)
    measures = []
    with Soak(folder, photos) as soak:
        for measure in soak.tenths(max(1, round(ROUNDS * share))):
            measures.append(measure)
            print(measure, flush=True)
            if file is not None:
                document = {
                    "source": "python -m benchmarks.soak",
                    "made": f"{date.today()}",
                    "tenths": [asdict(one) for one in measures],
                }
                file.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    return measures


class CopiedPhotos:
    """Copies of photos of faces, each with other image data."""

    def __init__(self, folder: Path, source: Path) -> None:
        self._folder = folder
        self._random = random.Random(22)
        self._numbers = itertools.count()
        found = [path for path in sorted(source.rglob("*.jp*g")) if path.stat().st_size < 100_000]
        if not found:
            from tests.portraits import make_photos, portraits

            made = (make_photos(one, 20, folder / "made", str(n)) for n, one in enumerate(portraits()))
            found = list(itertools.chain(*made))
        self._sources = itertools.cycle(self._random.sample(found, len(found)))

    def folder_of(self, count: int) -> list[Path]:
        """So many more of them, in a folder of their own."""
        number = next(self._numbers)
        folder = self._folder / f"{number:04}"
        folder.mkdir(parents=True)
        made = []
        for place, source in enumerate(itertools.islice(self._sources, count)):
            with Image.open(source) as image:
                photo = image.convert("RGB")
            photo.paste((number % 256, place % 256, number // 256), (0, 0, 8, 8))
            made.append(folder / f"{place:03}.jpg")
            photo.save(made[-1], quality=88)
        return made


class Soak:
    """One window, and a person who does the same every day."""

    def __init__(self, folder: Path, photos: Path) -> None:
        self._copies = CopiedPhotos(folder / "photos", photos)
        self._gallery = folder / "gallery"
        self._done = Measure()
        self._names = itertools.count(1)
        self._began = time.monotonic()
        self._count_errors()
        self._model = _another_model(folder)
        self._window, self._review = self._opened()

    def __enter__(self) -> Soak:
        return self

    def __exit__(self, *_: object) -> None:
        self._window.close()

    def tenths(self, rounds: int) -> Iterator[Measure]:
        """Do all of it in so many rounds each."""
        for _ in range(TENTHS):
            for number in range(rounds):
                photos = self._copies.folder_of(PHOTOS)
                self._import(photos[0].parent)
                self._name_faces()
                self._undo_and_redo(is_undo=number % 2 == 0)
                self._open(photos)
            for model in (self._model, "dlib"):
                self._change_model(model)
            yield self._measured()

    def _opened(self) -> tuple[MainWindow, ReviewDriver]:
        from PySide6.QtWidgets import QApplication
        from pytestqt.qt_compat import qt_api

        from face_match.gui.feature_check import switch_off_feature_check

        switch_off_feature_check()
        from face_match.core.heap import return_freed_memory
        from face_match.core.settings import Settings
        from face_match.gui import theme
        from face_match.gui.main_window import MainWindow
        from face_match.gui.shell.window_size import FIRST_SIZE
        from tests.gui.conftest import Driver, PatientBot
        from tests.gui.review_driver import ReviewDriver

        class Quick(ReviewDriver):
            """Waits no longer than it has to."""

            def settle(self) -> None:
                until_idle(self.main.window)

        return_freed_memory()
        qt_api.set_qt_api("pyside6")
        self._app = QApplication([sys.argv[0]])
        theme.apply(self._app, is_dark=False)
        window = MainWindow(self._gallery, Settings.load())
        window.resize(*FIRST_SIZE)
        window.show()
        window.start()
        driver = Driver(PatientBot(None), window)
        driver.qtbot.waitUntil(lambda: window.unnamed.review is not None)
        until_idle(window)
        window.photo.decoded.connect(self._on_decoded)
        return window, Quick(driver)

    def _on_decoded(self, *_: object) -> None:
        self._done.photos += 1

    def _import(self, folder: Path) -> None:
        self._review.scan(folder)
        self._done.imports += 1

    def _name_faces(self) -> None:
        """Answer the questions in their order until enough faces have an answer."""
        from PySide6.QtCore import Qt

        review, until = self._review, self._done.reviewed + REVIEWED
        while self._done.reviewed < until and review.page.group is not None:
            group = review.group
            if group.is_singles:
                self._done.reviewed += 1
                review.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
                continue
            self._done.reviewed += len(group.faces)
            if group.proposed_name is not None:
                review.press(Qt.Key.Key_Return)
            else:
                review.name(f"Person {next(self._names):04}")

    def _undo_and_redo(self, *, is_undo: bool) -> None:
        """What is undone in one round is redone in the next, if nothing was done since."""
        from PySide6.QtCore import Qt

        control = Qt.KeyboardModifier.ControlModifier
        both = control | Qt.KeyboardModifier.ShiftModifier
        times = UNDONE // 2 + is_undo
        for modifier in (control, both):
            for _ in range(times):
                self._review.press(Qt.Key.Key_Z, modifier)
                self._done.undone += 1
            times = UNDONE - times

    def _open(self, photos: Sequence[Path]) -> None:
        self._window.queue.open(photos)
        until_idle(self._window)
        for _ in photos[1:]:
            self._window.queue.go(1)
            until_idle(self._window)

    def _change_model(self, model: str) -> None:
        self._window.model.use(model)
        until_idle(self._window)
        assert self._window.model.id == model, self._window.message_bar.text()
        self._done.models += 1

    def _measured(self) -> Measure:
        """What the window takes at rest: no task has ended since it returned freed memory."""
        from face_match.gui.state.tasks import RETURN_MEMORY

        ended = list[str]()
        connection = self._window.tasks.ended.connect(lambda task: ended.append(task.key))
        self._review.main.qtbot.waitUntil(lambda: ended[-1:] == [RETURN_MEMORY])
        self._window.tasks.ended.disconnect(connection)
        until_idle(self._window)
        gc.collect()
        done = self._done
        done.minutes = (time.monotonic() - self._began) / 60
        done.resident_mb = resident_mb()
        done.threads = len([*Path("/proc/self/task").iterdir()])
        done.handles = len([*Path("/proc/self/fd").iterdir()])
        return Measure(**asdict(done))

    def _count_errors(self) -> None:
        def count(shown: str) -> None:
            self._done.errors += 1
            print(shown, file=sys.stderr, flush=True)

        usual = sys.excepthook

        def on_error(kind: type[BaseException], error: BaseException, trace: object) -> None:
            count(f"{kind.__name__} in a slot")
            usual(kind, error, trace)  # type: ignore[arg-type]

        sys.excepthook = on_error
        sys.unraisablehook = lambda found: count(f"unraisable: {found.exc_value!r}")
        threading.excepthook = lambda found: count(f"in a thread: {found.exc_value!r}")


def until_idle(window: MainWindow) -> None:
    """Turn the loop of events until no task is under way."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + PATIENCE_S
    QApplication.processEvents()
    while window.tasks.is_busy():
        assert time.monotonic() < until, "a task does not end"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _another_model(folder: Path) -> str:
    """Add an embedder that is made up, as a person does; returns its id."""
    from face_match.vision.models.installation import examine_model
    from tests.made_models import arcface_like

    candidate = examine_model(arcface_like(folder / "made up.onnx"))
    return candidate.keep(title="", licence="CC0", source="made for a benchmark").id


if __name__ == "__main__":
    sys.exit(main())
