"""Every text of the window is in the catalogues, and the window speaks the user's language."""

from __future__ import annotations

import re
import string
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from face_match.core.errors import ImageUnreadableError, NoFaceError
from face_match.core.messages import error_message
from face_match.core.number_text import percent
from face_match.core.records import Person, PhotoRecord
from face_match.gui import phrases
from face_match.gui.menus import MENUS, Entry, Submenu
from face_match.gui.people.search_page import search_words
from face_match.gui.photo_grid.rows import Heading, rows_under_headings
from face_match.gui.translation import (
    LANGUAGE,
    available_languages,
    load_language,
    moment_text,
    number,
    tr,
    tr_count,
    translated,
)
from face_match.workflows.photo_search import FoundPhoto, PhotoQuery
from face_match.workflows.search_text import NameIndex, read_search
from tests.gui.visible_texts import early, marked_constants, shown_in_english, untranslated
from tools.translations import (
    Text,
    catalogues,
    compile_catalogue,
    read_catalogue,
    texts_of_program,
    write_catalogue,
)

GUI = Path(__file__).parents[2] / "face_match" / "gui"
NOT_SHOWN = {
    "reveal_file.py": "names on D-Bus",
    "start.py": "messages of a start without a screen, on the terminal",
    "theme.py": "style sheets",
    "state/tasks.py": "names of queues and tasks",
}
"""Files whose texts no user of the window sees."""
LANGUAGES = sorted({*available_languages()} - {"en"})

GERMAN_SEARCHES = (
    *("Ada ohne Grace", "nur Ada und Grace"),
    *("Ada without Grace", "only Ada and Grace"),
)


@pytest.fixture(scope="module")
def texts() -> dict[str, Text]:
    return texts_of_program()


def fields_of(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_german_and_spanish_are_there() -> None:
    assert {"de", "es"} <= {path.stem.rpartition("_")[2] for path in catalogues()}
    assert {"de", "es"} <= {*LANGUAGES}


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.stem)
class TestCatalogue:
    def test_has_every_text_and_no_other(self, path: Path, texts: dict[str, Text]) -> None:
        known = read_catalogue(path)
        assert sorted(texts.keys() - known.keys()) == [], "run python -m tools.translations"
        assert sorted(known.keys() - texts.keys()) == [], "run python -m tools.translations"
        wrong = [
            source for source, text in texts.items() if known[source].has_plural != (text.one is not None)
        ]
        assert wrong == []

    def test_is_finished(self, path: Path) -> None:
        unfinished = [source for source, known in read_catalogue(path).items() if not known.is_finished]
        assert unfinished == []

    def test_keeps_placeholders(self, path: Path) -> None:
        different = [
            (source, form)
            for source, known in read_catalogue(path).items()
            for form in known.forms
            if form and fields_of(form) - {"n"} != fields_of(source) - {"n"}
        ]
        assert different == []

    def test_keeps_what_frames_a_text(self, path: Path) -> None:
        """Line ends, an ellipsis at the end, and spaces around it are the same."""
        ends = (" ", "\n", "…", ":", ".", "?")
        different = [
            (source, form)
            for source, known in read_catalogue(path).items()
            for form in known.forms
            if form and [source.endswith(end) for end in ends] != [form.endswith(end) for end in ends]
        ]
        assert different == []

    def test_is_compiled(self, path: Path, tmp_path: Path) -> None:
        compile_catalogue(path, tmp_path / "fresh.qm")
        assert path.with_suffix(".qm").read_bytes() == (tmp_path / "fresh.qm").read_bytes()

    def test_is_written_by_the_tool(self, path: Path, texts: dict[str, Text], tmp_path: Path) -> None:
        again = tmp_path / path.name
        write_catalogue(again, texts, read_catalogue(path))
        assert path.read_text("utf-8") == again.read_text("utf-8"), "run python -m tools.translations"


@pytest.mark.parametrize(
    "name", sorted(path.relative_to(GUI).as_posix() for path in GUI.rglob("*.py")), ids=str
)
def test_every_shown_text_is_translated(name: str) -> None:
    source = (GUI / name).read_text("utf-8")
    if name != "translation.py":
        assert early(source) == [], "no language is set while modules are imported: use marked()"
    if name not in NOT_SHOWN:
        assert untranslated(source) == [], "wrap it in tr(), tr_count() or marked()"


def test_every_marked_constant_is_translated_where_it_is_shown() -> None:
    files = {path: path.read_text("utf-8") for path in GUI.rglob("*.py") if path.name != "translation.py"}
    constants = {path.stem: marked_constants(source) for path, source in files.items()}
    everywhere = {f"{module}.{name}" for module, names in constants.items() for name in names}
    found = {
        path.name: uses
        for path, source in files.items()
        if (uses := shown_in_english(source, everywhere | constants[path.stem]))
    }
    assert len(everywhere) > 20
    assert found == {}


def test_a_marked_constant_that_is_shown_in_english_is_found() -> None:
    source = """
ONE, TWO = marked("One"), marked("Two")
def show(self, text=ONE):
    self.label.setText(ONE)
    self.label.setText(translated(TWO if text == ONE else ONE))
"""
    assert marked_constants(source) == {"ONE", "TWO"}
    assert shown_in_english(source, {"ONE", "TWO"}) == ["4: ONE"]


