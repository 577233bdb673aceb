"""Makes the corpus: small files of every format, from which the fuzzer makes others. No photos of people.

    python -m tests.fuzz.make_corpus

Findings in it, which are named so, stay.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from onnx import helper, numpy_helper
from PIL import Image, PngImagePlugin

from face_match.gallery.archive import export_archive
from face_match.gallery.gallery import Gallery
from tests.fuzz.driving import CORPUS
from tests.gui.made_faces import made_clusters
from tests.made_heif import made_heif
from tests.made_models import graph_of
from tests.made_raw import made_dng

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {spaces}>{content}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
        "stArea": "http://ns.adobe.com/xmp/sType/Area#",
        "stDim": "http://ns.adobe.com/xap/1.0/sType/Dimensions#",
        "MP": "http://ns.microsoft.com/photo/1.2/",
        "MPRI": "http://ns.microsoft.com/photo/1.2/t/RegionInfo#",
        "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "digiKam": "http://www.digikam.org/ns/1.0/",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
    }.items()
)
MWG = """<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:AppliedToDimensions stDim:w="600" stDim:h="400"
 stDim:unit="pixel"/><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name="Ada Lovelace"
 mwg-rs:Type="Face"><mwg-rs:Area stArea:x="0.5" stArea:y="0.4" stArea:w="0.2" stArea:h="0.3"
 stArea:unit="normalized"/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"""
MICROSOFT = """<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag><rdf:li
 MPReg:Rectangle="0.4, 0.2, 0.1, 0.2" MPReg:PersonDisplayName="Grace Hopper"/></rdf:Bag></MPRI:Regions>
</MP:RegionInfo><tiff:Orientation>6</tiff:Orientation>"""
LISTS = """<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
<digiKam:TagsList><rdf:Seq><rdf:li>People/Ada</rdf:li></rdf:Seq></digiKam:TagsList>
<dc:subject><rdf:Bag><rdf:li>Ada</rdf:li></rdf:Bag></dc:subject>"""
PICASA = """[Picasa]
name=Holiday
[Contacts2]
8e62b2035b74b477=Ada Lovelace;;
[a.jpg]
faces=rect64(3f845bcb59418507),8e62b2035b74b477;rect64(1),ffffffffffffffff
rotate=rotate(1)
[b.jpg]
faces=rect64(4a8e8e6b),8e62b2035b74b477
"""
CONTACTS = """<?xml version="1.0" encoding="utf-8"?>
<contacts><contact id="8e62b2035b74b477" name="Ada Lovelace" display="Ada"/></contacts>
"""
SETTINGS = {
    "model": "dlib",
    "detector": "",
    "window": "01d9d0cb",
    "small_faces": True,
    "thresholds": {"dlib": 0.94},
    "rates": {"dlib": 0.001},
    "people_order": "name",
    "located": {"/a": "/b"},
    "opened": "/photos/gallery",
    "recent": ["/photos/gallery"],
    "written_forms": ["mwg"],
    "photo_px": 200,
    "face_px": 160,
}


def main() -> None:
    """Write all files anew."""
    with tempfile.TemporaryDirectory() as temporary:
        for target, files in corpus(Path(temporary)).items():
            folder = CORPUS / target
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.iterdir():
                if not old.name.startswith("finding"):
                    old.unlink()
            for name, data in files.items():
                (folder / name).write_bytes(data)


def corpus(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of each target."""
    xmp = {
        name: XMP.format(spaces=SPACES, content=content).encode()
        for name, content in (("mwg", MWG), ("microsoft", MICROSOFT), ("lists", LISTS))
    }
    records = dict(_records(folder))
    return {
        "image": dict(_images()),
        "embedded": dict(_with_xmp(xmp["mwg"])),
        "sidecar": xmp | {"utf-16": xmp["mwg"].decode().encode("utf-16")},
        "picasa": {"one": PICASA.encode(), "marked": b"\xef\xbb\xbf" + PICASA.replace("\n", "\r\n").encode()},
        "contacts": {"one": CONTACTS.encode()},
        "settings": {"all": json.dumps(SETTINGS).encode(), "none": b"{}"},
        "model": dict(_models(folder)),
        "archive": dict(_archives(folder)),
        "archived-records": {"named": _archived(folder)},
        "records": records,
    }


