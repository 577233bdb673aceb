"""Image formats recognised by a file's first bytes."""

from __future__ import annotations

import pytest

from face_match.core.images.kinds import PLUGINS, kind_of, refused_kind
from tests.stopwatch import within

READ = {
    b"\xff\xd8\xff\xe0": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0+": "TIFF",
    b"BM6\0": "BMP",
    b"P6\n1 1\n255\n": "PPM",
    b"P5 1 1 255 ": "PPM",
    b"RIFF\0\0\0\0WEBPVP8L": "WEBP",
    b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf": "AVIF",
    b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif": "AVIF",
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic": "HEIF",
    b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic": "HEIF",
}
REFUSED = {
    b"%!PS-Adobe-3.0 EPSF-3.0\n": "a PostScript file",
    b"\xc5\xd0\xd3\xc6\x1e\0\0\0": "a PostScript file",
    b"%PDF-1.7\n": "a PDF file",
    b"\0\0\0\x0cjP  \r\n\x87\n": "a JPEG 2000 file",
    b"\xff\x0a\0\0": "a JPEG XL file",
    b"<svg xmlns='http://www.w3.org/2000/svg'>": "an SVG drawing",
    b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- by hand -->\n<svg>": "an SVG drawing",
    b"<!DOCTYPE html><html><head>": "a web page",
    b"\0\0\0\x20ftypisom\0\0\2\0isomiso2": "a video",
    b"\0\0\0\x14ftypqt  ": "a video",
    b"\0\0\0\x18ftypcrx \0\0\0\1crx isom": "a RAW file",
    b"RIFF\0\0\0\0AVI LIST": "a video",
    b"\x1aE\xdf\xa3": "a video",
    b"\0\0\1\0\1\0": "an icon",
    b"PK\3\4": "a ZIP archive",
}
UNKNOWN = [
    b"",
    b"\0" * 5000,
    b"Dear Ada,",
    b"<",
    b"<" * 5000,
    b"PyRGBA\n1 1\n255\n",
    b"RIFF",
    b"\xff",
]


@pytest.mark.parametrize("head", READ)
def test_supported_formats_are_recognised_by_their_first_bytes(head: bytes) -> None:
    assert kind_of(head) == READ[head]
    assert kind_of(head) in PLUGINS


@pytest.mark.parametrize("head", REFUSED)
def test_kinds_that_are_not_read_have_a_name(head: bytes) -> None:
    assert kind_of(head) is None
    assert refused_kind(head) == REFUSED[head]


@pytest.mark.parametrize("head", UNKNOWN)
def test_unknown_content_has_no_format(head: bytes) -> None:
    assert (kind_of(head), refused_kind(head)) == (None, None)


@pytest.mark.parametrize("piece", [b"<!-- ", b"<?xml ?>", b" \n", b"<!DOCTYPE a>", b"<!---->", b"<?xml"])
def test_no_text_takes_long(piece: bytes) -> None:
    text = piece * 100_000
    with within(2):
        assert kind_of(text) is None
        assert refused_kind(text) in (None, "XML", "HTML", "SVG")
