"""Columns whose values are sealed before SQLite sees them, where a gallery is encrypted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Dialect, Engine, LargeBinary, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from face_match.gallery.vault import Vault


class Sealed(TypeDecorator[Any]):
    """Of a column of values that are sealed in an encrypted gallery; `alike` for those that are looked up."""

    alike = False

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        written, vault = super().bind_processor(dialect), vault_of(dialect)
        if vault is None:
            return written

        def seal(value: Any) -> bytes | None:
            value = written(value) if written is not None else value
            if value is None:
                return None
            data = value.encode() if isinstance(value, str) else bytes(value)
            return vault.seal(data, alike=self.alike)

        return seal

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        read, vault = super().result_processor(dialect, coltype), vault_of(dialect)
        if vault is None:
            return read
        are_bytes = isinstance(self.impl_instance, LargeBinary)

        def unseal(value: Any) -> Any:
            if value is None:
                return None
            data = vault.unseal(value)
            value = data if are_bytes else data.decode()
            return read(value) if read is not None else value

        return unseal


class SealedText(Sealed):
    """Of what is only read."""

    impl = Text
    cache_ok = True


class SealedKey(Sealed):
    """Of what is looked up."""

    impl = Text
    cache_ok = True
    alike = True


class SealedJson(Sealed):
    """Of what is a structure."""

    impl = JSON
    cache_ok = True


class SealedBytes(Sealed):
    """Of what are bytes."""

    impl = LargeBinary
    cache_ok = True


def vault_of(dialect: Dialect) -> Vault | None:
    """What seals the values of the database that an engine is of."""
    vault: Vault | None = getattr(dialect, "vault", None)
    return vault


def seal_with(engine: Engine, vault: Vault | None) -> None:
    """From now on; types get to know of an engine only its dialect, which is its own."""
    vars(engine.dialect)["vault"] = vault


def unsealer(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """What makes of a value as SQLite gives it the one that was put in."""
    found = kind.dialect_impl(dialect).result_processor(dialect, None) if isinstance(kind, Sealed) else None
    return found if found is not None else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
