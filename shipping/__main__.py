"""Build the program for the system that this runs on:

    python -m shipping [--folder] [--deb] [--into DIR]

One file, which unpacks itself at each start; or with --folder a folder that is unpacked already and starts at
once; or with --deb that folder as a package for Debian and Ubuntu.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from face_match.gui.start import missing_libraries
from shipping.contents import ROOT

SPEC = Path(__file__).with_name("face_match.spec")


def require_libraries() -> None:
    """Refuse to build where libraries of the system that Qt needs are missing: they would not be packed."""
    missing = missing_libraries() if sys.platform == "linux" else []
    if missing:
        sys.exit(f"Install these first, so that they can be packed: {' '.join(missing)}")


def build(into: Path, *, as_folder: bool) -> Path:
    """Build the file, or the folder; returns the executable."""
    work = into / "work"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", str(SPEC)]
    command += ["--distpath", str(into), "--workpath", str(work), "--", *(["--folder"] if as_folder else [])]
    # numbers of hashes, and so the file, are the same each time
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True)
    name = "face-match.exe" if sys.platform == "win32" else "face-match"
    return into / "face-match-folder" / name if as_folder else into / name


def main() -> None:
    """Build what the arguments ask for and print where it is."""
    parser = argparse.ArgumentParser(prog="python -m shipping", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--folder", action="store_true", help="a folder instead of one file: it starts sooner"
    )
    parser.add_argument("--deb", action="store_true", help="a package for Debian and Ubuntu")
    parser.add_argument(
        "--into", type=Path, default=ROOT / "dist", help="the folder to build in (default: dist)"
    )
    options = parser.parse_args()
    require_libraries()
    built = build(options.into.resolve(), as_folder=options.folder or options.deb)
    if options.deb:
        from shipping.debian import packed

        built = packed(built.parent, options.into.resolve())
    print(f"{built} ({built.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
