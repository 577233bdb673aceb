"""What should not have happened with a hostile input, of all that a child has reported and left behind."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import face_match.core.errors
from tests.e2e.hostile import world as worlds
from tests.e2e.hostile.driver import in_the_clear, walk
from tests.e2e.hostile.running import AT_ONCE, MEMORY_BYTES, STARTED, Ran, Servers, make_bases
from tests.e2e.hostile.world import EILEEN, JOAN, MARKER, PASSPHRASE, READING, Bases, Hostile, World

REFUSED = {
    *("GalleryDamagedError", "GalleryNewerError", "GalleryEncryptedError", "WrongPassphraseError"),
    *("KeyringError", "BackupUnusableError", "ArchiveUnusableError", "GalleryLockedError"),
    *("GalleryUnsafeError", "GalleryUnreadableError", "UndoImpossibleError"),
}
"""After which a gallery is as it was, unless encrypting or decrypting was cut off, which can be resumed."""

LOCK = {"gallery.lock", "gallery.lock.json"}
SQLITE_ITSELF = {f"{worlds.SQLITE}-{part}" for part in ("wal", "shm")}
"""Files that come and go without a change of what is kept."""

# One input


@dataclass
class Outcome:
    """What should not have happened with an input, and how long each command took."""

    complaints: list[str]
    seconds: list[tuple[str, float]]


def outcome_of(hostile: Hostile, servers: Servers, bases: Bases, folder: Path) -> Outcome:
    """Do all that is to be done with an input, and look what came of it."""
    root = folder / hostile.id
    root.mkdir()
    world = World(root, bases, hostile.store, hostile.is_encrypted)
    world.build()
    hostile.make(world)
    for path in (
        world.gallery,
        *walk(world.gallery),
    ):  # so that what is merely renamed is for its owner alone
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)
    before = worlds.outside(world)
    commands = [(name, worlds.arguments(world, name)) for name in hostile.commands]
    env = {
        **{"FACE_MATCH_PASSPHRASE": PASSPHRASE, "TMPDIR": str(root / "tmp"), STARTED: str(root / "started")},
        **{"HOME": str(world.home), "USERPROFILE": str(world.home)},
        **{"XDG_CONFIG_HOME": str(world.home / ".config"), "XDG_DATA_HOME": str(world.home / ".local/share")},
        **world.env,
    }
    clear = (JOAN, EILEEN, worlds.GRACE) if hostile.is_encrypted else ()
    already = {*in_the_clear(world.gallery, clear).values()}
    ran = servers.run(hostile.id, world.gallery, commands, env, cwd=root / "cwd", clear=clear)
    found = [
        *_about_the_child(ran, [name for name, _ in commands]),
        *(complaint for report in ran.reports for complaint in _about_report(hostile, report)),
        *_about_clear(ran.reports, already),
        *_about_surroundings(world, before),
        *_about_exports(world),
        *_about_gallery(hostile, world, ran.reports),
        *_about_rights(world, ran.reports),
    ]
    if hostile.noticed_by:
        statuses = [r["status"] for r in ran.reports if r["name"] == hostile.noticed_by]
        if statuses and statuses[0] == 0:
            found.append(f"{hostile.noticed_by}: reports success, as if nothing had been changed")
    for path in (*world.gallery.rglob("*"), root):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IRWXU)
    shutil.rmtree(root, ignore_errors=True)
    return Outcome(list(dict.fromkeys(found)), [(r["name"], r["seconds"]) for r in ran.reports])


def _about_the_child(ran: Ran, names: Sequence[str]) -> Iterator[str]:
    unfinished = names[len(ran.reports)] if len(ran.reports) < len(names) else ""
    if ran.killed_for:
        yield f"{unfinished}: killed, {ran.killed_for}"
    elif "Timeout (" in ran.log:
        places = re.findall(r'File "(?:.*?/)?([^/"]+|face_match/[^"]+)", line (\d+) in (\w+)', ran.log)
        own = [place for place in places if "/" in place[0]]
        where = " < ".join(f"{file}:{line} {function}" for file, line, function in (*places[:1], *own[:2]))
        yield f"{unfinished}: hangs, in {where}"
    elif unfinished:
        yield f"{unfinished}: the process ended, status {ran.status}: {ran.log[-500:]}"
    elif ran.status:
        yield f"the process ended with status {ran.status}: {ran.log[-500:]}"
    peak = max([ran.memory, *(report["memory"] for report in ran.reports)])
    if peak > MEMORY_BYTES and not ran.killed_for:
        yield f"{peak / 1e9:.1f} GB of memory"
    for command in ran.left:
        yield f"a process is left: {command}"


def _about_report(hostile: Hostile, report: dict[str, Any]) -> Iterator[str]:
    name = report["name"]
    if report["uncaught"] is not None:
        yield f"{name}: {_short(report['uncaught'])}"
        return
    if report["status"] not in (0, 1, 2):
        yield f"{name}: exit status {report['status']}"
    for line in re.findall(r"^.*Warning\b.*$", report["stderr"], re.MULTILINE):
        yield f"{name}: prints “{line[:200]}”"
    if "Traceback" in report["stderr"]:
        yield f"{name}: prints a traceback, {_short(report['stderr'])}"
    if MARKER.decode() in report["stdout"] + report["stderr"]:
        yield f"{name}: prints what is in a file outside"
    document: Any = None
    if report["status"] in (0, 1):
        try:
            document = json.loads(report["stdout"])
        except ValueError as exc:
            yield f"{name}: no JSON document ({exc})"
    if report["status"] == 1 and document is not None and not _names_an_error(document):
        yield f"{name}: failed without a typed error: {str(document)[:200]}"
    kind = (document or {}).get("error", {}).get("kind") if isinstance(document, dict) else None
    itself = LOCK | SQLITE_ITSELF
    changed = [path for path in report["changed"] if path not in itself]
    if changed and (name in READING or (kind in REFUSED and name not in ("encrypt", "decrypt"))):
        yield f"{name}: changed the gallery ({kind or 'status ' + str(report['status'])}): {changed[:5]}"
    if (
        name == "backup"
        and report["status"] == 0
        and document["is_new"]
        and not any(path.startswith("backups/") for path in changed)
    ):
        yield "backup: reports a backup that is not there"


def _names_an_error(document: Any) -> bool:
    """Whether something in a document of a command that has failed says what kind of error it was."""
    kinds = [*_kinds(document)]
    if kinds:
        known = vars(face_match.core.errors)
        return all(isinstance(known.get(kind), type) for kind in kinds)
    return any(document.get(key) for key in ("lost", "damaged", "missing", "left", "problems"))


def _kinds(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("kind"), str):
            yield value["kind"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _kinds(one)


def _short(trace: str) -> str:
    """The error, and where in the program it was raised."""
    lines = trace.strip().splitlines()
    places = re.findall(r'File ".*?(face_match/[^"]+)", line (\d+), in (\w+)', trace)
    where = " < ".join(f"{file}:{line} {function}" for file, line, function in reversed(places[-2:]))
    return f"{lines[-1][:200]} at {where}"


def _about_clear(reports: Sequence[dict[str, Any]], already: set[str]) -> Iterator[str]:
    """Nothing is written in the clear into an encrypted gallery, until it is decrypted.

    Args:
        already: digests of files that were in the clear before; those may be moved.
    """
    for report in reports:
        if report["name"] == "decrypt":
            return
        new = sorted(file for file, digest in report["clear"].items() if digest not in already)
        if new:
            yield f"{report['name']}: names in the clear in {new[:3]}"
            return


def _about_surroundings(world: World, before: dict[str, tuple[object, ...]]) -> Iterator[str]:
    after = worlds.outside(world)
    found: list[str] = []
    may_come = re.compile(r"given/photos(/[^/]+\.xmp)?")
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) == after.get(name):
            continue
        if may_come.fullmatch(name) and (name not in before or before[name][0] == after.get(name, [None])[0]):
            known_link = before.get(name) is not None and str(before[name][0]).startswith("0o12")
            if not known_link:
                continue
        what = "removed" if name not in after else "new" if name not in before else "changed"
        found.append(f"{name} {what}")
    if found:  # the innermost first: that a folder has changed follows from it
        found.sort(key=lambda told: -told.count("/"))
        more = f", and {len(found) - 3} more" if len(found) > 3 else ""
        yield f"outside the gallery: {', '.join(found[:3])}{more}"
    for name in ("tmp", "cwd"):
        left = sorted(path.name for path in (world.root / name).iterdir())
        if left:
            yield f"left in {name}: {left[:5]}"
    for path in (world.root / "started").iterdir():
        yield f"another program was started: {path.name}"
    extra = {path.name for path in world.root.iterdir()} - {
        *("gallery", "out", "target", "home", "given", "results", "tmp", "cwd", "started", "models")
    }
    if extra:
        yield f"new beside the gallery: {sorted(extra)}"


def _about_exports(world: World) -> Iterator[str]:
    for path in worlds.files_of(world.results):
        if path.name not in ("gallery.zip", "again.zip") and "sorted" not in path.parts:
            yield f"left among the results: {path.name}"
        if path.suffix == ".zip":
            try:
                with zipfile.ZipFile(path) as archive:
                    for entry in archive.infolist():
                        if MARKER in archive.read(entry):
                            yield f"{path.name} has what is in a file outside, as {entry.filename[:80]!r}"
            except zipfile.BadZipFile:
                yield f"{path.name} is no archive"


def _about_gallery(hostile: Hostile, world: World, reports: Sequence[dict[str, Any]]) -> Iterator[str]:
    for path in worlds.files_of(world.gallery):
        if MARKER in path.read_bytes():
            yield f"what is in a file outside is in the gallery: {path.relative_to(world.gallery)}"
    if not hostile.is_eileen_healthy:
        return
    asked = [report for report in reports if report["name"] == "people" and report["status"] is not None]
    people = [_people(report) for report in asked]
    for number, named in enumerate(people, start=1):
        if named is not None and named.get(EILEEN) != 2:
            yield f"people ({number}): {EILEEN} has {named.get(EILEEN)} samples, not 2"
        if named is None and number > 1 and people[number - 2] is not None:
            yield f"people ({number}): what could be opened cannot be opened any more"
    again = world.results / "again.zip"
    if people and people[-1] is not None and again.is_file() and zipfile.is_zipfile(again):
        with zipfile.ZipFile(again) as archive:
            there = {hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        if not world.bases.eileen <= there:
            yield f"crops of {EILEEN} are lost"


def _about_rights(world: World, reports: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What commands have written is for its owner alone, though the child's umask asks for less."""
    written = {world.gallery / name for report in reports for name in report["changed"]} - {
        world.gallery / name for name in LOCK
    }
    for path in sorted(written | {*worlds.files_of(world.results)}):
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            if (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and mode & (stat.S_IRWXG | stat.S_IRWXO):
                yield f"readable by others ({stat.filemode(mode)}): {path.name[:60]}"


def _people(report: dict[str, Any]) -> dict[str, int] | None:
    """Names and how many samples they have; None where the gallery was refused."""
    try:
        return {one["name"]: one["samples"] for one in json.loads(report["stdout"])["people"]}
    except (ValueError, KeyError, TypeError):
        return None


@dataclass
class Table:
    """All inputs that were asked for, worked on in the background."""

    servers: Servers
    folder: Path
    photos: tuple[Path, Path]
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE))
    results: dict[str, Future[Outcome]] = field(default_factory=dict)

    def start(self, inputs: Sequence[Hostile]) -> None:
        (self.folder / "bases").mkdir()
        bases = make_bases(self.servers, self.folder / "bases", *self.photos)
        for one in inputs:
            self.results[one.id] = self.pool.submit(outcome_of, one, self.servers, bases, self.folder)

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)
        self.servers.close()
