"""The threshold, its error rates in the gallery, and how likely matches are right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QTableWidgetItem

from face_match.core.settings import Settings
from face_match.core.types import Box, Crop, Landmarks
from face_match.decision.active_threshold import ThresholdSource
from face_match.decision.calibration import FEWEST_PEOPLE, people_with_several_faces
from face_match.decision.impostor_model import SMALLEST_GALLERY
from face_match.decision.reference_figures import reference_figures
from face_match.gallery.gallery import Gallery, NewFace
from face_match.gui import threshold_phrases
from face_match.gui.photo.active_threshold import ActiveThresholdPresenter
from face_match.gui.phrases import threshold_text
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.calibrate import calibration_comparisons, impostor_model_of
from face_match.workflows.import_people import import_people, photos_by_person

FACES_OF_EACH = 4
CROP = Crop(np.zeros((8, 8, 3), np.uint8), Box(1, 1, 6, 6), Landmarks.of([(1, n) for n in range(5)]))


@pytest.fixture(scope="module")
def ten_people(shared_faces: Path, pipeline: FacePipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gallery of ten people with four faces each."""
    place = tmp_path_factory.mktemp("ten people")
    photos = [
        photo
        for person in sorted((shared_faces / "lfw10").iterdir())
        if person.is_dir()
        for photo in [p for p in photos_by_person(shared_faces / "lfw10") if p.name == person.name][
            :FACES_OF_EACH
        ]
    ]
    with Gallery.open(place / "gallery", for_writing=True) as gallery:
        import_people(photos, gallery, pipeline, 0.9)
    return place / "gallery"


@pytest.fixture
def driver_of_ten(ten_people: Path, open_window, tmp_path: Path):
    """A window on a copy of it."""
    shutil.copytree(ten_people, tmp_path / "copy", ignore=shutil.ignore_patterns("gallery.lock*"))
    return open_window(tmp_path / "copy")


@pytest.fixture
def made_up_relatives() -> Callable[[Gallery], None]:
    """Adds twelve people with two faces each, who are much alike."""

    def add(gallery: Gallery) -> None:
        random = np.random.default_rng(5)
        family = random.normal(size=128)
        for person in range(12):
            own = family + 0.2 * random.normal(size=128)
            for _ in range(2):
                embedding = own + 0.05 * random.normal(size=128)
                unit = (embedding / np.linalg.norm(embedding)).astype(np.float32)
                gallery.add(f"Relative {person}", NewFace(CROP, {"dlib": unit}), None)

    return add


def said(driver) -> str:
    return driver.window.photo_page.error_rates.text.text()


def test_a_small_gallery_shows_the_reference_error_rates(driver, astronaut_file: Path) -> None:
    assert said(driver).startswith("Wrong suggestions: about 1 in 690 comparisons. Missed: 0.30 %")
    assert "this gallery has too few faces" in driver.window.photo_page.error_rates.text.toolTip()
    driver.window.photo_page.threshold.slider.setValue(200)
    assert said(driver).startswith("Too high: ")
    assert said(driver).endswith(" of known faces get no suggestion.")
    driver.window.photo_page.threshold.slider.setValue(160)
    assert said(driver) == "Too low: wrong suggestions for 99 % of comparisons."


def test_a_large_gallery_shows_its_own_error_rates_at_the_slider(driver_of_ten) -> None:
    driver = driver_of_ten
    assert "From this gallery: 40 faces of 10 people" in driver.window.photo_page.error_rates.text.toolTip()
    rates = driver.window.threshold.error_estimate.rates
    assert rates.impostor_count == 40 * 9
    assert len(rates._impostor.similarities) < 40 * 9, "each score is kept once: a million took 48 MB"
    slider = driver.window.photo_page.threshold.slider
    seen = []
    for step in range(160, 201, 4):
        slider.setValue(step)
        seen.append(said(driver))
    assert len(set(seen)) > 5
    assert seen[0] == "Too low: wrong suggestions for 100 % of strangers."
    assert seen[-1] == "Too high: 100 % of known faces get no suggestion."
    assert any(one.startswith("Wrong suggestions: about 1 in ") for one in seen)


