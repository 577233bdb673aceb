"""The commands that look at the gallery, or change it without looking at photos."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.cli.conflicts import open_conflicts, print_conflicts
from face_match.cli.opening import folder_of, new_passphrase, open_to_read, open_to_write, passphrase_of
from face_match.cli.output import Output, is_terminal, progress_bar, stoppable
from face_match.core.errors import CancelledError
from face_match.core.gallery_place import ServerAddress
from face_match.core.messages import error_message
from face_match.core.notes import unencrypted_files_warning
from face_match.core.number_text import plural
from face_match.core.translation import marked

if TYPE_CHECKING:  # imported where it is used: it takes a while
    from face_match.gallery.restore_edits import Differences


NO_BACKUPS = marked(
    "A gallery on a server is backed up by the server's administrators, and by “export”, whose archive "
    "“import-archive” brings back."
)
NO_STORES = marked(
    "A gallery on a server stays in its database; “export” and “import-archive” move it to a folder."
)
NO_ENCRYPTION = marked(
    "A gallery on a server has no passphrase: the server's administrators encrypt its disks, and the address "
    "asks for encrypted connections with sslmode=verify-full."
)


def people(options: argparse.Namespace, output: Output) -> None:
    """List the people with their numbers of faces."""
    gallery = open_to_read(options, output)
    people = sorted(gallery.people, key=lambda person: person.name.casefold())
    output.document = {
        "people": [
            {
                "name": person.name,
                "samples": person.face_count,
                "added": person.added,
                "born": person.born,
            }
            for person in people
        ]
    }
    for person in people:
        output.line(f"{person.face_count:6}  {person.name}")
    output.line(_people_and_faces(len(people), gallery.face_count))


def show(options: argparse.Namespace, output: Output) -> None:
    """List one person's faces."""
    gallery = open_to_read(options, output)
    person = gallery.person(options.name)
    faces = gallery.faces_of(person)
    chosen = gallery.cover_of(person)
    cover = chosen.id if chosen is not None else None
    photos = {face.id: gallery.photo(face.photo) for face in faces}
    paths = {face_id: photo.path if photo is not None else "" for face_id, photo in photos.items()}
    output.document = {
        "name": person.name,
        "added": person.added,
        "born": person.born,
        "samples": [
            {
                "id": face.id,
                "file": face.file,
                "photo": paths[face.id] or None,
                "added": face.added,
                "is_cover": face.id == cover,
                "models": sorted(face.embeddings),
            }
            for face in faces
        ],
    }
    born = f", born {person.born}" if person.born else ""
    output.line(f"{person.name}{born}, added {person.added}")
    for face in faces:
        mark = "  (cover)" if face.id == cover else ""
        output.line(f"  {face.id}  {face.added}  {face.file}{mark}")
        output.line(f"    photo: {paths[face.id] or 'not known'}")


def backup(options: argparse.Namespace, output: Output) -> None:
    """Keep a copy of the records, or list those there are."""
    from face_match.gallery.storage import backups

    if options.list:
        _list_backups(options, output)
        return
    folder_of(options, NO_BACKUPS)
    with open_to_write(options) as gallery:
        path = gallery.back_up()
        newest = path or next(iter(backups.backup_paths(gallery.folder)), None)
        has = _people_and_faces(len(gallery.people), gallery.face_count)
    output.document = {"backup": str(newest) if newest else None, "is_new": path is not None}
    if path is not None:
        output.line(f"Backup made: {has}, in {path}.")
    elif newest is not None:
        output.line(f"Nothing has changed since the newest backup: {newest}.")
    else:
        output.line("The gallery is empty: there is nothing to back up.")


def _list_backups(options: argparse.Namespace, output: Output) -> None:
    from face_match.gallery.storage import backups
    from face_match.gallery.storage.vault import unlock

    folder = folder_of(options, NO_BACKUPS)
    found = backups.list_backups(folder, unlock(folder, passphrase_of(options)))
    output.document = {
        "backups": [
            {
                "file": str(info.path),
                "made": info.made,
                "why": info.reason,
                "people": info.people,
                "samples": info.faces,
                "error": None if info.error is None else error_message(info.error),
            }
            for info in found
        ]
    }
    for info in found:
        if info.people is None or info.faces is None:
            has = "cannot be read"
        else:
            has = _people_and_faces(info.people, info.faces)
        output.line(f"{info.made}  {info.reason:16}  {has:24}  {info.path.name}")
    if not found:
        output.line("There are no backups.")


