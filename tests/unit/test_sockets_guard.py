"""A test that opens a connection, itself or in a process of its own, fails and is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guard import sitecustomize as guard

ROOT = Path(__file__).parents[2]

TESTS = """
import socket, subprocess, sys
import pytest

ELSEWHERE = ("192.0.2.1", 443)  # of no computer at all: RFC 5737

def test_connects():
    with socket.socket() as one, pytest.raises(PermissionError):
        one.connect(ELSEWHERE)

def test_looks_up():
    with pytest.raises(PermissionError):
        socket.getaddrinfo("face-match.invalid", 443)

def test_sends_a_datagram():
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(PermissionError):
        one.sendto(b"hello", ELSEWHERE)

def test_is_reached_from_elsewhere():
    with socket.socket() as one, pytest.raises(PermissionError):
        one.bind(("0.0.0.0", 0))

def test_has_a_process_that_connects():
    code = f"import socket; socket.create_connection({ELSEWHERE!r})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 1

def test_stays_here(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with socket.create_server(("localhost", 0)), socket.socketpair()[0], socket.socketpair()[1]:
        pass
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "s"))
"""


@pytest.mark.skipif(os.name == "nt", reason="there are Unix sockets in it")
def test_a_test_that_connects_fails_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_made_up.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    command += ["-c", ROOT / "pyproject.toml", "--rootdir", tmp_path, "-W", "ignore::ResourceWarning"]
    run = subprocess.run(
        [*map(str, command), str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    failed = {
        line.split("::")[-1].split()[0] for line in run.stdout.splitlines() if line[:5] in ("FAILE", "ERROR")
    }
    assert failed == {
        *("test_connects", "test_looks_up", "test_sends_a_datagram", "test_is_reached_from_elsewhere"),
        "test_has_a_process_that_connects",
    }, run.stdout
    assert "192.0.2.1" in run.stdout


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", b"127.0.0.1", "::1", "localhost", None, 0])
def test_this_computer_is_local(host: object) -> None:
    assert guard.is_local(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "192.0.2.1", "localhost.example", b"example.org"])
def test_others_are_not(host: object) -> None:
    assert not guard.is_local(host)
