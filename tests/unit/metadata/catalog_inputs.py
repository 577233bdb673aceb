"""Files in which digiKam, Lightroom, Picasa and Google keep names, made for photos with known faces.

The tables are those of the programs, without the ones that have nothing to do with names: digiKam's as in its
core/data/database/dbconfig.xml.cmake.in, Lightroom's as in a dump of the schema of a catalogue of Lightroom
Classic 13. Picasa's lines are as in “Picasa.ini files decoded” by Franz Buchinger, and Google's JSON as in
the description of Takeout of gphotos-321sync.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from face_match.core.orientation import SIDEWAYS_ORIENTATIONS, reorient_box
from face_match.core.types import Box

LIGHTROOM_CODES = {1: "AB", 2: "BA", 3: "CD", 4: "DC", 5: "AD", 6: "BC", 7: "CB", 8: "DA"}

_TO_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright image is turned so that it is upright again under an EXIF orientation."""


def save_turned(upright: Image.Image, path: Path, orientation: int) -> None:
    """Store an image so that it is upright under an EXIF orientation."""
    turn = _TO_STORED.get(orientation)
    stored = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(path, exif=exif, quality=95)


@dataclass
class MarkedPhoto:
    """A photo with faces.

    Attributes:
        size: (width, height) of the upright photo.
        faces: names with boxes in pixels of the upright photo; a name of "" for none.
        people: names of people in the photo without a place.
    """

    path: Path
    size: tuple[int, int]
    faces: list[tuple[str, Box]] = field(default_factory=list)
    people: Sequence[str] = ()
    orientation: int = 1
    proposed: bool = False

    @property
    def stored_size(self) -> tuple[int, int]:
        return self.size[::-1] if self.orientation in SIDEWAYS_ORIENTATIONS else self.size

    def stored_box(self, box: Box) -> Box:
        return reorient_box(box, *self.stored_size, self.orientation, 1)


DIGIKAM_TABLES = """
CREATE TABLE AlbumRoots (id INTEGER PRIMARY KEY, label TEXT, status INTEGER NOT NULL, type INTEGER NOT NULL,
    identifier TEXT, specificPath TEXT, UNIQUE(identifier, specificPath));
CREATE TABLE Albums (id INTEGER PRIMARY KEY, albumRoot INTEGER NOT NULL, relativePath TEXT NOT NULL,
    date DATE, caption TEXT, collection TEXT, icon INTEGER, UNIQUE(albumRoot, relativePath));
CREATE TABLE Images (id INTEGER PRIMARY KEY, album INTEGER, name TEXT NOT NULL, status INTEGER NOT NULL,
    category INTEGER NOT NULL, modificationDate DATETIME, fileSize INTEGER, uniqueHash TEXT,
    manualOrder INTEGER, UNIQUE (album, name));
CREATE TABLE ImageInformation (imageid INTEGER PRIMARY KEY, rating INTEGER, creationDate DATETIME,
    digitizationDate DATETIME, orientation INTEGER, width INTEGER, height INTEGER, format TEXT,
    colorDepth INTEGER, colorModel INTEGER);
CREATE TABLE Tags (id INTEGER PRIMARY KEY, pid INTEGER, name TEXT NOT NULL, icon INTEGER, iconkde TEXT,
    UNIQUE (name, pid));
CREATE TABLE TagsTree (id INTEGER NOT NULL, pid INTEGER NOT NULL, UNIQUE (id, pid));
CREATE TABLE ImageTags (imageid INTEGER NOT NULL, tagid INTEGER NOT NULL, UNIQUE (imageid, tagid));
CREATE TABLE Settings (keyword TEXT NOT NULL UNIQUE, value TEXT);
CREATE TABLE TagProperties (tagid INTEGER, property TEXT, value TEXT);
CREATE TABLE ImageTagProperties (imageid INTEGER, tagid INTEGER, property TEXT, value TEXT);
CREATE INDEX tagproperties_index ON TagProperties (tagid);
CREATE INDEX imagetagproperties_index ON ImageTagProperties (imageid, tagid);
CREATE TRIGGER insert_tagstree AFTER INSERT ON Tags BEGIN INSERT INTO TagsTree SELECT NEW.id, NEW.pid
    UNION SELECT NEW.id, pid FROM TagsTree WHERE id=NEW.pid; END;
INSERT INTO Settings VALUES ('DBVersion', '16'), ('DBVersionRequired', '5');
INSERT INTO Tags (id, pid, name) VALUES (1, 0, '_Digikam_Internal_Tags_'), (20, 0, 'People'),
    (21, 20, 'Unknown'), (22, 20, 'Unconfirmed'), (23, 20, 'Ignored'), (24, 0, 'Places');
INSERT INTO TagProperties VALUES (20, 'person', NULL), (21, 'person', NULL), (21, 'unknownPerson', NULL),
    (22, 'person', NULL), (22, 'unconfirmedPerson', NULL), (23, 'person', NULL), (23, 'ignoredPerson', NULL);
"""