def _may_exist(path: Path) -> bool:
    """Whether a file exists, or is in a folder that cannot be read."""
    try:
        return path.exists()
    except OSError:
        return True


def restore(options: argparse.Namespace, output: Output) -> None:
    """Make the gallery what it was in a backup."""
    from face_match.gallery import restore
    from face_match.gallery.records.paths import BACKUPS_FOLDER

    folder = folder_of(options, NO_BACKUPS)
    places = (Path(), folder / BACKUPS_FOLDER, folder)
    backup = next((p / options.file for p in places if _may_exist(p / options.file)), options.file)
    passphrase = passphrase_of(options)
    changes = restore.differences(folder, backup, passphrase)
    for line in _changes(changes):
        output.note(line)
    if not options.yes and is_terminal(sys.stdin) and not changes.is_nothing:
        _ask("Type yes to restore it: ")
    aside = restore.restore(folder, backup, passphrase)
    output.document = {
        "restored": str(backup),
        "before": str(aside) if aside else None,
        "people_added": changes.people_added,
        "people_removed": changes.people_removed,
        "people_renamed": [{"from": now, "to": then} for now, then in changes.people_renamed],
        "samples_added": changes.faces_added,
        "samples_removed": changes.faces_removed,
        "samples_changed": changes.faces_changed,
        "people_changed": changes.people_changed,
        "missing": changes.missing_crops,
    }
    if aside:
        output.line(f"{backup.name} is in place. The records that cannot be read are kept as {aside.name}.")
    elif changes.is_replacement:
        output.line(f"{backup.name} is in place.")
    elif changes.is_nothing:
        output.line(f"The gallery is as it was in {backup.name}.")
    else:
        output.line(f"{backup.name} is restored. Undo: “undo”.")


def _changes(changes: Differences) -> list[str]:
    """What restoring a backup will change, a line each."""
    lines = [f"  + {name}" for name in changes.people_added]
    lines += [f"  - {name}" for name in changes.people_removed]
    lines += [f"  {now} → {then}" for now, then in changes.people_renamed]
    if not changes.is_nothing:
        summary = (
            f"Faces added: {changes.faces_added}, removed: {changes.faces_removed}, "
            f"changed: {changes.faces_changed}."
        )
        if changes.people_changed:
            summary += f" People with another cover photo or birth date: {changes.people_changed}."
        lines = ["Restoring this backup changes:", *lines, summary]
    if changes.is_replacement:
        lines.append("The records cannot be read now: they are put aside. This cannot be undone.")
    if changes.missing_crops:
        lines.append(f"Crops of the backup that are missing: {changes.missing_crops}.")
    return lines


def export(options: argparse.Namespace, output: Output) -> None:
    """Write people, photos, faces and crops into one file."""
    from face_match.gallery.archive import export_archive as write_archive
    from face_match.gallery.storage.vault import unlock

    if options.file.suffix.lower() != ".zip":
        options.usage_error(f"{options.file} does not end in .zip")
    vault = None
    if isinstance(options.gallery, Path):
        if not options.gallery.is_dir():
            options.usage_error(f"there is no gallery {options.gallery}")
        vault = unlock(options.gallery, passphrase_of(options))
    with progress_bar("exporting", unit=" faces") as on_progress, stoppable() as is_cancelled:
        result = write_archive(
            options.gallery, vault, options.file, on_progress, is_cancelled, is_whole=options.whole
        )
    output.document = {
        "archive": str(options.file),
        "people": result.people,
        "samples": result.faces,
        "unnamed": result.unnamed,
        "missing": result.missing,
    }
    has = _people_and_faces(result.people, result.faces)
    also = " It has the paths of your photos: keep it to yourself." if options.whole else ""
    output.line(f"{options.file} has {has}, {result.unnamed:,} unnamed. It is not encrypted.{also}")
    if result.missing:
        output.has_failed = True
        output.note(f"Crops that are missing or damaged, and are not in it: {result.missing}. See “check”.")