def test_the_threshold_is_set_by_a_target_error_rate(driver_of_ten) -> None:
    view, window = driver_of_ten.window.photo_page.error_rates, driver_of_ten.window
    view._fill_menu()
    offered = {action.text().split("\t")[0]: action for action in view.menu.actions() if action.text()}
    assert not any("comparisons" in text for text in offered), "of strangers, not of comparisons"
    offered["99 % of the matches correct"].trigger()
    value = driver_of_ten.window.photo_page.threshold.value
    assert 0.90 <= value <= 0.94
    assert float(window.threshold.error_estimate.rates.precision(value)) >= 0.99
    window.settings.save()
    assert Settings.load().thresholds["dlib"] == value
    offered["The model’s default"].trigger()
    assert driver_of_ten.window.photo_page.threshold.value == 0.94
    assert window.settings.thresholds == {}


def test_calibrating_shows_error_rates_and_match_probabilities(driver_of_ten, shared_faces: Path) -> None:
    driver = driver_of_ten
    photo = sorted((shared_faces / "lfw10" / "Tony_Blair").iterdir())[-1]
    driver.open(photo)
    matches = driver.window.photo_page.matches
    driver.window.menus.actions["calibrate"].trigger()
    driver.settle()
    dialog = driver.window.dialogs.accuracy
    assert "The rates come from 40 faces of this gallery" in dialog.text.text()
    rows = [
        [cell.text() for cell in (dialog.table.item(row, column) for column in range(6)) if is_cell(cell)]
        for row in range(dialog.table.rowCount())
    ]
    assert rows[2][0] == "0.94 (in use)"
    assert len(rows) == 5, "1 in 10, 1 in 100 (for 1 in 1,000 there are too few), in use, and two stricter"
    assert all(" to " in row[3] for row in rows)
    assert rows[2][1].startswith("about 1 in ")
    assert rows[0][1] == "about 1 in 2"
    assert matches.item(0).toolTip().startswith("Very likely: > 99 % of such matches are correct.")
    assert matches.item(9).toolTip().startswith("<qt>Unlikely: &lt; 1 % of such matches are correct.")
    assert ", match, Very likely" in matches.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    driver.window.photo_page.threshold.choose(0.999)
    assert ", below the threshold, Maybe" in matches.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert matches.item(0).toolTip().startswith("Below the threshold, though > 99 % of such matches")
    driver.window.photo_page.threshold.choose(0.94)
    dialog.table.selectRow(3)
    dialog.use_button.click()
    assert driver.window.photo_page.threshold.value == pytest.approx(float(rows[3][0]), abs=0.005)


def test_the_error_rates_follow_every_edit_of_named_faces(driver_of_ten, astronaut_file: Path) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    driver.window.photo_page.threshold.slider.setValue(186)
    gallery = window.gallery.gallery
    one, other = gallery.people[:2]
    faces = gallery.faces_of(one)
    first, seen = said(driver), {said(driver)}
    rejected = gallery.faces_of(gallery.people[4])[:3]
    for change in (
        lambda: window.people_edits.move(faces[:2], other.name),
        window.gallery.undo,
        window.gallery.redo,
        lambda: window.people_edits.remove(rejected),
        lambda: driver.add(astronaut_file, "Eileen"),
        lambda: window.people_edits.merge([gallery.find("Eileen")], gallery.people[5]),
        lambda: driver.open(astronaut_file),
    ):
        change()
        driver.settle()
        assert said(driver) == fresh(driver)
        seen.add(said(driver))
    assert len(seen) > 2
    while gallery.history and said(driver) != first:
        window.gallery.undo()
        driver.settle()
        assert said(driver) == fresh(driver)
    assert said(driver) == first


