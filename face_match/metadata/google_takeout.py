"""The names in the JSON files of Google Takeout, which say who is in a photo but not where.

The file of photo.jpg is photo.jpg.json, and since 2024 photo.jpg.supplemental-metadata.json. What stands
before “.json” is cut off after 46 characters. The number of photo(1).jpg comes last: photo.jpg(1).json. A
photo edited in Google Photos, photo-edited.jpg, has none of its own, and of a live photo only the video may
have one. The rules are those that immich-go and gphotos-321sync found in exports; Google does not document
them.
"""

from __future__ import annotations

import bisect
import contextlib
import json
import os
import re
import threading
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from face_match.core.atomic_files import read_file
from face_match.core.errors import NamesUnreadableError
from face_match.core.normal_form import normalized
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.translation import marked
from face_match.metadata.name_sources import NamesInPhoto, NameSource, Unused
from face_match.metadata.xmp_values import clean_text

MAX_FILE_BYTES = 4 << 20
"""A file has some kilobytes; text recognised in a photo may add some hundred."""

MAX_PEOPLE = 1_000

MAX_FOLDERS = 8
"""Folders whose lists of files are kept in memory at once. Photos come folder by folder."""

_MAX_CHARS = 46

_SUPPLEMENT = ".supplemental-metadata"
_NUMBER = re.compile(r"\((\d{1,5})\)(?=$|\.[^.()]*$)")
"""The number in photo(1).jpg and in photo.jpg(1)."""

_EDITED = re.compile(
    "-(edited|bearbeitet|modifié|editado|editada|modificato|bewerkt|edytowane|redigerad|redigeret|redigert|"
    "muokattu|upraveno|düzenlendi|изменено|編集済み|已修改|已編輯|수정됨)$",
    re.IGNORECASE,
)
"""What Google adds to the name of an edited photo, in the languages that the above projects list."""

_VIDEO_SUFFIXES = (".mp4", ".mov", ".mp", ".mv")


class _Title(NamedTuple):
    """A file's name as Google had it, in lower case, and the number that tells it from others; "" if none."""

    name: str
    number: str

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0] or self.name


