"""The names that Picasa keeps in a .picasa.ini in each folder, and in its contacts.xml.

A photo's section has `faces=rect64(3f845bcb59418507),8e62b2035b74b477;…`: the left, top, right and bottom of
a face as four numbers of 16 bits, without leading zeros, and the number of its person. The rectangle is on
the image as stored: neither the EXIF orientation nor `rotate=rotate(1)`, quarter turns clockwise that Picasa
adds, changes it. The people's names are in [Contacts2] of the file, or of one in a folder above, and in
contacts.xml, which is right where they differ. Sources: “Picasa.ini files decoded” by Franz Buchinger,
ExifTool's picasa_faces.config, and picasa2digikam.

No INI parser is used: Python's refuses keys and sections that occur twice, which Picasa leaves after a crash.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from face_match.core.atomic_files import open_file, read_file
from face_match.core.errors import FaceMatchError, NamesUnreadableError, without_frames
from face_match.core.normal_form import normalized
from face_match.core.progress import raise_if_cancelled
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.translation import marked
from face_match.metadata.face_regions import Area, NamedRegion, box_of, reoriented
from face_match.metadata.name_sources import NamesInPhoto, NameSource, Unused
from face_match.metadata.xmp_values import clean_text

CONTACTS_NAMES = ("contacts.xml", "backup.xml")

_INI_NAMES = (".picasa.ini", "picasa.ini")
"""The first is of Picasa 3; the second was left where an older Picasa had been."""

MAX_INI_BYTES = 16 << 20
MAX_CONTACTS_BYTES = 64 << 20
MAX_FACES_PER_PHOTO = 1_000
"""Further ones are counted as damaged; photos of crowds have some hundreds."""
MAX_FACES = 100_000
"""In one folder; with more, its file is refused. Programs get slow in folders of 10,000 photos."""
MAX_ENTRIES = 2_000_000
"""Photos, faces and people in the files of all folders, which are kept in memory: at most 1 GB. A file with
which there are more is refused. 200,000 photos in 10,000 folders have less than half as many."""
_CHARS_PER_ENTRY = 100
"""Longer ones count as several."""
_TOO_MANY = marked("it has too many entries")

_NUMBER_DIGITS = 16
_UNNAMED = "f" * _NUMBER_DIGITS
_FACE = re.compile(r"\s*rect64\(\s*([0-9a-f]{1,16})\s*\)\s*,\s*([0-9a-f]{1,16})\s*", re.IGNORECASE)
_TURN = re.compile(r"rotate\(\s*([0-3])\s*\)", re.IGNORECASE)
_QUARTER_TURN = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}
"""The EXIF orientation that shows a photo turned clockwise by 90°, by the orientation before."""


class _Face(NamedTuple):
    area: Area
    person: str


@dataclass
class _Photo:
    """A photo's section: the file's name as written, its faces, and quarter turns clockwise."""

    name: str
    faces: dict[_Face, None] = field(default_factory=dict)
    turns: int = 0


@dataclass
class _IniFile:
    path: Path
    photos: dict[str, _Photo] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    damaged: int = 0
    faces: int = 0
    chars: int = 0

    @property
    def entries(self) -> int:
        return len(self.photos) + len(self.people) + self.faces + self.chars // _CHARS_PER_ENTRY


class _Folder(NamedTuple):
    """Picasa's files in a folder, the newer form first, and the people in a contacts.xml there."""

    inis: list[_IniFile]
    people: dict[str, str]