def import_archive(options: argparse.Namespace, output: Output) -> None:
    """Add what another gallery's archive has."""
    from face_match.gallery.archive import import_archive

    progress = progress_bar("importing", unit=" steps")
    with open_to_write(options) as gallery, progress as on_progress, stoppable() as is_cancelled:
        result = import_archive(options.file, gallery, on_progress, is_cancelled)
        conflicts = open_conflicts(gallery, archive=options.file)
    output.document = {
        "people": result.people,
        "samples": result.faces,
        "new_people": result.new_people,
        "added": result.added,
        "unnamed": result.unnamed,
        "conflict_count": result.conflicts,
        "conflicts": conflicts,
        "births": result.births,
        "left_out": result.left_out,
        "rejections": result.rejections,
    }
    output.line(f"{options.file.name} has {_people_and_faces(result.people, result.faces)}.")
    new = _people_and_faces(result.new_people, result.added)
    undo = "" if result.added or result.unnamed else " Undo: “undo”."
    if result.births:
        output.line(f"Birth dates added: {result.births}.{undo}")
    if result.rejections:
        faces = plural(result.rejections, "face has", "faces have")
        output.line(f"{faces} more names now that will not be suggested.{undo}")
    if result.added or result.unnamed:
        output.line(f"Added: {new}, {result.unnamed:,} unnamed. Undo: “undo”.")
    else:
        output.line("Faces added: none; the gallery has all of them.")
    if result.left_out:
        output.note(
            f"Paths of photos and conflicts in it that an empty gallery would have got: {result.left_out:,}."
        )
    if result.conflicts:
        faces = plural(result.conflicts, "face has", "faces have")
        output.line(f"{faces} another name here, which stays.")
    print_conflicts(conflicts, output)


def store(options: argparse.Namespace, output: Output) -> None:
    """Keep the records in a file that can be read, or in a database."""
    from face_match.gallery.storage_change import move_records

    folder = folder_of(options, NO_STORES)
    path = move_records(folder, to_database=options.kind == "database", passphrase=passphrase_of(options))
    output.document = {"records": str(path)}
    output.line(f"The records are in {path.name} now; those before are kept in the backups.")


def encrypt(options: argparse.Namespace, output: Output) -> None:
    """Encrypt all that the gallery keeps, or go on with it."""
    from face_match.gallery.security.encryption import encrypt as encrypt_all
    from face_match.gallery.storage.vault import state_of

    passphrase, folder = None, folder_of(options, NO_ENCRYPTION)
    if not options.keyring:
        is_begun = state_of(folder) is not None
        passphrase = passphrase_of(options) if is_begun else new_passphrase(options)
    with progress_bar("encrypting", unit=" files") as on_progress, stoppable() as is_cancelled:
        done = encrypt_all(folder, passphrase, on_progress, is_cancelled)
    output.document = {"encrypted": True, "files": done.files, "damaged": list(done.lost)}
    output.document["readable"] = list(done.readable)
    key = "keyring" if options.keyring else "passphrase"
    output.line(f"The gallery is encrypted ({done.files} files). Without its {key} nobody can read it.")
    _print_damaged(done.lost, output)
    if done.readable:
        output.note(unencrypted_files_warning(done.readable))
    output.line("Some disks keep what was readable before, deleted, until it is overwritten.")


def decrypt(options: argparse.Namespace, output: Output) -> None:
    """Make an encrypted gallery readable again."""
    from face_match.gallery.security.encryption import decrypt as decrypt_all

    folder = folder_of(options, NO_ENCRYPTION)
    passphrase = passphrase_of(options)
    with progress_bar("decrypting", unit=" files") as on_progress, stoppable() as is_cancelled:
        done = decrypt_all(folder, passphrase, on_progress, is_cancelled)
    output.document = {"encrypted": False, "files": done.files, "damaged": list(done.lost)}
    is_done = done.files or done.lost
    output.line(
        f"The gallery is not encrypted any more ({done.files} files)." if is_done else "It is not encrypted."
    )
    _print_damaged(done.lost, output)