def test_texts_that_are_not_translated_are_found() -> None:
    source = '''
from x import tr
WORDS = {1: "Two words"}
MARKED = marked("Two words")
EARLY = tr("Open")
def show(self):
    """Two words."""
    self.label.setText("Open")
    self.label.setText(f"{self.count} faces" if self.count else tr("No faces"))
    self.label.setObjectName("openButton")
    return tr("Open {name}", name="Two words")
'''
    found = untranslated(source)
    assert found == ["3: Two words", "8: Open", "9: {} faces"]
    assert early(source) == ["5: tr('Open')"]


def test_a_text_that_is_no_literal_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "a.py").write_text("tr('One')\ntr_count('{n} face', '{n} faces', 2)\n", "utf-8")
    found = texts_of_program(folder)
    assert found == {
        "One": Text("One", None, ["program/a.py"]),
        "{n} faces": Text("{n} faces", "{n} face", ["program/a.py"]),
    }
    (folder / "b.py").write_text("tr(text)\n", "utf-8")
    with pytest.raises(ValueError, match="no literal"):
        texts_of_program(folder)


@pytest.mark.usefixtures("speak")
@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_letters_of_menus_are_different(qapp: QApplication, language: str) -> None:
    load_language(qapp, language)
    menus = [[translated(title) for title, _ in MENUS]]
    for _, entries in MENUS:
        menus.append([translated(entry.text) for entry in entries if isinstance(entry, Entry)])
        menus[-1] += [translated(entry.title) for entry in entries if isinstance(entry, Submenu)]
    for texts in menus:
        letters = [found[1].lower() for text in texts if (found := re.search("&([^&])", text))]
        assert len(letters) == len(texts), texts
        assert len({*letters}) == len(letters), texts


@pytest.mark.usefixtures("speak")
class TestGerman:
    @pytest.fixture(autouse=True)
    def german(self, qapp: QApplication) -> None:
        assert load_language(qapp, "de") == "de"

    def test_plural_forms_and_placeholders(self) -> None:
        assert phrases.faces(1) == "1 Gesicht"
        assert phrases.faces(1204) == "1.204 Gesichter"
        assert phrases.list_names(["Ada", "Grace"]) == "Ada und Grace"
        removed = phrases.people_removed([Person("{x}", "{x}", "2026-01-01T00:00:00+00:00", 1)])
        assert removed.startswith("{x} ")

    def test_numbers_and_dates(self) -> None:
        assert number(0.94, 3) == "0,940"
        assert percent(0.011) == "1,1 %"
        assert phrases.threshold_text(0.945) == "0,945"
        assert moment_text(datetime(2026, 5, 3, 10, 15)) == "3. Mai 2026"
        assert moment_text(datetime(2026, 5, 3, 10, 15), has_time=True) == "3. Mai 2026, 10:15"

    def test_the_words_of_a_search_and_the_months_of_its_photos(self) -> None:
        ada, grace = (Person(name, name, "2026-01-01T00:00:00+00:00", 1) for name in ("Ada", "Grace"))
        names = NameIndex([ada, grace])
        read = {text: read_search(text, names, search_words()) for text in GERMAN_SEARCHES}
        assert [*read.values()] == [PhotoQuery((ada,), (grace,)), PhotoQuery((ada, grace), (), True)] * 2
        photos = [FoundPhoto(PhotoRecord("1", path="a.jpg", taken="2019-05-04T10:00:00"), ())] * 3
        assert rows_under_headings(photos)[0] == Heading("Mai 2019", 3)

    def test_errors(self) -> None:
        message = error_message(NoFaceError("a.jpg"))
        assert "a.jpg" in message
        assert "Gesicht" in message

    @pytest.mark.parametrize(
        ("raised", "shown"),
        [
            ("truncated JPEG", "abgeschnittenes JPEG"),
            ("a video, which is not supported", "ein Video; das wird nicht unterstützt"),
            ("89 megapixels, over 50", "89 Megapixel, mehr als 50"),
            (
                "100,000 × 1 pixels, over 65,535 on one side",
                "100.000 × 1 Pixel, mehr als 65.535 auf einer Seite",
            ),
            ("not an image", "kein Bild"),
            ("{a} b", "technische Meldung: „{a} b“"),
        ],
    )
    def test_reasons_of_errors(self, raised: str, shown: str) -> None:
        assert f"({shown})" in error_message(ImageUnreadableError("a.jpg", raised))

    def test_buttons_of_qt(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"

    def test_a_text_without_translation_stays_english(self) -> None:
        unknown = "No such text: {name}"
        assert tr(unknown, name="Ada") == "No such text: Ada"
        assert tr_count("{n} zebra", "{n} zebras", 1) == "1 zebra"
        assert tr_count("{n} zebra", "{n} zebras", 2) == "2 zebras"


@pytest.mark.usefixtures("speak")
class TestChoice:
    @pytest.mark.parametrize(
        ("chosen", "code"), [("es", "es"), ("de_AT", "de"), ("de-CH", "de"), ("xx", "en"), ("en", "en")]
    )
    def test_by_variable(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, chosen: str, code: str
    ) -> None:
        monkeypatch.setenv(LANGUAGE, chosen)
        assert load_language(qapp) == code
        assert (phrases.faces(2) == "2 faces") == (code == "en")

    def test_english_before_another_language_is_english(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(LANGUAGE, raising=False)
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["fr-FR", "en-US", "de-DE"])
        assert load_language(qapp) == "en"

    def test_the_first_available_language_of_the_system(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv(LANGUAGE, raising=False)
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["fr-FR", "es-MX", "en-US"])
        assert load_language(qapp) == "es"
        assert number(1234.5, 1) in ("1,234.5", "1234,5", "1.234,5")
