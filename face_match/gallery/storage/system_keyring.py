"""Entries of the system's keyring.

It is reached through plug-ins, which raise errors of their own, some already when they are imported; each is
a KeyringError here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from face_match.core.errors import KeyringError


def read_entry(service: str, name: str, gallery: Path) -> str | None:
    """The text of an entry; None without one. Raises KeyringError, which names the gallery."""
    with _errors(gallery):
        import keyring

        text = keyring.get_password(service, name)
    if text is not None and not isinstance(text, str):
        raise KeyringError(gallery)
    return text


def write_entry(service: str, name: str, text: str, gallery: Path) -> None:
    """Store an entry; raises KeyringError unless the keyring then answers with it. One that is switched off
    (`keyring --disable`) takes it and raises nothing."""
    with _errors(gallery):
        import keyring

        keyring.set_password(service, name, text)
    if read_entry(service, name, gallery) != text:
        raise KeyringError(gallery)


def delete_entry(service: str, name: str, gallery: Path) -> None:
    """Delete an entry; raises KeyringError, also where there is none."""
    with _errors(gallery):
        import keyring

        keyring.delete_password(service, name)


@contextlib.contextmanager
def _errors(gallery: Path) -> Iterator[None]:
    try:
        yield
    except Exception as exc:
        raise KeyringError(gallery) from exc
