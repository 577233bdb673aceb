"""XMP over the 64 kB of a JPEG's segment: a main packet, and an extension with the properties that do not fit
(XMP Specification Part 3, 1.1.3.1).

The text of properties is moved, never written anew, so that it stays as another program wrote it.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from face_match.core.images.byte_source import UnparsableError
from face_match.core.translation import marked
from face_match.metadata.embedded.packets import MAX_XMP_BYTES, too_large

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NOTE = "http://ns.adobe.com/xmp/note/"
_HAS_EXTENSION = "HasExtendedXMP"
_REGION_SPACES = (
    "http://www.metadataworkinggroup.com/schemas/regions/",
    "http://ns.microsoft.com/photo/1.2/",
)
"""What stays in the main packet as long as possible: many programs read no extension."""

_MAX_MARKS, _MAX_PREFIXES = 250_000, 500
_NO_RDF, _RDF_ENDED = -1, -3
"""Stand for the depth of rdf:RDF before it begins and after it ends."""
_WRAPPER_END = b"<?xpacket end="
_ID = re.compile(rb"[0-9A-Fa-f]{32}")


class _Part(NamedTuple):
    """A description or a property: its range in the text and its namespace."""

    start: int
    end: int
    space: str
    local: str


class _Description(NamedTuple):
    """A child of rdf:RDF.

    Attributes:
        name_end, tag_end: where the name in its opening tag ends, and that tag.
        attributes: as written.
        inherited: the prefixes that it uses without declaring them.
        scope: all prefixes that are valid in it, with their namespaces.
    """

    start: int
    end: int
    name_end: int
    tag_end: int
    attributes: Mapping[str, str]
    inherited: Mapping[str, str]
    scope: Mapping[str, str]
    properties: list[_Part]


class _Packet:
    """The descriptions and properties of a packet; raises UnparsableError if it is not XMP."""

    def __init__(self, text: bytes) -> None:
        if text.count(b"<") + text.count(b"=") > _MAX_MARKS:
            raise UnparsableError(marked("its XMP has too many elements"))
        self.text = text
        self.rdf_end = -1
        self.descriptions: list[_Description] = []
        self._scopes: list[Mapping[str, str]] = [{"xml": ""}]
        self._rdf_depth = _NO_RDF
        self._starts: list[int] = []
        self._properties: list[_Part] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.StartDoctypeDeclHandler = _refuse
        self._current: tuple[dict[str, str], dict[str, str]] = ({}, {})
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as exc:
            raise UnparsableError(marked("its XMP is damaged")) from exc
        if self.rdf_end < 0:
            raise UnparsableError(marked("its XMP is damaged"))

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        self._starts.append(self._parser.CurrentByteIndex)
        depth = len(self._starts)
        if 0 < self._rdf_depth < depth - 2:
            return
        own = {
            key.partition(":")[2]: value
            for key, value in attributes.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }
        above = self._scopes[-1]
        scope = {**above, **own} if own else above
        if len(scope) > _MAX_PREFIXES:
            raise UnparsableError(marked("its XMP has too many namespaces"))
        self._scopes.append(scope)
        if self._rdf_depth == _NO_RDF and self._resolved(name, scope) == (_RDF, "RDF"):
            self._rdf_depth = depth
        elif self._rdf_depth > 0 and depth == self._rdf_depth + 1:
            missing = {prefix: space for prefix, space in above.items() if prefix not in own and space}
            self._current = (attributes, missing)
            self._properties = []

    def _on_end(self, name: str) -> None:
        depth, start = len(self._starts), self._starts.pop()
        if 0 < self._rdf_depth < depth - 2:
            return
        scope = self._scopes.pop()
        if depth == self._rdf_depth and self.rdf_end < 0:
            self.rdf_end = self._parser.CurrentByteIndex
            self._rdf_depth = _RDF_ENDED
            if self.text[_tag_end(self.text, start) - 2] == ord("/"):  # an empty element
                raise UnparsableError(marked("its XMP is empty"))
        elif depth == self._rdf_depth + 2:
            self._properties.append(_Part(start, self._element_end(start), *self._resolved(name, scope)))
        elif depth == self._rdf_depth + 1:
            attributes, inherited = self._current
            name_end = start + 1 + len(name.encode())
            self.descriptions.append(
                _Description(
                    *(start, self._element_end(start), name_end, _tag_end(self.text, start)),
                    *(attributes, inherited, scope, self._properties),
                )
            )

    def _element_end(self, start: int) -> int:
        """Where the element ends whose end the parser has reached."""
        opened = _tag_end(self.text, start)
        is_empty = self.text[opened - 2 : opened] == b"/>"
        return opened if is_empty else self.text.index(b">", self._parser.CurrentByteIndex) + 1

    @staticmethod
    def _resolved(name: str, scope: Mapping[str, str]) -> tuple[str, str]:
        prefix, _, local = name.rpartition(":")
        return scope.get(prefix, ""), local

    def without_empty(self, removed: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The ranges, with all of a description where they leave nothing in it."""
        starts = [one.start for one in self.descriptions]
        inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for part in removed:
            inside[bisect(starts, part[0]) - 1].append(part)
        ranges = []
        for number, parts in inside.items():
            one = self.descriptions[number]
            is_empty = len(parts) == len(one.properties) + self.noted(one)
            ranges += [(one.start, one.end)] if is_empty else parts
        return ranges

    def noted(self, one: _Description) -> int:
        """The number of properties that a description has as attributes."""
        names = [self._resolved(key, one.scope) for key in one.attributes if not key.startswith("xmlns")]
        return sum(name not in ((_RDF, "about"), ("", "about")) for name in names)

    def notes(self) -> Iterator[tuple[int, int, bytes]]:
        """Where the packet says which extension it has, with the extension's id."""
        for one in self.descriptions:
            for key, value in one.attributes.items():
                if self._resolved(key, one.scope) == (_NOTE, _HAS_EXTENSION):
                    written = re.compile(rb"""\s%b\s*=\s*("[^"]*"|'[^']*')""" % re.escape(key.encode()))
                    if place := written.search(self.text, one.name_end, one.tag_end):
                        yield *place.span(), value.encode()
            for part in one.properties:
                if part[2:] == (_NOTE, _HAS_EXTENSION):
                    found = _ID.search(self.text, part.start, part.end)
                    yield part.start, part.end, found[0] if found else b""


