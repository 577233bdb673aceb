"""Downloads from a real server on this machine: resumed, verified, never incomplete."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import itertools
import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from face_match.core.errors import CancelledError, DownloadError
from face_match.vision.models import download
from face_match.vision.models.download import CHUNK_BYTES, download_model, fetch
from face_match.vision.models.registry import FACENET, MODELS, Download

CONTENT = np.random.default_rng(1).bytes(10 * CHUNK_BYTES + 321)
PART = 3 * CHUNK_BYTES + 17


@dataclass
class Site:
    """A server of one file, and how it is to behave.

    Attributes:
        cut_after: bytes after which a body is broken off, as when a network goes away.
        has_ranges: whether it answers a request for the rest of the file with the rest.
        status: what it answers instead of the file.
        requested: the Range header of each request, "" for none.
    """

    url: str = ""
    content: bytes = CONTENT
    cut_after: int | None = None
    has_ranges: bool = True
    has_length: bool = True
    status: int = 200
    requested: list[str] = field(default_factory=list)

    @property
    def source(self) -> Download:
        return Download(self.url, hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            site.requested.append(asked)
            start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked and site.has_ranges else 0
            status = 206 if start else 200
            if start >= len(site.content):
                status = 416
            status = site.status if site.status != 200 else status
            body = site.content[start:] if status in (200, 206) else b""
            self.send_response(status)
            if site.has_length:
                self.send_header("Content-Length", str(len(body)))
            if status == 206:
                self.send_header(
                    "Content-Range", f"bytes {start}-{len(site.content) - 1}/{len(site.content)}"
                )
            self.end_headers()
            self.wfile.write(body[: site.cut_after])

        def log_message(self, *_: object) -> None:
            """Nothing on the screen."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_port}/weights.h5"
        yield site
        server.shutdown()
        thread.join()
    gc.collect()  # a connection that was left open warns as it is collected: now, not in another test


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "weights.h5"


def part_of(target: Path) -> Path:
    return target.with_name("weights.h5.part")


def failure(site: Site, target: Path) -> str:
    with pytest.raises(DownloadError) as raised:
        fetch("facenet", site.source, target)
    assert raised.value.model == "facenet"
    assert not target.exists()
    return raised.value.detail


def put_part(target: Path, content: bytes) -> None:
    target.parent.mkdir()
    part_of(target).write_bytes(content)


def test_a_file_comes_whole(site: Site, target: Path) -> None:
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert not part_of(target).exists()
    assert site.requested == [""]


@pytest.mark.skipif(os.name == "nt", reason="folders of users are private there")
def test_a_file_is_its_owners_alone_whatever_the_umask(site: Site, target: Path) -> None:
    """Others could change it between the check of its digest and its use."""
    before = os.umask(0)
    try:
        fetch("facenet", site.source, target)
    finally:
        os.umask(before)
    assert not (target.stat().st_mode | target.parent.stat().st_mode) & 0o077


def test_progress_only_grows_and_ends_with_the_total(site: Site, target: Path) -> None:
    steps: list[tuple[int, int]] = []
    fetch("facenet", site.source, target, lambda done, total: steps.append((done, total)))
    done = [step for step, _ in steps]
    assert done == sorted(done)
    assert done[0] == 0
    assert len(done) > 5
    assert steps[-1] == (len(CONTENT), len(CONTENT))
    assert {total for _, total in steps} == {len(CONTENT)}


def test_progress_of_a_resumed_file_starts_where_it_stopped(site: Site, target: Path) -> None:
    put_part(target, CONTENT[:PART])
    steps: list[tuple[int, int]] = []
    fetch("facenet", site.source, target, lambda done, total: steps.append((done, total)))
    assert steps[0] == (PART, len(CONTENT))
    assert steps[-1] == (len(CONTENT), len(CONTENT))


def test_a_wrong_file_leaves_nothing_behind(site: Site, target: Path) -> None:
    site.content = CONTENT[:-1] + b"!"
    assert "not the expected one" in failure(site, target)
    assert list(target.parent.iterdir()) == []


def test_an_interrupted_download_is_resumed(site: Site, target: Path) -> None:
    site.cut_after = PART
    assert failure(site, target) == "the connection was interrupted"
    assert part_of(target).read_bytes() == CONTENT[:PART]
    site.cut_after = None
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested == ["", f"bytes={PART}-"]


def test_a_server_that_knows_no_ranges_sends_it_all_again(site: Site, target: Path) -> None:
    site.has_ranges = False
    put_part(target, CONTENT[:PART])
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested == [f"bytes={PART}-"]


def test_a_part_that_is_longer_than_the_file_is_begun_again(site: Site, target: Path) -> None:
    put_part(target, CONTENT + b"more")
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested == [f"bytes={len(CONTENT) + 4}-", ""]


def test_a_part_that_is_the_whole_file_needs_no_server(site: Site, target: Path) -> None:
    put_part(target, CONTENT)
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested == []


def test_a_part_of_another_file_is_deleted_so_that_the_next_try_starts_over(site: Site, target: Path) -> None:
    put_part(target, b"x" * PART)
    assert "not the expected one" in failure(site, target)
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested[-1] == ""


def test_a_server_that_does_not_say_the_length_is_believed_when_the_file_is_right(
    site: Site, target: Path
) -> None:
    site.has_length = False
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT


