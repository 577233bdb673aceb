"""Birth dates on the page of a person, and what dates of photos say in matches and in the review."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from face_match.decision.impostor_model import ImpostorModel
from face_match.decision.probability import MEASURED_LOGISTICS, Probability
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gui.age_phrases import year_and_age
from face_match.gui.dialogs.birth_date import EMPTY, FORMATS, BirthDateDialog
from face_match.gui.photo.match_list import WORD_ROLE
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.scan import scan
from tests.gui.people_driver import CONTROL, PeopleDriver
from tests.gui.review_driver import ReviewDriver

CHILD = "The photos are 12 years apart, and Eileen was a child."


def dated(source: Path, path: Path, day: str) -> Path:
    """A photo as if taken on some day."""
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"{day.replace('-', ':')} 12:00:00"
    with Image.open(source) as image:
        picture = image.convert("RGB")
    picture.putpixel((0, 0), (int(day[2:4]), 0, 0))
    picture.save(path, exif=exif, quality=95)
    return path


@pytest.fixture
def in_2022(astronaut_file: Path, tmp_path: Path) -> Path:
    return dated(astronaut_file, tmp_path / "2022.jpg", "2022-06-15")


@pytest.fixture
def gallery_folder(pipeline: FacePipeline, astronaut_file: Path, hopper_file: Path, tmp_path: Path) -> Path:
    """A gallery of Eileen, who was born in 2005, with a face of 2010; and of Grace, with one of 2022."""
    folder = tmp_path / "gallery"
    with Gallery.open(folder, for_writing=True) as gallery:
        for name, source, day in (
            ("Eileen", astronaut_file, "2010-06-15"),
            ("Grace", hopper_file, "2022-06-15"),
        ):
            photo = load_photo(dated(source, tmp_path / f"{name}.jpg", day))
            (face,) = pipeline.embed(photo, pipeline.detect(photo))
            gallery.add(name, NewFace.of(face), photo)
        gallery.set_birth_date(gallery.person("Eileen"), "2005")
    return folder


# Typed on the page of a person


def dialog(people: PeopleDriver) -> BirthDateDialog:
    people.until(lambda: people.window.findChild(BirthDateDialog) is not None)
    return people.window.findChild(BirthDateDialog)


def type_born(people: PeopleDriver, text: str) -> None:
    people.press(Qt.Key.Key_B, CONTROL)
    edit = dialog(people).findChild(QLineEdit, "bornEdit")
    edit.selectAll()
    people.main.qtbot.keyClicks(edit, text)
    people.main.qtbot.keyClick(edit, Qt.Key.Key_Return)
    people.main.settle()
    people.activate()


def born(people: PeopleDriver, name: str) -> str:
    return people.window.gallery.gallery.person(name).born


def numbers(people: PeopleDriver) -> list[str]:
    return people.person.header.numbers._whole.split(" · ")


def test_a_birth_date_is_typed_shown_undone_and_removed(people: PeopleDriver) -> None:
    people.show("Grace")
    assert not any(part.startswith("born") for part in numbers(people))
    type_born(people, "1906-12-09")
    assert born(people, "Grace") == "1906-12-09"
    assert people.message == "Birth date set for Grace: 1906-12-09. Undo: Ctrl+Z."
    people.until(lambda: "born 1906-12-09" in numbers(people))
    people.press(Qt.Key.Key_Z, CONTROL)
    people.until(lambda: not any(part.startswith("born") for part in numbers(people)))
    people.back()
    people.choose("Eileen")
    people.press(Qt.Key.Key_B, CONTROL)
    open_dialog = dialog(people)
    assert open_dialog.born_edit.text() == "2005"
    open_dialog.born_edit.clear()
    assert open_dialog.hint.text() == EMPTY
    open_dialog.accept_button.click()
    people.until(lambda: born(people, "Eileen") == "")


def test_an_invalid_date_is_refused_with_the_allowed_formats(people: PeopleDriver) -> None:
    people.choose("Eileen")
    people.press(Qt.Key.Key_B, CONTROL)
    asked = dialog(people)
    for typed, said, is_possible in (
        ("20", FORMATS, False),  # not typed to the end
        ("2014", FORMATS, True),
        ("2014-13", "“2014-13” is not a birth date.", False),
        ("5 May 2014", "“5 May 2014” is not a birth date.", False),
        ("", EMPTY, True),
    ):
        asked.born_edit.setText(typed)
        assert asked.hint.text().startswith(said)
        assert asked.accept_button.isEnabled() is is_possible
    people.main.qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert born(people, "Eileen") == "2005"


def test_the_birth_date_is_set_for_one_person_at_a_time(people: PeopleDriver) -> None:
    people.choose("Eileen", "Grace")
    assert not people.page.overview.people_actions.birth_date.isEnabled()
    people.choose("Grace")
    assert people.page.overview.people_actions.birth_date.isEnabled()


def test_a_face_shows_the_year_and_the_age_of_the_person(people: PeopleDriver) -> None:
    def tip() -> str:
        return people.faces.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)

    people.show_faces("Eileen")
    assert "2010, age about 4." in tip() or "2010, age about 5." in tip()
    people.show_faces("Grace")
    assert " 2022." in tip()


@pytest.mark.parametrize(
    ("taken", "born_on", "said"),
    [
        ("2019-05-16T10:00:00", "2014-05-17", "2019, age 4"),
        ("2019-05-19T10:00:00", "2014-05-17", "2019, age 5"),
        ("2019-08-19T10:00:00", "2014", "2019, age about 5"),
        ("2019-08-19T10:00:00", "", "2019"),
        ("2010-08-19T10:00:00", "2014", "2010"),
        ("1980-01-01T00:00:00", "2014", ""),
        ("", "2014", ""),
    ],
)
def test_years_and_ages(taken: str, born_on: str, said: str) -> None:
    assert year_and_age(taken, born_on) == said


# Across a childhood


def test_a_match_across_childhood_is_a_maybe_and_says_why(
    open_window, gallery_folder: Path, in_2022: Path
) -> None:
    driver = open_window(gallery_folder)
    driver.open(in_2022)
    matches = driver.window.photo_page.matches
    first, second = matches.item(0), matches.item(1)
    assert driver.rows[0].startswith("✅ Eileen")
    assert driver.question == "Is this Eileen?"
    assert driver.window.photo_page.panel.note.text().startswith("The photos are many years apart")
    told = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "maybe a match" in told
    assert CHILD in told
    assert CHILD in first.toolTip()
    assert "apart" not in second.toolTip()
    assert first.data(WORD_ROLE) == "Maybe"
    matches.show_chances(Probability(MEASURED_LOGISTICS["dlib"], ImpostorModel(2, 0.5, 0.01)))
    assert first.data(WORD_ROLE) == "Maybe"
    assert "89 % of such matches are correct." in first.toolTip()
    matches.show_chances(None)
    assert first.data(WORD_ROLE) == "Maybe", "also where nothing is known of the model"
    assert second.data(WORD_ROLE) == "Unlikely"


def test_in_the_review_enter_confirms_no_faces_from_across_childhood(
    open_window, gallery_folder: Path, in_2022: Path, pipeline: FacePipeline
) -> None:
    with Gallery.open(gallery_folder, for_writing=True) as gallery:
        scan([in_2022], gallery, pipeline)
    review = ReviewDriver(open_window(gallery_folder))
    assert review.questions == ["Eileen?"]
    assert review.texts[:2] == [
        "Is this Eileen?",
        "Maybe: the photos are more than ten years apart, and Eileen was a child, or may have been.",
    ]
    page = review.page
    assert CHILD in page.explanation.whole_text
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Eileen": 1, "Grace": 1}, "not by one key, unseen"
    assert page.main_button.hasFocus()
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Eileen": 2, "Grace": 1}
    review.press(Qt.Key.Key_Z, CONTROL)
    gallery = review.main.window.gallery.gallery
    gallery.set_birth_date(gallery.person("Eileen"), "1956-11-19")
    review.page._unnamed.group()
    review.settle()
    assert review.texts[1] == "1 face that looks like Eileen."
    review.press(Qt.Key.Key_Return)
    assert review.people == {"Eileen": 2, "Grace": 1}