class PicasaSource(NameSource):
    """The names in Picasa's files beside photos. Each folder is read when its first photo is asked for."""

    def __init__(
        self, photos: Sequence[Path], folders: Sequence[Path] = (), contacts: Iterable[Path] = ()
    ) -> None:
        """The files beside the photos and in the folders, and further files as contacts.xml."""
        self._all = _with_parents({*folders, *(photo.parent for photo in photos)})
        self._contacts = [*contacts]
        self._lock = threading.RLock()
        self._read: dict[Path, _Folder] = {}
        self._given: dict[str, str] | None = None
        self._elsewhere: dict[str, str] | None = None
        self._left = MAX_ENTRIES
        self._problems: list[tuple[Path, FaceMatchError]] = []
        self._asked: set[int] = set()

    def may_name(self, photo: Path) -> bool:
        return any(_key(photo.name) in ini.photos for ini in self._folder(photo.parent).inis)

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        for ini in self._folder(photo.parent).inis:
            section = ini.photos.get(_key(photo.name))
            if section is None:
                continue  # an older file counts only where the newer one does not have the photo
            with self._lock:
                self._asked.add(id(section))
            shown = orientation
            for _ in range(section.turns):
                shown = _QUARTER_TURN.get(shown, shown)
            named = [
                NamedRegion(name, box_of(reoriented(face.area, 1, orientation), width, height))
                for face in section.faces
                if (name := self._name_of(face.person, ini))
            ]
            return [(ini.path, NamesInPhoto(named, orientation=shown))]
        return []

    def unused(self) -> Unused:
        inis = [ini for folder in self._read.values() for ini in folder.inis]
        skipped = [left for ini in inis for left in self._skipped_of(ini)]
        return Unused(self._problems, skipped)

    def _skipped_of(self, ini: _IniFile) -> Iterable[SkippedNames]:
        """What of a file was not used. A section may name any place, also a network share: its photo is
        looked for in the folder's list only."""
        here = _names_in(ini.path.parent)
        names: dict[SkipReason, list[str]] = defaultdict(list)
        names[SkipReason.DAMAGED] = [""] * ini.damaged
        for photo in ini.photos.values():
            if id(photo) not in self._asked and _key(photo.name) not in here:
                names[SkipReason.PHOTO_NOT_FOUND].append(photo.name)
                continue
            for face in photo.faces:
                if face.person == _UNNAMED:
                    names[SkipReason.UNNAMED].append(photo.name)
                elif not self._name_of(face.person, ini):
                    names[SkipReason.UNKNOWN_PERSON].append(photo.name)
        return [SkippedNames.of(ini.path, kind, found) for kind, found in names.items() if found]

    def _name_of(self, person: str, ini: _IniFile) -> str:
        """The name of a person: from contacts.xml, the file, folders above, or the only one elsewhere."""
        if person == _UNNAMED:
            return ""
        above = [self._folder(folder) for folder in ini.path.parents if folder in self._all]
        tables = [
            self._given_people(),
            *(folder.people for folder in above),
            ini.people,
            *(one.people for folder in above for one in folder.inis),
        ]
        for people in tables:
            if person in people:
                return people[person]
        return self._names_elsewhere().get(person, "")

    def _folder(self, folder: Path) -> _Folder:
        with self._lock:
            if folder not in self._read:
                raise_if_cancelled()
                inis, contacts = _files_in(folder)
                found = _Folder([], {})
                for path in inis:
                    with self._noting_problems(path):
                        found.inis.append(_read_ini(path, self._left))
                        self._left -= found.inis[-1].entries
                for path in contacts:
                    with self._noting_problems(path):
                        found.people.update(self._contacts_in(path))
                self._read[folder] = found
            return self._read[folder]

    def _given_people(self) -> dict[str, str]:
        with self._lock:
            if self._given is None:
                self._given = {}
                for path in self._contacts:
                    with self._noting_problems(path):
                        self._given.update(self._contacts_in(path))
            return self._given

    def _contacts_in(self, path: Path) -> dict[str, str]:
        people = read_contacts(path, self._left)
        self._left -= _entries(people)
        return people

    def _names_elsewhere(self) -> dict[str, str]:
        """The names that people have in any folder; "" for those who have several."""
        with self._lock:
            if self._elsewhere is None:
                found: dict[str, str] = {}
                for folder in map(self._folder, sorted(self._all)):
                    for people in (folder.people, *(ini.people for ini in folder.inis)):
                        for person, name in people.items():
                            if found.setdefault(person, name) != name:
                                found[person] = ""
                self._elsewhere = found
            return self._elsewhere

    @contextlib.contextmanager
    def _noting_problems(self, path: Path) -> Iterator[None]:
        try:
            yield
        except NamesUnreadableError as exc:
            self._problems.append((path, without_frames(exc)))


def _with_parents(folders: Collection[Path]) -> frozenset[Path]:
    """The folders, and those between two of them, where a folder above may name people."""
    found = {*folders}
    for folder in folders:
        above = [*folder.parents]
        while above and above[-1] not in folders:
            above.pop()
        found.update(above)
    return frozenset(found)


def _files_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """Picasa's files in a folder, in any case: those of photos, the newer form first, and of contacts."""
    found: dict[str, Path] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if (name := entry.name.lower()) in (*_INI_NAMES, *CONTACTS_NAMES):
                    found.setdefault(name, folder / entry.name)
    except OSError:
        return [], []  # the walk of the folders reports it
    contacts = [found[name] for name in CONTACTS_NAMES if name in found and _has_contacts(found[name])]
    return [found[name] for name in _INI_NAMES if name in found], contacts


def _has_contacts(path: Path) -> bool:
    """Whether a file beside photos is Picasa's: another program may have named it so."""
    try:
        with open_file(path) as file:
            return b"<contacts" in file.read(4_096)
    except OSError:
        return False


