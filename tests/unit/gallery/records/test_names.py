"""Names of people: any name is accepted, and its folder works on any file system."""

from __future__ import annotations

import itertools
import ntpath
import unicodedata
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from face_match.core.errors import InvalidNameError
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.records.edits import Draft
from face_match.gallery.records.fields import parse_name
from face_match.gallery.records.names import FolderNames, clean_name, name_key, search_key
from face_match.gallery.storage.legacy.demo import people_of_demo
from tests.stopwatch import within
from tests.unit.gallery.call_counting import MOST_GROWTH, calls_made

PIECES = ["..", ".", "/", "\\", " ", ":", "*", "CON", "nul", "com1", ".txt", "\x00", "\x1f", "\x7f", "\n"]
PIECES += ["é", "e\u0301", "ß", "SS", "ss", "ı", "İ", "ﬁ", "FI", "Ａ", "A", "a", "K", "\u212a", "\ud800"]
PIECES += ["😀", "👩\u200d👩\u200d👧", "\u202e", "שלום", "مرحبا", "한국", "\u1112\u1161", "(2)", " (2)", "_"]

ZALGO = "".join(map(chr, (*range(0x316, 0x326), *range(0x300, 0x30E))))
"""30 marks, the most that Unicode's Stream-Safe Text Format allows; those below a letter come first."""

names = st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)

ODD_NAMES = [
    "..",
    ".",
    "...",
    "/",
    "a/b",
    "a\\b",
    "../../etc/passwd",
    "C:\\Windows",
    "con",
    "CON",
    "Con.txt",
    "con .x",
    "aux.",
    "NUL ",
    "com1",
    "COM¹",
    "lpt9.tar.gz",
    "conin$",
    "tab\there",
    "line\nbreak",
    "nul\x00byte",
    "bell\x07",
    "\x85next",
    "x" * 300,
    "é" * 300,
    "😀" * 300,
    "한" * 300,
    "A" * 99 + "é",
    "😀🎉",
    "👩\u200d👩\u200d👧",
    "שלום עולם",
    "مرحبا",
    "\u202eevil",
    "trailing...",
    "trailing. . .",
    " spaces ",
    "a  b",
    "<>:\"|?*",
    "\ud800",
    "\u200b",
]  # fmt: skip


def is_reserved(folder: str) -> bool:
    """What Python's own library knows of Windows' device names."""
    if hasattr(ntpath, "isreserved"):
        return bool(ntpath.isreserved(folder))
    return PureWindowsPath(folder).is_reserved()


def assert_safe(folder: str) -> None:
    assert folder
    assert set(folder) != {"."}
    assert not set(folder) & set('<>:"/\\|?*')
    assert all(character.isprintable() for character in folder)
    assert not folder.endswith((" ", "."))
    assert not folder.startswith(" ")
    assert not is_reserved(folder), folder
    assert len(folder.encode()) <= 255
    assert len(unicodedata.normalize("NFD", folder).encode("utf-16-le")) // 2 <= 255


@given(names)
def test_a_folder_is_safe_whatever_the_name(name: str) -> None:
    assert_safe(FolderNames().assign(name))


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_an_odd_name_has_a_safe_folder_that_can_be_made(name: str, tmp_path: Path) -> None:
    folder = FolderNames().assign(name)
    assert_safe(folder)
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "crop.png").touch()
    assert [path.name for path in tmp_path.iterdir()] == [folder]


@given(st.lists(names, max_size=8))
@example(["é", "e\u0301", "É", "E\u0301"])
@example(["straße", "STRASSE", "strasse", "Straße (2)"])
@example(["a/b", "a\\b", "a_b", "A:B", "a_b (2)", "a_b"])
@example(["x" * 300, "x" * 299, "X" * 301])
@example(["..", ".", "", "_", "/"])
def test_no_two_people_share_a_folder_where_case_and_accents_do_not_count(several: list[str]) -> None:
    folders, taken = FolderNames(), list[str]()
    for name in several:
        alone = FolderNames(taken).assign(name)
        taken.append(folders.assign(name))
        assert_safe(taken[-1])
        assert alone == taken[-1]
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        for fold in (str.casefold, str.lower):
            assert len({fold(unicodedata.normalize(form, folder)) for folder in taken}) == len(taken)