def _print_damaged(files: Sequence[str], output: Output) -> None:
    if files:
        output.has_failed = True
        output.note(f"Damaged, and left as they are ({len(files)}):")
        for file in files:
            output.note(f"  {file}")


def passphrase(options: argparse.Namespace, output: Output) -> None:
    """Let another passphrase open an encrypted gallery."""
    from face_match.gallery.security.encryption import change_passphrase

    folder = folder_of(options, NO_ENCRYPTION)
    change_passphrase(folder, passphrase_of(options), new_passphrase(options))
    output.document = {"changed": True}
    output.line(
        "The gallery has another passphrase now. Copies of it that were made before have the old one."
    )


def purge(options: argparse.Namespace, output: Output) -> None:
    """Delete a person for good."""
    from face_match.gallery.security.purge import purge as erase

    if isinstance(options.gallery, ServerAddress):
        _purge_on_server(options, output)
        return
    _confirm(options, output, f"{options.name} will be deleted from the gallery and its backups.")
    passphrase = passphrase_of(options)
    with progress_bar("deleting", unit=" files") as on_progress, stoppable() as is_cancelled:
        erased = erase(options.gallery, options.name, passphrase, on_progress, is_cancelled)
    output.document = {
        "samples": erased.faces,
        "crops": erased.crops,
        "records": erased.records,
        "left": erased.traces,
    }
    output.line(f"Faces deleted: {erased.faces}, crops: {erased.crops}.")
    for file in erased.records:
        output.line(f"  deleted from {file}")
    if erased.traces:
        output.has_failed = True
        output.line(f"Something of that person is left in: {', '.join(erased.traces)}")
    else:
        output.line("The folder was searched: no name, id or embedding of that person is left.")


KEPT_BY_SERVER = (
    "The server's backups, its write-ahead logs and copies that follow it may keep the data until they are "
    "deleted: its administrators know how long that takes."
)


def _purge_on_server(options: argparse.Namespace, output: Output) -> None:
    from face_match.gallery.security.server_purge import purge_on_server

    _confirm(options, output, f"{options.name} will be deleted from the gallery for everybody.")
    erased = purge_on_server(options.gallery, options.name)
    output.document = {"samples": erased.faces, "crops": erased.crops, "records": [], "left": []}
    output.line(f"Faces deleted: {erased.faces}, crops: {erased.crops}.")
    output.note(KEPT_BY_SERVER)


def clear(options: argparse.Namespace, output: Output) -> None:
    """Delete everybody for good."""
    from face_match.gallery.security.purge import clear as erase

    if not options.yes and not is_terminal(sys.stdin):
        options.usage_error("say --yes to delete everybody")
    _confirm(options, output, f"Everybody in {options.gallery} will be deleted, and its backups.")
    left: list[str] = []
    if isinstance(options.gallery, ServerAddress):
        from face_match.gallery.security.server_purge import clear_on_server

        clear_on_server(options.gallery)
        output.note(KEPT_BY_SERVER)
    else:
        left = erase(options.gallery)
    output.document = {"left": left}
    output.has_failed = bool(left)
    output.line("The gallery is empty.")
    if left:
        output.line(f"Left, because they are not the gallery's: {', '.join(left)}")


def _confirm(options: argparse.Namespace, output: Output, what: str) -> None:
    """What cannot be undone is said first, and asked about where there is somebody to ask."""
    output.note(f"{what} This cannot be undone.")
    if not options.yes and is_terminal(sys.stdin):
        _ask("Type yes to go on: ")


def _ask(question: str) -> None:
    if input(question).strip().casefold() != "yes":
        raise CancelledError


def _people_and_faces(people: int, faces: int) -> str:
    """ "1 person, 12 faces"."""
    return f"{plural(people, 'person', 'people')}, {plural(faces, 'face', 'faces')}"
