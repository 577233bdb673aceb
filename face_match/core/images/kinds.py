"""Image formats, recognised by a file's first bytes and never by its name."""

from __future__ import annotations

import re

from face_match.core.translation import marked

PLUGINS = {
    "JPEG": "JpegImagePlugin",  # MPO too: Pillow's JPEG reader hands it on
    "PNG": "PngImagePlugin",
    "WEBP": "WebPImagePlugin",
    "TIFF": "TiffImagePlugin",
    "GIF": "GifImagePlugin",
    "BMP": "BmpImagePlugin",
    "AVIF": "AvifImagePlugin",
    "PPM": "PpmImagePlugin",
    "HEIF": "",  # of the package pi-heif
}
"""The formats that are read, by Pillow's names, with the PIL modules that read them."""

HEAD_BYTES = 1024

_SIGNATURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
    b"BM": "BMP",
}
_PORTABLE_MAP = re.compile(rb"P[1-6f][\t\n\v\f\r #]")

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {
    *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"),
    *(b"mif1", b"msf1"),  # of any codec; AVIF says so in another brand
}

_REFUSED = {
    b"%!PS": "a PostScript file",
    b"\xc5\xd0\xd3\xc6": "a PostScript file",
    b"%PDF-": "a PDF file",
    b"\0\0\0\x0cjP  \r\n\x87\n": "a JPEG 2000 file",
    b"\xff\x4f\xff\x51": "a JPEG 2000 file",
    b"\0\0\0\x0cJXL \r\n\x87\n": "a JPEG XL file",
    b"\xff\x0a": "a JPEG XL file",
    b"8BPS": "a Photoshop file",
    b"\0\0\1\0": "an icon",
    b"icns": "an icon",
    b"FUJIFILMCCD-RAW": marked("a RAW file"),
    b"\x1aE\xdf\xa3": marked("a video"),
    b"\0\0\1\xba": marked("a video"),
    b"\0\0\1\xb3": marked("a video"),
    b"FLV\1": marked("a video"),
    b"0&\xb2u\x8ef\xcf\x11": marked("a video"),
    b"PK\3\4": "a ZIP archive",
    b"PF\n": "a portable float map in colour",
    b"P7\n": "a portable arbitrary map",
}
_MARKUP = (b"<?xml", b"<!--", b"<!doctype", b"<svg", b"<html")


def kind_of(data: bytes) -> str | None:
    """The format of an image, one of `PLUGINS`; None for one that is not read."""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if _PORTABLE_MAP.match(data):
        return "PPM"
    brands = _brands(data)
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def refused_kind(data: bytes) -> str | None:
    """The description of a format that is not read, with its article; None if it is unknown."""
    head = data[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    for signature, what in _REFUSED.items():
        if head.startswith(signature):
            return what
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return marked("a video")
    if brands := _brands(head):
        return marked("a RAW file") if b"crx " in brands else marked("a video")
    text = head.lstrip().lower()
    if not text.startswith(_MARKUP):
        return None
    if b"<html" in text or text.startswith(b"<!doctype html"):
        return marked("a web page")
    return marked("an SVG drawing") if b"<svg" in text else None


def _brands(data: bytes) -> set[bytes]:
    """The brands of a file of boxes (ISO/IEC 14496-12); empty for another file."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), HEAD_BYTES)
    compatible = (data[at : at + 4] for at in range(16, end, 4))
    return {data[8:12], *(brand for brand in compatible if len(brand) == 4)}
