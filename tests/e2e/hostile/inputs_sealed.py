"""Hostile vaults and sealed files: planted, swapped, flipped, cut off, put back, and not sealed at all."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.e2e.hostile.damaging import (
    put_waiting,
    with_waiting,
    written,
)
from tests.e2e.hostile.world import (
    CHEAP,
    DATABASE,
    GRACE,
    JSON,
    RECORDS,
    SEALED,
    SQLITE,
    STORES,
    VAULT,
    Hostile,
    World,
    secret_png,
)

SHORT = ("people", "check", "export", "undo", "purge", "decrypt", "people", "export again")


def inputs() -> Iterator[Hostile]:
    yield from _vaults()
    yield from _planted()
    yield from _not_sealed()
    yield from _damaged()
    yield from _exchanged()


# Vaults


def _vaults() -> Iterator[Hostile]:
    def scrypt(**fields: object) -> Callable[[dict[str, Any]], None]:
        return lambda record: record["scrypt"].update(fields)

    def record(**fields: object) -> Callable[[dict[str, Any]], None]:
        return lambda record: record.update(fields)

    edits: dict[str, Callable[[dict[str, Any]], object]] = {
        "n-huge": scrypt(n=2**40),
        "n-16-gb": scrypt(n=2**24),
        "n-zero": scrypt(n=0),
        "n-negative": scrypt(n=-(2**17)),
        "n-no-power": scrypt(n=100_000),
        "n-text": scrypt(n="131072"),
        "n-float": scrypt(n=131072.5),
        "n-one": scrypt(n=1),
        "r-huge": scrypt(r=2**30),
        "r-zero": scrypt(r=0),
        "r-long": scrypt(r=10**40),
        "p-4096": scrypt(p=4096),
        "p-huge": scrypt(p=2**31),
        "p-negative": scrypt(p=-1),
        "p-null": scrypt(p=None),
        "salt-empty": scrypt(salt=""),
        "salt-number": scrypt(salt=7),
        "salt-10-mb": scrypt(salt=base64.b64encode(bytes(10_000_000)).decode()),
        "salt-letters": scrypt(salt="\ud800é"),
        "no-scrypt": lambda record: record.pop("scrypt"),
        "scrypt-list": record(scrypt=[]),
        "no-key": lambda record: record.pop("key"),
        "key-empty": record(key=""),
        "key-short": record(key=base64.b64encode(b"short").decode()),
        "key-not-base64": record(key="?!"),
        "key-number": record(key=7),
        "key-surrogate": record(key="\ud800"),
        "state-wrong": record(state="open"),
        "state-list": record(state=[]),
        "state-decrypting": record(state="decrypting"),
        "state-encrypting": record(state="encrypting"),
        "no-state": lambda record: record.pop("state"),
        "version-text": record(version="x"),
        "version-infinite": record(version=float("inf")),
        "version-negative": record(version=-1),
        "version-later": record(version=99),
        "keyring-path": record(keyring="../out/keep.txt\0"),
        "keyring-number": record(keyring=7),
    }
    for name, edit in edits.items():
        healthy = name.startswith("state-")
        yield Hostile(
            f"vault-{name}", partial(_edit_vault, edit), SHORT, is_encrypted=True, is_eileen_healthy=healthy
        )
    texts = {"null": "null", "list": "[]", "empty": "", "nested": "[" * 1_000_000, "binary": "\0\xff"}
    for name, text in texts.items():
        make = partial(_write_vault, text)
        yield Hostile(f"vault-{name}", make, SHORT, is_encrypted=True, is_eileen_healthy=False)
    for store in STORES:
        yield Hostile(
            f"{store}-vault-missing",
            lambda w: (w.gallery / VAULT).unlink(),
            SHORT,
            store,
            is_encrypted=True,
            is_eileen_healthy=False,
        )
        for state in ("encrypted", "decrypting"):
            yield Hostile(f"{store}-vault-planted-{state}", partial(_plant_vault, state), CHEAP, store)


def _edit_vault(edit: Callable[[dict[str, Any]], object], world: World) -> None:
    path = world.gallery / VAULT
    record = json.loads(path.read_bytes())
    edit(record)
    path.write_text(json.dumps(record), "ascii")


def _write_vault(text: str, world: World) -> None:
    (world.gallery / VAULT).write_text(text, "latin-1")


def _plant_vault(state: str, world: World) -> None:
    """One whose passphrase is known, in a gallery that is not encrypted."""
    other = world.bases.gallery(JSON, is_encrypted=True)
    record = {**json.loads((other / VAULT).read_bytes()), "state": state}
    (world.gallery / VAULT).write_text(json.dumps(record), "ascii")


# Planted beside what is sealed


def _planted() -> Iterator[Hostile]:
    inside: dict[str, Callable[[World], bytes]] = {
        "dotdot": lambda world: b"../out/planted.txt",
        "absolute": lambda world: bytes(world.target / "planted.txt"),
        "records": lambda world: RECORDS.encode(),
        "no-utf-8": lambda world: b"\xff\xfe/planted.txt",
        "long": lambda world: b"faces_db/" + b"a" * 5000 + b"/planted.png",
        "empty": lambda world: b"",
        "dot": lambda world: b"faces_db/..",
    }
    for name, path in inside.items():
        make = partial(_plant_crop, path)
        yield Hostile(f"sealed-planted-{name}", make, SEALED, is_encrypted=True)
    for name in ("dotdot", "absolute", "no-utf-8"):
        make = partial(_plant_crop, inside[name])
        yield Hostile(f"plain-sealed-planted-{name}", make, CHEAP)
        yield Hostile(f"database-sealed-planted-{name}", make, SEALED, DATABASE, is_encrypted=True)


def _plant_crop(path: Callable[[World], bytes], world: World) -> None:
    """A file that is called as sealed crops are, and says itself where it belongs."""
    planted = world.gallery / "faces_db" / "ab" / f"{'c' * 62}.sealed"
    planted.parent.mkdir(exist_ok=True)
    planted.write_bytes(path(world) + b"\0" + b"planted\n")


# Not sealed, in an encrypted gallery


def _not_sealed() -> Iterator[Hostile]:
    made: dict[str, tuple[str, Callable[[World], None]]] = {
        "database-beside": (JSON, partial(_from_plain, DATABASE, SQLITE)),
        "records-in-place": (JSON, partial(_from_plain, JSON, RECORDS)),
        "database-in-place": (DATABASE, partial(_from_plain, DATABASE, SQLITE)),
        "records-beside": (DATABASE, partial(_from_plain, JSON, RECORDS)),
        "crop-beside": (JSON, _plain_crop_beside),
        "crop-in-place": (JSON, _plain_crop_in_place),
        "crop-in-place-database": (DATABASE, _plain_crop_in_place),
        "waiting": (JSON, _plain_waiting),
        "backup": (JSON, _plain_backup),
        "backup-database": (DATABASE, _plain_backup),
        "bak": (JSON, partial(_from_plain, JSON, f"{RECORDS}.bak")),
        "calibrations": (JSON, written("calibrations.json", b'{"dlib": {"map": {}}}')),
        "erasing": (JSON, partial(_plain_erasing, "../out/written outside.png")),
        "erasing-everybody": (JSON, written("erasing.json", b'"everybody"')),
        "unfinished": (JSON, with_waiting(written("waiting/unfinished.json", b'["../out"]'))),
    }
    for name, (store, make) in made.items():
        is_healthy = not name.endswith(
            ("records-in-place", "database-in-place", "database-beside", "everybody", "backup")
        )
        commands: Sequence[str] = ("restore", *SEALED) if name.startswith("backup") else SEALED
        if name == "erasing-everybody":  # nothing is left, and what is added to that is not encrypted
            commands = ("people", "check", "undo", "export", "people")
        yield Hostile(
            f"unsealed-{name}", make, commands, store, is_encrypted=True, is_eileen_healthy=is_healthy
        )


def _from_plain(store: str, name: str, world: World) -> None:
    shutil.copy(world.bases.gallery(store, is_encrypted=False) / name, world.gallery / name)


def _plain_crop_beside(world: World) -> None:
    folder = world.gallery / "faces_db" / "Mallory"
    folder.mkdir()
    (folder / "1.png").write_bytes(secret_png().replace(b"nobody", b"planted"))


def _plain_crop_in_place(world: World) -> None:
    world.crops[0].write_bytes(secret_png().replace(b"nobody", b"planted"))


def _plain_waiting(world: World) -> None:
    put_waiting(world).write_bytes(world.bases.waiting)


def _plain_backup(world: World) -> None:
    """A healthy backup that is not sealed is restored."""
    plain = world.bases.gallery(world.store, is_encrypted=False) / "backups"
    (world.backup,) = [plain / path.name for path in sorted(plain.glob(f"*hand*{world.backup.suffix}"))[-1:]]
    world.backup = Path(shutil.copy(world.backup, world.given))


def _plain_erasing(path: str, world: World) -> None:
    (world.gallery / "payload.png").write_bytes(b"planted")
    plan = {
        "folder": "Nobody",
        "names": [],
        "ids": [],
        "files": [],
        "moved": {"payload.png": path},
        "vectors": [],
    }
    written("erasing.json", json.dumps(plan))(world)


# Sealed files that were changed


def _damaged() -> Iterator[Hostile]:
    changes: dict[str, Callable[[bytes], bytes]] = {
        "flipped-first": partial(_flipped, 0),
        "flipped-in-mark": partial(_flipped, 12),
        "flipped-after-mark": partial(_flipped, 20),
        "flipped-nonce": partial(_flipped, 27),
        "flipped-middle": lambda data: _flipped(len(data) // 2, data),
        "flipped-last": partial(_flipped, -1),
        "cut-off": lambda data: data[: len(data) // 2],
        "cut-to-mark": lambda data: data[:19],
        "cut-in-tag": lambda data: data[:40],
        "emptied": lambda data: b"",
        "longer": lambda data: data + b"\0",
    }
    for name, change in changes.items():
        make = partial(_change_crop, change)
        yield Hostile(f"sealed-crop-{name}", make, SHORT, is_encrypted=True, noticed_by="check")
        make = partial(_change_file, change, RECORDS)
        yield Hostile(f"sealed-records-{name}", make, SHORT, is_encrypted=True, noticed_by="people")
    for name in ("flipped-in-mark", "flipped-middle", "cut-off", "emptied"):
        change = changes[name]
        crop = partial(_change_crop, change)
        yield Hostile(
            f"database-sealed-crop-{name}", crop, SHORT, DATABASE, is_encrypted=True, noticed_by="check"
        )
        # a single page may be one that nobody reads
        database = partial(_change_file, _flipped_pages if name == "flipped-middle" else change, SQLITE)
        commands = ("check", *SHORT)
        yield Hostile(
            f"database-sealed-{name}", database, commands, DATABASE, is_encrypted=True, noticed_by="check"
        )
        waiting = partial(_change_waiting, change)
        yield Hostile(f"sealed-waiting-{name}", waiting, ("import", *SHORT), is_encrypted=True)
        backup = partial(_change_backup, change)
        yield Hostile(
            f"sealed-backup-{name}", backup, ("restore", *SHORT), is_encrypted=True, noticed_by="restore"
        )
        bak = partial(_change_file, change, f"{RECORDS}.bak")
        yield Hostile(f"sealed-bak-{name}", bak, SHORT, is_encrypted=True)


def _flipped(at: int, data: bytes) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 0x41
    return bytes(changed)


def _flipped_pages(data: bytes) -> bytes:
    """A byte of every page of a database, but for the first."""
    changed = bytearray(data)
    for at in range(5000, len(data), 4096):
        changed[at] ^= 0x41
    return bytes(changed)


def _change_crop(change: Callable[[bytes], bytes], world: World) -> None:
    world.crops[0].write_bytes(change(world.crops[0].read_bytes()))


def _change_file(change: Callable[[bytes], bytes], name: str, world: World) -> None:
    path = world.gallery / name
    path.write_bytes(change(path.read_bytes()))


def _change_waiting(change: Callable[[bytes], bytes], world: World) -> None:
    path = put_waiting(world)
    path.write_bytes(change(path.read_bytes()))


def _change_backup(change: Callable[[bytes], bytes], world: World) -> None:
    world.backup.write_bytes(change(world.backup.read_bytes()))


# Sealed files in the place of others


def _exchanged() -> Iterator[Hostile]:
    for store in STORES:
        yield Hostile(
            f"{store}-sealed-crops-swapped", _swap_crops, SHORT, store, is_encrypted=True, noticed_by="check"
        )
        yield Hostile(
            f"{store}-sealed-crop-copied", _copy_crop, SHORT, store, is_encrypted=True, noticed_by="check"
        )
    pairs = {
        "bak-for-records": (f"{RECORDS}.bak", RECORDS),
        "vault-for-records": (VAULT, RECORDS),
        "records-for-vault": (RECORDS, VAULT),
        "records-for-erasing": (RECORDS, "erasing.json"),
        "records-for-calibrations": (RECORDS, "calibrations.json"),
        "records-for-waiting": (RECORDS, "waiting/00000000000000000000000000000001.faces"),
    }
    for name, (one, other) in pairs.items():
        is_healthy = name.startswith("records-for-w") or name.startswith("records-for-c")
        make = partial(_copy, one, other)
        yield Hostile(
            f"sealed-{name}", make, ("match", *SHORT), is_encrypted=True, is_eileen_healthy=is_healthy
        )
    yield Hostile("database-sealed-older", _older_database, SHORT, DATABASE, is_encrypted=True)
    yield Hostile("sealed-crop-for-records", _crop_for_records, SHORT, is_encrypted=True, noticed_by="people")
    yield Hostile(
        "sealed-waiting-for-backup",
        _waiting_for_backup,
        ("restore", *SHORT),
        is_encrypted=True,
        noticed_by="restore",
    )
    yield Hostile(
        "sealed-of-another-gallery", _of_another_gallery, SHORT, is_encrypted=True, is_eileen_healthy=False
    )
    yield Hostile("sealed-files-in-plain-gallery", _sealed_in_plain, CHEAP)


def _swap_crops(world: World) -> None:
    one, other = world.crops[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def _copy_crop(world: World) -> None:
    world.crops[0].write_bytes(world.crops[1].read_bytes())


def _copy(one: str, other: str, world: World) -> None:
    if other.startswith("waiting/"):
        put_waiting(world)
    shutil.copy(world.gallery / one, world.gallery / other)


def _older_database(world: World) -> None:
    shutil.copy(world.backup, world.database)


def _crop_for_records(world: World) -> None:
    shutil.copy(world.crops[0], world.records)


def _waiting_for_backup(world: World) -> None:
    shutil.copy(put_waiting(world), world.backup)


def _of_another_gallery(world: World) -> None:
    """The vault of another gallery with the same passphrase: nothing was sealed with its key."""
    record = json.loads((world.gallery / VAULT).read_bytes())
    record["key"] = base64.b64encode(bytes(60)).decode()
    (world.gallery / VAULT).write_text(json.dumps(record), "ascii")


def _sealed_in_plain(world: World) -> None:
    encrypted = world.bases.gallery(JSON, is_encrypted=True)
    shutil.copytree(encrypted / "faces_db", world.gallery / "faces_db", dirs_exist_ok=True)
    put_waiting(world).write_bytes((encrypted / RECORDS).read_bytes())
    (world.gallery / "faces_db" / GRACE / "sealed.png").write_bytes((encrypted / RECORDS).read_bytes())