def test_a_cancelled_download_is_resumed(site: Site, target: Path) -> None:
    received = 0

    def on_progress(done: int, total: int) -> None:
        nonlocal received
        received = done

    with pytest.raises(CancelledError):
        fetch("facenet", site.source, target, on_progress, lambda: received > PART)
    kept = part_of(target).stat().st_size
    assert not target.exists()
    assert PART < kept < len(CONTENT)
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested == ["", f"bytes={kept}-"]


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_the_status_of_the_server_is_in_the_error(site: Site, target: Path, status: int) -> None:
    site.status = status
    assert failure(site, target) == f"the server answered {status}"


def test_a_server_that_only_ever_says_416_is_an_error_not_a_circle(site: Site, target: Path) -> None:
    site.status = 416
    put_part(target, CONTENT[:PART])
    assert failure(site, target) == "the server answered 416"
    assert len(site.requested) == 2


def test_nobody_there_is_no_connection(site: Site, target: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    site.url = f"http://127.0.0.1:{port}/weights.h5"
    assert failure(site, target).startswith("no connection (")


def test_a_server_that_speaks_no_http_is_an_error(site: Site, target: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        site.url = f"http://127.0.0.1:{listener.getsockname()[1]}/weights.h5"
        assert failure(site, target) == "the connection was interrupted"
        thread.join()


def test_a_silent_server_times_out(site: Site, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:  # takes the connection, answers nothing
        site.url = f"http://127.0.0.1:{listener.getsockname()[1]}/weights.h5"
        assert failure(site, target)


def test_a_target_that_cannot_be_written_is_an_error(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DownloadError):
        fetch("facenet", site.source, tmp_path / "file" / "weights.h5")
    assert site.requested == []


def test_a_model_is_downloaded_to_its_place(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = replace(FACENET, weights_file=lambda: target, download=lambda: site.source)
    monkeypatch.setitem(MODELS, "facenet", model)
    assert download_model("facenet") == target
    assert model.is_installed
    assert download_model("facenet") == target
    assert len(site.requested) == 1


def test_the_built_in_model_is_never_fetched() -> None:
    assert download_model("dlib").is_file()


@pytest.fixture
def odd_site() -> Iterator[OddSite]:
    """A server that says what it is told to, byte by byte if need be."""
    with OddSite() as site:
        yield site


class OddSite:
    """Answers every request with `head`, and then `body` again and again, a pause after each piece."""

    def __init__(self) -> None:
        self.head, self.body, self.pause_s, self.pieces = b"HTTP/1.0 200 OK\r\n\r\n", b"", 0.0, 10**9
        self.sent = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/model"
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> OddSite:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        with contextlib.suppress(OSError):
            socket.create_connection(self._socket.getsockname(), timeout=1).close()
        self._thread.join(timeout=10)
        self._socket.close()

    def _serve(self) -> None:
        while not self._is_over.is_set():
            connection, _ = self._socket.accept()
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                connection.recv(65536)
                for piece in itertools.chain([self.head], itertools.repeat(self.body, self.pieces)):
                    if self._is_over.wait(self.pause_s) or not piece:
                        break
                    connection.sendall(piece)
                    self.sent += len(piece)


def test_no_more_comes_than_the_file_has(odd_site: OddSite, target: Path) -> None:
    odd_site.body = bytes(CHUNK_BYTES)
    with pytest.raises(DownloadError, match="sent more than the file has"):
        fetch("facenet", Download(odd_site.url, "ab" * 32, 5), target)
    assert not list(target.parent.iterdir())
    assert odd_site.sent < 100 * CHUNK_BYTES


@pytest.mark.parametrize("length", ["abc", "-5", "1e9", "", "99999999999999999999", "5, 5"])
def test_a_length_that_is_none_is_not_believed(odd_site: OddSite, target: Path, length: str) -> None:
    odd_site.head = f"HTTP/1.0 200 OK\r\nContent-Length: {length}\r\n\r\n".encode()
    odd_site.body, odd_site.pieces = b"hello", 1
    with contextlib.suppress(DownloadError):  # of a length that never comes
        fetch("facenet", Download(odd_site.url, hashlib.sha256(b"hello").hexdigest(), 5), target)
    assert not target.exists() or target.read_bytes() == b"hello"


@pytest.mark.parametrize(
    "lines",
    [
        "302 Found\r\nLocation: http://[::1/x",
        f"302 Found\r\nLocation: http://{'a' * 70}.b/",
        "302 Found\r\nLocation: http://127.0.0.1:99999999/",
        f"200 OK\r\nContent-Length: {'9' * 5000}",
    ],
)
def test_an_answer_that_makes_no_sense_is_an_error(odd_site: OddSite, target: Path, lines: str) -> None:
    odd_site.head, odd_site.pieces = f"HTTP/1.0 {lines}\r\n\r\n".encode(), 0
    with pytest.raises(DownloadError):
        fetch("facenet", Download(odd_site.url, "ab" * 32, 5), target)
    assert not target.exists()


@pytest.mark.parametrize("drips", ["head", "body"])
def test_cancel_is_heard_while_a_server_drips(odd_site: OddSite, target: Path, drips: str) -> None:
    odd_site.pause_s, odd_site.body = 0.3, b"X-A: b\r\n" if drips == "head" else b"x"
    if drips == "head":
        odd_site.head = b"HTTP/1.0 200 OK\r\n"
    began = time.monotonic()
    with pytest.raises(CancelledError):
        fetch(
            "facenet",
            Download(odd_site.url, "", 10**6),
            target,
            is_cancelled=lambda: time.monotonic() - began > 1,
        )
    assert time.monotonic() - began < 30
