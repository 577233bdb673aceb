"""The program as a package for Debian and Ubuntu, made of the folder that PyInstaller builds."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from face_match.core.version import __version__
from shipping.contents import ROOT
from shipping.icon import ICON

# What the program expects from every desktop: C library, OpenGL as the graphics card wants it, certificates
DEPENDS = "libc6 (>= {libc}), zlib1g, libegl1, libgl1, ca-certificates"
CONTROL = """\
Package: face-match
Version: {version}
Architecture: {architecture}
Maintainer: The Face Match developers <face-match@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Section: graphics
Priority: optional
Description: names the people in your photos, offline
 Open a photo, see who it is most like, confirm or add. Everything stays on this computer.
"""


def debian_package(program: Path, into: Path) -> Path:
    """Make the package of a folder with the program; returns its path."""
    root = into / "work" / "debian"
    shutil.rmtree(root, ignore_errors=True)
    home = root / "usr" / "lib" / "face-match"
    shutil.copytree(program, home, symlinks=True)
    places = {
        "share/applications/face-match.desktop": Path(__file__).with_name("face-match.desktop"),
        "share/icons/hicolor/scalable/apps/face-match.svg": ICON,
        "share/doc/face-match/copyright": next(home.rglob("face_match/licences.txt")),
        "share/doc/face-match/changelog": ROOT / "CHANGELOG.md",
    }
    for place, source in places.items():
        target = root / "usr" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    program_link = root / "usr" / "bin" / "face-match"
    program_link.parent.mkdir()
    program_link.symlink_to("../lib/face-match/face-match")
    architecture = _said("dpkg", "--print-architecture")
    kilobytes = sum(path.lstat().st_size for path in home.rglob("*")) // 1024
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=__version__.replace(".dev", "~dev"),
            architecture=architecture,
            kilobytes=kilobytes,
            depends=DEPENDS.format(libc=newest_libc(home)),
        ),
        "utf-8",
    )
    package = into / f"face-match_{__version__}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(package)]
    subprocess.run(command, check=True)
    return package


def newest_libc(folder: Path) -> str:
    """The newest version of the C library that a packed library asks for."""
    found = {(2, 17)}
    for file in folder.rglob("*.so*"):
        found |= {(int(a), int(b)) for a, b in re.findall(rb"GLIBC_(\d+)\.(\d+)", file.read_bytes())}
    return ".".join(map(str, max(found)))


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
