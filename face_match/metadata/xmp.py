"""Parsing XMP safely and editing it in place, so that every other byte is preserved.

ElementTree alone would rename prefixes and drop comments and the packet wrapper.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from face_match.core.errors import SidecarUnreadableError
from face_match.core.translation import marked
from face_match.core.visible_text import shortened
from face_match.metadata.xmp_values import LISTS, fields_of

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
    "stArea": "http://ns.adobe.com/xmp/sType/Area#",
    "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
    "MP": "http://ns.microsoft.com/photo/1.2/",
    "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
    "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
}
"""The namespaces in which names are written, with their usual prefixes."""
RDF, MWG, ST_AREA, ST_DIM, _, MICROSOFT_LIST, MICROSOFT, IPTC, DC, LIGHTROOM, DIGIKAM = (
    f"{{{address}}}" for address in _SPACES.values()
)
TIFF = "{http://ns.adobe.com/tiff/1.0/}"
ACDSEE = "{http://ns.acdsee.com/regions/}"
ACDSEE_AREA = "{http://ns.acdsee.com/sType/Area#}"
KEYWORDS = "{http://www.metadataworkinggroup.com/schemas/keywords/}"
_PLACED = (
    *(RDF, MWG, ACDSEE, "{http://ns.microsoft.com/photo/1.2/", f"{IPTC}PersonInImage", f"{IPTC}Name"),
    *(DC, LIGHTROOM, DIGIKAM, KEYWORDS),
)
"""The beginnings of tags whose position in the text is recorded."""
_NODE_ID = f"{RDF}nodeID"
RESOURCE = {"rdf:parseType": "Resource"}
MAX_MARKS = 250_000
"""The limit for tags, comments and attributes together: a few times what the largest sidecars have."""

MAX_NAMES_BYTES = 16_000_000
"""The limit for all names together. The parser expands each name with its namespace: a thousand short
elements in a namespace of one megabyte would take a gigabyte."""
_NAMESPACE = re.compile(rb"""(?<=\s)xmlns(?::[^\s=]*)?\s*=\s*(?=("[^"]*|'[^']*))""")

_TAG = re.compile(rb"""<(?:[^"'>]+|"[^"]*"|'[^']*')*>""")
_NAME_END = re.compile(rb"[\s/>]")
_ATTRIBUTE = re.compile(rb"""([^\s=/"']+)\s*=\s*("[^"]*"|'[^']*')""")

_BLANKS = b" \t\r\n"
_BLANKS_THEN_END = re.compile(rb"([ \t\r\n]*)</")

_STARTS = {
    **{b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"<\0\0\0": "utf-32-le"},
    **{b"\0\0\0<\0": "utf-32-be", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"},
    **{b"<\0": "utf-16-le", b"\0<\0": "utf-16-be"},
}
"""The encodings by the first bytes of a document, which are a byte order mark or "<". Zeros before "<" may
also be padding: a letter follows it then."""
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_ONE_BYTE = re.compile(
    "iso-?8859-([1-9]|1[013-6])|windows-125[0-8]|cp125[0-8]|latin-?1|(us-)?ascii|koi8-[ru]"
)
"""The declared encodings that are read besides Unicode's: they have ASCII's characters and one byte each."""

EMPTY = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="{_SPACES["rdf"]}">
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()


class Edit(NamedTuple):
    """A range of bytes in the UTF-8 text, and its replacement."""

    start: int
    end: int
    text: bytes


class Addition(NamedTuple):
    """Items to add to a list.

    Attributes:
        names: of the list, such as dc:subject; after that of the structure that it is in, if any.
        items: as text.
        beside: an element of the structure, added where that is new or has none of its name.
        array: the kind of a new list.
    """

    names: tuple[str, ...]
    items: Sequence[str]
    beside: str = ""
    array: str = "rdf:Bag"


def encoding_of(content: bytes) -> str:
    """The encoding of a document, by its first bytes or its XML declaration; UTF-8 if they say none."""
    by_start = (encoding for start, encoding in _STARTS.items() if content.startswith(start))
    declared = _DECLARED.match(content)
    name = "" if declared is None else declared[1].decode("ascii", "replace").lower()
    return next(by_start, name if _ONE_BYTE.fullmatch(name) else "utf-8")


def packet_in_utf_8(packet: bytes) -> bytes:
    """The XMP of a photo without the zeros and blanks around it. JPEG and PNG want it in UTF-8."""
    encoding = encoding_of(packet)
    if encoding.startswith(("utf-16", "utf-32")):
        with contextlib.suppress(UnicodeDecodeError):  # the parser says so
            packet = packet.decode(encoding).lstrip("\ufeff").encode()
    return packet.strip(b"\0 \t\r\n")


class XmpDocument:
    """A sidecar's content, parsed, with the positions of its elements."""

    def __init__(self, content: bytes, name: str) -> None:
        """Parse the content; raises SidecarUnreadableError with the file's name if it is not XMP."""
        self._name = name
        self._encoding = encoding_of(content)
        self._builder = TreeBuilder()
        self._starts: dict[Element, int] = {}
        self._ends: dict[Element, int] = {}
        self._tags: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}
        self._parser = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._on_declaration
        parser.StartDoctypeDeclHandler = self._on_document_type
        parser.StartNamespaceDeclHandler = self._on_prefix
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._builder.data
        try:
            self._text = content.decode(self._encoding).encode()
            _require_few_names(self._text, name)
            parser.Parse(self._text.rstrip(b"\0"), True)  # some programs pad files
        except UnicodeDecodeError as exc:
            raise SidecarUnreadableError(name, marked("it is not in UTF-8")) from exc
        except expat.ExpatError as exc:
            raise SidecarUnreadableError(name, f"damaged XML, line {exc.lineno}") from exc
        self.root = self._builder.close()
        rdf = next(self.root.iter(f"{RDF}RDF"), None)
        if rdf is None:
            raise SidecarUnreadableError(name, marked("it is not XMP"))
        self._rdf = rdf
        _join_nodes(rdf)
        own = {prefix: self._prefixes.get(address, prefix) for prefix, address in _SPACES.items()}
        self._own_prefixes = own if len({*own.values()}) == len(own) else {prefix: prefix for prefix in own}

    def _on_declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (
            not re.match("utf-(8|16|32)", stated := (encoding or "utf-8").lower())
            and stated != self._encoding
        ):
            raise SidecarUnreadableError(self._name, f"it is in {shortened(str(encoding), 20)}, not in UTF-8")

    def _on_document_type(self, *details: object) -> None:
        """Refuse document types: only they can declare entities, which expand a thousandfold or read other
        files."""
        raise SidecarUnreadableError(self._name, marked("it has a document type, which XMP does not allow"))

    def _on_prefix(self, prefix: str | None, address: str) -> None:
        if prefix:
            self._prefixes.setdefault(address, prefix)

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._tag(name)
        element = self._builder.start(tag, {self._tag(key): value for key, value in attributes.items()})
        if tag.startswith(_PLACED):
            self._starts[element] = self._parser.CurrentByteIndex

    def _on_end(self, name: str) -> None:
        element = self._builder.end(self._tag(name))
        if element.tag.startswith(_PLACED):
            self._ends[element] = self._parser.CurrentByteIndex

    def _tag(self, name: str) -> str:
        """The tag in ElementTree's form, from expat's "namespace}name"; equal tags share one string."""
        tag = self._tags.get(name)
        if tag is None:
            tag = self._tags[name] = f"{{{name}" if "}" in name else name
        return tag

    def element_text(self, name: str, *content: str, attributes: Mapping[str, str] | None = None) -> str:
        """An element as text. The content must be escaped already.

        The name's prefix, such as mwg-rs, becomes the document's prefix for that namespace: Exiv2 cannot read
        a sidecar in which a namespace has two prefixes.
        """
        tag = self._document_name(name)
        values = (
            f" {self._document_name(key)}={quoteattr(value)}" for key, value in (attributes or {}).items()
        )
        return f"<{tag}{''.join(values)}>{''.join(content)}</{tag}>\n"

    def _document_name(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return f"{self._own_prefixes[prefix]}:{local}"

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The content with edits applied; an edit inside a removed range is dropped. What the encoding lacks
        becomes a character reference."""
        result, done = bytearray(), 0
        for edit in sorted(edits):
            if edit.start >= done:
                result += self._text[done : edit.start] + edit.text
                done = edit.end
                if not edit.text and edit.end > edit.start:
                    done = _drop_blanks_of_emptied(result, self._text, done)
        return (result + self._text[done:]).decode().encode(self._encoding, "xmlcharrefreplace")

    def removing(self, element: Element) -> Edit:
        """An edit that removes an element with its content."""
        end = self._tag_end(element)
        if not self._is_empty_tag(end):
            end = self._text.index(b">", self._ends[element]) + 1
        return Edit(self._starts[element], end, b"")

    def setting_field(self, structure: Element, tag: str, value: str) -> list[Edit]:
        """Edits that set a field, in its present form as attribute or element, or add it."""
        edits = []
        if tag in structure.attrib:
            place = next(place for key, place in self._attributes(structure) if key == tag)
            start, end = place.span(2)
            edits.append(Edit(start + 1, end - 1, _in_quotes(value, self._text[start : start + 1])))
        edits += [self.setting_text(element, value) for element in structure.iterfind(tag)]
        return edits or [self._new_field(structure, tag, value)]

    def _new_field(self, structure: Element, tag: str, value: str) -> Edit:
        """An edit that adds a field: as an attribute beside others of its namespace, else as an element.

        A neighbouring attribute's prefix is valid in the same tag; an element declares its own.
        """
        address, _, local = tag[1:].partition("}")
        for key, place in self._attributes(structure):
            if key.startswith(f"{{{address}}}"):
                prefix = place[1].partition(b":")[0]
                text = b'%s:%s="%s" ' % (prefix, local.encode(), _in_quotes(value, b'"'))
                return Edit(place.start(), place.start(), text)
        name = f"{self._prefixes.get(address, 'region')}:{local}"
        declared = f'xmlns:{name.partition(":")[0]}="{address}"'
        text = f"<{name} {declared}>{escape(value)}</{name}>".encode()
        return self._put(structure, self._tag_end(structure), text)

    def adding(self, additions: Iterable[Addition]) -> list[Edit]:
        """Edits that add items to lists. A list whose form is unknown is left as it is."""
        pieces: dict[Element, list[str]] = {}
        for addition in additions:
            place = self._place_for(addition)
            if place is not None:
                pieces.setdefault(place[0], []).extend(place[1])
        return [
            self._put(
                holder,
                self._ends[holder],
                "".join(re.sub("^<[^ />]+", rf"\g<0>{self._declared(one)}", one) for one in new).encode(),
            )
            for holder, new in pieces.items()
        ]

    def _declared(self, piece: str) -> str:
        """Declarations of the namespaces that an element's text uses."""
        prefixes = zip(self._own_prefixes.values(), _SPACES.values(), strict=True)
        return "".join(
            f' xmlns:{prefix}="{address}"' for prefix, address in prefixes if f"{prefix}:" in piece
        )

    def applied_to(self, width: int, height: int) -> str:
        """The element that states the size of the image, as stored, that MWG's regions belong to."""
        sides = (("w", width), ("h", height), ("unit", "pixel"))
        fields = (self.element_text(f"stDim:{side}", str(value)) for side, value in sides)
        return self.element_text("mwg-rs:AppliedToDimensions", *fields, attributes=RESOURCE)

    def setting_text(self, element: Element, value: str) -> Edit:
        """An edit that sets the text of an element without children."""
        opened = self._tag_end(element)
        if self._is_empty_tag(opened):
            return self._put(element, opened, escape(value).encode())
        return Edit(opened, self._ends[element], escape(value).encode())

    def _put(self, element: Element, at: int, text: bytes) -> Edit:
        """An edit that inserts text into an element; an empty-element tag is split into two tags."""
        if not self._is_empty_tag(self._tag_end(element)):
            return Edit(at, at, text)
        start, end = self._starts[element] + 1, self._tag_end(element)
        named = _NAME_END.search(self._text, start)
        assert named, "the parser has read it"
        return Edit(end - 2, end, b">" + text + b"</" + self._text[start : named.start()] + b">")

    def _tag_end(self, element: Element) -> int:
        """Where an element's opening tag ends."""
        found = _TAG.match(self._text, self._starts[element])
        assert found, "the parser has read it"
        return found.end()

    def _is_empty_tag(self, end: int) -> bool:
        """Whether the tag that ends here is an empty-element tag."""
        return self._text[end - 2 : end] == b"/>"

    def _attributes(self, element: Element) -> Iterator[tuple[str, re.Match[bytes]]]:
        """An element's attributes with their positions, in document order."""
        named = _NAME_END.search(self._text, self._starts[element] + 1)
        assert named, "the parser has read it"
        found = _ATTRIBUTE.finditer(self._text, named.start(), self._tag_end(element))
        own = (place for place in found if place[1] != b"xmlns" and not place[1].startswith(b"xmlns:"))
        return zip(element.attrib, own, strict=True)

    def _place_for(self, addition: Addition) -> tuple[Element, list[str]] | None:
        """The innermost existing element for items, and the items wrapped in the missing elements."""
        names, items, beside, array = addition
        *outer, listed = names
        tags = [self._full(name) for name in names]
        top = next(self.root.iter(tags[0]), None)
        body = self._rdf if not outer else None if top is None else fields_of(top)
        found = top if not outer else None if body is None else body.find(tags[-1])
        if found is not None:
            arrays = [child for child in found if child.tag in LISTS]
            if not arrays and (found.text or "").strip():
                return None
            return (arrays[0], [*items]) if arrays else (found, [self.element_text(array, *items)])
        if any(tags[-1] in element.attrib for element in self.root.iter(f"{RDF}Description")):
            return None
        pieces = [self.element_text(listed, self.element_text(array, *items))]
        if beside and (body is None or body.find(self._tag_of(beside)) is None):
            pieces.insert(0, beside)
        if body is None or body is self._rdf:
            first = self._rdf.find(f"{RDF}Description")
            about = "" if first is None else first.get(f"{RDF}about", "")
            if outer:
                pieces = [self.element_text(outer[0], *pieces, attributes=RESOURCE)]
            return self._rdf, [self.element_text("rdf:Description", *pieces, attributes={"rdf:about": about})]
        if body is top and body.get(f"{RDF}parseType") is None:
            pieces = [self.element_text("rdf:Description", *pieces)]
        return body, pieces

    @staticmethod
    def _full(name: str) -> str:
        """The tag of a name with a usual prefix."""
        prefix, _, local = name.partition(":")
        return f"{{{_SPACES[prefix]}}}{local}"

    def _tag_of(self, piece: str) -> str:
        """The tag of an element's text that `element_text` made."""
        prefix, _, local = re.split("[ />]", piece[1:], maxsplit=1)[0].partition(":")
        own = {own: usual for usual, own in self._own_prefixes.items()}
        return self._full(f"{own[prefix]}:{local}")


def _join_nodes(rdf: Element) -> None:
    """Put a description with an rdf:nodeID into the element that refers to it: RDF libraries write structures
    so.

    Only descriptions directly in rdf:RDF count, each for one element, and those without further references:
    nothing is then inside itself, and nothing grows.
    """
    nodes = {
        node: description
        for description in rdf.iterfind(f"{RDF}Description")
        if (node := description.get(_NODE_ID))
        and not any(_NODE_ID in inner.attrib for inner in description.iter() if inner is not description)
    }
    if nodes:
        empty = [element for element in rdf.iter() if not len(element) and element.get(_NODE_ID) in nodes]
        for element in empty:
            target = nodes.pop(element.get(_NODE_ID, ""), None)
            if target is not None and target is not element:
                element.append(target)


def _drop_blanks_of_emptied(before: bytearray, text: bytes, at: int) -> int:
    """Drop the blanks that are left of an element's content once its last part is removed. Exiftool reads the
    blanks of a list without items as a text.

    Args:
        before: the new text so far.
        at: where the removed part ends in the old text.
    Returns:
        Where the old text continues.
    """
    following = _BLANKS_THEN_END.match(text, at)
    if following is None:
        return at
    end = len(before)
    while end and before[end - 1] in _BLANKS:
        end -= 1
    tag = before.rfind(b"<", 0, end)
    is_opened = tag >= 0 and before[tag + 1] not in b"/!?" and before[end - 1 : end] == b">"
    if not is_opened or before[end - 2 : end] == b"/>":
        return at
    del before[end:]
    return following.end(1)


def _in_quotes(value: str, quote: bytes) -> bytes:
    return escape(value, {quote.decode(): "&quot;" if quote == b'"' else "&apos;"}).encode()


def _require_few_names(text: bytes, name: str) -> None:
    """Check before parsing: expat continues to the end of an element even if a handler raises."""
    marks = text.count(b"<") + text.count(b"=")
    if marks > MAX_MARKS:
        raise SidecarUnreadableError(name, marked("it has too many elements"))
    longest = max((found.end(1) - found.start(1) for found in _NAMESPACE.finditer(text)), default=0)
    if longest * marks > MAX_NAMES_BYTES:
        raise SidecarUnreadableError(name, marked("one of its namespaces is too long"))
