"""The plots are drawn for white and for dark pages, whatever there is to draw."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor

from face_match.decision.evaluation import evaluate
from face_match.decision.open_set import rates_by_gallery_size
from face_match.decision.scoring import NO_RIVAL_PENALTY, combined_similarity
from face_match.decision.subgroups import rates_by_group
from face_match.report import plots
from face_match.report.page import write_report
from face_match.workflows.evaluate import EmbeddedPhotos, ModelResult, ModelSetup


def run_of(people: int, photos: int, spread: float, setup: ModelSetup) -> ModelResult:
    random = np.random.default_rng(3)
    embeddings = random.normal(size=(people, 1, 32)) + spread * random.normal(size=(people, photos, 32))
    embeddings = embeddings.reshape(-1, 32) / np.linalg.norm(
        embeddings.reshape(-1, 32), axis=1, keepdims=True
    )
    whose = np.repeat(np.arange(people), photos)
    evaluation = evaluate(embeddings, whose, 0.5, replicates=20, folds=2, hard_negatives=True)
    names = [f"person {number}" for number in range(people)]
    sizes = rates_by_gallery_size(embeddings, whose, 0.5, combined_similarity)
    labels = ["<i>group</i>"] * (people - people // 5) + [None] * (people // 5)
    groups = (
        rates_by_group(
            "<b>kind</b>", labels, embeddings, whose, threshold=0.5, rival_penalty=NO_RIVAL_PENALTY
        ),
    )
    embedded = EmbeddedPhotos(len(whose), len(whose))
    return ModelResult(setup, embedded, names, 0.5, evaluation, sizes, groups)


GOOD = run_of(10, 5, 0.5, ModelSetup("dlib"))
POOR = run_of(10, 5, 2.5, ModelSetup("facenet", "reference"))
LARGE = run_of(60, 3, 1.0, ModelSetup("dlib"))
PERFECT = run_of(2, 2, 0.01, ModelSetup("facenet"))


@pytest.mark.parametrize("theme", [plots.LIGHT, plots.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("runs", [[GOOD], [GOOD, POOR], [PERFECT], [PERFECT, POOR, GOOD]])
@pytest.mark.parametrize("name", [*plots.OF_ALL, "similarities"])
def test_a_plot_is_drawn_on_the_colour_of_its_page(
    name: str, runs: list[ModelResult], theme: plots.Theme
) -> None:
    draw = plots.OF_ALL.get(name)
    png = draw(runs, theme) if draw is not None else plots.similarities(runs[-1], theme)
    with Image.open(io.BytesIO(png)) as image:
        pixels = np.asarray(image.convert("RGB"))
    assert pixels.shape == (750, 1080, 3)
    paper = np.array(ImageColor.getrgb(theme.paper))
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert (edge == paper).all(), "nothing is cut off at the edges"
    if draw is not None:
        for number in range(len(runs)):
            colour = np.array(ImageColor.getrgb(theme.series[number]))
            assert (pixels == colour).all(axis=2).any(), "each model's line is seen"


@pytest.mark.parametrize("theme", [plots.LIGHT, plots.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("run", [GOOD, POOR, LARGE])
def test_the_sizes_of_galleries_are_drawn_with_both_rates(run: ModelResult, theme: plots.Theme) -> None:
    with Image.open(io.BytesIO(plots.gallery_sizes(run, theme))) as image:
        pixels = np.asarray(image.convert("RGB"))
    paper = np.array(ImageColor.getrgb(theme.paper))
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert (edge == paper).all(), "nothing is cut off at the edges"
    for colour in theme.series[:2]:
        assert (pixels == np.array(ImageColor.getrgb(colour))).all(axis=2).sum() > 50


def test_colours_stand_out_on_their_page() -> None:
    def luminance(colour: str) -> float:
        parts = np.array(ImageColor.getrgb(colour)) / 255
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    for theme in (plots.LIGHT, plots.DARK):
        for colour in (*theme.series, theme.ink):
            low, high = sorted((luminance(colour), luminance(theme.paper)))
            assert (high + 0.05) / (low + 0.05) >= 3, f"{colour} on {theme.paper} (WCAG 2.1, 1.4.11)"


def test_models_have_a_histogram_each(tmp_path: Path) -> None:
    page = write_report(tmp_path / "report", "photos", [GOOD, POOR], [])
    names = {path.name for path in page.parent.glob("similarities*.png")}
    assert names == {"similarities-dlib.png", "similarities-facenet-reference.png"}
    text = page.read_text("utf-8")
    assert text.count("<h2>Figures: ") == 2
    assert "How well built-in (dlib) and FaceNet on the reference engine tell people apart" in text
    assert "Thresholds on people they were not chosen on" in text
    assert "person 3" in text


def test_the_sizes_of_galleries_have_a_plot_where_there_are_several(tmp_path: Path) -> None:
    assert [len(run.sizes) for run in (GOOD, LARGE)] == [1, 3]
    page = write_report(tmp_path / "report", "photos", [GOOD, LARGE._replace(setup=POOR.setup)], [])
    assert {path.name for path in page.parent.glob("gallery-sizes*.png")} == {
        "gallery-sizes-facenet-reference.png"
    }
    text = page.read_text("utf-8")
    assert text.count("<h2>As the gallery grows: ") == 2
    assert text.count("<th>FPIR: strangers taken for somebody</th>") == 2


def test_without_comparisons_there_is_a_page_without_plots(tmp_path: Path) -> None:
    page = write_report(tmp_path / "report", "photos", [run_of(1, 2, 0.5, ModelSetup("dlib"))], ["A note."])
    text = page.read_text("utf-8")
    assert "<img" not in text
    assert "A note." in text
    assert "There are not enough photos to tell." in text
    assert "Galleries of 5 people and more, with strangers beside them, need photos of 7 people" in text
    assert "Fewer than 8 people, too few to tell" in text
    assert "nan" not in text
    assert [path.name for path in page.parent.iterdir()] == ["report.html"]


def test_without_colours_curves_and_histograms_are_told_apart_by_line_and_hatching() -> None:
    grey = plots.LIGHT._replace(series=("#666666",) * 5)
    random = np.random.default_rng(5)
    one, other = random.normal(0.3, 0.1, 200), random.normal(0.7, 0.1, 200)

    def drawn(genuine: np.ndarray, impostor: np.ndarray) -> bytes:
        comparisons = replace(GOOD.evaluation.comparisons, genuine=genuine, impostor=impostor)
        evaluation = replace(GOOD.evaluation, comparisons=comparisons)
        return plots.similarities(GOOD._replace(evaluation=evaluation), grey)

    assert drawn(one, other) != drawn(other, one)
    lines = {drawn.line for drawn in plots._drawn([GOOD, POOR, PERFECT], grey)}
    assert len(lines) == 3


def test_titles_and_names_are_text_in_page_and_plots(tmp_path: Path) -> None:
    odd = "<b>$\\frac{$\u202e\x1b"
    run = GOOD._replace(setup=ModelSetup(odd), names=[f"{odd}{number}" for number in range(10)])
    page = write_report(tmp_path / "report", odd, [run, POOR], [odd]).read_text("utf-8")
    assert "&lt;b&gt;$\\frac{$\\u202e\\x1b" in page
    assert not set(page) & {"\u202e", "\x1b"}
    assert "<b>$" not in page
    assert "&lt;b&gt;kind&lt;/b&gt;" in page
    assert "&lt;i&gt;group&lt;/i&gt;" in page
