"""The licences of all that the program contains, from the metadata of the packages that are installed.

`python -m shipping.licences` lists them in face_match/licences.txt. In its place the packed program has a
list of what it was built from, with the texts.
"""

from __future__ import annotations

import re
import subprocess
import sysconfig
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from face_match.core.installation import LICENCES
from shipping.contents import ROOT

HEAD = """\
Face Match is free software under the MIT licence.
It uses the works of others that are listed here, each with its licence. The one file contains them.
"""
BUILDERS = ("pyinstaller", "packaging", "backports.zstd")
"""What builds the program and is not inside; but for what unpacks it, which is listed by itself."""
TEXTS = Path(__file__).parent / "texts"
DEBIAN_NOTES = Path("/usr/share/doc")
"""Where Debian's packages have their copyright files."""
_IS_LICENCE = re.compile(r"(LICEN[CS]ES?|COPYING|NOTICE|ThirdPartyNotices)\b", re.IGNORECASE)
_NOT_NAMED = {"sqlcipher3": "Zlib"}
"""Licences of packages whose metadata do not name one; their texts say so."""


class Work(NamedTuple):
    """Something that others have made: its name, its licence in a few words, its address, and texts."""

    name: str
    licence: str
    address: str = ""
    texts: tuple[str, ...] = ()


def parts() -> list[Work]:
    """What is no package: Python, the pictures and the models."""

    def text(*path: str) -> tuple[str, ...]:
        return ((ROOT / "face_match" / Path(*path)).read_text("utf-8"),)

    def note(package: str) -> tuple[str, ...]:
        path = DEBIAN_NOTES / package / "copyright"
        return (path.read_text("utf-8", "replace"),) if path.exists() else ()

    def own_text(name: str) -> tuple[str, ...]:
        return ((TEXTS / f"{name}.txt").read_text("utf-8"),)

    gui = ("gui",)
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    return [
        Work(
            "Python",
            "PSF-2.0",
            "https://docs.python.org/3/license.html",
            (python.read_text("utf-8"),) if python.exists() else (),
        ),
        Work(
            "PyInstaller’s bootloader",
            "GPL-2.0-or-later WITH Bootloader-exception",
            "https://pyinstaller.org",
        ),
        Work(
            "Zstandard, and backports.zstd",
            "BSD-3-Clause, and PSF-2.0",
            "https://github.com/rogdham/backports.zstd",
            own_text("zstandard"),
        ),
        Work("Icons of Lucide", "ISC", "https://lucide.dev", text(*gui, "icons", "LICENSE")),
        Work("Example photos", "public domain", "https://www.nasa.gov", text(*gui, "examples", "README.md")),
        Work("dlib’s network for faces", "CC0-1.0", "https://github.com/davisking/dlib-models"),
        # in Qt, h5py, pi-heif, rawpy and sqlcipher3
        Work("libaec", "BSD-2-Clause", "https://gitlab.dkrz.de/k202009/libaec", own_text("libaec")),
        Work("ICU", "Unicode-3.0", "https://icu.unicode.org", note("libicu72")),
        Work("Works in Qt", "see the address", "https://doc.qt.io/qt-6/licenses-used-in-qt.html"),
        Work("libheif, libde265", "LGPL-3.0-or-later", "https://github.com/strukturag", own_text("LGPL-3.0")),
        Work("LibRaw", "LGPL-2.1-only OR CDDL-1.0", "https://www.libraw.org"),
        Work("JasPer", "JasPer-2.0", "https://jasper-software.github.io/jasper", own_text("jasper")),
        Work("SQLCipher", "BSD-3-Clause", "https://www.zetetic.net/sqlcipher", own_text("sqlcipher")),
        # in psycopg-binary, for servers
        Work("libpq", "PostgreSQL", "https://www.postgresql.org/about/licence/", note("libpq5")),
        Work("OpenSSL", "Apache-2.0", "https://www.openssl.org", note("libssl3")),
        Work(
            "OpenLDAP’s libldap and liblber", "OLDAP-2.8", "https://www.openldap.org", note("libldap-2.5-0")
        ),
        Work("MIT Kerberos’ libraries", "MIT", "https://web.mit.edu/kerberos/", note("libkrb5-3")),
        Work("Cyrus SASL", "BSD-3-Clause-Attribution", "https://www.cyrusimap.org/sasl/", note("libsasl2-2")),
        Work("libcom_err of e2fsprogs", "MIT", "https://e2fsprogs.sourceforge.net", note("libcom-err2")),
        Work(
            "libkeyutils",
            "LGPL-2.1-or-later",
            "https://git.kernel.org/pub/scm/linux/kernel/git/dhowells/",
            note("libkeyutils1"),
        ),
        Work("libxcrypt", "LGPL-2.1-or-later", "https://github.com/besser82/libxcrypt", note("libcrypt1")),
        # of keyring and tqdm, on Windows
        Work("pywin32-ctypes", "BSD-3-Clause", "https://github.com/enthought/pywin32-ctypes"),
        Work("colorama", "BSD-3-Clause", "https://github.com/tartley/colorama"),
    ]


