"""Whatever is given, the program says what is the matter, does the rest, and harms nothing."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

Program = Callable[..., subprocess.CompletedProcess[str]]


def save_as_seen(astronaut_file: Path, folder: Path) -> dict[str, Path]:
    """The same photo in every way of keeping it that a person does not see."""
    with Image.open(astronaut_file) as image:
        photo = image.convert("RGB")
    grey = photo.convert("L")
    wide = np.asarray(grey).astype(np.uint16) * 257
    see_through = photo.convert("RGBA")
    see_through.putalpha(Image.new("L", photo.size, 255))
    turned = photo.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter to the right
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    later = Image.new("RGB", photo.size, "black")
    kinds: dict[str, tuple[Image.Image, str, dict[str, Any]]] = {
        "16-bit": (Image.fromarray(wide), "png", {}),
        "CMYK": (photo.convert("CMYK"), "jpg", {"quality": 95}),
        "palette": (photo.convert("P", palette=Image.Palette.ADAPTIVE), "gif", {}),
        "grey": (grey, "jpg", {"quality": 95}),
        "alpha": (see_through, "png", {}),
        "grey with alpha": (see_through.convert("LA"), "png", {}),
        "animated": (photo, "gif", {"save_all": True, "append_images": [later]}),
        "turned by EXIF": (turned, "jpg", {"exif": exif, "quality": 95}),
        "with a profile": (photo, "jpg", {"icc_profile": profile, "quality": 95}),
        "bitmap": (photo, "bmp", {}),
        "TIFF": (photo, "tiff", {}),
        "WebP": (photo, "webp", {"quality": 90}),
        "no suffix": (photo, "", {"format": "PNG"}),
        "wrong suffix": (photo, "txt", {"format": "JPEG"}),
    }
    files = {}
    for kind, (image, suffix, options) in kinds.items():
        files[kind] = folder / f"{kind}.{suffix}".rstrip(".")
        image.save(files[kind], **options)
    return files


def save_broken(hopper_file: Path, folder: Path) -> dict[str, Path]:
    """Files that are no photos, by what is said of them."""
    jpeg, buffer = hopper_file.read_bytes(), io.BytesIO()
    with Image.open(hopper_file) as image:
        image.save(buffer, "PNG")
    png = buffer.getvalue()
    contents = {
        ("text.jpg", "not an image"): b"This is a letter, not a photo.",
        ("empty.png", "the file is empty"): b"",
        ("cut.jpg", "truncated JPEG"): jpeg[: len(jpeg) // 2],
        ("cut.png", "truncated PNG"): png[: len(png) // 2],
        ("no data.png", "PNG"): png[:60],
        ("phone.heic", "HEIF"): b"\0\0\0\x18ftypheic" + b"\0" * 64,
        ("zeros.jpg", "not an image"): b"\0" * 5000,
    }
    files = {}
    for (name, reason), content in contents.items():
        (folder / name).write_bytes(content)
        files[reason if reason not in files else f"{reason} "] = folder / name
    (folder / "a folder.jpg").mkdir()
    Image.new("1", (20_000, 11_000)).save(folder / "huge.png")
    return files | {
        "it is a folder": folder / "a folder.jpg",
        "there is no such file": folder / "missing.jpg",
        "220 megapixels, over 200": folder / "huge.png",
    }


def test_a_photo_is_matched_as_a_person_sees_it_however_it_is_kept(
    program: Program, gallery_of_two: Path, astronaut_file: Path, tmp_path: Path
) -> None:
    files = save_as_seen(astronaut_file, tmp_path)
    result = program("match", *files.values(), "--gallery", gallery_of_two, "--json")
    assert result.returncode == 0, result.stderr
    for kind, photo in zip(files, json.loads(result.stdout)["photos"], strict=True):
        assert (photo["width"], photo["height"]) == (512, 512)
        assert len(photo["faces"]) == 1, kind
        best = photo["faces"][0]["matches"][0]
        assert best["person"] == "Eileen Collins", kind
        assert best["similarity"] > 0.96, kind


@pytest.mark.parametrize("command", ["match", "add"])
def test_what_is_no_photo_is_named_with_its_reason_and_the_run_goes_on(
    program: Program, two: Path, hopper_file: Path, tmp_path: Path, command: str
) -> None:
    files = save_broken(hopper_file, tmp_path)
    last = tmp_path / "last.bmp"
    with Image.open(hopper_file) as image:
        image.save(last)
    photos = [hopper_file, *files.values(), last]
    name = ["--name", "Joan Clarke", "--replace"] if command == "add" else []
    result = program(command, *photos, *name, "--gallery", two, "--json")
    assert result.returncode == 1
    found = json.loads(result.stdout)
    if command == "add":
        assert [sample["source"] for sample in found["samples"]] == [str(hopper_file), str(last)]
        errors = {error["photo"]: error for error in found["errors"]}
    else:
        *bad, good = found["photos"][1:]
        assert good["faces"][0]["matches"][0]["person"] == "Grace Hopper"
        assert all(photo["faces"] == [] and photo["width"] is None for photo in bad)
        errors = {photo["photo"]: photo["error"] for photo in bad}
    assert len(errors) == len(files)
    for reason, file in files.items():
        error = errors[str(file)]
        assert error["kind"] == "ImageUnreadableError"
        assert reason.strip() in error["message"], file.name
        assert file.name in error["message"]
        assert error["message"] in result.stderr
    assert len(result.stderr.splitlines()) == len(files)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_photo_that_may_not_be_read_is_named(program: Program, place: Path, tmp_path: Path) -> None:
    photo = tmp_path / "secret.jpg"
    photo.touch(mode=0)
    result = program("match", photo, "--gallery", place)
    assert result.returncode == 1
    assert "no permission" in result.stderr


def test_a_photo_without_a_face_is_no_failure_to_match_but_nothing_to_add(
    program: Program, two: Path, tmp_path: Path
) -> None:
    plain, tiny = tmp_path / "plain.png", tmp_path / "tiny.png"
    Image.new("RGB", (300, 300), "grey").save(plain)
    Image.new("RGB", (1, 1)).save(tiny)
    result = program("match", plain, tiny, "--gallery", two, "--json")
    assert result.returncode == 0
    assert [photo["faces"] for photo in json.loads(result.stdout)["photos"]] == [[], []]
    result = program("add", plain, tiny, "--name", "Nobody", "--gallery", two, "--json")
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert [error["kind"] for error in found["errors"]] == ["NoFaceError"] * 2
    assert (found["created"], found["samples"]) == (False, [])
    assert not (two / "faces_db" / "Nobody").exists()


@pytest.mark.parametrize("name", ["", "   ", "\u200b\t"], ids=ascii)
def test_a_name_of_nothing_is_refused(program: Program, place: Path, astronaut_file: Path, name: str) -> None:
    result = program("add", astronaut_file, "--name", name, "--gallery", place, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "InvalidNameError"
    assert "at least one letter" in result.stderr
    assert not place.exists()


def test_a_person_or_a_model_that_is_not_there_is_named(
    program: Program, gallery_of_two: Path, astronaut_file: Path
) -> None:
    result = program("show", "Joan Clarke", "--gallery", gallery_of_two, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout) == {
        "error": {
            "kind": "PersonNotFoundError",
            "message": "There is no person called “Joan Clarke” in the gallery.",
        }
    }
    result = program("match", astronaut_file, "--model", "arcface", "--gallery", gallery_of_two, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "ModelMissingError"
    assert "arcface" in result.stderr
    assert "models list" in result.stderr


WRONG_USAGE = [
    ["match"],
    ["match", "a.jpg", "--top", "0"],
    ["match", "a.jpg", "--top", "many"],
    ["match", "a.jpg", "--threshold", "2"],
    ["match", "a.jpg", "--threshold", "nan"],
    ["match", "a.jpg", "--threshold", "high"],
    ["match", "a.jpg", "--face", "0"],
    ["match", "a.jpg", "--face", "1", "--box", "0,0,9,9"],
    ["match", "a.jpg", "--engine", "steam"],
    ["match", "a.jpg", "--colour"],
    ["add", "a.jpg"],
    ["add", "--name", "Ada"],
    ["add", "a.jpg", "--name", "Ada", "--face", "0"],
    ["show"],
    ["restore"],
    ["people", "Ada"],
    ["models", "use"],
    ["models", "praise"],
]


def test_wrong_usage_is_said_in_plain_words_with_status_2(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from app_faces import main
    from face_match.core.installation import program_name

    for arguments in WRONG_USAGE:
        with pytest.raises(SystemExit) as caught:
            main([*arguments, "--gallery", str(place), "--json"])
        assert caught.value.code == 2, arguments
        said = capsys.readouterr()
        assert said.out == ""
        assert f"usage: {program_name()}" in said.err
        assert " invalid _" not in said.err, "a function's name is no word for a person"
    assert not place.exists()


def test_wrong_usage_of_the_program_has_status_2(program: Program, place: Path) -> None:
    result = program("match", "--gallery", place, "--json")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "PHOTO" in result.stderr


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["lines", "document"])
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["at the end", "at once"])
def test_a_reader_that_has_gone_is_no_error_of_the_program(
    gallery_of_two: Path, child_env: dict[str, str], options: list[str], unbuffered: str
) -> None:
    program = Path(__file__).parents[2] / "app_faces.py"
    read, write = os.pipe()
    os.close(read)
    try:
        result = subprocess.run(
            [sys.executable, program, "people", "--gallery", gallery_of_two, *options],
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            env={**child_env, "PYTHONUNBUFFERED": unbuffered},
            timeout=60,
            check=False,
        )
    finally:
        os.close(write)
    assert result.stderr == ""
    assert result.returncode in (0, 1)