def test_a_plain_name_is_its_own_folder() -> None:
    assert FolderNames(["Grace Hopper"]).assign("Ada Lovelace") == "Ada Lovelace"
    assert FolderNames().assign("Jürgen 한국") == "Jürgen 한국"


@pytest.mark.parametrize("other", ["ada lovelace", "ADA  LOVELACE", " Ada\tLovelace ", "Ada\u00a0Lovelace"])
def test_case_and_spacing_do_not_make_another_person(other: str) -> None:
    assert name_key(other) == name_key("Ada Lovelace")


@pytest.mark.parametrize(
    ("name", "other"),
    [("Zoé", "Zoe\u0301"), ("Straße", "STRASSE"), ("ΓΑΪ\u0301ΤΗΣ", "Γαΐτης"), ("Σίσυφος", "ΣΊΣΥΦΟΣ")],
)
def test_the_form_of_accents_and_letters_without_a_case_pair_do_not_count(name: str, other: str) -> None:
    assert name_key(name) == name_key(other)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tony blair", "Tony_Blair"),
        ("Tony-Blair", "tony  blair"),
        ("asa", "Åsa"),
        ("muller", "Mu\u0308ller"),
        ("jean luc", "Jean\u2011Luc"),
        ("soren", "Søren"),
        ("lukasz", "Łukasz"),
        ("strasse", "Straße"),
        ("aethel", "Æthel"),
        ("محمد", "مُحَمَّدُ"),
    ],
)
def test_names_are_searched_without_accents_and_the_signs_between_words(typed: str, name: str) -> None:
    assert search_key(typed) == search_key(name)


def test_what_is_no_letter_is_searched_as_it_is() -> None:
    assert search_key("_") == "_"
    assert search_key("-") == "-"
    assert search_key("Ada - Grace") == "ada - grace"
    assert search_key("\u0301") == "\u0301"
    assert search_key("ที่") != search_key("ท")


MARKED = {
    "Vietnamese": "Nguyễn Thị Ánh Tuyết, Phường Bến Nghé, Quận Nhất, Thành phố Hồ Chí Minh, Việt Nam",
    "Hebrew with points": "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ",
    "Arabic with points": "مُحَمَّدُ بْنُ مُوسَى الخُوَارِزْمِيّ",
    "Thai": "กิตติศักดิ์ ทองคำ ผู้ใหญ่บ้าน",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Korean": "\u1100\u1161\u11a8" * 30,
    "Zalgo": "".join(f"{letter}{ZALGO}" for letter in "Ada"),
}


@pytest.mark.parametrize("script", MARKED)
def test_a_name_with_many_marks_is_one_person_in_every_form_and_order(
    script: str, gallery: Gallery, add: Callable[..., NamingResult], folder: Path
) -> None:
    name = MARKED[script]
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    assert name_key(forms[0]) == name_key(forms[1]) == name_key(name)
    assert name_key(name) != name_key(name[:-1]) != ""
    for number, form in enumerate(forms, start=1):
        add(gallery, form, number)
    gallery.close()
    with Gallery.open(folder, for_writing=False) as again:
        assert [(person.name, person.face_count) for person in again.people] == [(forms[0], 2)]


def test_thousands_of_names_with_hundreds_of_marks_in_the_wrong_order_take_seconds() -> None:
    names = [f"a{chr(0x345) * 480}{chr(0x334) * 480}{number}" for number in range(2_000)]
    with within(5):
        assert len({*map(name_key, names)}) == len(names)
        assert len({*map(FolderNames().assign, names)}) == len(names)