def _images() -> Iterator[tuple[str, bytes]]:
    wide, high = 24, 16
    colours = np.random.default_rng(4).integers(0, 256, (high // 4, wide // 4, 3)).astype(np.uint8)
    photo = Image.fromarray(colours).resize((wide, high), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = exif[0x9003] = "2021:07:04 12:30:05"
    for suffix, mode, options in (
        ("jpg", "RGB", {"exif": exif}),
        ("progressive.jpg", "L", {"progressive": True}),
        ("cmyk.jpg", "CMYK", {}),
        ("png", "RGBA", {"exif": exif}),
        ("palette.png", "P", {"transparency": 3}),
        ("wide.png", "I;16", {}),
        ("gif", "P", {}),
        ("bmp", "RGB", {}),
        ("lzw.tif", "RGB", {"compression": "tiff_lzw"}),
        ("deflate.tif", "L", {"compression": "tiff_adobe_deflate"}),
        ("webp", "RGBA", {"exif": exif}),
        ("ppm", "RGB", {}),
    ):
        file = io.BytesIO()
        picture = photo.convert("L").convert(mode) if mode == "I;16" else photo.convert(mode)
        kind = {"jpg": "JPEG", "tif": "TIFF", "ppm": "PPM"}.get(suffix.split(".")[-1], suffix.split(".")[-1])
        picture.save(file, kind.upper(), **options)
        yield suffix, file.getvalue()
    yield "heic", made_heif()
    small = io.BytesIO()
    photo.save(small, "JPEG")
    yield "dng", made_dng(small.getvalue(), size=(8, 8), preview_size=(wide, high))


def _with_xmp(xmp: bytes) -> Iterator[tuple[str, bytes]]:
    photo = Image.linear_gradient("L").resize((16, 16))
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)
    for kind, options in (
        ("JPEG", {"xmp": xmp}),
        ("PNG", {"pnginfo": text}),
        ("WEBP", {"xmp": xmp}),
        ("TIFF", {"tiffinfo": {700: xmp}}),
    ):
        file = io.BytesIO()
        photo.save(file, kind, **options)
        yield kind.lower(), file.getvalue()
    yield "heic", made_heif()


def _models(folder: Path) -> Iterator[tuple[str, bytes]]:
    weights = numpy_helper.from_array(np.ones((4, 3, 2, 2), np.float32), "w")
    flat = helper.make_node("GlobalAveragePool", ["c"], ["y"])
    nodes = [helper.make_node("Conv", ["x", "w"], ["c"], kernel_shape=[2, 2]), flat]
    path = graph_of(folder / "model.onnx", nodes, constants=[weights])
    yield "convolution", path.read_bytes()
    branch = helper.make_graph([helper.make_node("Identity", ["x"], ["b"])], "branch", [], [])
    branch.output.extend([helper.make_tensor_value_info("b", 1, None)])
    chosen = helper.make_node("If", ["is"], ["y"], then_branch=branch, else_branch=branch)
    yes = numpy_helper.from_array(np.array(True), "is")
    yield "branches", graph_of(folder / "branches.onnx", [chosen], constants=[yes]).read_bytes()


def _gallery(folder: Path) -> Path:
    """One of three named faces and an unnamed one."""
    place = folder / "gallery"
    if not place.exists():
        made_clusters(place, people=2, each=2)
        with Gallery.open(place, for_writing=True) as gallery:
            faces = [face.id for face in gallery.unnamed()]
            gallery.name_faces(faces[:2], "Ada Lovelace")
            gallery.name_faces(faces[2:3], "Grace Hopper")
            gallery.remove(faces[1:2])
    return place


def _records(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield "named", (_gallery(folder) / "embeddings.json").read_bytes()
    yield "empty", b"{}"
    yield "demo", json.dumps({"Ada": [[0.5] * 8, [0.25] * 8], "Grace": [[0.1] * 8]}).encode()


def _archives(folder: Path) -> Iterator[tuple[str, bytes]]:
    path = folder / "a.zip"
    export_archive(_gallery(folder), None, path)
    yield "named.zip", path.read_bytes()
    (folder / "empty").mkdir()
    Gallery.open(folder / "empty", for_writing=True).close()
    export_archive(folder / "empty", None, folder / "empty.zip")
    yield "empty.zip", (folder / "empty.zip").read_bytes()
    shutil.rmtree(folder / "empty")


def _archived(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "a.zip") as file:
        return file.read("embeddings.json")


if __name__ == "__main__":
    main()