def test_the_error_rates_are_estimated_again_after_a_purge_or_a_restored_backup(driver_of_ten) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    person, tip = window.gallery.gallery.people[0], window.photo_page.error_rates.text.toolTip
    backup = window.gallery.gallery.back_up()
    window.people_edits.remove(window.gallery.gallery.faces_of(person)[:3])
    driver.settle()
    assert "this gallery has too few faces" in tip(), "nine people with two"
    window.maintenance.restore(backup)
    driver.settle()
    assert "From this gallery: 40 faces of 10 people" in tip()
    window.maintenance.purge(person.name)
    driver.settle()
    assert "this gallery has too few faces" in tip()


def test_an_estimate_of_an_earlier_state_is_dropped(driver_of_ten) -> None:
    window = driver_of_ten.window
    one, other = window.gallery.gallery.people[:2]
    known: list[object] = []
    window.threshold.estimated.connect(known.append)
    window.threshold.estimate()
    window.gallery.gallery.move([face.id for face in window.gallery.gallery.faces_of(one)[:2]], other.name)
    window.gallery.changed.emit()
    driver_of_ten.settle()
    assert len(known) == 1
    assert said(driver_of_ten) == fresh(driver_of_ten)


def fresh(driver) -> str:
    """What a restart would say."""
    window = driver.window
    comparisons = calibration_comparisons(window.gallery.gallery, window.model.id)
    is_enough = people_with_several_faces(comparisons) >= FEWEST_PEOPLE
    rates = comparisons.rates if is_enough else reference_figures(window.model.id).rates
    threshold = window.threshold.value
    impostor_model = impostor_model_of(window.gallery.gallery, window.model.id)
    known = impostor_model if impostor_model.people >= SMALLEST_GALLERY else None
    warning = ""
    if window.threshold.active.source is ThresholdSource.SET:
        warning = threshold_phrases.warning(threshold, window.threshold.recommended, rates, known)
    return warning or threshold_phrases.error_rates(threshold, rates, known)


def is_cell(cell: QTableWidgetItem | None) -> bool:
    return cell is not None


