"""Hostile archives: names that lead elsewhere, entries that lie, bombs, and records that make no sense."""

from __future__ import annotations

import base64
import copy
import functools
import hashlib
import io
import json
import stat
import struct
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tests.e2e.hostile.damaging import (
    person,
)
from tests.e2e.hostile.inputs_images import POSTSCRIPT, bomb, long_image
from tests.e2e.hostile.inputs_records import PATHS
from tests.e2e.hostile.world import (
    ARCHIVE,
    DATABASE,
    RECORDS,
    Hostile,
    World,
)

MANIFEST = "manifest.json"
COMMANDS = (*ARCHIVE[:-3], "purge new", *ARCHIVE[-3:])
NEW = "Mallory"


@dataclass
class Parts:
    """What an archive is made of: records, crops, a manifest that is right unless it is changed.

    Attributes:
        renamed: what zipfile would not write as a name, by what stands in for it until it is written.
    """

    records: dict[str, Any]
    files: dict[str, bytes]
    missing: list[str] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    extra: list[tuple[zipfile.ZipInfo | str, bytes]] = field(default_factory=list)
    kind: int = zipfile.ZIP_STORED
    renamed: dict[bytes, bytes] = field(default_factory=dict)

    def write(self, world: World, records: bytes | None = None, manifest: bytes | None = None) -> None:
        data = json.dumps(self.records).encode() if records is None else records
        files = {RECORDS: data, **self.files}
        told = {name: {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for name, d in files.items()}
        head = {
            "format": "face-match archive",
            "version": 2,
            "missing": self.missing,
            "files": {**told, **self.told},
        }
        if manifest is None:
            manifest = json.dumps({**head, **self.head}).encode()
        with zipfile.ZipFile(world.archive, "w", self.kind) as archive:
            for number, (name, content) in enumerate({**files, MANIFEST: manifest}.items()):
                raw = name.encode("utf-8", "surrogatepass")
                is_odd = "\0" in name or "\ud800" in name  # which zipfile does not write
                stand_in = str(number).rjust(len(raw), "_")
                if is_odd:
                    self.renamed[stand_in.encode()] = raw
                entry = zipfile.ZipInfo(stand_in if is_odd else name)
                entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o600) << 16
                entry.compress_type = self.kind
                archive.writestr(entry, content)
            for entry_or_name, content in self.extra:
                archive.writestr(entry_or_name, content)
        for name_as_written, raw in self.renamed.items():
            world.archive.write_bytes(world.archive.read_bytes().replace(name_as_written, raw))

    @property
    def person(self) -> dict[str, Any]:
        found: dict[str, Any] = self.records["people"][0]
        return found

    @property
    def crop(self) -> str:
        return str(self.faces[0]["file"])

    @property
    def faces(self) -> list[dict[str, Any]]:
        """Those that have a name, and then those that have none."""
        found: list[dict[str, Any]] = self.records["faces"]
        return found

    def rename_crop(self, name: str) -> None:
        self.files[name] = self.files.pop(self.crop)
        self.faces[0]["file"] = name


def parts(world: World) -> Parts:
    """Of somebody who is new."""
    with zipfile.ZipFile(world.bases.archive) as archive:
        records = json.loads(archive.read(RECORDS))
        mallory = copy.deepcopy(person(records))
        files = {}
        named = [face for face in records["faces"] if face["person"] == mallory["folder"]]
        unnamed = [face for face in records["faces"] if face["person"] is None]
        for number, face in enumerate((*named, *unnamed), start=1):
            data = archive.read(face["file"])
            folder = ".unnamed" if face["person"] is None else NEW
            face.update(id=uuid.UUID(int=number).hex, file=f"faces_db/{folder}/{number}.png")
            face["person"] = face["person"] and NEW
            files[face["file"]] = data
        mallory.update(name=NEW, folder=NEW)
        for photo in records["photos"]:  # else they are those that are known, with the names they have here
            photo.update(digest=photo["digest"][::-1], file_digest=photo["file_digest"][::-1])
    return Parts({**records, "people": [mallory], "faces": [*named, *unnamed]}, files)


def inputs() -> Iterator[Hostile]:
    yield Hostile("archive-healthy", lambda world: parts(world).write(world), COMMANDS)
    for name, edit in _edits().items():
        yield Hostile(f"archive-{name}", partial(_edited, edit), COMMANDS)
    for name, make in _whole().items():
        yield Hostile(f"archive-{name}", make, COMMANDS)
    for name in ("crop-postscript", "landmarks-of-three", "vector-of-64", "folder-outside", "name-surrogate"):
        yield Hostile(f"database-archive-{name}", partial(_edited, _edits()[name]), COMMANDS, DATABASE)


