"""What is typed into the search field is read as a person would mean it."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from face_match.core.records import Person
from face_match.workflows.photo_search import PhotoQuery
from face_match.workflows.search_text import (
    NameIndex,
    PeopleFound,
    UnclearName,
    keywords,
    last_name_at,
    read_search,
)

NAMES = (
    *("Ada Lovelace", "Grace Hopper", "Grace Jones", "Simon and Garfunkel", "Simon Cowell", "Élise Curie"),
    *(
        "Elise Curie",
        "Without Feathers",
        "Only Fools",
        "Lovelace, Ralph",
        "مريم",
        "Anna 😀",
        "{n} <b>Bob</b>",
    ),
)
TRANSLATIONS = Path(__file__).parents[3] / "face_match" / "gui" / "translations"
ENGLISH = keywords()
GERMAN = keywords("und", "ohne", "nur")


def index_of(*names: str) -> NameIndex:
    return NameIndex([Person(name, f"folder {number}", "2020") for number, name in enumerate(names)])


INDEX = index_of(*NAMES)


def read(text: str, words=ENGLISH, index: NameIndex = INDEX) -> object:
    """What was read, with names for people."""
    found = read_search(text, index, words)
    if isinstance(found, PhotoQuery):
        return {
            "with": [person.name for person in found.people],
            "without": [person.name for person in found.without],
            "only": found.is_only,
        }
    if isinstance(found, UnclearName):
        return found.text, [person.name for person in found.people], found.is_ambiguous
    return [person.name for person in found.people]


def query(*people: str, without: tuple[str, ...] = (), only: bool = False) -> dict[str, object]:
    return {"with": [*people], "without": [*without], "only": only}


ADA, HOPPER = "Ada Lovelace", "Grace Hopper"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ada and hopper", query(ADA, HOPPER)),
        ("ADA LOVELACE, grace hopper", query(ADA, HOPPER)),
        ("Ada & Hopper + Jones", query(ADA, HOPPER, "Grace Jones")),
        ("ada without hopper", query(ADA, without=(HOPPER,))),
        ("ada without hopper and jones", query(ADA, without=(HOPPER, "Grace Jones"))),
        ("ada and hopper and without jones", query(ADA, HOPPER, without=("Grace Jones",))),
        ("without ada", query(without=(ADA,))),
        ("only ada", query(ADA, only=True)),
        ("Only ada and hopper", query(ADA, HOPPER, only=True)),
        ("ada and ada", query(ADA)),
        ("ada not hopper", query(ADA, without=(HOPPER,))),
        ("ada and not hopper", query(ADA, without=(HOPPER,))),
        ("ada but not hopper", query(ADA, without=(HOPPER,))),
        ("ada -hopper", query(ADA, without=(HOPPER,))),
        ("ada - hopper", query(ADA, without=(HOPPER,))),
        ("ada, -hopper", query(ADA, without=(HOPPER,))),
        ("ada -grace hopper -jones", query(ADA, without=(HOPPER, "Grace Jones"))),
        ("-ada", query(without=(ADA,))),
        ("ada !hopper", query(ADA, without=(HOPPER,))),
        ("ada except hopper", query(ADA, without=(HOPPER,))),
        ("ada with hopper", query(ADA, HOPPER)),
        ("Ada&Hopper", query(ADA, HOPPER)),
        ("ada+hopper", query(ADA, HOPPER)),
        ("ada; hopper / jones", query(ADA, HOPPER, "Grace Jones")),
        ("ada alone", query(ADA, only=True)),
        ("just ada and hopper", query(ADA, HOPPER, only=True)),
        ("ada and مريم", query(ADA, "مريم")),
        ("😀 and {n}", query("Anna 😀", "{n} <b>Bob</b>")),
    ],
)
def test_words_between_names_make_a_query(text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Simon and Garfunkel", ["Simon and Garfunkel"]),
        ("simon and gar", ["Simon and Garfunkel"]),
        ("simon and garfunkel and ada", query("Simon and Garfunkel", ADA)),
        ("ada without simon and garfunkel", query(ADA, without=("Simon and Garfunkel",))),
        ("only simon and garfunkel", query("Simon and Garfunkel", only=True)),
        ("cowell and garfunkel", query("Simon Cowell", "Simon and Garfunkel")),
        ("Without Feathers", ["Without Feathers"]),
        ("ada and without feathers", query(ADA, "Without Feathers")),
        ("only fools", ["Only Fools"]),
        ("only only fools", query("Only Fools", only=True)),
        ("Lovelace, Ralph", ["Lovelace, Ralph"]),
        ("Ada-Lovelace", [ADA]),
        ("lovelace ,ralph and hopper", query("Lovelace, Ralph", HOPPER)),
    ],
)
def test_names_may_have_the_words_of_a_query_in_them(text: str, expected: object) -> None:
    assert read(text) == expected


def test_text_without_such_words_finds_people_the_best_fit_first() -> None:
    assert read("ada") == [ADA]
    assert read("  GRACE ") == ["Grace Hopper", "Grace Jones"]
    assert read("hop") == [HOPPER]
    assert read("curie") == ["Élise Curie", "Elise Curie"]
    assert read("nobody at all") == []
    assert read("") == read("  ") == []
    index = index_of("Nadal", "Adam", "Ada")
    assert read("ada", index=index) == ["Ada", "Adam", "Nadal"]


def test_the_person_who_is_meant_is_the_only_one_whom_the_text_fits_as_well() -> None:
    def meant(text: str, index: NameIndex = INDEX) -> str | None:
        found = read_search(text, index, ENGLISH)
        assert isinstance(found, PeopleFound)
        return found.meant.name if found.meant is not None else None

    assert meant("hop") == HOPPER
    assert meant("grace") is None
    assert meant("Ada", index_of("Ada Byron", "Adam", "Nadal")) == "Ada Byron"
    assert meant("Ada", index_of("Ada Byron", "Ada Lovelace", "Ada")) == "Ada"
    assert meant("ad", index_of("Ada", "Adam")) is None


def test_of_names_that_differ_in_accents_or_case_the_one_that_was_typed_is_meant() -> None:
    assert read("ada and Élise Curie") == query(ADA, "Élise Curie")
    assert read("ada and elise curie") == query(ADA, "Elise Curie")
    cased = index_of("ada", "Ada", "Grace")
    assert read("Ada and grace", index=cased) == query("Ada", "Grace")
    assert read("ADA and grace", index=cased) == ("ADA", ["ada", "Ada"], True)


def test_a_name_of_several_people_or_of_nobody_is_asked_about() -> None:
    assert read("ada and grace") == ("grace", ["Grace Hopper", "Grace Jones"], True)
    assert read("ada and Hoper") == ("Hoper", [HOPPER], False)
    assert read("only zzzz") == ("zzzz", [], False)
    assert read("ada without qqqq") == ("qqqq", [], False)


@pytest.mark.parametrize("text", ["ada and ", "ada without", "ada,", "ada and without"])
def test_a_word_at_the_end_counts_for_nothing_while_more_is_typed(text: str) -> None:
    assert read(text) == [ADA]


def test_words_of_another_language_are_read_beside_the_english_ones() -> None:
    assert read("nur ada und hopper ohne jones", GERMAN) == query(
        ADA, HOPPER, without=("Grace Jones",), only=True
    )
    assert read("only ada and hopper without jones", GERMAN) == read("nur ada und hopper ohne jones", GERMAN)
    assert read("ada und hopper") == []


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        *(("de", f"ada {word} hopper", query(ADA, HOPPER)) for word in ("und", "mit")),
        *(("es", f"ada {word} hopper", query(ADA, HOPPER)) for word in ("y", "con")),
        *(
            ("de", f"ada {word} hopper", query(ADA, without=(HOPPER,)))
            for word in ("ohne", "nicht", "und nicht", "außer", "aber nicht")
        ),
        *(
            ("es", f"ada {word} hopper", query(ADA, without=(HOPPER,)))
            for word in ("sin", "y no", "excepto", "pero no")
        ),
        ("de", "nur ada", query(ADA, only=True)),
        *(("es", f"{word} ada", query(ADA, only=True)) for word in ("solo", "sólo", "solamente")),
    ],
)
def test_the_words_that_a_newcomer_types_are_read_in_each_language(
    code: str, text: str, expected: object
) -> None:
    catalogue = ElementTree.parse(TRANSLATIONS / f"face_match_{code}.ts")
    words = {one.findtext("source"): one.findtext("translation") or "" for one in catalogue.iter("message")}
    assert read(text, keywords(words["and"], words["without"], words["only"])) == expected


def test_a_text_of_many_such_words_is_read_in_bounded_time() -> None:
    assert read("and " * 500) == []
    assert read(", ".join(["ada"] * 41)) == query(ADA)
    assert read(" and ".join(["a"] * 200)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gr", "Gr"),
        ("ada and Gr", "Gr"),
        ("ada and", "ada and"),
        ("ada and ", ""),
        ("ada,gr", "gr"),
        ("only a", "a"),
        ("ada only a", "ada only a"),
        ("ada without  grace h", "grace h"),
        ("ada -gr", "gr"),
        ("ada not gr", "gr"),
        ("ada&gr", "gr"),
        ("anne-ma", "anne-ma"),
    ],
)
def test_the_name_that_is_being_typed_is_the_last_one(text: str, name: str) -> None:
    assert text[last_name_at(text, ENGLISH) :] == name


ANY_TEXT = st.text(st.sampled_from("aàbB ,&+1\u202e\u05d0😀") | st.characters(), max_size=30)
WORDS = st.sampled_from(["and", "without", "only", ",", "&", "Ada", "Grace", "Simon", "x", "é"])


@settings(deadline=None)
@given(st.lists(ANY_TEXT, max_size=4), ANY_TEXT | st.lists(WORDS, max_size=30).map(" ".join))
def test_any_text_is_read_and_people_are_of_the_gallery(names: list[str], text: str) -> None:
    index = index_of(*names, *NAMES)
    found = read_search(text, index, ENGLISH)
    people = found.people if not isinstance(found, PhotoQuery) else (*found.people, *found.without)
    assert {person.folder for person in people} <= {person.folder for person in index.people}
    assert 0 <= last_name_at(text, ENGLISH) <= len(text)


PLAIN_NAME = st.lists(st.text("abcdeéłßжあ", min_size=2, max_size=6), min_size=1, max_size=3).map(" ".join)


@settings(deadline=None)
@given(
    st.lists(PLAIN_NAME, min_size=2, max_size=6, unique_by=lambda name: index_of(name)._keys[0]),
    st.data(),
    st.booleans(),
)
def test_a_query_of_whole_names_means_these_people(
    names: list[str], data: st.DataObject, is_only: bool
) -> None:
    together = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    others = [name for name in names if name not in together]
    without = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    assume(len(together) + len(without) > 1 or is_only)
    text = " and ".join(together) + "".join(f" without {name}" for name in without)
    text = f"only {text}" if is_only else text
    assert read(text, index=index_of(*names)) == query(*together, without=tuple(without), only=is_only)
    for changed in (text.upper(), text.replace(" ", "  ")):
        assert read(changed, index=index_of(*names)) == read(text, index=index_of(*names))


@given(st.lists(st.sampled_from(["and", "without", "only", "Ada", ",", "&"]), min_size=1, max_size=7))
def test_whoever_has_a_name_is_found_by_it_whatever_words_are_in_it(words: list[str]) -> None:
    name = " ".join(words)
    found = read_search(name, index_of("Zed", name, "Grace"), ENGLISH)
    assert isinstance(found, PeopleFound)
    assert [person.name for person in found.people] == [name]


def test_names_are_found_among_thousands() -> None:
    names = [f"{a}{b} {c}" for a, b, c in itertools.product(("An", "Be", "Ce"), "abcdefghij", range(100))]
    index = index_of(*names, "Needle in Hay")
    assert read("needle and Beb 77", index=index) == query("Needle in Hay", "Beb 77")