def make_digikam(path: Path, root: Path, photos: Iterable[MarkedPhoto], *, identifier: str = "") -> Path:
    """A digiKam database of photos below a root folder."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(DIGIKAM_TABLES)
    where = (identifier, "/") if identifier else ("volumeid:?uuid=2f3c-11aa", root.as_posix())
    database.execute("INSERT INTO AlbumRoots VALUES (1, 'Pictures', 0, 1, ?, ?)", where)
    albums: dict[str, int] = {}
    tags: dict[str, int] = {}

    def tag_of(name: str) -> int:
        if name not in tags:
            tags[name] = 100 + len(tags)
            database.execute("INSERT INTO Tags (id, pid, name) VALUES (?, 20, ?)", (tags[name], name))
            of_person = [(tags[name], "person", name), (tags[name], "faceEngineId", name)]
            database.executemany("INSERT INTO TagProperties VALUES (?, ?, ?)", of_person)
        return tags[name]

    for image, photo in enumerate(photos, 1):
        below = photo.path.parent.relative_to(root).as_posix()
        album = "/" if below == "." else f"/{below}"
        if album not in albums:
            albums[album] = len(albums) + 1
            database.execute(
                "INSERT INTO Albums VALUES (?, 1, ?, NULL, '', '', NULL)", (albums[album], album)
            )
        row = (image, albums[album], photo.path.name)
        database.execute("INSERT INTO Images VALUES (?, ?, ?, 1, 1, '', 1000, '', NULL)", row)
        shape = (image, photo.orientation, *photo.stored_size)
        database.execute("INSERT INTO ImageInformation VALUES (?, 0, '', '', ?, ?, ?, 'JPG', 8, 5)", shape)
        for name, box in photo.faces:
            x, y, width, height = map(round, box)
            value = f'<rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
            if name and photo.proposed:
                value = f"{tag_of(name)},autodetectedFace,{value}"
                rows = [(image, 22, "autodetectedPerson", value)]
            elif name:
                rows = [
                    (image, tag_of(name), "tagRegion", value),
                    (image, tag_of(name), "faceToTrain", value),
                ]
            else:
                rows = [(image, 21, "autodetectedFace", value)]
            database.executemany("INSERT INTO ImageTagProperties VALUES (?, ?, ?, ?)", rows)
        named = [] if photo.proposed else [name for name, _ in photo.faces if name]
        for name in dict.fromkeys([*named, *photo.people]):
            database.execute("INSERT INTO ImageTags VALUES (?, ?)", (image, tag_of(name)))
        database.execute("INSERT OR IGNORE INTO ImageTags VALUES (?, 24)", (image,))
    database.commit()
    database.close()
    return path


LIGHTROOM_TABLES = """
CREATE TABLE Adobe_variablesTable (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL, name, value);
CREATE TABLE AgLibraryRootFolder (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL,
    absolutePath UNIQUE NOT NULL DEFAULT '', name NOT NULL DEFAULT '', relativePathFromCatalog);
CREATE TABLE AgLibraryFolder (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL, parentId INTEGER,
    pathFromRoot NOT NULL DEFAULT '', rootFolder INTEGER NOT NULL DEFAULT 0, visibility INTEGER);
CREATE TABLE AgLibraryFile (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL,
    baseName NOT NULL DEFAULT '', errorMessage, errorTime, extension NOT NULL DEFAULT '', externalModTime,
    folder INTEGER NOT NULL DEFAULT 0, idx_filename NOT NULL DEFAULT '', importHash,
    lc_idx_filename NOT NULL DEFAULT '', lc_idx_filenameExtension NOT NULL DEFAULT '', md5, modTime,
    originalFilename NOT NULL DEFAULT '', sidecarExtensions, sidecarStatus);