@pytest.mark.parametrize("other", ["Ada Lovelac", "AdaLovelace", "Ada_Lovelace", "Ada Lovelacé", ""])
def test_another_name_is_another_person(other: str) -> None:
    assert name_key(other) != name_key("Ada Lovelace")


@given(st.text())
def test_a_name_and_its_casefolded_and_decomposed_forms_are_one_person(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert name_key(decomposed) == name_key(name)
    assert name_key(decomposed.casefold()) == name_key(name)


@given(names)
@example("a\x00b")
def test_cleaning_a_name_is_idempotent_and_gives_text_that_records_hold(name: str) -> None:
    try:
        tidy = clean_name(name)
    except InvalidNameError:
        return
    assert clean_name(tidy) == tidy
    assert parse_name(tidy) == tidy
    assert tidy == tidy.strip()
    assert tidy.encode().decode() == tidy
    assert name_key(tidy)


def test_surplus_spaces_are_removed_and_nothing_else() -> None:
    assert clean_name("  Ada \t\n Lovelace\u3000") == "Ada Lovelace"
    assert clean_name("a/b\\..:*?") == "a/b\\..:*?"
    assert clean_name("👩\u200d👩\u200d👧 …") == "👩\u200d👩\u200d👧 …"
    assert clean_name("x" * 300) == "x" * 300


@pytest.mark.parametrize(
    "name", ["", " ", "\t\n", "\u3000", "\u200b", "\x00\x01", "\u202e \u200f"], ids=ascii
)
def test_an_invisible_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidNameError):
        clean_name(name)


def test_a_number_in_use_is_skipped() -> None:
    folders = FolderNames(["a_b", "A_B (3)"])
    assert [folders.assign(name) for name in ("a:b", "a/b", "a_b (4)", "a?b", "A|B")] == [
        *("a_b (2)", "a_b (4)", "a_b (4) (2)", "a_b (5)", "A_B (6)"),
    ]


def test_a_reserved_folder_is_not_assigned_again() -> None:
    folders = FolderNames()
    assert [folders.reserve(folder) for folder in ("Ada", "ada", "Ada")] == [True, True, False]
    assert folders.assign("ADA") == "ADA (2)"


def test_twice_as_many_people_of_one_folder_are_twice_the_work() -> None:
    def work(count: int) -> int:
        names = ["".join(signs) for signs in itertools.islice(itertools.product('<>:"|?*é', repeat=4), count)]
        folders = FolderNames()
        return calls_made(lambda: [*map(folders.assign, names)])

    assert work(400) <= MOST_GROWTH * work(200)


def test_twice_as_many_people_of_the_demo_are_twice_the_work(tmp_path: Path) -> None:
    def work(count: int) -> int:
        entries = [
            {"id": f"{number}", "name": f"Zoë {number}", "image_path": f"a/{number}.png", "embedding": [1.0]}
            for number in range(count)
        ]
        return calls_made(lambda: people_of_demo(entries, tmp_path, ""))

    assert work(200) <= MOST_GROWTH * work(100)


def test_twice_as_many_new_people_in_one_change_are_twice_the_work(gallery: Gallery) -> None:
    def work(count: int) -> int:
        draft, names = Draft(), [f"Zoë {number}" for number in range(count)]
        return calls_made(lambda: [gallery.person_for(draft, name) for name in names])

    assert work(200) <= MOST_GROWTH * work(100)


def test_a_new_person_of_a_draft_is_found_by_name_until_forgotten(gallery: Gallery) -> None:
    draft = Draft()
    person, is_new = gallery.person_for(draft, "Ada King")
    assert is_new
    assert gallery.person_for(draft, "ada king") == (person, True)
    draft.forget(person)
    again, _ = gallery.person_for(draft, "Ada King")
    assert again is not person
    assert draft.new_people() == [again]