def _refuse(*details: object) -> None:
    raise UnparsableError(marked("its XMP has a document type, which XMP does not allow"))


_TAG = re.compile(rb"""<(?:[^"'>]+|"[^"]*"|'[^']*')*>""")


def _tag_end(text: bytes, start: int) -> int:
    found = _TAG.match(text, start)
    assert found, "the parser has read it"
    return found.end()


def extension_id(main: bytes) -> bytes | None:
    """The id of the extension that a main packet names; None for none."""
    if _HAS_EXTENSION.encode() not in main:
        return None
    return next((found.upper() for *_, found in _Packet(main).notes()), None)


def joined(main: bytes, extension: bytes) -> bytes:
    """One packet with the properties of both."""
    packet, more = _Packet(main), _Packet(extension)
    size = len(main)
    pieces = []
    for one in more.descriptions:
        text = more.text[one.start : one.end]
        used = {
            prefix: space
            for prefix, space in one.inherited.items()
            if not prefix or f"{prefix}:".encode() in text
        }
        name = one.name_end - one.start
        pieces += [text[:name], _declared(used), text[name:], b"\n"]
        size += sum(map(len, pieces[-4:]))
        if size > MAX_XMP_BYTES:
            raise too_large()
    ranges = packet.without_empty([(start, end) for start, end, _ in packet.notes()])
    return _without(ranges, main[: packet.rdf_end] + b"".join(pieces) + main[packet.rdf_end :])


def _declared(spaces: Mapping[str, str]) -> bytes:
    """Declarations of namespaces, to be put into a tag."""
    return "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(space)}" for prefix, space in spaces.items()
    ).encode()


def _without(ranges: list[tuple[int, int]], text: bytes) -> bytes:
    pieces, done = [], 0
    for start, end in sorted(ranges):
        pieces.append(text[done:start])
        done = end
    return b"".join([*pieces, text[done:]])