def _names_in(folder: Path) -> set[str]:
    """The keys of what is in a folder."""
    try:
        return {_key(path.name) for path in folder.iterdir()}
    except OSError:
        return set()  # the walk of the folders reports it


def _key(name: str) -> str:
    return normalized("NFC", name).casefold()


def _read_ini(path: Path, most: int) -> _IniFile:
    """Read a .picasa.ini with so many entries at most; raises NamesUnreadableError."""
    ini = _IniFile(path)
    section = ""
    for line in _lines(path):
        if ini.entries > most:
            break
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            continue
        key, is_pair, value = line.partition("=")
        if not is_pair:
            ini.damaged += 1
        elif section.casefold() == "contacts2":
            name, number = clean_text(value.partition(";")[0]), key.strip().lower()
            if name and len(number) <= _NUMBER_DIGITS:
                ini.people[number.zfill(_NUMBER_DIGITS)] = name
                ini.chars += len(name)
        elif key.strip().lower() == "rotate" and (turn := _TURN.search(value)):
            _photo(ini, section).turns = int(turn[1])
        elif key.strip().lower() == "faces":
            _add_faces(ini, _photo(ini, section), value)
    if ini.entries > most:
        raise NamesUnreadableError(path.name, _TOO_MANY)
    ini.photos = {key: photo for key, photo in ini.photos.items() if photo.faces}
    return ini


def _add_faces(ini: _IniFile, photo: _Photo, value: str) -> None:
    for entry in filter(None, map(str.strip, value.split(";"))):
        face = _face(entry)
        ini.faces += 1
        if ini.faces > MAX_FACES:
            raise NamesUnreadableError(ini.path.name, marked("it has too many faces"))
        if face is None or len(photo.faces) >= MAX_FACES_PER_PHOTO:
            ini.damaged += 1
        else:
            photo.faces[face] = None  # a section may be there twice


def _photo(ini: _IniFile, section: str) -> _Photo:
    key = _key(section)
    if key not in ini.photos:
        ini.photos[key] = _Photo(section)
        ini.chars += len(section)
    return ini.photos[key]


def _lines(path: Path) -> Iterable[str]:
    """The lines of a file that are not blank. Picasa 2 wrote the system's code page, and a crash may leave
    bytes that are no UTF-8."""
    try:
        content = read_file(path, MAX_INI_BYTES)
    except OSError as exc:
        raise NamesUnreadableError(path.name, exc.strerror or type(exc).__name__) from exc
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        lines = content.decode("utf-16", errors="replace").encode().splitlines()
    else:
        lines = content.removeprefix(b"\xef\xbb\xbf").splitlines()
    for line in lines:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = line.decode("cp1252", errors="replace")
        if text := text.strip().strip("\0"):
            yield text


def _face(entry: str) -> _Face | None:
    found = _FACE.fullmatch(entry)
    if found is None:
        return None
    digits = found[1].zfill(16)
    left, top, right, bottom = (int(digits[at : at + 4], 16) / 0x10000 for at in range(0, 16, 4))
    if not (left < right and top < bottom):
        return None
    area = Area((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    return _Face(area, found[2].lower().zfill(16))


def _entries(people: dict[str, str]) -> int:
    return len(people) + sum(map(len, people.values())) // _CHARS_PER_ENTRY


def read_contacts(path: Path, most: int = MAX_ENTRIES) -> dict[str, str]:
    """The names in a contacts.xml by the people's numbers.

    Args:
        most: entries, as in `MAX_ENTRIES`.
    Raises:
        NamesUnreadableError.
    """
    people: dict[str, str] = {}
    parser = expat.ParserCreate()

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        name = clean_text(attributes.get("name") or attributes.get("display") or "")
        number = attributes.get("id", "").strip().lower()
        if tag == "contact" and name and 0 < len(number) <= _NUMBER_DIGITS:
            people[number.zfill(_NUMBER_DIGITS)] = name
            if len(people) > most:
                raise NamesUnreadableError(path.name, _TOO_MANY)

    def on_document_type(*details: object) -> None:
        raise NamesUnreadableError(path.name, marked("it has a document type, which Picasa does not write"))

    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = on_document_type
    try:
        parser.Parse(read_file(path, MAX_CONTACTS_BYTES), True)
    except OSError as exc:
        raise NamesUnreadableError(path.name, exc.strerror or type(exc).__name__) from exc
    except (expat.ExpatError, ValueError, LookupError) as exc:
        raise NamesUnreadableError(path.name, f"damaged XML, line {parser.ErrorLineNumber}") from exc
    if _entries(people) > most:
        raise NamesUnreadableError(path.name, _TOO_MANY)
    return people
