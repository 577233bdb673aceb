"""Look for inputs that a target fails on, and keep them.

    python -m tests.fuzz TARGET [--seconds 60] [--seed 0] [--findings FOLDER]
    python -m tests.fuzz TARGET FILE …      read these files alone

With `atheris` installed (Linux and macOS), what an input reaches in face_match decides what is tried next.
Without it, the corpus is changed at random.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import logging
import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path


def main() -> int:
    """Exit with 0 where nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    os.fsync = lambda _: None  # type: ignore[assignment]  # what is written need not outlive the machine
    with tempfile.TemporaryDirectory(prefix="fuzz-") as temporary:
        os.environ["XDG_CONFIG_HOME"] = temporary
        if options.files:
            return _read(options.target, options.files, Path(temporary))
        options.findings.mkdir(exist_ok=True)
        if importlib.util.find_spec("atheris"):
            _guided(options, Path(temporary))
        return at_random(options, Path(temporary))


def _read(target: str, files: list[Path], folder: Path) -> int:
    from tests.fuzz import driving

    for file in files:
        driving.run(target, file.read_bytes(), folder)
    return 0


def _guided(options: argparse.Namespace, folder: Path) -> None:
    """Let libFuzzer choose the inputs; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["face_match"]):
        from tests.fuzz import driving
    learnt = folder / "learnt"
    learnt.mkdir()
    limits = [f"-max_total_time={options.seconds}", f"-max_len={driving.LONGEST}", "-timeout=30"]
    limits += ["-rss_limit_mb=2500", f"-seed={options.seed or 1}", "-print_final_stats=1"]
    kept = [f"-artifact_prefix={options.findings}/{options.target}-", str(learnt)]
    atheris.Setup(
        [sys.argv[0], *limits, *kept, str(driving.CORPUS / options.target)],
        lambda data: driving.run(options.target, data, folder),
    )
    atheris.Fuzz()


def at_random(options: argparse.Namespace, folder: Path) -> int:
    """Change the corpus at random; returns the exit status."""
    from tests.fuzz import driving

    until, tried, found = time.monotonic() + options.seconds, 0, set[str]()
    for data in driving.made(options.target, options.seed):
        if time.monotonic() >= until:
            break
        tried += 1
        try:
            driving.run(options.target, data, folder)
        except Exception as exc:  # noqa: BLE001 - that is what is looked for
            with contextlib.suppress(IndexError):
                where = traceback.extract_tb(exc.__traceback__)[-1]
                kind = f"{type(exc).__name__} {where.filename}:{where.lineno}"
                if kind not in found:
                    found.add(kind)
                    name = f"{options.target}-{hashlib.sha256(data).hexdigest()[:12]}"
                    (options.findings / name).write_bytes(data)
                    sys.stderr.write(f"{name}: {''.join(traceback.format_exception(exc))}\n")
    sys.stderr.write(f"{options.target}: {tried} inputs, {len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
