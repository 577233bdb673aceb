"""The commands that look at the gallery, or change it without looking at photos."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from face_match.cli.opening import new_passphrase, open_to_read, open_to_write, passphrase_of
from face_match.cli.output import Output, is_terminal, progress_bar, stoppable
from face_match.errors import CancelledError
from face_match.messages import left_readable, people_and_samples


def people(options: argparse.Namespace, output: Output) -> None:
    """List the people with their numbers of samples."""
    gallery = open_to_read(options, output)
    people = sorted(gallery.people, key=lambda person: person.name.casefold())
    output.document = {
        "people": [
            {"name": person.name, "samples": person.face_count, "added": person.added} for person in people
        ]
    }
    for person in people:
        output.line(f"{person.face_count:6}  {person.name}")
    output.line(people_and_samples(len(people), gallery.face_count))


def show(options: argparse.Namespace, output: Output) -> None:
    """List one person's samples."""
    gallery = open_to_read(options, output)
    person = gallery.person(options.name)
    faces = gallery.faces_of(person)
    chosen = gallery.cover_of(person)
    cover = chosen.id if chosen is not None else None
    output.document = {
        "name": person.name,
        "added": person.added,
        "samples": [
            {
                "id": face.id,
                "file": face.file,
                "added": face.added,
                "is_cover": face.id == cover,
                "models": sorted(face.vectors),
            }
            for face in faces
        ],
    }
    output.line(f"{person.name}, added {person.added}")
    for face in faces:
        mark = "  (cover)" if face.id == cover else ""
        output.line(f"  {face.id}  {face.added}  {face.file}{mark}")


def backup(options: argparse.Namespace, output: Output) -> None:
    """Keep a copy of the records."""
    with open_to_write(options) as gallery:
        path = gallery.back_up()
    output.document = {"backup": str(path)}
    output.line(f"The records are kept as {path}; “restore” puts them in their place again.")


def restore(options: argparse.Namespace, output: Output) -> None:
    """Put a backup of the records in their place."""
    from face_match.gallery import backups
    from face_match.gallery.paths import BACKUPS_FOLDER

    places = (Path(), options.gallery / BACKUPS_FOLDER, options.gallery)
    backup = next((p / options.file for p in places if (p / options.file).exists()), options.file)
    aside = backups.restore(options.gallery, backup, passphrase_of(options))
    output.document = {"restored": str(backup), "before": str(aside) if aside else None}
    output.line(f"{backup.name} is in its place again.")
    if aside:
        output.line(f"What was there before is kept as {aside.name}.")


def export(options: argparse.Namespace, output: Output) -> None:
    """Write people, samples and crops into one file."""
    from face_match.gallery.archive import export as write_archive
    from face_match.gallery.vault import unlock

    if options.file.suffix.lower() != ".zip":
        options.usage_error(f"{options.file} does not end in .zip")
    if not options.gallery.is_dir():
        options.usage_error(f"there is no gallery {options.gallery}")
    vault = unlock(options.gallery, passphrase_of(options))
    with progress_bar("exporting", unit=" samples") as on_progress, stoppable() as is_cancelled:
        result = write_archive(options.gallery, vault, options.file, on_progress, is_cancelled)
    output.document = {
        "archive": str(options.file),
        "people": result.people,
        "samples": result.samples,
        "missing": result.missing,
    }
    has = people_and_samples(result.people, result.samples)
    output.line(f"{options.file} has {has}. It is not encrypted.")
    if result.missing:
        output.has_failed = True
        output.note(f"Crops that are missing or damaged, and are not in it: {result.missing}. See “check”.")


def import_archive(options: argparse.Namespace, output: Output) -> None:
    """Add what another gallery's archive has."""
    from face_match.gallery.archive import take_in

    progress = progress_bar("importing", unit=" steps")
    with open_to_write(options) as gallery, progress as on_progress, stoppable() as is_cancelled:
        result = take_in(options.file, gallery, on_progress, is_cancelled)
    output.document = {
        "people": result.people,
        "samples": result.samples,
        "new_people": result.new_people,
        "added": result.added,
    }
    output.line(f"{options.file.name} has {people_and_samples(result.people, result.samples)}.")
    output.line(f"New are {people_and_samples(result.new_people, result.added)}. “undo” takes that back.")


