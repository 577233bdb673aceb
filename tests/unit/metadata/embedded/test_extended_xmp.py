"""XMP that is divided over a JPEG's segments and put together again says the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from face_match.core.images.byte_source import UnparsableError
from face_match.metadata.embedded import read_xmp
from face_match.metadata.embedded.extended_xmp import divided, extension_id, joined, of_size
from face_match.metadata.embedded.writing import rewrite_xmp
from tests.extent import examples
from tests.unit.metadata.embedded.photos_with_xmp import made_photo

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
WRAPPED = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{}{}<?xpacket end="w"?>'
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


@st.composite
def packets(draw: st.DrawFn) -> bytes:
    """A packet with properties as elements and attributes, in prefixes declared here and there."""
    rdf = draw(st.sampled_from(["rdf", "R"]))
    above = draw(st.sampled_from(["", ' xmlns:o="urn:outer"', ' xmlns="urn:default"']))
    descriptions = []
    for number in range(draw(st.integers(1, 4))):
        about = draw(st.sampled_from([f' {rdf}:about=""', f' {rdf}:about="uuid:1"', ""]))
        attribute = draw(st.sampled_from(["", f" p:a={quoteattr(draw(TEXT))}"]))
        inside = []
        for name in draw(st.lists(st.sampled_from("bcdefg"), unique=True, max_size=5)):
            text = escape(draw(TEXT)) * draw(st.sampled_from([1, 40, 400]))
            prefix = "o" if "xmlns:o" in above and name in "bc" else "p"
            body = draw(st.sampled_from(["{}", f"<{rdf}:Bag><{rdf}:li>{{}}</{rdf}:li></{rdf}:Bag>", ""]))
            inside.append(f"<{prefix}:{name}>{body.replace('{}', text)}</{prefix}:{name}>")
        tag = f'{rdf}:Description{about} xmlns:p="urn:own{number}"{attribute}'
        descriptions.append(f"<{tag}>{' '.join(inside)}</{rdf}:Description>" if inside else f"<{tag}/>")
    body = f'<{rdf}:RDF xmlns:{rdf}="{RDF}"{above}>{"".join(descriptions)}</{rdf}:RDF>'
    return (
        draw(st.sampled_from(["{}{}", WRAPPED]))
        .format(body, " " * draw(st.sampled_from([0, 2_000])))
        .encode()
    )


def says(packet: bytes) -> Counter[tuple[str, str]]:
    """The properties of a packet: what they are about, and their content."""
    root = ElementTree.fromstring(packet)
    rdf = root if root.tag == f"{{{RDF}}}RDF" else root.find(f"{{{RDF}}}RDF")
    assert rdf is not None
    found: Counter[tuple[str, str]] = Counter()
    for description in rdf.iterfind(f"{{{RDF}}}Description"):
        about = description.get(f"{{{RDF}}}about", "")
        for key, value in description.attrib.items():
            if not key.endswith("about"):
                found[about, f"{key}={value}"] += 1
        for element in description:
            element.tail = None
            found[about, ElementTree.canonicalize(ElementTree.tostring(element), rewrite_prefixes=True)] += 1
    return found


@given(packets(), st.sampled_from([600, 3_000, 20_000]))
@settings(max_examples=examples(200), deadline=None)
def test_what_is_divided_and_joined_says_the_same(packet: bytes, size: int) -> None:
    try:
        main, extension = divided(packet, size)
    except UnparsableError:
        return  # attributes cannot be moved
    assert len(main) <= size
    if extension is None:
        assert says(main) == says(packet)
        return
    assert extension_id(main) is not None
    again = joined(main, extension)
    assert says(again) == says(packet)
    whole, _ = divided(again, len(again) + 10)
    assert says(whole) == says(packet)


@given(packets(), st.integers(0, 5_000))
@settings(max_examples=examples(50), deadline=None)
def test_padding_fills_a_size_or_is_refused(packet: bytes, more: int) -> None:
    found = of_size(packet, len(packet) + more)
    assert found is not None
    assert len(found) == len(packet) + more
    assert says(found) == says(packet)
    shortest = next(size for size in range(len(packet) + 1) if of_size(packet, size) is not None)
    assert says(of_size(packet, shortest) or b"") == says(packet)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif"])
def test_packets_of_all_sizes_come_back(kind: str, tmp_path: Path) -> None:
    photo = made_photo(tmp_path / f"a.{kind}")
    before = f'<r:RDF xmlns:r="{RDF}"><r:Description r:about="" xmlns:p="urn:p">'
    for count in (0, 1, 7, 8, 20, 3):
        inside = "".join(f"<p:v{number}>{'x' * 9_000}</p:v{number}>" for number in range(count))
        packet = f"{before}{inside}</r:Description></r:RDF>".encode()
        assert rewrite_xmp(photo, lambda _, packet=packet: packet, lambda new: None)
        assert says(read_xmp(photo) or b"") == says(packet)


def test_long_namespaces_of_many_descriptions_take_no_gigabytes() -> None:
    spaces = f'xmlns:r="{RDF}" xmlns:p="urn:{"p" * 50_000}"'
    many = "<r:Description><p:a>x</p:a></r:Description>" * 20_000
    packet = f"<r:RDF {spaces}>{many}</r:RDF>".encode()
    with pytest.raises(UnparsableError, match="over 16 MB"):
        divided(packet, 65_000)
    with pytest.raises(UnparsableError, match="over 16 MB"):
        joined(f'<r:RDF xmlns:r="{RDF}"></r:RDF>'.encode(), packet)
