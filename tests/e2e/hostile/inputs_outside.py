"""Hostile files outside the gallery: sidecars, settings and models."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.hostile.damaging import (
    replace_by_link,
)
from tests.e2e.hostile.world import (
    Hostile,
    World,
)


def inputs() -> Iterator[Hostile]:
    yield from _sidecars()
    yield from _settings()
    yield from _models()


# Sidecars

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"><mwg-rs:Regions rdf:parseType="Resource">'
    "<mwg-rs:RegionList><rdf:Bag>{regions}</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions></rdf:Description>"
    "</rdf:RDF></x:xmpmeta>"
)
REGION = (
    '<rdf:li><rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="Face"><mwg-rs:Area stArea:x="{x}" '
    'stArea:y="0.4" stArea:w="0.5" stArea:h="0.5" stArea:unit="normalized"/></rdf:Description></rdf:li>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _sidecars() -> Iterator[Hostile]:
    def region(name: str = "Mallory", x: str = "0.5") -> str:
        return REGION.format(name=name, x=x)

    def of(text: str, declared: str = "") -> Callable[[World], bytes]:
        return lambda world: (declared + XMP.format(regions=text)).encode("utf-8", "surrogatepass")

    def external(world: World) -> bytes:
        letter = (world.out / "keep.txt").as_uri()
        return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{letter}">]>{XMP.format(regions=region("&e;"))}'.encode()

    def external_dtd(world: World) -> bytes:
        letter = (world.out / "keep.txt").as_uri()
        return f'<!DOCTYPE x SYSTEM "{letter}">{XMP.format(regions=region())}'.encode()

    made: dict[str, Callable[[World], bytes]] = {
        "laughs": of(region("&l9;"), f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'),
        "quadratic": of(region("&a;" * 20_000), f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'),
        "external": external,
        "external-dtd": external_dtd,
        "attribute-2-mb": of(region("n" * 2_000_000)),
        "regions-5000": of("".join(region(f"Person {n}") for n in range(5000))),
        "name-controls": of(region("a&#x1b;[2J")),
        "name-references": of(region("a&#xd800;b")),
        "name-nul": of(region("a&#0;b")),
        "name-raw-surrogate": of(region("a\ud800b")),
        "name-path": of(region("../../out/x\\..\\y")),
        "name-escaped-newlines": of(region("a&#10;&#13;&#x202e;b")),
        "name-blank": of(region("&#x200b; ")),
        "area-nan": of(region(x="nan") + region(x="inf") + region(x="1e400")),
        "area-text": of(region(x="left")),
        "nested": of("<rdf:li>" * 100_000),
        "nested-closed": of("<rdf:li>" * 20_000 + "</rdf:li>" * 20_000),
        "attributes": of("<rdf:li " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>"),
        "binary": lambda world: bytes(range(256)) * 300,
        "empty": lambda world: b"",
        "utf-7": lambda world: b'<?xml version="1.0" encoding="utf-7"?>' + of(region())(world),
        "utf-16": lambda world: b"\xff\xfe" + of(region())(world).decode().encode("utf-16-le"),
        "utf-16-odd": lambda world: b"\xff\xfe" + of(region())(world).decode().encode("utf-16-le")[:-1],
        "latin-1": lambda world: of(region("caf\xe9"))(world).replace("\xe9".encode(), b"\xe9"),
        "large": lambda world: of(region())(world) + b" " * (20 << 20),
    }
    commands = (
        "import names",
        "people",
        "write-names",
        "import names",
        "undo",
        "check",
        "people",
        "export again",
    )
    for name, data in made.items():
        yield Hostile(f"sidecar-{name}", partial(_put_sidecar, data), commands)
    yield Hostile("sidecar-pipe", _pipe_sidecar, commands)
    yield Hostile("sidecar-link", _link_sidecar, commands)


def _sidecar_of(world: World) -> Path:
    """Of a photo of somebody who is in the gallery, so that `write-names` has something to write."""
    shutil.copy(world.given / "hopper.jpg", world.sources)
    return world.sources / "hopper.jpg.xmp"


def _put_sidecar(data: Callable[[World], bytes], world: World) -> None:
    _sidecar_of(world).write_bytes(data(world))


def _pipe_sidecar(world: World) -> None:
    os.mkfifo(_sidecar_of(world))


def _link_sidecar(world: World) -> None:
    """A sidecar elsewhere, which is well formed: it may be read, but not be written to."""
    (world.out / "there.xmp").write_bytes(XMP.format(regions="").encode())
    _sidecar_of(world).symlink_to(world.out / "there.xmp")


# Settings


def _settings() -> Iterator[Hostile]:
    made: dict[str, bytes] = {
        "binary": bytes(range(256)),
        "empty": b"",
        "nested": b"[" * 1_000_000,
        "list": b"[1]",
        "odd": b'{"model": 7, "detector": [], "thresholds": [], "window": {}, "small_faces": "no"}',
        "thresholds": b'{"thresholds": {"dlib": NaN, "facenet": Infinity, "": 1e400, "x": true, "y": "1"}}',
        "models": json.dumps({"model": "../../out", "detector": "/etc/passwd\0"}).encode(),
        "surrogates": b'{"model": "\\ud800", "detector": "\\udcff", "thresholds": {"\\ud800": 0.5}}',
        "long": b'{"model": "' + b"m" * 5_000_000 + b'"}',
        "huge-number": b'{"thresholds": {"dlib": ' + b"9" * 10_000 + b"}}",
    }
    commands = ("people", "match", "check", "add", "models", "doctor", "people")
    for name, data in made.items():
        yield Hostile(f"settings-{name}", partial(_put_settings, data), commands)
    yield Hostile("settings-folder", _folder_for_settings, commands)
    yield Hostile("settings-pipe", _pipe_settings, commands)


def _put_settings(data: bytes, world: World) -> None:
    world.settings.parent.mkdir(parents=True)
    world.settings.write_bytes(data)


def _folder_for_settings(world: World) -> None:
    world.settings.mkdir(parents=True)


def _pipe_settings(world: World) -> None:
    world.settings.parent.mkdir(parents=True)
    os.mkfifo(world.settings)


# Models

MODEL = "arcface-0123456789ab"
ABOUT: dict[str, Any] = {
    **{"format": 1, "id": MODEL, "title": "Planted", "licence": "", "source": "", "sha256": "0" * 64},
    **{"size_bytes": 0, "modified_ns": 0, "added": "2026-01-01T00:00:00Z"},
    "verdict": {
        **{
            "family": "arcface",
            "width": 112,
            "height": 112,
            "dimensions": 128,
            "range": "raw",
            "colour": "rgb",
        },
        **{"is_channels_last": False, "takes_batches": True, "notes": [], "checks": []},
    },
}


def _models() -> Iterator[Hostile]:
    def about(**fields: object) -> Callable[[World], None]:
        return partial(_put_model, {**ABOUT, **fields})

    def verdict(**fields: object) -> Callable[[World], None]:
        return about(verdict={**ABOUT["verdict"], **fields})

    made: dict[str, Callable[[World], None]] = {
        "as-it-should-be": about(),
        "id-outside": about(id="../out"),
        "title-odd": about(title="\x1b[2J\ud800<img src=x>"),
        "size-text": about(size_bytes="0", modified_ns=None),
        "size-nan": about(size_bytes=float("nan")),
        "sha-odd": about(sha256="../out/keep.txt"),
        "added-odd": about(added="\0"),
        "format-list": about(format=[1]),
        "verdict-null": about(verdict=None),
        "family-unknown": verdict(family="../out"),
        "family-list": verdict(family=[]),
        "sizes-huge": verdict(width=10**9, height=10**9, dimensions=10**9),
        "sizes-negative": verdict(width=-1, height=0, dimensions=-5),
        "sizes-bool": verdict(width=True, height=True, dimensions=True),
        "notes-odd": verdict(notes=7, checks={"a": "b"}),
        "null": lambda world: _put_model(None, world),
        "nested": lambda world: _put_model_text("[" * 1_000_000, world),
        "link": _link_model,
        "link-folder": _link_model_folder,
        "pipe": _pipe_model,
    }
    for name, make in made.items():
        commands = ("models", "match", "use it", "match", "check", "add", "doctor", "people")
        yield Hostile(f"model-{name}", make, commands)


def _put_model(about: object, world: World) -> None:
    _put_model_text(json.dumps(about), world)


def _put_model_text(about: str, world: World) -> None:
    """With settings that say that it is to be used, and a file that is its own but no network."""
    folder = world.root / "models" / MODEL
    folder.mkdir(parents=True)
    (folder / "about.json").write_text(about, "ascii")
    (folder / "model.onnx").write_bytes(b"")
    os.utime(folder / "model.onnx", ns=(0, 0))
    world.env["FACE_MATCH_MODELS"] = str(folder.parent)
    _put_settings(json.dumps({"model": MODEL, "detector": MODEL}).encode(), world)
    world.changing.add("home/.config")  # `models use` writes settings


def _link_model(world: World) -> None:
    _put_model(ABOUT, world)
    replace_by_link(world.root / "models" / MODEL / "model.onnx", world.out / "keep.txt")
    size = (world.out / "keep.txt").stat()
    about = {**ABOUT, "size_bytes": size.st_size, "modified_ns": size.st_mtime_ns}
    (world.root / "models" / MODEL / "about.json").write_text(json.dumps(about), "ascii")


def _link_model_folder(world: World) -> None:
    _put_model(ABOUT, world)
    shutil.move(world.root / "models" / MODEL, world.out / MODEL)
    (world.root / "models" / MODEL).symlink_to(world.out / MODEL)


def _pipe_model(world: World) -> None:
    _put_model(ABOUT, world)
    path = world.root / "models" / MODEL / "model.onnx"
    path.unlink()
    os.mkfifo(path)
