"""The edits of an XMP document that make its lists of people and keywords name the people of a photo.

Lists describe the photo and may name people who have no face in it. So a list loses only names that faces of
the photo had and have no more; all others stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from face_match.metadata.face_regions import folded_name
from face_match.metadata.people_lists import PATHS, is_of_people, mwg_keywords
from face_match.metadata.written_forms import Form
from face_match.metadata.xmp import DC, DIGIKAM, IPTC, KEYWORDS, LIGHTROOM, RDF, Addition, Edit, XmpDocument
from face_match.metadata.xmp_values import clean_text, fields_of, items_of, text_of

_PEOPLE = "People"
"""The keyword above names, as digiKam and Lightroom have it."""

_PERSONS, _SUBJECT = f"{IPTC}PersonInImage", f"{DC}subject"


class _List(NamedTuple):
    """A list that is written: its name, the kind of its array, and what separates the parts of a keyword."""

    name: str
    array: str
    separator: str = ""


_LISTS = {
    _PERSONS: _List("Iptc4xmpExt:PersonInImage", "rdf:Bag"),
    f"{LIGHTROOM}hierarchicalSubject": _List("lr:hierarchicalSubject", "rdf:Bag", "|"),
    f"{DIGIKAM}TagsList": _List("digiKam:TagsList", "rdf:Seq", "/"),
    _SUBJECT: _List("dc:subject", "rdf:Bag"),
}


class ListEdits(NamedTuple):
    """The edits and additions of the document, and the names that lists gain and lose, folded."""

    edits: list[Edit]
    additions: list[Addition]
    added: set[str]
    removed: set[str]


def list_edits(
    document: XmpDocument, names: Sequence[str], replaced: Mapping[str, str | None], forms: Collection[Form]
) -> ListEdits:
    """The edits of all lists.

    Args:
        names: of the people in the photo.
        replaced: names of the photo's faces that are out of date, folded, each with the one that takes its
            place; None if none does.
    """
    current = {folded_name(name): name for name in names}
    gone = {old: new for old, new in replaced.items() if old not in current}
    result = ListEdits([], [], set(), set())
    of_paths: set[str] = set()
    for tag, separator in {_PERSONS: "", **PATHS}.items():
        editor = _Editor(document, tag, separator, result)
        editor.replace(gone)
        of_paths |= editor.replaced if separator else set()
        if (Form.KEYWORDS if separator else Form.PERSONS) in forms and tag in _LISTS:
            editor.add(current)
    of_paths |= _replace_mwg_keywords(document, gone, result)
    flat = _Editor(document, _SUBJECT, "", result)
    flat.replace({old: new for old, new in gone.items() if old in of_paths})
    if Form.KEYWORDS in forms:
        flat.add(current)
    return result


def _replace_mwg_keywords(
    document: XmpDocument, gone: Mapping[str, str | None], result: ListEdits
) -> set[str]:
    """Replace or remove names that are out of date among keywords of the Metadata Working Group; returns
    these, folded."""
    people = [one for one in mwg_keywords(document.root) if one.is_applied and is_of_people(one.path)]
    known = {(one.path[:-1], folded_name(one.path[-1])) for one in people}
    replaced = set[str]()
    for keyword in people:
        above, old = keyword.path[:-1], folded_name(keyword.path[-1])
        if old not in gone or keyword.has_children:
            continue
        replaced.add(old)
        new = gone[old]
        if new is None or (above, folded_name(new)) in known:
            result.edits.append(document.removing(keyword.item))
            result.removed.add(old)
        else:
            fields = fields_of(keyword.item)
            result.edits.extend(document.setting_field(fields, f"{KEYWORDS}Keyword", new))
            known.add((above, folded_name(new)))
            result.added.add(folded_name(new))
    return replaced


class _Editor:
    """Edits one list.

    Attributes:
        replaced: the names that were out of date, folded.
    """

    def __init__(self, document: XmpDocument, tag: str, separator: str, result: ListEdits) -> None:
        self._document = document
        self._tag = tag
        self._separator = separator
        self._result = result
        self._items = [(item, parts) for item in self._all_items() if (parts := self._parts(item))]
        self._known = {folded_name(parts[-1]) for _, parts in self._items}
        self.replaced: set[str] = set()

    def _all_items(self) -> Iterator[Element]:
        for rdf in self._document.root.iter(f"{RDF}RDF"):
            for listed in rdf.iterfind(f"{RDF}Description/{self._tag}"):
                yield from items_of(listed)

    def _parts(self, item: Element) -> list[str]:
        """The name of an item, after the parts of its path; empty for another keyword."""
        text = text_of(item)
        if not self._separator:
            return [clean_text(text)]
        parts = [clean_text(part) for part in text.split(self._separator)]
        return parts if is_of_people(parts) else []

    def replace(self, gone: Mapping[str, str | None]) -> None:
        """Replace or remove names that are out of date."""
        for item, parts in self._items:
            old = folded_name(parts[-1])
            if old not in gone:
                continue
            new = gone[old]
            self.replaced.add(old)
            if new is None or folded_name(new) in self._known or not self._can_hold(new):
                self._result.edits.append(self._document.removing(item))
                self._result.removed.add(old)
            elif len(item) == 0:
                text = self._separator.join([*parts[:-1], new])
                self._result.edits.append(self._document.setting_text(item, text))
                self._known.add(folded_name(new))
                self._result.added.add(folded_name(new))

    def add(self, current: Mapping[str, str]) -> None:
        """Add the names that are missing."""
        new = [name for key, name in current.items() if key not in self._known and self._can_hold(name)]
        if not new:
            return
        above = f"{_PEOPLE}{self._separator}" if self._separator else ""
        items = [self._document.element_text("rdf:li", escape(above + name)) for name in new]
        listed = _LISTS[self._tag]
        self._result.additions.append(Addition((listed.name,), items, array=listed.array))
        self._result.added.update(map(folded_name, new))

    def _can_hold(self, name: str) -> bool:
        """Whether a name can be told from a path."""
        return not self._separator or self._separator not in name