def packages() -> list[Distribution]:
    """The packages that are packed and those that they need, by name."""
    found: dict[str, Distribution] = {}
    names = ("requirements.txt", "requirements-ship.txt")
    lines = [line for name in names for line in (ROOT / name).read_text("utf-8").splitlines()]
    wanted = [
        (Requirement(line), "")
        for line in lines
        if line.strip() and not line.startswith(("#", "-", *BUILDERS))
    ]
    while wanted:
        asked, extra = wanted.pop()
        name = canonicalize_name(asked.name)
        if asked.marker is not None and not asked.marker.evaluate({"extra": extra}):
            continue
        if name not in found or asked.extras:
            found[name] = distribution(asked.name)
            needed = [Requirement(line) for line in found[name].requires or ()]
            wanted.extend((one, of) for of in ("", *asked.extras) for one in needed)
    return [found[name] for name in sorted(found)]


def of_package(package: Distribution) -> Work:
    """The licence that a package names in its metadata, and the texts that it comes with."""
    about, name = package.metadata, canonicalize_name(package.name)
    classifiers = (one.split(" :: ") for one in about.get_all("Classifier") or ())
    classified = ", ".join(
        words[-1] for words in classifiers if words[0] == "License" and words[-1] != "OSI Approved"
    )
    stated = (about.get("License") or "").strip().split("\n")[0]
    urls = dict(url.split(", ", 1) for url in about.get_all("Project-URL") or ())
    homes = [urls[kind] for kind in urls if kind.lower() in ("homepage", "source", "repository", "github")]
    texts = (
        [TEXTS / "LGPL-3.0.txt", TEXTS / "GPL-3.0.txt"] if name.startswith(("pyside6", "shiboken6")) else []
    )
    texts += [
        Path(str(package.locate_file(file)))
        for file in package.files or ()
        if ".dist-info/licenses/" in file.as_posix()
        or (len(file.parts) < 5 and _IS_LICENCE.search(file.name) and file.suffix in ("", ".txt", ".md"))
    ]
    return Work(
        name,
        about.get("License-Expression") or classified or stated or _NOT_NAMED[name],
        about.get("Home-page") or next(iter(homes), ""),
        tuple(path.read_text("utf-8", "replace") for path in texts),
    )


def of_libraries(libraries: Iterable[Path]) -> list[Work]:
    """Debian's packages that libraries of the system belong to, with their copyright files."""
    owners = set()
    for library in libraries:
        places = (library, Path("/usr") / library.relative_to("/"), Path("/", *library.parts[2:]))
        for place in places:
            found = subprocess.run(["dpkg", "-S", str(place)], capture_output=True, text=True, check=False)
            if found.returncode == 0:
                owners.add(found.stdout.split(":")[0])
                break
    notes = [(owner, DEBIAN_NOTES / owner / "copyright") for owner in sorted(owners)]
    return [
        Work(
            owner,
            "see its text",
            "https://packages.debian.org/" + owner,
            (note.read_text("utf-8", "replace"),),
        )
        for owner, note in notes
    ]


def listed(works: Sequence[Work], *, with_texts: bool = False) -> str:
    """One line for each work; then, if asked for, the texts, each once."""
    lines = [
        HEAD,
        *(f"{one.name}: {one.licence}" + (f" ({one.address})" if one.address else "") for one in works),
    ]
    seen: dict[str, list[str]] = {}
    for one in works if with_texts else ():
        for text in one.texts:
            seen.setdefault(text.strip(), []).append(one.name)
    rule = "=" * 100
    lines += (
        f"\n{rule}\n{', '.join(dict.fromkeys(names))}\n{rule}\n\n{text}" for text, names in seen.items()
    )
    return "\n".join(lines) + "\n"


def all_works() -> list[Work]:
    """The parts and the packages, by name."""
    return sorted([*parts(), *map(of_package, packages())], key=lambda work: work.name.casefold())


def written_licences(files: Iterable[Path], folder: Path) -> Path:
    """Write the licences with their texts into a folder, those of the system's libraries too."""
    system = [
        file for file in files if file.parts[:2] == ("/", "lib") or file.parts[:3] == ("/", "usr", "lib")
    ]
    target = folder / LICENCES.name
    target.write_text(listed([*all_works(), *of_libraries(system)], with_texts=True), "utf-8")
    return target


if __name__ == "__main__":
    LICENCES.write_text(listed(all_works()), "utf-8")
