"""Every deletion and renaming in the gallery's code is synced, or documented as not needing it."""

from __future__ import annotations

import ast
from pathlib import Path

GALLERY = Path(__file__).parents[3] / "face_match" / "gallery"

CALLS = ("unlink", "rename", "rmtree", "rmdir", "renames", "remove_tree")

WITHOUT_SYNC = {
    "backups.back_up": "old backups go: one that reappears goes with the next backup",
    "lock.release": "the holder file is only shown to people",
    "lock._write_holder": "the holder file is only shown to people",
    "lock._remove_hard_link": "an empty lock that is a hard link again is replaced again",
    "relocation._remove_lock": "the lock's files of a place without a gallery mean nothing",
    "relocation._copy_file": "`_copy` syncs the folders afterwards",
    "relocation._discard": "a copy that reappears is refused, or used again, by the next move",
    "relocation._take_back": "a copy that reappears is refused, or used again, by the next move",
    "pending_crops.clear": "a note that reappears lists crops that are all in use",
    "crops_folder.give_back": "an empty mark that reappears belongs to no gallery",
    "restore._install_database": "the database takes precedence, and `replacement_file` has synced it",
    "temporary_copy._delete": "a copy that reappears in the temporary folder is deleted with the next one",
    "store.create": "`replacement_file` syncs the folder afterwards",
    "store.rebuilt": "`replacement_file` syncs the folder afterwards",
    "store.close": "a journal that reappears is SQLite's of a database that is not there any more",
    "active_store._set_json_aside": "the database takes precedence: a JSON file is set aside again",
}
"""Functions that delete or rename, and do not sync the folder themselves; and why they need not."""


def deleting_functions(module: Path) -> dict[str, bool]:
    """The functions of a module that delete or rename something, and whether they sync a folder."""
    found: dict[str, bool] = {}
    tree = ast.parse(module.read_text("utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        inner = {
            node
            for one in ast.walk(function)
            if one is not function and _is_function(one)
            for node in ast.walk(one)
        }
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and node not in inner]
        if any(map(_deletes, calls)):
            names = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
            found[f"{module.stem}.{function.name}"] = "sync_folder" in names
    return found


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _deletes(call: ast.Call) -> bool:
    """`replace` of a path has one argument that is no text; that of a text has two."""
    called = call.func
    if not isinstance(called, ast.Attribute):
        return False
    of_path = called.attr == "replace" and len(call.args) == 1 and not call.keywords
    of_system = (
        isinstance(called.value, ast.Name)
        and called.value.id == "os"
        and called.attr in ("remove", "replace")
    )
    return called.attr in CALLS or of_path or of_system


def test_every_deletion_is_synced_or_there_is_a_reason_not_to() -> None:
    found: dict[str, bool] = {}
    for module in sorted(GALLERY.rglob("*.py")):
        found |= deleting_functions(module)
    assert len(found) > 10
    unsynced = {name for name, is_synced in found.items() if not is_synced}
    assert unsynced == WITHOUT_SYNC.keys()
