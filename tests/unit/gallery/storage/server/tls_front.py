"""TLS in front of the server of the tests, whose PostgreSQL is built without: as proxies do it."""

from __future__ import annotations

import contextlib
import ipaddress
import select
import socket
import ssl
import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from face_match.core.gallery_place import ServerAddress

HOST = "127.0.0.2"
"""Not the computer's own name, for which the program would not ask for TLS."""

TLS_REQUEST = bytes.fromhex("0000000804d2162f")
KERBEROS_REQUEST = bytes.fromhex("0000000804d21630")


class Authority:
    """An authority that makes certificates of servers, in files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)])
        certificate = (
            _builder(self._name, self._name, self._key.public_key(), is_expired=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.file = folder / "authority.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, host: str = HOST, *, is_expired: bool = False) -> Path:
        """The file with the key and the certificate of a server."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        certificate = (
            _builder(name, self._name, key.public_key(), is_expired=is_expired)
            .add_extension(names, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        file = self._folder / f"{host}{is_expired}.pem"
        private = key.private_bytes(pem, form, serialization.NoEncryption())
        file.write_bytes(private + certificate.public_bytes(pem))
        return file


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, is_expired: bool
) -> x509.CertificateBuilder:
    now = datetime.now(timezone.utc)
    end = now + timedelta(days=-1 if is_expired else 1)
    builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
    return builder.not_valid_before(now - timedelta(days=2)).not_valid_after(end)


class TlsFront:
    """Answers on a port of this computer, and passes what it decrypts on to the real server.

    Attributes:
        received: what clients have sent before TLS, and after it.
    """

    def __init__(self, server: Path, certificate: Path | None) -> None:
        """A front.

        Args:
            server: the folder with the real server's socket.
            certificate: with the key; None says that there is no TLS.
        """
        self._server = str(server / ".s.PGSQL.5432")
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        self._socket = socket.create_server((HOST, 0))
        self.received = b""

    def address(self, of: ServerAddress, sslmode: str, authority: Path | None = None) -> ServerAddress:
        """The address of a gallery through this front."""
        options = [("sslmode", sslmode)] + ([("sslrootcert", str(authority))] if authority else [])
        port = self._socket.getsockname()[1]
        return replace(of, host=HOST, port=port, options=tuple(options))

    def __enter__(self) -> TlsFront:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # it was closed
            while True:
                client, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as server:
            client.settimeout(60)
            encrypted = self._encrypted(client)
            if encrypted is not None:
                with encrypted:
                    server.connect(self._server)
                    self._pass_on(encrypted, server)

    def _encrypted(self, client: socket.socket) -> ssl.SSLSocket | None:
        """The connection once it is encrypted; None if the client went away."""
        while request := client.recv(8):
            self.received += request
            if request == KERBEROS_REQUEST or (request == TLS_REQUEST and self._context is None):
                client.sendall(b"N")
            elif request == TLS_REQUEST and self._context is not None:
                client.sendall(b"S")
                return self._context.wrap_socket(client, server_side=True)
            else:
                raise OSError("a client without TLS")
        return None

    def _pass_on(self, client: ssl.SSLSocket, server: socket.socket) -> None:
        """Pass on what either side sends, until one of them ends."""
        while True:
            ready = [client] if client.pending() else select.select([client, server], [], [])[0]
            for source in ready:
                part = source.recv(1 << 16)
                if not part:
                    return
                self.received += part if source is client else b""
                (server if source is client else client).sendall(part)
