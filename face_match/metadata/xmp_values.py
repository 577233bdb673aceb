"""The values of XMP properties, in all the forms that RDF has for them.

A structure's fields are attributes or elements, of the structure's own element or of an rdf:Description in
it. A text may be the only item of a list, have translations (rdf:Alt), qualifiers (rdf:value) or be an
address (rdf:resource).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LISTS = (f"{RDF}Bag", f"{RDF}Seq", f"{RDF}Alt")
_ITEM = re.compile(rf"{re.escape(RDF)}(li|_\d+)")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

MAX_NAME_CHARS = 4_000
"""Longer texts are cut off."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def fields_of(element: Element) -> Element:
    """The element that holds a structure's fields: RDF may nest them in a Description."""
    nested = element.find(f"{RDF}Description")
    return element if nested is None else nested


def items_of(element: Element) -> Iterator[Element]:
    """The items of the lists directly in an element."""
    for child in element:
        if child.tag in LISTS:
            yield from (item for item in child if _ITEM.fullmatch(str(item.tag)))


def field(element: Element, tag: str) -> str:
    """A field's text, from an attribute or a child element."""
    if value := (element.get(tag) or "").strip():
        return value
    child = element.find(tag)
    return "" if child is None else text_of(child)


def text_of(element: Element) -> str:
    """The text of an element; of several the one without a language, else the first."""
    items = list(items_of(element))
    if items:
        default = (item for item in items if item.get(_LANGUAGE, "x-default") == "x-default")
        element = next(default, items[0])
    value = fields_of(element).find(f"{RDF}value")
    text = (element.text if value is None else value.text) or ""
    return text.strip() or element.get(f"{RDF}resource", "").strip()


def texts_of(element: Element, tag: str) -> Iterator[str]:
    """The clean texts of a list, or of a single value in its place."""
    if text := clean_text(element.get(tag) or ""):
        yield text
    for child in element.iterfind(tag):
        items = list(items_of(child)) or [child]
        yield from (text for item in items if (text := clean_text(text_of(item))))


def clean_text(text: str) -> str:
    """The text without characters that XML cannot hold, and with single spaces."""
    return " ".join(_NOT_IN_XML.sub("", text[:MAX_NAME_CHARS]).split())


def number(text: str) -> float | None:
    """A number with a decimal point or a decimal comma; None if the text is none."""
    text = text.strip().replace(",", ".")
    return float(text) if len(text) < 64 and _NUMBER.fullmatch(text) else None


def four_numbers(text: str) -> list[float] | None:
    """Four numbers between commas, semicolons or blanks, also with decimal commas: "0,25, 0,5, 0,1, 0,1"."""
    text = text.strip()[:400]
    if "." in text:
        parts = re.split(r"[,;\s]+", text)
    else:
        parts = re.split(r"\s*;\s*|,\s+|\s+,?", text)
        if len(parts) != 4:
            digits = re.split(r"\s*,\s*", text)
            pairs = zip(digits[::2], digits[1::2], strict=False)
            parts = [f"{whole},{part}" for whole, part in pairs] if len(digits) == 8 else digits
    values = [number(part) for part in parts]
    found = [value for value in values if value is not None]
    return found if len(found) == len(values) == 4 else None
