"""Where a gallery is: a folder, or a schema of a PostgreSQL server."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from face_match.core.server_errors import ServerAddressError
from face_match.core.translation import marked

SCHEMES = ("postgresql://", "postgres://")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""Of any kind: a folder with the name of a mistyped address would take the gallery, and keep its password."""

DEFAULT_SCHEMA = "face_match"
DEFAULT_PORT = 5432
MAX_LETTERS = 2000
MAX_NAME_BYTES = 63
"""Of a user, database or schema: PostgreSQL cuts off longer names."""

OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")
"""What an address may say beyond its place. Others are refused: `service`, `passfile` and `options` would let
an address from somewhere read files, or change what the server does."""

SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


@dataclass(frozen=True)
class ServerAddress:
    """The schema of a gallery on a PostgreSQL server. Its text never holds the password.

    Attributes:
        host: name or number of the computer, or the folder of a socket; "" for this computer's usual one.
        user: "" for the one of PGUSER or of the system.
        options: those of OPTIONS that were given, in order.
        crops: the folder for the crops of a gallery that is made, seen by all; "" for the database.
        password: typed in the address; neither shown nor compared.
    """

    host: str
    database: str
    user: str = ""
    port: int = DEFAULT_PORT
    schema: str = DEFAULT_SCHEMA
    options: tuple[tuple[str, str], ...] = ()
    crops: str = field(default="", compare=False)
    password: str | None = field(default=None, repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> ServerAddress:
        """The address in a text such as `postgresql://ada@archive.example/photos?schema=family`.

        Raises:
            ServerAddressError: holds no part of the text.
        """
        if len(text) > MAX_LETTERS:
            raise ServerAddressError(marked("it is too long"))
        if not text.lower().startswith(SCHEMES):
            raise ServerAddressError(marked("it does not begin with postgresql://"))
        try:
            parts = urlsplit(text)
            host, port = parts.hostname or "", parts.port
            given = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError:  # its message quotes the address
            raise ServerAddressError(marked("it is not in the form of an address")) from None
        parameters = dict(given)
        if len(parameters) < len(given) or parts.fragment:
            raise ServerAddressError(marked("it is not in the form of an address"))
        host = unquote(parameters.pop("host", "") or host)
        asked_port = parameters.pop("port", "") or str(port or DEFAULT_PORT)
        if not (asked_port.isascii() and asked_port.isdigit() and 0 < int(asked_port) < 65536):
            raise ServerAddressError(marked("its port is not a number from 1 to 65535"))
        password = parameters.pop("password", None)
        if parts.password:
            password = unquote(parts.password)
        address = cls(
            host=host,
            database=unquote(parts.path.removeprefix("/")) or parameters.pop("dbname", ""),
            user=unquote(parts.username or "") or parameters.pop("user", ""),
            port=int(asked_port),
            schema=parameters.pop("schema", "") or DEFAULT_SCHEMA,
            crops=parameters.pop("crops", ""),
            options=tuple(parameters.items()),
            password=password or None,
        )
        address.require_usable()
        return address

    def require_usable(self) -> None:
        """Check what was typed in; raises ServerAddressError."""
        if not self.database:
            raise ServerAddressError(marked("it names no database"))
        if any(name not in OPTIONS for name, _ in self.options):
            raise ServerAddressError(marked("it has an option that is not allowed"))
        if self.sslmode not in SSL_MODES:
            raise ServerAddressError(marked("its sslmode does not exist"))
        if not 0 < self.port < 65536:
            raise ServerAddressError(marked("its port is not a number from 1 to 65535"))
        timeout = dict(self.options).get("connect_timeout", "10")
        if not (timeout.isascii() and timeout.isdigit()):
            raise ServerAddressError(marked("it is not in the form of an address"))
        names = (self.user, self.database, self.schema)
        if any(len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES for name in names):
            raise ServerAddressError(marked("a name in it is longer than 63 bytes"))
        if self.schema.startswith("pg_") or self.schema == "information_schema":
            raise ServerAddressError(marked("its schema belongs to PostgreSQL"))
        if self.crops and not Path(self.crops).is_absolute():
            raise ServerAddressError(marked("its folder of crops is not given from the root on"))
        texts = (self.host, *names, self.crops, self.password or "", *(value for _, value in self.options))
        if any(not _is_plain(one) for one in texts) or "," in self.host:
            raise ServerAddressError(marked("it has characters that cannot be in an address"))

    @property
    def sslmode(self) -> str:
        return dict(self.options).get("sslmode", "prefer")

    @property
    def is_local(self) -> bool:
        """Whether the server is on this computer, so that nobody can listen on the way."""
        if os.environ.get("PGHOSTADDR") or os.environ.get("PGSERVICE"):  # the client library may go elsewhere
            return False
        host = self.host or os.environ.get("PGHOST", "")
        return host in ("", "localhost", "127.0.0.1", "::1") or host.startswith("/")

    @property
    def may_lack_tls(self) -> bool:
        """Whether the address takes a connection without TLS."""
        return self.sslmode in ("disable", "allow", "prefer")

    @property
    def name(self) -> str:
        """What messages call it."""
        where = self.host if self.host and not self.host.startswith("/") else "localhost"
        return f"{self.database}/{self.schema} ({where})"

    @property
    def digest(self) -> str:
        """Names this gallery's folder on this computer."""
        import hashlib  # here, because the window starts without it: it loads OpenSSL

        place = (self.host, str(self.port), self.user, self.database, self.schema)
        return hashlib.sha256("\0".join(place).encode()).hexdigest()[:32]

    def with_sslmode(self, mode: str) -> ServerAddress:
        """The address with another protection of the connection."""
        rest = tuple((name, value) for name, value in self.options if name != "sslmode")
        return replace(self, options=(("sslmode", mode), *rest))

    def without_password(self) -> ServerAddress:
        return replace(self, password=None)

    def __str__(self) -> str:
        is_socket = self.host.startswith("/")
        host = "" if is_socket else f"[{self.host}]" if ":" in self.host else quote(self.host)
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        port = f":{self.port}" if self.port != DEFAULT_PORT and not is_socket else ""
        query = [("host", self.host)] if is_socket else []
        query += [("port", str(self.port))] if is_socket and self.port != DEFAULT_PORT else []
        query += [("schema", self.schema)] if self.schema != DEFAULT_SCHEMA else []
        query += [("crops", self.crops)] if self.crops else []
        rest = "&".join(f"{name}={quote(value, safe='/')}" for name, value in [*query, *self.options])
        mark = "?" if rest else ""
        return f"postgresql://{user}{host}{port}/{quote(self.database, safe='')}{mark}{rest}"


GalleryPlace: TypeAlias = "Path | ServerAddress"


def is_server_address(text: str) -> bool:
    """Whether a text is an address, whose form may still be wrong, and not a folder, as `C:/photos` is."""
    return _ADDRESS.match(text) is not None


def gallery_place(text: str) -> GalleryPlace:
    """The folder or server that a text names; raises ServerAddressError."""
    return ServerAddress.parse(text) if is_server_address(text) else Path(text)


def place_text(place: GalleryPlace) -> str:
    """What is stored of a place: never a password. A path remains relative where the folder has gone that it
    is relative to."""
    if isinstance(place, ServerAddress):
        return str(place)
    with contextlib.suppress(OSError):
        return str(place.absolute())
    return str(place)


def _is_plain(text: str) -> bool:
    return all(letter.isprintable() and not "\ud800" <= letter <= "\udfff" for letter in text)
