"""Several photos of each of two people, made from two public-domain portraits.

They stand in for labelled photos where these are not beside the checkout. Faces of one person have
similarities of 0.94 and more under the built-in model, of two people 0.92 and less.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

SIDE_PX = 250


def _file_of(package: str, path: str) -> Path:
    """A file that is installed with a package, which is not imported for it: that takes a while."""
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    return Path(spec.origin).parent / path


HOPPER = _file_of("matplotlib", "mpl-data/sample_data/grace_hopper.jpg")
"""A JPEG with one face: Grace Hopper (US Navy, public domain)."""


def astronaut() -> Image.Image:
    """One face, 512 × 512, without a colour profile: Eileen Collins (NASA, public domain)."""
    with Image.open(_file_of("skimage", "data/astronaut.png")) as image:
        return Image.frombytes(image.mode, image.size, image.tobytes())


class Portrait(NamedTuple):
    """A photo, the middle of the face in it, and half the side of a square around the face, in pixels."""

    photo: Image.Image
    x: int
    y: int
    half: int


def portraits() -> tuple[Portrait, Portrait]:
    """Eileen Collins and Grace Hopper."""
    with Image.open(HOPPER) as image:
        hopper = image.convert("RGB")
    return Portrait(astronaut(), 224, 120, 130), Portrait(hopper, 264, 200, 230)


def make_photos(person: Portrait, count: int, folder: Path, name: str = "") -> list[Path]:
    """So many photos of 250 × 250 pixels, each cut, turned, stretched, blurred and lit in another way."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count):
        angle, centre = number * 7 % 19 - 9, (person.x, person.y)
        turned = person.photo.rotate(angle, Image.Resampling.BICUBIC, center=centre)
        wide, high = (person.half * (0.85 + 0.07 * (number * step % 6)) for step in (1, 5))
        left, top = person.x - wide + number * 11 % 13, person.y - high + number * 5 % 11
        photo = turned.crop((round(left), round(top), round(left + 2 * wide), round(top + 2 * high)))
        photo = photo.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)
        photo = photo.filter(ImageFilter.GaussianBlur(0.5 * (number % 5)))
        photo = ImageEnhance.Brightness(photo).enhance(0.75 + 0.1 * (number * 3 % 6))
        if number % 2:
            photo = ImageOps.mirror(photo)
        made.append(folder / f"{name}{number}.jpg")
        photo.save(made[-1], quality=90)
    return made


def make_group(photos: list[Path], path: Path) -> None:
    """Photos of 250 × 250 pixels side by side."""
    group = Image.new("RGB", (SIDE_PX * len(photos), SIDE_PX))
    for number, photo in enumerate(photos):
        with Image.open(photo) as image:
            group.paste(image, (SIDE_PX * number, 0))
    group.save(path, quality=95)
