"""The reasons in errors, in the user's language.

Errors hold reasons in English. A reason without values is `marked` where it is raised, or listed here; one
with values, and what the system says, is made from a template of `REASONS`. What a library says stays as it
is, and is quoted.
"""

from __future__ import annotations

import re

from face_match.core.translation import is_english, marked, match_template, number, tr, translated

MOST_NESTED = 3
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?")

OF_IMAGES = (
    *(marked("a PostScript file"), marked("a PDF file"), marked("a JPEG 2000 file"), marked("an icon")),
    *(marked("a JPEG XL file"), marked("a Photoshop file"), marked("a ZIP archive"), marked("damaged")),
    marked("truncated {kind}"),
    marked("damaged {kind}"),
    marked("an unsupported kind of {kind}"),
    marked("progressive {kind}"),
    marked("over {size} million values in a slow form of {kind}"),
    marked("{size} megapixels, over {most} in {kind}"),
    marked("{size} megapixels, over {most}"),
    marked("{width} × {height} pixels, over {most} on one side"),
    marked("over {size} MB"),
    marked("its XMP has over {size} MB"),
    marked("{size} MB, too much for an image of that size"),
    marked("{what}, which is not supported"),
    marked("install the package {package} to read it"),
    marked("{kind} is not supported here"),
    marked("its decoder took longer than {time} seconds"),
    marked("its decoder needed more than {size} GB of memory"),
)
OF_FILES = (
    marked("damaged XML, line {line}"),
    marked("its table {table} is missing"),
    marked("{table} has no column {column}"),
    marked("it is of a digiKam that is too old, database version {version}"),
    marked("it is of a newer digiKam, database version {version}"),
    marked("marks faces in {photo} as it was with {width} × {height} pixels: they were not used"),
    marked("it is in {encoding}, not in UTF-8"),
    marked("its regions are of another image ({size})"),
    marked("its regions are of the raw photo, which is turned differently"),
    marked("may belong to {photos}: its names were not imported"),
    marked("has regions of {names} that cannot be read: a region must be a rectangle around one person"),
    marked("has names for {photos} that were not imported: {names}"),
    marked("gives one face more than {most} names: {names} were not imported"),
    marked("it is on another computer: {share}"),
)
OF_MODELS = (
    marked("no connection ({reason})"),
    marked("the server answered {code}"),
    marked("another model is called {model}"),
    marked("{model} is the name of one of the program’s own models"),
    marked("it is larger than {size} GB"),
    marked("its trial took more than {time} s"),
    marked("it took longer than {time} seconds"),
    marked("it needed more than {size} GB of memory"),
    marked("it takes more memory than a face network needs"),
    marked("the process that tried it died (status {status})"),
    marked("its output is larger than that of a face network"),
    marked("ONNX Runtime could not run it"),
    marked("its process ended unexpectedly"),
    marked("it could not be saved ({reason})"),
    marked("it could not be read ({reason})"),
    marked("it could not be removed ({reason})"),
    marked("it could not be run on a face ({reason})"),
    marked("it could not be run on a photo ({reason})"),
    marked("it could not be run ({reason})"),
    marked("ONNX Runtime cannot load it ({reason})"),
    marked("it is not valid ONNX ({reason})"),
    *(marked("in a photo of one"), marked("in its mirror image")),
    marked("it does not find the face {where}"),
    marked("it does not find eyes, nose and mouth where they are {where}"),
    marked("it has an operator that is not ONNX’s own ({operator})"),
    marked("it has a loop ({operator}), and might never end"),
    marked(
        "it has one output, as an embedder, but takes {shape}; faces of 112 × 112 or 160 × 160 pixels are "
        "supported"
    ),
    marked("it takes {count} inputs, where a face network takes one image"),
    marked("it takes {kind}, where float32 pixels are expected"),
    marked("its input is {shape}, which is not a colour image"),
    marked("its input has {width} × {height} pixels, more than {most} a side"),
    marked(
        "its input has {width} × {height} pixels, where multiples of {step} are expected, or both sides free"
    ),
    marked(
        "its {count} outputs match no supported detector (SCRFD or RetinaFace of InsightFace, YuNet), and no "
        "embedder"
    ),
    marked("its {count} outputs do not have the shapes of SCRFD, InsightFace’s RetinaFace or YuNet"),
    marked(
        "its output is {shapes}, where one embedding of {least} to {most} numbers is expected, alone or with "
        "its norm"
    ),
    marked(
        "it does not tell two different people apart: their similarity is {similarity}, and the threshold of "
        "{family} is {threshold}"
    ),
    marked(
        "a face is less similar to its mirror image ({similarity}) than to another person "
        "({other_similarity})"
    ),
    marked("it is {family}, not {other_family}"),
)
OF_CLUSTERS = (
    marked("it has version {version} of Face Match, not {other}"),
    marked("it does not have Face Match, or cannot run it ({reason})"),
    marked("its files of the model or detector are not those of this computer"),
    marked("install the packages dask and distributed: {command}"),
)
OF_GALLERIES = (
    marked("it has PostgreSQL {version}, and {needed} or newer is needed"),
    marked("it has pgvector {version}, and {needed} or newer is needed"),
    marked("process {process_id} on {machine} since {time}"),
    marked("another program"),
    marked("it is incomplete or damaged at line {line}"),
    marked("a record has no {field}"),
    marked("it is encrypted, but there is no {file} with its key"),
    marked("it was changed or sealed with another key"),
    marked("it was changed, moved or sealed with another key"),
    marked("{name} in it does not match its manifest"),
    marked("{name} in it is not a readable image ({reason})"),
    marked("{name} in it {what}"),
    marked("it {what}"),
)
OF_PATHS = (
    *(marked("has an unsafe path"), marked("is not a plain file"), marked("is a decompression bomb")),
    *(marked("uses an unsupported compression or encryption"), marked("is too large")),
    *(marked("is a device name on Windows"), marked("is the folder of unnamed faces")),
    *(marked("is not a text"), marked("is too long for a path"), marked("leads out of the gallery")),
    *(marked("contains a control character"), marked("contains a lone surrogate")),
    *(marked("is too long for a file name"), marked("is not a valid file name on Windows")),
    marked("ends in {suffix}, which is reserved for encrypted crops"),
    marked("is not in {folder}"),
    marked("has more values than a gallery can have"),
    marked("is larger than a gallery can be"),
    marked("has more escapes than a gallery can have"),
)
OF_THE_SYSTEM = (
    *(marked("No space left on device"), marked("Permission denied"), marked("No such file or directory")),
    *(marked("Is a directory"), marked("Not a directory"), marked("File exists"), marked("File too large")),
    *(marked("Read-only file system"), marked("Input/output error"), marked("Too many open files")),
    *(marked("File name too long"), marked("Operation not permitted"), marked("Disk quota exceeded")),
    *(marked("Too many levels of symbolic links"), marked("Device or resource busy")),
    *(
        marked("No such device"),
        marked("Host is down"),
        marked("Stale file handle"),
    ),
    *(marked("Connection refused"), marked("Connection timed out"), marked("Network is unreachable")),
    *(marked("Temporary failure in name resolution"), marked("Name or service not known")),
    *(marked("Invalid argument"), marked("Directory not empty"), marked("Resource temporarily unavailable")),
)
PROCESS = "process_id"
"""A number that is a name, and is written without separators."""
REASONS = (*OF_IMAGES, *OF_FILES, *OF_MODELS, *OF_CLUSTERS, *OF_PATHS, *OF_THE_SYSTEM, *OF_GALLERIES)
"""Most specific first, within each kind; those that fit nearly any text are last."""


def reason_text(reason: str) -> str:
    """The reason of an error in the user's language."""
    if is_english() or not reason:
        return reason
    found = _known(reason, MOST_NESTED)
    return found if found is not None else tr("technical message: “{reason}”", reason=reason)


def _known(reason: str, depth: int) -> str | None:
    """The translation of a reason, with that of the reasons in it; None where it is unknown."""
    text = translated(reason)
    if text != reason:
        return text
    found = match_template(reason, REASONS)
    if found is None or not depth:
        return None
    template, values = found
    text = translated(template)
    if not values:
        return text
    if "what" in values and _known(values["what"], depth - 1) is None:
        return None  # the template fits nearly any text
    return text.format(
        **{key: value if key == PROCESS else _value(value, depth - 1) for key, value in values.items()}
    )


def _value(value: str, depth: int) -> str:
    if _NUMBER.fullmatch(value):
        return number(float(value.replace(",", "")), len(value.partition(".")[2]))
    known = _known(value, depth)
    return known if known is not None else value
