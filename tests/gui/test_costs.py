"""The slider says what it costs, and the gallery teaches how likely its matches are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableWidgetItem

from face_match.calibrating import comparisons_of
from face_match.decision.calibration import FEWEST_PEOPLE, people_to_learn_from
from face_match.decision.reference_figures import reference_figures
from face_match.gallery.gallery import Gallery
from face_match.gui import phrases
from face_match.importing import import_people, photos_by_person
from face_match.settings import Settings
from face_match.vision.pipeline import FacePipeline

FACES_OF_EACH = 4


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


def said(driver) -> str:
    return driver.window.panel.costs.text.text()


def test_a_gallery_with_few_faces_says_what_other_photos_tell(driver, astronaut_file: Path) -> None:
    assert said(driver).startswith("Wrong suggestions: about 1 in 960 comparisons. Missed: 0.30 %.")
    assert "this gallery has too few faces" in driver.window.panel.costs.text.toolTip()
    driver.window.panel.threshold.slider.setValue(200)
    assert said(driver).startswith("Wrong suggestions: none in ")
    driver.window.panel.threshold.slider.setValue(160)
    assert said(driver) == "Wrong suggestions: 98.8 % of comparisons. Missed: none."


def test_a_gallery_of_many_people_speaks_for_itself_and_the_slider_follows(driver_of_ten) -> None:
    driver = driver_of_ten
    assert "From this gallery: 40 faces of 10 people" in driver.window.panel.costs.text.toolTip()
    slider = driver.window.panel.threshold.slider
    seen = []
    for step in range(160, 201, 4):
        slider.setValue(step)
        seen.append(said(driver))
    assert len(set(seen)) > 5
    assert seen[-1] == "Wrong suggestions: none in 360 comparisons. Missed: 100 %."


def test_the_threshold_is_set_by_what_it_is_to_cost(driver_of_ten) -> None:
    view = driver_of_ten.window.panel.costs
    view._fill_menu()
    offered = {action.text().split("\t")[0]: action for action in view.menu.actions() if action.text()}
    assert offered["At most 1 false match in 100 comparisons"].isEnabled()
    assert not offered["At most 1 false match in 10,000 comparisons"].isEnabled(), "360 cannot tell"
    offered["At most 1 false match in 100 comparisons"].trigger()
    value = driver_of_ten.window.panel.threshold.value
    assert 0.90 <= value <= 0.93
    rates = driver_of_ten.window.session.costs.current.rates
    assert float(rates.fmr(value - 0.0005)) <= 0.01
    assert float(rates.fmr(value - 0.0055)) > 0.0
    driver_of_ten.window.session.settings.save()
    assert Settings.load().thresholds["dlib"] == value
    offered["The model’s default"].trigger()
    assert driver_of_ten.window.panel.threshold.value == 0.94


def test_calibrating_shows_costs_and_then_how_likely_each_match_is(driver_of_ten, shared_faces: Path) -> None:
    driver = driver_of_ten
    photo = sorted((shared_faces / "lfw10" / "Tony_Blair").iterdir())[-1]
    driver.open(photo)
    matches = driver.window.panel.matches
    assert "true in this gallery" not in matches.item(0).toolTip()
    driver.window.menus.actions["calibrate"].trigger()
    driver.settle()
    page = driver.window.gallery_menu._calibration
    assert page.text.text().startswith("40 comparisons of people with themselves, 360 with others.")
    rows = [
        [cell.text() for cell in (page.table.item(row, column) for column in range(5)) if is_cell(cell)]
        for row in range(page.table.rowCount())
    ]
    assert rows[0][0] == "0.94 (in use)"
    assert len(rows) == 3, "in use, 1 in 10, 1 in 100: for 1 in 1,000 there are too few"
    assert all(" to " in row[2] for row in rows)
    assert matches.item(0).toolTip().startswith("> 99 % of such matches are true in this gallery.")
    assert "&lt; 1 % of such matches are true" in matches.item(9).toolTip()
    page.table.selectRow(2)
    page.use_button.click()
    assert driver.window.panel.threshold.value == pytest.approx(float(rows[2][0]), abs=0.005)


def test_the_costs_follow_every_change_of_named_faces(driver_of_ten, astronaut_file: Path) -> None:
    driver, session = driver_of_ten, driver_of_ten.window.session
    driver.window.panel.threshold.slider.setValue(184)
    gallery = session.gallery
    one, other = gallery.people[:2]
    faces = gallery.faces_of(one)
    first, seen = said(driver), {said(driver)}
    rejected = gallery.faces_of(gallery.people[4])[:3]
    for change in (
        lambda: session.changes.move(faces[:2], other.name),
        session.changes.undo,
        session.changes.redo,
        lambda: session.changes.remove(rejected),
        lambda: driver.add(astronaut_file, "Eileen"),
        lambda: session.changes.merge([gallery.find("Eileen")], gallery.people[5]),
        lambda: driver.open(astronaut_file),
    ):
        change()
        driver.settle()
        assert said(driver) == fresh(driver)
        seen.add(said(driver))
    assert len(seen) > 2
    while gallery.history and said(driver) != first:
        session.changes.undo()
        driver.settle()
        assert said(driver) == fresh(driver)
    assert said(driver) == first


def test_costs_of_a_gallery_that_was_purged_or_restored_are_its_own(driver_of_ten) -> None:
    driver, window = driver_of_ten, driver_of_ten.window
    person, tip = window.session.gallery.people[0], window.panel.costs.text.toolTip
    backup = window.session.gallery.back_up()
    window.session.changes.remove(window.session.gallery.faces_of(person)[:3])
    driver.settle()
    assert "this gallery has too few faces" in tip(), "nine people with two"
    window.keeping.restore(backup)
    driver.settle()
    assert "From this gallery: 40 faces of 10 people" in tip()
    window.keeping.purge(person.name)
    driver.settle()
    assert "this gallery has too few faces" in tip()


def test_an_outcome_that_comes_too_late_is_dropped(driver_of_ten) -> None:
    session = driver_of_ten.window.session
    one, other = session.gallery.people[:2]
    known: list[object] = []
    session.costs.known.connect(known.append)
    session.costs.learn()
    session.gallery.move([face.id for face in session.gallery.faces_of(one)[:2]], other.name)
    session.gallery_changed.emit()
    driver_of_ten.settle()
    assert len(known) == 1
    assert said(driver_of_ten) == fresh(driver_of_ten)


def fresh(driver) -> str:
    """What a restart would say."""
    session = driver.window.session
    comparisons = comparisons_of(session.gallery, session.model_id)
    is_enough = people_to_learn_from(comparisons) >= FEWEST_PEOPLE
    rates = comparisons.rates if is_enough else reference_figures(session.model_id).rates
    threshold = session.threshold
    return phrases.cost(float(rates.fmr(threshold)), float(rates.fnmr(threshold)), rates)


def is_cell(cell: QTableWidgetItem | None) -> bool:
    return cell is not None


def test_too_little_data_is_said_and_the_default_stays(driver, astronaut_file: Path) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.window.menus.actions["calibrate"].trigger()
    driver.settle()
    page = driver.window.gallery_menu._calibration
    assert page.text.text().startswith("Too little data: 0 people with 2 faces or more; 10 are needed.")
    assert page.table.rowCount() == 0
    assert not page.use_button.isEnabled()


def test_a_rejection_is_remembered_with_its_similarity(
    driver, astronaut_file: Path, hopper_file: Path
) -> None:
    driver.add(astronaut_file, "Eileen")
    driver.open(hopper_file)
    similarity = driver.window.panel.matches.chosen().similarity
    driver.window.panel.reject_button.click()
    driver.settle()
    gallery = driver.window.session.gallery
    (rejection,) = gallery.rejections_of(gallery.person("Eileen"))
    assert rejection.similarity["dlib"] == pytest.approx(similarity, abs=1e-4)
