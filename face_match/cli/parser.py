"""The commands with their arguments, options and help texts."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, cast

from face_match.cli import (
    argument_types,
    calibration,
    changes,
    checking,
    conflicts,
    evaluate,
    folders,
    gallery,
    importing,
    models,
    photo_search,
    photos,
)
from face_match.cli.output import Output, Parser
from face_match.core.installation import program_name
from face_match.core.model_families import COLOURS, RANGES
from face_match.core.settings import default_gallery, gallery_in_environment
from face_match.core.version import GALLERY_FORMAT, __version__
from face_match.metadata.written_forms import DEFAULT_FORMS

_Run = Callable[[argparse.Namespace, Output], None]
_AddCommand = Callable[..., Parser]

FROM_SCORE_HELP = "from this score on, -1 to 1 (default: the threshold in use)"
MODELS_AND_DETECTORS = ("--model", "--detector", "--engine", "--small-faces")
FACE_ID_HELP = "the face's id, as “show” lists it"
BOX_HELP = "the place of the face, in pixels of the only photo, instead of detecting it"

MATCHES_SHOWN = 10
"""The K of Top-K."""

MODEL_OPTIONS = {
    **dict.fromkeys(("match", "add", "import", "evaluate"), MODELS_AND_DETECTORS),
    "calibrate": ("--model", "--engine"),
    **dict.fromkeys(("check", "thin"), ("--model",)),
}
"""The options on models that each command uses. The others are accepted too, and not shown in its help."""


def _common(model_options: Sequence[str] = (), *, several_models: bool = False) -> Parser:
    """The options of every command; of those on models, only the given ones are shown in its help."""

    def shown(option: str, help_text: str) -> str:
        return help_text if option in model_options else argparse.SUPPRESS

    common = Parser(add_help=False)
    common.add_argument(
        "--gallery",
        type=argument_types.gallery,
        metavar="DIR",
        default=gallery_in_environment() or default_gallery(),
        help="the gallery's folder, or postgresql://USER@HOST/DATABASE on a server (default: "
        "$FACE_MATCH_GALLERY, else beside app_faces.py; where the program is installed, in your data folder)",
    )
    common.add_argument(
        "--model",
        action="append" if several_models else "store",
        metavar="NAME",
        help=shown("--model", "the model to use; “models list” names them"),
    )
    common.add_argument(
        "--detector",
        metavar="NAME",
        help=shown(
            "--detector", "the detector to use: mtcnn, or one that was added; “models list” names them"
        ),
    )
    common.add_argument(
        "--engine",
        choices=("onnx", "reference"),
        default="onnx",
        help=shown("--engine", "reference: mtcnn and keras-facenet on TensorFlow, where installed"),
    )
    common.add_argument(
        "--small-faces",
        action="store_true",
        help=shown("--small-faces", "detect small faces in large photos too, which takes longer"),
    )
    _add_path(
        common,
        "--passphrase-file",
        "FILE",
        "a file with the gallery's passphrase (default: $FACE_MATCH_PASSPHRASE, else a prompt)",
    )
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return common


class _ShowVersion(argparse.Action):
    """Prints the version; as JSON also the format of the galleries that it writes."""

    def __call__(self, *_: object, **__: object) -> NoReturn:
        output = Output("--json" in sys.argv)
        output.line(f"Face Match {__version__}")
        output.document = {"version": __version__, "gallery_format": GALLERY_FORMAT}
        if output.as_json:
            output.print_document()
        sys.exit()


WITHOUT_GALLERY = frozenset({"evaluate", "models", "doctor"})
"""Commands that are of use also where the gallery is on a drive that is not connected."""


class _Unasked:
    """In the place of the parser of a command that was not typed: it takes any options, and has none.

    To make the parsers of all commands takes longer than most commands.
    """

    def __getattr__(self, name: str) -> _Unasked:
        return self

    def __call__(self, *_: object, **__: object) -> _Unasked:
        return self


def command_parser(asked: str | None = None) -> Parser:
    """The parser of all commands, in the order of `COMMANDS`; or of one of them alone."""
    parser = Parser(
        prog=program_name(),
        description="Finds out who is in a photo, by comparing its faces with your gallery. "
        f"Without a command, the window opens: {program_name()} [--gallery DIR] [PHOTO …]",
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    common = functools.cache(_common)

    def command(name: str, run: _Run, help_text: str, *, several_models: bool = False) -> Parser:
        if asked not in (None, name):
            return cast(Parser, _Unasked())
        parent = common(MODEL_OPTIONS.get(name, ()), several_models=several_models)
        entry = commands.add_parser(name, parents=[parent], help=help_text, description=help_text)
        entry.set_defaults(run=run, usage_error=entry.error, needs_gallery=name not in WITHOUT_GALLERY)
        return entry

    _add_match_and_add(command)
    _add_import(command)
    _add_photo_search(command)
    _add_sort(command)
    _add_turn(command)
    _add_write_names(command)
    _add_gallery_commands(command)
    _add_storage_commands(command)
    _add_changes(command)
    _add_evaluate(command)
    _add_models(command)
    command("doctor", models.doctor, "check the installation and report problems with their remedies")
    return parser


def _add_match_and_add(command: _AddCommand) -> None:
    match = command(
        "match", photos.match, "rank the gallery's people for every face of every photo, highest score first"
    )
    _add_photos(match)
    match.add_argument(
        "--top",
        type=argument_types.number_from_one,
        default=MATCHES_SHOWN,
        metavar="K",
        help=f"how many people to list for each face (default: {MATCHES_SHOWN})",
    )
    match.add_argument(
        "--threshold", type=argument_types.score, metavar="T", help=f"mark people {FROM_SCORE_HELP}"
    )
    _add_choice_of_face(match)

    add = command("add", photos.add, "add the face of each photo to a person")
    _add_photos(add)
    add.add_argument("--name", required=True, help="the name of the person, known or new")
    add.add_argument("--replace", action="store_true", help="a new name replaces the old one")
    _add_choice_of_face(add)


def _add_sort(command: _AddCommand) -> None:
    sorting = command("sort", folders.sort, "copy a folder's photos into one folder for each person in them")
    _add_path(sorting, "folder", "FOLDER", "the folder of photos")
    _add_path(sorting, "into", "INTO", "the folder for the people's folders")
    sorting.add_argument(
        "--link", action="store_true", help="make links instead of copies, which take no space"
    )


def _add_turn(command: _AddCommand) -> None:
    turning = command("turn", photos.turn, "turn photos in the gallery; their files stay as they are")
    _add_photos(turning)
    way = turning.add_mutually_exclusive_group()
    for option, quarters, text in (
        ("--right", 1, "a quarter turn to the right, which is the default"),
        ("--left", -1, "a quarter turn to the left"),
        ("--over", 2, "a half turn"),
        ("--reset", None, "show the photo as its file says, or as a scan has found faces in it"),
    ):
        way.add_argument(option, dest="quarters", action="store_const", const=quarters, default=1, help=text)


def _add_path(entry: Parser, name: str, metavar: str, help_text: str, nargs: str | None = None) -> None:
    entry.add_argument(name, type=argument_types.path, metavar=metavar, help=help_text, nargs=nargs)


def _add_photos(entry: Parser) -> None:
    _add_path(entry, "photos", "PHOTO", "a photo file", nargs="+")


def _add_choice_of_face(entry: Parser) -> None:
    which = entry.add_mutually_exclusive_group()
    which.add_argument(
        "--face",
        type=argument_types.number_from_one,
        metavar="N",
        help="the number of the face, if there are several",
    )
    which.add_argument("--box", type=argument_types.box, metavar="X,Y,W,H", help=BOX_HELP)


def _add_photo_search(command: _AddCommand) -> None:
    entry = command(
        "photos",
        photo_search.photos,
        "list the photos of people together, without some, or of them alone",
    )
    entry.add_argument("names", nargs="*", metavar="NAME", help="a person who is in the photos")
    entry.add_argument(
        "--without", action="append", default=[], metavar="NAME", help="a person who is in none of the photos"
    )
    entry.add_argument("--only", action="store_true", help="nobody else is in the photos, named or not")
    _add_path(entry, "--copy-to", "FOLDER", "copy the photos into this folder")


def _add_write_names(command: _AddCommand) -> None:
    entry = command("write-names", photos.write_names, "write names into XMP sidecars beside the photos")
    _add_path(entry, "photos", "PHOTO", "a photo file, or a folder of photos", nargs="+")
    entry.add_argument(
        "--forms",
        type=argument_types.forms,
        default=DEFAULT_FORMS,
        metavar="FORM,…",
        help="mwg (regions, the default), microsoft (regions), persons (a list), keywords",
    )
    entry.add_argument(
        "--into-files",
        action="store_true",
        help="write into JPEG, PNG, WebP and TIFF photos too; other photos get a sidecar",
    )


def _add_import(command: _AddCommand) -> None:
    entry = command("import", importing.import_folder, "scan a folder of photos for faces, or import names")
    _add_path(
        entry,
        "paths",
        "FOLDER",
        "a folder of photos; with --names-from-metadata also a catalogue: digikam4.db, a .lrcat of "
        "Lightroom, a contacts.xml of Picasa",
        nargs="+",
    )
    entry.add_argument("--people-from-folders", action="store_true", help="each sub-folder is a person")
    entry.add_argument(
        *("--names-from-metadata", "--people-from-sidecars"),
        action="store_true",
        help="names are in files of other photo programs, such as XMP sidecars",
    )
    entry.add_argument("--dry-run", action="store_true", help="show what would be added, and add nothing")
    _add_path(entry, "--csv", "FILE", "write a table of all faces")
    entry.add_argument(
        "--threshold", type=argument_types.score, metavar="T", help=f"suggest people {FROM_SCORE_HELP}"
    )
    address_help = "scan on the workers of a Dask cluster: tcp://host:port, or tls://host:port"
    entry.add_argument("--scheduler", metavar="ADDRESS", help=address_help)
    entry.add_argument(
        "--worker-path",
        action="append",
        type=argument_types.moved_folder,
        default=[],
        metavar="FROM=TO",
        help="with --scheduler: workers see the folder FROM as TO; may be given several times",
    )


def _add_changes(command: _AddCommand) -> None:
    rename = command("rename", changes.rename, "give a person another name")
    rename.add_argument("name", metavar="NAME", help="the person's name")
    rename.add_argument("new_name", metavar="NEW_NAME", help="a name that nobody in the gallery has")
    merge = command("merge", changes.merge, "give all faces of a person to another person")
    merge.add_argument("name", metavar="NAME", help="the person who gives the faces")
    merge.add_argument("into", metavar="INTO", help="the person who gets the faces, and keeps their name")
    move = command("move", changes.move, "give a face to another person, known or new")
    move.add_argument("face_id", metavar="FACE_ID", help=FACE_ID_HELP)
    move.add_argument("name", metavar="NAME", help="the person who gets the face")
    remove = command("remove", changes.remove, "remove a face from its person")
    remove.add_argument("face_id", metavar="FACE_ID", help=FACE_ID_HELP)
    cover = command("cover", changes.cover, "set a face as the cover photo of its person")
    cover.add_argument("face_id", metavar="FACE_ID", help=FACE_ID_HELP)
    born = command("born", changes.born, "set the birth date of a person, or remove it")
    born.add_argument("name", metavar="NAME", help="the person's name")
    born.add_argument(
        "date", nargs="?", default="", metavar="DATE", help="2014, 2014-05 or 2014-05-17; none removes it"
    )
    command("undo", changes.undo, "undo the last change")
    command("redo", changes.redo, "redo the change that was undone last")
    command("history", changes.history, "list the changes that can be undone or redone")
    decide = command(
        "conflicts", conflicts.conflicts, "list and decide conflicts between your names and those of files"
    )
    which = decide.add_mutually_exclusive_group()
    which.add_argument("--mine", nargs="+", metavar="ID", default=[], help="keep your names for these")
    which.add_argument("--theirs", nargs="+", metavar="ID", default=[], help="use the files' names for these")
    which.add_argument("--all-mine", action="store_true", help="keep your names for all")
    which.add_argument("--all-theirs", action="store_true", help="use the files' names for all")


def _add_models(command: _AddCommand) -> None:
    entry = command("models", models.models, "list, download, use, add or remove models")
    actions = ("list", "download", "use", "add", "remove")
    entry.add_argument(
        "action", nargs="?", choices=actions, default="list", help="what to do (default: list)"
    )
    entry.add_argument("name", nargs="?", metavar="NAME", help="a model; with add, an ONNX file")
    entry.add_argument("--licence", metavar="TEXT", help="with add: the licence of the file")
    entry.add_argument("--source", metavar="TEXT", help="with add: where the file is from")
    entry.add_argument("--title", metavar="TEXT", help="with add: what to call it (default: the file's name)")
    entry.add_argument("--range", choices=RANGES, help="with add: the range of its pixels, if known")
    entry.add_argument(
        "--colour", choices=COLOURS, help="with add: the order of its colour channels, if known"
    )


def _add_evaluate(command: _AddCommand) -> None:
    help_text = "measure the accuracy of models on a folder of labelled photos"
    entry = command("evaluate", evaluate.evaluate, help_text, several_models=True)
    _add_path(entry, "folder", "FOLDER", "each sub-folder has one person's photos")
    _add_path(entry, "--report", "DIR", "write a report with plots into a folder")
    entry.add_argument(
        "--folds",
        type=argument_types.number_from_one,
        metavar="N",
        help="cross-validate thresholds over N groups of people",
    )
    entry.add_argument(
        "--hard-negatives",
        action="store_true",
        help="also evaluate on the most similar people, and name them",
    )
    _add_path(entry, "--groups", "FILE.csv", "a table of the people's groups, for error rates within each")
    entry.add_argument(
        "--compare",
        nargs="+",
        action="extend",
        default=[],
        metavar="MODEL",
        help="further models on the same photos; MODEL@reference is one on the reference "
        "engine, MODEL+DETECTOR one with another detector",
    )


def _add_gallery_commands(command: _AddCommand) -> None:
    command("people", gallery.people, "list the people with their numbers of faces")
    show = command("show", gallery.show, "list one person's faces")
    show.add_argument("name", metavar="NAME", help="the person's name")
    command(
        "check", checking.check, "list lost crops, near-duplicates and faces that are more like somebody else"
    )
    thin = command("thin", checking.thin, "remove near-duplicates of all people, or of some")
    thin.add_argument("names", nargs="*", metavar="NAME", help="a person's name (default: all people)")
    calibrate = command(
        "calibrate", calibration.calibrate, "estimate the error rates of thresholds in this gallery"
    )
    target = calibrate.add_mutually_exclusive_group()
    target.add_argument(
        "--target-fmr",
        type=argument_types.share,
        metavar="F",
        help="use the threshold with this false match rate (FMR)",
    )
    target.add_argument(
        "--target-precision",
        type=argument_types.share,
        metavar="P",
        help="use the lowest threshold from which at least this share of matches is right",
    )
    target.add_argument(
        "--target-fpir",
        type=argument_types.share,
        metavar="R",
        help="let the threshold follow the gallery at this share of strangers with a wrong suggestion (FPIR)",
    )
    target.add_argument("--default", action="store_true", help="use the default threshold again")


def _add_storage_commands(command: _AddCommand) -> None:
    backup = command("backup", gallery.backup, "back up the records")
    backup.add_argument("--list", action="store_true", help="list the backups, the newest first")
    restore = command("restore", gallery.restore, "restore people and faces from a backup")
    _add_path(restore, "file", "FILE", "the backup, as “backup --list” lists it")
    restore.add_argument("--yes", action="store_true", help="do not ask")

    export = command("export", gallery.export, "write people, photos, faces and crops into one ZIP file")
    _add_path(export, "file", "FILE.zip", "the file to write")
    export.add_argument(
        "--whole",
        action="store_true",
        help="also the paths of photos and the conflicts, to move the gallery",
    )
    archive = command(
        "import-archive", gallery.import_archive, "add the people, photos and faces of an exported ZIP file"
    )
    _add_path(archive, "file", "FILE.zip", "a file that “export” wrote")

    purge = command("purge", gallery.purge, "delete a person from the gallery and its backups, for good")
    purge.add_argument("name", metavar="NAME", help="the person's name")
    clear = command("clear", gallery.clear, "delete all people and the backups, for good")
    for deletion in (purge, clear):
        deletion.add_argument("--yes", action="store_true", help="do not ask")
    store = command("store", gallery.store, "store the records in a readable JSON file, or in a database")
    store.add_argument("kind", choices=("json", "database"), help="where to store the records")
    encrypt = command("encrypt", gallery.encrypt, "encrypt the gallery")
    encrypt.add_argument("--keyring", action="store_true", help="store the key in the system's keyring")
    command("decrypt", gallery.decrypt, "decrypt the gallery")
    changed = command("passphrase", gallery.passphrase, "change the passphrase of an encrypted gallery")
    _add_path(changed, "--new-passphrase-file", "FILE", "a file with the new passphrase")


COMMANDS = (
    *(
        "match",
        "add",
        "import",
        "photos",
        "sort",
        "turn",
        "write-names",
        "people",
        "show",
        "check",
        "thin",
        "calibrate",
        "backup",
        "restore",
    ),
    *("export", "import-archive"),
    *("purge", "clear", "store", "encrypt", "decrypt", "passphrase"),
    *("rename", "merge", "move", "remove", "cover", "born", "undo", "redo", "history", "conflicts"),
    *("evaluate", "models", "doctor"),
)
