"""Names without a place in XMP: lists of people, and keywords that are people.

A list of people is Iptc4xmpExt:PersonInImage. A keyword is a person where its path begins with a word for
people, as in "People|Ann": digiKam:TagsList, lr:hierarchicalSubject, MicrosoftPhoto:LastKeywordXMP,
mediapro:CatalogSets, acdsee:categories and mwg-kw:Keywords have such paths. dc:subject has keywords without
paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import unescape

from face_match.metadata.face_regions import folded_name
from face_match.metadata.xmp import IPTC, KEYWORDS, RDF
from face_match.metadata.xmp_values import clean_text, field, fields_of, items_of, texts_of

MAX_NAMES = 10_000
"""More names in one file are ignored."""

MAX_LEVELS = 20
"""Keywords deeper in a hierarchy are ignored."""

PEOPLE_WORDS = frozenset(
    {"people", "person", "persons", "faces", "family and friends"}
    | {"personen", "leute", "menschen", "gesichter"}  # German; the first is Dutch too
    | {"gente", "personas", "caras"}  # Spanish
    | {"personnes", "gens", "visages"}  # French
    | {"persone", "volti", "pessoas", "rostos", "mensen", "gezichten"}  # Italian, Portuguese, Dutch
    | {"personer", "ansikten", "ansigter", "ansikter"}  # Swedish, Danish, Norwegian
    | {"ihmiset", "henkilöt"}  # Finnish
    | {"osoby", "ludzie", "lidé", "ľudia", "emberek", "люди", "人物", "人", "사람", "人々"}
)
"""The first parts of keywords that are people, folded; digiKam translates its own."""

_NO_NAMES = frozenset(
    {"unknown", "unconfirmed", "ignored", "unbekannt", "unbestätigt", "nicht bestätigt", "ignoriert"}
    | {"desconocido", "sin confirmar", "ignorado", "inconnu", "non confirmé", "ignoré"}
)
"""Keywords below them that are no people: digiKam's faces that nobody named yet."""

PATHS = {
    "{http://www.digikam.org/ns/1.0/}TagsList": "/",
    "{http://ns.microsoft.com/photo/1.0/}LastKeywordXMP": "/",
    "{http://ns.microsoft.com/photo/1.0}LastKeywordXMP": "/",
    "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject": "|",
    "{http://ns.iview-multimedia.com/mediapro/1.0/}CatalogSets": "|",
    "{http://ns.microsoft.com/expressionmedia/1.0/}CatalogSets": "|",
}
"""The properties with paths of keywords, and what separates the parts of a path."""

_ACDSEE_CATEGORIES = "{http://ns.acdsee.com/iptc/1.0/}categories"
_CATEGORY = re.compile(r"<(/?)(\w+)\b([^<>]*)>|([^<>]+)")
_SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"

_Path = tuple[str, ...]


def listed_people(root: Element) -> list[str]:
    """The names of people in the lists and keywords of a document, each once."""
    paths = [path for path in islice(_paths(root), MAX_NAMES) if is_of_people(path)]
    groups = {path[:level] for path in paths for level in range(len(path))}
    names = [*_people_in_image(root), *(path[-1] for path in paths if path not in groups)]
    return distinct(name for name in names if folded_name(name) not in _NO_NAMES)


def flat_keywords(root: Element) -> list[str]:
    """The keywords without a path, each once."""
    return distinct(name for element in _descriptions(root) for name in texts_of(element, _SUBJECT))


def distinct(names: Iterable[str]) -> list[str]:
    """The first of all names that differ in case alone, and at most `MAX_NAMES`."""
    first = dict[str, str]()
    for name in islice(names, MAX_NAMES):
        first.setdefault(folded_name(name), name)
    return list(first.values())


def _descriptions(root: Element) -> Iterator[Element]:
    """The elements that hold the properties of the photo."""
    for rdf in root.iter(f"{RDF}RDF"):
        yield from rdf.iterfind(f"{RDF}Description")


def _people_in_image(root: Element) -> Iterator[str]:
    for element in _descriptions(root):
        yield from texts_of(element, f"{IPTC}PersonInImage")
        for people in element.iterfind(f"{IPTC}PersonInImageWDetails"):
            for item in items_of(people):
                yield from islice(texts_of(fields_of(item), f"{IPTC}PersonName"), 1)


def is_of_people(path: Sequence[str]) -> bool:
    """Whether a keyword's path begins with a word for people."""
    return len(path) > 1 and folded_name(path[0]) in PEOPLE_WORDS


def _paths(root: Element) -> Iterator[_Path]:
    for element in _descriptions(root):
        for tag, separator in PATHS.items():
            for text in texts_of(element, tag):
                yield _parts(text.split(separator, MAX_LEVELS))
        yield from _acdsee_paths(field(element, _ACDSEE_CATEGORIES))
    yield from (keyword.path for keyword in mwg_keywords(root) if keyword.is_applied)


def _parts(parts: Iterable[str]) -> _Path:
    return tuple(part for text in parts if (part := clean_text(text)))


class MwgKeyword(NamedTuple):
    """A keyword of the Metadata Working Group.

    Attributes:
        item: of its list.
        path: the keywords above it, and its own.
        is_applied: whether the photo has it, and not only one below.
    """

    item: Element
    path: _Path
    is_applied: bool

    @property
    def has_children(self) -> bool:
        return fields_of(self.item).find(f"{KEYWORDS}Children") is not None


def mwg_keywords(root: Element) -> Iterator[MwgKeyword]:
    """The keywords of the Metadata Working Group, in their hierarchies."""
    for element in _descriptions(root):
        for keywords in element.iterfind(f"{KEYWORDS}Keywords"):
            for hierarchy in fields_of(keywords).iterfind(f"{KEYWORDS}Hierarchy"):
                yield from _mwg_keywords(hierarchy, ())


def _mwg_keywords(keywords: Element, above: _Path) -> Iterator[MwgKeyword]:
    if len(above) == MAX_LEVELS:
        return
    for item in items_of(keywords):
        fields = fields_of(item)
        path = (*above, clean_text(field(fields, f"{KEYWORDS}Keyword")))
        children = fields.find(f"{KEYWORDS}Children")
        if children is not None:
            yield from _mwg_keywords(children, path)
        is_applied = children is None or field(fields, f"{KEYWORDS}Applied").casefold() == "true"
        yield MwgKeyword(item, path, is_applied)


def _acdsee_paths(text: str) -> Iterator[_Path]:
    """The paths of ACDSee's categories, which are XML in a text: <Categories><Category Assigned="0">People
    <Category Assigned="1">Ann</Category></Category></Categories>.

    Only categories marked as assigned count. A parser of XML would need its own limits; this text has one
    kind of element.
    """
    path: list[str] = []
    assigned: list[bool] = []
    for found in islice(_CATEGORY.finditer(text), MAX_NAMES):
        is_end, name, attributes, content = found.groups()
        if content is not None:
            if path and not path[-1]:
                path[-1] = clean_text(unescape(content))
        elif name != "Category" or attributes.endswith("/"):
            continue
        elif not is_end and len(path) < MAX_LEVELS:
            path.append("")
            assigned.append("1" in attributes)
        elif is_end and path:
            if assigned.pop():
                yield tuple(path)
            path.pop()