class _Folder:
    """The JSON files of a folder; `unclear` are those that may be of several photos."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.unclear = set[Path]()
        self._files: dict[_Title, str] = {}
        self._stems: dict[_Title, set[str]] = defaultdict(set)
        self._suffixes: dict[_Title, set[str]] = defaultdict(set)
        try:
            names = sorted(entry.name for entry in os.scandir(path))
        except OSError:
            names = []  # the walk of the folders reports it
        for name in names:
            stem, _, suffix = name.rpartition(".")
            if suffix.lower() == "json":
                self._files.setdefault(_title(stem), name)
            else:
                title = _title(name)
                stem = _EDITED.sub("", title.stem)
                for start in _cuts(title.name):
                    self._stems[_Title(start, title.number)].add(stem)
                self._suffixes[_Title(stem, title.number)].add(suffix)
        self._sorted = sorted((title.number, title.name) for title in self._files)

    def file_of(self, photo: Path) -> Path | None:
        """The JSON file of a photo; None if there is none, or if it may be of another photo."""
        title = _title(photo.name)
        whole = _Title(normalized("NFC", photo.name).lower(), "")  # the number may be Google's own
        found = self._of(title) or self._of(whole)
        if found is None and (edited := _EDITED.search(title.stem)):
            found = self._only_one_of(title.stem[: edited.start()], title.number)
        if found is None:
            of_video = (self._of(_Title(f"{title.stem}{suffix}", title.number)) for suffix in _VIDEO_SUFFIXES)
            found = next(filter(None, of_video), None)
        of_stem = _Title(title.stem, title.number)
        if found is None:
            found = self._unless_shared(self._files.get(of_stem), self._suffixes.get(of_stem, ()))
        return None if found is None else self._path / found

    def _unless_shared(self, file: str | None, photos: Collection[str]) -> str | None:
        """The file, unless it may be of several photos."""
        if file is not None and len(photos) > 1:
            self.unclear.add(self._path / file)
            return None
        return file

    def _of(self, title: _Title) -> str | None:
        """The file of a title: with the supplement, cut off anywhere in it; or cut off in the title."""
        for size in range(len(_SUPPLEMENT), -1, -1):
            found = self._files.get(_Title(title.name + _SUPPLEMENT[:size], title.number))
            if found is not None:
                return found
        for start in _cuts(title.name):
            cut = _Title(start, title.number)
            if cut in self._files:
                return self._unless_shared(self._files[cut], self._stems.get(cut, ()))
        return None

    def _only_one_of(self, stem: str, number: str) -> str | None:
        """The file of the only photo with a stem, whatever its suffix."""
        at = bisect.bisect_left(self._sorted, (number, f"{stem}."))
        found = [
            _Title(name, of_name)
            for of_name, name in self._sorted[at : at + 2]
            if of_name == number and name.startswith(f"{stem}.")
        ]
        return self._files[found[0]] if len(found) == 1 else None


def _cuts(name: str) -> Iterator[str]:
    """A long name as it may be cut off: Google counts an emoji as two characters."""
    for size in range(min(len(name) - 1, _MAX_CHARS), 0, -1):
        start, following = name[:size], name[size]
        units = len(start.encode("utf-16-le", "surrogatepass")) // 2
        is_full = units == _MAX_CHARS or (units == _MAX_CHARS - 1 and ord(following) > 0xFFFF)
        if size == _MAX_CHARS or is_full:
            yield start
        elif units < _MAX_CHARS - 1:
            return


def _title(name: str) -> _Title:
    """The title of a photo's name, or of a JSON file's without its suffix."""
    text = normalized("NFC", name).lower()
    number = _NUMBER.search(text)
    if number is None:
        return _Title(text, "")
    return _Title(text[: number.start()] + text[number.end() :], number[1])


class TakeoutSource(NameSource):
    """The names in Google Takeout's JSON files beside photos."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folders: dict[Path, _Folder] = {}
        self._unclear = set[Path]()

    def may_name(self, photo: Path) -> bool:
        """Whether its file names people: each photo of an export has a file, and few of them do."""
        file = self._file_of(photo)
        try:
            found = None if file is None else _read(file)
        except NamesUnreadableError:
            return True  # `names_of` says so
        return found is not None and bool(found.hints)

    def may_date(self, photo: Path) -> bool:
        return self._file_of(photo) is not None

    def names_of(
        self, photo: Path, width: int, height: int, orientation: int
    ) -> list[tuple[Path, NamesInPhoto]]:
        file = self._file_of(photo)
        found = None if file is None else _read(file)
        return [] if file is None or found is None else [(file, found)]

    def unused(self) -> Unused:
        skipped = []
        for path in sorted(self._unclear.union(*(folder.unclear for folder in self._folders.values()))):
            with contextlib.suppress(NamesUnreadableError):
                found = _read(path)
                if found is not None and found.hints:
                    skipped.append(SkippedNames.of(path, SkipReason.AMBIGUOUS, [""]))
        return Unused(skipped=skipped)

    def _file_of(self, photo: Path) -> Path | None:
        with self._lock:
            folder = self._folders.get(photo.parent)
            if folder is None:
                while len(self._folders) >= MAX_FOLDERS:
                    self._unclear |= self._folders.pop(next(iter(self._folders))).unclear
                folder = self._folders[photo.parent] = _Folder(photo.parent)
        return folder.file_of(photo)


def _read(path: Path) -> NamesInPhoto | None:
    """The people in a JSON file; None if it is not Google's. Raises NamesUnreadableError."""
    try:
        found: Any = json.loads(read_file(path, MAX_FILE_BYTES))
    except OSError as exc:
        raise NamesUnreadableError(path.name, exc.strerror or type(exc).__name__) from exc
    except (ValueError, RecursionError) as exc:
        raise NamesUnreadableError(path.name, marked("it is not valid JSON")) from exc
    if not isinstance(found, dict) or not isinstance(found.get("title"), str):
        return None
    people = found.get("people")
    entries = people[:MAX_PEOPLE] if isinstance(people, list) else []
    names = (entry.get("name") for entry in entries if isinstance(entry, dict))
    hints = dict.fromkeys(clean_text(name) for name in names if isinstance(name, str))
    return NamesInPhoto([], hints=[name for name in hints if name], taken=_taken(found))


def _taken(found: dict[str, Any]) -> str:
    """When the photo was taken, in ISO 8601. Google gives it in UTC, and not where the camera's clock was."""
    moment = found.get("photoTakenTime")
    stated = moment.get("timestamp") if isinstance(moment, dict) else None
    try:
        return datetime.fromtimestamp(int(str(stated)), timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return ""
