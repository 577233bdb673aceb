"""Links, pipes and folders in the place of a gallery's files and folders."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.e2e.hostile.damaging import (
    put_waiting,
    remove,
    replace_by_link,
    set_face,
    with_waiting,
)
from tests.e2e.hostile.world import (
    ALL,
    CHEAP,
    DATABASE,
    GRACE,
    JSON,
    RECORDS,
    SEALED,
    SQLITE,
    STORES,
    VAULT,
    WAITING,
    Hostile,
    World,
)


def inputs() -> Iterator[Hostile]:
    yield from _links()
    yield from _no_files()


# Links


def _links() -> Iterator[Hostile]:
    for store in STORES:
        yield Hostile(f"{store}-link-faces_db", _link_crops_folder, ALL, store)
        yield Hostile(f"{store}-link-person", _link_person, ALL, store)
        yield Hostile(f"{store}-link-crop", _link_crop, ALL, store)
        records = RECORDS if store == JSON else SQLITE
        yield Hostile(
            f"{store}-link-records", partial(_moved_out, records), ALL, store, is_eileen_healthy=False
        )
        for name in ("backups", "waiting"):
            commands = (*CHEAP[:4], "backup", "import", *CHEAP[4:])
            make = with_waiting(partial(_moved_out, name))
            yield Hostile(f"{store}-link-{name}", make, commands, store)
        for name in (
            "gallery.lock",
            "gallery.lock.json",
            f"{RECORDS}.bak",
            "calibrations.json",
            "erasing.json",
        ):
            yield Hostile(f"{store}-link-{name}", partial(_link, name, "keep.txt"), CHEAP, store)
    for name in ("-wal", "-shm", "-journal"):
        yield Hostile(f"database-link{name}", partial(_link, f"{SQLITE}{name}", "keep.txt"), CHEAP, DATABASE)
    yield Hostile(
        "json-link-to-canary-records", partial(_link, RECORDS, "other.json"), CHEAP, is_eileen_healthy=False
    )
    yield Hostile("json-link-database", partial(_link, SQLITE, "keep.txt"), CHEAP)
    yield Hostile("json-link-vault", partial(_link, VAULT, "other.json"), CHEAP)
    yield Hostile("encrypted-link-vault", partial(_moved_out, VAULT), SEALED, is_encrypted=True)
    yield Hostile("encrypted-link-crop", _link_crop, SEALED, is_encrypted=True)
    yield Hostile("encrypted-link-faces_db", _link_crops_folder, SEALED, is_encrypted=True)
    yield Hostile("encrypted-link-sealed-folder", _link_person, SEALED, is_encrypted=True)
    yield Hostile("json-link-loop", _link_loop, CHEAP)
    yield Hostile("json-link-loop-for-crops", _link_loop_for_crops, CHEAP, is_eileen_healthy=False)
    yield Hostile(
        "json-link-records-to-itself", partial(_link_to, RECORDS, RECORDS), CHEAP, is_eileen_healthy=False
    )
    yield Hostile("json-link-private-folder", _link_private_folder, CHEAP)
    yield Hostile("json-link-waiting-file", _link_waiting_file, WAITING)
    unfinished = with_waiting(partial(_link, "waiting/unfinished.json", "other.json"))
    yield Hostile("json-link-unfinished", unfinished, WAITING)
    yield Hostile("json-link-backup", _link_backup, (*CHEAP[:4], "backup", *CHEAP[4:]))
    yield Hostile(
        "json-link-dangling-records", partial(_link, RECORDS, "not there"), CHEAP, is_eileen_healthy=False
    )
    yield Hostile("json-link-dangling-lock", partial(_link, "gallery.lock", "not there"), CHEAP)
    yield Hostile("json-link-dangling-holder", partial(_link, "gallery.lock.json", "not there"), CHEAP)
    yield Hostile("json-link-dangling-bak", partial(_link, f"{RECORDS}.bak", "not there"), ALL)
    yield Hostile("json-hard-link-crop", _hard_link_crop, CHEAP)


def _link(name: str, to: str, world: World) -> None:
    replace_by_link(world.gallery / name, world.out / to)


def _link_to(name: str, to: str, world: World) -> None:
    replace_by_link(world.gallery / name, to)


def _moved_out(name: str, world: World) -> None:
    """What is there lies outside now, and a link leads to it."""
    shutil.move(world.gallery / name, world.out / name)
    (world.gallery / name).symlink_to(f"../out/{name}")


def _link_crops_folder(world: World) -> None:
    crops = world.gallery / "faces_db"
    shutil.copytree(crops, world.out / "faces_db", dirs_exist_ok=True)
    replace_by_link(crops, "../out/faces_db")


def _link_person(world: World) -> None:
    folder = world.crops[0].parent
    outside = world.out / "faces_db" / folder.name
    shutil.copytree(folder, outside, dirs_exist_ok=True)
    replace_by_link(folder, outside)


def _link_crop(world: World) -> None:
    replace_by_link(world.crops[0], world.out / "secret.png")


def _link_loop(world: World) -> None:
    (world.gallery / "faces_db" / "loop").symlink_to("../faces_db")
    (put_waiting(world).parent / "loop").symlink_to("..")


def _link_loop_for_crops(world: World) -> None:
    replace_by_link(world.gallery / "faces_db", "faces_db")


def _link_private_folder(world: World) -> None:
    (world.gallery / "faces_db" / "private").symlink_to(world.out / "private")


def _link_waiting_file(world: World) -> None:
    (put_waiting(world).parent / f"{2:032x}.faces").symlink_to(world.out / "keep.txt")


def _link_backup(world: World) -> None:
    (world.gallery / "backups" / "9998-01-01 00.00.00 by hand.json").symlink_to(world.out / "other.json")


def _hard_link_crop(world: World) -> None:
    """Another name of a file outside, which cannot be told from a crop: it may be read and removed
    here, and must not be written to."""
    (world.out / "linked.png").write_bytes(world.crops[0].read_bytes())
    world.crops[0].unlink()
    os.link(world.out / "linked.png", world.crops[0])


# Pipes and folders where files should be


def _no_files() -> Iterator[Hostile]:
    whole = {
        RECORDS: False,
        VAULT: True,
        "gallery.lock.json": True,
        "gallery.lock": True,
        "erasing.json": True,
    }
    for name, is_healthy in whole.items():
        for kind, put in (("pipe", os.mkfifo), ("folder", Path.mkdir)):
            make = partial(_put, name, put)
            yield Hostile(f"json-{kind}-{name}", make, CHEAP, is_eileen_healthy=is_healthy)
    for name in (
        f"{RECORDS}.bak",
        "calibrations.json",
        "waiting/00000000000000000000000000000003.faces",
        "waiting/unfinished.json",
    ):
        commands = (*CHEAP[:4], "calibrate", "import", *CHEAP[4:])
        make = with_waiting(partial(_put, name, os.mkfifo))
        yield Hostile(f"json-pipe-{name.replace('/', '-')}", make, commands)
    for kind, put in (("pipe", os.mkfifo), ("folder", Path.mkdir)):
        yield Hostile(f"json-{kind}-crop", partial(_put_crop, put), ALL)
        yield Hostile(f"encrypted-{kind}-crop", partial(_put_crop, put), SEALED, is_encrypted=True)
        yield Hostile(
            f"database-{kind}-records", partial(_put, SQLITE, put), CHEAP, DATABASE, is_eileen_healthy=False
        )
    yield Hostile("json-pipe-among-crops", partial(_put, f"faces_db/{GRACE}/pipe.png", os.mkfifo), CHEAP)
    yield Hostile("json-pipe-among-backups", partial(_put, "backups/9999-01-01.json", os.mkfifo), CHEAP)
    yield Hostile("json-file-for-crops-folder", _file_for_crops_folder, ALL, is_eileen_healthy=False)
    yield Hostile("restore-pipe", _restore_pipe, ("restore", "people"))
    yield Hostile("archive-pipe", _archive_pipe, ("import-archive", "people"))


def _put(name: str, put: Callable[[Path], None], world: World) -> None:
    remove(world.gallery / name)
    put(world.gallery / name)


def _put_crop(put: Callable[[Path], None], world: World) -> None:
    if not world.is_encrypted:
        set_face(world, "vectors", {})
    world.crops[0].unlink()
    put(world.crops[0])


def _file_for_crops_folder(world: World) -> None:
    shutil.rmtree(world.gallery / "faces_db")
    (world.gallery / "faces_db").write_bytes(b"a file")


def _restore_pipe(world: World) -> None:
    world.backup = world.given / "pipe.json"
    os.mkfifo(world.backup)


def _archive_pipe(world: World) -> None:
    os.mkfifo(world.archive)