CREATE TABLE Adobe_images (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL,
    aspectRatioCache NOT NULL DEFAULT -1, bitDepth NOT NULL DEFAULT 0, captureTime,
    colorChannels NOT NULL DEFAULT 0, colorLabels NOT NULL DEFAULT '', colorMode NOT NULL DEFAULT -1,
    copyCreationTime NOT NULL DEFAULT -63113817600, copyName, copyReason, developSettingsIDCache,
    fileFormat NOT NULL DEFAULT 'unset', fileHeight, fileWidth, hasMissingSidecars INTEGER,
    masterImage INTEGER,
    orientation, originalCaptureTime, originalRootEntity INTEGER, panningDistanceH, panningDistanceV,
    pick NOT NULL DEFAULT 0, positionInFolder NOT NULL DEFAULT 'z', propertiesCache,
    pyramidIDCache, rating, rootFile INTEGER NOT NULL DEFAULT 0, sidecarStatus,
    touchCount NOT NULL DEFAULT 0, touchTime NOT NULL DEFAULT 0);
CREATE TABLE AgLibraryFace (id_local INTEGER PRIMARY KEY, bl_x, bl_y, br_x, br_y, cluster INTEGER,
    compatibleVersion, ignored INTEGER, image INTEGER NOT NULL DEFAULT 0,
    imageOrientation NOT NULL DEFAULT '',
    orientation, origination NOT NULL DEFAULT 0, propertiesCache, regionType NOT NULL DEFAULT 0,
    skipSuggestion INTEGER, tl_x NOT NULL DEFAULT '', tl_y NOT NULL DEFAULT '',
    touchCount NOT NULL DEFAULT 0,
    touchTime NOT NULL DEFAULT -63113817600, tr_x, tr_y, version);
CREATE TABLE AgLibraryKeyword (id_local INTEGER PRIMARY KEY, id_global UNIQUE NOT NULL,
    dateCreated NOT NULL DEFAULT '', genealogy NOT NULL DEFAULT '', imageCountCache DEFAULT -1,
    includeOnExport INTEGER NOT NULL DEFAULT 1, includeParents INTEGER NOT NULL DEFAULT 1,
    includeSynonyms INTEGER NOT NULL DEFAULT 1, keywordType, lastApplied, lc_name, name, parent INTEGER);
CREATE TABLE AgLibraryKeywordFace (id_local INTEGER PRIMARY KEY, face INTEGER NOT NULL DEFAULT 0,
    keyFace INTEGER, rankOrder, tag INTEGER NOT NULL DEFAULT 0, userPick INTEGER, userReject INTEGER);
CREATE TABLE AgLibraryKeywordImage (id_local INTEGER PRIMARY KEY, image INTEGER NOT NULL DEFAULT 0,
    tag INTEGER NOT NULL DEFAULT 0);
CREATE INDEX index_AgLibraryFace_image ON AgLibraryFace( image );
"""


def make_lightroom(
    path: Path, root: Path, photos: Iterable[MarkedPhoto], *, relative: str | None = None
) -> Path:
    """A Lightroom catalogue of photos below a root folder."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(LIGHTROOM_TABLES)
    numbers = iter(range(1, 10_000_000))
    folders: dict[str, int] = {}
    keywords: dict[str, int] = {}

    def insert(table: str, **values: Any) -> int:
        number = next(numbers)
        values = {"id_local": number, **values}
        if table in (
            "AgLibraryRootFolder",
            "AgLibraryFolder",
            "AgLibraryFile",
            "Adobe_images",
            "AgLibraryKeyword",
        ):
            values["id_global"] = f"0A8E2F1C-{number:012d}"
        marks = ", ".join("?" * len(values))
        database.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()])
        return number

    def keyword_of(name: str, kind: str | None = "person") -> int:
        if name not in keywords:
            keywords[name] = insert("AgLibraryKeyword", name=name, lc_name=name.lower(), keywordType=kind)
        return keywords[name]

    top = insert(
        "AgLibraryRootFolder",
        absolutePath=f"{root.as_posix()}/",
        name=root.name,
        relativePathFromCatalog=relative,
    )
    keyword_of("Holiday", None)
    for photo in photos:
        below = photo.path.parent.relative_to(root).as_posix()
        folder = "" if below == "." else f"{below}/"
        if folder not in folders:
            folders[folder] = insert("AgLibraryFolder", pathFromRoot=folder, rootFolder=top)
        name, suffix = photo.path.stem, photo.path.suffix[1:]
        file = insert("AgLibraryFile", baseName=name, extension=suffix, folder=folders[folder])
        width, height = map(float, photo.stored_size)
        code = LIGHTROOM_CODES[photo.orientation]
        image = insert("Adobe_images", rootFile=file, orientation=code, fileWidth=width, fileHeight=height)
        for person, box in photo.faces:
            wide, high = photo.size
            left, right = box.x / wide, (box.x + box.width) / wide
            top_edge, bottom = box.y / high, (box.y + box.height) / high
            corners = {"tl_x": left, "tl_y": top_edge, "tr_x": right, "tr_y": top_edge}
            corners |= {"bl_x": left, "bl_y": bottom, "br_x": right, "br_y": bottom}
            face = insert("AgLibraryFace", image=image, imageOrientation=code, regionType=1.0, **corners)
            if person:
                is_picked = None if photo.proposed else 1
                tag = keyword_of(person)
                insert(
                    "AgLibraryKeywordFace", face=face, tag=tag, userPick=is_picked, userReject=0, rankOrder=1
                )
                if is_picked:
                    insert("AgLibraryKeywordImage", image=image, tag=tag)
        for person in photo.people:
            insert("AgLibraryKeywordImage", image=image, tag=keyword_of(person))
        insert("AgLibraryKeywordImage", image=image, tag=keyword_of("Holiday"))
    database.commit()
    database.close()
    return path