def store(options: argparse.Namespace, output: Output) -> None:
    """Keep the records in a file that can be read, or in a database."""
    from face_match.gallery.backups import move_records

    path = move_records(
        options.gallery, to_database=options.kind == "database", passphrase=passphrase_of(options)
    )
    output.document = {"records": str(path)}
    output.line(f"The records are in {path.name} now; those before are kept in the backups.")


def encrypt(options: argparse.Namespace, output: Output) -> None:
    """Encrypt all that the gallery keeps, or go on with it."""
    from face_match.gallery.encryption import encrypt as encrypt_all
    from face_match.gallery.vault import state_of

    passphrase = None
    if not options.keyring:
        is_begun = state_of(options.gallery) is not None
        passphrase = passphrase_of(options) if is_begun else new_passphrase(options)
    with progress_bar("encrypting", unit=" files") as on_progress, stoppable() as is_cancelled:
        done = encrypt_all(options.gallery, passphrase, on_progress, is_cancelled)
    output.document = {"encrypted": True, "files": done.files, "damaged": list(done.lost)}
    output.document["readable"] = list(done.readable)
    key = "keyring" if options.keyring else "passphrase"
    output.line(f"The gallery is encrypted ({done.files} files). Without its {key} nobody can read it.")
    _tell_damaged(done.lost, output)
    if done.readable:
        output.note(left_readable(done.readable))
    output.line("Some disks keep what was readable before, deleted, until it is overwritten.")


def decrypt(options: argparse.Namespace, output: Output) -> None:
    """Make an encrypted gallery readable again."""
    from face_match.gallery.encryption import decrypt as decrypt_all

    passphrase = passphrase_of(options)
    with progress_bar("decrypting", unit=" files") as on_progress, stoppable() as is_cancelled:
        done = decrypt_all(options.gallery, passphrase, on_progress, is_cancelled)
    output.document = {"encrypted": False, "files": done.files, "damaged": list(done.lost)}
    is_done = done.files or done.lost
    output.line(
        f"The gallery is not encrypted any more ({done.files} files)." if is_done else "It is not encrypted."
    )
    _tell_damaged(done.lost, output)


def _tell_damaged(files: Sequence[str], output: Output) -> None:
    if files:
        output.has_failed = True
        output.note(f"Damaged, and left as they are ({len(files)}):")
        for file in files:
            output.note(f"  {file}")


def passphrase(options: argparse.Namespace, output: Output) -> None:
    """Let another passphrase open an encrypted gallery."""
    from face_match.gallery.encryption import change_passphrase

    change_passphrase(options.gallery, passphrase_of(options), new_passphrase(options))
    output.document = {"changed": True}
    output.line(
        "The gallery has another passphrase now. Copies of it that were made before have the old one."
    )


def purge(options: argparse.Namespace, output: Output) -> None:
    """Erase a person for good."""
    from face_match.gallery.erasing import purge as erase

    _sure(options, output, f"{options.name} will be erased from the gallery and its backups.")
    erased = erase(options.gallery, options.name, passphrase_of(options))
    output.document = {
        "samples": erased.samples,
        "crops": erased.crops,
        "records": erased.records,
        "left": erased.left,
    }
    output.line(f"Samples erased: {erased.samples}, crops: {erased.crops}.")
    for file in erased.records:
        output.line(f"  erased from {file}")
    if erased.left:
        output.has_failed = True
        output.line(f"Something of that person is left in: {', '.join(erased.left)}")
    else:
        output.line("The folder was searched: no name, id or vector of that person is left.")


def clear(options: argparse.Namespace, output: Output) -> None:
    """Erase everybody for good."""
    from face_match.gallery.erasing import clear as erase

    if not options.yes and not is_terminal(sys.stdin):
        options.usage_error("say --yes to erase everybody")
    _sure(options, output, f"Everybody in {options.gallery} will be erased, and its backups.")
    left = erase(options.gallery)
    output.document = {"left": left}
    output.has_failed = bool(left)
    output.line(f"Something is left in: {', '.join(left)}" if left else "The gallery is empty.")


def _sure(options: argparse.Namespace, output: Output, what: str) -> None:
    """What cannot be undone is said first, and asked about where there is somebody to ask."""
    output.note(f"{what} This cannot be undone.")
    if (
        not options.yes
        and is_terminal(sys.stdin)
        and input("Type yes to go on: ").strip().casefold() != "yes"
    ):
        raise CancelledError
