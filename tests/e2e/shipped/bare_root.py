"""A root folder with the C library, OpenGL and a font, and nothing else: no Python, no shell, no program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SYSTEM = (
    *("ld-linux-x86-64.so.2", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1"),
    *("libz.so.1", "libutil.so.1", "libresolv.so.2", "libnss_files.so.2", "libnss_dns.so.2"),
    *("libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libGLdispatch.so.0", "libOpenGL.so.0"),
    # what OpenGL itself needs of X
    *("libX11.so.6", "libxcb.so.1", "libXau.so.6", "libXdmcp.so.6", "libbsd.so.0", "libmd.so.0"),
)
"""What docs/shipping.md expects of a desktop, by the names of libraries."""
LIBRARIES = Path("/lib/x86_64-linux-gnu")
HOME = "/home/somebody"
PROGRAM = "/program/face-match"
ENTER = """
mount -t proc proc "$ROOT/proc" && mount --rbind /dev "$ROOT/dev" &&
mount --bind /tmp/.X11-unix "$ROOT/tmp/.X11-unix" &&
if [ -n "$SHARED" ]; then mkdir -p "$ROOT$SHARED" && mount --bind "$SHARED" "$ROOT$SHARED"; fi &&
exec env -i $INSIDE "$(command -v chroot)" "$ROOT" "$@"
"""


def can_be_entered() -> bool:
    """Whether this process may give a child another root."""
    command = ["unshare", "--mount", "true"]
    return sys.platform == "linux" and shutil.which("unshare") is not None and _works(command)


def _works(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class BareRoot:
    """The folder as the root of processes that are started in it.

    Attributes:
        shared: a folder outside that is at the same path inside.
    """

    def __init__(self, folder: Path, program: Path) -> None:
        self.folder = folder
        self.shared: Path | None = None
        for name in (
            "proc",
            "dev",
            "tmp/.X11-unix",
            "photos",
            HOME.strip("/"),
            "lib64",
            str(LIBRARIES)[1:],
            "etc",
        ):
            (folder / name).mkdir(parents=True)
        for name in SYSTEM:
            source = LIBRARIES / name
            if source.exists():
                shutil.copy(source, folder / str(LIBRARIES)[1:] / name)
        for locale in Path("/usr/lib/locale").glob("C.[uU]*"):
            shutil.copytree(locale, folder / str(locale)[1:])
        shutil.copy(LIBRARIES / "ld-linux-x86-64.so.2", folder / "lib64")
        (font,) = [*Path("/usr/share/fonts").rglob("DejaVuSans.ttf")][:1] or [None]
        if font is not None:
            (folder / "usr/share/fonts").mkdir(parents=True)
            shutil.copy(font, folder / "usr/share/fonts")
        place = folder / PROGRAM[1:]
        place.parent.mkdir()
        shutil.copy(program, place)
        Path("/tmp/.X11-unix").mkdir(exist_ok=True)

    def start(
        self, *arguments: object, env: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.Popen[str]:
        """Start the program in it, with a home of its own and an empty PATH."""
        inside = {"HOME": HOME, "PATH": "", "LANG": "C.UTF-8", **(env or {})}
        return subprocess.Popen(
            [
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                ENTER,
                "sh",
                PROGRAM,
                *map(str, arguments),
            ],
            env={
                **os.environ,
                "ROOT": str(self.folder),
                "SHARED": str(self.shared or ""),
                "INSIDE": " ".join(f"{k}={v}" for k, v in inside.items()),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            **options,  # type: ignore[call-overload]
        )

    def run(
        self, *arguments: object, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the program in it to its end."""
        process = self.start(*arguments, env=env)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)