def test_too_little_data_is_reported_and_the_default_stays(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.window.menus.actions["calibrate"].trigger()
    driver.settle()
    dialog = driver.window.dialogs.accuracy
    assert dialog.text.text().startswith("Not enough data: 0 people have 2 faces or more; 10 are needed.")
    assert dialog.table.rowCount() == 0
    assert not dialog.table.isVisible(), "there is nothing to choose from"
    assert not dialog.use_button.isVisible()


def test_a_rejection_is_remembered_with_its_similarity(
    driver, astronaut_file: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    similarity = driver.window.photo_page.matches.selected().similarity
    driver.window.photo_page.reject_button.click()
    driver.settle()
    gallery = driver.window.gallery.gallery
    (rejection,) = [r for r in gallery.all_rejections() if r.folder == gallery.person("Eileen").folder]
    assert rejection.similarity["dlib"] == pytest.approx(similarity, abs=1e-4)


def test_a_threshold_at_either_end_is_warned_of_and_a_button_resets_it(
    driver_of_ten, astronaut_file: Path
) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    panel = driver.window.photo_page
    reset = panel.error_rates.reset_button
    driver.open(astronaut_file)
    assert not reset.isVisible()
    before = said(driver)
    for value, warning in ((0.88, "Too low: "), (0.99, "Too high: ")):
        panel.threshold.choose(value)
        assert said(driver).startswith(warning)
        assert reset.isVisible()
        assert reset.text() == f"&Reset to {threshold_text(window.threshold.recommended)}"
        reset.click()
        assert panel.threshold.value == window.threshold.value == window.threshold.recommended
        assert said(driver) == before
        assert not reset.isVisible()
        assert (Settings.load().rates, Settings.load().thresholds) == ({}, {})


def test_the_wheel_moves_the_threshold_only_where_it_has_the_focus(driver, astronaut_file: Path) -> None:
    slider = driver.window.photo_page.threshold.slider
    driver.open(astronaut_file)
    before = slider.value()
    for has_focus in (False, True):
        (slider if has_focus else driver.window.photo_page.name_edit).setFocus()
        place = QPointF(5, 5)
        wheel = QWheelEvent(
            place,
            QPointF(slider.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(slider, wheel)
        assert (slider.value() != before) == has_focus


def test_at_a_low_threshold_an_unlikely_person_is_not_an_answer(driver_of_ten, astronaut_file: Path) -> None:
    driver = driver_of_ten
    driver.open(astronaut_file)
    page = driver.window.photo_page
    assert driver.question == "Probably someone new"
    page.threshold.choose(0.8)
    name = page.matches.selected().person.name
    assert driver.question == f"Could this be {name}?"
    assert page.panel.note.text().startswith("Unlikely · score 0.")
    assert page.panel.over_label.text() == "10 over threshold"
    assert ", Unlikely" in page.matches.item(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_chosen_rate_holds_as_the_gallery_grows(
    driver_of_ten, shared_faces: Path, pipeline: FacePipeline
) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    view = driver.window.photo_page.error_rates
    view._fill_menu()
    offered = {action.text().split("\t")[0]: action for action in view.menu.actions() if action.text()}
    offered["Wrong suggestions: 1 in 500 strangers"].trigger()
    view._fill_menu()
    checked = [action.text().split("\t")[0] for action in view.menu.actions() if action.isChecked()]
    assert checked == ["Wrong suggestions: 1 in 500 strangers"]
    known = window.threshold.error_estimate.impostor_model
    assert known.fpir(window.threshold.value) <= 0.002
    import_people(photos_by_person(shared_faces / "orl20"), window.gallery.gallery, pipeline, 0.9)
    window.gallery.changed.emit()
    driver.settle()
    assert window.threshold.error_estimate.impostor_model.people == 30
    assert window.threshold.error_estimate.impostor_model != known
    assert window.threshold.error_estimate.impostor_model.fpir(window.threshold.value) <= 0.002
    assert driver.window.photo_page.threshold.value == window.threshold.value


def test_the_threshold_does_not_change_while_a_name_is_typed(driver_of_ten, astronaut_file: Path) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    driver.open(astronaut_file)
    panel = driver.window.photo_page
    window.settings.follow("dlib", 0.002)
    panel.name_edit.setFocus()
    panel.name_edit.setText("Ei")
    window.threshold.estimate()
    driver.settle()
    assert panel.threshold.value == 0.94
    panel.name_edit.clear()
    window.threshold.estimate()
    driver.settle()
    assert panel.threshold.value == window.threshold.value != 0.94


def test_a_gallery_of_look_alikes_raises_the_threshold_and_says_so(
    driver, made_up_relatives: Callable[[Gallery], None]
) -> None:
    made_up_relatives(driver.window.gallery.gallery)
    driver.window.gallery.changed.emit()
    driver.settle()
    assert driver.window.threshold.active.source is ThresholdSource.RAISED
    assert "look alike to the model, so the threshold was raised" in driver.message
    assert driver.window.photo_page.threshold.value > 0.94
    assert "higher than the model’s default" in driver.window.photo_page.threshold.label.toolTip()


def give_birth_dates(driver, people: int) -> None:
    """Let the first people of the gallery be five years old."""
    window = driver.window
    for person in window.gallery.gallery.people[:people]:
        window.people_edits.set_birth_date(person, str(date.today().year - 5))
        driver.settle()


def test_a_gallery_with_many_children_is_reported_once_as_less_reliable(driver_of_ten) -> None:
    said: list[str] = []
    driver_of_ten.window.findChild(ActiveThresholdPresenter).message.connect(said.append)
    give_birth_dates(driver_of_ten, 2)
    assert said == []
    give_birth_dates(driver_of_ten, 5)
    assert driver_of_ten.window.threshold.many_children == 5
    (note,) = said
    assert note.startswith("3 people in this gallery are children.")
    assert "suggestions are less reliable here" in note


def test_children_are_reported_also_where_the_threshold_was_raised(
    driver, made_up_relatives: Callable[[Gallery], None]
) -> None:
    made_up_relatives(driver.window.gallery.gallery)
    driver.window.gallery.changed.emit()
    driver.settle()
    assert "the threshold was raised" in driver.message
    give_birth_dates(driver, 3)
    assert "3 people in this gallery are children." in driver.message
    assert "raised" not in driver.message, "that was said before"