def _edited(edit: Callable[[Parts, World], None], world: World) -> None:
    made = parts(world)
    edit(made, world)
    made.write(world)


@functools.cache
def _edits() -> dict[str, Callable[[Parts, World], None]]:
    """Of archives that are whole, with a manifest that is right."""
    nan = float("nan")

    def of_face(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: made.faces[0].update(fields)

    def of_unnamed(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: made.faces[-1].update(fields)

    def of_photo(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: [photo.update(fields) for photo in made.records["photos"]] and None

    def of_person(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: made.person.update(fields)

    def of_records(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: made.records.update(fields)

    def of_head(**fields: object) -> Callable[[Parts, World], None]:
        return lambda made, world: made.head.update(fields)

    def of_crop(data: Callable[[], bytes]) -> Callable[[Parts, World], None]:
        return lambda made, world: made.files.update({made.crop: data()})

    def of_told(**fields: object) -> Callable[[Parts, World], None]:
        def edit(made: Parts, world: World) -> None:
            data = made.files[made.crop]
            told = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            made.told[made.crop] = {**told, **fields}

        return edit

    def slip(made: Parts, world: World, path: Callable[[World], str]) -> None:
        made.rename_crop(path(world).replace("secret", "slipped"))

    def file_elsewhere(made: Parts, world: World, path: Callable[[World], str]) -> None:
        made.faces[0]["file"] = path(world)

    def link(made: Parts, world: World) -> None:
        entry = zipfile.ZipInfo(f"faces_db/{NEW}/link.png")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.extra.append((entry, b"../../../out/secret.png"))

    def twice(made: Parts, world: World) -> None:
        stand_in = made.crop.replace("faces", "twice")  # zipfile warns of what is in it twice
        made.extra.append((stand_in, b"another"))
        made.renamed[stand_in.encode()] = made.crop.encode()

    def twice_by_case(made: Parts, world: World) -> None:
        name = made.crop.upper()
        made.files[name] = made.files[made.crop]
        made.faces[1]["file"] = name
        del made.files[f"faces_db/{NEW}/2.png"]

    def strange_entry(made: Parts, world: World) -> None:
        made.files["run me.sh"] = b"#!/bin/sh\n"

    def without_crop(made: Parts, world: World) -> None:
        del made.files[made.crop]

    def all_missing(made: Parts, world: World) -> None:
        made.missing = [*made.files]
        made.files.clear()

    def same_ids(made: Parts, world: World) -> None:
        for face in made.faces:
            face["id"] = "0" * 32

    def ids_of_others(made: Parts, world: World) -> None:
        with zipfile.ZipFile(world.bases.archive) as archive:
            known = [face["id"] for face in json.loads(archive.read(RECORDS))["faces"]]
        for face, known_id in zip(made.faces, known, strict=False):
            face["id"] = known_id

    def photos_of_others(made: Parts, world: World) -> None:
        with zipfile.ZipFile(world.bases.archive) as archive:
            made.records["photos"] = json.loads(archive.read(RECORDS))["photos"]

    def shared_crop(made: Parts, world: World) -> None:
        for face in made.faces:
            face["file"] = made.crop
        made.files = {made.crop: made.files[made.crop]}

    def earlier(made: Parts, world: World) -> None:
        """As version 0.1 wrote them."""
        samples = [
            {**{key: face[key] for key in ("id", "file", "added", "box", "landmarks", "place", "vectors")}}
            for face in made.faces
            if face["person"] is not None
        ]
        people = [{**made.person, "samples": [{**one, "photo": "b" * 64} for one in samples]}]
        made.records = {"format": "face-match gallery", "version": 3, "people": people}
        made.head = {"version": 1}
        made.files = {one["file"]: made.files[one["file"]] for one in samples}

    def earlier_with_landmarks_of_three(made: Parts, world: World) -> None:
        earlier(made, world)
        made.person["samples"][0].update(landmarks=[[1, 2]] * 3)

    def earlier_with_file_outside(made: Parts, world: World) -> None:
        earlier(made, world)
        made.person["samples"][0].update(file="../out/secret.png")

    def long_crop(width: int, height: int, made: Parts, world: World) -> None:
        """Of a face to be embedded, as the original demo kept it: the whole photo."""
        made.faces[0].update(vectors={}, box=None, landmarks=None, photo=None, place=None)
        made.files[made.crop] = long_image(width, height)

    def ratio(made: Parts, world: World) -> None:
        made.kind = zipfile.ZIP_DEFLATED
        made.files[made.crop] = bytes(100_000_000)

    def nested_zip(made: Parts, world: World) -> None:
        made.files[made.crop] = world.bases.archive.read_bytes()

    def several_of_postscript(made: Parts, world: World) -> None:
        made.rename_crop(f"faces_db/{NEW}/1.eps")
        made.files[made.crop] = POSTSCRIPT

    def odd_embedding(floats: list[float]) -> Callable[[Parts, World], None]:
        packed = base64.b64encode(struct.pack(f"<{len(floats)}f", *floats)).decode()
        return of_face(vectors={"dlib": packed})

    def many_people(made: Parts, world: World) -> None:
        made.records["people"] += [
            {**made.person, "name": f"Person {n}", "folder": f"p{n}"} for n in range(5_000)
        ]

    return {
        **{f"slip-{name}": partial(slip, path=path) for name, path in PATHS.items()},
        **{
            f"file-{name}": partial(file_elsewhere, path=path)
            for name, path in PATHS.items()
            if name in ("absolute", "dotdot", "unc", "nul")
        },
        "folder-outside": of_person(folder="../../out"),
        "folder-absolute": lambda made, world: made.person.update(folder=str(world.target)),
        "folder-con": of_person(folder="CON"),
        "folder-long": of_person(folder="f" * 300),
        "link": link,
        "twice": twice,
        "twice-by-case": twice_by_case,
        "strange-entry": strange_entry,
        "without-crop": without_crop,
        "all-missing": all_missing,
        "ids-twice": same_ids,
        "ids-of-others": ids_of_others,
        "bomb-by-ratio": ratio,
        "nested": nested_zip,
        "manifest-size-less": of_told(size=1),
        "manifest-size-huge": of_told(size=10**30),
        "manifest-size-infinite": of_told(size=float("inf")),
        "manifest-size-text": of_told(size="x"),
        "manifest-hash-wrong": of_told(sha256="0" * 64),
        "manifest-hash-number": of_told(sha256=7),
        "manifest-missing-odd": of_head(missing=[7, None]),
        "manifest-missing-outside": of_head(missing=["../out/secret.png"]),
        "manifest-files-list": of_head(files=[]),
        "manifest-version-text": of_head(version="x"),
        "manifest-version-nan": of_head(version=nan),
        "manifest-version-later": of_head(version=99),
        "crop-postscript": of_crop(lambda: POSTSCRIPT),
        "crop-eps": several_of_postscript,
        "crop-text": of_crop(lambda: b"text"),
        "crop-empty": of_crop(lambda: b""),
        "crop-too-wide": partial(long_crop, 99_999_999, 1),
        "crop-too-tall": partial(long_crop, 1, 99_999_999),
        "crop-bomb-1-bit": of_crop(partial(bomb, "1-bit")),
        "crop-bomb-grey": of_crop(partial(bomb, "grey")),
        "crop-bomb-16-bit": of_crop(partial(bomb, "16-bit")),
        "crop-bomb-float": of_crop(partial(bomb, "float")),
        "landmarks-of-three": of_face(landmarks=[[1, 2], [3, 4], [5, 6]], vectors={}),
        "landmarks-huge": of_face(landmarks=[[1e300, 1e300]] * 5, vectors={}),
        "landmarks-nan": of_face(landmarks=[[nan, 1]] * 5, vectors={}),
        "box-huge": of_face(box=[1e300] * 4, vectors={}),
        "box-nan": of_face(box=[nan] * 4),
        "place-texts": of_face(place=["a"] * 4),
        "vector-of-64": odd_embedding([1.0] + [0.0] * 63),
        "vector-nan": odd_embedding([nan] * 128),
        "vector-not-unit": odd_embedding([9.0] * 128),
        "vector-model-odd": of_face(vectors={"\ud800\0../x": ""}),
        "name-surrogate": of_person(name="\ud800"),
        "name-nul": of_person(name="a\0b"),
        "name-empty": of_person(name=""),
        "name-long": of_person(name="M" * 1_000_000),
        "name-number": of_person(name=7),
        "cover-odd": of_person(cover=[7]),
        "id-surrogate": of_face(id="\udfff"),
        "rejections-odd": of_face(rejections=[{"folder": "../../out", "name": 7, "similarity": 7}]),
        "rejection-of-nobody": of_unnamed(
            rejections=[{"folder": "Nobody", "name": "Nobody", "similarity": {}}]
        ),
        "person-outside": of_face(person="../../out"),
        "person-unknown": of_face(person="Nobody"),
        "photo-unknown": of_face(photo="nothing"),
        "unnamed-is-named": of_unnamed(person=NEW),
        "apart-unknown": of_unnamed(apart=["nobody", 7]),
        "photo-path": of_photo(path="/etc/passwd"),
        "photo-odd": of_photo(width=-1, orientation=77),
        "photo-without-digest": of_photo(digest="", file_digest=""),
        "photos-of-others": photos_of_others,
        "shared-crop": shared_crop,
        "earlier": earlier,
        "earlier-landmarks-of-three": earlier_with_landmarks_of_three,
        "earlier-file-outside": earlier_with_file_outside,
        "records-version-odd": of_records(version="3"),
        "records-people-null": of_records(people=None),
        "records-history": of_records(
            history=[{"id": 1, "description": "x", "at": "", "undone": False, "edits": [{}]}]
        ),
        "records-conflicts": of_records(
            conflicts=[{"id": "c", "face": "nobody", "name": "x", "source": "folder", "path": "", "at": ""}]
        ),
        "people-5000": many_people,
    }  # fmt: skip


def _whole() -> dict[str, Callable[[World], None]]:
    """Of archives that are not whole, or not right."""
    zeros = b"0," * 15_000_000

    def records_bomb(world: World) -> None:
        made = parts(world)
        made.kind = zipfile.ZIP_DEFLATED
        text = json.dumps({**made.records, "note": ["here"]}).encode()
        made.write(world, records=text.replace(b'["here"]', b"[" + zeros * 4 + b"0]"))

    def manifest_bomb(world: World) -> None:
        made = parts(world)
        made.kind = zipfile.ZIP_DEFLATED
        made.write(
            world, manifest=b'{"format": "face-match archive", "version": 2, "files": [' + zeros * 8 + b"0]}"
        )

    def manifest_nested(world: World) -> None:
        parts(world).write(world, manifest=b"[" * 1_000_000)

    def records_nested(world: World) -> None:
        parts(world).write(world, records=b'{"a":' * 1_000_000)

    def no_manifest(world: World) -> None:
        with zipfile.ZipFile(world.archive, "w") as archive:
            archive.writestr(RECORDS, "{}")

    def locked(world: World) -> None:
        parts(world).write(world)
        data = bytearray(world.archive.read_bytes())
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = data.find(mark)
            while start >= 0:
                data[start + at] |= 1
                start = data.find(mark, start + 4)
        world.archive.write_bytes(data)

    def large_claims(world: World) -> None:
        """The directory says 4 GB - 1 for a file, and gives the true size, a lie too, in a field of ZIP64."""
        made = parts(world)
        extra = struct.pack("<HHQQ", 1, 16, 2**60, 2**60)
        entry = zipfile.ZipInfo(f"faces_db/{NEW}/3.png")
        entry.extra = extra
        made.extra.append((entry, b"x" * 100))
        made.write(world)
        data = bytearray(world.archive.read_bytes())
        start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x05\x06"))
        data[start + 20 : start + 28] = b"\xff" * 8
        world.archive.write_bytes(data)

    def overlapping(world: World) -> None:
        """All entries of the directory lead to the one file that is there."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, b" " * 5_000_000)
            info = archive.getinfo(MANIFEST)
            for number in range(500):
                other = copy.copy(info)
                other.filename = other.orig_filename = f"faces_db/{NEW}/{number}.png"
                archive.filelist.append(other)
        world.archive.write_bytes(buffer.getvalue())

    def many_entries(world: World) -> None:
        with zipfile.ZipFile(world.archive, "w") as archive:
            for number in range(20_000):
                archive.writestr(f"{number}", b"")

    def cut_off(world: World) -> None:
        parts(world).write(world)
        world.archive.write_bytes(world.archive.read_bytes()[:-50])

    def flipped(world: World) -> None:
        parts(world).write(world)
        data = bytearray(world.archive.read_bytes())
        data[len(data) // 3] ^= 0xFF
        world.archive.write_bytes(data)

    def of_canary(world: World) -> None:
        world.archive.symlink_to(world.out / "secret.png")

    def empty(world: World) -> None:
        world.archive.write_bytes(b"")

    return {
        "records-bomb": records_bomb,
        "manifest-bomb": manifest_bomb,
        "manifest-nested": manifest_nested,
        "records-nested": records_nested,
        "no-manifest": no_manifest,
        "locked": locked,
        "zip64-lies": large_claims,
        "overlapping": overlapping,
        "entries-20000": many_entries,
        "cut-off": cut_off,
        "flipped": flipped,
        "empty": empty,
        "folder": lambda world: world.archive.mkdir(),
        "no-zip": of_canary,
    }