def picasa_id(name: str) -> str:
    """A person's number, which begins with zeros for some."""
    return f"{sum(ord(letter) << (8 * at % 52) for at, letter in enumerate(name)) % 2**60:016x}"


def rect64(photo: MarkedPhoto, box: Box) -> str:
    """The rectangle of a face as Picasa writes it: of the image as stored, without leading zeros."""
    stored, (width, height) = photo.stored_box(box), photo.stored_size
    sides = (
        stored.x / width,
        stored.y / height,
        (stored.x + stored.width) / width,
        (stored.y + stored.height) / height,
    )
    number = 0
    for side in sides:
        number = number << 16 | min(max(round(side * 65536), 0), 65535)
    return f"rect64({number:x})"


def picasa_section(photo: MarkedPhoto) -> str:
    faces = ";".join(
        f"{rect64(photo, box)},{picasa_id(name).lstrip('0') if name else 'f' * 16}"
        for name, box in photo.faces
    )
    return f"[{photo.path.name}]\r\nbackuphash=29250\r\nfaces={faces}\r\n"


def make_picasa(folder: Path, photos: Iterable[MarkedPhoto], *, with_names: bool = True) -> Path:
    """A .picasa.ini; its [Contacts2] is left out where names are in a contacts.xml."""
    photos = list(photos)
    names = dict.fromkeys(name for photo in photos for name, _ in photo.faces if name)
    lines = "[Picasa]\r\nname=Party\r\n[encoding]\r\nutf8=1\r\n"
    if with_names:
        lines += "[Contacts2]\r\n" + "".join(f"{picasa_id(name)}={name};;\r\n" for name in names)
    path = folder / ".picasa.ini"
    path.write_bytes((lines + "".join(map(picasa_section, photos))).encode())
    return path


def make_contacts(path: Path, names: Iterable[str]) -> Path:
    """A contacts.xml."""
    people = "".join(
        f' <contact id="{picasa_id(name)}" name="{name}" display="{name.split()[0]}" '
        'modified_time="2012-08-11T01:42:05+00:00" sync_enabled="1"/>\n'
        for name in names
    )
    path.write_text(f'<?xml version="1.0" encoding="utf-8" ?>\n<contacts>\n{people}</contacts>\n', "utf-8")
    return path


def make_takeout(path: Path, title: str, people: Sequence[str], timestamp: int = 1600596727) -> Path:
    """A JSON file of Google Takeout."""
    content = {
        "title": title,
        "description": "",
        "imageViews": "9",
        "creationTime": {"timestamp": "1600598769", "formatted": "Sep 20, 2020, 10:46:09 AM UTC"},
        "photoTakenTime": {"timestamp": str(timestamp), "formatted": "Sep 20, 2020, 10:12:07 AM UTC"},
        "geoData": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0},
        "people": [{"name": name} for name in people],
        "url": "https://photos.google.com/photo/AF1QipO",
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False), "utf-8")
    return path
