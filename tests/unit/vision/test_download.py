"""A file fetched from a real server on this machine: resumed, checked, never half-written."""

from __future__ import annotations

import gc
import hashlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from face_match.errors import CancelledError, DownloadError
from face_match.vision import download
from face_match.vision.download import CHUNK_BYTES, download_model, fetch
from face_match.vision.models import FACENET, MODELS, Download

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
    assert "not the file that was expected" in failure(site, target)
    assert list(target.parent.iterdir()) == []


def test_a_file_that_is_cut_off_is_kept_and_gone_on_with(site: Site, target: Path) -> None:
    site.cut_after = PART
    assert failure(site, target) == "the connection broke off"
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


def test_a_part_of_another_file_is_thrown_away_so_that_the_next_try_begins_anew(
    site: Site, target: Path
) -> None:
    put_part(target, b"x" * PART)
    assert "not the file" in failure(site, target)
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT
    assert site.requested[-1] == ""


def test_a_server_that_does_not_say_the_length_is_believed_when_the_file_is_right(
    site: Site, target: Path
) -> None:
    site.has_length = False
    fetch("facenet", site.source, target)
    assert target.read_bytes() == CONTENT


def test_a_cancelled_download_is_kept_and_gone_on_with(site: Site, target: Path) -> None:
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
def test_what_the_server_answers_is_said(site: Site, target: Path, status: int) -> None:
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
        assert failure(site, target) == "the connection broke off"
        thread.join()


def test_a_server_that_falls_silent_is_given_up(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:  # takes the connection, answers nothing
        site.url = f"http://127.0.0.1:{listener.getsockname()[1]}/weights.h5"
        assert failure(site, target)


def test_a_target_that_cannot_be_written_is_an_error(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DownloadError):
        fetch("facenet", site.source, tmp_path / "file" / "weights.h5")
    assert site.requested == []


def test_a_model_is_fetched_to_where_it_is_looked_for(
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
