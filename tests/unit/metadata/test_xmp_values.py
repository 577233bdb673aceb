"""Numbers and texts of XMP as programs write them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from face_match.metadata.xmp_values import RDF, field, four_numbers, number, texts_of


@pytest.mark.parametrize(
    "text",
    [
        *("0.1, 0.2, 0.3, 0.4", "0.1,0.2,0.3,0.4", " 0.1 ,0.2 ,  0.3,0.4 ", "0.1,  0.2,\t0.3,\n0.4"),
        *("0.1 0.2 0.3 0.4", "0.1;0.2;0.3;0.4", ".1, .2, .3, .4", "1e-1, 2.0E-1, 0.3, 0.4"),
        *("0,1, 0,2, 0,3, 0,4", "0,1; 0,2; 0,3; 0,4", "0,1,0,2,0,3,0,4", "0,1 0,2 0,3 0,4"),
    ],
)
def test_four_numbers_are_read_with_any_separators_and_decimal_commas(text: str) -> None:
    assert four_numbers(text) == [0.1, 0.2, 0.3, 0.4]


@pytest.mark.parametrize(("text", "values"), [("0, 0, 1, 1", [0, 0, 1, 1]), ("0,0,1,1", [0, 0, 1, 1])])
def test_commas_between_whole_numbers_are_separators(text: str, values: list[float]) -> None:
    assert four_numbers(text) == values


@pytest.mark.parametrize(
    "text", ["", "0.1", "0.1, 0.2, 0.3", "0.1, 0.2, 0.3, 0.4, 0.5", "0,1,0,2,1,0,3", "a,b,c,d", "nan,1,1,1"]
)
def test_what_is_not_four_numbers_is_none(text: str) -> None:
    assert four_numbers(text) is None


@pytest.mark.parametrize("text", ["", "nan", "inf", "1_0", "٣", "1e9999", "0x1", "1.2.3", "9" * 100])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


FORMS = {
    "attribute": '<a xmlns:n="n" n:t=" Ann "/>',
    "element": '<a xmlns:n="n"><n:t> Ann </n:t></a>',
    "list": '<a xmlns:n="n"><n:t><r:Seq><r:li>Ann</r:li><r:li>Bea</r:li></r:Seq></n:t></a>',
    "numbered list": '<a xmlns:n="n"><n:t><r:Bag><r:_1>Ann</r:_1><r:_2>Bea</r:_2></r:Bag></n:t></a>',
    "translations": '<a xmlns:n="n"><n:t><r:Alt><r:li xml:lang="de">Anna</r:li>'
    '<r:li xml:lang="x-default">Ann</r:li></r:Alt></n:t></a>',
    "translations without a default": '<a xmlns:n="n"><n:t><r:Alt><r:li xml:lang="de">Ann</r:li>'
    '<r:li xml:lang="fr">Anne</r:li></r:Alt></n:t></a>',
    "qualified": '<a xmlns:n="n"><n:t r:parseType="Resource"><r:value>Ann</r:value><n:q>me</n:q></n:t></a>',
    "described": '<a xmlns:n="n"><n:t><r:Description><r:value>Ann</r:value></r:Description></n:t></a>',
    "resource": '<a xmlns:n="n"><n:t r:resource="Ann"/></a>',
}


@pytest.mark.parametrize("form", FORMS)
def test_a_text_is_read_from_every_form(form: str) -> None:
    element = ElementTree.fromstring(FORMS[form].replace("<a ", f'<a xmlns:r="{RDF[1:-1]}" ', 1))
    assert field(element, "{n}t") == "Ann"
    expected = {"list": ["Ann", "Bea"], "numbered list": ["Ann", "Bea"], "translations": ["Anna", "Ann"]}
    found = [*texts_of(element, "{n}t")]
    assert found == expected.get(form, ["Ann", "Anne"] if "without" in form else ["Ann"])
