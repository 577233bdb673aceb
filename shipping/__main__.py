"""Build the program for the system that this runs on:

    python -m shipping [--folder] [--deb] [--into DIR]

One file, which unpacks itself at its first start; or with --folder what it unpacks; or with --deb that
folder as a package for Debian and Ubuntu. On macOS a bundle, which is a folder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

from face_match.gui.start import missing_libraries
from shipping.contents import ROOT
from shipping.one_file import PROGRAM

HERE = Path(__file__).parent
ZSTD_LEVEL = 15
"""From here on a build takes minutes, and the file is hardly smaller."""


def require_libraries() -> None:
    """Refuse to build where libraries of the system that Qt needs are missing: they would not be packed."""
    missing = missing_libraries() if sys.platform == "linux" else []
    if missing:
        sys.exit(f"Install these first, so that they can be packed: {' '.join(missing)}")


def build(into: Path, *, as_folder: bool) -> Path:
    """Build the file, or the folder; returns the executable."""
    name = "face-match.exe" if sys.platform == "win32" else "face-match"
    run_pyinstaller("face_match.spec", into)
    if sys.platform == "darwin":
        return into / "Face Match.app" / "Contents" / "MacOS" / name
    folder = into / "face-match-folder"
    if as_folder:
        return folder / name
    run_pyinstaller("one_file.spec", into, str(packed(folder, into / "work")))
    return into / name


def run_pyinstaller(spec: str, into: Path, *arguments: str) -> None:
    """Build what a description in this folder describes."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", str(HERE / spec)]
    command += ["--distpath", str(into), "--workpath", str(into / "work"), "--", *arguments]
    # numbers of hashes, and so the file, are the same each time
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True)


def packed(folder: Path, into: Path) -> Path:
    """Pack the program in a folder into one archive that is named by its digest; returns its path."""
    from backports.zstd import CompressionParameter, ZstdFile

    for old in into.glob(f"{PROGRAM}*"):
        old.unlink()
    archive = into / "packed"
    options = {CompressionParameter.compression_level: ZSTD_LEVEL, CompressionParameter.nb_workers: 2}
    with ZstdFile(archive, "w", options=options) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, path.relative_to(folder), recursive=False, filter=without_time)
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return archive.rename(into / f"{PROGRAM}{digest[:32]}")


def without_time(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without what differs in the next build."""
    member.mtime, member.uid, member.gid, member.uname, member.gname = 0, 0, 0, "", ""
    return member


def main() -> None:
    """Build what the arguments ask for and print where it is."""
    parser = argparse.ArgumentParser(prog="python -m shipping", description=__doc__.splitlines()[0])
    parser.add_argument("--folder", action="store_true", help="the folder that the one file unpacks")
    parser.add_argument("--deb", action="store_true", help="a package for Debian and Ubuntu")
    parser.add_argument(
        "--into", type=Path, default=ROOT / "dist", help="the folder to build in (default: dist)"
    )
    options = parser.parse_args()
    require_libraries()
    built = build(options.into.resolve(), as_folder=options.folder or options.deb)
    if options.deb:
        from shipping.debian import debian_package

        built = debian_package(built.parent, options.into.resolve())
    print(f"{built} ({built.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