def of_size(packet: bytes, size: int) -> bytes | None:
    """The packet with as many spaces at its end that it has a size; None if it is larger."""
    if packet.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return packet if len(packet) == size else None
    body, end = _without_padding(packet)
    room = size - len(body) - len(end)
    return body + b" " * room + end if room >= 0 else None


def _without_padding(packet: bytes) -> tuple[bytes, bytes]:
    """The packet up to the spaces at its end, and the end of its wrapper, if it has one."""
    body = packet.rstrip()
    at = body.rfind(_WRAPPER_END)
    if at < 0 or body.find(b">", at) != len(body) - 1:
        return body, b""
    return body[:at].rstrip(), body[at:]


def divided(packet: bytes, max_bytes: int) -> tuple[bytes, bytes | None]:
    """A packet as its main packet of at most `max_bytes` bytes, and its extension where one is needed.

    Raises:
        UnparsableError: it cannot be divided.
    """
    if len(packet) <= max_bytes:
        return packet, None
    packet = b"\n".join(_without_padding(packet))
    if len(packet) <= max_bytes:
        return packet, None
    found = _Packet(packet)
    parts = [(part, one) for one in found.descriptions for part in one.properties]
    parts.sort(key=lambda pair: (pair[0].space.startswith(_REGION_SPACES), pair[0].start - pair[0].end))
    room = max_bytes - len(_note(found, b"0" * 32))
    moved, size = [], len(packet)
    left = {one.start: len(one.properties) + found.noted(one) for one in found.descriptions}
    inside = {one.start: one.end - one.start for one in found.descriptions}
    for part, one in parts:
        if size <= room:
            break
        moved.append((part, one))
        size -= part.end - part.start
        inside[one.start] -= part.end - part.start
        left[one.start] -= 1
        size -= inside[one.start] if left[one.start] == 0 else 0  # it goes with its last property
    if size > room:
        raise UnparsableError(marked("its XMP does not fit into a JPEG"))
    extension = _extension(found, moved)
    note = _note(found, hashlib.md5(extension, usedforsecurity=False).hexdigest().upper().encode())
    text = packet[: found.rdf_end] + note + packet[found.rdf_end :]
    ranges = found.without_empty([(part.start, part.end) for part, _ in moved])
    return _without(ranges, text), extension


def _rdf_prefix(scope: Mapping[str, str]) -> str:
    return next(prefix for prefix, space in scope.items() if space == _RDF)


def _about(one: _Description) -> str:
    key = f"{_rdf_prefix(one.scope)}:about"
    return one.attributes.get(key, one.attributes.get("about", ""))


def _note(packet: _Packet, own: bytes) -> bytes:
    """The description that names the extension."""
    about = quoteattr(_about(packet.descriptions[0]) if packet.descriptions else "").encode()
    return b'<rdf:Description xmlns:rdf="%b" xmlns:xmpNote="%b" rdf:about=%b xmpNote:%b="%b"/>\n' % (
        _RDF.encode(),
        _NOTE.encode(),
        about,
        _HAS_EXTENSION.encode(),
        own,
    )


def _extension(packet: _Packet, moved: list[tuple[_Part, _Description]]) -> bytes:
    """An extension with these properties."""
    pieces, size = list[bytes](), 0
    moved = sorted(moved, key=lambda pair: pair[0].start)
    for _, pairs in groupby(moved, key=lambda pair: pair[1].start):
        parts = [*pairs]
        one = parts[0][1]
        scope = {prefix: space for prefix, space in one.scope.items() if space}
        prefix = _rdf_prefix(scope)
        name = f"{prefix}:Description" if prefix else "Description"
        about = f" {prefix}:about={quoteattr(_about(one))}" if prefix else ""
        pieces.append(f"<{name}".encode() + _declared(scope) + about.encode() + b">")
        pieces += [packet.text[part.start : part.end] for part, _ in parts]
        pieces.append(f"</{name}>".encode())
        size += sum(map(len, pieces[-len(parts) - 2 :]))
        if size > MAX_XMP_BYTES:  # each description repeats the namespaces of all above it
            raise too_large()
    whole = b"".join(pieces)
    start = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'.encode()
    return start + whole + b"</rdf:RDF></x:xmpmeta>"
